//! Turns cells into rows of text with commas or tabs between them, of which none can become a formula in a spreadsheet:
//! sources are hostile.

use std::borrow::Cow;
use std::io;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::exports::cells::Value;
use crate::exports::field::Field;
use crate::exports::{Failure, Out};

/// Rows on their way to an output.
pub(crate) struct Delimited<'o> {
    out: csv::Writer<Out<'o>>,
    quotes: bool,
}

impl<'o> Delimited<'o> {
    /// Commas, quotation marks where they are needed, CR LF (RFC 4180).
    pub(crate) fn commas(out: Out<'o>) -> Self {
        Self { out: WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out), quotes: true }
    }

    /// Tabs and never a quotation mark: readers of these layouts differ in what one would mean to them.
    pub(crate) fn tabs(out: Out<'o>) -> Self {
        let out = WriterBuilder::new().delimiter(b'\t').quote_style(QuoteStyle::Never).from_writer(out);
        Self { out, quotes: false }
    }

    /// Adds a cell to the row.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Failure> {
        let text = if self.quotes { printable(text) } else { on_one_line(text) };
        Ok(self.out.write_field(harmless(text).as_bytes())?)
    }

    /// Adds a cell to the row; an empty one where there is nothing to say.
    pub(crate) fn value(&mut self, value: &Value<'_>) -> Result<(), Failure> {
        match value {
            Value::Nothing => Ok(self.out.write_field("")?),
            Value::Text(text) => self.text(text),
            Value::Date(date) => Ok(self.out.write_field(date.to_string())?),
            Value::Number(number) => Ok(self.out.write_field(number.to_string())?),
            Value::Whole(number) => Ok(self.out.write_field(number.to_string())?),
        }
    }

    /// Ends the row.
    pub(crate) fn end_row(&mut self) -> Result<(), Failure> {
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    /// Writes a whole row of texts.
    pub(crate) fn row<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Result<(), Failure> {
        for text in texts {
            self.text(text)?;
        }
        self.end_row()
    }

    /// Sends on what is written.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A whole table with commas: a header, then the rows.
pub(crate) fn table<'v>(
    fields: &[Field],
    rows: impl Iterator<Item = impl Iterator<Item = Value<'v>>>,
) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut out = Delimited::commas(&mut bytes);
    out.row(fields.iter().map(|field| field.name))?;
    for mut row in rows {
        row.try_for_each(|value| out.value(&value))?;
        out.end_row()?;
    }
    out.finish()?;
    drop(out);
    Ok(bytes)
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets take for "this is
/// text". Numbers stay numbers.
fn harmless(text: Cow<'_, str>) -> Cow<'_, str> {
    let risky = match text.chars().next() {
        Some('=' | '@') => true,
        Some('+' | '-') => !text.parse::<f64>().is_ok_and(f64::is_finite),
        Some(first) => first.is_control(),
        None => false,
    };
    if risky { Cow::Owned(format!("'{text}")) } else { text }
}

/// Text without what breaks readers of tables (a NUL ends R's line) or steers a terminal; tabs and line breaks stay.
fn printable(text: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    if text.contains(breaks) { Cow::Owned(text.replace(breaks, "\u{fffd}")) } else { Cow::Borrowed(text) }
}

/// Text for a layout that has no way to quote: tabs, line breaks and other control characters become spaces, double
/// quotation marks single ones.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if text.contains(|c: char| c.is_control() || c == '"') {
        Cow::Owned(text.replace(char::is_control, " ").replace('"', "'"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("-", "'-"),
            ("-inf", "'-inf"),
            ("\tx", "'\tx"),
            ("-4.4", "-4.4"),
            ("+5", "+5"),
            ("plain = text", "plain = text"),
            ("'quoted", "'quoted"),
        ] {
            assert_eq!(harmless(Cow::Borrowed(text)), written, "{text:?}");
        }
    }

    #[test]
    fn cells_are_quoted_or_kept_on_their_line() {
        let mut bytes = Vec::new();
        let mut out = Delimited::commas(&mut bytes);
        out.row(["say \"no\"", "a,b", "two\nlines", "a\u{0}b", ""]).unwrap();
        out.finish().unwrap();
        drop(out);
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\"say \"\"no\"\"\",\"a,b\",\"two\nlines\",a\u{fffd}b,\r\n"
        );
        let mut bytes = Vec::new();
        let mut out = Delimited::tabs(&mut bytes);
        out.row(["say \"no\"", "a\tb", "two\r\nlines"]).unwrap();
        out.finish().unwrap();
        drop(out);
        assert_eq!(String::from_utf8(bytes).unwrap(), "say 'no'\ta b\ttwo  lines\n");
    }
}
