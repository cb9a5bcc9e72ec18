//! `/d/PAK-USA`: the verdict on two states, its evidence, and every event between them.

use demarche_engine::series::{Axis, Item, Label, Variant};
use demarche_record::Record;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Answer, Inquiry, Listed};
use crate::web::chart;
use crate::web::home::one_event;
use crate::web::layout::{event_at, facts};
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;

/// Events that a page lists; the data holds all.
const ROWS: usize = 60;

#[derive(Debug, Serialize)]
struct Dyad {
    states: [Named; 2],
    answer: Option<Answer>,
    /// How many events lie between them.
    events_in_all: usize,
    /// Those that are listed, the latest first: all in the data, some on the page.
    events: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Named {
    code: String,
    name: String,
}

/// Two states in any spelling, as the form sends them: leads to their page.
pub(crate) fn lead(shared: &Shared, a: &str, b: &str) -> Result<Reply, Fault> {
    match pair(shared, a, b) {
        Ok((a, b)) => Ok(Reply::Moved(format!("/d/{a}-{b}"))),
        Err(reply) => Ok(*reply),
    }
}

/// The codes in alphabetical order, or why there is no such pair.
fn pair<'s>(shared: &'s Shared, a: &str, b: &str) -> Result<(&'s str, &'s str), Box<Reply>> {
    let find = |words: &str| {
        shared
            .states
            .find(words)
            .map_err(|fault| Box::new(Reply::missing("No such state", fault.to_string())))
    };
    let (a, b) = (find(a)?, find(b)?);
    if a == b {
        let words = format!("Both are {}. Name two different states.", shared.states.name(a));
        return Err(Box::new(Reply::missing("That is one state", words)));
    }
    Ok((a.min(b), a.max(b)))
}

pub(crate) fn dyad(
    shared: &Shared,
    record: &Record,
    form: Form,
    asked: &str,
    on: Option<&str>,
) -> Result<Reply, Fault> {
    let Some((a, b)) = asked.split_once('-') else {
        return Ok(Reply::missing("That is no pair of states", "An address such as /d/PAK-USA names two."));
    };
    let (a, b) = match pair(shared, a, b) {
        Ok(pair) => pair,
        Err(reply) => return Ok(*reply),
    };
    let on: Option<Date> = match on.filter(|day| !day.is_empty()).map(str::parse).transpose() {
        Ok(day) => day,
        Err(_) => return Ok(Reply::wrong("That is no day", "Write it as 2024-03-31.")),
    };
    let address = format!("/d/{a}-{b}");
    let query = on.map(|day| format!("?on={day}")).unwrap_or_default();
    if asked != format!("{a}-{b}") {
        return Ok(Reply::Moved(format!("{address}{}{query}", form.ending())));
    }
    let mut events = record.events_between(a, b)?;
    events.reverse();
    let events_in_all = events.len();
    if form == Form::Page {
        events.truncate(ROWS);
    }
    let events = Listed::all(record, events)?;
    let answer = if record.last_day()?.is_some() || on.is_some() {
        Some(Answer::find(record, &Inquiry::plain(record, a, b, on)?)?)
    } else {
        None
    };
    let named = |code: &str| Named { code: code.to_owned(), name: shared.states.name(code).to_owned() };
    let dyad = Dyad { states: [named(a), named(b)], answer, events_in_all, events };
    let title = format!("{} – {}", dyad.states[0].name, dyad.states[1].name);
    Reply::found(form, &title, format!("{address}.json{query}"), &dyad, |dyad| content(&title, dyad))
}

