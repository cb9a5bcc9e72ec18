//! Turns an event into what layouts of one actor, one target, one code and one day can say of it, or into the reason why
//! they cannot.

use demarche_engine::events::{Kind, Told};
use demarche_engine::series::{Cameo, Tone};
use jiff::civil::Date;

use crate::exports::{cells, reasons};
use crate::select::{Entry, Participant};

/// An event as ICEWS and GDELT can tell it.
pub(crate) struct Paired<'e> {
    pub(crate) day: Date,
    pub(crate) code: Cameo,
    /// Who acts on whom: one row for each.
    pub(crate) pairs: Vec<(Option<&'e Participant>, Option<&'e Participant>)>,
}

/// `any_telling`: whether it was asked for events that are told in some way, and so knows what it gets. Otherwise what has
/// not happened is left out, since these layouts would tell it as if it had.
pub(crate) fn paired(entry: &Entry, any_telling: bool) -> Result<Paired<'_>, &'static str> {
    let so = matches!(entry.told, None | Some(Told::Current | Told::Recalled));
    if !so && !any_telling {
        return Err(reasons::NOT_SO);
    }
    let code = cells::cameo(entry).ok_or(reasons::NO_CODE)?;
    let date = entry.date.filter(|date| date.start == date.end).ok_or(reasons::NO_DAY)?;
    Ok(Paired { day: date.start, code, pairs: pairs(entry, code) })
}

/// Every actor with every recipient. Without recipients all act on each other, as ICEWS and GDELT tell it: a row from each
/// end, between those of different sides.
fn pairs(entry: &Entry, code: Cameo) -> Vec<(Option<&Participant>, Option<&Participant>)> {
    let (actors, recipients) = (&entry.actor, &entry.recipient);
    if actors.is_empty() {
        let nobody = recipients.is_empty().then_some((None, None));
        return nobody.into_iter().chain(recipients.iter().map(|r| (None, Some(r)))).collect();
    }
    if !recipients.is_empty() {
        return actors.iter().flat_map(|a| recipients.iter().map(move |r| (Some(a), Some(r)))).collect();
    }
    let mutual = actors.iter().flat_map(|a| {
        let others = actors.iter().filter(move |other| side(other) != side(a));
        others.map(move |other| (Some(a), Some(other)))
    });
    let mutual: Vec<_> = if against_others(entry.kind, code) { Vec::new() } else { mutual.collect() };
    if mutual.is_empty() { actors.iter().map(|a| (Some(a), None)).collect() } else { mutual }
}

/// Those who jointly blame or threaten somebody left unnamed do not do it to each other.
fn against_others(kind: Option<Kind>, code: Cameo) -> bool {
    let said = kind.map_or(code.root() < 14, |kind| kind == Kind::Statement);
    said && code.tone() == Tone::Conflictual
}

fn side(party: &Participant) -> &str {
    party.state.as_deref().unwrap_or(&party.code)
}
