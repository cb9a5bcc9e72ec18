//! Drafts of mentions → the `Cast`: mentions of one actor joined, states of the page's own officials settled.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::actors::actor::{Actor, ActorKind, Cast, Manner, Mention, Post, Rank, Sector, Settled};
use crate::actors::allegiance::{home, in_view, place_beside};
use crate::actors::bodies::head_of;
use crate::actors::draft::{Draft, Refers};
use crate::actors::persons::Named;
use crate::actors::world::{Holder, World};
use crate::language::{Document, Relation, Upos};

/// Joins `named` persons and other `drafts` into the cast of `doc`.
pub(crate) fn cast(
    doc: &Document,
    world: &World,
    date: Option<Date>,
    named: &[Named],
    drafts: Vec<Draft>,
    outlet_state: Option<&str>,
) -> Cast {
    let mut persons: Vec<Person> = Vec::new();
    let named = &with_counterparts(doc, named);
    let of_named: Vec<usize> = named.iter().map(|n| join_person(&mut persons, n, world)).collect();
    for (at, person) in persons.iter_mut().enumerate() {
        person.settle(world, date);
        let first = named.iter().zip(&of_named).find(|(_, p)| **p == at).map(|(n, _)| n);
        if let Some(first) = first.filter(|_| person.lacks_state()) {
            person.take_from_view(in_view(doc, first, person.post.as_ref().and_then(|p| p.rank), &drafts));
            person.near = place_beside(doc, first, &drafts);
        }
    }
    share_side_in_lists(doc, named, &of_named, &mut persons);
    let unsaid: Vec<&str> = persons
        .iter()
        .enumerate()
        .filter(|(at, p)| {
            let from_table = p.settled.iter().any(|s| s.rule.starts_with("row of people"));
            from_table
                && p.post.is_some()
                && named.iter().zip(&of_named).all(|(n, of)| of != at || n.state.is_none())
        })
        .filter_map(|(_, p)| p.state.as_deref())
        .collect();
    let home = outlet_state.map(str::to_owned).or_else(|| home(doc, &unsaid, named, &drafts));
    let mut actors: Vec<Actor> = Vec::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut view = View::default();

    // Both lists are in order of text: walk them side by side.
    let mut next_named = 0;
    let mut drafts = drafts.into_iter().peekable();
    loop {
        let named_first = named.get(next_named).map(|n| n.first);
        let draft_first = drafts.peek().map(|d| d.first);
        match (named_first, draft_first) {
            (Some(n), d) if d.is_none_or(|d| n <= d) => {
                let (person, words) = (of_named[next_named], &named[next_named]);
                let actor = *places.entry(person).or_insert_with(|| {
                    actors.push(persons[person].to_actor(home.as_ref()));
                    actors.len() - 1
                });
                mentions.push(Mention {
                    span: words.span(doc),
                    first: words.first,
                    last: words.last,
                    // A parser may hang the clause on the title as well as on the name.
                    head: head_of(doc, words.first, words.name_last),
                    actors: vec![actor],
                    place: false,
                });
                view.seen.push(mentions.len() - 1);
                next_named += 1;
            }
            (_, Some(_)) => {
                let Some(draft) = drafts.next() else { break };
                let meant = match draft.refers {
                    Refers::Pronoun => view.person(doc, draft.first, &mentions, &actors).map(|a| vec![a]),
                    Refers::BothSides => view
                        .two_states(&actors, &mentions)
                        .map(|pair| pair.map(|iso3| state_actor(&mut actors, &iso3, world)).to_vec()),
                    Refers::BothPersons => view.two_persons(&actors, &mentions),
                    Refers::Title => {
                        title_holder(&draft, &persons, named, &of_named, home.as_deref()).map(|person| {
                            vec![*places.entry(person).or_insert_with(|| {
                                actors.push(persons[person].to_actor(home.as_ref()));
                                actors.len() - 1
                            })]
                        })
                    }
                    Refers::Itself => None,
                };
                let meant = match (meant, draft.refers) {
                    (Some(meant), _) => meant,
                    (None, Refers::Itself | Refers::Title) => {
                        vec![same_body(&mut actors, &draft, home.as_deref())]
                    }
                    // A pointer with nothing to point at means nobody.
                    (None, _) => continue,
                };
                mentions.push(Mention {
                    span: doc.tokens[draft.first].span.join(doc.tokens[draft.last - 1].span),
                    first: draft.first,
                    last: draft.last,
                    head: draft.head,
                    actors: meant,
                    place: draft.place,
                });
                view.seen.push(mentions.len() - 1);
            }
            _ => break,
        }
    }
    members(doc, &mut mentions, &mut actors);
    Cast { actors, mentions }
}

