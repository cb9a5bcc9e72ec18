//! Near-duplicates: one agency story printed by forty outlets is one text. A MinHash sketch of an article's body estimates
//! how much of its wording two articles share.

use serde::{Deserialize, Serialize};

use super::article::{Article, BlockKind};
use super::fold::normal;

/// Hashes kept: the standard error of an estimate is at most 1/(2√128), below 0.05.
const WIDTH: usize = 128;
/// Words of a shingle.
const SHINGLE: usize = 4;
/// Shared wording above which two articles count as printings of one text.
pub const SAME_TEXT: f64 = 0.6;

/// A sketch of an article's wording. Records keep sketches: whoever changes how they are made adds a migration that makes
/// those anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch(Vec<u32>);

impl Sketch {
    /// Sketches the body of an article; `None` where it has fewer than eight words.
    pub fn of(article: &Article) -> Option<Self> {
        let body = [BlockKind::Paragraph, BlockKind::Quote];
        let text: Vec<&str> = article
            .blocks
            .iter()
            .filter(|b| body.contains(&b.kind))
            .map(|b| b.span.of(&article.text))
            .collect();
        let normal = normal(&text.join(" ")).to_lowercase();
        let words: Vec<&str> =
            normal.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if words.len() < 2 * SHINGLE {
            return None;
        }
        let mut least = vec![u32::MAX; WIDTH];
        for shingle in words.windows(SHINGLE) {
            // One good hash of the shingle, then one cheap permutation for each place of the sketch.
            let base = shingle.iter().flat_map(|w| w.bytes().chain([b' '])).fold(0xcbf2_9ce4_8422_2325, fnv);
            for (i, slot) in least.iter_mut().enumerate() {
                let seed = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let mixed = (base ^ seed).wrapping_mul(0xff51_afd7_ed55_8ccd);
                let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
                let value = u32::try_from(mixed >> 32).unwrap_or(u32::MAX);
                *slot = value.min(*slot);
            }
        }
        Some(Self(least))
    }

    /// The sketch as bytes, to be kept.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|n| n.to_le_bytes()).collect()
    }

    /// The sketch that `to_bytes` made these bytes of; `None` for any others.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        (numbers.len() == WIDTH && rest.is_empty())
            .then(|| Self(numbers.iter().map(|n| u32::from_le_bytes(*n)).collect()))
    }

    /// Estimated share of wording in common (Jaccard index of 4-word shingles), between 0 and 1.
    pub fn shared(&self, other: &Self) -> f64 {
        let same = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        same as f64 / self.0.len().max(1) as f64
    }

    /// Four numbers per band; articles that share one are worth comparing, so that a record need not compare all pairs.
    pub fn bands(&self) -> impl Iterator<Item = u64> {
        self.0.chunks(4).enumerate().map(|(band, rows)| {
            rows.iter().flat_map(|r| r.to_le_bytes()).fold(0xcbf2_9ce4_8422_2325 ^ band as u64, fnv)
        })
    }
}

/// One step of FNV-1a: stable over versions and machines, unlike the standard library's hasher.
fn fnv(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::super::{Source, read};
    use super::*;

    fn sketch(text: &str) -> Sketch {
        let page = read(format!("Fish talks open in Oslo\n\n{text}").as_bytes(), &Source::default());
        Sketch::of(&page.articles[0]).expect("long enough")
    }

    #[test]
    fn printings_of_one_text_meet_and_others_do_not() {
        let story = "The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish for two hours before they left.\n\nTheir spokesmen said that the crews of three seized boats would be let go within a week, and that a second round would follow in June.\n\nNeither side would say whether the northern banks, which both claim, had come up at all during the long evening.";
        let printed = story.replace("for two hours before they left", "for two hours");
        let other = "A singer bought a castle with eleven bedrooms after winning the television contest twice, the estate agent said on Monday.\n\nNeighbours hope that she will open the gardens to the village every summer as the owners before her had done.";
        let (a, b, c) = (sketch(story), sketch(&printed), sketch(other));
        assert!(a.shared(&b) > SAME_TEXT, "{}", a.shared(&b));
        assert!(a.shared(&c) < 0.1);
        assert!(a.bands().any(|band| b.bands().any(|other| other == band)));
        assert!((a.shared(&a) - 1.0).abs() < f64::EPSILON);
        assert_eq!(Sketch::from_bytes(&a.to_bytes()), Some(a));
        assert_eq!(Sketch::from_bytes(b"too short"), None);
    }
}
