//! Scores the engine on data that the caller names.

mod chance;
mod momentum;
#[cfg(test)]
mod momentum_check;
mod momentum_speed;
mod triples;

use std::path::Path;
use std::process::ExitCode;

#[allow(clippy::print_stdout, clippy::print_stderr, reason = "a command prints its figures")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match arguments.as_slice() {
        ["momentum", path] => momentum::run(Path::new(path)),
        ["momentum-speed"] => momentum_speed::run(),
        _ => Err("usage: eval momentum TRIPLES.tsv | eval momentum-speed".into()),
    };
    match printed {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
