//! Picks the events that speak most strongly for and against: of the recent window, and of a whole course.

use std::cmp::Reverse;

use crate::series::cameo::Tone;
use crate::series::names::Name;
use crate::series::question::Question;
use crate::series::selection::{Kept, Selection};
use crate::series::verdict::Item;

/// How many events each list holds.
const UP_TO: usize = 5;

/// The four lists of a verdict.
#[derive(Debug, Default)]
pub(in crate::series) struct Items {
    pub(in crate::series) pro: Vec<Item>,
    pub(in crate::series) con: Vec<Item>,
    pub(in crate::series) claims_for: Vec<Item>,
    pub(in crate::series) claims_against: Vec<Item>,
}

/// The strongest events between the two in the recent window, by absolute Goldstein value, then recency, then id.
pub(in crate::series) fn items(selection: &Selection<'_>, question: &Question) -> Items {
    let recent = |kept: &&Kept<'_>| kept.between && kept.age < question.window;
    let mut lists: [Strongest<'_>; 4] = Default::default();
    for kept in selection.kept.iter().filter(recent) {
        let list = match kept.tone {
            Tone::Cooperative => 0,
            Tone::Conflictual => 1,
            // Only what is said of the relationship: an appeal (02) asks for something and claims nothing.
            Tone::Neither if kept.observation.code.root() != 1 => continue,
            Tone::Neither => match kept.goldstein.tenths().signum() {
                1 => 2,
                -1 => 3,
                _ => continue,
            },
        };
        lists[list].take(kept);
    }
    let [pro, con, claims_for, claims_against] = lists.map(Strongest::items);
    Items { pro, con, claims_for, claims_against }
}

/// The strongest of those seen so far, in order.
#[derive(Debug, Default)]
struct Strongest<'k>(Vec<&'k Kept<'k>>);

impl<'k> Strongest<'k> {
    /// Takes an event in where it is among them: of a busy dyad's thousands of events five are wanted, and most fail at the
    /// last of these.
    fn take(&mut self, kept: &'k Kept<'k>) {
        let order = |kept: &Kept<'k>| (Reverse(kept.goldstein.tenths().abs()), kept.age);
        let before = |a: &Kept<'k>, b: &Kept<'k>| {
            let by_id = || (*a.observation.event).cmp(&*b.observation.event);
            order(a).cmp(&order(b)).then_with(by_id).is_lt()
        };
        if self.0.len() == UP_TO && self.0.last().is_some_and(|last| !before(kept, last)) {
            return;
        }
        let at = self.0.partition_point(|other| before(other, kept));
        self.0.insert(at, kept);
        self.0.truncate(UP_TO);
    }

    fn items(self) -> Vec<Item> {
        self.0.into_iter().map(item).collect()
    }
}

/// How many events of either tone a course names.
const NAMED: usize = 4;
/// Events that lie closer together than this part of a course would stand on each other in a drawing: the stronger is named.
const APART: usize = 16;

/// The strongest events between the two in the days of a course, in their order. Of a day, one stands for all.
pub(in crate::series) fn strongest_of_course(selection: &Selection<'_>) -> Vec<Item> {
    let strength = |kept: &Kept<'_>| kept.goldstein.tenths().abs();
    let mut of_day: Vec<Option<&Kept<'_>>> = vec![None; selection.heard.len()];
    for kept in selection.kept.iter().filter(|kept| kept.between && kept.tone != Tone::Neither) {
        let day = &mut of_day[kept.age as usize];
        let stands_first = |known: &Kept<'_>| {
            let by_id = || (*kept.observation.event).cmp(&*known.observation.event);
            strength(known).cmp(&strength(kept)).then_with(by_id).is_lt()
        };
        if day.is_none_or(stands_first) {
            *day = Some(kept);
        }
    }
    let apart = (of_day.len() / APART) as i32;
    let mut days: Vec<&Kept<'_>> = of_day.into_iter().flatten().collect();
    days.sort_by_key(|kept| (Reverse(strength(kept)), kept.age));
    let mut named: Vec<&Kept<'_>> = Vec::with_capacity(2 * NAMED);
    for kept in days {
        let alike = named.iter().filter(|other| other.tone == kept.tone).count();
        if alike < NAMED && named.iter().all(|other| other.age.abs_diff(kept.age) as i32 >= apart) {
            named.push(kept);
        }
    }
    named.sort_by_key(|kept| Reverse(kept.age));
    named.into_iter().map(item).collect()
}

fn item(kept: &Kept<'_>) -> Item {
    let o = kept.observation;
    Item {
        event: o.event.to_string(),
        date: o.date,
        dyad: o.dyad,
        by: o.by(),
        code: o.code,
        name: o.code.name().to_owned(),
        goldstein: o.goldstein.value(),
        outlets: o.outlets().iter().map(Name::to_string).collect(),
        issues: o.issues().iter().map(Name::to_string).collect(),
    }
}
