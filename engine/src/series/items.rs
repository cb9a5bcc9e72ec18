//! Picks the events that speak most strongly for and against: of the recent window, and of a whole course.

use std::cmp::Reverse;

use crate::series::cameo::Tone;
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
    let mut lists: [Vec<&Kept<'_>>; 4] = Default::default();
    for kept in selection.kept.iter().filter(recent) {
        let observation = kept.observation;
        let list = match kept.tone {
            Tone::Cooperative => 0,
            Tone::Conflictual => 1,
            // Only what is said of the relationship: an appeal (02) asks for something and claims nothing.
            Tone::Neither if observation.code.root() != 1 => continue,
            Tone::Neither => match observation.goldstein.tenths().signum() {
                1 => 2,
                -1 => 3,
                _ => continue,
            },
        };
        lists[list].push(kept);
    }
    let [pro, con, claims_for, claims_against] = lists.map(strongest);
    Items { pro, con, claims_for, claims_against }
}

/// How many events of either tone a course names.
const NAMED: usize = 4;
/// Events that lie closer together than this part of a course would stand on each other in a drawing: the stronger is named.
const APART: usize = 16;

/// The strongest events between the two in the days of a course, in their order. Of a day, one stands for all.
pub(in crate::series) fn strongest_of_course(selection: &Selection<'_>) -> Vec<Item> {
    let strength = |kept: &Kept<'_>| kept.observation.goldstein.tenths().abs();
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

fn strongest(mut list: Vec<&Kept<'_>>) -> Vec<Item> {
    let order = |kept: &&Kept<'_>| {
        let strength = Reverse(kept.observation.goldstein.tenths().abs());
        (strength, kept.age)
    };
    let full = |a: &&Kept<'_>, b: &&Kept<'_>| {
        order(a).cmp(&order(b)).then_with(|| (*a.observation.event).cmp(&*b.observation.event))
    };
    if list.len() > UP_TO {
        // Linear: a busy dyad has thousands of events and five are wanted.
        list.select_nth_unstable_by(UP_TO, full);
        list.truncate(UP_TO);
    }
    list.sort_unstable_by(full);
    list.into_iter().map(item).collect()
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
        outlets: o.outlets().to_vec(),
        issues: o.issues().to_vec(),
    }
}
