//! One clean page: what it prints, typed block by block.

use serde::{Deserialize, Serialize};

use super::origins::Origins;
use crate::text::Span;
use crate::time::Stamp;

/// Where bytes came from, as far as the caller knows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// A file name or other label, for messages and for the record.
    pub name: String,
    /// The page's address, if known.
    pub url: Option<String>,
}

/// One page: title, highlights and body as one text with typed blocks over it, and what the page says about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// Lower-case hex SHA-256 over the normalised title and body: the article's identity.
    pub hash: String,
    /// Title, highlights and body blocks in reading order, separated by one blank line. Every span of every later room
    /// counts bytes of this text.
    pub text: String,
    /// The blocks of `text`, in order.
    pub blocks: Vec<Block>,
    /// Who wrote it.
    pub byline: Vec<Byline>,
    /// The place a dateline names (`ISLAMABAD (AP) —`), as printed.
    pub dateline: Option<String>,
    /// The agency that a dateline names (`AP`), which need not be who signs.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agency: Option<String>,
    /// When it was first published.
    pub published: Option<Stamp>,
    /// When it was last changed.
    pub updated: Option<Stamp>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The canonical address.
    pub url: Option<String>,
    /// BCP 47 language code, where the page says it.
    pub language: Option<String>,
    /// What sort of page it is.
    pub kind: ArticleKind,
    /// The section that the page names, as printed.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub section: Option<String>,
    /// Where each field was read.
    #[serde(default)]
    pub origins: Origins,
    /// Where the page's accounts of itself disagree, in words: which was kept, and what the others say.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub doubts: Vec<String>,
    /// When it was saved, as its archive says. A page may be much older than that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub fetched: Option<Stamp>,
    /// Market tickers found on the page and kept out of the text.
    pub quotes: Vec<MarketQuote>,
}

impl Article {
    /// The title, if the page has one.
    pub fn title(&self) -> Option<&str> {
        self.of_kind(BlockKind::Title).next()
    }

    /// The texts of all blocks of one kind, in order.
    pub fn of_kind(&self, kind: BlockKind) -> impl Iterator<Item = &str> {
        self.blocks.iter().filter(move |b| b.kind == kind).map(|b| b.span.of(&self.text))
    }
}

/// A stretch of an article's text of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where in `Article::text`.
    pub span: Span,
    /// Where in the decoded source, when the block stands there as one stretch.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub source: Option<Span>,
}

/// What a block of an article's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// A bullet or standfirst between headline and body.
    Highlight,
    /// A paragraph of the body.
    Paragraph,
    /// A heading inside the body.
    Subhead,
    /// A block quotation.
    Quote,
    /// A caption of a picture or table.
    Caption,
}

/// Who signs a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// As printed.
    pub name: String,
    /// What signs: a person, a desk or an agency.
    pub kind: BylineKind,
}

/// What sort of author signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BylineKind {
    /// A named writer.
    Person,
    /// A desk or the outlet itself ("Web Desk", "Staff Report").
    Desk,
    /// A news agency.
    Agency,
}

/// What sort of page it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArticleKind {
    /// A report.
    News,
    /// One side's account of a contact.
    Readout,
    /// A text that two or more sides issue together.
    JointStatement,
    /// An announcement by an office.
    PressRelease,
    /// A column, editorial or analysis.
    Opinion,
    /// A running account with time marks.
    Live,
    /// A feed's teaser of a text that stands elsewhere.
    FeedStub,
    /// Nothing that reads as an article.
    None,
}

/// A market ticker: boilerplate, typed so that it is never read as news.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MarketQuote {
    /// The traded symbol.
    pub symbol: String,
    /// Last value, in the market's unit.
    pub value: f64,
    /// Change since the last close, same unit.
    pub change: Option<f64>,
    /// Change in per cent.
    pub percent: Option<f64>,
    /// The day the ticker shows.
    pub date: Option<jiff::civil::Date>,
}
