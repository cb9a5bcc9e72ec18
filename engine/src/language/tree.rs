//! Heads: turns scores of every head of every word into a tree with exactly one root.

/// The heads of one sentence from scores words × (1 + words), the root first; none for the word under the root.
///
/// The best head of each word is nearly always a tree; only where it is not, the best tree is searched for
/// (Chu–Liu–Edmonds).
pub fn decode(scores: &[f32], words: usize) -> Vec<Option<usize>> {
    let mut heads = vec![0; words + 1];
    for word in 1..=words {
        let row = &scores[(word - 1) * (words + 1)..][..words + 1];
        let mut best = usize::from(word == 0);
        for head in 0..=words {
            if head != word && (row[head] > row[best] || best == word) {
                best = head;
            }
        }
        heads[word] = best;
    }
    if !is_tree(&heads) {
        let mut dense = vec![f64::NEG_INFINITY; (words + 1) * (words + 1)];
        for word in 1..=words {
            for head in 0..=words {
                if head != word {
                    let score = f64::from(scores[(word - 1) * (words + 1) + head]);
                    let score = if score.is_finite() { score.clamp(-1e6, 1e6) } else { -1e6 };
                    // A second root costs more than any arc can bring.
                    dense[word * (words + 1) + head] = score - if head == 0 { 1e9 } else { 0.0 };
                }
            }
        }
        heads = best_tree(&dense, words + 1);
    }
    heads[1..].iter().map(|&head| head.checked_sub(1)).collect()
}

/// Whether every word reaches node 0 and just one hangs from it.
fn is_tree(heads: &[usize]) -> bool {
    if heads[1..].iter().filter(|&&head| head == 0).count() != 1 {
        return heads.len() == 1;
    }
    cycle(heads).is_none()
}

/// The nodes of one cycle, if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0_usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut nodes = vec![at];
            let mut next = heads[at];
            while next != at {
                nodes.push(next);
                next = heads[next];
            }
            return Some(nodes);
        }
    }
    None
}

/// Chu–Liu–Edmonds: the greatest spanning tree from node 0; `scores[word * n + head]`. Contracts one cycle per turn.
fn best_tree(scores: &[f64], n: usize) -> Vec<usize> {
    let mut heads = vec![0; n];
    for word in 1..n {
        for head in 0..n {
            if scores[word * n + head] > scores[word * n + heads[word]] || heads[word] == word {
                heads[word] = head;
            }
        }
    }
    let Some(ring) = cycle(&heads) else { return heads };
    let mut in_ring = vec![false; n];
    for &node in &ring {
        in_ring[node] = true;
    }
    // Nodes outside keep their order; the ring becomes the last one.
    let outside: Vec<usize> = (0..n).filter(|&node| !in_ring[node]).collect();
    let m = outside.len() + 1;
    let mut smaller = vec![f64::NEG_INFINITY; m * m];
    let mut leaves = vec![0; m];
    let mut enters = vec![ring[0]; m];
    for (i, &word) in outside.iter().enumerate() {
        for (j, &head) in outside.iter().enumerate() {
            smaller[i * m + j] = scores[word * n + head];
        }
        let best = |a: f64, b: f64| a > b;
        let mut out = ring[0];
        for &node in &ring {
            if best(scores[word * n + node], scores[word * n + out]) {
                out = node;
            }
        }
        leaves[i] = out;
        smaller[i * m + m - 1] = scores[word * n + out];
        let gain = |node: usize| scores[node * n + word] - scores[node * n + heads[node]];
        let mut into = ring[0];
        for &node in &ring {
            if best(gain(node), gain(into)) {
                into = node;
            }
        }
        enters[i] = into;
        smaller[(m - 1) * m + i] = gain(into);
    }
    let contracted = best_tree(&smaller, m);
    for (i, &word) in outside.iter().enumerate().skip(1) {
        heads[word] = if contracted[i] == m - 1 { leaves[i] } else { outside[contracted[i]] };
    }
    let from = contracted[m - 1];
    heads[enters[from]] = outside[from];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every assignment of heads, tried one by one.
    fn by_force(scores: &[f32], words: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for mut code in 0..(words + 1).pow(words as u32) {
            let mut heads = vec![0; words + 1];
            for head in &mut heads[1..] {
                *head = code % (words + 1);
                code /= words + 1;
            }
            if (1..=words).all(|w| heads[w] != w) && is_tree(&heads) {
                best = best.max(total(scores, words, &heads[1..]));
            }
        }
        best
    }

    fn total(scores: &[f32], words: usize, heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(w, h)| scores[w * (words + 1) + h]).sum()
    }

    #[test]
    fn the_best_tree_is_found_for_random_scores() {
        let mut state = 1_u32;
        for words in 1..=5 {
            for _ in 0..150 {
                let scores: Vec<f32> = (0..words * (words + 1))
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        (state >> 16) as f32 % 100.0
                    })
                    .collect();
                let heads = decode(&scores, words);
                let nodes: Vec<usize> = heads.iter().map(|h| h.map_or(0, |h| h + 1)).collect();
                let all: Vec<usize> = [0].into_iter().chain(nodes.iter().copied()).collect();
                assert!(is_tree(&all), "{words} {scores:?} {heads:?}");
                assert_eq!(total(&scores, words, &nodes), by_force(&scores, words), "{words} {scores:?}");
            }
        }
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let heads = decode(&[bad; 12], 3);
            assert_eq!(heads.iter().filter(|h| h.is_none()).count(), 1);
        }
        assert!(decode(&[], 0).is_empty());
    }
}
