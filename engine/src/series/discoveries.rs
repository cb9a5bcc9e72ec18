//! Corrects many tests at once: p-values in, the share of false discoveries that accepting each would bring out.

/// The adjusted p-values of Benjamini and Hochberg (1995), in the order of the input: accepting all that lie at or below α
/// keeps the expected share of false discoveries at or below α.
pub fn false_discovery_rates(p_values: &[f64]) -> Vec<f64> {
    let tests = p_values.len();
    let mut order: Vec<usize> = (0..tests).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut adjusted = vec![1.0; tests];
    let mut lowest: f64 = 1.0;
    for (rank, at) in order.into_iter().enumerate().rev() {
        lowest = lowest.min(p_values[at] * tests as f64 / (rank + 1) as f64);
        adjusted[at] = lowest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example_of_the_paper() {
        // Benjamini and Hochberg (1995), section 2.3: fifteen p-values, of which the procedure rejects four at 0.05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = false_discovery_rates(&p);
        assert_eq!(adjusted.iter().filter(|q| **q <= 0.05).count(), 4);
        assert!((adjusted[3] - 0.0095 * 15.0 / 4.0).abs() < 1e-15);
        assert!(adjusted.is_sorted());
        assert!(false_discovery_rates(&[]).is_empty());
        let backwards: Vec<f64> = p.iter().rev().copied().collect();
        let again: Vec<f64> = false_discovery_rates(&backwards).into_iter().rev().collect();
        assert_eq!(again, adjusted);
    }
}
