//! The answer on a pair's page: the verdict in words, the evidence for and against, how it holds up, what it was made from.

use demarche_engine::series::{Axis, Item, Label, Variant};
use maud::{Markup, html};

use crate::telling::{self, Answer};
use crate::web::chart;
use crate::web::home::one_event;
use crate::web::layout::{event_at, facts};

/// Events that are listed of those that do not count.
const ROWS: usize = 20;

/// The verdict with its two axes.
pub(crate) fn verdict(answer: &Answer) -> Markup {
    let verdict = &answer.verdict;
    let (sign, class) = match verdict.label {
        Label::Gaining => ("▲", "up"),
        Label::Losing => ("▼", "down"),
        Label::Mixed => ("◆", "mixed"),
        Label::NoClearChange => ("▬", "level"),
        Label::InsufficientEvidence => ("?", "unknown"),
    };
    let last = match &answer.dataset {
        Some(name) => format!(", the last day of {name}"),
        None => ", the day of the record’s last article".to_owned(),
    };
    html! {
        div class={ "verdict " (class) } {
            p .label { span .sign aria-hidden="true" { (sign) } " " span .word { (verdict.label.as_str()) } }
            p .lede { (answer.sentence) }
            p .facts {
                "As of " (telling::day_words(verdict.question.on)) @if answer.on_last_day { (last) } "."
                @if let Some(asked) = telling::asked_words(&verdict.question, Some(&verdict.sides)) { " " (asked) "." }
            }
        }
        div .axes {
            (axis("Engagement", "cooperation with each other, against all else that either does", &verdict.engagement))
            (axis("Tone", "cooperation between the two, against conflict", &verdict.tone))
        }
    }
}

fn axis(name: &str, what: &str, axis: &Axis) -> Markup {
    let rate = |rate: &demarche_engine::series::Rate| format!("{} of {}", rate.cooperative, rate.n);
    html! {
        figure .axis {
            figcaption { b { (name) } ": " (telling::found_words(axis)) span .what { (what) } }
            @if let Some(change) = &axis.change {
                (chart::interval(change))
                p .facts { (telling::odds_sentence(change, axis.level)) }
            } @else {
                p .facts { "10 events now and 20 before are needed on this axis." }
            }
            p .facts { "Now " (rate(&axis.recent)) " cooperative, before " (rate(&axis.baseline)) }
        }
    }
}

/// The evidence, for beside against.
pub(crate) fn evidence(answer: &Answer) -> Markup {
    let [pro, con, claims @ ..] = answer.evidence();
    html! {
        div .columns { (side(answer, pro)) (side(answer, con)) }
        @if claims.iter().any(|(_, _, items)| !items.is_empty()) {
            div .columns { @for claim in claims { (side(answer, claim)) } }
        }
    }
}

fn side(answer: &Answer, (heading, nothing, items): (&str, &str, &[Item])) -> Markup {
    html! {
        section .evidence {
            h2 { (heading) " " span .tally { (items.len()) } }
            @if items.is_empty() && !nothing.is_empty() { p { (nothing) } }
            ol .quotes { @for item in items { li data-row { (one_item(answer, item)) } } }
        }
    }
}

/// An event of ours with its sentence; one of a dataset with what this says of it.
fn one_item(answer: &Answer, item: &Item) -> Markup {
    let coding = format!("{} ({})", item.name, item.code);
    match (answer.entries.get(&item.event), answer.quote(item)) {
        (Some(entry), _) => html! {
            a .title href=(event_at(&entry.id)) { (telling::entry_parties(entry)) }
            (facts(&[
                telling::day_words(item.date), coding, telling::by_words(item), telling::outlets_words(&entry.outlets), entry.id.clone(),
            ]))
        },
        (None, quote) => html! {
            @if let Some(quote) = quote { blockquote { (quote.sentence) } }
            a .title href=(event_at(&item.event)) {
                @match quote {
                    Some(quote) => (telling::acts(&quote.filed.report.actors, &quote.filed.report.recipients)),
                    None => (item.name),
                }
            }
            @let outlets = telling::outlets_words(&item.outlets);
            (facts(&[
                telling::day_words(item.date), coding, telling::by_words(item),
                if outlets.is_empty() { "outlet unknown".to_owned() } else { outlets },
            ]))
        },
    }
}

/// The answer over other windows, and without single outlets or issues where that changes it.
pub(crate) fn holds_up(answer: &Answer, files: &Markup) -> Markup {
    let robustness = &answer.verdict.robustness;
    let turned = |variants: &'_ [Variant]| -> Vec<Variant> {
        variants.iter().filter(|v| v.label != answer.verdict.label).cloned().collect()
    };
    let (outlets, issues) = (turned(&robustness.without_outlet), turned(&robustness.without_issue));
    let row = |what: String, variant: &Variant| html! { tr { th scope="row" { (what) } td { (variant.label.as_str()) } } };
    html! {
        section {
            h2 { "How it holds up" }
            table .narrow {
                tbody {
                    @for v in &robustness.windows { (row(format!("Over {} days", v.of), v)) }
                    @for v in &outlets { (row(format!("Without {}", v.of), v)) }
                    @for v in &issues { (row(format!("Without the issue {}", v.of), v)) }
                }
            }
            @if outlets.is_empty() && issues.is_empty() {
                p .facts { "Leaving out any one outlet or issue does not change the answer." }
            }
            (files)
        }
    }
}

/// What the answer was made from, in words.
pub(crate) fn coverage(answer: &Answer, left_out: &Markup) -> Markup {
    let coverage = &answer.verdict.coverage;
    let sentence = |words: &str| {
        let mut letters = words.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    };
    html! {
        section #coverage {
            h2 { "What this rests on" }
            p { (sentence(&answer.coverage_line())) }
            @match (&answer.dataset, answer.outlets_line()) {
                (_, Some(line)) => p { (sentence(&line)) },
                (Some(name), None) => p { "Who printed the events of " (name) ", and what they are about, is not counted." },
                (None, None) => {}
            }
            p {
                "A day without a report is a day on which nothing was heard, not one on which nothing happened: unmonitored is not "
                "zero."
                @if let Some((first, last)) = coverage.record {
                    " What was covered reaches from " (telling::day_words(first)) " to " (telling::day_words(last)) "."
                }
            }
            @if let Some(line) = answer.left_out_line() {
                details {
                    summary { (telling::count(answer.left_out.len(), "event")) " between them not counted: " (line) }
                    ol .list .two { @for left in answer.left_out.iter().take(ROWS) { li data-row { (one_event(&left.listed)) } } }
                    @if answer.left_out.len() > ROWS { p .facts { "The latest " (ROWS) " are shown; the data holds all." } }
                    (left_out)
                }
            }
        }
    }
}
