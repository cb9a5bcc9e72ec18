//! The command line: turns arguments into calls of the engine and the record, and what they return into text or JSON on
//! the terminal. It translates and never decides.

mod about;
mod backup;
mod check;
mod chosen;
mod codes;
mod counted;
mod diff;
mod dump;
mod events;
mod evidence;
mod explain;
mod export;
mod import;
mod inputs;
mod momentum;
mod movers;
mod overrides;
mod parse;
mod pieces;
mod print;
mod read;
mod reread;
mod series;
mod serve;
mod sides;
mod who;
mod windows;
mod world;

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::fault::Fault;
use print::Paper;

/// Something failed, and stderr says what.
const FAILED: u8 = 1;
/// The question was wrong; clap uses the same code.
const USAGE: u8 = 2;

/// Reads news about relations between states, keeps an auditable record of who met, said and did what and when, and says
/// with evidence whether a relationship is gaining or losing momentum.
#[derive(Debug, Parser)]
#[command(name = "demarche", version = demarche_engine::ENGINE_VERSION, max_term_width = 100, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  demarche read page.html                              what one saved page says
  demarche read pages/ --record asia.demarche          read a folder and keep it
  demarche momentum PAK USA --record asia.demarche     gaining or losing, with evidence
  demarche movers --record asia.demarche               which relationships moved, the most certain first
  demarche series PAK USA --record asia.demarche       tone and engagement by day, week or month; also drawn
  demarche explain 3f9a2c81d0-1482 --record asia.demarche
  demarche import icews_2018.tab --record asia.demarche   events that other datasets coded
  demarche export --record asia.demarche --format csv  events as rows, or sums of them
  demarche serve --record asia.demarche                the same as pages in a browser
  demarche who 'General Munir' --on 2024-01-02         whom words mean on a day, and why
  demarche codes 114                                   a code of CAMEO, and what gives it

Exit codes: 0 done, 1 something failed (stderr says what), 2 wrong usage.";

#[derive(Debug, Subcommand)]
enum Command {
    Read(read::Args),
    Momentum(Box<momentum::Args>),
    Movers(movers::Args),
    Series(Box<series::Args>),
    Explain(explain::Args),
    Import(import::Args),
    Events(events::Args),
    Evidence(evidence::Args),
    Export(Box<export::Args>),
    Parse(parse::Args),
    Serve(serve::Args),
    Who(who::Args),
    Codes(codes::Args),
    World(world::Args),
    Override(overrides::Args),
    Reread(reread::Args),
    Diff(diff::Args),
    About(about::Args),
    Check(check::Args),
    Backup(backup::Args),
    Dump(dump::Args),
}

/// What the program does after the arguments are understood.
pub(crate) enum Next {
    /// All is done.
    Exit(ExitCode),
    /// Show a record in a browser.
    Serve {
        /// The record.
        record: PathBuf,
        /// The address to listen on; none for loopback.
        address: Option<IpAddr>,
        /// The port; none for the usual one.
        port: Option<u16>,
        /// Whether to open a browser.
        open: bool,
        /// Whether the pages have forms that override codings.
        edit: bool,
    },
}

/// Understands the arguments and does what they ask, all but serving.
pub(crate) fn run() -> Next {
    let done = match Cli::parse().command {
        Command::Serve(args) => return args.next(),
        Command::Read(args) => read::run(&args),
        Command::Momentum(args) => momentum::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Movers(args) => movers::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Series(args) => series::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Import(args) => import::run(&args),
        Command::Events(args) => events::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Evidence(args) => evidence::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Export(args) => export::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Explain(args) => explain::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Parse(args) => parse::run(&args),
        Command::Who(args) => who::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Codes(args) => codes::run(&args).map(|()| ExitCode::SUCCESS),
        Command::World(args) => world::run(&args),
        Command::Override(args) => overrides::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Reread(args) => reread::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Diff(args) => diff::run(&args).map(|()| ExitCode::SUCCESS),
        Command::About(args) => about::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Check(args) => check::run(&args),
        Command::Backup(args) => backup::run(&args).map(|()| ExitCode::SUCCESS),
        Command::Dump(args) => dump::run(&args).map(|()| ExitCode::SUCCESS),
    };
    Next::Exit(done.unwrap_or_else(|fault| report(&fault)))
}

/// Says on stderr what went wrong.
pub(crate) fn report(fault: &Fault) -> ExitCode {
    print::complain(&format!("demarche: {fault}"));
    ExitCode::from(if fault.is_usage() { USAGE } else { FAILED })
}

/// Tells the person at the terminal something; on stderr, where it is in nobody's way.
pub(crate) fn say(line: &str) {
    print::complain(line);
}

/// Runs `write` on standard output. A reader that has seen enough (`| head`) is no failure.
fn on_paper(write: impl FnOnce(&mut Paper<'_>) -> std::io::Result<()>) -> Result<(), Fault> {
    print::with_stdout(write).map_err(|e| Fault::new(format!("cannot write to standard output: {e}")))
}

/// One JSON value and a line break on standard output.
fn json_on_paper<T: serde::Serialize>(value: &T) -> Result<(), Fault> {
    let text =
        serde_json::to_string_pretty(value).map_err(|e| Fault::new(format!("cannot write JSON: {e}")))?;
    on_paper(|paper| paper.line(&text))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
