//! Files and folders that only their owner may read, or those whom a folder lets in.

use std::fs::{DirBuilder, File, OpenOptions};
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
    folders().recursive(true).create(path)
}

/// The same, and whether it was this call that made it.
///
/// # Errors
/// Those of making a folder.
pub fn make_new_folder(path: &Path) -> io::Result<bool> {
    if path.is_dir() {
        return Ok(false);
    }
    if let Some(above) = path.parent() {
        make_folder(above)?;
    }
    match folders().create(path) {
        Ok(()) => Ok(true),
        Err(_) if path.is_dir() => Ok(false),
        Err(error) => Err(error),
    }
}

fn folders() -> DirBuilder {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Opens a file that is there, for reading and writing. A link, a pipe or a
/// device in its place is an error: somebody else may have put it there.
///
/// # Errors
/// Those of opening a file.
pub fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        // Without the last one a pipe could make us wait.
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags.bits() as i32);
    }
    if std::fs::symlink_metadata(path)?.is_symlink() {
        return Err(io::Error::other("it is a link"));
    }
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("it is not a file")) }
}

/// Lets those write a file who may write into its folder. Only its owner can do
/// that, so it is no error if it cannot be done.
pub fn share_with_folder(file: &File, folder: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |data: io::Result<std::fs::Metadata>| data.map(|data| data.permissions().mode() & 0o777);
        let (Ok(own), Ok(of_folder)) = (mode(file.metadata()), mode(std::fs::metadata(folder))) else {
            return;
        };
        let group = if of_folder & 0o020 != 0 { 0o060 } else { 0 };
        let others = if of_folder & 0o002 != 0 { 0o006 } else { 0 };
        let wanted = own | group | others;
        if wanted != own {
            let _ = file.set_permissions(std::fs::Permissions::from_mode(wanted));
        }
    }
    #[cfg(not(unix))]
    let _ = (file, folder);
}

/// Whether the file that is open is the one that stands at that path now.
///
/// # Errors
/// Those of looking, other than that nothing is there.
pub fn stands_at(file: &File, path: &Path) -> io::Result<bool> {
    #[cfg(unix)]
    let same = || -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt as _;
        // Looked at only: opening what somebody else put there may wait for ever.
        let there = std::fs::symlink_metadata(path)?;
        let open = file.metadata()?;
        Ok((there.dev(), there.ino()) == (open.dev(), open.ino()))
    };
    #[cfg(not(unix))]
    let same = || -> io::Result<bool> {
        let open = same_file::Handle::from_file(file.try_clone()?)?;
        Ok(open == same_file::Handle::from_path(path)?)
    };
    match same() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        same => same,
    }
}

/// Makes an empty file with mode 0600; one that is there stays as it is.
///
/// # Errors
/// Those of opening a file for writing.
pub fn make_file(path: &Path) -> io::Result<()> {
    options().create(true).append(true).open(path).map(drop)
}
