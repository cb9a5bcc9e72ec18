//! Drafts of mentions → the `Cast`: mentions of one actor joined, states of the page's own officials settled.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::actors::actor::{Actor, ActorKind, Cast, Mention, Sector, Settled, Speech};
use crate::actors::allegiance::{apposed, arrives, description, home, in_view, issuer, place_beside};
use crate::actors::draft::{Draft, Refers};
use crate::actors::lists::{counterpart_beside, share_side, with_counterparts};
use crate::actors::person::{Person, join_person};
use crate::actors::persons::Named;
use crate::actors::same::{holder_of, introduced, same_body, state_actor, tell_state, title_holder};
use crate::actors::speeches::speeches;
use crate::actors::view::{View, is_womans};
use crate::actors::world::World;
use crate::language::{Document, Relation};

/// Joins `named` persons and other `drafts` into the cast of `doc`.
pub(crate) fn cast(
    doc: &Document,
    world: &World,
    date: Option<Date>,
    named: &[Named],
    drafts: Vec<Draft>,
    within: Vec<Draft>,
    outlet_state: Option<&str>,
) -> Cast {
    let mut persons: Vec<Person> = Vec::new();
    let issuer = issuer(doc, &drafts);
    let named = &with_counterparts(doc, named);
    let of_named: Vec<usize> = named.iter().map(|n| join_person(&mut persons, n, world)).collect();
    for (at, person) in persons.iter_mut().enumerate() {
        person.settle(world, date);
        let first = named.iter().zip(&of_named).find(|(_, p)| **p == at).map(|(n, _)| n);
        if let Some(first) = first.filter(|_| person.lacks_state()) {
            person.take_from_view(in_view(doc, first, person.post.as_ref().and_then(|p| p.rank), &drafts));
            if person.state.is_none() {
                person.take_from_view(apposed(doc, first, &drafts));
            }
            // Whose office signs the page speaks from wherever it is.
            person.near = if issuer.is_some() { None } else { place_beside(doc, first, &drafts) };
            person.across = counterpart_beside(doc, first, named, &drafts);
            // Nobody arrives where he is at home: there he comes from anywhere else.
            if arrives(doc, first) {
                person.across = person.across.take().or(person.near.take());
            }
        }
    }
    share_side(doc, named, &of_named, &mut persons);
    // "X, a Guatemalan migrant, …": one person, whose words stand apart.
    let mut described: BTreeMap<usize, usize> = BTreeMap::new();
    for (name, &person) in named.iter().zip(&of_named) {
        let one = |words: &&Draft| {
            words.refers == Refers::Itself
                && matches!(doc.form(words.first), "a" | "an")
                && persons[person].post.is_none()
        };
        if let Some(words) = description(doc, name, &drafts).filter(one) {
            described.insert(words.first, person);
            persons[person].take_description(&words.actor);
        }
    }
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
    let home =
        issuer.or_else(|| outlet_state.map(str::to_owned)).or_else(|| home(doc, &unsaid, named, &drafts));
    let mut actors: Vec<Actor> = Vec::new();
    let mut mentions: Vec<Mention> = Vec::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    let mut spoken = Vec::new();
    let mut women: BTreeMap<usize, bool> = BTreeMap::new();

    let inner: BTreeSet<(usize, usize)> = within.iter().map(|d| (d.first, d.last)).collect();
    let mut drafts: Vec<Draft> = drafts.into_iter().chain(within).collect();
    // Whoever is named inside another's words comes behind him.
    drafts.sort_by_key(|d| (d.first, inner.contains(&(d.first, d.last)), d.last));
    // Both lists are in order of text: walk them side by side.
    let mut next_named = 0;
    let mut drafts = drafts.into_iter().peekable();
    loop {
        let named_first = named.get(next_named).map(|n| n.first);
        let draft_first = drafts.peek().map(|d| d.first);
        match (named_first, draft_first) {
            (Some(n), d) if d.is_none_or(|d| n <= d) => {
                let (person, words) = (of_named[next_named], &named[next_named]);
                let view =
                    View { doc, mentions: &mentions, actors: &actors, world, women: &women, within: &inner };
                if persons[person].lacks_state() {
                    let owner = view.owner(words.first);
                    persons[person].take_from_view(owner.and_then(|owner| {
                        Some((owner.state.clone()?, doc.form(words.first - 1).to_owned()))
                    }));
                    // "The UN's coordinator, X".
                    persons[person].take_body(owner);
                } else if persons[person].lacks_body() {
                    persons[person].take_body(view.owner(words.first));
                }
                // Whoever somebody talks with or writes to is hardly of his side; whoever acts himself can be.
                let head = doc.head_of(words.first, words.name_last);
                let acts = matches!(doc.tokens[head].relation, Relation::Nsubj | Relation::NsubjPass);
                if acts && persons[person].may_take_from_before(home.as_deref()) {
                    let far = persons[person].near.is_some() || persons[person].across.is_some();
                    let before = view.side_before(words.first, far);
                    let (near, across) = (persons[person].near.clone(), persons[person].across.clone());
                    // Abroad, only whoever was spoken of there; opposite a counterpart, anybody but his side.
                    let fits = |(state, _): &(String, String)| {
                        near.as_ref().is_none_or(|near| near == state) && across.as_ref() != Some(state)
                    };
                    persons[person].take_from_view(before.filter(fits));
                }
                let actor = *places.entry(person).or_insert_with(|| {
                    actors.push(persons[person].to_actor(home.as_ref()));
                    actors.len() - 1
                });
                mentions.push(Mention {
                    span: words.span(doc),
                    first: words.first,
                    last: words.last,
                    // A parser may hang the clause on the title as well as on the name.
                    head: doc.head_of(words.first, words.name_last),
                    actors: vec![actor],
                    place: false,
                });
                next_named += 1;
            }
            (_, Some(_)) => {
                let Some(mut draft) = drafts.next() else { break };
                // "Our soldiers": who speaks may be named after the speech.
                if draft.refers == Refers::Itself && is_speakers_own(doc, draft.first) {
                    spoken.push(draft);
                    continue;
                }
                let view =
                    View { doc, mentions: &mentions, actors: &actors, world, women: &women, within: &inner };
                draft.take_owner(view.owner(draft.first));
                draft.take_owners(&view.owners(draft.first));
                let house = draft.is_bare_ministry() || draft.is_bare_embassy();
                let unsaid = draft.is_unsaid_office() && !house;
                if unsaid && let Some((state, by)) = view.side_telling(draft.head) {
                    draft.actor.serve(state, "side of whoever says it", by);
                }
                let again = match draft.refers {
                    Refers::Itself | Refers::Title => view.told_before(&draft),
                    _ => None,
                };
                if again.is_none()
                    && draft.is_bare_embassy()
                    && let Some(state) = view.embassy(draft.first)
                {
                    draft.actor.serve(state.clone(), "envoy in view", state);
                }
                if again.is_none()
                    && draft.is_bare_ministry()
                    && let Some(state) = view.ministry(draft.first)
                {
                    draft.actor.serve(state.clone(), "ministry in view", state);
                }
                if home.is_none()
                    && again.is_none()
                    && draft.is_unsaid_office()
                    && let Some((state, by)) = view.side_acting(draft.first, draft.head)
                {
                    draft.actor.serve(state, "side that acts beside it", by);
                }
                // "The government" of a known state is the state acting.
                if let Some(state) = draft.actor.state.as_ref().and_then(|iso3| world.state(iso3))
                    && draft.governs(doc)
                {
                    draft.actor.kind = ActorKind::State;
                    draft.actor.name.clone_from(&state.name);
                }
                if !draft.of_each.is_empty() {
                    let each = draft.each(world);
                    let meant = each.into_iter().map(|actor| holder_of(&mut actors, actor)).collect();
                    mentions.push(draft.mention(doc, meant));
                    continue;
                }
                let noun = doc.tokens[draft.last - 1].lemma.to_lowercase();
                let meant = match draft.refers {
                    Refers::Doer => view.itself(draft.first),
                    Refers::Pronoun => view.person(draft.first).map(|a| vec![a]),
                    Refers::It => view.body(draft.first).map(|a| vec![a]),
                    Refers::Country => view.country(draft.first, &noun).map(|a| vec![a]),
                    Refers::Body => {
                        view.organisation(draft.first, &noun, draft.actor.sector).map(|a| vec![a])
                    }
                    Refers::OwnersState => view
                        .at(draft.first)
                        .and_then(side)
                        .map(|iso3| vec![state_actor(&mut actors, &iso3, world)]),
                    Refers::Speaker | Refers::SpeakersSide => {
                        spoken.push(draft);
                        continue;
                    }
                    Refers::BothSides | Refers::Both => {
                        let either = draft.refers == Refers::Both;
                        match view.pair(draft.head).filter(|_| either) {
                            Some(persons) => Some(persons),
                            None => view
                                .two_states(draft.head)
                                .map(|pair| pair.map(|iso3| state_actor(&mut actors, &iso3, world)).to_vec()),
                        }
                    }
                    Refers::They => view.group(draft.first),
                    Refers::Several => view.several(draft.first),
                    Refers::BothPersons => match view.two_persons(draft.last - 1, true) {
                        Some(persons) => Some(persons),
                        None => view.two_holders(draft.last - 1).map(|pair| {
                            pair.map(|(state, holder)| {
                                holder.unwrap_or_else(|| state_actor(&mut actors, &state, world))
                            })
                            .to_vec()
                        }),
                    },
                    Refers::Holders => view.two_persons(draft.last - 1, false),
                    Refers::Title => {
                        let before = again.or_else(|| view.described(&draft));
                        title_holder(&draft, &persons, named, &of_named, home.as_deref())
                            .map(|person| {
                                *places.entry(person).or_insert_with(|| {
                                    actors.push(persons[person].to_actor(home.as_ref()));
                                    actors.len() - 1
                                })
                            })
                            .or(before)
                            .map(|holder| vec![holder])
                    }
                    Refers::Itself => again.map(|a| vec![a]).or_else(|| {
                        let beside = described.get(&draft.first).copied();
                        let person =
                            beside.or_else(|| introduced(&draft, doc, named).map(|at| of_named[at]))?;
                        let actor = *places.entry(person).or_insert_with(|| {
                            actors.push(persons[person].to_actor(home.as_ref()));
                            actors.len() - 1
                        });
                        Some(vec![actor])
                    }),
                };
                let office = draft.refers == Refers::Title || draft.actor.kind == ActorKind::Office;
                if let (true, Some([holder])) = (office, meant.as_deref()) {
                    tell_state(&mut actors[*holder], &draft);
                }
                // Surely only where the sentence itself says who: "Ruiz said | she would stay".
                let here = doc.sentence_of(draft.first).first;
                let beside = |person: usize| {
                    mentions.iter().rev().take_while(|m| m.first >= here).any(|m| m.actors == [person])
                };
                if let (Refers::Pronoun, Some([person])) = (draft.refers, meant.as_deref())
                    && beside(*person)
                {
                    women.entry(*person).or_insert(is_womans(doc.form(draft.first)));
                }
                let meant = match (meant, draft.refers) {
                    (Some(meant), _) => meant,
                    (None, Refers::Itself | Refers::Title) => {
                        vec![same_body(&mut actors, &draft, home.as_deref())]
                    }
                    (None, Refers::Body | Refers::OwnersState | Refers::Holders | Refers::Several)
                        if draft.actor.sector.is_some() =>
                    {
                        vec![same_body(&mut actors, &draft, home.as_deref())]
                    }
                    // A pointer with nothing to point at means nobody.
                    (None, _) => continue,
                };
                mentions.push(draft.mention(doc, meant));
            }
            _ => break,
        }
    }
    let speeches = speeches(doc, &mentions);
    let mut said = Vec::new();
    for mut draft in spoken {
        let told = Speech::at(&speeches, doc.tokens[draft.first].span).map(|s| mentions[s.speaker].actors[0]);
        let view = View { doc, mentions: &mentions, actors: &actors, world, women: &women, within: &inner };
        let speaker = told.or_else(|| view.speaker(draft.first));
        let meant = match (draft.refers, speaker) {
            (Refers::Speaker, Some(speaker)) => speaker,
            (Refers::SpeakersSide, Some(speaker)) => match side(&actors[speaker]) {
                Some(iso3) => state_actor(&mut actors, &iso3, world),
                None => match view.body_of(speaker) {
                    Some(body) => body,
                    None => continue,
                },
            },
            (Refers::Speaker | Refers::SpeakersSide, None) => continue,
            (_, owner) => {
                draft.take_owner(owner.map(|owner| &actors[owner]));
                same_body(&mut actors, &draft, home.as_deref())
            }
        };
        said.push(draft.mention(doc, vec![meant]));
    }
    mentions.append(&mut said);
    mentions.sort_by_key(|m| (m.first, m.last));
    let (within, mut mentions): (Vec<Mention>, Vec<Mention>) =
        mentions.into_iter().partition(|m| inner.contains(&(m.first, m.last)));
    members(doc, &mut mentions, &mut actors);
    Cast { actors, mentions, within, ..Cast::default() }
}

