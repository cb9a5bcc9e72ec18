//! Lemmas: turns a form and its part of speech into its dictionary form, by what the treebank shows: exceptions first,
//! then the edit that its longest known ending asks for, if that gives a known word, then other edits that do.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::{Feats, Upos};
use super::features::hash;
use super::model::{ModelError, Parts};

/// Past tenses and participles of verbs that no ending gives away, and that are forms of one verb only: a closed class of
/// which the treebank shows a part.
const IRREGULAR_VERBS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/language/irregular_verbs.tsv"));

/// Learnt edits.
#[derive(Debug, Clone, Default)]
pub struct Lemmatiser {
    /// Lemmas of irregular verbs by form.
    irregular: FxHashMap<&'static str, &'static str>,
    /// By class; parts of speech are classes too.
    classes: FxHashMap<String, Class>,
    /// Hashes of known words, see [`Lemmatiser::knows`].
    words: FxHashSet<u32>,
}

/// What was learnt of one class, see [`class`].
#[derive(Debug, Clone, Default)]
struct Class {
    /// Lemmas by base.
    exceptions: FxHashMap<String, String>,
    /// By ending.
    rules: FxHashMap<String, Edit>,
    /// The commonest first.
    edits: Vec<Edit>,
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
    [upos.as_str(), number, form, tense].concat()
}

/// The endings of a base that rules are asked for, the longest first.
pub fn endings(base: &str) -> impl Iterator<Item = &str> {
    let mut starts = [base.len(); LONGEST_ENDING + 1];
    let mut count = 1;
    for (at, _) in base.char_indices().rev().take(LONGEST_ENDING) {
        starts[count] = at;
        count += 1;
    }
    (0..count).rev().map(move |i| &base[starts[i]..])
}

impl Lemmatiser {
    /// From lines parted by tabs: exceptions (class, base, lemma), rules (class, ending, cut, put) and edits (class,
    /// cut, put; the commonest of a class first), and hashes of known words.
    pub fn new(exceptions: &str, rules: &str, edits: &str, words: &[u32]) -> Self {
        let irregular = IRREGULAR_VERBS.lines().skip(1).filter_map(|line| line.split_once('\t')).collect();
        let mut learnt = Self { irregular, words: words.iter().copied().collect(), ..Self::default() };
        for line in exceptions.lines() {
            if let [class, base, lemma] = line.split('\t').collect::<Vec<_>>()[..] {
                learnt.class(class).exceptions.insert(base.to_owned(), lemma.to_owned());
            }
        }
        let edit = |cut: &str, put: &str| Edit { cut: cut.to_owned(), put: put.to_owned() };
        for line in rules.lines() {
            if let [class, ending, cut, put] = line.split('\t').collect::<Vec<_>>()[..] {
                learnt.class(class).rules.insert(ending.to_owned(), edit(cut, put));
            }
        }
        for line in edits.lines() {
            if let [class, cut, put] = line.split('\t').collect::<Vec<_>>()[..] {
                learnt.class(class).edits.push(edit(cut, put));
            }
        }
        learnt
    }

    fn class(&mut self, name: &str) -> &mut Class {
        self.classes.entry(name.to_owned()).or_default()
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
        if let Some(lemma) = self.irregular.get(base.as_str()).filter(|_| upos == Upos::Verb) {
            return (*lemma).to_owned();
        }
        let exception = [class.as_str(), upos.as_str()]
            .iter()
            .find_map(|key| self.classes.get(*key)?.exceptions.get(&base).cloned());
        let lemma = exception.unwrap_or_else(|| self.by_rule(&class, upos, &base));
        // The treebank's capitals of words in names ("National") are not for the same words elsewhere.
        if matches!(upos, Upos::Adj | Upos::Noun) && !form.contains(char::is_uppercase) {
            let lower = lemma.to_lowercase();
            if self.knows(upos, &lower) {
                return lower;
            }
        }
        lemma
    }

    /// How a form is written before it is looked up: proper nouns keep their capitals, and so do adjectives and
    /// abbreviations that are never written without (`Jordanian`, `NGO`).
    pub fn base(&self, form: &str, upos: Upos) -> String {
        let mut plain = Cow::Borrowed(form);
        if form.contains('\u{2019}') {
            plain = Cow::Owned(form.replace('\u{2019}', "'"));
        }
        if upos == Upos::Propn {
            return plain.into_owned();
        }
        let lower = plain.to_lowercase();
        if !matches!(upos, Upos::Adj | Upos::Noun) || self.knows(upos, &lower) {
            return lower;
        }
        if upos == Upos::Noun && plain.len() > 1 && plain.chars().all(char::is_uppercase) {
            return plain.into_owned();
        }
        if upos == Upos::Adj && plain.starts_with(char::is_uppercase) {
            let mut chars = lower.chars();
            return chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect());
        }
        lower
    }

    /// The lemma by endings alone.
    pub fn by_rule(&self, class: &str, upos: Upos, base: &str) -> String {
        let learnt = self.classes.get(class);
        let rule = learnt.and_then(|c| endings(base).find_map(|ending| c.rules.get(ending)?.apply(base)));
        let first = rule.unwrap_or_else(|| base.to_owned());
        if class == upos.as_str() || self.knows(upos, &first) {
            return first;
        }
        let mut others = learnt.into_iter().flat_map(|c| &c.edits).filter_map(|edit| edit.apply(base));
        others.find(|lemma| self.knows(upos, lemma)).unwrap_or(first)
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
            ("Withheld", "withhold"),
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
