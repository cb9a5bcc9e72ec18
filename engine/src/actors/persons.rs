//! Names and the words around them → persons with the posts that the page gives them.
//!
//! Titles stand before a name ("Caretaker Foreign Minister Jalil Abbas Jilani"), posts after it between commas ("Victoria
//! Nuland, Deputy Secretary of State, …"). Both are read off the words beside the name, not off the parse: lists in
//! which commas part people from posts and from each other are what parsers get wrong.

mod behind;

use crate::actors::actor::{Manner, Post, Rank, Sector};
use crate::actors::hits::{Hit, Hits, words};
use crate::actors::lists::share_titles;
use crate::actors::names::names;
use crate::actors::world::{Entry, Office, World};
use crate::language::{Document, Relation, Upos};
use crate::text::Span;

use behind::{clause_after, post_after, side_after};

/// A person's name in the text with the post that the words beside it give.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// First token, title included.
    pub(crate) first: usize,
    /// One past the last token, post included.
    pub(crate) last: usize,
    /// First token of the name itself.
    pub(crate) name_first: usize,
    /// One past the last token of the name itself.
    pub(crate) name_last: usize,
    /// The name, without titles.
    pub(crate) name: String,
    /// The post.
    pub(crate) post: Option<Post>,
    /// Row of the office that the post is, if it is one.
    pub(crate) office: Option<usize>,
    /// ISO3 of the state that title or post names as the one served.
    pub(crate) state: Option<String>,
    /// The words that say the state.
    pub(crate) state_words: Option<String>,
    /// Of what sort the named body is that he heads or works at, if no state's: "a director at the Grantham Institute".
    pub(crate) house: Option<Sector>,
    /// What he is by trade, where a noun that is no post stands before the name: "Imam X", "the journalist X".
    pub(crate) trade: Option<Sector>,
    /// Whether a form of address says that it is a woman, or that it is none: "Mrs", "Mr".
    pub(crate) woman: Option<bool>,
    /// CAMEO code of the international body that title or post names as the one served.
    pub(crate) body: Option<String>,
}

/// Finds every named person.
pub(crate) fn persons(doc: &Document, hits: &Hits, world: &World) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for (first, last) in names(doc, hits, world) {
        let taken = found.last().map_or(0, |n| n.last);
        if first < taken {
            continue;
        }
        let mut named = Named {
            first,
            last,
            name_first: first,
            name_last: last,
            name: words(doc, first, last),
            post: None,
            office: None,
            state: None,
            state_words: None,
            woman: None,
            trade: None,
            house: None,
            body: None,
        };
        title_before(&mut named, doc, hits, world, taken);
        // "Presidents X of Peru and Y of Chile": one title for all.
        let in_list = found.last().is_some_and(|before| {
            let between = before.last..first;
            (before.post.is_some() || before.state.is_some())
                && before.last > before.name_last
                && between.len() == 1
                && between.clone().all(|t| matches!(doc.form(t), "," | "and" | "&"))
        });
        if named.office.is_some() || in_list {
            side_after(&mut named, doc, hits, world);
        }
        post_after(&mut named, doc, hits, world);
        clause_after(&mut named, doc, hits, world);
        found.push(named);
    }
    share_titles(doc, hits, world, &mut found);
    found
}

/// Words that say how a post is held.
pub(crate) fn manner(word: &str) -> Option<Manner> {
    Some(match word.to_lowercase().as_str() {
        "acting" | "ad-interim" => Manner::Acting,
        "caretaker" | "interim" | "transitional" => Manner::Caretaker,
        "deputy" | "vice" => Manner::Deputy,
        "elect" | "designate" | "incoming" => Manner::Elect,
        "former" | "ex" | "late" | "onetime" | "erstwhile" => Manner::Former,
        "retired" => Manner::Retired,
        _ => return None,
    })
}

/// Adjectives that stand in titles and say nothing of the post.
pub(crate) fn is_filler(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "top"
            | "senior"
            | "newly"
            | "appointed"
            | "visiting"
            | "outgoing"
            | "new"
            | "chief"
            | "special"
            | "then"
            | "-"
    )
}

/// Forms of address that stand between a title and a name.
pub(crate) fn is_address(word: &str) -> bool {
    matches!(
        word.trim_end_matches('.').to_lowercase().as_str(),
        "mr" | "mrs"
            | "ms"
            | "miss"
            | "dr"
            | "prof"
            | "sir"
            | "dame"
            | "lord"
            | "lady"
            | "sheikh"
            | "hon"
            | "h.e"
            | "honourable"
            | "honorable"
    )
}

