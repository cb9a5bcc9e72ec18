//! `/methods`: what the engine is, the formulas in short, what it cannot do, whose work its model carries.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use demarche_engine::ENGINE_VERSION;
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::web::reply::{Form, Reply};

/// The long versions, as they stand in the repository.
const DOCUMENTS: [(&str, &str, &str); 2] = [
    (
        "momentum.md",
        "How the answer is made, and how far it can be trusted",
        include_str!("../../../docs/momentum.md"),
    ),
    ("exports.md", "What exports hold, column by column", include_str!("../../../docs/exports.md")),
];
/// Licences and attributions.
const NOTICE: &str = include_str!("../../../NOTICE");

#[derive(Debug, Serialize)]
struct Methods {
    engine: &'static str,
    stages: [(&'static str, &'static str); 6],
    formulas: [(&'static str, &'static str); 6],
    limits: [&'static str; 6],
    documents: Vec<String>,
    notice: &'static str,
}

const STAGES: [(&str, &str); 6] = [
    (
        "Page",
        "The saved page becomes an article: title, byline, dates, paragraphs. Menus, market tickers and adverts stay out.",
    ),
    (
        "Language",
        "A small network, trained for demarche, finds sentences, grammar and names; times become days.",
    ),
    (
        "Actors",
        "Who is meant by which words, whom they serve, in which post: first by what the page says, then by tables with dates.",
    ),
    (
        "Events",
        "Frames, one file a concept, say which verbs and nouns report a contact, a statement or an action, and who plays which role.",
    ),
    (
        "Merging",
        "Reports of one happening are one event, near copies of one text count once, later versions of a page replace earlier ones.",
    ),
    (
        "Series",
        "Arithmetic over events: tone and engagement, with intervals, evidence for and against, and what would change the answer.",
    ),
];

const FORMULAS: [(&str, &str); 6] = [
    (
        "Tone",
        "C = cooperative events between the two (CAMEO 03–08), K = conflictual ones (10–20). Statements, appeals and investigations are neither.",
    ),
    (
        "Engagement",
        "C as before, K = all other events of either state with anybody: do the two take up more of each other’s diplomacy?",
    ),
    ("Rate", "p = (C + ½) / (C + K + 1), for the last 90 days and for the 365 days before."),
    ("Odds ratio", "exp(logit p now − logit p before): ×1 is no change, ×2 twice the odds."),
    (
        "Interval",
        "From the variance over weeks, never below that of the binomial; 95 % for tone, 99 % for engagement.",
    ),
    (
        "Verdict",
        "Gaining where an axis is up and none is down, losing mirrored, mixed where one is each; below 10 events now or 20 before, insufficient evidence. Lists of pairs are corrected for asking many (Benjamini–Hochberg, q).",
    ),
];

const LIMITS: [&str; 6] = [
    "English only. Pages in other languages are named and not read.",
    "The record holds what its pages tell. Silence says what was read, not what happened.",
    "What is recalled, planned, asked for, imagined or denied is kept and shown, and not counted.",
    "A press that favours one side favours it here as well: look at outlets and sides before the number.",
    "Rules find what they have words for. Each event shows its sentence, its frame and the reason, so that it can be checked and overridden.",
    "No cause, no forecast: it says which way a relationship moved, and how sure that is.",
];

pub(crate) fn methods(form: Form) -> Result<Reply, Fault> {
    let methods = Methods {
        engine: ENGINE_VERSION,
        stages: STAGES,
        formulas: FORMULAS,
        limits: LIMITS,
        documents: DOCUMENTS.iter().map(|(name, ..)| format!("/docs/{name}")).collect(),
        notice: NOTICE,
    };
    Reply::found(form, "Methods", "/methods.json".to_owned(), &methods, content)
}

/// `/docs/{name}`: one of the long versions, as text. Names are looked up, never opened.
pub(crate) async fn document(Path(name): Path<String>) -> Response {
    match DOCUMENTS.iter().find(|(known, ..)| *known == name) {
        Some((.., text)) => ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], *text).into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such document; /methods lists them.").into_response(),
    }
}

fn content(methods: &Methods) -> Markup {
    html! {
        section .hero {
            h1 { "Methods" }
            p .lede { "Engine " (methods.engine) ". It reads no network, no clock and no file beyond what it is given: the same page is "
                "read the same, everywhere." }
        }
        section { h2 { "From a page to an answer" } (terms(&methods.stages)) }
        section { h2 { "The formulas, in short" } (terms(&methods.formulas)) }
        section { h2 { "What it cannot do" } ul .plain { @for limit in methods.limits { li { (limit) } } } }
        section {
            h2 { "In full" }
            ul .plain { @for (name, what, _) in DOCUMENTS { li { a href={ "/docs/" (name) } { (what) } } } }
        }
        section { h2 { "Licences and attributions" } pre .notice-text { (methods.notice) } }
    }
}

fn terms(terms: &[(&str, &str)]) -> Markup {
    html! { dl .pairs { @for (term, words) in terms { dt { (term) } dd { (words) } } } }
}
