//! The world tables: turns `engine/data/world/*.tsv` into phrases to look up, each leading to its rows.

mod conflicts;
mod layer;
mod load;
mod members;
mod petrarch;
mod rows;
mod table;
mod who;
mod wikidata;

use rustc_hash::FxHashMap;

use jiff::civil::Date;

use crate::actors::actor::{Rank, Sector};
use crate::time::Period;

pub use conflicts::Conflict;
pub use layer::{Laid, Layer, LayerFormat};
pub use members::Member;
pub use table::Table;
pub use who::Known;

/// Everything the tables know, indexed by the words that call it up.
#[derive(Debug, Default)]
pub struct World {
    /// States and territories, sorted by code.
    pub states: Vec<State>,
    /// Bodies with names of their own.
    pub organisations: Vec<Organisation>,
    /// Posts.
    pub offices: Vec<Office>,
    /// Common nouns for sorts of actors.
    pub agents: Vec<Agent>,
    /// Persons with one post each; a person with several has several rows.
    pub people: Vec<Holder>,
    /// Towns, regions, bases, crossings …
    pub places: Vec<Place>,
    /// Which state belongs to which bloc when, sorted by bloc.
    pub members: Vec<Member>,
    /// Rows of `places` by name, lower case.
    place_names: FxHashMap<String, usize>,
    /// Whether a given name is a woman's.
    women: FxHashMap<String, bool>,
    /// Names as written, case kept.
    exact: FxHashMap<String, Vec<Entry>>,
    /// Common words, lower case.
    folded: FxHashMap<String, Vec<Entry>>,
    /// Rows of `people` by surname.
    surnames: FxHashMap<String, Vec<usize>>,
    /// For each first word (lower case), how many white-space separated words its longest phrase has.
    reach: FxHashMap<String, usize>,
}

/// What a phrase can mean: a row of one of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A state by name.
    State(usize),
    /// A state by demonym ("Turkish", "Turks").
    Demonym(usize),
    /// A state by capital.
    Capital(usize),
    /// A state's government, army or other body by its seat ("the Kremlin"); whether it is also a place to be in.
    Seat(usize, Option<Sector>, bool),
    /// A body.
    Organisation(usize),
    /// A post.
    Office(usize),
    /// A sort of actor.
    Agent(usize),
}

/// A row of `states.tsv`.
#[derive(Debug)]
pub struct State {
    /// ISO 3166 alpha-3, or the code it had.
    pub iso3: String,
    /// ISO 3166 alpha-2; empty for some historical ones.
    pub iso2: String,
    /// Common English name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Country code of the Correlates of War project, by which datasets of the field join; none for territories.
    pub cow: Option<u16>,
    /// The same of Gleditsch and Ward, which differs for a few.
    pub gw: Option<u16>,
    /// Whether it is a state today rather than a territory or a state of the past.
    pub current: bool,
    /// The days on which it was one.
    pub days: Days,
}

/// A row of `organisations.tsv`.
#[derive(Debug)]
pub struct Organisation {
    /// Canonical name.
    pub name: String,
    /// CAMEO actor code.
    pub code: String,
    /// `igo`, `bloc`, `ngo`, `armed_group`, `agency`, `parliament`, `party`, `media`, `company` or `court`.
    pub kind: String,
    /// ISO3 of the state it belongs to, if to one.
    pub state: Option<String>,
    /// The days for which this holds; rows that users bring can be for a time.
    pub days: Days,
}

/// First and last day of something; a missing bound holds for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// First day, as exactly as known.
    pub from: Option<Date>,
    /// Last day; none where it goes on or is unknown.
    pub to: Option<Date>,
}

impl Days {
    fn of(from: &str, to: &str) -> Self {
        Self { from: Period::parse(from).map(|p| p.start), to: Period::parse(to).map(|p| p.end) }
    }

    /// Whether `date` is one of them.
    pub fn hold(self, date: Date) -> bool {
        self.from.is_none_or(|from| from <= date) && self.to.is_none_or(|to| date <= to)
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.from, self.to) {
            (None, None) => f.write_str("at any time"),
            (Some(from), None) => write!(f, "from {from}"),
            (None, Some(to)) => write!(f, "to {to}"),
            (Some(from), Some(to)) => write!(f, "{from} to {to}"),
        }
    }
}

