//! Turns kept articles into the lines of a list: each text once, and no version that was replaced.

use rusqlite::{Params, params};
use serde::Serialize;

use crate::Record;
use crate::columns::value;
use crate::error::Result;

/// An article in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// Its hash.
    pub hash: String,
    /// Its title.
    pub title: Option<String>,
    /// ISO 8601.
    pub published: Option<String>,
    /// All outlets that print it, sorted.
    pub outlets: Vec<String>,
    /// How many reports it holds.
    pub reports: usize,
}

/// The columns of a headline; `$text` selects the articles whose outlets it names, `$which` those that have a line.
macro_rules! lines {
    ($text:literal, $which:literal) => {
        concat!(
            "SELECT hash, title, published,
                    (SELECT json_group_array(outlet) FROM
                        (SELECT DISTINCT outlet FROM printings
                         WHERE article IN (",
            $text,
            ") AND outlet <> '' AND coalesce(current, article) = article ORDER BY outlet)),
                    (SELECT count(*) FROM reports WHERE article = articles.id)
             FROM articles LEFT JOIN kin ON kin.article = id WHERE coalesce(replaced, 0) = 0 AND ",
            $which
        )
    };
}

impl Record {
    /// The last texts, the latest first: each under its first article, which was published first and, of equals, has the
    /// lowest hash, with the outlets of all its near copies.
    pub fn headlines(&self, limit: usize) -> Result<Vec<Headline>> {
        self.lines(
            lines!(
                "SELECT articles.id UNION SELECT other.article FROM kin AS other
                 WHERE other.text = kin.text AND NOT other.replaced",
                "NOT EXISTS (SELECT 1 FROM kin AS other JOIN articles AS a ON a.id = other.article
                             WHERE other.text = kin.text AND NOT other.replaced
                               AND (a.published IS NULL, ifnull(a.published, ''), a.hash) <
                                   (articles.published IS NULL, ifnull(articles.published, ''), articles.hash))
                 ORDER BY published DESC, hash LIMIT ?1"
            ),
            params![limit as i64],
        )
    }

    /// The other articles of the same text that are current, the first published first.
    pub(crate) fn copies(&self, article: i64) -> Result<Vec<Headline>> {
        self.lines(
            lines!(
                "articles.id",
                "kin.text = (SELECT text FROM kin WHERE article = ?1) AND id <> ?1
                 ORDER BY published IS NULL, published, hash"
            ),
            [article],
        )
    }

    fn lines(&self, sql: &str, params: impl Params) -> Result<Vec<Headline>> {
        self.db
            .prepare_cached(sql)
            .and_then(|mut query| {
                query
                    .query_map(params, |row| {
                        Ok(Headline {
                            hash: row.get(0)?,
                            title: row.get(1)?,
                            published: row.get(2)?,
                            outlets: value(row, 3)?,
                            reports: row.get::<_, u32>(4)? as usize,
                        })
                    })?
                    .collect()
            })
            .map_err(self.fail("list the articles"))
    }
}
