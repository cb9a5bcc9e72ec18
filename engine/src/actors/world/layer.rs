//! Layers: rows that users bring, laid over the tables that ship. A row above another one replaces it.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::actors::world::{Conflict, Table, World, petrarch, rows, wikidata};
use crate::text::Problem;

/// Rows of the world tables from one file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Layer {
    /// What to call it: the name of the file.
    pub name: String,
    /// Full rows by table, as [`Table::columns`] has them.
    pub rows: BTreeMap<Table, Vec<Vec<String>>>,
}

/// What came of a file that was to be a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Laid {
    /// The rows that were kept.
    pub layer: Layer,
    /// What kind of file it was taken for.
    pub format: LayerFormat,
    /// Entries that were read, kept or not.
    pub read: usize,
    /// Entries that say nothing that the tables do not say already.
    pub known: usize,
    /// What was refused, each with its line or number and the reason.
    pub refused: Vec<Problem>,
    /// Rows that say otherwise than the tables below.
    pub conflicts: Vec<Conflict>,
}

/// Files that can be laid over the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerFormat {
    /// Tabs and a header, in the columns of one world table.
    Table,
    /// A dictionary of PETRARCH or Phoenix: actors or agents.
    Petrarch,
    /// Results of a query to Wikidata, or its entities, as JSON.
    Wikidata,
}

/// One entry of a file: where it stands, and the rows that it makes or why it makes none. An entry without either says
/// nothing that the tables do not say.
#[derive(Debug)]
pub(crate) struct Entry {
    /// `line 12`, `result 3`.
    pub(crate) place: String,
    /// Tables and full rows.
    pub(crate) rows: Vec<(Table, Vec<String>)>,
    /// Why some or all of it was refused, each with its place.
    pub(crate) refused: Vec<String>,
}

impl Entry {
    /// An entry that makes one row, or none and the reason.
    pub(crate) fn of(place: String, row: Result<(Table, Vec<String>), String>) -> Self {
        match row {
            Ok(row) => Entry { place, rows: vec![row], refused: Vec::new() },
            Err(why) => Entry { refused: vec![format!("{place}: {why}")], place, rows: Vec::new() },
        }
    }
}

impl Layer {
    /// Reads a file that a user brings; what it is shows in its beginning. `world` is what it will lie on.
    pub fn read(name: &str, bytes: &[u8], world: &World) -> Laid {
        let decoded = String::from_utf8_lossy(bytes);
        let text = decoded.strip_prefix('\u{feff}').unwrap_or(&decoded);
        let (format, entries) = if wikidata::is_json(text) {
            (LayerFormat::Wikidata, wikidata::entries(text, world))
        } else if rows::is_table(text) {
            (LayerFormat::Table, rows::entries(text))
        } else {
            (LayerFormat::Petrarch, petrarch::entries(text, world))
        };
        let mut laid = Laid {
            layer: Layer { name: name.to_owned(), rows: BTreeMap::new() },
            format,
            read: entries.len(),
            known: 0,
            refused: Vec::new(),
            conflicts: Vec::new(),
        };
        // Rows may lean on others of their own file: a metonym on a body, a person on a post.
        let mut whole = Layer { name: name.to_owned(), rows: BTreeMap::new() };
        for (table, row) in entries.iter().flat_map(|e| &e.rows) {
            whole.rows.entry(*table).or_default().push(row.clone());
        }
        let with_itself = World::with(&[whole]);
        let mut once = HashSet::new();
        for Entry { place, rows, refused } in entries {
            laid.known += usize::from(rows.is_empty() && refused.is_empty());
            laid.refused.extend(refused.into_iter().map(Problem::new));
            for (table, row) in rows {
                match table.check(&row, &with_itself) {
                    Err(why) => laid.refused.push(Problem::new(format!("{place}: {why}"))),
                    // The order of the file stays: of two rows that fit, the first holds.
                    Ok(()) if once.insert((table, row.clone())) => {
                        laid.layer.rows.entry(table).or_default().push(row);
                    }
                    Ok(()) => {}
                }
            }
        }
        laid.conflicts = world.conflicts(&laid.layer);
        laid
    }

    /// Rows in all tables.
    pub fn count(&self) -> usize {
        self.rows.values().map(Vec::len).sum()
    }
}
