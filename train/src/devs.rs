//! Devs: turns readings of sentences that nothing was learnt from into figures.

use std::path::Path;

use demarche_engine::language::labels::{Labels, Read};
use demarche_engine::language::names;

use crate::corpus::{self, Sentence};
use crate::dictionary::Dictionary;
use crate::learning;
use crate::weights::Weights;

/// One file.
struct Dev {
    name: &'static str,
    sentences: Vec<Sentence>,
}

/// Files that are only measured on.
pub(crate) struct Devs(Vec<Dev>);

impl Devs {
    pub(crate) fn read(shared: &Path) -> Result<Self, String> {
        let mut devs = Vec::new();
        for name in ["en_ewt-dev.conllu", "en_gum-dev.conllu"] {
            devs.push((name, corpus::conllu(&shared.join("treebank").join(name))?));
        }
        for name in ["uner_ewt-dev.bio", "wikigold-dev.bio"] {
            devs.push((name, corpus::bio(&shared.join("names").join(name))?));
        }
        Ok(Self(devs.into_iter().map(|(name, sentences)| Dev { name, sentences }).collect()))
    }

    /// Prints how well the network reads them.
    pub(crate) fn score(&self, weights: &Weights, dictionary: &Dictionary, labels: &Labels) {
        for dev in &self.0 {
            let reads = learning::read(weights, &dev.sentences, dictionary, labels);
            if dev.sentences.iter().any(|s| s.parsed) {
                tree_figures(dev, &reads);
            } else {
                name_figures(dev, &reads);
            }
        }
    }
}

fn tree_figures(dev: &Dev, reads: &[Read]) {
    let (mut words, mut upos, mut uas, mut las) = (0, 0, 0, 0);
    for (sentence, read) in dev.sentences.iter().zip(reads) {
        for (gold, word) in sentence.words.iter().zip(&read.words) {
            words += 1;
            upos += usize::from(gold.upos == word.upos);
            let right = word.head.map_or(0, |h| h + 1) == gold.head;
            uas += usize::from(right);
            las += usize::from(right && gold.relation == word.relation);
        }
    }
    let share = |n: usize| 100.0 * n as f32 / words as f32;
    println!(
        "  {}, gold words: upos {:.2} uas {:.2} las {:.2}",
        dev.name,
        share(upos),
        share(uas),
        share(las)
    );
}

fn name_figures(dev: &Dev, reads: &[Read]) {
    let (mut right, mut found, mut gold) = (0, 0, 0);
    for (sentence, read) in dev.sentences.iter().zip(reads) {
        let spans = names::spans(sentence.names.as_deref().unwrap_or_default());
        gold += spans.len();
        found += read.names.len();
        right += read.names.iter().filter(|n| spans.contains(n)).count();
    }
    println!("  {}: span f1 {:.2}", dev.name, 200.0 * right as f32 / (found + gold).max(1) as f32);
}
