//! Turns lines and marked words into bytes on a stream: wrapped to its width, coloured if it shows colour. The only
//! file of the program that writes to standard output and standard error.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use crate::telling::{Mark, Piece};

/// Lines longer than this are hard to read, however wide the window.
const WIDEST: usize = 100;
/// Narrower than this, wrapping helps nobody.
const NARROWEST: usize = 32;

/// A stream to print on.
pub(crate) struct Paper<'w> {
    out: &'w mut dyn Write,
    width: usize,
    colour: bool,
}

/// Runs `write` on standard output. A closed pipe counts as done.
pub(crate) fn with_stdout(write: impl FnOnce(&mut Paper<'_>) -> io::Result<()>) -> io::Result<()> {
    let stdout = io::stdout();
    let choice = AutoStream::choice(&stdout);
    let mut out = io::BufWriter::new(AutoStream::new(stdout.lock(), choice));
    let colour = choice != ColorChoice::Never;
    let width = textwrap::termwidth();
    let written = write(&mut Paper { out: &mut out, width, colour }).and_then(|()| out.flush());
    match written {
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Standard output for data, of which not a byte may change on the way.
pub(crate) fn data_out() -> impl Write + Send {
    io::BufWriter::with_capacity(1 << 16, io::stdout())
}

/// One line on standard error. Nobody can be told if that fails.
pub(crate) fn complain(line: &str) {
    let _closed = writeln!(anstream::stderr(), "{}", printable(line, false));
}

/// Headings.
pub(crate) const STRONG: Style = Style::new().bold();
/// What matters less: ids, dates, labels.
pub(crate) const FAINT: Style = Style::new().dimmed();

impl<'w> Paper<'w> {
    /// Any stream as paper.
    #[cfg(test)]
    pub(crate) fn new(out: &'w mut dyn Write, width: usize, colour: bool) -> Self {
        Self { out, width, colour }
    }

    fn width(&self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }

    /// Words in a style, if colour shows.
    pub(crate) fn styled(&self, style: Style, words: &str) -> String {
        if self.colour { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    /// Text as it is.
    pub(crate) fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    /// Sends on what is written so far.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// A line as it is.
    pub(crate) fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{text}")
    }

    /// A heading after an empty line.
    pub(crate) fn heading(&mut self, words: &str) -> io::Result<()> {
        let words = self.styled(STRONG, words);
        writeln!(self.out, "\n{words}")
    }

    /// A line between articles.
    pub(crate) fn rule(&mut self) -> io::Result<()> {
        let line = self.styled(FAINT, &"─".repeat(self.width()));
        writeln!(self.out, "\n{line}\n")
    }

    /// A paragraph, wrapped, with `indent` spaces before each line.
    pub(crate) fn paragraph(&mut self, indent: usize, text: &str) -> io::Result<()> {
        self.hanging(indent, indent, text)
    }

    /// A paragraph whose first line begins at `first` and the others at `rest`.
    pub(crate) fn hanging(&mut self, first: usize, rest: usize, text: &str) -> io::Result<()> {
        let (first, rest) = (" ".repeat(first), " ".repeat(rest));
        let options = textwrap::Options::new(self.width())
            .initial_indent(&first)
            .subsequent_indent(&rest)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&printable(text, self.colour), options) {
            writeln!(self.out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Marked text: colours where they show, `[role: words]` where they don't.
    pub(crate) fn marked(&self, pieces: &[Piece<'_>]) -> String {
        let mut text = String::new();
        for piece in pieces {
            match piece.mark() {
                Some(mark) if self.colour => text.push_str(&self.styled(style(mark), piece.text)),
                Some(mark) => {
                    // The space at the ends of a piece belongs outside of the brackets.
                    let words = piece.text.trim();
                    let start = piece.text.len() - piece.text.trim_start().len();
                    text.push_str(&piece.text[..start]);
                    if !words.is_empty() {
                        let _infallible = write!(text, "[{}: {words}]", mark.word());
                        text.push_str(&piece.text[start + words.len()..]);
                    }
                }
                None => text.push_str(piece.text),
            }
        }
        text
    }

    /// What the colours of `pieces` mean; nothing where the brackets say it.
    pub(crate) fn legend(&self, pieces: &[Piece<'_>]) -> Option<String> {
        let mut marks: Vec<Mark> = pieces.iter().filter_map(Piece::mark).collect();
        marks.sort_unstable();
        marks.dedup();
        let words: Vec<String> = marks.iter().rev().map(|&m| self.styled(style(m), m.word())).collect();
        (self.colour && !words.is_empty()).then(|| words.join("  "))
    }
}

fn style(mark: Mark) -> Style {
    let colour = |colour: AnsiColor| colour.on_default();
    match mark {
        Mark::Actor => colour(AnsiColor::Cyan).bold(),
        Mark::Recipient => colour(AnsiColor::Magenta).bold(),
        Mark::Trigger => colour(AnsiColor::Yellow).bold().underline(),
        Mark::Content => colour(AnsiColor::Green),
        Mark::Place | Mark::Time => colour(AnsiColor::Blue),
        Mark::Seen(_) | Mark::Sentence(_) => Style::new(),
    }
}

/// Text of a page without what could steer the terminal. Where colour shows, plain colour sequences stay, since ours
/// are among them; none of them can hide or move anything.
fn printable(text: &str, colour: bool) -> String {
    text.char_indices()
        .map(|(at, c)| match c {
            '\n' | '\t' => ' ',
            '\u{1b}' if colour && is_colour(&text[at + 1..]) => c,
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                '\u{fffd}'
            }
            c => c,
        })
        .collect()
}

/// Whether an escape sequence goes on as one of this file's: bold, faint, underlined, one of eight colours, or reset.
fn is_colour(after: &str) -> bool {
    let Some((codes, _)) = after.strip_prefix('[').and_then(|rest| rest.split_once('m')) else {
        return false;
    };
    codes.len() < 12 && codes.split(';').all(|code| matches!(code.parse(), Ok(0 | 1 | 2 | 4 | 30..=37)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use demarche_engine::text::Span;

    use super::*;

    #[test]
    fn marks_show_with_and_without_colour() {
        let pieces = [
            Piece { span: Span::new(0, 5), text: "Reed ", marks: vec![Mark::Content, Mark::Actor] },
            Piece { span: Span::new(5, 8), text: "met", marks: vec![Mark::Trigger] },
            Piece { span: Span::new(8, 14), text: " again", marks: vec![] },
        ];
        let mut bytes = Vec::new();
        let plain = Paper::new(&mut bytes, 80, false);
        assert_eq!(plain.marked(&pieces), "[actor: Reed] [trigger: met] again");
        assert_eq!(plain.legend(&pieces), None);
        let bright = Paper::new(&mut bytes, 80, true);
        assert!(bright.marked(&pieces).contains("\u{1b}["));
        assert!(bright.legend(&pieces).is_some_and(|l| l.contains("actor") && l.contains("trigger")));
    }

    #[test]
    fn paragraphs_wrap_and_cannot_steer_the_terminal() {
        let mut bytes = Vec::new();
        Paper::new(&mut bytes, 40, false)
            .paragraph(4, &format!("bell\u{7} \u{1b}[2J {}", "word ".repeat(20)))
            .unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.lines().all(|line| line.starts_with("    ") && line.chars().count() <= 40), "{text}");
        assert!(!text.contains(['\u{7}', '\u{1b}']));
        assert_eq!(
            printable("\u{1b}[2J\u{1b}[8mx\u{1b}[1m\u{1b}", true),
            "\u{fffd}[2J\u{fffd}[8mx\u{1b}[1m\u{fffd}"
        );
    }
}
