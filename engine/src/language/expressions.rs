//! Expressions: turns the words of a sentence into what they say of times, before anything settles it. Those that count
//! from somewhere (`last week`, `two days ago`) stand in `relative`.

use jiff::civil::{Date, Weekday};

use crate::time::{Period, Precision};

use super::calendar::{self, Unit, When, Which};
use super::feasts;
use super::numerals::{day_of, ordinal, season, unit, year_of};
use super::times::Word;

/// Where an expression ends, and what it says.
pub(super) type Read = Option<(usize, When)>;

/// The words of one sentence.
pub(super) struct Reader<'w> {
    pub(super) words: &'w [Word],
}

impl Reader<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &w.lower)
    }

    pub(super) fn is(&self, at: usize, any: &[&str]) -> bool {
        any.contains(&self.word(at))
    }

    pub(super) fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.capital)
    }

    /// The longest expression that begins at `at`.
    pub(super) fn expression(&self, at: usize) -> Read {
        match self.word(at) {
            "since" => {
                let (end, when) = self.point(self.skip_the(at + 1))?;
                return Some((end, When::Since(Box::new(when))));
            }
            "between" => {
                let (middle, a) = self.point(self.skip_the(at + 1))?;
                if self.is(middle, &["and"])
                    && let Some((end, b)) = self.point(self.skip_the(middle + 1))
                {
                    return Some((end, between(a, b)));
                }
                return None;
            }
            "from" => {
                let (middle, a) = self.point(self.skip_the(at + 1))?;
                if self.is(middle, &["to", "until", "till", "through", "-", "\u{2013}", "\u{2014}"])
                    && let Some((end, b)) = self.second(self.skip_the(middle + 1), &a)
                {
                    return Some((end, between(a, b)));
                }
                return None;
            }
            _ => {}
        }
        let (middle, a) = self.point(at)?;
        if self.is(middle, &["-", "\u{2013}", "\u{2014}", "--", "to", "through", "/"])
            && let Some((end, b)) = self.second(middle + 1, &a)
            && !matches!(a, When::Vague)
        {
            return Some((end, between(a, b)));
        }
        Some((middle, a))
    }

    pub(super) fn skip_the(&self, at: usize) -> usize {
        at + usize::from(self.is(at, &["the"]))
    }

    /// The second end of a range, which may be short: `1998-99`, `Jan 2-5`.
    fn second(&self, at: usize, first: &When) -> Read {
        if let When::Fixed(period) = first {
            if period.precision == Precision::Year
                && self.word(at).len() == 2
                && let Ok(short) = self.word(at).parse::<i16>()
            {
                let year = period.start.year().div_euclid(100) * 100 + short;
                if year > period.start.year() {
                    return Some((at + 1, fixed_year(year)?));
                }
            }
            if period.precision == Precision::Day
                && !self.is_month(at + 1)
                && let Some(day) = day_of(self.word(at))
            {
                return Some((
                    at + 1,
                    When::Fixed(Period::day(Date::new(period.start.year(), period.start.month(), day).ok()?)),
                ));
            }
        }
        if let When::MonthDay(month, _) = first
            && let Some(day) = day_of(self.word(at)).filter(|_| !self.is_month(at + 1))
        {
            return match self.year_after(at + 1) {
                Some((end, year)) => {
                    Some((end, When::Fixed(Period::day(Date::new(year, *month, day).ok()?))))
                }
                None => Some((at + 1, When::MonthDay(*month, day))),
            };
        }
        self.point(at)
    }

    /// One time, without range.
    pub(super) fn point(&self, at: usize) -> Read {
        self.weekday(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.figures(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.partly(at))
            .or_else(|| self.feast(at))
            .or_else(|| self.determined(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.single(at))
            .or_else(|| self.year(at))
            .or_else(|| self.clock(at))
    }

    /// `Tuesday`, `Tuesday night`, `Tuesday, January 2, 2024`, `Tuesday last week`.
    pub(super) fn weekday(&self, at: usize) -> Read {
        let weekday = self.weekday_at(at)?;
        let after = at + 1 + usize::from(self.is(at + 1, &[","]));
        if let Some((end, when)) = self.month_first(after).or_else(|| self.day_first(self.skip_the(after)))
            && (matches!(when, When::MonthDay(..))
                || matches!(&when, When::Fixed(p) if p.precision == Precision::Day))
        {
            return Some((end, when));
        }
        if self.is(at + 1, &["last", "next", "this"]) && self.is(at + 2, &["week"]) {
            let shift =
                [("last", -1), ("this", 0), ("next", 1)].iter().find(|(w, _)| *w == self.word(at + 1))?.1;
            return Some((at + 3, When::DayOfWeek(weekday, shift)));
        }
        // "The Friday before", but not "the Friday before the talks".
        let ends = at + 2 >= self.words.len() || self.is(at + 2, &[".", ",", ";", ":", "and", "but"]);
        if at > 0 && self.is(at - 1, &["the"]) && self.is(at + 1, &["before"]) && ends {
            return Some((at + 2, When::WeekdayBefore(weekday)));
        }
        Some((self.part_of_day(at + 1), When::Weekday(weekday, Which::Plain)))
    }

    pub(super) fn part_of_day(&self, at: usize) -> usize {
        at + usize::from(
            self.is(
                at,
                &["morning", "afternoon", "evening", "night", "midnight", "noon", "midday", "lunchtime"],
            ),
        )
    }

    pub(super) fn weekday_at(&self, at: usize) -> Option<Weekday> {
        if !self.capital(at) {
            return None;
        }
        Some(match self.word(at) {
            "monday" | "mon" => Weekday::Monday,
            "tuesday" | "tue" | "tues" => Weekday::Tuesday,
            "wednesday" | "wed" => Weekday::Wednesday,
            "thursday" | "thu" | "thur" | "thurs" => Weekday::Thursday,
            "friday" | "fri" => Weekday::Friday,
            "saturday" | "sat" => Weekday::Saturday,
            "sunday" | "sun" if self.word(at) == "sunday" || self.is(at + 1, &[","]) => Weekday::Sunday,
            _ => return None,
        })
    }

    fn is_month(&self, at: usize) -> bool {
        self.month_at(at).is_some()
    }

    pub(super) fn month_at(&self, at: usize) -> Option<i8> {
        const MONTHS: [&[&str]; 12] = [
            &["january", "jan"],
            &["february", "feb"],
            &["march", "mar"],
            &["april", "apr"],
            &["may"],
            &["june", "jun"],
            &["july", "jul"],
            &["august", "aug"],
            &["september", "sept", "sep"],
            &["october", "oct"],
            &["november", "nov"],
            &["december", "dec"],
        ];
        let month = MONTHS.iter().position(|names| names.contains(&self.word(at)))?;
        // Small letters only where nothing else is meant.
        let sure =
            self.capital(at) || !matches!(self.word(at), "may" | "march" | "mar" | "dec" | "jan" | "sep");
        sure.then_some(month as i8 + 1)
    }

    /// A year at `at`, or after a comma or `of`, or in the short form of a range.
    fn year_after(&self, at: usize) -> Option<(usize, i16)> {
        let after = at + usize::from(self.is(at, &[",", "of"]));
        let year = year_of(self.word(after)).or_else(|| {
            // Antiquity has three figures; they follow directly.
            let short = self.word(after);
            (short.len() == 3 && after == at + usize::from(self.is(at, &["of"])))
                .then(|| short.parse().ok())
                .flatten()
        })?;
        let counts = self.words.get(after).is_some_and(|w| w.counts);
        (!counts).then_some((after + 1, year))
    }

    /// `January 2, 2024`, `Jan. 2`, `January 2024`, `January`.
    pub(super) fn month_first(&self, at: usize) -> Read {
        let month = self.month_at(at)?;
        let day_at = at + 1 + usize::from(self.is(at + 1, &["the"]) && day_of(self.word(at + 2)).is_some());
        if let Some(day) = day_of(self.word(day_at)).filter(|_| {
            !self.words[day_at].counts || !self.is(at, &["may", "march"]) || self.is(day_at + 1, &[","])
        }) {
            return match self.year_after(day_at + 1) {
                Some((end, year)) => Some((end, When::Fixed(Period::day(Date::new(year, month, day).ok()?)))),
                None => Date::new(2000, month, day)
                    .ok()
                    .map(|_| (self.part_of_day(day_at + 1), When::MonthDay(month, day))),
            };
        }
        if let Some((end, year)) = self.year_after(at + 1) {
            return Some((end, When::Fixed(Period::month(Date::new(year, month, 1).ok()?))));
        }
        // "May" and "March" alone must stand where a month stands.
        let before = at.checked_sub(1).map_or("", |b| self.word(b));
        let plain = !self.is(
            at,
            &["may", "march", "mar", "jun", "dec", "jan", "oct", "nov", "sep", "apr", "aug", "jul", "feb"],
        ) || matches!(
            before,
            "in" | "since"
                | "by"
                | "until"
                | "till"
                | "last"
                | "next"
                | "this"
                | "of"
                | "from"
                | "during"
                | "late"
                | "early"
                | "mid"
                | "through"
                | "before"
                | "after"
                | "to"
                | "and"
                | "between"
                | "for"
        ) || self.words.len() == 1;
        plain.then_some((at + 1, When::Month(month, Which::Plain)))
    }

    /// `2 January 2024`, `2nd of January`.
    pub(super) fn day_first(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        let day = day_of(self.word(at))?;
        let month_at = at + 1 + usize::from(self.is(at + 1, &["of"]));
        // `2-5 January`
        if self.is(at + 1, &["-", "\u{2013}", "to", "and"])
            && let (Some(last), Some(month)) = (day_of(self.word(at + 2)), self.month_at(at + 3))
        {
            let (end, year) = self.year_after(at + 4).map_or((at + 4, None), |(end, year)| (end, Some(year)));
            let when = |day| match year {
                Some(year) => Date::new(year, month, day).ok().map(|d| When::Fixed(Period::day(d))),
                None => Some(When::MonthDay(month, day)),
            };
            return Some((end, between(when(day)?, when(last)?)));
        }
        let month = self.month_at(month_at)?;
        match self.year_after(month_at + 1) {
            Some((end, year)) => Some((end, When::Fixed(Period::day(Date::new(year, month, day).ok()?)))),
            None => {
                Date::new(2000, month, day).ok()?;
                Some((self.part_of_day(month_at + 1), When::MonthDay(month, day)))
            }
        }
    }

    /// `2024-01-02`, `26/11/2008`, `03/04/2008`.
    fn figures(&self, at: usize) -> Read {
        let word = self.word(at);
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        let [a, b, c] = parts[..] else { return None };
        if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit())) {
            return None;
        }
        let number = |s: &str| s.parse::<i16>().ok();
        let (a, b, year) = if a.len() == 4 {
            (b, c, a)
        } else if c.len() == 4 {
            (a, b, c)
        } else {
            return None;
        };
        let iso = parts[0].len() == 4;
        let (x, y, year) = (number(a)?, number(b)?, number(year)?);
        let date =
            |month: i16, day: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
        let when = match (date(x, y), date(y, x)) {
            (Some(date), _) if iso => When::Fixed(Period::day(date)),
            (Some(a), Some(b)) if a == b => When::Fixed(Period::day(a)),
            (Some(_), Some(_)) => When::Figures(year, i8::try_from(x).ok()?, i8::try_from(y).ok()?),
            (Some(date), None) | (None, Some(date)) => When::Fixed(Period::day(date)),
            (None, None) => return None,
        };
        Some((at + 1, when))
    }

    /// `1960s`, `the sixties`, `'90s`, `19th century`.
    pub(super) fn decade(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        if let Some(century) = ordinal(self.word(at)).filter(|n| (1..=21).contains(n)) {
            let unit = at + 1 + usize::from(self.is(at + 1, &["-", "\u{2013}"]));
            if self.is(unit, &["century", "centuries"]) {
                let from = (century - 1) * 100;
                return Some((unit + 1, When::Fixed(calendar::years(from, from + 99)?)));
            }
            if self.is(at + 1, &["quarter", "half"])
                && self.is(at + 2, &["of"])
                && let Some((end, year)) = self.year_after(at + 3)
            {
                let months = if self.is(at + 1, &["quarter"]) { 3 } else { 6 };
                let first = i8::try_from((century - 1) * months + 1).ok()?;
                let last = first.checked_add(i8::try_from(months).ok()? - 1)?;
                let period = Period::range(
                    Date::new(year, first, 1).ok()?,
                    Date::new(year, last, 1).ok()?.last_of_month(),
                );
                return Some((end, When::Fixed(period)));
            }
        }
        let word = self.word(at).trim_start_matches(['\'', '\u{2019}']);
        const NAMES: [&str; 8] =
            ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
        let ten = match NAMES.iter().position(|n| *n == word) {
            Some(ten) => 1920 + 10 * ten as i16,
            None => {
                let figures = word
                    .strip_suffix("'s")
                    .or_else(|| word.strip_suffix("\u{2019}s"))
                    .or_else(|| word.strip_suffix('s'))?;
                let number: i16 = figures.parse().ok()?;
                match figures.len() {
                    4 if number % 10 == 0 && number >= 1000 => number,
                    2 if number % 10 == 0 && number >= 20 => 1900 + number,
                    _ => return None,
                }
            }
        };
        // 1900s means the century's first decade as often as the whole of it; the words do not say.
        Some((at + 1, When::Fixed(calendar::years(ten, ten + 9)?)))
    }

    /// `today`, `yesterday`, `Christmas`, `recently`.
    pub(super) fn single(&self, at: usize) -> Read {
        let day = |shift| Some((self.part_of_day(at + 1), When::Calendar(Unit::Day, shift)));
        match self.word(at) {
            "today" | "tonight" => day(0),
            "yesterday" => day(-1),
            "tomorrow" => day(1),
            "world" if self.is(at + 1, &["war"]) && self.capital(at) => {
                let (from, to) = match self.word(at + 2) {
                    "i" | "one" | "1" => (Date::new(1914, 7, 28), Date::new(1918, 11, 11)),
                    "ii" | "two" | "2" => (Date::new(1939, 9, 1), Date::new(1945, 9, 2)),
                    _ => return None,
                };
                Some((at + 3, When::Fixed(Period::range(from.ok()?, to.ok()?))))
            }
            "time" if self.is(at + 1, &["of"]) && self.is(at + 2, &["writing"]) => {
                Some((at + 3, When::Calendar(Unit::Day, 0)))
            }
            "recently" | "lately" | "nowadays" => Some((at + 1, When::Vague)),
            "recent" if unit(self.word(at + 1)).is_some() => Some((at + 2, When::Vague)),
            "spring" | "summer" | "autumn" | "fall" | "winter" | "summers" | "winters" | "wintertime"
            | "summertime" => {
                let season = season(self.word(at))?;
                if let Some((end, year)) = self.year_after(at + 1) {
                    // Winters are named after both their years: "winter 2022-23".
                    let both = self.is(end, &["-", "\u{2013}", "/"])
                        && self.word(end + 1).parse() == Ok((year + 1).rem_euclid(100));
                    let end = end + if both { 2 } else { 0 };
                    return Some((end, When::Fixed(calendar::season(season, year)?)));
                }
                // The verbs "fall" and "spring" must not count.
                let before = at.checked_sub(1).map_or("", |b| self.word(b));
                let plain =
                    matches!(self.word(at), "summer" | "autumn" | "winter" | "wintertime" | "summertime")
                        || matches!(before, "in" | "the");
                (plain
                    && (matches!(before, "in" | "the" | "since" | "by" | "until") || self.words.len() <= 2))
                    .then_some((at + 1, When::Season(season, Which::Plain)))
            }
            _ => None,
        }
    }

    /// `Christmas 2019`, `last Easter`, `Halloween last year`, `last year Halloween`.
    fn feast(&self, at: usize) -> Read {
        let years_off = |at: usize| {
            let shift = match self.word(at) {
                "last" => -1,
                "this" => 0,
                "next" => 1,
                _ => return None,
            };
            self.is(at + 1, &["year", "year's"]).then_some(shift)
        };
        let (shift, mut begin) = match years_off(at) {
            Some(shift) => (Some(shift), at + 2),
            None => (None, at),
        };
        begin += usize::from(shift.is_some() && self.is(begin, &["'s", "\u{2019}s"]));
        let which = match self.word(begin) {
            "last" => Which::Last,
            "this" => Which::This,
            "next" => Which::Next,
            _ => Which::Plain,
        };
        begin += usize::from(which != Which::Plain);
        if !self.capital(self.skip_the(begin)) {
            return None;
        }
        let words: Vec<&str> = (begin..begin + feasts::LONGEST).map(|i| self.word(i)).collect();
        let (length, feast) = feasts::named(&words)?;
        let end = begin + length;
        if let Some(shift) = shift {
            return Some((end, When::FeastOfYear(feast, shift)));
        }
        if let Some(shift) = years_off(end) {
            return Some((end + 2, When::FeastOfYear(feast, shift)));
        }
        Some(match self.year_after(end) {
            Some((end, year)) => (end, When::Fixed(Period::day(feast.day(year)?))),
            None => (end, When::Feast(feast, which)),
        })
    }

    /// The second year of a list, in two figures: `1980, 84 and 88`; also alone on its line.
    pub(super) fn short_year(&self, at: usize) -> Read {
        let figures = self.word(at).trim_start_matches(['\'', '\u{2019}']);
        let short: i16 = (figures.len() == 2).then(|| figures.parse().ok())??;
        let free = !self.words[at].counts && unit(self.word(at + 1)).is_none() && !self.is_month(at + 1);
        (free && !self.is(at + 1, &["%", "percent"])).then_some((at + 1, When::ShortYear(short)))
    }

    /// `2016`, `AD 347`, `347 AD`; a figure that counts something is none.
    pub(super) fn year(&self, at: usize) -> Read {
        let era = |word: &str| matches!(word, "ad" | "ce");
        if era(self.word(at))
            && let Ok(year) = self.word(at + 1).parse::<i16>()
        {
            return Some((at + 2, fixed_year(year)?));
        }
        let word = self.word(at);
        if self.is(at + 1, &["bc", "bce"]) {
            return word.parse::<i16>().ok().map(|_| (at + 2, When::Vague));
        }
        if era(self.word(at + 1)) && self.capital(at + 1) {
            return Some((at + 2, fixed_year(word.parse().ok()?)?));
        }
        let alone = self.words.len() == 1 && word.len() == 3;
        let year = year_of(word).or_else(|| alone.then(|| word.parse().ok()).flatten())?;
        let counts = self.words[at].counts
            || self.is(at.wrapping_sub(1), &["$", "no", "\u{20ac}", "\u{a3}"])
            || self.is(at + 1, &["%", "hrs", "gmt"]);
        (!counts).then_some((at + 1, fixed_year(year)?))
    }
}

fn fixed_year(year: i16) -> Option<When> {
    Some(When::Fixed(Period::year(Date::new(year, 1, 1).ok()?)))
}

/// A range from one time to another; an end without a year takes that of the other end.
fn between(a: When, b: When) -> When {
    match (&a, &b) {
        (When::MonthDay(month, day), When::Fixed(p)) if p.precision == Precision::Day => {
            let year = if *month > p.start.month() { p.start.year() - 1 } else { p.start.year() };
            match Date::new(year, *month, *day) {
                Ok(date) => When::Fixed(Period::range(date, p.end)),
                Err(_) => When::Vague,
            }
        }
        (When::Month(month, _), When::Fixed(p)) if p.precision == Precision::Month => {
            let year = if *month > p.start.month() { p.start.year() - 1 } else { p.start.year() };
            match Date::new(year, *month, 1) {
                Ok(date) => When::Fixed(Period::range(date, p.end)),
                Err(_) => When::Vague,
            }
        }
        _ => When::Between(Box::new(a), Box::new(b)),
    }
}
