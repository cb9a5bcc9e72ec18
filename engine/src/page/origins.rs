//! Where each field of an article was read.

use serde::{Deserialize, Serialize};

/// A place that a page keeps facts about itself in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// schema.org data in a script.
    JsonLd,
    /// A meta tag that a page shows to other sites (`og:…`, `article:…`).
    OpenGraph,
    /// Any other meta tag, or an attribute of `<html>` or `<link>`.
    Meta,
    /// A `<time>` element or microdata.
    Microdata,
    /// An element whose class says what it is (`byline`).
    Marked,
    /// The visible text.
    Visible,
    /// The page's address.
    Address,
    /// How the text is worded.
    Wording,
    /// An element of a feed.
    Feed,
    /// A named field of JSON or of a table.
    Data,
    /// Said by the caller.
    Caller,
}

impl Origin {
    /// As a message names it, after "its".
    pub fn words(self) -> &'static str {
        match self {
            Origin::JsonLd => "JSON-LD",
            Origin::OpenGraph => "OpenGraph tags",
            Origin::Meta => "meta tags",
            Origin::Microdata => "microdata",
            Origin::Marked => "marked elements",
            Origin::Visible => "visible text",
            Origin::Address => "address",
            Origin::Wording => "wording",
            Origin::Feed => "feed",
            Origin::Data => "data",
            Origin::Caller => "reader",
        }
    }
}

/// The origin of each field that was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Origins {
    /// Of the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Origin>,
    /// Of the byline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<Origin>,
    /// Of the first publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Origin>,
    /// Of the last change.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated: Option<Origin>,
    /// Of the outlet's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<Origin>,
    /// Of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<Origin>,
    /// Of the language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Origin>,
}

impl Origins {
    /// The same origin for every field.
    pub(super) fn all(origin: Origin) -> Self {
        let one = Some(origin);
        Self { title: one, byline: one, published: one, updated: one, outlet: one, url: one, language: one }
    }
}
