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

/// Makes the names in a folder survive a power cut. Not every system can do it.
pub fn sync_folder(dir: &Path) {
    #[cfg(unix)]
    if let Ok(dir) = File::open(dir) {
        let _ = dir.sync_all();
    }
    #[cfg(not(unix))]
    let _: (&Path, Option<File>) = (dir, None);
}
