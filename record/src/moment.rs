//! Tells whether a record is as it was: what was made of it then still holds.

use crate::Record;
use crate::error::Result;

/// A record as it was when it was asked; two of one open record are equal where nothing was written between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Changes when another connection has written.
    others: i64,
    /// Rows that this connection has changed.
    own: i64,
}

impl Record {
    /// Which state of its content the record is in, whoever asks: it changes when pages, codings, overrides, tables or
    /// datasets come or go. Other than a [`Moment`], it can be sent away and compared later.
    pub fn edition(&self) -> Result<String> {
        self.db
            .prepare_cached(
                "SELECT concat_ws('.', (SELECT ifnull(max(id), 0) FROM articles),
                        (SELECT ifnull(max(rowid), 0) FROM reports), (SELECT ifnull(max(id), 0) FROM overrides),
                        (SELECT count(*) FROM overrides WHERE reverted IS NOT NULL),
                        (SELECT ifnull(max(id), 0) FROM imports), (SELECT ifnull(max(id), 0) FROM imported),
                        (SELECT count(*) FROM layers))",
            )
            .and_then(|mut query| query.query_row([], |row| row.get(0)))
            .map_err(self.fail("look whether it has changed"))
    }

    /// The record as it is now.
    pub fn moment(&self) -> Result<Moment> {
        let fail = self.fail("look whether it has changed");
        let others = self.db.query_row("PRAGMA data_version", [], |row| row.get(0)).map_err(&fail)?;
        let own = self.db.query_row("SELECT total_changes()", [], |row| row.get(0)).map_err(&fail)?;
        Ok(Moment { others, own })
    }
}
