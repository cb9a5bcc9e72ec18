//! Turns the codings of two engines of the same articles into what changed, event by event.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::events::{Event, Filed, merge};
use rusqlite::params;
use serde::Serialize;

use crate::Record;
use crate::columns::{value, word};
use crate::error::{Error, Result};

/// What changed from one engine to another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diff {
    /// Articles that both have coded; others are not compared.
    pub articles: usize,
    /// Events that are the same, but perhaps for the words that they rest on.
    pub same: usize,
    /// What is not, in the order of the events.
    pub changes: Vec<Changed>,
}

/// How an event changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum Changed {
    /// Only the later one reads it.
    Added {
        /// It.
        event: Event,
        /// The sentence of its first report.
        sentence: String,
    },
    /// Only the earlier one read it.
    Removed {
        /// It.
        event: Event,
        /// The sentence of its first report.
        sentence: String,
    },
    /// Both read it, and not alike.
    Differs {
        /// Its id as the later one reads it.
        id: String,
        /// The sentence of its first report.
        sentence: String,
        /// What differs.
        fields: Vec<Field>,
    },
}

/// A field of an event that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What the earlier engine has there.
    pub before: String,
    /// What the later one has.
    pub after: String,
}

impl Record {
    /// What the second engine reads otherwise than the first. Overrides play no part: they would hide what changed.
    pub fn diff(&self, before: &str, after: &str) -> Result<Diff> {
        let known: BTreeSet<String> = self.codings()?.into_iter().map(|coded| coded.engine).collect();
        if let Some(unknown) = [before, after].into_iter().find(|engine| !known.contains(*engine)) {
            let held = known.into_iter().collect::<Vec<_>>().join(", ");
            let remedy =
                if held.is_empty() { "read some pages first".into() } else { format!("it has {held}") };
            return Err(Error::new(
                self.path(),
                format!("the record has no coding by engine {unknown}"),
                remedy,
            ));
        }
        let fail = self.fail("read the codings");
        let both: Vec<(i64, String)> = self
            .db
            .prepare_cached(
                "WITH coded AS (SELECT id AS article, engine FROM articles UNION SELECT article, engine FROM past_codings)
                 SELECT id, text FROM articles
                 WHERE id IN (SELECT article FROM coded WHERE engine = ?1)
                   AND id IN (SELECT article FROM coded WHERE engine = ?2) ORDER BY id",
            )
            .and_then(|mut query| {
                query.query_map([before, after], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            })
            .map_err(&fail)?;
        let mut coded = [Vec::new(), Vec::new()];
        let mut sentences = BTreeMap::new();
        for (article, text) in &both {
            for (engine, reports) in [before, after].into_iter().zip(&mut coded) {
                for filed in self.coded_by(*article, engine).map_err(&fail)? {
                    let sentence = filed.report.evidence.sentence.of(text);
                    sentences.entry(filed.id.clone()).or_insert_with(|| sentence.to_owned());
                    reports.push(filed);
                }
            }
        }
        let [old, new] = coded.map(|reports| merge(&reports));
        let mut diff = compare(old, new, &sentences);
        diff.articles = both.len();
        Ok(diff)
    }

    /// The reports that an engine read in an article.
    fn coded_by(&self, article: i64, engine: &str) -> rusqlite::Result<Vec<Filed>> {
        let past = self
            .db
            .prepare_cached("SELECT reports FROM past_codings WHERE article = ?1 AND engine = ?2")?
            .query_map(params![article, engine], |row| value(row, 0))?
            .next();
        match past {
            Some(reports) => reports,
            None => self
                .db
                .prepare_cached("SELECT body FROM reports WHERE article = ?1 ORDER BY position")?
                .query_map([article], |row| value(row, 0))?
                .collect(),
        }
    }
}

/// Two events are one if they share a report; of several, the first that is still free.
fn compare(old: Vec<Event>, new: Vec<Event>, sentences: &BTreeMap<String, String>) -> Diff {
    let mut of_report: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, event) in old.iter().enumerate() {
        of_report.extend(event.reports.iter().map(|report| (report.as_str(), at)));
    }
    let sentence = |event: &Event| sentences.get(&event.id).cloned().unwrap_or_default();
    let mut met = BTreeSet::new();
    let mut diff = Diff { articles: 0, same: 0, changes: Vec::new() };
    for event in new {
        let earlier = event
            .reports
            .iter()
            .filter_map(|report| of_report.get(report.as_str()))
            .find(|at| !met.contains(*at));
        let Some(&at) = earlier else {
            diff.changes.push(Changed::Added { sentence: sentence(&event), event });
            continue;
        };
        met.insert(at);
        let fields = fields(&old[at], &event);
        if fields.is_empty() {
            diff.same += 1;
        } else {
            diff.changes.push(Changed::Differs { sentence: sentence(&event), id: event.id, fields });
        }
    }
    for (_, event) in old.iter().enumerate().filter(|(at, _)| !met.contains(at)) {
        diff.changes.push(Changed::Removed { sentence: sentence(event), event: event.clone() });
    }
    diff
}

/// What differs between two codings of an event.
fn fields(old: &Event, new: &Event) -> Vec<Field> {
    let parties = |parties: &[demarche_engine::events::Party]| {
        let each = parties.iter().map(|party| match party.actor.code.as_str() {
            "" => party.actor.name.clone(),
            code => format!("{} ({code})", party.actor.name),
        });
        each.collect::<Vec<_>>().join("; ")
    };
    let plover = |event: &Event| {
        event.plover.as_ref().map_or_else(String::new, |p| {
            let words = std::iter::once(&p.event_type).chain(&p.mode).chain(&p.context);
            words.cloned().collect::<Vec<_>>().join(" ")
        })
    };
    let date = |event: &Event| event.date.map_or_else(String::new, |date| date.to_string());
    let place = |event: &Event| event.place.as_ref().map_or_else(String::new, |place| place.name.clone());
    let named =
        |event: &Event| (word(&event.kind).unwrap_or_default(), word(&event.told).unwrap_or_default());
    let ((old_kind, old_told), (new_kind, new_told)) = (named(old), named(new));
    let all = [
        ("kind", old_kind, new_kind),
        ("cameo", old.cameo.clone().unwrap_or_default(), new.cameo.clone().unwrap_or_default()),
        ("plover", plover(old), plover(new)),
        ("date", date(old), date(new)),
        ("told", old_told, new_told),
        ("actors", parties(&old.actors), parties(&new.actors)),
        ("recipients", parties(&old.recipients), parties(&new.recipients)),
        ("place", place(old), place(new)),
        ("issues", old.issues.join("; "), new.issues.join("; ")),
        ("reports", old.reports.join("; "), new.reports.join("; ")),
    ];
    all.into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| Field { name, before, after })
        .collect()
}
