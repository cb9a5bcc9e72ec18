//! Readings: turns what `teacher.py` read into labels of sentences that the corpora leave unlabelled, and into further
//! sentences of the open text. The file holds labels and places only; the words stand in the corpora and the text.

use std::io::Read as _;
use std::path::Path;

use demarche_engine::language::{Feats, Relation, Upos};

use crate::corpus::{Sentence, Word, parse_relation};

/// The file, from its first unread byte on.
pub(crate) struct Readings {
    bytes: Vec<u8>,
    at: usize,
    tags: Vec<(Upos, Feats)>,
    relations: Vec<Relation>,
}

/// What was read of one word.
struct Label {
    tag: (Upos, Feats),
    head: usize,
    relation: Relation,
    name: usize,
}

impl Readings {
    /// Opens the file.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let wrong = |what: String| format!("{}: {what}", path.display());
        let packed = std::fs::read(path).map_err(|e| wrong(e.to_string()))?;
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(&*packed).read_to_end(&mut bytes).map_err(|e| wrong(e.to_string()))?;
        let mut readings = Self { bytes, at: 0, tags: Vec::new(), relations: Vec::new() };
        let length = readings.number()?;
        let header = String::from_utf8_lossy(readings.take(length)?).into_owned();
        let (tags, relations) = header.split_once("\n\n").ok_or_else(|| wrong("no header".to_owned()))?;
        for line in tags.lines() {
            let (upos, feats) = line.split_once(' ').ok_or_else(|| wrong(format!("no tag: {line}")))?;
            let upos = Upos::parse(upos).ok_or_else(|| wrong(format!("no part of speech: {line}")))?;
            readings.tags.push((upos, Feats::parse(feats)));
        }
        readings.relations = relations.lines().map(parse_relation).collect();
        Ok(readings)
    }

    /// Gives `sentences` the names that were read in them.
    pub(crate) fn name(&mut self, sentences: &mut [Sentence]) -> Result<(), String> {
        self.each(sentences, |sentence, labels| {
            sentence.names = Some(labels.iter().map(|label| label.name).collect());
        })
    }

    /// Gives `sentences` the trees that were read in them.
    pub(crate) fn parse(&mut self, sentences: &mut [Sentence]) -> Result<(), String> {
        self.each(sentences, |sentence, labels| {
            sentence.parsed = true;
            for (word, label) in sentence.words.iter_mut().zip(labels) {
                label.give(word);
            }
        })
    }

    /// The sentences of the open text that were read.
    pub(crate) fn text(&mut self, text: &str) -> Result<Vec<Sentence>, String> {
        let count = self.number()?;
        let mut sentences = Vec::with_capacity(count);
        for _ in 0..count {
            let mut at = self.number()?;
            let labels = self.labels()?;
            let mut words = Vec::with_capacity(labels.len());
            for label in &labels {
                let [gap, length] = [self.byte()?, self.byte()?].map(usize::from);
                let form = text
                    .get(at + gap..at + gap + length)
                    .ok_or("the open text is not the one that the readings were made from")?;
                at += gap + length;
                let mut word = Word::new(form);
                label.give(&mut word);
                words.push(word);
            }
            let names = Some(labels.iter().map(|label| label.name).collect());
            sentences.push(Sentence { words, parsed: true, names, ..Sentence::default() });
        }
        Ok(sentences)
    }

    fn each(
        &mut self,
        sentences: &mut [Sentence],
        give: impl Fn(&mut Sentence, &[Label]),
    ) -> Result<(), String> {
        if self.number()? != sentences.len() {
            return Err("the readings were made from other corpora; run train/teacher.py again".to_owned());
        }
        for sentence in sentences {
            let labels = self.labels()?;
            // A sentence that was too long to read has none.
            if labels.len() == sentence.words.len() {
                give(sentence, &labels);
            }
        }
        Ok(())
    }

    fn labels(&mut self) -> Result<Vec<Label>, String> {
        let count = usize::from(self.byte()?);
        (0..count)
            .map(|i| {
                let [low, high, away, relation, name] = self.take(5)?.try_into().map_err(|_| SHORT)?;
                let away = i8::from_le_bytes([away]);
                let head = if away == 0 { Some(0) } else { (i + 1).checked_add_signed(away.into()) };
                let tag = self.tags.get(usize::from(u16::from_le_bytes([low, high])));
                Ok(Label {
                    tag: *tag.ok_or(SHORT)?,
                    head: head.filter(|h| *h <= count).ok_or(SHORT)?,
                    relation: *self.relations.get(usize::from(relation)).ok_or(SHORT)?,
                    name: name.into(),
                })
            })
            .collect()
    }

    fn take(&mut self, length: usize) -> Result<&[u8], String> {
        let bytes = self.bytes.get(self.at..self.at + length).ok_or(SHORT)?;
        self.at += length;
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, String> {
        Ok(self.take(1)?[0])
    }

    fn number(&mut self) -> Result<usize, String> {
        let bytes = self.take(4)?.try_into().map_err(|_| SHORT)?;
        Ok(u32::from_le_bytes(bytes) as usize)
    }
}

const SHORT: &str = "the readings are damaged; run train/teacher.py again";

impl Label {
    fn give(&self, word: &mut Word) {
        (word.upos, word.feats) = self.tag;
        word.head = self.head;
        word.relation = self.relation;
    }
}
