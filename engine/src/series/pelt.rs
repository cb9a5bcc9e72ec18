//! Finds the weeks in which a rate changed its level: PELT over weekly counts.

use crate::series::estimate::Cell;

/// No stretch between two changes is shorter than this many weeks: shorter ones are bursts, not levels.
const SHORTEST: usize = 4;

/// The first week of each new level, ascending; empty where one level fits all.
///
/// Minimises Σ over stretches of [−2·ℓ/φ] + β per change, with ℓ the binomial log-likelihood of a stretch at its own
/// rate, by the exact search of Killick, Fearnhead and Eckley (2012, *JASA* 107:1590), which is linear in the weeks where
/// changes keep coming as the series grows and quadratic at worst. Weeks vary more than binomial draws do; φ, the
/// dispersion, is the mean squared standardised difference of weeks that follow each other, which changes of level hardly
/// touch, and at least 1. β = 4·ln(weeks): the 3·ln(weeks) of Zhang and Siegmund (2007, *Biometrics* 63:22) found a change in one
/// of nine series whose weeks were shuffled (`eval momentum`), since a week's dispersion is itself uneven; 4 does in one of thirty.
pub fn change_points(cells: &[Cell]) -> Vec<usize> {
    let weeks = cells.len();
    if weeks < 2 * SHORTEST {
        return Vec::new();
    }
    let mut sums = vec![(0.0, 0.0)];
    for cell in cells {
        let (c, n) = sums[sums.len() - 1];
        sums.push((c + f64::from(cell.c), n + f64::from(cell.n)));
    }
    let dispersion = dispersion(cells);
    let cost = |from: usize, to: usize| {
        let (c, n) = (sums[to].0 - sums[from].0, sums[to].1 - sums[from].1);
        deviance(c, n) / dispersion
    };
    let penalty = 4.0 * (weeks as f64).ln();

    // best[t]: the least total for the first t weeks; last[t]: where its last stretch begins.
    let mut best = vec![f64::INFINITY; weeks + 1];
    let mut last = vec![0; weeks + 1];
    best[0] = -penalty;
    // Each beginning with the week from which it is out of the race.
    let mut candidates: Vec<(usize, usize)> = vec![(0, usize::MAX)];
    for to in SHORTEST..=weeks {
        candidates.retain(|(_, out)| *out > to);
        for (from, _) in &candidates {
            let total = best[*from] + cost(*from, to) + penalty;
            if total < best[to] {
                (best[to], last[to]) = (total, *from);
            }
        }
        for (from, out) in &mut candidates {
            // Already worse without any penalty than a change here: once a stretch that begins here is long enough, this
            // beginning can never be the best again.
            if *out == usize::MAX && best[*from] + cost(*from, to) > best[to] {
                *out = to + SHORTEST;
            }
        }
        let next = to + 1 - SHORTEST;
        if next >= SHORTEST {
            candidates.push((next, usize::MAX));
        }
    }

    let mut changes = Vec::new();
    let mut at = last[weeks];
    while at > 0 {
        changes.push(at);
        at = last[at];
    }
    changes.reverse();
    changes
}

/// −2·ℓ of `c` in `n` at the rate c/n.
fn deviance(c: f64, n: f64) -> f64 {
    let term = |k: f64| if k > 0.0 { k * (k / n).ln() } else { 0.0 };
    -2.0 * (term(c) + term(n - c))
}

/// How much more weeks differ from their neighbours than binomial draws at a common rate would.
fn dispersion(cells: &[Cell]) -> f64 {
    let full: Vec<(f64, f64)> =
        cells.iter().filter(|cell| cell.n > 0).map(|cell| (f64::from(cell.c), f64::from(cell.n))).collect();
    let mut sum = 0.0;
    let mut pairs = 0.0;
    for pair in full.windows(2) {
        let ((c, n), (d, m)) = (pair[0], pair[1]);
        let p = (c + d + 0.5) / (n + m + 1.0);
        let difference = c / n - d / m;
        sum += difference * difference / (p * (1.0 - p) * (1.0 / n + 1.0 / m));
        pairs += 1.0;
    }
    if pairs > 0.0 { f64::max(sum / pairs, 1.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn levels_are_found_and_flatness_is_left_alone() {
        let level = |c| vec![Cell { c, n: 10 }; 20];
        assert_eq!(change_points(&[level(8), level(2), level(9)].concat()), [20, 40]);
        assert!(change_points(&level(5)).is_empty());
        assert!(change_points(&[]).is_empty());
        assert!(change_points(&vec![Cell::default(); 300]).is_empty());
        let mut burst = level(9);
        burst[10].c = 0;
        assert!(change_points(&burst).is_empty(), "one week is a burst");
    }

    /// The same minimum by trying every beginning: pruning must not lose it.
    fn exhaustive(cells: &[Cell]) -> f64 {
        let dispersion = dispersion(cells);
        let penalty = 4.0 * (cells.len() as f64).ln();
        let mut best = vec![f64::INFINITY; cells.len() + 1];
        best[0] = -penalty;
        for to in SHORTEST..=cells.len() {
            for from in 0..=to - SHORTEST {
                best[to] = best[to].min(best[from] + cost(cells, from, to, dispersion) + penalty);
            }
        }
        best[cells.len()]
    }

    fn cost(cells: &[Cell], from: usize, to: usize, dispersion: f64) -> f64 {
        let sum = |f: fn(&Cell) -> u32| cells[from..to].iter().map(f).sum::<u32>();
        deviance(f64::from(sum(|c| c.c)), f64::from(sum(|c| c.n))) / dispersion
    }

    proptest! {
        #[test]
        fn pruning_loses_nothing(drawn in prop::collection::vec((0..12u32, 0..12u32), 8..60)) {
            let cells: Vec<Cell> = drawn.iter().map(|(c, k)| Cell { c: *c, n: c + k }).collect();
            let changes = change_points(&cells);
            let dispersion = dispersion(&cells);
            let mut edges = vec![0];
            edges.extend(&changes);
            edges.push(cells.len());
            let total: f64 = edges.windows(2).map(|e| cost(&cells, e[0], e[1], dispersion)).sum();
            let total = total + changes.len() as f64 * 4.0 * (cells.len() as f64).ln();
            prop_assert!((total - exhaustive(&cells)).abs() < 1e-6, "{total} {}", exhaustive(&cells));
            prop_assert!(edges.windows(2).all(|e| e[1] - e[0] >= SHORTEST));
        }
    }
}
