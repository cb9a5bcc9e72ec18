//! The events room: turns a `Document` and its `Cast` into `Report`s, and reports of one happening into an `Event`.

mod event;
mod report;

pub use event::{Event, Filed};
pub use report::{
    Act, ContactKind, Evidence, Kind, Party, Place, Plover, Report, Role, RoleSpan, Statement, Through, Told,
};
