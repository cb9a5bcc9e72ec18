//! Turns events into how often each issue is raised and each person takes part, and that into a table.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::actors::{Actor, ActorKind};
use demarche_engine::events::{Event, Kind};
use jiff::civil::Date;
use serde::Serialize;

use crate::exports::cells::Value;
use crate::exports::field::{Column, Sort, column};
use crate::exports::sheet::{Fill, Sheet};

/// How often somebody takes part, or something is spoken of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Frequency {
    /// An issue's id, or a name.
    pub of: String,
    /// For persons: their state, ISO3.
    pub state: Option<String>,
    /// For persons: the last of their posts that a page names.
    pub post: Option<String>,
    /// Contacts.
    pub contacts: usize,
    /// Statements.
    pub statements: usize,
    /// Actions.
    pub actions: usize,
    /// First day of the last event that has one.
    pub last: Option<Date>,
}

impl Frequency {
    /// What events are about, the most frequent issue first.
    pub fn of_issues(events: &[Event]) -> Vec<Self> {
        let mut all: BTreeMap<&str, Self> = BTreeMap::new();
        for event in events {
            for issue in &event.issues {
                all.entry(issue).or_default().add(event);
            }
        }
        sorted(all.into_iter().map(|(issue, found)| Self { of: issue.to_owned(), ..found }))
    }

    /// Who takes part in events, by name and state, the most frequent first. Who is known by a post alone is nobody in
    /// particular.
    pub fn of_persons(events: &[Event]) -> Vec<Self> {
        let mut all: BTreeMap<(&str, Option<&str>), Self> = BTreeMap::new();
        for event in events {
            let actors = event.actors.iter().chain(&event.recipients).map(|party| &party.actor);
            let persons = actors.filter(|actor| actor.kind == ActorKind::Person);
            let who = |actor: &'_ &Actor| (actor.name.clone(), actor.state.clone());
            let mut here = BTreeSet::new();
            for actor in persons.filter(|actor| here.insert(who(actor))) {
                let found = all.entry((&actor.name, actor.state.as_deref())).or_default();
                found.add(event);
                found.post = actor.post.as_ref().map(|post| post.title.clone()).or(found.post.take());
            }
        }
        sorted(all.into_iter().map(|((name, state), found)| Self {
            of: name.to_owned(),
            state: state.map(str::to_owned),
            ..found
        }))
    }

    /// Events of all kinds.
    pub fn all(&self) -> usize {
        self.contacts + self.statements + self.actions
    }

    /// A table of them.
    pub const SHEET: Sheet<Self> = Sheet::new("frequencies", &COLUMNS);

    fn add(&mut self, event: &Event) {
        match event.kind {
            Kind::Contact => self.contacts += 1,
            Kind::Statement => self.statements += 1,
            Kind::Action => self.actions += 1,
        }
        self.last = self.last.max(event.date.map(|date| date.start));
    }
}

/// All of them, in an order that stays: new ones come last.
const COLUMNS: [Column<Fill<Frequency>>; 7] = [
    column("of", Sort::Text, "The issue, by id, or the person, by name", |f| Value::text(f.of.as_str())),
    column("state", Sort::Text, "For persons: their state, ISO 3166-1 alpha-3", |f| {
        Value::maybe(f.state.as_deref())
    }),
    column("post", Sort::Text, "For persons: the last of their posts that a page names", |f| {
        Value::maybe(f.post.as_deref())
    }),
    column("contacts", Sort::Whole, "Contacts, however they are told", |f| Value::count(f.contacts)),
    column("statements", Sort::Whole, "Statements", |f| Value::count(f.statements)),
    column("actions", Sort::Whole, "Actions", |f| Value::count(f.actions)),
    column("last", Sort::Date, "First day of the last event that has one", |f| Value::day(f.last)),
];

fn sorted(all: impl Iterator<Item = Frequency>) -> Vec<Frequency> {
    let mut all: Vec<Frequency> = all.collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.all()));
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::exports::field::Field;
    use crate::exports::sheet::Whole;

    #[test]
    fn each_line_is_a_row_that_the_document_explains() {
        let all = [Frequency {
            of: "economy/trade".into(),
            contacts: 2,
            last: "2024-03-05".parse().ok(),
            ..Frequency::default()
        }];
        let text = String::from_utf8(Frequency::SHEET.file(Whole::Csv, &all).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            ["of,state,post,contacts,statements,actions,last", "economy/trade,,,2,0,0,2024-03-05"]
        );
        let document = include_str!("../../../docs/exports.md");
        for column in &COLUMNS {
            let Field { name, sort, says } = column.field;
            let row = format!("| `{name}` | {} | {says} |", sort.name());
            assert!(document.contains(&row), "docs/exports.md lacks a row for issues and people: {row}");
        }
    }
}
