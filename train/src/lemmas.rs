//! Lemmas: turns the treebank's forms and lemmas into edits by ending, and exceptions where the edits go wrong.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use demarche_engine::language::lemma::{LONGEST_ENDING, Lemmatiser, base, class};

use crate::corpus::Sentence;

/// Exceptions and rules, as the engine reads them.
pub(crate) fn learn(sentences: &[Sentence]) -> (String, String) {
    // How often each class and form has each lemma.
    let mut seen: BTreeMap<(String, String), BTreeMap<&str, u32>> = BTreeMap::new();
    for word in sentences.iter().filter(|s| s.parsed).flat_map(|s| &s.words) {
        if word.lemma == "_" && word.form != "_" {
            continue;
        }
        let key = (class(word.upos, word.feats), base(&word.form, word.upos));
        *seen.entry(key).or_default().entry(&word.lemma).or_insert(0) += 1;
    }
    let best: Vec<(&String, &String, &str, u32)> = seen
        .iter()
        .filter_map(|((class, form), lemmas)| {
            let (lemma, count) =
                lemmas.iter().max_by_key(|(lemma, count)| (**count, std::cmp::Reverse(**lemma)))?;
            Some((class, form, *lemma, *count))
        })
        .collect();
    // Votes for edits by class and ending; each form votes once, so that rare words, which the rules are for, count.
    let mut votes: BTreeMap<(String, String), BTreeMap<(usize, String), u32>> = BTreeMap::new();
    for (class, form, lemma, _) in &best {
        let edit = edit(form, lemma);
        let starts: Vec<usize> = form.char_indices().map(|(i, _)| i).collect();
        for from in starts.len().saturating_sub(LONGEST_ENDING)..=starts.len() {
            let ending = form[starts.get(from).copied().unwrap_or(form.len())..].to_lowercase();
            *votes.entry(((*class).clone(), ending)).or_default().entry(edit.clone()).or_insert(0) += 1;
        }
    }
    let mut chosen: BTreeMap<(String, String), (usize, String)> = BTreeMap::new();
    for ((class, ending), edits) in votes {
        let total: u32 = edits.values().sum();
        let Some((edit, _)) =
            edits.into_iter().max_by_key(|(edit, count)| (*count, std::cmp::Reverse(edit.clone())))
        else {
            continue;
        };
        if total >= 2 || ending.is_empty() {
            chosen.insert((class, ending), edit);
        }
    }
    // A rule that says what its shorter ending says already is left out.
    let mut rules = String::new();
    for ((class, ending), edit) in &chosen {
        let mut shorter = ending.as_str();
        let mut said = None;
        while said.is_none() {
            let Some(first) = shorter.chars().next() else { break };
            shorter = &shorter[first.len_utf8()..];
            said = chosen.get(&(class.clone(), shorter.to_owned()));
        }
        if said != Some(edit) {
            writeln!(rules, "{class}\t{ending}\t{}\t{}", edit.0, edit.1).expect("a string");
        }
    }
    let lemmatiser = Lemmatiser::new("", &rules);
    let mut exceptions = String::new();
    for (class, form, lemma, _) in best {
        if lemmatiser.by_rule(class, form) != lemma && !form.contains(['\t', '\n']) {
            writeln!(exceptions, "{class}\t{form}\t{lemma}").expect("a string");
        }
    }
    (exceptions, rules)
}

/// Bytes to cut off the end of `form` and letters to put there.
fn edit(form: &str, lemma: &str) -> (usize, String) {
    let same: usize =
        form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    (form.len() - same, lemma[same..].to_owned())
}
