//! `demarche world`: turns files of actors that users bring into layers of a record, and lists and removes them.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use demarche_engine::actors::{Laid, Layer, World};
use demarche_record::Record;

use crate::cli::inputs::Inputs;
use crate::cli::{FAILED, json_on_paper, on_paper, print, say};
use crate::fault::Fault;

/// Bring your own states, bodies, offices, people and places
///
/// What you add lies over the tables that ship, in one record: whatever is read into that record from then on knows it.
/// What was read before stays as it was read.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Add(Add),
    List(List),
    Remove(Remove),
}

/// Lay files over the tables: the last one prevails
///
/// A file is one of these, told apart by how it begins:
///   a table      tabs and a header, in the columns of a table in engine/data/world;
///                of people: name, office, state, and if you like aliases, from, to, wikidata, source
///   a dictionary actors or agents of PETRARCH or Phoenix
///   Wikidata     JSON: results of a query with ?person ?personLabel ?positionLabel ?start ?end
///                and, where the post does not name it, ?countryLabel; or entities with their posts
#[derive(Debug, clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
Examples:
  demarche world add ministers.tsv --record asia.demarche
  demarche world add Phoenix.Countries.actors.txt Phoenix.agents.txt --record asia.demarche
  demarche world add wikidata.json --dry-run

A query for Wikidata (https://query.wikidata.org), foreign ministers of Norway:
  SELECT ?person ?personLabel ?positionLabel ?start ?end WHERE {
    ?person p:P39 ?held. ?held ps:P39 wd:Q1402561; ps:P39 ?position; pq:P580 ?start.
    OPTIONAL { ?held pq:P582 ?end. }
    SERVICE wikibase:label { bd:serviceParam wikibase:language \"en\". } }

Exit codes: 0 all was kept, 1 some of it was refused (a line for each on stderr), 2 wrong usage."
)]
struct Add {
    /// The files, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The record, which is made if there is none
    #[arg(long, value_name = "FILE", required_unless_present = "dry_run")]
    record: Option<PathBuf>,
    /// Say what would be kept, refused and contradicted, and keep nothing
    #[arg(long)]
    dry_run: bool,
    /// Print data instead of words
    #[arg(long)]
    json: bool,
}

/// List what lies over the tables, the lowest first
#[derive(Debug, clap::Args)]
struct List {
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// Print data instead of words, with all rows
    #[arg(long)]
    json: bool,
}

/// Take a file away again
#[derive(Debug, clap::Args)]
struct Remove {
    /// The name of the file, as `demarche world list` gives it
    name: String,
    /// The record
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    match &args.what {
        What::Add(args) => add(args),
        What::List(args) => list(args).map(|()| ExitCode::SUCCESS),
        What::Remove(args) => remove(args).map(|()| ExitCode::SUCCESS),
    }
}

fn add(args: &Add) -> Result<ExitCode, Fault> {
    let mut record = match &args.record {
        Some(path) if !args.dry_run => Some(Record::create_or_open(path)?),
        Some(path) if path.exists() => Some(Record::open(path)?),
        _ => None,
    };
    let mut layers = record.as_ref().map(Record::layers).transpose()?.unwrap_or_default();
    let mut all: Vec<Laid> = Vec::new();
    let mut failed = false;
    for input in Inputs::of(&args.files, true).list {
        let bytes = match input.load() {
            Ok(bytes) => bytes,
            Err(fault) => {
                say(&format!("demarche: {fault}"));
                failed = true;
                continue;
            }
        };
        let name = input.name.rsplit('/').next().unwrap_or(&input.name);
        layers.retain(|layer| layer.name != name);
        let laid = Layer::read(name, &bytes, &World::with(&layers));
        for problem in &laid.refused {
            say(&format!("{}: {}", input.name, problem.message));
        }
        failed |= !laid.refused.is_empty();
        if laid.layer.count() > 0 {
            if let Some(record) = record.as_mut().filter(|_| !args.dry_run) {
                record.lay(&laid.layer)?;
            }
            layers.push(laid.layer.clone());
        }
        all.push(laid);
    }
    if args.json {
        json_on_paper(&all)?;
    } else {
        on_paper(|paper| all.iter().try_for_each(|laid| print::laid(paper, laid, args.dry_run)))?;
    }
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn list(args: &List) -> Result<(), Fault> {
    let layers = Record::open(&args.record)?.layers()?;
    if args.json {
        return json_on_paper(&layers);
    }
    if layers.is_empty() {
        say("nothing lies over the tables that ship; add a file with `demarche world add FILE`");
    }
    on_paper(|paper| layers.iter().try_for_each(|layer| print::layer(paper, layer)))
}

fn remove(args: &Remove) -> Result<(), Fault> {
    let mut record = Record::open(&args.record)?;
    if record.lift(&args.name)? {
        return Ok(());
    }
    let names: Vec<String> = record.layers()?.into_iter().map(|layer| layer.name).collect();
    let there =
        if names.is_empty() { "there is none".to_owned() } else { format!("there are {}", names.join(", ")) };
    Err(Fault::usage(format!(
        "{}: no file “{}” lies over the tables; {there}",
        args.record.display(),
        args.name
    )))
}
