//! Turns a record into the relationships between states that moved by its last day, as the engine ranks them.

use demarche_engine::series::{Label, Movers, movers};
use demarche_record::{From, Record};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::AsOf;

/// The pairs that moved most certainly, by what demarche read itself.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Moved {
    /// Pairs that could be judged.
    pub(crate) judged: usize,
    /// The first of them, and what was asked.
    #[serde(flatten)]
    pub(crate) found: Movers,
}

impl Moved {
    /// The first `limit`; none where the record has no day to answer for.
    pub(crate) fn find(record: &Record, limit: usize) -> Result<Option<Self>, Fault> {
        if record.last_day()?.is_none() {
            return Ok(None);
        }
        let question = AsOf::of(record, &From::Own, None)?.question();
        let observations = record.observations_within(&From::Own, question.begins(), question.on)?;
        // The only thing that can be wrong with this question is that the record has nothing on its days.
        let Ok(mut found) = movers(&observations, &question) else { return Ok(None) };
        let judged = found.ranked.len();
        found.ranked.truncate(limit);
        Ok(Some(Self { judged, found }))
    }
}

/// An answer in a word, with the sign that stands for it: `▲ gaining momentum`.
pub(crate) fn label_words(label: Label) -> String {
    match label {
        Label::Gaining => "▲ gaining momentum".to_owned(),
        Label::Losing => "▼ losing momentum".to_owned(),
        Label::Mixed => "◆ mixed".to_owned(),
        Label::NoClearChange | Label::InsufficientEvidence => label.as_str().to_owned(),
    }
}
