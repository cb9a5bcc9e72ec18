//! The tables: which columns each has, and what must hold of a row, for rows that users bring.

use serde::{Deserialize, Serialize};

use crate::actors::actor::{Rank, Sector};
use crate::actors::world::World;
use crate::time::Period;

/// One of the world tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// States and territories.
    States,
    /// Bodies with names of their own.
    Organisations,
    /// Seats that stand for who sits there.
    Metonyms,
    /// Posts.
    Offices,
    /// Common nouns for sorts of actors.
    Agents,
    /// Who held which post when.
    People,
    /// Whether given names are women's.
    GivenNames,
    /// Towns, regions, bases, crossings …
    Places,
}

impl Table {
    /// All of them, in the order in which they lean on each other.
    pub const ALL: [Table; 8] = [
        Table::States,
        Table::Organisations,
        Table::Metonyms,
        Table::Offices,
        Table::Agents,
        Table::People,
        Table::GivenNames,
        Table::Places,
    ];

    /// The name of its file in `engine/data/world`.
    pub fn name(self) -> &'static str {
        match self {
            Table::States => "states",
            Table::Organisations => "organisations",
            Table::Metonyms => "metonyms",
            Table::Offices => "offices",
            Table::Agents => "agents",
            Table::People => "people",
            Table::GivenNames => "given_names",
            Table::Places => "places",
        }
    }

    /// Its columns, in order. A file of a user may leave out those that [`Table::needs`] does not name.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Table::States => &[
                "iso3", "iso2", "cow", "gw", "kind", "name", "aliases", "demonyms", "capital", "from", "to",
                "source",
            ],
            Table::Organisations => &["name", "aliases", "code", "kind", "state", "source", "from", "to"],
            Table::Metonyms => &["phrase", "state", "role", "place", "source"],
            Table::Offices => &["office", "phrases", "sector", "rank", "state", "source"],
            Table::Agents => &["agent", "plural", "code", "source"],
            Table::People => &["name", "aliases", "office", "state", "from", "to", "wikidata", "source"],
            Table::GivenNames => &["name", "gender", "source"],
            Table::Places => &["place", "aliases", "kind", "state", "source"],
        }
    }

    /// The columns without which a row says nothing; they also tell which table a file is of.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Table::States => &["iso3", "name"],
            Table::Organisations => &["name", "code"],
            Table::Metonyms => &["phrase", "state", "role"],
            Table::Offices => &["office", "sector", "rank"],
            Table::Agents => &["agent", "code"],
            Table::People => &["name", "office", "state"],
            Table::GivenNames => &["name", "gender"],
            Table::Places => &["place", "state"],
        }
    }

    /// The table whose columns these are.
    pub(crate) fn of_columns(columns: &[&str]) -> Option<Table> {
        Table::ALL.into_iter().find(|table| {
            table.needs().iter().all(|need| columns.contains(need))
                && columns.iter().all(|column| table.columns().contains(column))
        })
    }

    /// The cell of `column` in a full row.
    pub fn cell<'r>(self, row: &'r [String], column: &str) -> &'r str {
        self.columns().iter().position(|c| *c == column).and_then(|at| row.get(at)).map_or("", String::as_str)
    }

    /// Says what is wrong with a full row, given what `world` knows already.
    pub(crate) fn check(self, row: &[String], world: &World) -> Result<(), String> {
        let cell = |column| self.cell(row, column);
        if let Some(empty) = self.needs().iter().find(|need| **need != "state" && cell(need).is_empty()) {
            return Err(format!("the column {empty} is empty"));
        }
        for column in ["from", "to"] {
            let date = cell(column);
            if !date.is_empty() && Period::parse(date).is_none() {
                return Err(format!("{column}: “{date}” is no date such as 2024-01-02, 2024-01 or 2024"));
            }
        }
        if let (Some(from), Some(to)) = (Period::parse(cell("from")), Period::parse(cell("to")))
            && from.start > to.end
        {
            return Err(format!("it ends ({}) before it begins ({})", cell("to"), cell("from")));
        }
        match self {
            Table::States => {
                let letters = cell("iso3");
                if letters.len() != 3 || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
                    return Err(format!("iso3: “{letters}” is not three capitals"));
                }
                one_of("kind", cell("kind"), &["", "state", "territory", "contested", "historical"])
            }
            Table::Organisations => {
                actor_code(cell("code"))?;
                one_of("kind", cell("kind"), &KINDS)?;
                known_state(cell("state"), world)
            }
            Table::Metonyms => {
                role(cell("role"))?;
                one_of("place", cell("place"), &["", "yes", "no"])?;
                state_or_body(cell("state"), world)
            }
            Table::Offices => {
                role(cell("sector"))?;
                let rank = serde_json::Value::String(cell("rank").to_owned());
                serde_json::from_value::<Rank>(rank).map_err(|_| {
                    format!("rank: “{}” is none; ranks are minister, ambassador, official …", cell("rank"))
                })?;
                known_state(cell("state"), world)
            }
            Table::Agents => role(cell("code")),
            Table::People => {
                let office = cell("office");
                if world.office(office).is_none() && Sector::parse(office).is_none() {
                    return Err(format!(
                        "office: no office is called “{office}”; add it in a file of offices, or give a role such as GOV or MIL"
                    ));
                }
                state_or_body(cell("state"), world)
            }
            Table::GivenNames => one_of("gender", cell("gender"), &["f", "m"]),
            Table::Places => cell("state").split('|').try_for_each(|state| known_state(state, world)),
        }
    }
}

/// What bodies can be; empty is `agency`.
const KINDS: [&str; 13] = [
    "",
    "igo",
    "bloc",
    "ngo",
    "armed_group",
    "agency",
    "parliament",
    "party",
    "media",
    "company",
    "court",
    "movement",
    "territory",
];

fn one_of(column: &str, cell: &str, any: &[&str]) -> Result<(), String> {
    if any.contains(&cell) {
        return Ok(());
    }
    let any: Vec<&str> = any.iter().copied().filter(|a| !a.is_empty()).collect();
    Err(format!("{column}: “{cell}” is none of {}", any.join(", ")))
}

fn role(code: &str) -> Result<(), String> {
    match Sector::parse(code) {
        Some(_) => Ok(()),
        None => Err(format!("“{code}” is no CAMEO role such as GOV, MIL or REB")),
    }
}

fn actor_code(code: &str) -> Result<(), String> {
    if !code.is_empty() && code.len().is_multiple_of(3) && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    Err(format!("code: “{code}” is no CAMEO actor code such as PAKGOV or IGOUNO"))
}

fn known_state(iso3: &str, world: &World) -> Result<(), String> {
    if iso3.is_empty() || world.state(iso3).is_some() {
        return Ok(());
    }
    Err(format!("state: “{iso3}” is no code of three letters that is known; add it in a file of states"))
}

fn state_or_body(name: &str, world: &World) -> Result<(), String> {
    if name.is_empty() || world.state(name).is_some() || world.organisation(name).is_some() {
        return Ok(());
    }
    Err(format!("state: “{name}” is neither a state's code nor a body that is known"))
}