fn content(title: &str, dyad: &Dyad) -> Markup {
    let codes = format!("{}–{}", dyad.states[0].code, dyad.states[1].code);
    html! {
        section .hero {
            p .kicker { (codes) }
            h1 { (title) }
            @if let Some(answer) = &dyad.answer { (verdict(answer)) }
            @else { p .lede { "The record holds no dated article, so there is no day to answer for." } }
        }
        @if let Some(answer) = &dyad.answer {
            div .columns { @for side in &answer.evidence()[..2] { (evidence(answer, *side)) } }
            @if answer.evidence()[2..].iter().any(|(_, _, items)| !items.is_empty()) {
                div .columns { @for side in &answer.evidence()[2..] { (evidence(answer, *side)) } }
            }
            (holds_up(answer))
            (left_out(answer))
        }
        section {
            h2 { "All events between them " span .tally { (dyad.events_in_all) } }
            @if dyad.events.is_empty() {
                p { "The record holds none. That says what was read, not what happened." }
            }
            ol .list .two { @for listed in &dyad.events { li { (one_event(listed)) } } }
            @if dyad.events_in_all > dyad.events.len() {
                p .facts { "The latest " (ROWS) " are shown; the data (at the foot of the page) holds all." }
            }
        }
    }
}

fn verdict(answer: &Answer) -> Markup {
    let verdict = &answer.verdict;
    let (sign, class) = match verdict.label {
        Label::Gaining => ("▲", "up"),
        Label::Losing => ("▼", "down"),
        Label::Mixed => ("◆", "mixed"),
        Label::NoClearChange => ("▬", "level"),
        Label::InsufficientEvidence => ("?", "unknown"),
    };
    html! {
        div class={ "verdict " (class) } {
            p .label { span .sign aria-hidden="true" { (sign) } " " span .word { (verdict.label.as_str()) } }
            p .lede { (answer.sentence) }
            p .facts {
                "As of " (telling::day_words(verdict.question.on))
                @if answer.on_last_day { ", the day of the record’s last article" }
                ". " (answer.coverage_line()) "."
            }
        }
        div .axes {
            (axis("Engagement", "how much of what the two do is with each other", &verdict.engagement))
            (axis("Tone", "how much of it is cooperative", &verdict.tone))
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
                p .facts { "odds ×" (format!("{:.2}", change.odds_ratio)) ", with " (format!("{:.0}", axis.level * 100.0))
                    " % confidence between ×" (format!("{:.2}", change.low)) " and ×" (format!("{:.2}", change.high)) }
            } @else {
                p .facts { "10 events now and 20 before are needed on this axis." }
            }
            p .facts { "now " (rate(&axis.recent)) " · before " (rate(&axis.baseline)) }
        }
    }
}

fn evidence(answer: &Answer, (heading, nothing, items): (&str, &str, &[Item])) -> Markup {
    html! {
        section .evidence {
            h2 { (heading) " " span .tally { (items.len()) } }
            @if items.is_empty() && !nothing.is_empty() { p { (nothing) } }
            ol .quotes {
                @for item in items {
                    li {
                        @if let Some(quote) = answer.quote(item) { blockquote { (quote.sentence) } }
                        a .title href=(event_at(&item.event)) {
                            @match answer.quote(item) {
                                Some(quote) => (telling::acts(&quote.filed.report.actors, &quote.filed.report.recipients)),
                                None => (item.name),
                            }
                        }
                        (facts(&[
                            telling::day_words(item.date), format!("{} ({})", item.name, item.code), telling::by_words(item), telling::outlets_words(&item.outlets),
                        ]))
                    }
                }
            }
        }
    }
}

/// The answer over other windows, and without single outlets or issues where that changes it.
fn holds_up(answer: &Answer) -> Markup {
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
        }
    }
}

fn left_out(answer: &Answer) -> Markup {
    let Some(line) = answer.left_out_line() else { return html! {} };
    html! {
        section {
            details {
                summary { h2 { "Between them, but not counted " span .tally { (answer.left_out.len()) } } " " (line) }
                ol .list .two {
                    @for left in answer.left_out.iter().take(ROWS) { li { (one_event(&left.listed)) } }
                }
            }
        }
    }
}
