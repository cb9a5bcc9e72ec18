//! What an HTML page says about itself, from JSON-LD, `<meta>`, `<time>`, visible marks and the address, in this order.

use super::article::{Byline, BylineKind};
use super::bylines;
use super::dom::Tree;
use super::fold::{fold, normal};
use super::jsonld::{self, JsonLd};
use super::lines::{self, Label};
use super::stamps;
use crate::time::Stamp;

/// A page's own account of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    /// Texts that may be the standfirst: descriptions and alternative headlines.
    pub(super) descriptions: Vec<String>,
    pub(super) byline: Vec<Byline>,
    pub(super) published: Option<Stamp>,
    pub(super) updated: Option<Stamp>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) labels: Vec<String>,
    /// The whole text as JSON-LD gives it.
    pub(super) body: Option<String>,
}

/// Reads a page's metadata. `headings` are the `<h1>` texts, in order.
pub(super) fn read(tree: &Tree, headings: &[String], url: Option<&str>) -> Metadata {
    let data = jsonld::read(&tree.json_ld).unwrap_or_default();
    let meta = Metas { metas: &tree.metas };
    let outlet = meta
        .first(&["og:site_name"])
        .or_else(|| data.publisher.clone())
        .or_else(|| meta.first(&["application-name", "publisher", "dc.publisher", "article:publisher"]))
        .filter(|o| !o.starts_with("http"));
    let published = published(tree, &data, &meta, url);
    let updated = data
        .modified
        .as_deref()
        .and_then(stamps::read)
        .or_else(|| {
            meta.stamp(&[
                "article:modified_time",
                "og:updated_time",
                "datemodified",
                "last-modified",
                "lastmod",
                "dc.date.modified",
                "article:modified",
                "dcterms.modified",
                "revision_date",
            ])
        })
        .or_else(|| {
            tree.times.iter().find(|t| lines::label(&t.about) == Some(Label::Updated)).and_then(time_of)
        })
        .filter(|u| published.is_none_or(|p| u.date >= p.date));
    let mut labels: Vec<String> = data.kind.iter().cloned().chain(data.sections.iter().cloned()).collect();
    labels.extend(meta.all(&[
        "article:section",
        "section",
        "parsely-section",
        "og:type",
        "category",
        "dc.type",
        "content-type",
        "pagetype",
        "content_type",
    ]));
    if let Some(address) = url.or(tree.canonical.as_deref()) {
        labels.extend(path_words(address));
    }
    Metadata {
        title: title(tree, &data, &meta, headings, outlet.as_deref()),
        descriptions: [data.alternative.clone(), data.description.clone()]
            .into_iter()
            .flatten()
            .chain(
                meta.all(&[
                    "og:description",
                    "description",
                    "twitter:description",
                    "dc.description",
                    "sailthru.description",
                    "article:summary",
                ])
                .into_iter()
                .map(|d| fold(&jsonld::entities(&d))),
            )
            .collect(),
        byline: byline(tree, &data, &meta, outlet.as_deref()),
        published,
        updated,
        url: tree
            .canonical
            .clone()
            .filter(|u| u.starts_with("http"))
            .or_else(|| meta.first(&["og:url"]))
            .or_else(|| data.url.clone())
            .or_else(|| url.map(str::to_owned)),
        outlet,
        language: tree
            .language
            .clone()
            .or_else(|| data.language.clone())
            .or_else(|| meta.first(&["language", "content-language", "og:locale"]))
            .map(|l| l.replace('_', "-"))
            .filter(|l| l.len() <= 12),
        labels,
        body: data.body.clone(),
    }
}

/// Meta tags by name.
struct Metas<'t> {
    metas: &'t [(String, String)],
}

impl Metas<'_> {
    fn all(&self, keys: &[&str]) -> Vec<String> {
        keys.iter()
            .flat_map(|key| self.metas.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.clone()))
            .collect()
    }

    fn first(&self, keys: &[&str]) -> Option<String> {
        self.all(keys).into_iter().next()
    }

    fn stamp(&self, keys: &[&str]) -> Option<Stamp> {
        self.all(keys).iter().find_map(|v| stamps::read(v))
    }
}

