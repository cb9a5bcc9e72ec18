//! Asks the same question again with one thing changed: an outlet unread, an issue left out, other windows.

use std::ops::Range;

use crate::series::days::Days;
use crate::series::question::Question;
use crate::series::tally::Tally;
use crate::series::tellers::{Part, Told};
use crate::series::verdict::{Axis, Label, Means, Robustness, Variant};

/// Other lengths of the recent window, in days.
pub(in crate::series) const WINDOWS: [i32; 2] = [30, 180];

/// All variants. Each outlet and each issue takes its own counts out of the tally.
pub(in crate::series) fn robustness(
    days: &Days,
    question: &Question,
    tally: &Tally,
    told: &Told<'_>,
) -> Robustness {
    let alone = told.tellers.iter().filter_map(|teller| Some((teller.name, teller.alone.as_ref()?)));
    let windows = WINDOWS.iter().map(|window| {
        let tally = Tally::of(days, *window, question.baseline);
        variant(window.to_string(), days.between(0..window + question.baseline), &tally)
    });
    Robustness {
        without_outlet: alone.map(|(name, part)| without(name, part, tally)).collect(),
        without_issue: told.issues.iter().map(|(issue, part)| without(issue, part, tally)).collect(),
        windows: windows.collect(),
        goldstein: means(days, question),
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
fn means(days: &Days, question: &Question) -> Means {
    let sums = |ages: Range<i32>| {
        let (n, tenths) =
            (days.between(ages.clone()), days.aged(ages).iter().map(|day| day.tenths).sum::<i64>());
        (n, (n > 0).then(|| tenths as f64 / 10.0 / n as f64))
    };
    let (recent_events, recent) = sums(0..question.window);
    let (baseline_events, baseline) = sums(question.window..question.window + question.baseline);
    Means { recent_events, recent, baseline_events, baseline }
}
