//! Times: turns the words of a sentence into time expressions with values. A value is never more exact than its words.

use jiff::civil::{Date, Weekday};

use crate::text::Span;
use crate::time::{Period, Precision};

use super::calendar::{self, Bearings, Lean, Part, Unit, When, Which};
use super::document::TimeExpression;
use super::numerals::{cardinal, day_of, ordinal, season, unit, year_of};

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
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory {
    told: Option<Period>,
    /// A year that was written out or taken over, and how many sentences ago.
    year: Option<(i16, usize)>,
}

impl Memory {
    /// The time expressions of the next sentence.
    pub(crate) fn read(&mut self, words: &[Word], anchor: Option<Date>) -> Vec<TimeExpression> {
        let mut found = Vec::new();
        let reader = Reader { words };
        let mut at = 0;
        while at < words.len() {
            let Some((end, when)) = reader.expression(at) else {
                at += 1;
                continue;
            };
            // News leaves the year out only near its own date; an account of long ago goes on in its year.
            let year = self.year.filter(|(year, age)| {
                *age <= MEMORY
                    && anchor.is_none_or(|a| (a.year() - year).abs() > LONG_AGO)
                    && words[at].lean != Lean::Future
            });
            let bearings =
                Bearings { anchor, lean: words[at].lean, told: self.told, year: year.map(|y| y.0) };
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
            at = end;
        }
        if let Some((_, age)) = &mut self.year {
            *age += 1;
        }
        found
    }
}

/// Sentences for which a year is remembered.
const MEMORY: usize = 6;
/// Years between an account and its telling from which a date without a year goes on in the account's year.
const LONG_AGO: i16 = 40;

type Read = Option<(usize, When)>;

