//! The series room: turns events into a `Series` and a `Verdict`; pure arithmetic.
//!
//! `Event` → [`observe`] → [`Observation`] → [`momentum`] → [`Verdict`]; [`movers`] asks every dyad at once, [`series`] gives the history.

mod cameo;
mod coverage;
mod days;
mod discoveries;
mod dyad;
mod estimate;
mod history;
mod ids;
mod items;
mod momentum;
mod movers;
mod names;
mod observation;
mod observe;
mod pelt;
mod question;
mod robustness;
mod selection;
mod tally;
mod tellers;
mod verdict;
mod words;

#[cfg(test)]
mod tests;

pub use cameo::{Cameo, Class, Goldstein, NotCameo, Tone};
pub use discoveries::false_discovery_rates;
pub use dyad::{Dyad, NotState, Side, Sides, State};
pub use estimate::{Cell, Change, QUANTILE_95, QUANTILE_99, Rate};
pub use history::{Band, By, Counts, Point, Series, Turn, series};
pub use ids::EventId;
pub use momentum::momentum;
pub use movers::{Mover, Movers, movers};
pub use names::Name;
pub use observation::{Details, Direction, Observation};
pub use observe::{counted_on, dyads_of, joined, observe};
pub use pelt::change_points;
pub use question::{Acts, Asked, Question, Roots};
pub use verdict::{
    Axis, Coverage, ENOUGH_BASELINE, ENOUGH_RECENT, Finding, Heard, Item, Label, Means, Outlet, Robustness,
    Variant, Verdict, Which,
};
