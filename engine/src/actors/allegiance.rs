//! Whom an official serves whose state no word beside the name says: what stands in view, else the page's own state.

use std::collections::BTreeMap;

use crate::actors::actor::{ActorKind, Cast, Rank, Sector};
use crate::actors::bodies::PART;
use crate::actors::chains::is_side;
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::words;
use crate::actors::persons::Named;
use crate::language::{Document, Register, Relation, Upos};

/// The state of what stands in view where `named` is first named, and the words that say it: the place that opens the
/// sentence ("In Tehran, Foreign Ministry spokesman …"), or, for those who speak for a body, the body named last before.
pub(crate) fn in_view(
    doc: &Document,
    named: &Named,
    rank: Option<Rank>,
    drafts: &[Draft],
) -> Option<(String, String)> {
    let sentence = *doc.sentence_of(named.first);
    let said = |d: &Draft| Some((d.actor.state.clone()?, words(doc, d.first, d.last)));
    let opens = doc.form(sentence.first).eq_ignore_ascii_case("in");
    let place = drafts
        .iter()
        .find(|d| d.actor.kind == ActorKind::State && d.first == sentence.first + 1 && d.last <= named.first);
    if let Some(place) = place.filter(|_| opens) {
        return said(place);
    }
    let speaks_for_a_body = matches!(rank, Some(Rank::Spokesperson | Rank::Official | Rank::Diplomat));
    let before = doc.sentence_before(named.first);
    let reach = before.map_or(sentence.first, |s| s.first);
    let body = drafts.iter().rfind(|d| {
        d.refers == Refers::Itself
            && reach <= d.first
            && d.last <= named.first
            && d.actor.kind == ActorKind::Organisation
            && d.actor.state.is_some()
            && is_side(&d.actor)
    });
    body.filter(|_| speaks_for_a_body).and_then(said)
}

/// The state of what stands between commas behind a name and says who that is: "Colonel X, an Indian army officer, said …".
pub(crate) fn apposed(doc: &Document, named: &Named, drafts: &[Draft]) -> Option<(String, String)> {
    let who = description(doc, named, drafts)?;
    Some((who.actor.state.clone()?, words(doc, who.first, who.last)))
}

/// What stands between commas behind a name and says who that is.
pub(crate) fn description<'d>(doc: &Document, named: &Named, drafts: &'d [Draft]) -> Option<&'d Draft> {
    let last = doc.sentence_of(named.first).last;
    let opens = |t: usize| matches!(doc.form(t).to_lowercase().as_str(), "a" | "an" | "the");
    let behind = named.last + 1 < last && doc.form(named.last) == "," && opens(named.last + 1);
    if !behind {
        return None;
    }
    let from = drafts.partition_point(|d| d.first <= named.last);
    drafts[from..].iter().take_while(|d| d.first <= named.last + 2).find(|d| {
        matches!(d.actor.kind, ActorKind::Office | ActorKind::Organisation)
            && d.last < last
            && matches!(doc.form(d.last), "," | "." | ";" | "who")
    })
}

/// The state of a place in the sentence that first names someone ("… told reporters in Moscow").
pub(crate) fn place_beside(doc: &Document, named: &Named, drafts: &[Draft]) -> Option<String> {
    let sentence = doc.sentence_of(named.first);
    let here = |d: &&Draft| d.place && sentence.first <= d.first && d.last <= sentence.last;
    drafts.iter().find(here).and_then(|d| d.actor.state.clone())
}

/// Whether the person of `named` comes from elsewhere to the place of his sentence: "X arrived in Lima".
pub(crate) fn arrives(doc: &Document, named: &Named) -> bool {
    const ARRIVALS: [&str; 6] = ["arrive", "fly", "jet", "land", "travel", "visit"];
    let head = doc.head_of(named.first, named.name_last);
    doc.tokens[head].relation == Relation::Nsubj
        && doc.tokens[head].head.is_some_and(|verb| ARRIVALS.contains(&doc.tokens[verb].lemma.as_str()))
}

/// The state whose office signs the page: a line without a verb near its top that names a ministry or a government.
pub(crate) fn issuer(doc: &Document, drafts: &[Draft]) -> Option<String> {
    let top = doc.sentences.iter().take(4).filter(|s| s.register == Register::Prose);
    let mut signatures = top.filter(|s| {
        let verb = |t: usize| matches!(doc.tokens[t].upos, Upos::Verb | Upos::Aux);
        s.last - s.first <= 16 && !(s.first..s.last).any(verb)
    });
    signatures.find_map(|s| {
        let here = || drafts.iter().filter(|d| s.first <= d.first && d.last <= s.last && !d.place);
        let office = here().find(|d| {
            d.actor.kind == ActorKind::Organisation
                && matches!(d.actor.sector, Some(Sector::Gov | Sector::Mil))
        })?;
        let named = || here().find(|d| d.actor.kind == ActorKind::State).and_then(|d| d.actor.state.clone());
        office.actor.state.clone().or_else(named)
    })
}

