//! The events room: turns a `Document` and its `Cast` into `Report`s, and reports of one happening into an `Event`.

mod attribution;
mod clause;
mod codebook;
mod codes;
mod contacts;
mod details;
mod event;
mod fit;
mod frame;
mod issues;
mod knowledge;
mod matching;
mod merge;
mod places;
mod proposal;
mod report;
mod roles;
mod sides;
mod statements;
mod supposing;
mod telling;
mod thread;

use jiff::civil::Date;

use crate::actors::{ActorKind, Cast, Sector};
use crate::language::{Document, Register};
use crate::text::Span;

pub use attribution::{Attribution, attributions};
pub use codebook::{Code, codebook};
pub use codes::plover;
pub use details::{Detail, Details, Narrowed, Wide};
pub use event::{Event, Filed};
pub use frame::{Frame, Frames, No, Yes};
pub use issues::{Issue, Issues};
pub use knowledge::Knowledge;
pub use merge::{Tie, merge, merge_tied};
pub use report::{
    Act, ContactKind, Evidence, Kind, Party, Place, Plover, Report, Role, RoleSpan, Statement, Through, Told,
};

/// Which happenings are told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those between two sides that can act for a state, a body of states or an armed group.
    Interstate,
    /// All, within one state as well: what a court does to a citizen, a party says of its government.
    Any,
}

/// Every report of a page, in order of text. Headlines make no reports of their own where there is a body: a claim belongs
/// to its speaker, and what a headline cuts short the body tells.
pub fn reports(
    doc: &Document,
    cast: &Cast,
    knowledge: &Knowledge,
    published: Option<Date>,
    scope: Scope,
) -> Vec<Report> {
    let page = roles::Page::new(doc, cast, knowledge, published, scope);
    let prose = doc.sentences.iter().any(|s| s.register == Register::Prose);
    let sentences = doc.sentences.iter().copied().filter(|s| !prose || s.register != Register::Headline);
    let reports = matching::reports(&page, sentences);
    let about = states_at_hand(&reports);
    let kept = reports.into_iter().filter(|(r, others)| {
        scope == Scope::Any || r.kind != Kind::Statement || concerns_others(doc, r, *others, &about)
    });
    kept.map(|(report, _)| report).collect()
}

/// What a text tells that the mention at `source` does (to the one at `target`), where no frame ties them together: a
/// proposal, by the frame whose word stands nearest to both.
pub fn proposal(
    doc: &Document,
    cast: &Cast,
    knowledge: &Knowledge,
    source: Span,
    target: Option<Span>,
) -> Option<Report> {
    let page = roles::Page::new(doc, cast, knowledge, None, Scope::Any);
    let at = |span: Span| cast.mentions.iter().position(|m| m.span == span);
    matching::proposed(&page, at(source)?, target.and_then(at))
}

/// The states that the page shows in contact or in action with each other.
fn states_at_hand(reports: &[(Report, bool)]) -> Vec<String> {
    let mut states: Vec<String> = reports
        .iter()
        .map(|(report, _)| report)
        .filter(|r| r.kind != Kind::Statement)
        .flat_map(|r| r.actors.iter().chain(&r.recipients))
        .filter_map(|p| p.actor.state.clone())
        .collect();
    states.sort();
    states.dedup();
    states
}

/// Whether a statement is part of what goes on between states: it is addressed to another side, or its speaker is one of
/// the sides of the page and it names another side, raises an issue between them or says how relations stand, or it does
/// more than inform on a page about others ("Russia condemned the deal").
fn concerns_others(doc: &Document, report: &Report, others: bool, about: &[String]) -> bool {
    let Some(speaker) = report.actors.first().map(|p| &p.actor) else { return false };
    if !statements::speaks_for_a_side(speaker.sector) && speaker.kind != ActorKind::State {
        return false;
    }
    let own = sides::side(speaker);
    let of_other = |p: &Party| {
        let theirs = sides::side(&p.actor);
        theirs.is_some() && theirs != own && (own.is_some() || sides::is_public(speaker))
    };
    // Rebels, and officials whose state no word says, need not be one's own people.
    let unsaid = |p: &Party| {
        own.is_some()
            && sides::side(&p.actor).is_none()
            && sides::is_public(&p.actor)
            && (matches!(p.actor.kind, ActorKind::Person | ActorKind::Office)
                || !p.actor.sector.is_some_and(Sector::is_a_states))
    };
    // Whoever tells a newspaper tells its readers.
    let to_readers = |p: &Party| p.actor.sector == Some(Sector::Med);
    let addressed = report.recipients.iter().any(|p| (of_other(p) || unsaid(p)) && !to_readers(p));
    // "The president thanked the troops", "urged residents to leave": what is said to one's own people goes on within a state.
    // The bereaved and the prisoners who are promised to be freed are another's.
    let act = report.statement.as_ref().map(|s| s.act);
    let spoken_to = !matches!(act, Some(Act::Condole | Act::Commit | Act::Accord));
    let within = !report.recipients.is_empty() && !addressed && spoken_to;
    let together = report.actors.iter().any(of_other);
    let at_hand = speaker.state.as_ref().is_some_and(|s| about.contains(s));
    let relations = report.statement.as_ref().is_some_and(|s| statements::judges_relations(doc, s));
    let informs = report.statement.as_ref().is_none_or(|s| matches!(s.act, Act::Inform | Act::Conclude));
    let reacts =
        !informs && speaker.state.is_some() && about.iter().any(|s| Some(s) != speaker.state.as_ref());
    addressed
        || reacts && !within
        || together
        || (at_hand && (informs || !within) && (others || relations || !report.issues.is_empty()))
}
