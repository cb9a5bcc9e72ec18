//! Text positions: byte spans, which every later type points back with, and their offsets in code points.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a UTF-8 text, always on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    ///
    /// ```
    /// let span = demarche_engine::text::Span::new(4, 8);
    /// assert_eq!(span.of("The step"), "step");
    /// ```
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The text it covers; empty where the span does not fit `text`.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Bytes covered.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same stretch, `by` bytes later.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }
}

/// Turns byte offsets of one text into offsets in Unicode code points (what W3C TextPosition selectors count).
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before byte `i * STEP`, counted at the character that starts at or after it.
    marks: Vec<usize>,
}

/// Bytes between two marks: a lookup scans at most this many.
const STEP: usize = 256;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STEP + 1);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            while marks.len() * STEP <= byte {
                marks.push(count);
            }
        }
        Self { text, marks }
    }

    /// Code points before byte `byte`, which must lie on a character boundary.
    ///
    /// ```
    /// use demarche_engine::text::CodePoints;
    /// assert_eq!(CodePoints::new("é→x").before(5), 2);
    /// ```
    pub fn before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = (byte / STEP).min(self.marks.len().saturating_sub(1));
        let Some(&count) = self.marks.get(mark) else { return 0 };
        let mut at = mark * STEP;
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        count + self.text.get(at..byte).map_or(0, |s| s.chars().count())
    }

    /// The same span in code points.
    pub fn span(&self, span: Span) -> Span {
        Span { start: self.before(span.start), end: self.before(span.end) }
    }
}

/// Something that a room could not read as it should; reading goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What is wrong and what was done about it, for people.
    pub message: String,
    /// Where, if it has a place in the text that the room was given.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub span: Option<Span>,
}

impl Problem {
    /// A problem of the whole input.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), span: None }
    }

    /// A problem at one place.
    pub fn at(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span: Some(span) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_agree_with_counting_at_every_boundary() {
        let text = "aé→😀".repeat(200);
        let points = CodePoints::new(&text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(byte), count, "at byte {byte}");
        }
        assert_eq!(points.before(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("").before(0), 0);
    }
}
