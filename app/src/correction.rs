//! Turns what people type against a coding into what an override says: reports, actors, days, who says so. Of neither face.

use demarche_engine::actors::{Actor, ActorKind, Entry, Sector, Settled, World};
use demarche_engine::time::Period;
use demarche_record::{By, Record};

use crate::fault::Fault;

/// Who says so now, and why.
pub(crate) fn signed(author: &str, reason: &str) -> By {
    By {
        author: author.to_owned(),
        at: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        reason: reason.to_owned(),
    }
}

/// The days that a date means.
pub(crate) fn period(text: &str) -> Result<Period, String> {
    Period::parse(text)
        .ok_or_else(|| "say a day, week, month or year: 2024-01-02, 2024-W01, 2024-01, 2024".to_owned())
}

/// The reports of the event of this id, or the report itself.
pub(crate) fn reports_of(record: &Record, id: &str) -> Result<Vec<String>, Fault> {
    match record.event(id)? {
        Some(event) if event.id == id => Ok(event.reports),
        Some(_) => Ok(vec![id.to_owned()]),
        None if record.report(id)?.is_some() => Ok(vec![id.to_owned()]),
        None => Err(Fault::new(format!(
            "{}: the record holds no report or event {id}; list events with `demarche events`",
            record.path().display()
        ))),
    }
}

/// The actors that these words mean; none where nothing is said.
pub(crate) fn actors(words: &[String], world: &World) -> Result<Option<Vec<Actor>>, Fault> {
    if words.is_empty() {
        return Ok(None);
    }
    words.iter().map(|words| actor(words, world)).collect::<Result<_, _>>().map(Some)
}

fn actor(words: &str, world: &World) -> Result<Actor, Fault> {
    let settled = vec![Settled { rule: "override".into(), by: words.to_owned() }];
    let known = |kind, name: &str, state: Option<&str>, code: &str| Actor {
        kind,
        name: name.to_owned(),
        state: state.map(str::to_owned),
        code: code.to_owned(),
        sector: code.get(if state.is_some() { 3..6 } else { 0..3 }).and_then(Sector::parse),
        post: None,
        wikidata: None,
        settled: settled.clone(),
    };
    if let Some((name, code)) = words.rsplit_once(':') {
        let letters = code.len() >= 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        let state = code.get(..3).filter(|iso3| world.state(iso3).is_some());
        if !letters || name.trim().is_empty() || state.is_none() && Sector::parse(&code[..3]).is_none() {
            return Err(Fault::usage(format!(
                "“{words}”: NAME:CODE needs a CAMEO actor code, such as USAGOV or IGOUNO, behind the name"
            )));
        }
        return Ok(known(ActorKind::Person, name.trim(), state, code));
    }
    let entry = world.lookup(words).into_iter().find_map(|entry| match entry {
        Entry::State(at) => {
            let state = &world.states[at];
            Some(known(ActorKind::State, &state.name, Some(&state.iso3), &state.iso3))
        }
        Entry::Organisation(at) => {
            let body = &world.organisations[at];
            Some(known(ActorKind::Organisation, &body.name, body.state.as_deref(), &body.code))
        }
        _ => None,
    });
    let by_code = || world.state(words).map(|s| known(ActorKind::State, &s.name, Some(&s.iso3), &s.iso3));
    entry.or_else(by_code).ok_or_else(|| {
        Fault::usage(format!(
            "no state or body is known as “{words}”; say NAME:CODE with a CAMEO actor code, such as 'Jane Doe:USAGOV'"
        ))
    })
}
