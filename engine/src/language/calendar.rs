//! The calendar: turns what words say of a time into days, against the date of the article.

use jiff::civil::{Date, Weekday};

use crate::time::{Period, Precision};

use super::document::Order;
use super::feasts::Feast;

/// Units in which texts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Which of several: `last Tuesday`, `next month`, or plain `Tuesday`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Plain,
    Last,
    This,
    Next,
}

/// Where the sentence looks: its verb is past, or to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    Past,
    Future,
    Unknown,
}

/// The part of a month, year or decade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Early,
    Middle,
    Late,
}

/// What words say of a time, before it is settled.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum When {
    /// Settled by itself.
    Fixed(Period),
    MonthDay(i8, i8),
    /// `03/04/2008`: year, and two figures of which either can be the month.
    Figures(i16, i8, i8),
    /// The last two figures of a year that follows another one.
    ShortYear(i16),
    Feast(Feast, Which),
    /// `Halloween last year` is (Halloween, -1).
    FeastOfYear(Feast, i16),
    Month(i8, Which),
    Season(Season, Which),
    Weekday(Weekday, Which),
    /// `Tuesday last week` is (Tuesday, -1).
    DayOfWeek(Weekday, i32),
    /// `the Tuesday before`, counted from the time told before.
    WeekdayBefore(Weekday),
    /// `last week` is (Week, -1).
    Calendar(Unit, i32),
    /// `two weeks ago` is (Week, -2).
    Ago(Unit, i32),
    /// `the past three years` is (Year, -3), `the next two days` (Day, 2).
    Stretch(Unit, i32),
    /// The same against the time told before: `two days later`.
    Then(Unit, i32),
    Partly(Part, Box<When>),
    /// From the beginning of it to the date of the article.
    Since(Box<When>),
    Between(Box<When>, Box<When>),
    /// Days after (or before) a time that is named with it.
    Off(Unit, i32, Box<When>),
    /// Words of time that give no period.
    Vague,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What settles the open ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bearings {
    pub(crate) anchor: Option<Date>,
    pub(crate) lean: Lean,
    /// The period told last.
    pub(crate) told: Option<Period>,
    /// Whether day or month stands first in figures.
    pub(crate) order: Option<Order>,
    /// The year in which an account far from the article's date stands.
    pub(crate) year: Option<i16>,
}

impl Season {
    /// The season that begins in `year` (winter runs into the next).
    fn of(self, year: i16) -> Option<Period> {
        let (from, to, years) = match self {
            Self::Spring => (3, 5, 0),
            Self::Summer => (6, 8, 0),
            Self::Autumn => (9, 11, 0),
            Self::Winter => (12, 2, 1),
        };
        let end = Date::new(year.checked_add(years)?, to, 1).ok()?.last_of_month();
        Some(Period::range(Date::new(year, from, 1).ok()?, end))
    }
}

/// The season of a named year: all months that it touches, whether it is reckoned by the weather or by the sun, since
/// the words do not say which (GUM's annotators have June to September too).
pub(crate) fn season(season: Season, year: i16) -> Option<Period> {
    let by_weather = season.of(year)?;
    let end = by_weather.end.checked_add(jiff::Span::new().days(1)).ok()?.last_of_month();
    Some(Period::range(by_weather.start, end))
}

/// A decade, century or other stretch of whole years, both included.
pub(crate) fn years(from: i16, to: i16) -> Option<Period> {
    Some(Period::range(Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?))
}

