//! Printing on the terminal: turns readings, explanations and verdicts into wrapped lines, in colour where there is any.

mod answer;
mod checked;
mod codes;
mod diff;
mod entries;
mod explained;
mod holds;
mod intake;
mod movers;
mod overrides;
mod paper;
mod reading;
mod series;
mod world;

pub(crate) use answer::answer;
pub(crate) use checked::checked;
pub(crate) use codes::{codebook, codes};
pub(crate) use diff::diff;
pub(crate) use entries::entries;
pub(crate) use explained::explained;
pub(crate) use holds::holds;
pub(crate) use intake::intake;
pub(crate) use movers::movers;
pub(crate) use overrides::overrides;
pub(crate) use paper::{Paper, complain, data_out, with_stdout};
pub(crate) use reading::{headline, reading};
pub(crate) use series::series;
pub(crate) use world::{laid, layer, meant};
