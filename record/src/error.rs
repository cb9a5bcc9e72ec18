//! Turns whatever goes wrong at the door to disk into one error that says what, where and what to do next.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a record could not be opened, read or written. Its `Display` is one line for people.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    place: PathBuf,
    what: String,
    remedy: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(place: &Path, what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            place: place.to_owned(),
            what: what.into(),
            remedy: remedy.into(),
            cause: None,
        }))
    }

    /// What SQLite says, in words that lead somewhere. `doing` completes "cannot …".
    pub(crate) fn sqlite(place: &Path, doing: &str, cause: rusqlite::Error) -> Self {
        let (what, remedy) = match cause.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => not_a_record("it is not an SQLite file"),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
                format!("cannot {doing}: another program has been writing to it for a while"),
                "wait for it to finish and try again".to_owned(),
            ),
            Some(ErrorCode::DiskFull) => (
                format!("cannot {doing}: the disk is full"),
                "free some space and do the same again; what was kept before is safe".to_owned(),
            ),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (
                format!("cannot {doing}: the file or its folder cannot be written"),
                "change its permissions, or name another file".to_owned(),
            ),
            Some(ErrorCode::CannotOpen) => (
                format!("cannot {doing}: the file cannot be opened"),
                "check that its folder exists and that you may read and write there".to_owned(),
            ),
            Some(ErrorCode::DatabaseCorrupt) => (
                format!("cannot {doing}: the file is damaged"),
                "restore it from a backup, or read the pages again into a new record".to_owned(),
            ),
            _ => (
                format!("cannot {doing}: {cause}"),
                "if it happens again, please report it with this message".to_owned(),
            ),
        };
        let mut error = Self::new(place, what, remedy);
        error.0.cause = Some(Box::new(cause));
        error
    }

    /// An output that cannot be written on.
    pub(crate) fn output(place: &Path, remedy: &str, cause: io::Error) -> Self {
        let mut error = Self::new(place, format!("cannot be written: {cause}"), remedy);
        error.0.cause = Some(Box::new(cause));
        error
    }

    /// Whether whoever was reading the output has seen enough (`| head`): nothing went wrong.
    pub fn is_closed_pipe(&self) -> bool {
        let cause = self.0.cause.as_ref().and_then(|cause| cause.downcast_ref::<io::Error>());
        cause.is_some_and(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
    }

    /// Whether another program is writing to the record, so that the same may succeed a little later.
    pub fn is_busy(&self) -> bool {
        let cause = self.0.cause.as_ref().and_then(|cause| cause.downcast_ref::<rusqlite::Error>());
        let code = cause.and_then(rusqlite::Error::sqlite_error_code);
        matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
    }

    /// Whether nothing failed: what was asked for cannot be done.
    pub fn is_refusal(&self) -> bool {
        self.0.cause.is_none()
    }

    /// What went wrong.
    pub fn what(&self) -> &str {
        &self.0.what
    }

    /// The file that it went wrong with.
    pub fn place(&self) -> &Path {
        &self.0.place
    }

    /// What to do next.
    pub fn remedy(&self) -> &str {
        &self.0.remedy
    }
}

/// What is wrong with a file that is no record, and what to do.
pub(crate) fn not_a_record(why: &str) -> (String, String) {
    (
        format!("this is not a demarche record: {why}"),
        "name a record, or a new file for `demarche read … --record FILE` to make".to_owned(),
    )
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.place().display(), self.what(), self.remedy())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_ref().map(|cause| cause.as_ref() as _)
    }
}

/// What the record's doors return.
pub type Result<T> = std::result::Result<T, Error>;
