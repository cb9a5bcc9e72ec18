//! Turns the events between two states into who speaks about what: statements by issue and side.

use std::collections::BTreeMap;

use demarche_engine::events::{Event, Kind};
use demarche_engine::series::{Direction, Dyad, dyads_of};
use serde::Serialize;

/// How often each side speaks about an issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Voices {
    /// Its id.
    pub(crate) issue: String,
    /// Statements of each side, in the order of the pair; one that both make counts for both.
    pub(crate) sides: [usize; 2],
}

impl Voices {
    /// All issues that a statement of either side raises, the one most spoken of first.
    pub(crate) fn of(events: &[Event], pair: Dyad) -> Vec<Self> {
        let mut issues: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
        for event in events.iter().filter(|event| event.kind == Kind::Statement) {
            let speaks = speaking(event, pair);
            for issue in &event.issues {
                let counts = issues.entry(issue).or_default();
                for (count, speaks) in counts.iter_mut().zip(speaks) {
                    *count += usize::from(speaks);
                }
            }
        }
        let spoken = issues.into_iter().filter(|(_, sides)| *sides != [0, 0]);
        let mut voices: Vec<Self> =
            spoken.map(|(issue, sides)| Self { issue: issue.to_owned(), sides }).collect();
        voices.sort_by_key(|voices| std::cmp::Reverse(voices.sides[0] + voices.sides[1]));
        voices
    }
}

/// Which of the two speak in a statement.
fn speaking(event: &Event, pair: Dyad) -> [bool; 2] {
    match dyads_of(event).get(&pair) {
        None => [false, false],
        Some(Direction::Mutual) => [true, true],
        Some(Direction::FirstToSecond) => [true, false],
        Some(Direction::SecondToFirst) => [false, true],
    }
}
