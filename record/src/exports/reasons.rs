//! Why events are left out of an export, in words that follow a count: "12 without an exact day".

/// Layouts of ICEWS and GDELT.
pub(crate) const NO_CODE: &str = "without a CAMEO code";
/// Layouts of ICEWS and GDELT, which know days only.
pub(crate) const NO_DAY: &str = "without an exact day";
/// Layouts that cannot say that something has not happened, or not yet.
pub(crate) const NOT_SO: &str =
    "told as planned, requested, hypothetical or denied, which the layout cannot say";
/// Sums.
pub(crate) const NOT_CURRENT: &str = "not told as current";
/// Sums: what cannot be placed in a week.
pub(crate) const LONG: &str = "without a date of seven days at most";
/// Sums.
pub(crate) const NO_DYAD: &str = "between no two states, or without any code";
/// Sums: datasets tell a happening from either end.
pub(crate) const AGAIN: &str = "that tell a happening again (the same day, code and pair)";
