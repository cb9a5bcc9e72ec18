//! Sentences: turns the words of a stretch of text into the places where sentences end. A trained scorer decides;
//! a few rules of news stand above it, since its corpus is mostly mail and reviews.

use crate::text::Span;

use super::document::Register;
use super::features::{Rows, hash_joined, normal};
use super::tokens::{is_initial, is_title};

/// The trained scorer of places between two words.
#[derive(Debug, Clone, Default)]
pub struct Splitter {
    rows: Rows,
    weights: Vec<f32>,
}

/// A place without any closing sign needs this much more to end a sentence.
const UNMARKED: f32 = 0.5;
/// Words of the longest dateline: `GEORGETOWN, Guyana, Sunday, April 5, 2024 (Wire Service) --`.
const LONGEST_DATELINE: usize = 16;

impl Splitter {
    /// Weight `i` belongs to feature hash `hashes[i]`.
    pub fn new(hashes: Vec<u32>, weights: Vec<f32>) -> Self {
        Self { rows: Rows::new(hashes), weights }
    }

    /// One past the last word of each sentence of `words`; `longest` words at most go into one.
    ///
    /// The second value holds the ends that only the limit made.
    pub fn split(
        &self,
        text: &str,
        words: &[Span],
        register: Register,
        longest: usize,
    ) -> (Vec<usize>, Vec<usize>) {
        let (mut ends, mut forced) = (Vec::new(), Vec::new());
        let mut place = Place { text, words, at: 0, begin: 0, quotes: 0 };
        for at in 0..words.len() {
            place.at = at;
            place.note_quotes();
            let last = at + 1 == words.len();
            let full = at + 1 - place.begin >= longest;
            if last || full || self.ends(&place, register) {
                ends.push(at + 1);
                if full && !last {
                    forced.push(at + 1);
                }
                place.begin = at + 1;
                place.quotes = 0;
            }
        }
        (ends, forced)
    }

    fn ends(&self, place: &Place<'_>, register: Register) -> bool {
        if let Some(sure) = place.sure(register) {
            return sure;
        }
        let score: f32 =
            place.features().iter().filter_map(|h| self.rows.get(*h)).map(|row| self.weights[row]).sum();
        score > if place.marked() { 0.0 } else { UNMARKED }
    }
}

/// A place between word `at` and the next.
#[derive(Debug, Clone, Copy)]
pub struct Place<'t> {
    /// The text.
    pub text: &'t str,
    /// Its words.
    pub words: &'t [Span],
    /// The word before the place.
    pub at: usize,
    /// The first word of the sentence so far.
    pub begin: usize,
    /// Straight quotation marks in the sentence so far.
    pub quotes: usize,
}

