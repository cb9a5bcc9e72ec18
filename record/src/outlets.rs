//! Turns printings into the outlets of a record, each with how much of it is kept and told.

use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

use crate::Record;
use crate::error::Result;
use crate::select::{From, Selection};

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
    /// Whether anything of what is asked for comes from an outlet of exactly this name.
    pub fn has_outlet(&self, from: &From, name: &str) -> Result<bool> {
        let exists = |sql: &str| {
            self.db
                .prepare_cached(sql)
                .and_then(|mut query| query.exists([name]))
                .map_err(self.fail("look for an outlet"))
        };
        let own = from.takes_own()
            && (exists("SELECT 1 FROM event_facets WHERE facet = 'outlet' AND value = ?1")?
                || exists("SELECT 1 FROM printings WHERE outlet = ?1")?);
        if own || !from.takes_imported() {
            return Ok(own);
        }
        if exists("SELECT 1 FROM publishers WHERE name = ?1")? {
            return Ok(true);
        }
        // Further publishers of an imported event have no table of their own.
        let any = Selection { from: from.clone(), outlet: Some(name.to_owned()), ..Selection::of(1) };
        Ok(!self.select(&any)?.entries.is_empty())
    }

    /// The names of outlets, in the order of the alphabet.
    pub fn outlet_names(&self, from: &From) -> Result<Vec<String>> {
        let sql = match (from.takes_own(), from.takes_imported()) {
            (true, true) => {
                "SELECT outlet FROM printings WHERE outlet <> '' UNION SELECT name FROM publishers ORDER BY 1"
            }
            (true, false) => "SELECT DISTINCT outlet FROM printings WHERE outlet <> '' ORDER BY 1",
            (false, _) => "SELECT name FROM publishers ORDER BY 1",
        };
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| query.query_map([], |row| row.get(0))?.collect())
            .map_err(self.fail("list the outlets"))
    }

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