/// "Talks with A, Secretary of State, B, Senior Director, and C": whoever stands in one list serves one side, unless two
/// of them are known to serve different ones.
fn share_side_in_lists(doc: &Document, named: &[Named], of_named: &[usize], persons: &mut [Person]) {
    let mut start = 0;
    while start < named.len() {
        let joined = |a: &Named, b: &Named| {
            a.last < b.first
                && b.first - a.last <= 2
                && (a.last..b.first).all(|t| matches!(doc.form(t), "," | ";" | "and" | "&"))
        };
        let mut end = start + 1;
        while end < named.len() && joined(&named[end - 1], &named[end]) {
            end += 1;
        }
        let members = &of_named[start..end];
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
        start = end;
    }
}

/// "His Turkish counterpart X": X holds the post of the last person before in the same sentence.
fn with_counterparts(doc: &Document, named: &[Named]) -> Vec<Named> {
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

/// A person as all mentions together tell.
#[derive(Debug)]
struct Person {
    name: String,
    state: Option<String>,
    sector: Option<Sector>,
    post: Option<Post>,
    wikidata: Option<String>,
    /// Code of the international body served, if the tables know one.
    body: Option<String>,
    /// The state in whose place the person is first named.
    near: Option<String>,
    settled: Vec<Settled>,
}

/// Finds the person that `named` means among those known so far, or adds one.
fn join_person(persons: &mut Vec<Person>, named: &Named, world: &World) -> usize {
    let words: Vec<&str> = named.name.split(' ').collect();
    let known = (0..persons.len()).rev().find(|&p| {
        let person = &persons[p];
        same_name(&person.name, &named.name)
            // One surname, two posts or two states: two people.
            && !(words.len() == 1
                && person.state.is_some()
                && named.state.is_some()
                && person.state != named.state)
    });
    let at = known.unwrap_or_else(|| {
        persons.push(Person {
            name: named.name.clone(),
            state: None,
            sector: None,
            post: None,
            wikidata: None,
            body: None,
            near: None,
            settled: Vec::new(),
        });
        persons.len() - 1
    });
    let person = &mut persons[at];
    if named.name.len() > person.name.len() {
        person.name = named.name.clone();
    }
    if let (None, Some(state)) = (&person.state, &named.state) {
        person.state = Some(state.clone());
        person.settled.push(Settled {
            rule: "state in the title".into(),
            by: named.state_words.clone().unwrap_or_default(),
        });
    }
    if let (Some(post), Some(office)) = (&named.post, named.office) {
        let office = &world.offices[office];
        let better = person.post.as_ref().is_none_or(|old| {
            (post.rank, std::cmp::Reverse(post.manner.len()))
                < (old.rank, std::cmp::Reverse(old.manner.len()))
        });
        if better {
            person.post = Some(post.clone());
            person.sector = Some(office.sector);
            person.settled.push(Settled { rule: "post beside the name".into(), by: post.title.clone() });
        }
    }
    at
}

/// Whether two names can be one person's: equal, or one is the end of the other, middle initials aside.
fn same_name(a: &str, b: &str) -> bool {
    let significant = |name: &str| -> Vec<String> {
        name.split(' ')
            .filter(|w| w.trim_end_matches('.').chars().count() > 1)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (significant(a), significant(b));
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    match short.as_slice() {
        [] => false,
        [surname] => long.last() == Some(surname),
        [given, .., surname] => {
            long.first() == Some(given) && long.last() == Some(surname) || long.ends_with(short)
        }
    }
}

impl Person {
    /// Fills in from the tables what the page leaves out; the date decides between posts.
    fn settle(&mut self, world: &World, date: Option<Date>) {
        let full = self.name.contains(' ');
        let surname = self.name.rsplit(' ').next().unwrap_or(&self.name).to_owned();
        let office = self.post.as_ref().and_then(|p| p.office.clone());
        let is_post = |row: &Holder| {
            office.as_ref().is_some_and(|o| *o == row.office || row.office.starts_with(&format!("{o} to ")))
        };
        let fits = |row: &&Holder| {
            let named = row.names.iter().any(|n| same_name(n, &self.name));
            let same_state = self.state.is_none() || row.state == self.state;
            named && same_state && (full || is_post(row))
        };
        let rows: Vec<&Holder> = world.of_surname(&surname).filter(fits).collect();
        let on_date = |row: &&&Holder| date.is_none_or(|d| row.held_on(d));
        let row = rows
            .iter()
            .find(|r| on_date(r) && is_post(r))
            .or_else(|| rows.iter().find(on_date))
            .or_else(|| rows.first());
        let Some(row) = row.copied() else { return };
        let by = format!("{}, {} ({})", row.name, row.office, row.state.as_deref().unwrap_or("no state"));
        if self.state.is_none() && row.state.is_some() {
            self.state.clone_from(&row.state);
            self.settled.push(Settled { rule: "row of people".into(), by: by.clone() });
        }
        if self.state.is_none() && date.is_none_or(|d| row.held_on(d)) {
            self.body.clone_from(&row.code);
        }
        self.wikidata.clone_from(&row.wikidata);
        // "US Ambassador" on the page, "ambassador to pakistan" in the table.
        if let Some(post) = &mut self.post
            && let Some(office) = &post.office
            && row.office.starts_with(&format!("{office} to "))
            && date.is_none_or(|d| row.held_on(d))
        {
            post.office = Some(row.office.clone());
            self.settled.push(Settled { rule: "row of people, by date".into(), by: by.clone() });
        }
        if self.post.is_none() && date.is_some_and(|d| row.held_on(d)) {
            let office = world.offices.iter().find(|o| o.name == row.office);
            self.sector = office.map(|o| o.sector);
            self.post = Some(Post {
                title: row.office.clone(),
                office: Some(row.office.clone()),
                rank: office.map(|o| o.rank),
                manner: Vec::new(),
            });
            self.settled.push(Settled { rule: "row of people, by date".into(), by });
        }
    }

    /// Whether the post is a state's, and nothing has said yet which.
    fn lacks_state(&self) -> bool {
        let of_a_state = |s: Sector| !matches!(s, Sector::Igo | Sector::Ngo | Sector::Mnc | Sector::Img);
        self.state.is_none()
            && self.body.is_none()
            && self.post.is_some()
            && self.sector.is_some_and(of_a_state)
    }

    /// Takes the state of what stands in view where the person is first named.
    fn take_from_view(&mut self, view: Option<(String, String)>) {
        if let Some((state, by)) = view {
            self.state = Some(state);
            self.settled.push(Settled { rule: "body in view".into(), by });
        }
    }

    fn to_actor(&self, home: Option<&String>) -> Actor {
        let mut settled = self.settled.clone();
        let mut state = self.state.clone();
        // An ambassador without a state beside the name is hardly ever the page's own; and whoever speaks in another
        // state may be that one's or a guest there: better unknown than wrong.
        let abroad = self.post.as_ref().and_then(|p| p.rank) == Some(Rank::Ambassador)
            || self.near.as_ref().is_some_and(|near| Some(near) != home);
        if self.lacks_state()
            && !abroad
            && let Some(home) = home
        {
            state = Some(home.clone());
            settled.push(Settled { rule: "the page's own state".into(), by: home.clone() });
        }
        Actor {
            kind: ActorKind::Person,
            name: self.name.clone(),
            code: self
                .body
                .clone()
                .filter(|_| state.is_none())
                .unwrap_or_else(|| code(state.as_deref(), self.sector)),
            state,
            sector: self.sector,
            post: self.post.clone(),
            wikidata: self.wikidata.clone(),
            settled,
        }
    }
}

/// CAMEO actor code: the state, then the role.
pub(crate) fn code(state: Option<&str>, sector: Option<Sector>) -> String {
    format!("{}{}", state.unwrap_or(""), sector.map_or("", Sector::as_str))
}

/// Words for a post that say only what sort it is.
const GENERAL: &[(&str, &[Rank])] = &[
    ("envoy", &[Rank::Envoy, Rank::Ambassador]),
    ("ambassador", &[Rank::Ambassador]),
    ("minister", &[Rank::Minister, Rank::DeputyMinister, Rank::HeadOfGovernment]),
    ("spokesman", &[Rank::Spokesperson]),
    ("spokeswoman", &[Rank::Spokesperson]),
    ("spokesperson", &[Rank::Spokesperson]),
    ("premier", &[Rank::HeadOfGovernment]),
    ("general", &[Rank::MilitaryChief, Rank::MilitaryOfficer]),
    ("diplomat", &[Rank::Ambassador, Rank::Envoy, Rank::Diplomat, Rank::Minister]),
];

/// The person on the page whom a title alone means: the last one before it who holds the post, else the first after it.
fn title_holder(
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
            (Some(a), None) => home == Some(a),
            _ => true,
        };
        let former = held.manner.contains(&Manner::Former) != post.manner.contains(&Manner::Former);
        let title = post.title.to_lowercase();
        let of_rank =
            |(word, ranks): &(&str, &[Rank])| *word == title && held.rank.is_some_and(|r| ranks.contains(&r));
        let general =
            !title.contains(' ') && (last_word(&held.title) == title || GENERAL.iter().any(of_rank));
        states_agree && !former && (held.office == post.office || general)
    };
    let pairs = || named.iter().zip(of_named);
    pairs()
        .filter(|(n, _)| n.first < draft.first)
        .rfind(holds)
        .or_else(|| pairs().find(holds))
        .map(|(_, &p)| p)
}

