//! Persons named in one list or as a pair → the posts and the side that they share.

use std::ops::Range;

use crate::actors::actor::{Post, Settled};
use crate::actors::draft::Draft;
use crate::actors::hits::{Hits, singular};
use crate::actors::person::Person;
use crate::actors::persons::{Named, served};
use crate::actors::world::World;
use crate::language::Document;

/// The lists that persons are named in: runs parted by nothing but commas and "and".
fn lists(doc: &Document, named: &[Named]) -> Vec<Range<usize>> {
    let joined = |a: &Named, b: &Named| {
        a.last < b.first
            && b.first - a.last <= 2
            && (a.last..b.first).all(|t| matches!(doc.form(t), "," | ";" | "and" | "&"))
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..named.len() {
        match found.last_mut() {
            Some(list) if joined(&named[at - 1], &named[at]) => list.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// "Talks with A, Secretary of State, B, Senior Director, and C": three or more who stand in one list serve one side, unless
/// two of them are known to serve different ones. A pair may well be of two sides: "the call between A and B".
pub(crate) fn share_side(doc: &Document, named: &[Named], of_named: &[usize], persons: &mut [Person]) {
    for list in lists(doc, named).into_iter().filter(|list| list.len() > 2) {
        let members = &of_named[list];
        let mut known: Vec<String> = members.iter().filter_map(|&p| persons[p].state.clone()).collect();
        known.sort();
        known.dedup();
        if let [side] = known.as_slice() {
            for &member in members {
                if persons[member].lacks_state() {
                    persons[member].state = Some(side.clone());
                    persons[member]
                        .settled
                        .push(Settled { rule: "side of its list".into(), by: side.clone() });
                }
            }
        }
    }
}

/// "The foreign ministers of Egypt and Cyprus, X and Y", "the Egyptian and Cypriot foreign ministers, X and Y": a title in the
/// plural is that of each, and as many states as persons are theirs in turn.
pub(crate) fn share_titles(doc: &Document, hits: &Hits, world: &World, named: &mut [Named]) {
    for list in lists(doc, named).into_iter().filter(|list| list.len() > 1) {
        let first = &named[list.start];
        let title = hits.iter().find(|h| {
            first.first <= h.first && h.last <= first.name_first && h.office().is_some() && {
                doc.tokens[h.last - 1].feats.plural == Some(true)
            }
        });
        let Some(title) = title else { continue };
        if named[list.clone()].iter().skip(1).any(|n| n.post.is_some()) {
            continue;
        }
        let served_at = |t: usize| hits.starting(t).and_then(|h| served(h, doc, world));
        let mut states: Vec<(String, String)> =
            (title.last..first.name_first).filter_map(served_at).collect();
        let mut opens = first.first;
        if states.is_empty() {
            let floor = doc.sentence_of(title.first).first;
            let mut at = title.first;
            while at > floor {
                if let Some(hit) = hits.ending(at - 1).filter(|h| served(h, doc, world).is_some()) {
                    states.extend(served(hit, doc, world));
                    at = hit.first;
                    opens = opens.min(at);
                } else if matches!(doc.form(at - 1), "and" | "," | "&") && !states.is_empty() {
                    at -= 1;
                } else {
                    break;
                }
            }
            states.reverse();
        }
        let (office, length) = (title.office(), list.len());
        let post =
            first.post.clone().map(|post| Post { title: singular(doc, title.first, title.last), ..post });
        named[list.start].first = opens;
        for (at, member) in named[list].iter_mut().enumerate() {
            let state = if states.len() == length { states.get(at) } else { states.first() };
            if states.len() == length || states.len() == 1 && member.state.is_none() {
                member.state = state.map(|(state, _)| state.clone());
                member.state_words = state.map(|(_, words)| words.clone());
            }
            member.office = office;
            member.post.clone_from(&post);
        }
    }
}

/// "His Turkish counterpart X": X holds the post of the last person before in the same sentence.
pub(crate) fn with_counterparts(doc: &Document, named: &[Named]) -> Vec<Named> {
    let mut all = named.to_vec();
    for at in 1..all.len() {
        let is_counterpart =
            all[at].post.as_ref().is_some_and(|p| p.office.as_deref() == Some("counterpart"));
        let same_sentence = doc.sentence_of(all[at - 1].first).first == doc.sentence_of(all[at].first).first;
        if is_counterpart && same_sentence && all[at - 1].post.is_some() {
            let (post, office) = (all[at - 1].post.clone(), all[at - 1].office);
            all[at].post = post.map(|p| Post { manner: Vec::new(), ..p });
            all[at].office = office;
        }
    }
    all
}

/// The state of whom the sentence that first names `person` calls his counterpart behind him: "Adviser X called his Turkish
/// counterpart, Y".
pub(crate) fn counterpart_beside(
    doc: &Document,
    person: &Named,
    named: &[Named],
    drafts: &[Draft],
) -> Option<String> {
    let end = doc.sentence_of(person.first).last;
    let is = |t: usize| doc.tokens[t].lemma.eq_ignore_ascii_case("counterpart");
    let within = |first: usize, last: usize| person.last <= first && last <= end && (first..last).any(is);
    let of_named = named.iter().filter(|n| within(n.first, n.last)).find_map(|n| n.state.clone());
    let of_draft = || drafts.iter().filter(|d| within(d.first, d.last)).find_map(|d| d.actor.state.clone());
    of_named.or_else(of_draft)
}
