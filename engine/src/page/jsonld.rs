//! schema.org data in `<script type="application/ld+json">` to what it says about the article.

use serde_json::{Map, Value};

use super::fold::fold;

/// What a page's JSON-LD says. Texts are folded and free of entities.
#[derive(Debug, Default, Clone)]
pub(super) struct JsonLd {
    pub(super) kind: Option<String>,
    pub(super) headline: Option<String>,
    pub(super) alternative: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) sections: Vec<String>,
    pub(super) body: Option<String>,
}

/// Article types, from the most telling.
const TYPES: &[&str] = &[
    "LiveBlogPosting",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "ReportageNewsArticle",
    "BackgroundNewsArticle",
    "ReviewNewsArticle",
    "AskPublicNewsArticle",
    "AdvertiserContentArticle",
    "SatiricalArticle",
    "NewsArticle",
    "Article",
    "BlogPosting",
    "SocialMediaPosting",
    "Report",
    "Review",
    "TechArticle",
    "ScholarlyArticle",
    "WebPage",
];

/// Objects looked at: pages list hundreds of teasers.
const MOST_OBJECTS: usize = 5_000;

/// Reads all scripts of a page and keeps the object that describes the article.
pub(super) fn read(scripts: &[String]) -> Option<JsonLd> {
    let values: Vec<Value> = scripts.iter().filter_map(|s| parse(s)).collect();
    let objects = objects(&values);
    let mut best: Option<(usize, &Map<String, Value>)> = None;
    for object in &objects {
        let Some(rank) = types(object).iter().filter_map(|t| TYPES.iter().position(|k| k == t)).min() else {
            continue;
        };
        // A teaser in a list has a headline too; the article itself has a date or a body.
        let facts = ["headline", "datePublished", "author", "articleBody"]
            .iter()
            .filter(|k| object.contains_key(**k))
            .count();
        let score = facts * 100 + TYPES.len() - rank;
        if facts > 0 && best.is_none_or(|(top, _)| score > top) {
            best = Some((score, object));
        }
    }
    let (_, object) = best?;
    let text = |key: &str| object.get(key).and_then(string).map(|t| clean(&t)).filter(|t| !t.is_empty());
    let mut authors = Vec::new();
    for key in ["author", "creator"] {
        if authors.is_empty()
            && let Some(value) = object.get(key)
        {
            names(value, &objects, &mut authors, 0);
        }
    }
    Some(JsonLd {
        kind: types(object).first().map(|t| (*t).to_owned()),
        headline: text("headline").or_else(|| text("name")),
        alternative: text("alternativeHeadline").or_else(|| text("alternateName")),
        description: text("description"),
        authors,
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: object.get("publisher").and_then(|p| {
            let mut found = Vec::new();
            names(p, &objects, &mut found, 0);
            found.into_iter().next()
        }),
        url: object.get("url").or_else(|| object.get("mainEntityOfPage")).and_then(address),
        language: text("inLanguage"),
        sections: object.get("articleSection").map(strings).unwrap_or_default(),
        body: object.get("articleBody").and_then(string).map(|b| entities(&b)).filter(|b| b.len() > 100),
    })
}