/// The state whose officials the page names without saying so. News says whose minister someone is unless he is its own: so
/// the states of persons whom only the tables place (`unsaid`) and a dateline's capital speak for home.
pub(crate) fn home(doc: &Document, unsaid: &[&str], named: &[Named], drafts: &[Draft]) -> Option<String> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for state in unsaid {
        *votes.entry(state).or_default() += 2;
    }
    for draft in drafts.iter().filter(|d| d.actor.kind == ActorKind::State && opens_dateline(doc, d)) {
        if let Some(state) = draft.actor.state.as_deref() {
            *votes.entry(state).or_default() += 1;
        }
    }
    let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
    // Ground is not spoken of as a side is: "the future of Gaza".
    let ground = |d: &Draft| d.actor.settled.iter().any(|s| s.rule == PART);
    let sides = drafts.iter().filter(|d| !ground(d) && is_side(&d.actor));
    for state in sides.filter_map(|d| d.actor.state.as_deref()) {
        *spoken.entry(state).or_default() += 1;
    }
    // Of a page's own state it speaks as often as of another.
    let most = spoken.values().max().copied().unwrap_or_default();
    let at_home = |state: &String| spoken.get(state.as_str()).copied().unwrap_or_default() * 2 >= most;
    majority(&votes).filter(at_home).or_else(|| promised(doc, named, drafts)).or_else(|| {
        // Nobody is known. On a page about two states, the one whose officials it never has to explain.
        let explained: Vec<&str> =
            named.iter().filter(|n| n.post.is_some()).filter_map(|n| n.state.as_deref()).collect();
        let all: usize = spoken.values().sum();
        let mut ranked: Vec<(usize, &str)> = spoken.iter().map(|(state, count)| (*count, *state)).collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.truncate(2);
        let of_two = ranked.len() == 2 && (ranked[0].0 + ranked[1].0) * 5 >= all * 4;
        spoken.retain(|state, count| {
            *count > 1 && !explained.contains(state) && ranked.iter().any(|(_, s)| s == state)
        });
        if of_two { only_highest(&spoken) } else { None }
    })
}

/// The one state for which officials without a state say what it will do: "the minister announced that Finland will …".
fn promised(doc: &Document, named: &[Named], drafts: &[Draft]) -> Option<String> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for draft in drafts.iter().filter(|d| d.actor.kind == ActorKind::State && !d.place) {
        let Some(state) = draft.actor.state.as_deref() else { continue };
        let verb = doc.tokens[draft.head].head.filter(|_| doc.tokens[draft.head].relation == Relation::Nsubj);
        let Some(verb) = verb.filter(|&v| doc.tokens[v].relation == Relation::Ccomp) else { continue };
        let will = |c: usize| {
            doc.tokens[c].relation == Relation::Aux
                && matches!(doc.tokens[c].lemma.as_str(), "will" | "would")
        };
        let speaker = |c: usize| {
            doc.tokens[c].relation == Relation::Nsubj
                && named.iter().any(|n| n.first <= c && c < n.last && n.post.is_some() && n.state.is_none())
        };
        let says = doc.tokens[verb].head.is_some_and(|says| doc.children(says).any(speaker));
        if says && doc.children(verb).any(will) {
            *votes.entry(state).or_default() += 1;
        }
    }
    only_highest(&votes)
}

