//! An analysed text: Universal Dependencies v2 tokens, names, quotations and time expressions, all with byte spans.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{Problem, Span};
use crate::time::Period;

/// What the caller knows of one stretch of the text before it is analysed. Sentences never cross segments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// Where.
    pub span: Span,
    /// How it is written.
    pub register: Register,
}

/// How a stretch is written: headlines and captions have a grammar of their own (present for past, no articles).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Register {
    /// Running text.
    Prose,
    /// A title or subhead.
    Headline,
    /// A picture's caption.
    Caption,
}

/// What the caller knows of the whole text before it is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setting {
    /// The day on which it was published: what "on Tuesday" counts from.
    pub date: Option<Date>,
    /// How its outlet writes dates in figures.
    pub order: Option<Order>,
}

impl Setting {
    /// Published on `date`, nothing else known.
    pub fn on(date: Option<Date>) -> Self {
        Self { date, order: None }
    }
}

/// What stands first in a date of figures alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// `26/11/2008`
    DayFirst,
    /// `11/26/2008`
    MonthFirst,
}

/// A text with its analysis. Tokens are numbered through the whole text; sentences hold ranges of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The text that every span counts bytes of.
    pub text: String,
    /// Sentences in order.
    pub sentences: Vec<Sentence>,
    /// Syntactic words in order, as UD English splits them (`Pakistan` `'s`, `do` `n't`).
    pub tokens: Vec<Token>,
    /// Named persons, organisations and places; they do not overlap.
    pub names: Vec<Name>,
    /// Direct speech, outermost and nested.
    pub quotations: Vec<Quotation>,
    /// Time expressions with their values.
    pub times: Vec<TimeExpression>,
    /// What could not be analysed as it should.
    pub problems: Vec<Problem>,
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where.
    pub span: Span,
    /// Its first token.
    pub first: usize,
    /// One past its last token.
    pub last: usize,
    /// How it is written.
    pub register: Register,
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Dictionary form, in the treebank's case conventions.
    pub lemma: String,
    /// Part of speech.
    pub upos: Upos,
    /// The morphological features that frames need.
    pub feats: Feats,
    /// The token it depends on; none for the root of a sentence.
    pub head: Option<usize>,
    /// How it depends on it.
    pub relation: Relation,
}

/// A named span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where.
    pub span: Span,
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// What is named.
    pub kind: NameKind,
}

/// What a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// PER
    Person,
    /// ORG
    Organisation,
    /// LOC
    Place,
}

/// Direct speech: a stretch in quotation marks, or a turn of a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the closing one, both included; to the end of its last paragraph where never closed.
    pub span: Span,
    /// Whether a closing mark was found.
    pub closed: bool,
    /// How many other quotations it stands in.
    pub depth: u8,
    /// Of a turn of a transcript, the speaker's name before it.
    pub label: Option<Span>,
}

/// Words that say when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where.
    pub span: Span,
    /// When; none where the words give no period that the anchor date settles ("later", "for years").
    pub value: Option<Period>,
}

impl Document {
    /// The words of token `i` as written.
    pub fn form(&self, i: usize) -> &str {
        self.tokens[i].span.of(&self.text)
    }

    /// The tokens that lie in `span`.
    pub fn tokens_within(&self, span: Span) -> &[Token] {
        &self.tokens[self.token_range(span)]
    }

