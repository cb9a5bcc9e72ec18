//! The world tables: turns `engine/data/world/*.tsv` into phrases to look up, each leading to its rows.

mod conflicts;
mod layer;
mod petrarch;
mod rows;
mod table;
mod who;
mod wikidata;

use std::collections::HashMap;

use jiff::civil::Date;

use crate::actors::actor::{Rank, Sector};
use crate::time::Period;

pub use conflicts::Conflict;
pub use layer::{Laid, Layer, LayerFormat};
pub use table::Table;
pub use who::Known;

include!(concat!(env!("OUT_DIR"), "/world.rs"));

/// Everything the tables know, indexed by the words that call it up.
#[derive(Debug)]
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
    /// Rows of `places` by name, lower case.
    place_names: HashMap<String, usize>,
    /// Whether a given name is a woman's.
    women: HashMap<String, bool>,
    /// Names as written, case kept.
    exact: HashMap<String, Vec<Entry>>,
    /// Common words, lower case.
    folded: HashMap<String, Vec<Entry>>,
    /// Rows of `people` by surname.
    surnames: HashMap<String, Vec<usize>>,
    /// For each first word (lower case), how many white-space separated words its longest phrase has.
    reach: HashMap<String, usize>,
    /// The layer whose rows are being added; 0 for the tables that ship.
    layer: usize,
    /// Phrases that a layer has claimed from those below it.
    claimed: HashMap<String, usize>,
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
    Seat(usize, Sector, bool),
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
    /// Whether it is a state today rather than a territory or a state of the past.
    pub current: bool,
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

    /// Whether any day is one of both.
    pub fn overlap(self, other: Days) -> bool {
        let before =
            |end: Option<Date>, start: Option<Date>| end.zip(start).is_some_and(|(end, start)| end < start);
        !before(self.to, other.from) && !before(other.to, self.from)
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
    /// The layer that it stands in; 0 for the tables that ship.
    layer: usize,
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
    /// Reads the tables that ship with the engine.
    pub fn shipped() -> Self {
        Self::with(&[])
    }

    /// Reads the tables that ship with the engine, and lays `layers` over them, the last on top. What a layer says of
    /// a phrase, or of a person in a post, replaces what stands below.
    pub fn with(layers: &[Layer]) -> Self {
        let mut world = World {
            states: Vec::new(),
            organisations: Vec::new(),
            offices: Vec::new(),
            agents: Vec::new(),
            people: Vec::new(),
            places: Vec::new(),
            place_names: HashMap::new(),
            women: HashMap::new(),
            exact: HashMap::new(),
            folded: HashMap::new(),
            surnames: HashMap::new(),
            reach: HashMap::new(),
            layer: 0,
            claimed: HashMap::new(),
        };
        for table in Table::ALL {
            let text = WORLD.iter().find(|(path, _)| *path == table.name()).map_or("", |(_, text)| text);
            for line in text.lines().skip(1) {
                world.add(table, &line.split('\t').collect::<Vec<_>>());
            }
        }
        for (at, layer) in layers.iter().enumerate() {
            world.layer = at + 1;
            for table in Table::ALL {
                for row in layer.rows.get(&table).into_iter().flatten() {
                    world.add(table, &row.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }
        world.claimed = HashMap::new();
        world
    }

    fn add(&mut self, table: Table, row: &[&str]) {
        match table {
            Table::States => self.add_state(row),
            Table::Organisations => self.add_organisation(row),
            Table::Metonyms => self.add_metonym(row),
            Table::Offices => self.add_office(row),
            Table::Agents => self.add_agent(row),
            Table::People => self.add_holder(row),
            Table::GivenNames => {
                if let &[name, gender, ..] = row {
                    self.women.insert(name.to_owned(), gender == "f");
                }
            }
            Table::Places => self.add_place(row),
        }
    }

    /// `iso3 iso2 cow gw kind name aliases demonyms capital from to source`
    fn add_state(&mut self, row: &[&str]) {
        let &[iso3, iso2, _cow, _gw, kind, name, aliases, demonyms, capital, ..] = row else { return };
        // A layer adds names to a state that is known; places of states in the table never change.
        let known = self.states.iter().position(|s| s.iso3 == iso3);
        let at = known.unwrap_or(self.states.len());
        if known.is_none() {
            self.states.push(State {
                iso3: iso3.into(),
                iso2: iso2.into(),
                name: name.into(),
                aliases: Vec::new(),
                current: kind == "state" || kind == "contested",
            });
        }
        self.states[at].aliases.extend(cell(aliases).map(str::to_owned));
        for phrase in std::iter::once(name).chain(cell(aliases)) {
            self.index(phrase, Entry::State(at));
        }
        for phrase in cell(demonyms) {
            self.index(phrase, Entry::Demonym(at));
        }
        for phrase in cell(capital) {
            self.index(phrase, Entry::Capital(at));
        }
    }

    /// `name aliases code kind state source`, and in layers `from to`
    fn add_organisation(&mut self, row: &[&str]) {
        let &[name, aliases, code, kind, state, _source, ref days @ ..] = row else { return };
        let at = self.organisations.len();
        self.organisations.push(Organisation {
            name: name.into(),
            code: code.into(),
            kind: if kind.is_empty() { "agency" } else { kind }.into(),
            state: filled(state),
            days: if let &[from, to, ..] = days { Days::of(from, to) } else { Days::default() },
        });
        for phrase in std::iter::once(name).chain(cell(aliases)) {
            self.index(phrase, Entry::Organisation(at));
        }
    }

    /// `phrase state role place source`
    fn add_metonym(&mut self, row: &[&str]) {
        let &[phrase, state, role, place, ..] = row else { return };
        let Some(sector) = Sector::parse(role) else { return };
        if let Some(at) = self.states.iter().position(|s| s.iso3 == state) {
            self.index(phrase, Entry::Seat(at, sector, place == "yes"));
        } else if let Some(at) = self.organisation(state) {
            self.index(phrase, Entry::Organisation(at));
        }
    }

    /// The row of the body of this name or alias.
    pub(crate) fn organisation(&self, name: &str) -> Option<usize> {
        self.exact
            .get(name)?
            .iter()
            .find_map(|e| if let Entry::Organisation(at) = e { Some(*at) } else { None })
    }

    /// `office phrases sector rank state source`
    fn add_office(&mut self, row: &[&str]) {
        let &[name, phrases, sector, rank, state, ..] = row else { return };
        let (Some(sector), Ok(rank)) =
            (Sector::parse(sector), serde_json::from_value(serde_json::Value::String(rank.to_owned())))
        else {
            return;
        };
        let at = self.offices.len();
        self.offices.push(Office { name: name.into(), sector, rank, state: filled(state) });
        for phrase in std::iter::once(name).chain(cell(phrases)) {
            self.index(phrase, Entry::Office(at));
            if phrase.chars().any(char::is_lowercase) {
                self.index(&plural_of(phrase), Entry::Office(at));
            }
        }
    }

    /// `agent plural code source`
    fn add_agent(&mut self, row: &[&str]) {
        let &[name, plural, code, ..] = row else { return };
        let Some(sector) = Sector::parse(code) else { return };
        let at = self.agents.len();
        self.agents.push(Agent { name: name.into(), sector });
        let plural = if plural.is_empty() { plural_of(name) } else { plural.to_owned() };
        for phrase in [name, plural.as_str()] {
            self.index(phrase, Entry::Agent(at));
        }
    }

    /// `name aliases office state from to wikidata source`
    fn add_holder(&mut self, row: &[&str]) {
        let &[name, aliases, office, state, from, to, wikidata, source, ..] = row else { return };
        let names: Vec<String> = std::iter::once(name).chain(cell(aliases)).map(str::to_owned).collect();
        let at = self.people.len();
        // Heads of international bodies have the body's name in place of a state.
        let body = self.organisation(state).filter(|_| self.state(state).is_none());
        self.people.push(Holder {
            name: name.into(),
            office: office.into(),
            state: filled(state).filter(|_| body.is_none()),
            body: body.map(|at| self.organisations[at].name.clone()),
            code: body.map(|at| self.organisations[at].code.clone()),
            days: Days::of(from, to),
            wikidata: filled(wikidata),
            names: names.clone(),
            source: source.into(),
            layer: self.layer,
        });
        for name in &names {
            let family_first = FAMILY_FIRST.contains(&state).then(|| name.split(' ').next()).flatten();
            for surname in name.rsplit(' ').take(1).chain(family_first) {
                self.index_holder(at, name, surname);
            }
        }
    }

    /// Makes a surname lead to the row `at` of the people.
    fn index_holder(&mut self, at: usize, name: &String, surname: &str) {
        let (office, side) = (self.people[at].office.clone(), self.people[at].side().to_owned());
        let rows = self.surnames.entry(surname.to_lowercase()).or_default();
        if self.layer > 0 {
            // The same person in the same post: what is known above replaces what is known below.
            rows.retain(|&row| {
                let below = &self.people[row];
                let same = below.office == office && below.side() == side && below.names.contains(name);
                below.layer == self.layer || !same
            });
        }
        if !rows.contains(&at) {
            let own = rows.iter().take_while(|&&row| self.people[row].layer == self.layer).count();
            rows.insert(if self.layer == 0 { rows.len() } else { own }, at);
        }
    }

    /// `place aliases kind state source`
    fn add_place(&mut self, row: &[&str]) {
        let &[name, aliases, kind, state, ..] = row else { return };
        for phrase in std::iter::once(name).chain(cell(aliases)) {
            self.place_names.insert(phrase.to_lowercase(), self.places.len());
        }
        self.places.push(Place {
            name: name.into(),
            kind: kind.into(),
            states: cell(state).map(str::to_owned).collect(),
        });
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

    /// Makes `phrase` lead to `entry`. A phrase without a capital is found in any case; one with a capital only as it is
    /// written or in capitals throughout, so that "us" is never the United States.
    fn index(&mut self, phrase: &str, entry: Entry) {
        let common =
            matches!(entry, Entry::Office(_) | Entry::Agent(_)) && phrase.chars().any(char::is_lowercase);
        let (map, key) = if common {
            (&mut self.folded, phrase.to_lowercase())
        } else {
            (&mut self.exact, phrase.to_owned())
        };
        // What holds for a time only leaves the rest of time to the tables below.
        let always = match entry {
            Entry::Organisation(at) => self.organisations[at].days == Days::default(),
            _ => true,
        };
        if self.layer > 0 && always && self.claimed.insert(key.clone(), self.layer) != Some(self.layer) {
            map.remove(&key);
        }
        let entries = map.entry(key).or_default();
        if !entries.contains(&entry) {
            let place = if always { entries.len() } else { 0 };
            entries.insert(place, entry);
        }
        let words = phrase.split_whitespace().count();
        let first = first_word(phrase).to_lowercase();
        let reach = self.reach.entry(first).or_default();
        *reach = words.max(*reach);
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
        entries.retain(|entry| match entry {
            Entry::Organisation(at) => {
                let days = self.organisations[*at].days;
                date.map_or(days.to.is_none(), |date| days.hold(date))
            }
            _ => true,
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

/// States whose people have their family name first.
const FAMILY_FIRST: [&str; 8] = ["CHN", "HKG", "KHM", "KOR", "MAC", "PRK", "TWN", "VNM"];

/// The parts of a cell that lists.
fn cell(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|part| !part.is_empty())
}

/// A cell's text, unless empty.
fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The letters and digits a phrase begins with: what the tokeniser makes its first token, or begins it with.
fn first_word(phrase: &str) -> &str {
    let end = phrase.find(|c: char| !c.is_alphanumeric()).unwrap_or(phrase.len());
    &phrase[..end]
}

/// The regular English plural of a noun phrase, on its head: the word before the first preposition, else the last.
fn plural_of(phrase: &str) -> String {
    let words: Vec<&str> = phrase.split(' ').collect();
    let head =
        words.iter().position(|w| matches!(*w, "of" | "for" | "to" | "in" | "at")).unwrap_or(words.len());
    let mut plural = Vec::with_capacity(words.len());
    for (i, word) in words.iter().enumerate() {
        plural.push(if i + 1 == head { plural_word(word) } else { (*word).to_owned() });
    }
    plural.join(" ")
}

fn plural_word(word: &str) -> String {
    let stem = |n: usize| &word[..word.len() - n];
    match word {
        _ if word.ends_with("man") && word.len() > 3 => format!("{}men", stem(3)),
        _ if word.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|v| word.ends_with(v)) => {
            format!("{}ies", stem(1))
        }
        _ if word.ends_with(['s', 'x', 'z']) || word.ends_with("ch") || word.ends_with("sh") => {
            format!("{word}es")
        }
        _ => format!("{word}s"),
    }
}
