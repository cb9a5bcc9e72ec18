//! A post without a name or a sort of people, with the words that say whose they are → the draft of a mention: "the Turkish
//! foreign minister", "Pakistan's top civil and military leaders".

use crate::actors::actor::{Actor, ActorKind, Located, Manner, Post, Rank, Sector, Settled};
use crate::actors::bodies::{of_state, sector_of};
use crate::actors::draft::{Draft, Refers};
use crate::actors::hits::{Hit, Hits, singular, words};
use crate::actors::persons::manner;
use crate::actors::world::{Entry, World};
use crate::language::{Document, Relation, Upos};

/// A post without a name or a sort of people: "the Turkish foreign minister", "Pakistan's top civil and military leaders".
pub(crate) fn phrase(
    doc: &Document,
    hits: &Hits,
    world: &World,
    hit: &Hit,
    places: &[Located],
    is_taken: &dyn Fn(usize) -> bool,
    used: &mut [bool],
) -> Draft {
    let floor = doc.sentence_of(hit.first).first;
    let mut first = hit.first;
    let mut state = None;
    let mut settled = Vec::new();
    let mut manners: Vec<Manner> = Vec::new();
    let mut body: Option<usize> = None;
    let mut military = false;
    let mut staff = false;
    let mut civil = false;
    while first > floor && !is_taken(first - 1) {
        let before = first - 1;
        if let Some(found) = hits.ending(before) {
            let meant = of_state(found, world);
            let unclear = meant.is_none() && found.office().is_none() && found.agent().is_none();
            if unclear && found.organisation().is_none() {
                break;
            }
            // "Taliban fighters", "a UN expert": whose they are.
            if let (true, None, None, Some(at)) = (unclear, body, &state, found.organisation()) {
                settled.push(Settled {
                    rule: "body beside the noun".into(),
                    by: words(doc, found.first, found.last),
                });
                body = Some(at);
            }
            if let (None, Some(iso3)) = (&state, meant) {
                settled.push(Settled {
                    rule: "state beside the noun".into(),
                    by: words(doc, found.first, found.last),
                });
                state = Some(iso3);
                used[found.first..found.last].fill(true);
            }
            used[found.first..found.last].fill(true);
            first = found.first;
            continue;
        }
        // "Lahore police": the town's state.
        if let Ok(at) = places.binary_search_by_key(&first, |p| p.last) {
            let place = &places[at];
            if let (None, Some(iso3)) = (&state, &place.state) {
                settled.push(Settled {
                    rule: "place beside the noun".into(),
                    by: words(doc, place.first, place.last),
                });
                state = Some(iso3.clone());
            }
            first = place.first;
            continue;
        }
        let token = &doc.tokens[before];
        let form = doc.form(before);
        if let Some(found) = manner(form) {
            manners.push(found);
        }
        military |= form.eq_ignore_ascii_case("military");
        civil |= matches!(form.to_lowercase().as_str(), "civil" | "civilian" | "political");
        // "civil and military leaders", "government and military officials": two sorts under one noun.
        let joins_adjectives = token.upos == Upos::Cconj
            && before > floor
            && [before - 1, first].iter().all(|&t| BRANCHES.contains(&doc.form(t).to_lowercase().as_str()));
        if !(matches!(token.upos, Upos::Adj | Upos::Det | Upos::Num | Upos::Part)
            || matches!(token.relation, Relation::Compound | Relation::Amod)
            || matches!(form, "'s" | "’s" | "'" | "’" | "-")
            // "At least six soldiers".
            || form.eq_ignore_ascii_case("at") && matches!(doc.form(first), "least" | "most")
            || joins_adjectives)
        {
            break;
        }
        first = before;
        if token.upos == Upos::Det {
            break;
        }
    }
    // "Barké's government": whose it is stands before, and is somebody himself.
    while first < hit.first && matches!(doc.form(first), "'s" | "’s" | "'" | "’") {
        first += 1;
    }
    let mut last = hit.last;
    let end = doc.sentence_of(hit.first).last;
    // "the government of Pakistan", "the ambassador of Turkey to Japan".
    let mut tail = last;
    // "The government and people | of Pakistan".
    let and_people = tail + 2 < end
        && doc.form(tail) == "and"
        && doc.form(tail + 1) == "people"
        && doc.form(tail + 2) == "of";
    tail += if and_people { 2 } else { 0 };
    while tail + 1 < end
        && matches!(doc.form(tail), "of" | "from" | "to" | "for" | "in")
        && !is_taken(tail + 1)
    {
        let noun = tail + 1 + usize::from(doc.tokens[tail + 1].upos == Upos::Det);
        // "Three civilians in Kherson": the town's state.
        let civilians = hit.agent().is_some_and(|a| world.agents[a].sector == Sector::Cvl);
        if let (true, "in", None, None) = (civilians, doc.form(tail), &state, body)
            && let Ok(at) = places.binary_search_by_key(&noun, |p| p.first)
            && let Some(iso3) = &places[at].state
        {
            settled.push(Settled {
                rule: "state in which they are".into(),
                by: words(doc, places[at].first, places[at].last),
            });
            state = Some(iso3.clone());
            break;
        }
        let Some(found) = hits.starting(noun) else { break };
        let Some(iso3) = of_state(found, world) else { break };
        // "peacekeepers to Iraq": what hangs on the verb is no part of the noun. An envoy's "to" and "for" are.
        // "The premier of Canada's Alberta province": it may hang on a noun behind it.
        let governs = hit.agent().is_some_and(|a| GOVERNMENTS.contains(&world.agents[a].name.as_str()));
        let own = (hit.first..hit.last).any(|h| doc.has_ancestor(doc.head_of(found.first, found.last), h))
            // "The government in Lima": a capital right behind it says whose, whatever the parser hangs it on.
            || governs && found.meaning(|e| matches!(e, Entry::Capital(_)).then_some(())).is_some();
        let sent =
            hit.office().is_some_and(|o| matches!(world.offices[o].rank, Rank::Envoy | Rank::Ambassador));
        // A delegation is from where it comes; troops may be withdrawn from there.
        let comes = doc.form(tail) == "from"
            && hit.agent().is_some_and(|a| world.agents[a].sector == Sector::Gov || !is_removed(doc, hit));
        if !(own && doc.form(tail) != "to" || comes || sent && doc.form(tail) != "from") {
            break;
        }
        // "A spokesman for the Kenyan foreign ministry": the body is somebody itself.
        let modifies = matches!(doc.tokens[found.last - 1].relation, Relation::Amod | Relation::Compound)
            && doc.tokens[found.last - 1].head.is_some_and(|h| h >= found.last);
        let speaks = hit.office().is_some_and(|o| world.offices[o].rank == Rank::Spokesperson);
        let serves = matches!(doc.form(tail), "of" | "from") || speaks && doc.form(tail) == "for";
        if serves && state.is_none() {
            settled.push(Settled {
                rule: "state after the noun".into(),
                by: words(doc, found.first, found.last),
            });
            state = Some(iso3.clone());
        }
        // "An employee of the Swiss embassy" serves the state.
        let office = hits.starting(found.last).and_then(Hit::agent).map(|a| world.agents[a].sector);
        staff |= modifies && serves && office.is_some_and(Sector::is_a_states);
        // The people are somebody themselves.
        if modifies || and_people {
            break;
        }
        // "in Pakistan" is where they are; it stays a place of its own. Authorities and courts are also the state's where
        // they sit; soldiers and rebels need not be.
        if doc.form(tail) == "in" {
            let sits = hit.agent().is_some_and(|a| {
                let agent = &world.agents[a];
                !ARMED.contains(&agent.sector) && !GUESTS.contains(&agent.name.as_str())
            });
            if sits && state.is_none() && body.is_none() {
                settled.push(Settled {
                    rule: "state in which they are".into(),
                    by: words(doc, found.first, found.last),
                });
                state = Some(iso3);
            }
            break;
        }
        // "The ambassador to Ecuador": the state that he is sent to is somebody itself.
        used[found.first..found.last].fill(!(sent && matches!(doc.form(tail), "to" | "in")));
        last = found.last;
        tail = last;
    }
    used[hit.first..hit.last].fill(true);
    let mut head = doc.head_of(hit.first, hit.last);
    // "The Russian and Belarusian | foreign | ministers": parsers may hang an adjective outside, as one of the list.
    if doc.tokens[head].upos == Upos::Adj && doc.tokens[hit.last - 1].upos == Upos::Noun {
        head = hit.last - 1;
    }
    // Abbreviations ("the COAS") end in any letter.
    let plural =
        doc.tokens[head].feats.plural == Some(true) && doc.form(head).chars().any(char::is_lowercase);
    // "The Ministry of Foreign Affairs spokesperson": where the parser hangs the noun on one of the words before it, that one
    // carries the whole.
    if doc.tokens[head].head.is_some_and(|above| first <= above && above < hit.first) {
        head = doc.head_of(first, last);
    }
    let title = words(doc, hit.first, hit.last);
    manners.sort_unstable();
    manners.dedup();
    let ex = hit.agent().and_then(|agent| held_before(&world.agents[agent].name, world));
    if ex.is_some() {
        manners.push(Manner::Former);
    }
    let (kind, sector, mut post, rule) = match (hit.office().or(ex), hit.agent()) {
        (Some(office), _) => {
            let office = &world.offices[office];
            state = state.or(office.state.clone());
            let sector = out_of_office(office.sector, &manners);
            let post = Post {
                title: title.clone(),
                office: Some(office.name.clone()),
                rank: Some(office.rank),
                manner: manners,
            };
            let kind = if plural { ActorKind::Group } else { ActorKind::Office };
            (kind, sector, Some(post), format!("office “{}”", office.name))
        }
        // "The ex-premier": the post that he held.
        (None, agent) => {
            let agent = &world.agents[agent.unwrap_or_default()];
            let sector = match agent.sector {
                _ if military && !civil => Sector::Mil,
                Sector::Lab if staff => Sector::Gov,
                sector => sector,
            };
            // "The Malian government" is Mali acting.
            let governs = GOVERNMENTS.contains(&agent.name.as_str()) && state.is_some();
            let kind = match (governs, plural) {
                (true, _) => ActorKind::State,
                (false, true) => ActorKind::Group,
                (false, false) => ActorKind::Organisation,
            };
            (kind, sector, None, format!("agent “{}”", agent.name))
        }
    };
    settled.push(Settled { rule: "noun of the tables".into(), by: rule });
    let body = body.map(|at| &world.organisations[at]);
    if let Some(body) = body {
        state = state.or_else(|| body.state.clone());
    }
    // "The Taliban government" governs, whoever it is of; governments of a body of states are that body's.
    let rules = hit.agent().is_some_and(|a| GOVERNMENTS.contains(&world.agents[a].name.as_str()));
    let body = body.filter(|body| !rules || body.state.is_none());
    let code = body.map(|body| body.code.clone()).unwrap_or_default();
    let sector = body.and_then(sector_of).unwrap_or(sector);
    // Headlines drop articles: whatever is not "a" can point back.
    let opening = doc.form(first).to_lowercase();
    // "Dozens of activists", "a group of soldiers": the words hang on the quantity.
    if first >= floor + 2 && doc.form(first - 1) == "of" && !is_taken(first - 2) {
        let quantity = first - 2;
        if QUANTITIES.contains(&doc.tokens[quantity].lemma.to_lowercase().as_str())
            && doc.has_ancestor(hit.last - 1, quantity)
        {
            first = quantity - usize::from(quantity > floor && doc.tokens[quantity - 1].upos == Upos::Det);
            head = quantity;
        }
    }
    // "Its own Lao ambassador" is another one than the Lao ambassador spoken of.
    let own =
        (first.saturating_sub(1)..hit.first).any(|t| t >= floor && doc.form(t).eq_ignore_ascii_case("own"));
    let definite = !own && !matches!(opening.as_str(), "a" | "an" | "another" | "one" | "some");
    let refers = if kind == ActorKind::Office && definite { Refers::Title } else { Refers::Itself };
    let mut of_each = Vec::new();
    if let (true, Some(state)) = (kind == ActorKind::Group, &state) {
        let (opens, closes, others) = coordinated(doc, hits, world, first, last);
        if !others.is_empty() && others.iter().all(|other| other != state) {
            of_each = others;
            // Each is one of them.
            if let Some(post) = &mut post {
                post.title = singular(doc, hit.first, hit.last);
            }
            // Those before the noun stand before its own, those behind it behind.
            of_each.insert(if opens < first { of_each.len() } else { 0 }, state.clone());
            used[opens..closes].fill(true);
            (first, last) = (opens, closes);
        }
    }
    let whole = of_each.is_empty() || post.is_some();
    let name = match (&state, kind) {
        (Some(state), ActorKind::State) => world.state(state).map_or(title, |s| s.name.clone()),
        _ if whole => words(doc, first, last),
        _ => title,
    };
    let actor = Actor { kind, name, code, state, sector: Some(sector), post, wikidata: None, settled };
    Draft { first, last, head, actor, refers, place: false, of_each }
}

