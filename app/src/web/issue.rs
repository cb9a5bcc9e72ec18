//! `/i/{issue}`: an issue as the record has it: how often it comes up, month by month, who raises it, and the events themselves.

use demarche_record::{Entry, Key, Record, Selection, Tallied};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling;
use crate::web::address::{asking, issue_at, state_at};
use crate::web::entries;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;

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

pub(crate) fn issue(
    shared: &Shared,
    record: &Record,
    form: Form,
    id: &str,
    after: &str,
) -> Result<Reply, Fault> {
    let Some(known) = record.issues()?.into_iter().find(|issue| issue.of == id) else {
        let words = "The front page and the search list those that it has, such as economy/trade.";
        return Ok(Reply::missing(format!("No event of this record raises an issue “{id}”"), words));
    };
    let after: Option<Key> = match Some(after).filter(|key| !key.is_empty()).map(str::parse).transpose() {
        Ok(after) => after,
        Err(not_key) => return Ok(Reply::wrong("That is no place in the list", not_key.to_string())),
    };
    let data_at = asking(
        &format!("{}.json", issue_at(id)),
        &[("after", &after.as_ref().map(Key::to_string).unwrap_or_default())],
    );
    let page = record.select(&Selection { issue: Some(id.to_owned()), after, ..Selection::of(ROWS) })?;
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

fn content(shared: &Shared, title: &str, issue: &Issue) -> Markup {
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
                @if months.is_empty() { p { "None of them has a date." } } @else { (bars("Month", months, |month| html! { (month) })) }
                @if !months.is_empty() { p .facts { "Months without such an event have no row." } }
                @if months.len() < issue.months.len() { p .facts { "The last " (COUNTED) " months with events; the data holds all." } }
            }
            section {
                h2 { "Who speaks or acts" }
                @if sides.is_empty() { p { "No side is heard on it." } }
                @else {
                    (bars("Side", sides, |side| match shared.states.find(side) {
                        Ok(code) => html! { a href=(state_at(code)) { (shared.states.name(code)) } },
                        Err(_) => html! { (side) },
                    }))
                }
                @if sides.len() < issue.sides.len() { p .facts { "The " (COUNTED) " busiest; the data holds all." } }
            }
        }
        section {
            h2 { "The events" }
            (entries::list(&issue.events, issue.next.as_deref(), &issue_at(&issue.issue), &[]))
        }
    }
}

/// A table of counts with a bar below each.
fn bars(of: &str, rows: &[Tallied], name: impl Fn(&str) -> Markup) -> Markup {
    let most = rows.iter().map(|row| row.events).max().unwrap_or(1).max(1);
    html! {
        table {
            thead { tr { th scope="col" { (of) } th scope="col" .number { "Events" } } }
            tbody { @for row in rows { tr {
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
