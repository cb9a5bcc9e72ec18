//! Bytes to text: byte order mark, then valid UTF-8, then what the page declares, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes looked through for a declared encoding: browsers look through 1,024, saved pages often carry a banner first.
const DECLARATION_WINDOW: usize = 4096;
/// Bytes that the guess may read: it is settled long before.
const GUESS_WINDOW: usize = 1 << 20;

/// Decoded text, and how it was decoded.
pub(super) struct Decoded {
    /// The text. Without its byte order mark; bytes that fit no character are U+FFFD.
    pub(super) text: String,
    /// The encoding's name, as the web's standard spells it.
    pub(super) encoding: &'static str,
    /// Whether some bytes fitted no character.
    pub(super) damaged: bool,
}

/// Decodes `bytes`, or says `None` where they are no text at all (a picture, an archive, a program). `named` is the
/// encoding that came with them, as in an HTTP header.
pub(super) fn decode(bytes: &[u8], named: Option<&str>) -> Option<Decoded> {
    let (encoding, marked) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, Some(length)),
        None => (choose(bytes, named), None),
    };
    let body = &bytes[marked.unwrap_or(0)..];
    let (text, damaged) = encoding.decode_without_bom_handling(body);
    if looks_binary(&text) {
        return None;
    }
    Some(Decoded { text: text.into_owned(), encoding: encoding.name(), damaged })
}

/// The encoding of bytes without a mark.
fn choose(bytes: &[u8], named: Option<&str>) -> &'static Encoding {
    if let Some(wide) = wide_without_mark(bytes) {
        return wide;
    }
    let named = named.and_then(|name| Encoding::for_label(name.as_bytes()));
    let declared = named.or_else(|| declared(&bytes[..bytes.len().min(DECLARATION_WINDOW)]));
    // Text outside ASCII that happens to be valid UTF-8 is UTF-8, whatever it declares: pages are often converted
    // when they are saved, and keep their old declaration. Pure ASCII may still be ISO-2022-JP, which is declared.
    if std::str::from_utf8(bytes).is_ok() {
        let escaped = declared.is_some_and(|e| e.name() == "ISO-2022-JP") && bytes.contains(&0x1b);
        return declared.filter(|_| escaped).unwrap_or(UTF_8);
    }
    // A page cut in the middle of a character is still UTF-8.
    if declared == Some(UTF_8) {
        return UTF_8;
    }
    if let Some(declared) = declared {
        return declared;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESS_WINDOW)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 that lost its mark: every other byte of its ASCII is zero.
fn wide_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(512) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    match () {
        () if odd * 10 > half * 6 && even * 10 < half => Some(UTF_16LE),
        () if even * 10 > half * 6 && odd * 10 < half => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding that a `<meta charset>`, an `http-equiv` or an XML declaration names.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(at) = find(&lower[from..], key) {
            let rest = &lower[from + at + key.len()..];
            from += at + key.len();
            let rest = rest.trim_ascii_start();
            let Some(rest) = rest.strip_prefix(b"=") else { continue };
            let value: Vec<u8> = rest
                .iter()
                .copied()
                .skip_while(|b| b.is_ascii_whitespace() || *b == b'"' || *b == b'\'')
                .take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b))
                .collect();
            if let Some(encoding) = Encoding::for_label(&value) {
                // A declaration that could be read as ASCII is not in UTF-16: the standard reads it as UTF-8.
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                return Some(if wide { UTF_8 } else { encoding });
            }
        }
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w == needle)
}

/// Whether a decoded text holds more control characters and undecodable bytes than any page does.
fn looks_binary(text: &str) -> bool {
    let head = text.chars().take(4096);
    let (mut all, mut odd) = (0usize, 0usize);
    for c in head {
        all += 1;
        let control = c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}');
        odd += usize::from(control || c == '\u{fffd}');
    }
    odd * 12 > all && odd > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, None).expect("text");
        (decoded.text, decoded.encoding)
    }

    #[test]
    fn marks_declarations_and_guesses() {
        assert_eq!(read(b"\xef\xbb\xbfcaf\xc3\xa9"), ("café".into(), "UTF-8"));
        assert_eq!(read(b"\xff\xfeh\0i\0"), ("hi".into(), "UTF-16LE"));
        assert_eq!(read(b"<meta charset='windows-1252'>caf\xe9").0, "<meta charset='windows-1252'>café");
        assert_eq!(
            read(b"<meta http-equiv=x content=\"text/html; charset=iso-8859-9\">\xfe").0,
            "<meta http-equiv=x content=\"text/html; charset=iso-8859-9\">ş"
        );
        let (text, _) = read("Министр иностранных дел прибыл с визитом".as_bytes());
        assert!(text.starts_with("Министр"));
        let russian =
            b"\xcc\xe8\xed\xe8\xf1\xf2\xf0 \xe8\xed\xee\xf1\xf2\xf0\xe0\xed\xed\xfb\xf5 \xe4\xe5\xeb";
        assert_eq!(read(russian), ("Министр иностранных дел".into(), "windows-1251"));
    }

    #[test]
    fn what_came_with_the_bytes_goes_before_what_they_declare() {
        let bytes = b"<meta charset=iso-8859-1>\xcc\xe8\xed\xe8\xf1\xf2\xf0";
        assert!(decode(bytes, Some("windows-1251")).expect("text").text.ends_with("Министр"));
        assert_eq!(decode(bytes, Some("no such encoding")).expect("text").encoding, "windows-1252");
    }

    #[test]
    fn valid_utf8_wins_over_a_stale_declaration() {
        assert_eq!(read("<meta charset=iso-8859-1>Zürich".as_bytes()).1, "UTF-8");
    }

    #[test]
    fn wide_text_without_a_mark() {
        let bytes: Vec<u8> = "A short note".bytes().flat_map(|b| [b, 0]).collect();
        assert_eq!(read(&bytes), ("A short note".into(), "UTF-16LE"));
    }

    #[test]
    fn pictures_are_no_text() {
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02", None).is_none());
        let noise: Vec<u8> = (0..9000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise, None).is_none());
    }
}
