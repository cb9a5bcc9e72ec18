//! `alarms FILE.conllu`: turns sentences about anything into how many happenings between states are seen where none can be.
//!
//! Sentences that name two states are left out; of the others, which the treebank takes from any sort of text, hardly one
//! tells what one state does to another.

use std::path::Path;

use demarche_engine::actors::{self, World};
use demarche_engine::events::{self, Kind, Knowledge, Scope};
use demarche_engine::language::{Analyser, Setting};

use crate::figures::{Fault, Figures, text};

/// Scores the engine on one file; each alarm is listed.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let (analyser, world, knowledge) = (Analyser::new(), World::shipped(), Knowledge::shipped());
    let (mut alarms, mut all) = (0, 0);
    for sentence in text(path)?.lines().filter_map(|line| line.strip_prefix("# text = ")) {
        let doc = analyser.analyse(sentence, &[], Setting::default());
        let cast = actors::cast(&doc, &world, None, None);
        let mut states: Vec<&str> = cast.actors.iter().filter_map(|a| a.state.as_deref()).collect();
        states.sort_unstable();
        states.dedup();
        if states.len() > 1 {
            continue;
        }
        all += 1;
        for report in events::reports(&doc, &cast, &knowledge, None, Scope::Interstate) {
            if report.kind != Kind::Statement {
                println!("{}: {sentence}", report.evidence.frame);
                alarms += 1;
            }
        }
    }
    if all == 0 {
        return Err(Fault::new(format!("{}: no `# text = ` lines: not a CoNLL-U file", path.display())));
    }
    let mut figures = Figures::default();
    figures.set("alarms_per_1000", f64::from(alarms) * 1000.0 / all as f64);
    Ok(figures)
}
