//! An HTML page to a `Draft`.

use dom_query::Document;
use memchr::memmem;

use super::article::BlockKind;
use super::draft::Draft;
use super::fold::{fold, normal};
use super::hints::Hint;
use super::{body, dom, lines, metadata, nesting, scripted, tickers};
use crate::text::Span;

/// Reads an HTML page; a draft without a body where nothing on it reads as an article.
pub(super) fn read(html: &str, url: Option<&str>) -> Draft {
    let (bounded, cut) = nesting::limit(html);
    let document = Document::from(&*bounded);
    let tree = dom::read(&document);
    drop(document);
    let headings: Vec<String> =
        tree.chunks.iter().filter(|c| tree.boxes[c.inside].tag == "h1").map(|c| c.text.clone()).collect();
    let meta = metadata::read(&tree, &headings, url);
    let hints = body::box_hints(&tree);
    let chosen = body::choose(&tree, &hints, meta.title.as_deref(), meta.body.as_deref());
    let mut draft = Draft {
        byline: meta.byline,
        published: meta.published,
        updated: meta.updated,
        outlet: meta.outlet,
        url: meta.url,
        languages: meta.languages,
        labels: meta.labels,
        section: meta.section,
        origins: meta.origins,
        doubts: meta.doubts,
        time_marks: chosen.time_marks,
        ..Draft::default()
    };
    for chunk in &tree.chunks {
        draft.quotes.extend(tickers::read(&chunk.text));
    }
    if let Some(title) = meta.title {
        draft.push(BlockKind::Title, title, None);
    }
    let mut places = Places { html, from: 0, budget: PLACE_BUDGET };
    let standfirst = standfirst(&tree, &hints, &chosen, &meta.descriptions);
    if let Some(at) = standfirst {
        draft.push(BlockKind::Highlight, tree.chunks[at].text.clone(), None);
    }
    for (at, kind) in chosen.blocks {
        if Some(at) == standfirst {
            continue;
        }
        let text = tree.chunks[at].text.clone();
        let source = places.find(&text);
        draft.push(kind, text, source);
    }
    let words: usize =
        draft.pieces.iter().filter(|p| p.kind == BlockKind::Paragraph).map(|p| lines::size(&p.text)).sum();
    if words < FEW_WORDS {
        from_data(&tree, meta.body.as_deref(), words, &mut draft);
    }
    if is_front_page(draft.url.as_deref().or(url)) && !draft.labels.iter().any(|l| l.ends_with("Article")) {
        draft.pieces.retain(|p| p.kind == BlockKind::Title);
    }
    draft.left_out = cut.then(|| {
        "its elements are nested hundreds deep or number hundreds of thousands; what lies beyond was left out".to_owned()
    });
    draft
}

/// Words of visible paragraphs below which a page may keep its text in a script.
const FEW_WORDS: usize = 120;

/// Takes the text out of JSON-LD or another script where it holds at least twice what is visible.
fn from_data(tree: &dom::Tree, told: Option<&str>, words: usize, draft: &mut Draft) {
    let told: Vec<String> =
        told.map(|t| t.lines().map(fold).filter(|l| !l.is_empty()).collect()).unwrap_or_default();
    let scripted = scripted::paragraphs(&tree.json);
    let size = |texts: &[String]| -> usize { texts.iter().map(|t| lines::size(t)).sum() };
    let best = if size(&scripted) > size(&told) { scripted } else { told };
    if size(&best) < 40.max(2 * words) {
        return;
    }
    draft.pieces.retain(|p| matches!(p.kind, BlockKind::Title | BlockKind::Highlight));
    for text in best {
        draft.push(BlockKind::Paragraph, text, None);
    }
}

/// Whether an address is a site's root, which lists stories and is none.
fn is_front_page(url: Option<&str>) -> bool {
    url.and_then(|u| u.split_once("://")).is_some_and(|(_, rest)| {
        let path = rest.split(['?', '#']).next().and_then(|p| p.split_once('/')).map_or("", |(_, p)| p);
        matches!(path.trim_matches('/'), "" | "index.html" | "home")
    })
}

/// Bytes of source looked through for the places of blocks, over a whole page.
const PLACE_BUDGET: usize = 64 << 20;
/// Bytes looked through for one block: longer than any script between two paragraphs.
const PLACE_WINDOW: usize = 1 << 20;

/// Finds blocks in the source, in order, where they stand there as one stretch.
struct Places<'h> {
    html: &'h str,
    from: usize,
    budget: usize,
}

impl Places<'_> {
    fn find(&mut self, text: &str) -> Option<Span> {
        let mut end = self.html.len().min(self.from + PLACE_WINDOW.min(self.budget));
        while !self.html.is_char_boundary(end) {
            end -= 1;
        }
        let window = self.html.get(self.from..end)?;
        let found = memmem::find(window.as_bytes(), text.as_bytes());
        self.budget -= found.unwrap_or(window.len()).min(self.budget);
        let at = self.from + found?;
        self.from = at + text.len();
        Some(Span::new(at, self.from))
    }
}

/// The chunk that is the standfirst: marked as one, or printed between headline and body and told as the description.
fn standfirst(
    tree: &dom::Tree,
    hints: &[Hint],
    chosen: &body::Chosen,
    descriptions: &[String],
) -> Option<usize> {
    let first = chosen.blocks.iter().find(|(_, k)| *k == BlockKind::Paragraph).map(|(at, _)| *at)?;
    let told: Vec<String> = descriptions.iter().map(|d| normal(d).to_lowercase()).collect();
    let heading = tree.chunks.iter().position(|c| tree.boxes[c.inside].tag == "h1").unwrap_or(0);
    let near = heading..=first + 2;
    let rank = |at: usize| {
        let chunk = tree.chunks.get(at)?;
        let size = lines::size(&chunk.text);
        if !(4..=90).contains(&size) || heading >= at {
            return None;
        }
        let mine = normal(&chunk.text).to_lowercase();
        let same = told.iter().position(|d| *d == mine);
        let hint = hints[chunk.inside];
        let own = tree.boxes[chunk.inside].hint == Hint::Standfirst;
        match (hint, same) {
            (Hint::Furniture | Hint::Caption, None) => None,
            (Hint::Furniture, Some(_)) => own.then_some(1),
            (Hint::Caption, Some(_)) => None,
            // Among several marked ones, the one that is also told as the alternative headline or description.
            (Hint::Standfirst, Some(0)) => Some(4),
            (Hint::Standfirst, Some(_)) => Some(3),
            (Hint::Standfirst, None) => Some(2),
            (_, Some(_)) => (at < first).then_some(1),
            _ => None,
        }
    };
    let best = near.filter_map(|at| rank(at).map(|r| (r, std::cmp::Reverse(at)))).max().map(|(_, at)| at.0);
    best.or_else(|| bold_lead(tree, chosen))
}

/// A first paragraph set wholly in bold above plain ones is a standfirst.
fn bold_lead(tree: &dom::Tree, chosen: &body::Chosen) -> Option<usize> {
    let mut paragraphs = chosen.blocks.iter().filter(|(_, k)| *k == BlockKind::Paragraph).map(|(at, _)| *at);
    let first = paragraphs.next()?;
    let bold = |at: usize| tree.chunks[at].bold * 10 >= tree.chunks[at].text.len() * 9;
    let plain = paragraphs.by_ref().take(3).filter(|at| !bold(*at)).count();
    (bold(first) && plain >= 3 && (8..=90).contains(&lines::size(&tree.chunks[first].text))).then_some(first)
}
