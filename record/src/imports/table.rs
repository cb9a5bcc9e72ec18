//! Tables: cells with commas, semicolons or tabs between them, in quotes or not, below a line of column names.

use std::collections::VecDeque;
use std::io::{self, BufRead};

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use crate::imports::lines::{LONGEST, Lines, digest};
use crate::imports::mapped;
use crate::imports::mapping::{Columns, Mapping, Misfit};
use crate::imports::names::Names;
use crate::imports::rows::{Numbered, Row};

/// What can stand between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// How a table is read: which delimiter, which names, which of them are ours.
pub(crate) struct Head {
    delimiter: u8,
    names: Vec<String>,
    columns: Columns,
}

impl Head {
    /// Reads the first line of a table: of the delimiters that one by which our columns are found. Where none is, the one
    /// that finds most columns is the table's own.
    pub(crate) fn of(first: &str, mapping: Option<&Mapping>) -> Result<Self, Misfit> {
        let mut nearest: Option<(usize, Misfit)> = None;
        for delimiter in DELIMITERS {
            let mut splitter = Splitter::new(delimiter);
            splitter.begin();
            splitter.feed(first);
            let names = splitter.cells();
            match Columns::find(mapping, &names) {
                Ok(columns) => {
                    let names = names.into_iter().map(str::to_owned).collect();
                    return Ok(Self { delimiter, names, columns });
                }
                Err(misfit) if nearest.as_ref().is_none_or(|(most, _)| names.len() > *most) => {
                    nearest = Some((names.len(), misfit));
                }
                Err(_) => {}
            }
        }
        Err(nearest.map_or_else(
            || Misfit { what: "it has no column names".into(), remedy: "add a line of them".into() },
            |(_, misfit)| misfit,
        ))
    }
}

/// The rows of a table.
pub(crate) struct Table<R> {
    lines: Lines<R>,
    /// Lines that were taken for the rest of a row and are not.
    again: VecDeque<(u64, Option<String>)>,
    head: Head,
    splitter: Splitter,
}

impl<R: BufRead> Table<R> {
    pub(crate) fn new(input: R, head: Head) -> Self {
        let splitter = Splitter::new(head.delimiter);
        Self { lines: Lines::of(input), again: VecDeque::new(), head, splitter }
    }

    /// The next row. It is known by the line on which it begins.
    pub(crate) fn next(&mut self, names: &mut Names<'_>) -> io::Result<Option<Numbered>> {
        loop {
            let Some((line, text)) = self.line()? else { return Ok(None) };
            let Some(mut text) = text else { return Ok(Some(Numbered::too_long(line))) };
            if text.is_empty() {
                continue;
            }
            self.splitter.begin();
            let mut whole = self.splitter.feed(&text);
            let mut rest = Vec::new();
            let first = text.len();
            while !whole && text.len() <= LONGEST {
                let Some((line, next)) = self.line()? else { break };
                if let Some(next) = &next {
                    text.push('\n');
                    text.push_str(next);
                    whole = self.splitter.feed(next);
                }
                let too_long = next.is_none();
                rest.push((line, next));
                if too_long {
                    break;
                }
            }
            let cells = self.splitter.cells();
            let width = self.head.names.len();
            let fits = cells.len() >= width && cells[width..].iter().all(|cell| cell.is_empty());
            let over_lines = !rest.is_empty();
            if !whole || (over_lines && !(fits && ends_its_quotes(&text, self.head.delimiter))) {
                // A quote that somebody forgot must not swallow the rows behind it.
                text.truncate(first);
                rest.into_iter().rev().for_each(|line| self.again.push_front(line));
                let reason = "a cell begins with a quote that does not end where a cell can end";
                return Ok(Some(Numbered::refused(line, reason.into(), &text)));
            }
            if !fits {
                let reason = format!("{} cells, where the head has {width}", cells.len());
                return Ok(Some(Numbered::refused(line, reason, &text)));
            }
            if cells[..width] == self.head.names[..] {
                return Ok(Some(Numbered::read(line, 0, &text, Ok(Row::Head))));
            }
            let digest = digest(text.as_bytes());
            let cells: Vec<&str> = cells.into_iter().map(unguarded).collect();
            let event = mapped::read(&self.head.columns, &cells, digest, names);
            let row = event.and_then(Row::event);
            return Ok(Some(Numbered::read(line, digest, &text, row)));
        }
    }

    fn line(&mut self) -> io::Result<Option<(u64, Option<String>)>> {
        if let Some(line) = self.again.pop_front() {
            return Ok(Some(line));
        }
        Ok(self.lines.next()?.map(|line| (line.number, line.text.map(str::to_owned))))
    }
}

/// Whether each quoted cell ends where a cell can end. Readers of such tables are lenient: in a row of one line that does no
/// harm, over several lines it makes one row of two.
fn ends_its_quotes(row: &str, delimiter: u8) -> bool {
    let bytes = row.as_bytes();
    let (mut at, mut quoted, mut begins) = (0, false, true);
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        match byte {
            b'"' if quoted && next == Some(b'"') => at += 1,
            b'"' if quoted && next.is_some_and(|next| next != delimiter) => return false,
            b'"' if quoted => quoted = false,
            b'"' if begins => quoted = true,
            _ => {}
        }
        begins = !quoted && byte == delimiter;
        at += 1;
    }
    !quoted
}

/// Splits rows into cells, given their lines one by one.
struct Splitter {
    reader: Reader,
    text: Vec<u8>,
    filled: usize,
    ends: Vec<usize>,
    count: usize,
}

impl Splitter {
    fn new(delimiter: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(delimiter).terminator(Terminator::Any(b'\n')).build();
        Self { reader, text: vec![0; 1024], filled: 0, ends: vec![0; 64], count: 0 }
    }

    /// Begins a row.
    fn begin(&mut self) {
        self.reader.reset();
        (self.filled, self.count) = (0, 0);
    }

    /// Takes a line of the row; false where a quoted cell goes on behind it.
    fn feed(&mut self, line: &str) -> bool {
        // An empty piece would tell the reader that the file is at its end.
        (!line.is_empty() && self.take(line.as_bytes())) || self.take(b"\n")
    }

    fn take(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let (result, read, written, ended) =
                self.reader.read_record(bytes, &mut self.text[self.filled..], &mut self.ends[self.count..]);
            bytes = &bytes[read..];
            self.filled += written;
            self.count += ended;
            match result {
                ReadRecordResult::InputEmpty => return false,
                ReadRecordResult::OutputFull => self.text.resize(2 * self.text.len(), 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(2 * self.ends.len(), 0),
                ReadRecordResult::Record | ReadRecordResult::End => return true,
            }
        }
    }

    /// The cells of the row.
    fn cells(&self) -> Vec<&str> {
        let mut from = 0;
        let cell = |&end: &usize| {
            // Delimiters and quotes are ASCII, so that no character is cut.
            let cell = str::from_utf8(&self.text[from..end]).unwrap_or_default();
            from = end;
            cell
        };
        self.ends[..self.count].iter().map(cell).collect()
    }
}

/// The cell without the apostrophe that tables, ours among them, put before what a spreadsheet would run as a formula.
fn unguarded(cell: &str) -> &str {
    let formula = |rest: &&str| rest.starts_with(['=', '@', '+', '-']) || rest.starts_with(char::is_control);
    cell.strip_prefix('\'').filter(formula).unwrap_or(cell)
}
