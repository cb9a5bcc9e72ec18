//! Turns numbers into SVG that is drawn on the server: no script, and the words beside it say the same.

use demarche_engine::series::{Axis, Change};
use maud::{Markup, PreEscaped, html};

use crate::picture::Look;
use crate::telling;

/// How far a scale may run on both sides of no change, with what its ends and the middles of its halves are called.
const SCALES: [Scale; 3] = [
    Scale { reach: 4.0, words: ["¼", "½", "×1", "2", "4"] },
    Scale { reach: 16.0, words: ["1/16", "¼", "×1", "4", "16"] },
    Scale { reach: 256.0, words: ["1/256", "1/16", "×1", "16", "256"] },
];
const WIDTH: f64 = 320.0;
/// Room at both ends for the numbers.
const MARGIN: f64 = 16.0;

/// A logarithmic scale of odds ratios.
#[derive(Clone, Copy)]
struct Scale {
    reach: f64,
    words: [&'static str; 5],
}

/// An odds ratio with its interval on a logarithmic scale.
pub(crate) fn interval(change: &Change) -> Markup {
    let label =
        format!("odds ratio {:.2}, between {:.2} and {:.2}", change.odds_ratio, change.low, change.high);
    html! {
        svg .interval viewBox={ "0 0 " (WIDTH) " 46" } role="img" aria-label=(label) { (scale(change)) }
    }
}

/// Units of an axis in a file, and above the first one.
const ROW: f64 = 84.0;
const HEAD: f64 = 64.0;

/// Plain in light and dark; no fonts, scripts or files from anywhere.
const STYLE: &str = "svg{font:12px system-ui,sans-serif;color:#1b1f24;background:#fff}text{fill:currentColor}\
    .title{font-size:16px;font-weight:600}.soft{opacity:.72}.grid{stroke:currentColor;opacity:.15}\
    .one{stroke:currentColor;opacity:.7;stroke-dasharray:3 3}.range{stroke:currentColor;stroke-width:2;fill:none}\
    .point{fill:currentColor}@media(prefers-color-scheme:dark){svg{color:#e6e8eb;background:#14171b}}";

/// The same for a picture, which knows no darkness; the font is that of pictures.
const PRINTED: &str = "text{font-size:12px;font-family:'DejaVu Sans Condensed';fill:#1b1f24}.title{font-size:16px}.soft{opacity:.72}\
    .grid{stroke:#1b1f24;opacity:.15}.one{stroke:#1b1f24;opacity:.7;stroke-dasharray:3 3}\
    .range{stroke:#1b1f24;stroke-width:2;fill:none}.point{fill:#1b1f24}";

/// Axes as a file that is whole in itself; `about` says of whom and when. What cannot be judged is said in words.
pub(crate) fn drawn(axes: &[(&str, &Axis)], about: &str, look: Look) -> Markup {
    let (width, height) = (1.5 * WIDTH, HEAD + ROW * axes.len() as f64);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height)
            role="img" aria-label={ "Odds ratios, " (about) } {
            style { (PreEscaped(if look == Look::Screen { STYLE } else { PRINTED })) }
            @if look == Look::Picture { rect width=(width) height=(height) fill="#fff" {} }
            text .title x=(MARGIN) y="24" { "Change of odds" }
            text .soft x=(MARGIN) y="44" { (about) }
            @for (i, (name, axis)) in axes.iter().enumerate() {
                @let y = HEAD + ROW * i as f64;
                text x=(MARGIN) y=(y + 12.0) { (name) ": " (telling::found_words(axis)) }
                @if let Some(change) = &axis.change {
                    g transform={ "translate(0 " (y + 22.0) ")" } { (scale(change)) }
                }
            }
        }
    }
}

/// The scale with an odds ratio on it.
fn scale(change: &Change) -> Markup {
    let scale = Scale::for_ratio(change.odds_ratio);
    let (low, middle, high) = (scale.at(change.low), scale.at(change.odds_ratio), scale.at(change.high));
    html! {
        @for (power, words) in [-1.0, -0.5, 0.0, 0.5, 1.0].into_iter().zip(scale.words) {
            @let x = scale.at(scale.reach.powf(power));
            line .grid x1=(x) x2=(x) y1="2" y2="30" {}
            text x=(x) y="43" text-anchor="middle" { (words) }
        }
        line .one x1=(scale.at(1.0)) x2=(scale.at(1.0)) y1="0" y2="32" {}
        line .range x1=(low) x2=(high) y1="16" y2="16" {}
        @for (end, cut) in [(low, change.low < 1.0 / scale.reach), (high, change.high > scale.reach)] {
            // An end that lies beyond the scale is an arrow.
            @if cut { path .range d=(arrow(end)) {} } @else { line .range x1=(end) x2=(end) y1="11" y2="21" {} }
        }
        circle .point cx=(middle) cy="16" r="5" {}
    }
}

/// The head of an arrow that points outwards.
fn arrow(end: f64) -> String {
    let back = if end < WIDTH / 2.0 { end + 6.0 } else { end - 6.0 };
    format!("M{back} 10L{end} 16L{back} 22")
}

impl Scale {
    /// The shortest one that the ratio itself lies on; the ends of its interval may lie beyond.
    fn for_ratio(ratio: f64) -> Self {
        let [short, middle, long] = SCALES;
        let holds = |scale: &Self| (1.0 / scale.reach..=scale.reach).contains(&ratio);
        [short, middle].into_iter().find(holds).unwrap_or(long)
    }

    /// Where a ratio lies across the chart, to a tenth of a unit.
    fn at(self, ratio: f64) -> f64 {
        let share = (ratio.max(1e-9).ln() / self.reach.ln()).clamp(-1.0, 1.0);
        let x = WIDTH / 2.0 + share * (WIDTH / 2.0 - MARGIN);
        (x * 10.0).round() / 10.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_logarithmic_and_ends() {
        let scale = Scale::for_ratio(3.0);
        assert_eq!(scale.at(1.0), WIDTH / 2.0);
        assert_eq!(scale.at(0.0), MARGIN);
        assert_eq!(scale.at(1e9), WIDTH - MARGIN);
        assert!((scale.at(2.0) - WIDTH / 2.0 - (WIDTH / 2.0 - MARGIN) / 2.0).abs() < 0.1);
    }

    #[test]
    fn the_scale_holds_the_ratio() {
        for (ratio, reach) in
            [(1.0, 4.0), (0.25, 4.0), (0.2, 16.0), (12.0, 16.0), (100.0, 256.0), (1e6, 256.0)]
        {
            assert_eq!(Scale::for_ratio(ratio).reach, reach, "{ratio}");
        }
    }
}
