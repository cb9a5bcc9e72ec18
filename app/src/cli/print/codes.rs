//! Prints CAMEO's codes: the codebook as a table, or some codes with what gives them.

use std::io;

use demarche_engine::events::Code;

use crate::cli::print::paper::{FAINT, Paper, STRONG};

/// The codebook as a table, and how much of it is covered.
pub(crate) fn codebook(paper: &mut Paper<'_>, codes: &[&Code], covered: usize, all: usize) -> io::Result<()> {
    let head = format!(
        "{:<5} {:>9} {:<19} {:>6} {:>7} {:>8}  {}",
        "CAMEO", "Goldstein", "PLOVER", "frames", "details", "examples", "name"
    );
    paper.line(&paper.styled(STRONG, &head))?;
    for code in codes {
        let goldstein = code.goldstein.map_or("–".to_owned(), |value| format!("{value:.1}"));
        let numbers = [code.frames.len(), code.details.len() + code.of_deeds.len(), code.examples.len()];
        let [frames, details, examples] =
            numbers.map(|n| if n == 0 { "–".to_owned() } else { n.to_string() });
        let line = format!(
            "{:<5} {goldstein:>9} {:<19} {frames:>6} {details:>7} {examples:>8}  {}",
            code.code,
            plover(code),
            code.name
        );
        paper.line(&line)?;
    }
    paper.paragraph(0, &paper.styled(FAINT, &format!("{covered} of {all} codes are given by something")))
}

/// Some codes, with their frames and examples.
pub(crate) fn codes(paper: &mut Paper<'_>, codes: &[&Code]) -> io::Result<()> {
    for code in codes {
        let goldstein = code.goldstein.map_or(String::new(), |value| format!(" · Goldstein {value:.1}"));
        let name = paper.styled(STRONG, &format!("{} {}", code.code, code.name));
        paper.hanging(0, 2, &format!("{name} · {}{goldstein}", plover(code)))?;
        for (what, names) in [
            ("frames", &code.frames),
            ("details", &code.details),
            ("announced or refused deeds", &code.of_deeds),
        ] {
            if !names.is_empty() {
                paper.hanging(2, 4, &format!("{what}: {}", names.join(", ")))?;
            }
        }
        for example in &code.examples {
            paper.hanging(2, 4, &format!("“{example}”"))?;
        }
        if code.frames.is_empty() && code.details.is_empty() && code.of_deeds.is_empty() {
            paper.hanging(2, 4, &paper.styled(FAINT, "nothing gives it by itself"))?;
        }
    }
    Ok(())
}

/// PLOVER's type and mode.
fn plover(code: &Code) -> String {
    code.plover.as_ref().map_or("–".to_owned(), |plover| {
        let mode = plover.mode.as_ref().map_or(String::new(), |mode| format!(" {mode}"));
        format!("{}{mode}", plover.event_type)
    })
}
