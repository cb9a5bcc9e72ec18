//! `demarche reread`: turns what an earlier engine read in the articles of a record into what this one reads.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use demarche_engine::{Reader, Reading};
use demarche_record::Record;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use crate::cli::{on_paper, print};
use crate::fault::Fault;
use crate::telling::count;

/// Read the articles of a record again with this engine
///
/// Only articles that another version of the engine has coded are read, from the text that the record keeps; rows laid over
/// the world tables (`demarche world add`) make another version as well. Earlier codings stay, so that `demarche diff` can
/// show what changed, and overrides go on holding for reports that are still there.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche reread --record asia.demarche
  demarche diff --record asia.demarche                 what changed, event by event
  demarche reread --all --record asia.demarche         whoever coded them, and settle all events anew")]
pub(crate) struct Args {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Read every article, also those that this engine has coded
    #[arg(long)]
    all: bool,
}

/// Articles that one transaction recodes.
const CHUNK: usize = 64;

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let mut record = Record::open(&args.record)?;
    let reader = Reader::with(&record.layers()?);
    let engine = reader.version().to_owned();
    let other = (!args.all).then_some(engine.as_str());
    let waiting = if args.all { record.counts()?.articles } else { record.stale(&engine)? };
    if waiting == 0 && !args.all {
        // What a reading that was broken off has kept is settled here as well.
        record.settle()?;
        return on_paper(|paper| {
            paper.paragraph(0, &format!("all articles are coded by engine {engine} already"))
        });
    }
    let bar = bar(waiting);
    let (mut last, mut done): (Option<String>, usize) = (None, 0);
    loop {
        let articles = record.articles_after(last.as_deref(), other, CHUNK)?;
        let Some(end) = articles.last() else { break };
        last = Some(end.hash.clone());
        let readings: Vec<Reading> = articles.into_par_iter().map(|article| reader.again(article)).collect();
        record.recode(&readings)?;
        done += readings.len();
        bar.inc(readings.len() as u64);
    }
    bar.finish_and_clear();
    if args.all {
        record.settle_anew()?;
    } else {
        record.settle()?;
    }
    print::complain(&format!("{} read again by engine {engine}", count(done, "article")));
    Ok(())
}

fn bar(articles: usize) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(articles as u64);
    if let Ok(style) = ProgressStyle::with_template("reading again {wide_bar} {pos} of {len}, {eta} left") {
        bar.set_style(style);
    }
    bar
}
