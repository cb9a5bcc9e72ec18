//! `/sources`: the outlets whose pages were read, and the datasets that were imported.

use demarche_record::{Coded, Holding, Outlet, Record};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling;
use crate::web::home::grouped;
use crate::web::reply::{Form, Reply};
use crate::web::table::{self, Asked, links};
use crate::web::tables;

/// Outlets on the page; the data holds all.
const ROWS: usize = 300;

#[derive(Debug, Serialize)]
struct Sources {
    outlets: Vec<Outlet>,
    datasets: Vec<Holding>,
    /// The engines that read the pages.
    engines: Vec<Coded>,
}

pub(crate) fn sources(record: &Record, form: Form) -> Result<Reply, Fault> {
    let sources =
        Sources { outlets: record.outlets()?, datasets: record.holdings()?, engines: record.codings()? };
    Reply::found(form, "Sources", "/sources.json".to_owned(), &sources, content)
}

/// A table of the page as a file.
pub(crate) fn table(record: &Record, part: &str) -> Result<Reply, Fault> {
    const ALL: [&str; 3] = ["outlets", "datasets", "engines"];
    let Some(asked) = Asked::of(part) else { return Ok(table::unknown(&ALL)) };
    match asked.name {
        "outlets" => asked.reply(&tables::OUTLETS, &record.outlets()?, "sources"),
        "datasets" => asked.reply(&tables::DATASETS, &record.holdings()?, "sources"),
        "engines" => asked.reply(&tables::ENGINES, &record.codings()?, "sources"),
        _ => Ok(table::unknown(&ALL)),
    }
}

fn content(sources: &Sources) -> Markup {
    let shown = &sources.outlets[..sources.outlets.len().min(ROWS)];
    html! {
        section .hero {
            h1 { "Sources" }
            p .lede { "Whose pages were read, and whose events were imported. What no source told is not in the record." }
        }
        section {
            h2 { "Outlets " span .tally { (sources.outlets.len()) } }
            @if shown.is_empty() { p { "No page names its outlet, or none was read." } }
            @else {
                div .scroll tabindex="0" role="region" aria-label="Outlets" {
                    table {
                        thead { tr { th scope="col" { "Outlet" } th scope="col" .number { "Articles" } th scope="col" .number { "Events" }
                                     th scope="col" { "First" } th scope="col" { "Last" } } }
                        tbody { @for outlet in shown { tr {
                            th scope="row" { (outlet.name) }
                            td .number { (grouped(outlet.articles)) }
                            td .number { (grouped(outlet.events)) }
                            td .day { (outlet.published.map(|(first, _)| telling::day_words(first)).unwrap_or_default()) }
                            td .day { (outlet.published.map(|(_, last)| telling::day_words(last)).unwrap_or_default()) }
                        } } }
                    }
                }
                (links("/sources/outlets", ""))
                @if shown.len() < sources.outlets.len() { p .facts { "The " (ROWS) " with most articles; the data holds all." } }
            }
        }
        section {
            h2 { "Datasets " span .tally { (sources.datasets.len()) } }
            @if sources.datasets.is_empty() { p { "None was imported: " code { "demarche import FILE… --record RECORD" } " does." } }
            dl .pairs { @for holding in &sources.datasets {
                dt { (telling::dataset_words(holding)) } dd { (telling::holding_words(holding)) }
            } }
            @if !sources.datasets.is_empty() {
                (links("/sources/datasets", ""))
                p .facts { "Codings of different hands never count together: what demarche read and what was imported stay apart." }
            }
        }
        @if !sources.engines.is_empty() {
            section {
                h2 { "Read by" }
                dl .pairs { @for coded in &sources.engines { dt { (coded.engine) } dd { (telling::count(coded.now, "article")) @if coded.before > 0 { ", and " (coded.before) " before a newer one" } } } }
                (links("/sources/engines", ""))
            }
        }
    }
}
