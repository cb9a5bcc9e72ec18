//! Turns what sources call actors — countries, sectors, persons and bodies by name — into states and CAMEO actor codes.

use std::collections::HashMap;

use demarche_engine::actors::{Days, Entry, Sector, World};
use demarche_engine::series::State;
use jiff::civil::Date;

use crate::imports::cells::{pieces, said};

/// Countries as ICEWS names them.
const COUNTRIES: &str = include_str!("../../data/icews_names.tsv");
/// Persons and bodies that ICEWS names without a country.
const ACTORS: &str = include_str!("../../data/icews_actors.tsv");
/// What stands before the country in names such as "Police (Cambodia)".
const AGENTS: &str = include_str!("../../data/icews_agents.tsv");
/// Sectors of ICEWS, the role of each, and how much it weighs beside others.
const SECTORS: &str = include_str!("../../data/icews_sectors.tsv");
/// Sectors of PLOVER that CAMEO has under other letters, or not at all.
const POLECAT_SECTORS: &str = include_str!("../../data/polecat_sectors.tsv");
/// Country codes of FIPS 10-4.
const FIPS: &str = include_str!("../../data/fips.tsv");
/// Country codes of CAMEO that are not those of ISO 3166.
const CAMEO: &str = include_str!("../../data/cameo_countries.tsv");

/// The tables, and what was looked up in them before.
pub(crate) struct Names<'w> {
    world: &'w World,
    countries: HashMap<&'static str, State>,
    actors: HashMap<&'static str, State>,
    agents: HashMap<&'static str, &'static str>,
    sectors: HashMap<&'static str, (&'static str, u8)>,
    polecat_sectors: HashMap<&'static str, &'static str>,
    fips: HashMap<&'static str, State>,
    cameo: HashMap<&'static str, State>,
    known_countries: HashMap<String, Option<State>>,
    known_roles: HashMap<String, &'static str>,
    known_actors: HashMap<String, Meant>,
}

/// What a name means, whenever.
#[derive(Debug, Clone)]
enum Meant {
    /// The same on every day.
    Always(Option<State>, String),
    /// Somebody who serves a state on some days.
    OnDays(Vec<(State, String, Days)>),
}

