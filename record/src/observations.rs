//! Turns the events of one origin into what the arithmetic of series counts. Imported ones come from one table in its order,
//! which holds all that is needed.

use std::collections::HashMap;

use demarche_engine::events::Event;
use demarche_engine::series::{Cameo, Direction, Dyad, Goldstein, Observation, State, observe};
use jiff::civil::Date;
use rusqlite::{Params, Row, params, params_from_iter};

use crate::Record;
use crate::columns::{day, direction, parsed, unreadable};
use crate::error::Result;
use crate::select::From;

/// What [`told`] reads, in its order.
pub(crate) const TOLD: &str = "imported_dyads.a, imported_dyads.b, imported_dyads.date, imported_dyads.event,
    imported_dyads.direction, imported_dyads.code, imported_dyads.intensity, imported_dyads.pair";

/// Our own codings and those of datasets never count together: of `From::All`, only our own are taken. The id of an imported
/// event stands with a number sign before the record's own number: `#17`.
impl Record {
    /// What counts between two states, by day.
    pub fn observations_between(&self, from: &From, a: &str, b: &str) -> Result<Vec<Observation>> {
        if from.dataset().is_none() {
            let dyad = a.parse::<State>().ok().zip(b.parse().ok()).and_then(|(a, b)| Dyad::new(a, b));
            let mut all: Vec<Observation> = self.events_between(a, b)?.iter().flat_map(observe).collect();
            all.retain(|observation| Some(observation.dyad) == dyad);
            return Ok(all);
        }
        self.imported_observations(from, "a = ?1 AND b = ?2", "date, event", params![a.min(b), a.max(b)])
    }

    /// What counts of these states with any other: the share that they have in each other's diplomacy is measured against it.
    pub fn observations_of(&self, from: &From, states: &[State]) -> Result<Vec<Observation>> {
        let codes: Vec<&str> = states.iter().map(State::as_str).collect();
        if from.dataset().is_none() {
            return Ok(self.events_of(&codes)?.iter().flat_map(observe).collect());
        }
        let listed = serde_json::Value::from(codes).to_string();
        let among = "IN (SELECT value FROM json_each(?1))";
        // Each row once: by its first state, or else by its second.
        let (by_first, by_second) = (format!("a {among}"), format!("b {among} AND a NOT {among}"));
        let mut all = self.imported_observations(from, &by_first, "a, b, date, event", [&listed])?;
        all.append(&mut self.imported_observations(from, &by_second, "b, a, date, event", [&listed])?);
        Ok(all)
    }

    /// What counts between any two states from `first` to `last`.
    pub fn observations_within(&self, from: &From, first: Date, last: Date) -> Result<Vec<Observation>> {
        let (first, last) = (first.to_string(), last.to_string());
        if from.dataset().is_none() {
            let events: Vec<Event> = self.bodies(
                "SELECT body FROM events WHERE ifnull(date_start, '~') BETWEEN ?1 AND ?2
                 ORDER BY ifnull(date_start, '~'), id",
                [first, last],
            )?;
            return Ok(events.iter().flat_map(observe).collect());
        }
        self.imported_observations(from, "date BETWEEN ?1 AND ?2", "a, b, date, event", [first, last])
    }

    /// First and last day that an origin covers: those of our articles, or those of the dataset's events.
    pub fn span(&self, from: &From) -> Result<Option<(Date, Date)>> {
        let span = |sql: &str, dataset: Option<i64>| -> Result<Option<(Date, Date)>> {
            let days = self.db.query_row(sql, params_from_iter(dataset), |row| {
                Ok((row.get::<_, Option<String>>(0)?, row.get::<_, Option<String>>(1)?))
            });
            let (first, last) = days.map_err(self.fail("find its first and last day"))?;
            Ok(first.zip(last).and_then(|(first, last)| Some((first.parse().ok()?, last.parse().ok()?))))
        };
        let From::Dataset(_) = from else {
            return span(
                "SELECT (SELECT min(substr(published, 1, 10)) FROM articles),
                        (SELECT max(substr(published, 1, 10)) FROM articles)",
                None,
            );
        };
        let mut whole: Option<(Date, Date)> = None;
        for (version, _) in self.datasets_of(from)? {
            let of_version = span(
                "SELECT (SELECT min(date) FROM imported WHERE dataset = ?1),
                        (SELECT max(date) FROM imported WHERE dataset = ?1)",
                Some(version),
            )?;
            whole = match (whole, of_version) {
                (Some((from, to)), Some((first, last))) => Some((from.min(first), to.max(last))),
                (known, new) => known.or(new),
            };
        }
        Ok(whole)
    }

    /// What rows of a dataset tell, in all its versions. `order` keeps the rows of a dyad and day together.
    fn imported_observations(
        &self,
        from: &From,
        condition: &str,
        order: &str,
        params: impl Params,
    ) -> Result<Vec<Observation>> {
        let versions = self.datasets_of(from)?;
        // A list of constants: a subquery would be looked up in for each of millions of rows.
        let versions: Vec<String> =
            versions.iter().map(|(number, _)| format!("dataset = {number}")).collect();
        let sql = format!(
            "SELECT {TOLD} FROM imported_dyads
             WHERE {condition} AND ({}) ORDER BY {order}",
            versions.join(" OR ")
        );
        let fail = self.fail("read what counts");
        let mut query = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut rows = query.query(params).map_err(&fail)?;
        let mut all = Vec::new();
        let mut today = Today::default();
        while let Some(row) = rows.next().map_err(&fail)? {
            let told = told(row).map_err(&fail)?;
            if today.date().is_some_and(|date| date != told.observation.date) {
                all.extend(today.close());
            }
            today.take(told);
        }
        all.extend(today.close());
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
    known: HashMap<(Dyad, i64, Cameo), usize>,
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
    pub(crate) fn close(&mut self) -> impl Iterator<Item = Observation> {
        self.known.clear();
        self.happened.drain(..)
    }
}

/// A row of [`TOLD`]. Imports keep no row there whose states, day or code the engine does not know.
pub(crate) fn told(row: &Row<'_>) -> rusqlite::Result<Imported> {
    let (a, b): (State, State) = (parsed(row, 0)?, parsed(row, 1)?);
    let dyad = Dyad::new(a, b).ok_or_else(|| unreadable(1, "a state and itself"))?;
    let (date, code) = (day(row, 2)?, parsed(row, 5)?);
    let number = row.get::<_, i64>(3)?;
    let mut observation = Observation::new(date, dyad, direction(row, 4)?, code, &format!("#{number}"));
    if let Some(intensity) = row.get::<_, Option<f64>>(6)? {
        observation.goldstein = Goldstein::new(intensity);
    }
    Ok(Imported { observation, pair: row.get(7)? })
}
