//! Turns words that name somebody into whom they mean on a day: as a page would be read, and as the tables have it.

use demarche_engine::Reader;
use demarche_engine::actors::{Actor, Entry, Holder, World};
use jiff::civil::Date;
use serde::Serialize;

use crate::fault::Fault;

/// Whom words mean.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Meant {
    /// The words.
    pub(crate) words: String,
    /// The day on which they are said.
    pub(crate) on: Option<Date>,
    /// Whom a page with these words alone would be read to mean.
    pub(crate) actors: Vec<Actor>,
    /// Rows of the tables of states, bodies, seats, offices and agents.
    pub(crate) entries: Vec<Row>,
    /// Rows of the table of people, those that hold on the day first.
    pub(crate) posts: Vec<PostRow>,
}

/// What a phrase can mean.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    /// `state`, `demonym`, `capital`, `seat`, `organisation`, `office`, `agent`.
    pub(crate) kind: &'static str,
    /// Canonical name.
    pub(crate) name: String,
    /// CAMEO actor code, or role.
    pub(crate) code: String,
}

/// Who held which post when.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PostRow {
    /// Canonical name.
    pub(crate) name: String,
    /// The office, or a role of CAMEO.
    pub(crate) office: String,
    /// ISO3 of the state or name of the body.
    pub(crate) side: String,
    /// First day.
    pub(crate) from: Option<Date>,
    /// Last day.
    pub(crate) to: Option<Date>,
    /// Whether it was held on the day that was asked for; none where none was.
    pub(crate) held: Option<bool>,
    /// Wikidata item.
    pub(crate) wikidata: Option<String>,
    /// Where the row comes from.
    pub(crate) source: String,
}

impl Meant {
    /// Whom `words` mean, or a fault where nobody is known by them.
    pub(crate) fn find(reader: &Reader, words: &str, on: Option<Date>) -> Result<Self, Fault> {
        let words = words.trim();
        if words.is_empty() {
            return Err(Fault::usage("say whom: a name, a title with a surname, a post with its state"));
        }
        let world = reader.world();
        let known = world.who(words, on);
        let posts: Vec<PostRow> = known.holders.iter().map(|row| PostRow::of(row, on)).collect();
        let entries: Vec<Row> = known.entries.iter().map(|entry| row(*entry, world)).collect();
        let seen = reader.passage(words, on).seen;
        // A name that nothing is known of is no answer.
        let actors: Vec<Actor> =
            seen.into_iter().map(|seen| seen.actor).filter(|actor| !actor.code.is_empty()).collect();
        if actors.is_empty() && entries.is_empty() && posts.is_empty() {
            return Err(Fault::new(format!(
                "nobody is known as “{words}”; add your own with `demarche world add FILE --record RECORD`"
            )));
        }
        Ok(Self { words: words.to_owned(), on, actors, entries, posts })
    }
}

impl PostRow {
    /// The row as of a day.
    pub(crate) fn of(row: &Holder, on: Option<Date>) -> Self {
        Self {
            name: row.name.clone(),
            office: row.office.clone(),
            side: row.side().to_owned(),
            from: row.days.from,
            to: row.days.to,
            held: on.map(|date| row.held_on(date)),
            wikidata: row.wikidata.clone(),
            source: row.source.clone(),
        }
    }
}

fn row(entry: Entry, world: &World) -> Row {
    let (kind, name) = match entry {
        Entry::State(at) => ("state", world.states[at].name.clone()),
        Entry::Demonym(at) => ("demonym", world.states[at].name.clone()),
        Entry::Capital(at) => ("capital", world.states[at].name.clone()),
        Entry::Seat(at, ..) => ("seat", world.states[at].name.clone()),
        Entry::Organisation(at) => ("organisation", world.organisations[at].name.clone()),
        Entry::Office(at) => ("office", world.offices[at].name.clone()),
        Entry::Agent(at) => ("agent", world.agents[at].name.clone()),
    };
    Row { kind, name, code: world.code_of(entry) }
}
