//! `/read`: pages that somebody pastes or uploads, read at once and shown with what was read marked in the first. Nothing is kept.

use std::sync::{PoisonError, TryLockError};

use axum::http::StatusCode;
use demarche_engine::page::{self, Source};
use demarche_engine::text::Problem;
use demarche_engine::{Reader, Reading, Readings};
use maud::{Markup, html};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling;
use crate::web::annotated::{Around, annotated};
use crate::web::layout::facts;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::upload::{self, Page, Upload};

/// Bytes of text, without the page around it, that are read while somebody waits: some fifteen thousand words.
pub(crate) const MOST_TEXT: usize = 100_000;

/// What a program needs to know to send a page.
#[derive(Debug, Serialize)]
struct Terms<'s> {
    /// Goes into the field `token`.
    token: &'s str,
    most_bytes: usize,
    fields: [&'static str; 4],
}

/// The form.
pub(crate) fn form(shared: &Shared, form: Form) -> Result<Reply, Fault> {
    let terms = Terms {
        token: shared.token.as_str(),
        most_bytes: upload::MOST,
        fields: ["token", "url", "text", "page"],
    };
    Reply::found(form, "Read a page", "/read.json".to_owned(), &terms, |_| {
        html! {
            section .hero {
                h1 { "Read a page" }
                p .lede { "Paste the text of an article about relations between states, or choose saved pages. They are read at once, by "
                    "the same engine as the record, and nothing of them is kept." }
            }
            (ask_for_a_page(shared))
        }
    })
}

/// The form itself, for the front page of an empty record as well.
pub(crate) fn ask_for_a_page(shared: &Shared) -> Markup {
    html! {
        form .page-form action="/read" method="post" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(shared.token.as_str());
            label for="read-text" { "The text, with its title on the first line and its date" }
            textarea #read-text name="text" rows="10" {}
            label for="read-page" { "Or saved pages: HTML, text, feeds, JSON; drop them here" }
            input #read-page name="page" type="file" multiple accept=".html,.htm,.txt,.md,.xml,.rss,.json,.jsonl,text/*,application/json";
            label for="read-folder" { "Or a folder of such" }
            input #read-folder name="page" type="file" multiple webkitdirectory;
            label for="read-url" { "Its address, if a single page does not say" }
            input #read-url name="url" type="text" inputmode="url" autocomplete="off" placeholder="https://";
            button type="submit" { "Read it" }
        }
    }
}

/// What was read.
pub(crate) fn read(shared: &Shared, form: Form, sent: &Upload) -> Result<Reply, Fault> {
    if !shared.token.is(&sent.token) {
        let words = "It was made before the server started, or by another page. Load /read again and send the page from there.";
        return Ok(upload::refused(StatusCode::FORBIDDEN, "This form is out of date", words));
    }
    if sent.pages.is_empty() {
        return Ok(Reply::wrong("There was nothing to read", "Paste some text, or choose a saved page."));
    }
    // Before the reader is taken, so that nobody who waits for it has the record.
    let layers = shared.record().layers()?;
    let mut reader = match shared.reader.try_lock() {
        Ok(reader) => reader,
        // Whoever panicked left a whole reader, or none.
        Err(TryLockError::Poisoned(left)) => PoisonError::into_inner(left),
        Err(TryLockError::WouldBlock) => {
            let words = "Another page is being read. Send yours again in a moment.";
            return Ok(upload::refused(StatusCode::SERVICE_UNAVAILABLE, "The reader is busy", words));
        }
    };
    if reader.is_none() {
        *reader = Some(Reader::with(&layers));
    }
    let Some(reader) = reader.as_ref() else { return Err(Fault::new("the reader could not be loaded")) };
    let Some(readings) = read_by(reader, sent) else {
        let words = format!(
            "At most {} KB of text are read here; `demarche read FILE` reads any length.",
            MOST_TEXT / 1000
        );
        return Ok(upload::refused(StatusCode::PAYLOAD_TOO_LARGE, "That text is too long", &words));
    };
    if readings.readings.is_empty() && form == Form::Page {
        let why: Vec<&str> = readings.problems.iter().map(|problem| problem.message.as_str()).collect();
        let why = if why.is_empty() { "No article was found in it.".to_owned() } else { why.join("; ") };
        return Ok(upload::refused(StatusCode::UNPROCESSABLE_ENTITY, "No article could be read", &why));
    }
    let title = readings.readings.first().and_then(|r| r.article.title()).unwrap_or("(no title)").to_owned();
    Reply::shown(form, &title, &readings, |readings| content(shared, readings))
}

