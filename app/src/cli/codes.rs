//! `demarche codes`: turns a part of CAMEO into what codes it: frames, details and examples.

use demarche_engine::Reader;
use demarche_engine::events::{Code, codebook};

use crate::cli::{json_on_paper, on_paper, print};
use crate::fault::Fault;

/// Look up CAMEO's codes: PLOVER's coding, Goldstein values, and what gives each of them
///
/// Without a code, prints the whole codebook as a table, with the number of frames, details and examples behind each code.
/// With the first digits of a code, prints those codes with their frames and examples.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche codes                 the codebook as a table
  demarche codes 114             one code, with its frames and examples
  demarche codes 02 --json       a root, as data
  demarche codes --missing       codes that nothing gives yet

Exit codes: 0 done, 1 no code begins like this, 2 wrong usage.")]
pub(crate) struct Args {
    /// A code, or its first digits
    #[arg(value_name = "CODE")]
    code: Option<String>,
    /// Only codes that nothing gives yet
    #[arg(long)]
    missing: bool,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let reader = Reader::new();
    let all = codebook(reader.knowledge());
    let begins = |code: &&Code| args.code.as_ref().is_none_or(|digits| code.code.starts_with(digits));
    let chosen: Vec<&Code> =
        all.iter().filter(begins).filter(|code| !args.missing || !code.is_covered(&all)).collect();
    if let (true, Some(digits)) = (chosen.is_empty() && !args.missing, &args.code) {
        return Err(Fault::new(format!(
            "no code of CAMEO begins with {digits:?}: codes are two to four digits from 01 to 20; `demarche codes` lists them"
        )));
    }
    if args.json {
        return json_on_paper(&chosen);
    }
    let covered = all.iter().filter(|code| code.is_covered(&all)).count();
    let whole = args.code.is_none();
    on_paper(|paper| match whole {
        true => print::codebook(paper, &chosen, covered, all.len()),
        false => print::codes(paper, &chosen),
    })
}
