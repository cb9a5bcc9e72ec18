//! `coref FOLDER`: turns passages with marked chains into the CoNLL F1 (mean of MUC, B³ and CEAF-e) of who is whom.
//!
//! A file is a passage in which every mention is bracketed with the number of its chain: `[1 The envoy] left; [1 he] …`.
//! Mentions are held against each other by their head words; a state's name counts also where it is a place. A group ("both sides") is a chain of its own.

use std::collections::BTreeMap;
use std::path::Path;

use demarche_engine::actors::{self, Entry, World};
use demarche_engine::language::{Analyser, Document, Relation, Setting, Upos};
use demarche_engine::text::Span;
use jiff::civil::date;
use pathfinding::prelude::{Matrix, kuhn_munkres};

use crate::figures::{Fault, Figures, text};
use crate::spans::head;

/// Head tokens of each chain.
type Chains = Vec<Vec<usize>>;

/// Verbs whose pronoun is a speaker.
const SAYING: &[&str] = &[
    "say", "add", "tell", "note", "stress", "warn", "claim", "argue", "explain", "reply", "insist",
    "declare", "write", "announce", "state",
];

/// Scores the engine on a folder of passages.
pub(crate) fn run(folder: &Path) -> Result<Figures, Fault> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .map_err(|e| Fault::file(folder, &e))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    if paths.is_empty() {
        return Err(Fault::new(format!("{}: no passages (*.txt)", folder.display())));
    }
    let (analyser, world) = (Analyser::new(), World::shipped());
    let (mut muc, mut b3, mut ceaf) = (Sums::default(), Sums::default(), Sums::default());
    let (mut pronouns, mut speakers) = ((0, 0), (0, 0));
    for path in &paths {
        let (plain, mut marks) =
            read(&text(path)?).map_err(|e| Fault::new(format!("{}: {e}", path.display())))?;
        marks.sort_by_key(|(_, span)| (span.start, std::cmp::Reverse(span.end)));
        let doc = analyser.analyse(&plain, &[], Setting::on(Some(date(2020, 6, 15))));
        let cast = actors::cast(&doc, &world, Some(date(2020, 6, 15)), None);
        let mut golds: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        // A name and the post beside it are one mention, whichever of the two heads it.
        let mut folded: BTreeMap<usize, usize> = BTreeMap::new();
        let mut last: BTreeMap<u32, (Span, usize)> = BTreeMap::new();
        for (chain, span) in marks {
            let Some(own) = head(&doc, span) else { continue };
            let beside = last.get(&chain).filter(|(before, _)| {
                plain.get(before.end..span.start).is_some_and(|between| matches!(between, ", " | " "))
            });
            let head = beside.map_or(own, |(_, head)| *head);
            folded.insert(own, head);
            last.insert(chain, (span, head));
            golds.entry(chain).or_default().push(head);
        }
        let mut chains: BTreeMap<&[usize], Vec<usize>> = BTreeMap::new();
        for mention in cast.mentions.iter().chain(&cast.within) {
            let state = world.lookup(mention.span.of(&plain)).iter().any(|e| matches!(e, Entry::State(_)));
            if !mention.place || state {
                let head = folded.get(&mention.head).unwrap_or(&mention.head);
                chains.entry(&mention.actors).or_default().push(*head);
            }
        }
        let system = tidy(chains.into_values());
        let gold = tidy(golds.into_values());
        for chain in &gold {
            for &head in chain.iter().filter(|&&h| doc.tokens[h].upos == Upos::Pron) {
                let right = usize::from(rightly_bound(&doc, head, chain, &system));
                pronouns = (pronouns.0 + right, pronouns.1 + 1);
                if speaks(&doc, head) {
                    speakers = (speakers.0 + right, speakers.1 + 1);
                }
            }
        }
        let own = [muc_of(&gold, &system), b3_of(&gold, &system), ceaf_of(&gold, &system)];
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let f1 = own.iter().map(Sums::f1).sum::<f64>() / 3.0;
        println!("{name}: {f1:.3}, {} chains, {} found", gold.len(), system.len());
        for chain in &gold {
            let best = system.iter().max_by_key(|s| shared(chain, s)).map_or(&[][..], Vec::as_slice);
            let words = |heads: &[usize], others: &[usize]| {
                let alone = heads.iter().filter(|h| !others.contains(h));
                alone.map(|&h| doc.form(h)).collect::<Vec<_>>().join(" ")
            };
            println!(
                "  {} | missed {} | added {}",
                words(chain, &[]),
                words(chain, best),
                words(best, chain)
            );
        }
        for (sum, own) in [&mut muc, &mut b3, &mut ceaf].into_iter().zip(own) {
            sum.add(&own);
        }
    }
    println!("MUC {:.4}, B3 {:.4}, CEAF-e {:.4}", muc.f1(), b3.f1(), ceaf.f1());
    println!("{} passages, {} pronouns, {} of them speakers", paths.len(), pronouns.1, speakers.1);
    let mut figures = Figures::default();
    figures.set("conll", (muc.f1() + b3.f1() + ceaf.f1()) / 3.0);
    figures.share("pronouns", pronouns.0, pronouns.1);
    figures.share("speakers", speakers.0, speakers.1);
    Ok(figures)
}

/// The passage without its brackets, and each mention with its chain.
fn read(marked: &str) -> Result<(String, Vec<(u32, Span)>), String> {
    let (mut plain, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '[' => {
                let (number, after) = rest.split_once(' ').ok_or("a bracket without a chain")?;
                let chain = number.parse().map_err(|_| format!("[{number}: no chain's number"))?;
                open.push((chain, plain.len()));
                rest = after;
            }
            ']' => {
                let (chain, start) = open.pop().ok_or("a bracket closes that never opened")?;
                marks.push((chain, Span::new(start, plain.len())));
            }
            c => plain.push(c),
        }
    }
    if open.is_empty() { Ok((plain, marks)) } else { Err("a bracket never closes".to_owned()) }
}

