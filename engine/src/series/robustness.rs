//! Asks the same question again with one thing changed: an outlet unread, an issue left out, other windows.

use crate::series::question::Question;
use crate::series::selection::Selection;
use crate::series::tally::Tally;
use crate::series::tellers::{Part, Told};
use crate::series::verdict::{Axis, Label, Means, Robustness, Variant};

/// Other lengths of the recent window, in days.
pub(in crate::series) const WINDOWS: [i32; 2] = [30, 180];

/// All variants. Each outlet and each issue takes its own counts out of the tally.
pub(in crate::series) fn robustness(
    selection: &Selection<'_>,
    question: &Question,
    tally: &Tally,
    told: &Told<'_>,
) -> Robustness {
    let alone = told.tellers.iter().filter_map(|teller| Some((teller.name, teller.alone.as_ref()?)));
    let windows = WINDOWS.iter().map(|window| {
        let tally = Tally::of(&selection.kept, *window, question.baseline);
        let span = window + question.baseline;
        let events = selection.kept.iter().filter(|kept| kept.between && kept.age < span).count();
        variant(window.to_string(), events as u64, &tally)
    });
    Robustness {
        without_outlet: alone.map(|(name, part)| without(name, part, tally)).collect(),
        without_issue: told.issues.iter().map(|(issue, part)| without(issue, part, tally)).collect(),
        windows: windows.collect(),
        goldstein: means(selection, question),
    }
}

/// The answer without some of the events that the tally counts.
fn without(name: &str, part: &Part, tally: &Tally) -> Variant {
    variant(name.to_owned(), part.between, &tally.without(&part.tally))
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
