//! Moments: turns an analysed sentence into the words that `times` reads, each with what the verb above it says of past
//! or future.

use super::calendar::Lean;
use super::document::{Document, Register, Relation, Sentence, Upos, VerbForm};
use super::times::Word;

/// Verbs and adjectives whose infinitive lies ahead.
const AHEAD: &[&str] = &[
    "agree", "aim", "due", "expect", "hope", "intend", "plan", "prepare", "promise", "schedule", "set",
    "slate", "vow", "want", "pledge", "seek", "poise", "invite", "ask", "urge", "call", "need",
];

/// Auxiliaries that put their verb ahead.
const MODALS: &[&str] = &["will", "shall", "'ll", "wo", "would", "may", "might", "can", "should", "must"];

/// The words of a sentence.
pub(crate) fn words(document: &Document, sentence: &Sentence) -> Vec<Word> {
    (sentence.first..sentence.last)
        .map(|i| {
            let form = document.form(i);
            let token = &document.tokens[i];
            let lower = form.to_lowercase();
            let lower = match lower.strip_suffix('.') {
                Some(bare) if !bare.is_empty() => bare.to_owned(),
                _ => lower,
            };
            let figure = form.starts_with(|c: char| c.is_ascii_digit());
            let counts = token.relation == Relation::Nummod
                && token.head.is_some_and(|h| h > i && document.tokens[h].upos == Upos::Noun);
            let capital = form.starts_with(char::is_uppercase);
            let lean =
                if capital || figure || form.len() > 3 { lean(document, sentence, i) } else { Lean::Unknown };
            Word { span: token.span, lower, capital, counts, lean }
        })
        .collect()
}

/// Whether the verb that token `i` belongs to tells what was or what is ahead.
fn lean(document: &Document, sentence: &Sentence, i: usize) -> Lean {
    let mut at = i;
    // A few steps reach the clause; further up stands the verb of saying, which says nothing of it.
    for _ in 0..8 {
        let Some(head) = document.tokens[at].head else { break };
        at = head;
        if let Some(lean) = verb(document, sentence, at) {
            return lean;
        }
    }
    Lean::Unknown
}

fn verb(document: &Document, sentence: &Sentence, at: usize) -> Option<Lean> {
    let token = &document.tokens[at];
    let mut helpers = (sentence.first..sentence.last).filter(|&t| {
        let token = &document.tokens[t];
        token.head == Some(at) && matches!(token.relation, Relation::Aux | Relation::Cop | Relation::AuxPass)
    });
    let mut past = token.upos == Upos::Verb
        && token.feats.past == Some(true)
        && token.feats.verb_form == Some(VerbForm::Fin);
    let mut any = token.upos == Upos::Verb;
    for helper in helpers.by_ref() {
        any = true;
        let helper = &document.tokens[helper];
        if MODALS.contains(&helper.lemma.as_str()) {
            return Some(Lean::Future);
        }
        past |= helper.feats.past == Some(true) || helper.lemma == "have";
    }
    if past {
        return Some(Lean::Past);
    }
    if !any {
        return None;
    }
    match token.feats.verb_form {
        Some(VerbForm::Inf) => {
            let Some(head) = token.head else {
                // "Minister to visit Oslo": headlines announce with the infinitive.
                return (sentence.register != Register::Prose).then_some(Lean::Future);
            };
            AHEAD.contains(&document.tokens[head].lemma.as_str()).then_some(Lean::Future)
        }
        Some(VerbForm::Fin) if sentence.register != Register::Prose => Some(Lean::Past),
        _ => None,
    }
}
