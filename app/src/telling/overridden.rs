//! Turns an override into words: what it does, who says so, when and why.

use demarche_engine::actors::Actor;
use demarche_engine::events::{Event, Told};
use demarche_record::{Change, Correction, Override};

use crate::telling;

/// `3 rejects 3f9a2c81d0-1482: satire (Ada, 2024-03-07T10:00:00Z)`, and what became of it.
pub(crate) fn override_words(one: &Override) -> String {
    let reports = one.change.reports().join(", ");
    let mut words = format!(
        "{} {} {reports}: {} ({}, {})",
        one.id,
        does(&one.change),
        one.by.reason,
        one.by.author,
        one.by.at
    );
    if let Some(by) = &one.reverted {
        words += &format!("; taken back: {} ({}, {})", by.reason, by.author, by.at);
    } else if !one.waiting.is_empty() {
        words += &format!("; no current article holds {} now: it waits", one.waiting.join(", "));
    }
    words
}

/// What a corrected event counts as: `CAMEO 041 (Discuss by telephone) · 5 March 2024 · Sara Iqbal (PAK), John Reed (USA)`.
pub(crate) fn counts_as(event: &Event) -> String {
    let code = event.cameo.as_ref().map_or_else(
        || "no CAMEO code".to_owned(),
        |code| {
            let name = telling::code_words(code).map_or_else(String::new, |words| format!(" ({words})"));
            format!("CAMEO {code}{name}")
        },
    );
    let told = (event.told != Told::Current).then(|| telling::told_words(event.told));
    let parts = [
        Some(code),
        Some(telling::date_words(event.date)),
        told,
        Some(telling::acts(&event.actors, &event.recipients)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn does(change: &Change) -> String {
    match change {
        Change::Correct { to, .. } => format!("corrects to “{}”:", corrected(to)),
        Change::Reject { .. } => "rejects".to_owned(),
        Change::Split { .. } => "splits off".to_owned(),
        Change::Merge { .. } => "merges".to_owned(),
    }
}

fn corrected(to: &Correction) -> String {
    let names = |actors: &[Actor]| actors.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(" and ");
    let parts = [
        to.cameo.clone(),
        to.date.map(|date| telling::date_words(Some(date))),
        to.told.map(telling::told_words),
        to.actors.as_deref().map(|actors| format!("by {}", names(actors))),
        to.recipients.as_deref().map(|actors| format!("to {}", names(actors))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
