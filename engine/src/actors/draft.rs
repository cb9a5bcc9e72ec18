//! A mention before it is known whom it means.

use crate::actors::actor::{Actor, ActorKind, Mention, Sector};
use crate::actors::chains::code;
use crate::actors::world::World;
use crate::language::Document;

/// A mention with what its own words say of the actor.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) last: usize,
    /// The token that the others hang on.
    pub(crate) head: usize,
    /// The actor as far as these words tell.
    pub(crate) actor: Actor,
    /// Whom the words point at.
    pub(crate) refers: Refers,
    /// Whether they stand for a place.
    pub(crate) place: bool,
    /// The states whose each is one of them, where the words name several: "the foreign ministers of Egypt and Cyprus".
    pub(crate) of_each: Vec<String>,
}

impl Draft {
    /// The actors that a draft of several states means, one for each.
    pub(crate) fn each(&self, world: &World) -> Vec<Actor> {
        let title = self.actor.post.as_ref().map_or(&self.actor.name, |post| &post.title);
        let of = |iso3: &String| {
            let state = world.state(iso3).map_or(iso3.as_str(), |s| s.name.as_str());
            Actor {
                kind: if self.actor.post.is_some() { ActorKind::Office } else { ActorKind::Group },
                name: format!("{title} of {state}"),
                state: Some(iso3.clone()),
                code: code(Some(iso3), self.actor.sector),
                ..self.actor.clone()
            }
        };
        self.of_each.iter().map(of).collect()
    }

    /// Whether it is "the ministry", and no word says whose.
    pub(crate) fn is_bare_ministry(&self) -> bool {
        let unsaid = self.actor.kind == ActorKind::Organisation && self.actor.state.is_none();
        unsaid && {
            let name = self.actor.name.to_lowercase();
            name.starts_with("the ") && name.ends_with("ministry")
        }
    }

    /// Whether it is "the embassy", and no word says whose.
    pub(crate) fn is_bare_embassy(&self) -> bool {
        let unsaid = self.actor.kind == ActorKind::Organisation && self.actor.state.is_none();
        unsaid && matches!(self.actor.name.to_lowercase().as_str(), "the embassy" | "the consulate")
    }

    /// Whether the words mean one office of a state, and do not say of which: "the government", "Parliament".
    pub(crate) fn is_unsaid_office(&self) -> bool {
        let actor = &self.actor;
        let definite = actor.name.starts_with("the ") || actor.name.starts_with(char::is_uppercase);
        actor.kind == ActorKind::Organisation
            && actor.state.is_none()
            && actor.code.is_empty()
            && definite
            && actor.sector.is_some_and(|s| s.is_a_states() && s != Sector::Cop)
    }

    /// Whether the noun stands for the state that it governs.
    pub(crate) fn governs(&self, doc: &Document) -> bool {
        self.actor.kind == ActorKind::Organisation && doc.tokens[self.head].lemma == "government"
    }

    /// "The two countries' foreign ministers", "their presidents": one of each of the states that own them.
    pub(crate) fn take_owners(&mut self, states: &[String]) {
        let posts = self.actor.kind == ActorKind::Group && self.actor.post.is_some();
        if posts && self.actor.state.is_none() && self.of_each.is_empty() && states.len() > 1 {
            self.of_each = states.to_vec();
        }
    }

    /// "Its security service", "her government": whose state no word says are of the side of whom they belong to. A
    /// counterpart is somebody else's.
    pub(crate) fn take_owner(&mut self, owner: Option<&Actor>) {
        // "Her colleagues" are of her own side.
        let counterpart = self.actor.kind != ActorKind::Group
            && self.actor.post.as_ref().is_some_and(|p| p.office.as_deref() == Some("counterpart"));
        let of_a_state = self.actor.sector.is_some_and(|s| s.is_a_states() || s == Sector::Bus);
        let unsaid = self.actor.state.is_none() && self.actor.code.len() <= 3 && !counterpart && of_a_state;
        let state = owner.and_then(|owner| owner.state.clone()).filter(|_| unsaid);
        if let Some(state) = state {
            self.actor.serve(state.clone(), "side of its owner", state);
        }
    }

    /// The mention of those who are meant.
    pub(crate) fn mention(&self, doc: &Document, actors: Vec<usize>) -> Mention {
        Mention {
            span: doc.tokens[self.first].span.join(doc.tokens[self.last - 1].span),
            first: self.first,
            last: self.last,
            head: self.head,
            actors,
            place: self.place,
        }
    }
}

/// How a mention finds its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refers {
    /// Its words say who.
    Itself,
    /// A title alone: the person on the page who holds it, else the office itself.
    Title,
    /// `he`, `her`: the person in view.
    Pronoun,
    /// `it`, `its`: the state or body in view.
    It,
    /// "The country", "the kingdom": the state in view.
    Country,
    /// "Her country", "his government": the state of the person whom the pronoun before it means.
    OwnersState,
    /// "The bloc", "the group", "the militants": the body in view.
    Body,
    /// `I`, `my` in direct speech: who speaks.
    Speaker,
    /// `we`, `our` in direct speech: the side of who speaks.
    SpeakersSide,
    /// "They": the sides or persons of the sentence before.
    They,
    /// The two states that the text is about here.
    BothSides,
    /// "The two rivals": the two persons of the sentence before, else the two states.
    Both,
    /// "The three ministers": the last ones in view of whom there are so many.
    Several,
    /// `himself`: whoever does what is done to him.
    Doer,
    /// The two persons last in view who serve different states.
    BothPersons,
    /// "The ministers": the two last in view who hold such posts for different states.
    Holders,
}
