//! Lemmas: turns the treebank's forms and lemmas into edits by ending, exceptions where the edits go wrong, and the
//! words that an edit may lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use demarche_engine::language::Upos;
use demarche_engine::language::lemma::{Edit, Lemmatiser, class, endings, word_hash};
use demarche_engine::language::model::{Part, Parts};

use crate::corpus::Sentence;

/// Edits that fewer forms of a class ask for are not tried on others.
const LEAST_FORMS: u32 = 3;

/// The parts of the model that the lemmatiser reads. `verbs` are known beside those of the treebank; `counts` tells how
/// often each word stands in open text in small letters.
pub(crate) fn learn(sentences: &[Sentence], verbs: &BTreeSet<String>, counts: &BTreeMap<&str, u32>) -> Parts {
    let words = words(sentences, verbs, counts);
    let blank = Lemmatiser::new("", "", "", &words);
    // How often each class and base has each lemma.
    let mut seen: BTreeMap<(Upos, String, String), BTreeMap<&str, u32>> = BTreeMap::new();
    let forms: BTreeSet<&str> = sentences.iter().flat_map(|s| &s.words).map(|w| w.form.as_str()).collect();
    for word in sentences.iter().filter(|s| s.parsed).flat_map(|s| &s.words) {
        let (form, lemma) = (word.form.as_str(), word.lemma.as_str());
        if lemma == "_" && form != "_" || form.contains(['\t', '\n']) {
            continue;
        }
        // A lemma that is never written is a slip ("flead" for "fled").
        if word.upos == Upos::Verb && !forms.contains(lemma) && !counts.contains_key(lemma) {
            continue;
        }
        let base = blank.base(form, word.upos);
        let key = (word.upos, class(word.upos, word.feats), base);
        *seen.entry(key).or_default().entry(lemma).or_insert(0) += 1;
    }
    let best: Vec<(Upos, &String, &String, &str)> = seen
        .iter()
        .filter_map(|((upos, class, base), lemmas)| {
            let (lemma, _) =
                lemmas.iter().max_by_key(|(lemma, count)| (**count, std::cmp::Reverse(**lemma)))?;
            Some((*upos, class, base, *lemma))
        })
        .collect();
    let rules = rules(&best);
    let edits = edits(&best);
    let lemmatiser = Lemmatiser::new("", &rules, &edits, &words);
    let mut exceptions = BTreeMap::new();
    for &(upos, class, base, lemma) in &best {
        if lemmatiser.by_rule(class, upos, base) != lemma {
            exceptions.insert(format!("{class}\t{base}"), lemma);
            // What is irregular in one tense is so in the others.
            if !seen.contains_key(&(upos, upos.to_string(), base.clone())) {
                exceptions.insert(format!("{upos}\t{base}"), lemma);
            }
        }
    }
    let mut lines = String::new();
    for (key, lemma) in exceptions {
        writeln!(lines, "{key}\t{lemma}").expect("a string");
    }
    let mut parts = Parts::default();
    parts.insert("lemmas.exceptions", Part::Text(lines));
    parts.insert("lemmas.rules", Part::Text(rules));
    parts.insert("lemmas.edits", Part::Text(edits));
    parts.insert("lemmas.words", Part::Hashes(words));
    parts
}

/// For each class and ending the edit that most forms ask for. Each form votes once, so that rare words, which the
/// rules are for, count.
fn rules(best: &[(Upos, &String, &String, &str)]) -> String {
    let mut votes: BTreeMap<(&str, &str), BTreeMap<Edit, u32>> = BTreeMap::new();
    for (_, class, base, lemma) in best {
        for ending in endings(base) {
            let edits = votes.entry((class, ending)).or_default();
            *edits.entry(Edit::between(base, lemma)).or_insert(0) += 1;
        }
    }
    let mut chosen: BTreeMap<(&str, &str), Edit> = BTreeMap::new();
    for ((class, ending), edits) in votes {
        let total: u32 = edits.values().sum();
        let best = edits.into_iter().max_by_key(|(edit, count)| (*count, std::cmp::Reverse(edit.clone())));
        if let Some((edit, _)) = best
            && (total >= 2 || ending.is_empty())
        {
            chosen.insert((class, ending), edit);
        }
    }
    // A rule that says what its shorter ending says already is left out.
    let mut rules = String::new();
    for ((class, ending), edit) in &chosen {
        let said = endings(ending).skip(1).find_map(|shorter| chosen.get(&(*class, shorter)));
        if said != Some(edit) {
            writeln!(rules, "{class}\t{ending}\t{}\t{}", edit.cut, edit.put).expect("a string");
        }
    }
    rules
}

/// The edits of each class, the commonest first.
fn edits(best: &[(Upos, &String, &String, &str)]) -> String {
    let mut votes: BTreeMap<&str, BTreeMap<Edit, u32>> = BTreeMap::new();
    for (upos, class, base, lemma) in best {
        if upos.as_str() != class.as_str() && base.as_str() != *lemma {
            *votes.entry(class).or_default().entry(Edit::between(base, lemma)).or_insert(0) += 1;
        }
    }
    let mut lines = String::new();
    for (class, edits) in votes {
        let mut edits: Vec<(Edit, u32)> = edits.into_iter().filter(|(_, n)| *n >= LEAST_FORMS).collect();
        edits.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for (edit, _) in edits {
            writeln!(lines, "{class}\t{}\t{}", edit.cut, edit.put).expect("a string");
        }
    }
    lines
}

/// Hashes of known words: lemmas of the treebank and words that open text has in small letters; verbs are those of the
/// treebank, those given, and words that open text has with the endings of verbs.
fn words(sentences: &[Sentence], verbs: &BTreeSet<String>, counts: &BTreeMap<&str, u32>) -> Vec<u32> {
    let mut hashes: BTreeSet<u32> = BTreeSet::new();
    for word in sentences.iter().filter(|s| s.parsed).flat_map(|s| &s.words) {
        if word.lemma.chars().all(|c| c.is_lowercase() || c == '-') {
            hashes.insert(word_hash(word.upos, &word.lemma));
            hashes.insert(word_hash(Upos::Noun, &word.lemma));
        }
    }
    hashes.extend(verbs.iter().map(|verb| word_hash(Upos::Verb, verb)));
    let has = |word: String| counts.get(word.as_str()).is_some_and(|n| *n >= 2);
    for (&word, &count) in counts {
        if count < 3 {
            continue;
        }
        hashes.insert(word_hash(Upos::Noun, word));
        let stem = word.strip_suffix('e').unwrap_or(word);
        let third = format!("{word}s");
        if has(third) && has(format!("{stem}ing")) && has(format!("{stem}ed")) {
            hashes.insert(word_hash(Upos::Verb, word));
        }
    }
    hashes.into_iter().collect()
}
