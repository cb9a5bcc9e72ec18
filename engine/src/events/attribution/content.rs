//! The cue of an attribution → the words that it attributes.

use crate::events::clause::{self, Clause, Filler};
use crate::language::speech;
use crate::language::{Document, Relation, Upos, VerbForm};
use crate::text::Span;

/// Prepositions before what is said or asked for.
const ABOUT: &[&str] = &["about", "against", "at", "for", "of", "on", "over", "to", "with"];

/// What the clause of a cue attributes.
pub(super) fn of_clause(doc: &Document, clause: &Clause) -> Option<Vec<Span>> {
    let t = clause.trigger;
    let token = &doc.tokens[t];
    let sentence = *doc.sentence_of(t);
    let said = clause.complements.iter().copied().find(|&c| doc.tokens[c].head == Some(t));
    let object = clause.objects.iter().map(|o| o.token).find(|&o| doc.tokens[o].head == Some(t));
    // "Called for an inquiry", "complained about the noise".
    let about =
        |(p, f): &&(String, Filler)| doc.tokens[f.token].head == Some(t) && ABOUT.contains(&p.as_str());
    let about = || clause.obliques.iter().find(about).map(|(_, f)| f.token);
    let remark = token.relation == Relation::Advcl
        && doc
            .children(t)
            .any(|c| doc.tokens[c].relation == Relation::Mark && doc.form(c).eq_ignore_ascii_case("as"));
    let mut parts = if said.is_none() && (token.relation == Relation::Parataxis || remark && object.is_none())
    {
        // "The talks, he said, were useful", "as he said, …": all of the sentence but the saying.
        beside(doc, t, doc.subtree_span(t))
    } else if clause::is_passive(doc, t) {
        // "They were accused | of treason": whom it is said of, and what.
        let what = said.or_else(about);
        object.into_iter().chain(what).map(|part| doc.subtree_span(part)).collect()
    } else if let Some(part) = said.or(object).or_else(about) {
        vec![doc.subtree_span(part)]
    } else {
        described(doc, clause).into_iter().collect()
    };
    // A quotation is said whole, and goes on in the sentences behind it that have no cue of their own.
    let here = |q: &Span| q.overlaps(sentence.span) && !q.contains(token.span);
    let of_parts = |q: &Span| parts.is_empty() || parts.iter().any(|part| q.overlaps(*part));
    let spoken: Vec<Span> = quoted(doc).filter(here).filter(of_parts).collect();
    if !spoken.is_empty() {
        parts.extend(spoken);
        parts.extend(continued(doc, sentence.last));
    }
    parts.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    parts.dedup_by(|later, earlier| earlier.contains(*later));
    (!parts.is_empty()).then_some(parts)
}

/// "What | he said", "the promise | he made": the pronoun or the noun that a relative clause of saying describes.
fn described(doc: &Document, clause: &Clause) -> Option<Span> {
    let t = clause.trigger;
    let object = clause.objects.first().filter(|o| o.path.starts_with("acl:relcl"))?.token;
    let pronoun = doc.children(t).find(|&c| c < t && doc.tokens[c].relation == Relation::Obj);
    let first = doc.subtree_span(t).start;
    let whole = doc.subtree_span(object);
    pronoun.map(|p| doc.tokens[p].span).or_else(|| trimmed(doc, Span::new(whole.start.min(first), first)))
}

/// Whether a noun or an adjective takes `c` as a whole clause: "that they left", "to leave".
pub(super) fn is_whole(doc: &Document, c: usize) -> bool {
    let marked = |words: &[&str]| {
        doc.children(c)
            .any(|m| m < c && doc.tokens[m].relation == Relation::Mark && words.contains(&doc.form(m)))
    };
    matches!(doc.tokens[c].relation, Relation::Acl | Relation::Ccomp | Relation::Xcomp | Relation::Advcl)
        && marked(&["that", "to"])
}

/// Whether a whole clause is told: "added that …", "…, he continued, …".
pub(super) fn is_told(doc: &Document, clause: &Clause) -> bool {
    let finite = |&c: &usize| {
        let token = &doc.tokens[c];
        let has =
            |relations: &[Relation]| doc.children(c).any(|d| relations.contains(&doc.tokens[d].relation));
        token.relation == Relation::Ccomp
            && (token.feats.verb_form == Some(VerbForm::Fin)
                || has(&[Relation::Aux, Relation::AuxPass, Relation::Cop]))
    };
    doc.tokens[clause.trigger].relation == Relation::Parataxis || clause.complements.iter().any(finite)
}

/// Whether the object of a verb is a noun of words or thoughts: "issued a warning".
pub(super) fn of_words(doc: &Document, clause: &Clause) -> bool {
    clause.objects.iter().any(|o| {
        doc.tokens[o.token].upos == Upos::Noun && speech::is_noun(&doc.tokens[o.token].lemma.to_lowercase())
    })
}

