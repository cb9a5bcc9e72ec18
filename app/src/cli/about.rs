//! `demarche about`: turns a record into the figures of what it holds.

use std::path::PathBuf;

use demarche_record::Record;

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::Holds;

/// Tell what a record holds
///
/// Articles, outlets and events that demarche read itself, the engines that read them, and every dataset that was imported,
/// with its days.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche about --record asia.demarche
  demarche about --record asia.demarche --json | jq -r '.datasets[].name'")]
pub(crate) struct Args {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let holds = Holds::find(&Record::open(&args.record)?)?;
    if args.json {
        return json_on_paper(&holds);
    }
    on_paper(|paper| print::holds(paper, &holds))
}
