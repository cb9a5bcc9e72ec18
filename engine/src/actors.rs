//! The actors room: turns a `Document` and its date into a `Cast` — who is mentioned, and which actor each mention means.

mod actor;

pub use actor::{Actor, ActorKind, Cast, Manner, Mention, Post, Rank, Sector, Settled};