/// The noun for a sort of people before a name at token `at` that the parser ties to it: "the journalist | X", not "told police
/// X had left".
fn trade_before<'h>(named: &Named, doc: &Document, hits: &'h Hits, at: usize) -> Option<&'h Hit> {
    let hit = hits.ending(at.checked_sub(1)?).filter(|h| h.agent().is_some() && h.office().is_none())?;
    let noun = &doc.tokens[hit.last - 1];
    let name = &doc.tokens[doc.head_of(named.name_first, named.name_last)];
    let modifies = noun.head.is_some_and(|h| named.name_first <= h && h < named.name_last)
        && matches!(noun.relation, Relation::Compound | Relation::NmodDesc | Relation::Appos);
    let apposed = name.head == Some(hit.last - 1)
        && matches!(name.relation, Relation::Appos | Relation::Flat | Relation::NmodDesc);
    (noun.feats.plural != Some(true) && (modifies || apposed)).then_some(hit)
}

/// The place of the tables whose words end before token `at`: its first token and the state in which it lies.
fn place_ending(doc: &Document, world: &World, at: usize, floor: usize) -> Option<(usize, String)> {
    const LONGEST: usize = 3;
    let starts = |first: &usize| doc.form(*first).starts_with(char::is_uppercase);
    (at.saturating_sub(LONGEST).max(floor)..at).filter(starts).find_map(|first| {
        let state = world.place(&words(doc, first, at))?.state()?;
        Some((first, state.to_owned()))
    })
}

/// Whether a form of address is a woman's.
fn is_womans(word: &str) -> Option<bool> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "mrs" | "ms" | "miss" | "dame" | "lady" => Some(true),
        "mr" | "sir" | "lord" => Some(false),
        _ => None,
    }
}

/// Reads the title leftwards from the name: offices and ranks, manners, the state or body served. A title may close with a
/// comma if another one closes the name: "the US ambassador to Pakistan, Ellen Whitcroft, called on …".
fn title_before(named: &mut Named, doc: &Document, hits: &Hits, world: &World, taken: usize) {
    let sentence = doc.sentence_of(named.name_first);
    let floor = sentence.first.max(taken);
    let mut at = named.name_first;
    while at > floor && is_address(doc.form(at - 1)) {
        at -= 1;
        named.first = at;
        named.woman = named.woman.or(is_womans(doc.form(at)));
    }
    let mut offices: Vec<&Hit> = Vec::new();
    let mut manners: Vec<Manner> = Vec::new();
    let mut title = None;
    if let Some(hit) = office_of_matters(doc, hits, at, floor) {
        title = Some(words(doc, hit.first, at));
        offices.push(hit);
        at = hit.first;
    }
    if title.is_none() && at > floor + 1 && doc.form(at - 1) == "," {
        let Some(hit) = apposed(named, doc, hits, world, at - 1, floor) else { return };
        title = Some(words(doc, hit.first, at - 1));
        offices.push(hit);
        at = hit.first;
    }
    if offices.is_empty()
        && let Some(hit) = trade_before(named, doc, hits, at).filter(|h| h.first >= floor)
    {
        named.trade = hit.agent().map(|agent| world.agents[agent].sector);
        at = hit.first;
        named.first = at;
    }
    while at > floor {
        let before = at - 1;
        let hit = hits.ending(before).filter(|h| h.first >= floor);
        if let Some(hit) = hit.filter(|h| h.office().is_some()) {
            offices.push(hit);
            at = hit.first;
            continue;
        }
        // "Deputy Prime Minister and Minister for Trade X": two posts of one.
        let joins = matches!(doc.form(before), "and" | "&") && before > floor && title.is_some();
        if joins && hits.ending(before - 1).is_some_and(|h| h.first >= floor && h.office().is_some()) {
            at = before;
            continue;
        }
        if offices.is_empty() && named.trade.is_none() {
            break;
        }
        // "Uttar Pradesh Chief Minister X": the state in which it lies.
        if let Some((first, state)) = place_ending(doc, world, at, floor) {
            named.state_words.get_or_insert(words(doc, first, at));
            named.state.get_or_insert(state);
            at = first;
            continue;
        }
        if let Some(manner) = manner(doc.form(before)) {
            manners.push(manner);
            at = before;
            continue;
        }
        if let Some((state, words)) = hit.and_then(|h| served(h, doc, world)) {
            named.state.get_or_insert(state);
            named.state_words.get_or_insert(words);
            at = hit.map_or(before, |h| h.first);
            continue;
        }
        // "The EU's envoy, X": a body of states.
        if let Some((hit, code)) = hit.and_then(|h| Some((h, body_of(h, world)?))) {
            named.body.get_or_insert(code);
            at = hit.first;
            continue;
        }
        let form = doc.form(before);
        if matches!(form, "'s" | "’s" | "'" | "’") || is_filler(form) {
            at = before;
            continue;
        }
        // Other capitalised words of the same noun phrase: "US Mission Acting Spokesperson".
        let attached = doc.tokens[before].upos == Upos::Propn
            && doc.tokens[before].head.is_some_and(|h| before < h && h < named.name_last);
        if !attached {
            break;
        }
        at = before;
    }
    if offices.is_empty() && named.trade.is_some() {
        named.first = at;
        return;
    }
    if offices.is_empty() {
        // "Azerbaijan's Rauf Alibeyzade": no title, but a state whose own he is.
        let owned = at > floor + 1 && matches!(doc.form(at - 1), "'s" | "’s");
        let owner = if owned { hits.ending(at - 2).filter(|h| h.first >= floor) } else { None };
        if let Some((state, words)) = owner.and_then(|hit| served(hit, doc, world)) {
            named.state = Some(state);
            named.state_words = Some(words);
        }
        return;
    }
    // "The defence minister, General Wilmer Arraiz, wrote …": a rank behind the post's comma.
    let ranks =
        offices.iter().all(|h| h.office().is_some_and(|o| world.offices[o].rank == Rank::MilitaryOfficer));
    if ranks
        && title.is_none()
        && at > floor + 1
        && doc.form(at - 1) == ","
        && let Some(hit) = apposed(named, doc, hits, world, at - 1, floor)
    {
        title = Some(words(doc, hit.first, at - 1));
        offices.push(hit);
        at = hit.first;
    }
    // "The commission's president, X": the owner stands before, and is somebody himself.
    while at < named.name_first && matches!(doc.form(at), "'s" | "’s" | "'" | "’") {
        at += 1;
    }
    named.first = at;
    // Offices were pushed from right to left; the highest that is no mere rank is the post.
    let best = offices.iter().rev().min_by_key(|h| h.office().map(|o| world.offices[o].rank)).copied();
    set_post(named, best, manners, doc, world);
    if let (Some(title), Some(post)) = (title, &mut named.post) {
        post.title = title;
    }
}

