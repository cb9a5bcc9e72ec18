//! One event as another dataset coded it, in the field's own terms.

use demarche_engine::events::Plover;
use demarche_engine::series::{Cameo, State};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One row of another dataset.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Imported {
    /// The source's own id.
    pub(crate) id: String,
    pub(crate) date: Date,
    pub(crate) actors: Vec<ImportedParty>,
    pub(crate) recipients: Vec<ImportedParty>,
    /// None in datasets that code with PLOVER only.
    pub(crate) cameo: Option<Cameo>,
    /// As the source gives it; none where it codes with CAMEO only.
    pub(crate) plover: Option<Plover>,
    /// On Goldstein's scale.
    pub(crate) intensity: Option<f64>,
    pub(crate) place: Option<ImportedPlace>,
    pub(crate) publisher: Option<String>,
    pub(crate) more: More,
}

/// Who takes part: as the source writes it, and what that means.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct ImportedParty {
    pub(crate) name: String,
    /// The country as the source names it.
    pub(crate) country: String,
    /// The sectors as the source names them, with commas or semicolons between them.
    pub(crate) sectors: String,
    pub(crate) state: Option<State>,
    /// CAMEO actor code; empty where nothing is known.
    pub(crate) code: String,
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ImportedPlace {
    pub(crate) name: String,
    pub(crate) country: String,
    pub(crate) state: Option<State>,
    /// Degrees, WGS 84.
    pub(crate) at: Option<(f64, f64)>,
}

/// What some sources say besides.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct More {
    /// The source's id of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub story: Option<String>,
    /// Which sentence of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sentence: Option<u32>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Who printed it besides the publisher.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<String>,
    /// PLOVER contexts, or issues, as the source names them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// How often it was mentioned, by how many sources, in how many articles: GDELT counts these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<u32>,
    /// See `mentions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<u32>,
    /// See `mentions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub articles: Option<u32>,
    /// Average tone of the texts, −100 to +100, as GDELT measures it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<f64>,
}

impl More {
    pub(crate) fn is_empty(&self) -> bool {
        *self == More::default()
    }
}

/// One place in one text that tells an imported event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The source's id of the event.
    pub(crate) event: String,
    pub(crate) publisher: String,
    pub(crate) url: String,
    pub(crate) sentence: u32,
    /// ISO 8601, in UTC.
    pub(crate) time: String,
}
