//! `demarche momentum`: turns two sides and a record into the verdict on their relationship, with its evidence.

use std::path::PathBuf;

use demarche_record::Record;
use jiff::civil::Date;

use crate::cli::counted::Counted;
use crate::cli::sides::Between;
use crate::cli::windows::Windows;
use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::{Answer, AsOf, States};

/// Say whether the relationship between two states is gaining or losing momentum, with evidence for and against
///
/// Compares the last days with those before them on two axes: tone (cooperation against conflict) and engagement (cooperation
/// between the two against all else that they do). docs/momentum.md has the formulas, and what they cannot say.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche momentum PAK USA --record asia.demarche
  demarche momentum pakistan us --record asia.demarche --on 2024-03-31
  demarche momentum 'South Korea' JP --record asia.demarche --json
  demarche momentum PAK USA --record asia.demarche --on 2024-03-31 --as-of 2024-03-31
  demarche momentum EU CHN --record asia.demarche --without CONSULT --window 180
  demarche momentum IND PAK --record asia.demarche --directed --a-sector MIL
  demarche momentum CHN JPN --record asia.demarche --from icews --on 2012-10-11")]
pub(crate) struct Args {
    #[command(flatten)]
    between: Between,
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Without hindsight: as it could have been answered with what was published by this day. It copies the record for that;
    /// to ask more than once, see `demarche backup --as-of`
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    windows: Windows,
    #[command(flatten)]
    counted: Counted,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let Some(day) = args.as_of else { return answer(args, &record) };
    let folder = tempfile::tempdir().map_err(|e| Fault::new(format!("no place for a snapshot: {e}")))?;
    let snapshot = folder.path().join("as-of.demarche");
    record.snapshot(&snapshot, day)?;
    answer(args, &Record::open(&snapshot)?)
}

fn answer(args: &Args, record: &Record) -> Result<(), Fault> {
    let from = args.counted.origin()?;
    let states = States::shipped();
    let as_of = AsOf::of(record, &from, args.windows.on)?;
    let question = args.counted.asked(record, args.windows.asked(as_of.question()))?;
    let inquiry = args.between.inquiry(&states, from, as_of, question)?;
    let answer = Answer::find(record, &inquiry)?;
    if args.json {
        return json_on_paper(&answer);
    }
    let names = (states.side_words(&inquiry.sides.first), states.side_words(&inquiry.sides.second));
    on_paper(|paper| print::answer(paper, &answer, (&names.0, &names.1)))
}
