//! The analyser: turns text, and what the caller knows of its segments, into a `Document`.

use crate::text::{Problem, Span};

use super::document::{Document, Name, Register, Relation, Segment, Sentence, Setting, Token, Upos};
use super::labels::{Labels, Read, Reading};
use super::lemma::Lemmatiser;
use super::model::{ModelError, Parts};
use super::moments;
use super::names;
use super::network::{Scorer, Sizes};
use super::quotations;
use super::sentences::Splitter;
use super::times::{self, Memory};
use super::tokens;
use super::turns;

/// Words that go through the network together: enough for its products, few enough to stay in the caches.
const BATCH: usize = 256;

/// The embedded model, ready to analyse.
#[derive(Debug, Clone)]
pub struct Analyser {
    scorer: Scorer,
    labels: Labels,
    lemmatiser: Lemmatiser,
    splitter: Splitter,
    /// Why the shipped model could not be read.
    damage: Option<String>,
}

impl Analyser {
    /// Reads a model file. A file of another version is refused in words.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        let parts = Parts::read(bytes)?;
        let labels = Labels::parse(parts.text("tags.names")?, parts.text("relations.names")?)?;
        let sizes = parts.floats("sizes", 6)?;
        let [width, layers, vector, arc, relation, name] = [0, 1, 2, 3, 4, 5].map(|i| sizes[i] as usize);
        if [width, layers, arc, relation, name].contains(&0) {
            return Err(ModelError::new("it has no units"));
        }
        let (tags, relations) = (labels.tags.len(), labels.relations.len());
        let sizes = Sizes { width, layers, vector, arc, relation, name, tags, relations };
        let lemmatiser = Lemmatiser::read(&parts)?;
        let hashes = parts.hashes("sentences.rows")?.to_vec();
        let splitter = Splitter::new(hashes.clone(), parts.floats("sentences", hashes.len())?.to_vec());
        Ok(Self { scorer: Scorer::new(&parts, sizes)?, labels, lemmatiser, splitter, damage: None })
    }

    /// The lemma of word `i` of a sentence, as the treebank writes it beside the words around.
    fn lemma_in(&self, forms: &[&str], words: &[Reading], i: usize) -> String {
        let (form, word) = (forms[i], &words[i]);
        let lemma = self.lemmatiser.lemma(form, word.upos, word.feats);
        // "Saw her" has the pronoun, "her plan" the possessive.
        if word.upos == Upos::Pron && lemma == "her" && word.relation != Relation::NmodPoss {
            return "she".to_owned();
        }
        // An adjective that is part of a name keeps its capital: "New" York.
        let capital = |i: usize| forms[i].starts_with(char::is_uppercase);
        let in_name = word.upos == Upos::Adj
            && i > 0
            && capital(i)
            && word.head.is_some_and(|h| h > i && words[h].upos == Upos::Propn && capital(h));
        if in_name { capitalised(&lemma) } else { lemma }
    }

    /// Reads sentences that are already split into words.
    pub fn read(&self, sentences: &[Vec<&str>]) -> Vec<Read> {
        let mut out = Vec::with_capacity(sentences.len());
        let mut begin = 0;
        while begin < sentences.len() {
            let mut end = begin;
            let mut words = 0;
            while end < sentences.len() && (end == begin || words + sentences[end].len() <= BATCH) {
                words += sentences[end].len();
                end += 1;
            }
            self.read_batch(&sentences[begin..end], &mut out);
            begin = end;
        }
        out
    }

    fn read_batch(&self, sentences: &[Vec<&str>], out: &mut Vec<Read>) {
        let lengths: Vec<usize> = sentences.iter().map(Vec::len).collect();
        let scores = self.scorer.score(sentences);
        out.extend(self.labels.read(self.scorer.network(), &scores, &lengths));
    }
}

/// More words than this are not one sentence: the limit bounds time and memory on text without stops.
const LONGEST_SENTENCE: usize = 400;

/// The shipped model.
static MODEL: &[u8] = include_bytes!("../../data/model/language.bin");

impl Default for Analyser {
    fn default() -> Self {
        Self::new()
    }
}

impl Analyser {
    /// The shipped model. It fits this engine, which a test holds; were it damaged, analyses would be empty.
    pub fn new() -> Self {
        Self::load(MODEL).unwrap_or_else(|error| Self { damage: Some(error.to_string()), ..Self::empty() })
    }

