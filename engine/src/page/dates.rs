//! When a page was published and changed: JSON-LD, meta tags, `<time>`, visible text and the address, in this order.

use super::dom::{TimeMark, Tree};
use super::jsonld::JsonLd;
use super::lines::{self, Label};
use super::metadata::Metas;
use super::origins::Origin;
use super::stamps;
use crate::time::Stamp;

/// Meta tags that hold the first publication, the most reliable first.
const PUBLISHED: &str = "article:published_time og:published_time datepublished article:published parsely-pub-date \
    sailthru.date cxenseparse:recs:publishtime publish-date publish_date publication_date publishdate \
    pubdate dc.date.issued dcterms.created dcterms.date dc.date dc.date.created article.published \
    published_time published-date og:article:published_time article_date_original rnews:datepublished \
    originalpublicationdate date displaydate created article:post_date bt:pubdate \
    citation_publication_date";

/// Meta tags that hold the last change.
const UPDATED: &str = "article:modified_time og:updated_time datemodified last-modified lastmod dc.date.modified \
    article:modified dcterms.modified revision_date";

/// A page's dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<(Origin, Stamp)>,
    pub(super) updated: Option<(Origin, Stamp)>,
    /// In words, where two sources name days more than one day apart.
    pub(super) doubt: Option<String>,
}

/// Reads the dates. `heading` is the number of the chunk that holds the headline: dates above it belong to the site.
pub(super) fn read(tree: &Tree, data: &JsonLd, meta: &Metas<'_>, heading: usize, url: Option<&str>) -> Dates {
    let tagged = |keys: &str| {
        keys.split_whitespace().find_map(|key| {
            let stamp = meta.all(&[key]).iter().find_map(|v| stamps::read(v))?;
            let origin = if key.starts_with("article:") || key.starts_with("og:") {
                Origin::OpenGraph
            } else {
                Origin::Meta
            };
            Some((origin, stamp))
        })
    };
    let stated = |text: &Option<String>| text.as_deref().and_then(stamps::read).map(|s| (Origin::JsonLd, s));
    // The day may stand in one source and the time in the next: the first that has a time of the same day completes it.
    let told: Vec<(Origin, Stamp)> =
        [stated(&data.published), tagged(PUBLISHED), marked(tree, heading)].into_iter().flatten().collect();
    let first =
        told.first().copied().or_else(|| printed(tree, heading).map(|s| (Origin::Visible, s))).or_else(
            || url.or(tree.canonical.as_deref()).and_then(date_in_path).map(|s| (Origin::Address, s)),
        );
    let published = first.map(|first| match first.1.time {
        Some(_) => first,
        None => {
            told.iter().copied().find(|(_, s)| s.date == first.1.date && s.time.is_some()).unwrap_or(first)
        }
    });
    let updated = stated(&data.modified)
        .or_else(|| tagged(UPDATED))
        .or_else(|| {
            let mark = tree.times.iter().find(|t| lines::label(&t.about) == Some(Label::Updated))?;
            Some((Origin::Microdata, time_of(mark)?))
        })
        .filter(|(_, u)| published.is_none_or(|(_, p)| u.date >= p.date));
    let doubt = first.and_then(|(_, first)| {
        // A `<time>` may belong to a teaser: only what speaks for the page can contradict it.
        let other = told
            .iter()
            .find(|(origin, s)| *origin != Origin::Microdata && (s.date - first.date).get_days().abs() > 1)?;
        Some(format!(
            "published on {first} by its data and on {} by its meta tags: the first is kept",
            other.1
        ))
    });
    Dates { published, updated, doubt }
}

/// The `<time>` element that dates the page: one that says so, else the first below the headline, else any.
fn marked(tree: &Tree, heading: usize) -> Option<(Origin, Stamp)> {
    let times = || tree.times.iter();
    let updated = |t: &&TimeMark| lines::label(&t.about) == Some(Label::Updated);
    let says =
        |t: &&TimeMark| t.about.contains("datepublished") || lines::label(&t.about) == Some(Label::Published);
    times()
        .find(says)
        .and_then(time_of)
        .or_else(|| times().filter(|t| t.at >= heading && !updated(t)).find_map(time_of))
        .or_else(|| times().filter(|t| !updated(t)).find_map(time_of))
        .or_else(|| times().find_map(time_of))
        .map(|s| (Origin::Microdata, s))
}

fn time_of(mark: &TimeMark) -> Option<Stamp> {
    stamps::read(&mark.machine).or_else(|| stamps::read(&mark.printed))
}

/// A date printed in a short chunk, below the headline if there is one there.
fn printed(tree: &Tree, heading: usize) -> Option<Stamp> {
    let dated = |from: usize| -> Vec<(bool, Stamp)> {
        let short = tree.chunks.iter().skip(from).filter(|c| c.text.len() <= 120);
        short
            .filter_map(|c| {
                let found = stamps::find(&c.text);
                let (span, stamp) = found.first()?;
                let plain = lines::label(&c.text) == Some(Label::Published) || span.len() * 2 > c.text.len();
                Some((plain, *stamp))
            })
            .take(40)
            .collect()
    };
    let below = dated(heading);
    let found = if below.is_empty() { dated(0) } else { below };
    found.iter().find(|(plain, _)| *plain).or(found.first()).map(|(_, s)| *s)
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
}
