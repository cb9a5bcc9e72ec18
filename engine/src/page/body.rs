//! Which chunks of an HTML page are the article, and what each of them is.

use super::article::BlockKind;
use super::chrome;
use super::dom::{Chunk, Tree};
use super::fold::normal;
use super::hints::Hint;
use super::lines::{self, Role};

/// A chunk with what is known about it.
#[derive(Debug, Clone, Copy)]
struct View {
    role: Role,
    size: usize,
    /// The strongest hint of the boxes around it.
    hint: Hint,
    /// Mostly links.
    linked: bool,
    weight: i64,
}

/// What was chosen: chunk numbers with kinds, in page order.
pub(super) struct Chosen {
    pub(super) blocks: Vec<(usize, BlockKind)>,
    /// Chunks that are only a time of day.
    pub(super) time_marks: usize,
}

/// Chooses and types the body. `title` and `descriptions` are known texts that the body must not repeat at its top.
pub(super) fn choose(tree: &Tree, hints: &[Hint], title: Option<&str>, known: Option<&str>) -> Chosen {
    let known = known.map(squeeze).filter(|k| !k.is_empty());
    let views: Vec<View> =
        tree.chunks.iter().map(|c| view(tree, c, hints[c.inside], known.as_deref())).collect();
    let Some(root) = best_box(tree, &views) else { return Chosen { blocks: Vec::new(), time_marks: 0 } };
    let (first, end) = (tree.boxes[root].first, tree.boxes[root].end);
    type_blocks(tree, &views, first, end, title)
}

/// Letters and digits only: JSON-LD bodies and pages differ in spaces and quotes.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// For each box the hint that rules in it. A hint of furniture on a box that holds much of the page's prose is a
/// layout's name ("with-sidebar") and means nothing.
pub(super) fn box_hints(tree: &Tree) -> Vec<Hint> {
    let prose: Vec<usize> = tree
        .chunks
        .iter()
        .map(|c| {
            if c.linked * 2 < c.text.len() && c.text.len() > 60 && lines::ends_sentence(&c.text) {
                c.text.len()
            } else {
                0
            }
        })
        .collect();
    let mut sums = vec![0; prose.len() + 1];
    for (i, p) in prose.iter().enumerate() {
        sums[i + 1] = sums[i] + p;
    }
    let all = sums.last().copied().unwrap_or(0);
    let mut hints: Vec<Hint> = Vec::with_capacity(tree.boxes.len());
    for (i, b) in tree.boxes.iter().enumerate() {
        let inside = sums[b.end.min(prose.len())] - sums[b.first.min(prose.len())];
        let own = match b.hint {
            Hint::Body | Hint::None => Hint::None,
            // A standfirst is a sentence or two, a picture's words are few: larger boxes only share the name.
            Hint::Standfirst if b.end - b.first > 4 => Hint::None,
            Hint::Image => {
                if b.end - b.first <= 4 && inside <= 600 {
                    Hint::Caption
                } else {
                    Hint::None
                }
            }
            _ if inside * 10 >= all * 3 && inside > 400 => Hint::None,
            other => other,
        };
        let outer = if i == 0 { Hint::None } else { hints[b.parent] };
        // Inside furniture all is furniture; elsewhere the inner word is the more exact one.
        hints.push(match (outer, b.hint) {
            (Hint::Furniture, Hint::Body) => Hint::None,
            _ if outer == Hint::Furniture || own == Hint::None => outer,
            _ => own,
        });
    }
    hints
}

fn view(tree: &Tree, chunk: &Chunk, hint: Hint, known: Option<&str>) -> View {
    let line = lines::classify(&chunk.text);
    let (role, size) = (line.0, line.1);
    let tag = tree.boxes[chunk.inside].tag.as_str();
    // A sentence of a paragraph may be mostly one link; a teaser is nothing else.
    let share = if tag == "p" && matches!(line.0, Role::Prose | Role::Sentence) { 95 } else { 50 };
    let linked = chunk.linked * 100 > chunk.text.len() * share;
    let in_known = known.is_some_and(|k| size >= 5 && k.contains(&squeeze(&chunk.text)));
    let weight = if in_known {
        i64::try_from(size.min(100)).unwrap_or(100) * 2
    } else if hint == Hint::Furniture {
        // Left out in any case, so it says little against the box around it.
        -1
    } else if linked {
        -3
    } else {
        let full = i64::try_from(size.min(80)).unwrap_or(80);
        match (role, hint) {
            (_, Hint::Caption | Hint::Byline | Hint::Pull) => -1,
            (Role::Prose, _) if tag == "p" => full,
            (Role::Prose, _) => full * 2 / 3,
            (Role::Sentence, _) => 2,
            (Role::Bullet | Role::TimeMark, _) => 0,
            (Role::Short, _) if tag.starts_with('h') => -1,
            (Role::Furniture, _) => -2,
            _ => -2,
        }
    };
    View { role, size, hint, linked, weight }
}

