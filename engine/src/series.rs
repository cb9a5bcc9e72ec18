//! The series room: turns events into a `Series` and a `Verdict`; pure arithmetic.
