//! A verb of saying → what is said, through what, and whose claim a reported happening is.

use memchr::memmem;

use crate::actors::Sector;
use crate::events::clause::{self, Clause};
use crate::events::frame::Frame;
use crate::events::report::{Act, Kind, Party, Statement, Through};
use crate::events::roles::{Filled, Page};
use crate::language::speech::utters;
use crate::language::{Document, Relation, Upos};
use crate::text::Span;

/// Nouns for texts that an office puts out.
const RELEASES: &[&str] = &[
    "release",
    "statement",
    "communique",
    "communiqué",
    "tweet",
    "post",
    "declaration",
    "letter",
    "note",
    "handout",
];

/// What a statement says and how it came, if anything can be made out as said.
pub(crate) fn statement(page: &Page<'_>, frame: &Frame, clause: &Clause) -> Option<Statement> {
    let content = content(page.doc, clause);
    let direct = content.is_some_and(|c| page.doc.quotations.iter().any(|q| q.span.overlaps(c)));
    Some(Statement { act: frame.act?, through: through(page, clause), content, direct })
}

/// The stretch of text that says what is said.
fn content(doc: &Document, clause: &Clause) -> Option<Span> {
    let t = clause.trigger;
    if let Some(said) = clause.complements.first() {
        return Some(doc.subtree_span(*said));
    }
    let token = &doc.tokens[t];
    let sentence = doc.sentence_of(t);
    // "…, he said": the saying hangs on what is said.
    if token.relation == Relation::Parataxis || (token.relation == Relation::Root && is_bare(doc, clause)) {
        return Some(sentence.span);
    }
    // "Told the envoys": to whom is not what.
    if let Some(object) = clause.objects.iter().find(|o| !o.path.starts_with("iobj")) {
        return Some(doc.subtree_span(object.token));
    }
    let about =
        clause.obliques.iter().find(|(p, _)| matches!(p.as_str(), "about" | "over" | "on" | "of" | "at"));
    about.map(|(_, f)| doc.subtree_span(f.token)).or(Some(sentence.span))
}

/// Whether a verb of saying has neither clause nor object: what it says is in the quotation beside it.
fn is_bare(doc: &Document, clause: &Clause) -> bool {
    let sentence = doc.sentence_of(clause.trigger);
    clause.objects.iter().all(|o| o.path.starts_with("iobj"))
        && doc.quotations.iter().any(|q| q.span.overlaps(sentence.span))
}

/// What a clause says or does, as words with blanks around them.
#[derive(Debug)]
pub(crate) struct Said {
    /// As written, in lower case.
    forms: String,
    /// In their dictionary forms.
    lemmas: String,
}

impl Said {
    /// How many words stand before `phrase` (lower case), if it stands there.
    pub(crate) fn at(&self, phrase: &str) -> Option<usize> {
        let whole = |text: &[u8], at: usize| {
            at > 0 && text[at - 1] == b' ' && text.get(at + phrase.len()) == Some(&b' ')
        };
        let words = |text: &str| {
            let text = text.as_bytes();
            let at = memmem::find_iter(text, phrase).find(|at| whole(text, *at))?;
            Some(memchr::memchr_iter(b' ', &text[..at - 1]).count())
        };
        words(&self.forms).into_iter().chain(words(&self.lemmas)).min()
    }
}

/// Whether one of `phrases` (lower case) stands in what the clause says or does.
pub(crate) fn says(doc: &Document, clause: &Clause, phrases: &[&str]) -> bool {
    said(doc, clause).is_some_and(|said| phrases.iter().any(|phrase| said.at(phrase).is_some()))
}

/// What the clause says or does, if anything.
pub(crate) fn said(doc: &Document, clause: &Clause) -> Option<Said> {
    let said = content(doc, clause)?;
    // Parsers hang "of …", "with …" and "to do …" on the verb in several ways: all but the subject counts as said.
    let t = clause.trigger;
    let mut spans: Vec<Span> = vec![said];
    // "A car bomb", "the chemical attack": a noun says it by what stands with it.
    if doc.tokens[t].upos == Upos::Noun {
        spans.push(doc.subtree_span(t));
    }
    for child in doc.children(t) {
        if child > t
            && !matches!(
                doc.tokens[child].relation,
                Relation::Nsubj | Relation::Conj | Relation::Parataxis | Relation::Punct | Relation::NmodPoss
            )
        {
            spans.push(doc.subtree_span(child));
        }
    }
    let sentence = doc.sentence_of(t);
    let words = |forms: bool| -> String {
        doc.tokens[sentence.first..sentence.last]
            .iter()
            .filter(|t| spans.iter().any(|s| s.contains(t.span)))
            .map(|t| if forms { t.span.of(&doc.text).to_lowercase() } else { t.lemma.to_lowercase() })
            .collect::<Vec<_>>()
            .join(" ")
    };
    Some(Said { forms: format!(" {} ", words(true)), lemmas: format!(" {} ", words(false)) })
}

/// Words for how two sides stand with each other.
const RELATIONS: &[&str] =
    &["relationship", "relation", "relations", "tie", "ties", "partnership", "friendship", "alliance"];

