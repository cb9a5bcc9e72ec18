//! JSON, JSON Lines and CSV of articles with named fields to `Fields`, by a map that the caller gives or by usual names.

use serde_json::{Map, Value};

use super::fields::Fields;

/// Objects or rows read from one file.
const MOST: usize = 1_000_000;

/// Usual names for each field, the better known first: schema.org, ninjs, newspaper and crawler dumps, GDELT DOC, JSON Feed.
const NAMES: &[(&str, &[&str])] = &[
    ("title", &["title", "headline", "name", "heading", "article_title", "news_title"]),
    (
        "summary",
        &[
            "summary",
            "standfirst",
            "description",
            "description_text",
            "abstract",
            "subtitle",
            "dek",
            "lead",
            "excerpt",
        ],
    ),
    (
        "body",
        &[
            "body",
            "body_html",
            "body_xhtml",
            "content_html",
            "articlebody",
            "text",
            "body_text",
            "content",
            "content_text",
            "maintext",
            "full_text",
            "fulltext",
            "article",
            "article_text",
            "html",
            "story",
        ],
    ),
    ("authors", &["authors", "author", "byline", "creator", "writer", "by"]),
    (
        "published",
        &[
            "published",
            "datepublished",
            "date_published",
            "published_at",
            "publishedat",
            "publish_date",
            "date_publish",
            "pubdate",
            "pub_date",
            "firstcreated",
            "versioncreated",
            "seendate",
            "publication_date",
            "created_at",
            "timestamp",
            "date",
        ],
    ),
    (
        "updated",
        &[
            "updated",
            "datemodified",
            "date_modified",
            "modified",
            "updated_at",
            "updatedat",
            "date_modify",
            "versioncreated",
        ],
    ),
    (
        "url",
        &[
            "url",
            "link",
            "canonical",
            "source_url",
            "web_url",
            "external_url",
            "uri",
            "article_url",
            "sourceurl",
        ],
    ),
    (
        "outlet",
        &[
            "outlet",
            "publisher",
            "publication",
            "source_name",
            "source",
            "domain",
            "source_domain",
            "newspaper",
            "site",
            "provider",
        ],
    ),
    ("language", &["language", "lang", "inlanguage"]),
    ("sections", &["section", "sections", "articlesection", "category", "categories", "genre", "type"]),
];

/// Keys under which files wrap their list of articles.
const LISTS: &[&str] = &[
    "articles",
    "items",
    "data",
    "results",
    "docs",
    "documents",
    "entries",
    "stories",
    "hits",
    "_items",
    "news",
];

/// Reads JSON: one object, a list, or an object that holds a list; else says why it holds no articles.
pub(super) fn json(text: &str, map: &[(String, String)]) -> Result<Vec<Fields>, String> {
    let value: Value = serde_json::from_str(text).map_err(|e| format!("is no valid JSON: {e}"))?;
    let found = match &value {
        Value::Array(items) => items.iter().filter_map(|i| object(i.as_object()?, map)).take(MOST).collect(),
        Value::Object(outer) => {
            let list = LISTS.iter().find_map(|k| outer.get(*k).and_then(Value::as_array));
            let listed: Vec<Fields> =
                list.into_iter().flatten().filter_map(|i| object(i.as_object()?, map)).take(MOST).collect();
            if listed.is_empty() { object(outer, map).into_iter().collect() } else { listed }
        }
        _ => Vec::new(),
    };
    if found.is_empty() {
        return Err(
            "is JSON in which no object has a title or a text: say which fields hold them (title=…, body=…)"
                .into(),
        );
    }
    Ok(found)
}

/// Reads JSON Lines; lines that are no objects are counted.
pub(super) fn json_lines(text: &str, map: &[(String, String)]) -> (Vec<Fields>, usize) {
    let mut wrong = 0;
    let mut found = Vec::new();
    for line in text.lines().filter(|l| !l.trim().is_empty()).take(MOST) {
        match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(inner)) => match object(&inner, map) {
                Some(fields) => found.push(fields),
                None => wrong += 1,
            },
            _ => wrong += 1,
        }
    }
    (found, wrong)
}

/// Whether a text is JSON Lines: its first two lines are objects.
pub(super) fn is_json_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|l| !l.trim().is_empty());
    let whole = |line: Option<&str>| {
        line.is_some_and(|l| l.trim_start().starts_with('{') && serde_json::from_str::<Value>(l).is_ok())
    };
    whole(lines.next()) && lines.next().is_some_and(|l| l.trim_start().starts_with('{'))
}