impl<'t> Place<'t> {
    fn form(&self, at: usize) -> &'t str {
        self.words.get(at).map_or("", |w| w.of(self.text))
    }

    /// Counts the word before the place, if it is a straight quotation mark.
    pub fn note_quotes(&mut self) {
        self.quotes += usize::from(self.form(self.at) == "\"");
    }

    fn glued(&self) -> bool {
        self.words.get(self.at + 1).is_some_and(|next| next.start == self.words[self.at].end)
    }

    /// Whether the word before the place is a sign that may close a sentence.
    fn marked(&self) -> bool {
        let form = self.form(self.at);
        form.ends_with([
            '.', '?', '!', '\u{2026}', ':', ';', '"', '\u{201d}', ')', ']', '\'', '\u{2019}', '>', '*', '-',
            '=',
        ])
    }

    /// What is certain on news text, whatever the scorer says.
    pub fn sure(&self, register: Register) -> Option<bool> {
        let (form, next) = (self.form(self.at), self.form(self.at + 1));
        let next_char = next.chars().next().unwrap_or(' ');
        let upper = next_char.is_uppercase();
        if is_title(form) && (upper || next_char.is_numeric()) {
            return Some(false);
        }
        // "Wrote on X. | Paris …": the site's name is no initial.
        let site = form == "X." && self.at > 0 && matches!(self.form(self.at - 1), "on" | "via");
        if site && upper {
            return Some(true);
        }
        if is_initial(form) && form.chars().count() == 2 && upper && self.at > self.begin {
            return Some(false);
        }
        if matches!(form, "No." | "Nos." | "no." | "Art." | "p." | "pp." | "Vol.") && next_char.is_numeric() {
            return Some(false);
        }
        let closes = matches!(next, "\u{201d}" | ")" | "]" | "\u{2019}" | "\u{bb}" | "''")
            || (matches!(next, "\"" | "'") && self.glued());
        if closes || matches!(next, "," | ";" | ":" | "." | "?" | "!" | "%") {
            return Some(false);
        }
        let stop = matches!(form, "." | "?" | "!" | "?!" | "!!" | "!!!" | "\u{2026}");
        // "news.Another", "9.5.": a stop glued to a small letter or figure is web debris, not an end.
        if stop && self.glued() && !upper && !matches!(next, "\"" | "\u{201c}" | "(" | "[") {
            return Some(false);
        }
        if stop && !self.glued() && (upper || matches!(next_char, '\u{201c}' | '\u{2018}' | '\u{2022}')) {
            let lone = form != "." || self.at > self.begin + 1;
            return lone.then_some(true);
        }
        if register == Register::Prose && self.closes_dateline() {
            return Some(true);
        }
        if register != Register::Prose && !stop && !self.marked() {
            return Some(false);
        }
        None
    }

    /// Whether the words so far are a dateline (`ACCRA:`, `Accra, 22 Jan 2024 -`): it opens a paragraph, and what follows is
    /// a sentence of its own.
    fn closes_dateline(&self) -> bool {
        let form = self.form(self.at);
        if self.begin > 0
            || !(1..LONGEST_DATELINE).contains(&self.at)
            || !matches!(form, ":" | "\u{2014}" | "\u{2013}" | "--" | "-")
        {
            return false;
        }
        // A hyphen or dash within a word closes nothing.
        if form != ":" && self.glued() && self.words[self.at - 1].end == self.words[self.at].start {
            return false;
        }
        let capitals = |form: &str| form.chars().count() >= 2 && form.chars().all(char::is_uppercase);
        let titled = |form: &str| form.starts_with(char::is_uppercase) && form.chars().count() > 1;
        let (mut open, mut signed) = (false, false);
        let mut town = true;
        // "NEW YORK": a short word may be part of the place.
        let shouted = capitals(self.form(0))
            && (self.form(0).chars().count() >= 4 || self.at > 1 && capitals(self.form(1)));
        let parts = (0..self.at).all(|at| match self.form(at) {
            "(" => {
                (open, town) = (true, false);
                true
            }
            ")" => {
                (open, signed) = (false, true);
                true
            }
            "," | "/" => {
                town = false;
                true
            }
            form if open => !matches!(form, "left" | "right"),
            // A day or a year, but not the day of which a sentence tells.
            form if is_day(form) => {
                signed |= !town;
                !town
            }
            form => capitals(form) || titled(form) && (at == 0 || self.form(at - 1) == "," || town && at < 3),
        });
        // A town in small letters needs a date or an agency, and a dash: "Elena Ortiz: …", "Oslo: …" may be anything.
        parts && (shouted || signed && !open && form != ":" && titled(self.form(0)))
    }

    /// Hashes of what the place looks like.
    pub fn features(&self) -> [u32; 14] {
        let at = self.at;
        let previous = if at > 0 { self.form(at - 1) } else { "" };
        let (form, next, second) = (self.form(at), self.form(at + 1), self.form(at + 2));
        let (a, b, c, d) = (kind(previous), kind(form), kind(next), kind(second));
        let glued = if self.glued() { "g" } else { "s" };
        let length = match at + 1 - self.begin {
            1 => "1",
            2..=3 => "3",
            4..=8 => "8",
            9..=20 => "20",
            21..=40 => "40",
            _ => "99",
        };
        let open = if self.quotes % 2 == 1 { "q" } else { "n" };
        let (form, next, previous) = (&normal(form)[..], &normal(next)[..], &normal(previous)[..]);
        let parts: [&[&str]; 14] = [
            &[],
            &[form],
            &[next],
            &[b, c],
            &[form, c, glued],
            &[b, next],
            &[a, b, c],
            &[b, c, d],
            &[b, length, c],
            &[form, open, c, glued],
            &[previous, form, c],
            &[a, b, c, d, open],
            &[c, d, next],
            &[form, next],
        ];
        let mut number = 99;
        parts.map(|parts| {
            number += 1;
            hash_joined(number, parts)
        })
    }
}

