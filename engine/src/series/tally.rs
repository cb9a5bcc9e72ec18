//! Turns counts of days, and events one by one, into weekly counts of both axes, in the recent window and in the baseline.

use crate::series::cameo::Tone;
use crate::series::days::Days;
use crate::series::estimate::Cell;
use crate::series::selection::Kept;

/// Weekly counts of the two windows of one axis. Week 0 ends on the window's last day; the oldest may be cut short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::series) struct Weeks {
    pub(in crate::series) recent: Vec<Cell>,
    pub(in crate::series) baseline: Vec<Cell>,
}

/// Weekly counts of both axes, those of the recent window first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::series) struct Tally {
    weeks: Vec<Week>,
    window: i32,
    baseline: i32,
}

/// One week of both axes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Week {
    /// Cooperative events between the sides, which both axes count.
    cooperative: u32,
    /// Events between the sides that count in tone.
    toned: u32,
    /// All events of either side, which engagement counts.
    events: u32,
}

/// Weeks of a window of so many days, the oldest perhaps cut short.
pub(in crate::series) fn weeks_of(days: i32) -> usize {
    (days as usize).div_ceil(7)
}

impl Tally {
    /// Empty counts for a window and the baseline before it, in days.
    pub(in crate::series) fn new(window: i32, baseline: i32) -> Self {
        Self { weeks: vec![Week::default(); weeks_of(window) + weeks_of(baseline)], window, baseline }
    }

    /// The counts of all days of the two windows.
    pub(in crate::series) fn of(days: &Days, window: i32, baseline: i32) -> Self {
        let mut tally = Self::new(window, baseline);
        for (age, day) in (0..).zip(days.aged(0..window + baseline)) {
            let week = tally.at(age);
            week.cooperative += day.tone.c;
            week.toned += day.tone.n;
            week.events += day.between + day.elsewhere;
        }
        tally
    }

    /// Counts an event, if it lies in the two windows.
    pub(in crate::series) fn add(&mut self, event: &Kept<'_>) {
        if event.age >= self.window + self.baseline {
            return;
        }
        let week = self.at(event.age);
        week.cooperative += u32::from(event.between && event.tone == Tone::Cooperative);
        week.toned += u32::from(event.between && event.tone != Tone::Neither);
        week.events += 1;
    }

    /// The counts without those of some of the events.
    pub(in crate::series) fn without(&self, some: &Tally) -> Self {
        let rest = |(all, some): (&Week, &Week)| Week {
            cooperative: all.cooperative - some.cooperative,
            toned: all.toned - some.toned,
            events: all.events - some.events,
        };
        Self { weeks: self.weeks.iter().zip(&some.weeks).map(rest).collect(), ..*self }
    }

    /// What tone counts.
    pub(in crate::series) fn tone(&self) -> Weeks {
        self.weeks(|week| Cell { c: week.cooperative, n: week.toned })
    }

    /// What engagement counts.
    pub(in crate::series) fn engagement(&self) -> Weeks {
        self.weeks(|week| Cell { c: week.cooperative, n: week.events })
    }

    fn weeks(&self, cell: impl Fn(&Week) -> Cell) -> Weeks {
        let mut recent: Vec<Cell> = self.weeks.iter().map(cell).collect();
        let baseline = recent.split_off(weeks_of(self.window));
        Weeks { recent, baseline }
    }

    /// The week of an event of this age, in days.
    fn at(&mut self, age: i32) -> &mut Week {
        let week = if age < self.window {
            age as usize / 7
        } else {
            weeks_of(self.window) + (age - self.window) as usize / 7
        };
        &mut self.weeks[week]
    }
}
