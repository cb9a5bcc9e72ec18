//! Labels: turns the network's scores into tags, trees, relations and names of sentences.

use super::document::{Feats, Relation, Upos};
use super::linear::{argmax, exp, vectorised};
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
    /// Scores of the name tags of each word.
    pub name_scores: Vec<f32>,
}

/// What the numbers of the network's outputs stand for.
#[derive(Debug, Clone, Default)]
pub struct Labels {
    /// Parts of speech with features.
    pub tags: Vec<(Upos, Feats)>,
    /// Relations.
    pub relations: Vec<Relation>,
    /// The parts of speech, and which of them each tag is of.
    kinds: (Vec<Upos>, Vec<usize>),
}

impl Labels {
    /// Labels in the order of the network's outputs.
    pub fn new(tags: Vec<(Upos, Feats)>, relations: Vec<Relation>) -> Self {
        let mut kinds: (Vec<Upos>, Vec<usize>) = Default::default();
        for (upos, _) in &tags {
            let known = kinds.0.iter().position(|u| u == upos);
            kinds.1.push(known.unwrap_or(kinds.0.len()));
            if known.is_none() {
                kinds.0.push(*upos);
            }
        }
        Self { tags, relations, kinds }
    }

    /// Reads labels, one a line: part of speech and features parted by a space; relations.
    pub fn parse(tags: &str, relations: &str) -> Result<Self, ModelError> {
        let (mut of_tags, mut of_relations) = (Vec::new(), Vec::new());
        for line in tags.lines() {
            let (upos, feats) = line.split_once(' ').unwrap_or((line, "_"));
            let upos = Upos::parse(upos).ok_or_else(|| {
                ModelError::new(format!("part of speech {upos:?} is not known to this engine"))
            })?;
            of_tags.push((upos, Feats::parse(feats)));
        }
        for line in relations.lines() {
            let unknown = || ModelError::new(format!("relation {line:?} is not known to this engine"));
            of_relations.push(Relation::parse(line).ok_or_else(unknown)?);
        }
        if of_tags.is_empty() || of_relations.is_empty() {
            return Err(ModelError::new("it has no labels"));
        }
        Ok(Self::new(of_tags, of_relations))
    }

    /// The likeliest part of speech over all its features, and the likeliest of these. `shares` are the scores of the
    /// tags as [`shares`] makes them.
    fn tag(&self, scores: &[f32], shares: &[f32], sums: &mut Vec<f32>) -> (Upos, Feats) {
        let (upos, kinds) = &self.kinds;
        sums.clear();
        sums.resize(upos.len(), 0.0);
        for (share, kind) in shares.iter().zip(kinds) {
            sums[*kind] += share;
        }
        let best = argmax(sums);
        let mut found: Option<usize> = None;
        for (at, score) in scores.iter().enumerate().filter(|(at, _)| kinds[*at] == best) {
            if found.is_none_or(|found| *score > scores[found]) {
                found = Some(at);
            }
        }
        self.tags[found.unwrap_or(0)]
    }

    /// The best reading of each of the scored sentences, of which the lengths are given.
    pub fn read(&self, network: &Network, scores: &Scores, lengths: &[usize]) -> Vec<Read> {
        let mut heads = Vec::new();
        let mut begin = 0;
        for (&length, arcs) in lengths.iter().zip(&scores.arcs) {
            heads.extend(tree::decode(arcs, length).into_iter().map(|h| h.map(|h| begin + h)));
            begin += length;
        }
        let mut relations = network.relations(scores, &heads);
        // Only what hangs from nothing is a root.
        if let Some(root) = self.relations.iter().position(|r| *r == Relation::Root) {
            let rows = relations.chunks_exact_mut(self.relations.len());
            rows.for_each(|row| row[root] = f32::NEG_INFINITY);
        }
        let count = self.tags.len();
        let shares = shares(&scores.tags, count);
        let mut sums = Vec::new();
        let mut begin = 0;
        let mut out = Vec::with_capacity(lengths.len());
        for &length in lengths {
            let words = (begin..begin + length)
                .map(|i| {
                    let (upos, feats) = self.tag(
                        &scores.tags[i * count..][..count],
                        &shares[i * count..][..count],
                        &mut sums,
                    );
                    let relation = match heads[i] {
                        None => Relation::Root,
                        Some(_) => {
                            let row = &relations[i * self.relations.len()..][..self.relations.len()];
                            self.relations[argmax(row)]
                        }
                    };
                    Reading { upos, feats, head: heads[i].map(|h| h - begin), relation }
                })
                .collect();
            let name_scores = scores.names[begin * NAME_TAGS..(begin + length) * NAME_TAGS].to_vec();
            out.push(Read { words, names: names::decode(&name_scores), name_scores });
            begin += length;
        }
        out
    }
}

/// How likely each tag is, beside the likeliest of its word; rows of `count`.
fn shares(scores: &[f32], count: usize) -> Vec<f32> {
    let mut shares = scores.to_vec();
    vectorised(
        #[inline(always)]
        || {
            for row in shares.chunks_exact_mut(count.max(1)) {
                let greatest = row[argmax(row)];
                row.iter_mut().for_each(|score| *score = exp(*score - greatest));
            }
        },
    );
    shares
}
