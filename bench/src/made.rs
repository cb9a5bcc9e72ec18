//! Sizes to invented inputs of that size, of every format.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A sentence that no two places share.
fn sentence(number: usize) -> String {
    const WHO: [&str; 4] =
        ["The envoy of Norland", "The port minister of Sudland", "Ana Ruiz", "The coast guard"];
    const WHAT: [&str; 3] =
        ["met the crews of seized boats", "spoke about piers and fish", "called the pact a turning point"];
    format!("{} {} on day {number} of the talks in Oslo, officials said.", WHO[number % 4], WHAT[number % 3])
}

fn grown(bytes: usize, head: &str, part: impl Fn(usize) -> String, end: &str) -> String {
    let mut out = String::with_capacity(bytes + 1_000);
    out.push_str(head);
    for number in 0.. {
        if out.len() + end.len() >= bytes {
            break;
        }
        out.push_str(&part(number));
    }
    out.push_str(end);
    out
}

/// A page with a menu, a script, pictures and teasers between its paragraphs.
pub fn html(bytes: usize) -> String {
    let head = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Fish talks open | Harbour News</title><meta property='og:title' content='Fish talks open'><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Fish talks open\",\"datePublished\":\"2024-01-02T21:02:00+05:00\"}</script></head><body><nav><ul><li><a href=/>Home</a><li><a href=/world>World</a></ul></nav><article><h1>Fish talks open</h1>";
    let part = |n: usize| match n % 8 {
        3 => format!(
            "<figure><img src={n}.jpg><figcaption>A pier on day {n} (Photo: Jo Lee)</figcaption></figure>"
        ),
        5 => format!(
            "<aside class='related teaser'><h4>Related</h4><a href=/{n}>Fish prices fall for day {n}</a></aside>"
        ),
        6 => format!(
            "<script>window.q.push({{slot: 'x{n}', sizes: [300, 250], text: \"<p>never\"}});</script>"
        ),
        _ => format!(
            "<div class='row'><p class='text'>{} <a href=/{n}>He left</a> before &ldquo;noon&rdquo;.</p></div>\n",
            sentence(n)
        ),
    };
    grown(bytes, head, part, "</article><footer>Harbour News</footer></body></html>")
}

/// A page of long paragraphs and nothing else.
pub fn long(bytes: usize) -> String {
    let part =
        |n: usize| format!("<p>{}</p>\n", (0..20).map(|i| sentence(20 * n + i) + " ").collect::<String>());
    grown(bytes, "<html><h1>Fish talks open in Oslo</h1>", part, "</html>")
}

/// Elements that are never closed, with one story below them.
pub fn nested(bytes: usize) -> String {
    let story = format!("<p>{}</p><p>{}</p>", sentence(1), sentence(2));
    grown(bytes, "<html><body>", |_| "<div>".to_owned(), &story)
}

/// Lines: a menu above paragraphs with a blank line between them.
pub fn flat(bytes: usize) -> String {
    let head = "Harbour News\nHome\nWorld\nFish talks open in Oslo for good\nBy Ana Ruiz\n4 May 2023\n\n";
    grown(bytes, head, |n| format!("{} {}\n\n", sentence(n), sentence(n + 1)), "About us\nContact\n")
}

/// An RSS feed with the text of each entry.
pub fn feed(bytes: usize) -> String {
    let part = |n: usize| {
        format!(
            "<item><title>Fish, day {n}</title><link>https://harbour.example/{n}</link><description><![CDATA[<p>{}</p><p>{}</p>]]></description><pubDate>Tue, 02 Jan 2024 21:02:00 +0500</pubDate></item>",
            sentence(n),
            sentence(n + 1)
        )
    };
    let head =
        "<?xml version='1.0'?><rss version='2.0'><channel><title>Harbour News</title><language>en</language>";
    grown(bytes, head, part, "</channel></rss>")
}

/// JSON Lines, one article each.
pub fn json_lines(bytes: usize) -> String {
    let part = |n: usize| {
        format!("{{\"title\":\"Fish, day {n}\",\"body\":\"{}\\n\\n{}\"}}\n", sentence(n), sentence(n + 1))
    };
    grown(bytes, "", part, "")
}

/// A web archive of small pages.
pub fn warc(bytes: usize) -> String {
    let part = |n: usize| {
        let block = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Fish, day {n}</h1><p>{}</p><p>{}</p>",
            sentence(n),
            sentence(n + 1)
        );
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/{n}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    grown(bytes, "", part, "")
}

/// The bytes of a text as a gzip file.
///
/// # Panics
/// Where there is no memory for it.
pub fn gzip(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text.as_bytes()).expect("memory");
    packer.finish().expect("memory")
}
