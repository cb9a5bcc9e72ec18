//! The record: keeps readings in one SQLite file, the only door to disk.
