//! A page as its format's reader leaves it, and the one way from there to an `Article`.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::article::{Article, ArticleKind, Block, BlockKind, Byline, MarketQuote};
use super::doubts::Account;
use super::fold::{fold, normal};
use super::kinds::{self, Signs};
use super::origins::{Origin, Origins};
use super::{bylines, dateline, languages};
use crate::text::Span;
use crate::time::Stamp;

/// One piece of text of a known kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    /// Folded text, never empty.
    pub(super) text: String,
    /// Where in the decoded source, if it stands there in one stretch.
    pub(super) source: Option<Span>,
}

/// Everything that was read off one page. Pieces stand in any order; `finish` puts the head first.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) pieces: Vec<Piece>,
    pub(super) byline: Vec<Byline>,
    pub(super) published: Option<Stamp>,
    pub(super) updated: Option<Stamp>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    /// What is said of its language, the most reliable first.
    pub(super) languages: Vec<Account>,
    pub(super) quotes: Vec<MarketQuote>,
    /// Section names, schema types and labels, for the kind.
    pub(super) labels: Vec<String>,
    /// Lines that are only a time of day.
    pub(super) time_marks: usize,
    /// The section, as the page names it.
    pub(super) section: Option<String>,
    pub(super) origins: Origins,
    /// Disagreements between a page's accounts of itself, in words.
    pub(super) doubts: Vec<String>,
    /// What of a page beyond all measure was not read, in words.
    pub(super) left_out: Option<String>,
    /// Whether this is only a teaser of a text that stands elsewhere.
    pub(super) stub: bool,
}

impl Draft {
    /// Adds a piece unless it is empty.
    pub(super) fn push(&mut self, kind: BlockKind, text: String, source: Option<Span>) {
        if !text.is_empty() {
            self.pieces.push(Piece { kind, text, source });
        }
    }

    fn texts(&self, wanted: BlockKind) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter(move |p| p.kind == wanted).map(|p| p.text.as_str())
    }

    /// Whether there is a body to speak of.
    pub(super) fn has_body(&self) -> bool {
        self.pieces.iter().any(|p| matches!(p.kind, BlockKind::Paragraph | BlockKind::Quote))
    }

    /// The article: text with spans, hash, dateline and kind.
    pub(super) fn finish(mut self) -> Article {
        // What a page says of itself may hold anything, addresses too.
        for said in [&mut self.outlet, &mut self.url, &mut self.section] {
            *said = said.take().map(|s| fold(&s)).filter(|s| !s.is_empty());
        }
        // A stable sort: title, then highlights, then the body as it stands on the page.
        self.pieces.sort_by_key(|p| match p.kind {
            BlockKind::Title => 0,
            BlockKind::Highlight => 1,
            _ => 2,
        });
        let kind = self.kind();
        let hash = self.hash();
        let dateline = self
            .pieces
            .iter()
            .filter(|p| matches!(p.kind, BlockKind::Paragraph | BlockKind::Highlight))
            .take(6)
            .find_map(|p| dateline::read(&p.text));
        // A page that says nowhere else when it was printed may say it there.
        if let (None, Some(date)) = (self.published, dateline.as_ref().and_then(|d| d.date)) {
            self.published = Some(date);
            self.origins.published = Some(Origin::Wording);
        }
        let mut text = String::new();
        let mut blocks = Vec::with_capacity(self.pieces.len());
        for piece in &self.pieces {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(&piece.text);
            blocks.push(Block { kind: piece.kind, span: Span::new(start, text.len()), source: piece.source });
        }
        let mut origins = self.origins;
        let body = self.texts(BlockKind::Paragraph).collect::<Vec<_>>().join("\n");
        let language = languages::settle(&self.languages, &body);
        origins.language = language.origin;
        let mut doubts = std::mem::take(&mut self.doubts);
        doubts.extend(language.doubt);
        let titled = self.texts(BlockKind::Title).next().is_some();
        for (slot, found) in [
            (&mut origins.title, titled),
            (&mut origins.byline, !self.byline.is_empty()),
            (&mut origins.published, self.published.is_some()),
            (&mut origins.updated, self.updated.is_some()),
            (&mut origins.outlet, self.outlet.is_some()),
            (&mut origins.url, self.url.is_some()),
        ] {
            *slot = slot.filter(|_| found);
        }
        let (dateline, agency) = dateline.map_or((None, None), |d| (Some(d.place), d.agency));
        let agency = agency.filter(|a| bylines::is_agency(a));
        Article {
            hash,
            text,
            blocks,
            byline: self.byline,
            dateline,
            agency,
            published: self.published,
            updated: self.updated,
            outlet: self.outlet,
            url: self.url,
            language: language.code,
            kind,
            section: self.section,
            origins,
            doubts,
            fetched: None,
            quotes: self.quotes,
        }
    }

    fn kind(&self) -> ArticleKind {
        if self.stub {
            return ArticleKind::FeedStub;
        }
        let opening: Vec<&str> = self.texts(BlockKind::Paragraph).take(3).collect();
        kinds::detect(&Signs {
            title: self.texts(BlockKind::Title).next().unwrap_or(""),
            labels: &self.labels,
            opening: &opening,
            time_marks: self.time_marks,
        })
    }

    /// SHA-256 over the normal form (see `fold::normal`) of the title and of each body block, one line each. Highlights,
    /// captions, names and dates are left out: two outlets that print one text differ in those.
    fn hash(&self) -> String {
        let mut digest = Sha256::new();
        let title = self.texts(BlockKind::Title).next().unwrap_or("");
        digest.update(normal(title).as_bytes());
        for piece in &self.pieces {
            if matches!(piece.kind, BlockKind::Paragraph | BlockKind::Subhead | BlockKind::Quote) {
                digest.update(b"\n");
                digest.update(normal(&piece.text).as_bytes());
            }
        }
        let mut hex = String::with_capacity(64);
        for byte in digest.finalize() {
            let _ = write!(hex, "{byte:02x}");
        }
        hex
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, paragraph: &str) -> Article {
        let mut draft = Draft::default();
        draft.push(BlockKind::Paragraph, paragraph.to_owned(), None);
        draft.push(BlockKind::Title, title.to_owned(), None);
        draft.finish()
    }

    #[test]
    fn blocks_cover_the_text_in_order() {
        let article = draft("Harbour talks open", "OSLO (AP) — The talks opened.");
        assert_eq!(article.text, "Harbour talks open\n\nOSLO (AP) — The talks opened.");
        assert_eq!(article.title(), Some("Harbour talks open"));
        assert_eq!((article.dateline.as_deref(), article.agency.as_deref()), (Some("OSLO"), Some("AP")));
        assert_eq!(article.hash.len(), 64);
    }

    #[test]
    fn what_a_page_says_of_itself_can_be_printed() {
        let draft = Draft {
            url: Some("https://a.example/\tb\u{7}".into()),
            section: Some("\u{1b}".into()),
            ..Draft::default()
        };
        let article = draft.finish();
        assert_eq!((article.url.as_deref(), article.section), (Some("https://a.example/ b"), None));
    }

    #[test]
    fn the_hash_looks_through_typography() {
        let curly = draft("Harbour talks", "“It’s on” — she said");
        let plain = draft("Harbour talks", "\"It's on\" - she said");
        assert_eq!(curly.hash, plain.hash);
        assert_ne!(curly.hash, draft("Harbour talks", "It's off").hash);
    }
}