impl When {
    /// The days meant, if the bearings settle them.
    pub(crate) fn settle(&self, at: &Bearings) -> Option<Period> {
        match self {
            Self::Fixed(period) => Some(*period),
            Self::MonthDay(month, day) => {
                if let Some(year) = at.year {
                    return Some(Period::day(Date::new(year, *month, *day).ok()?));
                }
                let anchor = at.anchor?;
                let days =
                    (-4..=4).filter_map(|y| Date::new(anchor.year().checked_add(y)?, *month, *day).ok());
                nearest(days, anchor, at.lean, |d| *d).map(Period::day)
            }
            Self::Figures(year, a, b) => {
                let (day_first, month_first) =
                    (Date::new(*year, *b, *a).ok()?, Date::new(*year, *a, *b).ok()?);
                let behind = |date: Date| at.lean == Lean::Past && at.anchor.is_some_and(|a| date <= a);
                match at.order {
                    Some(Order::DayFirst) => Some(Period::day(day_first)),
                    Some(Order::MonthFirst) => Some(Period::day(month_first)),
                    // What was cannot lie ahead of the telling.
                    None if behind(day_first) && !behind(month_first) => Some(Period::day(day_first)),
                    None if behind(month_first) && !behind(day_first) => Some(Period::day(month_first)),
                    None => None,
                }
            }
            Self::ShortYear(short) => {
                let year = at.told?.start.year().div_euclid(100).checked_mul(100)?.checked_add(*short)?;
                let ahead = at.anchor.is_some_and(|a| year > a.year());
                Some(Period::year(Date::new(if ahead { year - 100 } else { year }, 1, 1).ok()?))
            }
            Self::Feast(feast, which) => {
                if let (Some(year), Which::Plain) = (at.year, which) {
                    return feast.day(year).map(Period::day);
                }
                let anchor = at.anchor?;
                let mut days = (-1..=1).filter_map(|y| feast.day(anchor.year().checked_add(y)?));
                let found = match which {
                    Which::Plain => nearest(days, anchor, at.lean, |d| *d),
                    Which::Last => days.filter(|d| *d < anchor).max(),
                    Which::Next => days.filter(|d| *d > anchor).min(),
                    Which::This => days.find(|d| d.year() == anchor.year()),
                };
                found.map(Period::day)
            }
            Self::FeastOfYear(feast, shift) => {
                feast.day(at.anchor?.year().checked_add(*shift)?).map(Period::day)
            }
            Self::Month(month, which) => {
                if let (Some(year), Which::Plain) = (at.year, which) {
                    return Some(Period::month(Date::new(year, *month, 1).ok()?));
                }
                let anchor = at.anchor?;
                let this = anchor.first_of_month();
                let months =
                    (-2..=2).filter_map(|y| Date::new(anchor.year().checked_add(y)?, *month, 1).ok());
                let found = match which {
                    Which::Plain => nearest(months, this, at.lean, |d| *d),
                    Which::Last => months.filter(|d| *d < this).max(),
                    Which::Next => months.filter(|d| *d > this).min(),
                    Which::This => Date::new(anchor.year(), *month, 1).ok(),
                };
                found.map(Period::month)
            }
            Self::Season(season, which) => {
                let anchor = at.anchor?;
                let seasons = (-2..=2).filter_map(|y| season.of(anchor.year().checked_add(y)?));
                match which {
                    Which::Last => seasons.filter(|p| p.end < anchor).max_by_key(|p| p.start),
                    Which::Next => seasons.filter(|p| p.start > anchor).min_by_key(|p| p.start),
                    Which::Plain | Which::This => seasons.min_by_key(|p| days_between(anchor, *p)),
                }
            }
            Self::Weekday(weekday, which) => {
                let anchor = at.anchor?;
                let back = i64::from(anchor.weekday().since(*weekday));
                let ahead = i64::from(weekday.since(anchor.weekday()));
                let days = match (which, at.lean) {
                    (Which::Last, _) => -(if back == 0 { 7 } else { back }),
                    (Which::Next, _) => {
                        if ahead == 0 {
                            7
                        } else {
                            ahead
                        }
                    }
                    (Which::This, Lean::Future) | (Which::Plain, Lean::Future) => ahead,
                    (Which::This, Lean::Unknown) => {
                        let monday = i64::from(anchor.weekday().to_monday_zero_offset());
                        i64::from(weekday.to_monday_zero_offset()) - monday
                    }
                    _ => -back,
                };
                Some(Period::day(plus_days(anchor, days)?))
            }
            Self::DayOfWeek(weekday, shift) => {
                let week = calendar(Unit::Week, *shift, at.anchor?)?;
                Some(Period::day(plus_days(week.start, i64::from(weekday.to_monday_zero_offset()))?))
            }
            Self::WeekdayBefore(weekday) => {
                let told = at.told.filter(|told| told.precision == Precision::Day).map(|told| told.start);
                let from = told.or(at.anchor)?;
                let back = i64::from(from.weekday().since(*weekday));
                Some(Period::day(plus_days(from, -(if back == 0 { 7 } else { back }))?))
            }
            Self::Calendar(unit, shift) => calendar(*unit, *shift, at.anchor?),
            Self::Ago(unit, shift) => shifted(*unit, *shift, at.anchor?),
            Self::Stretch(unit, shift) => stretch(*unit, *shift, at.anchor?),
            Self::Then(unit, shift) => {
                let told = at.told?;
                match unit {
                    Unit::Day | Unit::Week if told.precision != Precision::Day => None,
                    Unit::Day if *shift == 0 => Some(told),
                    Unit::Year => {
                        let year = told.start.year().checked_add(i16::try_from(*shift).ok()?)?;
                        Some(Period::year(Date::new(year, 1, 1).ok()?))
                    }
                    unit => shifted(*unit, *shift, told.start),
                }
            }
            Self::Partly(part, whole) => partly(*part, whole.settle(at)?),
            Self::Since(from) => {
                let from = from.settle(&Bearings { lean: Lean::Past, ..*at })?;
                let to = at.anchor?;
                (from.start <= to).then(|| Period::range(from.start, to))
            }
            Self::Between(a, b) => {
                let (a, b) = (a.settle(at)?, b.settle(at)?);
                (a.start <= b.end).then(|| Period::range(a.start, b.end))
            }
            Self::Off(unit, shift, base) => {
                let base = base.settle(at)?;
                let fine = base.precision == Precision::Day || matches!(unit, Unit::Year | Unit::Month);
                fine.then(|| shifted(*unit, *shift, base.start)).flatten()
            }
            Self::Vague => None,
        }
    }
}

