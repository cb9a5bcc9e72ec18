//! `/x/{id}`: one report, why the engine thinks so, how its event came together, what was overridden; and what goes with it:
//! its citation, its evidence, the tree of its sentence.

use std::sync::PoisonError;

use demarche_engine::Reader;
use demarche_engine::events::{Party, Report, Told};
use demarche_engine::page;
use demarche_engine::time::Stamp;
use demarche_record::Record;
use maud::{Markup, html};

use crate::fault::Fault;
use crate::picture::{self, Look};
use crate::telling::{self, Explained, Step};
use crate::web::citation::Citation;
use crate::web::edit;
use crate::web::imported;
use crate::web::layout::{article_at, event_at, facts};
use crate::web::marked;
use crate::web::printed::{printings, replaced};
use crate::web::reading::MOST_TEXT;
use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;
use crate::web::{table, tables};
use crate::{bundle, tree};

/// Reports of a history that a page lists; the data holds all.
const ROWS: usize = 100;

/// The page, or the same as data or as a citation. `site` is the address of the server.
pub(crate) fn event(shared: &Shared, record: &Record, address: &str, site: &str) -> Result<Reply, Fault> {
    let (id, ending) = address.split_once('.').unwrap_or((address, ""));
    if record.quote(id)?.is_none() {
        return Ok(imported::imported(shared, record, address)?.unwrap_or_else(|| unknown(id)));
    }
    let about = Explained::find(record, id)?;
    let report = &about.report.filed.report;
    let title = telling::acts(&report.actors, &report.recipients);
    let citation = Citation {
        title: format!("{title}, {}", telling::date_words(report.date)),
        key: id.to_owned(),
        record: shared.name.clone(),
        as_of: record.last_day()?,
        address: format!("{site}{}", event_at(id)),
        file: format!("{}.bib", event_at(id)),
    };
    let form = match ending {
        "" => Form::Page,
        "json" => Form::Data,
        "bib" => return Ok(Reply::bib(format!("{id}.bib"), citation.bibtex())),
        _ => {
            return Ok(Reply::missing(
                format!("There is no {ending} of this page"),
                "It can be had as json or bib.",
            ));
        }
    };
    Reply::found(form, &title, format!("/x/{id}.json"), &about, |about| {
        content(shared, &title, about, &citation)
    })
}

fn unknown(id: &str) -> Reply {
    let words = "Ids are printed by `demarche read` and stand on the page of each pair of states.";
    Reply::missing(format!("No report or event has the id “{id}”"), words)
}

/// What goes with an event: the evidence for it, its reports as a table.
pub(crate) fn part(record: &Record, id: &str, part: &str) -> Result<Reply, Fault> {
    let Some(quote) = record.quote(id)? else { return Ok(unknown(id)) };
    let title = telling::acts(&quote.filed.report.actors, &quote.filed.report.recipients);
    if let Some(asked) = table::Asked::of(part).filter(|asked| asked.name == "reports") {
        let about = Explained::find(record, id)?;
        let rows: Vec<ReportRow> = about.history().iter().map(ReportRow::of).collect();
        return asked.reply(&tables::REPORTS, &rows, id);
    }
    match part {
        "evidence.html" => {
            Ok(Reply::document(bundle::page(&record.evidence([id])?, &title, None).into_string()))
        }
        "evidence.json" => Ok(Reply::Data(bundle::data(&record.evidence([id])?, None)?)),
        _ => Ok(Reply::missing(
            "There is no such part of an event",
            "There are evidence.html, evidence.json, tree.svg, tree.png, and reports as csv, parquet or json.",
        )),
    }
}

/// A report of an event, as a row.
pub(crate) struct ReportRow {
    pub(crate) id: String,
    pub(crate) published: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) article: String,
    pub(crate) like: Option<String>,
}

impl ReportRow {
    fn of(step: &Step<'_>) -> Self {
        let filed = &step.quote.filed;
        Self {
            id: filed.id.clone(),
            published: filed.published.map(|stamp| stamp.to_string()),
            outlet: filed.outlet.clone(),
            article: filed.article.clone(),
            like: step.like.map(str::to_owned),
        }
    }
}

