//! A mention before it is known whom it means.

use crate::actors::actor::{Actor, Mention};
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
}

impl Draft {
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
    /// The two persons last in view who serve different states.
    BothPersons,
    /// "The ministers": the two last in view who hold such posts for different states.
    Holders,
}