/// The actor of a state by its code.
fn state_actor(actors: &mut Vec<Actor>, iso3: &str, world: &World) -> usize {
    if let Some(at) = actors
        .iter()
        .position(|a| a.kind == ActorKind::State && a.state.as_deref() == Some(iso3) && a.sector.is_none())
    {
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
fn same_body(actors: &mut Vec<Actor>, draft: &Draft, home: Option<&str>) -> usize {
    let mut actor = draft.actor.clone();
    let domestic = matches!(
        actor.sector,
        Some(Sector::Gov | Sector::Mil | Sector::Leg | Sector::Jud | Sector::Cop | Sector::Spy)
    );
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
            && a.sector == actor.sector
            && (a.kind == ActorKind::State
                || bare(&a.name) == bare(&actor.name)
                || (a.kind == ActorKind::Office
                    && a.post.as_ref().map(|p| &p.office) == actor.post.as_ref().map(|p| &p.office)))
    };
    if let Some(at) = actors.iter().position(same) {
        return at;
    }
    actors.push(actor);
    actors.len() - 1
}

/// A name without its article, lower case.
fn bare(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).to_owned()
}

/// Who is in view at a point of the text.
#[derive(Debug, Default)]
struct View {
    /// Mentions so far, by position in the list.
    seen: Vec<usize>,
}

