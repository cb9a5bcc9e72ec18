//! A document → who is said to say, write, think or ask for what: the cue, the source and the content of each attribution,
//! whoever the source is.
//!
//! Cues are the verbs of the statement frames and some of thinking and showing, and "according to".

use crate::events::clause::{self, Clause, Filler};
use crate::events::frame::Frames;
use crate::events::report::Kind;
use crate::language::{Document, Quotation, Relation, Upos, VerbForm};
use crate::text::Span;

/// Something that a text lays into somebody's mouth or mind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// The words that attribute: "has said", "according to".
    pub cue: Span,
    /// The words for who it is attributed to; none where nobody is named ("it is said").
    pub source: Option<Span>,
    /// What is attributed, in order of text: a sentence may be cut in two by its cue, a quotation go on behind it.
    pub content: Vec<Span>,
}

/// Verbs of speech, thought and showing that tell no statement between states by themselves.
const MINDS: &[&str] = &[
    "answer",
    "argue",
    "ask",
    "assume",
    "attack",
    "believe",
    "boast",
    "cite",
    "claim",
    "compare",
    "conclude",
    "contend",
    "describe",
    "detail",
    "discuss",
    "doubt",
    "estimate",
    "expect",
    "fear",
    "find",
    "hope",
    "imply",
    "indicate",
    "insist",
    "joke",
    "learn",
    "liken",
    "maintain",
    "mention",
    "outline",
    "predict",
    "promise",
    "question",
    "quip",
    "recall",
    "recommend",
    "reference",
    "reply",
    "report",
    "respond",
    "reveal",
    "show",
    "slam",
    "suggest",
    "suspect",
    "think",
    "tout",
    "tweet",
    "want",
    "wonder",
    "worry",
    "write",
];

/// Prepositions before what is said or asked for.
const ABOUT: &[&str] = &["about", "against", "for", "of", "on", "over", "to", "with"];

/// Every attribution of a document, in order of text.
pub fn attributions(doc: &Document, frames: &Frames) -> Vec<Attribution> {
    let cue = |t: usize| {
        let lemma = doc.tokens[t].lemma.to_lowercase();
        doc.tokens[t].upos == Upos::Verb
            && (MINDS.contains(&lemma.as_str()) || speaks(frames, &lemma))
            // What somebody says in direct speech that others say is his own affair.
            && !doc.is_quoted(t)
    };
    let quoted: Vec<Span> = doc.quotations.iter().filter(|q| q.depth == 0).map(|q| q.span).collect();
    let mut found: Vec<Attribution> = doc.quotations.iter().filter_map(of_turn).collect();
    for sentence in &doc.sentences {
        for t in sentence.first..sentence.last {
            if cue(t) {
                found.extend(of_verb(doc, t, &quoted, &cue));
            } else if doc.form(t).eq_ignore_ascii_case("according") {
                found.extend(according_to(doc, t));
            }
        }
    }
    found.sort_by_key(|attribution| attribution.cue.start);
    found
}

/// The colon of a transcript.
fn of_turn(quotation: &Quotation) -> Option<Attribution> {
    let label = quotation.label?;
    let cue = Span::new(label.end, label.end + 1);
    Some(Attribution { cue, source: Some(label), content: vec![quotation.span] })
}

/// Whether a verb says something whatever its object is.
fn speaks(frames: &Frames, lemma: &str) -> bool {
    frames.of_verb(lemma).any(|f| f.kind == Kind::Statement && f.objects.is_empty())
}

/// The attribution that verb `t` makes, if it says what and who.
fn of_verb(doc: &Document, t: usize, quoted: &[Span], cue: &dyn Fn(usize) -> bool) -> Option<Attribution> {
    // "To avoid", "plans to accept": what is meant to be said is not said.
    if doc.tokens[t].feats.verb_form == Some(VerbForm::Inf) && doc.tokens[t].relation != Relation::Root {
        let helped = doc.children(t).any(|c| doc.tokens[c].relation == Relation::Aux);
        if !helped {
            return None;
        }
    }
    let clause = clause::of_verb(doc, t);
    let content = content(doc, &clause, quoted, cue)?;
    // The words at hand, "who" included, before whom they stand for.
    let own = doc.children(t).find(|&c| doc.tokens[c].relation == Relation::Nsubj);
    let subject = own.or_else(|| clause.subjects.first().map(|subject| subject.token));
    let source = subject.map(|subject| source(doc, subject, t));
    if source.is_none() && !content.iter().any(|part| doc.quotations.iter().any(|q| q.span.overlaps(*part))) {
        return None;
    }
    let sentence = doc.sentence_of(t);
    let helps = |c: usize| {
        doc.tokens[c].head == Some(t)
            && matches!(
                doc.tokens[c].relation,
                Relation::Aux | Relation::AuxPass | Relation::Advmod | Relation::Cop
            )
    };
    let first = (sentence.first..t).rev().take_while(|&c| helps(c)).last().unwrap_or(t);
    Some(Attribution { cue: doc.tokens[first].span.join(doc.tokens[t].span), source, content })
}

