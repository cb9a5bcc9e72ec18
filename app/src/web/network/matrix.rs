//! Turns ties into a matrix of the busiest states: how many events, and a sign for which way they lean.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{Leaning, Tie, states};
use crate::web::address::{pair_at, state_at};
use crate::web::server::Shared;

/// States with a row and a column.
const STATES: usize = 20;

pub(super) fn matrix(shared: &Shared, ties: &[Tie]) -> Markup {
    let all = states(ties);
    let shown: Vec<&str> = all.iter().take(STATES).map(|(state, _)| *state).collect();
    let tied: BTreeMap<(&str, &str), &Tie> =
        ties.iter().map(|tie| ((tie.a.as_str(), tie.b.as_str()), tie)).collect();
    html! {
        ul .legend { li { b { "+" } " mostly cooperative" } li { b { "−" } " mostly conflictual" } li { "no sign: neither" } }
        div .scroll tabindex="0" role="region" aria-label="Matrix of the states" {
            table .matrix {
                thead { tr { td {} @for state in &shown { th scope="col" { abbr title=(shared.states.name(state)) { (state) } } } } }
                tbody { @for row in &shown { tr {
                    th scope="row" { a href=(state_at(row)) { abbr title=(shared.states.name(row)) { (row) } } }
                    @for column in &shown {
                        @match tied.get(&(row.min(column), row.max(column))) {
                            Some(tie) => td class=[class(tie.leaning())] { a href=(pair_at(row, column)) { (tie.events) (sign(tie.leaning())) } },
                            None => td { @if row == column { span aria-label="the same state" { "·" } } },
                        }
                    }
                } } }
            }
        }
        @if all.len() > shown.len() { p .facts { "The " (STATES) " busiest of " (all.len()) " states." } }
    }
}

fn sign(leaning: Leaning) -> &'static str {
    match leaning {
        Leaning::Cooperative => " +",
        Leaning::Conflictual => " −",
        Leaning::Neither => "",
    }
}

fn class(leaning: Leaning) -> Option<&'static str> {
    match leaning {
        Leaning::Cooperative => Some("for"),
        Leaning::Conflictual => Some("against"),
        Leaning::Neither => None,
    }
}
