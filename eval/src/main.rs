//! Scores the engine on data that the caller names, keeps floors under the figures, refreshes the golden cases.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod alarms;
mod alignment;
mod attribution;
mod chance;
mod coref;
mod dates;
mod expected;
mod floors;
mod golden;
mod imported;
mod merging;
mod momentum;
#[cfg(test)]
mod momentum_check;
mod momentum_speed;
mod names;
mod parse;
mod posts;
mod record_speed;
mod relations;
mod roles;
mod seed;
mod spans;
mod web_speed;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use eval::{figures, pages};

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
    /// Score words, tags and trees against a treebank file, by the CoNLL 2018 alignment.
    Parse {
        /// A `.conllu` file.
        path: PathBuf,
        /// Another program's CoNLL-U of the same raw text: score it too.
        #[arg(long)]
        beside: Option<PathBuf>,
    },
    /// Score named spans against a BIO file.
    Names {
        /// A `.bio` file.
        path: PathBuf,
    },
    /// Validate momentum over events that others coded: known turns, placebo, change of volume. Any layout that `demarche import` reads.
    Momentum {
        /// A file of coded events: ICEWS, its triples, GDELT, POLECAT, Phoenix, PLOVER.
        path: PathBuf,
    },
    /// Time one verdict and the ranking of dyads over a made-up record.
    MomentumSpeed,
    /// Time the record on a made import of five million events, which takes 2 GB on the disk for a while.
    RecordSpeed {
        /// How many events.
        #[arg(long, default_value_t = 5_000_000)]
        rows: usize,
    },
    /// Time the pages of `demarche serve`, which lies beside this program, over a made record.
    WebSpeed {
        /// How many imported events the record holds.
        #[arg(long, default_value_t = 1_000_000)]
        rows: usize,
    },
    /// Score the values of time expressions.
    Dates {
        /// A `.jsonl` of words, document date and value.
        path: PathBuf,
    },
    /// Score which marked sources and targets are found among the mentions.
    Spans {
        /// A `.jsonl` of sentences with spans.
        path: PathBuf,
    },
    /// Compare who held which post when with a Phoenix dictionary of countries' actors; disagreements are listed.
    Posts {
        /// The dictionary.
        path: PathBuf,
    },
    /// Score state and role of marked sources and targets, against the labels in `eval/data/roles.tsv`.
    Roles {
        /// The `.jsonl` whose rows are labelled.
        path: PathBuf,
    },
    /// Count happenings between states in sentences that name no two: a CoNLL-U file of any sort of text.
    Alarms {
        /// A `.conllu` file.
        path: PathBuf,
    },
    /// Score who is said to say what: a folder of articles with brat annotations.
    Attribution {
        /// The folder.
        path: PathBuf,
    },
    /// Score how reports of several pages become happenings: a folder of stories with `gold.tsv`.
    Merging {
        /// The folder.
        path: PathBuf,
    },
    /// Score the kind of event told between a marked source and target.
    Relations {
        /// A `.jsonl` of marked sentences with a PLOVER root and quad class, or with cooperation against conflict.
        path: PathBuf,
    },
    /// Score who is whom: a folder of passages with marked chains.
    Coref {
        /// The folder.
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
        Command::Parse { path, beside } => beside
            .map_or(Ok(()), |other| parse::other(&path, &other))
            .and_then(|()| scorer("parse", &path))
            .map(|f| f.print()),
        Command::Names { path } => scorer("names", &path).map(|f| f.print()),
        Command::Momentum { path } => scorer("momentum", &path).map(|f| f.print()),
        Command::RecordSpeed { rows } => {
            record_speed::run(rows).map(|t| print!("{t}")).map_err(|e| Fault::new(e.to_string()))
        }
        Command::WebSpeed { rows } => {
            web_speed::run(rows).map(|t| print!("{t}")).map_err(|e| Fault::new(e.to_string()))
        }
        Command::MomentumSpeed => {
            momentum_speed::run().map(|t| print!("{t}")).map_err(|e| Fault::new(e.to_string()))
        }
        Command::Dates { path } => scorer("dates", &path).map(|f| f.print()),
        Command::Spans { path } => scorer("spans", &path).map(|f| f.print()),
        Command::Posts { path } => scorer("posts", &path).map(|f| f.print()),
        Command::Roles { path } => scorer("roles", &path).map(|f| f.print()),
        Command::Alarms { path } => scorer("alarms", &path).map(|f| f.print()),
        Command::Attribution { path } => scorer("attribution", &path).map(|f| f.print()),
        Command::Merging { path } => scorer("merging", &path).map(|f| f.print()),
        Command::Relations { path } => scorer("relations", &path).map(|f| f.print()),
        Command::Coref { path } => scorer("coref", &path).map(|f| f.print()),
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
        "alarms" => alarms::run(path),
        "attribution" => attribution::run(path),
        "coref" => coref::run(path),
        "dates" => dates::run(path),
        "merging" => merging::run(path),
        "momentum" => momentum::run(path).map_err(|e| Fault::new(e.to_string())),
        "names" => names::run(path),
        "parse" => parse::run(path),
        "pages" => pages::score(path),
        "posts" => posts::run(path),
        "relations" => relations::run(path),
        "roles" => roles::run(path),
        "seed" => seed::score(path),
        "spans" => spans::run(path),
        other => Err(Fault::new(format!("no scorer is called {other:?}: `eval --help` lists them"))),
    }
}
