//! States, seats, named bodies, posts without a name and groups → drafts of mentions.

use crate::actors::actor::{Actor, ActorKind, Located, Rank, Sector, Settled};
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::{Hit, Hits, words};
use crate::actors::names::is_in_dateline;
use crate::actors::phrases::phrase;
use crate::actors::pointers::pointers;
use crate::actors::world::{Entry, Organisation, World};
use crate::language::{Document, Relation, Upos};

/// Finds every mention that is no named person and lies outside `taken` (token ranges, sorted).
pub(crate) fn bodies(
    doc: &Document,
    hits: &Hits,
    world: &World,
    taken: &[(usize, usize)],
    places: &[Located],
) -> Vec<Draft> {
    let is_taken = |i: usize| taken.iter().any(|&(first, last)| first <= i && i < last);
    let mut used = vec![false; doc.tokens.len()];
    let mut drafts = Vec::new();
    // Heads first and from the right, so that what modifies them is known to be used up.
    let nouns: Vec<&Hit> = hits.iter().filter(|h| !is_taken(h.first)).collect();
    for hit in nouns.into_iter().rev() {
        let is_noun =
            (hit.office().is_some() || hit.agent().is_some()) && !is_body_of_states(doc, world, hit);
        if is_noun
            && !used[hit.first]
            && !modifies_next(doc, hits, hit)
            && !is_third_party(doc, hit)
            && !is_deed(doc, hit)
        {
            let draft = phrase(doc, hits, world, hit, places, &is_taken, &mut used);
            drafts.push(draft);
        }
    }
    for hit in hits.iter().filter(|h| !is_taken(h.first) && !used[h.first]) {
        if let Some(draft) = named_body(doc, world, hits, hit) {
            drafts.push(draft);
        }
    }
    for hit in hits.iter().filter(|h| !is_taken(h.first)) {
        drafts.extend(sent_to(doc, world, hit).and_then(|state| named_body(doc, world, hits, &state)));
    }
    let mut pointers = pointers(doc, &is_taken, &used);
    for pointer in &mut pointers {
        // What the words say by themselves counts where there is nothing to point at.
        if let Some(own) = drafts.iter().find(|d| pointer.first <= d.first && d.last <= pointer.last) {
            pointer.actor = own.actor.clone();
        }
    }
    // "The two leaders" points back; it is no group of its own.
    drafts
        .retain(|d| !pointers.iter().any(|p| p.last > p.first + 1 && p.first <= d.first && d.last <= p.last));
    drafts.extend(pointers);
    drafts.sort_by_key(|d| (d.first, d.last));
    drafts
}

/// The state that an ambassador of the tables is sent to, "ambassador to | Israel": it is somebody itself.
fn sent_to(doc: &Document, world: &World, hit: &Hit) -> Option<Hit> {
    hit.office().filter(|&office| world.offices[office].rank == Rank::Ambassador)?;
    let to = (hit.first..hit.last).find(|&t| doc.form(t) == "to")?;
    let first = (to + 1..hit.last).find(|&t| doc.tokens[t].upos != Upos::Det)?;
    let mut entries = world.lookup_on(&words(doc, first, hit.last), None);
    entries.retain(|entry| matches!(entry, Entry::State(_)));
    (!entries.is_empty()).then_some(Hit { first, last: hit.last, entries })
}

/// Whether words that can also mean a body of any one state are the name of a body of states: "the Security Council" in
/// capitals, with nothing that says whose.
fn is_body_of_states(doc: &Document, world: &World, hit: &Hit) -> bool {
    let of_states = hit.organisation().is_some_and(|at| {
        let body = &world.organisations[at];
        body.state.is_none() && body.code.starts_with("IGO")
    });
    let capitals = (hit.first..hit.last).all(|t| doc.form(t).starts_with(char::is_uppercase));
    let before = hit.first.checked_sub(1).map(|t| doc.form(t).to_lowercase());
    of_states
        && capitals
        && hit.agent().is_some()
        && before.as_deref() == Some("the")
        && (hit.last == doc.tokens.len() || doc.form(hit.last) != "of")
}

/// Whether a single word that can mean people is a verb here: "suspects", "to host".
fn is_deed(doc: &Document, hit: &Hit) -> bool {
    hit.last == hit.first + 1 && doc.tokens[hit.first].upos == Upos::Verb
}

/// Whether "party" is any third one, and nobody in particular.
fn is_third_party(doc: &Document, hit: &Hit) -> bool {
    let before = |t: usize| doc.form(t).eq_ignore_ascii_case("third");
    doc.tokens[hit.last - 1].lemma == "party"
        && hit.first > doc.sentence_of(hit.first).first
        && (before(hit.first - 1) || doc.form(hit.first - 1) == "-" && before(hit.first.saturating_sub(2)))
}

/// Whether a noun only modifies the noun after it ("army base", "government officials").
fn modifies_next(doc: &Document, hits: &Hits, hit: &Hit) -> bool {
    let next_is_head = hits.starting(hit.last).is_some_and(|n| n.agent().is_some() || n.office().is_some());
    let last = &doc.tokens[hit.last - 1];
    next_is_head
        || (matches!(last.relation, Relation::Compound | Relation::Amod)
            && last.head.is_some_and(|head| head >= hit.last)
            && last.upos != Upos::Verb)
}

/// The state that a phrase names or belongs to.
pub(crate) fn of_state(hit: &Hit, world: &World) -> Option<String> {
    hit.meaning(|e| match e {
        Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) | Entry::Seat(at, ..) => {
            Some(world.states[at].iso3.clone())
        }
        _ => None,
    })
}