impl View {
    /// The person whom a pronoun at token `at` means: the subject of the sentence before, else the last person named
    /// there, else the last person at all; within the sentence, the subject before it.
    fn person(&self, doc: &Document, at: usize, mentions: &[Mention], actors: &[Actor]) -> Option<usize> {
        let here = *doc.sentence_of(at);
        let is_person = |m: &Mention| match m.actors.as_slice() {
            [one] => matches!(actors[*one].kind, ActorKind::Person | ActorKind::Office),
            _ => false,
        };
        let is_subject =
            |m: &Mention| matches!(doc.tokens[m.head].relation, Relation::Nsubj | Relation::NsubjPass);
        let candidates: Vec<&Mention> =
            self.seen.iter().map(|&m| &mentions[m]).filter(|m| is_person(m)).collect();
        let starts_sentence = (here.first..at).all(|t| doc.tokens[t].upos == Upos::Punct);
        let previous =
            candidates.iter().rev().find(|m| m.head < here.first).map(|m| doc.sentence_of(m.head).first);
        let in_previous = |m: &&&Mention| previous.is_some_and(|p| p <= m.head && m.head < here.first);
        let inside = candidates.iter().rev().find(|m| m.head >= here.first && is_subject(m));
        let chosen = if starts_sentence { None } else { inside }
            .or_else(|| candidates.iter().find(|m| in_previous(m) && is_subject(m)))
            .or_else(|| candidates.iter().rfind(in_previous))
            .or(inside)
            .or_else(|| candidates.last())?;
        chosen.actors.first().copied()
    }

