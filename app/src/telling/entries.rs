//! Turns an event in one line, whoever coded it, into words.

use demarche_record::{Entry, Participant};

use crate::telling;

/// `5 March 2024: Sara Iqbal (PAK) → John Reed (USA)`.
pub(crate) fn entry_line(entry: &Entry) -> String {
    format!("{}: {}", telling::date_words(entry.date), entry_parties(entry))
}

/// `Sara Iqbal (PAK) → John Reed (USA)`.
pub(crate) fn entry_parties(entry: &Entry) -> String {
    let to =
        if entry.recipient.is_empty() { String::new() } else { format!(" → {}", names(&entry.recipient)) };
    format!("{}{to}", names(&entry.actor))
}

/// How it is coded, told and by whom, each in a few words.
pub(crate) fn entry_coding(entry: &Entry) -> Vec<String> {
    let mut coded: Vec<String> = Vec::new();
    if let Some(code) = &entry.cameo {
        let name = telling::code_words(code).map_or(String::new(), |name| format!(" ({name})"));
        coded.push(format!("CAMEO {code}{name}"));
    }
    if let Some(event_type) = &entry.event_type {
        let mode = entry.mode.as_ref().map_or(String::new(), |mode| format!(" {mode}"));
        coded.push(format!("PLOVER {event_type}{mode}"));
    }
    coded.extend(entry.told.map(telling::told_words));
    coded.extend(telling::claim_words(&entry.claimed_by, names));
    if let Some(dataset) = &entry.dataset {
        coded.push(format!("coded by {} {}", dataset.name, dataset.version).trim_end().to_owned());
    }
    if !entry.overridden.is_empty() {
        let numbers: Vec<String> = entry.overridden.iter().map(i64::to_string).collect();
        coded.push(format!("as corrected by override {}", numbers.join(", ")));
    }
    coded
}

fn names(parties: &[Participant]) -> String {
    let each = parties.iter().map(|party| match &party.state {
        Some(state) => format!("{} ({state})", party.name),
        None => party.name.clone(),
    });
    let names: Vec<String> = each.collect();
    if names.is_empty() { "somebody unnamed".to_owned() } else { names.join(" and ") }
}
