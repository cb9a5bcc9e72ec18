//! Turns what is asked of a record into a question that the engine answers: between whom, by whose coding, as of which day.

use demarche_engine::series::{Question, Sides, State};
use demarche_record::{From, Record};
use jiff::civil::Date;

use crate::fault::Fault;

/// The day that a question is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AsOf {
    /// The day.
    pub(crate) day: Date,
    /// Whether it is the last one that the origin covers, because none was asked for.
    pub(crate) is_last: bool,
    /// First and last day that the origin covers.
    pub(crate) span: Option<(Date, Date)>,
}

/// A question about two sides.
#[derive(Debug, Clone)]
pub(crate) struct Inquiry {
    /// Whose codings count.
    pub(crate) from: From,
    /// Between whom.
    pub(crate) sides: Sides,
    /// As the engine takes it.
    pub(crate) question: Question,
    /// Whether the day is the last one because none was asked for.
    pub(crate) on_last_day: bool,
}

impl AsOf {
    /// The day that was asked for, or else the last one that the origin covers.
    pub(crate) fn of(record: &Record, from: &From, on: Option<Date>) -> Result<Self, Fault> {
        let span = record.span(from)?;
        let last = || match from {
            From::Dataset(_) => Ok(span.map(|(_, last)| last)),
            From::Own | From::All => record.last_day(),
        };
        let day = match on {
            Some(day) => Some(day),
            None => last()?,
        };
        let none = || {
            let path = record.path().display();
            Fault::new(match from {
                From::Dataset(name) => {
                    format!("{path}: {name} has no events; import its files into the record first")
                }
                From::Own | From::All => format!(
                    "{path}: the record holds no dated article, so there is no day to answer for; read some pages into it \
                     with `demarche read PAGES… --record {path}`, name a day with --on, or a dataset with --from"
                ),
            })
        };
        Ok(Self { day: day.ok_or_else(none)?, is_last: on.is_none(), span })
    }

    /// The default question as of this day.
    pub(crate) fn question(self) -> Question {
        Question { record: self.span, ..Question::on(self.day) }
    }
}

impl Inquiry {
    /// The default question about two states, by ISO3 code, and what demarche read itself.
    pub(crate) fn plain(record: &Record, a: &str, b: &str, on: Option<Date>) -> Result<Self, Fault> {
        let state = |code: &str| code.parse::<State>().map_err(|e| Fault::usage(e.to_string()));
        let as_of = AsOf::of(record, &From::Own, on)?;
        Ok(Self {
            from: From::Own,
            sides: Sides::new(state(a)?, state(b)?),
            question: as_of.question(),
            on_last_day: as_of.is_last,
        })
    }

    /// The states of both sides.
    pub(crate) fn states(&self) -> Vec<State> {
        self.sides.first.states.iter().chain(&self.sides.second.states).copied().collect()
    }
}
