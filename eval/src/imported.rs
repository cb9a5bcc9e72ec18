//! Turns a file of coded events, in any layout that `demarche import` reads, into observations: by way of a real record, so
//! that what is validated is what users get.

use std::error::Error;
use std::fs::File;
use std::path::Path;

use demarche_engine::actors::World;
use demarche_engine::series::Observation;
use demarche_record::{From, Import, Intake, Record};

/// What a file gives.
#[derive(Debug)]
pub(crate) struct Imported {
    /// Events between two states, those told from both ends on a day merged.
    pub(crate) observations: Vec<Observation>,
    /// What became of its rows.
    pub(crate) intake: Intake,
}

/// Imports a file into a record that goes away afterwards.
pub(crate) fn read(path: &Path) -> Result<Imported, Box<dyn Error>> {
    let file =
        File::open(path).map_err(|e| format!("{}: {e}; name a file of coded events", path.display()))?;
    let folder = tempfile::tempdir()?;
    let mut record = Record::create_or_open(folder.path().join("imported.demarche"))?;
    let intake = record.import(path, file, &Import::default(), &World::shipped(), |_| {})?;
    let from = From::Dataset(intake.dataset.clone());
    let observations = match record.span(&from)? {
        Some((first, last)) => record.observations_within(&from, first, last)?,
        None => Vec::new(),
    };
    Ok(Imported { observations, intake })
}
