//! A file in the making: written beside its place under another name and put there when it is whole, so that an export
//! that breaks off leaves nothing behind and harms nothing that was there.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Result};

/// What to do about a file that cannot be written to its end.
pub(crate) const NOTHING_LEFT: &str =
    "free some space or name another file; what was there before is untouched, and nothing else is left";

/// A file on its way.
pub(crate) struct Target {
    place: PathBuf,
    file: NamedTempFile,
}

/// What was written, for those who want to check that it is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub(crate) bytes: u64,
    /// SHA-256 in hexadecimal digits.
    pub(crate) hash: String,
}

impl Target {
    /// For a file that will stand at `path`; what stands there now stays until then. Only plain files are replaced.
    pub(crate) fn at(path: &Path) -> Result<Self> {
        let place = match path.metadata() {
            Ok(found) if found.is_dir() => {
                return Err(Error::new(path, "this is a folder", "name a file in it"));
            }
            Ok(found) if !found.is_file() => {
                return Err(Error::new(
                    path,
                    "this is no plain file",
                    "leave --out away to write to standard output",
                ));
            }
            // Behind a link the file that it leads to.
            Ok(_) => path.canonicalize().map_err(|e| unwritable(path, &e))?,
            Err(_) => path.to_owned(),
        };
        if place.file_name().is_none() {
            return Err(Error::new(path, "this is no name of a file", "name a file"));
        }
        if !folder(&place).is_dir() {
            return Err(Error::new(path, "its folder is not there", "make it, or name another file"));
        }
        let mut builder = Builder::new();
        builder.prefix(".demarche-").suffix(".part");
        // As any other new file; the default would be for nobody's eyes but ours.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder(&place)).map_err(|e| unwritable(path, &e))?;
        Ok(Self { place, file })
    }

    /// Where it will stand.
    pub(crate) fn place(&self) -> &Path {
        &self.place
    }

    /// To write to, hashed on the way.
    pub(crate) fn writer(&mut self) -> Hashed<'_> {
        Hashed {
            out: BufWriter::with_capacity(
                1 << 18,
                Sealing { file: self.file.as_file_mut(), hash: Sha256::new(), bytes: 0 },
            ),
        }
    }

    /// Puts it in its place.
    pub(crate) fn put(self) -> Result<()> {
        self.file.as_file().sync_all().map_err(|e| Error::output(&self.place, NOTHING_LEFT, e))?;
        match self.file.persist(&self.place) {
            Ok(_) => Ok(()),
            Err(e) => Err(Error::output(&self.place, NOTHING_LEFT, e.error)),
        }
    }
}

/// The folder that a file stands in.
pub(crate) fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Writes on and hashes.
pub(crate) struct Hashed<'t> {
    out: BufWriter<Sealing<'t>>,
}

struct Sealing<'t> {
    file: &'t mut File,
    hash: Sha256,
    bytes: u64,
}

impl Hashed<'_> {
    /// Writes out what waits, and says what it came to.
    pub(crate) fn seal(self) -> io::Result<Sealed> {
        let Sealing { hash, bytes, .. } = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        let hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Sealed { bytes, hash })
    }
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Sealing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Error {
    Error::new(
        path,
        format!("cannot be written: {error}"),
        "check that you may write in its folder, or name another file",
    )
}
