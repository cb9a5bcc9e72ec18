//! `/s/{ISO3}`: a state as the record has it: with whom it deals, and what happened last.

use demarche_record::{Dyad, Entry, Face, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Listed, States};
use crate::web::address::{person_at, state_at};
use crate::web::home::{entries_of, one_event, pairs};
use crate::web::layout::facts;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::table::{self, Asked, links};
use crate::web::tables;

/// Events that are listed.
const EVENTS: usize = 30;
/// Pairs and people that are listed.
const ROWS: usize = 40;
/// Rows of a file of people, and of what happened last.
const MOST: usize = 1_000;

/// A state with its name.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Named {
    /// ISO3.
    pub(crate) code: String,
    /// Its common name.
    pub(crate) name: String,
}

impl Named {
    /// The state of this code.
    pub(crate) fn of(states: &States, code: &str) -> Self {
        Self { code: code.to_owned(), name: states.name(code).to_owned() }
    }
}

#[derive(Debug, Serialize)]
struct State {
    state: Named,
    dyads: Vec<Dyad>,
    people: Vec<Face>,
    latest: Vec<Listed>,
}

pub(crate) fn state(shared: &Shared, record: &Record, form: Form, asked: &str) -> Result<Reply, Fault> {
    let code = match shared.states.find(asked) {
        Ok(code) => code,
        Err(fault) => return Ok(Reply::missing("No such state", fault.to_string())),
    };
    let address = state_at(code);
    if asked != code {
        return Ok(Reply::Moved(match form {
            Form::Page => address,
            Form::Data => address + ".json",
        }));
    }
    let state = State {
        state: Named::of(&shared.states, code),
        dyads: record.dyads_with(code)?,
        people: record.people_of(code, ROWS)?,
        latest: Listed::all(record, record.latest_with(code, EVENTS)?)?,
    };
    let title = state.state.name.clone();
    Reply::found(form, &title, format!("{address}.json"), &state, |state| content(shared, state))
}

/// A table of the page as a file.
pub(crate) fn table(shared: &Shared, record: &Record, state: &str, part: &str) -> Result<Reply, Fault> {
    const ALL: [&str; 3] = ["pairs", "people", "events"];
    let code = match shared.states.find(state) {
        Ok(code) => code,
        Err(fault) => return Ok(Reply::missing("No such state", fault.to_string())),
    };
    let Some(asked) = Asked::of(part) else { return Ok(table::unknown(&ALL)) };
    match asked.name {
        "pairs" => asked.reply(&tables::PAIRS, &record.dyads_with(code)?, code),
        "people" => asked.reply(&tables::PEOPLE, &record.people_of(code, MOST)?, code),
        "events" => asked.reply(&Entry::SHEET, &entries_of(record, record.latest_with(code, MOST)?)?, code),
        _ => Ok(table::unknown(&ALL)),
    }
}

fn content(shared: &Shared, state: &State) -> Markup {
    let Named { code, name } = &state.state;
    let files = |table: &str| links(&format!("{}/{table}", state_at(code)), "");
    html! {
        section .hero {
            p .kicker { (code) }
            h1 { (name) }
            p .lede { "In this record it has events with " (telling::count(state.dyads.len(), "other state")) "." }
        }
        div .columns {
            section {
                h2 { "With whom" }
                @if state.dyads.is_empty() { p { "The record holds no event between it and another state." } }
                @else { (pairs(shared, &state.dyads[..state.dyads.len().min(ROWS)])) }
                @if state.dyads.len() > ROWS { p .facts { "The " (ROWS) " with most events; the data holds all." } }
                @if !state.dyads.is_empty() { (files("pairs")) }
                @if !state.people.is_empty() {
                    h2 .next { "Its people" }
                    ul .people { @for face in &state.people {
                        li data-row { a href=(person_at(&face.name)) { (face.name) } (facts(&[format!("on {}", telling::count(face.articles, "page"))])) }
                    } }
                    (files("people"))
                }
            }
            section {
                h2 { "What happened last" }
                @if state.latest.is_empty() { p { "Nothing with a date." } }
                ol .list { @for listed in &state.latest { li data-row { (one_event(listed)) } } }
                @if !state.latest.is_empty() { (files("events")) }
            }
        }
    }
}
