//! Event ids, and which of them were seen before.

use std::hash::BuildHasher as _;
use std::ops::Deref;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;
use smol_str::{SmolStr, format_smolstr};

/// The id of an event. Up to 23 bytes, which ours are, lie in place: telling events apart fetches nothing from elsewhere in
/// memory, and five million ids cost no allocation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventId(SmolStr);

impl EventId {
    /// The id of an event that a record numbers, and nobody names: `#17`.
    pub fn numbered(number: i64) -> Self {
        Self(format_smolstr!("#{number}"))
    }

    fn hash(&self) -> u64 {
        FxBuildHasher.hash_one(self.0.as_str())
    }
}

impl From<&str> for EventId {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for EventId {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Deref for EventId {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The ids of a growing list of events. It keeps places only, four bytes each, and asks the list for the ids: five
/// million of them stay a table of 40 MB, and a busy dyad's fit a processor's cache.
#[derive(Debug)]
pub(in crate::series) struct Ids(HashTable<u32>);

impl Ids {
    /// Room for so many.
    pub(in crate::series) fn with_room_for(events: usize) -> Self {
        Self(HashTable::with_capacity(events))
    }

    /// The place at which `id` was seen before; none where it is new, and it then stands at `next`. `id_at` gives the id at
    /// a place.
    pub(in crate::series) fn seen<'i>(
        &mut self,
        id: &EventId,
        next: usize,
        id_at: impl Fn(usize) -> &'i EventId,
    ) -> Option<usize> {
        let same = |place: &u32| id_at(*place as usize) == id;
        let entry = self.0.entry(id.hash(), same, |place| id_at(*place as usize).hash());
        match entry {
            Entry::Occupied(entry) => Some(*entry.get() as usize),
            Entry::Vacant(entry) => {
                entry.insert(next as u32);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_new_once_whatever_the_room() {
        let ids: Vec<EventId> = (0..5000).map(|i| format!("e{}", i % 1000).into()).collect();
        let mut seen = Ids::with_room_for(1);
        let mut list: Vec<&EventId> = Vec::new();
        for id in &ids {
            match seen.seen(id, list.len(), |place| list[place]) {
                Some(place) => assert_eq!(list[place], id),
                None => list.push(id),
            }
        }
        assert_eq!(list.len(), 1000);
    }
}
