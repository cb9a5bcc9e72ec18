//! The page room: turns the bytes of a saved page, feed, archive or table into clean `Article`s and a list of problems.
//!
//! `decode` → text → `format` → one reader per format (`flat`, `html`, `feed`, `warc`, `records`) → `Draft` → `Article`.

mod article;
mod body;
mod bylines;
mod chrome;
mod cohesion;
mod dateline;
mod dates;
mod decode;
mod dom;
mod doubts;
mod draft;
mod feed;
mod fields;
mod flat;
mod fold;
mod format;
mod gzip;
mod hints;
mod html;
mod jsonld;
mod kinds;
mod languages;
mod lines;
mod metadata;
mod nesting;
mod origins;
mod records;
mod scripted;
mod sketch;
mod stamps;
mod tickers;
mod warc;

pub use article::{Article, ArticleKind, Block, BlockKind, Byline, BylineKind, MarketQuote, Source};
pub use format::Format;
pub use origins::{Origin, Origins};
pub use sketch::{SAME_TEXT, Sketch};
pub use warc::{Archive, Capture};

use draft::Draft;
use fields::Fields;

use crate::text::Problem;

/// What was read from one file: normally one article, none where the bytes hold none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The articles, in the order of the file.
    pub articles: Vec<Article>,
    /// What could not be read as it should.
    pub problems: Vec<Problem>,
}

/// What the caller knows beyond the bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The format, where it is not to be detected.
    pub format: Option<Format>,
    /// For JSON and tables: our field name (one of `FIELDS`) and theirs (`title`, `headline`), which may be a path
    /// (`source.name`).
    pub map: Vec<(String, String)>,
    /// The encoding that came with the bytes, as in an HTTP header.
    pub charset: Option<String>,
}

/// The field names that `Options::map` knows.
pub const FIELDS: [&str; 10] =
    ["title", "summary", "body", "authors", "published", "updated", "url", "outlet", "language", "sections"];

/// Unpacked bytes of a gzip file that is not an archive.
const MOST_UNPACKED: usize = 256 << 20;

/// Reads a saved page. It cannot fail: bytes that hold no article give no article and a problem that says why.
///
/// ```
/// use demarche_engine::page::{Source, read};
/// let page = read(b"", &Source { name: "empty.html".into(), url: None });
/// assert!(page.articles.is_empty());
/// assert!(page.problems[0].message.contains("empty.html is empty"));
/// ```
pub fn read(bytes: &[u8], source: &Source) -> Page {
    read_with(bytes, source, &Options::default())
}

/// Reads a saved page as `read` does, with what the caller says about its format and fields.
pub fn read_with(bytes: &[u8], source: &Source, options: &Options) -> Page {
    let name = if source.name.is_empty() { "the input" } else { &source.name };
    if bytes.is_empty() {
        return none(format!("{name} is empty: give a saved page with text in it"));
    }
    if options.format == Some(Format::Warc) || warc::is_warc(bytes) {
        return archive(bytes, name);
    }
    if gzip::is_gzip(bytes) {
        if warc::is_warc(&gzip::unpack(bytes, 16).bytes) {
            return archive(bytes, name);
        }
        let unpacked = gzip::unpack(bytes, MOST_UNPACKED.min(bytes.len().saturating_mul(warc::MOST_RATIO)));
        let mut page = if unpacked.bytes.is_empty() {
            Page::default()
        } else {
            formats(&unpacked.bytes, name, source, options)
        };
        if unpacked.stopped {
            page.problems.push(Problem::new(format!(
                "{name} unpacks to more than {} times its size or {MOST_UNPACKED} bytes: reading stopped there",
                warc::MOST_RATIO
            )));
        } else if unpacked.bytes.is_empty() && !unpacked.damaged {
            page.problems.push(Problem::new(format!("{name} is a gzip file with nothing in it")));
        } else if unpacked.damaged {
            page.problems.push(Problem::new(format!(
                "{name} is a damaged gzip file: what could be unpacked was read"
            )));
        }
        return page;
    }
    formats(bytes, name, source, options)
}

/// Each HTML response of a web archive, with its address.
fn archive(bytes: &[u8], name: &str) -> Page {
    let mut page = Page::default();
    let mut empty = 0usize;
    for capture in Archive::new(bytes, bytes.len() as u64) {
        match capture {
            Ok(capture) => {
                let read = capture.read(name);
                empty += usize::from(read.articles.is_empty());
                page.articles.extend(read.articles);
            }
            Err(problem) => page.problems.push(Problem::new(format!("{name}: {problem}"))),
        }
    }
    if empty > 0 {
        page.problems.push(Problem::new(format!("{name}: {empty} responses hold no article")));
    }
    if page.articles.is_empty() && page.problems.is_empty() {
        page.problems.push(Problem::new(format!("{name} is a web archive without an HTML response")));
    }
    page
}

impl Capture {
    /// Reads the page; `archive` names it where it has no address.
    pub fn read(&self, archive: &str) -> Page {
        let source =
            Source { name: self.url.clone().unwrap_or_else(|| archive.to_owned()), url: self.url.clone() };
        let options = Options { charset: self.charset.clone(), ..Options::default() };
        let mut page = formats(&self.body, &source.name, &source, &options);
        let fetched = self.fetched.as_deref().and_then(stamps::read);
        page.articles.iter_mut().for_each(|article| article.fetched = fetched);
        page
    }
}

