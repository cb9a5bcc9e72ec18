//! A draft → the actor of the page that it means by its own words: whoever holds the post, the state, the body of that name.

use crate::actors::actor::{Actor, ActorKind, Manner, Sector, Settled};
use crate::actors::chains::code;
use crate::actors::draft::Draft;
use crate::actors::person::Person;
use crate::actors::persons::Named;
use crate::actors::ranks;
use crate::actors::world::World;
use crate::language::Document;

/// The person on the page whom a title alone means: the last one before it who holds the post, else the first after it.
pub(crate) fn title_holder(
    draft: &Draft,
    persons: &[Person],
    named: &[Named],
    of_named: &[usize],
    home: Option<&str>,
) -> Option<usize> {
    let post = draft.actor.post.as_ref()?;
    let last_word = |title: &str| title.rsplit(' ').next().unwrap_or("").to_lowercase();
    let holds = |&(_, &p): &(&Named, &usize)| {
        let person = &persons[p];
        let Some(held) = &person.post else { return false };
        let states_agree = match (draft.actor.state.as_deref(), person.state.as_deref()) {
            (Some(a), Some(b)) => a == b,
            // "The Armenian minister" on a page that has not said whose Minister X is, and knows no other.
            (Some(a), None) => {
                home == Some(a)
                    || !persons.iter().any(|other| {
                        other.state.as_deref() == Some(a)
                            && other.post.as_ref().is_some_and(|p| p.office == held.office)
                    })
            }
            _ => true,
        };
        let former = held.manner.contains(&Manner::Former) != post.manner.contains(&Manner::Former);
        let title = post.title.to_lowercase();
        let of_rank =
            ranks::of_title(&title).zip(held.rank).is_some_and(|(ranks, rank)| ranks.contains(&rank));
        let general = !title.contains(' ') && (last_word(&held.title) == title || of_rank);
        states_agree && !former && (held.office == post.office || general)
    };
    let pairs = || named.iter().zip(of_named);
    pairs()
        .filter(|(n, _)| n.first < draft.first)
        .rfind(holds)
        .or_else(|| pairs().find(holds))
        .map(|(_, &p)| p)
}

/// The person by whose name "a Somali minister" is called later: "The minister, X, …", before any other minister is spoken of.
pub(crate) fn introduced(draft: &Draft, doc: &Document, named: &[Named]) -> Option<usize> {
    const SENTENCES: usize = 3;
    if draft.actor.kind != ActorKind::Office {
        return None;
    }
    let title = draft.actor.post.as_ref()?.title.to_lowercase();
    let noun = title.rsplit(' ').next()?;
    let from = named.partition_point(|n| n.first < draft.last);
    let mut reach = doc.sentence_of(draft.first).last;
    for _ in 0..SENTENCES {
        reach = if reach < doc.tokens.len() { doc.sentence_of(reach).last } else { reach };
    }
    let mut same = (from..named.len())
        .take_while(|&at| named[at].first < reach)
        .filter(|&at| named[at].post.as_ref().is_some_and(|post| post.title.to_lowercase().ends_with(noun)));
    let first = same.next()?;
    let person = &named[first];
    let definite = doc.form(person.first).eq_ignore_ascii_case("the")
        || person.first > 0 && doc.form(person.first - 1).eq_ignore_ascii_case("the");
    let closes = person.name_first > 0 && doc.form(person.name_first - 1) == ",";
    let side = person.state.is_none() || person.state == draft.actor.state;
    (definite && closes && side).then_some(first)
}

/// The one who holds the post of `office` for its state: whoever is known so far, else the office itself.
pub(crate) fn holder_of(actors: &mut Vec<Actor>, office: Actor) -> usize {
    let same = |a: &Actor| {
        let Some((held, asked)) = a.post.as_ref().zip(office.post.as_ref()) else { return false };
        // "The ministers from Delhi and Canberra": a bare word is any post that ends in it.
        let title = held.title.to_lowercase();
        let bare = title.rsplit(' ').next() == Some(asked.title.as_str());
        matches!(a.kind, ActorKind::Person | ActorKind::Office)
            && a.state == office.state
            && (held.office == asked.office || bare)
    };
    if let Some(at) = actors.iter().position(same) {
        return at;
    }
    actors.push(office);
    actors.len() - 1
}

