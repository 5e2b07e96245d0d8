//! A lock on a file, held by one process at a time. A crash lets go of it.

use std::fs::{File, TryLockError};
use std::io;
use std::time::{Duration, Instant};

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process holds it, for longer than one was ready to wait.
    #[error("held by another process")]
    Held,
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Locks the file for this process alone, and asks again every `step` until
/// `patience` has passed.
///
/// # Errors
/// `Held` after that time; `Io` where the filesystem has no locks.
pub fn exclusive(file: &File, patience: Duration, step: Duration) -> Result<(), LockError> {
    let started = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) if started.elapsed() < patience => std::thread::sleep(step),
            Err(TryLockError::WouldBlock) => return Err(LockError::Held),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
    }
}

/// Whether some process holds the file locked for itself now.
pub fn is_held(file: &File) -> bool {
    matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
}
