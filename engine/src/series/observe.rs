//! Turns an `Event` into the observations that the arithmetic may count, one for each dyad that the event joins.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::actors::Sector;
use crate::events::{Event, Kind, Party, Told};
use crate::series::cameo::{Cameo, Tone};
use crate::series::dyad::{Dyad, State};
use crate::series::names::{Name, Names};
use crate::series::observation::{Details, Direction, Observation};

/// The observations that `events` give, in their order, sharing the names of outlets and issues. Those that must not be counted
/// give none:
///
/// - what is recalled, planned, requested, hypothetical or denied did not happen now, or did not happen;
/// - what has no date, or a date that covers more than seven days, cannot be placed in a week. A week or a span of up to seven
///   days counts on its first day: the estimate's clusters are weeks, a visit begins on its first day, and no event is
///   moved past the day of the question;
/// - what is said or done to a third party says nothing of the dyad: the two states must stand across actor and
///   recipient, or both among the actors of a reciprocal event. Two states that jointly blame or threaten someone left
///   unnamed are not in conflict with each other, so conflictual statements without a recipient join no dyad;
/// - what has neither a CAMEO code nor a PLOVER type is of no known kind.
pub fn observe<'e>(events: impl IntoIterator<Item = &'e Event>) -> Vec<Observation> {
    let mut names = Names::default();
    events.into_iter().flat_map(|event| observed(event, &mut names)).collect()
}

/// The observations that one event gives.
fn observed(event: &Event, names: &mut Names) -> Vec<Observation> {
    if event.told != Told::Current {
        return Vec::new();
    }
    let (Some(date), Some(code)) = (counted_on(event), code(event)) else { return Vec::new() };
    let actors = states(&event.actors);
    let recipients = states(&event.recipients);

    let reciprocal = event.recipients.is_empty();
    if reciprocal && event.kind == Kind::Statement && code.tone() == Tone::Conflictual {
        return Vec::new();
    }
    let (outlets, issues) = (shared(names, &event.outlets), shared(names, &event.issues));
    let acting: Vec<State> = actors.keys().copied().collect();
    let acted_on: Vec<State> = recipients.keys().copied().collect();
    joined(&acting, (!reciprocal).then_some(&acted_on))
        .into_iter()
        .map(|(dyad, direction)| {
            let sectors = [dyad.first, dyad.second].map(|state| {
                let mut sectors: Vec<Sector> = Vec::new();
                sectors.extend(actors.get(&state).into_iter().flatten());
                sectors.extend(recipients.get(&state).into_iter().flatten());
                sorted(sectors)
            });
            let details =
                Details { outlets: outlets.clone(), texts: event.texts, issues: issues.clone(), sectors };
            let mut observation = Observation::new(date, dyad, direction, code, &event.id);
            observation.details = Some(Box::new(details));
            observation
        })
        .collect()
}

/// The dyads between which an event lies, whatever it is and however it is told, and who acts in each.
pub fn dyads_of(event: &Event) -> BTreeMap<Dyad, Direction> {
    let states = |parties: &[Party]| states(parties).into_keys().collect::<Vec<State>>();
    let recipients = states(&event.recipients);
    joined(&states(&event.actors), (!event.recipients.is_empty()).then_some(&recipients))
}

/// The dyads that those who act join with those whom they act on, and who acts in each; without recipients all act on each
/// other. Two states that each stand on both sides act on each other as well.
pub fn joined(actors: &[State], recipients: Option<&[State]>) -> BTreeMap<Dyad, Direction> {
    let mut dyads: BTreeMap<Dyad, Direction> = BTreeMap::new();
    for &actor in actors {
        for &other in recipients.unwrap_or(actors) {
            let Some(dyad) = Dyad::new(actor, other) else { continue };
            let direction = match recipients {
                None => Direction::Mutual,
                Some(_) if dyad.first == actor => Direction::FirstToSecond,
                Some(_) => Direction::SecondToFirst,
            };
            let known = dyads.entry(dyad).or_insert(direction);
            if *known != direction {
                *known = Direction::Mutual;
            }
        }
    }
    dyads
}

/// The day that an event counts on: the first one, if its date covers seven days at most.
pub fn counted_on(event: &Event) -> Option<Date> {
    let period = event.date?;
    let days = period.end.duration_since(period.start).as_hours() / 24 + 1;
    (days <= 7).then_some(period.start)
}

/// The event's code, or the CAMEO root of its PLOVER type.
fn code(event: &Event) -> Option<Cameo> {
    let own = event.cameo.as_deref().and_then(|code| code.parse().ok());
    own.or_else(|| Cameo::of_plover(&event.plover.as_ref()?.event_type))
}

