//! Turns outlets, near copies and versions into words.

use demarche_engine::events::Event;
use demarche_engine::time::Stamp;
use demarche_record::{Kept, Version};

use crate::telling::{count, stamp_words};

/// Outlets named before the others are only counted.
const NAMED: usize = 3;

/// `Atlas Wire, Gulf Courier`; `Atlas Wire, Gulf Courier, Harbour News and 37 more outlets`.
pub(crate) fn outlets_words(outlets: &[String]) -> String {
    match outlets.split_at_checked(NAMED) {
        Some((named, more)) if !more.is_empty() => {
            format!("{} and {}", named.join(", "), count(more.len(), "more outlet"))
        }
        _ => outlets.join(", "),
    }
}

/// How often an event is told, and by how many that did not copy each other; empty where it is told once.
pub(crate) fn told_times(event: &Event) -> String {
    match (event.reports.len(), event.texts) {
        (0 | 1, _) => String::new(),
        (n, 1) => format!("told {n} times in one text"),
        (n, texts) => format!("told {n} times in {texts} texts"),
    }
}

/// Every outlet that prints a text, this article or a near copy, sorted.
pub(crate) fn printed_by(kept: &Kept) -> Vec<String> {
    let own = kept.printings.iter().filter(|p| !p.replaced).filter_map(|p| p.outlet.as_ref());
    let mut all: Vec<String> =
        own.chain(kept.copies.iter().flat_map(|copy| &copy.outlets)).cloned().collect();
    all.sort();
    all.dedup();
    all
}

/// When a version came, as it says itself: `changed 5 March 2024, 14:00`.
pub(crate) fn version_words(version: &Version) -> String {
    let stamp = |text: &Option<String>| text.as_deref().and_then(Stamp::parse).map(stamp_words);
    match (stamp(&version.updated), stamp(&version.published)) {
        (Some(updated), _) => format!("changed {updated}"),
        (None, Some(published)) => format!("published {published}"),
        (None, None) => "no date".to_owned(),
    }
}

/// What became of a version, by the one that replaced it: `replaced by the version changed 5 March 2024, 14:00`.
pub(crate) fn replaced_words(by: &Version) -> String {
    format!("replaced by a later version of the page ({})", version_words(by))
}

#[cfg(test)]
mod tests {
    use super::outlets_words;

    #[test]
    fn many_outlets_are_counted() {
        let outlets: Vec<String> = ["A", "B", "C", "D", "E"].map(str::to_owned).into();
        assert_eq!(outlets_words(&[]), "");
        assert_eq!(outlets_words(&outlets[..3]), "A, B, C");
        assert_eq!(outlets_words(&outlets[..4]), "A, B, C and 1 more outlet");
        assert_eq!(outlets_words(&outlets), "A, B, C and 2 more outlets");
    }
}
