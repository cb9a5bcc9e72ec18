//! `demarche import`: turns files of other datasets into events of a record, with a reason for every row that is left out.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use demarche_engine::actors::World;
use demarche_record::{Import, Intake, Layout, Mapping, Notice, Record, Refusal};
use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{FAILED, json_on_paper, on_paper, print};
use crate::fault::Fault;
use crate::telling;

/// Import events that other datasets coded
///
/// Reads ICEWS (Dataverse and triples), GDELT 1.0 and 2.0 with its mentions, POLECAT, Phoenix, PLOVER as JSON Lines, and
/// tables of your own as CSV or Parquet: plain or packed with gzip, row by row. A row that cannot be kept is counted and told
/// with its line, and the rest goes on. Imported events keep the id, the version and the name of their dataset, and never
/// mix with those that demarche read itself. A file that was broken off can be imported again: rows that are in the record
/// already change nothing.
///
/// A table of your own has column names. Where they are not ours, --map says which is which. It needs a date, a code (of
/// CAMEO) or an event_type (of PLOVER), and an actor or an actor_state (an ISO 3166 alpha-3 code, or a country's name).
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche import icews_2018.tab --record asia.demarche
  demarche import events.2015.*.tab --record asia.demarche --dataset icews@2020-04
  demarche import icews05-15.tsv --record asia.demarche --refused refused.tsv
  zcat big.tab.gz | demarche import - --record asia.demarche --json
  demarche import 20190612.export.CSV 20190612.mentions.CSV --record world.demarche
  demarche import fish.csv --record north.demarche --dataset fish \\
    --map date=when,actor_state=who,recipient_state=whom,code=what
  demarche import fish.parquet --record north.demarche --dataset fish

Exit codes: 0 every file was read to its end, 1 some failed (a line for each on stderr), 2 wrong usage.")]
pub(crate) struct Args {
    /// Files, or - for standard input, from which all but Parquet can be read
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The record to keep them in, which is made if there is none
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// What the files are; by default their first line tells
    #[arg(long, value_name = "LAYOUT", value_parser = layout)]
    layout: Option<Layout>,
    /// Which column of a table is which of ours: id, date, actor, actor_state, actor_sector, actor_code, the same of the
    /// recipient, code, event_type, mode, contexts, intensity, place, place_state, latitude, longitude, publisher, url
    #[arg(long, value_name = "OURS=THEIRS,…", value_parser = Mapping::parse)]
    map: Option<Mapping>,
    /// What to call the dataset, and which version of it this is; by default the name of the layout (mentions go to gdelt2), and no version
    #[arg(long, value_name = "NAME[@VERSION]")]
    dataset: Option<String>,
    /// Write every row that is not kept to this file: line, reason, row
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

fn layout(name: &str) -> Result<Layout, String> {
    let known = || Layout::ALL.iter().map(|layout| layout.name()).collect::<Vec<_>>().join(", ");
    Layout::named(name).ok_or_else(|| format!("it is one of {}", known()))
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let (dataset, version) =
        match args.dataset.as_deref().map(|name| name.split_once('@').unwrap_or((name, ""))) {
            Some(("", _)) => return Err(Fault::usage("--dataset needs a name, such as icews@2020-04")),
            Some((name, version)) => (Some(name.to_owned()), version.to_owned()),
            None => (None, String::new()),
        };
    let import = Import { layout: args.layout, dataset, version, map: args.map.clone() };
    let mut record = Record::create_or_open(&args.record)?;
    let world = World::with(&record.layers()?);
    let mut refused = args.refused.as_deref().map(Refused::create).transpose()?;
    let (mut done, mut failures) = (Vec::new(), 0);
    for file in &args.files {
        match import_one(&mut record, file, &import, &world, refused.as_mut()) {
            Ok(intake) => done.push((file, intake)),
            Err(fault) => {
                failures += 1;
                print::complain(&format!("demarche: {fault}"));
            }
        }
    }
    if let Some(refused) = refused {
        refused.finish()?;
    }
    if args.json {
        let named: Vec<Named<'_>> = done.iter().map(|(file, intake)| Named { file, intake }).collect();
        json_on_paper(&named)?;
    } else {
        on_paper(|paper| done.iter().try_for_each(|(file, intake)| print::intake(paper, file, intake)))?;
    }
    Ok(if failures == 0 { ExitCode::SUCCESS } else { ExitCode::from(FAILED) })
}

/// What a file came to.
#[derive(serde::Serialize)]
struct Named<'n> {
    file: &'n Path,
    #[serde(flatten)]
    intake: &'n Intake,
}

fn import_one(
    record: &mut Record,
    file: &Path,
    import: &Import,
    world: &World,
    mut refused: Option<&mut Refused>,
) -> Result<Intake, Fault> {
    let fault = |e: io::Error| Fault::new(format!("{}: cannot be read: {e}; check the name", file.display()));
    let (input, size): (Box<dyn Read>, _) = if file.as_os_str() == "-" {
        (Box::new(io::stdin().lock()), None)
    } else {
        let opened = File::open(file).map_err(fault)?;
        let about = opened.metadata().map_err(fault)?;
        if about.is_dir() {
            return Err(Fault::new(format!("{}: this is a folder; name the files in it", file.display())));
        }
        (Box::new(opened), Some(about.len()))
    };
    let bar = bar(size);
    let mut writing = Ok(());
    let intake = record.import(file, bar.wrap_read(input), import, world, |notice| match notice {
        Notice::Refused(refusal) => {
            if let (Some(refused), Ok(())) = (refused.as_deref_mut(), &writing) {
                writing = refused.add(file, refusal);
            }
        }
        Notice::Kept(intake) => bar.set_message(telling::count(intake.rows as usize, "row")),
    });
    bar.finish_and_clear();
    writing?;
    Ok(intake?)
}

/// A bar on a terminal; bytes where the size is known.
fn bar(size: Option<u64>) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let (bar, template) = match size {
        Some(size) => {
            (ProgressBar::new(size), "importing {wide_bar} {bytes} of {total_bytes}, {msg}, {eta} left")
        }
        None => (ProgressBar::new_spinner(), "importing {spinner} {bytes}, {msg}"),
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// The file of rows that are not kept.
struct Refused {
    path: PathBuf,
    out: BufWriter<File>,
}

impl Refused {
    fn create(path: &Path) -> Result<Self, Fault> {
        let fault = |e| Fault::new(format!("{}: cannot be written: {e}; name another file", path.display()));
        let out = BufWriter::new(File::create(path).map_err(fault)?);
        Ok(Self { path: path.to_owned(), out })
    }

    fn add(&mut self, file: &Path, refusal: &Refusal) -> Result<(), Fault> {
        writeln!(self.out, "{}:{}\t{}\t{}", file.display(), refusal.line, refusal.reason, refusal.row)
            .map_err(|e| self.fault(&e))
    }

    fn finish(mut self) -> Result<(), Fault> {
        self.out.flush().map_err(|e| self.fault(&e))
    }

    fn fault(&self, error: &io::Error) -> Fault {
        Fault::new(format!("{}: cannot be written: {error}; what was imported is safe", self.path.display()))
    }
}
