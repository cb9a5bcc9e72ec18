//! Turns a question — a dyad, a state, an id — into the events and reports that answer it.

use demarche_engine::events::{Event, Filed, Kind};
use rusqlite::{OptionalExtension as _, Params, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Record;
use crate::columns::{value, word};
use crate::error::Result;

/// A report and the sentence that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    /// The report.
    #[serde(flatten)]
    pub filed: Filed,
    /// The sentence; the report's spans count from the article's start, not from here.
    pub sentence: String,
    /// The article's title.
    pub title: Option<String>,
}

impl Record {
    /// All events between two states, in whichever direction, the earliest first and those without a date last.
    pub fn events_between(&self, a: &str, b: &str) -> Result<Vec<Event>> {
        self.bodies(
            "SELECT body FROM event_dyads JOIN events ON events.id = event
             WHERE a = ?1 AND b = ?2 ORDER BY date_start IS NULL, date_start, id",
            params![a.min(b), a.max(b)],
        )
    }

    /// All events between states in which one of these takes part: what a dyad's share of contacts is measured against.
    pub fn events_of(&self, states: &[&str]) -> Result<Vec<Event>> {
        self.bodies(
            "WITH asked AS (SELECT value FROM json_each(?1))
             SELECT body FROM events
             WHERE id IN (SELECT event FROM event_dyads WHERE a IN asked
                          UNION SELECT event FROM event_dyads WHERE b IN asked)
             ORDER BY date_start IS NULL, date_start, id",
            [serde_json::Value::from(states).to_string()],
        )
    }

    /// The last events of one kind, the latest first: what is planned for later days is left out.
    pub fn latest(&self, kind: Kind, limit: usize) -> Result<Vec<Event>> {
        let kind = word(&kind).map_err(self.fail("select events"))?;
        self.bodies(
            "SELECT body FROM events WHERE kind = ?1 AND told IN ('current', 'recalled') AND date_start IS NOT NULL
             ORDER BY date_start DESC, id LIMIT ?2",
            params![kind, limit as i64],
        )
    }

    /// The last events in which somebody takes part — by name, ISO3 or CAMEO code — the latest first: what is planned for
    /// later days is left out.
    pub fn latest_with(&self, actor: &str, limit: usize) -> Result<Vec<Event>> {
        self.bodies(
            "SELECT body FROM event_facets JOIN events ON events.id = event
             WHERE facet = 'actor' AND value = ?1 AND told IN ('current', 'recalled') AND date_start IS NOT NULL
             ORDER BY date_start DESC, id LIMIT ?2",
            params![actor, limit as i64],
        )
    }

    /// The event with this id, or the one that this report belongs to. A report of a version that was replaced leads to
    /// the event that the current version tells instead, if it still does.
    pub fn event(&self, id: &str) -> Result<Option<Event>> {
        match self.told_as(id)? {
            None => self.heir(id)?.map_or(Ok(None), |heir| self.told_as(&heir)),
            told => Ok(told),
        }
    }

    fn told_as(&self, id: &str) -> Result<Option<Event>> {
        self.db
            .prepare_cached(
                "SELECT body FROM events WHERE id = coalesce((SELECT event FROM event_reports WHERE report = ?1), ?1)",
            )
            .and_then(|mut query| query.query_row([id], |row| value(row, 0)).optional())
            .map_err(self.fail("select an event"))
    }

    /// The report with this id.
    pub fn report(&self, id: &str) -> Result<Option<Filed>> {
        self.db
            .prepare_cached("SELECT body FROM reports WHERE id = ?1")
            .and_then(|mut query| query.query_row([id], |row| value(row, 0)).optional())
            .map_err(self.fail("select a report"))
    }

    /// All reports of the event with this id, the first one first.
    pub fn reports_of(&self, event: &str) -> Result<Vec<Filed>> {
        self.bodies(
            "SELECT body FROM event_reports JOIN reports ON reports.id = report
             WHERE event = ?1 ORDER BY event_reports.position",
            [event],
        )
    }

    /// The report with this id, in the words of its article.
    pub fn quote(&self, id: &str) -> Result<Option<Quote>> {
        self.db
            .prepare_cached(
                "SELECT reports.body, articles.text, articles.title
                 FROM reports JOIN articles ON articles.id = article WHERE reports.id = ?1",
            )
            .and_then(|mut query| {
                query
                    .query_row([id], |row| {
                        let filed: Filed = value(row, 0)?;
                        let sentence =
                            filed.report.evidence.sentence.of(row.get_ref(1)?.as_str()?).to_owned();
                        Ok(Quote { filed, sentence, title: row.get(2)? })
                    })
                    .optional()
            })
            .map_err(self.fail("quote a report"))
    }

    /// Ids of reports that begin with `start`, at most `limit`: to suggest what was meant.
    pub fn report_ids(&self, start: &str, limit: usize) -> Result<Vec<String>> {
        self.db
            .prepare_cached(
                "SELECT id FROM reports WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2",
            )
            .and_then(|mut query| query.query_map(params![start, limit as i64], |row| row.get(0))?.collect())
            .map_err(self.fail("select reports"))
    }

    /// Every value in the first column of a query.
    pub(crate) fn bodies<T: DeserializeOwned>(&self, sql: &str, params: impl Params) -> Result<Vec<T>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map(params, |row| value(row, 0))?.collect())
            .map_err(self.fail("select from it"))
    }
}
