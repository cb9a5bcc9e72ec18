//! A document → who is said to say, write, think or ask for what: the cue, the source and the content of each attribution,
//! whoever the source is.
//!
//! Cues are the words of `engine/data/speech`, "according to", and the colons of transcripts. What somebody is said to say
//! that others say is his own affair, in direct speech or not: only the outermost attribution counts.

mod content;
mod source;

use crate::events::clause;
use crate::language::speech::{self, Speech};
use crate::language::{Document, Quotation, Relation, Upos, VerbForm};
use crate::text::Span;

/// Something that a text lays into somebody's mouth or mind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute: "has said", "according to", "their fear".
    pub cue: Span,
    /// The words for who it is attributed to; none where nobody is named ("it is said").
    pub source: Option<Span>,
    /// What is attributed, in order of text: a sentence may be cut in two by its cue, a quotation go on behind it.
    pub content: Vec<Span>,
}

/// Every attribution of a document, in order of text.
pub fn attributions(doc: &Document) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = doc.quotations.iter().filter_map(of_turn).collect();
    for sentence in &doc.sentences {
        let mut here: Vec<Found> = (sentence.first..sentence.last)
            .filter(|&t| !doc.is_quoted(t))
            .filter_map(|t| at(doc, t))
            .collect();
        set_free(doc, &mut here);
        let nested: Vec<bool> =
            here.iter().map(|inner| here.iter().any(|outer| holds(outer, inner))).collect();
        let outermost = here.into_iter().zip(nested).filter(|(_, nested)| !nested);
        found.extend(outermost.map(|(found, _)| found.attribution));
    }
    found.sort_by_key(|attribution| attribution.cue.start);
    found
}

/// An attribution and the token of its cue.
struct Found {
    token: usize,
    attribution: Attribution,
}

/// What the word at `t`, which nobody is quoted with, attributes.
fn at(doc: &Document, t: usize) -> Option<Found> {
    match doc.tokens[t].upos {
        Upos::Verb => match speaks(doc, t) {
            Some(sort) => of_verb(doc, t, sort),
            None => according_to(doc, t),
        },
        Upos::Noun => of_noun(doc, t),
        Upos::Adj => of_adjective(doc, t),
        _ => according_to(doc, t),
    }
}

/// What the verb at `t` makes of its subject.
fn speaks(doc: &Document, t: usize) -> Option<Speech> {
    let lemma = doc.tokens[t].lemma.to_lowercase();
    let two =
        (t + 1 < doc.sentence_of(t).last).then(|| format!("{lemma} {}", doc.form(t + 1).to_lowercase()));
    two.and_then(|two| speech::of_verb(&two)).or_else(|| speech::of_verb(&lemma))
}

/// Whether what `outer` attributes holds all that `inner` does; of two that hold each other, the shorter is the inner one.
fn holds(outer: &Found, inner: &Found) -> bool {
    let within =
        |a: &Found, b: &Found| a.attribution.content.iter().any(|part| part.contains(b.attribution.cue));
    let length = |of: &Found| of.attribution.content.iter().map(|part| part.end - part.start).sum::<usize>();
    outer.token != inner.token
        && within(outer, inner)
        && (!within(inner, outer) || (length(inner), inner.token) < (length(outer), outer.token))
}

/// "Said that A had left | and criticised B": what parsers join to the last verb of what is said goes on from the saying where
/// no "that" stands before it, and its subject is the saying's. "Said that they had met B, | who denied it": what a comma parts
/// from a noun, the writer adds, and "criticised the way they went, | saying …" goes on from the criticism. What is said ends
/// before all these.
fn set_free(doc: &Document, found: &mut [Found]) {
    for inner in 0..found.len() {
        let t = found[inner].token;
        let token = &doc.tokens[t];
        let has = |relation: Relation| doc.children(t).any(|c| doc.tokens[c].relation == relation);
        let finite = token.feats.verb_form == Some(VerbForm::Fin) || has(Relation::Aux);
        let goes_on = token.relation == Relation::Conj && finite && !has(Relation::Mark);
        let added = match token.relation {
            Relation::AclRelcl => clause::opens_behind_comma(doc, t),
            _ => clause::remarked(doc, t).is_some(),
        };
        let outer = (0..inner).rev().find(|&outer| holds(&found[outer], &found[inner]));
        let Some(outer) = outer.filter(|_| goes_on || added) else { continue };
        if token.relation != Relation::AclRelcl && !has(Relation::Nsubj) {
            found[inner].attribution.source = found[outer].attribution.source;
        }
        let start = doc.subtree_span(t).start;
        for part in &mut found[outer].attribution.content {
            if part.start < start && start < part.end {
                *part = content::trimmed(doc, Span::new(part.start, start)).unwrap_or(*part);
            }
        }
    }
}

