//! Selects among imported events.

use std::collections::BTreeSet;

use demarche_engine::series::Cameo;
use demarche_engine::time::Period;
use rusqlite::types::Value;
use rusqlite::{Row, params, params_from_iter};

use crate::Record;
use crate::columns::value;
use crate::error::Result;
use crate::imports::More;
use crate::select::entry::{Dataset, Entry, EntryPlace, Participant};
use crate::select::key::{Key, Place, UNDATED};
use crate::select::selection::Selection;
use crate::select::{Where, typed};

/// What an entry is made of; the tables are joined in `FROM`.
const COLUMNS: &str =
    "imported.id, datasets.name, datasets.version, source_id, nth, imported.date, cameo, event_type, mode,
    imported.intensity, places.name, places.state, latitude, longitude, publishers.name, more";
const TABLES: &str = "imported JOIN datasets ON datasets.id = imported.dataset
    LEFT JOIN places ON places.id = place LEFT JOIN publishers ON publishers.id = publisher";

impl Record {
    /// The first `limit` events of a dataset behind the selection's key.
    pub(crate) fn select_imported(
        &self,
        selection: &Selection,
        dataset: i64,
        limit: usize,
    ) -> Result<Vec<(Key, Entry)>> {
        let Some(mut names) = names(selection) else { return Ok(Vec::new()) };
        // What leads is read from the first day on.
        let led = selection.dyad.is_none() && !selection.latest_first;
        let lead = if led { names.pop() } else { None };
        let Some(lead) = lead else {
            let Asked { tables, key: [date, number], given } = Asked::of(selection, dataset, names, false);
            let way = if selection.latest_first { "DESC" } else { "ASC" };
            let sql = format!(
                "SELECT {COLUMNS} FROM {tables} WHERE {} ORDER BY {date} {way}, {number} {way} LIMIT {limit}",
                given.sql()
            );
            return self.entries(&sql, params_from_iter(given.values));
        };
        let asked = Asked::of(selection, dataset, names, true);
        let first = self.led_by(&lead, &asked, limit).map_err(self.fail("select imported events"))?;
        let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE imported.id = ?1");
        let entries = first.into_iter().map(|(_, number)| self.entries(&sql, [number]));
        Ok(entries.collect::<Result<Vec<_>>>()?.concat())
    }

    /// Days and numbers of the first `limit` events in which somebody of a name takes part. Each name leads through its own
    /// events, in the order of the list and no further than is still of use: a word that half of all events fit costs little
    /// more than a rare one.
    fn led_by(&self, lead: &Name, asked: &Asked, limit: usize) -> rusqlite::Result<BTreeSet<(String, i64)>> {
        let mut query = self.db.prepare_cached(lead.ids)?;
        let parties = query.query_map(params_from_iter(&lead.values), |row| row.get::<_, i64>(0))?;
        let Asked { tables, key: [date, number], given } = asked;
        let sql = format!(
            "SELECT {date}, {number} FROM {tables}
             WHERE led.party = ? AND ({date}, {number}) < (?, ?) AND imported.id = {number} AND {}
             ORDER BY {date}, {number} LIMIT {limit}",
            given.sql()
        );
        let mut query = self.db.prepare_cached(&sql)?;
        let mut first: BTreeSet<(String, i64)> = BTreeSet::new();
        for party in parties {
            let bound = first.last().filter(|_| first.len() == limit).cloned();
            let (day, event) = bound.unwrap_or_else(|| (UNDATED.to_owned(), 0));
            let led = [Value::from(party?), day.into(), event.into()];
            let mut rows = query.query(params_from_iter(led.iter().chain(&given.values)))?;
            while let Some(row) = rows.next()? {
                first.insert((row.get(0)?, row.get(1)?));
            }
            while first.len() > limit {
                first.pop_last();
            }
        }
        Ok(first)
    }

