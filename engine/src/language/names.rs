//! Names: turns scores of name tags into spans of words that name a person, an organisation or a place.

use super::document::NameKind;
use super::network::NAME_TAGS;

/// The best sequence of tags in which no name begins in its middle (Viterbi), as ranges of words.
pub fn decode(scores: &[f32]) -> Vec<(usize, usize, NameKind)> {
    let words = scores.len() / NAME_TAGS;
    let mut best = [0.0_f32; NAME_TAGS];
    let mut from: Vec<[usize; NAME_TAGS]> = Vec::with_capacity(words);
    for (at, row) in scores.chunks_exact(NAME_TAGS).enumerate() {
        let mut next = [f32::NEG_INFINITY; NAME_TAGS];
        let mut back = [0; NAME_TAGS];
        for tag in 0..NAME_TAGS {
            for (before, &score) in best.iter().enumerate() {
                // Tag 0 is outside, odd tags begin a name, the even one after each goes on with it.
                let inside = tag > 0 && tag % 2 == 0;
                let allowed = !inside || (at > 0 && (before == tag || before + 1 == tag));
                if allowed && score + row[tag] > next[tag] {
                    next[tag] = score + row[tag];
                    back[tag] = before;
                }
            }
        }
        best = next;
        from.push(back);
    }
    let mut tags = vec![0; words];
    let mut tag = super::linear::argmax(&best);
    for at in (0..words).rev() {
        tags[at] = tag;
        tag = from[at][tag];
    }
    spans(&tags)
}

/// Ranges of words from a sequence of tags.
pub fn spans(tags: &[usize]) -> Vec<(usize, usize, NameKind)> {
    let mut spans: Vec<(usize, usize, NameKind)> = Vec::new();
    for (at, &tag) in tags.iter().enumerate() {
        let Some(inside) = tag.checked_sub(1) else { continue };
        let kind = [NameKind::Person, NameKind::Organisation, NameKind::Place][inside / 2];
        match spans.last_mut() {
            Some(last) if inside % 2 == 1 && last.1 == at => last.1 += 1,
            _ => spans.push((at, at + 1, kind)),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(tags: &[usize]) -> Vec<f32> {
        tags.iter().flat_map(|&t| (0..NAME_TAGS).map(move |i| if i == t { 2.0 } else { 0.0 })).collect()
    }

    #[test]
    fn neighbours_stay_apart_and_no_name_begins_in_its_middle() {
        use NameKind::{Organisation, Person};
        assert_eq!(decode(&scores(&[1, 2, 1, 0, 3])), [(0, 2, Person), (2, 3, Person), (4, 5, Organisation)]);
        let mut orphan = scores(&[0, 4, 0]);
        orphan[NAME_TAGS + 3] = 1.0;
        assert_eq!(decode(&orphan), [(1, 2, Organisation)]);
        assert!(decode(&[]).is_empty());
        assert!(decode(&[f32::NAN; NAME_TAGS]).len() <= 1);
    }
}