/// Chains of two and more, each head once.
fn tidy(chains: impl Iterator<Item = Vec<usize>>) -> Chains {
    let chains = chains.map(|mut chain| {
        chain.sort_unstable();
        chain.dedup();
        chain
    });
    chains.filter(|chain| chain.len() > 1).collect()
}

/// Whether the system binds a pronoun to a chain most of whose other words, pronouns apart, are of the gold one.
fn rightly_bound(doc: &Document, pronoun: usize, gold: &[usize], system: &Chains) -> bool {
    let Some(chain) = system.iter().find(|c| c.contains(&pronoun)) else { return false };
    let named: Vec<&usize> = chain.iter().filter(|&&h| doc.tokens[h].upos != Upos::Pron).collect();
    let right = named.iter().filter(|h| gold.contains(h)).count();
    right * 2 > named.len()
}

fn speaks(doc: &Document, pronoun: usize) -> bool {
    let token = &doc.tokens[pronoun];
    token.relation == Relation::Nsubj
        && token.head.is_some_and(|verb| SAYING.contains(&doc.tokens[verb].lemma.as_str()))
}

/// What a measure sums over passages: recall's and precision's numerators and denominators.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    recall: (f64, f64),
    precision: (f64, f64),
}

impl Sums {
    fn add(&mut self, other: &Self) {
        self.recall = (self.recall.0 + other.recall.0, self.recall.1 + other.recall.1);
        self.precision = (self.precision.0 + other.precision.0, self.precision.1 + other.precision.1);
    }

    fn f1(&self) -> f64 {
        let share = |(part, whole): (f64, f64)| if whole > 0.0 { part / whole } else { 1.0 };
        let (r, p) = (share(self.recall), share(self.precision));
        if r + p > 0.0 { 2.0 * r * p / (r + p) } else { 0.0 }
    }
}

fn shared(a: &[usize], b: &[usize]) -> usize {
    a.iter().filter(|h| b.contains(h)).count()
}

/// Vilain et al. 1995: links that need not be added.
fn muc_of(gold: &Chains, system: &Chains) -> Sums {
    let side = |keys: &Chains, answers: &Chains| {
        let links = keys.iter().map(|key| {
            let parts = answers.iter().filter(|a| shared(key, a) > 0).count();
            let alone = key.iter().filter(|h| !answers.iter().any(|a| a.contains(h))).count();
            ((key.len() - parts - alone) as f64, (key.len() - 1) as f64)
        });
        links.fold((0.0, 0.0), |sum, link| (sum.0 + link.0, sum.1 + link.1))
    };
    Sums { recall: side(gold, system), precision: side(system, gold) }
}

/// Bagga and Baldwin 1998: per mention, the share of its chain that is with it.
fn b3_of(gold: &Chains, system: &Chains) -> Sums {
    let side = |keys: &Chains, answers: &Chains| {
        let mut sum = (0.0, 0.0);
        for key in keys {
            sum.1 += key.len() as f64;
            for answer in answers {
                sum.0 += (shared(key, answer) as f64).powi(2) / key.len() as f64;
            }
        }
        sum
    };
    Sums { recall: side(gold, system), precision: side(system, gold) }
}

/// Luo 2005 with φ4: the best pairing of chains.
fn ceaf_of(gold: &Chains, system: &Chains) -> Sums {
    /// The pairing wants whole numbers.
    const FINE: f64 = 1e9;
    let alike = |g: &[usize], s: &[usize]| 2.0 * shared(g, s) as f64 / (g.len() + s.len()) as f64;
    let (few, many) = if gold.len() <= system.len() { (gold, system) } else { (system, gold) };
    let rows =
        few.iter().map(|a| many.iter().map(|b| (alike(a, b) * FINE).round() as i64).collect::<Vec<_>>());
    let best = match Matrix::from_rows(rows) {
        Ok(weights) if !few.is_empty() => kuhn_munkres(&weights).0 as f64 / FINE,
        _ => 0.0,
    };
    Sums { recall: (best, gold.len() as f64), precision: (best, system.len() as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_off_the_passage() {
        let (plain, marks) = read("[2 [1 Mali]'s envoy] left; [2 he] wept.").unwrap();
        assert_eq!(plain, "Mali's envoy left; he wept.");
        let words: Vec<(u32, &str)> = marks.iter().map(|(chain, span)| (*chain, span.of(&plain))).collect();
        assert_eq!(words, [(1, "Mali"), (2, "Mali's envoy"), (2, "he")]);
        assert!(read("[1 open").is_err() && read("shut]").is_err() && read("[x y]").is_err());
    }

    /// The worked example of Luo (2005), figure 1: truth {1-5} {6 7} {8-12}, response {1-5} {6-12}.
    #[test]
    fn measures_agree_with_the_published_example() {
        let gold = vec![vec![1, 2, 3, 4, 5], vec![6, 7], vec![8, 9, 10, 11, 12]];
        let system = vec![vec![1, 2, 3, 4, 5], vec![6, 7, 8, 9, 10, 11, 12]];
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-3, "{a} is not {b}");
        near(muc_of(&gold, &system).f1(), 0.947);
        near(b3_of(&gold, &system).f1(), 0.865);
        near(ceaf_of(&gold, &system).f1(), 0.733);
    }
}