impl<'w> Names<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        Self {
            world,
            countries: states(COUNTRIES),
            actors: states(ACTORS),
            agents: rows(AGENTS).map(|[agent, role]| (agent, role)).collect(),
            sectors: rows(SECTORS)
                .filter_map(|[sector, role, weight]| Some((sector, (role, weight.parse().ok()?))))
                .collect(),
            polecat_sectors: rows(POLECAT_SECTORS).map(|[sector, role]| (sector, role)).collect(),
            fips: states(FIPS),
            cameo: states(CAMEO),
            known_countries: HashMap::new(),
            known_roles: HashMap::new(),
            known_actors: HashMap::new(),
        }
    }

    /// The state that a country's name means.
    pub(crate) fn country(&mut self, name: &str) -> Option<State> {
        let name = said(name)?;
        if let Some(known) = self.known_countries.get(name) {
            return *known;
        }
        let found = self.countries.get(name).copied().or_else(|| {
            self.world.lookup(name).into_iter().find_map(|entry| match entry {
                Entry::State(at) => self.world.states[at].iso3.parse().ok(),
                _ => None,
            })
        });
        self.known_countries.insert(name.to_owned(), found);
        found
    }

    /// The state of an ISO 3166 alpha-3 code, if there is or was such a state.
    pub(crate) fn iso3(&self, code: &str) -> Option<State> {
        let code = said(code)?;
        self.world.state(code)?;
        code.parse().ok()
    }

    /// The first state in a list with semicolons, each piece an ISO 3166 alpha-3 code or a country's name.
    pub(crate) fn country_or_code(&mut self, countries: &str) -> Option<State> {
        pieces(countries).find_map(|country| self.iso3(country).or_else(|| self.country(country)))
    }

    /// The state of a country code of CAMEO, as actor codes begin with it.
    pub(crate) fn cameo_country(&self, code: &str) -> Option<State> {
        let code = said(code)?;
        self.cameo.get(code).copied().or_else(|| self.iso3(code))
    }

    /// The state of a country code of FIPS 10-4.
    pub(crate) fn fips(&self, code: &str) -> Option<State> {
        self.fips.get(said(code)?).copied()
    }

    /// The CAMEO role of an actor in these sectors of ICEWS, with commas between them; empty where they say none.
    pub(crate) fn role(&mut self, sectors: &str) -> &'static str {
        let Some(sectors) = said(sectors) else { return "" };
        if let Some(known) = self.known_roles.get(sectors) {
            return known;
        }
        let weighed = sectors.split(',').filter_map(|sector| self.sectors.get(sector.trim()));
        let role = weighed.filter(|(role, _)| !role.is_empty()).max_by_key(|(_, weight)| *weight);
        let role = role.map_or("", |(role, _)| role);
        self.known_roles.insert(sectors.to_owned(), role);
        role
    }

    /// The CAMEO role of the first sector that has one, in a list with semicolons: codes of PLOVER, or names of ICEWS.
    pub(crate) fn role_of(&mut self, sectors: &str) -> &'static str {
        let coded = pieces(sectors).find_map(|sector| {
            let renamed = self.polecat_sectors.get(sector).copied();
            renamed.or_else(|| self::sector(sector))
        });
        coded.unwrap_or_else(|| self.role(&sectors.replace(';', ",")))
    }

    /// The state and the CAMEO actor code of an actor by name on a day: "Police (Cambodia)", "Thailand", "Mahmoud Abbas".
    pub(crate) fn actor(&mut self, name: &str, date: Date) -> (Option<State>, String) {
        if !self.known_actors.contains_key(name) {
            let meant = self.look_up(name);
            self.known_actors.insert(name.to_owned(), meant);
        }
        match &self.known_actors[name] {
            Meant::Always(state, code) => (*state, code.clone()),
            Meant::OnDays(days) => {
                let on_day = days.iter().find(|(_, _, days)| days.hold(date));
                let (state, role, _) = on_day.unwrap_or(&days[0]);
                (Some(*state), code(Some(*state), role))
            }
        }
    }

    fn look_up(&mut self, name: &str) -> Meant {
        if let Some((agent, country)) = bracketed(name) {
            let state = self.country(country).or_else(|| self.actors.get(country).copied());
            let role = self.agents.get(agent).copied().unwrap_or("");
            return Meant::Always(state, code(state, role));
        }
        if let Some(state) = self.country(name).or_else(|| self.actors.get(name).copied()) {
            return Meant::Always(Some(state), code(Some(state), ""));
        }
        let organisation = self.world.lookup(name).into_iter().find_map(|entry| match entry {
            Entry::Organisation(at) => self.world.organisations.get(at),
            _ => None,
        });
        if let Some(body) = organisation {
            let state = body.state.as_deref().and_then(|iso3| iso3.parse().ok());
            return Meant::Always(state, body.code.clone());
        }
        // A person's name means one person only if all rows of that name serve one state.
        let mut served: Vec<(State, String, Days)> = Vec::new();
        for holder in self.world.of_name(name) {
            let Some(state) = holder.state.as_deref().and_then(|iso3| iso3.parse().ok()) else { continue };
            let sector = holder.role().or_else(|| self.world.office(&holder.office).map(|o| o.sector));
            served.push((state, sector.map_or("", |s| s.as_str()).to_owned(), holder.days));
        }
        match served.first() {
            Some((first, ..)) if served.iter().all(|(state, ..)| state == first) => Meant::OnDays(served),
            _ => Meant::Always(None, String::new()),
        }
    }
}

/// The CAMEO role of these letters, if they are one.
pub(crate) fn sector(letters: &str) -> Option<&'static str> {
    Sector::parse(letters).map(Sector::as_str)
}

