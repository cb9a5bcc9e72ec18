//! `demarche override`: turns what people say against a coding into overrides of a record, and lists and takes them back.

use std::path::PathBuf;

use clap::Subcommand;
use demarche_engine::actors::World;
use demarche_engine::events::Told;
use demarche_engine::time::Period;
use demarche_record::{By, Change, Correction, Record};

use crate::cli::chosen::told;
use crate::cli::{json_on_paper, on_paper, print};
use crate::correction::{actors, period, reports_of, signed};
use crate::fault::Fault;

/// Correct, reject, split or merge what was read, with author, time and reason
///
/// Codings stay as they were read: an override lies over them, the events are settled with it, exports name it, and it goes on
/// holding when the articles are read again. IDs are those that `demarche events`, `read` and the web pages show: the id of
/// an event stands for all its reports.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche override correct 3f9a2c81d0-1482 --code 0333 --reason 'promised, not given' --record asia.demarche
  demarche override correct 3f9a2c81d0-1482 --date 2024-01-02 --actor 'Antony Blinken:USAGOV' --reason … --record …
  demarche override reject 3f9a2c81d0-1482 --reason 'satire' --record asia.demarche
  demarche override split 77b044129c-210 --reason 'another meeting' --record asia.demarche
  demarche override merge 3f9a2c81d0-1482 77b044129c-210 --reason 'one meeting' --record asia.demarche
  demarche override list --record asia.demarche
  demarche override revert 3 --reason 'it was given after all' --record asia.demarche")]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Say what a report or an event tells in truth
    Correct(Correct),
    /// Say that reports or events tell nothing
    Reject(Ids),
    /// Say that these reports tell a happening of their own
    Split(Ids),
    /// Say that these reports or events tell one happening
    Merge(Ids),
    /// List what was overridden, and what was taken back
    List(List),
    /// Take an override back
    Revert(Revert),
}

/// Who says so, and why.
#[derive(Debug, clap::Args)]
struct Signed {
    /// Why
    #[arg(long)]
    reason: String,
    /// Who says so; by default the user who runs the program
    #[arg(long, env = "USER", hide_env_values = true)]
    author: String,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Ids {
    /// Ids of reports or events
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(Debug, clap::Args)]
struct Correct {
    /// Ids of reports or events
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// CAMEO event code; PLOVER’s type and mode follow it
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
    /// When it happened: 2024-01-02, 2024-W01, 2024-01, 2024, or two days with a slash between them
    #[arg(long, value_name = "DATE", value_parser = period)]
    date: Option<Period>,
    /// How it is told
    #[arg(long, value_name = "HOW", value_parser = told)]
    told: Option<Told>,
    /// Who did or said it: a state, a body of the world tables, or NAME:CODE with a CAMEO actor code; repeat it for several
    #[arg(long, value_name = "NAME[:CODE]")]
    actor: Vec<String>,
    /// To whom
    #[arg(long, value_name = "NAME[:CODE]")]
    recipient: Vec<String>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(Debug, clap::Args)]
struct List {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Revert {
    /// Its number, as `list` gives it
    #[arg(value_name = "NUMBER")]
    id: i64,
    #[command(flatten)]
    signed: Signed,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    match &args.what {
        What::Correct(args) => {
            let world = World::shipped();
            let to = Correction {
                cameo: args.code.clone(),
                date: args.date,
                told: args.told,
                actors: actors(&args.actor, &world)?,
                recipients: actors(&args.recipient, &world)?,
            };
            enter(&args.ids, &args.signed, |reports| Change::Correct { reports, to })
        }
        What::Reject(args) => enter(&args.ids, &args.signed, |reports| Change::Reject { reports }),
        What::Split(args) => split(args),
        What::Merge(args) => enter(&args.ids, &args.signed, |reports| Change::Merge { reports }),
        What::List(args) => list(args),
        What::Revert(args) => {
            let mut record = Record::open(&args.signed.record)?;
            record.revert(args.id, &by(&args.signed))?;
            print::complain(&format!("override {} is taken back", args.id));
            Ok(())
        }
    }
}

/// Enters a change for all reports that the ids stand for.
fn enter(ids: &[String], signed: &Signed, change: impl FnOnce(Vec<String>) -> Change) -> Result<(), Fault> {
    let mut record = Record::open(&signed.record)?;
    let mut reports = Vec::new();
    for id in ids {
        reports.extend(reports_of(&record, id)?);
    }
    reports.sort();
    reports.dedup();
    done(&mut record, &change(reports), signed)
}

/// Splits reports off: an id is that of a report here, not of its whole event.
fn split(args: &Ids) -> Result<(), Fault> {
    let mut record = Record::open(&args.signed.record)?;
    done(&mut record, &Change::Split { reports: args.ids.clone() }, &args.signed)
}

fn done(record: &mut Record, change: &Change, signed: &Signed) -> Result<(), Fault> {
    let id = record.override_with(change, &by(signed))?;
    let reports = crate::telling::count(change.reports().len(), "report");
    print::complain(&format!(
        "override {id} holds for {reports}; `demarche override revert {id}` takes it back"
    ));
    Ok(())
}

fn by(say: &Signed) -> By {
    signed(&say.author, &say.reason)
}

fn list(args: &List) -> Result<(), Fault> {
    let overrides = Record::open(&args.record)?.overrides()?;
    if args.json {
        return json_on_paper(&overrides);
    }
    on_paper(|paper| print::overrides(paper, &overrides))
}
