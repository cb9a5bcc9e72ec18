//! Where a page of a selection ends: a place in the order of events that does not move when events come and go.

use std::cmp::Reverse;
use std::fmt;
use std::str::FromStr;

/// The first day and the id of an event. Our own events stand before imported ones of their day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// ISO 8601; `~` where there is no date, which sorts behind all.
    pub(crate) day: String,
    pub(crate) place: Place,
}

/// The place among the events of a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// Our own, by id.
    Own(String),
    /// Imported, by the record's own number.
    Imported(i64),
}

/// No date.
pub(crate) const UNDATED: &str = "~";

impl Key {
    /// For a query over our own events: all of a day whose key stands behind are left out. With the latest first, no date is
    /// before all.
    pub(crate) fn own(&self, latest_first: bool) -> (&str, &str) {
        let day = if latest_first && self.day == UNDATED { "" } else { self.day.as_str() };
        match &self.place {
            Place::Own(id) => (day, id),
            // Behind every id of our own.
            Place::Imported(_) => (day, "~"),
        }
    }

    /// For a query over imported events, which all have a date.
    pub(crate) fn imported(&self, latest_first: bool) -> (&str, i64) {
        let day = if latest_first && self.day == UNDATED { "" } else { self.day.as_str() };
        match &self.place {
            // Before all imported ones of a day, or with the latest first behind them.
            Place::Own(_) if latest_first => (day, 0),
            Place::Own(_) => (day, -1),
            Place::Imported(number) => (day, *number),
        }
    }

    /// The place in the order of a list.
    pub(crate) fn in_order(&self, latest_first: bool) -> Rank<'_> {
        if latest_first { Rank::Latest(self.day == UNDATED, Reverse(self)) } else { Rank::First(self) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Own(id) => write!(f, "{}.{id}", self.day),
            Place::Imported(number) => write!(f, "{}.n{number}", self.day),
        }
    }
}

/// A place in one of the two orders.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rank<'k> {
    First(&'k Key),
    /// No date comes last in this order as well.
    Latest(bool, Reverse<&'k Key>),
}

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotKey;

impl fmt::Display for NotKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no key of a page: take the one that the page before ends with")
    }
}

impl std::error::Error for NotKey {}

impl FromStr for Key {
    type Err = NotKey;

    fn from_str(text: &str) -> Result<Self, NotKey> {
        let (day, place) = text.split_once('.').ok_or(NotKey)?;
        if day != UNDATED && day.parse::<jiff::civil::Date>().is_err() {
            return Err(NotKey);
        }
        let number = place.strip_prefix('n').and_then(|number| number.parse().ok());
        let place = match number {
            Some(number) => Place::Imported(number),
            None if place.is_empty() || place.starts_with('n') => return Err(NotKey),
            None => Place::Own(place.to_owned()),
        };
        Ok(Key { day: day.to_owned(), place })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn keys_print_as_they_read_and_sort_as_pages_do() {
        let texts =
            ["2018-06-01.3f9a2c81d0-1482", "2018-06-01.n7", "2018-06-01.n12", "2018-06-02.0a", "~.0a"];
        let keys: Vec<Key> = texts.iter().map(|text| text.parse().unwrap()).collect();
        assert!(keys.is_sorted());
        assert_eq!(keys.iter().map(Key::to_string).collect::<Vec<_>>(), texts);
        for wrong in ["", "2018-06-01", "2018-06-01.", "2018-06-01.nx", "June.n7"] {
            assert!(wrong.parse::<Key>().is_err(), "{wrong}");
        }
    }
}
