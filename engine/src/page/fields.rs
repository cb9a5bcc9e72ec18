//! Named fields of one article (an entry of a feed, an object of JSON, a row of a table) to a `Draft`.

use super::article::{BlockKind, Byline};
use super::draft::Draft;
use super::fold::{fold, normal};
use super::format::{self, Format};
use super::lines::{self, Role};
use super::origins::{Origin, Origins};
use super::{bylines, html, jsonld, stamps};

/// What an article's fields say. Texts are as given: HTML or plain.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Fields {
    pub(super) title: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) body: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) url: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) language: Option<String>,
    pub(super) sections: Vec<String>,
}

/// Words below which a text without a separate summary is only a teaser.
const STUB_WORDS: usize = 80;
/// Authors read of one article; each is compared with all before it.
const MOST_AUTHORS: usize = 200;

/// Makes a draft; `None` where the fields hold neither a title nor a text.
///
/// Feeds print teasers as if they were the text: a short one counts as a teaser.
pub(super) fn draft(fields: Fields, origin: Origin) -> Option<Draft> {
    let plain = |text: &str| fold(&jsonld::entities(text));
    let mut draft = Draft {
        published: fields.published.as_deref().and_then(stamps::read),
        updated: fields.updated.as_deref().and_then(stamps::read),
        url: fields.url.map(|u| u.trim().to_owned()).filter(|u| !u.is_empty()),
        outlet: fields.outlet.as_deref().map(plain).filter(|o| !o.is_empty()),
        languages: fields.language.map(|said| (origin, said)).into_iter().collect(),
        section: fields.sections.first().cloned(),
        labels: fields.sections,
        origins: Origins::all(origin),
        byline: authors(&fields.authors),
        ..Draft::default()
    };
    let title = fields.title.as_deref().map(plain).filter(|t| !t.is_empty());
    let summary = fields.summary.as_deref().map(plain).filter(|s| !s.is_empty());
    let given = fields.body.as_deref().is_some_and(|b| !b.trim().is_empty());
    if let Some(body) = fields.body.as_deref().filter(|b| !b.trim().is_empty()) {
        body_into(body, &mut draft);
    }
    let words: usize = draft.pieces.iter().map(|p| lines::size(&p.text)).sum();
    match summary {
        // A summary that the body opens with is no standfirst, only a copy.
        Some(summary) if words > 0 => {
            let first = draft.pieces.first().map(|p| normal(&p.text)).unwrap_or_default();
            let copied = first.starts_with(normal(summary.trim_end_matches(['.', '…', ' '])).as_str());
            if !copied {
                draft.push(BlockKind::Highlight, summary, None);
            }
        }
        Some(summary) => draft.push(BlockKind::Paragraph, summary, None),
        None => {}
    }
    draft.stub = !given || origin == Origin::Feed && words < STUB_WORDS;
    if let Some(title) = title {
        draft.push(BlockKind::Title, title, None);
    }
    (!draft.pieces.is_empty()).then_some(draft)
}

fn authors(given: &[String]) -> Vec<Byline> {
    let mut found: Vec<Byline> = Vec::new();
    for name in given.iter().take(MOST_AUTHORS) {
        // RSS writes "name@example.org (Ana Ruiz)".
        let name = match (name.contains('@'), name.split_once('(')) {
            (true, Some((_, inner))) => inner.trim_end_matches(')'),
            _ => name,
        };
        for byline in bylines::read(&jsonld::entities(name)) {
            if !found.contains(&byline) {
                found.push(byline);
            }
        }
    }
    found
}

fn body_into(body: &str, draft: &mut Draft) {
    if format::detect(body) == Format::Html {
        let read = html::read(body, None);
        draft.left_out = read.left_out;
        // Their places are places in the field, not in the file.
        for piece in read.pieces {
            if !matches!(piece.kind, BlockKind::Title | BlockKind::Highlight) {
                draft.push(piece.kind, piece.text, None);
            }
        }
        if !draft.has_body() {
            draft.pieces.clear();
            draft.push(BlockKind::Paragraph, fold(&jsonld::entities(body)), None);
        }
        return;
    }
    let (lines, cut) = lines::read(body);
    draft.left_out = cut.then(lines::left_out);
    for (at, line) in lines.iter().enumerate() {
        let next = lines.get(at + 1).map(|l| l.role);
        let kind = match line.role {
            Role::Ticker | Role::Furniture | Role::Credit if lines.len() > 1 => continue,
            Role::Short if line.size <= 14 && matches!(next, Some(Role::Prose | Role::Sentence)) => {
                BlockKind::Subhead
            }
            _ => BlockKind::Paragraph,
        };
        draft.push(kind, line.text.clone(), None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_and_plain_bodies() {
        let fields = Fields {
            title: Some("Fish &amp; boats".into()),
            body: Some("<p>The ministers met in Oslo on Monday and spoke about fish.</p><p>They will meet again.</p>".into()),
            authors: vec!["desk@harbour.example (Ana Ruiz)".into()],
            published: Some("Tue, 02 Jan 2024 21:02:00 +0500".into()),
            ..Fields::default()
        };
        let article = draft(fields, Origin::Feed).expect("a draft").finish();
        assert_eq!(
            article.text,
            "Fish & boats\n\nThe ministers met in Oslo on Monday and spoke about fish.\n\nThey will meet again."
        );
        assert_eq!(article.byline[0].name, "Ana Ruiz");
        assert_eq!(article.published.map(|s| s.to_string()).as_deref(), Some("2024-01-02T21:02+05:00"));
        assert_eq!(article.kind, super::super::article::ArticleKind::FeedStub);
        assert!(article.blocks.iter().all(|b| b.source.is_none()), "places in a field are none in the file");
        assert!(draft(Fields::default(), Origin::Data).is_none());
    }
}