fn days_between(anchor: Date, period: Period) -> i32 {
    if period.start <= anchor && anchor <= period.end {
        return 0;
    }
    let days = |a: Date, b: Date| (a - b).get_days().abs();
    days(anchor, period.start).min(days(anchor, period.end))
}

fn plus_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

fn plus_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_months(months).ok()?).ok()
}

/// The one of `dates` that a text written on `anchor` means: not later where it tells what was, not earlier where it
/// tells what will be, else the closest.
fn nearest(
    dates: impl Iterator<Item = Date>,
    anchor: Date,
    lean: Lean,
    key: impl Fn(&Date) -> Date,
) -> Option<Date> {
    match lean {
        Lean::Past => dates.filter(|d| key(d) <= anchor).max(),
        Lean::Future => dates.filter(|d| key(d) >= anchor).min(),
        // The article's own year needs no saying; another one must be clearly closer.
        Lean::Unknown => dates.min_by_key(|d| {
            let days = (key(d) - anchor).get_days().abs();
            (if d.year() == anchor.year() { days * 3 } else { days * 4 }, *d > anchor)
        }),
    }
}

/// The calendar's own unit that holds the anchor, `shift` units on.
fn calendar(unit: Unit, shift: i32, anchor: Date) -> Option<Period> {
    let n = i64::from(shift);
    Some(match unit {
        Unit::Day => Period::day(plus_days(anchor, n)?),
        Unit::Week => Period::week(plus_days(anchor, 7 * n)?),
        Unit::Weekend => {
            let monday = Period::week(anchor).start;
            let saturday = plus_days(monday, 5 + 7 * n)?;
            Period::range(saturday, plus_days(saturday, 1)?)
        }
        Unit::Month => Period::month(plus_months(anchor.first_of_month(), n)?),
        Unit::Quarter => {
            let first = Date::new(anchor.year(), (anchor.month() - 1) / 3 * 3 + 1, 1).ok()?;
            let first = plus_months(first, 3 * n)?;
            Period::range(first, plus_months(first, 2)?.last_of_month())
        }
        Unit::Year => Period::year(plus_months(anchor.first_of_year(), 12 * n)?),
        Unit::Decade | Unit::Century => {
            let length: i16 = if unit == Unit::Decade { 10 } else { 100 };
            let from = (anchor.year().div_euclid(length))
                .checked_add(i16::try_from(shift).ok()?)?
                .checked_mul(length)?;
            years(from, from.checked_add(length - 1)?)?
        }
    })
}

