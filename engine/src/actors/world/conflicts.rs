//! Conflicts: turns the rows of a layer that say otherwise than the tables below into pairs that people can settle.

use serde::Serialize;

use crate::actors::Sector;
use crate::actors::world::{Days, Entry, Layer, Table, World};

/// Two rows that cannot both be right; the one above prevails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// The words, or the post, that both are about.
    pub about: String,
    /// What the layer says.
    pub above: String,
    /// What the tables below say.
    pub below: String,
}

impl World {
    /// Where `layer` says otherwise than these tables.
    pub fn conflicts(&self, layer: &Layer) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (&table, rows) in &layer.rows {
            for row in rows {
                match table {
                    Table::People => conflicts.extend(self.other_days(row)),
                    Table::Organisations => {
                        let code = table.cell(row, "code");
                        let phrases = [table.cell(row, "name"), table.cell(row, "aliases")];
                        let days = Days::of(table.cell(row, "from"), table.cell(row, "to"));
                        let found = self.other_codes(&phrases, code).into_iter();
                        conflicts.extend(found.map(|conflict| match days == Days::default() {
                            true => conflict,
                            false => Conflict { above: format!("{code} {days}"), ..conflict },
                        }));
                    }
                    Table::Agents => {
                        let code = table.cell(row, "code");
                        conflicts.extend(self.other_codes(&[table.cell(row, "agent")], code));
                    }
                    Table::Metonyms => {
                        let code = format!("{}{}", table.cell(row, "state"), table.cell(row, "role"));
                        conflicts.extend(self.other_codes(&[table.cell(row, "phrase")], &code));
                    }
                    Table::States => {
                        let names = ["name", "aliases", "demonyms", "capital"].map(|c| table.cell(row, c));
                        conflicts.extend(self.other_codes(&names, table.cell(row, "iso3")));
                    }
                    Table::Offices | Table::GivenNames | Table::Places => {}
                }
            }
        }
        conflicts.dedup();
        conflicts
    }

    /// Phrases that lead below to something with another code.
    fn other_codes(&self, cells: &[&str], code: &str) -> Vec<Conflict> {
        let phrases = cells.iter().flat_map(|cell| cell.split('|')).filter(|phrase| !phrase.is_empty());
        phrases
            .filter_map(|phrase| {
                let below: Vec<String> =
                    self.lookup(phrase).into_iter().map(|entry| self.code_of(entry)).collect();
                let differs = !below.is_empty() && !below.iter().any(|b| b == code);
                differs.then(|| Conflict {
                    about: phrase.to_owned(),
                    above: code.to_owned(),
                    below: below.join(" or "),
                })
            })
            .collect()
    }

    /// The CAMEO code of what a phrase can mean.
    pub fn code_of(&self, entry: Entry) -> String {
        match entry {
            Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) => self.states[at].iso3.clone(),
            Entry::Seat(at, sector, _) => {
                format!("{}{}", self.states[at].iso3, sector.map_or("", Sector::as_str))
            }
            Entry::Organisation(at) => self.organisations[at].code.clone(),
            Entry::Office(at) => self.offices[at].sector.as_str().to_owned(),
            Entry::Agent(at) => self.agents[at].sector.as_str().to_owned(),
        }
    }

    /// The same person in the same post at other times.
    fn other_days(&self, row: &[String]) -> Option<Conflict> {
        let cell = |column| Table::People.cell(row, column);
        let (name, office, side) = (cell("name"), cell("office"), cell("state"));
        let days = Days::of(cell("from"), cell("to"));
        let mut same = self.of_name(name).filter(|below| below.office == office && below.side() == side);
        let below = same.next()?;
        let agree = std::iter::once(below).chain(same).any(|below| below.days == days);
        (!agree).then(|| Conflict {
            about: format!("{name}, {office} ({side})"),
            above: days.to_string(),
            below: below.days.to_string(),
        })
    }
}