/// The states of these parties, with the sectors that take part for each.
fn states(parties: &[Party]) -> BTreeMap<State, Vec<Sector>> {
    let mut states: BTreeMap<State, Vec<Sector>> = BTreeMap::new();
    for party in parties {
        let Some(state) = party.actor.state.as_deref().and_then(|code| code.parse().ok()) else { continue };
        states.entry(state).or_default().extend(party.actor.sector);
    }
    states
}

/// Sorted, each once.
fn shared(names: &mut Names, all: &[String]) -> Vec<Name> {
    sorted(all.iter().map(|name| names.shared(name)).collect())
}

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::json;

    use super::*;

    /// An event read from the fields that matter here; the rest is filled in.
    fn event(
        kind: &str,
        code: &str,
        actors: &[(&str, &str)],
        recipients: &[(&str, &str)],
        when: &str,
    ) -> Event {
        let party = |(state, sector): &(&str, &str)| {
            json!({"actor": {"kind": "state", "name": state, "state": state, "code": state, "sector": sector,
                    "post": null, "wikidata": null, "settled": []},
                   "span": {"start": 0, "end": 0}})
        };
        serde_json::from_value(json!({
            "id": "a-1", "kind": kind, "cameo": code, "plover": null, "date": when, "told": "current", "place": null,
            "actors": actors.iter().map(party).collect::<Vec<_>>(),
            "recipients": recipients.iter().map(party).collect::<Vec<_>>(),
            "issues": ["trade"], "reports": ["a-1"], "outlets": ["Dawn", "AP", "Dawn"], "texts": 1, "sides": [],
        }))
        .unwrap()
    }

    fn dyads(event: &Event) -> Vec<(String, Direction)> {
        observe([event]).into_iter().map(|o| (o.dyad.to_string(), o.direction)).collect()
    }

    #[test]
    fn a_meeting_joins_every_two_of_its_states_and_a_statement_its_two_ends() {
        let met =
            event("contact", "040", &[("PAK", "GOV"), ("USA", "GOV"), ("CHN", "MIL")], &[], "2024-01-02");
        let all = ["CHN–PAK", "CHN–USA", "PAK–USA"].map(|dyad| (dyad.to_owned(), Direction::Mutual));
        assert_eq!(dyads(&met), all);
        let observation = observe([&met]).remove(0);
        assert_eq!(observation.outlets(), ["AP", "Dawn"]);
        assert_eq!(observation.details.unwrap().sectors, [vec![Sector::Mil], vec![Sector::Gov]]);

        let blamed =
            event("statement", "112", &[("USA", "GOV"), ("PAK", "GOV")], &[("IND", "GOV")], "2024-01-02");
        assert_eq!(
            dyads(&blamed),
            [
                ("IND–PAK".to_owned(), Direction::SecondToFirst),
                ("IND–USA".to_owned(), Direction::SecondToFirst)
            ],
            "those who blame together are no dyad of it"
        );
        let nobody = event("statement", "111", &[("USA", "GOV"), ("PAK", "GOV")], &[], "2024-01-02");
        assert_eq!(dyads(&nobody), []);
        let clashed = event("action", "190", &[("IND", "MIL"), ("PAK", "MIL")], &[], "2024-01-02");
        assert_eq!(dyads(&clashed).len(), 1);
        let home = event("action", "173", &[("PAK", "COP")], &[("PAK", "OPP")], "2024-01-02");
        assert_eq!(dyads(&home), []);
    }

    #[test]
    fn only_what_is_told_as_current_counts() {
        let mut met = event("contact", "040", &[("PAK", "GOV"), ("USA", "GOV")], &[], "2024-01-02");
        for told in [Told::Recalled, Told::Planned, Told::Requested, Told::Hypothetical, Told::Denied] {
            met.told = told;
            assert_eq!(observe([&met]), [], "{told:?}");
        }
    }

    #[test]
    fn a_date_counts_when_it_fits_a_week() {
        let on = |when: &str| {
            let met = event("contact", "040", &[("PAK", "GOV"), ("USA", "GOV")], &[], when);
            observe([&met]).first().map(|o| o.date)
        };
        assert_eq!(on("2024-01-02"), Some(date(2024, 1, 2)));
        assert_eq!(on("2024-W01"), Some(date(2024, 1, 1)));
        assert_eq!(on("2024-01-02/2024-01-08"), Some(date(2024, 1, 2)));
        assert_eq!(on("2024-01-02/2024-01-09"), None);
        assert_eq!(on("2023-12"), None);
    }

    #[test]
    fn a_plover_type_stands_in_for_a_missing_code() {
        let mut met = event("contact", "040", &[("PAK", "GOV"), ("USA", "GOV")], &[], "2024-01-02");
        met.cameo = None;
        assert_eq!(observe([&met]), []);
        met.plover = serde_json::from_value(json!({"event_type": "CONSULT"})).unwrap();
        assert_eq!(observe([&met])[0].code.to_string(), "04");
    }
}