/// The office before token `at` whose matters stand between: "Minister of Energy and | Mines", "Minister for Foreign | Trade".
fn office_of_matters<'h>(doc: &Document, hits: &'h Hits, at: usize, floor: usize) -> Option<&'h Hit> {
    const LONGEST: usize = 8;
    let mut first = at;
    while first > floor && at - first < LONGEST {
        let before = first - 1;
        let capital = doc.form(before).starts_with(char::is_uppercase)
            && hits.at(before).is_none_or(|h| h.state().is_none());
        match doc.form(before) {
            "of" | "for" if first < at => {
                return hits
                    .ending(before.checked_sub(1)?)
                    .filter(|h| h.first >= floor && h.office().is_some());
            }
            "and" | "&" | "," if first < at => {}
            _ if capital && hits.at(before).is_none_or(|h| h.office().is_none()) => {}
            _ => return None,
        }
        first = before;
    }
    None
}

/// The post in apposition before the comma `comma`, if another one closes the name; `named` gets the state that it serves.
fn apposed<'h>(
    named: &mut Named,
    doc: &Document,
    hits: &'h Hits,
    world: &World,
    comma: usize,
    floor: usize,
) -> Option<&'h Hit> {
    let closes = named.name_last >= doc.sentence_of(named.name_first).last
        || matches!(doc.form(named.name_last), "," | "." | ";" | ")" | "and" | "who" | "(");
    let hit = closes.then(|| post_ending(doc, hits, comma, floor)).flatten()?;
    // "A spokesman for the Kenyan army, X": whoever speaks for somebody serves him; an envoy for a region does not.
    let speaks = hit.office().is_some_and(|o| world.offices[o].rank == Rank::Spokesperson);
    let serves = |t: &usize| doc.form(*t) == "of" || speaks && doc.form(*t) == "for";
    if let Some((state, words)) =
        (hit.last..comma).filter(serves).find_map(|t| state_behind(doc, hits, world, t, comma))
    {
        named.state.get_or_insert(state);
        named.state_words.get_or_insert(words);
    }
    let behind = |t: usize| hits.starting(t + 1 + usize::from(doc.tokens[t + 1].upos == Upos::Det));
    let body = (hit.last..comma).filter(serves).find_map(|t| body_of(behind(t)?, world));
    named.body = named.body.take().or(body);
    Some(hit)
}

