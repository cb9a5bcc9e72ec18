//! `demarche read`: turns pages into readings, printed in the order of the input and kept in a record if one is named.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use demarche_engine::page::Source;
use demarche_engine::{Reader, Reading, Readings};
use demarche_record::{Counts, Record, Settled, Tally};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use crate::cli::FAILED;
use crate::cli::inputs::{Input, Inputs};
use crate::cli::print::{self, Paper};
use crate::fault::Fault;
use crate::telling;

/// Read saved pages and say who met, said and did what
///
/// Takes HTML or text files, folders (searched for .html, .htm, .xhtml and .txt), patterns such as 'pages/2024-*.html',
/// and - for standard input. One page that cannot be read never stops the others: it gets a line on stderr.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche read page.html
  demarche read pages/ 'more/2024-*.html' --format jsonl > readings.jsonl
  curl -s https://example.org/news | demarche read -
  demarche read pages/ --record asia.demarche

Exit codes: 0 all read, 1 some failed (a line for each on stderr), 2 wrong usage.")]
pub(crate) struct Args {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print what was read; without it, text, or with --record one line for each article
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Keep what was read in this record, which is made if there is none
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// How many pages to read at a time; by default as many as there are processor cores
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    jobs: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON array of readings
    Json,
    /// One reading on each line
    Jsonl,
}

/// Pages that are in memory at a time, for each job.
const CHUNK: usize = 16;