/// The box whose chunks weigh most together; of nested ones with the same weight, the innermost.
fn best_box(tree: &Tree, views: &[View]) -> Option<usize> {
    let mut sums = vec![0i64; views.len() + 1];
    for (i, v) in views.iter().enumerate() {
        sums[i + 1] = sums[i] + v.weight;
    }
    let mut best: Option<(i64, usize)> = None;
    for (i, b) in tree.boxes.iter().enumerate() {
        if b.end <= b.first {
            continue;
        }
        let mut weight = sums[b.end] - sums[b.first];
        if weight > 0 {
            weight += match (b.hint, b.tag.as_str()) {
                (Hint::Body, _) => weight / 12,
                (_, "article" | "main") => weight / 25,
                _ => 0,
            };
        }
        if best.is_none_or(|(top, _)| weight >= top) {
            best = Some((weight, i));
        }
    }
    best.filter(|(weight, _)| *weight > 10).map(|(_, i)| i)
}

/// The innermost of a chunk's boxes that has one of these tags.
fn within<'t>(tree: &'t Tree, mut at: usize, tags: &[&str]) -> Option<&'t str> {
    loop {
        let b = &tree.boxes[at];
        if tags.contains(&b.tag.as_str()) {
            return Some(&b.tag);
        }
        if at == 0 {
            return None;
        }
        at = b.parent;
    }
}

fn type_blocks(tree: &Tree, views: &[View], first: usize, end: usize, title: Option<&str>) -> Chosen {
    let title = title.map(|t| normal(t).to_lowercase());
    let mut blocks: Vec<(usize, BlockKind)> = Vec::new();
    let mut time_marks = 0;
    let mut over = false;
    let mut begun = false;
    for (at, view) in views.iter().enumerate().take(end).skip(first) {
        let chunk = &tree.chunks[at];
        time_marks += usize::from(view.role == Role::TimeMark);
        let tag = tree.boxes[chunk.inside].tag.as_str();
        let heading = within(tree, chunk.inside, &["h1", "h2", "h3", "h4", "h5", "h6"]);
        if view.hint == Hint::Furniture || over && (heading.is_none()) && view.role == Role::Short {
            continue;
        }
        if chrome::ends_article(&chunk.text) {
            over = true;
            continue;
        }
        if title.as_ref().is_some_and(|t| *t == normal(&chunk.text).to_lowercase()) {
            continue;
        }
        let caption =
            view.hint == Hint::Caption || within(tree, chunk.inside, &["figure", "figcaption"]).is_some();
        if caption {
            if view.size >= 5 && !view.linked {
                blocks.push((at, BlockKind::Caption));
            }
            continue;
        }
        if matches!(view.hint, Hint::Byline | Hint::Pull)
            || matches!(
                view.role,
                Role::Furniture | Role::Stamp | Role::Byline | Role::Ticker | Role::TimeMark
            )
        {
            continue;
        }
        if view.role == Role::Credit {
            continue;
        }
        if heading.is_some() {
            if heading != Some("h1") && !view.linked {
                blocks.push((at, BlockKind::Subhead));
            }
            continue;
        }
        if view.linked && view.size < 40 {
            continue;
        }
        if within(tree, chunk.inside, &["blockquote"]).is_some() && view.size >= 2 {
            blocks.push((at, BlockKind::Quote));
            continue;
        }
        // A standfirst below the first paragraph belongs to a teaser.
        if view.hint == Hint::Standfirst && begun && tag != "li" {
            continue;
        }
        begun |= view.role == Role::Prose;
        let kept = match tag {
            "p" => view.size >= 1,
            _ => matches!(view.role, Role::Prose | Role::Sentence | Role::Bullet),
        };
        if kept {
            blocks.push((at, BlockKind::Paragraph));
        }
    }
    // A heading with nothing below it heads a list of links that was left out.
    let mut kept = Vec::with_capacity(blocks.len());
    for (i, (at, kind)) in blocks.iter().enumerate() {
        let next = blocks.get(i + 1).map(|(_, k)| *k);
        if *kind == BlockKind::Subhead && next.is_none() {
            continue;
        }
        kept.push((*at, *kind));
    }
    Chosen { blocks: kept, time_marks }
}
