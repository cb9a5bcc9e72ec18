//! A mention before it is known whom it means.

use crate::actors::actor::Actor;

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

/// How a mention finds its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refers {
    /// Its words say who.
    Itself,
    /// A title alone: the person on the page who holds it, else the office itself.
    Title,
    /// A personal pronoun: the person last in view.
    Pronoun,
    /// "They": the sides or persons of the sentence before.
    They,
    /// The two states that the text is about here.
    BothSides,
    /// The two persons last in view who serve different states.
    BothPersons,
}