/// Whether what begins at token `at` is the speaker's: "our | soldiers", in direct speech.
fn is_speakers_own(doc: &Document, at: usize) -> bool {
    let owner = at.checked_sub(1).filter(|&before| doc.is_quoted(before));
    owner.is_some_and(|before| matches!(doc.form(before).to_lowercase().as_str(), "our" | "my"))
}

impl Actor {
    /// Puts the actor on the side of `state`, as `rule` settled `by` these words or rows.
    pub(crate) fn serve(&mut self, state: String, rule: &str, by: String) {
        self.code = code(Some(&state), self.sector);
        self.settled.push(Settled { rule: rule.to_owned(), by });
        self.state = Some(state);
    }

    /// Whether the side is the page's own, for want of better.
    pub(crate) fn is_guessed(&self) -> bool {
        self.settled.last().is_some_and(|s| s.rule == "the page's own state")
    }
}

/// CAMEO actor code: the state, then the role.
pub(crate) fn code(state: Option<&str>, sector: Option<Sector>) -> String {
    format!("{}{}", state.unwrap_or(""), sector.map_or("", Sector::as_str))
}

/// The state for which somebody says "we".
fn side(actor: &Actor) -> Option<String> {
    let serves = is_side(actor) || actor.sector.is_some_and(Sector::is_a_states);
    actor.state.clone().filter(|_| serves)
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
            let open = actor.state.is_none() || actor.is_guessed();
            if let Some(state) = state.clone().filter(|_| open) {
                actor.serve(state, "member of a group", group_name.clone());
            }
        }
        mentions[at].actors = listed;
    }
}
