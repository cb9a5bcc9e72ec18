//! `/`: what the record holds, the pairs of states in it, the latest contacts and articles.

use demarche_engine::events::Kind;
use demarche_record::{Dyad, Headline, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Holds, Listed};
use crate::web::layout::{article_at, event_at, facts};
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;

/// Rows shown of each list; the data holds as many.
const ROWS: usize = 10;

#[derive(Debug, Serialize)]
struct Home {
    #[serde(flatten)]
    holds: Holds,
    dyads: Vec<Dyad>,
    latest_contacts: Vec<Listed>,
    latest_articles: Vec<Headline>,
}

pub(crate) fn home(shared: &Shared, record: &Record, form: Form) -> Result<Reply, Fault> {
    let mut dyads = record.dyads()?;
    dyads.truncate(ROWS * 4);
    let home = Home {
        holds: Holds::find(record)?,
        dyads,
        latest_contacts: Listed::all(record, record.latest(Kind::Contact, ROWS)?)?,
        latest_articles: record.headlines(ROWS)?,
    };
    Reply::found(form, &shared.name, "/index.json".to_owned(), &home, |home| {
        if home.holds.is_empty() { empty(shared) } else { filled(shared, home) }
    })
}

fn empty(shared: &Shared) -> Markup {
    html! {
        section .hero {
            h1 { "This record is empty" }
            p .lede { "Read some saved news pages into it, and they appear here: who met, said and did what, and when." }
        }
        section {
            h2 { "The first step" }
            ol .steps {
                li { "Save a few news pages about relations between states, as HTML or text, in a folder." }
                li { "Read them into this record:" pre { "demarche read that-folder/ --record " (shared.name) } }
                li { "Load this page again." }
            }
        }
    }
}

fn filled(shared: &Shared, home: &Home) -> Markup {
    let counts = &home.holds.read;
    html! {
        section .hero {
            h1 { "Who met, said and did what" }
            @if let Some((first, last)) = counts.published {
                p .lede {
                    "Read from pages published between " (telling::day_words(first)) " and " (telling::day_words(last)) "."
                }
            }
            dl .tiles {
                (tile(counts.articles, "article")) (tile(counts.texts, "text")) (tile(counts.outlets, "outlet")) (tile(counts.reports, "report"))
                (tile(counts.events, "event")) (tile(counts.dyads, "pair"))
            }
        }
        @if !home.holds.datasets.is_empty() {
            section {
                h2 { "Imported" }
                dl .pairs {
                    @for holding in &home.holds.datasets {
                        dt { (telling::dataset_words(holding)) }
                        dd { (telling::holding_words(holding)) }
                    }
                }
            }
        }
        div .columns {
            section {
                h2 { "Pairs of states" }
                @if home.dyads.is_empty() { p { "No event between two states yet." } } @else { (dyads(shared, home)) }
            }
            section {
                h2 { "Latest contacts" }
                @if home.latest_contacts.is_empty() { p { "No contact yet." } }
                ol .list {
                    @for listed in &home.latest_contacts { li { (one_event(listed)) } }
                }
            }
        }
        section {
            h2 { "Latest articles" }
            ol .list .two {
                @for article in &home.latest_articles {
                    li {
                        a .title href=(article_at(&article.hash)) { (article.title.as_deref().unwrap_or("(no title)")) }
                        (facts(&[
                            telling::outlets_words(&article.outlets),
                            article.published.as_deref().and_then(demarche_engine::time::Stamp::parse)
                                .map(|s| telling::day_words(s.date)).unwrap_or_default(),
                            telling::count(article.reports, "report"),
                        ]))
                    }
                }
            }
        }
    }
}

fn tile(n: usize, noun: &str) -> Markup {
    html! { div { dt { (if n == 1 { noun.to_owned() } else { format!("{noun}s") }) } dd { (grouped(n)) } } }
}

/// Digits in groups of three.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn dyads(shared: &Shared, home: &Home) -> Markup {
    let most = home.dyads.iter().map(|d| d.events).max().unwrap_or(1).max(1);
    html! {
        table {
            thead { tr { th scope="col" { "Pair" } th scope="col" .number { "Events" } th scope="col" .number { "Contacts" }
                         th scope="col" .wide { "Last" } } }
            tbody {
                @for dyad in &home.dyads {
                    tr {
                        th scope="row" {
                            a href={ "/d/" (dyad.a) "-" (dyad.b) } {
                                (shared.states.name(&dyad.a)) " – " (shared.states.name(&dyad.b))
                            }
                            svg .share viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" {
                                rect width=(100 * dyad.events / most) height="3" {}
                            }
                        }
                        td .number { (grouped(dyad.events)) }
                        td .number { (grouped(dyad.contacts)) }
                        td .wide { (dyad.dated.map(|(_, last)| telling::day_words(last)).unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

/// An event in a list: who, when, told by whom, in which words.
pub(crate) fn one_event(listed: &Listed) -> Markup {
    let event = &listed.event;
    let told = telling::told_words(event.told);
    html! {
        a .title href=(event_at(&event.id)) { (telling::event_line(event)) }
        (facts(&[
            telling::kind_words(&listed.first.filed.report),
            telling::date_words(event.date),
            if told == "current" { String::new() } else { told },
            telling::outlets_words(&event.outlets),
            telling::told_times(event),
        ]))
        p .sentence { (listed.first.sentence) }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn digits_are_grouped() {
        for (n, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(super::grouped(n), text);
        }
    }
}
