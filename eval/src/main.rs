//! Scores the engine on data that the caller names: `cargo run --release -p eval -- parse FILE.conllu`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command whose output is its purpose")]

mod alignment;
mod names;
mod parse;

use std::path::Path;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let result = match args[..] {
        ["parse", file] => parse::run(Path::new(file)),
        ["names", file] => names::run(Path::new(file)),
        _ => Err("usage: eval parse FILE.conllu | names FILE.bio | dates FILE.jsonl".to_owned()),
    };
    match result {
        Ok(report) => print!("{report}"),
        Err(message) => {
            eprintln!("eval: {message}");
            std::process::exit(1);
        }
    }
}
