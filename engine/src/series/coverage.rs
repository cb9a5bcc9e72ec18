//! Counts what an answer was made from: events, outlets, and days on which nothing was heard.

use std::ops::Range;

use crate::series::days::Days;
use crate::series::question::{Question, days_before};
use crate::series::selection::Selection;
use crate::series::tellers::Told;
use crate::series::verdict::{Coverage, Heard, Outlet};

/// The coverage of a question's two windows.
pub(in crate::series) fn coverage(
    selection: &Selection<'_>,
    days: &Days,
    question: &Question,
    told: &Told<'_>,
) -> Coverage {
    let (window, baseline) = (question.window, question.baseline);
    let heard = |at: usize, ages: Range<i32>| {
        let heard = selection.heard.get(ages.start as usize..ages.end as usize).unwrap_or_default();
        Heard {
            from: days_before(question.on, ages.end - 1),
            to: days_before(question.on, ages.start),
            days: ages.len() as u64,
            silent_days: heard.iter().filter(|heard| !**heard).count() as u64,
            events: days.between(ages.clone()),
            told_by_several: told.by_several[at],
            syndicated: told.syndicated[at],
            elsewhere: days.aged(ages).iter().map(|day| u64::from(day.elsewhere)).sum(),
            outlets: told.tellers.iter().filter(|teller| teller.heard[at]).count() as u64,
        }
    };
    let between = told.tellers.iter().filter(|teller| teller.events > 0);
    let mut outlets: Vec<Outlet> = between
        .map(|teller| Outlet {
            name: teller.name.to_owned(),
            events: teller.events,
            alone: teller.alone.as_ref().map_or(0, |part| part.between),
        })
        .collect();
    outlets.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    Coverage {
        recent: heard(0, 0..window),
        baseline: heard(1, window..window + baseline),
        outlets,
        record: question.record.or(selection.record),
        between: selection.between,
    }
}
