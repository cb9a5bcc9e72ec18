//! What the benchmarks share: readers, each from the bytes of a saved page to the text of its body, and made-up inputs.

pub mod bounds;
pub mod made;

use demarche_engine::page::{self, Source};
use dom_smoothie::Readability;
use eval::flatten::flatten;
use trafilatura::Options;

/// Reads one page; the second argument is its address.
pub type Read = fn(&[u8], Option<&str>) -> Body;

/// What a reader hands back.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Its text, or HTML of it.
    raw: String,
    html: bool,
}

impl Body {
    /// The text, for the scorer. Not part of what is timed: two readers would hand HTML on to whoever shows it.
    pub fn text(&self) -> String {
        if self.html { flatten(&self.raw) } else { self.raw.clone() }
    }
}

/// The readers, ours first, each with its usual options. The second trafilatura asks other algorithms where its own find little.
pub const READERS: [(&str, Read); 4] = [
    ("demarche", demarche),
    ("trafilatura", |bytes, url| trafilatura(bytes, url, false)),
    ("trafilatura with fallback", |bytes, url| trafilatura(bytes, url, true)),
    ("dom_smoothie", dom_smoothie),
];

/// Everything that the page room does: metadata, dates, types of blocks, places in the source, hash.
fn demarche(bytes: &[u8], url: Option<&str>) -> Body {
    let page = page::read(bytes, &Source { name: String::new(), url: url.map(str::to_owned) });
    Body { raw: page.articles.first().map(eval::pages::body).unwrap_or_default(), html: false }
}

/// Its `content_text` is one line, so the scorer is given `content_html`.
fn trafilatura(bytes: &[u8], _: Option<&str>, fallback: bool) -> Body {
    let html = String::from_utf8_lossy(bytes);
    let read = trafilatura::extract(&html, &Options::default().with_fallback(fallback));
    Body { raw: read.map(|r| r.content_html).unwrap_or_default(), html: true }
}

fn dom_smoothie(bytes: &[u8], url: Option<&str>) -> Body {
    let html = String::from_utf8_lossy(bytes);
    let read = Readability::new(&*html, url, None).and_then(|mut r| r.parse());
    Body { raw: read.map(|r| r.content.to_string()).unwrap_or_default(), html: true }
}
