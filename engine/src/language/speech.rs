//! Dictionary forms → whether a verb's subject says, holds or finds out something, and whether a noun or an adjective tells of
//! somebody's words or mind, from `engine/data/speech`.

use std::cmp::Ordering;

/// `verb<tab>sort`; a verb's second word ("point out") after a space. All these tables are sorted by bytes.
const VERBS: &str = include_str!("../../data/speech/verbs.tsv");
/// Nouns for words and thoughts: "claim", "reluctance".
const NOUNS: &str = include_str!("../../data/speech/nouns.tsv");
/// Adjectives for minds: "confident", "unwilling".
const ADJECTIVES: &str = include_str!("../../data/speech/adjectives.tsv");

/// What a verb makes of its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speech {
    /// It speaks, whatever stands beside the verb: "complained about the noise".
    Say,
    /// It speaks where words are quoted, or a whole clause is told: "“No,” she continued", but not "continued its strikes".
    Quote,
    /// It thinks, judges, wants or shows: "doubts it", "praised him".
    Hold,
    /// It knows or decides where a whole clause is told: "found that they had left", but not "found a way".
    Know,
}

/// The sort of a verb, in lower case.
pub(crate) fn of_verb(lemma: &str) -> Option<Speech> {
    row(VERBS, lemma).and_then(Speech::parse)
}

/// Whether a noun, in lower case, stands for what somebody says or thinks.
pub(crate) fn is_noun(lemma: &str) -> bool {
    row(NOUNS, lemma).is_some()
}

/// Whether an adjective, in lower case, says what somebody thinks.
pub(crate) fn is_adjective(lemma: &str) -> bool {
    row(ADJECTIVES, lemma).is_some()
}

/// Whether the subject of a verb speaks where words in quotation marks stand beside it.
pub(crate) fn utters(lemma: &str) -> bool {
    matches!(of_verb(lemma), Some(Speech::Say | Speech::Quote))
}

/// What stands behind `word` in its line of a table that is sorted by bytes and ASCII.
fn row(table: &'static str, word: &str) -> Option<&'static str> {
    let mut rest = table;
    while !rest.is_empty() {
        // The line that holds the middle byte.
        let middle = rest.len() / 2;
        let start = rest[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |at| start + at + 1);
        let line = rest[start..end].trim_end();
        let (key, value) = line.split_once('\t').unwrap_or((line, ""));
        match word.cmp(key) {
            Ordering::Less => rest = &rest[..start],
            Ordering::Greater => rest = &rest[end..],
            Ordering::Equal => return Some(value),
        }
    }
    None
}

impl Speech {
    fn parse(sort: &str) -> Option<Self> {
        Some(match sort {
            "say" => Self::Say,
            "quote" => Self::Quote,
            "hold" => Self::Hold,
            "know" => Self::Know,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_whole_and_without_doubles() {
        for table in [VERBS, NOUNS, ADJECTIVES] {
            let words: Vec<&str> = table.lines().filter_map(|line| line.split('\t').next()).collect();
            assert!(words.is_sorted_by(|a, b| a < b) && table.is_ascii() && table.ends_with('\n'));
            assert!(words.iter().all(|word| row(table, word).is_some()));
        }
        for line in VERBS.lines() {
            let (verb, sort) = line.split_once('\t').unwrap();
            assert!(of_verb(verb).is_some() && Speech::parse(sort) == of_verb(verb), "{line}");
        }
    }

    #[test]
    fn words_are_found_with_their_sort_and_others_are_not() {
        assert_eq!(of_verb("say"), Some(Speech::Say));
        assert_eq!(of_verb("find"), Some(Speech::Know));
        assert_eq!(["", "a", "sail", "saying", "zip"].map(of_verb), [None; 5]);
        assert!(is_noun("claim") && !is_noun("claims") && is_adjective("wary") && !is_adjective("war"));
    }
}
