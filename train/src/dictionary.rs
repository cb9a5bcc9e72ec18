//! The dictionary: turns the corpora into the features that get a vector, and sentences into samples.

use std::collections::BTreeMap;

use demarche_engine::language::features::{self, Rows};
use demarche_engine::language::{Feats, Relation, Upos};

use crate::corpus::Sentence;
use crate::loss::Sample;
use crate::random::Random;

/// `vectors.py` multiplies by this before it rounds.
const VECTOR_SCALE: f32 = 24.0;

/// A word of the corpora says as much for a feature as so many words that the teacher read.
const GOLD_WEIGHS: u32 = 24;

/// What turns sentences into numbers.
pub(crate) struct Dictionary {
    pub(crate) rows: Rows,
    /// How often each lower-cased form was seen, by its hash.
    counts: BTreeMap<u32, u32>,
    pub(crate) tags: Vec<(Upos, Feats)>,
    pub(crate) relations: Vec<Relation>,
    /// Vectors from raw text.
    pub(crate) vector_rows: Rows,
    pub(crate) vectors: Vec<f32>,
    pub(crate) vector: usize,
}

impl Dictionary {
    /// Tags and relations are those of the `trees`; features those of the corpora, all of them `gold`, and such as are
    /// common in what was `read`.
    pub(crate) fn new(trees: &[Sentence], gold: &[Sentence], read: &[Sentence]) -> Self {
        let mut seen: BTreeMap<u32, (usize, u32)> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        for (weight, sentence) in gold.iter().map(|s| (GOLD_WEIGHS, s)).chain(read.iter().map(|s| (1, s))) {
            for (i, word) in sentence.words.iter().enumerate() {
                let hashes = features::of(&word.form, i == 0);
                *counts.entry(hashes[0]).or_insert(0) += 1;
                for (feature, hash) in hashes.into_iter().enumerate() {
                    // An exact form without capitals says no more than the lower-cased one.
                    if feature == 1 && !word.form.chars().any(char::is_uppercase) {
                        continue;
                    }
                    seen.entry(hash).or_insert((feature, 0)).1 += weight;
                }
            }
        }
        let mut tags: BTreeMap<String, u32> = BTreeMap::new();
        let mut relations: BTreeMap<Relation, u32> = BTreeMap::new();
        for word in trees.iter().flat_map(|s| &s.words) {
            *tags.entry(format!("{} {}", word.upos, word.feats)).or_insert(0) += 1;
            *relations.entry(word.relation).or_insert(0) += 1;
        }
        let least = |feature: usize| GOLD_WEIGHS * if (2..=8).contains(&feature) { 3 } else { 2 };
        let hashes = seen
            .into_iter()
            .filter(|(_, (feature, count))| *count >= least(*feature))
            .map(|(h, _)| h)
            .collect();
        let tags = tags
            .into_iter()
            .filter(|(_, count)| *count >= 3)
            .map(|(name, _)| {
                let (upos, feats) = name.split_once(' ').expect("written above");
                (Upos::parse(upos).expect("written above"), Feats::parse(feats))
            })
            .collect();
        Self {
            rows: Rows::new(hashes),
            counts,
            tags,
            relations: relations.into_keys().collect(),
            vector_rows: Rows::default(),
            vectors: Vec::new(),
            vector: 0,
        }
    }

    /// Takes over the vectors of `vectors.py`: counts of words, columns and bytes of text, the words, one byte a number.
    pub(crate) fn read_vectors(&mut self, bytes: &[u8]) -> Result<(), String> {
        let short = || "the file of word vectors is cut short".to_owned();
        let number = |at: usize| -> Result<usize, String> {
            let bytes = bytes.get(at * 4..at * 4 + 4).ok_or_else(short)?;
            Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
        };
        let (words, columns, length) = (number(0)?, number(1)?, number(2)?);
        let text = bytes.get(12..12 + length).ok_or_else(short)?;
        let text = std::str::from_utf8(text).map_err(|e| format!("words with vectors: {e}"))?;
        let values = bytes.get(12 + length..12 + length + words * columns).ok_or_else(short)?;
        let hashes = text.lines().map(|word| features::of(word, false)[0]).collect();
        self.vector_rows = Rows::new(hashes);
        self.vectors = values.iter().map(|&b| f32::from(i8::from_le_bytes([b])) / VECTOR_SCALE).collect();
        self.vector = columns;
        Ok(())
    }

    /// The sample of a sentence, perhaps rewritten as headlines and shouting are.
    pub(crate) fn sample(&self, sentence: &Sentence, rewrite: Rewrite) -> Sample {
        let mut sample = Sample::default();
        let words = &sentence.words;
        let last = words.len() - 1;
        // A full stop that nothing hangs from can go; headlines have none.
        let drop_stop = rewrite != Rewrite::None
            && sentence.parsed
            && words.len() > 2
            && matches!(words[last].form.as_str(), "." | "!")
            && words.iter().all(|w| w.head != words.len());
        let count = if drop_stop { last } else { words.len() };
        for (i, word) in words[..count].iter().enumerate() {
            let form = rewrite.apply(&word.form);
            let hashes = features::of(&form, i == 0);
            let found: Vec<Option<usize>> = hashes.iter().map(|h| self.rows.get(*h)).collect();
            let lexical = found[..features::LEXICAL].iter().flatten().count();
            let seen = self.counts.get(&hashes[0]).copied().unwrap_or(0) as f32;
            sample.rows.push(found.into_iter().flatten().map(|r| r as u32).collect());
            sample.lexical.push((lexical, 0.5 / (0.5 + seen)));
            match self.vector_rows.get(hashes[0]) {
                Some(row) => {
                    sample.vectors.extend_from_slice(&self.vectors[row * self.vector..][..self.vector])
                }
                None => sample.vectors.extend(std::iter::repeat_n(0.0, self.vector)),
            }
            if sentence.parsed {
                let tag = (word.upos, word.feats);
                let tag = self.tags.iter().position(|t| *t == tag);
                let tag = tag.or_else(|| self.tags.iter().position(|t| t.0 == word.upos));
                sample.tags.push(tag.unwrap_or(0));
                sample.heads.push(word.head);
                let relation = self.relations.iter().position(|r| *r == word.relation);
                sample.relations.push(relation.unwrap_or(0));
            }
        }
        if let Some(names) = &sentence.names {
            sample.names = names[..count].to_vec();
        }
        sample
    }
}

/// How a sentence is spelt for a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rewrite {
    None,
    NoStop,
    Capitals,
    Title,
    Lower,
}

impl Rewrite {
    pub(crate) fn choose(random: &mut Random) -> Self {
        match random.below(100) {
            0..4 => Self::Capitals,
            4..9 => Self::Title,
            9..11 => Self::Lower,
            11..17 => Self::NoStop,
            _ => Self::None,
        }
    }

    fn apply(self, form: &str) -> String {
        match self {
            Self::None | Self::NoStop => form.to_owned(),
            Self::Capitals => form.to_uppercase(),
            Self::Lower => form.to_lowercase(),
            // Short words stay small in most title styles, and clitics do.
            Self::Title if form.len() < 4 => form.to_owned(),
            Self::Title => {
                let mut chars = form.chars();
                chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
            }
        }
    }
}