/// Whether a word can be part of the date in a dateline: a figure, a month, a day of the week, short ones too.
fn is_day(form: &str) -> bool {
    const NAMES: [&str; 19] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let lower = form.trim_end_matches('.').to_lowercase();
    form.starts_with(|c: char| c.is_ascii_digit())
        || form.starts_with(char::is_uppercase)
            && NAMES
                .iter()
                .any(|name| lower == *name || (3..=4).contains(&lower.len()) && name.starts_with(&lower))
}

/// A coarse shape: how a word begins and whether it is a sign.
fn kind(form: &str) -> &'static str {
    let mut chars = form.chars();
    match (chars.next(), chars.next()) {
        (None, _) => "_",
        (Some(a), b) if a.is_uppercase() => match b {
            None => "A",
            Some('.') => "A.",
            Some(b) if b.is_uppercase() => "AA",
            Some(_) if form.ends_with('.') => "Aa.",
            Some(_) => "Aa",
        },
        (Some(a), _) if a.is_alphabetic() => {
            if form.ends_with('.') {
                "a."
            } else {
                "a"
            }
        }
        (Some(a), _) if a.is_numeric() => "1",
        (Some('.'), None) => ".",
        (Some('.'), Some(_)) => "..",
        (Some('?' | '!'), _) => "?",
        (Some('"'), _) => "\"",
        (Some('\u{201c}' | '\u{2018}'), _) => "\u{201c}",
        (Some('\u{201d}' | '\u{2019}'), _) => "\u{201d}",
        (Some('(' | '['), _) => "(",
        (Some(')' | ']'), _) => ")",
        (Some(',' | ';'), _) => ",",
        (Some(':'), _) => ":",
        (Some('-' | '*' | '\u{2022}' | '\u{2013}' | '\u{2014}'), _) => "-",
        _ => "#",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tokens;

    fn sentences(text: &str) -> Vec<String> {
        let words = tokens::split(text, Span::new(0, text.len()));
        let (ends, _) = Splitter::default().split(text, &words, Register::Prose, 400);
        let mut begin = 0;
        ends.iter()
            .map(|&end| {
                let span = words[begin].join(words[end - 1]);
                begin = end;
                span.of(text).to_owned()
            })
            .collect()
    }

    #[test]
    fn rules_hold_without_any_training() {
        assert_eq!(
            sentences(
                "Gen. Musa Diallo met Lena B. Ost at No. 10 on Monday. He left. \u{201c}We agree.\u{201d} It ended."
            ),
            [
                "Gen. Musa Diallo met Lena B. Ost at No. 10 on Monday.",
                "He left.",
                "\u{201c}We agree.\u{201d} It ended."
            ]
        );
    }

    #[test]
    fn datelines_stand_alone() {
        assert_eq!(sentences("ACCRA: Envoys met."), ["ACCRA:", "Envoys met."]);
        assert_eq!(
            sentences("PORT LOUIS, Mauritius (Agency) \u{2014} Envoys met."),
            ["PORT LOUIS, Mauritius (Agency) \u{2014}", "Envoys met."]
        );
        assert_eq!(
            sentences("BRA\u{ce}LA, March 14, 2024 (Delta Wire) - Envoys met."),
            ["BRA\u{ce}LA, March 14, 2024 (Delta Wire) -", "Envoys met."]
        );
        assert_eq!(sentences("Accra, 22 Jan 2024 - Envoys met."), ["Accra, 22 Jan 2024 -", "Envoys met."]);
        assert_eq!(sentences("NATO-led forces left."), ["NATO-led forces left."]);
        for whole in [
            "On Monday - a holiday - Envoys met.",
            "Elena Ortiz (left) - the envoy - smiled.",
            "May 2024 - Envoys met.",
        ] {
            assert_eq!(sentences(whole), [whole]);
        }
    }

    #[test]
    fn length_is_bounded() {
        let text = "la ".repeat(1000);
        let words = tokens::split(&text, Span::new(0, text.len()));
        let (ends, forced) = Splitter::default().split(&text, &words, Register::Prose, 400);
        assert_eq!(ends, [400, 800, 1000]);
        assert_eq!(forced, [400, 800]);
    }
}