/// "…, | the officials said.": who says what the sentence has told, and that, whatever the parser makes of it. Nothing but a few
/// words that name somebody stand between the last comma and the verb, and nothing but a circumstance behind it.
pub(super) fn before_tag(doc: &Document, t: usize) -> Option<(Span, Vec<Span>)> {
    const LONGEST: usize = 12;
    let sentence = *doc.sentence_of(t);
    let circumstance = |b: usize| match doc.tokens[b].relation {
        Relation::Punct | Relation::Advmod | Relation::Obl | Relation::OblUnmarked => true,
        // "He told reporters".
        Relation::Obj | Relation::Iobj => doc.tokens[t].lemma == "tell",
        _ => false,
    };
    let apart = |b: usize| doc.tokens[b].upos != Upos::Punct && !doc.has_ancestor(b, t);
    if (t + 1..sentence.last).any(|b| doc.tokens[b].head == Some(t) && !circumstance(b) || apart(b)) {
        return None;
    }
    let comma = (sentence.first..t).rev().take(LONGEST).find(|&b| doc.form(b) == ",")?;
    let helps = |b: usize| matches!(doc.tokens[b].upos, Upos::Aux | Upos::Adv | Upos::Part);
    let last = (comma + 1..t).rev().find(|&b| !helps(b))?;
    let named = &doc.tokens[comma + 1..=last];
    let plain =
        |upos: Upos| !matches!(upos, Upos::Verb | Upos::Aux | Upos::Sconj | Upos::Cconj | Upos::Punct);
    let names = matches!(doc.tokens[last].upos, Upos::Noun | Upos::Propn | Upos::Pron);
    if !names
        || !named.iter().all(|token| plain(token.upos))
        || doc.preposition(comma + 1).is_some()
        || doc.tokens[comma + 1].upos == Upos::Adp
    {
        return None;
    }
    let told = |b: usize| matches!(doc.tokens[b].upos, Upos::Verb | Upos::Aux);
    let content = trimmed(doc, Span::new(sentence.span.start, doc.tokens[comma].span.start))?;
    let tells = (sentence.first..comma).any(told) || doc.tokens[sentence.first].upos != Upos::Adp;
    let source = doc.tokens[comma + 1].span.join(doc.tokens[last].span);
    tells.then(|| (source, vec![content]))
}

/// "“Are you ready?” | he asked.": the quotation that ends right before a sentence that says nothing but who speaks.
pub(super) fn quoted_before(doc: &Document, t: usize) -> Option<Vec<Span>> {
    let sentence = *doc.sentence_of(t);
    let before = quoted(doc).filter(|q| q.end <= sentence.span.start).last()?;
    if !doc.text[before.end..sentence.span.start].trim().is_empty()
        || doc.text[before.end..sentence.span.start].contains('\n')
    {
        return None;
    }
    let mut parts = vec![before];
    parts.extend(continued(doc, sentence.last));
    Some(parts)
}

/// Direct speech that stands in no other.
fn quoted(doc: &Document) -> impl Iterator<Item = Span> {
    doc.quotations.iter().filter(|q| q.depth == 0).map(|q| q.span)
}

/// The quotations of the sentences from token `from` on that nobody else is said to say.
fn continued(doc: &Document, from: usize) -> Vec<Span> {
    let behind = doc.sentences.partition_point(|s| s.first < from);
    let mut found = Vec::new();
    for sentence in &doc.sentences[behind..] {
        let whole = quoted(doc).find(|q| q.overlaps(sentence.span)).filter(|q| {
            let outside = |t: usize| !q.contains(doc.tokens[t].span) && doc.tokens[t].upos != Upos::Punct;
            !(sentence.first..sentence.last).any(outside)
        });
        let Some(quotation) = whole else { break };
        if !found.contains(&quotation) {
            found.push(quotation);
        }
    }
    found
}

/// What stands in the sentence of token `t` before and behind the words at `cut`.
pub(super) fn beside(doc: &Document, t: usize, cut: Span) -> Vec<Span> {
    let sentence = doc.sentence_of(t).span;
    let before = (sentence.start < cut.start).then(|| Span::new(sentence.start, cut.start));
    let behind = (cut.end < sentence.end).then(|| Span::new(cut.end, sentence.end));
    before.into_iter().chain(behind).filter_map(|side| trimmed(doc, side)).collect()
}

/// A stretch of text without the conjunctions at its end and the marks at both.
pub(super) fn trimmed(doc: &Document, span: Span) -> Option<Span> {
    let range = doc.token_range(span);
    let kept = |t: &usize| doc.tokens[*t].upos != Upos::Punct;
    let first = range.clone().find(kept)?;
    let last = range.rev().find(|t| kept(t) && doc.tokens[*t].upos != Upos::Cconj)?;
    (first <= last).then(|| doc.tokens[first].span.join(doc.tokens[last].span))
}
