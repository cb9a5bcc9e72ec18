//! `demarche export`: turns the events of a record that are asked for into a file for other programs.

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::time::Duration;

use demarche_engine::actors::World;
use demarche_record::{Export, Format, Record};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::chosen::Chosen;
use crate::cli::print;
use crate::fault::Fault;
use crate::telling::States;

/// Events that are in memory at a time.
const AT_A_TIME: usize = 2_000;

/// Export events for other programs
///
/// As rows (csv, parquet), lines of JSON (jsonl), in the layouts of ICEWS and GDELT 1.0 (icews, gdelt1), or as sums for each
/// two states and day, ISO week or month (dyad-day, dyad-week, dyad-month). docs/exports.md has every column. What is
/// left out is counted on standard error, with the reason.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche export --record asia.demarche --format csv > events.csv
  demarche export PAK USA --record asia.demarche --format dyad-month --out pak-usa.csv --datapackage
  demarche export --record asia.demarche --format parquet --from all --out all.parquet
  demarche export china --record asia.demarche --format icews --code 04 --since 2024-01-01 --out talks.tab
  demarche export --record asia.demarche --format jsonl --told planned --words 'trade tarif*'")]
pub(crate) struct Args {
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// csv, jsonl, parquet, icews, gdelt1, dyad-day, dyad-week or dyad-month
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Format,
    /// The file to write, replaced if it is there; without it, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a datapackage.json beside it: columns, sources, versions, hash (Frictionless)
    #[arg(long, requires = "out")]
    datapackage: bool,
    #[command(flatten)]
    chosen: Chosen,
}

fn format(name: &str) -> Result<Format, String> {
    let known = || Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    Format::named(name).ok_or_else(|| format!("it is one of {}", known()))
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    if args.format.is_binary() && args.out.is_none() {
        return Err(Fault::usage(format!("{} is no text: name a file with --out", args.format)));
    }
    let record = Record::open(&args.record)?;
    let selection = args.chosen.selection(&record, &States::shipped(), AT_A_TIME)?;
    let export = Export { selection, format: args.format };
    let world = World::with(&record.layers()?);
    // Nothing to show where the rows themselves run over the screen.
    let shown = io::stderr().is_terminal() && (args.out.is_some() || !io::stdout().is_terminal());
    let bar = if shown { spinner() } else { ProgressBar::hidden() };
    let tell = |events| bar.set_position(events);
    let done = match &args.out {
        Some(out) => record.export_to(&export, &world, out, args.datapackage, tell),
        None => record.export(&export, &world, print::data_out(), tell),
    };
    bar.finish_and_clear();
    let exported = match done {
        Err(error) if error.is_closed_pipe() => return Ok(()),
        done => done?,
    };
    let place = args.out.as_ref().map_or_else(String::new, |out| format!("{}: ", out.display()));
    print::complain(&format!("{place}{exported}"));
    if exported.events == 0 {
        let left = match args.format {
            Format::Jsonl | Format::Gdelt1 => "there is nothing in it",
            _ => "there is nothing in it but the names of the columns",
        };
        print::complain(&format!("no event of the record is what was asked for: {left}"));
    }
    Ok(())
}

/// How many events have passed; how many there are is not known before.
fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("exporting {spinner} {pos} events, {per_sec}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
