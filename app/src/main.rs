//! The `demarche` program.

fn main() {}
