//! `roles FILE.jsonl`: turns marked sources and targets that were labelled by hand into the share with the right actor.
//!
//! The labels stand in `eval/data/roles.tsv`: row of the file, side, CAMEO actor codes that are right (parted by `|`; `-`
//! where the span names no actor). They were made by reading, before the rules were tuned, and hold no text.

use std::path::Path;

use demarche_engine::actors::{self, Actor, World};
use demarche_engine::language::{Analyser, Setting};
use demarche_engine::text::Span;
use serde::Deserialize;

use crate::figures::{Fault, Figures, rows, text};
use crate::spans::head;

#[derive(Deserialize)]
struct Row {
    text: String,
    source: String,
    target: String,
}

/// Scores the engine on one file; wrong spans are listed.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/roles.tsv");
    let rows = rows::<Row>(path)?;
    let (analyser, world) = (Analyser::new(), World::shipped());
    let (mut right, mut states, mut all) = (0, 0, 0);
    for (number, line) in text(&labels)?.lines().enumerate().skip(1) {
        let wrong = |what: &str| Fault::new(format!("{}:{}: {what}", labels.display(), number + 1));
        let [row, side, codes, ..] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(wrong("not row, side and codes"));
        };
        let row =
            row.parse().ok().and_then(|row: usize| rows.get(row)).ok_or_else(|| wrong("no such row"))?;
        let span = match side {
            "source" => row.source.trim(),
            "target" => row.target.trim(),
            _ => return Err(wrong("neither source nor target")),
        };
        // A span that does not stand in its sentence, or names no actor, asks for nothing.
        let Some(at) = row.text.find(span).filter(|_| !codes.starts_with('-')) else { continue };
        let doc = analyser.analyse(&row.text, &[], Setting::default());
        let cast = actors::cast(&doc, &world, None, None);
        let marked = Span::new(at, at + span.len());
        let head = head(&doc, marked);
        let found: Vec<&Actor> = cast
            .mentions
            .iter()
            .filter(|m| Some(m.head) == head)
            .flat_map(|m| m.actors.iter().map(|&a| &cast.actors[a]))
            .collect();
        let fits = |fit: fn(&str, &Actor) -> bool| codes.split('|').any(|c| found.iter().any(|a| fit(c, a)));
        all += 1;
        right += usize::from(fits(same_role));
        states += usize::from(fits(same_state));
        if !fits(same_role) {
            let found: Vec<&str> = found.iter().map(|a| a.code.as_str()).collect();
            println!("{span:?}: {}, gold {codes}: {}", found.join(" "), row.text);
        }
    }
    let mut figures = Figures::default();
    figures.share("role", right, all);
    figures.share("state", states, all);
    Ok(figures)
}

/// State and first role; a bare state stands for its government.
fn same_role(gold: &str, actor: &Actor) -> bool {
    let full = |code: &str| if code.len() == 3 { format!("{code}GOV") } else { code.to_owned() };
    let (gold, own) = (full(gold), full(&actor.code));
    own.starts_with(gold.get(..6).unwrap_or(&gold))
}

/// The state, or the sort of body that has none.
fn same_state(gold: &str, actor: &Actor) -> bool {
    actor.code.get(..3) == gold.get(..3)
}
