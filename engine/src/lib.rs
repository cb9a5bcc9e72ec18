//! The engine: bytes of a news page in, an auditable reading out. One line runs through all rooms:
//!
//! `page` → `Article` → `language` → `Document` → `actors` → `Cast` → `events` → `Report`, `Event` → `series` → `Verdict`.

pub mod actors;
pub mod events;
pub mod language;
pub mod page;
pub mod series;
pub mod text;
pub mod time;

use serde::{Deserialize, Serialize};

use crate::actors::Actor;
use crate::events::{Event, Filed};
use crate::page::Article;
use crate::text::{Problem, Span};

/// The version that codings are kept under.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// One article, read through all rooms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The version of the engine that read it.
    pub engine: String,
    /// The page.
    pub article: Article,
    /// Who is on it, in order of first mention.
    pub seen: Vec<Seen>,
    /// What it reports, in order of text.
    pub reports: Vec<Filed>,
    /// The happenings behind the reports.
    pub events: Vec<Event>,
    /// What could not be read as it should; spans count bytes of the article's text.
    pub problems: Vec<Problem>,
}

/// An actor on a page, with every stretch of the text that means it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Who.
    pub actor: Actor,
    /// Where.
    pub mentions: Vec<Span>,
}

/// What came of one input: an article each, or the reasons why there is none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Readings {
    /// The articles, in order of the input.
    pub readings: Vec<Reading>,
    /// Problems of the input as a whole.
    pub problems: Vec<Problem>,
}

/// Everything that reading needs, loaded once and shared by all threads.
#[derive(Debug)]
pub struct Reader {}

impl Reader {
    /// Loads the models and tables that ship with the engine.
    #[allow(clippy::new_without_default, reason = "loading is work, not a default")]
    pub fn new() -> Self {
        Self {}
    }

    /// Reads one saved page. It cannot fail: what is wrong with the input comes back as problems.
    pub fn read(&self, _bytes: &[u8], _source: &page::Source) -> Readings {
        Readings::default()
    }
}
