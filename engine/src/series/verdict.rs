//! The answer: two axes, a label, the evidence for and against, how it holds up, and what it was made from.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::series::cameo::Cameo;
use crate::series::dyad::{Dyad, Sides, State};
use crate::series::estimate::{Change, QUANTILE_95, QUANTILE_99, Rate};
use crate::series::question::Question;
use crate::series::tally::{Tally, Weeks};

/// Events on an axis in the recent window below which nothing is said of it.
pub const ENOUGH_RECENT: u64 = 10;
/// Events on an axis in the baseline below which nothing is said of it.
pub const ENOUGH_BASELINE: u64 = 20;

/// Whether a relationship gains or loses momentum, with every number that this rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Between whom.
    pub sides: Sides,
    /// What was asked.
    pub question: Question,
    /// The answer in a word.
    pub label: Label,
    /// Cooperation against conflict between the two.
    pub tone: Axis,
    /// Cooperation between the two against all else that either does with other states.
    pub engagement: Axis,
    /// The strongest cooperative events between the two in the recent window.
    #[serde(rename = "for")]
    pub pro: Vec<Item>,
    /// The strongest conflictual ones.
    #[serde(rename = "against")]
    pub con: Vec<Item>,
    /// Statements of the recent window that claim it goes well (optimism, accord, sympathy): shown, never counted.
    pub claims_for: Vec<Item>,
    /// Statements that claim it goes badly (pessimism, denial): shown, never counted.
    pub claims_against: Vec<Item>,
    /// How the answer holds up when something is changed; shown beside it, never decides it.
    pub robustness: Robustness,
    /// What the answer was made from.
    pub coverage: Coverage,
}

/// The answer in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// One axis is significantly up and none down.
    Gaining,
    /// One axis is significantly down and none up.
    Losing,
    /// One up, the other down.
    Mixed,
    /// Neither moved beyond chance, and at least one could be judged.
    NoClearChange,
    /// Neither could be judged.
    InsufficientEvidence,
}

impl Label {
    /// What two findings come to.
    pub fn of(tone: Finding, engagement: Finding) -> Self {
        let either = |finding| tone == finding || engagement == finding;
        match (either(Finding::Up), either(Finding::Down)) {
            (true, true) => Label::Mixed,
            (true, false) => Label::Gaining,
            (false, true) => Label::Losing,
            (false, false) if either(Finding::NoClearChange) => Label::NoClearChange,
            (false, false) => Label::InsufficientEvidence,
        }
    }
}

/// What one axis shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The interval of the odds ratio lies above 1.
    Up,
    /// It lies below 1.
    Down,
    /// It holds 1.
    NoClearChange,
    /// Too few events to say.
    InsufficientEvidence,
}

/// Which axis; each has its own level of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Cooperation against conflict.
    Tone,
    /// Cooperation between the two against all else that they do.
    Engagement,
}

impl Which {
    /// Level of confidence. Engagement is set against thousands of events and moves with every news cycle: it has to
    /// clear a higher bar.
    pub fn level(self) -> f64 {
        match self {
            Which::Tone => 0.95,
            Which::Engagement => 0.99,
        }
    }

    fn quantile(self) -> f64 {
        match self {
            Which::Tone => QUANTILE_95,
            Which::Engagement => QUANTILE_99,
        }
    }
}

/// One axis: two rates and the change between them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// Level of the interval and of the finding: 0.95 for tone, 0.99 for engagement.
    pub level: f64,
    /// The recent window.
    pub recent: Rate,
    /// The baseline.
    pub baseline: Rate,
    /// The change; none where there are too few events for it.
    pub change: Option<Change>,
    /// What it shows.
    pub finding: Finding,
}

