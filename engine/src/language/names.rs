//! Names: turns scores of name tags into spans of words that name a person, an organisation or a place.

use std::collections::{BTreeMap, BTreeSet};

use super::document::NameKind;
use super::network::NAME_TAGS;

/// Words of a sentence that are a name: first, one past the last, kind.
pub type Named = (usize, usize, NameKind);

/// The kinds, in the order of their tags and of the discriminants of `NameKind`.
const KINDS: [NameKind; 3] = [NameKind::Person, NameKind::Organisation, NameKind::Place];
/// Longer names are not looked for elsewhere.
const LONGEST: usize = 8;

/// The best sequence of tags in which no name begins in its middle (Viterbi), as ranges of words.
pub fn decode(scores: &[f32]) -> Vec<Named> {
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
pub fn spans(tags: &[usize]) -> Vec<Named> {
    let mut spans: Vec<Named> = Vec::new();
    for (at, &tag) in tags.iter().enumerate() {
        let Some(inside) = tag.checked_sub(1) else { continue };
        let kind = KINDS[inside / 2];
        match spans.last_mut() {
            Some(last) if inside % 2 == 1 && last.1 == at => last.1 += 1,
            _ => spans.push((at, at + 1, kind)),
        }
    }
    spans
}

/// Lets the sentences of one document agree: words that are a name in one place are the same name in others, of the
/// kind that is likeliest over all of them, as the `scores` of their words say. Words that mostly are no name, and kinds in
/// a draw, stay as they were found.
pub fn agree(sentences: &[Vec<&str>], names: &mut [&mut Vec<Named>], scores: &[&[f32]]) {
    let mut found_as: BTreeMap<String, [usize; KINDS.len()]> = BTreeMap::new();
    let mut firsts: BTreeSet<&str> = BTreeSet::new();
    for (forms, names) in sentences.iter().zip(&*names) {
        for &(first, last, kind) in names.iter().filter(|n| n.1 - n.0 <= LONGEST) {
            found_as.entry(forms[first..last].join(" ")).or_default()[kind as usize] += 1;
            firsts.insert(forms[first]);
        }
    }
    // Where the words of a name stand: sentence, range, and whether they were found to be a name there.
    let mut places: BTreeMap<&str, Vec<(usize, usize, usize, bool)>> = BTreeMap::new();
    for (sentence, (forms, names)) in sentences.iter().zip(&*names).enumerate() {
        let mut at = 0;
        while at < forms.len() {
            let longest = if firsts.contains(forms[at]) { LONGEST.min(forms.len() - at) } else { 0 };
            let known = (1..=longest)
                .rev()
                .find_map(|n| found_as.get_key_value(&forms[at..at + n].join(" ")).map(|(key, _)| (key, n)));
            let Some((key, length)) = known else {
                at += 1;
                continue;
            };
            let (first, last) = (at, at + length);
            let found = names.iter().any(|n| (n.0, n.1) == (first, last));
            // What reaches beyond these words is another name.
            if names.iter().all(|n| n.1 <= first || last <= n.0 || first <= n.0 && n.1 <= last) {
                places.entry(key).or_default().push((sentence, first, last, found));
            }
            at = last;
        }
    }
    for (key, places) in places {
        let counts = found_as[key];
        let most = counts.into_iter().max();
        if counts.into_iter().filter(|count| Some(*count) == most).count() > 1 {
            continue;
        }
        let mut sums = [0.0_f32; KINDS.len()];
        for &(sentence, first, last, _) in &places {
            let rows = scores[sentence].chunks_exact(NAME_TAGS).enumerate();
            for (at, row) in rows.take(last).skip(first) {
                for (kind, sum) in sums.iter_mut().enumerate() {
                    *sum += row[2 * kind + if at == first { 1 } else { 2 }];
                }
            }
        }
        let kind = KINDS[super::linear::argmax(&sums)];
        let missed = places.iter().filter(|p| !p.3).count();
        for (sentence, first, last, found) in places.iter().copied() {
            if found || missed <= 2 * counts.iter().sum::<usize>() {
                let names = &mut names[sentence];
                names.retain(|n| n.1 <= first || last <= n.0);
                let at = names.partition_point(|n| n.0 < first);
                names.insert(at, (first, last, kind));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_same_in_all_sentences() {
        use NameKind::{Organisation, Person, Place};
        let sentences: Vec<Vec<&str>> =
            ["Norvik Steel grew", "Norvik Steel sank", "in Norvik Steel", "Oslo May", "may May"]
                .map(|s| s.split(' ').collect())
                .to_vec();
        let mut found = [
            vec![(0, 2, Organisation)],
            vec![(0, 2, Organisation)],
            vec![(1, 3, Place)],
            vec![(0, 1, Place), (1, 2, Person)],
            vec![],
        ];
        let mut scores = [&[3, 4, 0][..], &[3, 4, 0], &[0, 5, 6], &[5, 1], &[0, 0]].map(scores);
        let agreed = |found: &mut [Vec<Named>], scores: &[Vec<f32>]| {
            let scores: Vec<&[f32]> = scores.iter().map(Vec::as_slice).collect();
            agree(&sentences, &mut found.iter_mut().collect::<Vec<_>>(), &scores);
        };
        agreed(&mut found, &scores);
        assert_eq!(found[2], [(1, 3, Organisation)]);
        assert_eq!(found[4], [(1, 2, Person)]);
        // One place that is sure weighs more than two that are not.
        found[2] = vec![(1, 3, Place)];
        scores[2].iter_mut().for_each(|score| *score *= 3.0);
        agreed(&mut found, &scores);
        assert_eq!(found[0], [(0, 2, Place)]);
    }

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
