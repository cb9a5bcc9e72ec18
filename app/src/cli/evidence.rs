//! `demarche evidence`: turns events, or the verdict on two states, into a folder that others can check without the program.

use std::fs;
use std::path::{Path, PathBuf};

use demarche_record::{Bundle, Record};
use jiff::civil::Date;

use crate::bundle;
use crate::cli::print;
use crate::fault::Fault;
use crate::telling::{Answer, Inquiry, States, count};

/// Write the evidence for a verdict or for some events: quotes, hashes, spans, outlets, never a whole text
///
/// Two states ask for the verdict on them and the events that weigh most for and against it; --id asks for the events of these
/// ids; `demarche events --evidence` for those that a query finds. The folder gets index.html, which needs nothing else, and evidence.json with W3C Web Annotation selectors. A quote
/// has at most 300 characters.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche evidence PAK USA --on 2024-03-31 --out annex/ --record asia.demarche
  demarche evidence --id 3f9a2c81d0-1482 --id 77b044129c-210 --out annex/ --record asia.demarche")]
pub(crate) struct Args {
    /// A state: ISO 3166 code of three or two letters, or its name
    #[arg(value_name = "A", requires = "b", required_unless_present = "id")]
    a: Option<String>,
    /// The other state
    #[arg(value_name = "B")]
    b: Option<String>,
    /// The day to answer for; without it, the day of the record’s last article
    #[arg(long, value_name = "DATE", requires = "a")]
    on: Option<Date>,
    /// An event by its id, or by that of any of its reports; repeat it for several
    #[arg(long, value_name = "ID", conflicts_with = "a")]
    id: Vec<String>,
    /// The folder, which is made if there is none
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<(), Fault> {
    let record = Record::open(&args.record)?;
    let (answer, heading, bundle) = match (&args.a, &args.b) {
        (Some(a), Some(b)) => {
            let states = States::shipped();
            let (a, b) = (states.find(a)?, states.find(b)?);
            if a == b {
                return Err(Fault::usage(format!("both are {}; name two different states", states.name(a))));
            }
            let answer = Answer::find(&record, &Inquiry::plain(&record, a, b, args.on)?)?;
            let heading =
                format!("{} – {}, as of {}", states.name(a), states.name(b), answer.verdict.question.on);
            let bundle = bundle::behind(&record, &answer)?;
            (Some(answer), heading, bundle)
        }
        _ => {
            for id in &args.id {
                if record.entry(id)?.is_none() {
                    return Err(Fault::new(format!(
                        "{}: the record holds no event {id}; list events with `demarche events`",
                        args.record.display()
                    )));
                }
            }
            let bundle = record.evidence(args.id.iter().map(String::as_str))?;
            (None, count(args.id.len(), "event"), bundle)
        }
    };
    write(&args.out, &bundle, &heading, answer.as_ref())
}

/// Writes what stands behind some events, and the verdict that they bear on, into a folder.
pub(crate) fn write(
    out: &Path,
    bundle: &Bundle,
    heading: &str,
    answer: Option<&Answer>,
) -> Result<(), Fault> {
    let data = bundle::data(bundle, answer)?;
    let page = bundle::page(bundle, heading, answer.map(|answer| answer.sentence.as_str()));
    fs::create_dir_all(out).map_err(|e| unwritable(out, &e))?;
    for (name, text) in [("evidence.json", data), ("index.html", page.into_string())] {
        let path = out.join(name);
        fs::write(&path, text).map_err(|e| unwritable(&path, &e))?;
    }
    print::complain(&format!(
        "{} with the evidence for {}: index.html, evidence.json",
        out.display(),
        count(bundle.events.len(), "event")
    ));
    Ok(())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format!("{}: cannot be written: {error}; name another folder", path.display()))
}
