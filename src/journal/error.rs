//! What can go wrong with the journal, as facts.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
#[error("journal {}: {fault}", path.display())]
pub struct JournalError {
    pub path: PathBuf,
    pub fault: JournalFault,
    /// The schema forbade it.
    pub(super) constraint: bool,
}

#[derive(Clone, Debug, thiserror::Error)]
pub enum JournalFault {
    #[error("the disk is full")]
    DiskFull,
    #[error("locked by another program")]
    Locked,
    #[error("damaged: {0}")]
    Damaged(String),
    #[error("gone, while other parts of the journal are there")]
    Gone,
    #[error("gone, while the ledger knows the job")]
    ContentsGone,
    #[error("a link")]
    Link,
    /// A folder in it would be safe.
    #[error("anybody may write it, and it is another user's")]
    Others(PathBuf),
    #[error("someone wanted to stop")]
    Stopped,
    #[error("without its log of changes")]
    LogGone,
    #[error("a job of the same input has begun meanwhile")]
    SameInput,
    #[error("written by a newer version (schema {found}, this one knows {known})")]
    Newer { found: i64, known: i64 },
    #[error("written by version 0.1.0, which was never released")]
    Older,
    #[error("another process has taken the job over")]
    LeaseLost,
    #[error("a chunk is not waiting to be sent any more")]
    NotToBeSent,
    #[error("not writable: {0}")]
    NotWritable(String),
    #[error("no job {0}")]
    NoSuchJob(String),
    #[error("job {job} is being worked on by another process (pid {pid})")]
    JobTaken { job: String, pid: String },
    #[error("the journal's thread has ended")]
    Closed,
    #[error("{0}")]
    Other(String),
}

/// SQLITE_IOERR_SHMSIZE: the file beside a database could not be made large enough.
const NO_ROOM_FOR_SHM: std::ffi::c_int = 10 | (19 << 8);

impl JournalError {
    pub fn new(path: &Path, fault: JournalFault) -> Self {
        Self { path: path.to_owned(), fault, constraint: false }
    }

    pub fn io(path: &Path, error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let fault = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => JournalFault::DiskFull,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                JournalFault::NotWritable(error.kind().to_string())
            }
            _ => JournalFault::Other(error.to_string()),
        };
        Self::new(path, fault)
    }

    /// SQLite's own words never quote values that were bound.
    pub fn sqlite(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let full = error.sqlite_error().is_some_and(|error| error.extended_code == NO_ROOM_FOR_SHM);
        let fault = match error.sqlite_error_code() {
            _ if full => JournalFault::DiskFull,
            Some(ErrorCode::DiskFull) => JournalFault::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => JournalFault::Locked,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                JournalFault::Damaged(error.to_string())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                JournalFault::NotWritable(error.to_string())
            }
            _ => JournalFault::Other(error.to_string()),
        };
        let constraint = error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation);
        Self { constraint, ..Self::new(path, fault) }
    }
}