/// The words of a source, on its side of the cue.
fn source(doc: &Document, subject: usize, cue: usize) -> Span {
    within(doc, subject, cue).iter().fold(doc.tokens[subject].span, |all, &t| all.join(doc.tokens[t].span))
}

/// What hangs on a subject.
fn within(doc: &Document, subject: usize, cue: usize) -> Vec<usize> {
    let mut all = Vec::new();
    for child in doc.children(subject) {
        let side = (child < cue) == (subject < cue);
        let apart = doc.tokens[child].relation == Relation::Parataxis;
        if !apart && side && child != cue && doc.tokens[child].upos != Upos::Punct {
            all.push(child);
            all.extend(within(doc, child, cue));
        }
    }
    all
}

/// What the clause of a cue attributes.
fn content(
    doc: &Document,
    clause: &Clause,
    quoted: &[Span],
    cue: &dyn Fn(usize) -> bool,
) -> Option<Vec<Span>> {
    let t = clause.trigger;
    let token = &doc.tokens[t];
    let sentence = *doc.sentence_of(t);
    let said = clause.complements.iter().copied().find(|&c| doc.tokens[c].head == Some(t));
    let mut parts = if token.relation == Relation::Parataxis && said.is_none() {
        // "The talks, he said, were useful": all of the sentence but the saying.
        beside(doc, t, doc.subtree_span(t))
    } else if let Some(said) = said {
        vec![doc.subtree_span(said)]
    } else if let Some(object) = clause.objects.iter().find(|o| doc.tokens[o.token].head == Some(t)) {
        vec![doc.subtree_span(object.token)]
    } else {
        // "Called for an inquiry", "complained about the noise".
        let about =
            |(p, f): &&(String, Filler)| doc.tokens[f.token].head == Some(t) && ABOUT.contains(&p.as_str());
        clause.obliques.iter().find(about).map(|(_, f)| doc.subtree_span(f.token)).into_iter().collect()
    };
    // A quotation is said whole, and goes on in the sentences behind it that have no cue of their own.
    let here = |q: &&Span| q.overlaps(sentence.span) && !q.contains(token.span);
    let of_parts = |q: &&Span| parts.is_empty() || parts.iter().any(|part| q.overlaps(*part));
    let spoken: Vec<Span> = quoted.iter().filter(here).filter(of_parts).copied().collect();
    if !spoken.is_empty() {
        parts.extend(spoken);
        parts.extend(continued(doc, sentence.last, quoted, cue));
    }
    parts.sort_by_key(|part| (part.start, std::cmp::Reverse(part.end)));
    parts.dedup_by(|later, earlier| earlier.contains(*later));
    (!parts.is_empty()).then_some(parts)
}

/// The quotations of the sentences from token `from` on that nobody else is said to say.
fn continued(doc: &Document, from: usize, quoted: &[Span], cue: &dyn Fn(usize) -> bool) -> Vec<Span> {
    let behind = doc.sentences.partition_point(|s| s.first < from);
    let mut found = Vec::new();
    for sentence in &doc.sentences[behind..] {
        let whole = quoted.iter().find(|q| q.overlaps(sentence.span)).filter(|q| {
            let outside =
                |t: usize| !q.contains(doc.tokens[t].span) && (doc.tokens[t].upos != Upos::Punct || cue(t));
            !(sentence.first..sentence.last).any(outside)
        });
        let Some(&quotation) = whole else { break };
        if !found.contains(&quotation) {
            found.push(quotation);
        }
    }
    found
}

/// What stands in the sentence of token `t` before and behind the words at `cut`.
fn beside(doc: &Document, t: usize, cut: Span) -> Vec<Span> {
    let sentence = *doc.sentence_of(t);
    let side = |keep: &dyn Fn(Span) -> bool| {
        let tokens = &doc.tokens[sentence.first..sentence.last];
        let mut kept = tokens.iter().filter(|k| k.upos != Upos::Punct && keep(k.span)).map(|k| k.span);
        let first = kept.next()?;
        Some(kept.fold(first, Span::join))
    };
    let (before, behind) = (side(&|span| span.end <= cut.start), side(&|span| span.start >= cut.end));
    before.into_iter().chain(behind).collect()
}

/// "According to X": the sentence but for these words.
fn according_to(doc: &Document, t: usize) -> Option<Attribution> {
    let to = t + 1;
    if to + 1 >= doc.sentence_of(t).last || !doc.form(to).eq_ignore_ascii_case("to") {
        return None;
    }
    let head = doc.tokens[t].head.filter(|&head| head > to)?;
    let source = doc.tokens[to + 1].span.join(source(doc, head, to));
    let content = beside(doc, t, doc.tokens[t].span.join(source));
    let cue = doc.tokens[t].span.join(doc.tokens[to].span);
    (!content.is_empty()).then_some(Attribution { cue, source: Some(source), content })
}
