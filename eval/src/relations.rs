//! `relations FILE.jsonl`: turns sentences with a marked source and target into how well the kind of event between them is told.
//!
//! Rows carry a PLOVER root and a quad class, or whether the two cooperate or are in conflict. CONCEDE and RETREAT count as
//! the YIELD of older labels; a row without an answer counts as wrong.

use std::collections::BTreeMap;
use std::path::Path;

use demarche_engine::actors::{self, Actor, Cast, World};
use demarche_engine::events::{self, Party, Report, Scope, Told};
use demarche_engine::language::{Analyser, Document, Setting};
use demarche_engine::text::Span;
use serde::Deserialize;

use crate::figures::{Fault, Figures, rows};

#[derive(Deserialize)]
struct Row {
    marked: String,
    root: Option<String>,
    quad: Option<u8>,
    binary: Option<u8>,
}

/// Scores the engine on one file; wrong answers are listed.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let scorer = Scorer {
        analyser: Analyser::new(),
        world: World::shipped(),
        knowledge: events::Knowledge::shipped(),
    };
    let mut by_frames = Confusion::default();
    let mut likelihoods: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    let (mut roots, mut quads, mut binaries) =
        (Confusion::default(), Confusion::default(), Confusion::default());
    let (mut abstained, mut found, mut all) = (0, 0, 0);
    for row in rows::<Row>(path)? {
        let marks = marks(&row.marked);
        let mut told = None;
        if let Some((text, source, target)) = marks {
            let doc = scorer.analyser.analyse(&text, &[], Setting::default());
            let cast = actors::cast(&doc, &scorer.world, None, None);
            let finds = |root: &String| scorer.finds(&doc, &cast, source, target, root);
            found += usize::from(row.root.as_ref().is_some_and(finds));
            told = scorer.between(&doc, cast, source, target);
        }
        let root = told.as_ref().map(|told| told.root.as_str());
        let quad = root.and_then(quad);
        all += 1;
        abstained += usize::from(root.is_none());
        let mut wrong = false;
        if let Some(gold) = &row.root {
            roots.note(gold, root);
            by_frames.note(gold, root.filter(|_| told.as_ref().is_some_and(|t| t.likelihood.is_none())));
            wrong |= Some(gold.as_str()) != root;
            if let Some(said) = told.as_ref().and_then(|t| t.likelihood) {
                let (right, all) = likelihoods.entry(said).or_default();
                *right += usize::from(!wrong);
                *all += 1;
            }
        }
        if let Some(gold) = row.quad {
            quads.note(&gold.to_string(), quad.map(|q| q.to_string()).as_deref());
        }
        if let Some(gold) = row.binary {
            let sort = |cooperates: bool| if cooperates { "cooperation" } else { "conflict" };
            let own = quad.map(|q| sort(q < 3));
            binaries.note(sort(gold == 0), own);
            wrong |= own != Some(sort(gold == 0));
        }
        if wrong {
            let gold = row.root.unwrap_or_else(|| row.binary.map(|b| b.to_string()).unwrap_or_default());
            let own = told.map_or("nothing".to_owned(), |t| {
                format!("{} ({} {} {:?})", t.root, t.frame, t.cameo, t.likelihood)
            });
            println!("gold {gold}, told {own}: {}", row.marked);
        }
    }
    let mut figures = Figures::default();
    for (name, confusion) in
        [("root_f1", &roots), ("quad_f1", &quads), ("binary_f1", &binaries), ("root_f1_frames", &by_frames)]
    {
        if !confusion.0.is_empty() {
            figures.set(name, confusion.macro_f1());
        }
    }
    for (said, (right, all)) in likelihoods {
        println!("proposals said to be right in {said} %: {right} of {all} are");
    }
    for (label, (precision, recall)) in roots.each() {
        println!("{label}: precision {precision:.3}, recall {recall:.3}");
    }
    figures.share("abstained", abstained, all);
    if !roots.0.is_empty() {
        figures.share("found_unmarked", found, all);
    }
    Ok(figures)
}

/// What the engine knows, loaded once.
struct Scorer {
    analyser: Analyser,
    world: World,
    knowledge: events::Knowledge,
}

/// Whether a party of a report is the one marked at `gold`: its words hold the head of the mark, it owns what is marked, or it is
/// told by other words ("said that it will …") that the engine takes for the one marked.
pub(crate) fn meets(doc: &Document, cast: &Cast, party: &Party, gold: Span) -> bool {
    let tokens = doc.tokens_touched(gold);
    if tokens.is_empty() {
        return false;
    }
    let head = doc.head_of(tokens.start, tokens.end);
    let mut marked = cast.mentions.iter().filter(|m| m.head == head);
    party.span.contains(doc.tokens[head].span)
        || gold.contains(party.span)
        || marked.any(|m| m.actors.iter().any(|&a| cast.actors[a] == party.actor))
}

/// What is told between a source and a target.
struct Between {
    root: String,
    frame: String,
    cameo: String,
    /// None where frames tell it.
    likelihood: Option<u8>,
}