    /// The imported event of this id, or of the record's own number behind a number sign.
    pub(crate) fn imported_entry(&self, id: &str) -> Result<Option<Entry>> {
        if let Some(number) = id.strip_prefix('#').and_then(|number| number.parse::<i64>().ok()) {
            let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE imported.id = ?1");
            return Ok(self.entries(&sql, [number])?.into_iter().next().map(|(_, entry)| entry));
        }
        let Some((dataset, source_id)) = id.split_once(':') else { return Ok(None) };
        let twin = source_id.rsplit_once('#').and_then(|(id, nth)| Some((id, nth.parse::<i64>().ok()? - 1)));
        let (source_id, nth) = twin.filter(|(_, nth)| *nth > 0).unwrap_or((source_id, 0));
        let (name, version) = dataset.split_once('@').unwrap_or((dataset, ""));
        let sql = format!(
            "SELECT {COLUMNS} FROM {TABLES}
             WHERE datasets.name = ?1 AND datasets.version = ?2 AND source_id = ?3 AND nth = ?4"
        );
        let found = self.entries(&sql, params![name, version, source_id, nth])?;
        Ok(found.into_iter().next().map(|(_, entry)| entry))
    }

    fn entries(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<(Key, Entry)>> {
        let fail = self.fail("select imported events");
        let rows: rusqlite::Result<Vec<(i64, Key, Entry)>> =
            self.db.prepare_cached(sql).and_then(|mut query| query.query_map(params, entry)?.collect());
        let mut entries = Vec::new();
        for (number, key, mut entry) in rows.map_err(&fail)? {
            let [actor, recipient] = self.participants(number).map_err(&fail)?;
            (entry.actor, entry.recipient) = (actor, recipient);
            entries.push((key, entry));
        }
        Ok(entries)
    }

    fn participants(&self, event: i64) -> rusqlite::Result<[Vec<Participant>; 2]> {
        let mut parties = [Vec::new(), Vec::new()];
        let mut query = self.db.prepare_cached(
            "SELECT role, name, state, code, sectors FROM imported_parties JOIN parties ON parties.id = party
             WHERE event = ?1 ORDER BY role, position",
        )?;
        let mut rows = query.query([event])?;
        while let Some(row) = rows.next()? {
            let sectors: String = row.get(4)?;
            parties[usize::from(row.get::<_, i64>(0)? == 1)].push(Participant {
                name: row.get(1)?,
                state: row.get(2)?,
                code: row.get(3)?,
                sector: (!sectors.is_empty()).then_some(sectors),
                post: None,
            });
        }
        Ok(parties)
    }
}

/// Who has to take part: the query of the parties that are meant.
pub(crate) struct Name {
    ids: &'static str,
    values: Vec<Value>,
}

/// Who has to take part in what a selection asks for, whoever is fewest last; none where nobody can be meant.
pub(crate) fn names(selection: &Selection) -> Option<Vec<Name>> {
    let mut names = Vec::new();
    if let Some(words) = &selection.words {
        let ids = "SELECT rowid FROM party_words WHERE party_words MATCH ?";
        names.push(Name { ids, values: vec![typed::query(words)?.into()] });
    }
    if let Some(actor) = &selection.actor {
        let ids = "SELECT id FROM parties WHERE state = ? OR code = ? OR name = ?";
        names.push(Name { ids, values: vec![actor.clone().into(); 3] });
    }
    Some(names)
}

/// What a selection asks of a dataset, as SQL.
pub(crate) struct Asked {
    pub(crate) tables: String,
    /// Day and number of an event, where the rows are read from.
    key: [&'static str; 2],
    pub(crate) given: Where,
}

impl Asked {
    /// All of it; none where nothing can fulfil it.
    pub(crate) fn whole(selection: &Selection, dataset: i64) -> Option<Self> {
        Some(Self::of(selection, dataset, names(selection)?, false))
    }

