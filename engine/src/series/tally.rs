//! Turns kept events into weekly counts of both axes, in the recent window and in the baseline.

use crate::series::cameo::Tone;
use crate::series::estimate::Cell;
use crate::series::selection::Kept;

/// Weekly counts of the two windows of one axis. Week 0 ends on the window's last day; the oldest may be cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::series) struct Weeks {
    pub(in crate::series) recent: Vec<Cell>,
    pub(in crate::series) baseline: Vec<Cell>,
}

/// Weekly counts of both axes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::series) struct Tally {
    pub(in crate::series) tone: Weeks,
    pub(in crate::series) engagement: Weeks,
    window: i32,
    days: i32,
}

/// Weeks of a window of so many days, the oldest perhaps cut short.
pub(in crate::series) fn weeks_of(days: i32) -> usize {
    (days as usize).div_ceil(7)
}

impl Tally {
    /// Empty counts for a window and the baseline before it, in days.
    pub(in crate::series) fn new(window: i32, baseline: i32) -> Self {
        let weeks = |days: i32| vec![Cell::default(); weeks_of(days)];
        let both = Weeks { recent: weeks(window), baseline: weeks(baseline) };
        Self { tone: both.clone(), engagement: both, window, days: window + baseline }
    }

    /// The counts of all these events.
    pub(in crate::series) fn of<'o, 'k: 'o>(
        kept: impl IntoIterator<Item = &'o Kept<'k>>,
        window: i32,
        baseline: i32,
    ) -> Self {
        let mut tally = Self::new(window, baseline);
        for event in kept {
            tally.add(event);
        }
        tally
    }

    /// Counts an event, if it lies in the two windows.
    pub(in crate::series) fn add(&mut self, event: &Kept<'_>) {
        if event.age >= self.days {
            return;
        }
        let tone = event.tone;
        let cooperative = u32::from(event.between && tone == Tone::Cooperative);
        if event.between && tone != Tone::Neither {
            let cell = self.tone.at(event.age, self.window);
            cell.n += 1;
            cell.c += cooperative;
        }
        let cell = self.engagement.at(event.age, self.window);
        cell.n += 1;
        cell.c += cooperative;
    }

    /// The counts without those of some of the events.
    pub(in crate::series) fn without(&self, some: &Tally) -> Self {
        Self {
            tone: self.tone.without(&some.tone),
            engagement: self.engagement.without(&some.engagement),
            ..*self
        }
    }
}

impl Weeks {
    fn without(&self, some: &Weeks) -> Self {
        let rest = |all: &[Cell], some: &[Cell]| {
            all.iter().zip(some).map(|(all, some)| Cell { c: all.c - some.c, n: all.n - some.n }).collect()
        };
        Self { recent: rest(&self.recent, &some.recent), baseline: rest(&self.baseline, &some.baseline) }
    }

    /// The week of an event of this age, in days.
    fn at(&mut self, age: i32, window: i32) -> &mut Cell {
        if age < window {
            &mut self.recent[(age / 7) as usize]
        } else {
            &mut self.baseline[((age - window) / 7) as usize]
        }
    }
}
