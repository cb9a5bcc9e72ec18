//! Turns the events of one origin into what the arithmetic of series counts. Imported ones come from one table in its order,
//! which holds all that is needed.

use std::collections::BTreeMap;

use demarche_engine::series::{Cameo, Direction, Dyad, Goldstein, Observation, State, observe};
use jiff::civil::Date;
use rusqlite::{Row, params};

use crate::Record;
use crate::columns::{direction, parsed, unreadable};
use crate::error::Result;
use crate::select::From;

/// What [`told`] reads, in its order.
pub(crate) const TOLD: &str = "imported_dyads.a, imported_dyads.b, imported_dyads.date, imported_dyads.event,
    imported_dyads.direction, imported_dyads.code, imported_dyads.intensity, imported_dyads.pair";

impl Record {
    /// What counts between two states, by day. Our own codings and those of datasets never count together: of `From::All`,
    /// only our own are taken.
    ///
    /// The id of an imported event stands with a number sign before the record's own number: `#17`.
    pub fn observations_between(&self, from: &From, a: &str, b: &str) -> Result<Vec<Observation>> {
        let From::Dataset(name) = from else {
            let dyad = a.parse::<State>().ok().zip(b.parse().ok()).and_then(|(a, b)| Dyad::new(a, b));
            let mut all: Vec<Observation> = self.events_between(a, b)?.iter().flat_map(observe).collect();
            all.retain(|observation| Some(observation.dyad) == dyad);
            return Ok(all);
        };
        let sql = format!(
            "SELECT {TOLD} FROM imported_dyads
             WHERE a = ?1 AND b = ?2 AND dataset IN (SELECT id FROM datasets WHERE name = ?3) ORDER BY date, event"
        );
        let fail = self.fail("read what counts");
        let mut query = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = query.query(params![a.min(b), a.max(b), name]).map_err(&fail)?;
        let mut all = Vec::new();
        let mut today = Today::default();
        while let Some(row) = rows.next().map_err(&fail)? {
            let told = told(row).map_err(&fail)?;
            if today.date().is_some_and(|date| date != told.observation.date) {
                all.append(&mut today.close());
            }
            today.take(told);
        }
        all.append(&mut today.close());
        Ok(all)
    }
}

/// What a row of a dataset tells of two states.
pub(crate) struct Imported {
    pub(crate) observation: Observation,
    /// Who told whom, from whichever end.
    pair: i64,
}

/// What happened on one day by one dataset, each thing once: rows of one code and pair tell one happening, from whichever
/// end.
#[derive(Default)]
pub(crate) struct Today {
    happened: Vec<Observation>,
    known: BTreeMap<(Dyad, i64, Cameo), usize>,
}

impl Today {
    /// The day, once something happened.
    pub(crate) fn date(&self) -> Option<Date> {
        self.happened.first().map(|observation| observation.date)
    }

    /// Takes in what a row tells; whether that is new.
    pub(crate) fn take(&mut self, told: Imported) -> bool {
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
    pub(crate) fn close(&mut self) -> Vec<Observation> {
        self.known.clear();
        std::mem::take(&mut self.happened)
    }
}

/// A row of [`TOLD`]. Imports keep no row there whose states, day or code the engine does not know.
pub(crate) fn told(row: &Row<'_>) -> rusqlite::Result<Imported> {
    let (a, b): (State, State) = (parsed(row, 0)?, parsed(row, 1)?);
    let dyad = Dyad::new(a, b).ok_or_else(|| unreadable(1, "a state and itself"))?;
    let (date, code) = (parsed(row, 2)?, parsed(row, 5)?);
    let number = row.get::<_, i64>(3)?;
    let mut observation = Observation::new(date, dyad, direction(row, 4)?, code, &format!("#{number}"));
    if let Some(intensity) = row.get::<_, Option<f64>>(6)? {
        observation.goldstein = Goldstein::new(intensity);
    }
    Ok(Imported { observation, pair: row.get(7)? })
}
