//! Lines that belong to the page and not to the article: menus, sharing, consent, sign-up, links to other stories.

use std::sync::LazyLock;

use serde::Deserialize;

/// The words of `engine/data/page/furniture.toml`, each list sorted.
#[derive(Deserialize)]
struct Furniture {
    whole: Vec<String>,
    starts: Vec<String>,
    inside: Vec<String>,
    ends: Vec<String>,
    credits: Vec<String>,
    consent: Vec<String>,
}

/// Shipped with the program and read by a test, so it always parses; an empty table would only type fewer lines.
static WORDS: LazyLock<Furniture> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/page/furniture.toml")).unwrap_or(Furniture {
        whole: Vec::new(),
        starts: Vec::new(),
        inside: Vec::new(),
        ends: Vec::new(),
        credits: Vec::new(),
        consent: Vec::new(),
    })
});

fn holds(sorted: &[String], word: &str) -> bool {
    sorted.binary_search_by(|w| w.as_str().cmp(word)).is_ok()
}

/// Whether a line of text is furniture by its words alone.
pub(super) fn is_furniture(line: &str) -> bool {
    if line.len() > 3_000 {
        return false;
    }
    let lower = line.to_lowercase();
    // Consent dialogs are long paragraphs; no story about privacy speaks of "our partners" and "your preferences" at once.
    if line.len() > 200 {
        let consent = WORDS.consent.iter().filter(|w| lower.contains(w.as_str())).count() >= 3;
        if consent || line.len() > 600 {
            return consent;
        }
    }
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '©');
    if bare.is_empty() || holds(&WORDS.whole, bare) {
        return true;
    }
    let words = bare.split_whitespace().count();
    let start = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '(' | '['));
    // A start such as "Photo:" or "Read more" counts on short lines; a paragraph may begin with the same words.
    if words <= 24 && WORDS.starts.iter().any(|s| start.starts_with(s.as_str())) {
        return true;
    }
    words <= 60 && WORDS.inside.iter().any(|s| lower.contains(s.as_str()))
}

/// Whether a line says that what follows it are links to other stories, comments or sign-up: the article is over.
pub(super) fn ends_article(line: &str) -> bool {
    let lower = line.to_lowercase();
    holds(&WORDS.ends, lower.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a line credits a picture: "(Photo by Ana Ruiz/Harbour Pictures)", "Image: Harbour via Getty Images".
pub(super) fn is_credit(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.split_whitespace().count() <= 40 && WORDS.credits.iter().any(|c| lower.contains(c.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_lower_case_sorted_and_without_doubles() {
        assert!(!WORDS.whole.is_empty());
        for list in [&WORDS.whole, &WORDS.starts, &WORDS.inside, &WORDS.ends, &WORDS.credits, &WORDS.consent]
        {
            assert!(list.is_sorted_by(|a, b| a < b), "{list:?}");
            assert!(list.iter().all(|w| *w == w.to_lowercase()), "{list:?}");
        }
    }

    #[test]
    fn furniture_and_prose() {
        for line in [
            "Advertisement",
            "READ MORE: Harbour talks fail",
            "• Share",
            "© 2024 Harbour Press",
            "Lesen Sie auch",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "The ministers share the view that talks must go on.",
            "Related industries would suffer, the ministry said in a statement on Monday.",
            "He read more than forty letters aloud.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
