//! Hands on what happened between two states, in the order of the days: our own events and those of datasets, merged, and
//! a count of what is none of it.

use std::collections::BTreeMap;
use std::iter::Peekable;

use demarche_engine::events::{Event, Told};
use demarche_engine::series::{counted_on, observe};
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Statement, params_from_iter};

use crate::Record;
use crate::columns::value;
use crate::exports::dyads::Sums;
use crate::exports::today::{Imported, TOLD, Today, told};
use crate::exports::{Exported, Failure, reasons};
use crate::select::{Asked, Dataset, Selection, Where, asked_of_own};

/// A query of one origin: our own events, or a dataset in one version.
struct Query<'r> {
    dataset: Option<Dataset>,
    statement: Statement<'r>,
    values: Vec<Value>,
}

/// What a query finds.
enum Found<'q> {
    Own(Box<Event>),
    Imported(&'q Dataset, Imported),
}

/// All that a query finds, by day, with a look at the next.
type Stream<'q> = Peekable<Box<dyn Iterator<Item = rusqlite::Result<Found<'q>>> + 'q>>;

/// Rows between two looks at the progress.
const STRIDE: u64 = 5_000;

impl Record {
    /// Hands what happened of what a selection asks for to `sums`.
    pub(crate) fn happenings(
        &self,
        selection: &Selection,
        sums: &mut Sums<'_>,
        tell: &mut dyn FnMut(u64),
    ) -> Result<Exported, Failure> {
        // Told from either end a happening is mutual: which direction counts is asked when it is known.
        let selection = &Selection { directed: false, after: None, ..selection.clone() };
        let fail = self.fail("sum up events");
        let mut exported = Exported::default();
        let mut queries: Vec<Query<'_>> = self.own_query(selection).map_err(&fail)?.into_iter().collect();
        if selection.from.takes_imported() && !selection.is_about_own() {
            for (number, dataset) in self.datasets_of(&selection.from)? {
                let Some(asked) = Asked::whole(selection, number) else { continue };
                let (query, others) = self.imported_query(selection, dataset, asked).map_err(&fail)?;
                exported.events += others;
                exported.left_out(reasons::NO_DYAD, others);
                queries.push(query);
            }
        }
        let streams: rusqlite::Result<Vec<Stream<'_>>> = queries.iter_mut().map(Query::run).collect();
        let mut streams = streams.map_err(&fail)?;
        let overridden = self.overridden()?;
        // Versions of a dataset tell the same happenings.
        let mut days: BTreeMap<&str, Today> = BTreeMap::new();
        let mut last = None;
        let mut passed: u64 = 0;
        while let Some(found) = earliest(&mut streams).transpose().map_err(&fail)? {
            let date = found.day();
            for today in days.values_mut().filter(|today| today.date().is_some_and(|day| day < date)) {
                today.close().try_for_each(|observation| sums.add(&observation))?;
            }
            match found {
                Found::Own(event) => {
                    exported.saw(None, overridden.contains_key(&event.id));
                    let observed = observe([&*event]);
                    if observed.is_empty() {
                        exported.left_out(why_not(&event), 1);
                    }
                    observed.iter().try_for_each(|observation| sums.add(observation))?;
                }
                Found::Imported(dataset, told) => {
                    // A row that joins several dyads is one event, and left out once.
                    let event = Some(told.observation.event.clone());
                    let is_first = last != event;
                    last = event;
                    let is_new = days.entry(&dataset.name).or_default().take(told);
                    if is_first {
                        exported.saw(Some(dataset), false);
                        exported.left_out(reasons::AGAIN, (!is_new).into());
                    }
                }
            }
            passed += 1;
            if passed.is_multiple_of(STRIDE) {
                tell(exported.events);
            }
        }
        for today in days.values_mut() {
            today.close().try_for_each(|observation| sums.add(&observation))?;
        }
        sums.finish()?;
        exported.rows = sums.written;
        tell(exported.events);
        Ok(exported)
    }

    fn own_query(&self, selection: &Selection) -> rusqlite::Result<Option<Query<'_>>> {
        if !selection.from.takes_own() {
            return Ok(None);
        }
        let Some(asked) = asked_of_own(selection)? else { return Ok(None) };
        let sql =
            format!("SELECT body FROM events WHERE {} ORDER BY ifnull(date_start, '~'), id", asked.sql());
        Ok(Some(Query { dataset: None, statement: self.db.prepare(&sql)?, values: asked.values }))
    }

    /// The query of what counts, and how many events that are asked for it does not find: they join no dyad.
    fn imported_query(
        &self,
        selection: &Selection,
        dataset: Dataset,
        Asked { mut tables, given: mut asked, .. }: Asked,
    ) -> rusqlite::Result<(Query<'_>, u64)> {
        let mut others = 0;
        if selection.dyad.is_none() {
            let count = |tables: &str, asked: &Where| {
                let sql = format!("SELECT count(DISTINCT imported.id) FROM {tables} WHERE {}", asked.sql());
                let count: i64 =
                    self.db.query_row(&sql, params_from_iter(&asked.values), |row| row.get(0))?;
                Ok::<u64, rusqlite::Error>(count.unsigned_abs())
            };
            let all = count(&tables, &asked)?;
            tables = format!("imported_dyads JOIN {tables}");
            asked.add::<Value>("imported.id = imported_dyads.event", []);
            others = all - count(&tables, &asked)?;
        }
        let sql = format!(
            "SELECT {TOLD} FROM {tables} WHERE {} ORDER BY imported_dyads.date, imported_dyads.event",
            asked.sql()
        );
        let query = Query { dataset: Some(dataset), statement: self.db.prepare(&sql)?, values: asked.values };
        Ok((query, others))
    }
}

impl Query<'_> {
    fn run(&mut self) -> rusqlite::Result<Stream<'_>> {
        let Self { dataset, statement, values } = self;
        let values = params_from_iter(values.iter());
        let rows: Box<dyn Iterator<Item = rusqlite::Result<Found<'_>>>> = match dataset {
            None => Box::new(statement.query_map(values, |row| Ok(Found::Own(Box::new(value(row, 0)?))))?),
            Some(dataset) => {
                let rows = statement.query_map(values, told)?;
                Box::new(rows.map(|told| told.map(|told| Found::Imported(dataset, told))))
            }
        };
        Ok(rows.peekable())
    }
}

impl Found<'_> {
    /// The day in whose turn it is; what has no date comes last.
    fn day(&self) -> Date {
        match self {
            Found::Own(event) => event.date.map_or(Date::MAX, |date| date.start),
            Found::Imported(_, told) => told.observation.date,
        }
    }
}

/// Takes the earliest of what comes next; an error before all.
fn earliest<'q>(streams: &mut [Stream<'q>]) -> Option<rusqlite::Result<Found<'q>>> {
    let day = |stream: &mut Stream<'q>| Some(stream.peek()?.as_ref().map_or(Date::MIN, Found::day));
    let days = streams.iter_mut().enumerate().filter_map(|(at, stream)| Some((day(stream)?, at)));
    let (_, at) = days.min()?;
    streams[at].next()
}

/// Why an event of ours does not count.
fn why_not(event: &Event) -> &'static str {
    if event.told != Told::Current {
        reasons::NOT_CURRENT
    } else if counted_on(event).is_none() {
        reasons::LONG
    } else {
        reasons::NO_DYAD
    }
}
