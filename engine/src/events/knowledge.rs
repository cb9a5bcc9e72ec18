//! What the events room knows: the frames, what narrows their codes, and the issues.

use crate::events::details::Details;
use crate::events::frame::Frames;
use crate::events::issues::Issues;

/// Frames, details and issues, each a folder of files below `engine/data`.
#[derive(Debug)]
pub struct Knowledge {
    /// What words tell which deed.
    pub frames: Frames,
    /// What narrows a deed's code.
    pub details: Details,
    /// What deeds and statements are about.
    pub issues: Issues,
}

impl Knowledge {
    /// What ships with the engine.
    pub fn shipped() -> Self {
        Self { frames: Frames::shipped(), details: Details::shipped(), issues: Issues::shipped() }
    }
}
