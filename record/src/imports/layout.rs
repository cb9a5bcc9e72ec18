//! Tells in which layout a file comes, by its first line.

use std::fmt;

use serde::Serialize;

use crate::imports::{gdelt, gdelt_mentions, icews, phoenix, polecat, triples};

/// The layouts that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// ICEWS from Dataverse: 20 columns with a head, tabs between them.
    Icews,
    /// ICEWS as triples: date, source, relation, target.
    Triples,
    /// Events of GDELT 1.0: 58 columns without a head, tabs between them.
    Gdelt1,
    /// Events of GDELT 2.0: 61 columns.
    Gdelt2,
    /// Mentions of GDELT 2.0: 16 columns, which tell where an event was told.
    Gdelt2Mentions,
    /// POLECAT: 40 columns with a head, tabs between them.
    Polecat,
    /// Phoenix: 26 columns without a head, tabs between them.
    Phoenix,
    /// PLOVER as JSON Lines: an object a line.
    Plover,
    /// A table with commas, semicolons or tabs, whose columns a mapping tells or are called as ours.
    Table,
    /// Parquet, whose columns a mapping tells or are called as ours.
    Parquet,
}

impl Layout {
    /// All of them.
    pub const ALL: &[Layout] = &[
        Layout::Icews,
        Layout::Triples,
        Layout::Gdelt1,
        Layout::Gdelt2,
        Layout::Gdelt2Mentions,
        Layout::Polecat,
        Layout::Phoenix,
        Layout::Plover,
        Layout::Table,
        Layout::Parquet,
    ];

    /// How it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Layout::Icews => "icews",
            Layout::Triples => "triples",
            Layout::Gdelt1 => "gdelt1",
            Layout::Gdelt2 => "gdelt2",
            Layout::Gdelt2Mentions => "gdelt2-mentions",
            Layout::Polecat => "polecat",
            Layout::Phoenix => "phoenix",
            Layout::Plover => "plover",
            Layout::Table => "table",
            Layout::Parquet => "parquet",
        }
    }

    /// The dataset where no other name is given: mentions belong to that of their events.
    pub fn dataset(self) -> &'static str {
        match self {
            Layout::Gdelt2Mentions => Layout::Gdelt2.name(),
            layout => layout.name(),
        }
    }

    /// The layout of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|layout| layout.name() == name)
    }

    /// Whether a mapping can tell its columns.
    pub(crate) fn is_mapped(self) -> bool {
        matches!(self, Layout::Table | Layout::Parquet)
    }

    /// The layout whose first line this is, for those that lines tell apart.
    pub(crate) fn of(first: &str) -> Option<Self> {
        if first.starts_with('{') {
            return Some(Layout::Plover);
        }
        let cells: Vec<&str> = first.split('\t').map(|cell| cell.trim_matches('"')).collect();
        let cells = cells.as_slice();
        match gdelt::version(cells) {
            Some(gdelt::Version::First) => Some(Layout::Gdelt1),
            Some(gdelt::Version::Second) => Some(Layout::Gdelt2),
            None if gdelt_mentions::is_row(cells) => Some(Layout::Gdelt2Mentions),
            None if phoenix::is_row(cells) => Some(Layout::Phoenix),
            None if is_head(&icews::COLUMNS, cells) => Some(Layout::Icews),
            None if is_head(&triples::COLUMNS, cells) => Some(Layout::Triples),
            None => polecat::Columns::of(cells).map(|_| Layout::Polecat),
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Whether these cells are the column names; empty ones behind them are an exporter's.
pub(crate) fn is_head(head: &[&str], cells: &[&str]) -> bool {
    let named = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells[..named] == *head
}
