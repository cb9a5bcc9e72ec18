//! Loading: turns the rows of the tables that ship, and of the layers above them, into an indexed `World`.

use std::collections::HashSet;

use crate::actors::actor::Sector;
use crate::actors::world::{
    Agent, Days, Entry, Holder, Layer, Member, Office, Organisation, Place, State, Table, World, first_word,
};

include!(concat!(env!("OUT_DIR"), "/world.rs"));

impl World {
    /// Reads the tables that ship with the engine.
    pub fn shipped() -> Self {
        Self::with(&[])
    }

    /// Reads the tables that ship with the engine, and lays `layers` over them, the last on top. What a layer says of
    /// a phrase, or of a person in a post, replaces what stands below.
    pub fn with(layers: &[Layer]) -> Self {
        let mut loader = Loader::default();
        let shipped = |name: &str| {
            let text = WORLD.iter().find(|(path, _)| *path == name).map_or("", |(_, text)| text);
            text.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>())
        };
        for table in Table::ALL {
            shipped(table.name()).for_each(|row| loader.add(table, &row));
        }
        shipped("members").for_each(|row| loader.add_member(&row));
        for layer in layers {
            loader.above = true;
            loader.claimed.clear();
            loader.first_of_layer = loader.world.people.len();
            for table in Table::ALL {
                for row in layer.rows.get(&table).into_iter().flatten() {
                    loader.add(table, &row.iter().map(String::as_str).collect::<Vec<_>>());
                }
            }
        }
        loader.world
    }
}

/// A world in the making.
#[derive(Default)]
struct Loader {
    world: World,
    /// Whether the rows that are being added lie above others.
    above: bool,
    /// Phrases that the layer has claimed from those below it.
    claimed: HashSet<String>,
    /// The first row of people of the layer; 0 for the tables that ship.
    first_of_layer: usize,
}

