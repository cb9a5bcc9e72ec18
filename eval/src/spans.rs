//! `spans FILE.jsonl`: turns sentences with the spans of a source and a target into shares found among the mentions.
//!
//! A span is found where a mention has the same head word, or a thing has it whose owner is a mention. Of the events that
//! the engine reports, without knowing the marks, it is counted how many are from a source to a target.

use std::path::Path;

use demarche_engine::actors::{self, Mention, World};
use demarche_engine::events::{self, Knowledge, Party, Scope};
use demarche_engine::language::{Analyser, Document, Setting};
use demarche_engine::text::Span;
use serde::Deserialize;

use crate::figures::{Fault, Figures, rows};
use crate::relations::meets;

#[derive(Deserialize)]
struct Row {
    text: String,
    spans: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    role: String,
    span: String,
}

/// Scores the engine on one file; spans that were not found are listed, and events that no marks bear out.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let (analyser, world) = (Analyser::new(), World::shipped());
    let knowledge = Knowledge::shipped();
    let (mut source, mut target, mut events) = ((0, 0), (0, 0), (0, 0));
    for row in rows::<Row>(path)? {
        let doc = analyser.analyse(&row.text, &[], Setting::default());
        let cast = actors::cast(&doc, &world, None, None);
        for marked in &row.spans {
            let sum = match marked.role.as_str() {
                "source" => &mut source,
                "target" => &mut target,
                _ => continue,
            };
            let head = locate(&row.text, &marked.span).and_then(|span| head(&doc, span));
            let found = head.is_some_and(|head| {
                let of_several = |m: &Mention| m.actors.len() > 1 && m.first <= head && head < m.last;
                cast.mentions.iter().any(|m| m.head == head || of_several(m))
                    || cast.belongings.iter().any(|b| b.head == head)
            });
            sum.1 += 1;
            sum.0 += usize::from(found);
            if !found {
                println!("{} {:?}: {}", marked.role, marked.span, row.text);
            }
        }
        let marks = |role: &str| -> Vec<Span> {
            let of_role = row.spans.iter().filter(|m| m.role == role);
            of_role.filter_map(|m| locate(&row.text, &m.span)).collect()
        };
        let (sources, targets) = (marks("source"), marks("target"));
        for report in events::reports(&doc, &cast, &knowledge, None, Scope::Any) {
            // What frames tell apart from mere statements, and to whom.
            if report.plover.is_none() || report.actors.len() + report.recipients.len() < 2 {
                continue;
            }
            let any = |parties: &[Party], marks: &[Span]| {
                parties.iter().any(|p| marks.iter().any(|&mark| meets(&doc, &cast, p, mark)))
            };
            let to = any(&report.recipients, &targets)
                || report.recipients.is_empty() && any(&report.actors, &targets);
            let marked = any(&report.actors, &sources) && to;
            events.0 += usize::from(marked);
            events.1 += 1;
            if !marked {
                let names = |parties: &[Party]| -> Vec<String> {
                    parties.iter().map(|p| p.actor.name.clone()).collect()
                };
                let (who, whom) = (names(&report.actors).join(", "), names(&report.recipients).join(", "));
                let frame = &report.evidence.frame;
                println!("unmarked {frame}, {who} to {whom}: {}", row.text);
            }
        }
    }
    let mut figures = Figures::default();
    figures.share("source", source.0, source.1);
    figures.share("target", target.0, target.1);
    figures.share("events", events.0, events.1);
    Ok(figures)
}

/// Where the words of a span first stand in a text, not within other words.
pub(crate) fn locate(text: &str, words: &str) -> Option<Span> {
    let words = words.trim();
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(words)
        .map(|(at, _)| Span::new(at, at + words.len()))
        .find(|s| !inside(text[..s.start].chars().next_back()) && !inside(text[s.end..].chars().next()))
}

/// The token of a span that hangs on none of the others.
pub(crate) fn head(doc: &Document, span: Span) -> Option<usize> {
    let inside = |i: usize| span.contains(doc.tokens[i].span);
    (0..doc.tokens.len()).filter(|&i| inside(i)).find(|&i| doc.tokens[i].head.is_none_or(|h| !inside(h)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whole() {
        assert_eq!(locate("Rwandan troops left Rwanda.", "Rwanda "), Some(Span::new(20, 26)));
        assert_eq!(locate("Rwandan troops", "Rwanda"), None);
    }

    #[test]
    fn the_head_of_a_span_is_its_noun() {
        let text = "The talks with the envoy of Norway failed.";
        let doc = Analyser::new().analyse(text, &[], Setting::default());
        let head = head(&doc, Span::new(text.find("the envoy").unwrap(), text.find(" failed").unwrap()));
        assert_eq!(head.map(|h| doc.form(h)), Some("envoy"));
    }
}
