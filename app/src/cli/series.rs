//! `demarche series`: turns two sides and a record into the course of their relationship, as a table, as data, or drawn.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;

use demarche_engine::series::{By, Series, series};
use demarche_record::{From, Record, Steps};
use jiff::civil::Date;
use serde::Serialize;

use crate::cli::chosen::named;
use crate::cli::counted::Counted;
use crate::cli::sides::Between;
use crate::cli::{on_paper, print};
use crate::course;
use crate::fault::Fault;
use crate::picture::Look;
use crate::telling::{AsOf, Inquiry, States, asked_words, day_words};

/// Follow a relationship by day, week or month: events by class, tone and engagement with bands, weeks of change
///
/// Tone and engagement are those of `demarche momentum`, one step at a time with 95 % bands; weeks of change (PELT) are found
/// over ISO weeks whatever the steps. docs/momentum.md says what they mean, docs/exports.md has every column.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche series PAK USA --record asia.demarche --by month
  demarche series PAK USA --record asia.demarche --format csv > pak-usa.csv
  demarche series CHN JPN --record asia.demarche --from icews --by month --format svg --out chn-jpn.svg
  demarche series EU CHN --record asia.demarche --since 2020-01-01 --format parquet --out eu-chn.parquet

The formats: table (for people, and what a terminal gets), csv (what a pipe gets), parquet (the same columns with their
types), json, svg (drawn).")]
pub(crate) struct Args {
    #[command(flatten)]
    between: Between,
    /// The record to look in
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// How long a step is: day, week or month
    #[arg(long, default_value = "week", value_parser = by)]
    by: By,
    /// First day; without it, the first one that the record or the dataset covers
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Last day; without it, the last one that the record or the dataset covers
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// table, csv, json, parquet or svg; a table on a terminal, and csv elsewhere
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// The file to write, replaced if it is there; without it, standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    counted: Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line for each step, for people
    Table,
    /// A row for each step
    Csv,
    /// What the engine made
    Json,
    /// The columns of CSV with their types
    Parquet,
    /// Drawn
    Svg,
}

fn by(text: &str) -> Result<By, String> {
    named(text, "day, week or month")
}

/// A series as data.
#[derive(Serialize)]
struct Data<'s> {
    /// The dataset whose codings count; none where demarche's own do.
    dataset: Option<&'s str>,
    #[serde(flatten)]
    series: &'s Series,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let default = if io::stdout().is_terminal() && args.out.is_none() { Format::Table } else { Format::Csv };
    let format = args.format.unwrap_or(default);
    if format == Format::Parquet && args.out.is_none() {
        return Err(Fault::usage("parquet is no text: name a file with --out"));
    }
    if format == Format::Table && args.out.is_some() {
        return Err(Fault::usage("a table is for the screen: ask for another --format with --out"));
    }
    let from = args.counted.origin()?;
    let states = States::shipped();
    let record = Record::open(&args.record)?;
    let as_of = AsOf::of(&record, &from, args.until)?;
    let since = first_day(args.since, as_of)?;
    let question = args.counted.asked(&record, as_of.question())?;
    let inquiry = args.between.inquiry(&states, from, as_of, question)?;
    let Inquiry { from, sides, question, .. } = &inquiry;
    let observations = record.observations_of(from, &inquiry.states())?;
    let made = series(&observations, sides, question, since, args.by)
        .map_err(|asked| Fault::usage(asked.to_string()))?;
    let names = (states.side_words(&sides.first), states.side_words(&sides.second));
    let asked = asked_words(question, Some(sides));
    let bytes = match format {
        Format::Table => {
            return on_paper(|paper| print::series(paper, &made, (&names.0, &names.1), asked.as_deref()));
        }
        Format::Csv => Steps::Csv.table(&made)?,
        Format::Parquet => Steps::Parquet.table(&made)?,
        Format::Json => json(&made, from)?,
        Format::Svg => {
            let coded =
                from.dataset().map_or("read by demarche".to_owned(), |name| format!("coded by {name}"));
            let about = [coded].into_iter().chain(asked).collect::<Vec<_>>().join(". ");
            course::drawn(&made, (&names.0, &names.1), &about, Look::Screen).into_string().into_bytes()
        }
    };
    match &args.out {
        Some(out) => Ok(record.put(out, &bytes)?),
        None => to_stdout(&bytes),
    }
}

/// The first day, which with the last one has to touch what is covered.
fn first_day(since: Option<Date>, as_of: AsOf) -> Result<Date, Fault> {
    let first = since.or(as_of.span.map(|(first, _)| first)).unwrap_or(as_of.day);
    match as_of.span {
        Some((from, to)) if as_of.day < from || first > to => Err(Fault::usage(format!(
            "nothing is on record for these days: it reaches from {} to {}",
            day_words(from),
            day_words(to)
        ))),
        _ => Ok(first),
    }
}

fn json(series: &Series, from: &From) -> Result<Vec<u8>, Fault> {
    let mut bytes = serde_json::to_vec_pretty(&Data { dataset: from.dataset(), series })
        .map_err(|e| Fault::new(format!("cannot write JSON: {e}")))?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Not a byte changes on the way, and a reader that has seen enough is no failure.
fn to_stdout(bytes: &[u8]) -> Result<(), Fault> {
    let mut out = print::data_out();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => {
            Err(Fault::new(format!("cannot write to standard output: {e}")))
        }
        _ => Ok(()),
    }
}
