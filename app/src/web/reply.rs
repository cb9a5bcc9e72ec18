//! Turns what a page came to — markup with its data, a redirect, a refusal — into an HTTP response in the form asked for.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use serde::Serialize;
use serde_json::json;

use crate::fault::Fault;
use crate::web::layout;
use crate::web::server::Shared;

/// How a page is wanted: addresses that end in `.json` want data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// HTML.
    Page,
    /// JSON.
    Data,
}

impl Form {
    /// The last part of an address without the ending, and the form that the ending asks for.
    pub(crate) fn of(name: &str) -> (String, Self) {
        match name.strip_suffix(".json") {
            Some(name) => (name.to_owned(), Form::Data),
            None => (name.to_owned(), Form::Page),
        }
    }
}

/// A file that is no page.
pub(crate) struct File {
    /// Its type, as HTTP names it.
    sort: &'static str,
    /// The name to keep it under; none where a browser shows it.
    name: Option<String>,
    bytes: Vec<u8>,
}

impl File {
    fn respond(self) -> Response {
        let mut response = ([(header::CONTENT_TYPE, self.sort)], self.bytes).into_response();
        let headers = response.headers_mut();
        let kept = self.name.and_then(|name| format!("attachment; filename=\"{name}\"").parse().ok());
        if let Some(kept) = kept {
            headers.insert(header::CONTENT_DISPOSITION, kept);
        }
        if [SVG, DOCUMENT].contains(&self.sort) {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE));
        }
        response
    }
}

/// After how long to ask again whoever is busy.
const SECONDS: &str = "5";

const SVG: &str = "image/svg+xml";
const DOCUMENT: &str = "text/html; charset=utf-8";
/// What stands alone brings its own colours, and may do nothing else.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// What a page came to.
pub(crate) enum Reply {
    /// A page.
    Page {
        /// Its title.
        title: String,
        /// Its address as data; none where it was made of what somebody sent.
        data_at: Option<String>,
        /// The state that the record was in; none where nothing of it is on the page.
        edition: Option<String>,
        /// Its content.
        content: Markup,
    },
    /// The same as JSON.
    Data(String),
    /// A file of another type.
    File(File),
    /// The page has another address.
    Moved(String),
    /// Something was changed; this page shows it.
    Done(String),
    /// There is no page.
    Refused {
        /// Why, as HTTP says it.
        status: StatusCode,
        /// Why, in a few words.
        title: String,
        /// What to do.
        words: String,
    },
}

impl Reply {
    /// A value in the form that is wanted: as it is, or as the content of a page.
    pub(crate) fn found<T: Serialize>(
        form: Form,
        title: &str,
        data_at: String,
        value: &T,
        content: impl FnOnce(&T) -> Markup,
    ) -> Result<Self, Fault> {
        let mut reply = Self::shown(form, title, value, content)?;
        if let Reply::Page { data_at: at, .. } = &mut reply {
            *at = Some(data_at);
        }
        Ok(reply)
    }

    /// The same, which says in which state the record was.
    pub(crate) fn of_edition(mut self, now: String) -> Self {
        if let Reply::Page { edition, .. } = &mut self {
            *edition = Some(now);
        }
        self
    }

    /// The same of a value that has no address, since it is made of what somebody sent.
    pub(crate) fn shown<T: Serialize>(
        form: Form,
        title: &str,
        value: &T,
        content: impl FnOnce(&T) -> Markup,
    ) -> Result<Self, Fault> {
        Ok(match form {
            Form::Page => {
                Reply::Page { title: title.to_owned(), data_at: None, edition: None, content: content(value) }
            }
            Form::Data => Reply::Data(
                serde_json::to_string_pretty(value)
                    .map_err(|e| Fault::new(format!("cannot write JSON: {e}")))?,
            ),
        })
    }

    /// A table to keep under this name.
    pub(crate) fn csv(name: String, bytes: Vec<u8>) -> Self {
        Reply::File(File { sort: "text/csv; charset=utf-8", name: Some(name), bytes })
    }

    /// The same with the types of its columns.
    pub(crate) fn parquet(name: String, bytes: Vec<u8>) -> Self {
        Reply::File(File { sort: "application/vnd.apache.parquet", name: Some(name), bytes })
    }

    /// A citation to keep under this name.
    pub(crate) fn bib(name: String, text: String) -> Self {
        Reply::File(File {
            sort: "application/x-bibtex; charset=utf-8",
            name: Some(name),
            bytes: text.into_bytes(),
        })
    }

    /// A document that stands alone, with a style of its own.
    pub(crate) fn document(text: String) -> Self {
        Reply::File(File { sort: DOCUMENT, name: None, bytes: text.into_bytes() })
    }

    /// A drawing.
    pub(crate) fn svg(text: String) -> Self {
        Reply::File(File { sort: SVG, name: None, bytes: text.into_bytes() })
    }

    /// A picture.
    pub(crate) fn png(bytes: Vec<u8>) -> Self {
        Reply::File(File { sort: "image/png", name: None, bytes })
    }

    /// Nothing is there.
    pub(crate) fn missing(title: impl Into<String>, words: impl Into<String>) -> Self {
        Reply::Refused { status: StatusCode::NOT_FOUND, title: title.into(), words: words.into() }
    }

    /// The question was wrong.
    pub(crate) fn wrong(title: impl Into<String>, words: impl Into<String>) -> Self {
        Reply::Refused { status: StatusCode::BAD_REQUEST, title: title.into(), words: words.into() }
    }

    /// Something went wrong here.
    pub(crate) fn failed(fault: &Fault) -> Self {
        if fault.is_usage() {
            return Self::wrong("This cannot be answered", fault.to_string());
        }
        if fault.is_busy() {
            return Reply::Refused {
                status: StatusCode::SERVICE_UNAVAILABLE,
                title: "The record is busy".into(),
                words: format!("{fault}. Nothing was changed; load this page again in a few seconds."),
            };
        }
        Reply::Refused {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            title: "The record cannot be read".into(),
            words: fault.to_string(),
        }
    }

    /// The response.
    pub(crate) fn respond(self, shared: &Shared, form: Form) -> Response {
        match (self, form) {
            (Reply::Page { title, data_at, edition, content }, _) => {
                let about = layout::About { data_at: data_at.as_deref(), edition: edition.as_deref() };
                page(StatusCode::OK, layout::page(shared, &title, about, &content))
            }
            (Reply::Data(text), _) => json_of(StatusCode::OK, text),
            (Reply::File(file), _) => file.respond(),
            (Reply::Moved(to), _) => {
                (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
            }
            (Reply::Done(at), _) => (StatusCode::SEE_OTHER, [(header::LOCATION, at)]).into_response(),
            (Reply::Refused { status, title, words }, Form::Data) => {
                later(status, json_of(status, format!("{:#}", json!({ "error": title, "remedy": words }))))
            }
            (Reply::Refused { status, title, words }, Form::Page) => {
                let content = html! {
                    section .refusal {
                        h1 { (title) }
                        p .lede { (words) }
                        p { a href="/" { "To the front page" } }
                    }
                };
                later(status, page(status, layout::page(shared, &title, layout::About::default(), &content)))
            }
        }
    }
}

/// Says when to ask again, where it will be possible.
fn later(status: StatusCode, mut response: Response) -> Response {
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static(SECONDS));
    }
    response
}

fn page(status: StatusCode, markup: Markup) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], markup.into_string()).into_response()
}

fn json_of(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], text + "\n").into_response()
}
