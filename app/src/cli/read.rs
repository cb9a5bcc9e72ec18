//! `demarche read`: turns pages into readings, printed in the order of the input and kept in a record if one is named.

use std::io::IsTerminal as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use demarche_engine::page::{self, Options, Source};
use demarche_engine::{Reader, Reading, Readings};
use demarche_record::{Counts, Record, Settled, Tally};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use serde::Serialize;

use crate::cli::FAILED;
use crate::cli::inputs::Inputs;
use crate::cli::pieces::{Held, Piece, named, pieces};
use crate::cli::print::{self, Paper};
use crate::fault::Fault;
use crate::telling;

/// Read saved pages and say who met, said and did what
///
/// Takes HTML and text files, RSS and Atom feeds, web archives (WARC), JSON, JSON Lines and CSV of articles, folders of
/// them, patterns such as 'pages/2024-*.html', and - for standard input. Folders are searched for pages, feeds and
/// archives, and for data too where --from or --map asks for it. One page that cannot be read never stops the others: it
/// gets a line on stderr.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche read page.html
  demarche read pages/ 'more/2024-*.html' --format jsonl > readings.jsonl
  curl -s https://example.org/news | demarche read - --url https://example.org/news
  demarche read crawl.warc.gz feed.xml --record asia.demarche
  demarche read dump.csv --map title=headline,body=content,published=date

--map names OURS=THEIRS. Ours: title, summary, body, authors, published, updated, url, outlet, language, sections.
Theirs: a column, a field, or a path to one (source.name).

Exit codes: 0 all read, 1 some failed (a line for each on stderr), 2 wrong usage.")]
pub(crate) struct Args {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the inputs are; by default each is looked at
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<From>,
    /// Which fields of JSON or tables hold what, where their usual names do not say it
    #[arg(long, value_name = "OURS=THEIRS", value_delimiter = ',', value_parser = mapping)]
    map: Vec<(String, String)>,
    /// The address of the page, for one input that does not name its own
    #[arg(long, value_name = "URL")]
    url: Option<String>,
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

/// What an input is, where it is not to be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum From {
    /// A web page
    Html,
    /// Lines of text, menus and all
    Text,
    /// RSS or Atom
    Feed,
    /// A web archive, plain or gzip
    Warc,
    /// An article, a list of articles, a JSON feed, ninjs
    Json,
    /// One article on each line
    Jsonl,
    /// CSV with a header, or the same with tabs or semicolons
    Table,
}

impl From {
    fn format(self) -> page::Format {
        match self {
            From::Html => page::Format::Html,
            From::Text => page::Format::Flat,
            From::Feed => page::Format::Feed,
            From::Warc => page::Format::Warc,
            From::Json => page::Format::Json,
            From::Jsonl => page::Format::JsonLines,
            From::Table => page::Format::Table,
        }
    }
}

/// `title=headline`.
fn mapping(text: &str) -> Result<(String, String), String> {
    let known = page::FIELDS.join(", ");
    match text.split_once('=') {
        Some((ours, theirs)) if page::FIELDS.contains(&ours.trim()) && !theirs.trim().is_empty() => {
            Ok((ours.trim().to_owned(), theirs.trim().to_owned()))
        }
        Some((ours, _)) => Err(format!("“{ours}” is not one of {known}")),
        None => Err(format!("say OURS=THEIRS, such as title=headline; ours is one of {known}")),
    }
}

/// Pieces that are in memory at a time, for each job.
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
    let options =
        Options { format: args.from.map(From::format), map: args.map.clone(), ..Options::default() };
    let inputs = Inputs::of(&args.paths, args.from.is_some() || !args.map.is_empty());
    if args.url.is_some() && inputs.list.len() != 1 {
        return Err(Fault::usage("--url goes with one input: each page has its own address"));
    }
    let mut batch = Batch {
        record: args.record.as_ref().map(Record::create_or_open).transpose()?,
        tally: Tally::default(),
        settled: Settled::default(),
        articles: 0,
        without: 0,
        failures: 0,
        bar: ProgressBar::hidden(),
    };
    let large = inputs.list.iter().any(|i| i.container(options.format).is_some());
    if (inputs.list.len() > 1 || large) && std::io::stderr().is_terminal() {
        batch.bar = bar(inputs.list.len());
    }
    let layers = batch.record.as_ref().map(Record::layers).transpose()?.unwrap_or_default();
    let reader = Reader::with(&layers);
    let mut all = pieces(&inputs.list, args.url.as_deref(), &options);
    let mut next = |record: Option<&Record>| -> Result<Option<Chunk<'_>>, Fault> {
        let chunk: Vec<Piece<'_>> = all.by_ref().take(jobs * CHUNK).collect();
        if chunk.is_empty() {
            return Ok(None);
        }
        let read = read_all(&reader, &pool, &chunk, &options, record)?;
        Ok(Some((chunk, read)))
    };
    let format = args.format;
    let mut broken = Ok(());
    let printed = print::with_stdout(|paper| {
        let mut list = List { format, kept: batch.record.is_some(), any: false };
        list.begin(paper)?;
        loop {
            match next(batch.record.as_ref()) {
                Ok(Some((chunk, read))) => batch.take(&chunk, read, |source, reading, bar| {
                    bar.suspend(|| list.print(paper, source, reading))
                })?,
                Ok(None) => break,
                Err(fault) => {
                    broken = Err(fault);
                    break;
                }
            }
        }
        list.end(paper)
    });
    broken?;
    // A reader that has seen enough ends the printing, not the keeping.
    if batch.record.is_some() {
        while let Some((chunk, read)) = next(batch.record.as_ref())? {
            let _never_prints: std::io::Result<()> = batch.take(&chunk, read, |_, _, _| Ok(()));
        }
    }
    batch.bar.finish_and_clear();
    if let Some(record) = &mut batch.record {
        batch.settled = record.settle()?;
    }
    printed.map_err(|e| Fault::new(format!("cannot write to standard output: {e}")))?;
    batch.sum_up(&inputs)?;
    Ok(if batch.failures == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// Pieces, and what came of each.
type Chunk<'i> = (Vec<Piece<'i>>, Vec<Result<Held<Readings>, Fault>>);

