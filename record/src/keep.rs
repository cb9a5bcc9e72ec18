//! Turns readings into rows: each article once, however often and wherever it is found.

use demarche_engine::page::{Article, Source};
use demarche_engine::{Reading, Seen};
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};

use crate::columns::{body, days, word};
use crate::error::Result;
use crate::merge::{self, Settled};
use crate::{Error, Record};

/// What keeping came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Articles that were new to the record.
    pub new: usize,
    /// Articles that it held already and now knows from one more place.
    pub found_again: usize,
    /// Articles that it held already from the same place: nothing changed.
    pub unchanged: usize,
}

impl Tally {
    /// Counts of both.
    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            new: self.new + other.new,
            found_again: self.found_again + other.found_again,
            unchanged: self.unchanged + other.unchanged,
        }
    }
}

impl Record {
    /// Keeps one reading and brings the events up to date.
    pub fn keep(&mut self, reading: &Reading, source: &Source) -> Result<Tally> {
        let tally = self.add([(reading, source)])?;
        self.settle()?;
        Ok(tally)
    }

    /// Adds readings in one transaction, all or none, without merging their reports into events yet: call `settle` when
    /// the last batch is in. An article that the record holds already (the same hash) keeps its coding, and only a new
    /// outlet, address or file name is added to it.
    pub fn add<'r>(
        &mut self,
        readings: impl IntoIterator<Item = (&'r Reading, &'r Source)>,
    ) -> Result<Tally> {
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "keep the reading", e);
        let batch = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let mut tally = Tally::default();
        for (reading, source) in readings {
            tally = tally.plus(add_one(&batch, reading, source).map_err(fail)?);
        }
        batch.commit().map_err(fail)?;
        Ok(tally)
    }

    /// Finds near copies and versions among the articles that are new since the last time, and merges what current ones
    /// report, in one transaction. It costs nothing when there are none, and picks up where a crash left off.
    pub fn settle(&mut self) -> Result<Settled> {
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "merge reports into events", e);
        let work = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let settled = merge::settle(&work).map_err(fail)?;
        work.commit().map_err(fail)?;
        Ok(settled)
    }

    /// Settles everything anew, whatever was settled before.
    pub fn settle_anew(&mut self) -> Result<Settled> {
        let fail = self.fail("settle it anew");
        self.db
            .execute("INSERT OR IGNORE INTO unsettled (article) SELECT id FROM articles", [])
            .map_err(fail)?;
        self.settle()
    }
}

fn add_one(batch: &Transaction<'_>, reading: &Reading, source: &Source) -> rusqlite::Result<Tally> {
    let article = &reading.article;
    let known: Option<i64> = batch
        .prepare_cached("SELECT id FROM articles WHERE hash = ?1")?
        .query_row([&article.hash], |row| row.get(0))
        .optional()?;
    let id = match known {
        Some(id) => id,
        None => add_article(batch, reading)?,
    };
    let printed = batch
        .prepare_cached(
            "INSERT OR IGNORE INTO printings (article, outlet, url, source) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            id,
            article.outlet.as_deref().unwrap_or(""),
            article.url.as_deref().or(source.url.as_deref()).unwrap_or(""),
            source.name,
        ])?;
    if printed > 0 {
        // A new printing can add an outlet to an event, a new article can add reports.
        batch.prepare_cached("INSERT OR IGNORE INTO unsettled (article) VALUES (?1)")?.execute([id])?;
    }
    Ok(Tally {
        new: usize::from(known.is_none()),
        found_again: usize::from(known.is_some() && printed > 0),
        unchanged: usize::from(known.is_some() && printed == 0),
    })
}

fn add_article(batch: &Transaction<'_>, reading: &Reading) -> rusqlite::Result<i64> {
    let article = &reading.article;
    batch
        .prepare_cached("INSERT OR IGNORE INTO engines (version) VALUES (?1)")?
        .execute([&reading.engine])?;
    let without_text = Article { text: String::new(), ..article.clone() };
    let id = batch
        .prepare_cached(
            "INSERT INTO articles (hash, engine, title, published, updated, language, kind, text, body, problems)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .insert(params![
            article.hash,
            reading.engine,
            article.title(),
            article.published.map(|s| s.to_string()),
            article.updated.map(|s| s.to_string()),
            article.language,
            word(&article.kind)?,
            article.text,
            body(&without_text)?,
            body(&reading.problems)?,
        ])?;
    add_coding(batch, id, reading)?;
    Ok(id)
}

/// Enters what the engine read in an article: who is on it, and what it reports. A report of an earlier coding that was put
/// aside (its position is negative) is brought up to date, so that the events that rest on it stand until they are settled
/// anew.
pub(crate) fn add_coding(batch: &Transaction<'_>, article: i64, reading: &Reading) -> rusqlite::Result<()> {
    for (position, seen) in reading.seen.iter().enumerate() {
        add_seen(batch, article, position, seen)?;
    }
    add_reports(batch, article, reading)
}

fn add_seen(batch: &Transaction<'_>, article: i64, position: usize, seen: &Seen) -> rusqlite::Result<()> {
    let actor = &seen.actor;
    batch
        .prepare_cached(
            "INSERT INTO actors_seen (article, position, name, kind, state, code, sector, post, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            article,
            position as i64,
            actor.name,
            word(&actor.kind)?,
            actor.state,
            actor.code,
            actor.sector.map(|s| s.as_str()),
            actor.post.as_ref().map(|p| &p.title),
            body(seen)?,
        ])?;
    Ok(())
}

fn add_reports(batch: &Transaction<'_>, article: i64, reading: &Reading) -> rusqlite::Result<()> {
    for (position, filed) in reading.reports.iter().enumerate() {
        let report = &filed.report;
        let (start, end) = days(report.date);
        let written = batch
            .prepare_cached(
                "INSERT INTO reports (id, article, position, engine, kind, cameo, event_type, mode, date_start, date_end,
                                      told, frame, body)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT (id) DO UPDATE SET
                     position = excluded.position, engine = excluded.engine, kind = excluded.kind, cameo = excluded.cameo,
                     event_type = excluded.event_type, mode = excluded.mode, date_start = excluded.date_start,
                     date_end = excluded.date_end, told = excluded.told, frame = excluded.frame, body = excluded.body
                 WHERE article = excluded.article AND position < 0",
            )?
            .execute(params![
                filed.id,
                article,
                position as i64,
                reading.engine,
                word(&report.kind)?,
                report.cameo,
                report.plover.as_ref().map(|p| &p.event_type),
                report.plover.as_ref().and_then(|p| p.mode.as_ref()),
                start,
                end,
                word(&report.told)?,
                report.evidence.frame,
                body(filed)?,
            ])?;
        if written == 0 {
            // The id is that of another report.
            return Err(rusqlite::Error::StatementChangedRows(0));
        }
    }
    Ok(())
}
