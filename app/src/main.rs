//! The `demarche` program: turns arguments into what one of its two faces does. Only this file knows both faces.

mod bundle;
mod cli;
mod correction;
mod course;
mod fault;
mod picture;
mod telling;
mod tree;
mod web;

#[cfg(test)]
#[path = "../../record/tests/hand/mod.rs"]
mod hand;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        cli::Next::Exit(code) => code,
        cli::Next::Serve { record, address, port, open, edit } => {
            match web::serve(web::Serving { record, address, port, open, edit }, cli::say) {
                Ok(()) => ExitCode::SUCCESS,
                Err(fault) => cli::report(&fault),
            }
        }
    }
}
