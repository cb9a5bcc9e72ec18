//! A page's several accounts of one of its fields to the words for their disagreement.

use super::fold::normal;
use super::origins::Origin;

/// One account of a field.
pub(super) type Account = (Origin, String);

/// What to say where another place than that of the kept account, which is the first, says something else: where none of
/// its accounts is the `same`.
pub(super) fn between(
    field: &str,
    accounts: &[Account],
    same: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    let (origin, kept) = accounts.first()?;
    let agrees = |place: Origin| accounts.iter().any(|(o, a)| *o == place && same(kept, a));
    let (other, says) = accounts.iter().find(|(o, _)| !agrees(*o))?;
    Some(format!(
        "{field} is “{}” by its {} and “{}” by its {}: the first is kept",
        short(kept),
        origin.words(),
        short(says),
        other.words()
    ))
}

/// Whether one names all that the other names, letters and figures alone considered: headlines are cut, outlets shortened.
pub(super) fn within(a: &str, b: &str) -> bool {
    let letters =
        |t: &str| -> String { normal(t).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect() };
    let (a, b) = (letters(a), letters(b));
    a.contains(&b) || b.contains(&a)
}

/// Whether two addresses lead to one page: scheme, `www.`, parameters and a last slash aside.
pub(super) fn same_address(a: &str, b: &str) -> bool {
    let bare = |url: &str| -> String {
        let path = url.split(['?', '#']).next().unwrap_or("").to_lowercase();
        let path = path.split_once("://").map_or(path.as_str(), |(_, rest)| rest);
        path.trim_start_matches("www.").trim_end_matches('/').to_owned()
    };
    bare(a) == bare(b)
}

/// Whether two codes name one language, whatever the country.
pub(super) fn same_language(a: &str, b: &str) -> bool {
    let primary = |code: &str| code.split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
    primary(a) == primary(b)
}

/// As much as a message needs.
fn short(text: &str) -> String {
    const MOST: usize = 100;
    let mut cut: String = text.chars().take(MOST).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_said() {
        let accounts =
            |b: &str| [(Origin::OpenGraph, "Fish talks open".to_owned()), (Origin::JsonLd, b.to_owned())];
        assert_eq!(between("title", &accounts("Fish talks open in Oslo"), within), None);
        let said = between("title", &accounts("Talks fail"), within).expect("a doubt");
        assert_eq!(
            said,
            "title is “Fish talks open” by its OpenGraph tags and “Talks fail” by its JSON-LD: the first is kept"
        );
        assert!(same_address("https://www.h.example/a/?x=1", "http://h.example/a"));
        assert!(same_language("en-US", "en") && !same_language("en", "fr"));
    }
}
