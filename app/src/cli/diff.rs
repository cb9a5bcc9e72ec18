//! `demarche diff`: turns two engines' codings of the same articles into what changed.

use std::path::PathBuf;

use demarche_record::Record;

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;

/// Show what one version of the engine reads otherwise than another, event by event
///
/// Compares the articles of a record that both have coded. Without versions, the two that coded most articles are compared:
/// the one that codes them now, and the last one before it. Overrides play no part.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche diff --record asia.demarche
  demarche diff 0.1.0+9c4e01b7 0.1.0+9c4e01b7.world.5f2c9a10 --record asia.demarche
  demarche diff --record asia.demarche --json | jq '.changes[] | select(.how == \"removed\")'")]
pub(crate) struct Args {
    /// The earlier version of the engine
    #[arg(value_name = "V1", requires = "after")]
    before: Option<String>,
    /// The later version
    #[arg(value_name = "V2")]
    after: Option<String>,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let (before, after) = match (&args.before, &args.after) {
        (Some(before), Some(after)) => (before.clone(), after.clone()),
        _ => {
            let codings = record.codings()?;
            let now = codings.iter().filter(|c| c.now > 0).max_by_key(|c| c.now);
            let past = codings.iter().filter(|c| c.before > 0).max_by_key(|c| c.before);
            match (past, now) {
                (Some(past), Some(now)) => (past.engine.clone(), now.engine.clone()),
                _ => {
                    return Err(Fault::new(format!(
                        "{}: only one version of the engine has coded this record; read it again with another \
                         (`demarche reread`) and compare then",
                        args.record.display()
                    )));
                }
            }
        }
    };
    let diff = record.diff(&before, &after)?;
    if args.json {
        return json_on_paper(&diff);
    }
    on_paper(|paper| print::diff(paper, &diff, (&before, &after)))
}
