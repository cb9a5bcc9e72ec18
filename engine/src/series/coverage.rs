//! Counts what an answer was made from: events, outlets, and days on which nothing was heard.

use crate::series::question::{Question, days_before};
use crate::series::selection::Selection;
use crate::series::tellers::Told;
use crate::series::verdict::{Coverage, Heard, Outlet};

/// The coverage of a question's two windows.
pub(in crate::series) fn coverage(
    selection: &Selection<'_>,
    question: &Question,
    told: &Told<'_>,
) -> Coverage {
    let (window, baseline) = (question.window, question.baseline);
    let heard = |youngest: i32, days: i32| {
        let ages = youngest as usize..(youngest + days) as usize;
        let silent = selection.heard.get(ages).map_or(0, |d| d.iter().filter(|heard| !**heard).count());
        Heard {
            from: days_before(question.on, youngest + days - 1),
            to: days_before(question.on, youngest),
            days: days as u64,
            silent_days: silent as u64,
            events: 0,
            told_by_several: 0,
            syndicated: 0,
            elsewhere: 0,
            outlets: 0,
        }
    };
    let mut windows = [heard(0, window), heard(window, baseline)];
    for kept in &selection.kept {
        let at = match kept.age {
            age if age < window => 0,
            age if age < window + baseline => 1,
            _ => continue,
        };
        if kept.between {
            windows[at].events += 1;
        } else {
            windows[at].elsewhere += 1;
        }
    }
    for (at, window) in windows.iter_mut().enumerate() {
        window.told_by_several = told.by_several[at];
        window.syndicated = told.syndicated[at];
        window.outlets = told.tellers.iter().filter(|teller| teller.heard[at]).count() as u64;
    }
    let between = told.tellers.iter().filter(|teller| teller.events > 0);
    let mut outlets: Vec<Outlet> = between
        .map(|teller| Outlet {
            name: teller.name.to_owned(),
            events: teller.events,
            alone: teller.alone.as_ref().map_or(0, |part| part.between),
        })
        .collect();
    outlets.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.name.cmp(&b.name)));
    let [recent, baseline] = windows;
    Coverage {
        recent,
        baseline,
        outlets,
        record: question.record.or(selection.record),
        between: selection.between,
    }
}
