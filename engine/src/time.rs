//! Civil time as news tells it: a period is never more precise than its words, a stamp never gains a zone.

use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How exactly a text says when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// One calendar day.
    Day,
    /// One ISO week, Monday to Sunday.
    Week,
    /// One month of one year.
    Month,
    /// One year.
    Year,
    /// Anything else: from one day to another.
    Range,
}

/// A stretch of whole days, with the precision that the text gives.
///
/// It prints and serialises as ISO 8601: `2024-01-02`, `2024-W01`, `2023-12`, `2023`, `2016-01-01/2024-01-02`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// First day.
    pub start: Date,
    /// Last day, inclusive.
    pub end: Date,
    /// How exactly the text says it.
    pub precision: Precision,
}

impl Period {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { start: date, end: date, precision: Precision::Day }
    }

    /// The ISO week that holds `date`.
    pub fn week(date: Date) -> Self {
        let start = date.saturating_sub(i64::from(date.weekday().to_monday_zero_offset()).days());
        Self { start, end: start.saturating_add(6.days()), precision: Precision::Week }
    }

    /// The month that holds `date`.
    pub fn month(date: Date) -> Self {
        Self { start: date.first_of_month(), end: date.last_of_month(), precision: Precision::Month }
    }

    /// The year that holds `date`.
    pub fn year(date: Date) -> Self {
        Self { start: date.first_of_year(), end: date.last_of_year(), precision: Precision::Year }
    }

    /// From one day to another, in either order.
    pub fn range(a: Date, b: Date) -> Self {
        if a == b {
            return Self::day(a);
        }
        Self { start: a.min(b), end: a.max(b), precision: Precision::Range }
    }

    /// Whether the two share a day.
    pub fn overlaps(self, other: Period) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// Reads what `Display` prints.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((a, b)) = text.split_once('/') {
            return Some(Self::range(a.parse().ok()?, b.parse().ok()?));
        }
        if let Some((year, week)) = text.split_once("-W") {
            let date = jiff::civil::ISOWeekDate::new(
                year.parse().ok()?,
                week.parse().ok()?,
                jiff::civil::Weekday::Monday,
            );
            return Some(Self::week(date.ok()?.date()));
        }
        match text.len() {
            4 => Some(Self::year(Date::new(text.parse().ok()?, 1, 1).ok()?)),
            7 => Some(Self::month(format!("{text}-01").parse().ok()?)),
            _ => Some(Self::day(text.parse().ok()?)),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.start),
            Precision::Week => {
                let week = self.start.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Precision::Month => write!(f, "{:04}-{:02}", self.start.year(), self.start.month()),
            Precision::Year => write!(f, "{:04}", self.start.year()),
            Precision::Range => write!(f, "{}/{}", self.start, self.end),
        }
    }
}

/// A point in time as a page prints it: a day, perhaps a time of day, perhaps an offset from UTC. Without an offset the
/// time is local to the outlet and stays so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The day.
    pub date: Date,
    /// The time of day, if printed.
    pub time: Option<Time>,
    /// Minutes east of UTC, if printed.
    pub offset: Option<i16>,
}

impl Stamp {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }

    /// Reads ISO 8601 / RFC 3339 (`2024-01-02`, `2024-01-02T21:02`, `2024-01-02 21:02:05.123+05:00`, `…Z`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let date: Date = text.get(..10)?.parse().ok()?;
        let rest = text.get(10..)?;
        if rest.is_empty() {
            return Some(Self::day(date));
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?.trim();
        let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => (rest[..at].trim(), Some(parse_offset(&rest[at..])?)),
            None => (rest, None),
        };
        Some(Self { date, time: Some(clock.parse().ok()?), offset })
    }
}

/// `Z`, `+05:00`, `+0500`, `-03` in minutes.
fn parse_offset(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        2 => (digits.parse::<i16>().ok()?, 0),
        4 => (digits.get(..2)?.parse::<i16>().ok()?, digits.get(2..)?.parse::<i16>().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}", time.hour(), time.minute())?;
        if time.second() != 0 {
            write!(f, ":{:02}", time.second())?;
        }
        match self.offset {
            None => Ok(()),
            Some(0) => write!(f, "Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        }
    }
}

macro_rules! serde_as_iso {
    ($type:ty) => {
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                <$type>::parse(&text)
                    .ok_or_else(|| serde::de::Error::custom(format!("not ISO 8601: {text:?}")))
            }
        }
    };
}
serde_as_iso!(Period);
serde_as_iso!(Stamp);

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_print_and_read_back() {
        for (period, iso) in [
            (Period::day(date(2024, 1, 2)), "2024-01-02"),
            (Period::week(date(2024, 1, 2)), "2024-W01"),
            (Period::month(date(2023, 12, 9)), "2023-12"),
            (Period::year(date(2023, 12, 9)), "2023"),
            (Period::range(date(2024, 1, 2), date(2016, 1, 1)), "2016-01-01/2024-01-02"),
        ] {
            assert_eq!(period.to_string(), iso);
            assert_eq!(Period::parse(iso), Some(period));
        }
        assert_eq!(Period::parse("2024-13"), None);
        assert_eq!(Period::parse("later"), None);
    }

    #[test]
    fn stamps_keep_local_time_local() {
        for (given, iso) in [
            ("2024-01-02", "2024-01-02"),
            ("2024-01-02 21:02", "2024-01-02T21:02"),
            ("2024-01-02T21:02:00Z", "2024-01-02T21:02Z"),
            ("2024-01-02T21:02:07.500+0530", "2024-01-02T21:02:07+05:30"),
            ("2023-04-28 17:40:08+00:00", "2023-04-28T17:40:08Z"),
        ] {
            assert_eq!(Stamp::parse(given).map(|s| s.to_string()).as_deref(), Some(iso));
        }
        for wrong in
            ["", "2024-01-02T", "2024-01-02T25:00", "2024-01-02T21:02+99:00", "2 January 2024", "2024-01-0é"]
        {
            assert_eq!(Stamp::parse(wrong), None, "{wrong:?}");
        }
    }
}
