//! Turns names, ids and questions into the addresses of pages, with whatever they hold written so that it stays one part.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stays as it is in a part of an address: letters, digits and the marks that mean nothing there.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The address of an article.
pub(crate) fn article_at(hash: &str) -> String {
    format!("/a/{}", hash.get(..10).unwrap_or(hash))
}

/// The address of a report or event.
pub(crate) fn event_at(id: &str) -> String {
    format!("/x/{}", part(id))
}

/// The address of two states, by ISO3 code.
pub(crate) fn pair_at(a: &str, b: &str) -> String {
    format!("/d/{}-{}", a.min(b), a.max(b))
}

/// The address of a state, by ISO3 code.
pub(crate) fn state_at(iso3: &str) -> String {
    format!("/s/{}", part(iso3))
}

/// The address of a person, by the name that pages have.
pub(crate) fn person_at(name: &str) -> String {
    format!("/p/{}", part(name))
}

/// The address of an issue: its family and its name stay two parts.
pub(crate) fn issue_at(id: &str) -> String {
    format!("/i/{}", id.split('/').map(part).collect::<Vec<_>>().join("/"))
}

/// An address with a question behind it; what is empty is not asked.
pub(crate) fn asking(path: &str, asked: &[(&str, &str)]) -> String {
    let asked: Vec<String> = asked
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", part(value)))
        .collect();
    if asked.is_empty() { path.to_owned() } else { format!("{path}?{}", asked.join("&")) }
}

/// Whether an address leads to the web: others may run what they like.
pub(crate) fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("http://") || start == "https://"
}

fn part(text: &str) -> String {
    utf8_percent_encode(text, PART).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_name_holds_stays_one_part() {
        assert_eq!(person_at("Sara Iqbal"), "/p/Sara%20Iqbal");
        assert_eq!(person_at("a/b?c#d\"<é"), "/p/a%2Fb%3Fc%23d%22%3C%C3%A9");
        assert_eq!(issue_at("economy/trade"), "/i/economy/trade");
        assert_eq!(pair_at("USA", "PAK"), "/d/PAK-USA");
        assert_eq!(asking("/search", &[("q", "a&b c"), ("after", "")]), "/search?q=a%26b%20c");
        assert_eq!(asking("/network", &[]), "/network");
    }
}