/// Whether a statement says that relations get better or worse.
pub(crate) fn judges_relations(doc: &Document, statement: &Statement) -> bool {
    let judges = matches!(statement.act, Act::Optimism | Act::Pessimism | Act::Downgrade);
    judges
        && statement.content.is_some_and(|content| {
            doc.tokens_within(content).iter().any(|t| RELATIONS.contains(&t.lemma.to_lowercase().as_str()))
        })
}

/// What the words came through.
fn through(page: &Page<'_>, clause: &Clause) -> Through {
    let doc = page.doc;
    let names =
        |token: usize, words: &[&str]| words.contains(&doc.tokens[token].lemma.to_lowercase().as_str());
    let carriers = clause.subjects.iter().map(|f| f.token).chain(
        clause
            .obliques
            .iter()
            .filter(|(p, _)| matches!(p.as_str(), "in" | "on" | "through" | "via"))
            .map(|(_, f)| f.token),
    );
    for carrier in carriers {
        if names(carrier, &["readout"]) {
            return Through::Readout;
        }
        if names(carrier, RELEASES) {
            return Through::Release;
        }
        let anonymous = doc.children(carrier).any(|c| {
            matches!(doc.form(c).to_lowercase().as_str(), "anonymous" | "unnamed")
                || (doc.tokens[c].relation == Relation::AclRelcl && names(c, &["decline", "speak", "ask"]))
        });
        if anonymous || names(carrier, &["source"]) {
            return Through::Anonymous;
        }
    }
    Through::Reporter
}

/// Who says that the clause happened: the subject of the verb of saying that it depends on, whoever it is told after ("according
/// to X", "as X says"), or else whose direct speech it is part of. Nobody but the reporter where the sayer is the doer himself, which is how news tells almost everything.
pub(crate) fn claimant(page: &Page<'_>, clause: &Clause, who: &[usize]) -> Option<Party> {
    let quoted = || page.cast.speaker(page.doc.tokens[clause.trigger].span);
    let speaker = sayer(page, clause.governor).or_else(quoted)?;
    let actors = &page.mention(speaker).actors;
    if actors.iter().all(|a| who.contains(a)) {
        return None;
    }
    let filled = [Filled { mention: speaker, path: String::new() }];
    actors.first().map(|&a| page.party(a, &filled))
}

/// The subject of the verb of saying that what the token `at` heads depends on.
fn sayer(page: &Page<'_>, mut at: usize) -> Option<usize> {
    let doc = page.doc;
    for _ in 0..12 {
        if let Some(told_by) = doc.children(at).find_map(|c| told_after(page, c)) {
            return Some(told_by);
        }
        let head = doc.tokens[at].head?;
        let said = matches!(doc.tokens[at].relation, Relation::Ccomp | Relation::Parataxis)
            || clause::is_charged(doc, at);
        if said && doc.tokens[head].upos == Upos::Verb && is_saying(page, head) {
            return clause::of_verb(doc, head).subjects.iter().find_map(|f| speaker(page, f.token));
        }
        at = head;
    }
    None
}

/// "According to X", "as X says": who speaks where token `c` heads such words.
fn told_after(page: &Page<'_>, c: usize) -> Option<usize> {
    let doc = page.doc;
    if doc.preposition(c).as_deref() == Some("according") {
        return speaker(page, c);
    }
    let token = &doc.tokens[c];
    let has = |relation: Relation| doc.children(c).any(|d| doc.tokens[d].relation == relation);
    let as_said = token.relation == Relation::Advcl
        && token.upos == Upos::Verb
        && utters(&token.lemma)
        // "As he said he would": that is no account of it.
        && !has(Relation::Ccomp)
        && doc.children(c).any(|m| m < c && doc.tokens[m].relation == Relation::Mark && doc.form(m).eq_ignore_ascii_case("as"));
    let subjects = as_said.then(|| clause::of_verb(doc, c).subjects)?;
    subjects.iter().find_map(|f| speaker(page, f.token))
}

/// The mention that speaks where `token` is the subject of saying: itself, or who put the text out.
fn speaker(page: &Page<'_>, token: usize) -> Option<usize> {
    page.mention_at[token].or_else(|| {
        page.doc
            .children(token)
            .filter(|&c| {
                matches!(
                    page.doc.tokens[c].relation,
                    Relation::NmodPoss | Relation::Nmod | Relation::Compound
                )
            })
            .find_map(|c| page.mention_at[c])
    })
}

/// Whether verb `t` calls up a frame of saying.
fn is_saying(page: &Page<'_>, t: usize) -> bool {
    page.knowledge.frames.of_verb(&page.doc.tokens[t].lemma.to_lowercase()).any(|f| f.kind == Kind::Statement)
}

/// Whether someone of this sector speaks for a state, a body of states or an armed group.
pub(crate) fn speaks_for_a_side(sector: Option<Sector>) -> bool {
    matches!(
        sector,
        Some(
            Sector::Gov
                | Sector::Mil
                | Sector::Leg
                | Sector::Igo
                | Sector::Reb
                | Sector::Ins
                | Sector::Sep
                | Sector::Uaf
                | Sector::Spy
        ) | None
    )
}
