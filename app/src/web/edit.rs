//! Turns the forms on the page of an event into overrides of the record: `demarche override` for whoever looks at the pages.
//! Without `--edit` there are no forms, and what is sent is refused.

use std::time::Duration;

use axum::extract::Request;
use axum::http::{StatusCode, header};
use demarche_engine::actors::World;
use demarche_engine::events::Told;
use demarche_record::{Change, Correction, Override, Record};
use maud::{Markup, html};

use crate::correction::{actors, period, reports_of, signed};
use crate::fault::Fault;
use crate::telling::{self, Explained, by_name, count};
use crate::web::layout::event_at;
use crate::web::query::Query;
use crate::web::reply::Reply;
use crate::web::server::{PATIENCE_OF_A_PAGE, Shared};
use crate::web::upload::refused;

/// Bytes of a form.
const MOST: usize = 64 << 10;
/// How long it may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);
/// Fields for those who act, and for those to whom it is done.
const PARTIES: usize = 2;

/// The fields of a form, as a browser sends them.
pub(crate) async fn fields(request: Request) -> Result<Query, Reply> {
    let sort =
        request.headers().get(header::CONTENT_TYPE).and_then(|sort| sort.to_str().ok()).unwrap_or_default();
    if !sort.starts_with("application/x-www-form-urlencoded") {
        let words = "Send it as application/x-www-form-urlencoded, as the forms on the page do.";
        return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "That is no form", words));
    }
    match tokio::time::timeout(PATIENCE, axum::body::to_bytes(request.into_body(), MOST)).await {
        Ok(Ok(bytes)) => Ok(Query::of(form_urlencoded::parse(&bytes).into_owned().collect())),
        Ok(Err(_)) => {
            let words = "It is larger than any that the page sends, or broke off.";
            Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "That form did not arrive", words))
        }
        Err(_) => Err(refused(StatusCode::REQUEST_TIMEOUT, "That took too long", "Send the form once more.")),
    }
}

/// Enters what a form says against the coding of `id`.
pub(crate) fn enter(shared: &Shared, id: &str, said: &Query) -> Result<Reply, Fault> {
    if let Some(refusal) = turned_away(shared, said) {
        return Ok(refusal);
    }
    let mut record = writing(shared)?;
    if record.report(id)?.is_none() {
        return Ok(Reply::missing(
            format!("No report or event has the id “{id}”"),
            "It was there when the form was made.",
        ));
    }
    if said.get("seen") != Some(seen(&Explained::find(&record, id)?).as_str()) {
        return Ok(stale(id));
    }
    let change = match change(&record, id, said) {
        Ok(change) => change,
        Err(why) => return Ok(Reply::wrong("That cannot be entered", why.to_string())),
    };
    done(record.override_with(&change, &by(said)).map(|_| ()), id)
}

/// Takes an override back.
pub(crate) fn revert(shared: &Shared, id: &str, said: &Query) -> Result<Reply, Fault> {
    if let Some(refusal) = turned_away(shared, said) {
        return Ok(refusal);
    }
    let Some(number) = said.get("override").and_then(|number| number.parse().ok()) else {
        return Ok(Reply::wrong("That is no override", "Each has a number."));
    };
    done(writing(shared)?.revert(number, &by(said)), id)
}

/// What is refused before it is looked at.
fn turned_away(shared: &Shared, said: &Query) -> Option<Reply> {
    if !shared.edit {
        let words = "This server only shows the record. Whoever started it can start it with --edit, or enter overrides with \
                     `demarche override`.";
        return Some(refused(StatusCode::FORBIDDEN, "Nothing can be changed here", words));
    }
    (!shared.token.is(said.get("token").unwrap_or_default())).then(|| {
        let words = "It was made before the server started, or by another page. Load the page again and send the form from there.";
        refused(StatusCode::FORBIDDEN, "This form is out of date", words)
    })
}

/// A connection of its own, so that whoever reads meanwhile need not wait.
fn writing(shared: &Shared) -> Result<Record, Fault> {
    let path = shared.record().path().to_owned();
    let record = Record::open(path)?;
    record.wait_at_most(PATIENCE_OF_A_PAGE)?;
    Ok(record)
}

/// Back to the page, or why not.
fn done(outcome: demarche_record::Result<()>, id: &str) -> Result<Reply, Fault> {
    match outcome {
        Ok(()) => Ok(Reply::Done(event_at(id))),
        Err(error) if error.is_refusal() => {
            Ok(Reply::wrong("That cannot be entered", format!("{}.", error.what())))
        }
        Err(error) => Err(error.into()),
    }
}

fn stale(id: &str) -> Reply {
    let words = format!(
        "Somebody overrode something, or pages were read, after the form was made. Look at {} again, and send it once more if \
         it still holds.",
        event_at(id)
    );
    refused(StatusCode::CONFLICT, "The event has changed since you looked", &words)
}

/// What an event was like when a form about it was made.
fn seen(about: &Explained) -> String {
    let event = about.event.as_ref().map_or("none", |event| &event.id);
    let taken_back = about.overrides.iter().filter(|one| one.reverted.is_some()).count();
    format!("{event} {} {} {taken_back}", about.others.len(), about.overrides.len())
}

fn by(said: &Query) -> demarche_record::By {
    signed(said.get("author").unwrap_or_default(), said.get("reason").unwrap_or_default())
}

