//! The cue of an attribution → the words for who it is attributed to.

use crate::events::clause::{self, Clause};
use crate::language::speech::Speech;
use crate::language::{Document, Relation, Upos};
use crate::text::Span;

/// The words for who says or thinks what the clause of a cue attributes.
pub(super) fn of_verb(doc: &Document, clause: &Clause, sort: Speech) -> Option<Span> {
    let t = clause.trigger;
    // A day is nobody, and what stands in quotation marks does not say it.
    let speaks = |&c: &usize| {
        !doc.is_quoted(c) && !doc.times.iter().any(|time| time.span.contains(doc.tokens[c].span))
    };
    // The words at hand, "who" included, before whom they stand for. Of "X, meeting Y, said", parsers may make X a vocative.
    let child = |relations: &[Relation]| {
        doc.children(t).filter(|&c| relations.contains(&doc.tokens[c].relation)).find(speaks)
    };
    let own = child(&[Relation::Nsubj]).or_else(|| child(&[Relation::Vocative, Relation::Dislocated]));
    let behind = || inverted(doc, t).filter(|_| own.is_none_or(|own| own < t));
    let before = || between(doc, t, own).filter(|_| matches!(sort, Speech::Say | Speech::Quote));
    if let Some(words) = behind().or_else(before) {
        return Some(words);
    }
    let subject = own.or_else(|| clause.subjects.iter().map(|s| s.token).find(speaks));
    let beside = || helped(doc, t).checked_sub(1).filter(|&b| stands_free(doc, b, t)).filter(speaks);
    subject.or_else(beside).map(|subject| words(doc, subject, t))
}

/// Whether a name or noun right before the finite verb `t` of its sentence can be its subject, whatever parsers make of it.
fn stands_free(doc: &Document, b: usize, t: usize) -> bool {
    let token = &doc.tokens[b];
    doc.tokens[t].relation == Relation::Root
        && b >= doc.sentence_of(t).first
        && !clause::is_passive(doc, t)
        && matches!(token.upos, Upos::Propn | Upos::Noun | Upos::Pron)
        && doc.preposition(b).is_none()
        && matches!(
            token.relation,
            Relation::Conj
                | Relation::Appos
                | Relation::Flat
                | Relation::Dep
                | Relation::Nmod
                | Relation::Compound
        )
}

/// Who has the words or thoughts that noun `t` stands for.
pub(super) fn of_noun(doc: &Document, t: usize) -> Option<Span> {
    let by = |&c: &usize| {
        doc.tokens[c].relation == Relation::NmodPoss
            || doc.tokens[c].relation == Relation::Nmod
                && doc.preposition(c).is_some_and(|p| matches!(p.as_str(), "by" | "among" | "from"))
    };
    if let Some(own) = doc.children(t).find(by) {
        return Some(words(doc, own, t));
    }
    let lent = clause::of_noun(doc, t).subjects;
    // Whose clause the noun merely stands in has no part in it: "the visit ended amid fears that …".
    let own = lent.iter().find(|s| !s.path.starts_with("host>") && !doc.is_quoted(s.token))?;
    Some(words(doc, own.token, t))
}

/// The first of the auxiliaries and adverbs before word `t`, or `t`.
pub(super) fn helped(doc: &Document, t: usize) -> usize {
    let helps = |c: usize| {
        doc.tokens[c].head == Some(t)
            && matches!(
                doc.tokens[c].relation,
                Relation::Aux | Relation::AuxPass | Relation::Advmod | Relation::Cop
            )
    };
    (doc.sentence_of(t).first..t).rev().take_while(|&c| helps(c)).last().unwrap_or(t)
}

/// "“…,” | said Ana Rojas, the minister": who stands right behind a verb of saying that a comma or a quotation stands before.
fn inverted(doc: &Document, t: usize) -> Option<Span> {
    let sentence = *doc.sentence_of(t);
    let quoted =
        |b: usize| doc.quotations.iter().any(|q| q.depth == 0 && q.span.contains(doc.tokens[b].span));
    let before = t.checked_sub(1).filter(|&b| b >= sentence.first)?;
    let comma = doc.form(before) == ",";
    let clauses =
        doc.children(t).any(|c| c > t && matches!(doc.tokens[c].relation, Relation::Ccomp | Relation::Xcomp));
    let object_speaks = comma && doc.tokens[t].lemma == "say" && !clauses;
    let next = (t + 1 < sentence.last).then_some(t + 1)?;
    if !(quoted(before) || object_speaks) || quoted(next) {
        return None;
    }
    let begins =
        matches!(doc.tokens[next].upos, Upos::Det | Upos::Propn | Upos::Noun | Upos::Adj | Upos::Pron);
    let mut head = next;
    while let Some(above) = doc.tokens[head].head.filter(|&above| above > t) {
        head = above;
    }
    let names = matches!(doc.tokens[head].upos, Upos::Propn | Upos::Noun | Upos::Pron);
    let day = doc.times.iter().any(|time| time.span.contains(doc.tokens[head].span));
    (begins && names && !day && doc.preposition(head).is_none()).then(|| words(doc, head, t))
}

