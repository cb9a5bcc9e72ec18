//! Turns a report of a version that was replaced into the report of the current version that took its place.

use demarche_engine::events::{Filed, merge};

use crate::Record;
use crate::columns::value;
use crate::echoes::{Words, in_words};
use crate::error::Result;

impl Record {
    /// The id of the report in a current version of the page that says the same as this one of a replaced version: in the
    /// same words, or else what the engine takes for the same happening. None if no version says it any more.
    pub(crate) fn heir(&self, id: &str) -> Result<Option<String>> {
        let Some((old, words)) = self.in_words("reports.id = ?1 AND replaced", id)?.pop() else {
            return Ok(None);
        };
        let now = self.in_words(
            "article IN (SELECT current FROM printings JOIN reports USING (article) WHERE reports.id = ?1)",
            id,
        )?;
        if let Some((heir, _)) = now.iter().find(|(_, other)| *other == words) {
            return Ok(Some(heir.id.clone()));
        }
        let all: Vec<Filed> = now.into_iter().map(|(filed, _)| filed).chain([old]).collect();
        let event = merge(&all).into_iter().find(|event| event.reports.iter().any(|report| report == id));
        Ok(event.and_then(|event| event.reports.into_iter().find(|report| report != id)))
    }

    /// Reports with what they say, in order of text.
    fn in_words(&self, which: &str, id: &str) -> Result<Vec<(Filed, Words)>> {
        self.db
            .prepare_cached(&format!(
                "SELECT reports.body, articles.text FROM reports JOIN kin USING (article) JOIN articles ON articles.id = article
                 WHERE {which} ORDER BY article, position"
            ))
            .and_then(|mut query| {
                query
                    .query_map([id], |row| {
                        let filed: Filed = value(row, 0)?;
                        let words = in_words(&filed, row.get_ref(1)?.as_str()?);
                        Ok((filed, words))
                    })?
                    .collect()
            })
            .map_err(self.fail("look for a later version of a report"))
    }
}
