//! Saved pages with the body wanted of them, to figures: what `bench/` shares with the scorers.

#![allow(clippy::print_stdout, reason = "scorers print as they go")]

pub mod figures;
pub mod flatten;
pub mod pages;
