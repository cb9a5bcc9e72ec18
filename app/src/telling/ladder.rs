//! Turns the events between two states into their ladder of contacts: how many on which level in which month.

use std::collections::BTreeMap;

use demarche_engine::events::{Event, Kind, Told};
use demarche_record::Level;
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

/// Contacts that took place, by month and by the highest post that took part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Ladder {
    /// Months with a contact, the last one first.
    pub(crate) months: Vec<Rung>,
    /// Contacts whose dates are vaguer than a month, or missing.
    pub(crate) undated: usize,
}

/// The contacts of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Rung {
    /// Its first day.
    pub(crate) from: Date,
    /// Its last day.
    pub(crate) to: Date,
    /// How many on each of [`Level::ALL`].
    pub(crate) contacts: [usize; Level::ALL.len()],
}

impl Ladder {
    /// A contact that lasts from one month into the next stands in both.
    pub(crate) fn of(events: &[Event]) -> Self {
        let mut months: BTreeMap<Date, Rung> = BTreeMap::new();
        let mut undated = 0;
        for event in events.iter().filter(|e| e.kind == Kind::Contact && e.told == Told::Current) {
            let closely = event.date.filter(|date| date.end < date.start.saturating_add(1.month()));
            let Some(date) = closely else {
                undated += 1;
                continue;
            };
            let mut touched = vec![date.start.first_of_month(), date.end.first_of_month()];
            touched.dedup();
            for from in touched {
                let none = Rung { from, to: from.last_of_month(), contacts: [0; Level::ALL.len()] };
                months.entry(from).or_insert(none).contacts[level(event) as usize] += 1;
            }
        }
        Self { months: months.into_values().rev().collect(), undated }
    }
}

/// The level that those who take part stand on.
fn level(event: &Event) -> Level {
    Level::of(event.actors.iter().chain(&event.recipients).map(|party| &party.actor))
}

/// Who stands on a level, in a word or two.
pub(crate) fn level_words(level: Level) -> &'static str {
    match level {
        Level::Leaders => "leaders",
        Level::Ministers => "ministers",
        Level::Deputies => "deputies, envoys",
        Level::Officials => "officials",
        Level::Unsaid => "no post",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::json;

    use super::*;

    #[test]
    fn contacts_stand_in_the_months_that_they_touch() {
        let event = |when: &str, told: &str| -> Event {
            serde_json::from_value(json!({
                "id": "a-1", "kind": "contact", "cameo": "040", "plover": null, "date": when, "told": told,
                "place": null, "actors": [], "recipients": [], "issues": [], "reports": [], "outlets": [],
                "texts": 1, "sides": [],
            }))
            .unwrap()
        };
        let ladder = Ladder::of(&[
            event("2024-03-05", "current"),
            event("2024-03-30/2024-04-02", "current"),
            event("2024-05", "current"),
            event("2024", "current"),
            event("2024-03-05", "planned"),
        ]);
        let seen: Vec<(String, usize)> =
            ladder.months.iter().map(|m| (m.from.to_string(), m.contacts.iter().sum())).collect();
        let of = |month: &str, n| (month.to_owned(), n);
        assert_eq!(seen, [of("2024-05-01", 1), of("2024-04-01", 1), of("2024-03-01", 2)]);
        assert_eq!(ladder.undated, 1);
    }
}
