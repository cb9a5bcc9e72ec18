//! Selects events by what is asked of them, page by page: our own, those of a dataset, or both.

mod coded;
mod entry;
mod key;
mod level;
mod own;
mod selection;
pub(crate) mod typed;

use rusqlite::types::Value;

use crate::Record;
use crate::error::Result;

pub(crate) use coded::Asked;
pub(crate) use own::asked_of_own;

pub use entry::{Dataset, Entry, EntryPlace, Participant};
pub use key::{Key, NotKey};
pub use level::Level;
pub use selection::{From, Selection};

/// One page of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The events, by first day and id or the other way round, those without a date last.
    pub entries: Vec<Entry>,
    /// Where the next page begins; none on the last one.
    pub next: Option<Key>,
}

impl Record {
    /// One page of the events that a selection asks for. Asking again with `after` set to the last page's `next` goes on,
    /// whatever was added or taken away meanwhile.
    pub fn select(&self, selection: &Selection) -> Result<Page> {
        let limit = selection.limit.max(1);
        let mut keyed: Vec<(Key, Entry)> = Vec::new();
        // One more than asked for tells whether there is a next page.
        if selection.from.takes_own() {
            keyed.extend(self.select_own(selection, limit + 1)?);
        }
        if selection.from.takes_imported() && !selection.is_about_own() {
            for (dataset, _) in self.datasets_of(&selection.from)? {
                keyed.extend(self.select_imported(selection, dataset, limit + 1)?);
            }
        }
        keyed.sort_by(|(a, _), (b, _)| {
            a.in_order(selection.latest_first).cmp(&b.in_order(selection.latest_first))
        });
        let more = keyed.len() > limit;
        keyed.truncate(limit);
        let next = keyed.last().filter(|_| more).map(|(key, _)| key.clone());
        Ok(Page { entries: keyed.into_iter().map(|(_, entry)| entry).collect(), next })
    }

    /// The event with this id, of whichever dataset: `3f9a2c81d0-1482`, `icews:32889836`.
    pub fn entry(&self, id: &str) -> Result<Option<Entry>> {
        match self.event(id)? {
            Some(event) => Ok(Some(self.own_entries(vec![event])?.remove(0))),
            None => self.imported_entry(id),
        }
    }
}

/// Conditions of a query, and the values that their question marks stand for, in order.
#[derive(Default)]
pub(crate) struct Where {
    conditions: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl Where {
    pub(crate) fn add<V: Into<Value>>(
        &mut self,
        condition: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) {
        self.conditions.push(condition.into());
        self.values.extend(values.into_iter().map(Into::into));
    }

    pub(crate) fn sql(&self) -> String {
        if self.conditions.is_empty() { "true".to_owned() } else { self.conditions.join(" AND ") }
    }
}
