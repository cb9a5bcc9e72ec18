//! Turns a stream of bytes into numbered lines of cells: one bad line never swallows the next one.

use std::io::{self, BufRead};

use sha2::{Digest as _, Sha256};

/// No line of an event dataset is longer; one that is would only fill the memory.
pub(crate) const LONGEST: usize = 1024 * 1024;

/// A line of a file.
pub(crate) struct Line<'l> {
    /// From 1.
    pub(crate) number: u64,
    /// Its text without the line break; none where it is longer than any row can be.
    pub(crate) text: Option<&'l str>,
}

/// The lines of a file, one at a time, in one buffer.
pub(crate) struct Lines<R> {
    input: R,
    number: u64,
    bytes: Vec<u8>,
    text: String,
}

impl<R: BufRead> Lines<R> {
    pub(crate) fn of(input: R) -> Self {
        Self { input, number: 0, bytes: Vec::new(), text: String::new() }
    }

    /// The next line; none at the end.
    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.bytes.clear();
        let Some(whole) = self.read()? else { return Ok(None) };
        self.number += 1;
        while matches!(self.bytes.last(), Some(b'\n' | b'\r')) {
            self.bytes.pop();
        }
        if self.number == 1 && self.bytes.starts_with(b"\xEF\xBB\xBF") {
            self.bytes.drain(..3);
        }
        decode(&self.bytes, &mut self.text);
        Ok(Some(Line { number: self.number, text: whole.then_some(self.text.as_str()) }))
    }

    /// Reads to the next line break; false where the line is too long: then the rest of it is skipped. None at the end.
    fn read(&mut self) -> io::Result<Option<bool>> {
        let (mut whole, mut any) = (true, false);
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                return Ok(any.then_some(whole));
            }
            any = true;
            let (taken, ends) = match available.iter().position(|&b| b == b'\n') {
                Some(at) => (at + 1, true),
                None => (available.len(), false),
            };
            if self.bytes.len() + taken <= LONGEST {
                self.bytes.extend_from_slice(&available[..taken]);
            } else {
                whole = false;
            }
            self.input.consume(taken);
            if ends {
                return Ok(Some(whole));
            }
        }
    }
}

/// UTF-8, or else ISO 8859-1, of which every byte is a character: files mix the two.
pub(crate) fn decode(bytes: &[u8], text: &mut String) {
    text.clear();
    match std::str::from_utf8(bytes) {
        Ok(valid) => text.push_str(valid),
        Err(_) => text.extend(bytes.iter().map(|&b| char::from(b))),
    }
}

/// The cells of a line. Quotes around a cell are the exporter's, not the text's.
pub(crate) fn cells(line: &str) -> Vec<&str> {
    let bare = |cell: &str| cell.strip_prefix('"')?.strip_suffix('"').map(str::len);
    line.split('\t').map(|cell| bare(cell).map_or(cell, |length| &cell[1..=length])).collect()
}

/// Eight bytes by which a row is known again.
pub(crate) fn digest(row: &[u8]) -> i64 {
    let hash = Sha256::digest(row);
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    i64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn lines(bytes: &[u8]) -> Vec<(u64, Option<String>)> {
        let mut lines = Lines::of(bytes);
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push((line.number, line.text.map(str::to_owned)));
        }
        all
    }

    #[test]
    fn encodings_may_change_from_line_to_line() {
        let read = lines(b"\xEF\xBB\xBFa\tb\r\nJos\xe9\nJos\xc3\xa9");
        let text = |s: &str| Some(s.to_owned());
        assert_eq!(read, [(1, text("a\tb")), (2, text("José")), (3, text("José"))]);
    }

    #[test]
    fn a_line_without_end_costs_no_memory_and_no_other_line() {
        let mut bytes = vec![b'x'; 3 * LONGEST];
        bytes.extend(b"\nnext\n");
        assert_eq!(lines(&bytes), [(1, None), (2, Some("next".into()))]);
    }
}
