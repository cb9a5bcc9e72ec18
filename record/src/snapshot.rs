//! Copies a record as it would be, had nothing reached it that was published after some day: for questions without hindsight.

use std::path::Path;

use jiff::civil::Date;
use rusqlite::Connection;

use crate::Record;
use crate::backup::beside;
use crate::courses;
use crate::error::{Error, Result};

/// What a snapshot leaves out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Later {
    /// Articles that were published after the day, or do not say when.
    pub articles: usize,
    /// Events of datasets that happened after it: datasets do not say when they were published.
    pub imported: usize,
}

impl Record {
    /// Writes the record as of `day` to `target`, which must not be there yet: near copies, versions and events are found anew
    /// among the articles that were published by then. Codings and overrides stay as they are now, since they mend readings
    /// and tell nothing of the world.
    pub fn snapshot(&self, target: &Path, day: Date) -> Result<Later> {
        if target.exists() {
            return Err(Error::new(target, "there is something of this name already", "name a new file"));
        }
        // Under the name of a snapshot there is never one that still knows what came later.
        let making = beside(target, ".making");
        std::fs::remove_file(&making).ok();
        self.backup(&making)?;
        let made = Self::open(&making).and_then(|mut copy| copy.forget(day));
        let put = made.and_then(|later| {
            let fail = |e| Error::output(target, "check its folder and the space on the disk", e);
            std::fs::rename(&making, target).map(|()| later).map_err(fail)
        });
        if put.is_err() {
            std::fs::remove_file(&making).ok();
        }
        put
    }

    fn forget(&mut self, day: Date) -> Result<Later> {
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "make the snapshot", e);
        let day = day.to_string();
        // SQLite would look through all dyads for what points at each imported event: that goes by its date instead.
        self.db.pragma_update(None, "foreign_keys", false).map_err(fail)?;
        let imported = drop_imported(&self.db, &day).map_err(fail)?;
        self.db.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        let articles = drop_articles(&self.db, &day).map_err(fail)?;
        self.settle_anew()?;
        self.db.execute_batch("VACUUM").map_err(fail)?;
        Ok(Later { articles, imported })
    }
}

fn drop_imported(db: &Connection, day: &str) -> rusqlite::Result<usize> {
    db.execute("DELETE FROM imported_dyads WHERE date > ?1", [day])?;
    courses::fill(db)?;
    db.execute("DELETE FROM imported_parties WHERE date > ?1", [day])?;
    db.execute(
        "DELETE FROM imported_mentions WHERE event IN (SELECT id FROM imported WHERE date > ?1)",
        [day],
    )?;
    let imported = db.execute("DELETE FROM imported WHERE date > ?1", [day])?;
    // The sums of imports are those of files, of which only a part is left.
    db.execute("DELETE FROM imports", [])?;
    db.execute(
        "INSERT INTO imports (dataset, file, rows, kept, repeated, heads, refused)
         SELECT id, 'what happened by ' || ?1, kept, kept, 0, 0, 0 FROM
             (SELECT id, (SELECT count(*) FROM imported WHERE dataset = datasets.id)
                       + (SELECT count(*) FROM imported_mentions JOIN imported ON imported.id = event
                          WHERE dataset = datasets.id) AS kept FROM datasets)",
        [day],
    )?;
    Ok(imported)
}

fn drop_articles(db: &Connection, day: &str) -> rusqlite::Result<usize> {
    let later = "ifnull(substr(published, 1, 10), '~') > ?1";
    let articles = db.execute(&format!("DELETE FROM articles WHERE {later}"), [day])?;
    // Who is a copy or a version of whom is found anew.
    db.execute("DELETE FROM kin", [])?;
    db.execute("DELETE FROM bands", [])?;
    db.execute("UPDATE printings SET current = NULL", [])?;
    Ok(articles)
}
