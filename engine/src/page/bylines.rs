//! Printed bylines to signers: persons, desks and agencies apart.

use std::sync::LazyLock;

use serde::Deserialize;

use super::article::{Byline, BylineKind};
use super::fold::fold;

/// The words of `engine/data/page/signers.toml`, each list sorted.
#[derive(Deserialize)]
struct Signers {
    agencies: Vec<String>,
    desks: Vec<String>,
    openers: Vec<String>,
}

/// Shipped with the program and read by a test, so it always parses.
static WORDS: LazyLock<Signers> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/page/signers.toml")).unwrap_or(Signers {
        agencies: Vec::new(),
        desks: Vec::new(),
        openers: Vec::new(),
    })
});

fn holds(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

/// What sort of signer a name is.
pub(super) fn kind(name: &str) -> BylineKind {
    let lower = name.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if holds(&WORDS.agencies, bare) || holds(&WORDS.agencies, bare.trim_start_matches("the ")) {
        return BylineKind::Agency;
    }
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let desk =
        words().any(|w| holds(&WORDS.desks, w)) || bare.ends_with("-redaktion") || bare.contains(".com");
    if desk { BylineKind::Desk } else { BylineKind::Person }
}

/// The letters or name of an agency, if `name` is one.
pub(super) fn is_agency(name: &str) -> bool {
    kind(name) == BylineKind::Agency
}

/// Whether a line opens as an English byline does ("By …", "Written by …"); other languages' openers are everyday words.
pub(super) fn opens(line: &str) -> bool {
    let lower = line.to_lowercase();
    let Some(length) = opener(&lower) else { return false };
    let english = lower[..length].trim_end_matches([':', ' ', '\u{a0}', '-', '–']);
    (english.ends_with("by") || english.starts_with("author")) && (1..160).contains(&(lower.len() - length))
}

/// The signers of a printed byline: `By Ana Ruiz and Jo Lee in Oslo | Reuters` → Ana Ruiz, Jo Lee, Reuters.
pub(super) fn read(printed: &str) -> Vec<Byline> {
    let mut found: Vec<Byline> = Vec::new();
    let printed = fold(printed);
    for part in printed.split(['|', ';', '·', '•', '/', '\n']) {
        for name in split(strip_opener(part.trim())) {
            let name = clean(name);
            if plausible(&name) && !found.iter().any(|b| b.name.eq_ignore_ascii_case(&name)) {
                found.push(Byline { kind: kind(&name), name });
            }
        }
    }
    found
}

/// The length of the longest opener that `lower` starts with, its colon or space included.
fn opener(lower: &str) -> Option<usize> {
    let longest = WORDS.openers.iter().filter(|o| {
        lower.strip_prefix(o.as_str()).is_some_and(|rest| rest.starts_with([' ', ':', '\u{a0}']))
    });
    let length = longest.map(String::len).max()?;
    let rest = &lower[length..];
    Some(lower.len() - rest.trim_start_matches([':', ' ', '\u{a0}', '-', '–']).len())
}

fn strip_opener(text: &str) -> &str {
    let lower = text.to_lowercase();
    // Lower-casing may move bytes in other scripts; openers are ASCII, so only equal lengths are cut.
    if lower.len() != text.len() {
        return text;
    }
    opener(&lower).and_then(|length| text.get(length..)).unwrap_or(text)
}

/// Names apart: at commas, "and", "&" and "with".
fn split(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for cut in
        [", and ", " and ", " & ", " with ", " und ", " et ", " y ", " e ", " og ", " och ", " dan ", ", "]
    {
        parts = parts.into_iter().flat_map(|part| part.split(cut)).collect();
    }
    parts
}

/// One name without the place, role or agency that is printed after it.
fn clean(name: &str) -> String {
    let mut name = name.trim();
    for cut in [" in ", " at ", " for ", " – ", " - ", " — ", " (", " @", " | ", ", "] {
        if let Some(at) = name.find(cut)
            && at > 0
        {
            name = &name[..at];
        }
    }
    strip_opener(name)
        .trim_matches(|c: char| {
            matches!(c, ',' | '.' | ':' | '-' | '–' | '—' | '(' | ')' | '"') || c.is_whitespace()
        })
        .to_owned()
}

/// Whether a piece can be a signer's name: short, no digits, no address, some capital letter (or a script without case).
fn plausible(name: &str) -> bool {
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    // Roles printed after a name; "in Washington" has gone before.
    let lower = name.to_lowercase();
    let role = words <= 5
        && [
            "editor",
            "correspondent",
            "reporter",
            "staff writer",
            "chief",
            "columnist",
            "producer",
            "contributor",
            "journalist",
            "contributing writer",
            "opinion contributor",
            "senior reporter",
            "facebook",
            "twitter",
            "email",
        ]
        .iter()
        .any(|r| lower.ends_with(r));
    let desk = ["staff", "our", "special", "news", "web"].iter().any(|w| lower.starts_with(w));
    (1..=6).contains(&words)
        && letters >= 2
        && name.len() <= 60
        && !name.contains(|c: char| c.is_ascii_digit())
        && !name.contains("://")
        && !name.contains('@')
        && (!role || desk)
        && name.chars().find(|c| c.is_alphabetic()).is_some_and(|c| {
            !c.is_lowercase() || lower.starts_with("de ") || lower.starts_with("van ") || is_agency(name)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(printed: &str) -> Vec<(String, BylineKind)> {
        read(printed).into_iter().map(|b| (b.name, b.kind)).collect()
    }

    #[test]
    fn the_word_lists_are_lower_case_sorted_and_without_doubles() {
        assert!(!WORDS.agencies.is_empty());
        for list in [&WORDS.agencies, &WORDS.desks, &WORDS.openers] {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(list.iter().all(|w| *w == w.to_lowercase()), "{list:?}");
        }
    }

    #[test]
    fn persons_desks_and_agencies() {
        use BylineKind::{Agency, Desk, Person};
        for (printed, names) in [
            ("By Ana Ruiz and Jo Lee in Oslo", vec![("Ana Ruiz", Person), ("Jo Lee", Person)]),
            ("By Ana Ruiz, Political Editor", vec![("Ana Ruiz", Person)]),
            ("Harbour Web Desk", vec![("Harbour Web Desk", Desk)]),
            ("Our Correspondent", vec![("Our Correspondent", Desk)]),
            ("Reuters", vec![("Reuters", Agency)]),
            ("By ANA RUIZ | AFP", vec![("ANA RUIZ", Person), ("AFP", Agency)]),
            ("Von Jörg Klein", vec![("Jörg Klein", Person)]),
            ("", vec![]),
            ("https://example.org/ana", vec![]),
        ] {
            let names: Vec<_> = names.into_iter().map(|(n, k)| (n.to_owned(), k)).collect();
            assert_eq!(told(printed), names, "{printed}");
        }
    }

    #[test]
    fn openers_of_a_line() {
        assert!(opens("By Ana Ruiz"));
        assert!(opens("Written by Ana Ruiz"));
        assert!(!opens("By"));
        assert!(!opens("Bytes were lost"));
    }
}
