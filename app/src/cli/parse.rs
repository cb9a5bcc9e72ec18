//! `demarche parse`: turns text into its grammatical analysis, as treebank tools, programs or people want it.

use std::path::PathBuf;
use std::process::ExitCode;

use demarche_engine::Reader;
use demarche_engine::language::{Document, conllu};
use demarche_engine::page::{self, Source};

use crate::cli::inputs::{Input, Inputs};
use crate::cli::pieces::with_articles;
use crate::cli::{FAILED, json_on_paper, on_paper, say};
use crate::fault::Fault;
use crate::picture::Look;
use crate::telling::Parsed;
use crate::tree;

/// Show how text is analysed: sentences, Universal Dependencies, names, quotations, times
///
/// Reads plain text, blank lines between paragraphs. With --page, takes title and body off a saved page first.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  echo 'Norway and Sweden signed an accord in Oslo.' | demarche parse -
  demarche parse notes.txt > notes.conllu
  demarche parse --page page.html --format json
  demarche parse notes.txt --format svg > trees.svg

The formats: conllu (CoNLL-U, universaldependencies.org/format), json (the same with names, quotations, times and
spans in bytes), svg (the trees, drawn).")]
pub(crate) struct Args {
    /// Files, folders, patterns, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value = "conllu")]
    format: Format,
    /// Read each input as a saved page: its title and body, without menus
    #[arg(long)]
    page: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// CoNLL-U
    Conllu,
    /// One JSON document for each text
    Json,
    /// One drawing of all trees of a text
    Svg,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Fault> {
    let inputs = Inputs::of(&args.paths, false);
    if args.format == Format::Svg && inputs.list.len() > 1 {
        return Err(Fault::usage("--format svg draws one text at a time: give one input"));
    }
    let reader = Reader::new();
    let mut failed = false;
    for input in &inputs.list {
        match documents(&reader, input, args.page) {
            Ok(documents) => {
                for doc in &documents {
                    for problem in &doc.problems {
                        say(&format!("{}: {}", input.name, problem.message));
                    }
                    print(doc, args.format)?;
                }
            }
            Err(fault) => {
                failed = true;
                say(&fault.to_string());
            }
        }
    }
    Ok(if failed { ExitCode::from(FAILED) } else { ExitCode::SUCCESS })
}

fn documents(reader: &Reader, input: &Input, page: bool) -> Result<Vec<Document>, Fault> {
    let bytes = input.load()?;
    if !page {
        let text = page::text(&bytes)
            .ok_or_else(|| Fault::new(format!("{}: this is no text; give plain text", input.name)))?;
        return Ok(vec![reader.document(&page::passage(&text, None))]);
    }
    let read =
        with_articles(page::read(&bytes, &Source { name: input.name.clone(), url: None }), &input.name)?;
    Ok(read.articles.iter().map(|article| reader.document(article)).collect())
}

fn print(doc: &Document, format: Format) -> Result<(), Fault> {
    match format {
        Format::Conllu => on_paper(|paper| paper.write(&conllu(doc))),
        Format::Json => json_on_paper(&Parsed::of(doc)),
        Format::Svg => {
            on_paper(|paper| paper.line(&tree::drawn(doc, &doc.sentences, Look::Screen).into_string()))
        }
    }
}
