//! Who works on a job: a file that is locked for as long as the work lasts, so
//! that a crash lets go of it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::domain::job::JobId;

use super::error::{JournalError, JournalFault};
use super::{Journal, make_private_file};

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
        make_private_file(&path)?;
        let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(fail)?;
        let started = Instant::now();
        let locked = loop {
            match file.try_lock() {
                // Whoever only looks lets go at once.
                Err(TryLockError::WouldBlock) if started.elapsed() < PATIENCE => {
                    std::thread::sleep(LOOK_AGAIN)
                }
                locked => break locked,
            }
        };
        match locked {
            Ok(()) => {
                // Only a courtesy to whoever comes second; the lock is what counts.
                let _ = file.set_len(0);
                let _ = file.rewind();
                let _ = write!(file, "{}", std::process::id());
                Ok(JobLock { _file: file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut pid = String::new();
                let _ = file.read_to_string(&mut pid);
                let pid = if pid.is_empty() { "?".to_owned() } else { pid };
                Err(JournalError::new(&path, JournalFault::JobTaken { job: job.0.clone(), pid }))
            }
            Err(TryLockError::Error(error)) => Err(fail(error)),
        }
    }

    /// Whether some process works on the job now.
    pub fn is_live(&self, job: &JobId) -> bool {
        let Ok(file) = File::open(self.lock_path(job)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    fn lock_path(&self, job: &JobId) -> PathBuf {
        self.dir().join("jobs").join(format!("{job}.lock"))
    }
}
