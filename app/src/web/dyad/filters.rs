//! The forms by which a reader asks otherwise without writing an address: each sends its fields as a query.

use demarche_record::From;
use maud::{Markup, html};

use crate::web::query::Query;

/// How a field is filled in.
pub(crate) enum Field<'f> {
    /// Words.
    Words,
    /// The same several times: as often as there are values, and once more.
    Several,
    /// A day.
    Day,
    /// A number of days.
    Days,
    /// One of some values, each with what it is called; the first one stands for nothing asked.
    Choice(Vec<(&'f str, &'f str)>),
}

/// Whose codings can be asked for, the present one first.
pub(crate) fn origins<'o>(from: &From, datasets: &'o [String]) -> Vec<(&'o str, &'o str)> {
    let own = [("own", "what demarche read")].into_iter();
    let mut all: Vec<_> = own.chain(datasets.iter().map(|name| (name.as_str(), name.as_str()))).collect();
    all.sort_by_key(|(name, _)| *name != from.dataset().unwrap_or("own"));
    all
}

/// A form with these fields: name, label, and how each is filled in.
pub(crate) fn form(
    heading: &str,
    action: &str,
    query: &Query,
    open: bool,
    fields: &[(&str, &str, Field<'_>)],
) -> Markup {
    html! {
        details .filters open[open] {
            summary { (heading) }
            form action=(action) method="get" {
                @for (name, label, field) in fields { (one(name, label, field, query)) }
                p .buttons { button type="submit" { "Show" } " " a href=(action) { "Start anew" } }
            }
        }
    }
}

fn one(name: &str, label: &str, field: &Field<'_>, query: &Query) -> Markup {
    let value = query.get(name);
    html! {
        @match field {
            Field::Choice(choices) => label {
                span { (label) }
                select name=(name) {
                    @for (i, (own, words)) in choices.iter().enumerate() {
                        @let selected = value.map_or(i == 0, |value| value.eq_ignore_ascii_case(own));
                        option value=(own) selected[selected] { (words) }
                    }
                }
            },
            Field::Day => label { span { (label) } input type="date" name=(name) value=[value]; },
            Field::Days => label { span { (label) } input type="number" min="1" max="36525" name=(name) value=[value]; },
            Field::Words => label { span { (label) } input type="text" name=(name) value=[value] autocomplete="off"; },
            Field::Several => {
                @for value in query.all(name).map(Some).chain([None]) {
                    label { span { (label) } input type="text" name=(name) value=[value] autocomplete="off"; }
                }
            }
        }
    }
}