/// The headline as the page hands it to others (OpenGraph), else as its data, its heading or its window names it.
///
/// Sites hand out what editors last wrote, while JSON-LD and headings often keep a version for search engines.
fn title(
    tree: &Tree,
    data: &JsonLd,
    meta: &Metas<'_>,
    headings: &[String],
    outlet: Option<&str>,
) -> Option<String> {
    let plain = |t: String| fold(&jsonld::entities(&t));
    let mut candidates: Vec<String> = Vec::new();
    candidates.extend(meta.first(&["og:title"]).map(plain));
    candidates.extend(data.headline.clone());
    candidates.extend(headings.iter().take(3).cloned());
    candidates.extend(
        meta.all(&["twitter:title", "parsely-title", "dc.title", "sailthru.title", "title"])
            .into_iter()
            .map(plain),
    );
    candidates.extend(tree.title.clone());
    let mut candidates: Vec<String> =
        candidates.iter().map(|t| without_outlet(t, outlet)).filter(|t| !t.is_empty()).collect();
    candidates.retain(|c| !outlet.is_some_and(|o| normal(o).eq_ignore_ascii_case(&normal(c))));
    let first = candidates.first()?;
    // Another source that has the same words without what follows a dash knows that it is no part of the headline.
    let bare = candidates.iter().skip(1).find(|c| {
        c.split_whitespace().count() >= 4
            && first.strip_prefix(c.as_str()).is_some_and(|rest| {
                rest.starts_with([' ', '|'])
                    && rest.trim_start().starts_with(['-', '–', '—', '|', '·', '•', ':'])
            })
    });
    Some(bare.unwrap_or(first).clone())
}

/// A headline without the outlet's name after a bar or a dash.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    let title = title.trim();
    for cut in [" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • "] {
        if let Some((head, tail)) = title.rsplit_once(cut) {
            let named = outlet.is_some_and(|o| {
                let (o, t) = (normal(o).to_lowercase(), normal(tail).to_lowercase());
                t.contains(&o) || o.contains(&t)
            });
            // A bar before one to three words is a site's name wherever it stands; a dash may belong to the headline.
            let short =
                cut == " | " && tail.split_whitespace().count() <= 3 && head.split_whitespace().count() >= 5;
            if named || short {
                return without_outlet(head, outlet);
            }
        }
    }
    title.to_owned()
}

fn time_of(mark: &super::dom::TimeMark) -> Option<Stamp> {
    stamps::read(&mark.machine).or_else(|| stamps::read(&mark.printed))
}

fn published(tree: &Tree, data: &JsonLd, meta: &Metas<'_>, url: Option<&str>) -> Option<Stamp> {
    let stated = data.published.as_deref().and_then(stamps::read);
    let tagged = meta.stamp(&[
        "article:published_time",
        "og:published_time",
        "datepublished",
        "article:published",
        "parsely-pub-date",
        "sailthru.date",
        "cxenseparse:recs:publishtime",
        "publish-date",
        "publish_date",
        "publication_date",
        "publishdate",
        "pubdate",
        "dc.date.issued",
        "dcterms.created",
        "dcterms.date",
        "dc.date",
        "dc.date.created",
        "article.published",
        "published_time",
        "published-date",
        "og:article:published_time",
        "article_date_original",
        "rnews:datepublished",
        "originalpublicationdate",
        "date",
        "displaydate",
        "created",
        "article:post_date",
        "bt:pubdate",
        "citation_publication_date",
    ]);
    let marked = || {
        let times = || tree.times.iter();
        times()
            .find(|t| t.about.contains("datepublished") || lines::label(&t.about) == Some(Label::Published))
            .and_then(time_of)
            .or_else(|| times().filter(|t| lines::label(&t.about) != Some(Label::Updated)).find_map(time_of))
            .or_else(|| times().find_map(time_of))
    };
    // The day may stand in one source and the time in the next: the first that has a time of the same day completes it.
    let all: Vec<Stamp> = [stated, tagged].into_iter().flatten().chain(marked()).collect();
    let first = all
        .first()
        .copied()
        .or_else(|| printed(tree))
        .or_else(|| url.or(tree.canonical.as_deref()).and_then(date_in_path))?;
    if first.time.is_some() {
        return Some(first);
    }
    Some(all.iter().copied().find(|s| s.date == first.date && s.time.is_some()).unwrap_or(first))
}

/// A date printed in a short chunk near a heading.
fn printed(tree: &Tree) -> Option<Stamp> {
    let short = tree.chunks.iter().filter(|c| c.text.len() <= 120);
    let found: Vec<(bool, Stamp)> = short
        .filter_map(|c| {
            stamps::find(&c.text).first().map(|(span, s)| {
                (lines::label(&c.text) == Some(Label::Published) || span.len() * 2 > c.text.len(), *s)
            })
        })
        .take(40)
        .collect();
    found.iter().find(|(labelled, _)| *labelled).or(found.first()).map(|(_, s)| *s)
}

