//! Turns the part of an address that names two states into the pair, its names and the addresses of its pages.

use demarche_engine::series::Dyad;
use maud::{Markup, html};
use serde::Serialize;

use crate::telling::States;
use crate::web::query::Query;
use crate::web::reply::Reply;
use crate::web::state::Named;

/// Two states in the alphabetical order of their codes.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Pair(pub(crate) [Named; 2]);

/// The pages about a pair: the last part of the address, and what a reader calls it.
pub(crate) const TABS: [(&str, &str); 7] = [
    ("", "Overview"),
    ("contacts", "Contacts"),
    ("statements", "Statements"),
    ("actions", "Actions"),
    ("events", "All events"),
    ("issues", "Issues"),
    ("people", "People"),
];

impl Pair {
    /// The pair that two words mean, or why there is none.
    pub(crate) fn find(states: &States, a: &str, b: &str) -> Result<Self, Box<Reply>> {
        let find = |words: &str| {
            let found = states.find(words);
            found.map_err(|fault| Box::new(Reply::missing("No such state", fault.to_string())))
        };
        let (a, b) = (find(a)?, find(b)?);
        if a == b {
            let words = format!("Both are {}. Name two different states.", states.name(a));
            return Err(Box::new(Reply::missing("That is one state", words)));
        }
        Ok(Self([Named::of(states, a.min(b)), Named::of(states, a.max(b))]))
    }

    /// The pair of `PAK-USA`.
    pub(crate) fn of(states: &States, address: &str) -> Result<Self, Box<Reply>> {
        let Some((a, b)) = address.split_once('-') else {
            let words = "An address such as /d/PAK-USA names two.";
            return Err(Box::new(Reply::missing("That is no pair of states", words)));
        };
        Self::find(states, a, b)
    }

    /// Their codes.
    pub(crate) fn codes(&self) -> [&str; 2] {
        [&self.0[0].code, &self.0[1].code]
    }

    /// As the engine has it; none where it does not know a state.
    pub(crate) fn dyad(&self) -> Option<Dyad> {
        let [a, b] = self.codes();
        Dyad::new(a.parse().ok()?, b.parse().ok()?)
    }

    /// `PAK-USA`.
    pub(crate) fn slug(&self) -> String {
        self.codes().join("-")
    }

    /// `Pakistan – United States`.
    pub(crate) fn title(&self) -> String {
        format!("{} – {}", self.0[0].name, self.0[1].name)
    }

    /// The address of the page, or of one of its tabs.
    pub(crate) fn at(&self, tab: &str) -> String {
        match tab {
            "" => format!("/d/{}", self.slug()),
            tab => format!("/d/{}/{tab}", self.slug()),
        }
    }

    /// Links to all tabs, for the days and the origin of this query.
    pub(crate) fn tabs(&self, current: &str, query: &Query) -> Markup {
        let query = query.only(|name| ["from", "since", "until"].contains(&name));
        html! {
            nav .tabs aria-label="About these two states" {
                @for (tab, words) in TABS {
                    @let current = if tab == current { Some("page") } else { None };
                    a href={ (self.at(tab)) (query) } aria-current=[current] { (words) }
                }
            }
        }
    }
}
