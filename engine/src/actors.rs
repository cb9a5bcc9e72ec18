//! The actors room: turns a `Document` and its date into a `Cast` — who is mentioned, and which actor each mention means.

mod actor;
mod allegiance;
mod belongings;
mod bodies;
mod chains;
mod draft;
mod hits;
mod names;
mod person;
mod persons;
mod places;
mod pointers;
mod unlisted;
mod view;
mod world;

use jiff::civil::Date;

use crate::language::Document;

pub use actor::{Actor, ActorKind, Belonging, Cast, Located, Manner, Mention, Post, Rank, Sector, Settled};
pub use world::{
    Agent, Conflict, Days, Entry, Holder, Known, Laid, Layer, LayerFormat, Office, Organisation, Place,
    State, Table, World,
};

/// Finds everyone on the page. `date` is the article's; `home` is the outlet's or dateline's state, where known.
pub fn cast(doc: &Document, world: &World, date: Option<Date>, home: Option<&str>) -> Cast {
    let hits = hits::Hits::find(doc, world, date);
    let named = persons::persons(doc, &hits, world);
    let taken: Vec<(usize, usize)> = named.iter().map(|n| (n.first, n.last)).collect();
    let places = places::places(doc, &hits, world, &taken);
    let mut drafts = bodies::bodies(doc, &hits, world, &taken, &places);
    // A state's name can be part of a body's: "the U.S. Fish and Wildlife Service".
    let others = drafts.iter().filter(|d| d.actor.kind != ActorKind::State).map(|d| (d.first, d.last));
    let spoken_for: Vec<(usize, usize)> = taken.iter().copied().chain(others).collect();
    let unlisted = unlisted::unlisted(doc, &hits, world, &places, &spoken_for);
    drafts.retain(|d| !unlisted.iter().any(|body| body.first <= d.first && d.last <= body.last));
    drafts.extend(unlisted);
    drafts.sort_by_key(|d| (d.first, d.last));
    let mut cast = Cast { places, ..chains::cast(doc, world, date, &named, drafts, home) };
    allegiance::at_home(doc, &mut cast);
    cast.belongings = belongings::belongings(doc, &cast);
    cast
}