/// Reads pieces. An article that the record holds already is not read again: its coding is taken from there.
fn read_all(
    reader: &Reader,
    pool: &rayon::ThreadPool,
    chunk: &[Piece<'_>],
    options: &Options,
    record: Option<&Record>,
) -> Result<Vec<Result<Held<Readings>, Fault>>, Fault> {
    let opened: Vec<_> =
        pool.install(|| chunk.par_iter().map(|piece| guarded(piece, || piece.open(options))).collect());
    // The record serves one thread.
    let mut known = Vec::with_capacity(chunk.len());
    for held in opened {
        known.push(match held {
            Ok(Held::Page(page)) => {
                let mut articles = Vec::with_capacity(page.articles.len());
                for article in page.articles {
                    let coding = record.map_or(Ok(None), |record| record.coding(&article.hash))?;
                    articles.push((article, coding));
                }
                Ok(Held::Page((articles, page.problems)))
            }
            Ok(Held::NoArticle) => Ok(Held::NoArticle),
            Ok(Held::End) => Ok(Held::End),
            Err(fault) => Err(fault),
        });
    }
    let read = known.into_par_iter().zip(chunk).map(|(held, piece)| match held? {
        Held::NoArticle => Ok(Held::NoArticle),
        Held::End => Ok(Held::End),
        Held::Page((articles, problems)) => guarded(piece, || {
            let readings = articles.into_iter().map(|(article, coding)| match coding {
                Some(reading) => Reading { article, ..reading },
                None => reader.again(article),
            });
            Ok(Held::Page(Readings { readings: readings.collect(), problems }))
        }),
    });
    Ok(pool.install(|| read.collect()))
}

/// Does something with a piece. Reading is not meant to fail; should it all the same, the rest of the batch goes on.
fn guarded<T>(piece: &Piece<'_>, read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(Fault::new(format!(
            "{}: demarche itself failed on this page, which is a mistake of ours: please report it with the page",
            piece.name
        )))
    })
}

/// What a run has come to so far.
struct Batch {
    record: Option<Record>,
    tally: Tally,
    settled: Settled,
    articles: usize,
    /// Responses of web archives that hold no article.
    without: usize,
    failures: usize,
    bar: ProgressBar,
}

impl Batch {
    /// Keeps a chunk, then prints it, so that what is seen is safe.
    fn take(
        &mut self,
        chunk: &[Piece<'_>],
        mut read: Vec<Result<Held<Readings>, Fault>>,
        mut print: impl FnMut(&str, &Reading, &ProgressBar) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        self.keep(chunk, &mut read);
        let mut printing = Ok(());
        for (piece, read) in chunk.iter().zip(&read) {
            match read {
                Ok(Held::Page(readings)) => {
                    for problem in &readings.problems {
                        self.say(&named(&piece.name, &problem.message));
                    }
                    for reading in &readings.readings {
                        self.articles += 1;
                        if printing.is_ok() {
                            printing = print(&piece.name, reading, &self.bar);
                        }
                    }
                }
                Ok(Held::NoArticle) => self.without += 1,
                Ok(Held::End) => {}
                Err(fault) => {
                    self.failures += 1;
                    self.say(&fault.to_string());
                }
            }
            self.bar.inc(u64::from(piece.last));
        }
        self.bar.set_message(telling::count(self.articles, "article"));
        printing
    }

    /// One transaction for the chunk; if that fails, one for each piece, so that the fault lies where it belongs.
    fn keep(&mut self, chunk: &[Piece<'_>], read: &mut [Result<Held<Readings>, Fault>]) {
        let Some(record) = &mut self.record else { return };
        let sources: Vec<Source> = chunk.iter().map(Piece::source).collect();
        let all =
            read.iter().zip(&sources).flat_map(|(read, source)| readings(read).map(move |r| (r, source)));
        match record.add(all) {
            Ok(tally) => self.tally = self.tally.plus(tally),
            Err(_) => {
                for ((read, source), piece) in read.iter_mut().zip(&sources).zip(chunk) {
                    match record.add(readings(read).map(|r| (r, source))) {
                        Ok(tally) => self.tally = self.tally.plus(tally),
                        Err(e) => {
                            *read = Err(Fault::new(format!("{}: was read but not kept: {e}", piece.name)))
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
        if self.without > 0 {
            self.say(&format!(
                "{} of web archives passed over: no article in them",
                telling::count(self.without, "response")
            ));
        }
        if inputs.list.len() > 1 || self.articles > 1 {
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

/// The readings of a piece that was read.
fn readings(read: &Result<Held<Readings>, Fault>) -> impl Iterator<Item = &Reading> {
    let page = match read {
        Ok(Held::Page(page)) => Some(page),
        _ => None,
    };
    page.into_iter().flat_map(|page| &page.readings)
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
    if let Ok(style) = ProgressStyle::with_template("reading {wide_bar} {pos} of {len}, {msg}") {
        bar.set_style(style);
    }
    bar
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}
