//! Files that appear whole under their name, or not at all.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use super::private;

/// Writes a private file under another name beside it and renames it.
///
/// # Errors
/// Those of writing and renaming.
pub fn write_private(path: &Path, contents: &[u8]) -> io::Result<()> {
    let draft = path.with_extension(format!("{}.tmp", std::process::id()));
    let written = write_new(&draft, contents).and_then(|()| std::fs::rename(&draft, path));
    if written.is_err() {
        // What is left of the draft does no harm.
        let _ = std::fs::remove_file(&draft);
    }
    written
}

/// The same, but a file that is there already wins: of two processes only one
/// makes it.
///
/// # Errors
/// Those of writing, linking and renaming.
pub fn write_private_once(path: &Path, contents: &[u8]) -> io::Result<()> {
    let draft = path.with_extension(format!("{}.tmp", std::process::id()));
    write_new(&draft, contents)?;
    let linked = std::fs::hard_link(&draft, path).or_else(|error| {
        // Some filesystems have no links.
        if path.exists() { Ok(()) } else { std::fs::rename(&draft, path).map_err(|_| error) }
    });
    let _ = std::fs::remove_file(&draft);
    linked
}

fn write_new(path: &Path, contents: &[u8]) -> io::Result<()> {
    let _ = std::fs::remove_file(path);
    let mut file = private::options().create_new(true).write(true).open(path)?;
    file.write_all(contents)?;
    file.sync_all()
}

/// Gives a file another name, unless something has it already.
///
/// # Errors
/// `AlreadyExists`; those of renaming, after which the file is where it was.
pub fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    let mut file = tempfile::TempPath::try_from_path(std::path::absolute(from)?)?;
    // It is no temporary file: whatever happens, it stays.
    file.disable_cleanup(true);
    let refused = match file.persist_noclobber(to) {
        Ok(()) => return Ok(()),
        Err(refused) => refused.error,
    };
    // Some filesystems know neither a rename that replaces nothing nor links. Between the
    // look and the rename nobody but us gives names there.
    let cannot = matches!(
        refused.kind(),
        io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput | io::ErrorKind::PermissionDenied
    );
    match std::fs::symlink_metadata(to) {
        Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) if cannot => std::fs::rename(from, to),
        Err(_) => Err(refused),
    }
}

/// Makes what was written into a file survive a power cut, and its name. Whoever has locks on the file keeps
/// it open until he has none: on Unix all of them are let go of when it is closed.
///
/// # Errors
/// Those of the disk.
pub fn sync_file(path: &Path) -> io::Result<File> {
    // Windows asks for the right to write.
    let file = File::options().read(true).write(true).open(path)?;
    file.sync_all()?;
    path.parent().into_iter().for_each(sync_folder);
    Ok(file)
}

/// Makes the names in a folder survive a power cut. Not every system can do it.
pub fn sync_folder(dir: &Path) {
    #[cfg(unix)]
    if let Ok(dir) = File::open(dir) {
        let _ = dir.sync_all();
    }
    #[cfg(not(unix))]
    let _: (&Path, Option<File>) = (dir, None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rename_replaces_nothing_and_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name);
        std::fs::write(path("a"), "a").unwrap();
        std::fs::write(path("b"), "b").unwrap();
        let refused = rename_new(&path("a"), &path("b")).unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert!(rename_new(&path("a"), &path("nowhere/c")).is_err());
        assert_eq!(std::fs::read(path("a")).unwrap(), b"a");
        assert_eq!(std::fs::read(path("b")).unwrap(), b"b");
        rename_new(&path("a"), &path("c")).unwrap();
        assert_eq!(std::fs::read(path("c")).unwrap(), b"a");
        assert!(!path("a").exists());
    }
}
