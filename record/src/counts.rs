//! Turns a record into its figures: how much it holds, from when to when, about which pairs of states.

use jiff::civil::Date;
use rusqlite::Params;
use serde::Serialize;

use crate::Record;
use crate::error::Result;

/// What a record holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Articles, whoever prints them, and all versions of each.
    pub articles: usize,
    /// Texts among the current ones: near copies are one.
    pub texts: usize,
    /// Articles that later versions of their pages replaced.
    pub replaced: usize,
    /// Distinct outlets.
    pub outlets: usize,
    /// Reports of articles that are current.
    pub reports: usize,
    /// Happenings behind them.
    pub events: usize,
    /// Pairs of states with at least one event.
    pub dyads: usize,
    /// Day of the first and of the last article.
    pub published: Option<(Date, Date)>,
}

/// A pair of states in a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dyad {
    /// ISO3 code of the first in alphabetical order.
    pub a: String,
    /// ISO3 code of the other.
    pub b: String,
    /// Events between them.
    pub events: usize,
    /// Contacts among these.
    pub contacts: usize,
    /// Day of the first and of the last dated one.
    pub dated: Option<(Date, Date)>,
}

impl Record {
    /// How much the record holds.
    pub fn counts(&self) -> Result<Counts> {
        self.db
            .query_row(
                "SELECT (SELECT count(*) FROM articles),
                        (SELECT count(DISTINCT coalesce(kin.text, id)) FROM articles LEFT JOIN kin ON article = id
                         WHERE coalesce(replaced, 0) = 0),
                        (SELECT count(*) FROM kin WHERE replaced),
                        (SELECT count(DISTINCT outlet) FROM printings WHERE outlet <> ''),
                        (SELECT count(*) FROM reports LEFT JOIN kin USING (article) WHERE coalesce(replaced, 0) = 0),
                        (SELECT count(*) FROM events),
                        (SELECT count(*) FROM (SELECT DISTINCT a, b FROM event_dyads)),
                        (SELECT min(substr(published, 1, 10)) FROM articles),
                        (SELECT max(substr(published, 1, 10)) FROM articles)",
                [],
                |row| {
                    Ok(Counts {
                        articles: row.get::<_, u32>(0)? as usize,
                        texts: row.get::<_, u32>(1)? as usize,
                        replaced: row.get::<_, u32>(2)? as usize,
                        outlets: row.get::<_, u32>(3)? as usize,
                        reports: row.get::<_, u32>(4)? as usize,
                        events: row.get::<_, u32>(5)? as usize,
                        dyads: row.get::<_, u32>(6)? as usize,
                        published: both(row.get(7)?, row.get(8)?),
                    })
                },
            )
            .map_err(self.fail("count"))
    }

    /// The last day that the record knows of: of the last article, or else of the last event that is told as current.
    /// Questions that name no day are answered as of it, since neither the engine nor the record has a clock.
    pub fn last_day(&self) -> Result<Option<Date>> {
        self.db
            .query_row(
                "SELECT coalesce((SELECT max(substr(published, 1, 10)) FROM articles),
                                 (SELECT max(date_end) FROM events WHERE told = 'current'))",
                [],
                |row| row.get::<_, Option<String>>(0),
            )
            .map(|day| day.and_then(|d| d.parse().ok()))
            .map_err(self.fail("find the last day"))
    }

    /// The pairs of states that have events, those with most first.
    pub fn dyads(&self) -> Result<Vec<Dyad>> {
        self.dyads_among("SELECT a, b, event FROM event_dyads", [])
    }

    /// The pairs of this state, by ISO3 code, those with most events first.
    pub fn dyads_with(&self, state: &str) -> Result<Vec<Dyad>> {
        let among = "SELECT a, b, event FROM event_dyads WHERE a = ?1
                     UNION ALL SELECT a, b, event FROM event_dyads WHERE b = ?1";
        self.dyads_among(among, [state])
    }

    fn dyads_among(&self, among: &str, params: impl Params) -> Result<Vec<Dyad>> {
        let fail = self.fail("list the pairs of states");
        let sql = format!(
            "SELECT a, b, count(*), sum(kind = 'contact'), min(date_start), max(date_end)
             FROM ({among}) JOIN events ON events.id = event GROUP BY a, b ORDER BY count(*) DESC, a, b"
        );
        self.db
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query
                    .query_map(params, |row| {
                        Ok(Dyad {
                            a: row.get(0)?,
                            b: row.get(1)?,
                            events: row.get::<_, u32>(2)? as usize,
                            contacts: row.get::<_, u32>(3)? as usize,
                            dated: both(row.get(4)?, row.get(5)?),
                        })
                    })?
                    .collect()
            })
            .map_err(fail)
    }
}

fn both(first: Option<String>, last: Option<String>) -> Option<(Date, Date)> {
    Some((first?.parse().ok()?, last?.parse().ok()?))
}
