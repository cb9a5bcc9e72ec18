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
mod columns;
mod counts;
mod echoes;
mod error;
mod events;
mod headlines;
mod heirs;
mod keep;
mod kin;
mod layers;
mod merge;
mod open;
mod schema;
mod versions;

use std::path::{Path, PathBuf};

pub use articles::{Kept, Printing};
pub use counts::{Counts, Dyad};
pub use error::{Error, Result};
pub use events::Quote;
pub use headlines::Headline;
pub use keep::Tally;
pub use merge::{Settled, dyads_of};
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
