//! Turns the reports of near copies into one report's worth: of those that say the same in the same words, only the first
//! goes into merging, and the others follow it into its event.
//!
//! What forty outlets print of one agency is told once. Merging each copy by itself would tell it forty times where a
//! report has no date, and on another day where a weekly prints "on Tuesday".

use std::collections::BTreeMap;

use demarche_engine::events::{Event, Filed};
use rusqlite::Connection;

use crate::columns::value;
use crate::kin::words;

/// All reports that count, sorted by what they echo.
#[derive(Default)]
pub(crate) struct Told {
    /// Those that say something first.
    pub(crate) first: Vec<Filed>,
    /// Those that say it again, by the id of the first.
    again: BTreeMap<String, Vec<Filed>>,
    /// The text that each stands in.
    text: BTreeMap<String, i64>,
}

/// Reads the reports of all articles that are not replaced.
pub(crate) fn told(db: &Connection) -> rusqlite::Result<Told> {
    let mut told = Told::default();
    let mut same: BTreeMap<(i64, String), Vec<Filed>> = BTreeMap::new();
    let mut query = db.prepare(
        "SELECT reports.body, kin.text,
                CASE WHEN EXISTS (SELECT 1 FROM kin AS other
                                  WHERE other.text = kin.text AND NOT other.replaced AND other.article <> kin.article)
                THEN articles.text END
         FROM reports JOIN kin USING (article) JOIN articles ON articles.id = article
         WHERE NOT kin.replaced ORDER BY article, position",
    )?;
    let mut rows = query.query([])?;
    let mut twins: BTreeMap<String, usize> = BTreeMap::new();
    let mut of = None;
    while let Some(row) = rows.next()? {
        let filed: Filed = value(row, 0)?;
        let text = row.get(1)?;
        told.text.insert(filed.id.clone(), text);
        let Some(words) = row.get_ref(2)?.as_str_or_null()? else {
            told.first.push(filed);
            continue;
        };
        if of.as_ref() != Some(&filed.article) {
            of = Some(filed.article.clone());
            twins.clear();
        }
        let mut says = in_words(&filed, words);
        let twin = twins.entry(says.clone()).or_default();
        says.push_str(&format!(" {twin}"));
        *twin += 1;
        same.entry((text, says)).or_default().push(filed);
    }
    for mut group in same.into_values() {
        group.sort_by(|a, b| (a.published, &a.id).cmp(&(b.published, &b.id)));
        let mut group = group.into_iter();
        if let Some(first) = group.next() {
            told.again.insert(first.id.clone(), group.collect());
            told.first.push(first);
        }
    }
    Ok(told)
}

/// What a report says, in the words of its article: two articles say the same where this is equal.
pub(crate) fn in_words(filed: &Filed, article: &str) -> String {
    let evidence = &filed.report.evidence;
    let (trigger, sentence) = (evidence.trigger.of(article), evidence.sentence.of(article));
    format!("{} {}: {}", evidence.frame, words(trigger), words(sentence))
}

impl Told {
    /// Adds to each event the reports that echo one of its own, and counts the texts that tell it.
    pub(crate) fn complete(&self, events: &mut [Event]) {
        let published: BTreeMap<&str, _> = self
            .first
            .iter()
            .chain(self.again.values().flatten())
            .map(|f| (f.id.as_str(), f.published))
            .collect();
        for event in events {
            let again =
                event.reports.iter().filter_map(|id| self.again.get(id)).flatten().map(|f| f.id.clone());
            let again: Vec<String> = again.collect();
            if !again.is_empty() {
                event.reports.extend(again);
                event.reports.sort_by_cached_key(|id| (published.get(id.as_str()).copied(), id.clone()));
            }
            let mut texts: Vec<i64> =
                event.reports.iter().filter_map(|id| self.text.get(id)).copied().collect();
            texts.sort_unstable();
            texts.dedup();
            event.texts = texts.len();
        }
    }
}
