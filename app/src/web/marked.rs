//! Turns pieces of marked text into HTML in which every mark has a word beside its colour.

use maud::{Markup, html};

use crate::telling::{Mark, Piece};

/// A sentence with its roles: each stretch underlined in its colour, with the role's word after it.
pub(crate) fn roles(pieces: &[Piece<'_>]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece.mark() {
                Some(mark) => {
                    // White space at the ends stays outside of the mark.
                    @let words = piece.text.trim();
                    @let start = piece.text.len() - piece.text.trim_start().len();
                    (piece.text[..start])
                    @if !words.is_empty() {
                        mark class=(mark.word()) { (words) small .role { (mark.word()) } }
                        (piece.text[start + words.len()..])
                    }
                }
                None => (piece.text),
            }
        }
    }
}

/// What the marks of these pieces mean.
pub(crate) fn legend(pieces: &[Piece<'_>]) -> Markup {
    let mut marks: Vec<Mark> = pieces.iter().filter_map(Piece::mark).collect();
    marks.sort_unstable();
    marks.dedup();
    html! {
        ul .legend {
            @for mark in marks.into_iter().rev() {
                li { mark class=(mark.word()) { (mark.word()) } " " (meaning(mark)) }
            }
        }
    }
}

fn meaning(mark: Mark) -> &'static str {
    match mark {
        Mark::Actor => "who did or said it",
        Mark::Recipient => "to whom",
        Mark::Trigger => "the word that called the frame up",
        Mark::Content => "what was said",
        Mark::Place => "where",
        Mark::Time => "when",
        Mark::Seen(_) => "someone who acts between states",
        Mark::Sentence(_) => "a sentence that reports something",
    }
}
