//! Turns the query of a pair's address into a question about the two: the flags of `demarche momentum` and `demarche series`.

use std::fmt::Display;
use std::str::FromStr;

use demarche_engine::series::{Acts, By, Question, Roots, Sides, State};
use demarche_record::{From, Record};
use jiff::civil::Date;

use crate::fault::Fault;
use crate::telling::{AsOf, Inquiry, by_name, day_words, issues_meant, outlet_known};
use crate::web::query::Query;

/// Steps of the course that are drawn where nobody asks for another length, at most.
const STEPS: i64 = 130;
/// Days of a period that somebody picked, up to which each is a step.
const DAILY: i64 = 62;

/// A question about two states.
pub(crate) struct Asked {
    /// About momentum.
    pub(crate) inquiry: Inquiry,
    /// First day of the course.
    pub(crate) since: Date,
    /// Last day of the course.
    pub(crate) until: Date,
    /// Length of its steps.
    pub(crate) by: By,
    /// Which days the lists of the page are about.
    pub(crate) period: Period,
}

/// The days that were asked for; all where none were.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Period {
    pub(crate) since: Option<Date>,
    pub(crate) until: Option<Date>,
}

/// Whose codings are meant: as `from` says, or else our own; where nothing was read and one dataset imported, that one.
pub(crate) fn origin(record: &Record, query: &Query) -> Result<From, Fault> {
    let held = record.dataset_names()?;
    match query.get("from") {
        Some("own") => Ok(From::Own),
        Some("all") => Err(Fault::usage(
            "from=all would count what several hands coded as one, and what both tell twice; name one: own, or a dataset",
        )),
        Some(name) if held.iter().any(|dataset| dataset == name) => Ok(From::Dataset(name.to_owned())),
        Some(name) if held.is_empty() => {
            Err(Fault::usage(format!("the record holds no dataset “{name}”, and no other: leave from away")))
        }
        Some(name) => Err(Fault::usage(format!(
            "the record holds no dataset “{name}”; from can be own or {}",
            held.join(" or ")
        ))),
        None => match held.as_slice() {
            [only] if record.last_day()?.is_none() => Ok(From::Dataset(only.clone())),
            _ => Ok(From::Own),
        },
    }
}

impl Asked {
    /// The question about two states, by ISO3 code in alphabetical order; none where no day is asked for and the record has none.
    pub(crate) fn read(record: &Record, pair: [&str; 2], query: &Query) -> Result<Option<Self>, Fault> {
        let from = origin(record, query)?;
        let ranged = |fault: Fault| with_range(record, &from, fault);
        Self::of(record, &from, pair, query).map_err(ranged)
    }

    fn of(record: &Record, from: &From, pair: [&str; 2], query: &Query) -> Result<Option<Self>, Fault> {
        let period = Period::read(query)?;
        let on: Option<Date> = value(query, "on", "a day, such as 2024-03-31")?;
        let last = match from {
            From::Dataset(_) => record.span(from)?.map(|(_, last)| last),
            From::Own | From::All => record.last_day()?,
        };
        if on.is_none() && last.is_none() {
            return Ok(None);
        }
        let as_of = AsOf::of(record, from, on)?;
        let mut question = as_of.question();
        question.window = value(query, "window", "a number of days")?.unwrap_or(question.window);
        question.baseline = value(query, "baseline", "a number of days")?.unwrap_or(question.baseline);
        let state = |code: &str| code.parse::<State>().map_err(|e| Fault::usage(e.to_string()));
        let sides = Sides::new(state(pair[0])?, state(pair[1])?);
        question = filtered(record, question, from, pair, query)?;
        let until = period.until.unwrap_or(as_of.day);
        let since = period.since.or(as_of.span.map(|(first, _)| first)).unwrap_or(until).min(until);
        if let Some(asked) = period.since.filter(|since| *since > until) {
            return Err(Fault::usage(format!("since {asked} lies after the last day, {until}")));
        }
        let by = match query.get("by") {
            Some(by) => {
                by_name(by).ok_or_else(|| Fault::usage(format!("by is day, week or month, not “{by}”")))?
            }
            None if period.since.is_some() && days(since, until) < DAILY => By::Day,
            None if days(since, until) / 7 < STEPS => By::Week,
            None => By::Month,
        };
        let inquiry = Inquiry { from: from.clone(), sides, question, on_last_day: as_of.is_last };
        let period = Period { until: period.until.or(on), ..period };
        Ok(Some(Self { inquiry, since, until, by, period }))
    }
}

