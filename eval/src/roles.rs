//! `roles FILE.jsonl`: turns marked sources and targets that were labelled by hand into the share with the right actor.
//!
//! The labels stand in `eval/data/roles.tsv`: row of the file, side, CAMEO actor codes that are right (parted by `|`; `-`
//! where the span names no actor). They were made by reading, before the rules were tuned, and hold no text.

use std::path::Path;

use demarche_engine::actors::{self, ActorKind, Located, Mention, World};
use demarche_engine::language::{Analyser, Setting};
use serde::Deserialize;

use crate::figures::{Fault, Figures, rows, text};
use crate::spans::{head, locate};

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
            "source" => &row.source,
            "target" => &row.target,
            _ => return Err(wrong("neither source nor target")),
        };
        // A span that does not stand in its sentence, or names no actor, asks for nothing.
        let Some(marked) = locate(&row.text, span).filter(|_| !codes.starts_with('-')) else { continue };
        let doc = analyser.analyse(&row.text, &[], Setting::default());
        let cast = actors::cast(&doc, &world, None, None);
        let head = head(&doc, marked);
        // Whom the head mentions, or whose thing it is.
        let owners = cast.belongings.iter().filter(|b| Some(b.head) == head).map(|b| &cast.mentions[b.owner]);
        // "Russia and Turkey's foreign ministers": a mention of several has several heads.
        // The words of a person hold his post beside his name, and either may be marked.
        let covers = |m: &Mention, h: usize| m.first <= h && h < m.last;
        let is_person = |m: &Mention| m.actors.iter().all(|&a| cast.actors[a].kind == ActorKind::Person);
        let mentioned = cast.mentions.iter().filter(|m| {
            m.span == marked
                || head.is_some_and(|h| m.head == h || (m.actors.len() > 1 || is_person(m)) && covers(m, h))
        });
        // "Turkish" in "Turkish officials": inside others' words it is itself.
        let within = cast.within.iter().filter(|m| Some(m.head) == head);
        let actors = mentioned.chain(owners).chain(within).flat_map(|m| &m.actors);
        let mut found: Vec<&str> = actors.map(|&a| cast.actors[a].code.as_str()).collect();
        // A town stands for the state in which it lies.
        let place = head.and_then(|h| Located::at(&cast.places, h));
        found.extend(place.and_then(|place| place.state.as_deref()));
        let fits = |fit: &dyn Fn(&str, &str) -> bool| {
            codes.split('|').any(|gold| found.iter().any(|own| fit(gold, own)))
        };
        // A bare state stands for its government.
        let full = |code: &str| {
            if world.state(code).is_some() { format!("{code}GOV") } else { code.to_owned() }
        };
        let same_role = |gold: &str, own: &str| {
            let gold = full(gold);
            full(own).starts_with(gold.get(..6).unwrap_or(&gold))
        };
        let role = fits(&same_role);
        all += 1;
        right += usize::from(role);
        states += usize::from(fits(&|gold, own| own.get(..3) == gold.get(..3)));
        if !role {
            println!("{span:?}: {}, gold {codes}: {}", found.join(" "), row.text);
        }
    }
    let mut figures = Figures::default();
    figures.share("role", right, all);
    figures.share("state", states, all);
    Ok(figures)
}
