//! The web face: turns requests on loopback into pages about a record. It translates and never decides.

mod address;
mod annotated;
mod api;
mod article;
mod chart;
mod citation;
mod door;
mod dyad;
mod edit;
mod entries;
mod event;
mod files;
mod guard;
mod heard;
mod home;
mod issue;
mod kept;
mod layout;
mod marked;
mod methods;
mod network;
mod person;
mod printed;
mod query;
mod reading;
mod refused;
mod reply;
mod search;
mod server;
mod sources;
mod state;
mod table;
mod tables;
mod token;
mod upload;

pub(crate) use server::{Serving, serve};
