//! The journal on SQLite. SQL stands only in this folder.

pub mod believe;
pub mod claims;
pub mod conflicts;
pub mod corrections;
pub mod doubts;
pub mod followed;
pub mod health;
pub mod import;
pub mod inserts;
pub mod instead;
pub mod job_file;
pub mod job_rows;
pub mod job_writer;
pub mod jobs;
pub mod left_alone;
pub mod members;
pub mod open;
pub mod queries;
pub mod results;
pub mod standing;
pub mod started;
pub mod transitions;
pub mod upkeep;
pub mod writer;
pub mod written;

use crate::journal::error::JournalFault;

/// What a step within a transaction can fail with.
pub enum StepError {
    Sqlite(rusqlite::Error),
    Fault(JournalFault),
}

impl From<rusqlite::Error> for StepError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<JournalFault> for StepError {
    fn from(fault: JournalFault) -> Self {
        Self::Fault(fault)
    }
}

pub type StepResult<T> = Result<T, StepError>;
