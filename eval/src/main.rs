//! Scores the engine on data that the caller names.

fn main() {}
