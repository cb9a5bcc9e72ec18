//! The page room: turns the bytes of a saved page (flattened text or HTML) into clean `Article`s and a list of problems.
//!
//! `decode` → text → `format` → one reader per format (`flat`, …) → `Draft` → `Article`.

mod article;
mod body;
mod bylines;
mod chrome;
mod cohesion;
mod dateline;
mod decode;
mod dom;
mod draft;
mod flat;
mod fold;
mod format;
mod hints;
mod html;
mod jsonld;
mod kinds;
mod lines;
mod metadata;
mod nesting;
mod stamps;
mod tickers;

pub use article::{Article, ArticleKind, Block, BlockKind, Byline, BylineKind, MarketQuote, Source};

use draft::Draft;
use format::Format;

use crate::text::Problem;

/// What was read from one file: normally one article, none where the bytes hold none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The articles, in the order of the file.
    pub articles: Vec<Article>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
}

/// Reads a saved page. It cannot fail: bytes that hold no article give no article and a problem that says why.
///
/// ```
/// use demarche_engine::page::{Source, read};
/// let page = read(b"", &Source { name: "empty.html".into(), url: None });
/// assert!(page.articles.is_empty());
/// assert!(page.problems[0].message.contains("empty.html is empty"));
/// ```
pub fn read(bytes: &[u8], source: &Source) -> Page {
    let name = if source.name.is_empty() { "the input" } else { &source.name };
    if bytes.is_empty() {
        return none(format!("{name} is empty: give a saved page with text in it"));
    }
    let Some(decoded) = decode::decode(bytes) else {
        return none(format!(
            "{name} is not text (a picture, an archive or another binary file?): give the page as HTML or plain text"
        ));
    };
    let mut page = Page::default();
    if decoded.damaged {
        page.problems.push(Problem::new(format!(
            "{name}: some bytes fit no character of {}; they are read as \u{fffd}",
            decoded.encoding
        )));
    }
    let mut draft: Draft = match format::detect(&decoded.text) {
        Format::Html => {
            let (draft, cut) = html::read(&decoded.text, source.url.as_deref());
            if cut {
                page.problems.push(Problem::new(format!(
                    "{name}: elements are nested hundreds deep; tags beyond that were left out and their text kept"
                )));
            }
            draft
        }
        Format::Flat => flat::read(&decoded.text),
    };
    if !draft.has_body() {
        page.problems.push(Problem::new(format!(
            "{name} holds no text that reads as an article (fewer than 20 words in sentences): check that the whole page was saved, not only its menu or a picture"
        )));
        return page;
    }
    draft.url = draft.url.or_else(|| source.url.clone());
    page.articles.push(draft.finish());
    page
}

/// A passage without a page around it, as published on `date`: each stretch between blank lines is a paragraph.
pub fn passage(text: &str, date: Option<jiff::civil::Date>) -> Article {
    let mut draft = Draft { published: date.map(crate::time::Stamp::day), ..Draft::default() };
    for paragraph in text.split("\n\n") {
        draft.push(BlockKind::Paragraph, fold::fold(paragraph), None);
    }
    draft.finish()
}

fn none(message: String) -> Page {
    Page { articles: Vec::new(), problems: vec![Problem::new(message)] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Page {
        read(bytes, &Source { name: "test".into(), url: None })
    }

    #[test]
    fn bad_input_is_said_in_words() {
        for (bytes, words) in [
            (&b""[..], "is empty"),
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02", "is not text"),
            (b"   \n \n", "no text that reads as an article"),
            (b"Home\nWorld\n", "no text that reads as an article"),
        ] {
            let page = of(bytes);
            assert!(page.articles.is_empty());
            assert!(page.problems[0].message.contains(words), "{:?}", page.problems);
        }
    }

    #[test]
    fn hostile_pages_end_well() {
        let story = "<p>The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish for two hours.</p>";
        for tag in ["div", "b", "p", "table", "blockquote", "ul", "span", "font size=1"] {
            let page = of(format!("<html>{}{story}", format!("<{tag}>").repeat(100_000)).as_bytes());
            assert_eq!(page.articles.len(), 1, "{tag}");
        }
        let script = "<html><h1>Fish</h1><script>alert('never text of the page, whatever it says here.');</script><style>p { color: red }</style>";
        let page = of(format!(
            "{script}{story}\u{0}\u{1b}<noscript>Never shown to anyone who reads the page at all.</noscript>"
        )
        .as_bytes());
        assert!(
            !page.articles[0].text.contains("never")
                && !page.articles[0].text.contains("color")
                && !page.articles[0].text.contains("Never")
        );
        assert!(!page.articles[0].text.chars().any(|c| c.is_control() && c != '\n'));
    }

    #[test]
    fn any_cut_of_a_page_is_read_without_panic() {
        let page = "<!doctype html><html lang=en><head><title>Fish | Harbour News</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish\",\"datePublished\":\"2024-01-02T21:02:00+05:00\"}</script></head><body><h1>Fish</h1><time datetime='2024-01-02'>2 January 2024 21:02</time><p>OSLO (AP) — “The ministers” met… für fünf Stunden — é.</p><blockquote>A quote.</blockquote></body>".as_bytes();
        for end in 0..page.len() {
            of(&page[..end]);
            of(&page[end..]);
        }
    }

    #[test]
    fn spans_cover_their_blocks() {
        let page = of("Harbour talks open in Oslo\n\nOSLO (AP) — The talks between Norland and Sudland opened on Monday with a quarrel over fish and boats.\n\nThey will go on until Friday, officials said.".as_bytes());
        let article = &page.articles[0];
        let joined: Vec<&str> = article.blocks.iter().map(|b| b.span.of(&article.text)).collect();
        assert_eq!(joined.join("\n\n"), article.text);
        assert_eq!(article.title(), Some("Harbour talks open in Oslo"));
        assert_eq!(article.dateline.as_deref(), Some("OSLO"));
    }
}
