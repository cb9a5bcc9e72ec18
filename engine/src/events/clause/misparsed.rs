//! What parsers hang wrongly around a verb, told by what stands where.

use crate::actors::DIRECTIONS;
use crate::language::{Document, Relation, Upos, VerbForm};

/// The verb by which pronoun `t` only says what somebody calls a thing: "what it | called | raids".
pub(super) fn named_by(doc: &Document, t: usize) -> Option<usize> {
    const NAMING: [&str; 5] = ["brand", "call", "describe", "label", "term"];
    let calls = |c: &usize| {
        doc.tokens[*c].relation == Relation::AclRelcl && NAMING.contains(&doc.tokens[*c].lemma.as_str())
    };
    doc.children(t).find(calls).filter(|_| doc.form(t).eq_ignore_ascii_case("what"))
}

/// Whether nothing but a conjunction and particles stands between verb `t` and its conjunct `c`.
pub(super) fn shares_object(doc: &Document, t: usize, c: usize) -> bool {
    t < c
        && doc.tokens[c].relation == Relation::Conj
        && doc.tokens[c].upos == Upos::Verb
        && !doc.children(c).any(|s| doc.tokens[s].relation == Relation::Nsubj)
        && (t + 1..c).any(|b| doc.tokens[b].upos == Upos::Cconj)
        && (t + 1..c).all(|b| {
            doc.tokens[b].upos == Upos::Cconj
                || matches!(doc.tokens[b].relation, Relation::CompoundPrt | Relation::Advmod)
        })
}

/// Whether another subject of verb `t` stands between it and the one at `subject`, behind a comma.
pub(super) fn has_nearer_subject(doc: &Document, t: usize, subject: usize) -> bool {
    let opens_behind_comma = |c: usize| {
        let first = (subject..c).find(|&w| doc.has_ancestor(w, c)).unwrap_or(c);
        first > subject && doc.form(first - 1) == ","
    };
    doc.children(t)
        .any(|c| subject < c && c < t && doc.tokens[c].relation == Relation::Nsubj && opens_behind_comma(c))
}

/// Whether the name at `c` stands between verb `t` and the article or number of the verb's object `noun`.
pub(super) fn is_receiver(doc: &Document, t: usize, c: usize, noun: usize) -> bool {
    t < c
        && c < noun
        && doc.tokens[c].upos == Upos::Propn
        && matches!(doc.tokens[c].relation, Relation::Compound | Relation::NmodDesc)
        && doc
            .children(noun)
            .any(|d| c < d && d < noun && matches!(doc.tokens[d].relation, Relation::Det | Relation::Nummod))
}

/// Whether adverb `t` looks away from a place: "west of Homs", "outside of Homs".
pub(super) fn looks_away(doc: &Document, t: usize) -> bool {
    let form = doc.form(t).to_lowercase();
    form == "outside" || DIRECTIONS.contains(&form.as_str())
}

/// "A met B, and C accepted …": parsers hang C on B as its conjunct, though a verb of its own follows it.
pub(super) fn stolen_subject(doc: &Document, t: usize) -> Option<usize> {
    let token = &doc.tokens[t];
    let first = doc.sentence_of(t).first;
    let finite = token.relation == Relation::Advcl && token.feats.verb_form == Some(VerbForm::Fin);
    if !(token.relation == Relation::Conj || finite) {
        return None;
    }
    let mut before = t;
    while before > first && matches!(doc.tokens[before - 1].upos, Upos::Aux | Upos::Adv) {
        before -= 1;
    }
    let mut at = before.checked_sub(1).filter(|&b| b >= first)?;
    let mut titled = false;
    while let Some(head) =
        doc.tokens[at].head.filter(|_| matches!(doc.tokens[at].relation, Relation::Flat | Relation::Appos))
    {
        titled |= doc.tokens[at].relation == Relation::Appos;
        at = head;
    }
    // "… as a step, and the American ambassador X | praised it": a title with its name is a subject of its own.
    if finite && !titled {
        return None;
    }
    let nominal = matches!(doc.tokens[at].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    let of_another = doc.tokens[at].head.is_some_and(|h| h < at && doc.tokens[h].upos != Upos::Verb);
    (nominal && of_another && doc.tokens[at].relation == Relation::Conj).then_some(at)
}

/// Whether a conjunct is really the subject of the coordinated verb right behind it.
pub(super) fn is_stolen(doc: &Document, conjunct: usize) -> bool {
    let last = doc.sentence_of(conjunct).last;
    (conjunct + 1..last.min(conjunct + 5))
        .find(|&t| doc.tokens[t].upos == Upos::Verb)
        .is_some_and(|verb| stolen_subject(doc, verb) == Some(conjunct))
}
