//! Turns articles that an earlier engine read into what the present one reads in them; the earlier codings are kept.

use demarche_engine::Reading;
use demarche_engine::page::Article;
use rusqlite::{OptionalExtension as _, Transaction, TransactionBehavior, params};
use serde::Serialize;

use crate::Record;
use crate::columns::{body, value};
use crate::error::{Error, Result};
use crate::keep::add_coding;

/// A version of the engine, and how much of the record it has coded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coded {
    /// The version.
    pub engine: String,
    /// Articles whose coding is by this one now.
    pub now: usize,
    /// Articles of which a newer coding has taken its place.
    pub before: usize,
}

impl Record {
    /// The engines that have coded something here, in the order of their names.
    pub fn codings(&self) -> Result<Vec<Coded>> {
        self.db
            .prepare_cached(
                "SELECT version, (SELECT count(*) FROM articles WHERE engine = version),
                        (SELECT count(*) FROM past_codings WHERE engine = version) FROM engines ORDER BY version",
            )
            .and_then(|mut query| {
                query
                    .query_map([], |row| {
                        Ok(Coded {
                            engine: row.get(0)?,
                            now: row.get::<_, u32>(1)? as usize,
                            before: row.get::<_, u32>(2)? as usize,
                        })
                    })?
                    .collect()
            })
            .map_err(self.fail("list the engines"))
    }

    /// How many articles another engine than this one has coded.
    pub fn stale(&self, engine: &str) -> Result<usize> {
        let count = self.db.query_row("SELECT count(*) FROM articles WHERE engine <> ?1", [engine], |row| {
            row.get::<_, u32>(0)
        });
        count.map(|n| n as usize).map_err(self.fail("count the articles"))
    }

    /// Up to `limit` articles that were kept after the one of this hash, or from the first one on: those that another engine
    /// than `engine` has coded, or all where none is named.
    pub fn articles_after(
        &self,
        hash: Option<&str>,
        engine: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Article>> {
        self.db
            .prepare_cached(
                "SELECT text, body FROM articles WHERE id > coalesce((SELECT id FROM articles WHERE hash = ?1), 0)
                                                      AND (?2 IS NULL OR engine <> ?2)
                 ORDER BY id LIMIT ?3",
            )
            .and_then(|mut query| {
                query
                    .query_map(params![hash, engine, limit as i64], |row| {
                        Ok(Article { text: row.get(0)?, ..value(row, 1)? })
                    })?
                    .collect()
            })
            .map_err(self.fail("read the articles"))
    }

    /// Puts new codings in the place of those that the record has of these articles, all or none; those of other engines are
    /// kept under their names. Call `settle` when the last ones are in.
    pub fn recode<'r>(&mut self, readings: impl IntoIterator<Item = &'r Reading>) -> Result<()> {
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "keep the new coding", e);
        let batch = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        for reading in readings {
            recode_one(&batch, reading).map_err(fail)?;
        }
        batch.commit().map_err(fail)
    }
}

fn recode_one(batch: &Transaction<'_>, reading: &Reading) -> rusqlite::Result<()> {
    let found: Option<(i64, String)> = batch
        .prepare_cached("SELECT id, engine FROM articles WHERE hash = ?1")?
        .query_row([&reading.article.hash], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((article, engine)) = found else { return Ok(()) };
    batch
        .prepare_cached("INSERT OR IGNORE INTO engines (version) VALUES (?1)")?
        .execute([&reading.engine])?;
    batch
        .prepare_cached(
            "INSERT OR REPLACE INTO past_codings (article, engine, reports)
             SELECT ?1, ?2, json_group_array(json(body)) FROM
                 (SELECT body FROM reports WHERE article = ?1 ORDER BY position)",
        )?
        .execute(params![article, engine])?;
    batch
        .prepare_cached("DELETE FROM past_codings WHERE article = ?1 AND engine = ?2")?
        .execute(params![article, reading.engine])?;
    batch.prepare_cached("DELETE FROM actors_seen WHERE article = ?1")?.execute([article])?;
    // Out of the way of the new positions; what is still there afterwards is reported no more.
    batch
        .prepare_cached("UPDATE reports SET position = -1 - position WHERE article = ?1")?
        .execute([article])?;
    add_coding(batch, article, reading)?;
    batch.prepare_cached("DELETE FROM reports WHERE article = ?1 AND position < 0")?.execute([article])?;
    batch
        .prepare_cached("UPDATE articles SET engine = ?2, problems = ?3 WHERE id = ?1")?
        .execute(params![article, reading.engine, body(&reading.problems)?])?;
    batch.prepare_cached("INSERT OR IGNORE INTO unsettled (article) VALUES (?1)")?.execute([article])?;
    Ok(())
}