/// The office behind "ex-".
fn held_before(agent: &str, world: &World) -> Option<usize> {
    world.lookup(agent.strip_prefix("ex-")?).into_iter().find_map(|entry| match entry {
        Entry::Office(at) => Some(at),
        _ => None,
    })
}

/// Whoever governed once does not act for his state any more: CAMEO counts him among its elites.
pub(crate) fn out_of_office(sector: Sector, manners: &[Manner]) -> Sector {
    let governed = matches!(sector, Sector::Gov | Sector::Leg);
    if governed && manners.contains(&Manner::Former) { Sector::Eli } else { sector }
}

/// The further states of "the Russian | and Belarusian ministers", "the ministers of Greece | , Italy and Spain", in order of
/// text, with the tokens from the first to the last.
fn coordinated(
    doc: &Document,
    hits: &Hits,
    world: &World,
    first: usize,
    last: usize,
) -> (usize, usize, Vec<String>) {
    let sentence = doc.sentence_of(first);
    let joins = |t: usize| matches!(doc.form(t), "and" | "," | "&");
    let (mut opens, mut before) = (first, Vec::new());
    while opens > sentence.first + 1 && joins(opens - 1) {
        let hit = hits.ending(opens - 2).filter(|h| h.first >= sentence.first);
        let Some((hit, state)) = hit.and_then(|h| Some((h, of_state(h, world)?))) else { break };
        before.push(state);
        opens = hit.first;
    }
    if !before.is_empty() {
        before.reverse();
        return (opens, last, before);
    }
    let (mut closes, mut behind) = (last, Vec::new());
    while closes + 1 < sentence.last && joins(closes) {
        let noun = closes + 1 + usize::from(doc.form(closes) == "," && joins(closes + 1));
        let Some((hit, state)) = hits.starting(noun).and_then(|h| Some((h, of_state(h, world)?))) else {
            break;
        };
        // "… of Greece, Turkey said": a verb behind it makes it a subject.
        if matches!(doc.tokens[hit.last - 1].relation, Relation::Nsubj | Relation::NsubjPass) {
            break;
        }
        behind.push(state);
        closes = hit.last;
    }
    (first, closes, behind)
}

