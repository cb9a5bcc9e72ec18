//! Turns an evidence bundle into one page of HTML that needs nothing else, for an annex, a mail, a colleague without the
//! program, and into the same as data.

use demarche_engine::series::Verdict;
use demarche_record::{Bundle, Proven, Record, Telling};
use maud::{DOCTYPE, Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{self, Answer};

/// Plain in light, in dark and on paper; no fonts or files from anywhere.
const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;\
    color:#1b1f24;background:#fff;overflow-wrap:anywhere}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:2rem 0 .2rem}\
    .facts,footer{color:#59616b;font-size:.9rem;margin:.2rem 0}blockquote{margin:.6rem 0;padding-left:.8rem;\
    border-left:3px solid #0b6b74}code{font-size:.85rem}\
    @media(prefers-color-scheme:dark){body{color:#e6e8eb;background:#14171b}.facts,footer{color:#a2abb6}}";

/// What evidence.json holds.
#[derive(Serialize)]
struct Evidence<'e> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'e Verdict>,
    #[serde(flatten)]
    bundle: &'e Bundle,
}

/// What stands behind a verdict: the events that weigh most for and against it, and the claims.
pub(crate) fn behind(record: &Record, answer: &Answer) -> Result<Bundle, Fault> {
    let items = answer.evidence().into_iter().flat_map(|(_, _, items)| items);
    Ok(record.evidence(items.map(|item| item.event.as_str()))?)
}

/// As data.
pub(crate) fn data(bundle: &Bundle, answer: Option<&Answer>) -> Result<String, Fault> {
    let verdict = answer.map(|answer| &answer.verdict);
    let data = serde_json::to_string_pretty(&Evidence { verdict, bundle });
    Ok(data.map_err(|e| Fault::new(format!("cannot write JSON: {e}")))? + "\n")
}

/// The page; `heading` says what the events are the evidence of, `answer` what was found.
pub(crate) fn page(bundle: &Bundle, heading: &str, answer: Option<&str>) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (heading) }
                style { (maud::PreEscaped(STYLE)) }
            }
            body {
                h1 { (heading) }
                @if let Some(answer) = answer { p { (answer) } }
                @if bundle.events.is_empty() { p { "There is no event to show." } }
                @for proven in &bundle.events { (event(proven)) }
                @if !bundle.overrides.is_empty() {
                    h2 { "Overrides" }
                    ul { @for one in &bundle.overrides { li { (telling::override_words(one)) } } }
                }
                footer {
                    p { "Made by " (bundle.generator) ". Quotes are short and stand where their bytes say, in the text that has the
                        hash; the same as data, with W3C Web Annotation selectors, is in evidence.json." }
                }
            }
        }
    }
}

fn event(proven: &Proven) -> Markup {
    let event = &proven.event;
    html! {
        section id=(event.id) {
            h2 { (telling::entry_line(event)) }
            p .facts { (telling::entry_coding(event).join(" · ")) }
            p .facts { code { (event.id) } }
            @for report in &proven.reports { (telling_of(report)) }
        }
    }
}

fn telling_of(report: &Telling) -> Markup {
    let mut facts: Vec<String> = Vec::new();
    facts.push(telling::outlets_words(&report.outlets));
    facts.extend(report.published.clone());
    if let Some(claimant) = &report.claimant {
        facts.push(format!("according to {claimant}"));
    }
    html! {
        blockquote {
            p { "“" (report.quote) "”" }
            p .facts { (facts.join(" · ")) @if let Some(title) = &report.title { " · " (title) } }
            @for url in &report.urls {
                // What is no web address is shown and leads nowhere.
                p .facts {
                    @if url.starts_with("https://") || url.starts_with("http://") {
                        a href=(url) rel="noreferrer nofollow" { (url) }
                    } @else { (url) }
                }
            }
            p .facts {
                "bytes " (report.bytes.start) "–" (report.bytes.end) " of article " code { (report.article) } " · frame "
                code { (report.frame) } " · engine " (report.engine)
            }
        }
    }
}
