//! Turns lines into rows, for the layouts that have a row a line: cells with tabs between them, or JSON.

use std::io::{self, BufRead};

use crate::imports::cells::Outcome;
use crate::imports::layout::is_head;
use crate::imports::lines::{self, Lines, digest};
use crate::imports::names::Names;
use crate::imports::rows::{Numbered, Row};
use crate::imports::{gdelt, gdelt_mentions, icews, phoenix, plover, polecat, triples};

/// The rows of a file.
pub(crate) struct Lined<R> {
    lines: Lines<R>,
    each: Each,
}

/// What each line is.
pub(crate) enum Each {
    Icews,
    Triples,
    Gdelt(gdelt::Version),
    GdeltMention,
    /// With where the columns stand, by the last head that was read.
    Polecat(Option<Box<polecat::Columns>>),
    Phoenix,
    Plover,
}

impl<R: BufRead> Lined<R> {
    pub(crate) fn of(input: R, each: Each) -> Self {
        Self { lines: Lines::of(input), each }
    }

    /// The next row.
    pub(crate) fn next(&mut self, names: &mut Names<'_>) -> io::Result<Option<Numbered>> {
        loop {
            let Some(line) = self.lines.next()? else { return Ok(None) };
            let Some(text) = line.text else { return Ok(Some(Numbered::too_long(line.number))) };
            // An empty line is no row: files end with some.
            if text.is_empty() {
                continue;
            }
            let digest = digest(text.as_bytes());
            let row = self.each.read(text, digest, names);
            return Ok(Some(Numbered::read(line.number, digest, text, row)));
        }
    }
}

impl Each {
    fn read(&mut self, line: &str, digest: i64, names: &mut Names<'_>) -> Outcome<Row> {
        let cells = lines::cells(line);
        let event = match self {
            Each::Icews if is_head(&icews::COLUMNS, &cells) => return Ok(Row::Head),
            Each::Icews => icews::read(&cells, names)?,
            Each::Triples if is_head(&triples::COLUMNS, &cells) => return Ok(Row::Head),
            Each::Triples => triples::read(&cells, digest, names)?,
            Each::Gdelt(version) => gdelt::read(&cells, *version, names)?,
            Each::GdeltMention => return gdelt_mentions::read(&cells).map(Row::Mention),
            Each::Polecat(columns) => {
                if let Some(found) = polecat::Columns::of(&cells) {
                    *columns = Some(Box::new(found));
                    return Ok(Row::Head);
                }
                polecat::read(&cells, columns.as_deref().ok_or("no column names stand above it")?, names)?
            }
            Each::Phoenix => phoenix::read(&cells, names)?,
            Each::Plover => plover::read(line, digest, names)?,
        };
        Row::event(event)
    }
}
