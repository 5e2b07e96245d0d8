//! Files and folders that only their owner may read.

use std::fs::{DirBuilder, OpenOptions};
use std::io;
use std::path::Path;

/// Options that make a file with mode 0600 where systems have modes.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder, and those above it, with mode 0700; one that is there stays as it is.
///
/// # Errors
/// Those of making a folder.
pub fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes an empty file with mode 0600; one that is there stays as it is.
///
/// # Errors
/// Those of opening a file for writing.
pub fn make_file(path: &Path) -> io::Result<()> {
    options().create(true).append(true).open(path).map(drop)
}
