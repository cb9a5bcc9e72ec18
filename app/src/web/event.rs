//! `/x/{id}`: one report, why the engine thinks so, and the other reports of the same event.

use demarche_engine::events::{Party, Report, Told};
use demarche_engine::time::Stamp;
use demarche_record::Record;
use maud::{Markup, html};

use crate::fault::Fault;
use crate::telling::{self, Explained};
use crate::web::layout::{article_at, event_at, facts};
use crate::web::marked;
use crate::web::printed::{printings, replaced};
use crate::web::reply::{Form, Reply};

pub(crate) fn event(record: &Record, form: Form, id: &str) -> Result<Reply, Fault> {
    if record.quote(id)?.is_none() {
        let words = "Ids are printed by `demarche read` and stand on the page of each pair of states.";
        return Ok(Reply::missing(format!("No report or event has the id “{id}”"), words));
    }
    let about = Explained::find(record, id)?;
    let report = &about.report.filed.report;
    let title = telling::acts(&report.actors, &report.recipients);
    Reply::found(form, &title, format!("/x/{id}.json"), &about, |about| content(&title, about))
}

fn content(title: &str, about: &Explained) -> Markup {
    let filed = &about.report.filed;
    let report = &filed.report;
    let pieces = telling::pieces(&about.article.text, report.evidence.sentence, &telling::roles(report));
    html! {
        section .hero {
            p .kicker {
                (telling::kind_words(report)) " · " (telling::date_words(report.date))
                @if report.told != Told::Current { " · " (telling::told_words(report.told)) }
            }
            h1 { (title) }
            @if let Some(by) = &about.article.replaced_by {
                (replaced("This report stands in a version of its page that was", by))
                p .facts {
                    @match &about.event {
                        Some(event) => { "The current version still tells it: " a href=(event_at(&event.id)) { (event.id) } }
                        None => "No report of the current version takes its place.",
                    }
                }
            }
            @if let Some(event) = about.corrected() {
                p .facts { "Corrected: it counts as " (telling::counts_as(event)) ". Below is what was read." }
            }
            blockquote .told { (marked::roles(&pieces)) }
            (marked::legend(&pieces))
            @let place = report.place.as_ref().map(|p| p.name.clone()).unwrap_or_default();
            (facts(&[filed.outlet.clone().unwrap_or_default(), place, format!("id {}", filed.id)]))
        }
        div .columns {
            section { h2 { "Why" } (why(about)) }
            section { h2 { "Coded as" } (coded(report)) }
        }
        section {
            h2 { "Who" }
            div .columns {
                @for party in &report.actors { (one_party("actor", party, &about.article.text)) }
                @for party in &report.recipients { (one_party("recipient", party, &about.article.text)) }
            }
        }
        @if !about.overrides.is_empty() {
            section {
                h2 { "Overrides " span .tally { (about.overrides.len()) } }
                ul { @for one in &about.overrides { li { (telling::override_words(one)) } } }
                @if about.event.is_none() && about.article.replaced_by.is_none() {
                    p { "As they hold, this report is in no event." }
                }
            }
        }
        section {
            h2 { "Stands in" }
            a .title href=(article_at(&about.article.hash)) { (about.article.title.as_deref().unwrap_or("(no title)")) }
            @let published = about.article.published.as_deref().and_then(Stamp::parse).map(telling::stamp_words);
            (facts(&[published.unwrap_or_default(), format!("read by engine {}", about.article.engine)]))
            (printings(&about.article.printings))
        }
        @if !about.others.is_empty() {
            section {
                h2 { "Other reports of the same event " span .tally { (about.others.len()) } }
                ol .list .two {
                    @for (other, more) in about.elsewhere() {
                        li {
                            a .title href=(event_at(&other.filed.id)) { (other.title.as_deref().unwrap_or("(no title)")) }
                            (facts(&[
                                other.filed.outlet.clone().unwrap_or_default(),
                                other.filed.published.map(telling::stamp_words).unwrap_or_default(),
                                if more == 0 { String::new() } else { format!("{more} more in the same words") },
                            ]))
                            p .sentence { (other.sentence) }
                        }
                    }
                }
            }
        }
    }
}

fn why(about: &Explained) -> Markup {
    let evidence = &about.report.filed.report.evidence;
    let text = &about.article.text;
    html! {
        p { "The frame " code { (evidence.frame) } " fired"
            @if let Some(why) = &about.why { ": " (why) } @else { "." } }
        @if let (Some(detail), Some(narrowed)) = (&evidence.detail, &about.narrowed) {
            p { "The detail " code { (detail) } " narrowed its code: " (narrowed) }
        }
        dl .pairs {
            dt { "called up by" } dd { "“" (evidence.trigger.of(text)) "”" }
            @for role in &evidence.roles {
                dt { (telling::plain(&role.role)) }
                dd { "“" (role.span.of(text)) "”" @if !role.path.is_empty() { " by way of " code { (role.path) } } }
            }
        }
    }
}

fn coded(report: &Report) -> Markup {
    html! {
        dl .pairs {
            dt { "CAMEO" }
            dd {
                @match &report.cameo {
                    Some(code) => {
                        (code)
                        @if let Some(name) = telling::code_words(code) { " (" (name) ")" }
                    }
                    None => "none",
                }
            }
            dt { "PLOVER" }
            dd {
                @match &report.plover {
                    Some(plover) => {
                        (plover.event_type)
                        @for part in plover.mode.iter().chain(&plover.context) { " · " (part) }
                    }
                    None => "none: PLOVER has no type for it",
                }
            }
            dt { "told" } dd { (telling::told_words(report.told)) ": " (telling::told_why(report.told)) }
            @if let Some(claimant) = &report.claimant {
                dt { "says so" } dd { (telling::parties(std::slice::from_ref(claimant))) }
            }
            @if let Some(statement) = &report.statement {
                dt { "through" }
                dd { (telling::plain(&statement.through)) @if statement.direct { ", partly quoted to the letter" } }
            }
            @if let Some(place) = &report.place {
                dt { "place" } dd { (place.name) @if let Some(state) = &place.state { " (" (state) ")" } }
            }
            @if !report.issues.is_empty() { dt { "issues" } dd { (telling::issues_words(&report.issues)) } }
        }
    }
}

fn one_party(role: &str, party: &Party, text: &str) -> Markup {
    let actor = &party.actor;
    html! {
        div .party {
            p .title { (actor.name) }
            (facts(&[
                role.to_owned(), telling::post_words(actor).unwrap_or_default(), actor.code.clone(),
            ]))
            p { "here: “" (party.span.of(text)) "”" }
            @if !actor.settled.is_empty() {
                dl .pairs { @for step in &actor.settled { dt { (step.rule) } dd { (step.by) } } }
            }
        }
    }
}