struct Reader<'w> {
    words: &'w [Word],
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |w| &w.lower)
    }

    fn is(&self, at: usize, any: &[&str]) -> bool {
        any.contains(&self.word(at))
    }

    fn capital(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|w| w.capital)
    }

    /// The longest expression that begins at `at`.
    fn expression(&self, at: usize) -> Read {
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

    fn skip_the(&self, at: usize) -> usize {
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
    fn point(&self, at: usize) -> Read {
        self.weekday(at)
            .or_else(|| self.month_first(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.figures(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.partly(at))
            .or_else(|| self.determined(at))
            .or_else(|| self.counted(at))
            .or_else(|| self.single(at))
            .or_else(|| self.year(at))
    }

    /// `Tuesday`, `Tuesday night`, `Tuesday, January 2, 2024`, `Tuesday last week`.
    fn weekday(&self, at: usize) -> Read {
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
        Some((self.part_of_day(at + 1), When::Weekday(weekday, Which::Plain)))
    }

    fn part_of_day(&self, at: usize) -> usize {
        at + usize::from(
            self.is(
                at,
                &["morning", "afternoon", "evening", "night", "midnight", "noon", "midday", "lunchtime"],
            ),
        )
    }

    fn weekday_at(&self, at: usize) -> Option<Weekday> {
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

    fn month_at(&self, at: usize) -> Option<i8> {
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
    fn month_first(&self, at: usize) -> Read {
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
    fn day_first(&self, at: usize) -> Read {
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

    /// `2024-01-02`, `26/11/2008`; where day and month could be either, no value.
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
            (Some(_), Some(_)) => When::Vague,
            (Some(date), None) | (None, Some(date)) => When::Fixed(Period::day(date)),
            (None, None) => return None,
        };
        Some((at + 1, when))
    }

    /// `1960s`, `the sixties`, `'90s`, `19th century`.
    fn decade(&self, at: usize) -> Read {
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

    /// `early January`, `mid-1990s`, `late last year`, `earlier this week`.
    fn partly(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        let (word, glued) = match self.word(at).split_once('-') {
            Some(("mid", rest)) => ("mid", Some(rest)),
            _ => (self.word(at), None),
        };
        let part = match word {
            "early" => Part::Early,
            "mid" => Part::Middle,
            "late" => Part::Late,
            "earlier" | "later" => {
                // The part is as open as the words: the whole period stands.
                let (end, when) = self
                    .determined(at + 1)
                    .or_else(|| self.month_first(at + 2).filter(|_| self.is(at + 1, &["in"])))?;
                return matches!(when, When::Calendar(..) | When::Month(..)).then_some((end, when));
            }
            _ => return None,
        };
        if let Some(rest) = glued {
            let words = vec![Word { lower: rest.to_owned(), capital: true, ..self.words[at].clone() }];
            let mut words = words;
            words.extend_from_slice(
                self.words.get(at + 1..(at + 4).min(self.words.len())).unwrap_or_default(),
            );
            let (end, when) = Reader { words: &words }.point(0)?;
            return Some((at + end, When::Partly(part, Box::new(when))));
        }
        let next = at + 1 + usize::from(self.is(at + 1, &["-", "in", "on"]));
        let next = self.skip_the(next);
        let (end, when) = self
            .month_first(next)
            .or_else(|| self.decade(next))
            .or_else(|| self.determined(next))
            .or_else(|| self.year(next))
            .or_else(|| self.single(next))?;
        Some((end, When::Partly(part, Box::new(when))))
    }

    /// `last week`, `this month`, `next Tuesday`, `the past three years`, `that day`, `the following morning`.
    fn determined(&self, at: usize) -> Read {
        let at = self.skip_the(at);
        let mut unit_at = at + 1;
        let mut which = match self.word(at) {
            "last" | "past" | "previous" | "preceding" => Which::Last,
            "this" | "current" => Which::This,
            "next" | "coming" | "upcoming" => Which::Next,
            "same" | "that" | "following" => Which::Plain,
            _ => return None,
        };
        let determiner = self.word(at);
        if determiner == "this" && self.is(at + 1, &["past", "coming", "same"]) {
            which = if self.is(at + 1, &["past"]) { Which::Last } else { Which::Next };
            unit_at += 1;
        }
        if determiner == "that" && self.is(at + 1, &["same"]) {
            unit_at += 1;
        }
        // Fillers of speech.
        unit_at += usize::from(self.is(unit_at, &["uh", "um"]));
        let then = matches!(determiner, "same" | "that" | "following" | "previous" | "preceding");
        let the_next = determiner == "next" && at > 0 && self.is(at - 1, &["the"]);
        if let Some(day) = self.weekday_at(unit_at) {
            let which = if then { Which::Plain } else { which };
            return Some((self.part_of_day(unit_at + 1), When::Weekday(day, which)));
        }
        if let Some(month) = self.month_at(unit_at) {
            return Some((unit_at + 1, When::Month(month, if then { Which::Plain } else { which })));
        }
        if let Some(season) = season(self.word(unit_at)) {
            return Some((unit_at + 1, When::Season(season, which)));
        }
        if self.is(unit_at, &["morning", "afternoon", "evening", "night"]) {
            return match (which, then) {
                (Which::This, _) => Some((unit_at + 1, When::Calendar(Unit::Day, 0))),
                (Which::Last, false) if self.is(unit_at, &["night", "evening"]) => {
                    Some((unit_at + 1, When::Calendar(Unit::Day, -1)))
                }
                (Which::Next, _) => Some((unit_at + 1, When::Then(Unit::Day, 1))),
                (Which::Plain, _) => {
                    Some((unit_at + 1, When::Then(Unit::Day, i32::from(determiner == "following"))))
                }
                _ => None,
            };
        }
        if let Some(unit) = unit(self.word(unit_at)) {
            let single = !self.word(unit_at).ends_with('s') || self.is(unit_at, &["s"]);
            let shift = match which {
                Which::Last => -1,
                Which::This => 0,
                Which::Next => 1,
                Which::Plain => i32::from(determiner == "following"),
            };
            if !single {
                // "the past years": how many is not said.
                return (which != Which::Plain && which != Which::This).then_some((unit_at + 1, When::Vague));
            }
            let when = match unit {
                Unit::Day if which == Which::This => When::Calendar(unit, 0),
                _ if then => When::Then(unit, shift),
                Unit::Day if the_next => When::Then(unit, 1),
                Unit::Day => return None,
                Unit::Decade | Unit::Century if determiner == "past" || determiner == "last" => {
                    if unit == Unit::Century { When::Calendar(unit, -1) } else { When::Stretch(unit, -1) }
                }
                unit => When::Calendar(unit, shift),
            };
            return Some((unit_at + 1, when));
        }
        // Numbers: the past three years.
        let (number_end, number) = self.number(unit_at)?;
        let unit = unit(self.word(number_end))?;
        match (which, number) {
            (Which::Last, Some(n)) => Some((number_end + 1, When::Stretch(unit, -n))),
            (Which::Next, Some(n)) => Some((number_end + 1, When::Stretch(unit, n))),
            (Which::Last | Which::Next, None) => Some((number_end + 1, When::Vague)),
            _ => None,
        }
    }

    /// `two days ago`, `a week later`, `three days before the 26 November attack`, `for years`.
    fn counted(&self, at: usize) -> Read {
        if self.is(at, &["the", "a", "an"])
            && self.is(at + 1, &["day", "night", "week", "month", "year"])
            && self.is(at + 2, &["before", "after", "earlier", "later"])
        {
            let unit = if self.is(at + 1, &["night"]) { Unit::Day } else { unit(self.word(at + 1))? };
            return self.shift(at + 2, unit, Some(1));
        }
        let start = at
            + usize::from(
                self.is(at, &["nearly", "almost", "about", "some", "over", "around", "just", "only"]),
            );
        let (end, number) = self.number(start)?;
        let unit_at = end
            + if self.is(end, &["and"]) && self.is(end + 1, &["a"]) && self.is(end + 2, &["half"]) {
                3
            } else {
                0
            };
        let unit = unit(self.word(unit_at))?;
        self.shift(unit_at + 1, unit, number)
    }

    fn shift(&self, at: usize, unit: Unit, number: Option<i32>) -> Read {
        let sign = match self.word(at) {
            "ago" => return Some((at + 1, number.map_or(When::Vague, |n| When::Ago(unit, -n)))),
            "earlier" | "before" | "previously" | "prior" => -1,
            "later" | "after" | "afterwards" | "hence" => 1,
            _ => return None,
        };
        // The time that it counts from may be named within the next few words.
        for from in at + 1..(at + 5).min(self.words.len()) {
            if let Some((end, base)) =
                self.month_first(from).or_else(|| self.day_first(from)).or_else(|| self.weekday(from))
            {
                let day = matches!(base, When::MonthDay(..) | When::Weekday(..) | When::Fixed(_));
                if let (true, Some(n)) = (day, number) {
                    return Some((end, When::Off(unit, sign * n, Box::new(base))));
                }
            }
            if self.is(from, &[",", ".", ";"]) {
                break;
            }
        }
        Some((at + 1, number.map_or(When::Vague, |n| When::Then(unit, sign * n))))
    }

    /// A number in figures or words: where it ends, and its value if it is exact.
    fn number(&self, at: usize) -> Option<(usize, Option<i32>)> {
        let word = self.word(at);
        if self.is(at, &["a", "the"]) && self.is(at + 1, &["few", "couple", "number"])
            || self.is(at, &["few", "several", "many", "some"])
        {
            let end = at + 1 + usize::from(self.is(at, &["a", "the"]));
            let couple = self.is(end - 1, &["couple"]);
            return Some((end + usize::from(self.is(end, &["of"])), couple.then_some(2)));
        }
        if let Ok(n) = word.replace(',', "").parse::<i32>() {
            return (0..100_000).contains(&n).then_some((at + 1, Some(n)));
        }
        let n = cardinal(word)?;
        if n >= 20
            && n % 10 == 0
            && self.is(at + 1, &["-"])
            && let Some(ones) = cardinal(self.word(at + 2)).filter(|o| *o < 10)
        {
            return Some((at + 3, Some(n + ones)));
        }
        Some((at + 1, Some(n)))
    }

    /// `today`, `yesterday`, `Christmas`, `recently`.
    fn single(&self, at: usize) -> Read {
        let day = |shift| Some((self.part_of_day(at + 1), When::Calendar(Unit::Day, shift)));
        match self.word(at) {
            "today" | "tonight" => day(0),
            "yesterday" => day(-1),
            "tomorrow" => day(1),
            "christmas" => {
                let eve = self.is(at + 1, &["eve"]);
                let end = at + 1 + usize::from(self.is(at + 1, &["eve", "day"]));
                self.feast(end, 12, if eve { 24 } else { 25 })
            }
            "world" if self.is(at + 1, &["war"]) && self.capital(at) => {
                let (from, to) = match self.word(at + 2) {
                    "i" | "one" | "1" => (Date::new(1914, 7, 28), Date::new(1918, 11, 11)),
                    "ii" | "two" | "2" => (Date::new(1939, 9, 1), Date::new(1945, 9, 2)),
                    _ => return None,
                };
                Some((at + 3, When::Fixed(Period::range(from.ok()?, to.ok()?))))
            }
            "halloween" => self.feast(at + 1, 10, 31),
            "recently" | "lately" | "nowadays" => Some((at + 1, When::Vague)),
            "recent" if unit(self.word(at + 1)).is_some() => Some((at + 2, When::Vague)),
            "spring" | "summer" | "autumn" | "fall" | "winter" | "summers" | "winters" | "wintertime"
            | "summertime" => {
                let season = season(self.word(at))?;
                if let Some((end, year)) = self.year_after(at + 1) {
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

    fn feast(&self, end: usize, month: i8, day: i8) -> Read {
        Some(match self.year_after(end) {
            Some((end, year)) => (end, When::Fixed(Period::day(Date::new(year, month, day).ok()?))),
            None => (end, When::MonthDay(month, day)),
        })
    }

    /// `2016`, `AD 347`, `347 AD`; a figure that counts something is none.
    fn year(&self, at: usize) -> Read {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::tokens;
    use jiff::civil::date;

    /// What is read in `text` on Tuesday, 2 January 2024.
    fn read(text: &str, lean: Lean) -> Vec<(String, String)> {
        let mut memory = Memory::default();
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
            .read(&words, Some(date(2024, 1, 2)))
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
                ("yesterday", "yesterday", "2024-01-01"),
                ("for several years ago", "several years ago", "-"),
                ("the third quarter of 2023", "the third quarter of 2023", "2023-07-01/2023-09-30"),
                ("the second of May", "May", "2023-05"),
                ("in late November", "late November", "2023-11-15/2023-11-30"),
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
            ],
        );
        assert_eq!(read("You may march on; the sun fell.", Lean::Past), []);
    }
}
