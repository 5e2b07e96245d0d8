//! Who works on a job: a file that is locked for as long as the work lasts, so
//! that a crash lets go of it.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::job::JobId;
use crate::platform::lock::{self, LockError};
use crate::platform::private;

use super::Journal;
use super::error::{JournalError, JournalFault};

/// Longer than anybody needs who only asks whether the job is being worked on.
const PATIENCE: Duration = Duration::from_millis(200);
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Held for the life of the work on a job.
pub struct JobLock {
    _file: File,
}

impl Journal {
    /// Takes the job, or says who has it.
    pub fn lock_job(&self, job: &JobId) -> Result<JobLock, JournalError> {
        let path = self.lock_path(job);
        let fail = |error: std::io::Error| JournalError::io(&path, &error);
        private::make_file(&path).map_err(fail)?;
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(fail)?;
        // Whoever only looks lets go at once.
        match lock::exclusive(&file, PATIENCE, LOOK_AGAIN) {
            Ok(()) if self.is_leased_elsewhere(job) => {
                let pid = "?".to_owned();
                Err(JournalError::new(&path, JournalFault::JobTaken { job: job.0.clone(), pid }))
            }
            Ok(()) => {
                // Only a courtesy to whoever comes second; the lock is what counts.
                let _ = file.set_len(0);
                let _ = file.rewind();
                let _ = write!(file, "{}", std::process::id());
                Ok(JobLock { _file: file })
            }
            Err(LockError::Held) => {
                let mut pid = String::new();
                let _ = file.read_to_string(&mut pid);
                let pid = if pid.is_empty() { "?".to_owned() } else { pid };
                Err(JournalError::new(&path, JournalFault::JobTaken { job: job.0.clone(), pid }))
            }
            Err(LockError::Io(error)) => Err(fail(error)),
        }
    }

    /// Whether some process of this machine works on the job now: its lock file
    /// tells, whatever its lease says. Of a job that another machine has, only the
    /// lease's time is known.
    pub fn is_live(&self, job: &JobId) -> bool {
        let held = File::open(self.lock_path(job)).is_ok_and(|file| lock::is_held(&file));
        held || self.is_leased_elsewhere(job)
    }

    fn lock_path(&self, job: &JobId) -> PathBuf {
        self.dir().join("jobs").join(format!("{job}.lock"))
    }
}