/// A row of `offices.tsv`.
#[derive(Debug)]
pub struct Office {
    /// Canonical name.
    pub name: String,
    /// Where its holder sits.
    pub sector: Sector,
    /// How high it stands.
    pub rank: Rank,
    /// ISO3 of the only state that has it under this name.
    pub state: Option<String>,
}

/// A row of `agents.tsv`.
#[derive(Debug)]
pub struct Agent {
    /// The noun.
    pub name: String,
    /// Its CAMEO role.
    pub sector: Sector,
}

/// A row of `places.tsv`.
#[derive(Debug)]
pub struct Place {
    /// Canonical name.
    pub name: String,
    /// `city`, `region`, `base`, `crossing` …
    pub kind: String,
    /// ISO3 of the state that it lies in, or of all that claim or share it; none for seas.
    pub states: Vec<String>,
}

impl Place {
    /// The state that it lies in, where only one can be meant.
    pub fn state(&self) -> Option<&str> {
        if let [only] = self.states.as_slice() { Some(only) } else { None }
    }
}

/// A row of `people.tsv`: who held which post when.
#[derive(Debug)]
pub struct Holder {
    /// Canonical name.
    pub name: String,
    /// Canonical office, or a role of CAMEO where only that is known.
    pub office: String,
    /// ISO3.
    pub state: Option<String>,
    /// The international body served, if not a state.
    pub body: Option<String>,
    /// CAMEO code of that body.
    pub code: Option<String>,
    /// The days on which it was held.
    pub days: Days,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// All names in full, canonical first.
    pub names: Vec<String>,
    /// Where the row comes from.
    pub source: String,
}

impl Holder {
    /// Whether the post was held on `date`; a missing bound holds for ever.
    pub fn held_on(&self, date: Date) -> bool {
        self.days.hold(date)
    }

    /// ISO3 of the state or name of the body that is served; empty where neither is known.
    pub fn side(&self) -> &str {
        self.state.as_deref().or(self.body.as_deref()).unwrap_or("")
    }

    /// The role of CAMEO that stands in place of a post where only that much is known.
    pub fn role(&self) -> Option<Sector> {
        Sector::parse(&self.office)
    }
}

impl World {
    /// The row of the body of this name or alias.
    pub(crate) fn organisation(&self, name: &str) -> Option<usize> {
        self.exact
            .get(name)?
            .iter()
            .find_map(|e| if let Entry::Organisation(at) = e { Some(*at) } else { None })
    }

    /// Whether a person of this name is a woman; none where the name does not tell.
    pub(crate) fn is_woman(&self, name: &str) -> Option<bool> {
        let mut words = name.split(' ');
        let first = words.next()?;
        // Family names may stand first: "Kim Yo-jong".
        let given = std::iter::once(first).chain(words.filter(|word| word.contains('-')));
        given.into_iter().find_map(|word| self.women.get(word).copied())
    }

    /// The place of this name, in whatever case it is written.
    pub fn place(&self, name: &str) -> Option<&Place> {
        self.place_names.get(&name.to_lowercase()).map(|&at| &self.places[at])
    }

    /// What `phrase` can mean, in the order of the tables: states, bodies, seats, offices, agents.
    pub fn lookup(&self, phrase: &str) -> Vec<Entry> {
        let mut entries = self.exact.get(phrase).cloned().unwrap_or_default();
        if let Some(common) = self.folded.get(&phrase.to_lowercase()) {
            entries.extend(common);
        }
        entries
    }

