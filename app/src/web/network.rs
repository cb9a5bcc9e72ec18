//! `/network?since=&until=`: who dealt with whom in a period, as a graph drawn on the server or as a matrix, with a table beside.

mod graph;
mod matrix;
mod places;

use std::collections::BTreeMap;

use demarche_engine::series::{Dyad, Observation, Tone};
use demarche_record::{From, Record};
use jiff::ToSpan as _;
use jiff::civil::Date;
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::fault::Fault;
use crate::picture::{self, Look};
use crate::telling;
use crate::web::address::{asking, pair_at};
use crate::web::home::grouped;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::{table, tables};

/// Days that are shown where no first one is asked for.
const DAYS: i32 = 365;
/// Pairs that are drawn and listed; the data holds all.
const DRAWN: usize = 60;

/// Which period, by whose coding, in which view.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    since: String,
    #[serde(default)]
    until: String,
    /// A dataset; what demarche read itself, where it is empty.
    #[serde(default)]
    from: String,
    /// `matrix`, or empty for the graph.
    #[serde(default)]
    view: String,
}

/// What two states did in the period.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Tie {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) events: usize,
    pub(crate) cooperative: usize,
    pub(crate) conflictual: usize,
}

/// Which way most of what counts went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaning {
    Cooperative,
    Conflictual,
    /// As much of the one as of the other, or only words.
    Neither,
}

impl Tie {
    pub(crate) fn leaning(&self) -> Leaning {
        match self.cooperative.cmp(&self.conflictual) {
            std::cmp::Ordering::Greater => Leaning::Cooperative,
            std::cmp::Ordering::Less => Leaning::Conflictual,
            std::cmp::Ordering::Equal => Leaning::Neither,
        }
    }
}

impl Leaning {
    pub(crate) fn words(self) -> &'static str {
        match self {
            Leaning::Cooperative => "mostly cooperative",
            Leaning::Conflictual => "mostly conflictual",
            Leaning::Neither => "neither",
        }
    }
}

#[derive(Debug, Serialize)]
struct Network {
    since: Date,
    until: Date,
    dataset: Option<String>,
    /// Pairs with events that count, those with most first.
    ties: Vec<Tie>,
}

pub(crate) fn network(shared: &Shared, record: &Record, form: Form, asked: &Asked) -> Result<Reply, Fault> {
    let network = match Network::find(record, asked)? {
        Ok(network) => network,
        Err(refusal) => return Ok(*refusal),
    };
    let datasets = record.dataset_names()?;
    let data_at = address("/network.json", &network, "");
    Reply::found(form, "Network", data_at, &network, |network| {
        content(shared, network, &datasets, asked.view == "matrix")
    })
}

/// The graph as a file.
pub(crate) fn drawing(shared: &Shared, record: &Record, asked: &Asked, look: Look) -> Result<Reply, Fault> {
    let network = match Network::find(record, asked)? {
        Ok(network) => network,
        Err(refusal) => return Ok(*refusal),
    };
    let about = format!("{} to {}, {}", network.since, network.until, network.coded());
    let drawn = graph::drawn(shared, network.drawn(), &about, look).into_string();
    Ok(match look {
        Look::Screen => Reply::svg(drawn),
        Look::Picture => Reply::png(picture::png(&drawn)?),
    })
}

/// The pairs as a file, all of them.
pub(crate) fn table(record: &Record, asked: &Asked, part: &str) -> Result<Reply, Fault> {
    let Some(wanted) = table::Asked::of(part).filter(|wanted| wanted.name == "ties") else {
        return Ok(table::unknown(&["ties"]));
    };
    match Network::find(record, asked)? {
        Ok(network) => wanted.reply(&tables::TIES, &network.ties, "network"),
        Err(refusal) => Ok(*refusal),
    }
}

impl Network {
    /// What was asked for, or why it cannot be had.
    fn find(record: &Record, asked: &Asked) -> Result<Result<Self, Box<Reply>>, Fault> {
        let no = |reply| Ok(Err(Box::new(reply)));
        let day =
            |words: &str| Some(words).filter(|words| !words.is_empty()).map(str::parse::<Date>).transpose();
        let (Ok(since), Ok(until)) = (day(&asked.since), day(&asked.until)) else {
            return no(Reply::wrong("That is no day", "Write it as 2024-03-31."));
        };
        let datasets = record.dataset_names()?;
        if !asked.from.is_empty() && !datasets.contains(&asked.from) {
            let words = "The page /sources lists those that it holds.";
            return no(Reply::missing(format!("This record holds no dataset “{}”", asked.from), words));
        }
        let from = if asked.from.is_empty() { From::Own } else { From::Dataset(asked.from.clone()) };
        let last = match (until, &from) {
            (Some(until), _) => Some(until),
            (None, From::Dataset(_)) => record.span(&from)?.map(|(_, last)| last),
            (None, _) => record.last_day()?,
        };
        let Some(until) = last else {
            let words = "It holds no dated article. Name the days (since, until), or a dataset (from).";
            return no(Reply::missing("The record has no day to answer for", words));
        };
        let since = since.unwrap_or_else(|| until.saturating_sub(DAYS.days()));
        if since > until {
            return no(Reply::wrong(
                "That period ends before it begins",
                format!("{since} lies after {until}."),
            ));
        }
        let ties = ties(&record.observations_within(&from, since, until)?);
        Ok(Ok(Self { since, until, dataset: from.dataset().map(str::to_owned), ties }))
    }

