//! What an HTML page says about itself, from JSON-LD, `<meta>`, `<time>`, visible marks and the address, in this order.

use super::article::{Byline, BylineKind};
use super::dom::Tree;
use super::doubts::{self, Account};
use super::fold::{fold, normal};
use super::jsonld::{self, JsonLd};
use super::origins::{Origin, Origins};
use super::{bylines, dates};
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
    /// What is said of its language, the most reliable first.
    pub(super) languages: Vec<Account>,
    pub(super) labels: Vec<String>,
    pub(super) section: Option<String>,
    pub(super) origins: Origins,
    /// Disagreements between the accounts, in words.
    pub(super) doubts: Vec<String>,
    /// The whole text as JSON-LD gives it.
    pub(super) body: Option<String>,
}

/// Reads a page's metadata. `headings` are the `<h1>` texts, in order.
pub(super) fn read(tree: &Tree, headings: &[String], url: Option<&str>) -> Metadata {
    let data = jsonld::read(&tree.json_ld).unwrap_or_default();
    let meta = Metas { metas: &tree.metas };
    // For each field all accounts of it, the most reliable first: that one is kept, and disagreement is said.
    let outlets: Vec<Account> = [
        (Origin::OpenGraph, meta.first(&["og:site_name"])),
        (Origin::JsonLd, data.publisher.clone()),
        (Origin::Meta, meta.first(&["application-name", "publisher", "dc.publisher", "article:publisher"])),
    ]
    .into_iter()
    .filter_map(|(origin, name)| {
        Some((origin, name.filter(|n| !n.starts_with("http") && n.chars().any(char::is_alphabetic))?))
    })
    .collect();
    let outlet = outlets.first();
    let outlet_name = outlet.map(|(_, o)| o.as_str());
    let titles = titles(tree, &data, &meta, headings, outlet_name);
    let title = title(&titles);
    let signed = signed(tree, &data, &meta);
    let byline = byline(&signed, outlet_name);
    let addresses: Vec<Account> = [
        (Origin::Meta, tree.canonical.clone().filter(|u| u.starts_with("http"))),
        (Origin::OpenGraph, meta.first(&["og:url"])),
        (Origin::JsonLd, data.url.clone()),
        (Origin::Caller, url.map(str::to_owned)),
    ]
    .into_iter()
    .filter_map(|(origin, address)| Some((origin, address?)))
    .collect();
    let address = addresses.first();
    let languages: Vec<Account> = [
        (Origin::Meta, tree.language.clone()),
        (Origin::JsonLd, data.language.clone()),
        (Origin::OpenGraph, meta.first(&["og:locale"])),
        (Origin::Meta, meta.first(&["language", "content-language"])),
    ]
    .into_iter()
    .filter_map(|(origin, said)| Some((origin, said?)))
    .collect();
    let heading = tree.chunks.iter().position(|c| tree.boxes[c.inside].tag == "h1").unwrap_or(0);
    let dates = dates::read(tree, &data, &meta, heading, url);
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
        origins: Origins {
            title: title.as_ref().map(|(o, _)| *o),
            byline: byline.map(|(o, _)| *o),
            published: dates.published.map(|(o, _)| o),
            updated: dates.updated.map(|(o, _)| o),
            outlet: outlet.map(|(o, _)| *o),
            url: address.map(|(o, _)| *o),
            // Settled with the wording, once there is a body.
            language: None,
        },
        doubts: [
            doubts::between("title", &titles, doubts::within),
            doubts::between("byline", &named(&signed), |a, b| {
                a.split(", ").any(|name| doubts::within(name, b))
            }),
            dates.doubt,
            doubts::between("outlet", &outlets, doubts::within),
            doubts::between("address", &addresses, doubts::same_address),
        ]
        .into_iter()
        .flatten()
        .collect(),
        section: data
            .sections
            .first()
            .cloned()
            .or_else(|| meta.first(&["article:section", "section", "parsely-section"])),
        title: title.map(|(_, t)| t),
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
        byline: byline.map(|(_, b)| b.clone()).unwrap_or_default(),
        published: dates.published.map(|(_, s)| s),
        updated: dates.updated.map(|(_, s)| s),
        url: address.map(|(_, u)| u.clone()),
        outlet: outlet.map(|(_, o)| o.clone()),
        languages,
        labels,
        body: data.body.clone(),
    }
}

/// Meta tags by name.
pub(super) struct Metas<'t> {
    metas: &'t [(String, String)],
}

impl Metas<'_> {
    /// The contents of these tags, in the order of `keys`.
    pub(super) fn all(&self, keys: &[&str]) -> Vec<String> {
        keys.iter()
            .flat_map(|key| self.metas.iter().filter(move |(k, _)| k == key).map(|(_, v)| v.clone()))
            .collect()
    }

    fn first(&self, keys: &[&str]) -> Option<String> {
        self.all(keys).into_iter().next()
    }
}

