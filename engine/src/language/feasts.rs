//! Feasts: turns the names of days that news dates things by into days of a year.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// How the day of a feast is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Feast {
    /// Month and day.
    Fixed(i8, i8),
    /// Days from Easter Sunday of the western churches.
    Easter(i8),
    /// Month, the which (-1 is the last), weekday.
    Nth(i8, i8, Weekday),
}

/// Names, in small letters.
const NAMES: &[(&str, Feast)] = &[
    ("new year 's day", Feast::Fixed(1, 1)),
    ("new year 's eve", Feast::Fixed(12, 31)),
    ("valentine 's day", Feast::Fixed(2, 14)),
    ("st patrick 's day", Feast::Fixed(3, 17)),
    ("international women 's day", Feast::Fixed(3, 8)),
    ("nowruz", Feast::Fixed(3, 21)),
    ("april fools ' day", Feast::Fixed(4, 1)),
    ("good friday", Feast::Easter(-2)),
    ("easter sunday", Feast::Easter(0)),
    ("easter monday", Feast::Easter(1)),
    ("easter", Feast::Easter(0)),
    ("palm sunday", Feast::Easter(-7)),
    ("ash wednesday", Feast::Easter(-46)),
    ("anzac day", Feast::Fixed(4, 25)),
    ("may day", Feast::Fixed(5, 1)),
    ("bastille day", Feast::Fixed(7, 14)),
    ("the fourth of july", Feast::Fixed(7, 4)),
    ("martin luther king day", Feast::Nth(1, 3, Weekday::Monday)),
    ("presidents ' day", Feast::Nth(2, 3, Weekday::Monday)),
    ("memorial day", Feast::Nth(5, -1, Weekday::Monday)),
    ("juneteenth", Feast::Fixed(6, 19)),
    ("labor day", Feast::Nth(9, 1, Weekday::Monday)),
    ("columbus day", Feast::Nth(10, 2, Weekday::Monday)),
    ("halloween", Feast::Fixed(10, 31)),
    ("veterans day", Feast::Fixed(11, 11)),
    ("armistice day", Feast::Fixed(11, 11)),
    ("thanksgiving day", Feast::Nth(11, 4, Weekday::Thursday)),
    ("thanksgiving", Feast::Nth(11, 4, Weekday::Thursday)),
    ("christmas eve", Feast::Fixed(12, 24)),
    ("christmas day", Feast::Fixed(12, 25)),
    ("christmas", Feast::Fixed(12, 25)),
    ("boxing day", Feast::Fixed(12, 26)),
];

/// Words of the longest name.
pub(crate) const LONGEST: usize = 4;

/// The feast that `words` begin with, and how many of them name it; the longest name counts.
pub(crate) fn named(words: &[&str]) -> Option<(usize, Feast)> {
    let same = |a: &str, b: &str| a == b || a.starts_with('\u{2019}') && a.replace('\u{2019}', "'") == b;
    let begins = |name: &str| {
        let count = name.split(' ').count();
        let fits = count <= words.len() && name.split(' ').zip(words).all(|(name, word)| same(word, name));
        fits.then_some(count)
    };
    NAMES.iter().filter_map(|(name, feast)| Some((begins(name)?, *feast))).max_by_key(|(count, _)| *count)
}

impl Feast {
    /// Its day in `year`.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, month, day).ok(),
            Self::Easter(days) => easter(year)?.checked_add(i64::from(days).days()).ok(),
            Self::Nth(month, nth, weekday) => {
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
        }
    }
}

/// Easter Sunday in the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let year_ = i32::from(year);
    let (a, b, c) = (year_ % 19, year_ / 100, year_ % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_of_feasts_are_those_of_the_calendar() {
        for (words, year, day) in [
            ("easter", 2024, date(2024, 3, 31)),
            ("easter monday", 2011, date(2011, 4, 25)),
            ("good friday", 2000, date(2000, 4, 21)),
            ("thanksgiving", 2023, date(2023, 11, 23)),
            ("memorial day", 2022, date(2022, 5, 30)),
            ("christmas eve", 1999, date(1999, 12, 24)),
            ("new year \u{2019}s eve", 2020, date(2020, 12, 31)),
        ] {
            let words: Vec<&str> = words.split(' ').chain([""]).collect();
            let (count, feast) = named(&words).unwrap();
            assert_eq!((count, feast.day(year)), (words.len() - 1, Some(day)), "{words:?}");
        }
        assert_eq!(named(&["may", "die"]), None);
    }
}