/// What a form says.
fn change(record: &Record, id: &str, said: &Query) -> Result<Change, Fault> {
    let words = |name: &str| said.all(name).map(str::to_owned).collect::<Vec<String>>();
    match said.get("does") {
        Some("reject") => Ok(Change::Reject { reports: reports_of(record, id)? }),
        Some("split") => Ok(Change::Split { reports: vec![id.to_owned()] }),
        Some("merge") => {
            let mut reports = reports_of(record, id)?;
            for other in
                said.get("with").unwrap_or_default().split([' ', ',', ';']).filter(|id| !id.is_empty())
            {
                // People copy addresses.
                let other = other.rsplit('/').next().unwrap_or(other);
                reports.extend(reports_of(record, other)?);
            }
            reports.sort();
            reports.dedup();
            Ok(Change::Merge { reports })
        }
        Some("correct") => {
            let world = World::shipped();
            let told = said.get("told").map(|told| {
                by_name::<Told>(told).ok_or_else(|| Fault::usage(format!("nothing is told as “{told}”")))
            });
            let to = Correction {
                cameo: said.get("code").map(str::to_owned),
                date: said.get("date").map(period).transpose().map_err(Fault::usage)?,
                told: told.transpose()?,
                actors: actors(&words("actor"), &world)?,
                recipients: actors(&words("recipient"), &world)?,
            };
            Ok(Change::Correct { reports: reports_of(record, id)?, to })
        }
        _ => Err(Fault::usage("a form says whether it corrects, rejects, splits or merges")),
    }
}

/// The forms for a report or an event.
pub(crate) fn forms(shared: &Shared, about: &Explained) -> Markup {
    let id = &about.report.filed.id;
    let all = match &about.event {
        Some(event) if event.id == *id && event.reports.len() > 1 => {
            format!("It holds for all {} of the event.", count(event.reports.len(), "report"))
        }
        _ => "It holds for this report.".to_owned(),
    };
    let several = about.event.as_ref().is_some_and(|event| event.reports.len() > 1);
    let form = |does: &str, summary: &str, says: &str, fields: Markup| {
        html! {
            details .filters {
                summary { (summary) }
                p .facts { (says) }
                form action={ (event_at(id)) "/override" } method="post" aria-label=(summary) {
                    input type="hidden" name="token" value=(shared.token.as_str());
                    input type="hidden" name="seen" value=(seen(about));
                    input type="hidden" name="does" value=(does);
                    (fields)
                    (signature())
                    p .buttons { button type="submit" { "Enter" } }
                }
            }
        }
    };
    html! {
        section #edit {
            h2 { "Override this coding" }
            p .facts {
                "The coding stays as it was read. An override lies over it with its author, time and reason, the events are settled "
                "with it, and it can be taken back."
            }
            (form("reject", "Reject: it tells no such thing", &all, html! {}))
            (form("correct", "Correct what it tells", &format!("{all} What is left empty stays as it was read."), corrections()))
            @if several {
                (form("split", "Split off: a happening of its own", "This report alone becomes an event of its own.", html! {}))
            }
            (form("merge", "Merge with others: the same happening", &all, html! {
                label { span { "Ids of the others" } input type="text" name="with" required autocomplete="off" placeholder="3f9a2c81d0-1482"; }
            }))
        }
    }
}

/// What can be corrected.
fn corrections() -> Markup {
    let tellings =
        [Told::Current, Told::Recalled, Told::Planned, Told::Requested, Told::Hypothetical, Told::Denied];
    let party = |name: &str, label: &str| {
        html! { @for _ in 0..PARTIES {
            label { span { (label) } input type="text" name=(name) autocomplete="off" placeholder="Norway, or Jane Doe:USAGOV"; }
        } }
    };
    html! {
        label { span { "CAMEO code" } input type="text" name="code" inputmode="numeric" pattern="[0-9]{2,4}" autocomplete="off" placeholder="0431"; }
        label { span { "Date, such as 2024-01-02 or 2024-01" } input type="text" name="date" autocomplete="off"; }
        label {
            span { "Told as" }
            select name="told" {
                option value="" { "as it was read" }
                @for told in tellings { option value=(telling::plain(&told)) { (telling::plain(&told)) } }
            }
        }
        (party("actor", "Who did or said it"))
        (party("recipient", "To whom"))
    }
}

fn signature() -> Markup {
    html! {
        label { span { "Author" } input type="text" name="author" required maxlength="200" autocomplete="name"; }
        label { span { "Reason" } input type="text" name="reason" required maxlength="2000" autocomplete="off"; }
    }
}

/// The form that takes an override back; nothing where it was, or where nothing can be changed.
pub(crate) fn taking_back(shared: &Shared, id: &str, one: &Override) -> Markup {
    html! {
        @if shared.edit && one.reverted.is_none() {
            details .filters {
                summary { "Take override " (one.id) " back" }
                form action={ (event_at(id)) "/revert" } method="post" aria-label={ "Take override " (one.id) " back" } {
                    input type="hidden" name="token" value=(shared.token.as_str());
                    input type="hidden" name="override" value=(one.id);
                    (signature())
                    p .buttons { button type="submit" { "Take back" } }
                }
            }
        }
    }
}