/// The time `shift` units from `base`, as exact as the unit.
fn shifted(unit: Unit, shift: i32, base: Date) -> Option<Period> {
    let n = i64::from(shift);
    Some(match unit {
        Unit::Day => Period::day(plus_days(base, n)?),
        Unit::Week | Unit::Weekend => Period::week(plus_days(base, 7 * n)?),
        Unit::Month => Period::month(plus_months(base.first_of_month(), n)?),
        Unit::Quarter => Period::month(plus_months(base.first_of_month(), 3 * n)?),
        Unit::Year => Period::year(plus_months(base.first_of_year(), 12 * n)?),
        Unit::Decade => Period::year(plus_months(base.first_of_year(), 120 * n)?),
        Unit::Century => Period::year(plus_months(base.first_of_year(), 1200 * n)?),
    })
}

/// From the anchor back, or on, by `shift` units.
fn stretch(unit: Unit, shift: i32, anchor: Date) -> Option<Period> {
    let n = i64::from(shift);
    let other = match unit {
        Unit::Day => plus_days(anchor, n)?,
        Unit::Week | Unit::Weekend => plus_days(anchor, 7 * n)?,
        Unit::Month => plus_months(anchor, n)?,
        Unit::Quarter => plus_months(anchor, 3 * n)?,
        Unit::Year => plus_months(anchor, 12 * n)?,
        Unit::Decade => plus_months(anchor, 120 * n)?,
        Unit::Century => plus_months(anchor, 1200 * n)?,
    };
    Some(Period::range(other, anchor))
}

/// The early, middle or late part of a period: halves that meet, of months and decades; thirds of all else.
fn partly(part: Part, whole: Period) -> Option<Period> {
    let days = i64::from((whole.end - whole.start).get_days());
    if days < 6 {
        return Some(whole);
    }
    let (first, last) = (whole.start.year(), whole.end.year());
    Some(match whole.precision {
        Precision::Month => {
            let day = |d: i8| Date::new(first, whole.start.month(), d).ok();
            match part {
                Part::Early => Period::range(whole.start, day(15)?),
                Part::Middle => Period::range(day(10)?, day(20)?),
                Part::Late => Period::range(day(15)?, whole.end),
            }
        }
        Precision::Year => {
            let month = |m: i8| Date::new(first, m, 1).ok();
            match part {
                Part::Early => Period::range(whole.start, month(4)?.last_of_month()),
                Part::Middle => Period::range(month(5)?, month(8)?.last_of_month()),
                Part::Late => Period::range(month(9)?, whole.end),
            }
        }
        Precision::Range if whole == years(first, last)? => match (part, last - first + 1) {
            (Part::Early, 10) => years(first, first + 5)?,
            (Part::Middle, 10) => years(first + 3, first + 7)?,
            (Part::Late, 10) => years(first + 5, last)?,
            (Part::Early, count) => years(first, first + count / 3)?,
            (Part::Middle, count) => years(first + count / 3, last - count / 3)?,
            (Part::Late, count) => years(last - count / 3, last)?,
        },
        _ => {
            let at = |share: i64| plus_days(whole.start, days * share / 3);
            match part {
                Part::Early => Period::range(whole.start, at(1)?),
                Part::Middle => Period::range(at(1)?, at(2)?),
                Part::Late => Period::range(at(2)?, whole.end),
            }
        }
    })
}
