//! `demarche backup`: turns a record that is in use into a copy of one moment of it.

use std::path::PathBuf;

use demarche_record::Record;
use jiff::civil::Date;

use crate::cli::print;
use crate::fault::Fault;
use crate::telling::{count, day_words};

/// Copy a record, also while others read and write it
///
/// The copy is the record as it is at one moment, checked for nothing and without the space of what was deleted. A copy that
/// is broken off leaves nothing of its name.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche backup monday.demarche --record asia.demarche
  demarche check --record monday.demarche
  demarche backup june.demarche --as-of 2024-06-30 --record asia.demarche
  demarche momentum PAK USA --record june.demarche        as it could have been answered then")]
pub(crate) struct Args {
    /// The copy, which must not be there yet
    #[arg(value_name = "TARGET")]
    target: PathBuf,
    /// Only what was published by this day: near copies, versions and events are found anew among it, for questions without
    /// hindsight. Of datasets, which do not say when they were published, what happened by then
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let names = format!("{} is a copy of {}", args.target.display(), args.record.display());
    let Some(day) = args.as_of else {
        record.backup(&args.target)?;
        print::complain(&names);
        return Ok(());
    };
    let later = record.snapshot(&args.target, day)?;
    let imported = match later.imported {
        0 => String::new(),
        events => format!(" and {} of datasets that happened later", count(events, "event")),
    };
    let articles = count(later.articles, "article");
    print::complain(&format!(
        "{names} as of {}: without {articles} published later or on no known day{imported}",
        day_words(day)
    ));
    Ok(())
}
