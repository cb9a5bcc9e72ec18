//! Turns kept events into counts of each day, from which every window adds up its own.

use std::ops::Range;

use crate::series::cameo::Tone;
use crate::series::estimate::Cell;
use crate::series::selection::Selection;

/// What one day holds.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::series) struct Day {
    /// Events between the sides.
    pub(in crate::series) between: u32,
    /// Events of either side with others.
    pub(in crate::series) elsewhere: u32,
    /// Those between the sides that count in tone.
    pub(in crate::series) tone: Cell,
    /// Goldstein values of those between the sides, in tenths, added up.
    pub(in crate::series) tenths: i64,
}

/// What each day up to the horizon holds, by its age.
#[derive(Debug)]
pub(in crate::series) struct Days(Vec<Day>);

impl Days {
    /// One pass over the events.
    pub(in crate::series) fn of(selection: &Selection<'_>) -> Self {
        let mut days = vec![Day::default(); selection.heard.len()];
        for kept in &selection.kept {
            let day = &mut days[kept.age as usize];
            if !kept.between {
                day.elsewhere += 1;
                continue;
            }
            day.between += 1;
            day.tone.n += u32::from(kept.tone != Tone::Neither);
            day.tone.c += u32::from(kept.tone == Tone::Cooperative);
            day.tenths += kept.goldstein.tenths();
        }
        Self(days)
    }

    /// The days of these ages, the youngest first; fewer where the horizon ends.
    pub(in crate::series) fn aged(&self, ages: Range<i32>) -> &[Day] {
        let end = (ages.end as usize).min(self.0.len());
        self.0.get(ages.start as usize..end).unwrap_or_default()
    }

    /// Events between the sides at these ages.
    pub(in crate::series) fn between(&self, ages: Range<i32>) -> u64 {
        self.aged(ages).iter().map(|day| u64::from(day.between)).sum()
    }
}
