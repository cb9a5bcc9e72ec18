//! `demarche events`: turns a question about events into a page of them, in words or as data.

use std::path::PathBuf;

use demarche_record::{Key, Record};

use crate::cli::chosen::Chosen;
use crate::cli::{evidence, json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling::{States, count};

/// List the events of a record, by states, actor, code, date, outlet, issue, words …
///
/// What demarche read itself, unless --from names an imported dataset or asks for all. Events come by first day, those without
/// a date last, a page at a time: --after with the key that a page ends with gives the next one, whatever was added
/// meanwhile.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche events PAK USA --record asia.demarche
  demarche events India --code 11 --since 2024-01-01 --record asia.demarche
  demarche events --words '\"gaining momentum\" trade' --kind statement --record asia.demarche --json
  demarche events PAK USA --issue trade --evidence annex/ --record asia.demarche
  demarche events CHN JPN --from icews --limit 20 --record asia.demarche")]
pub(crate) struct Args {
    #[command(flatten)]
    chosen: Chosen,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// How many at most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// Where to go on: the key that the page before ended with
    #[arg(long, value_name = "KEY")]
    after: Option<Key>,
    /// A folder for the evidence for the listed events that demarche read itself: see `demarche evidence`
    #[arg(long, value_name = "FOLDER")]
    evidence: Option<PathBuf>,
    /// Print data instead of words: the events, and the key of the next page
    #[arg(long)]
    json: bool,
}

/// A page as data.
#[derive(serde::Serialize)]
struct Listed<'p> {
    events: &'p [demarche_record::Entry],
    next: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let mut selection = args.chosen.selection(&record, &States::shipped(), args.limit as usize)?;
    selection.after.clone_from(&args.after);
    let page = record.select(&selection)?;
    let next = page.next.map(|key| key.to_string());
    if args.json {
        json_on_paper(&Listed { events: &page.entries, next })?;
    } else {
        on_paper(|paper| print::entries(paper, &page.entries, next.as_deref()))?;
    }
    let Some(folder) = &args.evidence else { return Ok(()) };
    let own = page.entries.iter().filter(|entry| entry.dataset.is_none());
    let bundle = record.evidence(own.map(|entry| entry.id.as_str()))?;
    evidence::write(folder, &bundle, &count(bundle.events.len(), "event"), None)
}