/// The office of the phrase that ends at the comma `comma`, prepositional tails included ("minister of state of Oman,").
fn post_ending<'h>(doc: &Document, hits: &'h Hits, comma: usize, floor: usize) -> Option<&'h Hit> {
    let mut at = comma;
    while at > floor && comma - at < 9 {
        let before = at - 1;
        if let Some(hit) = hits.ending(before) {
            if hit.office().is_some() {
                return Some(hit);
            }
            at = hit.first;
            continue;
        }
        let nominal = matches!(
            doc.tokens[before].upos,
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Adp | Upos::Cconj
        );
        if !nominal {
            return None;
        }
        at = before;
    }
    None
}

/// The state that the noun phrase behind the preposition at `preposition` names, before token `end`.
fn state_behind(
    doc: &Document,
    hits: &Hits,
    world: &World,
    preposition: usize,
    end: usize,
) -> Option<(String, String)> {
    let mut at = preposition + 1;
    while at < end && matches!(doc.tokens[at].upos, Upos::Det | Upos::Adj) && hits.at(at).is_none() {
        at += 1;
    }
    hits.starting(at).filter(|h| h.last <= end).and_then(|h| served(h, doc, world))
}

/// The state that a phrase before or in a title serves, and the words that say so.
pub(crate) fn served(hit: &Hit, doc: &Document, world: &World) -> Option<(String, String)> {
    let state = hit.meaning(|e| match e {
        Entry::State(at) | Entry::Demonym(at) | Entry::Capital(at) | Entry::Seat(at, ..) => {
            Some(world.states[at].iso3.clone())
        }
        Entry::Organisation(at) => world.organisations[at].state.clone(),
        Entry::Office(_) | Entry::Agent(_) => None,
    })?;
    Some((state, words(doc, hit.first, hit.last)))
}

/// The CAMEO code of the body of no single state that a phrase names.
pub(crate) fn body_of(hit: &Hit, world: &World) -> Option<String> {
    let body = &world.organisations[hit.organisation()?];
    (body.state.is_none() && !body.code.is_empty()).then(|| body.code.clone())
}

/// The CAMEO code of the body with whose name a title begins: "NATO Secretary General", "European Council President".
fn body_in_title(hit: &Hit, doc: &Document, world: &World) -> Option<String> {
    (hit.first + 1..hit.last).rev().find_map(|last| {
        let body = &world.organisations[world.organisation(&words(doc, hit.first, last))?];
        (body.state.is_none() && !body.code.is_empty()).then(|| body.code.clone())
    })
}

/// Gives `named` the post that `office` is, unless it has a higher one.
fn set_post(
    named: &mut Named,
    office: Option<&Hit>,
    mut manners: Vec<Manner>,
    doc: &Document,
    world: &World,
) {
    let Some(hit) = office else { return };
    let Some(row) = hit.office() else { return };
    let office: &Office = &world.offices[row];
    if office.sector == Sector::Igo && named.body.is_none() {
        named.body = body_in_title(hit, doc, world);
    }
    // "General X (retired), Under Secretary": the rank is, not the post.
    if office.rank != Rank::MilitaryOfficer {
        manners.retain(|m| *m != Manner::Retired);
    }
    if let Some(old) = named.office
        && world.offices[old].rank <= office.rank
    {
        return;
    }
    manners.sort_unstable();
    manners.dedup();
    if let Some(state) = &office.state
        && named.state.is_none()
    {
        named.state = Some(state.clone());
        named.state_words = Some(office.name.clone());
    }
    // "Deputy" and "vice" are part of what the post is called.
    let deputy = hit.first > 0 && manner(doc.form(hit.first - 1)) == Some(Manner::Deputy);
    let title = words(doc, hit.first - usize::from(deputy), hit.last);
    named.office = Some(row);
    named.post =
        Some(Post { title, office: Some(office.name.clone()), rank: Some(office.rank), manner: manners });
}

impl Named {
    /// The words, title and post included.
    pub(crate) fn span(&self, doc: &Document) -> Span {
        doc.tokens[self.first].span.join(doc.tokens[self.last - 1].span)
    }
}
