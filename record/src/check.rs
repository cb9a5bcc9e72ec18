//! Verifies a record: that the file is whole, that spans lie in the text, that the events are what the reports make, that the
//! sums of imports add up, and that series read of imported events what these tell.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::events::{Event, Filed};
use demarche_engine::text::Span;
use rusqlite::Connection;
use serde::Serialize;

use crate::Record;
use crate::columns::value;
use crate::courses;
use crate::error::{Error, Result};
use crate::merge::merged;

/// What a check has looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Checked {
    /// Articles whose reports were held against their text.
    pub articles: usize,
    /// Reports among them.
    pub reports: usize,
    /// Events that were made anew from their reports.
    pub events: usize,
    /// Imported events that were counted.
    pub imported: usize,
    /// Articles that wait to be settled; no fault, but their reports are in no event yet.
    pub unsettled: usize,
    /// What is wrong.
    pub faults: Vec<Wrong>,
}

/// Something that is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    /// What.
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

/// Faults of one sort that are told one by one; the rest is counted.
const TOLD: usize = 20;

const DAMAGED: &str =
    "restore it from a backup (`demarche backup` makes them), or read the pages again into a new record";
const UNSETTLED: &str =
    "settle it anew with `demarche reread --all`; if that does not help, please report it";

impl Record {
    /// Verifies the record; it changes nothing.
    pub fn check(&self) -> Result<Checked> {
        let mut checked = Checked::default();
        let moment = self.db.unchecked_transaction().map_err(self.fail("check it"))?;
        let steps: [fn(&Connection, &mut Checked) -> rusqlite::Result<()>; 5] =
            [whole, spans, events, sums, courses];
        for step in steps {
            match step(&moment, &mut checked) {
                Ok(()) => {}
                Err(e) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                    checked.add(format!("the file is damaged: {e}"), DAMAGED);
                    break;
                }
                Err(e) => return Err(Error::sqlite(self.path(), "check it", e)),
            }
        }
        Ok(checked)
    }
}

impl Checked {
    fn add(&mut self, what: String, remedy: &str) {
        self.faults.push(Wrong { what, remedy: remedy.to_owned() });
    }

    /// Adds the first of many faults of one sort, and how many more there are.
    fn add_all(&mut self, all: Vec<String>, remedy: &str) {
        let more = all.len().saturating_sub(TOLD);
        for what in all.into_iter().take(TOLD) {
            self.add(what, remedy);
        }
        if more > 0 {
            self.add(format!("… and {more} more of this sort"), remedy);
        }
    }
}

/// The file's own structure: pages, indexes, keys, the index of words.
fn whole(db: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut query = db.prepare("PRAGMA integrity_check")?;
    let found: Vec<String> = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let faults =
        found.into_iter().filter(|line| line != "ok").map(|line| format!("the file is damaged: {line}"));
    checked.add_all(faults.collect(), DAMAGED);
    let mut query = db.prepare("PRAGMA foreign_key_check")?;
    let dangling = query.query_map([], |row| {
        Ok(format!(
            "a row of {} points at one of {} that is not there",
            row.get::<_, String>(0)?,
            row.get::<_, String>(2)?
        ))
    })?;
    checked.add_all(dangling.collect::<rusqlite::Result<_>>()?, DAMAGED);
    Ok(())
}

/// Every report's spans lie in its article's text, on whole characters, and its id begins as the article's hash does.
fn spans(db: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut faults = Vec::new();
    let mut articles = db.prepare("SELECT id, hash, text FROM articles ORDER BY id")?;
    let mut reports = db.prepare("SELECT body FROM reports WHERE article = ?1 ORDER BY position")?;
    let mut rows = articles.query([])?;
    while let Some(row) = rows.next()? {
        checked.articles += 1;
        let (id, hash): (i64, String) = (row.get(0)?, row.get(1)?);
        let text = row.get_ref(2)?.as_str()?;
        for filed in reports.query_map([id], |row| value::<Filed>(row, 0))? {
            let filed = filed?;
            checked.reports += 1;
            let fits = |span: &Span| {
                span.start <= span.end && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
            };
            if let Some(span) = spans_of(&filed).iter().find(|span| !fits(span)) {
                faults.push(format!(
                    "report {}: bytes {} to {} are no part of its article’s text",
                    filed.id, span.start, span.end
                ));
            }
            if filed.article != hash || !filed.id.starts_with(&hash[..hash.len().min(10)]) {
                faults
                    .push(format!("report {} stands in article {hash} and says that it does not", filed.id));
            }
        }
    }
    checked.add_all(faults, "read the article anew with `demarche reread --all`");
    Ok(())
}

