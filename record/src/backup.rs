//! Copies a record while others use it: one moment of it, whole, in one file.

use std::path::{Path, PathBuf};

use crate::Record;
use crate::error::{Error, Result};

impl Record {
    /// Writes the record as it is now to `target`, which must not be there yet. Writers go on meanwhile; readers of the copy
    /// see it once it is whole.
    pub fn backup(&self, target: &Path) -> Result<()> {
        if target.exists() {
            return Err(Error::new(target, "there is something of this name already", "name a new file"));
        }
        let part = beside(target, ".part");
        let fail = |e: std::io::Error| {
            Error::new(
                target,
                format!("the copy cannot be written: {e}"),
                "check its folder and the space on the disk",
            )
        };
        match std::fs::remove_file(&part) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(fail(e)),
            _ => {}
        }
        let path = part.to_str().ok_or_else(|| {
            Error::new(target, "the name is no valid Unicode, and SQLite needs that", "name another file")
        })?;
        let copied = self.db.execute("VACUUM INTO ?1", [path]);
        if let Err(e) = copied {
            // What is there of the copy is of no use to anybody.
            std::fs::remove_file(&part).ok();
            return Err(Error::sqlite(target, "write the copy", e));
        }
        std::fs::File::open(&part).and_then(|file| file.sync_all()).map_err(fail)?;
        std::fs::rename(&part, target).map_err(fail)
    }
}

/// The name of a file in the making.
pub(crate) fn beside(target: &Path, ending: &str) -> PathBuf {
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    target.with_file_name(name)
}
