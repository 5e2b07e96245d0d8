//! The operating system: locks, private files, atomic writes, digests, the
//! clock, files of a day, volumes, panics of libraries. Nothing here knows what a contract is.

pub mod access;
pub mod atomic;
pub mod clock;
pub mod daily;
pub mod digest;
pub mod lock;
pub mod panics;
pub mod private;
pub mod trust;
pub mod volume;
