//! Which stretches of a flattened page belong to one text: those that share words with the longest of them.

use std::collections::BTreeSet;

use super::chrome;
use super::lines::{Line, Role};

/// Share of a stretch's own words that the core must hold: low, because one long quotation may share few words with its
/// story. Chosen on the development pages, where 0.05 to 0.1 score alike and 0.15 loses paragraphs.
const LEAST_SHARED: f64 = 0.1;

/// The lines of `lines[first..=last]` that belong to the text: a mark for each.
pub(super) fn keep(lines: &[Line], first: usize, last: usize, title: Option<&str>) -> Vec<bool> {
    let stretches = stretches(lines, first, last);
    let weight = |&(from, to): &(usize, usize)| -> usize {
        lines[from..=to].iter().filter(|l| l.role == Role::Prose).map(|l| l.size).sum()
    };
    let mut kept = vec![false; last + 1 - first];
    let Some(core) = (0..stretches.len()).max_by_key(|i| (weight(&stretches[*i]), usize::MAX - i)) else {
        return kept;
    };
    let mut known: BTreeSet<String> = words(&lines[stretches[core].0..=stretches[core].1]);
    known.extend(title.map(text_words).unwrap_or_default());
    let mark = |(from, to): (usize, usize), kept: &mut Vec<bool>| kept[from - first..=to - first].fill(true);
    mark(stretches[core], &mut kept);
    // Outwards from the core: each stretch that belongs teaches its words, and the first two that do not end it.
    for side in [stretches[..core].iter().rev().copied().collect::<Vec<_>>(), stretches[core + 1..].to_vec()]
    {
        let mut strange = 0;
        for stretch in side {
            let own = words(&lines[stretch.0..=stretch.1]);
            if own.is_empty() {
                mark(stretch, &mut kept);
                continue;
            }
            let shared = own.iter().filter(|w| known.contains(*w)).count() as f64 / own.len() as f64;
            // What comes after "Most read" has to prove more.
            let after_end = stretch.0 > 0 && chrome::ends_article(&lines[stretch.0 - 1].text);
            let least = if after_end { LEAST_SHARED * 2.5 } else { LEAST_SHARED };
            if shared >= least || (own.len() <= 3 && !after_end) {
                strange = 0;
                known.extend(own);
                mark(stretch, &mut kept);
            } else {
                strange += 1;
                if strange > 3 {
                    break;
                }
            }
        }
    }
    kept
}

/// Runs of lines between gaps. A gap is a line of furniture, or two short lines in a row.
fn stretches(lines: &[Line], first: usize, last: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    for at in first..=last {
        let line = &lines[at];
        let short = |l: &Line| matches!(l.role, Role::Short | Role::Credit);
        let gap = matches!(line.role, Role::Furniture | Role::Ticker | Role::Byline | Role::Stamp)
            || short(line) && (at > first && short(&lines[at - 1]) || lines.get(at + 1).is_none_or(short));
        match (gap, open) {
            (true, Some(from)) => {
                found.push((from, at - 1));
                open = None;
            }
            (false, None) => open = Some(at),
            _ => {}
        }
    }
    found.extend(open.map(|from| (from, last)));
    found
}

fn words(lines: &[Line]) -> BTreeSet<String> {
    lines.iter().filter(|l| l.role != Role::Short).flat_map(|l| text_words(&l.text)).collect()
}

/// Words of five letters and more, lower case, cut to six letters so that forms of one word meet.
fn text_words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 5)
        .map(|w| w.chars().take(6).flat_map(char::to_lowercase).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::lines;
    use super::*;

    #[test]
    fn teasers_of_other_stories_are_left_out() {
        let text = "The coast guard of Norland freed three crews from harbour custody on Thursday morning.\nThe coast guard said that the crews of the boats would sail home once the harbour papers were checked.\nAdvertisement\nThe crews had been held in harbour custody since the coast guard stopped their boats in March.\nMost read\nA singer bought a castle with eleven bedrooms after winning the television contest twice.\n";
        let (lines, _) = lines::read(text);
        let kept = keep(&lines, 0, lines.len() - 1, None);
        assert_eq!(kept, [true, true, false, true, false, false]);
    }
}