/// `/2024/01/02/`, `/2024-01-02-…`, `/20240102/`, `/2024/jan/02/`.
fn date_in_path(url: &str) -> Option<Stamp> {
    let path = url.split(['?', '#']).next()?.splitn(4, '/').nth(3)?;
    let parts: Vec<&str> = path.split('/').collect();
    for (i, part) in parts.iter().enumerate() {
        if let Some(stamp) = part.get(..10).and_then(Stamp::parse) {
            return Some(stamp);
        }
        if part.len() == 4 && parts.len() > i + 2 {
            let spelled = format!("{} {} {}", parts[i + 2], parts[i + 1], part);
            if let Some((_, stamp)) = stamps::find(&format!("{part}-{}-{}", parts[i + 1], parts[i + 2]))
                .first()
                .or(stamps::find(&spelled).first())
            {
                return Some(*stamp);
            }
        }
        if part.len() == 8
            && part.chars().all(|c| c.is_ascii_digit())
            && let Some(stamp) = Stamp::parse(&format!("{}-{}-{}", &part[..4], &part[4..6], &part[6..]))
        {
            return Some(stamp);
        }
    }
    None
}

/// The folders of an address: `/opinion/…` names a section.
fn path_words(url: &str) -> Vec<String> {
    let path = url.split(['?', '#']).next().unwrap_or("").splitn(4, '/').nth(3).unwrap_or("");
    let mut folders: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    folders.pop();
    folders.into_iter().take(5).map(|f| f.replace('-', " ")).collect()
}

/// Who signs: JSON-LD, then meta tags, then marked elements nearest to the headline.
fn byline(tree: &Tree, data: &JsonLd, meta: &Metas<'_>, outlet: Option<&str>) -> Vec<Byline> {
    let same = |a: &str, b: &str| normal(a).eq_ignore_ascii_case(&normal(b));
    let read = |names: &[String]| {
        let mut found: Vec<Byline> = Vec::new();
        for name in names {
            for byline in bylines::read(name) {
                if !found.iter().any(|b| same(&b.name, &byline.name)) {
                    found.push(byline);
                }
            }
        }
        found
    };
    let mut sources: Vec<Vec<Byline>> = vec![read(&data.authors)];
    let tagged: Vec<String> = meta
        .all(&[
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "byl",
            "dc.creator",
            "cxenseparse:author",
            "article:author_name",
            "twitter:data1",
            "dcterms.creator",
            "og:article:author",
        ])
        .into_iter()
        .filter(|a| !a.starts_with("http") && !a.starts_with("@") && !a.contains(".com/"))
        .map(|a| jsonld::entities(&a))
        .collect();
    // One tag after another, the first that names someone wins.
    for tag in &tagged {
        sources.push(read(std::slice::from_ref(tag)));
    }
    for rank in [0, 1] {
        let marked: Vec<&super::dom::AuthorMark> = tree.authors.iter().filter(|a| a.rank == rank).collect();
        if let Some(first) = marked.first() {
            // Marks of one byline stand close together; teasers' authors come later.
            let near: Vec<String> = marked
                .iter()
                .filter(|a| a.at <= first.at + 3)
                .flat_map(|a| a.text.lines().map(fold).collect::<Vec<_>>())
                .collect();
            sources.push(read(&near));
        }
    }
    let named = |b: &Byline| {
        b.kind == BylineKind::Person
            || (b.kind == BylineKind::Agency && !outlet.is_some_and(|o| same(o, &b.name)))
    };
    // A source that names people goes before one that names only the outlet.
    let best = sources
        .iter()
        .position(|s| s.iter().any(named))
        .or_else(|| sources.iter().position(|s| !s.is_empty()));
    best.map(|i| sources.swap_remove(i)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_addresses() {
        for (url, iso) in [
            ("https://a.example/news/2024/01/02/fish", Some("2024-01-02")),
            ("https://a.example/news/2024-01-02-fish", Some("2024-01-02")),
            ("https://a.example/2023/apr/28/fish", Some("2023-04-28")),
            ("https://a.example/20240102/fish", Some("2024-01-02")),
            ("https://a.example/fish-2024", None),
        ] {
            assert_eq!(date_in_path(url).map(|s| s.to_string()).as_deref(), iso, "{url}");
        }
    }

    #[test]
    fn headlines_without_the_outlet() {
        assert_eq!(without_outlet("Fish talks open | Harbour News", Some("Harbour News")), "Fish talks open");
        assert_eq!(
            without_outlet("Talks - and fish - go on", Some("Harbour News")),
            "Talks - and fish - go on"
        );
    }
}