    /// All of it but for names that are not among these. What leads, a dyad or one party (`led`), is read in the order of the
    /// list, since its rows lie together.
    fn of(selection: &Selection, dataset: i64, names: Vec<Name>, led: bool) -> Self {
        let (tables, key) = match (led, &selection.dyad) {
            (true, _) => ("imported_parties AS led CROSS JOIN ", ["led.date", "led.event"]),
            (_, Some(_)) => ("imported_dyads CROSS JOIN ", ["imported_dyads.date", "imported_dyads.event"]),
            (_, None) => ("", ["imported.date", "imported.id"]),
        };
        let [date, number] = key;
        let mut given = Where::default();
        if let Some((a, b)) = &selection.dyad {
            let mut condition =
                "imported.id = imported_dyads.event AND imported_dyads.a = ? AND imported_dyads.b = ?"
                    .to_owned();
            if selection.directed {
                condition += if a < b { " AND direction <> 2" } else { " AND direction <> 1" };
            }
            given.add(condition, [a.min(b).clone(), a.max(b).clone()]);
        }
        given.add("imported.dataset = ?", [dataset]);
        for Name { ids, values } in names {
            let takes_part = "EXISTS (SELECT 1 FROM imported_parties AS any WHERE any.event = imported.id AND any.party IN";
            given.add(format!("{takes_part} ({ids}))"), values);
        }
        if let Some(code) = &selection.code {
            given.add("cameo >= ? AND cameo < ?", [code.clone(), format!("{code}:")]);
        }
        if let Some(event_type) = &selection.event_type {
            given.add("event_type = ?", [event_type.to_uppercase()]);
        }
        if let Some(since) = selection.since {
            given.add(format!("{date} >= ?"), [since.to_string()]);
        }
        if let Some(until) = selection.until {
            given.add(format!("{date} <= ?"), [until.to_string()]);
        }
        if let Some(outlet) = &selection.outlet {
            given.add(
                "(publishers.name = ? OR EXISTS (SELECT 1 FROM json_each(more, '$.others') AS other WHERE other.value = ?)
                  OR imported.id IN (SELECT event FROM imported_mentions JOIN publishers AS p
                                     ON p.id = imported_mentions.publisher WHERE p.name = ?))",
                vec![outlet.clone(); 3],
            );
        }
        if let Some(issue) = &selection.issue {
            given.add(
                "EXISTS (SELECT 1 FROM json_each(more, '$.contexts') AS context WHERE context.value = ?)",
                [issue.clone()],
            );
        }
        if let Some(after) = &selection.after {
            let (day, id) = after.imported(selection.latest_first);
            let behind = if selection.latest_first { "<" } else { ">" };
            given
                .add(format!("({date}, {number}) {behind} (?, ?)"), [Value::from(day.to_owned()), id.into()]);
        }
        Self { tables: format!("{tables}{TABLES}"), key, given }
    }
}

/// The number, the place in the order of all, and the entry without those who take part.
fn entry(row: &Row<'_>) -> rusqlite::Result<(i64, Key, Entry)> {
    let number: i64 = row.get(0)?;
    let dataset = Dataset { name: row.get(1)?, version: row.get(2)? };
    let day: String = row.get(5)?;
    let more: More =
        if row.get_ref(15)?.as_str_or_null()?.is_some() { value(row, 15)? } else { More::default() };
    let cameo: Option<String> = row.get(6)?;
    let code: Option<Cameo> = cameo.as_deref().and_then(|code| code.parse().ok());
    let place = match (row.get::<_, Option<String>>(10)?, row.get::<_, Option<String>>(11)?) {
        (None, _) => None,
        (Some(name), state) => {
            Some(EntryPlace { name, state, latitude: row.get(12)?, longitude: row.get(13)? })
        }
    };
    let entry = Entry {
        id: id(&dataset, &row.get::<_, String>(3)?, row.get(4)?),
        dataset: Some(dataset),
        date: day.parse().ok().map(Period::day),
        kind: None,
        told: None,
        claimed_by: Vec::new(),
        actor: Vec::new(),
        recipient: Vec::new(),
        cameo,
        event_type: row.get(7)?,
        mode: row.get(8)?,
        context: more.contexts.clone(),
        goldstein: row.get::<_, Option<f64>>(9)?.or_else(|| Some(code?.goldstein().value())),
        place,
        issues: Vec::new(),
        outlets: row.get::<_, Option<String>>(14)?.into_iter().chain(more.others.iter().cloned()).collect(),
        texts: 0,
        sides: Vec::new(),
        sentence: None,
        overridden: Vec::new(),
        more: Some(more),
    };
    Ok((number, Key { day, place: Place::Imported(number) }, entry))
}

/// `icews:32889836`; with its version, `icews@2020-04:32889836`; the second of that id, `icews:32889836#2`.
fn id(dataset: &Dataset, source_id: &str, nth: i64) -> String {
    let version = if dataset.version.is_empty() { String::new() } else { format!("@{}", dataset.version) };
    let twin = if nth == 0 { String::new() } else { format!("#{}", nth + 1) };
    format!("{}{version}:{source_id}{twin}", dataset.name)
}
