//! Turns whatever goes wrong at the program's doors into one line that says what, where and what to do next.

use std::fmt;

/// Why something could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    message: String,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Something went wrong.
    Failure,
    /// The question was wrong.
    Usage,
    /// Another program is writing to the record.
    Busy,
}

impl Fault {
    /// Something that went wrong.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), sort: Sort::Failure }
    }

    /// Something that was asked for wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), sort: Sort::Usage }
    }

    /// Whether the question was wrong, not the answer.
    pub(crate) fn is_usage(&self) -> bool {
        self.sort == Sort::Usage
    }

    /// Whether the same may succeed a little later.
    pub(crate) fn is_busy(&self) -> bool {
        self.sort == Sort::Busy
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<demarche_record::Error> for Fault {
    fn from(error: demarche_record::Error) -> Self {
        let sort = if error.is_busy() { Sort::Busy } else { Sort::Failure };
        Self { message: error.to_string(), sort }
    }
}
