//! Turns a record into the list of the datasets that were imported into it, with what was kept of each.

use jiff::civil::Date;
use rusqlite::Row;
use serde::Serialize;

use crate::Record;
use crate::error::{Error, Result};
use crate::select::{Dataset, From};

/// What a record holds of a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Holding {
    /// The dataset, in one version.
    #[serde(flatten)]
    pub dataset: Dataset,
    /// The layout that it came in.
    pub layout: String,
    /// Its events.
    pub events: usize,
    /// Places in texts that tell them, where the dataset lists these.
    pub mentions: usize,
    /// Day of the first and of the last event.
    pub days: Option<(Date, Date)>,
    /// Files that were imported to their end.
    pub files: usize,
    /// Their rows that could not be kept.
    pub refused: usize,
}

impl Record {
    /// The datasets that the record holds, by name and version.
    pub fn holdings(&self) -> Result<Vec<Holding>> {
        let fail = self.fail("list the datasets");
        let mut query = self
            .db
            .prepare_cached(
                "SELECT format, (SELECT count(*) FROM imported WHERE dataset = ?1),
                        (SELECT count(*) FROM imported_mentions JOIN imported ON imported.id = event WHERE dataset = ?1),
                        (SELECT min(date) FROM imported WHERE dataset = ?1),
                        (SELECT max(date) FROM imported WHERE dataset = ?1),
                        (SELECT count(*) FROM imports WHERE dataset = ?1),
                        (SELECT total(refused) FROM imports WHERE dataset = ?1)
                 FROM datasets WHERE id = ?1",
            )
            .map_err(&fail)?;
        let mut holdings = Vec::new();
        for (number, dataset) in self.datasets_of(&From::All)? {
            let holding = query.query_row([number], |row| {
                let day = |at| {
                    Ok::<_, rusqlite::Error>(
                        row.get::<_, Option<String>>(at)?.and_then(|day| day.parse().ok()),
                    )
                };
                Ok(Holding {
                    dataset,
                    layout: row.get(0)?,
                    events: row.get::<_, u32>(1)? as usize,
                    mentions: row.get::<_, u32>(2)? as usize,
                    days: day(3)?.zip(day(4)?),
                    files: row.get::<_, u32>(5)? as usize,
                    refused: row.get::<_, f64>(6)? as usize,
                })
            });
            holdings.push(holding.map_err(&fail)?);
        }
        Ok(holdings)
    }

    /// The names of the datasets that the record holds, each once.
    pub fn dataset_names(&self) -> Result<Vec<String>> {
        let mut names: Vec<String> =
            self.datasets_of(&From::All)?.into_iter().map(|(_, held)| held.name).collect();
        names.dedup();
        Ok(names)
    }

    /// The datasets that are asked for, with the record's numbers for them; an error where one is named that the record does not hold.
    pub(crate) fn datasets_of(&self, from: &From) -> Result<Vec<(i64, Dataset)>> {
        let dataset = |row: &Row<'_>| Ok((row.get(0)?, Dataset { name: row.get(1)?, version: row.get(2)? }));
        let held: Vec<(i64, Dataset)> = self
            .db
            .prepare_cached("SELECT id, name, version FROM datasets ORDER BY name, version")
            .and_then(|mut query| query.query_map([], dataset)?.collect())
            .map_err(self.fail("list the datasets"))?;
        let From::Dataset(name) = from else { return Ok(held) };
        let (named, others): (Vec<_>, Vec<_>) = held.into_iter().partition(|(_, held)| held.name == *name);
        if !named.is_empty() {
            return Ok(named);
        }
        let mut names: Vec<&str> = others.iter().map(|(_, held)| held.name.as_str()).collect();
        names.dedup();
        let remedy = if names.is_empty() {
            format!("import one with `demarche import FILE… --record {}`", self.path().display())
        } else {
            format!("it holds {}", names.join(", "))
        };
        Err(Error::new(self.path(), format!("the record holds no dataset “{name}”"), remedy))
    }
}
