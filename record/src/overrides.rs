//! What people say against a coding: corrected, rejected, split and merged, with author, time and reason. Codings stay as
//! they were read; the events are settled with what the overrides say, and taking one back brings the old ones back.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::actors::Actor;
use demarche_engine::events::{Filed, Party, Tie, Told, plover};
use demarche_engine::text::Span;
use demarche_engine::time::Period;
use rusqlite::{Connection, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::Record;
use crate::columns::{body, value};
use crate::error::{Error, Result};
use crate::merge;

/// One override.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Override {
    /// Its number.
    pub id: i64,
    /// Who made it, when and why.
    pub by: By,
    /// What it does.
    pub change: Change,
    /// Who took it back, when and why.
    pub reverted: Option<By>,
    /// Those of its reports that no current article holds now: it waits for them.
    pub waiting: Vec<String>,
}

/// Who did something, when and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// Who.
    pub author: String,
    /// When, ISO 8601.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// What an override does, to reports by their ids: these stay when the engine changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum Change {
    /// These reports say something else.
    Correct {
        /// Which.
        reports: Vec<String>,
        /// What they say.
        to: Correction,
    },
    /// These reports report nothing.
    Reject {
        /// Which.
        reports: Vec<String>,
    },
    /// These reports tell a happening of their own.
    Split {
        /// Which.
        reports: Vec<String>,
    },
    /// These reports tell one happening.
    Merge {
        /// Which.
        reports: Vec<String>,
    },
}

/// What a report says in truth; what is left out stays as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// CAMEO event code; PLOVER's type and mode follow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    /// When it happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Period>,
    /// How it is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told: Option<Told>,
    /// Who did or said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actors: Option<Vec<Actor>>,
    /// To whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<Actor>>,
}

impl Change {
    /// The reports that it is about.
    pub fn reports(&self) -> &[String] {
        match self {
            Change::Correct { reports, .. }
            | Change::Reject { reports }
            | Change::Split { reports }
            | Change::Merge { reports } => reports,
        }
    }
}

impl Correction {
    /// The report as it should have been read.
    fn apply(&self, filed: &mut Filed) {
        let report = &mut filed.report;
        if let Some(code) = &self.cameo {
            let context = report.plover.take().map(|p| p.context).unwrap_or_default();
            report.plover = plover(code).map(|coding| demarche_engine::events::Plover { context, ..coding });
            report.cameo = Some(code.clone());
        }
        if let Some(date) = self.date {
            report.date = Some(date);
        }
        if let Some(told) = self.told {
            report.told = told;
        }
        // No words on the page name them: they stand where the report's own word stands.
        let span = Span::new(report.evidence.trigger.start, report.evidence.trigger.start);
        let parties =
            |actors: &[Actor]| actors.iter().map(|actor| Party { actor: actor.clone(), span }).collect();
        if let Some(actors) = &self.actors {
            report.actors = parties(actors);
        }
        if let Some(recipients) = &self.recipients {
            report.recipients = parties(recipients);
        }
    }
}

/// The overrides that hold, as settling needs them.
#[derive(Debug, Default)]
pub(crate) struct Holding {
    rejected: BTreeSet<String>,
    corrected: BTreeMap<String, Vec<Correction>>,
    ties: Vec<Tie>,
}

impl Holding {
    pub(crate) fn of(db: &Connection) -> rusqlite::Result<Self> {
        let mut holding = Self::default();
        let mut query = db.prepare("SELECT body FROM overrides WHERE reverted IS NULL ORDER BY id")?;
        let changes = query.query_map([], |row| value::<Change>(row, 0))?;
        for change in changes {
            match change? {
                Change::Reject { reports } => holding.rejected.extend(reports),
                Change::Correct { reports, to } => {
                    for report in reports {
                        holding.corrected.entry(report).or_default().push(to.clone());
                    }
                }
                Change::Split { reports } => holding.ties.push(Tie::Apart(reports)),
                Change::Merge { reports } => holding.ties.push(Tie::Together(reports)),
            }
        }
        Ok(holding)
    }

    /// Whether this report counts at all.
    pub(crate) fn keeps(&self, id: &str) -> bool {
        !self.rejected.contains(id)
    }

    /// Corrects a report; false where nobody does.
    pub(crate) fn correct(&self, filed: &mut Filed) -> bool {
        let Some(corrections) = self.corrected.get(&filed.id) else { return false };
        corrections.iter().for_each(|correction| correction.apply(filed));
        true
    }

    /// What is to be merged and what not. `first` leads from a report to the one that stands for it in merging.
    pub(crate) fn ties<'i>(&'i self, first: impl Fn(&'i str) -> &'i str) -> Vec<Tie> {
        let firsts = |ids: &'i [String]| ids.iter().map(|id| first(id).to_owned()).collect();
        self.ties
            .iter()
            .map(|tie| match tie {
                Tie::Together(ids) => Tie::Together(firsts(ids)),
                Tie::Apart(ids) => Tie::Apart(firsts(ids)),
            })
            .collect()
    }
}