/// All pages that there is room for; none where not even one is short enough.
fn read_by(reader: &Reader, sent: &Upload) -> Option<Readings> {
    let mut all = Readings { readings: Vec::new(), problems: Vec::new() };
    let (mut room, mut read) = (MOST_TEXT, 0usize);
    // An address is that of one page.
    let url = sent.url.clone().filter(|_| sent.pages.len() == 1);
    for page in &sent.pages {
        let name = page.file.as_deref().unwrap_or("the pasted text");
        let about = |problem: &str| Problem::new(format!("{name}: {problem}"));
        let Some(readings) =
            one_by(reader, page, Source { name: name.to_owned(), url: url.clone() }, &mut room)
        else {
            all.problems.push(about("not read, since all texts together are too long"));
            continue;
        };
        read += 1;
        if sent.pages.len() == 1 {
            return Some(readings);
        }
        all.readings.extend(readings.readings);
        all.problems.extend(readings.problems.iter().map(|problem| about(&problem.message)));
    }
    (read > 0).then_some(all)
}

/// A page, or where somebody pasted less than an article, the passage as it is; none where its text is longer than the room
/// that is left.
fn one_by(reader: &Reader, sent: &Page, source: Source, room: &mut usize) -> Option<Readings> {
    let page = page::read(&sent.bytes, &source);
    *room = room.checked_sub(page.articles.iter().map(|article| article.text.len()).sum())?;
    let readings = reader.page(page);
    match std::str::from_utf8(&sent.bytes) {
        Ok(passage) if sent.file.is_none() && readings.readings.is_empty() && passage.len() <= MOST_TEXT => {
            Some(Readings { readings: vec![reader.passage(passage, None)], problems: readings.problems })
        }
        _ => Some(readings),
    }
}

fn content(shared: &Shared, readings: &Readings) -> Markup {
    let note = html! {
        p .note role="note" {
            "Read just now, and not kept."
            @if readings.readings.len() > 1 {
                " This is the first of " (telling::count(readings.readings.len(), "article")) "; " a href="#others" { "the others" } " are below."
            }
            " To keep what you read: " code { "demarche read FILE --record " (shared.name) }
        }
    };
    html! {
        @if let Some(reading) = readings.readings.first() {
            (annotated(reading, &Around { above: note, below: html! {}, beside: html! {}, kept: false }))
        }
        @if readings.readings.len() > 1 {
            section #others {
                h2 { "What was read in the others" }
                ol .list { @for reading in &readings.readings[1..] { li { (other(reading)) } } }
            }
        }
        @if !readings.problems.is_empty() {
            section { h2 { "About the input" } ul { @for problem in &readings.problems { li { (problem.message) } } } }
        }
        section { h2 { "Another one" } (ask_for_a_page(shared)) }
    }
}

/// An article behind the first: what it reports, without its text.
fn other(reading: &Reading) -> Markup {
    let article = &reading.article;
    html! {
        p .title { (article.title().unwrap_or("(no title)")) }
        (facts(&[
            article.outlet.clone().unwrap_or_default(),
            article.published.map(telling::stamp_words).unwrap_or_default(),
            telling::count(reading.reports.len(), "report"),
        ]))
        @for filed in &reading.reports {
            (facts(&[
                telling::acts(&filed.report.actors, &filed.report.recipients), telling::kind_words(&filed.report),
                telling::date_words(filed.report.date),
            ]))
            p .sentence { (filed.report.evidence.sentence.of(&article.text)) }
        }
    }
}
