//! The engine: bytes of a news page in, an auditable reading out. One line runs through all rooms:
//!
//! `page` → `Article` → `language` → `Document` → `actors` → `Cast` → `events` → `Report`, `Event` → `series` → `Verdict`.

pub mod language;
pub mod page;
pub mod text;
pub mod time;
