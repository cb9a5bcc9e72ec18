//! What breaks an export off: the record or the output.

use std::io;
use std::path::Path;

use parquet::errors::ParquetError;

use crate::error::Error;

/// Why an export broke off.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The record could not be read on.
    Record(Error),
    /// The output could not be written on.
    Output(io::Error),
}

impl Failure {
    /// The error that the door tells, with the place that could not be written.
    pub(crate) fn at(self, place: &Path, remedy: &str) -> Error {
        match self {
            Failure::Record(error) => error,
            Failure::Output(error) => Error::output(place, remedy, error),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Record(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Self {
        Failure::Output(match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        Failure::Output(error.into())
    }
}

impl From<ParquetError> for Failure {
    fn from(error: ParquetError) -> Self {
        Failure::Output(match error {
            ParquetError::External(inner) => match inner.downcast::<io::Error>() {
                Ok(error) => *error,
                Err(other) => io::Error::other(other),
            },
            other => io::Error::other(other),
        })
    }
}
