//! The formats that events can be exported in.

use std::fmt;

use crate::exports::dyads::{self, Unit};
use crate::exports::field::Field;
use crate::exports::{columns, gdelt, icews, jsonl};

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// One event a row, with a header (RFC 4180).
    Csv,
    /// One event a line as JSON, in PLOVER's field names.
    Jsonl,
    /// The columns of CSV with their types.
    Parquet,
    /// ICEWS as on Dataverse: 20 columns with tabs between them.
    Icews,
    /// GDELT 1.0: 58 columns with tabs between them, no header.
    Gdelt1,
    /// Sums for each two states and day.
    DyadDay,
    /// Sums for each two states and ISO week.
    DyadWeek,
    /// Sums for each two states and month.
    DyadMonth,
}

impl Format {
    /// All of them.
    pub const ALL: &[Format] = &[
        Format::Csv,
        Format::Jsonl,
        Format::Parquet,
        Format::Icews,
        Format::Gdelt1,
        Format::DyadDay,
        Format::DyadWeek,
        Format::DyadMonth,
    ];

    /// How it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Jsonl => "jsonl",
            Format::Parquet => "parquet",
            Format::Icews => "icews",
            Format::Gdelt1 => "gdelt1",
            Format::DyadDay => "dyad-day",
            Format::DyadWeek => "dyad-week",
            Format::DyadMonth => "dyad-month",
        }
    }

    /// The format of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// Whether it is no text, and so nothing for a terminal.
    pub fn is_binary(self) -> bool {
        self == Format::Parquet
    }

    /// The periods that it sums over; none where it has a row for each event.
    pub(crate) fn unit(self) -> Option<Unit> {
        match self {
            Format::DyadDay => Some(Unit::Day),
            Format::DyadWeek => Some(Unit::Week),
            Format::DyadMonth => Some(Unit::Month),
            _ => None,
        }
    }

    /// Its columns, in order.
    pub(crate) fn fields(self) -> Vec<Field> {
        match self {
            Format::Csv | Format::Parquet => columns::COLUMNS.iter().map(|column| column.field).collect(),
            Format::Jsonl => jsonl::FIELDS.to_vec(),
            Format::Icews => icews::FIELDS.to_vec(),
            Format::Gdelt1 => gdelt::FIELDS.to_vec(),
            Format::DyadDay | Format::DyadWeek | Format::DyadMonth => dyads::FIELDS.to_vec(),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
