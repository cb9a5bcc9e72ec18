//! Turns printings into the outlets of a record, each with how much of it is kept and told.

use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

use crate::Record;
use crate::error::Result;

/// An outlet, and what the record has of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Articles that it printed, with all versions.
    pub articles: usize,
    /// Events that it told.
    pub events: usize,
    /// Days on which the first and the last of its articles was published.
    pub published: Option<(Date, Date)>,
}

impl Record {
    /// The outlets, those with most articles first.
    pub fn outlets(&self) -> Result<Vec<Outlet>> {
        let outlet = |row: &Row<'_>| {
            let day =
                |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse().ok()));
            Ok(Outlet {
                name: row.get(0)?,
                articles: row.get::<_, u32>(1)? as usize,
                events: row.get::<_, u32>(2)? as usize,
                published: day(3)?.zip(day(4)?),
            })
        };
        self.db
            .prepare_cached(
                "SELECT outlet, count(DISTINCT article),
                        (SELECT count(*) FROM event_facets WHERE facet = 'outlet' AND value = outlet),
                        min(substr(published, 1, 10)), max(substr(published, 1, 10))
                 FROM printings JOIN articles ON articles.id = article WHERE outlet <> ''
                 GROUP BY outlet ORDER BY 2 DESC, 1",
            )
            .and_then(|mut query| query.query_map([], outlet)?.collect())
            .map_err(self.fail("list the outlets"))
    }
}
