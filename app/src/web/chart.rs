//! Turns numbers into SVG that is drawn on the server: no script, and the words beside it say the same.

use demarche_engine::series::Change;
use maud::{Markup, html};

/// The scale runs from a quarter to four times the odds.
const REACH: f64 = 4.0;
const WIDTH: f64 = 320.0;
/// Room at both ends for the numbers.
const MARGIN: f64 = 14.0;

/// An odds ratio with its interval on a logarithmic scale.
pub(crate) fn interval(change: &Change) -> Markup {
    let (low, middle, high) = (at(change.low), at(change.odds_ratio), at(change.high));
    let label =
        format!("odds ratio {:.2}, between {:.2} and {:.2}", change.odds_ratio, change.low, change.high);
    html! {
        svg .interval viewBox={ "0 0 " (WIDTH) " 46" } role="img" aria-label=(label) {
            @for (value, words) in [(0.25, "¼"), (0.5, "½"), (1.0, "×1"), (2.0, "2"), (4.0, "4")] {
                line .grid x1=(at(value)) x2=(at(value)) y1="2" y2="30" {}
                text x=(at(value)) y="43" text-anchor="middle" { (words) }
            }
            line .one x1=(at(1.0)) x2=(at(1.0)) y1="0" y2="32" {}
            line .range x1=(low) x2=(high) y1="16" y2="16" {}
            @for (end, cut) in [(low, change.low < 1.0 / REACH), (high, change.high > REACH)] {
                // An end that lies beyond the scale is an arrow.
                @if cut { path .range d=(arrow(end)) {} } @else { line .range x1=(end) x2=(end) y1="11" y2="21" {} }
            }
            circle .point cx=(middle) cy="16" r="5" {}
        }
    }
}

/// The head of an arrow that points outwards.
fn arrow(end: f64) -> String {
    let back = if end < WIDTH / 2.0 { end + 6.0 } else { end - 6.0 };
    format!("M{back} 10L{end} 16L{back} 22")
}

/// Where a ratio lies across the chart, to a tenth of a unit.
fn at(ratio: f64) -> f64 {
    let share = (ratio.max(1e-9).ln() / REACH.ln()).clamp(-1.0, 1.0);
    let x = WIDTH / 2.0 + share * (WIDTH / 2.0 - MARGIN);
    (x * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_logarithmic_and_ends() {
        assert_eq!(at(1.0), WIDTH / 2.0);
        assert_eq!(at(0.0), MARGIN);
        assert_eq!(at(1e9), WIDTH - MARGIN);
        assert!((at(2.0) - WIDTH / 2.0 - (WIDTH / 2.0 - MARGIN) / 2.0).abs() < 0.1);
    }
}
