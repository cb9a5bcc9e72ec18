//! Turns a `Document` into data with Universal Dependencies' own column names, spans in bytes of the text.

use demarche_engine::events;
use demarche_engine::language::{Document, NameKind, Register};
use demarche_engine::text::Span;
use serde::Serialize;

/// An analysed text.
#[derive(Debug, Serialize)]
pub(crate) struct Parsed<'d> {
    text: &'d str,
    sentences: Vec<Parse<'d>>,
    names: Vec<Named<'d>>,
    quotations: Vec<Quoted>,
    times: Vec<Timed<'d>>,
    attributions: Vec<Attributed<'d>>,
    problems: Vec<&'d str>,
}

#[derive(Debug, Serialize)]
struct Parse<'d> {
    span: Span,
    register: Register,
    tokens: Vec<Word<'d>>,
}

/// Numbered from 1 in its sentence, as in CoNLL-U; head 0 is the root.
#[derive(Debug, Serialize)]
struct Word<'d> {
    id: usize,
    form: &'d str,
    lemma: &'d str,
    upos: &'static str,
    feats: String,
    head: usize,
    deprel: &'static str,
    span: Span,
}

#[derive(Debug, Serialize)]
struct Named<'d> {
    kind: NameKind,
    text: &'d str,
    span: Span,
}

#[derive(Debug, Serialize)]
struct Quoted {
    span: Span,
    closed: bool,
    depth: u8,
    /// Of a turn of a transcript, the speaker's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<Span>,
}

#[derive(Debug, Serialize)]
struct Timed<'d> {
    text: &'d str,
    /// ISO 8601; none where the words settle on no period.
    value: Option<String>,
    span: Span,
}

/// What a text lays into somebody's mouth or mind.
#[derive(Debug, Serialize)]
struct Attributed<'d> {
    cue: Piece<'d>,
    source: Option<Piece<'d>>,
    content: Vec<Piece<'d>>,
}

#[derive(Debug, Serialize)]
struct Piece<'d> {
    text: &'d str,
    span: Span,
}

impl<'d> Parsed<'d> {
    /// All that was found in `doc`.
    pub(crate) fn of(doc: &'d Document) -> Self {
        let piece = |span: Span| Piece { text: span.of(&doc.text), span };
        let attributed = events::attributions(doc).into_iter().map(|a| Attributed {
            cue: piece(a.cue),
            source: a.source.map(piece),
            content: a.content.into_iter().map(piece).collect(),
        });
        Parsed {
            text: &doc.text,
            sentences: doc
                .sentences
                .iter()
                .map(|s| Parse {
                    span: s.span,
                    register: s.register,
                    tokens: (s.first..s.last).map(|i| word(doc, i, s.first)).collect(),
                })
                .collect(),
            names: doc
                .names
                .iter()
                .map(|n| Named { kind: n.kind, text: n.span.of(&doc.text), span: n.span })
                .collect(),
            quotations: doc
                .quotations
                .iter()
                .map(|q| Quoted { span: q.span, closed: q.closed, depth: q.depth, label: q.label })
                .collect(),
            times: doc
                .times
                .iter()
                .map(|t| Timed {
                    text: t.span.of(&doc.text),
                    value: t.value.map(|v| v.to_string()),
                    span: t.span,
                })
                .collect(),
            attributions: attributed.collect(),
            problems: doc.problems.iter().map(|p| p.message.as_str()).collect(),
        }
    }
}

fn word(doc: &Document, i: usize, first: usize) -> Word<'_> {
    let token = &doc.tokens[i];
    Word {
        id: i - first + 1,
        form: doc.form(i),
        lemma: &token.lemma,
        upos: token.upos.as_str(),
        feats: token.feats.to_string(),
        head: token.head.map_or(0, |head| head - first + 1),
        deprel: token.relation.as_str(),
        span: token.span,
    }
}
