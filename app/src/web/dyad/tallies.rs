//! `/d/PAK-USA/issues`, `/d/PAK-USA/people`: what the events between two states are about and who takes part, with how often.

use demarche_record::Frequency;
use maud::{Markup, html};

use crate::telling::{self, day_words};
use crate::web::address::{issue_at, person_at};
use crate::web::dyad::pair::Pair;
use crate::web::query::Query;

/// A table of them; each number leads to its events. `facet` is what the lists call the first column.
pub(crate) fn table(pair: &Pair, tallies: &[Frequency], facet: &str, query: &Query) -> Markup {
    let people = facet == "actor";
    let days = query.only(|name| ["since", "until"].contains(&name));
    let cell = |tally: &Frequency, tab: &str, n: usize| {
        let at = format!("{}{}", pair.at(tab), days.with(facet, tally.of.as_str()));
        html! { td { @if n > 0 { a href=(at) { (n) } } @else { span .none { "0" } } } }
    };
    html! {
        div .scroll tabindex="0" role="region" aria-label="The list" {
            table .grid-table {
                thead { tr {
                    th scope="col" { (if people { "Who" } else { "Issue" }) }
                    th scope="col" { "Contacts" } th scope="col" { "Statements" } th scope="col" { "Actions" } th scope="col" { "All" }
                    th scope="col" { "Last" }
                } }
                tbody {
                    @for tally in tallies {
                        tr data-row {
                            th scope="row" {
                                @if people {
                                    a href=(person_at(&tally.of)) { (tally.of) }
                                    span .facts { @for (i, part) in tally.state.iter().chain(&tally.post).enumerate() { (if i > 0 { " · " } else { " " }) (part) } }
                                } @else { a href=(issue_at(&tally.of)) { (telling::issue_words(&tally.of)) } }
                            }
                            (cell(tally, "contacts", tally.contacts)) (cell(tally, "statements", tally.statements))
                            (cell(tally, "actions", tally.actions)) (cell(tally, "events", tally.all()))
                            td { (tally.last.map(day_words).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}