/// A state, a seat or a named body.
pub(crate) fn named_body(doc: &Document, world: &World, hits: &Hits, hit: &Hit) -> Option<Draft> {
    let head = doc.head_of(hit.first, hit.last);
    let located = is_located(doc, head) || is_in_dateline(doc, hit.first);
    let mut entries =
        hit.entries.iter().copied().filter(|e| !matches!(e, Entry::Office(_) | Entry::Agent(_)));
    let seat = if located { None } else { seat_of_a_body(hits, hit) };
    let entry = seat.or_else(|| entries.next())?;
    let words = words(doc, hit.first, hit.last);
    let draft = |kind, name: String, state: Option<String>, sector, code: String, place, rule: &str| Draft {
        first: hit.first,
        last: hit.last,
        head,
        actor: Actor {
            kind,
            name,
            state,
            code,
            sector,
            post: None,
            wikidata: None,
            settled: vec![Settled { rule: rule.into(), by: words.clone() }],
        },
        refers: Refers::Itself,
        place,
        of_each: Vec::new(),
    };
    Some(match entry {
        Entry::State(at) | Entry::Demonym(at) => {
            let state = &world.states[at];
            draft(
                ActorKind::State,
                state.name.clone(),
                Some(state.iso3.clone()),
                None,
                String::new(),
                located,
                "name of a state",
            )
        }
        Entry::Capital(at) => {
            let state = &world.states[at];
            draft(
                ActorKind::State,
                state.name.clone(),
                Some(state.iso3.clone()),
                Some(Sector::Gov),
                String::new(),
                located,
                "capital for its government",
            )
        }
        Entry::Seat(at, sector, is_place) => {
            let state = &world.states[at];
            draft(
                ActorKind::State,
                state.name.clone(),
                Some(state.iso3.clone()),
                sector,
                String::new(),
                is_place && located,
                if sector.is_some() { "seat for those who sit there" } else { PART },
            )
        }
        Entry::Organisation(at) => {
            let body = &world.organisations[at];
            let kind = if body.kind == "bloc" { ActorKind::Bloc } else { ActorKind::Organisation };
            let sector = sector_of(body);
            let whole = draft(
                kind,
                body.name.clone(),
                body.state.clone(),
                sector,
                body.code.clone(),
                // What holds a land of its own is also where that is.
                body.kind == "territory" && located,
                "name of a body",
            );
            members(doc, hit, &whole).unwrap_or(whole)
        }
        Entry::Office(_) | Entry::Agent(_) => return None,
    })
}

/// The rule by which a part of a state, "Gaza", "Scotland", stands for it.
pub(crate) const PART: &str = "part of a state";

/// Those of a body who are spoken of rather than the body as a whole: "four Taliban members", "members of Hezbollah".
fn members(doc: &Document, hit: &Hit, whole: &Draft) -> Option<Draft> {
    let sentence = doc.sentence_of(hit.first);
    let is_member = |t: usize| doc.tokens[t].lemma == "member" && doc.tokens[t].upos == Upos::Noun;
    let behind = Some(hit.last).filter(|&t| t < sentence.last && is_member(t));
    let before = || {
        let mut at = hit.first;
        while at > sentence.first && doc.tokens[at - 1].upos == Upos::Det {
            at -= 1;
        }
        (at >= sentence.first + 2 && doc.form(at - 1) == "of").then(|| at - 2).filter(|&t| is_member(t))
    };
    let head = behind.or_else(before)?;
    let mut first = head.min(hit.first);
    while first > sentence.first && matches!(doc.tokens[first - 1].upos, Upos::Adj | Upos::Num | Upos::Det) {
        first -= 1;
    }
    let last = hit.last.max(head + 1);
    let name = words(doc, first, last);
    let actor = Actor { kind: ActorKind::Group, name, ..whole.actor.clone() };
    Some(Draft { first, last, head, actor, ..whole.clone() })
}

/// The body of states that a capital stands for: "Brussels" on a page that does not speak of Belgium; of two that sit there, the
/// one that the page speaks of.
fn seat_of_a_body(hits: &Hits, hit: &Hit) -> Option<Entry> {
    let capital = hit.meaning(|e| if let Entry::Capital(at) = e { Some(at) } else { None })?;
    let of_state = hits.iter().any(|h| {
        h.entries.iter().any(|e| matches!(e, Entry::State(at) | Entry::Demonym(at) if *at == capital))
    });
    let spoken =
        |body: usize| hits.iter().filter(|h| h.organisation() == Some(body) && h.state().is_none()).count();
    let bodies =
        hit.entries.iter().filter_map(|e| if let Entry::Organisation(at) = e { Some(*at) } else { None });
    let most = bodies.rev().max_by_key(|&body| spoken(body))?;
    (!of_state).then_some(Entry::Organisation(most))
}

/// The sector that a body's code tells; a bank of states is a body of states before it is a business.
pub(crate) fn sector_of(body: &Organisation) -> Option<Sector> {
    let of_states = Sector::parse(body.code.get(..3)?).filter(|&s| s == Sector::Igo);
    let within = body.code.get(3..6).and_then(Sector::parse);
    within.filter(|s| of_states.is_none() || s.is_a_states()).or_else(|| Sector::parse(body.code.get(..3)?))
}

/// Whether the words stand in a place: "in Islamabad", "near the border of Iran".
fn is_located(doc: &Document, head: usize) -> bool {
    doc.children(head).any(|c| {
        doc.tokens[c].relation == Relation::Case
            && matches!(
                doc.tokens[c].lemma.as_str(),
                "in" | "at" | "near" | "inside" | "within" | "across" | "outside" | "around" | "throughout"
            )
    })
}
