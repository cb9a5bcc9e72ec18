//! The record: keeps readings in one SQLite file, merges their reports into events and selects them again. It is the
//! only door to that file; no other crate sees SQL.
//!
//! ```
//! # fn main() -> Result<(), demarche_record::Error> {
//! # let folder = tempfile::tempdir().expect("a folder");
//! let record = demarche_record::Record::create_or_open(folder.path().join("pages.demarche"))?;
//! assert_eq!(record.counts()?.articles, 0);
//! # Ok(())
//! # }
//! ```

mod address;
mod articles;
mod backup;
mod check;
mod columns;
mod counts;
mod courses;
mod datasets;
mod diff;
mod dump;
mod echoes;
mod error;
mod events;
mod evidence;
mod exports;
mod headlines;
mod heirs;
mod imports;
mod issues;
mod keep;
mod kin;
mod layers;
mod merge;
mod moment;
mod observations;
mod open;
mod outlets;
mod overrides;
mod people;
mod reread;
mod schema;
mod search;
mod select;
mod snapshot;
mod versions;

use std::path::{Path, PathBuf};

pub use articles::{Kept, Printing};
pub use check::{Checked, Wrong};
pub use counts::{Counts, Dyad};
pub use datasets::Holding;
pub use diff::{Changed, Diff, Field};
pub use error::{Error, Result};
pub use events::Quote;
pub use evidence::{Bundle, LONGEST, Proven, Telling};
pub use exports::{
    Column, Export, Exported, Field as Heading, Fill, Format, Frequency, Sheet, Sort, Steps, Value, Whole,
    column,
};
pub use headlines::Headline;
pub use imports::{Import, Intake, Layout, Lines, Mapping, More, Notice, Refusal};
pub use issues::Tallied;
pub use keep::Tally;
pub use merge::Settled;
pub use moment::Moment;
pub use outlets::Outlet;
pub use overrides::{By, Change, Correction, Override};
pub use people::{Face, Standing};
pub use reread::Coded;
pub use search::Passage;
pub use select::{Dataset, Entry, EntryPlace, From, Key, Level, NotKey, Page, Participant, Selection};
pub use snapshot::Later;
pub use versions::Version;

/// An open record. One value serves one thread at a time; open the file again for another, readers never block.
#[derive(Debug)]
pub struct Record {
    db: rusqlite::Connection,
    path: PathBuf,
}

impl Record {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Names what we were doing in an error of SQLite's.
    fn fail(&self, doing: &'static str) -> impl Fn(rusqlite::Error) -> Error + '_ {
        move |e| Error::sqlite(&self.path, doing, e)
    }
}
