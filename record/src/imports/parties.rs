//! Turns lists of names and of countries, with semicolons between them, into pairs of a name and its country.

use crate::imports::cells::{pieces, said};

/// Who takes part, by name and country. As many names as countries are so many parties, each of its country, and countries
/// without a name are a party each. One name beside several countries stays one party: whether it acts for each of them, or
/// belongs to one and is only told beside the others, no row says, and an event must not join several dyads on a guess.
pub(crate) fn split<'c>(name: &'c str, country: &'c str) -> Vec<(&'c str, &'c str)> {
    let names: Vec<&str> = pieces(name).collect();
    let countries: Vec<&str> = pieces(country).collect();
    if countries.len() > 1 && names.len() == countries.len() {
        return names.into_iter().zip(countries).collect();
    }
    match (said(name), said(country)) {
        (None, None) => Vec::new(),
        (None, Some(_)) => countries.into_iter().map(|country| ("", country)).collect(),
        (Some(name), country) => vec![(name, country.unwrap_or_default())],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_pair_only_where_nothing_is_guessed() {
        assert_eq!(split("Kenya", "KEN"), [("Kenya", "KEN")]);
        assert_eq!(split("Macron; Meloni", "FRA;ITA"), [("Macron", "FRA"), ("Meloni", "ITA")]);
        assert_eq!(split("Ministry of Trade", "FRA;ITA"), [("Ministry of Trade", "FRA;ITA")]);
        assert_eq!(split("A; B; C", "FRA;ITA"), [("A; B; C", "FRA;ITA")]);
        assert_eq!(split("None", "FRA;ITA"), [("", "FRA"), ("", "ITA")]);
        assert_eq!(split("gunmen", "None"), [("gunmen", "")]);
        assert_eq!(split("None", " "), []);
    }
}
