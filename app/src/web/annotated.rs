//! Turns a reading into its article with what was read in it marked, beside the list of what was read.

use demarche_engine::Reading;
use demarche_engine::page::{Block, BlockKind};
use demarche_engine::text::Span;
use maud::{Markup, html};

use crate::telling::{self, Mark, Piece};
use crate::web::layout::{event_at, facts};

/// What a page puts around the text, and whether the record keeps it: only then do its reports have pages of their own.
pub(crate) struct Around {
    pub(crate) above: Markup,
    pub(crate) below: Markup,
    pub(crate) beside: Markup,
    pub(crate) kept: bool,
}

/// The text with its marks.
pub(crate) fn annotated(reading: &Reading, around: &Around) -> Markup {
    let article = &reading.article;
    let marks = marks(reading);
    let mut head = Vec::new();
    head.extend(article.outlet.clone());
    head.extend(article.byline.iter().map(|b| format!("by {}", b.name)));
    head.extend(article.agency.as_ref().map(|agency| format!("agency {agency}")));
    head.extend(article.published.map(|s| format!("published {}", telling::stamp_words(s))));
    head.extend(article.updated.map(|s| format!("updated {}", telling::stamp_words(s))));
    head.extend(article.fetched.map(|s| format!("saved {}", telling::stamp_words(s))));
    html! {
        div .article {
            article {
                (around.above)
                p .kicker { (telling::plain(&article.kind)) }
                @for block in &article.blocks { (one_block(reading, block, &marks)) }
                @if article.blocks.is_empty() { p { "The page has no text." } }
                (facts(&head))
                (around.below)
                @if !article.doubts.is_empty() {
                    h2 { "The page contradicts itself" }
                    ul { @for doubt in &article.doubts { li { (doubt) } } }
                }
            }
            aside aria-label="What was read" {
                h2 { "How to read the marks" }
                ul .legend {
                    li { span .reported { "tinted sentence" sup { "1" } } " reports something: its number leads to the list" }
                    li { span .seen { "dotted" small .role { "PAK GOV" } } " someone who acts between states, and the side" }
                    li { b .trigger { "bold" } " the word that the report hangs on" }
                }
                h2 { "What was read " span .tally { (reading.reports.len()) } }
                @if reading.reports.is_empty() { p { "Nothing between states." } }
                ol .notes {
                    @for (i, filed) in reading.reports.iter().enumerate() {
                        li #{ "r" (i + 1) } data-row[around.kept] {
                            @let acts = telling::acts(&filed.report.actors, &filed.report.recipients);
                            @if around.kept { a .title href=(event_at(&filed.id)) { (acts) } } @else { span .title { (acts) } }
                            @let told = telling::told_words(filed.report.told);
                            (facts(&[
                                telling::kind_words(&filed.report), telling::date_words(filed.report.date),
                                if told == "current" { String::new() } else { told },
                                telling::claim_words(filed.report.claimant.as_slice(), telling::parties).unwrap_or_default(),
                                telling::issues_words(&filed.report.issues),
                            ]))
                        }
                    }
                }
                (around.beside)
                @if !reading.problems.is_empty() {
                    h2 { "Not read as it should be" }
                    ul { @for problem in &reading.problems { li { (problem.message) } } }
                }
            }
            div .seen-there { (who(reading)) }
        }
    }
}

/// Everyone seen: people with their posts, bodies, states.
fn who(reading: &Reading) -> Markup {
    let seen = telling::on_page(reading);
    html! {
        @for (heading, list) in [("People", &seen.people), ("Bodies and groups", &seen.bodies)] {
            @if !list.is_empty() {
                section {
                    h2 { (heading) " " span .tally { (list.len()) } }
                    ul .people {
                        @for seen in list {
                            li { (telling::with_post(&seen.actor)) " " span .facts { (telling::side(&seen.actor)) } }
                        }
                    }
                }
            }
        }
        @if !seen.states.is_empty() {
            section {
                h2 { "States " span .tally { (seen.states.len()) } }
                p { (seen.states.join(", ")) }
            }
        }
    }
}

/// Sentences of reports, their triggers, and everyone seen.
fn marks(reading: &Reading) -> Vec<(Span, Mark)> {
    let mut marks = Vec::new();
    for (i, filed) in reading.reports.iter().enumerate() {
        marks.push((filed.report.evidence.sentence, Mark::Sentence(i)));
        marks.push((filed.report.evidence.trigger, Mark::Trigger));
    }
    for (i, seen) in reading.seen.iter().enumerate() {
        marks.extend(seen.mentions.iter().map(|&span| (span, Mark::Seen(i))));
    }
    marks
}

fn one_block(reading: &Reading, block: &Block, marks: &[(Span, Mark)]) -> Markup {
    let pieces = telling::pieces(&reading.article.text, block.span, marks);
    // One element for a whole sentence: a long article would weigh twice as much with one for each piece of it.
    let text = html! {
        @for run in pieces.chunk_by(|one, next| is_reported(one) == is_reported(next)) {
            @let words = html! { @for piece in run { (one_piece(reading, piece, marks)) } };
            @if run.first().is_some_and(is_reported) { span .reported { (words) } } @else { (words) }
        }
    };
    match block.kind {
        BlockKind::Title => html! { h1 { (text) } },
        BlockKind::Subhead => html! { h2 { (text) } },
        BlockKind::Highlight => html! { p .highlight { (text) } },
        BlockKind::Quote => html! { blockquote { (text) } },
        BlockKind::Caption => html! { p .caption { (text) } },
        BlockKind::Paragraph => html! { p { (text) } },
    }
}

fn is_reported(piece: &Piece<'_>) -> bool {
    piece.marks.iter().any(|mark| matches!(mark, Mark::Sentence(_)))
}

fn one_piece(reading: &Reading, piece: &Piece<'_>, marks: &[(Span, Mark)]) -> Markup {
    let seen = piece.marks.iter().rev().find_map(|mark| match mark {
        Mark::Seen(i) => reading.seen.get(*i),
        _ => None,
    });
    let trigger = piece.marks.contains(&Mark::Trigger);
    let words = match seen {
        Some(seen) => {
            let side = telling::side(&seen.actor);
            let name = Some(&seen.actor.name).filter(|name| *name != piece.text);
            html! { span .seen title=[name] { (piece.text) @if !side.is_empty() { small .role { (side) } } } }
        }
        None if trigger => html! { b .trigger { (piece.text) } },
        None => html! { (piece.text) },
    };
    // The numbers of the reports whose sentence ends here.
    let notes = marks.iter().filter_map(|(span, mark)| match mark {
        Mark::Sentence(i) if span.end == piece.span.end && piece.marks.contains(mark) => Some(i + 1),
        _ => None,
    });
    html! {
        (words)
        @for note in notes { sup { a href={ "#r" (note) } aria-label={ "report " (note) } { (note) } } }
    }
}