/// A reading with the name of what it was read from.
#[derive(Debug, Serialize)]
struct Named<'r> {
    source: &'r str,
    #[serde(flatten)]
    reading: &'r Reading,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let jobs = args.jobs.map_or_else(cores, usize::from);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(jobs)
        .build()
        .map_err(|e| Fault::new(format!("cannot start {jobs} threads: {e}; try fewer with --jobs")))?;
    let mut batch = Batch {
        record: args.record.as_ref().map(Record::create_or_open).transpose()?,
        tally: Tally::default(),
        settled: Settled::default(),
        articles: 0,
        failures: 0,
        bar: ProgressBar::hidden(),
    };
    let inputs = Inputs::of(&args.paths);
    if inputs.list.len() > 1 && std::io::stderr().is_terminal() {
        batch.bar = bar(inputs.list.len());
    }
    let reader = Reader::new();
    let mut chunks = inputs.list.chunks(jobs * CHUNK).map(|chunk| {
        let read: Vec<Result<Readings, Fault>> =
            pool.install(|| chunk.par_iter().map(|input| read_one(&reader, input)).collect());
        (chunk, read)
    });
    let format = args.format;
    let printed = print::with_stdout(|paper| {
        let mut list = List { format, kept: batch.record.is_some(), any: false };
        list.begin(paper)?;
        for (chunk, read) in &mut chunks {
            batch.take(chunk, read, |source, reading, bar| {
                bar.suspend(|| list.print(paper, source, reading))
            })?;
        }
        list.end(paper)
    });
    // A reader that has seen enough ends the printing, not the keeping.
    if batch.record.is_some() {
        for (chunk, read) in &mut chunks {
            let _never_prints: std::io::Result<()> = batch.take(chunk, read, |_, _, _| Ok(()));
        }
    }
    drop(chunks);
    batch.bar.finish_and_clear();
    if let Some(record) = &mut batch.record {
        batch.settled = record.settle()?;
    }
    printed.map_err(|e| Fault::new(format!("cannot write to standard output: {e}")))?;
    batch.sum_up(&inputs)?;
    Ok(if batch.failures == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

fn read_one(reader: &Reader, input: &Input) -> Result<Readings, Fault> {
    let readings = reader.read(&input.load()?, &input.source());
    if !readings.readings.is_empty() {
        return Ok(readings);
    }
    let problems: Vec<&str> = readings.problems.iter().map(|p| p.message.as_str()).collect();
    let why = if problems.is_empty() {
        "no article was found in it; save the page as HTML, or its text with the headline first".to_owned()
    } else {
        problems.join("; ")
    };
    Err(Fault::new(named(&input.name, &why)))
}

/// A message about an input, which some messages name themselves.
fn named(name: &str, message: &str) -> String {
    match message.strip_prefix(name) {
        Some(rest) => format!("{name}:{rest}"),
        None => format!("{name}: {message}"),
    }
}

/// What a run has come to so far.
struct Batch {
    record: Option<Record>,
    tally: Tally,
    settled: Settled,
    articles: usize,
    failures: usize,
    bar: ProgressBar,
}

impl Batch {
    /// Keeps a chunk, then prints it, so that what is seen is safe.
    fn take(
        &mut self,
        chunk: &[Input],
        read: Vec<Result<Readings, Fault>>,
        mut print: impl FnMut(&str, &Reading, &ProgressBar) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        let mut read = read;
        self.keep(chunk, &mut read);
        let mut printing = Ok(());
        for (input, read) in chunk.iter().zip(&read) {
            match read {
                Ok(readings) => {
                    for problem in &readings.problems {
                        self.say(&named(&input.name, &problem.message));
                    }
                    for reading in &readings.readings {
                        self.articles += 1;
                        if printing.is_ok() {
                            printing = print(&input.name, reading, &self.bar);
                        }
                    }
                }
                Err(fault) => {
                    self.failures += 1;
                    self.say(&fault.to_string());
                }
            }
            self.bar.inc(1);
        }
        printing
    }

    /// One transaction for the chunk; if that fails, one for each file, so that the fault lies where it belongs.
    fn keep(&mut self, chunk: &[Input], read: &mut [Result<Readings, Fault>]) {
        let Some(record) = &mut self.record else { return };
        let sources: Vec<Source> = chunk.iter().map(Input::source).collect();
        let all = read.iter().zip(&sources).filter_map(|(read, source)| Some((read.as_ref().ok()?, source)));
        match record.add(all.flat_map(|(read, source)| read.readings.iter().map(move |r| (r, source)))) {
            Ok(tally) => self.tally = self.tally.plus(tally),
            Err(_) => {
                for (read, source) in read.iter_mut().zip(&sources) {
                    let Ok(readings) = read else { continue };
                    match record.add(readings.readings.iter().map(|r| (r, source))) {
                        Ok(tally) => self.tally = self.tally.plus(tally),
                        Err(e) => {
                            *read = Err(Fault::new(format!("{}: was read but not kept: {e}", source.name)))
                        }
                    }
                }
            }
        }
    }

    /// A line on stderr that does not tear the bar.
    fn say(&self, line: &str) {
        self.bar.suspend(|| print::complain(line));
    }

    /// The sums, on stderr, where more than one page or a record makes them worth a line.
    fn sum_up(&self, inputs: &Inputs) -> Result<(), Fault> {
        if inputs.passed_over > 0 {
            self.say(&format!(
                "{} passed over: no pages by their ending",
                telling::count(inputs.passed_over, "file")
            ));
        }
        if inputs.list.len() > 1 {
            let failed =
                if self.failures == 0 { String::new() } else { format!(", {} failed", self.failures) };
            self.say(&format!(
                "read {} from {}{failed}",
                telling::count(self.articles, "article"),
                telling::count(inputs.list.len(), "input")
            ));
        }
        let Some(record) = &self.record else { return Ok(()) };
        let counts = record.counts()?;
        let Tally { new, found_again, unchanged } = self.tally;
        let mut akin = Vec::new();
        if self.settled.copies > 0 {
            akin.push(format!(
                "{} near {}",
                self.settled.copies,
                if self.settled.copies == 1 { "copy" } else { "copies" }
            ));
        }
        if self.settled.replaced > 0 {
            akin.push(format!(
                "{} replaced by a later one",
                telling::count(self.settled.replaced, "version")
            ));
        }
        let akin = if akin.is_empty() { String::new() } else { format!(" ({})", akin.join(", ")) };
        self.say(&format!(
            "{}: {new} new{akin}, {found_again} known from another place, {unchanged} unchanged; it holds {}, {} and {}",
            record.path().display(),
            held(&counts),
            telling::count(counts.reports, "report"),
            telling::count(counts.events, "event"),
        ));
        Ok(())
    }
}

/// `40 articles of 1 text`; the texts only where near copies or versions make them fewer.
fn held(counts: &Counts) -> String {
    let articles = telling::count(counts.articles, "article");
    if counts.texts == counts.articles {
        articles
    } else {
        format!("{articles} of {}", telling::count(counts.texts, "text"))
    }
}

/// How readings follow each other on standard output.
struct List {
    format: Option<Format>,
    kept: bool,
    any: bool,
}

impl List {
    fn begin(&self, paper: &mut Paper<'_>) -> std::io::Result<()> {
        if self.format == Some(Format::Json) { paper.write("[") } else { Ok(()) }
    }

    fn print(&mut self, paper: &mut Paper<'_>, source: &str, reading: &Reading) -> std::io::Result<()> {
        let first = !std::mem::replace(&mut self.any, true);
        let named = Named { source, reading };
        match self.format {
            Some(Format::Json) => {
                paper.write(if first { "\n" } else { ",\n" })?;
                paper.write(&serde_json::to_string_pretty(&named)?)
            }
            Some(Format::Jsonl) => paper.line(&serde_json::to_string(&named)?),
            None if self.kept => print::headline(paper, reading),
            Some(Format::Text) | None => {
                if !first {
                    paper.rule()?;
                }
                print::reading(paper, reading)
            }
        }?;
        // Now, while the progress bar stands aside.
        paper.flush()
    }

    fn end(&self, paper: &mut Paper<'_>) -> std::io::Result<()> {
        if self.format == Some(Format::Json) {
            paper.write(if self.any { "\n]\n" } else { "]\n" })
        } else {
            Ok(())
        }
    }
}

fn bar(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {pos} of {len}, {eta} to go") {
        bar.set_style(style);
    }
    bar
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