    /// The last two different states in view, in order of text.
    fn two_states(&self, actors: &[Actor], mentions: &[Mention]) -> Option<[String; 2]> {
        let mut states = self
            .seen
            .iter()
            .rev()
            .map(|&m| &mentions[m])
            .filter(|m| !m.place)
            .flat_map(|m| m.actors.iter().rev())
            .filter(|&&a| is_side(&actors[a]))
            .filter_map(|&a| actors[a].state.clone());
        let last = states.next()?;
        let other = states.find(|s| *s != last)?;
        Some([other, last])
    }

    /// The last two persons in view who serve different states.
    fn two_persons(&self, actors: &[Actor], mentions: &[Mention]) -> Option<Vec<usize>> {
        let mut persons =
            self.seen.iter().rev().flat_map(|&m| mentions[m].actors.iter().rev().copied()).filter(|&a| {
                matches!(actors[a].kind, ActorKind::Person | ActorKind::Office) && actors[a].state.is_some()
            });
        let last = persons.next()?;
        let other = persons.find(|&a| actors[a].state != actors[last].state)?;
        Some(vec![other, last])
    }
}

/// Whether an actor can be one of two sides: a state or someone who serves one, not its rebels, refugees or citizens.
pub(crate) fn is_side(actor: &Actor) -> bool {
    match actor.kind {
        ActorKind::State => true,
        _ => matches!(actor.sector, Some(Sector::Gov | Sector::Mil | Sector::Leg)),
    }
}

/// "key US officials, including A, B and C": the members are the group's, and theirs is its state.
fn members(doc: &Document, mentions: &mut [Mention], actors: &mut [Actor]) {
    for at in 0..mentions.len() {
        let group = &mentions[at];
        let [of] = *group.actors.as_slice() else { continue };
        if actors[of].kind != ActorKind::Group {
            continue;
        }
        let end = doc.sentence_of(group.head).last;
        let mut token = group.last;
        if token < end && doc.form(token) == "," {
            token += 1;
        }
        let lists = token < end && matches!(doc.form(token), "including" | "namely" | "among" | ":" | "such");
        if !lists {
            continue;
        }
        token += 1;
        let mut listed = Vec::new();
        for mention in mentions[at + 1..].iter().filter(|m| m.last <= end) {
            let joined = (token..mention.first)
                .all(|t| matches!(doc.form(t), "," | ";" | "and" | "&" | "as" | "them" | "the"));
            let persons = mention
                .actors
                .iter()
                .all(|&a| matches!(actors[a].kind, ActorKind::Person | ActorKind::Office));
            if !(mention.first >= token && joined && persons) {
                break;
            }
            listed.extend(mention.actors.iter().copied());
            token = mention.last;
        }
        if listed.is_empty() {
            continue;
        }
        let (state, group_name) = (actors[of].state.clone(), actors[of].name.clone());
        for &member in &listed {
            let actor = &mut actors[member];
            // The page's own state was only a guess: what the list says is better.
            let guessed = actor.settled.last().is_some_and(|s| s.rule == "the page's own state");
            if state.is_some() && (actor.state.is_none() || guessed) {
                actor.state.clone_from(&state);
                actor.code = code(actor.state.as_deref(), actor.sector);
                actor.settled.push(Settled { rule: "member of a group".into(), by: group_name.clone() });
            }
        }
        mentions[at].actors = listed;
    }
}
