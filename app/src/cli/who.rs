//! `demarche who`: turns words that name somebody into whom they mean on a day, and why.

use std::path::PathBuf;

use demarche_engine::Reader;
use demarche_record::Record;
use jiff::civil::Date;

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::Meant;

/// Ask whom words mean on a day, and see why
///
/// Prints what a page of that day would be read to mean by these words alone, and the rows of the world tables that they
/// can mean. A page says more: whoever is introduced on it is known by what it says.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche who 'General Munir' --on 2024-01-02
  demarche who 'foreign minister of Pakistan' --on 2024-01-02
  demarche who 'the Kremlin' --json
  demarche who 'Minister Muster' --record asia.demarche     with the rows that you added

Exit codes: 0 somebody is known, 1 nobody is, 2 wrong usage.")]
pub(crate) struct Args {
    /// A name, a title with a surname, a post with its state, a body, a seat
    #[arg(value_name = "WORDS")]
    words: String,
    /// The day on which they are said
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// A record with rows of your own
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let layers = match &args.record {
        Some(path) => Record::open(path)?.layers()?,
        None => Vec::new(),
    };
    let reader = Reader::with(&layers);
    let meant = Meant::find(&reader, &args.words, args.on)?;
    if args.json {
        return json_on_paper(&meant);
    }
    on_paper(|paper| print::meant(paper, &meant))
}
