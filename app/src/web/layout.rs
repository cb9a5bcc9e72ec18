//! Turns the content of a page into the whole page: head, masthead, foot.

use demarche_engine::ENGINE_VERSION;
use maud::{DOCTYPE, Markup, html};

pub(crate) use crate::web::address::{article_at, event_at};
use crate::web::search;
use crate::web::server::Shared;

/// What a page says of itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct About<'a> {
    /// The address of the same as data.
    pub(crate) data_at: Option<&'a str>,
    /// The state that the record was in.
    pub(crate) edition: Option<&'a str>,
}

/// The whole page.
pub(crate) fn page(shared: &Shared, title: &str, about: About<'_>, content: &Markup) -> Markup {
    let About { data_at, edition } = about;
    html! {
        (DOCTYPE)
        html lang="en" data-edition=[edition] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · demarche" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
                script src="/app.js" defer {}
                @if let Some(at) = data_at {
                    link rel="alternate" type="application/json" href=(at);
                }
            }
            body {
                a .skip href="#content" { "Skip to the content" }
                header .masthead {
                    div .inner {
                        a .wordmark href="/" { "demarche" }
                        span .record title="the record shown here" { (shared.name) }
                        nav .places aria-label="Pages" {
                            a href="/network" { "Network" }
                            a href="/sources" { "Sources" }
                            a href="/read" { "Read" }
                            a href="/methods" { "Methods" }
                        }
                        (search::masthead())
                    }
                }
                main #content {
                    // Filled in by the script, when the record is found to have changed.
                    p #stale .note role="status" hidden {
                        "The record has changed since this page was made. " button type="button" { "Load it again" }
                    }
                    (content)
                }
                footer {
                    div .inner {
                        p { "Read by engine " (ENGINE_VERSION) ". Everything here can be traced to a sentence. " a href="/api" { "For programs" } }
                        @if let Some(at) = data_at {
                            p { a href=(at) { "This page as data (JSON)" } }
                        }
                    }
                }
            }
        }
    }
}

/// A page for those who may not see the record: nothing of it is on it, not even its name.
pub(crate) fn outside(title: &str, on: Option<&str>, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                @if let Some(on) = on { meta http-equiv="refresh" content={ "0;url=" (on) }; }
                title { (title) " · demarche" }
                link rel="stylesheet" href="/style.css";
                link rel="icon" href="data:,";
            }
            body {
                header .masthead { div .inner { span .wordmark { "demarche" } } }
                main #content { section .refusal { h1 { (title) } (content) } }
            }
        }
    }
}

/// Parts of a line, with dots between them.
pub(crate) fn facts(parts: &[String]) -> Markup {
    html! {
        p .facts {
            @for (i, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
                @if i > 0 { span .dot aria-hidden="true" { " · " } }
                span { (part) }
            }
        }
    }
}
