//! Turns a path into an open `Record`, or into the reason why it is none.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::Record;
use crate::error::{Error, Result, not_a_record};
use crate::schema::{self, Standing};

/// How long a writer queues behind another before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);
/// Memory for the pages of the file, in KiB: a busy dyad of millions of events fits. SQLite takes a negative number for KiB.
pub(crate) const CACHE: i64 = -65_536;

impl Record {
    /// Opens the record at `path`, which must be there; an older schema is brought forward.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match std::fs::metadata(path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(Error::new(
                    path,
                    "there is no such record",
                    format!("make it with `demarche read PAGES… --record {}`", path.display()),
                ));
            }
            Err(e) => return Err(unreachable(path, &e)),
            Ok(found) if found.len() == 0 && found.is_file() => {
                let (what, remedy) = not_a_record("it is empty");
                return Err(Error::new(path, what, remedy));
            }
            Ok(_) => {}
        }
        Self::at(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the record at `path`, or makes it where there is no file or an empty one.
    pub fn create_or_open(path: impl AsRef<Path>) -> Result<Self> {
        Self::at(path.as_ref(), OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Queues behind another program for so long at most: somebody waits for a page.
    pub fn wait_at_most(&self, patience: Duration) -> Result<()> {
        self.db.busy_timeout(patience).map_err(self.fail("open it"))
    }

    fn at(path: &Path, flags: OpenFlags) -> Result<Self> {
        if path.is_dir() {
            let (what, remedy) = not_a_record("it is a folder");
            return Err(Error::new(path, what, remedy));
        }
        let fail = |doing: &'static str| move |e| Error::sqlite(path, doing, e);
        // Without URI the path is taken literally, whatever characters it holds.
        let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(fail("open it"))?;
        db.busy_timeout(PATIENCE).map_err(fail("open it"))?;
        db.pragma_update(None, "foreign_keys", true).map_err(fail("open it"))?;
        // One look at one moment: another program may be making the record meanwhile.
        let moment = db.unchecked_transaction().map_err(fail("open it"))?;
        let standing = schema::standing(&moment, path)?;
        drop(moment);
        match standing {
            Standing::Record(version) if version == schema::newest() => {}
            standing => {
                if matches!(standing, Standing::Blank) {
                    write_ahead(&db).map_err(fail("make the record"))?;
                }
                schema::bring_forward(&mut db, path)?;
            }
        }
        db.pragma_update(None, "cache_size", CACHE).map_err(fail("open it"))?;
        // FULL: what `keep` has acknowledged survives a power cut.
        db.pragma_update(None, "synchronous", "FULL").map_err(fail("open it"))?;
        Ok(Self { db, path: path.to_owned() })
    }
}

/// Switches a new file to write-ahead logging. SQLite does not queue for that: we do.
fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match db.pragma_update(None, "journal_mode", "WAL") {
            Err(e)
                if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && started.elapsed() < PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(5));
            }
            outcome => return outcome,
        }
    }
}

/// A file that the operating system does not let us look at.
fn unreachable(path: &Path, error: &std::io::Error) -> Error {
    Error::new(path, format!("the record cannot be opened: {error}"), "check the path and its permissions")
}
