//! Turns a hash, or the start of one, into the reading that was kept under it.

use demarche_engine::events::merge;
use demarche_engine::page::Article;
use demarche_engine::{Reading, Seen};
use rusqlite::OptionalExtension as _;
use serde::Serialize;

use crate::columns::value;
use crate::error::{Error, Result};
use crate::{Headline, Record, Version};

/// A kept article: the reading as it was, with the events as they are now, and every place it was found. Before it is
/// settled, it stands alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    /// What was read.
    #[serde(flatten)]
    pub reading: Reading,
    /// Where it was found.
    pub printings: Vec<Printing>,
    /// Current near copies of it, the first published first: with it, they are one text. Versions of its own page are not
    /// among them.
    pub copies: Vec<Headline>,
    /// Every version of its page, itself among them, in order; none where it is the only one.
    pub versions: Vec<Version>,
}

impl Kept {
    /// The version that stands now where this one stood; none while it is current itself.
    pub fn replaced_by(&self) -> Option<&Version> {
        let own = self.versions.iter().find(|v| v.hash == self.reading.article.hash)?;
        self.versions.iter().rev().find(|v| !own.current && v.current)
    }
}

/// One place where an article was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Printing {
    /// Who printed it.
    pub outlet: Option<String>,
    /// At which address.
    pub url: Option<String>,
    /// The file or other label that it was read from.
    pub source: Option<String>,
    /// Whether a later version has replaced it at that address.
    pub replaced: bool,
}

/// Fewer digits than this select nothing: they would be a guess.
const SHORTEST_PREFIX: usize = 6;

impl Record {
    /// The article whose hash is or begins with `hash` (six digits at least).
    pub fn article(&self, hash: &str) -> Result<Option<Kept>> {
        let hash = hash.to_ascii_lowercase();
        if hash.len() < SHORTEST_PREFIX || !hash.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(None);
        }
        let ids: Vec<i64> = self
            .db
            .prepare_cached("SELECT id FROM articles WHERE hash >= ?1 AND hash < ?1 || 'g' LIMIT 2")
            .and_then(|mut query| query.query_map([&hash], |row| row.get(0))?.collect())
            .map_err(self.fail("find the article"))?;
        match ids[..] {
            [] => Ok(None),
            [id] => self.kept(id),
            _ => Err(Error::new(
                self.path(),
                format!("more than one article has a hash that begins with {hash}"),
                "give more of its digits",
            )),
        }
    }

    /// What was read in the article of this hash, in full, with the events that it makes by itself: whoever prints it, it
    /// need not be read again.
    pub fn coding(&self, hash: &str) -> Result<Option<Reading>> {
        let id = self
            .db
            .prepare_cached("SELECT id FROM articles WHERE hash = ?1")
            .and_then(|mut query| query.query_row([hash], |row| row.get(0)).optional())
            .map_err(self.fail("find the article"))?;
        let reading = id.map_or(Ok(None), |id| self.reading(id))?;
        Ok(reading.map(|reading| Reading { events: merge(&reading.reports), ..reading }))
    }

    /// What was read in an article, without events.
    fn reading(&self, id: i64) -> Result<Option<Reading>> {
        let head = self
            .db
            .prepare_cached("SELECT engine, text, body, problems FROM articles WHERE id = ?1")
            .and_then(|mut query| {
                query
                    .query_row([id], |row| {
                        let article = Article { text: row.get(1)?, ..value(row, 2)? };
                        Ok((row.get(0)?, article, value(row, 3)?))
                    })
                    .optional()
            })
            .map_err(self.fail("read the article"))?;
        let Some((engine, article, problems)) = head else { return Ok(None) };
        let seen: Vec<Seen> =
            self.bodies("SELECT body FROM actors_seen WHERE article = ?1 ORDER BY position", [id])?;
        let reports = self.bodies("SELECT body FROM reports WHERE article = ?1 ORDER BY position", [id])?;
        Ok(Some(Reading { engine, article, seen, reports, events: Vec::new(), problems }))
    }

    fn kept(&self, id: i64) -> Result<Option<Kept>> {
        let Some(reading) = self.reading(id)? else { return Ok(None) };
        let events = self.bodies(
            // In the engine's order: by first day, those without a date first, then by id.
            "SELECT body FROM events
             WHERE id IN (SELECT event FROM event_reports JOIN reports ON reports.id = report WHERE article = ?1)
             ORDER BY date_start, id",
            [id],
        )?;
        let printings = self
            .db
            .prepare_cached(
                "SELECT outlet, url, source, coalesce(current, article) <> article
                 FROM printings WHERE article = ?1 ORDER BY outlet, url, source",
            )
            .and_then(|mut query| {
                query
                    .query_map([id], |row| {
                        Ok(Printing {
                            outlet: known(row.get(0)?),
                            url: known(row.get(1)?),
                            source: known(row.get(2)?),
                            replaced: row.get(3)?,
                        })
                    })?
                    .collect()
            })
            .map_err(self.fail("read where the article was found"))?;
        let versions = self.versions(id)?;
        let mut copies = self.copies(id)?;
        copies.retain(|copy| versions.iter().all(|version| version.hash != copy.hash));
        Ok(Some(Kept { reading: Reading { events, ..reading }, printings, copies, versions }))
    }
}

/// Empty text stands for "not known" in `printings`, where a NULL would defeat the primary key.
fn known(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}