    /// First token that lies in `span`, and one past the last.
    pub fn token_range(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.span.start < span.start);
        let count = self.tokens[first..].partition_point(|t| t.span.end <= span.end);
        first..first + count
    }

    /// First token of which some lies in `span`, and one past the last.
    pub fn tokens_touched(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|t| t.span.end <= span.start);
        let count = self.tokens[first..].partition_point(|t| t.span.start < span.end);
        first..first + count
    }

    /// The sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> &Sentence {
        let at = self.sentences.partition_point(|s| s.last <= i);
        &self.sentences[at]
    }

    /// The sentence before the one that holds token `i`.
    pub fn sentence_before(&self, i: usize) -> Option<&Sentence> {
        let at = self.sentences.partition_point(|s| s.last <= i);
        self.sentences.get(at.checked_sub(1)?)
    }

    /// The innermost quotation that token `i` stands in.
    pub fn quotation_of(&self, i: usize) -> Option<&Quotation> {
        let span = self.tokens[i].span;
        let begun = self.quotations.partition_point(|q| q.span.start <= span.start);
        // Back to the last one that stands in no other: those before it have ended.
        let outermost = self.quotations[..begun].iter().rposition(|q| q.depth == 0)?;
        self.quotations[outermost..begun].iter().rev().find(|q| q.span.contains(span))
    }

    /// Whether token `i` is direct speech.
    pub fn is_quoted(&self, i: usize) -> bool {
        self.quotation_of(i).is_some()
    }

    /// Tokens that depend on `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> {
        let sentence = *self.sentence_of(i);
        (sentence.first..sentence.last).filter(move |&t| self.tokens[t].head == Some(i))
    }

    /// The token of `first..last` that the others hang on.
    pub fn head_of(&self, first: usize, last: usize) -> usize {
        (first..last)
            .find(|&t| {
                let token = &self.tokens[t];
                token.upos != Upos::Punct && token.head.is_none_or(|h| h < first || h >= last)
            })
            .unwrap_or(last - 1)
    }

    /// The preposition or case particle of token `i`, lower case; an apostrophe's clitic is none.
    pub fn preposition(&self, i: usize) -> Option<String> {
        self.children(i)
            .find(|&c| self.tokens[c].relation == Relation::Case && self.tokens[c].upos != Upos::Part)
            .map(|c| self.form(c).to_lowercase())
    }

    /// From the first to the last byte of token `i` and all that depends on it.
    pub fn subtree_span(&self, i: usize) -> Span {
        let sentence = *self.sentence_of(i);
        (sentence.first..sentence.last)
            .filter(|&t| t == i || self.has_ancestor(t, i))
            .fold(self.tokens[i].span, |all, t| all.join(self.tokens[t].span))
    }

    /// Whether `ancestor` lies on the way from `i` to its root.
    pub fn has_ancestor(&self, i: usize, ancestor: usize) -> bool {
        let mut at = i;
        // Heads form a tree, so the way up is never longer than the sentence.
        while let Some(head) = self.tokens[at].head {
            if head == ancestor {
                return true;
            }
            at = head;
        }
        false
    }
}

/// A closed list of UD labels with their names.
macro_rules! labels {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "the names are Universal Dependencies' own")]
        pub enum $name { $($variant,)* }
        impl $name {
            /// Every label, in order of its discriminant.
            pub const ALL: &[$name] = &[$($name::$variant,)*];
            /// The label as UD writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text,)* }
            }
            /// Reads the label as UD writes it.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)* _ => None }
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

labels! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

labels! {
    /// Dependency relation of UD v2 English, with the subtypes that its treebanks use.
    Relation {
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl",
        Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case",
        Cc = "cc", CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
        Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj",
        Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan",
        Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// The morphological features that frames need, each as UD defines it; `None` where UD gives none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Feats {
    /// `Tense`: past (true) or present (false).
    pub past: Option<bool>,
    /// `Number`: plural (true) or singular (false).
    pub plural: Option<bool>,
    /// `Voice=Pass`.
    pub passive: bool,
    /// `Mood=Imp`.
    pub imperative: bool,
    /// `VerbForm`.
    pub verb_form: Option<VerbForm>,
    /// `Person`, 1 to 3.
    pub person: Option<u8>,
    /// `Polarity=Neg`.
    pub negative: bool,
}

impl Feats {
    /// Reads UD's notation (`Mood=Ind|Number=Sing|…`) and keeps what the engine knows.
    ///
    /// ```
    /// use demarche_engine::language::Feats;
    /// let feats = Feats::parse("Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin");
    /// assert_eq!(feats.to_string(), "Number=Plur|Person=3|Tense=Past|VerbForm=Fin");
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut feats = Self::default();
        for pair in text.split('|') {
            match pair.split_once('=') {
                Some(("Tense", value)) => feats.past = Some(value == "Past"),
                Some(("Number", value)) => feats.plural = Some(value != "Sing"),
                Some(("Voice", "Pass")) => feats.passive = true,
                Some(("Mood", "Imp")) => feats.imperative = true,
                Some(("VerbForm", value)) => feats.verb_form = VerbForm::parse(value),
                Some(("Person", value)) => feats.person = value.parse().ok(),
                Some(("Polarity", "Neg")) => feats.negative = true,
                _ => {}
            }
        }
        feats
    }
}

/// UD's notation, names in order; `_` where nothing is known.
impl fmt::Display for Feats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let person = self.person.map(|p| p.to_string());
        let pairs = [
            ("Mood", self.imperative.then_some("Imp")),
            ("Number", self.plural.map(|p| if p { "Plur" } else { "Sing" })),
            ("Person", person.as_deref()),
            ("Polarity", self.negative.then_some("Neg")),
            ("Tense", self.past.map(|p| if p { "Past" } else { "Pres" })),
            ("VerbForm", self.verb_form.map(VerbForm::as_str)),
            ("Voice", self.passive.then_some("Pass")),
        ];
        let mut first = true;
        for (name, value) in pairs {
            let Some(value) = value else { continue };
            write!(f, "{}{name}={value}", if first { "" } else { "|" })?;
            first = false;
        }
        if first { f.write_str("_") } else { Ok(()) }
    }
}

labels! {
    /// `VerbForm`.
    VerbForm { Fin = "Fin", Inf = "Inf", Part = "Part", Ger = "Ger", }
}
