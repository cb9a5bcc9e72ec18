//! `/`: a search, what the record holds, who moved, the pairs of states in it, the latest contacts and articles.

use demarche_engine::events::{Event, Kind};
use demarche_engine::series::{Axis, Label, Mover};
use demarche_record::{Dyad, Entry, Headline, Record, Tallied};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Holds, Listed, Moved};
use crate::web::address::{issue_at, pair_at};
use crate::web::layout::{article_at, event_at, facts};
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::table::{self, Asked, links};
use crate::web::{reading, search, tables};

/// Rows shown of each list; the data holds as many.
const ROWS: usize = 10;
/// Pairs that moved.
const MOVERS: usize = 5;
/// Rows of the files of what came last.
const LATEST: usize = 1_000;

#[derive(Debug, Serialize)]
struct Home {
    #[serde(flatten)]
    holds: Holds,
    /// The pairs that moved most certainly; none where there is no day to answer for.
    movers: Option<Moved>,
    dyads: Vec<Dyad>,
    issues: Vec<Tallied>,
    latest_contacts: Vec<Listed>,
    latest_articles: Vec<Headline>,
}

pub(crate) fn home(shared: &Shared, record: &Record, form: Form) -> Result<Reply, Fault> {
    let mut dyads = record.dyads()?;
    dyads.truncate(ROWS * 2);
    let mut issues = record.issues()?;
    let finder = search::search_box(shared, record, "", &issues)?;
    issues.truncate(ROWS * 2);
    let home = Home {
        holds: Holds::find(record)?,
        movers: Moved::find(record, MOVERS)?,
        dyads,
        issues,
        latest_contacts: Listed::all(record, record.latest(Kind::Contact, ROWS)?)?,
        latest_articles: record.headlines(ROWS)?,
    };
    Reply::found(form, &shared.name, "/index.json".to_owned(), &home, |home| {
        if home.holds.is_empty() { empty(shared) } else { filled(shared, home, &finder) }
    })
}

/// A table of the front page, whole; of what came last, the last thousand.
pub(crate) fn table(record: &Record, part: &str) -> Result<Reply, Fault> {
    const ALL: [&str; 5] = ["movers", "pairs", "issues", "contacts", "articles"];
    let Some(asked) = Asked::of(part) else { return Ok(table::unknown(&ALL)) };
    let page = "record";
    match asked.name {
        "movers" => {
            let moved = Moved::find(record, usize::MAX)?.map_or_else(Vec::new, |moved| moved.found.ranked);
            asked.reply(&tables::MOVERS, &moved, page)
        }
        "pairs" => asked.reply(&tables::PAIRS, &record.dyads()?, page),
        "issues" => asked.reply(&tables::TALLIES, &record.issues()?, page),
        "contacts" => {
            asked.reply(&Entry::SHEET, &entries_of(record, record.latest(Kind::Contact, LATEST)?)?, page)
        }
        "articles" => asked.reply(&tables::ARTICLES, &record.headlines(LATEST)?, page),
        _ => Ok(table::unknown(&ALL)),
    }
}

/// The rows of some events.
pub(crate) fn entries_of(record: &Record, events: Vec<Event>) -> Result<Vec<Entry>, Fault> {
    let mut entries = Vec::with_capacity(events.len());
    for event in events {
        entries.extend(record.entry(&event.id)?.map(Entry::clipped));
    }
    Ok(entries)
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
        section {
            h2 { "Or try some pages first" }
            p { "They are read at once and shown with what was read in them. Nothing is kept: that is what the first step is for." }
            (reading::ask_for_a_page(shared))
        }
    }
}

