//! Turns whatever goes wrong at the program's doors into one line that says what, where and what to do next.

use std::fmt;

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    message: String,
    usage: bool,
}

impl Fault {
    /// Something that went wrong.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: false }
    }

    /// Something that was asked for wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: true }
    }

    /// Whether the question was wrong, not the answer.
    pub(crate) fn is_usage(&self) -> bool {
        self.usage
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<demarche_record::Error> for Fault {
    fn from(error: demarche_record::Error) -> Self {
        Fault::new(error.to_string())
    }
}
