//! A clause → where it happened: a place in it, the state visited, the host's state.

use crate::actors::{ActorKind, Located};
use crate::events::clause::Clause;
use crate::events::frame::Frame;
use crate::events::report::{ContactKind, Party, Place};
use crate::events::roles::Page;
use crate::language::{Document, NameKind, Upos};
use crate::text::Span;

/// The place, and the words that say it.
pub(crate) fn place(
    page: &Page<'_>,
    clause: &Clause,
    frame: &Frame,
    recipients: &[Party],
    actors: &[Party],
) -> (Option<Place>, Option<Span>) {
    let doc = page.doc;
    let within = clause
        .obliques
        .iter()
        .filter(|(p, _)| matches!(p.as_str(), "in" | "at" | "near" | "inside"))
        // "Discussed the war in Ukraine" does not happen there.
        .filter(|(_, f)| !f.path.contains(">nmod"))
        // "A march against the strikes, | in Lima": behind a comma it is the march that is there.
        .filter(|(_, f)| doc.tokens[clause.trigger].upos != Upos::Noun || !is_apart(doc, f.token))
        .map(|(_, f)| f);
    for filler in within {
        if let Some(mention) = page.mention_at[filler.token].map(|m| page.mention(m)).filter(|m| m.place) {
            let state = mention.actors.first().and_then(|&a| page.cast.actors[a].state.clone());
            return (Some(Place { name: mention.span.of(&doc.text).to_owned(), state }), Some(mention.span));
        }
        if let Some(known) = Located::at(&page.cast.places, filler.token) {
            let place = Place { name: known.span.of(&doc.text).to_owned(), state: known.state.clone() };
            return (Some(place), Some(known.span));
        }
        let named = doc
            .names
            .iter()
            .find(|n| n.kind == NameKind::Place && n.first <= filler.token && filler.token < n.last);
        if let Some(name) = named {
            return (Some(Place { name: name.span.of(&doc.text).to_owned(), state: None }), Some(name.span));
        }
    }
    if frame.contact == Some(ContactKind::Visit) {
        let visited = recipients.iter().chain(actors).rfind(|p| p.actor.kind == ActorKind::State);
        if let Some(party) = visited {
            let place = Place { name: party.actor.name.clone(), state: party.actor.state.clone() };
            return (Some(place), Some(party.span));
        }
    }
    (None, None)
}

/// The code of a meeting in a state that none of those who meet is from: CAMEO tells a third place apart.
pub(crate) fn at_third(frame: &Frame, place: Option<&Place>, parties: &[Party]) -> Option<&'static str> {
    let state = place?.state.as_deref()?;
    let sides: Vec<Option<&str>> = parties.iter().map(|p| p.actor.state.as_deref()).collect();
    let third = sides.iter().all(|side| side.is_some_and(|side| side != state));
    let several = sides.iter().any(|side| *side != sides[0]);
    let meets =
        matches!(frame.contact, Some(ContactKind::Meeting | ContactKind::Summit)) && frame.cameo == "040";
    (meets && third && several).then_some("044")
}

/// Whether a comma parts the prepositional phrase of token `t` from what stands before it.
fn is_apart(doc: &Document, t: usize) -> bool {
    let opens = doc.children(t).filter(|&c| c < t).min().unwrap_or(t);
    opens > 0 && doc.form(opens - 1) == ","
}
