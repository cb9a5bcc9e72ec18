//! Corpora: turns CoNLL-U and BIO files into sentences with numbered labels.

use std::collections::BTreeMap;
use std::path::Path;

use demarche_engine::language::{Feats, Relation, Upos};

/// One word of a treebank.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: Upos,
    pub(crate) feats: Feats,
    /// 0 is the root, 1 the first word.
    pub(crate) head: usize,
    pub(crate) relation: Relation,
    /// Whether white space follows (as far as the file tells).
    pub(crate) space_after: bool,
}

impl Word {
    /// A word of which nothing is known.
    pub(crate) fn new(form: &str) -> Self {
        Self {
            form: form.to_owned(),
            lemma: String::new(),
            upos: Upos::X,
            feats: Feats::default(),
            head: 0,
            relation: Relation::Dep,
            space_after: true,
        }
    }
}

/// One sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    pub(crate) words: Vec<Word>,
    /// Whether a paragraph or document begins here.
    pub(crate) opens_paragraph: bool,
    /// Whether heads and tags are given.
    pub(crate) parsed: bool,
    /// Name tags, if given.
    pub(crate) names: Option<Vec<usize>>,
}

impl Sentence {
    pub(crate) fn forms(&self) -> Vec<&str> {
        self.words.iter().map(|w| w.form.as_str()).collect()
    }
}

/// Reads a file or says which one and why not.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Sentences of a CoNLL-U file.
pub(crate) fn conllu(path: &Path) -> Result<Vec<Sentence>, String> {
    let text = read(path)?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence { parsed: true, ..Sentence::default() };
    let mut open_range = 0;
    let mut range_glued = false;
    for (number, line) in text.lines().chain([""]).enumerate() {
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
                sentence.parsed = true;
            }
            continue;
        }
        if line.starts_with('#') {
            sentence.opens_paragraph |= line.starts_with("# newpar") || line.starts_with("# newdoc");
            continue;
        }
        let wrong = |what: &str| format!("{}:{}: {what}: {line}", path.display(), number + 1);
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, feats, head, relation, _, misc] = columns[..] else {
            return Err(wrong("not ten columns"));
        };
        let glued = misc.split('|').any(|m| m == "SpaceAfter=No");
        if let Some((_, last)) = id.split_once('-') {
            open_range = last.parse().map_err(|_| wrong("no range"))?;
            // The last word of the range says what follows the whole.
            range_glued = glued;
            continue;
        }
        if id.contains('.') {
            continue;
        }
        let id: usize = id.parse().map_err(|_| wrong("no number"))?;
        let space_after = match id.cmp(&open_range) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => !range_glued,
            std::cmp::Ordering::Greater => !glued,
        };
        if id >= open_range {
            open_range = 0;
        }
        sentence.words.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: Upos::parse(upos).ok_or_else(|| wrong("unknown part of speech"))?,
            feats: Feats::parse(feats),
            head: head.parse().map_err(|_| wrong("no head"))?,
            relation: parse_relation(relation),
            space_after,
        });
    }
    Ok(sentences)
}

/// Relations that the engine does not tell apart become their main relation.
pub(crate) fn parse_relation(text: &str) -> Relation {
    Relation::parse(text)
        .or_else(|| Relation::parse(text.split(':').next().unwrap_or(text)))
        .unwrap_or(Relation::Dep)
}

/// Sentences of a BIO file with name tags: 0 outside, 1–2 person, 3–4 organisation, 5–6 place.
pub(crate) fn bio(path: &Path) -> Result<Vec<Sentence>, String> {
    let text = read(path)?;
    let mut sentences = Vec::new();
    let (mut words, mut names) = (Vec::new(), Vec::new());
    for line in text.lines().chain([""]) {
        if line.is_empty() {
            if !words.is_empty() {
                sentences.push(Sentence {
                    words: std::mem::take(&mut words),
                    names: Some(std::mem::take(&mut names)),
                    ..Sentence::default()
                });
            }
            continue;
        }
        let Some((form, tag)) = line.split_once('\t') else { continue };
        words.push(Word::new(form));
        let kind = match tag.get(2..) {
            Some("PER") => 1,
            Some("ORG") => 3,
            Some("LOC") => 5,
            _ => 0,
        };
        names.push(if kind > 0 && tag.starts_with('I') { kind + 1 } else { kind });
    }
    Ok(sentences)
}

/// Gives treebank sentences the names of the same sentences in a BIO corpus; returns what found no partner.
pub(crate) fn join_names(treebank: &mut [Sentence], named: Vec<Sentence>) -> Vec<Sentence> {
    let mut by_forms: BTreeMap<String, usize> = BTreeMap::new();
    for (i, sentence) in treebank.iter().enumerate() {
        by_forms.insert(sentence.forms().join(" "), i);
    }
    let mut rest = Vec::new();
    for sentence in named {
        match by_forms.get(&sentence.forms().join(" ")) {
            Some(&i) => treebank[i].names = sentence.names,
            None => rest.push(sentence),
        }
    }
    rest
}