    fn empty() -> Self {
        Self {
            scorer: Scorer::default(),
            labels: Labels::default(),
            lemmatiser: Lemmatiser::default(),
            splitter: Splitter::default(),
            damage: None,
        }
    }

    /// Analyses the `segments` of `text`; what lies outside them is ignored. Without segments, the whole text is
    /// taken as prose, with a paragraph at each blank line.
    pub fn analyse(&self, text: &str, segments: &[Segment], setting: Setting) -> Document {
        let mut document = Document { text: text.to_owned(), ..Document::default() };
        if let Some(damage) = &self.damage {
            document.problems.push(Problem::new(format!("{damage}; nothing was analysed")));
            return document;
        }
        let segments = self.segments(text, segments, &mut document.problems);
        let turns = turns::find(text, &segments);
        let paragraphs: Vec<Span> = segments.iter().map(|s| s.span).collect();
        let segments = turns::set_apart(segments, &turns);
        let mut spans: Vec<Span> = Vec::new();
        for segment in &segments {
            let words = tokens::split(text, segment.span);
            let (ends, forced) = self.splitter.split(text, &words, segment.register, LONGEST_SENTENCE);
            if let Some(&end) = forced.first() {
                document.problems.push(Problem::at(
                    words[end - 1],
                    format!("a sentence has more than {LONGEST_SENTENCE} words; it was cut there"),
                ));
            }
            let mut begin = 0;
            for end in ends {
                let (first, last) = (spans.len() + begin, spans.len() + end);
                let span = words[begin].join(words[end - 1]);
                document.sentences.push(Sentence { span, first, last, register: segment.register });
                begin = end;
            }
            spans.extend(words);
        }
        let forms: Vec<Vec<&str>> = document
            .sentences
            .iter()
            .map(|s| spans[s.first..s.last].iter().map(|span| span.of(text)).collect())
            .collect();
        self.fill(&mut document, &spans, &forms);
        document.quotations = quotations::find(text, &paragraphs, &turns);
        let shown = times::order(spans.iter().map(|span| span.of(text)));
        let mut memory = Memory::new(Setting { order: shown.or(setting.order), ..setting });
        for sentence in document.sentences.clone() {
            let words = moments::words(&document, &sentence);
            document.times.extend(memory.read(&words));
        }
        document
    }

    /// Analyses sentences whose words are given; the text is the words with a space between each two.
    pub fn analyse_words(&self, sentences: &[Vec<&str>]) -> Document {
        let mut document = Document::default();
        let mut spans = Vec::new();
        for forms in sentences.iter().filter(|forms| !forms.is_empty()) {
            let first = spans.len();
            let begin = document.text.len();
            for form in forms {
                let start = document.text.len();
                document.text.push_str(form);
                spans.push(Span::new(start, document.text.len()));
                document.text.push(' ');
            }
            let span = Span::new(begin, document.text.len() - 1);
            document.sentences.push(Sentence { span, first, last: spans.len(), register: Register::Prose });
        }
        let sentences: Vec<Vec<&str>> = sentences.iter().filter(|forms| !forms.is_empty()).cloned().collect();
        self.fill(&mut document, &spans, &sentences);
        document
    }

    /// Tags, heads, relations, lemmas and names of all sentences.
    fn fill(&self, document: &mut Document, spans: &[Span], forms: &[Vec<&str>]) {
        document.tokens.reserve(spans.len());
        let mut reads = self.read(forms);
        names::agree(forms, &mut reads.iter_mut().map(|r| &mut r.names).collect::<Vec<_>>());
        for (sentence, (read, forms)) in document.sentences.iter().zip(reads.iter().zip(forms)) {
            for (i, (word, span)) in read.words.iter().zip(&spans[sentence.first..]).enumerate() {
                document.tokens.push(Token {
                    span: *span,
                    lemma: self.lemma_in(forms, &read.words, i),
                    upos: word.upos,
                    feats: word.feats,
                    head: word.head.map(|h| sentence.first + h),
                    relation: word.relation,
                });
            }
            for &(first, last, kind) in &read.names {
                let (first, last) = (sentence.first + first, sentence.first + last);
                document.names.push(Name { span: spans[first].join(spans[last - 1]), first, last, kind });
            }
        }
    }