/// "“…,” | Juan Pardo, the minister, | said on Friday": all that stands between a quotation and a verb of saying, where the
/// parser finds no subject there.
fn between(doc: &Document, t: usize, own: Option<usize>) -> Option<Span> {
    const LONGEST: usize = 30;
    let sentence = *doc.sentence_of(t);
    let end = doc
        .quotations
        .iter()
        .filter(|q| {
            q.depth == 0 && sentence.span.start < q.span.end && q.span.end <= doc.tokens[t].span.start
        })
        .map(|q| q.span.end)
        .max()?;
    let first = (sentence.first..t)
        .find(|&b| doc.tokens[b].span.start >= end && doc.tokens[b].upos != Upos::Punct)?;
    let last = helped(doc, t).checked_sub(1).filter(|&last| last >= first && last - first < LONGEST)?;
    let names =
        doc.tokens[first..=last].iter().any(|b| matches!(b.upos, Upos::Noun | Upos::Propn | Upos::Pron));
    let opens = !matches!(
        doc.tokens[first].upos,
        Upos::Adp | Upos::Sconj | Upos::Cconj | Upos::Adv | Upos::Verb | Upos::Aux
    );
    let own_there = own.is_some_and(|own| first <= own && own <= last);
    (names && opens && !own_there).then(|| doc.tokens[first].span.join(doc.tokens[last].span))
}

/// The words of the source that `subject` heads, on its side of the cue.
pub(super) fn words(doc: &Document, subject: usize, cue: usize) -> Span {
    let mut all = within(doc, subject, cue);
    all.push(subject);
    let first = all.iter().copied().min().unwrap_or(subject);
    let mut last = all.iter().copied().max().unwrap_or(subject);
    if subject < cue {
        // "Senator | Juan Pardo (Lima) said": parsers may leave the name out of the phrase that its title begins.
        let next = helped(doc, cue);
        let named = |b: usize| {
            matches!(doc.tokens[b].upos, Upos::Propn | Upos::Noun | Upos::Num | Upos::X)
                || matches!(doc.form(b), "(" | ")" | "-")
        };
        if last + 1 < next && (last + 1..next).all(named) {
            last = next - 1;
        }
        // The mark that ends an aside belongs to it: "Juan Pardo, the minister, | said".
        let aside = doc.tokens[first..=last]
            .iter()
            .any(|b| matches!(b.span.of(&doc.text), "," | "(" | "--" | "–" | "—"));
        if aside && last + 2 == next && matches!(doc.form(last + 1), "," | ")" | "--" | "–" | "—") {
            last += 1;
        }
    }
    doc.tokens[first].span.join(doc.tokens[last].span)
}

/// What hangs on a subject, but for prepositions that say what role it plays, and what stands before it with one of its own.
fn within(doc: &Document, subject: usize, cue: usize) -> Vec<usize> {
    let mut all = Vec::new();
    for child in doc.children(subject) {
        let token = &doc.tokens[child];
        let side = (child < cue) == (subject < cue);
        let apart = token.relation == Relation::Parataxis
            || matches!(token.relation, Relation::Case | Relation::Cc | Relation::Mark) && child < subject
            || matches!(token.relation, Relation::Nmod | Relation::Obl | Relation::Advcl) && child < subject
            || child == cue
            || doc.has_ancestor(cue, child);
        if side && !apart && token.upos != Upos::Punct {
            all.push(child);
            all.extend(phrase(doc, child, cue));
        }
    }
    all
}

/// All that hangs on a part of a subject, on the same side of the cue.
fn phrase(doc: &Document, part: usize, cue: usize) -> Vec<usize> {
    let side = |c: &usize| {
        (*c < cue) == (part < cue)
            && doc.tokens[*c].upos != Upos::Punct
            && doc.tokens[*c].relation != Relation::Parataxis
    };
    let mut all = Vec::new();
    for child in doc.children(part).filter(side) {
        all.push(child);
        all.extend(phrase(doc, child, cue));
    }
    all
}
