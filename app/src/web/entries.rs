//! Turns a page of events into a list with what leads to the next page.

use demarche_record::Entry;
use maud::{Markup, html};

use crate::telling;
use crate::web::address::{asking, event_at};
use crate::web::layout::facts;

/// The events, and where the next ones are: `path` with what was `asked` and the key `next` that this page ends with.
pub(crate) fn list(events: &[Entry], next: Option<&str>, path: &str, asked: &[(&str, &str)]) -> Markup {
    html! {
        ol .list .two { @for entry in events { li data-row { (one(entry)) } } }
        @if let Some(key) = next {
            @let asked: Vec<(&str, &str)> = asked.iter().copied().chain([("after", key)]).collect();
            p { a .further rel="next" href=(asking(path, &asked)) { "Earlier events" } }
        }
    }
}

/// An event in a list, whoever coded it.
pub(crate) fn one(entry: &Entry) -> Markup {
    let parties = telling::entry_parties(entry);
    let kind = entry.kind.map(|kind| telling::plain(&kind)).unwrap_or_default();
    let mut line = vec![telling::date_words(entry.date), kind];
    line.extend(telling::entry_coding(entry).into_iter().filter(|part| part != "current"));
    line.push(telling::issues_words(&entry.issues));
    line.push(telling::outlets_words(&entry.outlets));
    html! {
        a .title href=(event_at(&entry.id)) { (parties) }
        (facts(&line))
        @if let Some(sentence) = &entry.sentence { p .sentence { (sentence) } }
    }
}
