//! Turns ties into a graph: width says how many events, a dash that most of them are conflictual, so that no colour has to.

use std::collections::BTreeMap;

use maud::{Markup, PreEscaped, html};

use super::places::places;
use super::{Leaning, Tie, states};
use crate::picture::Look;
use crate::telling;
use crate::web::address::{pair_at, state_at};
use crate::web::server::Shared;

const WIDTH: f64 = 940.0;
const HEIGHT: f64 = 600.0;
/// Room around the outermost states.
const MARGIN: f64 = 34.0;

/// Room above the graph in a file, for its title and what the lines mean.
const HEAD: f64 = 84.0;

/// Plain in light and dark; no fonts, scripts or files from anywhere.
const STYLE: &str = "svg{font:12px system-ui,sans-serif;color:#1b1f24;background:#fff;--for:#1c7a5a;--against:#b1402f;--paper:#fff}\
    text{fill:currentColor}.title{font-size:17px;font-weight:600}.soft{opacity:.72}\
    .tie{stroke:#5a6675;stroke-dasharray:1 5;stroke-linecap:round}.tie.for{stroke:var(--for);stroke-dasharray:none}\
    .tie.against{stroke:var(--against);stroke-dasharray:9 7;stroke-linecap:butt}.node{fill:var(--paper);stroke:currentColor;stroke-width:1.5}\
    .code{font-weight:600;text-anchor:middle}\
    @media(prefers-color-scheme:dark){svg{color:#e6e8eb;background:#14171b;--for:#5cc79d;--against:#f0907e;--paper:#14171b}}";

/// The same for a picture, which knows no variables and no darkness; the font is that of pictures.
const PRINTED: &str = "text{font-size:12px;font-family:'DejaVu Sans Condensed';fill:#1b1f24}.title{font-size:16px}.soft{opacity:.72}\
    .tie{stroke:#5a6675;stroke-dasharray:1 5;stroke-linecap:round}.tie.for{stroke:#1c7a5a;stroke-dasharray:none}\
    .tie.against{stroke:#b1402f;stroke-dasharray:9 7;stroke-linecap:butt}.node{fill:#fff;stroke:#1b1f24;stroke-width:1.5}\
    .code{text-anchor:middle}";

/// The graph as a file that is whole in itself; `about` says of which days and by whom.
pub(super) fn drawn(shared: &Shared, ties: &[Tie], about: &str, look: Look) -> Markup {
    let laid = Laid::of(ties);
    let height = HEIGHT + HEAD;
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height)
            role="img" aria-label={ "Who dealt with whom, " (about) } {
            style { (PreEscaped(if look == Look::Screen { STYLE } else { PRINTED })) }
            @if look == Look::Picture { rect width=(WIDTH) height=(height) fill="#fff" {} }
            text .title x="20" y="30" { "Who dealt with whom" }
            text .soft x="20" y="50" { (about) }
            @for (i, leaning) in [Leaning::Cooperative, Leaning::Conflictual, Leaning::Neither].into_iter().enumerate() {
                @let x = 20.0 + 190.0 * i as f64;
                line class=(class(leaning)) x1=(x) x2=(x + 42.0) y1="70" y2="70" stroke-width="3" {}
                text .soft x=(x + 50.0) y="74" { (leaning.words()) }
            }
            text .soft x="590" y="74" { "the wider, the more events" }
            g transform={ "translate(0 " (HEAD) ")" } {
                @for (tie, (from, to, width)) in ties.iter().zip(&laid.lines).rev() {
                    line class=(class(tie.leaning())) x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) stroke-width=(width) {
                        title { (shared.states.name(&tie.a)) " – " (shared.states.name(&tie.b)) ": " (telling::count(tie.events, "event")) }
                    }
                }
                @for (state, _, (x, y), radius) in &laid.nodes {
                    circle .node cx=(x) cy=(y) r=(radius) { title { (shared.states.name(state)) } }
                    text .code x=(x) y=(tenth(y + 4.5)) { (state) }
                }
            }
        }
    }
}

