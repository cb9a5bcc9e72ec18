//! Counts what an answer was made from: events, outlets, and days on which nothing was heard.

use std::collections::HashMap;

use crate::series::question::{Question, days_before};
use crate::series::selection::Selection;
use crate::series::verdict::{Coverage, Heard, Outlet};

/// The coverage of a question's two windows.
pub(in crate::series) fn coverage(selection: &Selection<'_>, question: &Question) -> Coverage {
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
            elsewhere: 0,
            outlets: 0,
        }
    };
    let mut windows = [heard(0, window), heard(window, baseline)];
    let mut places: HashMap<&str, usize> = HashMap::new();
    // Each outlet with whether it was heard in either window.
    let mut outlets: Vec<(Outlet, [bool; 2])> = Vec::new();
    for kept in &selection.kept {
        let at = match kept.age {
            age if age < window => 0,
            age if age < window + baseline => 1,
            _ => continue,
        };
        if !kept.between {
            windows[at].elsewhere += 1;
            continue;
        }
        let told_by = kept.observation.outlets();
        windows[at].events += 1;
        windows[at].told_by_several += u64::from(told_by.len() > 1);
        for name in told_by {
            let place = *places.entry(name).or_insert_with(|| {
                outlets.push((Outlet { name: name.clone(), events: 0, alone: 0 }, [false; 2]));
                outlets.len() - 1
            });
            let (outlet, heard) = &mut outlets[place];
            outlet.events += 1;
            outlet.alone += u64::from(told_by.len() == 1);
            heard[at] = true;
        }
    }
    for (at, window) in windows.iter_mut().enumerate() {
        window.outlets = outlets.iter().filter(|(_, heard)| heard[at]).count() as u64;
    }
    let mut outlets: Vec<Outlet> = outlets.into_iter().map(|(outlet, _)| outlet).collect();
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
