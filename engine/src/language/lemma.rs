//! Lemmas: turns a form and its part of speech into its dictionary form, by what the treebank shows: exceptions first,
//! then the edit that its longest known ending asks for, if that gives a known word, then other edits that do.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{Feats, Upos};
use super::features::hash;
use super::model::{ModelError, Parts};

/// Learnt edits.
#[derive(Debug, Clone, Default)]
pub struct Lemmatiser {
    /// By class, or part of speech, and base.
    exceptions: BTreeMap<String, String>,
    /// By class and ending.
    rules: BTreeMap<String, Edit>,
    /// By class, the commonest first.
    edits: BTreeMap<String, Vec<Edit>>,
    /// Hashes of known words, see [`Lemmatiser::knows`].
    words: BTreeSet<u32>,
}

/// What a form ends with, and what its lemma ends with instead.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// Taken off.
    pub cut: String,
    /// Put there.
    pub put: String,
}

impl Edit {
    /// The edit that makes `lemma` of `base`.
    pub fn between(base: &str, lemma: &str) -> Self {
        let same =
            base.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        Self { cut: base[same..].to_owned(), put: lemma[same..].to_owned() }
    }

    fn apply(&self, base: &str) -> Option<String> {
        base.strip_suffix(&self.cut).map(|stem| format!("{stem}{}", self.put))
    }
}

/// Endings are looked at up to this many characters.
pub const LONGEST_ENDING: usize = 6;

/// What decides about a lemma besides the form: part of speech and the features that show in the ending.
pub fn class(upos: Upos, feats: Feats) -> String {
    let number = match feats.plural {
        Some(true) if matches!(upos, Upos::Noun | Upos::Propn) => "p",
        _ => "",
    };
    let form = match feats.verb_form {
        Some(form) if matches!(upos, Upos::Verb | Upos::Aux) => form.as_str(),
        _ => "",
    };
    let tense = match feats.past {
        Some(true) if !form.is_empty() => "d",
        _ => "",
    };
    format!("{upos}{number}{form}{tense}")
}

/// The endings of a base that rules are asked for, the longest first.
pub fn endings(base: &str) -> impl Iterator<Item = &str> {
    let starts: Vec<usize> = base.char_indices().map(|(i, _)| i).chain([base.len()]).collect();
    let from = (starts.len() - 1).saturating_sub(LONGEST_ENDING);
    starts.into_iter().skip(from).map(|at| &base[at..])
}

impl Lemmatiser {
    /// From lines parted by tabs: exceptions (class, base, lemma), rules (class, ending, cut, put) and edits (class,
    /// cut, put; the commonest of a class first), and hashes of known words.
    pub fn new(exceptions: &str, rules: &str, edits: &str, words: &[u32]) -> Self {
        let exceptions = exceptions.lines().filter_map(|line| {
            let (key, lemma) = line.rsplit_once('\t')?;
            Some((key.to_owned(), lemma.to_owned()))
        });
        let edit = |line: &str| -> Option<(String, Edit)> {
            let (line, put) = line.rsplit_once('\t')?;
            let (key, cut) = line.rsplit_once('\t')?;
            Some((key.to_owned(), Edit { cut: cut.to_owned(), put: put.to_owned() }))
        };
        let mut by_class: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for (class, edit) in edits.lines().filter_map(edit) {
            by_class.entry(class).or_default().push(edit);
        }
        Self {
            exceptions: exceptions.collect(),
            rules: rules.lines().filter_map(edit).collect(),
            edits: by_class,
            words: words.iter().copied().collect(),
        }
    }

    /// From the parts of a model.
    pub fn read(parts: &Parts) -> Result<Self, ModelError> {
        let [exceptions, rules, edits] =
            [parts.text("lemmas.exceptions")?, parts.text("lemmas.rules")?, parts.text("lemmas.edits")?];
        Ok(Self::new(exceptions, rules, edits, parts.hashes("lemmas.words")?))
    }

