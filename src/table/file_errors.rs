//! How what goes wrong becomes a [`FileFault`], panics of the readers included.

use std::io;
use std::ops::ControlFlow;

use crate::domain::file::FileFault;
use crate::platform::panics;

pub type Result<T> = std::result::Result<T, FileFault>;

pub fn damaged(detail: impl Into<String>) -> FileFault {
    FileFault::Damaged { detail: detail.into() }
}

pub fn too_large(what: &'static str, found: u64, limit: u64) -> FileFault {
    FileFault::TooLarge { what, found, limit }
}

/// Of opening or reading the file itself, not of what is in it.
pub fn of_io(error: &io::Error) -> FileFault {
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION.
    if cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33)) {
        return FileFault::Locked;
    }
    match error.kind() {
        io::ErrorKind::NotFound => FileFault::NotFound,
        io::ErrorKind::PermissionDenied => FileFault::NoPermission,
        io::ErrorKind::IsADirectory => FileFault::IsFolder,
        kind => FileFault::Io(kind.to_string()),
    }
}

/// Runs `work`; a panic in it, as the readers of other crates have on some
/// broken files, is a damaged file.
pub fn contained<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    panics::silenced(work).unwrap_or_else(|_| Err(damaged("unreadable")))
}

/// The same around a visitor, whose panics are its own: they go on as they were.
pub fn contained_but<A>(
    visit: &mut dyn FnMut(A) -> ControlFlow<()>,
    work: impl FnOnce(&mut dyn FnMut(A) -> ControlFlow<()>) -> Result<()>,
) -> Result<()> {
    let mut panicked = None;
    let mut visit = |row| {
        panics::audible(|| visit(row)).unwrap_or_else(|panic| {
            panicked = Some(panic);
            ControlFlow::Break(())
        })
    };
    let outcome = contained(|| work(&mut visit));
    match panicked {
        Some(panic) => std::panic::resume_unwind(panic),
        None => outcome,
    }
}
