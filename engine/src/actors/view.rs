//! The mentions so far → whom a pronoun, "both sides" or "the two leaders" mean at a point of the text.

use crate::actors::actor::{Actor, ActorKind, Mention};
use crate::actors::chains::is_side;
use crate::language::{Document, Relation, Upos};

/// Who is in view at a point of the text.
#[derive(Debug, Default)]
pub(crate) struct View {
    /// Mentions so far, by position in the list.
    pub(crate) seen: Vec<usize>,
}

impl View {
    /// The person whom a pronoun at token `at` means: the subject of the sentence before, else the last person named
    /// there, else the last person at all; within the sentence, the subject before it.
    pub(crate) fn person(
        &self,
        doc: &Document,
        at: usize,
        mentions: &[Mention],
        actors: &[Actor],
    ) -> Option<usize> {
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

    /// Whom "they" at token `at` means: the last mention of several in the sentence before, else its persons or states if
    /// they are of two sides.
    pub(crate) fn group(
        &self,
        doc: &Document,
        at: usize,
        mentions: &[Mention],
        actors: &[Actor],
    ) -> Option<Vec<usize>> {
        let here = doc.sentence_of(at).first;
        let before = self.seen.iter().rev().map(|&m| &mentions[m]).find(|m| m.head < here)?;
        let sentence = *doc.sentence_of(before.head);
        let inside: Vec<&Mention> =
            self.seen.iter().map(|&m| &mentions[m]).filter(|m| sentence.span.contains(m.span)).collect();
        if let Some(several) = inside.iter().rfind(|m| m.actors.len() > 1) {
            return Some(several.actors.clone());
        }
        let of_kind = |person: bool| -> Option<Vec<usize>> {
            let mut group: Vec<usize> = inside
                .iter()
                .filter(|m| !m.place)
                .flat_map(|m| m.actors.iter().copied())
                .filter(|&a| is_side(&actors[a]) && actors[a].state.is_some())
                .filter(|&a| matches!(actors[a].kind, ActorKind::Person | ActorKind::Office) == person)
                .collect();
            group.dedup();
            let sides = group.iter().any(|&a| actors[a].state != actors[group[0]].state);
            sides.then_some(group)
        };
        of_kind(true).or_else(|| of_kind(false))
    }

    /// The last two different states in view, in order of text.
    pub(crate) fn two_states(&self, actors: &[Actor], mentions: &[Mention]) -> Option<[String; 2]> {
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
    pub(crate) fn two_persons(&self, actors: &[Actor], mentions: &[Mention]) -> Option<Vec<usize>> {
        let mut persons =
            self.seen.iter().rev().flat_map(|&m| mentions[m].actors.iter().rev().copied()).filter(|&a| {
                matches!(actors[a].kind, ActorKind::Person | ActorKind::Office) && actors[a].state.is_some()
            });
        let last = persons.next()?;
        let other = persons.find(|&a| actors[a].state != actors[last].state)?;
        Some(vec![other, last])
    }
}