impl Axis {
    /// Judges an axis from its weekly counts.
    ///
    /// Besides the two counts, an axis needs one cooperative event between the two in either window: without any, engagement
    /// would compare how busy the two are with everyone else.
    pub(in crate::series) fn judge(weeks: &Weeks, which: Which) -> Self {
        let (recent, baseline) = (Rate::of(&weeks.recent), Rate::of(&weeks.baseline));
        let enough = recent.n >= ENOUGH_RECENT && baseline.n >= ENOUGH_BASELINE;
        let met = which == Which::Tone || recent.cooperative + baseline.cooperative > 0;
        let change = (enough && met).then(|| Change::between(&recent, &baseline, which.quantile()));
        let finding = match change {
            None => Finding::InsufficientEvidence,
            Some(change) if change.low > 1.0 => Finding::Up,
            Some(change) if change.high < 1.0 => Finding::Down,
            Some(_) => Finding::NoClearChange,
        };
        Self { level: which.level(), recent, baseline, change, finding }
    }

    /// Judges both axes of a tally: tone, engagement.
    pub(in crate::series) fn both(tally: &Tally) -> (Self, Self) {
        (Self::judge(&tally.tone(), Which::Tone), Self::judge(&tally.engagement(), Which::Engagement))
    }
}

/// One event that speaks for or against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// The event's id in the record.
    pub event: String,
    /// When.
    pub date: Date,
    /// Between whom.
    pub dyad: Dyad,
    /// Who did or said it; none where both did.
    pub by: Option<State>,
    /// CAMEO code.
    pub code: Cameo,
    /// Its name in CAMEO's codebook.
    pub name: String,
    /// Value on Goldstein's scale, −10 to +10.
    pub goldstein: f64,
    /// Who told it.
    pub outlets: Vec<String>,
    /// What it is about.
    pub issues: Vec<String>,
}

/// How the answer holds up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Robustness {
    /// As if an outlet had not been read: without the events that it alone tells. Outlets whose events others tell as
    /// well are left out, since nothing changes. Sorted by name.
    pub without_outlet: Vec<Variant>,
    /// Without all events that raise an issue. Sorted by name.
    pub without_issue: Vec<Variant>,
    /// Recent windows of 30 and 180 days, each against the baseline before it.
    pub windows: Vec<Variant>,
    /// Mean Goldstein value of all events between the two, statements among them.
    pub goldstein: Means,
}

/// The answer with one thing changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The outlet, the issue, or the number of days.
    pub of: String,
    /// Events between the two in window and baseline that this takes away; for windows, those that it looks at.
    pub events: u64,
    /// The answer then.
    pub label: Label,
    /// Change of tone then; none where the evidence is insufficient.
    pub tone: Option<Change>,
    /// Change of engagement then.
    pub engagement: Option<Change>,
}

/// Mean Goldstein values of the two windows; none where a window is empty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Means {
    /// Events in the recent window.
    pub recent_events: u64,
    /// Their mean.
    pub recent: Option<f64>,
    /// Events in the baseline.
    pub baseline_events: u64,
    /// Their mean.
    pub baseline: Option<f64>,
}

/// What the answer was made from. A day without a report is a day on which nothing was heard, not one on which nothing
/// happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The recent window.
    pub recent: Heard,
    /// The baseline.
    pub baseline: Heard,
    /// Who told the events between the two, in both windows, most events first.
    pub outlets: Vec<Outlet>,
    /// First and last day of the record.
    pub record: Option<(Date, Date)>,
    /// First and last day, up to the question's, with an event between the two.
    pub between: Option<(Date, Date)>,
}

/// What was heard in one window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Days in it.
    pub days: u64,
    /// Days on which the record has nothing of either side.
    pub silent_days: u64,
    /// Events between the two, of all kinds.
    pub events: u64,
    /// Those told by more than one outlet.
    pub told_by_several: u64,
    /// Those of them that all outlets have from one text: syndicated, and so told once.
    pub syndicated: u64,
    /// Events of either side with other states.
    pub elsewhere: u64,
    /// Outlets that told the events between the two.
    pub outlets: u64,
}

/// How much one outlet told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlet {
    /// Its name.
    pub name: String,
    /// Events between the two that it told.
    pub events: u64,
    /// Those that nobody else told.
    pub alone: u64,
}