fn spans_of(filed: &Filed) -> Vec<Span> {
    let report = &filed.report;
    let parties =
        report.actors.iter().chain(&report.recipients).chain(&report.claimant).map(|party| party.span);
    let roles = report.evidence.roles.iter().map(|role| role.span);
    let content = report.statement.iter().filter_map(|statement| statement.content);
    parties.chain(roles).chain(content).chain([report.evidence.sentence, report.evidence.trigger]).collect()
}

/// Made anew from reports, printings and overrides, the events are those that the record holds, and every report is in the
/// event that says so.
fn events(db: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    checked.unsettled =
        db.query_row("SELECT count(*) FROM unsettled", [], |row| row.get::<_, u32>(0))? as usize;
    if checked.unsettled > 0 {
        return Ok(());
    }
    let made: BTreeMap<String, Event> =
        merged(db)?.into_iter().map(|event| (event.id.clone(), event)).collect();
    let mut query = db.prepare("SELECT body FROM events")?;
    let held = query.query_map([], |row| value::<Event>(row, 0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    checked.events = held.len();
    let mut faults = Vec::new();
    let mut met = BTreeSet::new();
    for event in held {
        match made.get(&event.id) {
            Some(made) if *made == event => {}
            Some(_) => faults.push(format!("event {} is not what its reports make", event.id)),
            None => faults.push(format!("no reports make event {}", event.id)),
        }
        let mut query =
            db.prepare_cached("SELECT report FROM event_reports WHERE event = ?1 ORDER BY position")?;
        let filed: Vec<String> =
            query.query_map([&event.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        if filed != event.reports {
            faults.push(format!(
                "event {} counts {} reports, and {} are filed under it",
                event.id,
                event.reports.len(),
                filed.len()
            ));
        }
        met.insert(event.id);
    }
    let lost = made.keys().filter(|id| !met.contains(*id)).map(|id| format!("event {id} is missing"));
    faults.extend(lost);
    checked.add_all(faults, UNSETTLED);
    Ok(())
}

/// What the imports say they kept is there.
fn sums(db: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    let mut faults = Vec::new();
    let mut query = db.prepare(
        "SELECT name, version,
                (SELECT count(*) FROM imported WHERE dataset = datasets.id),
                (SELECT count(*) FROM imported_mentions JOIN imported ON imported.id = event WHERE dataset = datasets.id),
                (SELECT total(kept) FROM imports WHERE dataset = datasets.id)
         FROM datasets ORDER BY name, version",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (name, version): (String, String) = (row.get(0)?, row.get(1)?);
        let (events, mentions): (i64, i64) = (row.get(2)?, row.get(3)?);
        checked.imported += events as usize;
        // An import that was broken off has kept rows that no sum tells of; one that says more than is there has lost some.
        let told = row.get::<_, f64>(4)? as i64;
        if told > events + mentions {
            faults.push(format!(
                "the imports of {name} {version} kept {told} rows, and {} are there",
                events + mentions
            ));
        }
    }
    checked.add_all(faults, "import the files again: rows that are there are left as they are");
    Ok(())
}

/// What series read of datasets is what their events make.
fn courses(db: &Connection, checked: &mut Checked) -> rusqlite::Result<()> {
    checked.add_all(courses::wrong(db)?, "restore it from a backup, or import the files into a new record");
    Ok(())
}
