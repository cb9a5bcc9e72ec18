//! Drafts of mentions → the `Cast`: mentions of one actor joined, states of the page's own officials settled.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::actors::actor::{Actor, ActorKind, Cast, Manner, Mention, Post, Sector, Settled};
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
    let of_named: Vec<usize> = named.iter().map(|n| join_person(&mut persons, n, world)).collect();
    for person in &mut persons {
        person.settle(world, date);
    }
    let home = home(doc, &persons, named, &of_named, &drafts, outlet_state);
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
                    actors.push(persons[person].to_actor(home.as_ref(), world));
                    actors.len() - 1
                });
                mentions.push(Mention {
                    span: words.span(doc),
                    first: words.first,
                    last: words.last,
                    head: head_of(doc, words.name_first, words.name_last),
                    actors: vec![actor],
                    place: false,
                });
                view.see(doc, mentions.len() - 1, &mentions, &actors);
                next_named += 1;
            }
            (_, Some(_)) => {
                let Some(draft) = drafts.next() else { break };
                let meant = match draft.refers {
                    Refers::Pronoun => view.person(doc, draft.first, &mentions, &actors).map(|a| vec![a]),
                    Refers::BothSides => view
                        .two_states(&actors, &mentions, world, &mut Vec::new())
                        .map(|pair| pair.map(|iso3| state_actor(&mut actors, &iso3, world)).to_vec()),
                    Refers::BothPersons => view.two_persons(&actors, &mentions),
                    Refers::Title => {
                        title_holder(&draft, &persons, named, &of_named, home.as_deref()).map(|person| {
                            vec![*places.entry(person).or_insert_with(|| {
                                actors.push(persons[person].to_actor(home.as_ref(), world));
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
                view.see(doc, mentions.len() - 1, &mentions, &actors);
            }
            _ => break,
        }
    }
    members(doc, &mut mentions, &mut actors);
    Cast { actors, mentions }
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

    fn to_actor(&self, home: Option<&String>, world: &World) -> Actor {
        let mut settled = self.settled.clone();
        let mut state = self.state.clone();
        let serves_a_state = self.post.is_some()
            && self
                .sector
                .is_some_and(|s| !matches!(s, Sector::Igo | Sector::Ngo | Sector::Mnc | Sector::Img));
        if state.is_none()
            && serves_a_state
            && let Some(home) = home
        {
            state = Some(home.clone());
            settled.push(Settled { rule: "the page's own state".into(), by: home.clone() });
        }
        let _ = world;
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

/// The state whose officials the page names without saying so. News says whose minister someone is unless he is its own:
/// so the states of persons whom only the tables place, the outlet's state and a dateline's capital speak for home.
fn home(
    doc: &Document,
    persons: &[Person],
    named: &[Named],
    of_named: &[usize],
    drafts: &[Draft],
    outlet_state: Option<&str>,
) -> Option<String> {
    if let Some(state) = outlet_state {
        return Some(state.to_owned());
    }
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, person) in persons.iter().enumerate() {
        let unsaid = named.iter().zip(of_named).all(|(n, &p)| p != at || n.state.is_none());
        if let Some(state) = person.state.as_deref().filter(|_| unsaid && person.post.is_some()) {
            *votes.entry(state).or_default() += 2;
        }
    }
    for draft in drafts.iter().filter(|d| d.actor.kind == ActorKind::State) {
        if let Some(state) = draft.actor.state.as_deref() {
            let located = draft.place && doc.sentence_of(draft.first).first + 12 > draft.first;
            *votes.entry(state).or_default() += usize::from(located);
        }
    }
    only_highest(&votes).or_else(|| {
        // Nobody is known: the state most spoken of among those whose officials the page never has to explain.
        let explained: Vec<&str> =
            named.iter().filter(|n| n.post.is_some()).filter_map(|n| n.state.as_deref()).collect();
        let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
        for draft in drafts.iter().filter(|d| is_side(&d.actor)) {
            if let Some(state) = draft.actor.state.as_deref().filter(|s| !explained.contains(s)) {
                *spoken.entry(state).or_default() += 1;
            }
        }
        spoken.retain(|_, count| *count > 1);
        only_highest(&spoken)
    })
}

/// The key of the highest count, unless two share it.
fn only_highest(votes: &BTreeMap<&str, usize>) -> Option<String> {
    let best = votes.values().max().copied()?;
    let mut leaders = votes.iter().filter(|(_, v)| **v == best).map(|(s, _)| *s);
    let first = leaders.next()?;
    leaders.next().is_none().then(|| first.to_owned())
}

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
        states_agree
            && !former
            && (held.office == post.office
                || (!post.title.contains(' ') && last_word(&held.title) == post.title.to_lowercase()))
    };
    let pairs = || named.iter().zip(of_named);
    pairs()
        .filter(|(n, _)| n.first < draft.first)
        .filter(holds)
        .last()
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
    fn see(&mut self, _doc: &Document, mention: usize, _mentions: &[Mention], _actors: &[Actor]) {
        self.seen.push(mention);
    }

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
    fn two_states(
        &self,
        actors: &[Actor],
        mentions: &[Mention],
        _world: &World,
        _: &mut Vec<String>,
    ) -> Option<[String; 2]> {
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
fn is_side(actor: &Actor) -> bool {
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
