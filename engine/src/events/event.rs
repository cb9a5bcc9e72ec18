//! One happening: every report of it, within and across articles.

use serde::{Deserialize, Serialize};

use crate::events::report::{Kind, Party, Place, Plover, Report, Told};
use crate::time::{Period, Stamp};

/// A report with the article that it stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    /// The report's name for good: ten digits of the article's hash, a dash, the trigger's byte offset in the article's
    /// text, and a letter where several reports share one trigger: `3f9a2c81d0-1482`, `3f9a2c81d0-1482b`.
    pub id: String,
    /// Hash of the article.
    pub article: String,
    /// Who printed it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Stamp>,
    /// What it says.
    pub report: Report,
}

/// One happening, merged from all reports of it. Its id is the id of its first report (earliest published, then lowest
/// id); the id of any other of its reports leads to it as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Id of the first report.
    pub id: String,
    /// Contact, statement or action.
    pub kind: Kind,
    /// Who did or said it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// CAMEO event code.
    pub cameo: Option<String>,
    /// PLOVER coding.
    pub plover: Option<Plover>,
    /// When, as exactly as any report says.
    pub date: Option<Period>,
    /// `Current` if any report tells it so.
    pub told: Told,
    /// Whose claim it is: who says so in its reports, each once; nobody where a report tells it as a fact.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claimed_by: Vec<Party>,
    /// Where.
    pub place: Option<Place>,
    /// Ids of all issues that its reports raise, sorted.
    pub issues: Vec<String>,
    /// Ids of its reports, first one first.
    pub reports: Vec<String>,
    /// Who printed it, sorted, each once.
    pub outlets: Vec<String>,
    /// From how many texts it is told. Here each article is a text; the record, which knows near copies, counts those of
    /// one text once.
    pub texts: usize,
    /// ISO3 codes of the states that speak in its reports or sit among its actors, sorted.
    pub sides: Vec<String>,
}
