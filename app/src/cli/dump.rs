//! `demarche dump`: turns a record into lines of JSON in one order, by which two records can be compared.

use std::path::PathBuf;

use demarche_record::Record;

use crate::cli::print;
use crate::fault::Fault;

/// Print everything that a record holds, in one order
///
/// One JSON object on each line, with the table that it comes from. Records that hold the same print the same bytes, in
/// whatever order and batches it came into them: compare them with cmp or diff. Full texts are among it: it is for
/// yourself. For others, see `demarche export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche dump --record asia.demarche | sha256sum
  demarche dump --record asia.demarche | jq -c 'select(.table == \"overrides\")'")]
pub(crate) struct Args {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    match Record::open(&args.record)?.dump(&mut print::data_out()) {
        Err(error) if error.is_closed_pipe() => Ok(()),
        done => Ok(done?),
    }
}