/// Across and down.
type Place = (f64, f64);

/// Ties and states with their places.
struct Laid {
    /// From where to where each tie leads, and how wide.
    lines: Vec<(Place, Place, f64)>,
    /// Each state, its events, its place, its radius.
    nodes: Vec<(String, usize, Place, f64)>,
}

impl Laid {
    fn of(ties: &[Tie]) -> Self {
        let states = states(ties);
        let number: BTreeMap<&str, usize> =
            states.iter().enumerate().map(|(i, (state, _))| (*state, i)).collect();
        let most = ties.iter().map(|tie| tie.events).max().unwrap_or(1) as f64;
        let busiest = states.first().map_or(1, |(_, events)| *events) as f64;
        let pull = |tie: &Tie| (tie.events as f64 / most).sqrt();
        // Every state of a tie has a number.
        let ends = |tie: &Tie| (number[tie.a.as_str()], number[tie.b.as_str()]);
        let pulls: Vec<(usize, usize, f64)> =
            ties.iter().map(|tie| (ends(tie).0, ends(tie).1, pull(tie))).collect();
        let at = places(states.len(), &pulls, WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
        let place = |i: usize| (tenth(at[i].0 + MARGIN), tenth(at[i].1 + MARGIN));
        let radius = |events: usize| tenth(15.0 + 12.0 * (events as f64 / busiest).sqrt());
        Self {
            lines: pulls.iter().map(|&(a, b, pull)| (place(a), place(b), tenth(1.2 + 7.0 * pull))).collect(),
            nodes: states
                .iter()
                .enumerate()
                .map(|(i, (state, events))| ((*state).to_owned(), *events, place(i), radius(*events)))
                .collect(),
        }
    }
}

/// The graph on a page, where ties and states lead to theirs.
pub(super) fn graph(shared: &Shared, ties: &[Tie]) -> Markup {
    let laid = Laid::of(ties);
    html! {
        (legend())
        div .scroll .graph tabindex="0" role="region" aria-label="Graph of the states; the table below says the same" {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label="States and their ties" {
                // The thin ones first, so that the wide ones lie on top.
                @for (tie, (from, to, width)) in ties.iter().zip(&laid.lines).rev() {
                    a href=(pair_at(&tie.a, &tie.b)) tabindex="-1" {
                        title {
                            (shared.states.name(&tie.a)) " – " (shared.states.name(&tie.b)) ": " (telling::count(tie.events, "event"))
                            ", " (tie.cooperative) " cooperative, " (tie.conflictual) " conflictual"
                        }
                        line class=(class(tie.leaning())) x1=(from.0) y1=(from.1) x2=(to.0) y2=(to.1) stroke-width=(width) {}
                    }
                }
                @for (state, events, (x, y), radius) in &laid.nodes {
                    a .state href=(state_at(state)) {
                        title { (shared.states.name(state)) ": " (telling::count(*events, "event")) }
                        circle cx=(x) cy=(y) r=(radius) {}
                        text x=(x) y=(tenth(y + 4.5)) text-anchor="middle" { (state) }
                    }
                }
            }
        }
    }
}

/// What the lines mean, each drawn.
fn legend() -> Markup {
    html! {
        ul .legend {
            @for leaning in [Leaning::Cooperative, Leaning::Conflictual, Leaning::Neither] {
                li {
                    svg .sample viewBox="0 0 44 8" aria-hidden="true" { line class=(class(leaning)) x1="1" x2="43" y1="4" y2="4" stroke-width="3" {} }
                    " " (leaning.words())
                }
            }
            li { "the wider, the more events" }
        }
    }
}

fn class(leaning: Leaning) -> &'static str {
    match leaning {
        Leaning::Cooperative => "tie for",
        Leaning::Conflictual => "tie against",
        Leaning::Neither => "tie",
    }
}

fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