/// The colon of a transcript.
fn of_turn(quotation: &Quotation) -> Option<Attribution> {
    let label = quotation.label?;
    let cue = Span::new(label.end, label.end + 1);
    Some(Attribution { cue, source: Some(label), content: vec![quotation.span] })
}

/// The attribution that verb `t` makes, if it says what and who.
fn of_verb(doc: &Document, t: usize, sort: Speech) -> Option<Found> {
    let token = &doc.tokens[t];
    let has = |relation: Relation| doc.children(t).any(|c| doc.tokens[c].relation == relation);
    // "To avoid", "plans to accept": what is meant to be said is not said. "Say that …" asks the reader.
    let meant = token.feats.verb_form == Some(VerbForm::Inf)
        && token.relation != Relation::Root
        && !has(Relation::Aux);
    if meant || token.feats.imperative || token.relation == Relation::Amod {
        return None;
    }
    if let Some((source, content)) = content::before_tag(doc, t) {
        return Some(found(doc, t, Some(source), content));
    }
    let clause = clause::of_verb(doc, t);
    let said = content::of_clause(doc, &clause);
    let content = said.or_else(|| content::quoted_before(doc, t))?;
    let quoted = content.iter().any(|part| doc.quotations.iter().any(|q| q.span.overlaps(*part)));
    // "Continued: “…”", "issued a warning", but not "continued the strikes".
    let told = match sort {
        Speech::Say | Speech::Hold => true,
        Speech::Quote => quoted || content::is_told(doc, &clause) || content::of_words(doc, &clause),
        Speech::Know => content::is_told(doc, &clause) || has(Relation::Xcomp),
    };
    if !told {
        return None;
    }
    let source = source::of_verb(doc, &clause, sort);
    // "He was accused of it": by whom, nobody says.
    let passive = clause::is_passive(doc, t) && token.relation != Relation::Acl && content.len() > 1;
    (source.is_some() || quoted || passive).then(|| found(doc, t, source, content))
}

/// "Their fear that …", "a promise to …": the clause that a noun of words or thoughts takes.
fn of_noun(doc: &Document, t: usize) -> Option<Found> {
    if !speech::is_noun(&doc.tokens[t].lemma.to_lowercase()) {
        return None;
    }
    let clause = doc.children(t).find(|&c| c > t && content::is_whole(doc, c))?;
    let source = source::of_noun(doc, t);
    Some(found(doc, t, source, vec![doc.subtree_span(clause)]))
}

/// "Was confident that …", "is wary of …": what an adjective says of its subject's mind.
fn of_adjective(doc: &Document, t: usize) -> Option<Found> {
    if !speech::is_adjective(&doc.tokens[t].lemma.to_lowercase()) {
        return None;
    }
    let subject = doc.children(t).find(|&c| c < t && doc.tokens[c].relation == Relation::Nsubj)?;
    let about = |c: usize| {
        matches!(doc.tokens[c].relation, Relation::Obl | Relation::Ccomp | Relation::Xcomp | Relation::Advcl)
            && (content::is_whole(doc, c)
                || doc.tokens[c].relation == Relation::Ccomp
                || doc.preposition(c).is_some_and(|p| matches!(p.as_str(), "about" | "of" | "to" | "with")))
    };
    let clause = doc.children(t).find(|&c| c > t && about(c))?;
    let source = source::words(doc, subject, t);
    Some(found(doc, t, Some(source), vec![doc.subtree_span(clause)]))
}

