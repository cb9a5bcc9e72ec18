//! Turns the issues that events raise into figures: how often, in which months, by which sides.

use serde::Serialize;

use crate::Record;
use crate::error::Result;

/// Something that is counted by events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tallied {
    /// An issue, a month (`2024-03`), a side.
    pub of: String,
    /// How many events.
    pub events: usize,
}

impl Record {
    /// The issues that events raise, the most frequent first.
    pub fn issues(&self) -> Result<Vec<Tallied>> {
        self.tallied(
            "SELECT value, count(*) FROM event_facets WHERE facet = 'issue' GROUP BY value ORDER BY 2 DESC, 1",
            &[],
        )
    }

    /// In which months how many events raise an issue, in order; events without a date are left out.
    pub fn months_of_issue(&self, issue: &str) -> Result<Vec<Tallied>> {
        self.tallied(
            "SELECT substr(date_start, 1, 7), count(*) FROM event_facets JOIN events ON events.id = event
             WHERE facet = 'issue' AND value = ?1 AND date_start IS NOT NULL GROUP BY 1 ORDER BY 1",
            &[issue],
        )
    }

    /// Which sides speak or act in how many events that raise an issue, the busiest first.
    pub fn sides_of_issue(&self, issue: &str) -> Result<Vec<Tallied>> {
        self.tallied(
            "SELECT side.value, count(*) FROM event_facets AS raised JOIN event_facets AS side USING (event)
             WHERE raised.facet = 'issue' AND raised.value = ?1 AND side.facet = 'side'
             GROUP BY 1 ORDER BY 2 DESC, 1",
            &[issue],
        )
    }

    fn tallied(&self, sql: &str, values: &[&str]) -> Result<Vec<Tallied>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| {
                query
                    .query_map(rusqlite::params_from_iter(values), |row| {
                        Ok(Tallied { of: row.get(0)?, events: row.get::<_, u32>(1)? as usize })
                    })?
                    .collect()
            })
            .map_err(self.fail("count events by issue"))
    }
}
