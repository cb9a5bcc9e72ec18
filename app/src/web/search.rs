//! `/search?q=`: words that somebody looks for, turned into the states, people, issues, events and articles that they lead to.

use demarche_engine::time::Stamp;
use demarche_record::{Entry, Face, Passage, Record, Tallied};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Listed};
use crate::web::address::{article_at, asking, issue_at, pair_at, person_at, state_at};
use crate::web::home::{entries_of, one_event};
use crate::web::layout::facts;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::state::Named;
use crate::web::table::{self, Asked, links};
use crate::web::tables;

/// Finds of each sort.
const ROWS: usize = 12;
/// Rows of a file.
const MOST: usize = 1_000;
/// People whose names are suggested.
const SUGGESTED: usize = 60;

#[derive(Debug, Serialize)]
struct Found {
    asked: String,
    /// Two states, where the words name two.
    pair: Option<[Named; 2]>,
    states: Vec<Named>,
    people: Vec<Face>,
    issues: Vec<Tallied>,
    events: Vec<Listed>,
    articles: Vec<Passage>,
}

impl Found {
    fn find(
        shared: &Shared,
        record: &Record,
        asked: &str,
        all_issues: &[Tallied],
        rows: usize,
    ) -> Result<Self, Fault> {
        let asked = asked.trim();
        let named = |code: &str| Named::of(&shared.states, code);
        let mut states: Vec<Named> = shared.states.named(asked).iter().map(|s| named(&s.iso3)).collect();
        states.truncate(rows);
        let words = asked.to_lowercase();
        let fits = |issue: &&Tallied| !words.is_empty() && issue.of.replace(['/', '-'], " ").contains(&words);
        let issues: Vec<Tallied> = all_issues.iter().filter(fits).take(rows).cloned().collect();
        Ok(Self {
            asked: asked.to_owned(),
            pair: shared.states.pair(asked).map(|(a, b)| [named(a), named(b)]),
            states,
            people: if asked.is_empty() { Vec::new() } else { record.people(asked, rows)? },
            issues,
            events: Listed::all(record, record.events_saying(asked, rows)?)?,
            articles: record.passages(asked, rows)?,
        })
    }

    fn is_empty(&self) -> bool {
        self.pair.is_none()
            && [
                self.states.len(),
                self.people.len(),
                self.issues.len(),
                self.events.len(),
                self.articles.len(),
            ] == [0; 5]
    }
}

pub(crate) fn search(shared: &Shared, record: &Record, form: Form, asked: &str) -> Result<Reply, Fault> {
    let issues = record.issues()?;
    let found = Found::find(shared, record, asked, &issues, ROWS)?;
    let title = if found.asked.is_empty() { "Search".to_owned() } else { format!("“{}”", found.asked) };
    let box_ = search_box(shared, record, &found.asked, &issues)?;
    let data_at = asking("/search.json", &[("q", &found.asked)]);
    Reply::found(form, &title, data_at, &found, |found| content(found, &box_))
}

/// What words lead to, as a file.
pub(crate) fn table(shared: &Shared, record: &Record, part: &str, words: &str) -> Result<Reply, Fault> {
    const ALL: [&str; 5] = ["states", "people", "issues", "events", "articles"];
    let Some(asked) = Asked::of(part) else { return Ok(table::unknown(&ALL)) };
    let found = Found::find(shared, record, words, &record.issues()?, MOST)?;
    let page = if found.asked.is_empty() { "search" } else { &found.asked };
    match asked.name {
        "states" => asked.reply(&tables::STATES, &found.states, page),
        "people" => asked.reply(&tables::PEOPLE, &found.people, page),
        "issues" => asked.reply(&tables::TALLIES, &found.issues, page),
        "events" => {
            let events = found.events.into_iter().map(|listed| listed.event).collect();
            asked.reply(&Entry::SHEET, &entries_of(record, events)?, page)
        }
        "articles" => asked.reply(&tables::PASSAGES, &found.articles, page),
        _ => Ok(table::unknown(&ALL)),
    }
}

