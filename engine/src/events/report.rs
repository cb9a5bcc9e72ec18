//! What one place in one article says happened or was said.

use serde::{Deserialize, Serialize};

use crate::actors::Actor;
use crate::text::Span;
use crate::time::Period;

/// One telling of one happening. It keeps its derivation, so that `explain` costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Contact, statement or action.
    pub kind: Kind,
    /// Who did or said it; all sides of a reciprocal one (met, agreed, clashed).
    pub actors: Vec<Party>,
    /// To whom it was done or said; empty for reciprocal ones.
    pub recipients: Vec<Party>,
    /// CAMEO event code, two to four digits.
    pub cameo: Option<String>,
    /// PLOVER type, mode and context; none for statements that PLOVER drops.
    pub plover: Option<Plover>,
    /// When it happened, as exactly as the page says.
    pub date: Option<Period>,
    /// How it is told.
    pub told: Told,
    /// Where it happened.
    pub place: Option<Place>,
    /// Ids of the issues that it raises.
    pub issues: Vec<String>,
    /// For contacts: what sort.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub contact: Option<ContactKind>,
    /// For statements: how it was said.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub statement: Option<Statement>,
    /// Who says that it happened, where it is not the reporter: a claim belongs to its speaker.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub claimant: Option<Party>,
    /// Why the engine thinks so.
    pub evidence: Evidence,
}

/// The three kinds of happenings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// They met, visited, called, wrote.
    Contact,
    /// Somebody said something.
    Statement,
    /// Somebody did something to somebody.
    Action,
}

/// An actor in a role, and the words that put it there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Who, as resolved on the article's date.
    pub actor: Actor,
    /// The words that mention it here.
    pub span: Span,
}

/// PLOVER coding, version 1.3.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Plover {
    /// `CONSULT`, `AGREE` …
    pub event_type: String,
    /// `visit`, `meet`, `phone` … where the type has modes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub mode: Option<String>,
    /// `military`, `diplomatic` …
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub context: Vec<String>,
}

/// How a happening is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// As the news of the page.
    Current,
    /// As something earlier, called back to mind.
    Recalled,
    /// As agreed or announced, still to come.
    Planned,
    /// As asked for.
    Requested,
    /// As possible, conditional or imagined.
    Hypothetical,
    /// As said not to be so.
    Denied,
}

/// Where something happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As the page names it.
    pub name: String,
    /// ISO 3166 alpha-3 code of the state it lies in.
    pub state: Option<String>,
}

/// What sort of contact it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum ContactKind {
    Meeting,
    Visit,
    Call,
    Letter,
    Summit,
    Summons,
}

/// How something was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What saying it does.
    pub act: Act,
    /// What it came through.
    pub through: Through,
    /// What was said, in the article's text.
    pub content: Option<Span>,
    /// Whether some of it is quoted to the letter.
    pub direct: bool,
}

/// What a statement does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum Act {
    Inform,
    Optimism,
    Pessimism,
    Accord,
    Commend,
    Reaffirm,
    Commit,
    Conclude,
    Urge,
    Concern,
    Protest,
    Condemn,
    Allege,
    Reject,
    Warn,
    Downgrade,
    Regret,
    Deny,
    Condole,
}

/// What a statement came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Through {
    /// The reporter's own account.
    Reporter,
    /// A press release, statement or post of an office.
    Release,
    /// A readout of a contact.
    Readout,
    /// Unnamed officials.
    Anonymous,
}

/// Why the engine thinks that a report stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The frame that fired: its path below `engine/data/frames`, without the ending.
    pub frame: String,
    /// What narrowed its code: the name of a file of `engine/data/details`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// The sentence.
    pub sentence: Span,
    /// The word that called the frame up.
    pub trigger: Span,
    /// The words that fill each role.
    pub roles: Vec<RoleSpan>,
    /// How likely it is that the sentence tells this, in per cent, where no frame's roles tie the sides together and the nearest
    /// frame is only proposed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub likelihood: Option<u8>,
}

/// The words that fill a role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoleSpan {
    /// Which role.
    pub role: Role,
    /// The words.
    pub span: Span,
    /// The way from the trigger to them through the parse, e.g. `nsubj` or `obl:with`.
    pub path: String,
}

/// What a stretch of a sentence does in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "plain words")]
pub enum Role {
    Actor,
    Recipient,
    Content,
    Place,
    Time,
}
