//! Turns a question and a record into the engine's verdict, with the words behind each item of its evidence.

use std::collections::BTreeMap;

use demarche_engine::events::{Event, Told};
use demarche_engine::series::{
    By, Item, Observation, Question, Series, Sides, Verdict, momentum, observe, series,
};
use demarche_record::{Entry, Quote, Record};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{Inquiry, Listed, count, day_words, told_words};

/// Days of the course that is drawn: as many weeks as fit on a line.
const DRAWN: i32 = 70 * 7;
/// Outlets that are named.
const NAMED: usize = 5;

/// A verdict and what stands behind it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Answer {
    /// The verdict in words.
    pub(crate) sentence: String,
    /// The dataset whose codings count; none where demarche's own do.
    pub(crate) dataset: Option<String>,
    /// Whether the day is the last one on record because none was asked for.
    pub(crate) on_last_day: bool,
    /// The engine's answer.
    pub(crate) verdict: Verdict,
    /// The first report of each event of the evidence, by the event's id.
    pub(crate) quotes: BTreeMap<String, Quote>,
    /// What a dataset says of each event of the evidence, by the event's id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) entries: BTreeMap<String, Entry>,
    /// The day of the last event between the two that counts, where none falls into the days in question.
    pub(crate) last_between: Option<Date>,
    /// Events between the two that could fall into the days in question and that the verdict leaves out, and why; the
    /// latest first, those without a date last.
    pub(crate) left_out: Vec<LeftOut>,
    /// Both windows week by week, the last seventy weeks at most, to be drawn as a line; `demarche series` has it as data.
    #[serde(skip)]
    pub(crate) course: Option<Series>,
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
    /// Asks the engine.
    pub(crate) fn find(record: &Record, inquiry: &Inquiry) -> Result<Self, Fault> {
        let observations = record.observations_of(&inquiry.from, &inquiry.states())?;
        let answer = Self::of(record, inquiry, &observations)?;
        let Inquiry { sides, question, .. } = inquiry;
        let drawn = question.begins().max(question.on.saturating_sub(DRAWN.days()));
        let course = series(&observations, sides, question, drawn, By::Week)
            .map_err(|e| Fault::usage(e.to_string()))?;
        Ok(Self { course: Some(course), ..answer })
    }

    /// The same where all that counts of both sides is at hand, without a course.
    pub(crate) fn of(
        record: &Record,
        inquiry: &Inquiry,
        observations: &[Observation],
    ) -> Result<Self, Fault> {
        let Inquiry { from, sides, question, on_last_day } = inquiry;
        let verdict = momentum(observations, sides, question).map_err(|e| Fault::usage(e.to_string()))?;
        let nothing_recent = verdict.coverage.recent.events == 0;
        let last_between = verdict.coverage.between.map(|(_, last)| last).filter(|_| nothing_recent);
        let mut answer = Self {
            sentence: verdict.sentence(),
            dataset: from.dataset().map(str::to_owned),
            on_last_day: *on_last_day,
            verdict,
            quotes: BTreeMap::new(),
            entries: BTreeMap::new(),
            last_between,
            left_out: Vec::new(),
            course: None,
        };
        answer.cite(record)?;
        if answer.dataset.is_none() {
            answer.leave_out(record, question.begins())?;
        }
        Ok(answer)
    }

    /// Adds what stands behind each item: the words of a page, or what the dataset says of it.
    fn cite(&mut self, record: &Record) -> Result<(), Fault> {
        for item in items(&self.verdict) {
            let id = &item.event;
            if self.dataset.is_some() {
                self.entries.extend(record.entry(id)?.map(|entry| (id.clone(), entry)));
            } else {
                self.quotes.extend(record.quote(id)?.map(|quote| (id.clone(), quote)));
            }
        }
        Ok(())
    }

    /// Adds what lies between the two from `first` on and does not count.
    fn leave_out(&mut self, record: &Record, first: Date) -> Result<(), Fault> {
        let Sides { first: one, second: other } = &self.verdict.sides;
        let mut events: BTreeMap<(Option<Date>, String), Event> = BTreeMap::new();
        for (a, b) in one.states.iter().flat_map(|a| other.states.iter().map(move |b| (a, b))) {
            for event in record.events_between(a.as_str(), b.as_str())? {
                if event.date.is_none_or(|date| date.end >= first) {
                    events.insert((event.date.map(|date| date.start), event.id.clone()), event);
                }
            }
        }
        for event in events.into_values().rev() {
            let why = why_left_out(&event, &self.verdict.sides, &self.verdict.question);
            let Some(why) = why else { continue };
            for listed in Listed::all(record, vec![event])? {
                self.left_out.push(LeftOut { why: why.clone(), listed });
            }
        }
        Ok(())
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

    /// Who told the events between the two, and how many of these are told more than once.
    pub(crate) fn outlets_line(&self) -> Option<String> {
        let coverage = &self.verdict.coverage;
        let (named, others) = coverage.outlets.split_at(coverage.outlets.len().min(NAMED));
        let each =
            named.iter().map(|outlet| format!("{} {} ({} alone)", outlet.name, outlet.events, outlet.alone));
        let mut told = each.collect::<Vec<_>>().join(", ");
        if !others.is_empty() {
            told += &format!(" and {}", count(others.len(), "more outlet"));
        }
        let (recent, before) = (&coverage.recent, &coverage.baseline);
        let several = recent.told_by_several + before.told_by_several;
        let syndicated = recent.syndicated + before.syndicated;
        (!told.is_empty()).then(|| {
            format!(
                "told by {told}; {several} of {} by several outlets, {syndicated} of these from one text (syndicated)",
                recent.events + before.events
            )
        })
    }
}

/// Whose act an item is, in words.
pub(crate) fn by_words(item: &Item) -> String {
    item.by.map_or_else(|| "both sides".to_owned(), |state| format!("{state}’s side"))
}

fn items(verdict: &Verdict) -> impl Iterator<Item = &Item> {
    [&verdict.pro, &verdict.con, &verdict.claims_for, &verdict.claims_against].into_iter().flatten()
}

/// Whether an observation lies between the two sides.
fn across(observation: &Observation, sides: &Sides) -> bool {
    let (a, b) = (observation.dyad.first, observation.dyad.second);
    let (first, second) = (&sides.first, &sides.second);
    (first.has(a) && second.has(b)) || (first.has(b) && second.has(a))
}

/// Why the engine counts no observation of the two in this event; none where it does.
fn why_left_out(event: &Event, sides: &Sides, question: &Question) -> Option<String> {
    if event.told != Told::Current {
        return Some(told_words(event.told));
    }
    let counted = observe([event]).into_iter().find(|o| across(o, sides));
    match counted {
        Some(observation) if observation.date > question.on => Some("after that day".to_owned()),
        Some(_) => None,
        None if event.date.is_none_or(|d| d.start != d.end) => Some("without an exact date".to_owned()),
        None => Some("of a kind that does not count".to_owned()),
    }
}