/// The tree of its sentence, as the engine parses it now. Parsing takes long, so the record is let go before.
pub(crate) fn drawing(shared: &Shared, id: &str, look: Look) -> Result<Reply, Fault> {
    let (quote, kept, layers) = {
        let record = shared.record();
        let Some(quote) = record.quote(id)? else { return Ok(unknown(id)) };
        let kept = record.article(&quote.filed.article)?;
        (quote, kept, record.layers()?)
    };
    let kept = kept.ok_or_else(|| Fault::new(format!("the article of report {id} is gone")))?;
    let mut reader = shared.reader.lock().unwrap_or_else(PoisonError::into_inner);
    if reader.is_none() {
        *reader = Some(Reader::with(&layers));
    }
    let Some(reader) = reader.as_ref() else { return Err(Fault::new("the reader could not be loaded")) };
    // A long text is not parsed as a whole while somebody waits for one sentence of it.
    let whole = kept.reading.article.text.len() <= MOST_TEXT;
    let article = if whole { kept.reading.article } else { page::passage(&quote.sentence, None) };
    let doc = reader.document(&article);
    let sentence = quote.filed.report.evidence.sentence;
    let meant = doc.sentences.iter().filter(|parsed| !whole || parsed.span.overlaps(sentence));
    let drawn = tree::drawn(&doc, meant, look).into_string();
    match look {
        Look::Screen => Ok(Reply::svg(drawn)),
        Look::Picture => Ok(Reply::png(picture::png(&drawn)?)),
    }
}

fn content(shared: &Shared, title: &str, about: &Explained, citation: &Citation) -> Markup {
    let at = event_at(&about.report.filed.id);
    let filed = &about.report.filed;
    let report = &filed.report;
    let pieces = telling::pieces(&about.article.text, report.evidence.sentence, &telling::roles(report));
    html! {
        section .hero {
            p .kicker {
                (telling::kind_words(report)) " · " (telling::date_words(report.date))
                @if report.told != Told::Current { " · " (telling::told_words(report.told)) }
                @if let Some(claim) = telling::claim_words(report.claimant.as_slice(), telling::parties) {
                    " · " (claim)
                }
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
            details #tree {
                summary { "How the sentence was parsed" }
                div .scroll .tree tabindex="0" role="region" aria-label="The tree of the sentence" {
                    // It is made when somebody looks.
                    img src={ (at) "/tree.svg" } loading="lazy" alt="Its words with their parts of speech, and an arc from each head to what depends on it";
                }
                p .facts { "Universal Dependencies, as the engine parses the sentence now. As a file: " a href={ (at) "/tree.svg" } { "SVG" } " · " a href={ (at) "/tree.png" } { "PNG" } }
            }
            (citation.disclosure())
            p .facts {
                "Evidence with quotes, hashes and places in the text, for an annex: "
                a href={ (at) "/evidence.html" } { "one page" } " · " a href={ (at) "/evidence.json" } { "JSON" }
            }
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
                ul .plain { @for one in &about.overrides { li {
                    (telling::override_words(one))
                    (edit::taking_back(shared, &filed.id, one))
                } } }
                @if about.event.is_none() && about.article.replaced_by.is_none() {
                    p { "As they hold, this report is in no event." }
                }
            }
        }
        @if shared.edit { (edit::forms(shared, about)) }
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
                        li data-row {
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
                (history(about))
            }
        }
    }
}

/// How the reports of an event came together.
fn history(about: &Explained) -> Markup {
    let steps = about.history();
    let how = |step: &Step| match &step.like {
        None if step.is_first => html! { "told it first" },
        None => html! { "in words of its own" },
        Some(first) => html! { "in the same words as " a href=(event_at(first)) { (first) } },
    };
    html! {
        details #history {
            summary { "How the event came together, report by report" }
            p .facts {
                "Reports are one event where those who take part, what they do and the day agree; near copies of a text count once. "
                a href="/methods" { "How that is decided" }
            }
            div .scroll tabindex="0" role="region" aria-label="Reports of the event in the order in which they were published" {
                table {
                    thead { tr { th scope="col" { "Published" } th scope="col" { "Report" } th scope="col" { "Outlet" } th scope="col" { "How it tells it" } } }
                    tbody { @for step in steps.iter().take(ROWS) { tr {
                        th scope="row" .day { (step.quote.filed.published.map(telling::stamp_words).unwrap_or_else(|| "no date".to_owned())) }
                        td { a href=(event_at(&step.quote.filed.id)) { (step.quote.filed.id) } }
                        td { (step.quote.filed.outlet.as_deref().unwrap_or("–")) }
                        td { (how(step)) }
                    } } }
                }
            }
            @if steps.len() > ROWS { p .facts { "The first " (ROWS) " of " (steps.len()) "; the data holds all." } }
            (table::links(&format!("{}/reports", event_at(&about.report.filed.id)), ""))
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
