//! What is asked of events.

use demarche_engine::events::{Kind, Told};
use jiff::civil::Date;

use crate::select::{Key, Level};

/// Which events a selection looks at: codings of other datasets never mix with our own unless asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum From {
    /// What demarche read itself.
    #[default]
    Own,
    /// One imported dataset, all its versions.
    Dataset(String),
    /// Everything.
    All,
}

impl From {
    /// The dataset, where it is one.
    pub fn dataset(&self) -> Option<&str> {
        if let From::Dataset(name) = self { Some(name) } else { None }
    }

    pub(crate) fn takes_own(&self) -> bool {
        matches!(self, From::Own | From::All)
    }

    pub(crate) fn takes_imported(&self) -> bool {
        matches!(self, From::Dataset(_) | From::All)
    }
}

/// A question about events; whatever is left out is not asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Which events it looks at.
    pub from: From,
    /// Events between these two states, by ISO3 code.
    pub dyad: Option<(String, String)>,
    /// Only those in which the first acts towards the second, or both act.
    pub directed: bool,
    /// Somebody takes part: a name, an ISO3 code, or a CAMEO actor code.
    pub actor: Option<String>,
    /// Codes of CAMEO that begin so.
    pub code: Option<String>,
    /// A type of PLOVER.
    pub event_type: Option<String>,
    /// Not wholly before this day.
    pub since: Option<Date>,
    /// Not wholly after this day.
    pub until: Option<Date>,
    /// Contact, statement or action; imported events have none.
    pub kind: Option<Kind>,
    /// Who printed it.
    pub outlet: Option<String>,
    /// Which side speaks or acts in it; imported events have none.
    pub side: Option<String>,
    /// An issue that it raises; imported events have contexts instead.
    pub issue: Option<String>,
    /// How it is told; imported events do not say.
    pub told: Option<Told>,
    /// How high those stand who take part; imported events do not say.
    pub level: Option<Level>,
    /// Words of its sentences; in imported events, of the names of those who take part. Quotation marks make a phrase, a star
    /// behind a word any word that begins so.
    pub words: Option<String>,
    /// The last day first instead of last; events without a date stay last.
    pub latest_first: bool,
    /// Where the page begins: behind this.
    pub after: Option<Key>,
    /// How many events at most.
    pub limit: usize,
}

impl Selection {
    /// Everything that demarche read itself, so many at a time.
    pub fn of(limit: usize) -> Self {
        Self { limit, ..Self::default() }
    }

    /// Whether it asks for what only our own events have.
    pub(crate) fn is_about_own(&self) -> bool {
        self.kind.is_some() || self.side.is_some() || self.told.is_some() || self.level.is_some()
    }
}
