//! The web face: turns requests on loopback into pages about a record. It translates and never decides.

mod article;
mod chart;
mod dyad;
mod event;
mod guard;
mod heard;
mod home;
mod layout;
mod marked;
mod printed;
mod query;
mod reply;
mod server;

pub(crate) use server::serve;
