//! What the arithmetic runs on: one event between two states on one date, small enough to hold five million of them.

use jiff::civil::Date;

use crate::actors::Sector;
use crate::series::cameo::{Cameo, Goldstein};
use crate::series::dyad::{Dyad, State};
use crate::series::ids::EventId;
use crate::series::names::Name;

/// One event as seen from one dyad: 48 bytes, its id among them. An event between more than two states is one observation for each dyad
/// that it joins, all with the event's id; whatever is counted, an id counts once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Observation {
    /// The day on which it began.
    pub date: Date,
    /// The two states.
    pub dyad: Dyad,
    /// Who acted.
    pub direction: Direction,
    /// What was done.
    pub code: Cameo,
    /// How strongly, on Goldstein's scale: the code's own value, or the intensity that an imported set gives.
    pub goldstein: Goldstein,
    /// The event's id in the record that it comes from.
    pub event: EventId,
    /// Who told it, about what, who acted in it; imported sets mostly lack this, and then it takes no room.
    pub details: Option<Box<Details>>,
}

impl Observation {
    /// An observation without details, as imported sets give them, with the code's own Goldstein value.
    pub fn new(date: Date, dyad: Dyad, direction: Direction, code: Cameo, event: &str) -> Self {
        Self { date, dyad, direction, code, goldstein: code.goldstein(), event: event.into(), details: None }
    }

    /// Outlets that told it, sorted, each once.
    pub fn outlets(&self) -> &[Name] {
        self.details.as_deref().map_or(&[], |d| &d.outlets)
    }

    /// Issues that it raises, sorted, each once.
    pub fn issues(&self) -> &[Name] {
        self.details.as_deref().map_or(&[], |d| &d.issues)
    }

    /// The state that acted; none where both did.
    pub fn by(&self) -> Option<State> {
        match self.direction {
            Direction::Mutual => None,
            Direction::FirstToSecond => Some(self.dyad.first),
            Direction::SecondToFirst => Some(self.dyad.second),
        }
    }
}

/// Who acted, in the dyad's own order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Both: they met, agreed, clashed.
    Mutual,
    /// The first in the alphabet acted towards the second.
    FirstToSecond,
    /// The second acted towards the first.
    SecondToFirst,
}

/// What only the program's own events and rich imports know of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Details {
    /// Outlets that told it, sorted, each once.
    pub outlets: Vec<Name>,
    /// From how many texts it is told, near copies being one; 0 where nobody says.
    pub texts: usize,
    /// Ids of the issues that it raises, sorted, each once.
    pub issues: Vec<Name>,
    /// Sectors of those who took part, of the dyad's first state and of its second, sorted, each once.
    pub sectors: [Vec<Sector>; 2],
}