    /// Those that are drawn and listed.
    fn drawn(&self) -> &[Tie] {
        &self.ties[..self.ties.len().min(DRAWN)]
    }

    /// By whom, in words.
    fn coded(&self) -> String {
        self.dataset.as_ref().map_or("by what was read".to_owned(), |name| format!("by what {name} coded"))
    }
}

/// The address of the same period, in a view.
fn address(path: &str, network: &Network, view: &str) -> String {
    let (since, until) = (network.since.to_string(), network.until.to_string());
    let from = network.dataset.as_deref().unwrap_or("");
    asking(path, &[("since", &since), ("until", &until), ("from", from), ("view", view)])
}

/// Counts what counts, pair by pair.
fn ties(observations: &[Observation]) -> Vec<Tie> {
    let mut pairs: BTreeMap<Dyad, Tie> = BTreeMap::new();
    for observation in observations {
        let Dyad { first, second } = observation.dyad;
        let tie = pairs.entry(observation.dyad).or_insert_with(|| Tie {
            a: first.as_str().to_owned(),
            b: second.as_str().to_owned(),
            events: 0,
            cooperative: 0,
            conflictual: 0,
        });
        tie.events += 1;
        match observation.code.tone() {
            Tone::Cooperative => tie.cooperative += 1,
            Tone::Conflictual => tie.conflictual += 1,
            Tone::Neither => {}
        }
    }
    let mut ties: Vec<Tie> = pairs.into_values().collect();
    // Sorting is stable: pairs with as many events stay in the order of the alphabet.
    ties.sort_by_key(|tie| std::cmp::Reverse(tie.events));
    ties
}

/// The states of some pairs with the events of each, the busiest first.
fn states(ties: &[Tie]) -> Vec<(&str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for tie in ties {
        for state in [&tie.a, &tie.b] {
            *counts.entry(state).or_default() += tie.events;
        }
    }
    let mut states: Vec<(&str, usize)> = counts.into_iter().collect();
    states.sort_by_key(|(_, events)| std::cmp::Reverse(*events));
    states
}

fn content(shared: &Shared, network: &Network, datasets: &[String], as_matrix: bool) -> Markup {
    let shown = network.drawn();
    let query = address("", network, "");
    html! {
        section .hero {
            h1 { "Who dealt with whom" }
            p .lede {
                (telling::day_words(network.since)) " to " (telling::day_words(network.until)) ", " (network.coded()) "."
            }
            (period(network, datasets, as_matrix))
        }
        section {
            nav .tabs aria-label="Views" {
                a href=(address("/network", network, "")) aria-current=[(!as_matrix).then_some("page")] { "Graph" }
                a href=(address("/network", network, "matrix")) aria-current=[as_matrix.then_some("page")] { "Matrix" }
            }
            @if shown.is_empty() { p { "Nothing between two states counts in these days. That says what was read, not what happened." } }
            @else if as_matrix { (matrix::matrix(shared, &network.ties)) }
            @else { (graph::graph(shared, shown)) (table::links_to("/network", &query, &["svg", "png", "json"])) }
        }
        @if !shown.is_empty() {
            section {
                h2 { "The pairs " span .tally { (network.ties.len()) } }
                (pairs(shared, shown))
                (table::links("/network/ties", &query))
                @if shown.len() < network.ties.len() { p .facts { "The " (DRAWN) " with most events are drawn and listed; the data holds all." } }
            }
        }
    }
}

/// The form that asks for another period.
fn period(network: &Network, datasets: &[String], as_matrix: bool) -> Markup {
    let from = network.dataset.as_deref().unwrap_or("");
    html! {
        form .period action="/network" method="get" {
            label { "From " input type="date" name="since" value=(network.since); }
            label { "to " input type="date" name="until" value=(network.until); }
            @if !datasets.is_empty() {
                label { "by " select name="from" {
                    option value="" selected[from.is_empty()] { "what was read" }
                    @for name in datasets { option value=(name) selected[from == name] { (name) } }
                } }
            }
            @if as_matrix { input type="hidden" name="view" value="matrix"; }
            button type="submit" { "Show" }
        }
    }
}

fn pairs(shared: &Shared, ties: &[Tie]) -> Markup {
    html! {
        div .scroll tabindex="0" role="region" aria-label="Pairs of states" {
            table {
                thead { tr { th scope="col" { "Pair" } th scope="col" .number { "Events" } th scope="col" .number { "Cooperative" }
                             th scope="col" .number { "Conflictual" } th scope="col" { "Leaning" } } }
                tbody { @for tie in ties { tr data-row {
                    th scope="row" { a href=(pair_at(&tie.a, &tie.b)) { (shared.states.name(&tie.a)) " – " (shared.states.name(&tie.b)) } }
                    td .number { (grouped(tie.events)) }
                    td .number { (grouped(tie.cooperative)) }
                    td .number { (grouped(tie.conflictual)) }
                    td { (tie.leaning().words()) }
                } } }
            }
        }
    }
}
