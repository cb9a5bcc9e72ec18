//! `demarche check`: turns a record into the list of what is wrong with it, or the word that nothing is.

use std::path::PathBuf;
use std::process::ExitCode;

use demarche_record::Record;

use crate::cli::{FAILED, json_on_paper, on_paper, print};
use crate::fault::Fault;

/// Verify a record
///
/// Looks whether the file is whole, whether every report’s spans lie in its article’s text, whether the events are what the
/// reports, the outlets and the overrides make, and whether the sums of imports add up. It changes nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche check --record asia.demarche
  demarche check --record asia.demarche --json && demarche backup monday.demarche --record asia.demarche

Exit codes: 0 nothing is wrong, 1 something is (and what to do about it is said), 2 wrong usage.")]
pub(crate) struct Args {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let checked = Record::open(&args.record)?.check()?;
    if args.json {
        json_on_paper(&checked)?;
    } else {
        on_paper(|paper| print::checked(paper, &checked))?;
    }
    Ok(if checked.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}
