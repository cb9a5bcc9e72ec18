//! Writes imported events into the record's tables, each shared text once.

use std::collections::{BTreeMap, HashMap};

use demarche_engine::events::plover;
use demarche_engine::series::{Cameo, Direction, Dyad, Tone, joined};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::columns::{body, number};
use crate::courses::{self, Tie};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, Mention};

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It is new, and so is its id.
    New,
    /// It is new, and its id is also that of another row.
    SharedId,
    /// The record holds it already.
    Repeated,
}

/// The ids of what has been written, so that each row of a source costs no look-up of names that came before.
pub(crate) struct Keeper {
    dataset: i64,
    parties: HashMap<ImportedParty, i64>,
    places: HashMap<PlaceKey, i64>,
    publishers: HashMap<String, i64>,
    codings: HashMap<Cameo, (Option<String>, Option<String>)>,
    /// Rows of a batch that go where their party or dyad has its place: put there in that order, many fall on one page.
    parts: Vec<Part>,
    ties: Vec<Tie>,
}

/// Who takes part in an event.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    party: i64,
    date: Date,
    event: i64,
    role: i64,
    position: i64,
}

/// Name, country and the bits of the degrees.
type PlaceKey = (String, String, Option<(u64, u64)>);

impl Keeper {
    /// For one dataset, which is entered where it is new.
    pub(crate) fn of(db: &Connection, name: &str, version: &str, format: &str) -> rusqlite::Result<Self> {
        db.execute(
            "INSERT OR IGNORE INTO datasets (name, version, format) VALUES (?1, ?2, ?3)",
            (name, version, format),
        )?;
        let sql = "SELECT id FROM datasets WHERE name = ?1 AND version = ?2";
        let dataset = db.query_row(sql, (name, version), |row| row.get(0))?;
        Ok(Self {
            dataset,
            parties: HashMap::new(),
            places: HashMap::new(),
            publishers: HashMap::new(),
            codings: HashMap::new(),
            parts: Vec::new(),
            ties: Vec::new(),
        })
    }

    pub(crate) fn dataset(&self) -> i64 {
        self.dataset
    }

