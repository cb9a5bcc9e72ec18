//! Turns two states and a record into the engine's verdict, with the words behind each item of its evidence.

use std::collections::BTreeMap;

use demarche_engine::events::{Event, Told};
use demarche_engine::series::{Item, Observation, Question, Sides, State, Verdict, momentum, observe};
use demarche_record::{Quote, Record};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{Listed, count, day_words, told_words};

/// A verdict and what stands behind it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    /// The verdict in words.
    pub(crate) sentence: String,
    /// Whether the day is the record's last one because none was asked for.
    pub(crate) on_last_day: bool,
    /// The engine's answer.
    pub(crate) verdict: Verdict,
    /// The first report of each event of the evidence, by the event's id.
    pub(crate) quotes: BTreeMap<String, Quote>,
    /// The day of the last event between the two that counts, where none falls into the days in question.
    pub(crate) last_between: Option<Date>,
    /// Events between the two that could fall into the days in question and that the verdict leaves out, and why; the
    /// latest first.
    pub(crate) left_out: Vec<LeftOut>,
}

/// An event that lies between the two and is not counted.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LeftOut {
    /// Why.
    pub(crate) why: String,
    /// What.
    #[serde(flatten)]
    pub(crate) listed: Listed,
}

impl Answer {
    /// Asks the engine about two states, by ISO3 code, as of `on` or else of the record's last day.
    pub(crate) fn find(record: &Record, a: &str, b: &str, on: Option<Date>) -> Result<Self, Fault> {
        let state = |code: &str| code.parse::<State>().map_err(|e| Fault::usage(e.to_string()));
        let sides = Sides::new(state(a)?, state(b)?);
        let day = match on {
            Some(day) => day,
            None => record.last_day()?.ok_or_else(|| {
                Fault::new(format!(
                    "{}: the record holds no dated article, so there is no day to answer for; read some pages into it \
                     with `demarche read PAGES… --record {0}`, or name a day with --on",
                    record.path().display()
                ))
            })?,
        };
        let mut question = Question::on(day);
        question.record = record.counts()?.published;
        let observations: Vec<_> = record.events_of_either(a, b)?.iter().flat_map(observe).collect();
        let verdict = momentum(&observations, &sides, &question).map_err(|e| Fault::usage(e.to_string()))?;
        let last_between = observations
            .iter()
            .filter(|o| pair(o, a, b) && o.date <= day)
            .map(|o| o.date)
            .max()
            .filter(|_| verdict.coverage.recent.events == 0);
        let mut quotes = BTreeMap::new();
        for item in items(&verdict) {
            if let Some(quote) = record.quote(&item.event)? {
                quotes.insert(item.event.clone(), quote);
            }
        }
        let mut left_out = Vec::new();
        let first = question.on.saturating_sub((question.window + question.baseline).days());
        let mut events = record.events_between(a, b)?;
        events.retain(|event| event.date.is_none_or(|date| date.end > first));
        for listed in Listed::all(record, events)?.into_iter().rev() {
            if let Some(why) = why_left_out(&listed.event, a, b, &question) {
                left_out.push(LeftOut { why, listed });
            }
        }
        let sentence = verdict.sentence();
        Ok(Self { sentence, on_last_day: on.is_none(), verdict, quotes, last_between, left_out })
    }

    /// The words of an item, if the record still holds them.
    pub(crate) fn quote(&self, item: &Item) -> Option<&Quote> {
        self.quotes.get(&item.event)
    }

    /// For, against, and claims either way: each list with its heading and what to say when it is empty.
    pub(crate) fn evidence(&self) -> [(&'static str, &'static str, &[Item]); 4] {
        let verdict = &self.verdict;
        [
            ("For", "Nothing cooperative between them in these days.", &verdict.pro),
            ("Against", "Nothing conflictual between them in these days.", &verdict.con),
            ("Said for it, not counted", "", &verdict.claims_for),
            ("Said against it, not counted", "", &verdict.claims_against),
        ]
    }

    /// What was left out, in one line: `2 recalled, 1 planned`.
    pub(crate) fn left_out_line(&self) -> Option<String> {
        let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
        for left in &self.left_out {
            *whys.entry(&left.why).or_default() += 1;
        }
        let parts: Vec<String> = whys.into_iter().map(|(why, n)| format!("{n} {why}")).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// How far the answer reaches: events, outlets, sides that were heard.
    pub(crate) fn coverage_line(&self) -> String {
        let recent = &self.verdict.coverage.recent;
        let plural = |n: u64, noun: &str| count(usize::try_from(n).unwrap_or(usize::MAX), noun);
        let earlier = self.last_between.map_or_else(String::new, |date| {
            format!("; the last event between them that counts is of {} (ask as of then)", day_words(date))
        });
        format!(
            "{} between them in the last {}, {} in the {} before; on {} of the last {1} the record has nothing of \
             either{earlier}",
            plural(recent.events, "event"),
            plural(recent.days, "day"),
            self.verdict.coverage.baseline.events,
            plural(self.verdict.coverage.baseline.days, "day"),
            recent.silent_days,
        )
    }
}

/// Whose act an item is, in words.
pub(crate) fn by_words(item: &Item) -> String {
    item.by.map_or_else(|| "both sides".to_owned(), |state| format!("{state}’s side"))
}

fn items(verdict: &Verdict) -> impl Iterator<Item = &Item> {
    [&verdict.pro, &verdict.con, &verdict.claims_for, &verdict.claims_against].into_iter().flatten()
}

/// Whether an observation lies between these two states.
fn pair(observation: &Observation, a: &str, b: &str) -> bool {
    let dyad = observation.dyad;
    dyad.first.as_str() == a.min(b) && dyad.second.as_str() == a.max(b)
}

/// Why the engine counts no observation of the two in this event; none where it does.
fn why_left_out(event: &Event, a: &str, b: &str, question: &Question) -> Option<String> {
    if event.told != Told::Current {
        return Some(told_words(event.told));
    }
    let counted = observe(event).into_iter().find(|o| pair(o, a, b));
    match counted {
        Some(observation) if observation.date > question.on => Some("after that day".to_owned()),
        Some(_) => None,
        None if event.date.is_none_or(|d| d.start != d.end) => Some("without an exact date".to_owned()),
        None => Some("of a kind that does not count".to_owned()),
    }
}