/// Nouns that count the people behind their "of".
const QUANTITIES: &[&str] = &[
    "band", "couple", "crowd", "dozen", "group", "handful", "hundred", "majority", "million", "number",
    "score", "thousand",
];

/// Those who are found in states that are not theirs.
const ARMED: &[Sector] = &[Sector::Mil, Sector::Reb, Sector::Uaf, Sector::Sep, Sector::Ins, Sector::Ref];

/// Those who live in capitals that are not theirs: "diplomats in Brussels said".
const GUESTS: &[&str] = &[
    "correspondent",
    "delegate",
    "delegation",
    "diplomat",
    "envoy",
    "expatriate",
    "foreigner",
    "journalist",
    "negotiator",
    "observer",
    "reporter",
    "tourist",
    "visitor",
];

/// Words by which a state's government stands for the state.
const GOVERNMENTS: &[&str] = &["government"];

/// Branches of a state that share a noun ("civil and military leaders").
const BRANCHES: &[&str] = &[
    "army",
    "business",
    "civil",
    "civilian",
    "defence",
    "defense",
    "diplomatic",
    "government",
    "intelligence",
    "military",
    "naval",
    "political",
    "security",
];

/// Verbs after which "from" says where somebody was rather than whose he is: "withdrew soldiers from Mali".
const REMOVALS: &[&str] = &[
    "bring",
    "deport",
    "drive",
    "evacuate",
    "expel",
    "flee",
    "free",
    "leave",
    "move",
    "pull",
    "recall",
    "release",
    "remove",
    "repatriate",
    "rescue",
    "return",
    "send",
    "withdraw",
];

/// Whether the people of `hit` are moved from where they were.
fn is_removed(doc: &Document, hit: &Hit) -> bool {
    let mut at = doc.head_of(hit.first, hit.last);
    while let Some(head) = doc.tokens[at].head {
        if doc.tokens[head].upos == Upos::Verb {
            return REMOVALS.contains(&doc.tokens[head].lemma.as_str());
        }
        at = head;
    }
    false
}
