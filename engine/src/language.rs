//! The language room: turns text into a `Document` — sentences, tokens with UD analysis, names, quotations, times.
//!
//! `tokens` → `sentences` → `network` (`features`, `encoder`) → `labels` (`tree`, `names`), `lemma` → `quotations`, `times`.

mod analyser;
mod calendar;
pub mod conllu;
mod document;
pub mod encoder;
mod expressions;
mod feasts;
pub mod features;
pub mod labels;
pub mod lemma;
pub mod linear;
pub mod model;
mod moments;
pub mod names;
pub mod network;
mod numerals;
pub mod quantised;
mod quotations;
mod relative;
pub mod sentences;
pub(crate) mod speech;
mod times;
pub mod tokens;
pub mod tree;
mod turns;

pub use analyser::Analyser;
pub use conllu::conllu;
pub use document::{
    Document, Feats, Name, NameKind, Order, Quotation, Register, Relation, Segment, Sentence, Setting,
    TimeExpression, Token, Upos, VerbForm,
};
pub use labels::{Read, Reading};
pub use model::ModelError;
pub(crate) use numerals::cardinal;