/// What is attributed by word `t`, whose cue is the word with the adverbs and auxiliaries before it.
fn found(doc: &Document, t: usize, source: Option<Span>, content: Vec<Span>) -> Found {
    let first = source::helped(doc, t);
    let cue = doc.tokens[first].span.join(doc.tokens[t].span);
    Found { token: t, attribution: Attribution { cue, source, content } }
}

/// "According to X": the sentence but for these words.
fn according_to(doc: &Document, t: usize) -> Option<Found> {
    let to = t + 1;
    let written = doc.form(t).eq_ignore_ascii_case("according");
    if !written || to + 1 >= doc.sentence_of(t).last || !doc.form(to).eq_ignore_ascii_case("to") {
        return None;
    }
    let head = doc.tokens[t].head.filter(|&head| head > to)?;
    let source = doc.tokens[to + 1].span.join(source::words(doc, head, to));
    let content = content::beside(doc, t, doc.tokens[t].span.join(source));
    let cue = doc.tokens[t].span.join(doc.tokens[to].span);
    (!content.is_empty())
        .then_some(Found { token: t, attribution: Attribution { cue, source: Some(source), content } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::{Analyser, Setting};

    /// Cue, source and content of each attribution of a text.
    fn read(analyser: &Analyser, text: &str) -> Vec<(String, String, String)> {
        let doc = analyser.analyse(text, &[], Setting::default());
        let words = |span: Span| span.of(text).to_owned();
        let told = |found: Attribution| {
            let content: Vec<String> = found.content.into_iter().map(words).collect();
            (words(found.cue), found.source.map(words).unwrap_or_default(), content.join(" | "))
        };
        attributions(&doc).into_iter().map(told).collect()
    }

    fn told(cue: &str, source: &str, content: &str) -> (String, String, String) {
        (cue.to_owned(), source.to_owned(), content.to_owned())
    }

    #[test]
    fn only_the_outermost_attribution_counts() {
        let analyser = Analyser::new();
        let nested = "Minister Ana Rojas said that Chile had promised to open the border.";
        assert_eq!(
            read(&analyser, nested),
            [told("said", "Minister Ana Rojas", "that Chile had promised to open the border")]
        );
        let goes_on = "Ana Rojas urged Chile to open the border and criticised the delay.";
        let both = read(&analyser, goes_on);
        assert_eq!(both.len(), 2, "{both:?}");
        assert_eq!(both[1], told("criticised", "Ana Rojas", "the delay"));
    }

    #[test]
    fn who_stands_behind_a_quotation_says_it() {
        let analyser = Analyser::new();
        let behind = "\"It is an invasion of our waters,\" said Juan Pardo, a lawyer at the port.";
        let found = read(&analyser, behind);
        assert_eq!((found.len(), found[0].0.as_str()), (1, "said"));
        assert_eq!(found[0].1, "Juan Pardo, a lawyer at the port");
        let before = "\"Will the bridge be opened?\" she asked.";
        assert_eq!(read(&analyser, before), [told("asked", "she", "\"Will the bridge be opened?\"")]);
        let tag = "The bridge was closed after the flood in the north, officials said.";
        assert_eq!(
            read(&analyser, tag),
            [told("said", "officials", "The bridge was closed after the flood in the north")]
        );
    }

    #[test]
    fn nouns_and_adjectives_attribute_the_clauses_that_they_take() {
        let analyser = Analyser::new();
        let noun = read(&analyser, "The visit ended amid fears that the bridge would stay closed.");
        assert_eq!(noun, [told("fears", "", "that the bridge would stay closed")]);
        let adjective = read(&analyser, "Ana Rojas was confident that the bridge would open.");
        assert_eq!(adjective, [told("was confident", "Ana Rojas", "that the bridge would open")]);
        let neither = "The claims office closed the confident minister's account.";
        assert_eq!(read(&analyser, neither), []);
    }

    #[test]
    fn some_verbs_speak_only_where_words_are_told() {
        let analyser = Analyser::new();
        let spoken = "\"We are ready,\" Ana Rojas continued.";
        assert_eq!(read(&analyser, spoken), [told("continued", "Ana Rojas", "\"We are ready,\"")]);
        assert_eq!(read(&analyser, "Ana Rojas continued the search and found a bridge."), []);
        assert_eq!(read(&analyser, "Say that a minister closed the bridge."), []);
    }
}
