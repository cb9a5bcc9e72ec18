//! Events as CSV: a header, then one event a row.

use crate::exports::columns::COLUMNS;
use crate::exports::delimited::Delimited;
use crate::exports::{Failure, Out, Writer, Written};
use crate::select::Entry;

/// The event table.
pub(crate) struct Table<'o> {
    rows: Delimited<'o>,
}

impl<'o> Table<'o> {
    /// Begins with the header.
    pub(crate) fn new(out: Out<'o>) -> Result<Self, Failure> {
        let mut rows = Delimited::commas(out);
        rows.row(COLUMNS.iter().map(|column| column.field.name))?;
        Ok(Self { rows })
    }
}

impl Writer for Table<'_> {
    fn event(&mut self, entry: &Entry) -> Result<Written, Failure> {
        for column in &COLUMNS {
            self.rows.value(&(column.of)(entry))?;
        }
        self.rows.end_row()?;
        Ok(Written::Rows(1))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.rows.finish()?)
    }
}