    /// Writes an event. `digest` is that of the source's row.
    pub(crate) fn put(
        &mut self,
        batch: &Transaction<'_>,
        event: &Imported,
        digest: i64,
    ) -> rusqlite::Result<Put> {
        let (event_type, mode) = self.coding(event);
        let place = event.place.as_ref().map(|place| self.place(batch, place)).transpose()?;
        let publisher = event.publisher.as_ref().map(|name| self.publisher(batch, name)).transpose()?;
        let more = (!event.more.is_empty()).then(|| body(&event.more)).transpose()?;
        let date = event.date.to_string();
        let cameo = event.cameo.map(|code| code.to_string());
        let mut nth = 0;
        let id = loop {
            let inserted = batch
                .prepare_cached(
                    "INSERT INTO imported (dataset, source_id, nth, digest, date, cameo, event_type, mode, intensity,
                                           place, publisher, more)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                     ON CONFLICT DO NOTHING",
                )?
                .execute(params![
                    self.dataset,
                    event.id,
                    nth,
                    digest,
                    date,
                    cameo,
                    event_type,
                    mode,
                    event.intensity,
                    place,
                    publisher,
                    more,
                ])?;
            if inserted > 0 {
                break batch.last_insert_rowid();
            }
            let known = batch
                .prepare_cached(
                    "SELECT 1 FROM imported WHERE dataset = ?1 AND source_id = ?2 AND digest = ?3",
                )?
                .exists(params![self.dataset, event.id, digest])?;
            if known {
                return Ok(Put::Repeated);
            }
            nth = batch
                .prepare_cached("SELECT max(nth) + 1 FROM imported WHERE dataset = ?1 AND source_id = ?2")?
                .query_row(params![self.dataset, event.id], |row| row.get(0))?;
        };
        let mut ids = [Vec::new(), Vec::new()];
        for (role, parties) in [&event.actors, &event.recipients].into_iter().enumerate() {
            for (position, party) in parties.iter().enumerate() {
                let party = self.party(batch, party)?;
                ids[role].push(party);
                self.parts.push(Part {
                    party,
                    date: event.date,
                    event: id,
                    role: role as i64,
                    position: position as i64,
                });
            }
        }
        let code = event.cameo.or_else(|| Cameo::of_plover(event_type.as_deref()?));
        if let Some(code) = code {
            let pair = pair(&ids);
            self.ties.extend(dyads(event, code).into_iter().map(|(dyad, direction)| Tie {
                dyad,
                date: event.date,
                event: id,
                direction,
                code,
                intensity: event.intensity,
                dataset: self.dataset,
                pair,
            }));
        }
        Ok(if nth == 0 { Put::New } else { Put::SharedId })
    }

    /// Writes what waits; without it, a batch is not whole.
    pub(crate) fn finish(&mut self, batch: &Transaction<'_>) -> rusqlite::Result<()> {
        self.parts.sort_unstable();
        let mut part = batch.prepare_cached(
            "INSERT INTO imported_parties (event, role, position, party, date) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for Part { party, date, event, role, position } in self.parts.drain(..) {
            part.execute(params![event, role, position, party, date.to_string()])?;
        }
        self.ties.sort_unstable_by_key(|tie| (tie.dyad, tie.date, tie.event));
        let mut row = batch.prepare_cached(
            "INSERT INTO imported_dyads (a, b, date, event, direction, code, intensity, dataset, pair)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        courses::add(batch, &self.ties)?;
        for tie in self.ties.drain(..) {
            row.execute(params![
                tie.dyad.first.as_str(),
                tie.dyad.second.as_str(),
                tie.date.to_string(),
                tie.event,
                number(tie.direction),
                tie.code.to_string(),
                tie.intensity,
                tie.dataset,
                tie.pair,
            ])?;
        }
        Ok(())
    }

    /// Type and mode: the source's, or those of the CAMEO code.
    fn coding(&mut self, event: &Imported) -> (Option<String>, Option<String>) {
        if let Some(own) = &event.plover {
            return (Some(own.event_type.clone()), own.mode.clone());
        }
        let Some(code) = event.cameo else { return (None, None) };
        let known = self.codings.entry(code).or_insert_with(|| {
            let coding = plover(&code.to_string());
            (coding.as_ref().map(|p| p.event_type.clone()), coding.and_then(|p| p.mode))
        });
        known.clone()
    }

    /// Writes where an event that is known already was told; false where the record holds that place already, none where
    /// it knows no such event.
    pub(crate) fn put_mention(
        &mut self,
        batch: &Transaction<'_>,
        mention: &Mention,
    ) -> rusqlite::Result<Option<bool>> {
        let event: Option<i64> = batch
            .prepare_cached("SELECT id FROM imported WHERE dataset = ?1 AND source_id = ?2 AND nth = 0")?
            .query_row(params![self.dataset, mention.event], |row| row.get(0))
            .optional()?;
        let Some(event) = event else { return Ok(None) };
        let publisher = self.publisher(batch, &mention.publisher)?;
        let inserted = batch
            .prepare_cached(
                "INSERT OR IGNORE INTO imported_mentions (event, publisher, url, sentence, time)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![event, publisher, mention.url, mention.sentence, mention.time])?;
        Ok(Some(inserted > 0))
    }

    fn party(&mut self, db: &Connection, party: &ImportedParty) -> rusqlite::Result<i64> {
        if let Some(id) = self.parties.get(party) {
            return Ok(*id);
        }
        let state = party.state.map(|state| state.to_string());
        let known: Option<i64> = db
            .prepare_cached(
                "SELECT id FROM parties
                 WHERE name = ?1 AND country = ?2 AND sectors = ?3 AND code = ?4 AND state IS ?5",
            )?
            .query_row(params![party.name, party.country, party.sectors, party.code, state], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => db
                .prepare_cached(
                    "INSERT INTO parties (name, country, sectors, code, state) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .insert(params![party.name, party.country, party.sectors, party.code, state])?,
        };
        self.parties.insert(party.clone(), id);
        Ok(id)
    }

    fn place(&mut self, db: &Connection, place: &ImportedPlace) -> rusqlite::Result<i64> {
        let bits = place.at.map(|(north, east)| (north.to_bits(), east.to_bits()));
        let key = (place.name.clone(), place.country.clone(), bits);
        if let Some(id) = self.places.get(&key) {
            return Ok(*id);
        }
        let (north, east) = place.at.unzip();
        let known: Option<i64> = db
            .prepare_cached(
                "SELECT id FROM places WHERE name = ?1 AND country = ?2 AND latitude IS ?3 AND longitude IS ?4",
            )?
            .query_row(params![place.name, place.country, north, east], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => db
                .prepare_cached(
                    "INSERT INTO places (name, country, state, latitude, longitude) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .insert(params![
                    place.name,
                    place.country,
                    place.state.map(|state| state.to_string()),
                    north,
                    east
                ])?,
        };
        self.places.insert(key, id);
        Ok(id)
    }

    fn publisher(&mut self, db: &Connection, name: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.publishers.get(name) {
            return Ok(*id);
        }
        db.prepare_cached("INSERT OR IGNORE INTO publishers (name) VALUES (?1)")?.execute([name])?;
        let id = db
            .prepare_cached("SELECT id FROM publishers WHERE name = ?1")?
            .query_row([name], |row| row.get(0))?;
        self.publishers.insert(name.to_owned(), id);
        Ok(id)
    }
}

/// One number for who with whom, whichever way round.
fn pair([actors, recipients]: &[Vec<i64>; 2]) -> i64 {
    let one = |ids: &[i64]| ids.iter().fold(0_i64, |sum, id| sum.wrapping_mul(31).wrapping_add(*id));
    let (a, b) = (one(actors), one(recipients));
    (a.min(b) << 31).wrapping_add(a.max(b))
}

/// The dyads that an event joins, and who acts in each. Several actors without a recipient act on each other, unless they say
/// something against somebody left unnamed.
fn dyads(event: &Imported, code: Cameo) -> BTreeMap<Dyad, Direction> {
    let reciprocal = event.recipients.is_empty();
    if reciprocal && code.tone() == Tone::Conflictual && code.root() < 14 {
        return BTreeMap::new();
    }
    let states = |parties: &[ImportedParty]| parties.iter().filter_map(|p| p.state).collect::<Vec<_>>();
    let recipients = states(&event.recipients);
    joined(&states(&event.actors), (!reciprocal).then_some(&recipients))
}