/// Text in any of the other formats.
fn formats(bytes: &[u8], name: &str, source: &Source, options: &Options) -> Page {
    let Some(decoded) = decode::decode(bytes, options.charset.as_deref()) else {
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
    let format = options
        .format
        .or_else(|| Format::named(&source.name))
        .unwrap_or_else(|| format::detect(&decoded.text));
    // A table looks like text until its header is read.
    let sure = format == Format::Table;
    if sure || format == Format::Flat && !options.map.is_empty() {
        match records::table(&decoded.text, &options.map) {
            Ok((rows, wrong)) => {
                if wrong > 0 {
                    page.problems
                        .push(Problem::new(format!("{name}: rows with neither a title nor a text: {wrong}")));
                }
                return listed(rows, Origin::Data, page, name);
            }
            Err(why) if sure => {
                page.problems.push(Problem::new(format!("{name} cannot be read as a table: {why}")));
                return page;
            }
            Err(_) => {}
        }
    }
    match format {
        Format::Feed => {
            let (entries, problem) = feed::read(&decoded.text);
            page.problems.extend(problem.map(|p| Problem::new(format!("{name}: {p}"))));
            listed(entries, Origin::Feed, page, name)
        }
        Format::JsonLines => {
            let (rows, wrong) = records::json_lines(&decoded.text, &options.map);
            if wrong > 0 {
                page.problems.push(Problem::new(format!(
                    "{name}: lines that are no JSON object with a title or a text: {wrong}"
                )));
            }
            listed(rows, Origin::Data, page, name)
        }
        Format::Json => match records::json(&decoded.text, &options.map) {
            Ok(rows) => listed(rows, Origin::Data, page, name),
            Err(why) => {
                page.problems.push(Problem::new(format!("{name} {why}")));
                page
            }
        },
        Format::Html => single(html::read(&decoded.text, source.url.as_deref()), page, source, name),
        _ => single(flat::read(&decoded.text), page, source, name),
    }
}

fn single(mut draft: Draft, mut page: Page, source: &Source, name: &str) -> Page {
    page.problems.extend(draft.left_out.take().map(|what| Problem::new(format!("{name}: {what}"))));
    if !draft.has_body() {
        page.problems.push(Problem::new(format!(
            "{name} holds no text that reads as an article (fewer than 20 words in sentences): check that the whole page was saved, not only its menu or a picture"
        )));
        return page;
    }
    if draft.url.is_none() && source.url.is_some() {
        draft.url = source.url.clone();
        draft.origins.url = Some(Origin::Caller);
    }
    page.articles.push(draft.finish());
    page
}

/// Bytes as text, in whatever encoding; none where they are no text.
pub fn text(bytes: &[u8]) -> Option<String> {
    decode::decode(bytes, None).map(|decoded| decoded.text)
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

fn listed(rows: Vec<Fields>, origin: Origin, mut page: Page, name: &str) -> Page {
    for mut draft in rows.into_iter().filter_map(|row| fields::draft(row, origin)) {
        page.problems.extend(draft.left_out.take().map(|what| Problem::new(format!("{name}: {what}"))));
        page.articles.push(draft.finish());
    }
    if page.articles.is_empty() {
        page.problems.push(Problem::new(format!("{name} lists no article with a title or a text")));
    }
    page
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
            (b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x03\0\0\0\0\0\0\0\0\0", "nothing in it"),
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
    fn bodies_in_scripts_and_front_pages() {
        let sentence =
            "The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish and boats.";
        let page = format!(
            "<html><head><title>Fish</title><script id=data type='application/json'>{{\"parts\":[{{\"text\":\"{sentence}\"}},{{\"text\":\"{sentence} Again.\"}},{{\"text\":\"{sentence} Twice.\"}}]}}</script></head><body><h1>Fish</h1><div id=root></div></body>"
        );
        let read_at = |html: &str, url: &str| {
            read(html.as_bytes(), &Source { name: "t".into(), url: Some(url.into()) })
        };
        let article = &read_at(&page, "https://h.example/fish").articles[0];
        assert_eq!(article.of_kind(BlockKind::Paragraph).count(), 3);
        assert_eq!(article.title(), Some("Fish"));
        let html = format!("<html><h1>Harbour News</h1><p>{sentence}</p><p>{sentence}</p>");
        assert_eq!(read_at(&html, "https://h.example/fish").articles.len(), 1);
        assert!(read_at(&html, "https://h.example/").articles.is_empty());
    }

    #[test]
    fn lists_of_articles() {
        let rss = "<rss version='2.0'><channel><title>Harbour</title><item><title>Fish</title><description>Short words.</description><pubDate>Tue, 02 Jan 2024 21:02:00 +0500</pubDate></item><item><title>Boats</title></item></channel></rss>";
        let page = of(rss.as_bytes());
        assert_eq!(page.articles.len(), 2);
        assert_eq!(page.articles[0].kind, ArticleKind::FeedStub);
        assert_eq!(page.articles[0].outlet.as_deref(), Some("Harbour"));
        assert_eq!(page.articles[0].origins.published, Some(Origin::Feed));
        let options = Options {
            format: Some(Format::Table),
            map: vec![("title".into(), "kop".into())],
            ..Options::default()
        };
        let page = read_with(b"kop;datum\nVis;2024-01-02\n", &Source::default(), &options);
        assert_eq!(page.articles[0].title(), Some("Vis"));
        assert!(of(b"{\"a\":1}").problems[0].message.contains("say which fields"));
    }

    #[test]
    fn disagreeing_dates_are_said() {
        let html = "<html><meta property='article:published_time' content='2024-03-09T10:00:00Z'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish\",\"datePublished\":\"2024-01-02\"}</script><p>The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish and boats, and about the price of both in the coming winter.</p>";
        let page = of(html.as_bytes());
        assert_eq!(page.articles[0].published.map(|s| s.to_string()).as_deref(), Some("2024-01-02"));
        assert!(page.articles[0].doubts[0].contains("2024-03-09"), "{:?}", page.articles[0].doubts);
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
