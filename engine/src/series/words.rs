//! Says a verdict in one or two plain English sentences.

use crate::series::estimate::Change;
use crate::series::verdict::{Axis, ENOUGH_BASELINE, ENOUGH_RECENT, Finding, Label, Verdict};

impl Label {
    /// As it stands in a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Label::Gaining => "gaining momentum",
            Label::Losing => "losing momentum",
            Label::Mixed => "mixed",
            Label::NoClearChange => "no clear change",
            Label::InsufficientEvidence => "insufficient evidence",
        }
    }
}

impl Verdict {
    /// The verdict in words: the label, and for each axis the odds ratio with its interval, or what is missing.
    pub fn sentence(&self) -> String {
        let question = &self.question;
        let (recent, baseline) = (&self.coverage.recent, &self.coverage.baseline);
        let days = |n: i32| if n == 1 { "1 day".to_owned() } else { format!("{n} days") };
        format!(
            "{}, {} to {}: {}. Engagement {}, tone {}; {}{}, against {} in the {} before.",
            self.sides,
            days(question.window),
            question.on,
            self.label.as_str(),
            axis(&self.engagement),
            axis(&self.tone),
            events(recent.events),
            match recent.outlets {
                0 => String::new(),
                1 => " from 1 outlet".to_owned(),
                n => format!(" from {n} outlets"),
            },
            baseline.events,
            days(question.baseline),
        )
    }
}

/// "×1.6 (1.2–2.1)", "no clear change, ×1.1 (0.8–1.5)", or why nothing can be said.
fn axis(axis: &Axis) -> String {
    match (axis.change, axis.finding) {
        (Some(change), Finding::NoClearChange) => format!("no clear change, {}", odds(&change)),
        (Some(change), _) => odds(&change),
        (None, _) => missing(axis),
    }
}

/// "×1.6 (1.2–2.1)".
fn odds(change: &Change) -> String {
    format!("×{} ({}–{})", ratio(change.odds_ratio), ratio(change.low), ratio(change.high))
}

/// Two digits that matter, and never a zero where there is something.
fn ratio(value: f64) -> String {
    match value {
        v if v >= 9.95 => format!("{v:.0}"),
        v if v >= 0.095 => format!("{v:.1}"),
        v if v >= 0.0095 => format!("{v:.2}"),
        _ => "<0.01".to_owned(),
    }
}

/// What is there and what would be needed.
fn missing(axis: &Axis) -> String {
    let (recent, baseline) = (axis.recent.n, axis.baseline.n);
    if recent >= ENOUGH_RECENT && baseline >= ENOUGH_BASELINE {
        return "cannot be judged (no cooperative event between them)".to_owned();
    }
    format!(
        "cannot be judged ({} and {baseline} before, where {ENOUGH_RECENT} and {ENOUGH_BASELINE} are needed)",
        events(recent)
    )
}

fn events(n: u64) -> String {
    if n == 1 { "1 event".to_owned() } else { format!("{n} events") }
}