    /// The lemma of a form.
    pub fn lemma(&self, form: &str, upos: Upos, feats: Feats) -> String {
        let class = class(upos, feats);
        let base = self.base(form, upos);
        let exception = [class.as_str(), upos.as_str()]
            .iter()
            .find_map(|key| self.exceptions.get(&format!("{key}\t{base}")).cloned());
        let lemma = exception.unwrap_or_else(|| self.by_rule(&class, upos, &base));
        // The treebank's capitals of words in names ("National") are not for the same words elsewhere.
        let lower = lemma.to_lowercase();
        let common = matches!(upos, Upos::Adj | Upos::Noun) && !form.contains(char::is_uppercase);
        if common && self.knows(upos, &lower) { lower } else { lemma }
    }

    /// How a form is written before it is looked up: proper nouns keep their capitals, and so do adjectives and
    /// abbreviations that are never written without (`Jordanian`, `NGO`).
    pub fn base(&self, form: &str, upos: Upos) -> String {
        let plain = form.replace('\u{2019}', "'");
        if upos == Upos::Propn {
            return plain;
        }
        let lower = plain.to_lowercase();
        if !matches!(upos, Upos::Adj | Upos::Noun) || self.knows(upos, &lower) {
            return lower;
        }
        if upos == Upos::Noun && plain.len() > 1 && plain.chars().all(char::is_uppercase) {
            return plain;
        }
        if upos == Upos::Adj && plain.starts_with(char::is_uppercase) {
            let mut chars = lower.chars();
            return chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
        }
        lower
    }

    /// The lemma by endings alone.
    pub fn by_rule(&self, class: &str, upos: Upos, base: &str) -> String {
        let rule =
            endings(base).find_map(|ending| self.rules.get(&format!("{class}\t{ending}"))?.apply(base));
        let first = rule.unwrap_or_else(|| base.to_owned());
        if class == upos.as_str() || self.knows(upos, &first) {
            return first;
        }
        let others = self.edits.get(class).into_iter().flatten().filter_map(|edit| edit.apply(base));
        others.into_iter().find(|lemma| self.knows(upos, lemma)).unwrap_or(first)
    }

    /// Whether a word is known: verbs as verbs, all others as written in small letters somewhere.
    fn knows(&self, upos: Upos, word: &str) -> bool {
        self.words.contains(&word_hash(upos, word))
    }
}

/// The number of a known word.
pub fn word_hash(upos: Upos, word: &str) -> u32 {
    hash(if matches!(upos, Upos::Verb | Upos::Aux) { 1 } else { 0 }, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemmatiser() -> Lemmatiser {
        let words: Vec<u32> =
            ["phone", "shell", "agree"].iter().map(|word| word_hash(Upos::Verb, word)).collect();
        Lemmatiser::new(
            "VERB\twent\tgo",
            "VERBFind\ted\ted\t\nVERBFind\tied\tied\ty\nVERBFind\tlled\tled\t\nVERBFind\t\t\t",
            "VERBFind\ted\t\nVERBFind\td\t",
            &words,
        )
    }

    #[test]
    fn exceptions_go_before_endings_and_known_words_before_others() {
        let lemmatiser = lemmatiser();
        let past = Feats::parse("Tense=Past|VerbForm=Fin");
        for (form, lemma) in [
            ("Went", "go"),
            ("agreed", "agree"),
            ("phoned", "phone"),
            ("shelled", "shell"),
            ("denied", "deny"),
            ("met", "met"),
            ("", ""),
        ] {
            assert_eq!(lemmatiser.lemma(form, Upos::Verb, past), lemma);
        }
    }

    #[test]
    fn names_and_their_adjectives_keep_capitals() {
        let lemmatiser = lemmatiser();
        assert_eq!(lemmatiser.lemma("Accra", Upos::Propn, Feats::default()), "Accra");
        assert_eq!(lemmatiser.lemma("GHANAIAN", Upos::Adj, Feats::default()), "Ghanaian");
        assert_eq!(lemmatiser.lemma("NGO", Upos::Noun, Feats::default()), "NGO");
        assert_eq!(lemmatiser.lemma("Envoys", Upos::Noun, Feats::default()), "envoys");
    }
}