/// Reads a table with a header, and counts rows without a title and a text; else says why its header makes no sense.
pub(super) fn table(text: &str, map: &[(String, String)]) -> Result<(Vec<Fields>, usize), String> {
    let header = text.lines().next().unwrap_or_default();
    let count = |c: char| header.matches(c).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(|c| count(char::from(*c))).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(|h| h.trim().to_owned()).collect(),
        Err(e) => return Err(format!("its header cannot be read: {e}")),
    };
    let columns = || -> String {
        let names: Vec<String> = names.iter().take(30).map(|n| n.chars().take(40).collect()).collect();
        names.join(", ")
    };
    if let Some((_, theirs)) = map.iter().find(|(ours, _)| column(&names, ours, map).is_none()) {
        return Err(format!("it has no column “{theirs}”; its columns: {}", columns()));
    }
    let known = |field: &str| column(&names, field, map).is_some();
    if !known("title") && !known("body") || names.iter().any(|n| n.len() > 60) {
        return Err(format!(
            "its header names no title and no text: say which columns hold them (title=…, body=…); its columns: {}",
            columns()
        ));
    }
    let (mut found, mut wrong) = (Vec::new(), 0);
    for row in reader.records().take(MOST) {
        let Ok(row) = row else {
            wrong += 1;
            continue;
        };
        let get = |field: &str| {
            column(&names, field, map)
                .and_then(|i| row.get(i))
                .filter(|v| !v.trim().is_empty())
                .map(str::to_owned)
        };
        let fields = fields(&mut |field| get(field).map(|v| vec![v]).unwrap_or_default());
        if fields.title.is_some() || fields.body.is_some() { found.push(fields) } else { wrong += 1 }
    }
    Ok((found, wrong))
}

fn column(names: &[String], field: &str, map: &[(String, String)]) -> Option<usize> {
    let at = |wanted: &str| names.iter().position(|n| n.eq_ignore_ascii_case(wanted));
    match map.iter().find(|(ours, _)| ours == field) {
        Some((_, theirs)) => at(theirs),
        None => NAMES.iter().find(|(f, _)| *f == field)?.1.iter().find_map(|n| at(n)),
    }
}

fn object(object: &Map<String, Value>, map: &[(String, String)]) -> Option<Fields> {
    let get = |field: &str| -> Vec<String> {
        if let Some((_, path)) = map.iter().find(|(ours, _)| ours == field) {
            // A mapped name may be a path: "source.name".
            let mut value = object.get(path.as_str());
            if value.is_none() {
                let mut parts = path.split('.');
                value = parts.next().and_then(|p| object.get(p));
                for part in parts {
                    value = value.and_then(|v| v.get(part));
                }
            }
            return value.map(texts).unwrap_or_default();
        }
        let names = NAMES.iter().find(|(f, _)| *f == field).map(|(_, n)| *n).unwrap_or_default();
        names
            .iter()
            .filter_map(|name| object.iter().find(|(k, _)| k.eq_ignore_ascii_case(name)))
            .map(|(_, v)| texts(v))
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    };
    let mut get = get;
    let fields = fields(&mut get);
    (fields.title.is_some() || fields.body.is_some()).then_some(fields)
}

fn fields(get: &mut dyn FnMut(&str) -> Vec<String>) -> Fields {
    let mut one = |field: &str| get(field).into_iter().next();
    Fields {
        title: one("title"),
        summary: one("summary"),
        body: one("body"),
        published: one("published"),
        updated: one("updated"),
        url: one("url"),
        outlet: one("outlet"),
        language: one("language"),
        authors: get("authors"),
        sections: get("sections"),
    }
}

/// The texts of a value: a string, a number, a list of them, objects with a name.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => vec![text.clone()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(items) => items.iter().take(200).flat_map(texts).collect(),
        Value::Object(inner) => ["name", "value", "title", "text", "href"]
            .iter()
            .find_map(|k| inner.get(*k).and_then(Value::as_str))
            .map(str::to_owned)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_names_and_maps() {
        let found = json(r#"{"articles":[{"url":"https://a.example/1","title":"Fish","seendate":"20240102T210200Z","domain":"a.example","language":"English"}]}"#, &[]).expect("articles");
        assert_eq!(
            (found[0].title.as_deref(), found[0].outlet.as_deref()),
            (Some("Fish"), Some("a.example"))
        );
        let map = [("title".to_owned(), "kop".to_owned()), ("outlet".to_owned(), "source.name".to_owned())];
        let found =
            json(r#"[{"kop":"Vis","source":{"name":"Haven"},"body":"Tekst."}]"#, &map).expect("articles");
        assert_eq!((found[0].title.as_deref(), found[0].outlet.as_deref()), (Some("Vis"), Some("Haven")));
        assert!(json("{}", &[]).is_err() && json("[1]", &[]).is_err());
        assert!(json("{\"title\": ", &[]).expect_err("cut").contains("line 1 column 10"));
    }

    #[test]
    fn lines_and_tables() {
        let (found, wrong) = json_lines("{\"title\":\"One\"}\n{broken\n{\"x\":1}\n", &[]);
        assert_eq!((found.len(), wrong), (1, 2));
        let (found, wrong) =
            table("headline,text,date\n\"Fish, boats\",Body.,2024-01-02\n,,\n", &[]).expect("a table");
        assert_eq!((found.len(), wrong, found[0].title.as_deref()), (1, 1, Some("Fish, boats")));
        assert!(table("A sentence, with commas, is no table.\nNor this.", &[]).is_err());
        let map = [("title".to_owned(), "kop".to_owned())];
        assert!(
            table("titel,tekst\nVis,Zee\n", &map)
                .expect_err("no such column")
                .contains("“kop”; its columns: titel, tekst")
        );
    }
}
