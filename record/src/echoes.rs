//! Turns the reports of near copies into one report's worth: of those that say the same in the same words, only the first
//! goes into merging, and the others follow it into its event.
//!
//! What forty outlets print of one agency is told once. Merging each copy by itself would tell it forty times where a
//! report has no date, and on another day where a weekly prints "on Tuesday".

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::events::{Event, Filed};
use rusqlite::Connection;

use crate::columns::value;
use crate::kin::words;
use crate::overrides::Holding;

/// All reports that count, sorted by what they echo. Articles and texts go by their ids in `kin`.
#[derive(Default)]
pub(crate) struct Told {
    /// Those that say something first.
    pub(crate) first: Vec<Filed>,
    /// Those that say it again, by the id of the first.
    again: BTreeMap<String, Vec<Filed>>,
    /// The text that each stands in.
    text: BTreeMap<String, i64>,
    /// The articles that print the sentence of each.
    printed: BTreeMap<String, Vec<i64>>,
    /// The outlets that print each article now.
    outlets: BTreeMap<i64, Vec<String>>,
    /// The one that each of those stands for that say it again.
    stands_in: BTreeMap<String, String>,
}

/// What a report says: frame and trigger, then the sentence.
pub(crate) type Words = (String, String);

/// Reads the reports of all articles that are not replaced, as far as no override rejects them, and as corrected.
pub(crate) fn told(db: &Connection, holding: &Holding) -> rusqlite::Result<Told> {
    let mut told = Told::default();
    let mut same: BTreeMap<(i64, Words, usize), Vec<(bool, Filed)>> = BTreeMap::new();
    let mut query = db.prepare(
        "SELECT reports.body, kin.text, article,
                CASE WHEN EXISTS (SELECT 1 FROM kin AS other
                                  WHERE other.text = kin.text AND NOT other.replaced AND other.article <> kin.article)
                THEN articles.text END
         FROM reports JOIN kin USING (article) JOIN articles ON articles.id = article
         WHERE NOT kin.replaced ORDER BY article, position",
    )?;
    let mut rows = query.query([])?;
    // How often each has been said in the article at hand: a trigger can tell two things.
    let mut twins: BTreeMap<(i64, Words), usize> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let mut filed: Filed = value(row, 0)?;
        if !holding.keeps(&filed.id) {
            continue;
        }
        let corrected = holding.correct(&mut filed);
        let (text, article) = (row.get(1)?, row.get(2)?);
        told.text.insert(filed.id.clone(), text);
        told.printed.insert(filed.id.clone(), vec![article]);
        let Some(copied) = row.get_ref(3)?.as_str_or_null()? else {
            told.first.push(filed);
            continue;
        };
        let says = in_words(&filed, copied);
        let twin = twins.entry((article, says.clone())).or_default();
        same.entry((text, says, *twin)).or_default().push((corrected, filed));
        *twin += 1;
    }
    let mut sentences: BTreeMap<i64, Vec<(String, String)>> = BTreeMap::new();
    for ((text, (_, sentence), _), mut group) in same {
        group.sort_by(|(_, a), (_, b)| (a.published, &a.id).cmp(&(b.published, &b.id)));
        // What one of them is corrected to, all of them say.
        let correction =
            group.iter().find(|(corrected, _)| *corrected).map(|(_, filed)| filed.report.clone());
        let mut group: Vec<Filed> = group.into_iter().map(|(_, filed)| filed).collect();
        let mut first = group.remove(0);
        if let Some(report) = correction {
            first.report = report;
        }
        told.stands_in.extend(group.iter().map(|again| (again.id.clone(), first.id.clone())));
        sentences.entry(text).or_default().push((first.id.clone(), sentence));
        told.again.insert(first.id.clone(), group);
        told.first.push(first);
    }
    told.find_printed(db, &sentences)?;
    told.find_outlets(db)?;
    Ok(told)
}

/// What a report says, in the words of its article: two articles say the same where this is equal.
pub(crate) fn in_words(filed: &Filed, article: &str) -> Words {
    let evidence = &filed.report.evidence;
    let (trigger, sentence) = (evidence.trigger.of(article), evidence.sentence.of(article));
    (format!("{} {}", evidence.frame, words(trigger)), words(sentence))
}

impl Told {
    /// The report that stands for this one in merging.
    pub(crate) fn stands_in<'i>(&'i self, id: &'i str) -> &'i str {
        self.stands_in.get(id).map_or(id, String::as_str)
    }

    /// Finds the near copies that print a sentence, whether or not it was read as a report there as well.
    fn find_printed(
        &mut self,
        db: &Connection,
        sentences: &BTreeMap<i64, Vec<(String, String)>>,
    ) -> rusqlite::Result<()> {
        for (text, sentences) in sentences {
            let mut query = db.prepare_cached(
                "SELECT article, articles.text FROM kin JOIN articles ON id = article
                 WHERE kin.text = ?1 AND NOT replaced ORDER BY article",
            )?;
            let mut rows = query.query([text])?;
            while let Some(row) = rows.next()? {
                let page = format!(" {} ", words(row.get_ref(1)?.as_str()?));
                for (id, sentence) in sentences {
                    if page.contains(&format!(" {sentence} ")) {
                        self.printed.entry(id.clone()).or_default().push(row.get(0)?);
                    }
                }
            }
        }
        Ok(())
    }

    /// Who prints another version by now is no witness for an earlier one.
    fn find_outlets(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let mut query = db.prepare(
            "SELECT article, outlet FROM printings WHERE outlet <> '' AND coalesce(current, article) = article",
        )?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            self.outlets.entry(row.get(0)?).or_default().push(row.get(1)?);
        }
        Ok(())
    }

    /// Adds to each event the reports that echo one of its own; names the outlets that print it, and counts the texts that
    /// tell it.
    pub(crate) fn complete(&self, events: &mut [Event]) {
        let all = self.first.iter().chain(self.again.values().flatten());
        let published: BTreeMap<&str, _> = all.map(|filed| (filed.id.as_str(), filed.published)).collect();
        for event in events {
            let again = event.reports.iter().filter_map(|id| self.again.get(id)).flatten();
            let again: Vec<String> = again.map(|filed| filed.id.clone()).collect();
            event.reports.extend(again);
            event.reports.sort_by_cached_key(|id| (published.get(id.as_str()).copied(), id.clone()));
            let reports = &event.reports;
            let articles = reports.iter().filter_map(|id| self.printed.get(id)).flatten();
            let outlets: BTreeSet<&String> =
                articles.filter_map(|id| self.outlets.get(id)).flatten().collect();
            event.outlets = outlets.into_iter().cloned().collect();
            event.texts = reports.iter().filter_map(|id| self.text.get(id)).collect::<BTreeSet<_>>().len();
        }
    }
}