/// The CAMEO actor code of a role in a state.
pub(crate) fn code(state: Option<State>, role: &str) -> String {
    state.map_or_else(String::new, |state| state.to_string()) + role
}

/// "Police (Cambodia)" → Police, Cambodia; "Citizen (Holy See (Vatican City State))" → Citizen, Holy See (Vatican City State).
pub(crate) fn bracketed(name: &str) -> Option<(&str, &str)> {
    let inner = name.strip_suffix(')')?;
    let mut depth = 1;
    let opens = inner.bytes().rposition(|byte| {
        match byte {
            b')' => depth += 1,
            b'(' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    Some((inner[..opens].trim(), inner[opens + 1..].trim()))
}

/// The rows of a table without its head.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        let mut row = [""; N];
        for cell in &mut row {
            *cell = cells.next()?;
        }
        Some(row)
    })
}

/// A table whose second column is an ISO 3166 alpha-3 code.
fn states(table: &'static str) -> HashMap<&'static str, State> {
    rows(table).filter_map(|[name, iso3]| Some((name, iso3.parse().ok()?))).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use jiff::civil::date;

    use super::*;

    #[test]
    fn names_become_states_and_roles() {
        let world = World::shipped();
        let mut names = Names::new(&world);
        let mut means = |name: &str| {
            let (state, code) = names.actor(name, date(2008, 7, 15));
            (state.map_or_else(String::new, |s| s.to_string()), code)
        };
        let is = |state: &str, code: &str| (state.to_owned(), code.to_owned());
        assert_eq!(means("Police (Cambodia)"), is("KHM", "KHMCOP"));
        assert_eq!(means("Thailand"), is("THA", "THA"));
        assert_eq!(means("Citizen (Nowhere at all)"), is("", "CVL"));
        assert_eq!(means("UN Security Council").0, "");
        assert!(means("UN Security Council").1.starts_with("IGO"));
        assert_eq!(means("Condoleezza Rice"), is("USA", "USAGOV"));
        assert_eq!(means("Nobody Whatsoever"), is("", ""));
    }

    #[test]
    fn the_weightiest_sector_gives_the_role() {
        let world = World::shipped();
        let mut names = Names::new(&world);
        assert_eq!(names.role("Executive,Foreign Ministry,Government"), "GOV");
        assert_eq!(names.role("Military,Government"), "MIL");
        assert_eq!(names.role("Center Right,No such sector"), "");
        assert_eq!(names.role("NA"), "");
        assert_eq!(names.role_of("JRN;SOC"), "MED", "PLOVER’s journalists are CAMEO’s media");
        assert_eq!(names.role_of("XYZ; GOV"), "GOV");
        assert_eq!(names.role_of("Military,Government"), "MIL");
        assert_eq!(names.role_of("None"), "");
    }

    #[test]
    fn the_tables_are_sorted_and_every_row_reads() {
        let world = World::shipped();
        let known = |iso3: &str| world.state(iso3).is_some();
        for table in [COUNTRIES, ACTORS, AGENTS, SECTORS, POLECAT_SECTORS, FIPS, CAMEO] {
            let firsts: Vec<&str> =
                table.lines().skip(1).map(|row| row.split('\t').next().unwrap()).collect();
            assert!(firsts.is_sorted_by(|a, b| a < b), "sorted, each once: {:?}", table.lines().next());
        }
        for table in [COUNTRIES, ACTORS, FIPS, CAMEO] {
            for [name, iso3] in rows(table) {
                assert!(known(iso3), "{name}: {iso3}");
            }
        }
        let roles = rows(AGENTS).map(|[_, role]| role).chain(rows(SECTORS).map(|[_, role, _]| role));
        let roles = roles.chain(rows(POLECAT_SECTORS).map(|[_, role]| role));
        for role in roles.filter(|role| !role.is_empty()) {
            assert!(Sector::parse(role).is_some(), "{role} is no role of CAMEO");
        }
    }
}
