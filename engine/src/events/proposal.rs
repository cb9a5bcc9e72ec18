//! Two sides that a sentence names, where no frame's roles tie them together → the frame whose word stands nearest to both
//! in the parse, and how likely it is that the sentence tells that between them.

use std::cell::OnceCell;
use std::cmp::Reverse;

use crate::actors::{ActorKind, Mention};
use crate::events::clause::Clause;
use crate::events::codes::plover;
use crate::events::fit::{Fit, called, is_worded};
use crate::events::roles::{Filled, Page};
use crate::language::{Document, Sentence};

/// A frame for two sides.
pub(crate) struct Proposal<'p> {
    /// The frame, with the sides put into its roles.
    pub(crate) fit: Fit<'p>,
    /// How often such a proposal is right, in per cent.
    pub(crate) likelihood: u8,
}

/// The nearest frame for what mention `source` does to mention `target`, if there is one.
pub(crate) fn propose<'p>(
    page: &Page<'p>,
    sentence: Sentence,
    source: usize,
    target: Option<usize>,
) -> Option<Proposal<'p>> {
    let doc = page.doc;
    let (from, to) = (Side::of(page, sentence, source), target.map(|t| Side::of(page, sentence, t)));
    let (far, (frame, clause)) = (sentence.first..sentence.last)
        .filter(|&t| !from.named(t) && !to.as_ref().is_some_and(|to| to.named(t)))
        .filter_map(|t| {
            let (candidates, clause) = called(page, t)?;
            let said = OnceCell::new();
            let fitting = candidates.into_iter().filter(|f| {
                // That somebody says something is no answer to what he does to the other.
                plover(&f.cameo).is_some()
                    && is_worded(page, f, &clause, &said)
                    && to
                        .as_ref()
                        .is_none_or(|to| f.recipient_is.is_empty() || f.recipient_is.contains(&to.kind))
            });
            let frame = fitting.max_by_key(|f| (f.specificity(), Reverse(f.name.as_str())))?;
            let acts = plays(&clause, &frame.actor, &from);
            let undergoes = to.as_ref().is_none_or(|to| plays(&clause, &frame.recipient, to));
            let far = from.steps(doc, t) + to.as_ref().map_or(0, |to| to.steps(doc, t));
            Some((far + 3 * usize::from(!acts) + usize::from(!undergoes), (frame, clause)))
        })
        .min_by_key(|(far, (frame, clause))| (*far, Reverse(frame.specificity()), clause.trigger))?;
    let near = |mention: usize| Filled { mention, path: "near".to_owned() };
    let recipients = target.into_iter().map(near).collect();
    let fit = Fit { frame, clause, actors: vec![near(source)], recipients };
    Some(Proposal { fit, likelihood: likelihood(far) })
}

/// In how many of a hundred marked sentences such a proposal is right, by how far its word stands from both sides: the shares
/// that `eval relations` prints, over 267 proposals.
fn likelihood(far: usize) -> u8 {
    match far {
        0..=5 => 85,
        6..=7 => 70,
        8..=9 => 55,
        _ => 30,
    }
}

/// One of the two sides, in a sentence.
struct Side<'p> {
    /// What it is.
    kind: ActorKind,
    /// Its mentions there: the one that is asked about first, and words that point back at it.
    mentions: Vec<&'p Mention>,
}

impl<'p> Side<'p> {
    fn of(page: &'p Page<'_>, sentence: Sentence, mention: usize) -> Self {
        let asked = page.mention(mention);
        let actor = asked.actors[0];
        let back = page
            .cast
            .mentions
            .iter()
            .filter(|m| m.actors == [actor] && sentence.span.contains(m.span) && m.first != asked.first);
        Self { kind: page.cast.actors[actor].kind, mentions: [asked].into_iter().chain(back).collect() }
    }

    /// Whether token `t` is part of the words that are asked about.
    fn named(&self, t: usize) -> bool {
        self.mentions[0].first <= t && t < self.mentions[0].last
    }

    /// Whether token `t` is part of any of its mentions.
    fn has(&self, t: usize) -> bool {
        self.mentions.iter().any(|m| m.first <= t && t < m.last)
    }

    /// Steps through the tree from token `t` to its nearest mention.
    fn steps(&self, doc: &Document, t: usize) -> usize {
        self.mentions.iter().map(|m| steps(doc, t, m.head)).min().unwrap_or(0)
    }
}

/// Whether one of the fillers of these roles is of this side.
fn plays(clause: &Clause, roles: &[String], side: &Side<'_>) -> bool {
    roles.iter().flat_map(|role| clause.role(role)).any(|filler| side.has(filler.token))
}

/// Steps from one token to the other through the tree; the whole sentence where they hang in none together.
fn steps(doc: &Document, a: usize, b: usize) -> usize {
    let up = |from: usize| -> Vec<usize> {
        let mut way = vec![from];
        while let Some(head) = doc.tokens[way[way.len() - 1]].head.filter(|head| !way.contains(head)) {
            way.push(head);
        }
        way
    };
    let (a, b) = (up(a), up(b));
    let meeting = a.iter().enumerate().find_map(|(i, t)| Some(i + b.iter().position(|u| u == t)?));
    meeting.unwrap_or(a.len() + b.len())
}
