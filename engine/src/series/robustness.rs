//! Asks the same question again with one thing changed: an outlet unread, an issue left out, other windows.

use std::collections::HashMap;

use crate::series::question::Question;
use crate::series::selection::{Kept, Selection};
use crate::series::tally::Tally;
use crate::series::verdict::{Axis, Label, Means, Robustness, Variant};

/// Other lengths of the recent window, in days.
pub(in crate::series) const WINDOWS: [i32; 2] = [30, 180];

/// All variants. Linear in the events: each outlet and each issue takes only its own events out of the tally.
pub(in crate::series) fn robustness(
    selection: &Selection<'_>,
    question: &Question,
    tally: &Tally,
) -> Robustness {
    let days = question.window + question.baseline;
    let looked_at = |kept: &&Kept<'_>| kept.age < days;
    let mut by_outlet = Groups::default();
    let mut by_issue = Groups::default();
    for kept in selection.kept.iter().filter(looked_at) {
        if let [only] = kept.observation.outlets() {
            by_outlet.add(only, kept);
        }
        for issue in kept.observation.issues() {
            by_issue.add(issue, kept);
        }
    }
    let windows = WINDOWS.iter().map(|window| {
        let tally = Tally::of(&selection.kept, *window, question.baseline);
        let span = window + question.baseline;
        let events = selection.kept.iter().filter(|kept| kept.between && kept.age < span).count();
        variant(window.to_string(), events as u64, &tally)
    });
    Robustness {
        without_outlet: by_outlet.variants(tally),
        without_issue: by_issue.variants(tally),
        windows: windows.collect(),
        goldstein: means(selection, question),
    }
}

/// Events by what they have in common, in order of first sight; the order is lost again when variants are sorted.
#[derive(Debug, Default)]
struct Groups<'k> {
    places: HashMap<&'k str, usize>,
    groups: Vec<(&'k str, Vec<&'k Kept<'k>>)>,
}

impl<'k> Groups<'k> {
    fn add(&mut self, name: &'k str, kept: &'k Kept<'k>) {
        let place = *self.places.entry(name).or_insert_with(|| {
            self.groups.push((name, Vec::new()));
            self.groups.len() - 1
        });
        self.groups[place].1.push(kept);
    }

    /// The answer without each group that takes part in it.
    fn variants(self, tally: &Tally) -> Vec<Variant> {
        let mut variants: Vec<Variant> = self
            .groups
            .into_iter()
            .map(|(name, events)| {
                let mut without = tally.clone();
                for event in &events {
                    without.remove(event);
                }
                let between = events.iter().filter(|kept| kept.between).count();
                variant(name.to_owned(), between as u64, &without)
            })
            .collect();
        variants.sort_by(|a, b| a.of.cmp(&b.of));
        variants
    }
}

fn variant(of: String, events: u64, tally: &Tally) -> Variant {
    let (tone, engagement) = Axis::both(tally);
    let label = Label::of(tone.finding, engagement.finding);
    Variant { of, events, label, tone: tone.change, engagement: engagement.change }
}

/// Mean Goldstein values; sums are of whole tenths, so the order of events cannot show.
fn means(selection: &Selection<'_>, question: &Question) -> Means {
    let mut sums = [(0u64, 0i64); 2];
    for kept in selection.kept.iter().filter(|kept| kept.between) {
        let window = match kept.age {
            age if age < question.window => 0,
            age if age < question.window + question.baseline => 1,
            _ => continue,
        };
        sums[window].0 += 1;
        sums[window].1 += kept.observation.goldstein.tenths();
    }
    let mean = |(n, tenths): (u64, i64)| (n > 0).then(|| tenths as f64 / 10.0 / n as f64);
    Means {
        recent_events: sums[0].0,
        recent: mean(sums[0]),
        baseline_events: sums[1].0,
        baseline: mean(sums[1]),
    }
}
