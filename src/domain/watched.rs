//! A watched folder: what becomes of its files, and of the watch itself.

use std::io::ErrorKind;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::job::JobId;
use super::shelf::Shelf;

/// Why a file ended where it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    Sent,
    /// The very same content was dealt with before: nothing was sent.
    Before {
        job: JobId,
    },
    /// The same, and its data was erased since.
    Erased {
        job: JobId,
    },
    /// The same, and rows of it that were left out then are meant now. `count`: contracts that would go; 0: some are to
    /// be corrected or asked about first.
    LeftOut {
        job: Option<JobId>,
        count: u64,
    },
    /// Some contracts were refused, are invalid or in doubt.
    Rows {
        to_fix: u64,
    },
    /// Nothing was sent: rows break rules.
    Invalid {
        count: u64,
    },
    /// Nothing was sent: somebody has to say what is meant.
    Questions,
    /// Contracts may have been started, and nobody knows.
    Doubts {
        count: u64,
        #[serde(default)]
        job: Option<JobId>,
    },
    /// A report shows contracts as sent that are not known here.
    UnknownReport,
    /// Contracts would start at once, and nobody has approved the file.
    NotApproved,
    /// All contracts were refused alike: somebody has to say whose fault that is.
    AllRefused,
    /// It cannot be read, or holds no contracts.
    NotAnInput,
    /// One half of a pair of files.
    Half,
    /// A report of ours.
    OurReport,
    /// The program itself has failed on it.
    Broken,
    /// Checked, and to be approved.
    Checked {
        sendable: u64,
    },
}

/// A file that has come to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub name: String,
    pub at_us: i64,
    pub to: Shelf,
    pub why: Why,
    pub job: Option<JobId>,
}

/// Why a file is not taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It was changed since the last look, or lately.
    Changing,
    /// Some program has it open, or is still writing it: this file says so.
    InHands {
        by: String,
    },
    /// It cannot be opened.
    Shut,
    /// It has no end, or nothing in it: most likely a copy that was interrupted.
    Half,
    Folder,
    Link,
    /// It is whole; others come before it.
    Next,
}

/// How the watch of a folder has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Nothing is under way.
    Clean,
    /// Some file is to be gone on with.
    Unfinished,
    /// Somebody else has taken the folder over while it was away.
    Lost,
}

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    #[error("watched by process {pid}")]
    Taken { pid: String, since_us: Option<i64>, here: bool },
    #[error("no such folder: {}", path.display())]
    NoFolder { path: PathBuf },
    #[error("{}: {kind}", path.display())]
    Disk { path: PathBuf, kind: ErrorKind },
}
