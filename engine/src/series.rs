//! The series room: turns events into a `Series` and a `Verdict`; pure arithmetic.

mod cameo;
mod coverage;
mod dyad;
mod estimate;
mod items;
mod momentum;
mod observation;
mod observe;
mod question;
mod robustness;
mod selection;
mod tally;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

pub use cameo::{Cameo, Class, Goldstein, NotCameo, Tone};
pub use dyad::{Dyad, NotState, Side, Sides, State};
pub use estimate::{Cell, Change, QUANTILE_95, QUANTILE_99, Rate};
pub use momentum::momentum;
pub use observation::{Details, Direction, Observation};
pub use observe::observe;
pub use question::{Acts, Asked, Question, Roots};
pub use verdict::{
    Axis, Coverage, ENOUGH_BASELINE, ENOUGH_RECENT, Finding, Heard, Item, Label, Means, Outlet, Robustness,
    Variant, Verdict,
};
