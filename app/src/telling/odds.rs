//! Turns the numbers of an axis into words: odds ratios with their intervals, probabilities, rates.

use demarche_engine::series::{Axis, Change, Finding};

/// `×0.24 (0.07–0.75)`.
pub(crate) fn odds_words(change: &Change) -> String {
    format!("×{} ({}–{})", ratio(change.odds_ratio), ratio(change.low), ratio(change.high))
}

/// `The odds are 0.24 times what they were; with 95 % confidence the factor lies between 0.07 and 0.75.`
pub(crate) fn odds_sentence(change: &Change, level: f64) -> String {
    format!(
        "The odds are {} times what they were; with {:.0} % confidence the factor lies between {} and {}.",
        ratio(change.odds_ratio),
        level * 100.0,
        ratio(change.low),
        ratio(change.high)
    )
}

/// What an axis shows, in words.
pub(crate) fn found_words(axis: &Axis) -> &'static str {
    match (axis.change, axis.finding) {
        (None, _) => "cannot be judged",
        (Some(_), Finding::Up) => "up",
        (Some(_), Finding::Down) => "down",
        (Some(_), _) => "no clear change",
    }
}

/// A probability to two places, or `<0.001`.
pub(crate) fn probability_words(p: f64) -> String {
    match p {
        p if p < 0.001 => "<0.001".to_owned(),
        p if p < 0.0995 => format!("{p:.3}"),
        p => format!("{p:.2}"),
    }
}

/// Two places, or none where there are hundreds; never a zero where there is something.
fn ratio(value: f64) -> String {
    match value {
        v if v >= 99.5 => format!("{v:.0}"),
        v if v >= 0.005 => format!("{v:.2}"),
        _ => "<0.01".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_exact_as_they_matter() {
        for (value, words) in [(0.2361, "0.24"), (23.37, "23.37"), (1234.5, "1234"), (0.001, "<0.01")] {
            assert_eq!(ratio(value), words);
        }
        for (p, words) in [(0.0000001, "<0.001"), (0.0123, "0.012"), (0.0999, "0.10"), (0.5, "0.50")] {
            assert_eq!(probability_words(p), words);
        }
    }
}
