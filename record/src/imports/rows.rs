//! Turns the bytes of a file into numbered rows, whatever its layout.

use std::io::{self, BufRead};
use std::path::Path;

use crate::error::{Error, Result};
use crate::imports::cells::Outcome;
use crate::imports::imported::{Imported, Mention};
use crate::imports::intake::Refusal;
use crate::imports::lined::{Each, Lined};
use crate::imports::mapping::Misfit;
use crate::imports::names::Names;
use crate::imports::opening::Opened;
use crate::imports::parquet::Parquet;
use crate::imports::table::{Head, Table};
use crate::imports::{Import, Layout, gdelt, polecat};

/// What a row holds.
pub(crate) enum Row {
    Event(Box<Imported>),
    Mention(Mention),
    /// Column names.
    Head,
}

/// Nobody acts in so great a company: a list longer than this is a fault, and would join thousands of dyads.
const MOST_PARTIES: usize = 50;

impl Row {
    /// A row that holds an event.
    pub(crate) fn event(event: Imported) -> Outcome<Self> {
        if event.actors.len().max(event.recipients.len()) > MOST_PARTIES {
            return Err(format!("more than {MOST_PARTIES} actors or recipients"));
        }
        Ok(Self::Event(Box::new(event)))
    }
}

/// A row, or why it cannot be kept.
pub(crate) struct Numbered {
    pub(crate) line: u64,
    /// By which the row is known again.
    pub(crate) digest: i64,
    pub(crate) row: std::result::Result<Row, Refusal>,
}

impl Numbered {
    /// A row that was read, or a reason why it could not be.
    pub(crate) fn read(line: u64, digest: i64, text: &str, row: Outcome<Row>) -> Self {
        Self { line, digest, row: row.map_err(|reason| Refusal { line, reason, row: text.to_owned() }) }
    }

    /// A row that cannot be read.
    pub(crate) fn refused(line: u64, reason: String, text: &str) -> Self {
        Self::read(line, 0, text, Err(reason))
    }

    /// A line that is no row.
    pub(crate) fn too_long(line: u64) -> Self {
        let reason = "the line is longer than any row: is its line break missing?";
        Self::refused(line, reason.into(), "")
    }
}

/// The rows of a file.
pub(crate) enum Rows<'r> {
    /// A row a line.
    Lined(Lined<Box<dyn BufRead + 'r>>),
    /// Rows that can go over several lines.
    Table(Box<Table<Box<dyn BufRead + 'r>>>),
    /// Rows in columns.
    Parquet(Box<Parquet>),
}

impl<'r> Rows<'r> {
    /// The rows of an opened file, and the layout that they come in.
    pub(crate) fn of(opened: Opened<'r>, file: &Path, import: &Import) -> Result<(Layout, Self)> {
        let mapping = import.map.as_ref();
        let layout = match import.layout {
            Some(layout) => layout,
            None => opened.layout(file, mapping)?,
        };
        if opened.is_parquet && layout != Layout::Parquet {
            return Err(Error::new(file, format!("it is Parquet, and not {layout}"), "leave out --layout"));
        }
        if mapping.is_some() && !layout.is_mapped() {
            let what = format!("a mapping is for tables and Parquet, and this is {layout}");
            return Err(Error::new(file, what, "leave out --map"));
        }
        let each = match layout {
            Layout::Icews => Each::Icews,
            Layout::Triples => Each::Triples,
            Layout::Gdelt1 => Each::Gdelt(gdelt::Version::First),
            Layout::Gdelt2 => Each::Gdelt(gdelt::Version::Second),
            Layout::Gdelt2Mentions => Each::GdeltMention,
            Layout::Polecat => Each::Polecat(polecat::Columns::published().map(Box::new)),
            Layout::Phoenix => Each::Phoenix,
            Layout::Plover => Each::Plover,
            Layout::Table => {
                let head = Head::of(&opened.first, mapping);
                let head = head.map_err(|Misfit { what, remedy }| Error::new(file, what, remedy))?;
                return Ok((layout, Self::Table(Box::new(Table::new(opened.bytes, head)))));
            }
            Layout::Parquet => {
                let rows = Parquet::open(file, mapping)?;
                return Ok((layout, Self::Parquet(Box::new(rows))));
            }
        };
        Ok((layout, Self::Lined(Lined::of(opened.bytes, each))))
    }

    /// The next row.
    pub(crate) fn next(&mut self, names: &mut Names<'_>) -> io::Result<Option<Numbered>> {
        match self {
            Self::Lined(rows) => rows.next(names),
            Self::Table(rows) => rows.next(names),
            Self::Parquet(rows) => rows.next(names),
        }
    }
}
