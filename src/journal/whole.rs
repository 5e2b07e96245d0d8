//! Whether a ledger has all that was written to it. What is committed stands in the log
//! beside it first: a ledger without its log may lack the last minutes, and would send
//! them again. So whoever leaves last writes the log back and leaves a mark that says so;
//! a ledger with neither its log nor the mark is not whole.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::platform::{atomic, private};

/// Says that the ledger needs no log.
const MARK: &str = "checkpointed";
/// Locked, shared, by everyone who has the journal open.
const PRESENCE: &str = "open";

/// Whether the ledger's log is there, or is not needed.
pub fn is_whole(dir: &Path) -> bool {
    // Where it cannot be looked at, it is not known to be gone.
    let is_gone = |name: &str| matches!(std::fs::symlink_metadata(dir.join(name)), Err(error) if error.kind() == ErrorKind::NotFound);
    !is_gone("ledger.db-wal") || !is_gone(MARK)
}

/// Whether some process has the journal open; `None`: nobody ever had, or it cannot be told.
pub fn is_in_use(dir: &Path) -> Option<bool> {
    let file = File::open(dir.join(PRESENCE)).ok()?;
    match file.try_lock() {
        Ok(()) => Some(false),
        Err(std::fs::TryLockError::WouldBlock) => Some(true),
        Err(std::fs::TryLockError::Error(_)) => None,
    }
}

/// This process has the journal open.
pub struct Presence {
    dir: PathBuf,
    /// None: the file system has no locks, so nobody knows who is the last.
    file: Option<File>,
}

impl Presence {
    /// To be called before the ledger is opened.
    pub fn enter(dir: &Path) -> std::io::Result<Self> {
        let path = dir.join(PRESENCE);
        private::make_file(&path)?;
        let file = File::options().read(true).write(true).open(&path)?;
        // Whoever is just leaving takes some milliseconds.
        let file = file.lock_shared().is_ok().then_some(file);
        Ok(Self { dir: dir.to_owned(), file })
    }

    /// The log is open: from now on the ledger needs it.
    pub fn needs_log(&self) -> std::io::Result<()> {
        match std::fs::remove_file(self.dir.join(MARK)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Whoever is the last writes the log back, and says so. Where that fails the log
    /// stays, which is as good.
    pub fn leave(&self, db: &Connection) {
        let Some(file) = &self.file else { return };
        let is_last = file.unlock().is_ok() && file.try_lock().is_ok();
        if !is_last {
            return;
        }
        let written_back =
            db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| Ok(row.get::<_, i64>(0)? == 0));
        if written_back.unwrap_or(false) {
            let _ = atomic::write_private(&self.dir.join(MARK), b"");
        }
    }
}
