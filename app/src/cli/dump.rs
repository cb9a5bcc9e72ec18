//! `demarche dump`: turns a record into lines of JSON in one order, by which two records can be compared.

use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use demarche_record::Record;

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
    let record = Record::open(&args.record)?;
    let mut out = Pipe { out: BufWriter::new(io::stdout().lock()), closed: false };
    record.dump(&mut out)?;
    out.flush().map_err(|e| Fault::new(format!("cannot write to standard output: {e}")))
}

/// Standard output, of which a reader that has seen enough (`| head`) makes no failure.
struct Pipe<W> {
    out: W,
    closed: bool,
}

impl<W: io::Write> Pipe<W> {
    fn unless_closed<T>(&mut self, done: io::Result<T>, otherwise: T) -> io::Result<T> {
        match done {
            Err(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl<W: io::Write> io::Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        let written = self.out.write(bytes);
        self.unless_closed(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.unless_closed(flushed, ())
    }
}
