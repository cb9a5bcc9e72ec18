//! What is asked of a dyad, and why a question cannot be answered.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::actors::Sector;
use crate::series::cameo::Cameo;
use crate::series::dyad::{Sides, State};

/// A question about the momentum between two sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The last day that counts.
    pub on: Date,
    /// Days of the recent window, `on` among them.
    pub window: i32,
    /// Days of the baseline, which ends where the window begins.
    pub baseline: i32,
    /// Kinds of events to leave out, on both axes.
    #[serde(skip_serializing_if = "Roots::is_empty", default)]
    pub without: Roots,
    /// Only events that one of these outlets told; all where empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub outlets: Vec<String>,
    /// Only events that raise one of these issues; all where empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub issues: Vec<String>,
    /// Whose acts are asked about.
    #[serde(default)]
    pub acts: Acts,
    /// Only events between the sides in which one of these sectors takes part for the first side; all where empty.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub first_sectors: Vec<Sector>,
    /// The same for the second side.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub second_sectors: Vec<Sector>,
    /// First and last day of the record, where the observations at hand are only a selection from it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<(Date, Date)>,
}

impl Question {
    /// The default question on a day: 90 days against the 365 before, all events, both directions.
    pub fn on(date: Date) -> Self {
        Self {
            on: date,
            window: 90,
            baseline: 365,
            without: Roots::default(),
            outlets: Vec::new(),
            issues: Vec::new(),
            acts: Acts::Both,
            first_sectors: Vec::new(),
            second_sectors: Vec::new(),
            record: None,
        }
    }

    /// First day of the baseline.
    pub fn begins(&self) -> Date {
        let days = (i64::from(self.window) + i64::from(self.baseline) - 1).clamp(0, 2 * i64::from(LONGEST));
        days_before(self.on, days as i32)
    }

    /// Whether the windows have a length that can be counted.
    pub(in crate::series) fn check_windows(&self) -> Result<(), Asked> {
        for (name, days) in [("window", self.window), ("baseline", self.baseline)] {
            if days <= 0 || days > LONGEST {
                return Err(Asked::Days { name, days });
            }
        }
        Ok(())
    }

    /// Whether the sides can be told apart.
    pub(in crate::series) fn check_sides(&self, sides: &Sides) -> Result<(), Asked> {
        for side in [&sides.first, &sides.second] {
            if side.states.is_empty() {
                return Err(Asked::Nobody { side: side.name.clone() });
            }
        }
        match sides.shared() {
            shared if shared.is_empty() => Ok(()),
            shared => Err(Asked::Identical { shared }),
        }
    }

    /// Whether the record, which reaches from `first` to `last`, has a day in the recent window.
    pub(in crate::series) fn check_record(&self, first: Date, last: Date) -> Result<(), Asked> {
        let (first, last) = self.record.unwrap_or((first, last));
        let begins = days_before(self.on, self.window - 1);
        if self.on < first || begins > last {
            return Err(Asked::OutsideRecord { on: self.on, first, last });
        }
        Ok(())
    }
}

/// The longest window, in days: a hundred years.
pub(in crate::series) const LONGEST: i32 = 36_525;

/// The day that lies `days` before `date`; the calendar's first where there is none.
pub(in crate::series) fn days_before(date: Date, days: i32) -> Date {
    date.saturating_sub(jiff::Span::new().days(days))
}

/// Whose acts are asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acts {
    /// Both sides'.
    #[default]
    Both,
    /// What the first side does towards the second, alone or with it.
    First,
    /// What the second side does towards the first, alone or with it.
    Second,
}

/// A set of CAMEO roots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<u8>", into = "Vec<u8>")]
pub struct Roots(u32);

impl Roots {
    /// The same set with one more root; roots outside 1–20 change nothing.
    #[must_use]
    pub fn with(self, root: u8) -> Self {
        Self(if (1..=20).contains(&root) { self.0 | 1 << root } else { self.0 })
    }

    /// The roots that people mean by a PLOVER type (`CONSULT`) or by a CAMEO root (`04`); none where it is neither.
    pub fn named(name: &str) -> Option<Self> {
        if name.eq_ignore_ascii_case("ASSAULT") {
            return Some(Self::default().with(18).with(19).with(20));
        }
        let code = Cameo::of_plover(&name.to_ascii_uppercase()).or_else(|| name.parse().ok())?;
        Some(Self::default().with(code.root()))
    }

    /// Both sets together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `root` is in it.
    pub fn has(self, root: u8) -> bool {
        root < 32 && self.0 >> root & 1 == 1
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }
}

impl From<Vec<u8>> for Roots {
    fn from(roots: Vec<u8>) -> Self {
        roots.into_iter().fold(Self::default(), Self::with)
    }
}

impl From<Roots> for Vec<u8> {
    fn from(roots: Roots) -> Self {
        (1..=20).filter(|root| roots.has(*root)).collect()
    }
}

/// Why a question cannot be answered as it was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Both sides hold the same states.
    Identical {
        /// Those states.
        shared: Vec<State>,
    },
    /// A side has no states.
    Nobody {
        /// The side's name.
        side: String,
    },
    /// A window of no days, of fewer, or of more than a century.
    Days {
        /// Which one: `window`, `baseline`, `span`.
        #[serde(skip_deserializing)]
        name: &'static str,
        /// What was asked.
        days: i32,
    },
    /// The recent window lies wholly before or after the record.
    OutsideRecord {
        /// The day asked about.
        on: Date,
        /// First day of the record.
        first: Date,
        /// Last day of the record.
        last: Date,
    },
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Asked::Identical { shared } => {
                let names: Vec<&str> = shared.iter().map(State::as_str).collect();
                let (names, verb) = (names.join(", "), if shared.len() == 1 { "stands" } else { "stand" });
                write!(
                    f,
                    "{names} {verb} on both sides: name two different states, or blocs without a common member"
                )
            }
            Asked::Nobody { side } => {
                write!(f, "{side} has no members on this date: name a state, or a bloc that has some")
            }
            Asked::Days { name, days } => {
                write!(f, "a {name} of {days} days cannot be counted: it takes 1 to {LONGEST} days, ")?;
                write!(f, "and its first day comes before its last")
            }
            Asked::OutsideRecord { on, first, last } => {
                write!(
                    f,
                    "nothing is on record for the days up to {on}: the record reaches from {first} to {last}"
                )
            }
        }
    }
}

impl std::error::Error for Asked {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_by_either_name() {
        assert_eq!(Roots::named("consult"), Some(Roots::default().with(4)));
        assert_eq!(Roots::named("04"), Roots::named("CONSULT"));
        assert_eq!(Vec::from(Roots::named("assault").unwrap()), [18, 19, 20]);
        assert_eq!(Roots::named("lunch"), None);
        assert!(!Roots::default().with(40).has(40));
    }
}
