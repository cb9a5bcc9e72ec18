//! Scores the engine on data that the caller names, keeps floors under the figures, refreshes the golden cases.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod alignment;
mod dates;
mod expected;
mod figures;
mod flatten;
mod floors;
mod golden;
mod names;
mod pages;
mod parse;
mod seed;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::figures::{Fault, Figures};

/// Scores the engine on data that the caller names.
#[derive(Parser)]
#[command(
    name = "eval",
    after_help = "Every scorer ends with one line `figures: name=value name=value …`.

Examples:
  cargo run --release -p eval -- seed ../shared/seed
  cargo run --release -p eval -- golden cases border-clash
  cargo run --release -p eval -- check
  cargo run --release -p eval -- pin seed ../shared/seed --lower --reason 'the scorer now wants exact dates'"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score pages against what a careful human records: a folder with a page and `expected.md`, or a folder of such.
    Seed {
        /// The folder.
        path: PathBuf,
    },
    /// Score the page room on saved pages with gold text: a folder with `pages.jsonl`.
    Pages {
        /// The folder.
        path: PathBuf,
    },
    /// Score words, sentences, tags, lemmas and trees from raw text: a CoNLL-U file.
    Parse {
        /// The file.
        path: PathBuf,
    },
    /// Score names on given words: a BIO file.
    Names {
        /// The file.
        path: PathBuf,
    },
    /// Score values of time expressions: a JSONL file.
    Dates {
        /// The file.
        path: PathBuf,
    },
    /// Make or refresh `article.json` and `reports.json` of the golden cases, and show what changed.
    Golden {
        /// The folder of cases.
        path: PathBuf,
        /// Only these cases.
        cases: Vec<String>,
    },
    /// Hold every figure against its floor in `eval/floors.json`.
    Check,
    /// Score, and pin the figures as floors; lowering one needs `--lower` and a reason.
    Pin {
        /// The scorer.
        scorer: String,
        /// Its data.
        path: PathBuf,
        /// Allow figures to fall below their floors.
        #[arg(long, requires = "reason")]
        lower: bool,
        /// Why they may; kept in the file.
        #[arg(long)]
        reason: Option<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Seed { path } => seed::score(&path).map(|f| f.print()),
        Command::Pages { path } => pages::score(&path).map(|f| f.print()),
        Command::Parse { path } => parse::run(&path).map(|f| f.print()),
        Command::Names { path } => names::run(&path).map(|f| f.print()),
        Command::Dates { path } => dates::run(&path).map(|f| f.print()),
        Command::Golden { path, cases } => golden::refresh(&path, &cases),
        Command::Check => floors::check(),
        Command::Pin { scorer, path, lower, reason } => {
            floors::pin(&scorer, &path, if lower { reason.as_deref() } else { None })
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("eval: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// The scorer of this name, run on `path`.
fn scorer(name: &str, path: &std::path::Path) -> Result<Figures, Fault> {
    match name {
        "dates" => dates::run(path),
        "names" => names::run(path),
        "parse" => parse::run(path),
        "pages" => pages::score(path),
        "seed" => seed::score(path),
        other => Err(Fault::new(format!("no scorer is called {other:?}: `eval --help` lists them"))),
    }
}
