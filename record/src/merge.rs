//! Turns kept articles into texts, versions and events. The one place where the record calls the engine's merging.

use std::collections::{BTreeMap, BTreeSet};

use demarche_engine::events::{Event, Party, merge_tied};
use demarche_engine::series::dyads_of;
use rusqlite::{Connection, params};

use crate::columns::{body, days, number, word};
use crate::overrides::Holding;
use crate::{echoes, kin, versions};

/// What settling found among the articles that were new to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Settled {
    /// Articles that are near copies: all but one of each text that is new.
    pub copies: usize,
    /// Articles that a later version of their page replaced, whether that or they came last.
    pub replaced: usize,
}

/// Finds near copies and versions among what is unsettled and makes the events anew, if anything is. All reports go in, since
/// one new report can join two older events.
pub(crate) fn settle(db: &Connection) -> rusqlite::Result<Settled> {
    let waiting: i64 = db.query_row("SELECT count(*) FROM unsettled", [], |row| row.get(0))?;
    if waiting == 0 {
        return Ok(Settled::default());
    }
    let settled = Settled { copies: kin::place(db)?, replaced: versions::order(db)? };
    remake(db)?;
    db.execute("DELETE FROM unsettled", [])?;
    Ok(settled)
}

/// Makes the events anew from what is settled; rows change only where an event does.
pub(crate) fn remake(db: &Connection) -> rusqlite::Result<()> {
    let events = merged(db)?;
    let mut before = BTreeMap::new();
    let mut rows = db.prepare("SELECT id, body FROM events")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        before.insert(row.get::<_, String>(0)?, row.get::<_, String>(1)?);
    }
    let mut after = Vec::with_capacity(events.len());
    for event in &events {
        after.push((event, body(event)?));
    }
    // First everything that goes, then everything that comes: a report may move from one event to another.
    let stays: BTreeSet<&str> = after
        .iter()
        .filter(|(event, new)| before.get(&event.id) == Some(new))
        .map(|(event, _)| event.id.as_str())
        .collect();
    for id in before.keys().filter(|id| !stays.contains(id.as_str())) {
        db.prepare_cached("DELETE FROM events WHERE id = ?1")?.execute([id])?;
    }
    for (event, new) in after.iter().filter(|(event, _)| !stays.contains(event.id.as_str())) {
        insert(db, event, new)?;
    }
    Ok(())
}

/// The events that the reports, the printings and the overrides make, whatever the record holds as events.
pub(crate) fn merged(db: &Connection) -> rusqlite::Result<Vec<Event>> {
    let holding = Holding::of(db)?;
    let told = echoes::told(db, &holding)?;
    let ties = holding.ties(|id| told.stands_in(id));
    let mut events = merge_tied(&told.first, &ties);
    told.complete(&mut events);
    Ok(events)
}

fn insert(db: &Connection, event: &Event, event_body: &str) -> rusqlite::Result<()> {
    let (start, end) = days(event.date);
    db.prepare_cached(
        "INSERT INTO events (id, kind, cameo, event_type, mode, date_start, date_end, told, body)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        event.id,
        word(&event.kind)?,
        event.cameo,
        event.plover.as_ref().map(|p| &p.event_type),
        event.plover.as_ref().and_then(|p| p.mode.as_ref()),
        start,
        end,
        word(&event.told)?,
        event_body,
    ])?;
    for (position, report) in event.reports.iter().enumerate() {
        db.prepare_cached("INSERT INTO event_reports (report, event, position) VALUES (?1, ?2, ?3)")?
            .execute(params![report, event.id, position as i64])?;
    }
    for (dyad, direction) in dyads_of(event) {
        db.prepare_cached("INSERT INTO event_dyads (a, b, event, direction) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![dyad.first.as_str(), dyad.second.as_str(), event.id, number(direction)])?;
    }
    for (facet, value) in facets(event) {
        db.prepare_cached("INSERT INTO event_facets (facet, value, event) VALUES (?1, ?2, ?3)")?
            .execute(params![facet, value, event.id])?;
    }
    Ok(())
}

/// What an event can be selected by besides its own columns.
fn facets(event: &Event) -> BTreeSet<(&'static str, &str)> {
    let mut facets = BTreeSet::new();
    for Party { actor, .. } in event.actors.iter().chain(&event.recipients) {
        facets.extend(
            [&actor.name, &actor.code].into_iter().chain(&actor.state).map(|v| ("actor", v.as_str())),
        );
    }
    facets.extend(event.issues.iter().map(|issue| ("issue", issue.as_str())));
    facets.extend(event.outlets.iter().map(|outlet| ("outlet", outlet.as_str())));
    facets.extend(event.sides.iter().map(|side| ("side", side.as_str())));
    facets.retain(|(_, value)| !value.is_empty());
    facets
}
