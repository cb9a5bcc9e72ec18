//! HTML that nests without end, cut to a depth that any parser bears.
//!
//! The standard's algorithm looks through all open elements at many tags, so 100,000 nested elements cost it 10^10
//! steps, and each open `<b>` is opened anew in every block. Pages of real sites stay below 100 levels.

use std::borrow::Cow;

/// Tags, and signs that look like the start of one, of a whole page: real pages have below 50,000, and each costs the
/// tree some 400 bytes.
const MOST_TAGS: usize = 300_000;
/// Open elements of any kind.
const DEEPEST: usize = 400;
/// Open formatting elements, which the parser copies into every block until they are closed.
const MOST_FORMATS: usize = 40;

/// Elements that have no content, or that the next of their kind closes: they cannot nest on their own.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "html", "head", "body", "tbody", "thead", "tfoot",
    "path", "use", "param", "rect", "circle",
];
const FORMATS: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose content is not markup.
const RAW: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// The page with tags beyond the limits of depth left out (their text stays), and all that follows beyond the limit of
/// number. Says whether anything was cut.
pub(super) fn limit(html: &str) -> (Cow<'_, str>, bool) {
    let mut out: Option<String> = None;
    // Bytes of `html` before this are in `out`, once there is one.
    let mut copied = 0;
    let (mut depth, mut formats) = (0usize, 0usize);
    let (mut cut, mut cut_formats) = (0usize, 0usize);
    let bytes = html.as_bytes();
    let mut at = 0;
    let mut tags = 0usize;
    while let Some(open) = find(bytes, at, b'<') {
        tags += 1;
        if tags > MOST_TAGS {
            let mut out = out.unwrap_or_default();
            out.push_str(&html[copied..open]);
            return (Cow::Owned(out), true);
        }
        if html[open..].starts_with("<!--") {
            at = html[open + 4..].find("-->").map_or(bytes.len(), |e| open + 4 + e + 3);
            continue;
        }
        let closing = bytes.get(open + 1) == Some(&b'/');
        let from = open + 1 + usize::from(closing);
        let length =
            bytes[from..].iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
        if length == 0 {
            at = open + 1;
            continue;
        }
        let name = html[from..from + length].to_ascii_lowercase();
        let end = tag_end(bytes, from + length);
        at = end;
        let name = name.as_str();
        if !closing && RAW.contains(&name) {
            at = close_of(bytes, end, name);
            continue;
        }
        let empty = bytes.get(end.saturating_sub(2)) == Some(&b'/');
        if FLAT.contains(&name) || empty && name.contains('-') {
            continue;
        }
        let (level, most, gone) = if FORMATS.contains(&name) {
            (&mut formats, MOST_FORMATS, &mut cut_formats)
        } else {
            (&mut depth, DEEPEST, &mut cut)
        };
        let drop = if closing {
            let drop = *gone > 0;
            *(if drop { gone } else { level }) = (if drop { *gone } else { *level }).saturating_sub(1);
            drop
        } else {
            let drop = *level >= most;
            *(if drop { gone } else { level }) += 1;
            drop
        };
        if drop {
            let out = out.get_or_insert_with(String::new);
            out.push_str(&html[copied..open]);
            out.push(' ');
            copied = end;
        }
    }
    match out {
        None => (Cow::Borrowed(html), false),
        Some(mut out) => {
            out.push_str(&html[copied..]);
            (Cow::Owned(out), true)
        }
    }
}

fn find(bytes: &[u8], from: usize, byte: u8) -> Option<usize> {
    memchr::memchr(byte, bytes.get(from..)?).map(|at| from + at)
}

/// One past the `>` of a tag whose name ends at `from`; quoted attributes may hold `>`.
fn tag_end(bytes: &[u8], from: usize) -> usize {
    let mut quote = 0;
    for (at, &b) in bytes.iter().enumerate().skip(from) {
        match (quote, b) {
            (0, b'>') => return at + 1,
            (0, b'"' | b'\'') if bytes[at - 1] == b'=' => quote = b,
            (q, b) if q == b => quote = 0,
            _ => {}
        }
    }
    bytes.len()
}

/// Where the closing tag of a raw element starts, or the end.
fn close_of(bytes: &[u8], from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(open) = find(bytes, at, b'<') {
        let rest = &bytes[open + 1..];
        if rest.first() == Some(&b'/')
            && rest.get(1..=name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
        {
            return tag_end(bytes, open + 2 + name.len());
        }
        at = open + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_pages_are_left_as_they_are() {
        let html = "<div><p>One<p>Two<br><b>three</b><script>if (a<b) { '<div>' }</script></div>";
        assert!(matches!(limit(html), (Cow::Borrowed(h), false) if h == html));
    }

    #[test]
    fn endless_nesting_is_cut_and_text_stays() {
        let html = format!("{}text{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let (cut, said) = limit(&html);
        assert!(said);
        assert_eq!(cut.matches("<div>").count(), DEEPEST);
        assert_eq!(cut.matches("</div>").count(), DEEPEST);
        assert!(cut.contains("text") && cut.ends_with("after"));
    }
}
