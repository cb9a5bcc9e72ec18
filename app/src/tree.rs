//! Turns a sentence's analysis into SVG: its words in a row, their parts of speech below, an arc above from each head to
//! what depends on it. People look rather than read.

use demarche_engine::language::{Document, Sentence};
use maud::{Markup, html};

use crate::picture::Look;

/// Units from a word's middle to the next, at least; wide words push their neighbours away.
const LEAST_WIDTH: f64 = 44.0;
/// Units of a letter.
const LETTER: f64 = 8.2;
/// Units by which an arc rises above those that it spans.
const STEP: f64 = 26.0;
/// Units above the highest arc, for the mark of the root.
const TOP: f64 = 30.0;
/// Units below the line of arcs: word, lemma, part of speech.
const BELOW: f64 = 62.0;
/// Units between two arcs that end at one word.
const SPREAD: f64 = 5.0;

/// Plain in light and dark; no fonts or files from anywhere.
const STYLE: &str = "svg{font:14px system-ui,sans-serif;color:#1b1f24;background:#fff}\
    text{fill:currentColor;text-anchor:middle}.tag{font-size:11px;fill:#0b6b74}.lemma{font-size:11px;opacity:.65}\
    .rel{font-size:11px}.arc{fill:none;stroke:#8a94a3;stroke-width:1.3}.tip{fill:#8a94a3}\
    @media(prefers-color-scheme:dark){svg{color:#e6e8eb;background:#14171b}.tag{fill:#6fd0d8}}";

/// The same for a picture, which knows no variables and no darkness; the font is that of pictures.
const PRINTED: &str = "text{fill:#1b1f24;text-anchor:middle;font-size:13px;font-family:'DejaVu Sans Condensed'}\
    .tag{font-size:11px;fill:#0b6b74}.lemma{font-size:11px;opacity:.65}.rel{font-size:11px}\
    .arc{fill:none;stroke:#8a94a3;stroke-width:1.3}.tip{fill:#8a94a3}";

/// One arc between two words of a sentence.
struct Arc<'d> {
    head: usize,
    word: usize,
    /// How many arcs high.
    level: usize,
    relation: &'d str,
}

/// Sentences of a document, one below the other.
pub(crate) fn drawn<'s>(
    doc: &Document,
    sentences: impl IntoIterator<Item = &'s Sentence>,
    look: Look,
) -> Markup {
    let (mut width, mut height) = (0.0, 0.0);
    let mut drawn: Vec<(f64, Markup)> = Vec::new();
    for sentence in sentences {
        let (wide, high, markup) = draw(doc, sentence);
        drawn.push((height, markup));
        width = wide.max(width);
        height += high;
    }
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            role="img" aria-label="Dependency trees" {
            style { (maud::PreEscaped(if look == Look::Screen { STYLE } else { PRINTED })) }
            @if look == Look::Picture { rect width=(width) height=(height) fill="#fff" {} }
            @for (from, markup) in &drawn {
                g transform={ "translate(0 " (from) ")" } { (markup) }
            }
        }
    }
}

/// One sentence with its width and height.
fn draw(doc: &Document, sentence: &Sentence) -> (f64, f64, Markup) {
    let (places, width) = places(doc, sentence);
    let arcs = arcs(doc, sentence);
    let top = TOP + STEP * (arcs.iter().map(|a| a.level).max().unwrap_or(0) as f64);
    let markup = html! {
        title { (sentence.span.of(&doc.text)) }
        @for i in sentence.first..sentence.last {
            @let token = &doc.tokens[i];
            @let x = places[i - sentence.first];
            @if token.head.is_none() {
                path .arc d={ "M" (x) " " (top - TOP + 14.0) "V" (top) } {}
                path .tip d={ "M" (x - 3.0) " " (top - 6.0) "h6l-3 6z" } {}
                text .rel x=(x) y=(top - TOP + 10.0) { "root" }
            }
            text x=(x) y=(top + 18.0) { (doc.form(i)) }
            text .lemma x=(x) y=(top + 34.0) { (token.lemma) }
            text .tag x=(x) y=(top + 50.0) { (token.upos) }
        }
        @for arc in &arcs {
            // Arcs leave a head beside its middle, so that they do not hide the one that arrives.
            @let side = if arc.word > arc.head { SPREAD } else { -SPREAD };
            @let (from, to) = (places[arc.head] + side, places[arc.word]);
            @let high = top - STEP * (arc.level as f64);
            path .arc d={ "M" (from) " " (top) "C" (from) " " (high - 6.0) " " (to) " " (high - 6.0) " " (to) " " (top) } {}
            path .tip d={ "M" (to - 3.0) " " (top - 6.0) "h6l-3 6z" } {}
            text .rel x=(f64::midpoint(from, to)) y=(high + 0.25 * (top - high) - 8.0) { (arc.relation) }
        }
    };
    (width, top + BELOW, markup)
}

/// The middle of each word, and the width of them all.
fn places(doc: &Document, sentence: &Sentence) -> (Vec<f64>, f64) {
    let mut at = 0.0;
    let places = (sentence.first..sentence.last)
        .map(|i| {
            let token = &doc.tokens[i];
            let letters =
                [doc.form(i).chars().count(), token.lemma.chars().count(), token.relation.as_str().len()];
            let wide = letters.into_iter().max().unwrap_or(0) as f64 * LETTER + 12.0;
            let wide = wide.max(LEAST_WIDTH);
            at += wide;
            at - wide / 2.0
        })
        .collect();
    (places, at)
}

/// The arcs, each one level above the highest that it spans.
fn arcs<'d>(doc: &'d Document, sentence: &Sentence) -> Vec<Arc<'d>> {
    let mut arcs: Vec<Arc<'d>> = (sentence.first..sentence.last)
        .filter_map(|i| {
            let head = doc.tokens[i].head? - sentence.first;
            let relation = doc.tokens[i].relation.as_str();
            Some(Arc { head, word: i - sentence.first, level: 1, relation })
        })
        .collect();
    arcs.sort_by_key(|a| (a.head.abs_diff(a.word), a.word));
    // For each gap between two words, the highest arc over it so far.
    let mut over = vec![0usize; sentence.last - sentence.first];
    for arc in &mut arcs {
        let gaps = &mut over[arc.head.min(arc.word)..arc.head.max(arc.word)];
        arc.level = gaps.iter().max().copied().unwrap_or(0) + 1;
        gaps.fill(arc.level);
    }
    arcs
}