impl Loader {
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
                    self.world.women.insert(name.to_owned(), gender == "f");
                }
            }
            Table::Places => self.add_place(row),
        }
    }

    /// `iso3 iso2 cow gw kind name aliases demonyms capital from to source`
    fn add_state(&mut self, row: &[&str]) {
        let &[iso3, iso2, cow, gw, kind, name, aliases, demonyms, capital, from, to, ..] = row else {
            return;
        };
        // A layer adds names to a state that is known; places of states in the table never change.
        let known = self.world.states.iter().position(|s| s.iso3 == iso3);
        let at = known.unwrap_or(self.world.states.len());
        if known.is_none() {
            self.world.states.push(State {
                iso3: iso3.into(),
                iso2: iso2.into(),
                name: name.into(),
                aliases: Vec::new(),
                cow: cow.parse().ok(),
                gw: gw.parse().ok(),
                current: kind == "state" || kind == "contested",
                days: Days::of(from, to),
            });
        }
        self.world.states[at].aliases.extend(cell(aliases).map(str::to_owned));
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
        let at = self.world.organisations.len();
        self.world.organisations.push(Organisation {
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
        // "Gaza" without a role is the state itself.
        let sector = Sector::parse(role);
        if sector.is_none() && !role.is_empty() {
            return;
        }
        if let Some(at) = self.world.states.iter().position(|s| s.iso3 == state) {
            self.index(phrase, Entry::Seat(at, sector, place == "yes"));
        } else if let Some(at) = self.world.organisation(state) {
            self.index(phrase, Entry::Organisation(at));
        }
    }

    /// `office phrases sector rank state source`
    fn add_office(&mut self, row: &[&str]) {
        let &[name, phrases, sector, rank, state, ..] = row else { return };
        let (Some(sector), Ok(rank)) =
            (Sector::parse(sector), serde_json::from_value(serde_json::Value::String(rank.to_owned())))
        else {
            return;
        };
        let at = self.world.offices.len();
        self.world.offices.push(Office { name: name.into(), sector, rank, state: filled(state) });
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
        let at = self.world.agents.len();
        self.world.agents.push(Agent { name: name.into(), sector });
        let plural = if plural.is_empty() { plural_of(name) } else { plural.to_owned() };
        for phrase in [name, plural.as_str()] {
            self.index(phrase, Entry::Agent(at));
        }
    }

    /// `name aliases office state from to wikidata source`
    fn add_holder(&mut self, row: &[&str]) {
        let &[name, aliases, office, state, from, to, wikidata, source, ..] = row else { return };
        let names: Vec<String> = std::iter::once(name).chain(cell(aliases)).map(str::to_owned).collect();
        let at = self.world.people.len();
        // Heads of international bodies have the body's name in place of a state.
        let body = self.world.organisation(state).filter(|_| self.world.state(state).is_none());
        self.world.people.push(Holder {
            name: name.into(),
            office: office.into(),
            state: filled(state).filter(|_| body.is_none()),
            body: body.map(|at| self.world.organisations[at].name.clone()),
            code: body.map(|at| self.world.organisations[at].code.clone()),
            days: Days::of(from, to),
            wikidata: filled(wikidata),
            names: names.clone(),
            source: source.into(),
        });
        for name in &names {
            let family_first = FAMILY_FIRST.contains(&state).then(|| name.split(' ').next()).flatten();
            for surname in name.rsplit(' ').take(1).chain(family_first) {
                self.index_holder(at, name, surname);
            }
        }
    }

    /// Makes a surname lead to the row `at` of the people. Rows of a layer stand before those below it, in their order, and
    /// replace what is known below of the same person in the same post.
    fn index_holder(&mut self, at: usize, name: &String, surname: &str) {
        let (people, start) = (&self.world.people, self.first_of_layer);
        let rows = self.world.surnames.entry(surname.to_lowercase()).or_default();
        if self.above {
            let own = &people[at];
            rows.retain(|&row| {
                let below = &people[row];
                let same =
                    below.office == own.office && below.side() == own.side() && below.names.contains(name);
                row >= start || !same
            });
        }
        if !rows.contains(&at) {
            let own = rows.iter().take_while(|&&row| row >= start).count();
            rows.insert(own, at);
        }
    }

    /// `bloc iso3 from to source`
    fn add_member(&mut self, row: &[&str]) {
        let &[bloc, iso3, from, to, ..] = row else { return };
        self.world.members.push(Member { bloc: bloc.into(), iso3: iso3.into(), days: Days::of(from, to) });
    }

    /// `place aliases kind state source`
    fn add_place(&mut self, row: &[&str]) {
        let &[name, aliases, kind, state, ..] = row else { return };
        for phrase in std::iter::once(name).chain(cell(aliases)) {
            self.world.place_names.insert(phrase.to_lowercase(), self.world.places.len());
        }
        self.world.places.push(Place {
            name: name.into(),
            kind: kind.into(),
            states: cell(state).map(str::to_owned).collect(),
        });
    }

    /// Makes `phrase` lead to `entry`. A phrase without a capital is found in any case; one with a capital only as it is
    /// written or in capitals throughout, so that "us" is never the United States.
    fn index(&mut self, phrase: &str, entry: Entry) {
        let common =
            matches!(entry, Entry::Office(_) | Entry::Agent(_)) && phrase.chars().any(char::is_lowercase);
        let (map, key) = if common {
            (&mut self.world.folded, phrase.to_lowercase())
        } else {
            (&mut self.world.exact, phrase.to_owned())
        };
        // What holds for a time only leaves the rest of time to the tables below.
        let always = match entry {
            Entry::Organisation(at) => self.world.organisations[at].days == Days::default(),
            _ => true,
        };
        if self.above && always && self.claimed.insert(key.clone()) {
            map.remove(&key);
        }
        let entries = map.entry(key).or_default();
        if !entries.contains(&entry) {
            let place = if always { entries.len() } else { 0 };
            entries.insert(place, entry);
        }
        let words = phrase.split_whitespace().count();
        let first = first_word(phrase).to_lowercase();
        let reach = self.world.reach.entry(first).or_default();
        *reach = words.max(*reach);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_states_stand_for_them() {
        let world = World::shipped();
        let palestine = world.states.iter().position(|s| s.iso3 == "PSE").unwrap();
        assert_eq!(world.lookup_on("Gaza", None), [Entry::Seat(palestine, None, true)]);
    }

    #[test]
    fn states_carry_the_codes_of_other_datasets() {
        let world = World::shipped();
        let codes = |iso3: &str| world.state(iso3).map(|state| (state.cow, state.gw));
        assert_eq!(codes("USA"), Some((Some(2), Some(2))));
        assert_eq!(codes("DEU"), Some((Some(255), Some(260))));
        assert_eq!(codes("ABW"), Some((None, None)), "a territory");
        for state in world.states.iter().filter(|state| state.cow.is_some()) {
            assert!(state.gw.is_some(), "{} is in both lists", state.iso3);
        }
    }
}
