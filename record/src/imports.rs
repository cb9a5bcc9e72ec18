//! Imports what other datasets coded: streams rows of a known layout into the record, and says what became of each.

mod cells;
mod gdelt;
mod gdelt_mentions;
mod icews;
mod imported;
mod intake;
mod keeper;
mod layout;
mod lined;
mod lines;
mod mapped;
mod mapping;
mod names;
mod opening;
mod parquet;
mod parties;
mod phoenix;
mod plover;
mod polecat;
mod rows;
mod table;
mod triples;

use std::io::Read;
use std::path::Path;

use demarche_engine::actors::World;
use rusqlite::{Connection, TransactionBehavior};

use crate::Record;
use crate::error::{Error, Result};
use crate::imports::keeper::{Keeper, Put};
use crate::imports::names::Names;
use crate::imports::opening::{Opened, unreadable};
use crate::imports::rows::{Numbered, Row, Rows};
use crate::open;

pub use imported::More;
pub use intake::{Intake, Lines, Refusal};
pub use layout::Layout;
pub use mapping::Mapping;

/// What to read a file as.
#[derive(Debug, Clone, Default)]
pub struct Import {
    /// Its layout; by default its first line tells.
    pub layout: Option<Layout>,
    /// The name of the dataset; by default that of the layout.
    pub dataset: Option<String>,
    /// Which version of the dataset it is; by default none.
    pub version: String,
    /// Which of its columns is which of ours, for tables and Parquet; by default they are called as ours.
    pub map: Option<Mapping>,
}

/// Something to tell while an import runs.
#[derive(Debug)]
pub enum Notice<'n> {
    /// A row was not kept.
    Refused(&'n Refusal),
    /// All rows so far are safe.
    Kept(&'n Intake),
}

/// Rows that one transaction keeps: a crash costs no more than these. The more there are, the more of them fall on one page
/// of an index.
const BATCH: usize = 200_000;
/// Memory for the pages of the file while importing, as [`open::CACHE`].
const CACHE: i64 = -262_144;

impl Record {
    /// Imports the rows of a file, in batches that are kept whole or not at all. A file that was broken off can be imported
    /// again: rows that are in the record already are only counted.
    ///
    /// `input` gives its bytes, once, from the first to the last. Parquet is read from its end: its file is opened again by
    /// its name, and where that names none, as `-` does not, it is refused.
    pub fn import(
        &mut self,
        file: &Path,
        input: impl Read,
        import: &Import,
        world: &World,
        mut tell: impl FnMut(Notice<'_>),
    ) -> Result<Intake> {
        let (layout, mut rows) = Rows::of(Opened::of(input, file)?, file, import)?;
        let dataset = import.dataset.as_deref().unwrap_or(layout.dataset());
        let mut intake = Intake::new(layout, dataset, &import.version);
        let mut names = Names::new(world);
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "keep imported events", e);
        let db = Bulk::of(&mut self.db).map_err(fail)?;
        let db = &mut *db.0;
        let mut keeper = Keeper::of(db, dataset, &import.version, layout.dataset()).map_err(fail)?;
        let mut more = true;
        while more {
            let batch = db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
            let mut refused = Vec::new();
            for _ in 0..BATCH {
                let next = rows.next(&mut names);
                let Some(numbered) = next.map_err(|e| unreadable(file, &e))? else {
                    more = false;
                    break;
                };
                intake.rows += 1;
                if let Err(refusal) = put(&batch, &mut keeper, numbered, &mut intake).map_err(fail)? {
                    intake.refuse(&refusal);
                    refused.push(refusal);
                }
            }
            keeper.finish(&batch).map_err(fail)?;
            if !more {
                let name = file.display().to_string();
                log(&batch, keeper.dataset(), &name, &intake).map_err(fail)?;
            }
            batch.commit().map_err(fail)?;
            refused.iter().for_each(|refusal| tell(Notice::Refused(refusal)));
            tell(Notice::Kept(&intake));
        }
        Ok(intake)
    }
}

/// A connection while it imports: with room for many pages, and without looking up again every row that another one names,
/// since each was looked up or written in the same transaction.
struct Bulk<'d>(&'d mut Connection);

impl<'d> Bulk<'d> {
    fn of(db: &'d mut Connection) -> rusqlite::Result<Self> {
        db.pragma_update(None, "cache_size", CACHE)?;
        db.pragma_update(None, "foreign_keys", false)?;
        Ok(Self(db))
    }
}

impl Drop for Bulk<'_> {
    /// As it was; setting these cannot fail outside of a transaction.
    fn drop(&mut self) {
        let _set = self.0.pragma_update(None, "foreign_keys", true);
        let _set = self.0.pragma_update(None, "cache_size", open::CACHE);
    }
}

/// Keeps one row, or says why not.
fn put(
    batch: &rusqlite::Transaction<'_>,
    keeper: &mut Keeper,
    numbered: Numbered,
    intake: &mut Intake,
) -> rusqlite::Result<std::result::Result<(), Refusal>> {
    let Numbered { line, digest, row } = numbered;
    match row {
        Err(refusal) => return Ok(Err(refusal)),
        Ok(Row::Head) => intake.heads += 1,
        Ok(Row::Event(event)) => {
            for party in event.actors.iter().chain(&event.recipients) {
                if party.state.is_none() && !party.country.is_empty() {
                    intake.miss_country(&party.country, line);
                }
            }
            match keeper.put(batch, &event, digest)? {
                Put::Repeated => intake.repeated += 1,
                Put::New => intake.kept += 1,
                Put::SharedId => {
                    intake.kept += 1;
                    intake.shared_ids.add(line);
                }
            }
        }
        Ok(Row::Mention(mention)) => match keeper.put_mention(batch, &mention)? {
            Some(true) => intake.kept += 1,
            Some(false) => intake.repeated += 1,
            None => {
                return Ok(Err(Refusal {
                    line,
                    reason: "it mentions an event that is not in the record: import its events first".into(),
                    row: format!("{}\t{}", mention.event, mention.url),
                }));
            }
        },
    }
    Ok(Ok(()))
}

/// Enters an import that has come to its end.
fn log(
    batch: &rusqlite::Transaction<'_>,
    dataset: i64,
    file: &str,
    intake: &Intake,
) -> rusqlite::Result<usize> {
    batch.execute(
        "INSERT INTO imports (dataset, file, rows, kept, repeated, heads, refused) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        rusqlite::params![
            dataset,
            file,
            intake.rows as i64,
            intake.kept as i64,
            intake.repeated as i64,
            intake.heads as i64,
            intake.refused as i64
        ],
    )
}
