//! Sentence ends: turns treebank paragraphs into the weights of the scorer of places (logistic regression).

use std::collections::BTreeMap;

use demarche_engine::language::sentences::Place;
use demarche_engine::language::{Register, tokens};
use demarche_engine::text::Span;

use crate::corpus::Sentence;
use crate::random::Random;

/// Paragraphs as running text, each with the bytes at which sentences end.
pub(crate) fn paragraphs(sentences: &[Sentence]) -> Vec<(String, Vec<usize>)> {
    let mut out: Vec<(String, Vec<usize>)> = Vec::new();
    let mut space = false;
    for sentence in sentences.iter().filter(|s| s.parsed) {
        if sentence.opens_paragraph || out.is_empty() {
            out.push(Default::default());
            space = false;
        }
        let Some((text, ends)) = out.last_mut() else { continue };
        for word in &sentence.words {
            if space {
                text.push(' ');
            }
            text.push_str(&word.form);
            space = word.space_after;
        }
        ends.push(text.len());
    }
    out
}

/// Hashes and weights.
pub(crate) fn learn(sentences: &[Sentence], random: &mut Random) -> (Vec<u32>, Vec<f32>) {
    let mut places: Vec<(Vec<u32>, bool)> = Vec::new();
    for (text, ends) in paragraphs(sentences) {
        let words = tokens::split(&text, Span::new(0, text.len()));
        let mut place = Place { text: &text, words: &words, at: 0, begin: 0, quotes: 0 };
        for (at, word) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
            place.at = at;
            place.note_quotes();
            let end = ends.binary_search(&word.end).is_ok();
            if place.sure(Register::Prose).is_none() {
                places.push((place.features().to_vec(), end));
            }
            if end {
                place.begin = at + 1;
                place.quotes = 0;
            }
        }
    }
    let mut rows: BTreeMap<u32, usize> = BTreeMap::new();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for hash in places.iter().flat_map(|p| &p.0) {
        *counts.entry(*hash).or_insert(0) += 1;
    }
    for (hash, _) in counts.into_iter().filter(|(_, count)| *count >= 4) {
        let row = rows.len();
        rows.insert(hash, row);
    }
    let mut weights = vec![0.0_f32; rows.len()];
    let mut squares = vec![1e-3_f32; rows.len()];
    let mut order: Vec<usize> = (0..places.len()).collect();
    for _ in 0..6 {
        random.shuffle(&mut order);
        for &i in &order {
            let (features, end) = &places[i];
            let at: Vec<usize> = features.iter().filter_map(|h| rows.get(h).copied()).collect();
            let score: f32 = at.iter().map(|&r| weights[r]).sum();
            let slope = demarche_engine::language::linear::sigmoid(score) - f32::from(u8::from(*end));
            for r in at {
                let g = slope + 1e-4 * weights[r];
                squares[r] += g * g;
                weights[r] -= 0.15 * g / squares[r].sqrt();
            }
        }
    }
    // What decides nothing is left out.
    rows.into_iter().zip(weights).filter(|(_, w)| w.abs() > 0.08).map(|((hash, _), w)| (hash, w)).unzip()
}
