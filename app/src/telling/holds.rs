//! Turns a record into what it holds, for the command line and for the first page.

use demarche_record::{Coded, Counts, Holding, Record};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{count, day_words};

/// What a record holds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Holds {
    /// What demarche read itself.
    pub(crate) read: Counts,
    /// The engines that read it.
    pub(crate) engines: Vec<Coded>,
    /// What was imported.
    pub(crate) datasets: Vec<Holding>,
}

impl Holds {
    pub(crate) fn find(record: &Record) -> Result<Self, Fault> {
        Ok(Self { read: record.counts()?, engines: record.codings()?, datasets: record.holdings()? })
    }
}

impl Holds {
    /// Whether nothing was read or imported yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.read.articles == 0 && self.datasets.is_empty()
    }
}

/// `icews 2020-04`.
pub(crate) fn dataset_words(holding: &Holding) -> String {
    [holding.dataset.name.as_str(), &holding.dataset.version].join(" ").trim_end().to_owned()
}

/// `3,705 events from 1 June 2018 to 30 June 2018; 1 file as icews, 2 rows refused`.
pub(crate) fn holding_words(holding: &Holding) -> String {
    let days = holding.days.map_or_else(String::new, |(first, last)| {
        format!(" from {} to {}", day_words(first), day_words(last))
    });
    let mentions = if holding.mentions == 0 {
        String::new()
    } else {
        format!(", {}", count(holding.mentions, "mention"))
    };
    let refused = if holding.refused == 0 {
        String::new()
    } else {
        format!(", {} refused", count(holding.refused, "row"))
    };
    let files = match holding.files {
        0 => "no file imported to its end".to_owned(),
        files => count(files, "file"),
    };
    format!("{}{mentions}{days}; {files} as {}{refused}", count(holding.events, "event"), holding.layout)
}