/// Police, workers, farmers, parties and an opposition whose state no word says are those of the only state that their
/// sentence names: news tells of them at home.
pub(crate) fn at_home(doc: &Document, cast: &mut Cast) {
    let mut first_named = vec![None; cast.actors.len()];
    for mention in &cast.mentions {
        for &actor in &mention.actors {
            first_named[actor].get_or_insert(mention.head);
        }
    }
    for (actor, head) in first_named.into_iter().enumerate() {
        let domestic = matches!(
            cast.actors[actor].sector,
            Some(Sector::Agr | Sector::Cop | Sector::Lab | Sector::Opp | Sector::Pty)
        );
        let unsettled = cast.actors[actor].state.is_none() && cast.actors[actor].code.len() <= 3;
        let Some(head) = head.filter(|_| domestic && unsettled) else { continue };
        let span = doc.sentence_of(head).span;
        // Both lists are in order of text.
        let mentions = cast.mentions.partition_point(|m| m.span.start < span.start);
        let places = cast.places.partition_point(|p| p.span.start < span.start);
        let mut states: Vec<&str> = cast.mentions[mentions..]
            .iter()
            .take_while(|m| m.span.start < span.end)
            .flat_map(|m| &m.actors)
            .filter_map(|&a| cast.actors[a].state.as_deref())
            .chain(
                cast.places[places..]
                    .iter()
                    .take_while(|p| p.span.start < span.end)
                    .filter_map(|p| p.state.as_deref()),
            )
            .collect();
        states.sort_unstable();
        states.dedup();
        if let [only] = *states.as_slice() {
            let only = only.to_owned();
            cast.actors[actor].serve(only.clone(), "only state in its sentence", only);
        }
    }
}

/// "Fighters loyal to X" are of the side of X.
pub(crate) fn loyal(doc: &Document, cast: &mut Cast) {
    for mention in &cast.mentions {
        let [actor] = *mention.actors.as_slice() else { continue };
        let unsaid = cast.actors[actor].state.is_none() && cast.actors[actor].code.len() <= 3;
        if !unsaid || cast.actors[actor].kind != ActorKind::Group {
            continue;
        }
        let loyal = doc.children(mention.head).find(|&c| doc.tokens[c].lemma == "loyal");
        let Some(to) = loyal.and_then(|l| doc.children(l).find(|&c| doc.tokens[c].relation == Relation::Obl))
        else {
            continue;
        };
        let from = cast.mentions.partition_point(|m| m.first < mention.first);
        let near = cast.mentions[from..].iter().take_while(|m| m.first <= to);
        let whose = near.filter(|m| to < m.last).find_map(|m| cast.actors[*m.actors.first()?].state.clone());
        if let Some(state) = whose {
            cast.actors[actor].serve(state.clone(), "state of whom they are loyal to", state);
        }
    }
}

/// A province without a name ("the same governorate") lies in the state of the place named last before it.
pub(crate) fn in_province(cast: &mut Cast) {
    for mention in &cast.mentions {
        let [actor] = *mention.actors.as_slice() else { continue };
        let name = cast.actors[actor].name.to_lowercase();
        let province = name.rsplit(' ').next().is_some_and(|noun| PROVINCES.contains(&noun));
        let unsaid = cast.actors[actor].state.is_none() && cast.actors[actor].code.len() <= 3;
        if !(province && unsaid) {
            continue;
        }
        let behind = cast.places.partition_point(|p| p.span.start < mention.span.start);
        if let Some(place) = cast.places[..behind].iter().rev().find(|p| p.state.is_some()) {
            let state = place.state.clone().unwrap_or_default();
            cast.actors[actor].serve(state.clone(), "state of the place named before", state);
        }
    }
}

/// Parts of a state that news points back at without naming them again.
const PROVINCES: &[&str] = &["governorate", "municipality", "prefecture", "province"];

/// Whether a mention is the place of a dateline: it opens its sentence, which a dash or colon closes, or follows closely.
fn opens_dateline(doc: &Document, draft: &Draft) -> bool {
    let sentence = doc.sentence_of(draft.first);
    let mark = |t: usize| matches!(doc.form(t), "—" | "–" | "--" | "-" | ":");
    draft.first == sentence.first
        && (mark(sentence.last - 1)
            || (draft.last..sentence.last.min(draft.last + 5))
                .find(|&t| doc.tokens[t].upos == Upos::Punct && !matches!(doc.form(t), "(" | ")"))
                .is_some_and(|t| mark(t) && doc.form(t) != "-"))
}

/// The key that has more than half of all votes: a page that names ministers of several states without saying whose they
/// are is at home in none.
fn majority(votes: &BTreeMap<&str, usize>) -> Option<String> {
    let all: usize = votes.values().sum();
    votes.iter().find(|&(_, &count)| count * 2 > all).map(|(state, _)| (*state).to_owned())
}

/// The key of the highest count, unless two share it.
fn only_highest(votes: &BTreeMap<&str, usize>) -> Option<String> {
    let best = votes.values().max().copied()?;
    let mut leaders = votes.iter().filter(|(_, v)| **v == best).map(|(s, _)| *s);
    let first = leaders.next()?;
    leaders.next().is_none().then(|| first.to_owned())
}