impl Scorer {
    /// Whether the engine, told of no marks, reports an event of this root from `source` to `target`.
    fn finds(&self, doc: &Document, cast: &Cast, source: Span, target: Option<Span>, root: &str) -> bool {
        let reports = events::reports(doc, cast, &self.knowledge, None, Scope::Any);
        reports.iter().any(|r| {
            let is = |parties: &[Party], gold| parties.iter().any(|p| meets(doc, cast, p, gold));
            answer(r).is_some_and(|a| a.root == root)
                && is(&r.actors, source)
                && target.is_none_or(|target| is(&r.recipients, target) || is(&r.actors, target))
        })
    }

    /// What a sentence tells that `source` does to `target`.
    fn between(&self, doc: &Document, cast: Cast, source: Span, target: Option<Span>) -> Option<Between> {
        let marks: Vec<Span> = [Some(source), target].into_iter().flatten().collect();
        let cast = actors::marked(doc, cast, &marks);
        let reports = events::reports(doc, &cast, &self.knowledge, None, Scope::Any);
        let actor = |span: Span| {
            let mention = cast.mentions.iter().find(|m| m.span == span)?;
            mention.actors.first().map(|&a| &cast.actors[a])
        };
        let (from, to) = (actor(source)?, target.and_then(actor));
        // Words that point back mean a side as well as its own do.
        let is =
            |p: &Party, span: Span, actor: &Actor| p.span == span || to != Some(from) && p.actor == *actor;
        let among = |parties: &[Party], span, actor| parties.iter().any(|p| is(p, span, actor));
        let between = |r: &&Report| {
            let undergoes = target
                .zip(to)
                .is_none_or(|(target, to)| among(&r.actors, target, to) || among(&r.recipients, target, to));
            among(&r.actors, source, from) && undergoes
        };
        let answers: Vec<Between> = reports.iter().filter(between).filter_map(answer).collect();
        // Of "called X to condole" the call is only the way: what it was for is the event.
        let purpose = answers.iter().position(|a| a.root != "CONSULT");
        let by_frames = answers.into_iter().nth(purpose.unwrap_or(0));
        by_frames.or_else(|| {
            let proposed = events::proposal(doc, &cast, &self.knowledge, source, target);
            proposed.as_ref().and_then(answer)
        })
    }
}

/// The answer that a report gives, unless it says that nothing happened.
fn answer(report: &Report) -> Option<Between> {
    let refused = report.cameo.as_ref().is_some_and(|code| code.starts_with("12"));
    if report.told == Told::Denied && !refused {
        return None;
    }
    let root = match report.plover.as_ref()?.event_type.as_str() {
        "CONCEDE" | "RETREAT" => "YIELD",
        root => root,
    };
    Some(Between {
        root: root.to_owned(),
        frame: report.evidence.frame.clone(),
        cameo: report.cameo.clone().unwrap_or_default(),
        likelihood: report.evidence.likelihood,
    })
}

/// The sentence without its marks, and where they stood; some rows mark no target.
fn marks(marked: &str) -> Option<(String, Span, Option<Span>)> {
    let (mut text, mut rest) = (String::new(), marked);
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some(open) = rest.find('<') {
        text.push_str(&rest[..open]);
        rest = &rest[open..];
        match ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|tag| rest.starts_with(tag)) {
            Some(tag) => {
                at.insert(tag, text.len());
                rest = &rest[tag.len()..];
            }
            None => {
                text.push('<');
                rest = &rest[1..];
            }
        }
    }
    text.push_str(rest);
    let span = |open: &str, close: &str| {
        let (start, end) = (*at.get(open)?, *at.get(close)?);
        let words = &text[start..end];
        let start = start + words.len() - words.trim_start().len();
        Some(Span::new(start, start + words.trim().len()))
    };
    Some((span("<s>", "</s>")?, span("<t>", "</t>"))).map(|(source, target)| (text, source, target))
}

/// The quad class of a root: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
fn quad(root: &str) -> Option<u8> {
    Some(match root {
        "AGREE" | "CONSULT" | "SUPPORT" => 1,
        "COOPERATE" | "AID" | "YIELD" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        "PROTEST" | "SANCTION" | "MOBILIZE" | "COERCE" | "ASSAULT" => 4,
        _ => return None,
    })
}

/// How often which answer was given to which label.
#[derive(Default)]
struct Confusion(BTreeMap<String, BTreeMap<String, usize>>);

impl Confusion {
    fn note(&mut self, gold: &str, own: Option<&str>) {
        let own = own.unwrap_or("none").to_owned();
        *self.0.entry(gold.to_owned()).or_default().entry(own).or_default() += 1;
    }

    /// Precision and recall of each label.
    fn each(&self) -> Vec<(&str, (f64, f64))> {
        let share = |right: usize, of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        self.0
            .iter()
            .map(|(label, answers)| {
                let right = answers.get(label).copied().unwrap_or(0);
                let said = self.0.values().filter_map(|a| a.get(label)).sum();
                (label.as_str(), (share(right, said), share(right, answers.values().sum())))
            })
            .collect()
    }

    /// The mean over the labels of the harmonic mean of precision and recall.
    fn macro_f1(&self) -> f64 {
        let each = self.each();
        let f1 = |(p, r): (f64, f64)| if p + r == 0.0 { 0.0 } else { 2.0 * p * r / (p + r) };
        each.iter().map(|(_, pr)| f1(*pr)).sum::<f64>() / each.len().max(1) as f64
    }
}