fn filled(shared: &Shared, home: &Home, finder: &Markup) -> Markup {
    let counts = &home.holds.read;
    html! {
        section .hero {
            h1 { "Who met, said and did what" }
            @if let Some((first, last)) = counts.published {
                p .lede {
                    "Read from pages published between " (telling::day_words(first)) " and " (telling::day_words(last)) "."
                }
            }
            (finder)
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
                h2 { "Who moved" }
                (movers(shared, home.movers.as_ref()))
                @if home.movers.is_some() { (links("/index/movers", "")) }
                h2 .next { "Pairs of states" }
                @if home.dyads.is_empty() { p { "No event between two states yet." } } @else { (pairs(shared, &home.dyads)) (links("/index/pairs", "")) }
            }
            section {
                h2 { "Latest contacts" }
                @if home.latest_contacts.is_empty() { p { "No contact yet." } }
                ol .list {
                    @for listed in &home.latest_contacts { li data-row { (one_event(listed)) } }
                }
                @if !home.latest_contacts.is_empty() { (links("/index/contacts", "")) }
                @if !home.issues.is_empty() {
                    h2 .next { "Issues" }
                    ul .tags { @for issue in &home.issues {
                        li data-row { a href=(issue_at(&issue.of)) { (telling::issue_words(&issue.of)) } " " span .tally { (issue.events) } }
                    } }
                    (links("/index/issues", ""))
                }
            }
        }
        section {
            h2 { "Latest articles" }
            ol .list .two {
                @for article in &home.latest_articles {
                    li data-row {
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
            (links("/index/articles", ""))
        }
    }
}

fn tile(n: usize, noun: &str) -> Markup {
    html! { div { dt { (if n == 1 { noun.to_owned() } else { format!("{noun}s") }) } dd { (grouped(n)) } } }
}

/// Digits in groups of three.
pub(crate) fn grouped(n: usize) -> String {
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

/// The pairs that moved, with the rate of false discoveries of each axis.
fn movers(shared: &Shared, moved: Option<&Moved>) -> Markup {
    let Some(Moved { judged, found }) = moved else {
        return html! { p { "The record has nothing of its own on its last days, so nobody can be compared." } };
    };
    let question = &found.question;
    let days = |n: i32| telling::count(usize::try_from(n).unwrap_or(0), "day");
    html! {
        p .facts {
            (days(question.window)) " to " (telling::day_words(question.on)) " against the " (days(question.baseline))
            " before: of " (telling::count(usize::try_from(found.dyads).unwrap_or(usize::MAX), "pair")) ", " (judged) " can be judged."
        }
        @if found.ranked.is_empty() {
            p { "No two states have enough events to be judged: 10 in the last days and 20 before are needed." }
        } @else {
            @if found.ranked.iter().all(|mover| mover.label == Label::NoClearChange) {
                p { "None moved beyond chance. These come nearest to it:" }
            }
            ol .list { @for mover in &found.ranked { li data-row { (one_mover(shared, mover)) } } }
        }
    }
}

fn one_mover(shared: &Shared, mover: &Mover) -> Markup {
    let [a, b] = [mover.dyad.first, mover.dyad.second].map(|state| state.as_str().to_owned());
    let axis = |name: &str, axis: &Axis, rate: Option<f64>| match (&axis.change, rate) {
        (Some(change), Some(rate)) => {
            format!("{name} {}, q {}", telling::odds_words(change), telling::probability_words(rate))
        }
        _ => format!("{name} {}", telling::found_words(axis)),
    };
    html! {
        a .title href=(pair_at(&a, &b)) { (shared.states.name(&a)) " – " (shared.states.name(&b)) }
        (facts(&[telling::label_words(mover.label)]))
        (facts(&[axis("tone", &mover.tone, mover.tone_rate), axis("engagement", &mover.engagement, mover.engagement_rate)]))
    }
}

/// Pairs of states with their events, each leading to its page.
pub(crate) fn pairs(shared: &Shared, dyads: &[Dyad]) -> Markup {
    let most = dyads.iter().map(|d| d.events).max().unwrap_or(1).max(1);
    html! {
        table {
            thead { tr { th scope="col" { "Pair" } th scope="col" .number { "Events" } th scope="col" .number { "Contacts" }
                         th scope="col" .wide { "Last" } } }
            tbody {
                @for dyad in dyads {
                    tr data-row {
                        th scope="row" {
                            a href=(pair_at(&dyad.a, &dyad.b)) {
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
