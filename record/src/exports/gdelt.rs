//! Events in the layout of GDELT 1.0: 58 columns with tabs between them and no header, one row for each actor and target,
//! so that scripts written for GDELT run.

mod actor;
mod fields;
mod geo;

use demarche_engine::actors::World;
use rusqlite::OptionalExtension as _;
use sha2::{Digest as _, Sha256};

use crate::Record;
use crate::error::Result;
use crate::exports::cells::quad_class;
use crate::exports::delimited::Delimited;
use crate::exports::pairs::paired;
use crate::exports::{Failure, Out, Writer, Written};
use crate::select::Entry;

pub(crate) use fields::FIELDS;

/// Rows in this layout.
pub(crate) struct Gdelt<'o> {
    rows: Delimited<'o>,
    record: &'o Record,
    world: &'o World,
    any_telling: bool,
}

impl<'o> Gdelt<'o> {
    pub(crate) fn new(out: Out<'o>, record: &'o Record, world: &'o World, any_telling: bool) -> Self {
        Self { rows: Delimited::tabs(out), record, world, any_telling }
    }
}

impl Writer for Gdelt<'_> {
    fn event(&mut self, entry: &Entry) -> std::result::Result<Written, Failure> {
        let told = match paired(entry, self.any_telling) {
            Ok(told) => told,
            Err(reason) => return Ok(Written::LeftOut(reason)),
        };
        let day = told.day;
        let sql_date = digits(&day.to_string());
        let passed = (f64::from(day.month() - 1) * 30.0 + f64::from(day.day())) / 365.0;
        let code = told.code.to_string();
        let more = entry.more.as_ref();
        let (published, url) = match &entry.dataset {
            None => self.record.first_print(&entry.id)?,
            Some(_) => (None, more.and_then(|more| more.url.clone())),
        };
        // GDELT has no class for statements and counts them as verbal cooperation.
        let class = quad_class(told.code).unwrap_or(1).to_string();
        let goldstein = entry.goldstein.map(|value| value.to_string()).unwrap_or_default();
        let texts = entry.texts.max(1);
        let counted =
            |count: Option<u32>, ours: usize| count.map_or(ours, |count| count as usize).to_string();
        let mentions = counted(more.and_then(|more| more.mentions), texts);
        let sources = counted(more.and_then(|more| more.sources), entry.outlets.len().max(1));
        let articles = counted(more.and_then(|more| more.articles), texts);
        let tone = more.and_then(|more| more.tone).map(|tone| tone.to_string()).unwrap_or_default();
        for (nth, (actor, target)) in told.pairs.iter().enumerate() {
            let date = [
                number(&entry.id, nth).to_string(),
                sql_date.clone(),
                sql_date[..6].to_owned(),
                sql_date[..4].to_owned(),
                format!("{:.4}", f64::from(day.year()) + passed),
            ];
            self.put(&date)?;
            self.put(&actor::cells(*actor))?;
            self.put(&actor::cells(*target))?;
            let root = &code[..2];
            let base = code.get(..3).unwrap_or(&code);
            for cell in ["1", &code, base, root, &class, &goldstein, &mentions, &sources, &articles, &tone] {
                self.rows.text(cell)?;
            }
            // Where somebody is when he acts is not known: GDELT guesses it from the names near by.
            self.put(&geo::nowhere())?;
            self.put(&geo::nowhere())?;
            self.put(&geo::cells(entry.place.as_ref(), self.world))?;
            self.rows.text(published.as_deref().unwrap_or(&sql_date))?;
            self.rows.text(url.as_deref().unwrap_or(""))?;
            self.rows.end_row()?;
        }
        Ok(Written::Rows(told.pairs.len() as u64))
    }

    fn finish(&mut self) -> std::result::Result<(), Failure> {
        Ok(self.rows.finish()?)
    }
}

impl Gdelt<'_> {
    fn put(&mut self, cells: &[String]) -> std::result::Result<(), Failure> {
        cells.iter().try_for_each(|cell| self.rows.text(cell))
    }
}

/// GLOBALEVENTID: the first 53 bits of the SHA-256 of the id, which R and JavaScript hold without loss; from the second
/// pair on of the id, a hash and the number of the pair: `3f9a2c81d0-1482#2`.
fn number(id: &str, nth: usize) -> u64 {
    let hash = match nth {
        0 => Sha256::digest(id),
        _ => Sha256::digest(format!("{id}#{}", nth + 1)),
    };
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    u64::from_be_bytes(first) >> 11
}

/// `2024-03-05T18:30` → `20240305`.
fn digits(day: &str) -> String {
    day.chars().filter(char::is_ascii_digit).take(8).collect()
}

impl Record {
    /// When the article of an event's first report was published (`20240305`), and an address where it stands.
    fn first_print(&self, id: &str) -> Result<(Option<String>, Option<String>)> {
        let found = self
            .db
            .prepare_cached(
                "SELECT published, (SELECT min(url) FROM printings WHERE printings.article = articles.id AND url <> '')
                 FROM reports JOIN articles ON articles.id = article WHERE reports.id = ?1",
            )
            .and_then(|mut query| {
                query
                    .query_row([id], |row| {
                        Ok((row.get::<_, Option<String>>(0)?.map(|stamp| digits(&stamp)), row.get(1)?))
                    })
                    .optional()
            });
        Ok(found.map_err(self.fail("look up where it was printed"))?.unwrap_or_default())
    }
}