    /// The caller's segments made safe: in order, on character boundaries, without overlap.
    fn segments(&self, text: &str, given: &[Segment], problems: &mut Vec<Problem>) -> Vec<Segment> {
        if given.is_empty() {
            return paragraphs(text);
        }
        let mut given: Vec<Segment> = given.to_vec();
        given.sort_by_key(|s| (s.span.start, s.span.end));
        let mut safe: Vec<Segment> = Vec::with_capacity(given.len());
        for segment in given {
            let floor = safe.last().map_or(0, |s: &Segment| s.span.end);
            let mut start = segment.span.start.max(floor).min(text.len());
            let mut end = segment.span.end.min(text.len());
            while !text.is_char_boundary(start) {
                start += 1;
            }
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            if start != segment.span.start || end != segment.span.end {
                problems.push(Problem::at(
                    Span::new(start, end),
                    "a segment reaches beyond the text, into another one or into a character; it was cut",
                ));
            }
            if start < end {
                safe.push(Segment { span: Span::new(start, end), register: segment.register });
            }
        }
        safe
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Prose segments between blank lines.
fn paragraphs(text: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut begin = 0;
    let mut line_start = 0;
    let mut push = |from: usize, to: usize| {
        if !text[from..to].trim().is_empty() {
            found.push(Segment { span: Span::new(from, to), register: Register::Prose });
        }
    };
    for line in text.split_inclusive('\n') {
        let end = line_start + line.len();
        if line.trim().is_empty() {
            push(begin, line_start);
            begin = end;
        }
        line_start = end;
    }
    push(begin, text.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn analyse(text: &str) -> Document {
        Analyser::new().analyse(text, &[], Setting::on(Some(date(2024, 1, 2))))
    }

    #[test]
    fn the_shipped_model_fits_this_engine() {
        let document =
            analyse("The envoy of Ghana met the minister in Lom\u{e9} on Monday. They didn't agree.");
        assert_eq!(document.problems, []);
        assert_eq!(document.sentences.len(), 2);
        let forms: Vec<&str> = (0..document.tokens.len()).map(|i| document.form(i)).collect();
        assert_eq!(forms[12..], ["They", "did", "n't", "agree", "."]);
        let met = &document.tokens[4];
        assert_eq!((met.lemma.as_str(), met.upos, met.head), ("meet", Upos::Verb, None));
        let envoy = &document.tokens[1];
        assert_eq!((envoy.head, envoy.relation), (Some(4), Relation::Nsubj));
        assert_eq!(document.times[0].value.map(|v| v.to_string()).as_deref(), Some("2024-01-01"));
        for sentence in &document.sentences {
            let roots =
                document.tokens[sentence.first..sentence.last].iter().filter(|t| t.head.is_none()).count();
            assert_eq!(roots, 1);
        }
    }

    #[test]
    fn hostile_input_is_read_in_bounds() {
        let long = "word ".repeat(30_000);
        for text in [
            "",
            "\0\0",
            "\u{feff}\n\n\n",
            "\"\"\"'''(((",
            "😀\u{200d}👩 \u{fffd}",
            long.as_str(),
            "\r\n\r\n a \r\n\r\n b",
        ] {
            let document = analyse(text);
            assert!(document.sentences.iter().all(|s| s.last - s.first <= LONGEST_SENTENCE));
        }
        assert!(!analyse(&long).problems.is_empty());
        let wild = [
            Segment { span: Span { start: 1, end: 99 }, register: Register::Prose },
            Segment { span: Span { start: 0, end: 3 }, register: Register::Caption },
            Segment { span: Span { start: 50, end: 2 }, register: Register::Headline },
        ];
        let document = Analyser::new().analyse("é ßb c", &wild, Setting::default());
        assert!(!document.problems.is_empty());
    }

    #[test]
    fn sentences_keep_to_their_segments() {
        let text = "Envoys meet in Oslo\nThe two sides met";
        let segments = [
            Segment { span: Span::new(0, 19), register: Register::Headline },
            Segment { span: Span::new(20, text.len()), register: Register::Prose },
        ];
        let document = Analyser::new().analyse(text, &segments, Setting::default());
        let registers: Vec<Register> = document.sentences.iter().map(|s| s.register).collect();
        assert_eq!(registers, [Register::Headline, Register::Prose]);
        assert!(Analyser::new().analyse(text, &segments[1..], Setting::default()).tokens[0].span.start == 20);
    }
}
