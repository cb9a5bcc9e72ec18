//! Times: turns the words of a sentence into time expressions with values. A value is never more exact than its words.

use crate::text::Span;
use crate::time::{Period, Precision};

use super::calendar::{Bearings, Lean, When};
use super::document::{Order, Setting, TimeExpression};
use super::expressions::Reader;
use super::numerals::year_of;

/// A word as this file looks at it.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) span: Span,
    /// Lower-cased, without the full stop of an abbreviation.
    pub(crate) lower: String,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether it counts the noun that follows (`2,000 people`): such a figure is no year.
    pub(crate) counts: bool,
    /// What the verb above it says.
    pub(crate) lean: Lean,
}

/// What earlier sentences told.
#[derive(Debug, Clone)]
pub(crate) struct Memory {
    setting: Setting,
    told: Option<Period>,
    /// A year that was written out or taken over, and how many sentences ago.
    year: Option<(i16, usize)>,
}

impl Memory {
    /// Before the first sentence.
    pub(crate) fn new(setting: Setting) -> Self {
        Self { setting, told: None, year: None }
    }

    /// The time expressions of the next sentence.
    pub(crate) fn read(&mut self, words: &[Word]) -> Vec<TimeExpression> {
        let anchor = self.setting.date;
        let mut found = Vec::new();
        let reader = Reader { words };
        let mut at = 0;
        let mut last: Option<usize> = None;
        while at < words.len() {
            // A list of years goes on in two figures, also from line to line.
            let goes_on = match last {
                Some(end) => at == end + 1 && matches!(words[end].lower.as_str(), "," | "and" | "or" | "&"),
                None => words.len() == 1,
            };
            let after_year = goes_on && self.told.is_some_and(|t| t.precision == Precision::Year);
            let short = || if after_year { reader.short_year(at) } else { None };
            let Some((end, when)) = reader.expression(at).or_else(short) else {
                at += 1;
                continue;
            };
            // News leaves the year out only near its own date; an account of long ago goes on in its year.
            let year = self.year.filter(|(year, age)| {
                *age <= MEMORY
                    && anchor.is_none_or(|a| (a.year() - year).abs() > LONG_AGO)
                    && words[at].lean != Lean::Future
            });
            let bearings = Bearings {
                anchor,
                lean: words[at].lean,
                told: self.told,
                order: self.setting.order,
                year: year.map(|y| y.0),
            };
            let value = when.settle(&bearings);
            let span = words[at].span.join(words[end - 1].span);
            found.push(TimeExpression { span, value });
            if let Some(value) = value {
                self.told = Some(value);
                let written = words[at..end].iter().any(|w| year_of(&w.lower).is_some());
                let inherited = year.is_some() && matches!(when, When::MonthDay(..) | When::Month(..));
                if written || inherited {
                    self.year = Some((value.start.year(), 0));
                } else if matches!(when, When::Calendar(..) | When::Ago(..) | When::Weekday(..)) {
                    // Back at the article's own time.
                    self.year = None;
                }
            }
            last = Some(end);
            at = end;
        }
        if let Some((_, age)) = &mut self.year {
            *age += 1;
        }
        found
    }
}

/// Whether days or months stand first in the dates of figures among `words`, as those show in which only one can.
pub(crate) fn order<'w>(words: impl Iterator<Item = &'w str>) -> Option<Order> {
    let mut found = None;
    for word in words {
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        let [a, b, year] = parts[..] else { continue };
        let (Ok(a), Ok(b), 4) = (a.parse::<u8>(), b.parse::<u8>(), year.len()) else { continue };
        let order = match (a, b) {
            (13..=31, 1..=12) => Order::DayFirst,
            (1..=12, 13..=31) => Order::MonthFirst,
            _ => continue,
        };
        if found.replace(order).is_some_and(|before| before != order) {
            return None;
        }
    }
    found
}

