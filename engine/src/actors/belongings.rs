//! Whose things are: nouns that mention nobody themselves → the mention whose thing they are ("China's exports", "a
//! Georgian cargo plane", "the rebel-held town", "a request by Ankara").

use crate::actors::actor::{Belonging, Cast};
use crate::language::{Document, Relation, Upos};

/// Every thing of somebody's in `doc`, in order of text.
pub(crate) fn belongings(doc: &Document, cast: &Cast) -> Vec<Belonging> {
    let mut mentioned = vec![false; doc.tokens.len()];
    for mention in &cast.mentions {
        mentioned[mention.first..mention.last].fill(true);
    }
    let mut found: Vec<Belonging> = Vec::new();
    for (owner, mention) in cast.mentions.iter().enumerate() {
        let Some((thing, path)) = thing_of(doc, mention.head, mention.place) else { continue };
        if mentioned[thing] {
            continue;
        }
        found.push(Belonging { head: thing, owner, path });
    }
    found.sort_by_key(|b| (b.head, b.owner));
    found
}

/// The noun whose owner stands at `token`, and the way from it there.
fn thing_of(doc: &Document, token: usize, place: bool) -> Option<(usize, String)> {
    let (own, label) = (&doc.tokens[token], doc.tokens[token].relation);
    let head = own.head?;
    let noun = |t: usize| matches!(doc.tokens[t].upos, Upos::Noun | Upos::Propn);
    match label {
        // "The rebel-held town": held by rebels.
        Relation::Compound | Relation::Obl | Relation::NmodDesc | Relation::Nsubj | Relation::Amod
            if doc.tokens[head].upos != Upos::Noun && HELD.contains(&doc.tokens[head].lemma.as_str()) =>
        {
            let thing = doc.tokens[head].head.filter(|&t| noun(t) && t > head)?;
            (doc.tokens[head].relation == Relation::Amod && head > token)
                .then(|| (thing, format!(">{}>{label}", doc.tokens[head].relation)))
        }
        Relation::NmodPoss | Relation::Compound | Relation::Amod | Relation::NmodDesc => {
            noun(head).then(|| (named(doc, head), format!(">{label}")))
        }
        Relation::Nmod => {
            let owns = match doc.preposition(token)?.as_str() {
                "of" | "by" | "against" => true,
                // "The border with Chad".
                "with" => BORDERS.contains(&doc.tokens[head].lemma.as_str()),
                // An army camp in Mali is Mali's; what else happens or is there need not be.
                "in" | "near" | "on" => place && GROUND.contains(&doc.tokens[head].lemma.as_str()),
                _ => false,
            };
            (owns && noun(head)).then(|| (head, format!(">{label}")))
        }
        _ => None,
    }
}

/// The thing that noun `t` only modifies, or `t` itself: "Syrian government | shelling".
fn named(doc: &Document, mut t: usize) -> usize {
    while doc.tokens[t].relation == Relation::Compound
        && let Some(head) = doc.tokens[t].head.filter(|&head| head > t && doc.tokens[head].upos == Upos::Noun)
    {
        t = head;
    }
    t
}

/// Whether the place at `token` says where something stands that is attacked or visited there: "a depot west of | Homs".
pub(crate) fn is_ground(doc: &Document, token: usize) -> bool {
    let above = |t: usize| doc.tokens[t].head.filter(|&h| doc.tokens[h].upos == Upos::Noun);
    let lemma = |t: usize| doc.tokens[t].lemma.as_str();
    let Some(head) = above(token) else { return false };
    let noun = if DIRECTIONS.contains(&lemma(head)) { above(head) } else { Some(head) };
    noun.is_some_and(|noun| GROUND.contains(&lemma(noun)))
}

/// Words that look away from a place.
pub(crate) const DIRECTIONS: &[&str] =
    &["east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west"];

/// What parts two states.
const BORDERS: &[&str] = &["border", "boundary", "frontier"];

/// How somebody holds a place.
const HELD: &[&str] =
    &["administer", "back", "control", "dominate", "hold", "lead", "occupy", "own", "rule", "run"];

/// What stands on the ground of a state and is attacked, shelled or visited there.
const GROUND: &[&str] = &[
    "airbase",
    "airfield",
    "airport",
    "area",
    "arsenal",
    "barracks",
    "base",
    "bridge",
    "building",
    "bunker",
    "camp",
    "checkpoint",
    "city",
    "compound",
    "depot",
    "district",
    "enclave",
    "facility",
    "factory",
    "headquarters",
    "hospital",
    "house",
    "market",
    "mission",
    "mosque",
    "outpost",
    "plant",
    "port",
    "position",
    "post",
    "province",
    "radar",
    "refinery",
    "region",
    "school",
    "settlement",
    "site",
    "station",
    "store",
    "stronghold",
    "territory",
    "town",
    "village",
    "warehouse",
    "workshop",
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::actors::{World, cast};
    use crate::language::{Analyser, Setting};

    #[test]
    fn things_have_owners() {
        let (analyser, world) = (Analyser::new(), World::shipped());
        for (text, thing, owner) in [
            ("Norway seized a Georgian cargo plane on Monday.", "plane", Some("GEO")),
            ("Norway lifted its tariffs on Peru's exports.", "exports", Some("PER")),
            ("Norway rejected a request by Peru.", "request", Some("PER")),
            ("The airfield in Mali was shelled by militants.", "airfield", Some("MLI")),
            ("Norway condemned an attack in Mali.", "attack", None),
        ] {
            let doc = analyser.analyse(text, &[], Setting::on(Some(date(2024, 1, 2))));
            let cast = cast(&doc, &world, Some(date(2024, 1, 2)), None);
            let found = cast.belongings.iter().find(|b| doc.form(b.head) == thing);
            let state = found.and_then(|b| {
                let actor = *cast.mentions[b.owner].actors.first()?;
                cast.actors[actor].state.as_deref()
            });
            assert_eq!(state, owner, "{text}");
        }
    }
}
