//! Turns a web address into the page that it names, however it is written.

/// Parameters that say how a reader came to a page, never which page it is. Those that begin with `utm_` go as well.
const TRACKING: &[&str] = &[
    "_ga",
    "_gl",
    "at_campaign",
    "at_medium",
    "cmp",
    "cmpid",
    "dclid",
    "fbclid",
    "ftag",
    "gclid",
    "icid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "ocid",
    "smid",
    "srnd",
    "taid",
    "twclid",
    "xtor",
    "yclid",
];

/// The page at `url`: host without `www.` and port, path without its last slash, parameters without tracking; neither
/// scheme nor fragment. `None` where it names no page: another scheme than http, or the front page of a site, whose address
/// some sites put on all their pages.
pub(crate) fn page_at(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = ["https://", "http://", "//"].iter().find(|s| starts_with(url, s))?;
    let rest = url.get(scheme.len()..)?.split('#').next()?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.rsplit('@').next()?.to_lowercase();
    let host = host.strip_suffix(":443").or_else(|| host.strip_suffix(":80")).unwrap_or(&host);
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = path.trim_end_matches('/');
    let query: Vec<&str> = query.split('&').filter(|part| !part.is_empty() && !tracks(part)).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    let named = !host.is_empty() && (!path.is_empty() || !query.is_empty());
    named.then(|| format!("{host}/{path}{query}"))
}

fn starts_with(url: &str, start: &str) -> bool {
    url.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start))
}

/// Whether a part of a query only tracks its reader.
fn tracks(part: &str) -> bool {
    let name = part.split('=').next().unwrap_or(part).to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::page_at;

    #[test]
    fn one_page_has_one_address_however_it_is_written() {
        for url in [
            "https://harbour.example/news/fish-talks",
            "http://www.harbour.example/news/fish-talks/",
            "HTTPS://WWW.Harbour.Example:443/news/fish-talks#comments",
            "//harbour.example/news/fish-talks?utm_source=feed&UTM_Medium=rss&fbclid=abc",
            " https://reader@harbour.example/news/fish-talks/?&gclid=1#top ",
        ] {
            assert_eq!(page_at(url).as_deref(), Some("harbour.example/news/fish-talks"), "{url}");
        }
    }

    #[test]
    fn what_tells_pages_apart_stays() {
        for (url, page) in [
            ("https://harbour.example/story?id=7&utm_campaign=x&page=2", "harbour.example/story?id=7&page=2"),
            ("https://harbour.example/?p=12", "harbour.example/?p=12"),
            ("https://harbour.example:8080/Fish", "harbour.example:8080/Fish"),
            ("https://m.harbour.example/fish", "m.harbour.example/fish"),
            ("https://harbour.example/fisk/æ%20ø", "harbour.example/fisk/æ%20ø"),
        ] {
            assert_eq!(page_at(url).as_deref(), Some(page), "{url}");
        }
    }

    #[test]
    fn front_pages_and_what_is_not_of_the_web_name_no_page() {
        for url in [
            "",
            "#",
            "https://",
            "https://harbour.example",
            "https://www.harbour.example/#!/news/7",
            "https://harbour.example/?utm_source=feed",
            "javascript:alert(1)",
            "urn:uuid:1",
            "file:///pages/a.html",
            "fish talks",
            "ht",
        ] {
            assert_eq!(page_at(url), None, "{url}");
        }
    }
}
