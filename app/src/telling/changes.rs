//! Turns two versions of an article into what changed between them: the paragraphs that are not the same, word by word.

use demarche_engine::page::Article;
use demarche_record::{Kept, Record};
use serde::Serialize;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::fault::Fault;

/// What one version of a page changed in another.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Changed {
    /// Hash of the older version.
    pub(crate) from: String,
    /// Hash of the newer version.
    pub(crate) to: String,
    /// The paragraphs that changed; none where the two are too long to compare.
    pub(crate) paragraphs: Option<Vec<Vec<Stretch>>>,
}

/// Some words of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Stretch {
    /// What became of them.
    pub(crate) how: How,
    /// The words.
    pub(crate) words: String,
}

/// What became of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum How {
    /// They stand in both versions.
    Kept,
    /// Only in the older one.
    Deleted,
    /// Only in the newer one.
    Inserted,
}

/// Words of both versions together above which they are not compared: it costs the square of what differs.
const MOST_WORDS: usize = 8000;
/// Stands for the end of a paragraph among its words.
const BREAK: &str = "\n";

impl Changed {
    /// What the version that replaced this article changed in it, or what it changed itself in the one before it.
    pub(crate) fn find(record: &Record, kept: &Kept) -> Result<Option<Self>, Fault> {
        let own = &kept.reading.article;
        if let Some(later) = kept.replaced_by() {
            let later = record.article(&later.hash)?;
            return Ok(later.map(|later| Self::between(own, &later.reading.article)));
        }
        let Some(at) = kept.versions.iter().position(|v| v.hash == own.hash) else { return Ok(None) };
        let Some(earlier) = kept.versions[..at].last() else { return Ok(None) };
        let earlier = record.article(&earlier.hash)?;
        Ok(earlier.map(|earlier| Self::between(&earlier.reading.article, own)))
    }

    fn between(old: &Article, new: &Article) -> Self {
        let paragraphs = changes(&words(old), &words(new));
        Self { from: old.hash.clone(), to: new.hash.clone(), paragraphs }
    }
}

fn words(article: &Article) -> Vec<&str> {
    let blocks = article.blocks.iter().map(|block| block.span.of(&article.text));
    blocks.flat_map(|text| text.split_whitespace().chain([BREAK])).collect()
}

fn changes(old: &[&str], new: &[&str]) -> Option<Vec<Vec<Stretch>>> {
    if old.len() + new.len() > MOST_WORDS {
        return None;
    }
    let mut paragraphs: Vec<Vec<Stretch>> = vec![Vec::new()];
    let mut put = |how: How, words: &[&str]| {
        for (i, words) in words.split(|word| *word == BREAK).enumerate() {
            if i > 0 {
                paragraphs.push(Vec::new());
            }
            if let (Some(last), false) = (paragraphs.last_mut(), words.is_empty()) {
                last.push(Stretch { how, words: words.join(" ") });
            }
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        if op.tag() == DiffTag::Equal {
            put(How::Kept, &old[op.old_range()]);
        } else {
            put(How::Deleted, &old[op.old_range()]);
            put(How::Inserted, &new[op.new_range()]);
        }
    }
    paragraphs.retain(|stretches| stretches.iter().any(|stretch| stretch.how != How::Kept));
    Some(paragraphs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Vec<String> {
        let cut = |text: &'static str| text.split(' ').collect::<Vec<_>>();
        let (old, new) = (old.to_owned().leak(), new.to_owned().leak());
        let changed = changes(&cut(old), &cut(new)).unwrap_or_default();
        let mark = |s: &Stretch| match s.how {
            How::Kept => s.words.clone(),
            How::Deleted => format!("[-{}-]", s.words),
            How::Inserted => format!("[+{}+]", s.words),
        };
        changed.iter().map(|p| p.iter().map(mark).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn only_what_changed_is_shown_word_by_word() {
        assert_eq!(
            shown(
                "Talks open \n Three boats were seized on Monday \n All is calm \n",
                "Talks open \n Two boats were seized on Monday \n All is calm \n They left \n"
            ),
            ["[-Three-] [+Two+] boats were seized on Monday", "[+They left+]"]
        );
        assert!(shown("Talks open \n", "Talks open \n").is_empty());
        let long = vec!["word"; MOST_WORDS];
        assert_eq!(changes(&long, &["word"]), None);
    }
}
