//! Selects among the events that demarche read itself.

use demarche_engine::events::{Event, Party};
use demarche_engine::series::Cameo;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension as _, params_from_iter};

use crate::Record;
use crate::columns::word;
use crate::error::Result;
use crate::select::entry::{Entry, EntryPlace, Participant};
use crate::select::key::{Key, Place, UNDATED};
use crate::select::level::Level;
use crate::select::selection::Selection;
use crate::select::{Where, typed};

impl Record {
    /// The first `limit` events behind the selection's key.
    pub(crate) fn select_own(&self, selection: &Selection, limit: usize) -> Result<Vec<(Key, Entry)>> {
        let Some(asked) = asked_of_own(selection).map_err(self.fail("select events"))? else {
            return Ok(Vec::new());
        };
        let order = if selection.latest_first {
            "ifnull(date_start, '') DESC, id DESC"
        } else {
            "ifnull(date_start, '~'), id"
        };
        let sql = format!("SELECT body FROM events WHERE {} ORDER BY {order} LIMIT {limit}", asked.sql());
        let events: Vec<Event> = self.bodies(&sql, params_from_iter(asked.values))?;
        let keys: Vec<Key> = events.iter().map(key).collect();
        Ok(keys.into_iter().zip(self.own_entries(events)?).collect())
    }

    /// The entries of some events of ours.
    pub(crate) fn own_entries(&self, events: Vec<Event>) -> Result<Vec<Entry>> {
        let fail = self.fail("select events");
        let mut sentence = self
            .db
            .prepare_cached("SELECT sentence FROM reports JOIN sentences USING (number) WHERE id = ?1")
            .map_err(&fail)?;
        let mut entries = Vec::with_capacity(events.len());
        for event in events {
            let first = sentence.query_row([&event.id], |row| row.get(0)).optional().map_err(&fail)?;
            entries.push(entry(event, first));
        }
        let overridden = self.overridden()?;
        for entry in &mut entries {
            entry.overridden = overridden.get(&entry.id).cloned().unwrap_or_default();
        }
        Ok(entries)
    }
}

/// The conditions; none where nothing can fulfil them.
pub(crate) fn asked_of_own(selection: &Selection) -> rusqlite::Result<Option<Where>> {
    let mut asked = Where::default();
    if let Some((a, b)) = &selection.dyad {
        let mut condition = "id IN (SELECT event FROM event_dyads WHERE a = ? AND b = ?".to_owned();
        if selection.directed {
            condition += if a < b { " AND direction <> 2" } else { " AND direction <> 1" };
        }
        asked.add(condition + ")", [a.min(b).clone(), a.max(b).clone()]);
    }
    for (facet, value) in [
        ("actor", &selection.actor),
        ("outlet", &selection.outlet),
        ("issue", &selection.issue),
        ("side", &selection.side),
    ] {
        if let Some(value) = value {
            asked.add(
                "id IN (SELECT event FROM event_facets WHERE facet = ? AND value = ?)",
                [facet.to_owned(), value.clone()],
            );
        }
    }
    if let Some(code) = &selection.code {
        // Digits and nothing else: a colon stands behind the last of them.
        asked.add("cameo >= ? AND cameo < ?", [code.clone(), format!("{code}:")]);
    }
    if let Some(event_type) = &selection.event_type {
        asked.add("event_type = ?", [event_type.to_uppercase()]);
    }
    if let Some(since) = selection.since {
        asked.add("date_end >= ?", [since.to_string()]);
    }
    if let Some(until) = selection.until {
        asked.add("date_start <= ?", [until.to_string()]);
    }
    if let Some(kind) = selection.kind {
        asked.add("kind = ?", [word(&kind)?]);
    }
    if let Some(told) = selection.told {
        asked.add("told = ?", [word(&told)?]);
    }
    if let Some(level) = selection.level {
        asked.add(format!("{} = ?", Level::sql()?), [level as i64]);
    }
    if let Some(words) = &selection.words {
        let Some(query) = typed::query(words) else { return Ok(None) };
        asked.add(
            "id IN (SELECT event FROM report_words JOIN reports ON number = report_words.rowid
                    JOIN event_reports ON report = reports.id WHERE report_words MATCH ?)",
            [query],
        );
    }
    if let Some(after) = &selection.after {
        let (day, id) = after.own(selection.latest_first);
        let condition = if selection.latest_first {
            "(ifnull(date_start, ''), id) < (?, ?)"
        } else {
            "(ifnull(date_start, '~'), id) > (?, ?)"
        };
        asked.add(condition, [Value::from(day.to_owned()), id.to_owned().into()]);
    }
    Ok(Some(asked))
}

/// The place of an event in the order of all.
fn key(event: &Event) -> Key {
    let day = event.date.map_or_else(|| UNDATED.to_owned(), |date| date.start.to_string());
    Key { day, place: Place::Own(event.id.clone()) }
}

fn entry(event: Event, sentence: Option<String>) -> Entry {
    let code: Option<Cameo> = event.cameo.as_deref().and_then(|code| code.parse().ok());
    let (event_type, mode, context) =
        event.plover.map_or((None, None, Vec::new()), |p| (Some(p.event_type), p.mode, p.context));
    let parties = |parties: Vec<Party>| parties.into_iter().map(participant).collect();
    Entry {
        id: event.id,
        dataset: None,
        date: event.date,
        kind: Some(event.kind),
        told: Some(event.told),
        claimed_by: parties(event.claimed_by),
        actor: parties(event.actors),
        recipient: parties(event.recipients),
        cameo: event.cameo,
        event_type,
        mode,
        context,
        goldstein: code.map(|code| code.goldstein().value()),
        place: event.place.map(|place| EntryPlace {
            name: place.name,
            state: place.state,
            latitude: None,
            longitude: None,
        }),
        issues: event.issues,
        outlets: event.outlets,
        texts: event.texts,
        sides: event.sides,
        sentence,
        overridden: Vec::new(),
        more: None,
    }
}

fn participant(party: Party) -> Participant {
    let actor = party.actor;
    Participant {
        name: actor.name,
        state: actor.state,
        code: actor.code,
        sector: actor.sector.map(|sector| sector.as_str().to_owned()),
        post: actor.post.map(|post| post.title),
    }
}
