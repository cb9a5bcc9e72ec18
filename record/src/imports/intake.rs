//! What an import came to: sums that add up, and a reason for every row that was not kept.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::imports::Layout;

/// What became of the rows of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Intake {
    /// What the file was read as.
    pub layout: Layout,
    /// The dataset that its events belong to.
    pub dataset: String,
    /// Its version; empty where none was said.
    pub version: String,
    /// Rows read: `kept + repeated + heads + refused`.
    pub rows: u64,
    /// Rows that were new to the record.
    pub kept: u64,
    /// Rows that the record held already, letter for letter.
    pub repeated: u64,
    /// Lines of column names, also in the middle of a file.
    pub heads: u64,
    /// Rows that could not be kept.
    pub refused: u64,
    /// Among the kept ones, those whose id another row has as well: sources use one id for several rows.
    pub shared_ids: Lines,
    /// Why rows were refused; beyond some hundred reasons, those that are new are counted as one.
    pub reasons: BTreeMap<String, Lines>,
    /// Countries that no table knows, as the source names them: their events are kept and join no dyad. Bounded like reasons.
    pub unknown_countries: BTreeMap<String, Lines>,
}

/// How many lines, and which: the first few of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Lines {
    /// How many.
    pub count: u64,
    /// Numbers of the first ones, from 1.
    pub first: Vec<u64>,
}

/// Line numbers that are kept for each reason; all refused rows are told one by one as they come.
const SHOWN: usize = 10;

impl Lines {
    pub(crate) fn add(&mut self, line: u64) {
        self.count += 1;
        if self.first.len() < SHOWN {
            self.first.push(line);
        }
    }
}

/// A row that was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its line in the file, from 1; for Parquet its row.
    pub line: u64,
    /// Why.
    pub reason: String,
    /// The row itself.
    pub row: String,
}

impl Intake {
    pub(crate) fn new(layout: Layout, dataset: &str, version: &str) -> Self {
        Self {
            layout,
            dataset: dataset.to_owned(),
            version: version.to_owned(),
            rows: 0,
            kept: 0,
            repeated: 0,
            heads: 0,
            refused: 0,
            shared_ids: Lines::default(),
            reasons: BTreeMap::new(),
            unknown_countries: BTreeMap::new(),
        }
    }

    /// Counts a row that was not kept.
    pub(crate) fn refuse(&mut self, refusal: &Refusal) {
        self.refused += 1;
        add(&mut self.reasons, &refusal.reason, "other reasons", refusal.line);
    }

    /// Counts a country that no table knows.
    pub(crate) fn miss_country(&mut self, name: &str, line: u64) {
        add(&mut self.unknown_countries, name, "others", line);
    }
}

/// Adds a line to those that share something. A column that holds no dates, or no countries, would make a million keys.
fn add(map: &mut BTreeMap<String, Lines>, key: &str, others: &str, line: u64) {
    const MOST: usize = 500;
    const LONGEST: usize = 160;
    let key = match key.char_indices().nth(LONGEST) {
        Some((end, _)) => &key[..end],
        None => key,
    };
    if let Some(lines) = map.get_mut(key) {
        return lines.add(line);
    }
    let key = if map.len() < MOST { key } else { others };
    map.entry(key.to_owned()).or_default().add(line);
}
