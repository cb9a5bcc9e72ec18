//! `demarche explain`: turns the id of a report or an event into the words it rests on and the reasons for its coding.

use std::path::PathBuf;

use demarche_record::Record;

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::Explained;

/// Show why: the sentence with its parts marked, the frame that fired, who is who, and the article
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche explain 3f9a2c81d0-1482 --record asia.demarche
  demarche explain 3f9a2c81d0-1482 --record asia.demarche --json")]
pub(crate) struct Args {
    /// The id of a report or event, as `read` and `momentum` print it
    #[arg(value_name = "ID")]
    id: String,
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let about = Explained::find(&record, args.id.trim())?;
    if args.json { json_on_paper(&about) } else { on_paper(|paper| print::explained(paper, &about)) }
}
