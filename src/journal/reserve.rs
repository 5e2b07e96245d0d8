//! Room on the disk that is kept for outcomes: should it fill up in the middle
//! of a run, what is on the wire can still be written down.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::platform::private;

use super::error::JournalError;

/// An outcome touches some 16 KiB, so this is for more than two hundred in flight.
const ROOM: usize = 4 * 1024 * 1024;
const NAME: &str = "reserve";

/// Takes the room, unless it is there already.
pub fn keep(dir: &Path) -> Result<(), JournalError> {
    let path = dir.join(NAME);
    if path.metadata().is_ok_and(|found| found.len() == ROOM as u64) {
        return Ok(());
    }
    private::make_file(&path).map_err(|error| JournalError::io(&path, &error))?;
    let taken = File::create(&path).and_then(|mut file| {
        if !is_allocated(&file) {
            // Not zeros: some filesystems keep no room for those.
            file.write_all(&vec![0xA5; ROOM])?;
        }
        file.sync_all()
    });
    taken.map_err(|error| {
        let _ = std::fs::remove_file(&path);
        JournalError::io(&path, &error)
    })
}

/// Whether the filesystem keeps the room without being given anything to write there.
#[cfg(target_os = "linux")]
fn is_allocated(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    // ZFS says yes and keeps nothing.
    let is_kept = || file.metadata().is_ok_and(|found| found.blocks() * BLOCK >= ROOM as u64);
    rustix::fs::fallocate(file, rustix::fs::FallocateFlags::empty(), 0, ROOM as u64).is_ok()
        && file.sync_all().is_ok()
        && is_kept()
}

/// What the blocks of a file are counted in, on every system.
#[cfg(target_os = "linux")]
const BLOCK: u64 = 512;

#[cfg(not(target_os = "linux"))]
fn is_allocated(_: &File) -> bool {
    false
}

/// Gives the room back to the disk.
pub fn let_go(dir: &Path) {
    // Where there is none, another process has let go of it.
    let _ = std::fs::remove_file(dir.join(NAME));
}
