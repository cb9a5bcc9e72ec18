//! Turns the wording of articles into texts: near copies of one another are one text, however many outlets print it.
//!
//! Two articles are near copies if their sketches share a band and at least `SAME_TEXT` of their wording; a text is
//! whatever hangs together by near copies. Both follow from the articles alone, so the order in which they come does not
//! matter. Bands are looked up by index: an article is compared with those of like wording, never with all.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::page::{Article, SAME_TEXT, Sketch};
use rusqlite::{Connection, params};

use crate::columns::value;

/// Finds the text of every unsettled article that has none yet. Returns how many of these are near copies: all but one of
/// each text that is new to the record.
pub(crate) fn place(db: &Connection) -> rusqlite::Result<usize> {
    let new: Vec<i64> = db
        .prepare(
            "SELECT article FROM unsettled WHERE article NOT IN (SELECT article FROM kin) ORDER BY article",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for &id in &new {
        place_one(db, id)?;
    }
    let mut of_text: BTreeMap<i64, usize> = BTreeMap::new();
    for id in &new {
        let text = db
            .prepare_cached("SELECT text FROM kin WHERE article = ?1")?
            .query_row([id], |row| row.get(0))?;
        *of_text.entry(text).or_default() += 1;
    }
    let mut copies = new.len();
    for (text, new) in of_text {
        let all: u32 = db
            .prepare_cached("SELECT count(*) FROM kin WHERE text = ?1")?
            .query_row([text], |row| row.get(0))?;
        copies -= usize::from(all as usize == new);
    }
    Ok(copies)
}

fn place_one(db: &Connection, id: i64) -> rusqlite::Result<()> {
    let article = db
        .prepare_cached("SELECT text, body FROM articles WHERE id = ?1")?
        .query_row([id], |row| Ok(Article { text: row.get(0)?, ..value(row, 1)? }))?;
    let sketch = Sketch::of(&article);
    db.prepare_cached("INSERT INTO kin (article, text, replaced, sketch) VALUES (?1, ?1, 0, ?2)")?
        .execute(params![id, sketch.as_ref().map(Sketch::to_bytes)])?;
    let Some(sketch) = sketch else { return Ok(()) };
    // SQLite's integers have a sign; the bits stay.
    let bands: Vec<i64> = sketch.bands().map(u64::cast_signed).collect();
    let mut like = BTreeSet::new();
    for band in &bands {
        let mut query = db.prepare_cached("SELECT article FROM bands WHERE band = ?1")?;
        let mut rows = query.query([band])?;
        while let Some(row) = rows.next()? {
            like.insert(row.get::<_, i64>(0)?);
        }
    }
    let mut text = id;
    for other in like {
        let (of_other, theirs) = db
            .prepare_cached("SELECT text, sketch FROM kin WHERE article = ?1")?
            .query_row([other], |row| Ok((row.get(0)?, Sketch::from_bytes(row.get_ref(1)?.as_blob()?))))?;
        if theirs.as_ref() == Some(&sketch) {
            // Whatever is near to this one is near to that one: it need not be found under its bands.
            join(db, text, of_other)?;
            return Ok(());
        }
        if of_other != text && theirs.is_some_and(|theirs| sketch.shared(&theirs) >= SAME_TEXT) {
            text = join(db, text, of_other)?;
        }
    }
    for band in bands {
        // Two bands of one sketch never fall together but by chance.
        db.prepare_cached("INSERT OR IGNORE INTO bands (band, article) VALUES (?1, ?2)")?
            .execute([band, id])?;
    }
    Ok(())
}

/// Makes two texts one, under the lesser id.
fn join(db: &Connection, a: i64, b: i64) -> rusqlite::Result<i64> {
    let (stays, goes) = (a.min(b), a.max(b));
    db.prepare_cached("UPDATE kin SET text = ?1 WHERE text = ?2 AND text <> ?1")?.execute([stays, goes])?;
    Ok(stays)
}

/// The words of a passage as they are compared: letters and digits in lower case, one space between words.
pub(crate) fn words(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_look_through_typography() {
        assert_eq!(super::words("“Fish, chips” — 2 ships’"), super::words("FISH chips: 2 ships"));
        assert_eq!(super::words("—"), "");
    }
}
