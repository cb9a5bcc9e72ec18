//! `demarche movers`: turns a record into a list of the relationships that moved, the most certain first.

use std::path::PathBuf;

use demarche_engine::series::{Movers, movers};
use demarche_record::Record;

use crate::cli::counted::Counted;
use crate::cli::windows::Windows;
use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::{AsOf, States};

/// List which relationships gain or lose momentum, the most certain first
///
/// Asks the question of `demarche momentum` about every two states of the record. Of many questions some answers are chance:
/// rates of false discoveries (q, Benjamini and Hochberg) stand beside each axis, and a change counts where q is 0.05 at most
/// on tone and 0.01 at most on engagement.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche movers --record asia.demarche
  demarche movers --record asia.demarche --from icews --on 2012-10-11 --limit 50
  demarche movers --record asia.demarche --window 30 --without CONSULT --json")]
pub(crate) struct Args {
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    windows: Windows,
    #[command(flatten)]
    counted: Counted,
}

/// A list as data.
#[derive(serde::Serialize)]
struct Listed<'m> {
    /// The dataset whose codings count; none where demarche's own do.
    dataset: Option<&'m str>,
    /// Dyads that could be judged, of which the first are listed.
    judged: usize,
    #[serde(flatten)]
    found: &'m Movers,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let from = args.counted.origin()?;
    let record = Record::open(&args.record)?;
    let as_of = AsOf::of(&record, &from, args.windows.on)?;
    let question = args.counted.asked(&record, args.windows.asked(as_of.question()))?;
    let observations = record.observations_within(&from, question.begins(), question.on)?;
    let mut found = movers(&observations, &question).map_err(|e| Fault::usage(e.to_string()))?;
    let judged = found.ranked.len();
    found.ranked.truncate(args.limit);
    if args.json {
        return json_on_paper(&Listed { dataset: from.dataset(), judged, found: &found });
    }
    let states = States::shipped();
    on_paper(|paper| print::movers(paper, &found, judged, &states))
}
