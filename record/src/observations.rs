//! Turns the events of one origin into what the arithmetic of series counts: our own from their bodies, imported ones from the
//! courses of their states.

use demarche_engine::events::Event;
use demarche_engine::series::{Dyad, Observation, State, observe};
use jiff::civil::Date;
use rusqlite::{Params, params_from_iter};

use crate::Record;
use crate::courses::{COURSE, Reader};
use crate::error::Result;
use crate::select::From;

/// Our own codings and those of datasets never count together: of `From::All`, only our own are taken. The id of an imported
/// event stands with a number sign before the record's own number: `#17`.
impl Record {
    /// What counts between two states, by day.
    pub fn observations_between(&self, from: &From, a: &str, b: &str) -> Result<Vec<Observation>> {
        if from.dataset().is_none() {
            let dyad = a.parse::<State>().ok().zip(b.parse().ok()).and_then(|(a, b)| Dyad::new(a, b));
            let mut all = observe(&self.events_between(a, b)?);
            all.retain(|observation| Some(observation.dyad) == dyad);
            return Ok(all);
        }
        self.imported_observations(from, None, "a = ?1 AND b = ?2", [a.min(b), a.max(b)])
    }

    /// What counts of these states with any other: the share that they have in each other's diplomacy is measured against it.
    pub fn observations_of(&self, from: &From, states: &[State]) -> Result<Vec<Observation>> {
        let codes: Vec<&str> = states.iter().map(State::as_str).collect();
        if from.dataset().is_none() {
            return Ok(observe(&self.events_of(&codes)?));
        }
        let listed = serde_json::Value::from(codes).to_string();
        let among = "IN (SELECT value FROM json_each(?1))";
        // Each course once: by its first state, or else by its second.
        let (by_first, by_second) = (format!("a {among}"), format!("b {among} AND a NOT {among}"));
        let mut all = self.imported_observations(from, None, &by_first, [&listed])?;
        all.append(&mut self.imported_observations(from, None, &by_second, [&listed])?);
        Ok(all)
    }

    /// What counts between any two states from `first` to `last`.
    pub fn observations_within(&self, from: &From, first: Date, last: Date) -> Result<Vec<Observation>> {
        if from.dataset().is_none() {
            let events: Vec<Event> = self.bodies(
                "SELECT body FROM events WHERE ifnull(date_start, '~') BETWEEN ?1 AND ?2
                 ORDER BY ifnull(date_start, '~'), id",
                [first.to_string(), last.to_string()],
            )?;
            return Ok(observe(&events));
        }
        let years = [first.year(), last.year()];
        self.imported_observations(from, Some((first, last)), "year BETWEEN ?1 AND ?2", years)
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

    /// What the courses of a dataset tell, in all its versions; `condition` says which courses.
    fn imported_observations(
        &self,
        from: &From,
        within: Option<(Date, Date)>,
        condition: &str,
        params: impl Params,
    ) -> Result<Vec<Observation>> {
        let datasets: Vec<i64> = self.datasets_of(from)?.into_iter().map(|(number, _)| number).collect();
        let fail = self.fail("read what counts");
        let sql = format!("SELECT {COURSE} FROM courses WHERE {condition} ORDER BY a, b, year");
        let mut query = self.db.prepare_cached(&sql).map_err(&fail)?;
        let mut all = Vec::new();
        Reader { datasets: &datasets, within }.read(&mut query, params, &mut all).map_err(&fail)?;
        Ok(all)
    }
}