/// Parses a script as sites write them: in comments or CDATA, with raw line breaks inside strings.
fn parse(script: &str) -> Option<Value> {
    let mut text = script.trim();
    for (open, close) in
        [("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("<![CDATA[", "]]>"), ("/*<![CDATA[*/", "/*]]>*/")]
    {
        text = text.strip_prefix(open).unwrap_or(text).trim();
        text = text.strip_suffix(close).unwrap_or(text).trim();
    }
    let text = text.trim_end_matches(';');
    serde_json::from_str(text).ok().or_else(|| {
        let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// Every object, at any depth, outer ones first.
fn objects(values: &[Value]) -> Vec<&Map<String, Value>> {
    let mut found = Vec::new();
    let mut queue: std::collections::VecDeque<&Value> = values.iter().collect();
    while let Some(value) = queue.pop_front() {
        match value {
            Value::Array(items) => queue.extend(items),
            Value::Object(object) => {
                found.push(object);
                // Entries of a running account, lists of teasers and comments describe other texts.
                let other = [
                    "liveBlogUpdate",
                    "itemListElement",
                    "comment",
                    "review",
                    "video",
                    "image",
                    "hasPart",
                    "isPartOf",
                    "citation",
                    "mentions",
                    "about",
                ];
                queue.extend(
                    object.iter().filter(|(key, _)| !other.contains(&key.as_str())).map(|(_, value)| value),
                );
            }
            _ => {}
        }
        if found.len() >= MOST_OBJECTS {
            break;
        }
    }
    found
}

fn types(object: &Map<String, Value>) -> Vec<&str> {
    let bare = |t: &'_ str| -> usize { t.rfind(['/', ':']).map_or(0, |at| at + 1) };
    match object.get("@type") {
        Some(Value::String(t)) => vec![&t[bare(t)..]],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).map(|t| &t[bare(t)..]).collect(),
        _ => Vec::new(),
    }
}

fn string(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.first().and_then(string),
        Value::Object(object) => {
            object.get("@value").or_else(|| object.get("name")).and_then(Value::as_str).map(str::to_owned)
        }
        _ => None,
    }
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(string).map(|t| clean(&t)).collect(),
        other => string(other).map(|t| clean(&t)).into_iter().collect(),
    }
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => {
            object.get("@id").or_else(|| object.get("url")).and_then(Value::as_str).map(str::to_owned)
        }
        _ => None,
    }
    .filter(|a| a.starts_with("http"))
}

/// Names of people and organisations, through lists, nested objects and references by `@id`.
fn names(value: &Value, objects: &[&Map<String, Value>], out: &mut Vec<String>, depth: usize) {
    if depth > 4 {
        return;
    }
    match value {
        Value::String(text) => {
            let name = clean(text);
            if !name.is_empty() && !name.starts_with("http") && !out.contains(&name) {
                out.push(name);
            }
        }
        Value::Array(items) => items.iter().for_each(|i| names(i, objects, out, depth + 1)),
        Value::Object(object) => {
            if let Some(name) = object.get("name") {
                names(name, objects, out, depth + 1);
            } else if let Some(id) = object.get("@id").and_then(Value::as_str) {
                let named = objects
                    .iter()
                    .find(|o| o.get("@id").and_then(Value::as_str) == Some(id) && o.contains_key("name"));
                if let Some(name) = named.and_then(|o| o.get("name")) {
                    names(name, objects, out, depth + 1);
                }
            }
        }
        _ => {}
    }
}

fn clean(text: &str) -> String {
    fold(&entities(text))
}

/// Resolves entities and drops tags: sites put escaped HTML into JSON.
pub(super) fn entities(text: &str) -> String {
    if !text.contains(['&', '<']) {
        return text.to_owned();
    }
    let once = dom_query::Document::fragment(text).text().to_string();
    // Twice escaped ("&amp;amp;", "&amp;#039;") is common.
    if once.contains('&') && once.contains(';') {
        dom_query::Document::fragment(once.as_str()).text().to_string()
    } else {
        once
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn graphs_references_and_entities() {
        let script = r#"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"Harbour News"},
            {"@type":"Person","@id":"ana","name":"Ana Ruiz"},
            {"@type":["NewsArticle"],"headline":"Fish &amp; boats","author":[{"@id":"ana"},{"@type":"Person","name":"Jo Lee"}],
             "datePublished":"2024-01-02T21:02:00+05:00","publisher":{"@type":"Organization","name":"Harbour News"},
             "mainEntityOfPage":{"@id":"https://harbour.example/a"},"articleSection":["World"]}]}"#;
        let read = read(&[script.to_owned()]).expect("an article");
        assert_eq!(read.headline.as_deref(), Some("Fish & boats"));
        assert_eq!(read.authors, ["Ana Ruiz", "Jo Lee"]);
        assert_eq!(read.publisher.as_deref(), Some("Harbour News"));
        assert_eq!(read.url.as_deref(), Some("https://harbour.example/a"));
        assert_eq!(read.kind.as_deref(), Some("NewsArticle"));
    }

    #[test]
    fn broken_scripts_are_passed_over() {
        assert!(read(&["{".into(), "[]".into(), String::new(), "{\"@type\":\"Product\"}".into()]).is_none());
        let raw = "{\"@type\":\"Article\",\"headline\":\"One\nline\"}".to_owned();
        assert_eq!(read(&[raw]).and_then(|r| r.headline).as_deref(), Some("One line"));
    }
}
