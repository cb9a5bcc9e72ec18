//! `demarche backup`: turns a record that is in use into a copy of one moment of it.

use std::path::PathBuf;

use demarche_record::Record;

use crate::cli::print;
use crate::fault::Fault;

/// Copy a record, also while others read and write it
///
/// The copy is the record as it is at one moment, checked for nothing and without the space of what was deleted. A copy that
/// is broken off leaves nothing of its name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche backup monday.demarche --record asia.demarche
  demarche check --record monday.demarche")]
pub(crate) struct Args {
    /// The copy, which must not be there yet
    #[arg(value_name = "TARGET")]
    target: PathBuf,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    Record::open(&args.record)?.backup(&args.target)?;
    print::complain(&format!("{} is a copy of {}", args.target.display(), args.record.display()));
    Ok(())
}