/// The headline as the page hands it to others (OpenGraph), then as its data, its heading or its window names it.
///
/// Sites hand out what editors last wrote, while JSON-LD and headings often keep a version for search engines.
fn titles(
    tree: &Tree,
    data: &JsonLd,
    meta: &Metas<'_>,
    headings: &[String],
    outlet: Option<&str>,
) -> Vec<Account> {
    let plain = |t: String| fold(&jsonld::entities(&t));
    let mut candidates: Vec<Account> = Vec::new();
    candidates.extend(meta.first(&["og:title"]).map(|t| (Origin::OpenGraph, plain(t))));
    candidates.extend(data.headline.clone().map(|t| (Origin::JsonLd, t)));
    candidates.extend(headings.iter().take(3).map(|t| (Origin::Visible, t.clone())));
    let tags = meta.all(&["twitter:title", "parsely-title", "dc.title", "sailthru.title", "title"]);
    candidates.extend(tags.into_iter().map(|t| (Origin::Meta, plain(t))));
    candidates.extend(tree.title.clone().map(|t| (Origin::Meta, t)));
    for (_, text) in &mut candidates {
        *text = without_outlet(text, outlet);
    }
    candidates.retain(|(_, c)| {
        !c.is_empty() && !outlet.is_some_and(|o| normal(o).eq_ignore_ascii_case(&normal(c)))
    });
    candidates
}

/// The headline among its accounts.
fn title(candidates: &[Account]) -> Option<Account> {
    let (origin, first) = candidates.first()?;
    // Another source that has the same words without what follows a dash knows that it is no part of the headline.
    let bare = candidates.iter().skip(1).find(|(_, c)| {
        c.split_whitespace().count() >= 4
            && first.strip_prefix(c.as_str()).is_some_and(|rest| {
                rest.starts_with([' ', '|'])
                    && rest.trim_start().starts_with(['-', '–', '—', '|', '·', '•', ':'])
            })
    });
    Some(bare.cloned().unwrap_or_else(|| (*origin, first.clone())))
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

/// The folders of an address: `/opinion/…` names a section.
fn path_words(url: &str) -> Vec<String> {
    let path = url.split(['?', '#']).next().unwrap_or("").splitn(4, '/').nth(3).unwrap_or("");
    let mut folders: Vec<&str> = path.split('/').filter(|p| !p.is_empty()).collect();
    folders.pop();
    folders.into_iter().take(5).map(|f| f.replace('-', " ")).collect()
}

/// Who signs: JSON-LD, then meta tags, then marked elements nearest to the headline.
fn signed(tree: &Tree, data: &JsonLd, meta: &Metas<'_>) -> Vec<(Origin, Vec<Byline>)> {
    let read = |names: &[String]| {
        let mut found: Vec<Byline> = Vec::new();
        for name in names {
            for byline in bylines::read(name) {
                if !found.iter().any(|b| same_name(&b.name, &byline.name)) {
                    found.push(byline);
                }
            }
        }
        found
    };
    let mut sources: Vec<(Origin, Vec<Byline>)> = vec![(Origin::JsonLd, read(&data.authors))];
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
        sources.push((Origin::Meta, read(std::slice::from_ref(tag))));
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
            sources.push((if rank == 0 { Origin::Microdata } else { Origin::Marked }, read(&near)));
        }
    }
    sources
}

/// The byline among its accounts: one that names people goes before one that names only the outlet.
fn byline<'s>(
    sources: &'s [(Origin, Vec<Byline>)],
    outlet: Option<&str>,
) -> Option<&'s (Origin, Vec<Byline>)> {
    let named = |b: &Byline| {
        b.kind == BylineKind::Person
            || (b.kind == BylineKind::Agency && !outlet.is_some_and(|o| same_name(o, &b.name)))
    };
    sources.iter().find(|(_, s)| s.iter().any(named)).or_else(|| sources.iter().find(|(_, s)| !s.is_empty()))
}

fn same_name(a: &str, b: &str) -> bool {
    normal(a).eq_ignore_ascii_case(&normal(b))
}

/// The people that each account names, as one text; marked elements may belong to a teaser and contradict nothing.
fn named(sources: &[(Origin, Vec<Byline>)]) -> Vec<Account> {
    let people = |signed: &[Byline]| -> Vec<String> {
        signed.iter().filter(|b| b.kind == BylineKind::Person).map(|b| b.name.clone()).collect()
    };
    sources
        .iter()
        .filter(|(origin, _)| *origin != Origin::Marked)
        .map(|(origin, signed)| (*origin, people(signed).join(", ")))
        .filter(|(_, names)| !names.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_without_the_outlet() {
        assert_eq!(without_outlet("Fish talks open | Harbour News", Some("Harbour News")), "Fish talks open");
        assert_eq!(
            without_outlet("Talks - and fish - go on", Some("Harbour News")),
            "Talks - and fish - go on"
        );
    }
}
