//! Brings a file's schema forward to the one that this program knows, one numbered step at a time.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result, not_a_record};
use crate::{courses, merge};

/// `DMRC`: marks an SQLite file as a record, so that `file` and we can tell.
pub(crate) const APPLICATION_ID: i32 = 0x444D_5243;

/// Step `i` leads from schema `i` to `i + 1`. A step that has shipped is never edited: add another.
const STEPS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
];

/// The first schema with courses, which no SQL can pack.
const WITH_COURSES: i32 = 7;

/// The newest schema that this program knows.
pub(crate) fn newest() -> i32 {
    i32::try_from(STEPS.len()).unwrap_or(i32::MAX)
}

/// Whether the file is a record yet: a new, empty file is not, anything else that is not a record is refused.
pub(crate) enum Standing {
    /// Nothing in it.
    Blank,
    /// A record with this schema.
    Record(i32),
}

/// Looks without writing.
pub(crate) fn standing(db: &Connection, path: &Path) -> Result<Standing> {
    let number = |sql: &str| {
        db.query_row(sql, [], |row| row.get::<_, i32>(0)).map_err(|e| Error::sqlite(path, "read the file", e))
    };
    let id = number("PRAGMA application_id")?;
    let version = number("PRAGMA user_version")?;
    if id == APPLICATION_ID {
        if version > newest() {
            return Err(Error::new(
                path,
                format!(
                    "this record has schema {version}, and this program knows schemas up to {}: a newer demarche wrote it",
                    newest()
                ),
                "update demarche; the record was left as it is",
            ));
        }
        return Ok(Standing::Record(version));
    }
    if id == 0 && version == 0 && number("SELECT count(*) FROM sqlite_schema")? == 0 {
        return Ok(Standing::Blank);
    }
    let (what, remedy) = not_a_record("it is an SQLite file of some other program");
    Err(Error::new(path, what, remedy))
}

/// Applies every step that is missing and settles what they unsettle, in one transaction: nobody sees a record halfway. Two processes may call it at once: the second finds it done.
pub(crate) fn bring_forward(db: &mut Connection, path: &Path) -> Result<()> {
    let fail = |e| Error::sqlite(path, "bring the record to the present schema", e);
    let step = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    let from = match standing(&step, path)? {
        Standing::Blank => 0,
        Standing::Record(version) => version,
    };
    for sql in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
        step.execute_batch(sql).map_err(fail)?;
    }
    if from < WITH_COURSES {
        courses::fill(&step).map_err(fail)?;
    }
    merge::settle(&step).map_err(fail)?;
    step.pragma_update(None, "application_id", APPLICATION_ID).map_err(fail)?;
    step.pragma_update(None, "user_version", newest()).map_err(fail)?;
    step.commit().map_err(fail)
}
