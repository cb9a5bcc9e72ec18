//! `/i/{issue}`: an issue as the record has it: how often it comes up, month by month, who raises it, and the events themselves.

use demarche_record::{Entry, Key, Record, Selection, Tallied};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling;
use crate::web::address::{asking, issue_at, state_at};
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::table::{Asked, links};
use crate::web::{entries, files, tables};

/// Events on a page.
const ROWS: usize = 40;
/// Months and sides that a page shows; the data holds all.
const COUNTED: usize = 36;

#[derive(Debug, Serialize)]
struct Issue {
    issue: String,
    events_in_all: usize,
    months: Vec<Tallied>,
    sides: Vec<Tallied>,
    events: Vec<Entry>,
    next: Option<String>,
}

/// Tables of the page that are files of their own.
const TABLES: [&str; 3] = ["months", "sides", "events"];

/// The page of an issue, or one of its tables: ids have slashes, so both are below one route.
pub(crate) fn issue(shared: &Shared, record: &Record, address: &str, after: &str) -> Result<Reply, Fault> {
    if let Some((id, part)) = address.rsplit_once('/')
        && let Some(asked) = Asked::of(part).filter(|asked| TABLES.contains(&asked.name))
    {
        return table(shared, record, id, &asked);
    }
    let (id, form) = Form::of(address);
    let id = id.as_str();
    let Some(known) = find(record, id)? else { return Ok(unknown(id)) };
    let after: Option<Key> = match Some(after).filter(|key| !key.is_empty()).map(str::parse).transpose() {
        Ok(after) => after,
        Err(not_key) => return Ok(Reply::wrong("That is no place in the list", not_key.to_string())),
    };
    let data_at = asking(
        &format!("{}.json", issue_at(id)),
        &[("after", &after.as_ref().map(Key::to_string).unwrap_or_default())],
    );
    let page = record.select(&Selection { after, ..selection(id) })?;
    let issue = Issue {
        issue: id.to_owned(),
        events_in_all: known.events,
        months: record.months_of_issue(id)?,
        sides: record.sides_of_issue(id)?,
        next: page.next.as_ref().map(Key::to_string),
        events: page.entries,
    };
    let title = telling::issue_words(id);
    Reply::found(form, &title, data_at, &issue, |issue| content(shared, &title, issue))
}

fn find(record: &Record, id: &str) -> Result<Option<Tallied>, Fault> {
    Ok(record.issues()?.into_iter().find(|issue| issue.of == id))
}

fn unknown(id: &str) -> Reply {
    let words = "The front page and the search list those that it has, such as economy/trade.";
    Reply::missing(format!("No event of this record raises an issue “{id}”"), words)
}

fn selection(id: &str) -> Selection {
    Selection { issue: Some(id.to_owned()), latest_first: true, ..Selection::of(ROWS) }
}

/// A table of the page as a file; of events, all.
fn table(shared: &Shared, record: &Record, id: &str, asked: &Asked<'_>) -> Result<Reply, Fault> {
    if find(record, id)?.is_none() {
        return Ok(unknown(id));
    }
    match asked.name {
        "months" => asked.reply(&tables::TALLIES, &record.months_of_issue(id)?, id),
        "sides" => asked.reply(&tables::TALLIES, &record.sides_of_issue(id)?, id),
        _ => files::events(shared, record, selection(id), asked, id),
    }
}

fn content(shared: &Shared, title: &str, issue: &Issue) -> Markup {
    let at = issue_at(&issue.issue);
    let months = &issue.months[issue.months.len().saturating_sub(COUNTED)..];
    let sides = &issue.sides[..issue.sides.len().min(COUNTED)];
    html! {
        section .hero {
            p .kicker { "Issue · " (issue.issue) }
            h1 .sentence-case { (title) }
            p .lede { (telling::count(issue.events_in_all, "event")) " of this record raise it." }
        }
        div .columns {
            section {
                h2 { "By month" }
                @if months.is_empty() { p { "None of them has a date." } } @else { (bars("Month", months, false, |month| html! { (month) })) }
                @if !months.is_empty() { p .facts { "Months without such an event have no row." } (links(&format!("{at}/months"), "")) }
                @if months.len() < issue.months.len() { p .facts { "The last " (COUNTED) " months with events; the data holds all." } }
            }
            section {
                h2 { "Who speaks or acts" }
                @if sides.is_empty() { p { "No side is heard on it." } }
                @else {
                    (bars("Side", sides, true, |side| match shared.states.find(side) {
                        Ok(code) => html! { a href=(state_at(code)) { (shared.states.name(code)) } },
                        Err(_) => html! { (side) },
                    }))
                }
                @if sides.len() < issue.sides.len() { p .facts { "The " (COUNTED) " busiest; the data holds all." } }
                @if !sides.is_empty() { (links(&format!("{at}/sides"), "")) }
            }
        }
        section {
            h2 { "The events" }
            (entries::list(&issue.events, issue.next.as_deref(), &at, &[]))
            (files::links(&format!("{at}/events"), ""))
        }
    }
}

/// A table of counts with a bar below each; keys go along its rows where these lead somewhere.
fn bars(of: &str, rows: &[Tallied], lead: bool, name: impl Fn(&str) -> Markup) -> Markup {
    let most = rows.iter().map(|row| row.events).max().unwrap_or(1).max(1);
    html! {
        table {
            thead { tr { th scope="col" { (of) } th scope="col" .number { "Events" } } }
            tbody { @for row in rows { tr data-row[lead] {
                th scope="row" {
                    (name(&row.of))
                    svg .share viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true" {
                        rect width=(100 * row.events / most) height="3" {}
                    }
                }
                td .number { (row.events) }
            } } }
        }
    }
}
