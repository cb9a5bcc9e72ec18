//! Printing on the terminal: turns readings, explanations and verdicts into wrapped lines, in colour where there is any.

mod answer;
mod codes;
mod explained;
mod paper;
mod reading;
mod world;

pub(crate) use answer::answer;
pub(crate) use codes::{codebook, codes};
pub(crate) use explained::explained;
pub(crate) use paper::{Paper, complain, with_stdout};
pub(crate) use reading::{headline, reading};
pub(crate) use world::{laid, layer, meant};
