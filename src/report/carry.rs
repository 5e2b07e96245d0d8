//! A file of ours gets another place and stays ours.

use std::io;
use std::path::Path;

use crate::journal::Journal;
use crate::platform::{atomic, digest};

use super::ownership::{cells_key, key, note, ticks_key};

/// Renames a file and takes along what is known of it; what nobody knows, or someone has
/// edited, is renamed only.
///
/// # Errors
/// `AlreadyExists`, where something stands there; those of reading and renaming.
pub fn carry(journal: &Journal, from: &Path, to: &Path) -> io::Result<()> {
    let other = |error: crate::journal::JournalError| io::Error::other(error.to_string());
    let digest = digest::of_file(from)?;
    let known = journal.written(&key(from)).map_err(other)?;
    let known = known.into_iter().find(|one| one.digest == digest);
    // Before it gets the name: a kill in between must not make it someone else's.
    if let Some(written) = known.as_ref().filter(|_| std::fs::symlink_metadata(to).is_err()) {
        journal.note_writing(&key(to), written).map_err(other)?;
    }
    let keys = [(cells_key(from), cells_key(to)), (ticks_key(from), ticks_key(to))];
    atomic::rename_new(from, to)?;
    if known.is_some() {
        for (from, to) in keys {
            if let Some(noted) = journal.written(&from).map_err(other)?.pop() {
                note(journal, &to, &noted).map_err(other)?;
            }
        }
        journal.note_written(&key(to), digest).map_err(other)?;
    }
    Ok(())
}
