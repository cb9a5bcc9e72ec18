//! Turns the id of a report or event into all that explains it: its words, its frame, its article, its other reports.

use demarche_engine::events::{Details, Event, Evidence, Frames};
use demarche_record::{Change, Override, Printing, Quote, Record, Version};
use serde::Serialize;

use crate::fault::Fault;

/// One report, why the engine thinks so, and the event behind it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Explained {
    /// The report that was asked for; the first one, where an event was.
    pub(crate) report: Quote,
    /// Why the frame that fired means what it says, in the frame's own words.
    pub(crate) why: Option<String>,
    /// What narrowed its code, in the detail's own words.
    pub(crate) narrowed: Option<String>,
    /// The event; none where the report's version was replaced and no report of the current one takes its place.
    pub(crate) event: Option<Event>,
    /// Other reports of the same event.
    pub(crate) others: Vec<Quote>,
    /// What was overridden about the report or its event, and what was taken back.
    pub(crate) overrides: Vec<Override>,
    /// Where the report stands.
    pub(crate) article: Stands,
}

/// The article that a report stands in.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Stands {
    /// Its hash.
    pub(crate) hash: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// When it was published, ISO 8601.
    pub(crate) published: Option<String>,
    /// The version of the engine that read it.
    pub(crate) engine: String,
    /// Where it was found.
    pub(crate) printings: Vec<Printing>,
    /// The version of the page that replaced it, if one did.
    pub(crate) replaced_by: Option<Version>,
    /// Its text, for the faces to cut pieces from.
    #[serde(skip)]
    pub(crate) text: String,
}

/// An event as a list shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Listed {
    /// The event.
    pub(crate) event: Event,
    /// Its first report, in its article's words.
    pub(crate) first: Quote,
}

impl Listed {
    /// Events with their sentences; one whose report is gone is left out.
    pub(crate) fn all(record: &Record, events: Vec<Event>) -> Result<Vec<Listed>, Fault> {
        let mut items = Vec::with_capacity(events.len());
        for event in events {
            if let Some(first) = record.quote(event.reports.first().unwrap_or(&event.id))? {
                items.push(Listed { event, first });
            }
        }
        Ok(items)
    }
}

impl Explained {
    /// All about `id`, or a fault that suggests ids that begin like it.
    pub(crate) fn find(record: &Record, id: &str) -> Result<Self, Fault> {
        let Some(report) = record.quote(id)? else { return Err(unknown(record, id)?) };
        let Some(kept) = record.article(&report.filed.article)? else { return Err(unknown(record, id)?) };
        let replaced_by = kept.replaced_by().cloned();
        let event = record.event(id)?;
        let about =
            |report: &String| report == id || event.iter().any(|event| event.reports.contains(report));
        let mut overrides = record.overrides()?;
        overrides.retain(|one| one.change.reports().iter().any(about));
        if event.is_none() && replaced_by.is_none() && overrides.is_empty() {
            return Err(Fault::new(format!(
                "report {id} has not been merged into an event yet; read any page into the record to finish that"
            )));
        }
        let mut others = Vec::new();
        for other in event.iter().flat_map(|event| &event.reports).filter(|other| *other != id) {
            others.extend(record.quote(other)?);
        }
        let article = kept.reading.article;
        Ok(Self {
            why: why_of(&report.filed.report.evidence.frame),
            narrowed: narrowed_by(&report.filed.report.evidence),
            article: Stands {
                title: article.title().map(str::to_owned),
                hash: article.hash,
                published: article.published.map(|s| s.to_string()),
                engine: kept.reading.engine,
                printings: kept.printings,
                replaced_by,
                text: article.text,
            },
            report,
            event,
            others,
            overrides,
        })
    }

    /// The event, where it counts as something else than the report says because somebody corrected it.
    pub(crate) fn corrected(&self) -> Option<&Event> {
        let corrects =
            |one: &Override| one.reverted.is_none() && matches!(one.change, Change::Correct { .. });
        self.event.as_ref().filter(|_| self.overrides.iter().any(corrects))
    }

    /// Each sentence that tells the same elsewhere, once, with the number of further reports in the same words.
    pub(crate) fn elsewhere(&self) -> Vec<(&Quote, usize)> {
        let mut once: Vec<(&Quote, usize)> = Vec::new();
        for other in &self.others {
            match once.iter_mut().find(|(quote, _)| quote.sentence == other.sentence) {
                Some((_, more)) => *more += 1,
                None => once.push((other, 0)),
            }
        }
        once
    }
}

/// One report of an event in the order in which they were published.
#[derive(Debug, Clone)]
pub(crate) struct Step<'e> {
    /// The report.
    pub(crate) quote: &'e Quote,
    /// Whether it is the first of all.
    pub(crate) is_first: bool,
    /// The earlier report whose words it has, if it has those of any.
    pub(crate) like: Option<&'e str>,
}

impl Explained {
    /// All reports of the event, the first published first and those without a date last.
    pub(crate) fn history(&self) -> Vec<Step<'_>> {
        let mut quotes: Vec<&Quote> = std::iter::once(&self.report).chain(&self.others).collect();
        quotes.sort_by_key(|quote| {
            let published = quote.filed.published.map(|stamp| stamp.to_string());
            (published.is_none(), published, &quote.filed.id)
        });
        let like = |i: usize| {
            let same = quotes[..i].iter().find(|other| other.sentence == quotes[i].sentence);
            same.map(|other| other.filed.id.as_str())
        };
        let steps = quotes.iter().enumerate();
        steps.map(|(i, quote)| Step { quote, is_first: i == 0, like: like(i) }).collect()
    }
}

/// The reason that a frame gives for its coding. Frames are small files: they are parsed for each question.
fn why_of(frame: &str) -> Option<String> {
    Frames::shipped().get(frame).map(|frame| frame.why.clone())
}

/// What the detail that narrowed a code is.
fn narrowed_by(evidence: &Evidence) -> Option<String> {
    let name = evidence.detail.as_ref()?;
    Details::shipped().iter().find(|detail| detail.name == *name).map(|detail| detail.why.clone())
}

fn unknown(record: &Record, id: &str) -> Result<Fault, Fault> {
    let start: String = id.chars().take(6).collect();
    let near = record.report_ids(&start, 5)?;
    let remedy = "ids are printed by `demarche read` and `demarche momentum`";
    Ok(if near.is_empty() || id.is_empty() {
        Fault::new(format!("{}: no report or event has the id “{id}”; {remedy}", record.path().display()))
    } else {
        Fault::new(format!(
            "{}: no report or event has the id “{id}”; ids that begin like it: {}",
            record.path().display(),
            near.join(", ")
        ))
    })
}
