//! Turns words that somebody looks for into the articles and events that say them.

use demarche_engine::events::Event;
use rusqlite::{Row, params};
use serde::Serialize;

use crate::Record;
use crate::error::Result;
use crate::select::typed;

/// An article that says what was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Passage {
    /// Its hash.
    pub hash: String,
    /// Its title.
    pub title: Option<String>,
    /// ISO 8601.
    pub published: Option<String>,
    /// Where it says so: stretches of text, and whether each is what was looked for.
    pub stretches: Vec<(String, bool)>,
}

/// What stands around a find: characters that no page has, since reading drops them.
const BEGINS: char = '\u{2}';
const ENDS: char = '\u{3}';

impl Record {
    /// Current articles whose text or title has all the words, the best fit first. `"…"` makes a phrase, a star behind a word
    /// stands for any ending.
    pub fn passages(&self, words: &str, limit: usize) -> Result<Vec<Passage>> {
        let Some(query) = typed::query(words) else { return Ok(Vec::new()) };
        let passage = |row: &Row<'_>| {
            Ok(Passage {
                hash: row.get(0)?,
                title: row.get(1)?,
                published: row.get(2)?,
                stretches: stretches(row.get_ref(3)?.as_str()?),
            })
        };
        self.db
            .prepare_cached(
                "SELECT hash, articles.title, published, snippet(article_words, -1, ?2, ?3, '…', 28)
                 FROM article_words JOIN articles ON articles.id = article_words.rowid LEFT JOIN kin ON article = id
                 WHERE article_words MATCH ?1 AND coalesce(replaced, 0) = 0
                 ORDER BY rank, hash LIMIT ?4",
            )
            .and_then(|mut found| {
                found
                    .query_map(params![query, BEGINS.to_string(), ENDS.to_string(), limit as i64], passage)?
                    .collect()
            })
            .map_err(self.fail("look for words"))
    }

    /// Events whose sentences have all the words, the latest first and those without a date last.
    pub fn events_saying(&self, words: &str, limit: usize) -> Result<Vec<Event>> {
        let Some(query) = typed::query(words) else { return Ok(Vec::new()) };
        self.bodies(
            "SELECT body FROM events
             WHERE id IN (SELECT event FROM report_words JOIN reports ON number = report_words.rowid
                          JOIN event_reports ON report = reports.id WHERE report_words MATCH ?1)
             ORDER BY date_start IS NULL, date_start DESC, id LIMIT ?2",
            params![query, limit as i64],
        )
    }
}

/// Cuts a snippet at the marks around what was found.
fn stretches(snippet: &str) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    for (at, part) in snippet.split(BEGINS).enumerate() {
        let (found, rest) = if at == 0 { ("", part) } else { part.split_once(ENDS).unwrap_or((part, "")) };
        for (words, is_found) in [(found, true), (rest, false)] {
            if !words.is_empty() {
                all.push((words.to_owned(), is_found));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_is_told_from_what_stands_around_it() {
        let part = |words: &str, found| (words.to_owned(), found);
        assert_eq!(
            stretches("…they \u{2}met\u{3} in \u{2}Oslo\u{3}"),
            [part("…they ", false), part("met", true), part(" in ", false), part("Oslo", true)]
        );
        assert_eq!(stretches("nothing"), [part("nothing", false)]);
        assert!(stretches("").is_empty());
    }
}
