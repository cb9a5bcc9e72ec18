//! RSS and Atom feeds to the fields of their entries.
//!
//! Read with a pull parser and no feed crate: the kept one turns every date into UTC, and the zone that an outlet prints is
//! a fact that this room keeps.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::fields::Fields;

/// Entries read from one feed.
const MOST_ENTRIES: usize = 20_000;
/// Bytes of a feed's name and language, which each of its entries repeats: longer ones are none.
const MOST_NAME: usize = 200;

/// Whether a text is an RSS or Atom feed.
pub(super) fn is_feed(text: &str) -> bool {
    let mut end = text.len().min(4_000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let root = |name: &str| head.find(name).is_some_and(|at| !head[..at].contains("<html"));
    root("<rss") || root("<rdf:rdf") || (root("<feed") && head.contains("http://www.w3.org/2005/atom"))
}

/// Reads the entries, in order, with a problem in words where the XML breaks off.
pub(super) fn read(text: &str) -> (Vec<Fields>, Option<String>) {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut feed = Feed::default();
    loop {
        match reader.read_event() {
            Ok(Event::Eof) => break,
            Ok(Event::Start(start)) => feed.open(&start, false),
            Ok(Event::Empty(start)) => feed.open(&start, true),
            Ok(Event::End(end)) => {
                let name = end.name().as_ref().to_ascii_lowercase();
                feed.close(&name);
            }
            Ok(Event::Text(raw)) => feed.text.push_str(&raw.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Ok(Event::CData(raw)) => feed.text.push_str(&raw.xml_content(quick_xml::XmlVersion::Implicit1_0)),
            Ok(Event::GeneralRef(entity)) => {
                let name = entity.to_string();
                feed.text.push_str(&entity_text(&name));
            }
            Ok(_) => {}
            Err(error) => {
                let place = reader.buffer_position();
                let message = format!(
                    "the feed's XML breaks off at byte {place} ({error}): entries before it are kept"
                );
                return (feed.entries, Some(message));
            }
        }
        if feed.entries.len() >= MOST_ENTRIES {
            return (
                feed.entries,
                Some(format!("the feed holds more than {MOST_ENTRIES} entries: the rest is not read")),
            );
        }
    }
    (feed.entries, None)
}

/// `amp`, `#8217`, `#x2019`; named entities that XML does not know stay as they are and are resolved with the HTML.
fn entity_text(name: &str) -> String {
    match quick_xml::escape::unescape(&format!("&{name};")) {
        Ok(text) => text.into_owned(),
        Err(_) => format!("&{name};"),
    }
}

#[derive(Default)]
struct Feed {
    entries: Vec<Fields>,
    entry: Option<Fields>,
    /// The feed's own title and language, which its entries share.
    outlet: Option<String>,
    language: Option<String>,
    text: String,
    /// Whether an element inside the entry's `<author>` or `<source>` is open.
    nested: Option<&'static str>,
    /// The XHTML content of Atom, kept as it stands.
    xhtml: Option<(String, usize)>,
}

impl Feed {
    fn open(&mut self, start: &BytesStart<'_>, empty: bool) {
        let name = start.name().as_ref().to_ascii_lowercase();
        if let Some((html, depth)) = &mut self.xhtml {
            html.push_str(&std::mem::take(&mut self.text));
            html.push_str(&format!("<{name}>"));
            *depth += usize::from(!empty);
            return;
        }
        self.text.clear();
        let attribute = |wanted: &str| {
            start.attributes().flatten().find(|a| a.key.as_ref().eq_ignore_ascii_case(wanted)).map(|a| {
                let raw = a.value.to_string();
                quick_xml::escape::unescape(&raw).map(|v| v.into_owned()).unwrap_or(raw)
            })
        };
        match name.as_str() {
            "item" | "entry" => self.entry = Some(Fields::default()),
            "author" | "source" | "image" | "media:group" if !empty => {
                self.nested = Some(match name.as_str() {
                    "author" => "author",
                    _ => "other",
                });
            }
            "link" => {
                if let (Some(entry), Some(href)) = (&mut self.entry, attribute("href")) {
                    let rel = attribute("rel").unwrap_or_else(|| "alternate".into());
                    if rel == "alternate" && entry.url.is_none() && self.nested.is_none() {
                        entry.url = Some(href);
                    }
                }
            }
            "category" => {
                if let (Some(entry), Some(term)) = (&mut self.entry, attribute("term")) {
                    entry.sections.push(term);
                }
            }
            "content" | "summary" if !empty && attribute("type").as_deref() == Some("xhtml") => {
                self.xhtml = Some((String::new(), 0));
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((html, depth)) = &mut self.xhtml {
            html.push_str(&std::mem::take(&mut self.text));
            if *depth > 0 {
                *depth -= 1;
                html.push_str(&format!("</{name}>"));
                return;
            }
            self.text = std::mem::take(html);
            self.xhtml = None;
        }
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if matches!(name, "item" | "entry") {
            if let Some(mut entry) = self.entry.take() {
                entry.outlet = entry.outlet.or_else(|| self.outlet.clone());
                entry.language = entry.language.or_else(|| self.language.clone());
                self.entries.push(entry);
            }
            return;
        }
        if matches!(name, "author" | "source" | "image" | "media:group") {
            self.nested = None;
        }
        if text.is_empty() {
            return;
        }
        let Some(entry) = &mut self.entry else {
            match name {
                _ if text.len() > MOST_NAME => {}
                "title" if self.nested.is_none() && self.outlet.is_none() => self.outlet = Some(text),
                "language" if self.language.is_none() => self.language = Some(text),
                _ => {}
            }
            return;
        };
        if self.nested == Some("author") {
            if name == "name" {
                entry.authors.push(text);
            }
            return;
        }
        if self.nested.is_some() {
            return;
        }
        match name {
            "title" => entry.title = entry.title.take().or(Some(text)),
            "link" => entry.url = entry.url.take().or(Some(text)),
            "guid" | "id" if entry.url.is_none() && text.starts_with("http") => entry.url = Some(text),
            "description" | "summary" => entry.summary = entry.summary.take().or(Some(text)),
            "content:encoded" | "content" | "body" => entry.body = Some(text),
            "pubdate" | "published" | "dc:date" | "issued" | "dcterms:created" => {
                entry.published = entry.published.take().or(Some(text));
            }
            "updated" | "atom:updated" | "modified" | "dcterms:modified" => entry.updated = Some(text),
            "author" | "dc:creator" | "itunes:author" => entry.authors.push(text),
            "category" | "dc:subject" => entry.sections.push(text),
            "dc:language" => entry.language = Some(text),
            "dc:publisher" => entry.outlet = Some(text),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rss_entries() {
        let rss = r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="x" xmlns:dc="y"><channel><title>Harbour News</title><language>en</language>
        <image><title>Logo</title></image>
        <item><title>Fish &amp; boats</title><link>https://harbour.example/1</link><description><![CDATA[<p>Short.</p>]]></description>
        <content:encoded><![CDATA[<p>Long text.</p>]]></content:encoded><dc:creator>Ana Ruiz</dc:creator><pubDate>Tue, 02 Jan 2024 21:02:00 +0500</pubDate></item>
        <item><title>Two</title></item></channel></rss>"#;
        assert!(is_feed(rss));
        let (entries, problem) = read(rss);
        assert_eq!((entries.len(), problem), (2, None));
        assert_eq!(entries[0].title.as_deref(), Some("Fish & boats"));
        assert_eq!(entries[0].body.as_deref(), Some("<p>Long text.</p>"));
        assert_eq!(entries[0].outlet.as_deref(), Some("Harbour News"));
        assert_eq!(entries[0].authors, ["Ana Ruiz"]);
        for cut in 0..rss.len() {
            read(&rss[..cut]);
        }
        let long = rss.replace("Harbour News", &"Harbour ".repeat(100));
        assert_eq!(read(&long).0[0].outlet, None, "20,000 entries would repeat it");
    }

    #[test]
    fn atom_entries_with_xhtml() {
        let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><title>One</title><link rel="alternate" href="https://harbour.example/1"/>
        <author><name>Jo Lee</name></author><published>2024-01-02T21:02:00+05:00</published><updated>2024-01-03T08:00:00Z</updated>
        <content type="xhtml"><div><p>Text &amp; more.</p></div></content></entry></feed>"#;
        assert!(is_feed(atom));
        let (entries, _) = read(atom);
        assert_eq!(entries[0].url.as_deref(), Some("https://harbour.example/1"));
        assert_eq!(entries[0].authors, ["Jo Lee"]);
        assert_eq!(entries[0].body.as_deref(), Some("<div><p>Text & more.</p></div>"));
        assert_eq!(entries[0].updated.as_deref(), Some("2024-01-03T08:00:00Z"));
    }
}
