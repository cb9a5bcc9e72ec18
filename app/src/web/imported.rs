//! `/x/icews:32889836`: an event that a dataset coded, with all that it says of it and nothing that it does not.

use demarche_record::{Entry, Participant, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling;
use crate::web::address::{asking, event_at, is_web, pair_at};
use crate::web::layout::facts;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;

/// The page, or the same as data; none where no dataset has such an event.
pub(crate) fn imported(shared: &Shared, record: &Record, address: &str) -> Result<Option<Reply>, Fault> {
    // An id may end as a file does.
    let whole = record.entry(address)?.map(|entry| (entry, Form::Page));
    let (id, form) = Form::of(address);
    let found = match whole {
        Some(found) => Some(found),
        None => record.entry(&id)?.map(|entry| (entry, form)),
    };
    let Some((entry, form)) = found.filter(|(entry, _)| entry.dataset.is_some()) else { return Ok(None) };
    let title = telling::entry_parties(&entry);
    let data_at = format!("{}.json", event_at(&entry.id));
    let alone = Alone { report: None, event: &entry, others: [], overrides: [], article: None };
    Reply::found(form, &title, data_at, &alone, |alone| content(shared, &title, alone.event)).map(Some)
}

/// What data says of any event, of which datasets give only the event itself.
#[derive(Serialize)]
struct Alone<'e> {
    report: Option<()>,
    event: &'e Entry,
    others: [(); 0],
    overrides: [(); 0],
    article: Option<()>,
}

fn content(shared: &Shared, title: &str, entry: &Entry) -> Markup {
    let dataset = entry.dataset.as_ref().map(|d| [d.name.as_str(), &d.version].join(" ")).unwrap_or_default();
    let dataset = dataset.trim_end();
    let codings = telling::entry_coding(entry);
    html! {
        section .hero {
            h1 { (title) }
            (facts(&[telling::date_words(entry.date), codings.join(" · ")]))
            p .lede { "This is how " (dataset) " codes it. The text that it was read from is not in this record." }
        }
        section {
            h2 { "Who" }
            div .scroll tabindex="0" role="region" aria-label="Who takes part" {
                table {
                    thead { tr { th scope="col" { "Part" } th scope="col" { "Name" } th scope="col" { "State" } th scope="col" { "CAMEO code" } th scope="col" { "Sectors" } } }
                    tbody {
                        @for (part, all) in [("actor", &entry.actor), ("recipient", &entry.recipient)] {
                            @for one in all { (row(shared, part, one)) }
                        }
                    }
                }
            }
            (pairs(shared, entry))
        }
        section {
            h2 { "What the dataset says" }
            dl .pairs {
                dt { "Its id" } dd { (entry.id) }
                @if let Some(value) = entry.goldstein { dt { "Goldstein’s scale" } dd { (format!("{value:+.1}")) } }
                @if let Some(place) = &entry.place {
                    dt { "Place" }
                    dd {
                        (place.name)
                        @if let Some(state) = &place.state { ", " (shared.states.name(state)) }
                        @if let (Some(north), Some(east)) = (place.latitude, place.longitude) { " (" (north) "° N, " (east) "° E)" }
                    }
                }
                @if !entry.outlets.is_empty() { dt { "Printed by" } dd { (telling::outlets_words(&entry.outlets)) } }
                @if !entry.context.is_empty() { dt { "Contexts" } dd { (entry.context.join(", ")) } }
                @if let Some(more) = &entry.more { (rest(more)) }
            }
        }
    }
}

fn row(shared: &Shared, part: &str, one: &Participant) -> Markup {
    html! {
        tr {
            th scope="row" { (part) }
            td { (one.name) }
            td { (one.state.as_deref().map_or_else(|| "–".to_owned(), |state| shared.states.name(state).to_owned())) }
            td { (one.code) }
            td { (one.sector.as_deref().unwrap_or("–")) }
        }
    }
}

/// The pages of the pairs of states that it joins, as this dataset sees them.
fn pairs(shared: &Shared, entry: &Entry) -> Markup {
    let states =
        |all: &[Participant]| -> Vec<String> { all.iter().filter_map(|one| one.state.clone()).collect() };
    let (actors, recipients) = (states(&entry.actor), states(&entry.recipient));
    let mut joined: Vec<(&String, &String)> = actors
        .iter()
        .flat_map(|a| recipients.iter().map(move |b| (a.min(b), a.max(b))))
        .filter(|(a, b)| a != b)
        .collect();
    joined.sort();
    joined.dedup();
    let from = entry.dataset.as_ref().map(|dataset| dataset.name.as_str()).unwrap_or_default();
    html! {
        @for (a, b) in joined {
            p { a href=(asking(&pair_at(a, b), &[("from", from)])) { (shared.states.name(a)) " and " (shared.states.name(b)) ", as this dataset sees them" } }
        }
    }
}

/// What only some datasets say.
fn rest(more: &demarche_record::More) -> Markup {
    let counted = |n: Option<u32>| n.map(|n| n.to_string());
    let said = [
        ("Text", more.story.clone()),
        ("Sentence", counted(more.sentence)),
        ("Mentions", counted(more.mentions)),
        ("Sources", counted(more.sources)),
        ("Articles", counted(more.articles)),
        ("Tone of the texts", more.tone.map(|tone| format!("{tone:+.1}"))),
    ];
    html! {
        @for (name, value) in said { @if let Some(value) = value { dt { (name) } dd { (value) } } }
        @if let Some(url) = &more.url {
            dt { "Address" }
            dd { @if is_web(url) { a href=(url) rel="noreferrer noopener" { (url) } } @else { (url) } }
        }
    }
}
