//! Datelines: the place and agency before a report's first sentence (`ISLAMABAD (AP) — `).

use super::{bylines, stamps};
use crate::time::Stamp;

/// What a dateline names.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// The place, as printed.
    pub(super) place: String,
    /// The agency in brackets, or after a slash.
    pub(super) agency: Option<String>,
    /// The day that it prints, or that stands right behind its dash.
    pub(super) date: Option<Stamp>,
    /// Bytes of the paragraph that the dateline takes, its dash included.
    pub(super) length: usize,
}

/// Longest dateline, in bytes: "WASHINGTON/BUENOS AIRES, September 23 (Agence France-Presse) — ".
const LONGEST: usize = 90;

/// Longest date behind a dateline's dash, in bytes, with the sign that closes it: "Wednesday, September 23, 2024. ".
const LONGEST_DATE: usize = 40;

/// Reads the dateline at the start of a report's first paragraph, if it has one.
pub(super) fn read(paragraph: &str) -> Option<Dateline> {
    let mut end = paragraph.len().min(LONGEST);
    while !paragraph.is_char_boundary(end) {
        end -= 1;
    }
    let head = &paragraph[..end];
    for (mark, width) in marks(head) {
        let before = head[..mark].trim();
        if let Some(dateline) = parts(before, head[mark..].starts_with(':')) {
            let rest = &paragraph[mark + width..];
            // "NATO — which met in Oslo —" goes on in small letters; a report's first sentence never does.
            if rest.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_lowercase) {
                return None;
            }
            let length = mark + width + (rest.len() - rest.trim_start().len());
            let date = dateline.date.or_else(|| opening_date(rest.trim_start()));
            return Some(Dateline { length, date, ..dateline });
        }
    }
    None
}

/// The date that opens what stands behind a dateline's dash, closed by a sign: "GEORGETOWN, Guyana — April 5, 2024. The …".
fn opening_date(rest: &str) -> Option<Stamp> {
    let end =
        rest.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&at| at <= LONGEST_DATE).last()?;
    let (span, stamp) = stamps::find(&rest[..end]).into_iter().next()?;
    let closed = rest[span.end..].trim_start().starts_with(['.', '—', '–', '-', ':', '|']);
    (span.start == 0 && closed).then_some(stamp)
}

/// Places where a dateline may stop: a dash that stands free, or a colon.
fn marks(head: &str) -> Vec<(usize, usize)> {
    head.char_indices()
        .filter(|(at, c)| match c {
            '—' | '–' | '―' => true,
            '-' => head[at + 1..].starts_with([' ', '-', '\u{a0}']) || head[..*at].ends_with(')'),
            ':' => head[at + 1..].starts_with(' '),
            _ => false,
        })
        .map(|(at, c)| {
            let double = head[at + c.len_utf8()..].starts_with('-');
            (at, c.len_utf8() + usize::from(double))
        })
        .collect()
}

/// Splits what stands before the dash into place, date and agency.
fn parts(before: &str, colon: bool) -> Option<Dateline> {
    let (mut place, mut agency) = (before, None);
    if let Some(open) = before.rfind('(') {
        let inner = before[open + 1..].strip_suffix(')')?;
        agency = Some(inner.trim().to_owned());
        place = before[..open].trim();
    } else if let Some((city, name)) = before.rsplit_once('/')
        && bylines::is_agency(name.trim())
    {
        (place, agency) = (city.trim(), Some(name.trim().to_owned()));
    }
    let agency = agency.filter(|a| !a.is_empty() && a.len() <= 40);
    let date = stamps::find(before).first().map(|(_, stamp)| *stamp);
    // "KATHMANDU, April 25": the date goes.
    let place = match place.split_once(", ") {
        Some((city, rest)) if rest.chars().any(|c| c.is_ascii_digit()) => city,
        _ => place,
    };
    let place = place.trim_end_matches([',', ' ', ':']);
    let letters: Vec<char> = place.chars().filter(|c| c.is_alphabetic()).collect();
    let words = place.split_whitespace().count();
    if letters.len() < 3
        || words > 6
        || place.contains(['.', '?', '!', '"', '“', ';']) && !place.contains(". ") && !place.ends_with('.')
    {
        return None;
    }
    let first: Vec<char> = place.split([',', '/']).next()?.chars().filter(|c| c.is_alphabetic()).collect();
    let shouted = first.len() >= 3 && first.iter().all(|c| c.is_uppercase());
    let titled = place.split([' ', '/', '-']).filter(|w| w.chars().any(char::is_alphabetic)).all(|w| {
        w.starts_with(|c: char| c.is_uppercase())
            || matches!(w, "de" | "la" | "le" | "el" | "of" | "and" | "the" | "al" | "am" | "an" | "sur")
    });
    let signed = agency.as_deref().is_some_and(bylines::is_agency);
    // A city in capitals needs a dash or an agency; one in small letters needs a known agency or a date: "Elena Ortiz
    // (left) — …".
    let stands =
        shouted && (!colon || words <= 3) || titled && (signed || date.is_some() && !colon && words <= 3);
    stands.then(|| Dateline { place: place.to_owned(), agency, date, length: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_agencies() {
        for (line, place, agency, rest) in [
            ("LISBON (AP) — The minister arrived.", "LISBON", Some("AP"), "The minister arrived."),
            ("Lisbon (Reuters) - The minister arrived.", "Lisbon", Some("Reuters"), "The minister arrived."),
            ("LISBON, April 25 (Reuters) - The minister.", "LISBON", Some("Reuters"), "The minister."),
            ("LISBON/OSLO, March 7 (Reuters) - Talks.", "LISBON/OSLO", Some("Reuters"), "Talks."),
            ("LISBON: The minister arrived.", "LISBON", None, "The minister arrived."),
            ("PORTO, Portugal — The minister.", "PORTO, Portugal", None, "The minister."),
            ("LA PAZ, May 3 -- The minister.", "LA PAZ", None, "The minister."),
        ] {
            let read = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((read.place.as_str(), read.agency.as_deref()), (place, agency), "{line}");
            assert_eq!(&line[read.length..], rest);
        }
    }

    #[test]
    fn the_day_that_it_prints() {
        for (line, day) in [
            ("LISBON, April 25, 2024 (Delta Wire) - The minister.", Some("2024-04-25")),
            ("Lisbon, 25 Apr 2024 - The minister.", Some("2024-04-25")),
            ("PORTO, Portugal — April 25, 2024. The minister.", Some("2024-04-25")),
            ("PORTO, Portugal — April 25, 2024 was the day of the vote.", None),
            ("LISBON (AP) — The minister.", None),
        ] {
            let read = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(read.date.map(|d| d.to_string()).as_deref(), day, "{line}");
        }
    }

    #[test]
    fn sentences_are_no_datelines() {
        for line in [
            "The talks — the first in years — ended late.",
            "Elena Ortiz (left) — the envoy — smiled.",
            "NATO — which met in Oslo — agreed.",
            "He said: nothing.",
            "",
            "—",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
