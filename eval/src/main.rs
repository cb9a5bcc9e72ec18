//! Scores the engine on data that the caller names.

mod flatten;
mod mutate;
mod pages;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["pages", path] => pages::run(Path::new(path)),
        ["mutate", seconds] => match seconds.parse() {
            Ok(seconds) => mutate::run(seconds),
            Err(_) => Err(format!("{seconds} is no number of seconds")),
        },
        _ => Err("usage: eval pages FOLDER | eval mutate SECONDS".to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("eval: {message}");
            ExitCode::FAILURE
        }
    }
}
