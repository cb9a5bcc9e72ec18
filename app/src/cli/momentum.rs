//! `demarche momentum`: turns two states and a record into the verdict on their relationship, with its evidence.

use std::path::PathBuf;

use demarche_record::Record;
use jiff::civil::Date;

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::{Answer, States};

/// Say whether the relationship between two states is gaining or losing momentum, with evidence for and against
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche momentum PAK USA --record asia.demarche
  demarche momentum pakistan us --record asia.demarche --on 2024-03-31
  demarche momentum 'South Korea' JP --record asia.demarche --json")]
pub(crate) struct Args {
    /// A state: ISO 3166 code of three or two letters, or its name, in any case
    #[arg(value_name = "A")]
    a: String,
    /// The other state
    #[arg(value_name = "B")]
    b: String,
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// The day to answer for; without it, the day of the record's last article
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let states = States::shipped();
    let (a, b) = (states.find(&args.a)?, states.find(&args.b)?);
    if a == b {
        return Err(Fault::usage(format!("both are {}; name two different states", states.name(a))));
    }
    let record = Record::open(&args.record)?;
    let answer = Answer::find(&record, a, b, args.on)?;
    if args.json {
        return json_on_paper(&answer);
    }
    let names = (states.name(a), states.name(b));
    on_paper(|paper| print::answer(paper, &answer, names))
}
