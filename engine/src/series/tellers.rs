//! Sorts the events of both windows by who told them and by what they are about, in one pass.

use crate::series::names::Places;
use crate::series::question::Question;
use crate::series::selection::{Kept, Selection};
use crate::series::tally::Tally;

/// The events of a question's two windows by outlet and by issue.
#[derive(Debug)]
pub(in crate::series) struct Told<'k> {
    /// Every outlet, sorted by name.
    pub(in crate::series) tellers: Vec<Teller<'k>>,
    /// Every issue with the events that raise it, sorted by name.
    pub(in crate::series) issues: Vec<(&'k str, Part)>,
    /// Events between the sides that more than one outlet told, in the recent window and in the baseline.
    pub(in crate::series) by_several: [u64; 2],
    /// Those of them that all have from one text.
    pub(in crate::series) syndicated: [u64; 2],
}

/// One outlet and what it told.
#[derive(Debug)]
pub(in crate::series) struct Teller<'k> {
    pub(in crate::series) name: &'k str,
    /// Events between the sides that it told.
    pub(in crate::series) events: u64,
    /// Whether it told one in the recent window, and in the baseline.
    pub(in crate::series) heard: [bool; 2],
    /// Events that it alone told, those of either side with other states too; none, where others told all of them as well.
    pub(in crate::series) alone: Option<Part>,
}

/// Some of the events.
#[derive(Debug)]
pub(in crate::series) struct Part {
    /// How many of them lie between the sides.
    pub(in crate::series) between: u64,
    pub(in crate::series) tally: Tally,
}

impl Part {
    fn none(question: &Question) -> Self {
        Self { between: 0, tally: Tally::new(question.window, question.baseline) }
    }

    fn add(&mut self, event: &Kept<'_>) {
        self.between += u64::from(event.between);
        self.tally.add(event);
    }
}

impl<'k> Told<'k> {
    /// Sorts the events of the question's two windows.
    pub(in crate::series) fn of(selection: &'k Selection<'k>, question: &Question) -> Self {
        let days = question.window + question.baseline;
        let mut told =
            Self { tellers: Vec::new(), issues: Vec::new(), by_several: [0; 2], syndicated: [0; 2] };
        let (mut outlets, mut issues) = (Places::default(), Places::default());
        for kept in selection.kept.iter().filter(|kept| kept.age < days) {
            let Some(details) = kept.observation.details.as_deref() else { continue };
            let window = usize::from(kept.age >= question.window);
            let alone = details.outlets.len() == 1;
            let several = kept.between && details.outlets.len() > 1;
            told.by_several[window] += u64::from(several);
            told.syndicated[window] += u64::from(several && details.texts == 1);
            for name in &details.outlets {
                let next = told.tellers.len();
                let place = outlets.of(name, next);
                if place == next {
                    told.tellers.push(Teller { name, events: 0, heard: [false; 2], alone: None });
                }
                let teller = &mut told.tellers[place];
                if kept.between {
                    teller.events += 1;
                    teller.heard[window] = true;
                }
                if alone {
                    teller.alone.get_or_insert_with(|| Part::none(question)).add(kept);
                }
            }
            for issue in &details.issues {
                let next = told.issues.len();
                let place = issues.of(issue, next);
                if place == next {
                    told.issues.push((issue, Part::none(question)));
                }
                told.issues[place].1.add(kept);
            }
        }
        told.tellers.sort_by_key(|teller| teller.name);
        told.issues.sort_by_key(|(issue, _)| *issue);
        told
    }
}
