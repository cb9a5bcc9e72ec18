//! Names of bodies that no table knows → drafts of mentions: what the recogniser found, with the sector that the name's last
//! noun tells and the state that the name, or the word before it, names.

use crate::actors::actor::{Actor, ActorKind, Located, Sector, Settled};
use crate::actors::bodies::of_state;
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::{Hits, words};
use crate::actors::world::{Entry, World};
use crate::language::{Document, NameKind, Upos};

/// Adds every body that only the recogniser knows to the `drafts`, outside persons (`taken`, token ranges) and what the
/// drafts mention already. A state's name can be part of a body's, and is no mention of its own there: "the U.S. Fish and
/// Wildlife Service".
pub(crate) fn add_unlisted(
    doc: &Document,
    hits: &Hits,
    world: &World,
    places: &[Located],
    taken: &[(usize, usize)],
    drafts: &mut Vec<Draft>,
) {
    let mut free_tokens = vec![true; doc.tokens.len()];
    let mentioned = drafts.iter().filter(|d| d.actor.kind != ActorKind::State).map(|d| (d.first, d.last));
    for (from, to) in taken.iter().copied().chain(mentioned) {
        free_tokens[from..to].fill(false);
    }
    let mut bodies = Vec::new();
    for name in doc.names.iter().filter(|n| n.kind == NameKind::Organisation) {
        let (mut first, last) = (name.first, name.last);
        // What tables know all of is no unlisted body: recognisers take states for bodies.
        if (first..last).all(|t| hits.at(t).is_some() || Located::at(places, t).is_some()) {
            continue;
        }
        let free = |a: usize, b: usize| free_tokens[a..b].iter().all(|free| *free);
        if !free(first, last) || !doc.form(last - 1).chars().any(char::is_alphabetic) {
            continue;
        }
        // "Peruvian Coastal Watch", "Peru's Coastal Watch", "the Lima Coastal Watch".
        let mut state = None;
        let mut before = first;
        while before > doc.sentence_of(first).first && matches!(doc.form(before - 1), "'s" | "’s") {
            before -= 1;
        }
        for t in before.saturating_sub(1)..last {
            let beside = t < first;
            if beside && (t < doc.sentence_of(first).first || !free(t, t + 1)) {
                continue;
            }
            let hit = hits.at(t).filter(|h| h.state().is_some());
            let place = Located::at(places, t);
            let found = hit.and_then(|h| of_state(h, world)).or_else(|| place.and_then(|p| p.state.clone()));
            let start = hit.map(|h| h.first).or(place.map(|p| p.first));
            if let (Some(found), Some(start)) = (found, start) {
                // "Peru's Coastal Watch": the owner is somebody himself.
                if !beside || before == first {
                    first = first.min(start);
                }
                state = Some((found, doc.form(t).to_owned()));
                break;
            }
        }
        if !free(first, last) {
            continue;
        }
        let sector = sector(doc, world, first, last);
        let mut settled =
            vec![Settled { rule: "name of an unlisted body".into(), by: words(doc, first, last) }];
        if let Some((_, by)) = &state {
            settled.push(Settled { rule: "state in the name".into(), by: by.clone() });
        }
        bodies.push(Draft {
            first,
            last,
            head: doc.head_of(first, last),
            actor: Actor {
                kind: ActorKind::Organisation,
                name: words(doc, name.first, last),
                code: String::new(),
                state: state.map(|(iso3, _)| iso3),
                sector,
                post: None,
                wikidata: None,
                settled,
            },
            refers: Refers::Itself,
            place: false,
            of_each: Vec::new(),
        });
    }
    let within = |d: &Draft| {
        let at = bodies.partition_point(|body| body.last <= d.first);
        bodies.get(at).is_some_and(|body| body.first <= d.first && d.last <= body.last)
    };
    drafts.retain(|d| !within(d));
    drafts.extend(bodies);
    drafts.sort_by_key(|d| (d.first, d.last));
}

/// The sector that the nouns of a name tell, the last one first: a court, a bank, a service.
pub(crate) fn sector(doc: &Document, world: &World, first: usize, last: usize) -> Option<Sector> {
    (first..last)
        .rev()
        .filter(|&t| matches!(doc.tokens[t].upos, Upos::Noun | Upos::Propn))
        .map(|t| doc.form(t).to_lowercase())
        .find_map(|noun| {
            // "State House" is no chamber.
            if noun == "house" {
                return None;
            }
            let agent = world.lookup(&noun).into_iter().find_map(|e| match e {
                Entry::Agent(at) => Some(world.agents[at].sector),
                _ => None,
            });
            agent.or_else(|| NOUNS.iter().find(|(n, _)| *n == noun).map(|(_, sector)| *sector))
        })
}

/// Nouns that tell a body's sector in its name and are too common to tell it elsewhere.
const NOUNS: &[(&str, Sector)] = &[
    ("academy", Sector::Edu),
    ("administration", Sector::Gov),
    ("board", Sector::Gov),
    ("bureau", Sector::Gov),
    ("center", Sector::Edu),
    ("centre", Sector::Edu),
    ("chronicle", Sector::Med),
    ("church", Sector::Rel),
    ("college", Sector::Edu),
    ("corporation", Sector::Bus),
    ("daily", Sector::Med),
    ("department", Sector::Gov),
    ("directorate", Sector::Gov),
    ("fund", Sector::Ngo),
    ("gazette", Sector::Med),
    ("group", Sector::Bus),
    ("holding", Sector::Bus),
    ("holdings", Sector::Bus),
    ("inc", Sector::Bus),
    ("institute", Sector::Edu),
    ("ltd", Sector::Bus),
    ("office", Sector::Gov),
    ("post", Sector::Med),
    ("school", Sector::Edu),
    ("secretariat", Sector::Gov),
    ("service", Sector::Gov),
    ("services", Sector::Gov),
    ("society", Sector::Ngo),
    ("times", Sector::Med),
    ("tribune", Sector::Med),
    ("trust", Sector::Ngo),
    ("university", Sector::Edu),
];
