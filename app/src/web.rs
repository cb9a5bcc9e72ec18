//! The web face: turns requests on loopback into pages about a record. It translates and never decides.

mod article;
mod chart;
mod dyad;
mod event;
mod guard;
mod home;
mod layout;
mod marked;
mod printed;
mod reply;
mod server;

pub(crate) use server::serve;
