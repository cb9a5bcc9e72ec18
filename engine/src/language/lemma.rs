//! Lemmas: turns a form and its part of speech into its dictionary form, by what the treebank shows: exceptions first,
//! then the edit that its longest known ending asks for.

use std::collections::BTreeMap;

use super::document::{Feats, Upos};

/// Learnt edits.
#[derive(Debug, Clone, Default)]
pub struct Lemmatiser {
    /// By class and lower-cased form.
    exceptions: BTreeMap<String, String>,
    /// By class and ending: bytes to cut, letters to put instead.
    rules: BTreeMap<String, (usize, String)>,
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

/// How a form is written before it is looked up: proper nouns keep their capitals.
pub fn base(form: &str, upos: Upos) -> String {
    let plain = form.replace('\u{2019}', "'");
    if upos == Upos::Propn { plain } else { plain.to_lowercase() }
}

impl Lemmatiser {
    /// Reads the lines `exceptions` (class, form, lemma) and `rules` (class, ending, cut, put), parted by tabs.
    pub fn new(exceptions: &str, rules: &str) -> Self {
        let exceptions = exceptions.lines().filter_map(|line| {
            let (key, lemma) = line.rsplit_once('\t')?;
            Some((key.to_owned(), lemma.to_owned()))
        });
        let rules = rules.lines().filter_map(|line| {
            let (line, put) = line.rsplit_once('\t')?;
            let (key, cut) = line.rsplit_once('\t')?;
            Some((key.to_owned(), (cut.parse().ok()?, put.to_owned())))
        });
        Self { exceptions: exceptions.collect(), rules: rules.collect() }
    }

    /// The lemma of a form.
    pub fn lemma(&self, form: &str, upos: Upos, feats: Feats) -> String {
        let class = class(upos, feats);
        let base = base(form, upos);
        if let Some(lemma) = self.exceptions.get(&format!("{class}\t{base}")) {
            return lemma.clone();
        }
        self.by_rule(&class, &base)
    }

    /// The lemma by endings alone.
    pub fn by_rule(&self, class: &str, base: &str) -> String {
        let starts: Vec<usize> = base.char_indices().map(|(i, _)| i).collect();
        for from in starts.len().saturating_sub(LONGEST_ENDING)..=starts.len() {
            let ending = &base[starts.get(from).copied().unwrap_or(base.len())..];
            if let Some((cut, put)) = self.rules.get(&format!("{class}\t{}", ending.to_lowercase()))
                && let Some(stem) = base.len().checked_sub(*cut).and_then(|at| base.get(..at))
            {
                return format!("{stem}{put}");
            }
        }
        base.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_go_before_the_longest_ending() {
        let lemmatiser =
            Lemmatiser::new("VERBFind\twent\tgo", "VERBFind\ted\t1\t\nVERBFind\tied\t3\ty\nVERBFind\t\t0\t");
        let past = Feats::parse("Tense=Past|VerbForm=Fin");
        for (form, lemma) in
            [("Went", "go"), ("agreed", "agree"), ("denied", "deny"), ("met", "met"), ("", "")]
        {
            assert_eq!(lemmatiser.lemma(form, Upos::Verb, past), lemma);
        }
        assert_eq!(lemmatiser.lemma("Accra", Upos::Propn, Feats::default()), "Accra");
    }
}