/// Gives someone the state that a title of his says elsewhere on the page, where none was known or the page's own was only
/// a guess.
pub(crate) fn tell_state(actor: &mut Actor, title: &Draft) {
    let open = actor.state.is_none() || actor.is_guessed();
    let Some(state) = title.actor.state.clone().filter(|_| open) else { return };
    actor.serve(state, "state in a title elsewhere", title.actor.name.clone());
}

/// Whether an actor is a whole state, which acts under its own name, its capital's and its government's.
fn is_whole(a: &Actor) -> bool {
    a.kind == ActorKind::State && matches!(a.sector, None | Some(Sector::Gov))
}

/// The actor of a state by its code.
pub(crate) fn state_actor(actors: &mut Vec<Actor>, iso3: &str, world: &World) -> usize {
    let of_iso3 = |a: &Actor| is_whole(a) && a.state.as_deref() == Some(iso3);
    if let Some(at) = actors.iter().position(of_iso3) {
        return at;
    }
    actors.push(Actor {
        kind: ActorKind::State,
        name: world.state(iso3).map_or(iso3, |s| s.name.as_str()).to_owned(),
        state: Some(iso3.to_owned()),
        code: iso3.to_owned(),
        sector: None,
        post: None,
        wikidata: None,
        settled: vec![Settled { rule: "side in view".into(), by: iso3.to_owned() }],
    });
    actors.len() - 1
}

/// The actor that a draft of its own names, joined with earlier mentions of the same.
pub(crate) fn same_body(actors: &mut Vec<Actor>, draft: &Draft, home: Option<&str>) -> usize {
    let mut actor = draft.actor.clone();
    let domestic = actor.sector.is_some_and(Sector::is_a_states);
    let definite = actor.kind == ActorKind::Office
        || actor.kind == ActorKind::Organisation
            && (actor.name.starts_with("the ")
                || actor.name.starts_with("The ")
                || !actor.code.is_empty()
                || actor.name.starts_with(char::is_uppercase));
    if actor.state.is_none()
        && domestic
        && definite
        && !actor.code.starts_with("IGO")
        // "Western states" are of no one state.
        && actor.code.len() <= 3
        && let Some(home) = home
    {
        actor.state = Some(home.to_owned());
        actor.settled.push(Settled { rule: "the page's own state".into(), by: home.to_owned() });
        actor.code.clear();
    }
    if actor.code.is_empty() {
        actor.code = code(actor.state.as_deref(), actor.sector);
    }
    let same = |a: &Actor| {
        a.kind == actor.kind
            && a.state == actor.state
            && (a.sector == actor.sector || is_whole(a) && is_whole(&actor))
            && (a.kind == ActorKind::State
                || bare(&a.name) == bare(&actor.name)
                || (a.kind == ActorKind::Office
                    && a.post.as_ref().map(|p| &p.office) == actor.post.as_ref().map(|p| &p.office)))
    };
    if let Some(at) = actors.iter().position(same) {
        return at;
    }
    if let Some(at) = cut_short(actors, &draft.actor) {
        return at;
    }
    actors.push(actor);
    actors.len() - 1
}

/// The body named before whose name ends in the words of `short`: "the Security Council" behind "the UN Security Council".
fn cut_short(actors: &[Actor], short: &Actor) -> Option<usize> {
    let name = short.name.strip_prefix("the ").or_else(|| short.name.strip_prefix("The "))?;
    let proper = name.contains(' ') && name.split(' ').all(|word| word.starts_with(char::is_uppercase));
    let ends = |a: &Actor| a.name.strip_suffix(name).is_some_and(|front| front.ends_with(' '));
    if !proper || short.kind != ActorKind::Organisation || short.state.is_some() {
        return None;
    }
    actors.iter().rposition(|a| matches!(a.kind, ActorKind::Organisation | ActorKind::Bloc) && ends(a))
}

/// A name without its article, lower case.
fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}
