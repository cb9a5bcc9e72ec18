//! Labels: turns the network's scores into tags, trees, relations and names of sentences.

use super::document::{Feats, Relation, Upos};
use super::linear::{argmax, exp};
use super::model::ModelError;
use super::names::{self, Named};
use super::network::{NAME_TAGS, Network, Scores};
use super::tree;

/// What the network says of one word.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Part of speech.
    pub upos: Upos,
    /// Features.
    pub feats: Feats,
    /// The word it depends on, counted in its sentence.
    pub head: Option<usize>,
    /// How.
    pub relation: Relation,
}

/// A sentence as the network reads it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Read {
    /// One per form.
    pub words: Vec<Reading>,
    /// Its names.
    pub names: Vec<Named>,
}

/// What the numbers of the network's outputs stand for.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Parts of speech with features.
    pub tags: Vec<(Upos, Feats)>,
    /// Relations.
    pub relations: Vec<Relation>,
}

impl Labels {
    /// Reads labels, one a line: part of speech and features parted by a space; relations.
    pub fn parse(tags: &str, relations: &str) -> Result<Self, ModelError> {
        let mut labels = Self::default();
        for line in tags.lines() {
            let (upos, feats) = line.split_once(' ').unwrap_or((line, "_"));
            let upos = Upos::parse(upos).ok_or_else(|| {
                ModelError::new(format!("part of speech {upos:?} is not known to this engine"))
            })?;
            labels.tags.push((upos, Feats::parse(feats)));
        }
        for line in relations.lines() {
            let unknown = || ModelError::new(format!("relation {line:?} is not known to this engine"));
            labels.relations.push(Relation::parse(line).ok_or_else(unknown)?);
        }
        if labels.tags.is_empty() || labels.relations.is_empty() {
            return Err(ModelError::new("it has no labels"));
        }
        Ok(labels)
    }

    /// The likeliest part of speech over all its features, and the likeliest of these.
    fn tag(&self, scores: &[f32]) -> (Upos, Feats) {
        let greatest = scores[argmax(scores)];
        let mut shares: Vec<(Upos, f32)> = Vec::new();
        for ((upos, _), score) in self.tags.iter().zip(scores) {
            let share = exp(score - greatest);
            match shares.iter_mut().find(|(u, _)| u == upos) {
                Some((_, sum)) => *sum += share,
                None => shares.push((*upos, share)),
            }
        }
        let best = shares[argmax(&shares.iter().map(|(_, share)| *share).collect::<Vec<_>>())].0;
        let own: Vec<f32> = self
            .tags
            .iter()
            .zip(scores)
            .map(|((upos, _), score)| if *upos == best { *score } else { f32::NEG_INFINITY })
            .collect();
        self.tags[argmax(&own)]
    }

    /// The best reading of each of the scored sentences, of which the lengths are given.
    pub fn read(&self, network: &Network, scores: &Scores, lengths: &[usize]) -> Vec<Read> {
        let mut heads = Vec::new();
        let mut begin = 0;
        for (&length, arcs) in lengths.iter().zip(&scores.arcs) {
            heads.extend(tree::decode(arcs, length).into_iter().map(|h| h.map(|h| begin + h)));
            begin += length;
        }
        let relations = network.relations(scores, &heads);
        let root = self.relations.iter().position(|r| *r == Relation::Root);
        let mut begin = 0;
        let mut out = Vec::with_capacity(lengths.len());
        for &length in lengths {
            let words = (begin..begin + length)
                .map(|i| {
                    let (upos, feats) = self.tag(&scores.tags[i * self.tags.len()..][..self.tags.len()]);
                    let mut row = relations[i * self.relations.len()..][..self.relations.len()].to_vec();
                    if let Some(root) = root {
                        row[root] = f32::NEG_INFINITY;
                    }
                    let relation =
                        if heads[i].is_none() { Relation::Root } else { self.relations[argmax(&row)] };
                    Reading { upos, feats, head: heads[i].map(|h| h - begin), relation }
                })
                .collect();
            let names = names::decode(&scores.names[begin * NAME_TAGS..(begin + length) * NAME_TAGS]);
            out.push(Read { words, names });
            begin += length;
        }
        out
    }
}
