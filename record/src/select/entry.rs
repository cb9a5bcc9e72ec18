//! One event in one line, whoever coded it.

use demarche_engine::events::{Kind, Told};
use demarche_engine::time::Period;
use serde::Serialize;

use crate::imports::More;

/// An event of ours or of a dataset, in PLOVER's field names.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Ours as it is, `3f9a2c81d0-1482`; imported ones with their dataset, `icews:32889836`.
    pub id: String,
    /// Where it was imported from; none for our own.
    pub dataset: Option<Dataset>,
    /// When.
    pub date: Option<Period>,
    /// Contact, statement or action; imported events do not say.
    pub kind: Option<Kind>,
    /// How it is told; imported events do not say.
    pub told: Option<Told>,
    /// Whose claim it is, where no text tells it as a fact.
    pub claimed_by: Vec<Participant>,
    /// Who did or said it.
    pub actor: Vec<Participant>,
    /// To whom.
    pub recipient: Vec<Participant>,
    /// CAMEO event code.
    pub cameo: Option<String>,
    /// PLOVER type.
    pub event_type: Option<String>,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// PLOVER contexts, or what an imported dataset has in their place.
    pub context: Vec<String>,
    /// Value on Goldstein's scale: the dataset's own, or the code's.
    pub goldstein: Option<f64>,
    /// Where.
    pub place: Option<EntryPlace>,
    /// Issues that it raises.
    pub issues: Vec<String>,
    /// Who printed it.
    pub outlets: Vec<String>,
    /// From how many texts it is told.
    pub texts: usize,
    /// States and bodies that speak or act in it, by code.
    pub sides: Vec<String>,
    /// The first sentence that tells it; imported events have none.
    pub sentence: Option<String>,
    /// Numbers of the overrides that changed it.
    pub overridden: Vec<i64>,
    /// What an imported dataset says besides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more: Option<More>,
}

impl Entry {
    /// The same with no more of its sentence than may leave a record: 300 characters.
    pub fn clipped(self) -> Self {
        Self { sentence: self.sentence.map(crate::exports::clipped), ..self }
    }
}

/// A dataset, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Dataset {
    /// `icews`.
    pub name: String,
    /// Empty where none was said.
    pub version: String,
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// Name.
    pub name: String,
    /// ISO 3166 alpha-3 code of the state.
    pub state: Option<String>,
    /// CAMEO actor code.
    pub code: String,
    /// The role of CAMEO, or the sectors as an imported dataset names them.
    pub sector: Option<String>,
    /// The post, as the page says it.
    pub post: Option<String>,
}

/// Where an event happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryPlace {
    /// Its name.
    pub name: String,
    /// ISO 3166 alpha-3 code of the state that it lies in.
    pub state: Option<String>,
    /// Degrees north, WGS 84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS 84.
    pub longitude: Option<f64>,
}