/// Sentences for which a year is remembered.
const MEMORY: usize = 6;
/// Years between an account and its telling from which a date without a year goes on in the account's year.
const LONG_AGO: i16 = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tokens;
    use jiff::civil::date;

    /// What is read in `text` on Tuesday, 2 January 2024.
    fn read(text: &str, lean: Lean) -> Vec<(String, String)> {
        let words = text.split(' ');
        let mut memory = Memory::new(Setting { date: Some(date(2024, 1, 2)), order: order(words) });
        text.split(" / ").flat_map(|sentence| read_with(&mut memory, sentence, lean)).collect()
    }

    fn read_with(memory: &mut Memory, text: &str, lean: Lean) -> Vec<(String, String)> {
        let words: Vec<Word> = tokens::split(text, Span::new(0, text.len()))
            .into_iter()
            .map(|span| {
                let form = span.of(text);
                let lower = form.to_lowercase();
                let lower = lower.strip_suffix('.').filter(|l| !l.is_empty()).unwrap_or(&lower).to_owned();
                Word { span, lower, capital: form.starts_with(char::is_uppercase), counts: false, lean }
            })
            .collect();
        memory
            .read(&words)
            .into_iter()
            .map(|t| (t.span.of(text).to_owned(), t.value.map_or("-".to_owned(), |v| v.to_string())))
            .collect()
    }

    fn check(lean: Lean, cases: &[(&str, &str, &str)]) {
        for (text, words, value) in cases {
            let found = read(text, lean);
            let wanted = (words.to_string(), value.to_string());
            assert!(found.contains(&wanted), "{text}: {found:?}, not {wanted:?}");
        }
    }

    #[test]
    fn days_weeks_months_and_years() {
        check(
            Lean::Past,
            &[
                ("They met on Tuesday.", "Tuesday", "2024-01-02"),
                ("They met on Monday night.", "Monday night", "2024-01-01"),
                ("It fell last Friday", "last Friday", "2023-12-29"),
                ("He left last month", "last month", "2023-12"),
                ("signed in December", "December", "2023-12"),
                ("signed on Jan. 2", "Jan. 2", "2024-01-02"),
                ("signed on 2 January 2024", "2 January 2024", "2024-01-02"),
                ("on Friday, December 8, 2023, in Lagos", "Friday, December 8, 2023", "2023-12-08"),
                ("earlier this week", "earlier this week", "2024-W01"),
                ("last year", "last year", "2023"),
                ("two days ago", "two days ago", "2023-12-31"),
                ("three years ago", "three years ago", "2021"),
                ("in the 1990s", "the 1990s", "1990-01-01/1999-12-31"),
                ("on 2023-11-05", "2023-11-05", "2023-11-05"),
                ("on 26/11/2008", "26/11/2008", "2008-11-26"),
                ("on 03/04/2008", "03/04/2008", "-"),
                ("on 12/01/2024", "12/01/2024", "-"),
                ("on 01/12/2024", "01/12/2024", "-"),
                ("on 02/01/2024", "02/01/2024", "2024-01-02"),
                ("from 25/12/2007 / on 03/04/2008", "03/04/2008", "2008-04-03"),
                ("from 12/25/2007 / on 03/04/2008", "03/04/2008", "2008-03-04"),
                ("yesterday", "yesterday", "2024-01-01"),
                ("for several years ago", "several years ago", "-"),
                ("the third quarter of 2023", "the third quarter of 2023", "2023-07-01/2023-09-30"),
                ("the second of May", "May", "2023-05"),
                ("in late November", "late November", "2023-11-15/2023-11-30"),
                ("in the late 1990s", "the late 1990s", "1995-01-01/1999-12-31"),
                ("in early 2019", "early 2019", "2019-01-01/2019-04-30"),
                ("in the summer of 2010", "summer of 2010", "2010-06-01/2010-09-30"),
                ("in winter 2022-23", "winter 2022-23", "2022-12-01/2023-03-31"),
                ("at 6:45 p.m. on Monday", "6:45 p.m. on Monday", "2024-01-01"),
                ("at the time of writing", "time of writing", "2024-01-02"),
                ("before Christmas Eve", "Christmas Eve", "2023-12-24"),
                ("on Easter Monday, 2011", "Easter Monday, 2011", "2011-04-25"),
                ("It was Halloween last year", "Halloween last year", "2023-10-31"),
                ("since last Thanksgiving", "since last Thanksgiving", "2023-11-23/2024-01-02"),
                ("ran in 1980, 84 and 88 and won", "88", "1988"),
                ("1984 / 92", "92", "1992"),
            ],
        );
    }

    #[test]
    fn ranges_and_stretches() {
        check(
            Lean::Past,
            &[
                ("since 2016", "since 2016", "2016-01-01/2024-01-02"),
                ("the past three years", "the past three years", "2021-01-02/2024-01-02"),
                ("from 2014 to 2016", "from 2014 to 2016", "2014-01-01/2016-12-31"),
                ("1998-99", "1998-99", "1998-01-01/1999-12-31"),
                ("on Dec 4-6, 2023", "Dec 4-6, 2023", "2023-12-04/2023-12-06"),
                ("between March and May 2020", "between March and May 2020", "2020-03-01/2020-05-31"),
                ("the 4-6 December talks", "the 4-6 December", "2023-12-04/2023-12-06"),
            ],
        );
    }

    #[test]
    fn the_verb_and_the_account_settle_what_is_open() {
        check(
            Lean::Future,
            &[
                ("will meet on Monday", "Monday", "2024-01-08"),
                ("will meet in December", "December", "2024-12"),
            ],
        );
        check(
            Lean::Past,
            &[
                ("It began on 3 March 2021 / Two days later it ended", "Two days later", "2021-03-05"),
                ("the attack of 3 March 2021 / He died the same day", "the same day", "2021-03-03"),
                ("two days after the 26 November attack", "two days after the 26 November", "2023-11-28"),
                ("They signed in May 1971 / The treaty fell in August", "August", "1971-08"),
                ("the next year", "the next year", "2025"),
                ("They met on Friday / They had met the Friday before.", "Friday before", "2023-12-22"),
                ("They met on Friday / They met on the Friday before the talks.", "Friday", "2023-12-29"),
                ("the blast of 3 March 2021 / At 22:30 it burned", "22:30", "2021-03-03"),
                (
                    "the blast of 3 March 2021 / It ended at 2:30 the next day",
                    "2:30 the next day",
                    "2021-03-04",
                ),
                ("At 10:30 they left.", "10:30", "-"),
            ],
        );
        assert_eq!(read("You may march on; the sun fell.", Lean::Past), []);
        let years = read("By 2016, 84 percent had left, and 12 more, on a good Friday.", Lean::Past);
        assert_eq!(years.len(), 2, "{years:?}");
    }
}
