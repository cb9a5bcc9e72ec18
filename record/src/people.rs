//! Turns everyone seen on pages into the people of a record: under which names, for whom, in which posts, on how many pages.

use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

use crate::Record;
use crate::columns::value;
use crate::error::Result;

/// A name of a person, as pages have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Face {
    /// The name.
    pub name: String,
    /// ISO3 codes of the states that persons so named belong to, sorted.
    pub states: Vec<String>,
    /// Current articles with such a person.
    pub articles: usize,
}

/// What pages say that a person of a name is, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// ISO3 code of the state.
    pub state: Option<String>,
    /// The role of CAMEO.
    pub sector: Option<String>,
    /// The post.
    pub post: Option<String>,
    /// Current articles that say so.
    pub articles: usize,
    /// Days on which the first and the last of them was published.
    pub published: Option<(Date, Date)>,
}

/// Persons on articles that are current.
const PERSONS: &str = "FROM actors_seen JOIN articles ON articles.id = article LEFT JOIN kin USING (article)
                       WHERE actors_seen.kind = 'person' AND coalesce(replaced, 0) = 0";

impl Record {
    /// The people whose names hold all these words, in any case; those on most articles first. No words: everybody.
    pub fn people(&self, words: &str, limit: usize) -> Result<Vec<Face>> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let sql = format!(
            "SELECT name, json_group_array(DISTINCT state) FILTER (WHERE state IS NOT NULL), count(DISTINCT article) {PERSONS}
               AND NOT EXISTS (SELECT 1 FROM json_each(?1) WHERE instr(lower(name), value) = 0)
             GROUP BY name ORDER BY count(DISTINCT article) DESC, name LIMIT ?2"
        );
        self.db
            .prepare_cached(&sql)
            .and_then(|mut query| {
                query.query_map((serde_json::Value::from(words).to_string(), limit as i64), face)?.collect()
            })
            .map_err(self.fail("list the people"))
    }

    /// The people of a state, by ISO3 code; those on most articles first.
    pub fn people_of(&self, state: &str, limit: usize) -> Result<Vec<Face>> {
        let sql = format!(
            "SELECT name, json_array(?1), count(DISTINCT article) {PERSONS} AND state = ?1
             GROUP BY name ORDER BY count(DISTINCT article) DESC, name LIMIT ?2"
        );
        self.db
            .prepare_cached(&sql)
            .and_then(|mut query| query.query_map((state, limit as i64), face)?.collect())
            .map_err(self.fail("list the people of a state"))
    }

    /// What pages say of the person of exactly this name, what most say first; nothing where nobody is so named.
    pub fn standings(&self, name: &str) -> Result<Vec<Standing>> {
        let sql = format!(
            "SELECT state, sector, min(post), count(DISTINCT article),
                    min(substr(published, 1, 10)), max(substr(published, 1, 10))
             {PERSONS} AND name = ?1 GROUP BY 1, 2, lower(post) ORDER BY 4 DESC, 5, 1, 2, 3"
        );
        let standing = |row: &Row<'_>| {
            let day =
                |at| Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse().ok()));
            Ok(Standing {
                state: row.get(0)?,
                sector: row.get(1)?,
                post: row.get(2)?,
                articles: row.get::<_, u32>(3)? as usize,
                published: day(4)?.zip(day(5)?),
            })
        };
        self.db
            .prepare_cached(&sql)
            .and_then(|mut query| query.query_map([name], standing)?.collect())
            .map_err(self.fail("read who a person is"))
    }
}

/// A name, its states as a JSON array, its articles.
fn face(row: &Row<'_>) -> rusqlite::Result<Face> {
    let mut states: Vec<String> = value(row, 1)?;
    states.sort();
    Ok(Face { name: row.get(0)?, states, articles: row.get::<_, u32>(2)? as usize })
}
