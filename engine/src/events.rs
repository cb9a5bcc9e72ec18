//! The events room: turns a `Document` and its `Cast` into `Report`s, and reports of one happening into an `Event`.

mod clause;
mod codes;
mod event;
mod frame;
mod issues;
mod matching;
mod merge;
mod places;
mod report;
mod statements;
mod telling;

use jiff::civil::Date;

use crate::actors::{ActorKind, Cast};
use crate::language::{Document, Register};
use crate::page::Article;

pub use event::{Event, Filed};
pub use frame::{Frame, Frames, No, Yes};
pub use issues::{Issue, Issues};
pub use merge::merge;
pub use report::{
    Act, ContactKind, Evidence, Kind, Party, Place, Plover, Report, Role, RoleSpan, Statement, Through, Told,
};

/// Every report of a page, in order of text. Headlines make no reports of their own where there is a body: a claim belongs
/// to its speaker, and what a headline cuts short the body tells.
pub fn reports(
    doc: &Document,
    cast: &Cast,
    frames: &Frames,
    issues: &Issues,
    published: Option<Date>,
) -> Vec<Report> {
    let page = matching::Page::new(doc, cast, frames, issues, published);
    let prose = doc.sentences.iter().any(|s| s.register == Register::Prose);
    let sentences = doc.sentences.iter().copied().filter(|s| !prose || s.register != Register::Headline);
    let mut reports = matching::reports(&page, sentences);
    let about = states_at_hand(&reports);
    reports.retain(|r| r.kind != Kind::Statement || concerns_others(r, &about));
    reports
}

/// Puts the reports of `article` on file: each gets its name for good.
pub fn file(reports: Vec<Report>, article: &Article) -> Vec<Filed> {
    let hash = article.hash.get(..10).unwrap_or(&article.hash);
    let mut filed: Vec<Filed> = Vec::with_capacity(reports.len());
    for report in reports {
        let base = format!("{hash}-{}", report.evidence.trigger.start);
        // A trigger rarely tells more than one thing; the second gets a "b", and so on.
        let twins = filed.iter().filter(|f| f.report.evidence.trigger == report.evidence.trigger).count();
        let id = match u8::try_from(twins) {
            Ok(0) => base,
            Ok(n) if n < 25 => format!("{base}{}", char::from(b'a' + n)),
            _ => format!("{base}x{twins}"),
        };
        filed.push(Filed {
            id,
            article: article.hash.clone(),
            outlet: article.outlet.clone(),
            published: article.published.or(article.updated),
            report,
        });
    }
    filed
}

/// The states that the page shows in contact or in action with each other.
fn states_at_hand(reports: &[Report]) -> Vec<String> {
    let mut states: Vec<String> = reports
        .iter()
        .filter(|r| r.kind != Kind::Statement)
        .flat_map(|r| r.actors.iter().chain(&r.recipients))
        .filter_map(|p| p.actor.state.clone())
        .collect();
    states.sort();
    states.dedup();
    states
}

/// Whether a statement is part of what goes on between states: it is addressed to another side, or its speaker is one of
/// the sides of the page and it raises an issue between them.
fn concerns_others(report: &Report, about: &[String]) -> bool {
    let Some(speaker) = report.actors.first().map(|p| &p.actor) else { return false };
    if !statements::speaks_for_a_side(speaker.sector) && speaker.kind != ActorKind::State {
        return false;
    }
    let addressed = report.recipients.iter().any(|p| matching::side(&p.actor) != matching::side(speaker));
    let at_hand = speaker.state.as_ref().is_some_and(|s| about.contains(s));
    addressed || report.actors.len() > 1 || (at_hand && !report.issues.is_empty())
}