/// The field in the head of every page.
pub(crate) fn masthead() -> Markup {
    html! {
        form .ask action="/search" method="get" role="search" {
            label .hidden for="ask" { "Search states, people, issues and words" }
            input #ask name="q" type="search" placeholder="States, names, words" autocomplete="off" required;
            button type="submit" { "Search" }
        }
    }
}

/// The large field, with states, people and issues of the record as suggestions.
pub(crate) fn search_box(
    shared: &Shared,
    record: &Record,
    asked: &str,
    issues: &[Tallied],
) -> Result<Markup, Fault> {
    let people = record.people("", SUGGESTED)?;
    Ok(html! {
        form .finder action="/search" method="get" role="search" {
            label for="find" { "States, people, issues, words" }
            div {
                input #find name="q" type="search" value=(asked) list="known" autocomplete="off" required
                    placeholder="Pakistan – USA";
                button type="submit" { "Search" }
            }
            datalist #known {
                @for state in shared.states.world().states.iter().filter(|state| state.current) { option value=(state.name) {} }
                @for face in &people { option value=(face.name) {} }
                @for issue in issues { option value=(telling::issue_words(&issue.of)) {} }
            }
        }
    })
}

fn content(found: &Found, box_: &Markup) -> Markup {
    html! {
        section .hero {
            h1 { "Search" }
            (box_)
            p .facts { "Two states lead to how they stand. “A phrase” in quotation marks; tarif* for any ending." }
        }
        @if found.is_empty() && !found.asked.is_empty() {
            p .lede { "Nothing in this record has “" (found.asked) "”. That says what was read, not what happened." }
        }
        @if let Some([a, b]) = &found.pair {
            section {
                h2 { "How they stand" }
                p .lede { a href=(pair_at(&a.code, &b.code)) data-row { (a.name) " – " (b.name) } }
            }
        }
        div .columns {
            (sort("States", "states", &found.asked, &found.states, |state| html! {
                a .title href=(state_at(&state.code)) { (state.name) } (facts(std::slice::from_ref(&state.code)))
            }))
            (sort("People", "people", &found.asked, &found.people, |face| html! {
                a .title href=(person_at(&face.name)) { (face.name) }
                (facts(&[face.states.join(", "), format!("on {}", telling::count(face.articles, "page"))]))
            }))
            (sort("Issues", "issues", &found.asked, &found.issues, |issue| html! {
                a .title href=(issue_at(&issue.of)) { (telling::issue_words(&issue.of)) }
                (facts(&[telling::count(issue.events, "event")]))
            }))
        }
        div .columns {
            (sort("Events that say so", "events", &found.asked, &found.events, one_event))
            (sort("Articles that say so", "articles", &found.asked, &found.articles, |passage| html! {
                a .title href=(article_at(&passage.hash)) { (passage.title.as_deref().unwrap_or("(no title)")) }
                (facts(&[passage.published.as_deref().and_then(Stamp::parse).map(|s| telling::day_words(s.date)).unwrap_or_default()]))
                p .sentence { @for (words, is_found) in &passage.stretches {
                    @if *is_found { b .found { (words) } } @else { (words) }
                } }
            }))
        }
    }
}

/// A list of finds under a heading; nothing where there are none.
fn sort<T>(heading: &str, name: &str, asked: &str, finds: &[T], one: impl Fn(&T) -> Markup) -> Markup {
    html! {
        @if !finds.is_empty() {
            section {
                h2 { (heading) }
                ol .list { @for find in finds { li data-row { (one(find)) } } }
                @if finds.len() == ROWS { p .facts { "The first " (ROWS) "; more words find fewer, and the file holds up to " (MOST) "." } }
                (links(&format!("/search/{name}"), &asking("", &[("q", asked)])))
            }
        }
    }
}