    /// What `phrase` can mean on a day; where none is known, what holds to this day.
    pub(crate) fn lookup_on(&self, phrase: &str, date: Option<Date>) -> Vec<Entry> {
        let mut entries = self.lookup(phrase);
        let holds = |days: Days| date.map_or(days.to.is_none(), |date| days.hold(date));
        // "Belgrade" is the capital of the state of that day; a state of the past that only its own name tells stays.
        let state = |entry: &Entry| match entry {
            Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) | Entry::Seat(at, ..) => Some(*at),
            _ => None,
        };
        let stands = entries.iter().filter_map(state).any(|at| holds(self.states[at].days));
        entries.retain(|entry| match entry {
            Entry::Organisation(at) => holds(self.organisations[*at].days),
            _ => !stands || state(entry).is_none_or(|at| holds(self.states[at].days)),
        });
        entries
    }

    /// How many words the longest phrase has that begins with this word.
    pub(crate) fn reach(&self, word: &str) -> usize {
        self.reach.get(&first_word(word).to_lowercase()).copied().unwrap_or(0)
    }

    /// The rows of people of this surname.
    pub(crate) fn of_surname(&self, surname: &str) -> impl Iterator<Item = &Holder> {
        self.surnames.get(&surname.to_lowercase()).into_iter().flatten().map(|&at| &self.people[at])
    }

    /// The rows of people whose names include all of this one's, whatever its case.
    pub fn of_name(&self, name: &str) -> impl Iterator<Item = &Holder> {
        let name = name.to_lowercase();
        let surname = name.rsplit(' ').next().unwrap_or("").to_owned();
        self.of_surname(&surname)
            .filter(move |row| row.names.iter().any(|n| n.to_lowercase() == name))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// The office of this name.
    pub fn office(&self, name: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.name == name)
    }

    /// The state with this ISO3 code.
    pub fn state(&self, iso3: &str) -> Option<&State> {
        // Sorted as they ship; those that layers add stand behind.
        let shipped = self.states.partition_point(|s| s.iso3.as_str() < iso3);
        let found = self.states.get(shipped).filter(|s| s.iso3 == iso3);
        found.or_else(|| self.states.iter().rev().find(|s| s.iso3 == iso3))
    }

    /// The state in which a dateline's place lies: a capital or a state itself, in capitals or not.
    pub fn state_of_place(&self, place: &str) -> Option<&str> {
        // "BATKEN, Kyrgyzstan": the state stands last, if it stands there.
        place.rsplit(',').find_map(|part| self.state_of_one_place(part.trim()))
    }

    /// The only state that a title names ("Department of Foreign Affairs, Republic of the Philippines"): by name or demonym.
    pub fn state_named_in(&self, title: &str) -> Option<&str> {
        let words: Vec<&str> =
            title.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).collect();
        let mut named: Vec<usize> = Vec::new();
        for first in 0..words.len() {
            for last in first + 1..=words.len().min(first + 4) {
                named.extend(self.lookup(&words[first..last].join(" ")).into_iter().filter_map(
                    |e| match e {
                        Entry::State(at) | Entry::Demonym(at) => Some(at),
                        _ => None,
                    },
                ));
            }
        }
        named.sort_unstable();
        named.dedup();
        if let [only] = named.as_slice() { Some(self.states[*only].iso3.as_str()) } else { None }
    }

    fn state_of_one_place(&self, written: &str) -> Option<&str> {
        self.states
            .iter()
            .position(|s| s.name.eq_ignore_ascii_case(written))
            .or_else(|| {
                self.exact.iter().find(|(phrase, _)| phrase.eq_ignore_ascii_case(written)).and_then(
                    |(_, entries)| {
                        entries.iter().find_map(|e| match e {
                            Entry::Capital(at) | Entry::Seat(at, _, true) => Some(*at),
                            _ => None,
                        })
                    },
                )
            })
            .map(|at| self.states[at].iso3.as_str())
            .or_else(|| {
                // "PASAY CITY" is Pasay.
                let bare = written.get(..written.len().saturating_sub(5));
                let city = written.to_lowercase().ends_with(" city");
                self.place(written).or_else(|| self.place(bare.filter(|_| city)?))?.state()
            })
    }
}

/// The letters and digits a phrase begins with: what the tokeniser makes its first token, or begins it with.
fn first_word(phrase: &str) -> &str {
    let end = phrase.find(|c: char| !c.is_alphanumeric()).unwrap_or(phrase.len());
    &phrase[..end]
}