impl Record {
    /// Enters an override and settles the events with it. Its reports must be in the record.
    pub fn override_with(&mut self, change: &Change, by: &By) -> Result<i64> {
        self.check_change(change, by)?;
        let path = self.path.clone();
        let fail = |e| Error::sqlite(&path, "keep the override", e);
        let work = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let sql = "INSERT INTO overrides (author, made, reason, body) VALUES (?1, ?2, ?3, ?4)";
        work.execute(sql, params![by.author, by.at, by.reason, body(change).map_err(fail)?]).map_err(fail)?;
        let id = work.last_insert_rowid();
        merge::settle(&work).map_err(fail)?;
        merge::remake(&work).map_err(fail)?;
        work.commit().map_err(fail)?;
        Ok(id)
    }

    /// Takes an override back and settles the events without it.
    pub fn revert(&mut self, id: i64, by: &By) -> Result<()> {
        let path = self.path.clone();
        let found = self.overrides()?.into_iter().find(|o| o.id == id);
        let Some(found) = found else {
            return Err(Error::new(
                &path,
                format!("there is no override {id}"),
                "list them with `demarche override list`",
            ));
        };
        if let Some(before) = &found.reverted {
            let what = format!("override {id} was taken back by {} on {}", before.author, before.at);
            return Err(Error::new(&path, what, "make it anew if it is to hold again"));
        }
        check_by(&path, by)?;
        let fail = |e| Error::sqlite(&path, "take the override back", e);
        let work = self.db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let sql = "UPDATE overrides SET reverted = ?2 WHERE id = ?1";
        work.execute(sql, params![id, body(by).map_err(fail)?]).map_err(fail)?;
        merge::settle(&work).map_err(fail)?;
        merge::remake(&work).map_err(fail)?;
        work.commit().map_err(fail)
    }

    /// All overrides, those taken back among them, in the order in which they were made.
    pub fn overrides(&self) -> Result<Vec<Override>> {
        let fail = self.fail("list the overrides");
        let mut query = self
            .db
            .prepare_cached("SELECT id, author, made, reason, body, reverted FROM overrides ORDER BY id")
            .map_err(&fail)?;
        let rows = query.query_map([], |row| {
            let reverted =
                if row.get_ref(5)?.as_str_or_null()?.is_some() { Some(value(row, 5)?) } else { None };
            let by = By { author: row.get(1)?, at: row.get(2)?, reason: row.get(3)? };
            Ok(Override { id: row.get(0)?, by, change: value(row, 4)?, reverted, waiting: Vec::new() })
        });
        let mut all: Vec<Override> =
            rows.and_then(|rows| rows.collect::<rusqlite::Result<_>>()).map_err(&fail)?;
        for one in &mut all {
            for report in one.change.reports() {
                if !self.is_current(report).map_err(&fail)? {
                    one.waiting.push(report.clone());
                }
            }
        }
        Ok(all)
    }

    /// The overrides that hold for each event, by its id.
    pub(crate) fn overridden(&self) -> Result<BTreeMap<String, Vec<i64>>> {
        let mut by_event: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let fail = self.fail("look up overrides");
        let mut query = self
            .db
            .prepare_cached(
                "SELECT DISTINCT event, overrides.id FROM overrides, json_each(body, '$.reports') AS named
                 JOIN event_reports ON report = named.value WHERE reverted IS NULL ORDER BY event, overrides.id",
            )
            .map_err(&fail)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(&fail)?;
        for row in rows {
            let (event, id): (String, i64) = row.map_err(&fail)?;
            by_event.entry(event).or_default().push(id);
        }
        Ok(by_event)
    }

    /// Whether a current article holds this report.
    fn is_current(&self, report: &str) -> rusqlite::Result<bool> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM reports LEFT JOIN kin USING (article) WHERE id = ?1 AND coalesce(replaced, 0) = 0",
            )?
            .exists([report])
    }

    fn check_change(&self, change: &Change, by: &By) -> Result<()> {
        let path = self.path();
        check_by(path, by)?;
        for id in change.reports() {
            if self.report(id)?.is_none() {
                let remedy = "name a report or an event by its id, as `demarche events` and `read` print it";
                return Err(Error::new(path, format!("the record holds no report {id}"), remedy));
            }
        }
        let wrong = match change {
            Change::Merge { reports } if reports.len() < 2 => {
                "merging needs two reports or events at least".to_owned()
            }
            _ if change.reports().is_empty() => "no report is named".to_owned(),
            Change::Correct { to, .. } if *to == Correction::default() => "nothing is corrected".to_owned(),
            Change::Correct { to: Correction { cameo: Some(code), .. }, .. } if !is_code(code) => {
                format!("the code {code} is not in CAMEO’s codebook")
            }
            _ => return Ok(()),
        };
        Err(Error::new(path, wrong, "see `demarche override --help`"))
    }
}

fn is_code(code: &str) -> bool {
    code.parse::<demarche_engine::series::Cameo>().is_ok_and(|code| code.is_listed())
}

fn check_by(path: &std::path::Path, by: &By) -> Result<()> {
    for (what, said) in [("an author", &by.author), ("a reason", &by.reason)] {
        if said.trim().is_empty() {
            return Err(Error::new(
                path,
                format!("an override needs {what}"),
                "say it with --author and --reason",
            ));
        }
    }
    Ok(())
}
