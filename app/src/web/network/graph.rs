//! Turns ties into a graph: width says how many events, a dash that most of them are conflictual, so that no colour has to.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::places::places;
use super::{Leaning, Tie, states};
use crate::telling;
use crate::web::address::{pair_at, state_at};
use crate::web::server::Shared;

const WIDTH: f64 = 940.0;
const HEIGHT: f64 = 600.0;
/// Room around the outermost states.
const MARGIN: f64 = 34.0;

pub(super) fn graph(shared: &Shared, ties: &[Tie]) -> Markup {
    let states = states(ties);
    let number: BTreeMap<&str, usize> =
        states.iter().enumerate().map(|(i, (state, _))| (*state, i)).collect();
    let most = ties.iter().map(|tie| tie.events).max().unwrap_or(1) as f64;
    let busiest = states.first().map_or(1, |(_, events)| *events) as f64;
    let pulls: Vec<(usize, usize, f64)> = ties
        .iter()
        .filter_map(|tie| {
            let (a, b) = (number.get(tie.a.as_str())?, number.get(tie.b.as_str())?);
            Some((*a, *b, (tie.events as f64 / most).sqrt()))
        })
        .collect();
    let at = places(states.len(), &pulls, WIDTH - 2.0 * MARGIN, HEIGHT - 2.0 * MARGIN);
    let place = |i: usize| (at[i].0 + MARGIN, at[i].1 + MARGIN);
    html! {
        (legend())
        div .scroll .graph tabindex="0" role="region" aria-label="Graph of the states; the table below says the same" {
            svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="group" aria-label="States and their ties" {
                // The thin ones first, so that the wide ones lie on top.
                @for (tie, (a, b, pull)) in ties.iter().zip(&pulls).rev() {
                    @let (from, to) = (place(*a), place(*b));
                    a href=(pair_at(&tie.a, &tie.b)) tabindex="-1" {
                        title {
                            (shared.states.name(&tie.a)) " – " (shared.states.name(&tie.b)) ": " (telling::count(tie.events, "event"))
                            ", " (tie.cooperative) " cooperative, " (tie.conflictual) " conflictual"
                        }
                        line class=(class(tie.leaning())) x1=(tenth(from.0)) y1=(tenth(from.1)) x2=(tenth(to.0)) y2=(tenth(to.1))
                            stroke-width=(tenth(1.2 + 7.0 * pull)) {}
                    }
                }
                @for (i, (state, events)) in states.iter().enumerate() {
                    @let (x, y) = place(i);
                    a .state href=(state_at(state)) {
                        title { (shared.states.name(state)) ": " (telling::count(*events, "event")) }
                        circle cx=(tenth(x)) cy=(tenth(y)) r=(tenth(15.0 + 12.0 * (*events as f64 / busiest).sqrt())) {}
                        text x=(tenth(x)) y=(tenth(y + 4.5)) text-anchor="middle" { (state) }
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
