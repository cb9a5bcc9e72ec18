//! States and bodies named inside the words of another's mention → drafts of mentions of their own: "the | Turkish | foreign
//! minister", "| Chile |'s consul", "a spokesman for | the rebels".

use std::collections::HashSet;

use crate::actors::actor::{ActorKind, Located};
use crate::actors::bodies::{named_body, of_state};
use crate::actors::draft::Draft;
use crate::actors::hits::{Hit, Hits};
use crate::actors::persons::Named;
use crate::actors::phrases::phrase;
use crate::actors::world::World;
use crate::language::{Document, Relation};

/// Every state and body that the words of a person or of one of `drafts` name, and that no draft means yet.
pub(crate) fn within(
    doc: &Document,
    hits: &Hits,
    world: &World,
    places: &[Located],
    named: &[Named],
    drafts: &[Draft],
) -> Vec<Draft> {
    // For each token the draft, or the person, of whose words it is.
    let mut of_draft: Vec<Option<&Draft>> = vec![None; doc.tokens.len()];
    for draft in drafts {
        for slot in &mut of_draft[draft.first..draft.last] {
            if slot.is_none_or(|other| other.last - other.first < draft.last - draft.first) {
                *slot = Some(draft);
            }
        }
    }
    let mut of_person: Vec<Option<&Named>> = vec![None; doc.tokens.len()];
    for person in named {
        of_person[person.first..person.name_first].fill(Some(person));
        of_person[person.name_last..person.last].fill(Some(person));
    }
    let meant: HashSet<(usize, usize)> = drafts.iter().map(|d| (d.first, d.last)).collect();
    let mut used = vec![false; doc.tokens.len()];
    let mut found: Vec<Draft> = Vec::new();
    for hit in hits.iter().filter(|h| h.office().is_none()) {
        let person = of_person[hit.first].filter(|_| of_person[hit.last - 1].is_some());
        let draft = of_draft[hit.first].filter(|d| hit.last <= d.last);
        if meant.contains(&(hit.first, hit.last)) || person.is_none() && draft.is_none() {
            continue;
        }
        if hit.agent().is_some() {
            let outside = |t: usize| person.is_none_or(|p| t < p.first || p.last <= t);
            if person.is_some() && serves(doc, hit) {
                found.push(phrase(doc, hits, world, hit, places, &outside, &mut used));
            }
            continue;
        }
        // The state itself by its government ("the Gabonese government") is no two.
        let same = |d: &Draft| d.actor.kind == ActorKind::State && d.actor.state == of_state(hit, world);
        if !draft.is_some_and(same) {
            // Of "three Hezbollah members" the body is told by the draft itself.
            let body = named_body(doc, world, hits, hit);
            found.extend(body.filter(|d| !meant.contains(&(d.first, d.last))));
        }
    }
    // "The Thai army" is one with the state that its words name, which stands before it.
    found.sort_by_key(|d| (d.first, d.last));
    found.dedup_by(|a, b| (a.first, a.last) == (b.first, b.last));
    found
}

/// Whether a sort of people stands behind a post as whom it serves: "a spokesman for the rebels", "the army's commander".
fn serves(doc: &Document, hit: &Hit) -> bool {
    matches!(doc.tokens[doc.head_of(hit.first, hit.last)].relation, Relation::Nmod | Relation::NmodPoss)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{World, cast};
    use crate::language::{Analyser, Setting};

    #[test]
    fn whose_somebody_is_stands_within_his_words() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        for (text, within) in [
            ("The Turkish foreign minister met Chile's consul.", &["Turkish", "Chile"][..]),
            (
                "Peruvian President Ana Ruiz, the head of Chile's Coastal Union, spoke.",
                &["Peruvian", "Chile"],
            ),
            ("Colonel Ana Ruiz, a spokeswoman for the rebels, spoke.", &["the rebels"]),
            // The government is the state itself.
            ("The Gabonese government spoke.", &[]),
        ] {
            let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
            let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
            let found: Vec<&str> = cast.within.iter().map(|m| m.span.of(text)).collect();
            assert_eq!(found, within, "{text}");
            assert!(cast.mentions.iter().all(|m| !cast.within.contains(m)), "{text}");
        }
    }
}
