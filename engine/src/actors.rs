//! The actors room: turns a `Document` and its date into a `Cast` — who is mentioned, and which actor each mention means.

mod actor;
mod allegiance;
mod backward;
mod belongings;
mod bodies;
mod chains;
mod draft;
mod hits;
mod lists;
mod marked;
mod names;
mod person;
mod persons;
mod phrases;
mod places;
mod pointers;
mod ranks;
mod same;
mod speeches;
mod unlisted;
mod view;
mod within;
mod world;

use jiff::civil::Date;

use crate::language::Document;

pub(crate) use belongings::{DIRECTIONS, is_ground};

pub use actor::{
    Actor, ActorKind, Belonging, Cast, Located, Manner, Mention, Post, Rank, Sector, Settled, Speech,
};
pub use marked::marked;
pub use world::{
    Agent, Conflict, Days, Entry, Holder, Known, Laid, Layer, LayerFormat, Member, Office, Organisation,
    Place, State, Table, World,
};

/// Finds everyone on the page. `date` is the article's; `home` is the outlet's or dateline's state, where known.
pub fn cast(doc: &Document, world: &World, date: Option<Date>, home: Option<&str>) -> Cast {
    let hits = hits::Hits::find(doc, world, date);
    let named = persons::persons(doc, &hits, world);
    let taken: Vec<(usize, usize)> = named.iter().map(|n| (n.first, n.last)).collect();
    let places = places::places(doc, &hits, world, &taken);
    let mut drafts = bodies::bodies(doc, &hits, world, &taken, &places);
    let within = within::within(doc, &hits, world, &places, &named, &drafts);
    unlisted::add_unlisted(doc, &hits, world, &places, &taken, &mut drafts);
    let mut cast = Cast { places, ..chains::cast(doc, world, date, &named, drafts, within, home) };
    allegiance::at_home(doc, &mut cast);
    allegiance::in_province(&mut cast);
    allegiance::loyal(doc, &mut cast);
    cast.belongings = belongings::belongings(doc, &cast);
    cast.speeches = speeches::speeches(doc, &cast.mentions);
    cast
}
