//! Turns articles that stood at one address into the versions of a page: the last is current, the others are replaced.
//!
//! Two articles at one address are versions of one page if their titles have the same words or their bodies share some
//! wording: some sites put one address on pages that have nothing in common. Versions follow each other by what the pages
//! say of themselves; only where their stamps tie does it matter which was kept first.

use std::collections::BTreeMap;

use demarche_engine::page::Sketch;
use rusqlite::{Connection, params};
use serde::Serialize;

use crate::Record;
use crate::address::page_at;
use crate::error::Result;
use crate::kin::words;

/// Shared wording from which two articles at one address are versions of one page.
const SAME_PAGE: f64 = 0.1;
/// Bodies are compared with those of so many articles before them at the address, so that an address that a site puts on
/// thousands of pages costs no square of them. Titles are compared with all.
const WINDOW: usize = 64;

/// The order of versions: a full text after a feed's teaser of it, then by stamp, then as they were kept. `datetime` puts
/// a stamp with an offset on the clock of UTC and leaves a local one as it is.
macro_rules! in_order {
    ($select:literal) => {
        concat!($select, " ORDER BY kind <> 'feed_stub', datetime(coalesce(updated, published)), id")
    };
}

/// A version of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Version {
    /// Hash of the article.
    pub hash: String,
    /// Its title.
    pub title: Option<String>,
    /// When the page was first published, ISO 8601, as this version says.
    pub published: Option<String>,
    /// When it was last changed, ISO 8601, as this version says.
    pub updated: Option<String>,
    /// Whether it still stands at an address of its own: reports of those that do not are no evidence any more.
    pub current: bool,
}

/// An article at an address.
struct Stood {
    id: i64,
    title: String,
    sketch: Option<Sketch>,
}

/// Finds which article stands now at each address of the unsettled ones. Returns how many articles that replaces.
pub(crate) fn order(db: &Connection) -> rusqlite::Result<usize> {
    read_addresses(db)?;
    let replaced = || db.query_row("SELECT count(*) FROM kin WHERE replaced", [], |row| row.get::<_, u32>(0));
    let before = replaced()?;
    let addresses: Vec<String> = db
        .prepare(
            "SELECT DISTINCT address FROM printings WHERE article IN (SELECT article FROM unsettled) AND address <> ''",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for address in addresses {
        for (article, current) in currents(&at(db, &address)?) {
            db.prepare_cached("UPDATE printings SET current = ?3 WHERE article = ?2 AND address = ?1")?
                .execute(params![address, article, current])?;
            db.prepare_cached(
                "UPDATE kin SET replaced = NOT EXISTS (SELECT 1 FROM printings WHERE article = ?1 AND current = ?1)
                 WHERE article = ?1",
            )?
            .execute([article])?;
        }
    }
    Ok(replaced()?.saturating_sub(before) as usize)
}

/// Reads the addresses of printings that are new.
fn read_addresses(db: &Connection) -> rusqlite::Result<()> {
    let new: Vec<(i64, String)> = db
        .prepare(
            "SELECT DISTINCT article, url FROM printings
             WHERE article IN (SELECT article FROM unsettled) AND address IS NULL",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (article, url) in new {
        let address = page_at(&url).unwrap_or_default();
        db.prepare_cached("UPDATE printings SET address = ?3 WHERE article = ?1 AND url = ?2")?
            .execute(params![article, url, address])?;
    }
    Ok(())
}

/// The articles at an address, in the order in which they stood there.
fn at(db: &Connection, address: &str) -> rusqlite::Result<Vec<Stood>> {
    db.prepare_cached(in_order!(
        "SELECT id, title, sketch FROM articles JOIN kin ON article = id
         WHERE id IN (SELECT article FROM printings WHERE address = ?1)"
    ))?
    .query_map([address], |row| {
        Ok(Stood {
            id: row.get(0)?,
            title: row.get::<_, Option<String>>(1)?.map(|title| words(&title)).unwrap_or_default(),
            sketch: row.get_ref(2)?.as_blob_or_null()?.and_then(Sketch::from_bytes),
        })
    })?
    .collect()
}

/// Each article with the one that stands now where it stood.
fn currents(stood: &[Stood]) -> Vec<(i64, i64)> {
    // Every article points at a later version of its page, and the last at itself.
    let mut later: Vec<usize> = (0..stood.len()).collect();
    let mut titled: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, article) in stood.iter().enumerate() {
        let like = |other: &Stood| match (&article.sketch, &other.sketch) {
            (Some(a), Some(b)) => a.shared(b) >= SAME_PAGE,
            _ => false,
        };
        let mut earlier: Vec<usize> = (i.saturating_sub(WINDOW)..i).filter(|&j| like(&stood[j])).collect();
        if !article.title.is_empty() {
            earlier.extend(titled.insert(&article.title, i));
        }
        for mut j in earlier {
            while later[j] != j {
                j = later[j];
            }
            later[j] = i;
        }
    }
    for i in (0..stood.len()).rev() {
        later[i] = later[later[i]];
    }
    stood.iter().zip(later).map(|(article, last)| (article.id, stood[last].id)).collect()
}

impl Record {
    /// The versions of the pages on which an article stands or stood, in their order; none where it is the only one.
    pub(crate) fn versions(&self, article: i64) -> Result<Vec<Version>> {
        let versions: Vec<Version> = self
            .db
            .prepare_cached(in_order!(
                "SELECT hash, title, published, updated, NOT replaced FROM articles JOIN kin ON article = id
                 WHERE id IN (SELECT other.article FROM printings AS own
                              JOIN printings AS other USING (address, current) WHERE own.article = ?1)"
            ))
            .and_then(|mut query| {
                query
                    .query_map([article], |row| {
                        Ok(Version {
                            hash: row.get(0)?,
                            title: row.get(1)?,
                            published: row.get(2)?,
                            updated: row.get(3)?,
                            current: row.get(4)?,
                        })
                    })?
                    .collect()
            })
            .map_err(self.fail("list the versions"))?;
        Ok(if versions.len() > 1 { versions } else { Vec::new() })
    }
}
