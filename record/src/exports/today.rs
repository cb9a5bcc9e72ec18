//! Turns rows of a dataset into what happened on a day, each thing once.

use std::collections::HashMap;

use demarche_engine::series::{Cameo, Direction, Dyad, EventId, Goldstein, Observation, State};
use jiff::civil::Date;
use rusqlite::Row;

use crate::columns::{day, direction, parsed, unreadable};

/// What [`told`] reads, in its order.
pub(in crate::exports) const TOLD: &str =
    "imported_dyads.a, imported_dyads.b, imported_dyads.date, imported_dyads.event,
    imported_dyads.direction, imported_dyads.code, imported_dyads.intensity, imported_dyads.pair";

/// What a row of a dataset tells of two states.
pub(in crate::exports) struct Imported {
    pub(in crate::exports) observation: Observation,
    /// Who told whom, from whichever end.
    pair: i64,
}

/// What happened on one day by one dataset, each thing once: rows of one code and pair tell one happening, from whichever
/// end.
#[derive(Default)]
pub(in crate::exports) struct Today {
    happened: Vec<Observation>,
    known: HashMap<(Dyad, i64, Cameo), usize>,
}

impl Today {
    /// The day, once something happened.
    pub(in crate::exports) fn date(&self) -> Option<Date> {
        self.happened.first().map(|observation| observation.date)
    }

    /// Takes in what a row tells; whether that is new.
    pub(in crate::exports) fn take(&mut self, told: Imported) -> bool {
        let Imported { observation, pair } = told;
        let next = self.happened.len();
        let at = *self.known.entry((observation.dyad, pair, observation.code)).or_insert(next);
        match self.happened.get_mut(at) {
            Some(known) if known.direction != observation.direction => known.direction = Direction::Mutual,
            Some(_) => {}
            None => self.happened.push(observation),
        }
        at == next
    }

    /// What happened, in the order of the rows; the next day may begin.
    pub(in crate::exports) fn close(&mut self) -> impl Iterator<Item = Observation> {
        self.known.clear();
        self.happened.drain(..)
    }
}

/// A row of [`TOLD`]. Imports keep no row there whose states, day or code the engine does not know.
pub(in crate::exports) fn told(row: &Row<'_>) -> rusqlite::Result<Imported> {
    let (a, b): (State, State) = (parsed(row, 0)?, parsed(row, 1)?);
    let dyad = Dyad::new(a, b).ok_or_else(|| unreadable(1, "a state and itself"))?;
    let (date, code): (Date, Cameo) = (day(row, 2)?, parsed(row, 5)?);
    let event = EventId::numbered(row.get(3)?);
    let goldstein = row.get::<_, Option<f64>>(6)?.map_or(code.goldstein(), Goldstein::new);
    let observation =
        Observation { date, dyad, direction: direction(row, 4)?, code, goldstein, event, details: None };
    Ok(Imported { observation, pair: row.get(7)? })
}
