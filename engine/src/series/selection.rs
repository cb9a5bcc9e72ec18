//! Turns observations of a whole record into the events that bear on one question, each once, with its age in days.

use jiff::civil::Date;

use crate::series::cameo::{Goldstein, Tone};
use crate::series::dyad::Sides;
use crate::series::ids::Ids;
use crate::series::names::Name;
use crate::series::observation::{Direction, Observation};
use crate::series::question::{Acts, Question, days_before};

/// An event that bears on the question.
#[derive(Debug, Clone, Copy)]
pub(in crate::series) struct Kept<'o> {
    /// The event; for one that joins several dyads, the observation that lies between the sides.
    pub(in crate::series) observation: &'o Observation,
    /// Days before the question's own.
    pub(in crate::series) age: i32,
    /// Whether it lies between the sides, as the question asks; otherwise it is one of either side with anyone.
    pub(in crate::series) between: bool,
    /// Which way it counts in tone.
    pub(in crate::series) tone: Tone,
    /// The event's own, beside the rest: what looks at every event need not fetch it from the observation.
    pub(in crate::series) goldstein: Goldstein,
}

/// What one pass over a record finds for a question.
#[derive(Debug)]
pub(in crate::series) struct Selection<'o> {
    /// Events of either side with another state, up to the horizon, each id once, that the filters admit.
    pub(in crate::series) kept: Vec<Kept<'o>>,
    /// Whether anything of either side is on record, by age in days, filters aside.
    pub(in crate::series) heard: Vec<bool>,
    /// First and last day of all observations.
    pub(in crate::series) record: Option<(Date, Date)>,
    /// First and last day of those between the sides, filters aside, up to the question's day.
    pub(in crate::series) between: Option<(Date, Date)>,
}

/// One pass: linear in the observations, whatever their order. `horizon` is the number of days up to `question.on`.
pub(in crate::series) fn select<'o>(
    observations: &'o [Observation],
    sides: &Sides,
    question: &Question,
    horizon: i32,
) -> Selection<'o> {
    let earliest = days_before(question.on, horizon - 1);
    let mut selection =
        Selection { kept: Vec::new(), heard: vec![false; horizon as usize], record: None, between: None };
    let mut reckoned = (question.on, 0);
    for observation in observations {
        let date = observation.date;
        widen(&mut selection.record, date);
        let (a, b) = (observation.dyad.first, observation.dyad.second);
        let sits = [sides.first.has(a), sides.second.has(a), sides.first.has(b), sides.second.has(b)];
        let between = match sits {
            [true, _, _, true] => Some(true),
            [_, true, true, _] => Some(false),
            // Nobody of either side, or members of one bloc among themselves.
            [false, false, false, false] | [true, _, true, _] | [_, true, _, true] => continue,
            _ => None,
        };
        if date > question.on {
            continue;
        }
        if between.is_some() {
            widen(&mut selection.between, date);
        }
        if date < earliest {
            continue;
        }
        // Records are mostly in the order of days: one is reckoned once.
        if date != reckoned.0 {
            reckoned = (date, (question.on.duration_since(date).as_hours() / 24) as i32);
        }
        let age = reckoned.1;
        selection.heard[age as usize] = true;
        if !admits(question, observation) {
            continue;
        }
        let between = between.is_some_and(|in_order| asked_for(question, observation, in_order));
        selection.kept.push(Kept {
            observation,
            age,
            between,
            tone: observation.code.tone(),
            goldstein: observation.goldstein,
        });
    }
    once(&mut selection.kept);
    selection
}

/// Leaves each event id once.
fn once(kept: &mut Vec<Kept<'_>>) {
    let mut ids = Ids::with_room_for(kept.len());
    let mut stay = 0;
    for at in 0..kept.len() {
        let event = kept[at];
        match ids.seen(&event.observation.event, stay, |place| &kept[place].observation.event) {
            None => {
                kept[stay] = event;
                stay += 1;
            }
            Some(place) if rank(&event) < rank(&kept[place]) => kept[place] = event,
            Some(_) => {}
        }
    }
    kept.truncate(stay);
}

/// Which of several observations of one event stands for it: one between the sides first, and then any fixed order, so
/// that the order of input cannot show.
fn rank<'o>(kept: &Kept<'o>) -> impl Ord + use<'o> {
    let o = kept.observation;
    (!kept.between, o.date, o.code, o.dyad, o.direction, o.goldstein, o.outlets(), o.issues())
}

/// Stretches a range of days to hold `date`.
fn widen(range: &mut Option<(Date, Date)>, date: Date) {
    *range = Some(range.map_or((date, date), |(first, last)| (first.min(date), last.max(date))));
}

/// Whether the question's filters on the record as a whole let this event through.
pub(in crate::series) fn admits(question: &Question, observation: &Observation) -> bool {
    let any = |asked: &[String], has: &[Name]| has.iter().any(|h| asked.iter().any(|a| **a == **h));
    !question.without.has(observation.code.root())
        && (question.outlets.is_empty() || any(&question.outlets, observation.outlets()))
        && (question.issues.is_empty() || any(&question.issues, observation.issues()))
}

/// Whether an event between the sides is of the direction and the sectors asked for. `in_order`: the dyad's first state
/// sits on the question's first side.
fn asked_for(question: &Question, observation: &Observation, in_order: bool) -> bool {
    let acts = match observation.direction {
        Direction::Mutual => true,
        Direction::FirstToSecond => question.acts != if in_order { Acts::Second } else { Acts::First },
        Direction::SecondToFirst => question.acts != if in_order { Acts::First } else { Acts::Second },
    };
    let (first, second) = if in_order { (0, 1) } else { (1, 0) };
    let takes_part = |asked: &[crate::actors::Sector], at: usize| {
        asked.is_empty()
            || observation.details.as_ref().is_some_and(|d| d.sectors[at].iter().any(|s| asked.contains(s)))
    };
    acts && takes_part(&question.first_sectors, first) && takes_part(&question.second_sectors, second)
}
