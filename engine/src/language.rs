//! The language room: turns text into a `Document` — sentences, tokens with UD analysis, names, quotations, times.

mod document;

pub use document::{
    Document, Feats, Name, NameKind, Quotation, Register, Relation, Segment, Sentence, TimeExpression, Token,
    Upos, VerbForm,
};