/// How many days lie between two.
pub(crate) fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}

impl Period {
    /// As the query of a list that is about it.
    pub(crate) fn query(self) -> Query {
        let written = |day: Option<Date>| day.map(|day| day.to_string());
        let query = Query::default().with("since", written(self.since).as_deref());
        query.with("until", written(self.until).as_deref())
    }

    /// As much of it as lies within these days.
    pub(crate) fn within(self, from: Date, to: Date) -> Self {
        Self {
            since: Some(self.since.map_or(from, |since| since.max(from))),
            until: Some(self.until.map_or(to, |until| until.min(to))),
        }
    }

    pub(crate) fn read(query: &Query) -> Result<Self, Fault> {
        let day = |name| value(query, name, "a day, such as 2024-03-31");
        Ok(Self { since: day("since")?, until: day("until")? })
    }

    /// Whether an event of these days falls into it, as selections see it.
    pub(crate) fn holds(self, days: Option<(Date, Date)>) -> bool {
        match days {
            None => self.since.is_none() && self.until.is_none(),
            Some((first, last)) => {
                self.since.is_none_or(|since| last >= since) && self.until.is_none_or(|until| first <= until)
            }
        }
    }
}

/// The question with what counts.
fn filtered(
    record: &Record,
    question: Question,
    from: &From,
    pair: [&str; 2],
    query: &Query,
) -> Result<Question, Fault> {
    let mut without = Roots::default();
    for name in query.all("without") {
        without = without.and(Roots::named(name).ok_or_else(|| {
            Fault::usage(format!(
                "without is a type of PLOVER such as CONSULT or ASSAULT, or a CAMEO root from 01 to 20, not “{name}”"
            ))
        })?);
    }
    let mut issues = Vec::new();
    for words in query.all("issue") {
        issues.extend(issues_meant(words)?);
    }
    let outlets: Vec<String> = query.all("outlet").map(str::to_owned).collect();
    if let (From::Dataset(name), false) = (from, outlets.is_empty() && issues.is_empty()) {
        return Err(Fault::usage(format!(
            "what outlet and issue ask for counts for our own events only; leave them away, or leave from={name} away"
        )));
    }
    for outlet in &outlets {
        outlet_known(record, from, outlet)?;
    }
    let acts = match query.get("directed") {
        None => Acts::Both,
        Some(state) if state.eq_ignore_ascii_case(pair[0]) => Acts::First,
        Some(state) if state.eq_ignore_ascii_case(pair[1]) => Acts::Second,
        Some(other) => {
            return Err(Fault::usage(format!(
                "directed names the state whose acts count, {} or {}, not “{other}”",
                pair[0], pair[1]
            )));
        }
    };
    Ok(Question { without, issues, outlets, acts, ..question })
}

/// The fault with the days that the record covers, which often is what went wrong.
fn with_range(record: &Record, from: &From, fault: Fault) -> Fault {
    match record.span(from) {
        Ok(Some((first, last))) if fault.is_usage() => Fault::usage(format!(
            "{fault}. {} reaches from {} to {}.",
            from.dataset().map_or("The record".to_owned(), |name| format!("In the record, {name}")),
            day_words(first),
            day_words(last)
        )),
        _ => fault,
    }
}

/// The value of this name, which has to be `what`.
pub(crate) fn value<T: FromStr<Err: Display>>(
    query: &Query,
    name: &str,
    what: &str,
) -> Result<Option<T>, Fault> {
    let wrong = |text: &str| Fault::usage(format!("{name} is {what}, not “{text}”"));
    query.get(name).map(|text| text.parse().map_err(|_| wrong(text))).transpose()
}
