//! Turns the events of one origin into what the arithmetic of series counts. Imported ones come from one table in its order,
//! which holds all that is needed.

use std::collections::BTreeMap;

use demarche_engine::series::{Cameo, Direction, Dyad, Goldstein, Observation, State, observe};
use rusqlite::{Params, Row, params};

use crate::Record;
use crate::columns::direction;
use crate::error::Result;
use crate::select::From;

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
        self.observations(
            "SELECT a, b, date, event, direction, code, intensity, pair FROM imported_dyads
             WHERE a = ?1 AND b = ?2 AND dataset IN (SELECT id FROM datasets WHERE name = ?3) ORDER BY a, b, date, event",
            params![a.min(b), a.max(b), name],
        )
    }

    fn observations(&self, sql: &str, params: impl Params) -> Result<Vec<Observation>> {
        let fail = self.fail("read what counts");
        let mut all: Vec<Observation> = Vec::new();
        let mut query = self.db.prepare_cached(sql).map_err(&fail)?;
        let mut rows = query.query(params).map_err(&fail)?;
        // What a day of a dyad has told so far, whichever end told it.
        let mut today: BTreeMap<(i64, Cameo), usize> = BTreeMap::new();
        while let Some(row) = rows.next().map_err(&fail)? {
            let Some(observation) = observation(row).map_err(&fail)? else { continue };
            let same_day =
                |last: &Observation| last.date == observation.date && last.dyad == observation.dyad;
            if !all.last().is_some_and(same_day) {
                today.clear();
            }
            let pair: i64 = row.get(7).map_err(&fail)?;
            let at = *today.entry((pair, observation.code)).or_insert(all.len());
            match all.get_mut(at) {
                Some(known) if known.direction != observation.direction => {
                    known.direction = Direction::Mutual
                }
                Some(_) => {}
                None => all.push(observation),
            }
        }
        Ok(all)
    }
}

/// A row; none where a code or a state is none that the engine knows.
fn observation(row: &Row<'_>) -> rusqlite::Result<Option<Observation>> {
    let text = |at: usize| row.get_ref(at).and_then(|cell| Ok(cell.as_str()?));
    let states = text(0)?.parse::<State>().ok().zip(text(1)?.parse().ok());
    let dyad = states.and_then(|(a, b)| Dyad::new(a, b));
    let (date, code) = (text(2)?.parse().ok(), text(5)?.parse().ok());
    let (Some(dyad), Some(date), Some(code)) = (dyad, date, code) else { return Ok(None) };
    let number = row.get::<_, i64>(3)?;
    let mut observation = Observation::new(date, dyad, direction(row, 4)?, code, &format!("#{number}"));
    if let Some(intensity) = row.get::<_, Option<f64>>(6)? {
        observation.goldstein = Goldstein::new(intensity);
    }
    Ok(Some(observation))
}
