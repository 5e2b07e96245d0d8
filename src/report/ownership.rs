//! Who may replace a file that stands where one of ours is to go. A report belongs to its
//! job: it gives way only to one that shows every page that it shows. What someone has
//! open, or has edited, stays.

use std::io::ErrorKind;
use std::path::Path;

use crate::domain::job::JobId;
use crate::journal::{Journal, JournalError, Written};
use crate::platform::digest;

use super::cells::Notes;
use super::ours;
use super::publish::Kind;

/// Whose files are written.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// Remembers what was written, so that edits are noticed.
    pub journal: Option<&'a Journal>,
    /// None: nothing was sent.
    pub job: Option<&'a JobId>,
    /// Made-up links.
    pub sandbox: bool,
}

impl Owner<'_> {
    /// Nothing stands there, or only what may give way.
    pub fn may_replace(&self, path: &Path, kind: Kind, covers: &dyn Fn(&JobId) -> bool) -> bool {
        match std::fs::symlink_metadata(path) {
            Err(error) => return error.kind() == ErrorKind::NotFound,
            Ok(found) if !found.is_file() => return false,
            Ok(_) => {}
        }
        if is_open_elsewhere(path) {
            return false;
        }
        if kind == Kind::Problem {
            return ours::is_problem_text(path);
        }
        let known = self.known(path);
        if known.is_empty() {
            return match kind {
                Kind::Csv => self.sandbox && ours::is_rehearsal_csv(path),
                // What it shows, the reports beside it show, too.
                Kind::Html => self.sandbox && ours::is_rehearsal_page(path),
                Kind::Json => self.sandbox && ours::is_rehearsal_json(path),
                // Nothing of a check is lost; of a rehearsal neither.
                Kind::Check => [false, true]
                    .iter()
                    .any(|made_up| ours::is_unedited_workbook(path, kind.property(), *made_up)),
                _ => self.sandbox && ours::is_unedited_workbook(path, kind.property(), true),
            };
        }
        // A file is read only where one of those that were written there may give way.
        is_one_of(path, known, |job| match job {
            Some(job) => Some(job) == self.job || covers(job),
            None => true,
        })
    }

    /// Whether it is this job's, as we have written it.
    pub fn is_ours(&self, path: &Path) -> bool {
        is_one_of(path, self.known(path), |job| job.is_some() && job == self.job)
    }

    /// Whether it was written for this job; somebody may have edited it since.
    pub fn has_written(&self, path: &Path) -> bool {
        self.known(path).iter().any(|written| written.job.as_ref() == self.job)
    }

    /// Whether it is a workbook of that kind that nobody has edited. The ledger knows those
    /// that stand where they were written; one that was moved tells by itself.
    pub fn is_unedited(&self, path: &Path, kind: Kind) -> bool {
        if !ours::is_workbook(path, kind.property()) {
            return false;
        }
        match self.known(path) {
            known if !known.is_empty() => is_one_of(path, known, |_| true),
            _ => [false, true]
                .iter()
                .any(|made_up| ours::is_unedited_workbook(path, kind.property(), *made_up)),
        }
    }

    /// Whether it may go: nobody has it open, and nobody has edited it.
    pub fn may_remove(&self, path: &Path, kind: Kind) -> bool {
        !is_open_elsewhere(path) && self.is_unedited(path, kind)
    }

    /// A web page of this job, or of a rehearsal, that nobody has edited.
    pub fn may_take_back(&self, path: &Path) -> bool {
        let is_ours = match self.sandbox {
            true => ours::is_rehearsal_page(path),
            false => self.is_ours(path),
        };
        is_ours && !is_open_elsewhere(path)
    }

    /// Whether this journal has written it, and nobody has changed it.
    pub fn is_known(&self, path: &Path) -> bool {
        is_one_of(path, self.known(path), |_| true)
    }

    /// What this journal has written there.
    fn known(&self, path: &Path) -> Vec<Written> {
        self.journal.and_then(|journal| journal.written(&key(path)).ok()).unwrap_or_default()
    }

    /// Without the note the worst that follows is a `(2)`.
    pub fn note_writing(&self, path: &Path, digest: [u8; 32]) {
        if let Some(journal) = self.journal {
            let _ = journal.note_writing(&key(path), &Written { digest, job: self.job.cloned() });
        }
    }

    /// What stands in the cells of a workbook, and which pages it shows as confirmed.
    pub fn note_contents(&self, path: &Path, notes: Notes) {
        let Some(journal) = self.journal else { return };
        for (key, digest) in [(cells_key(path), notes.cells.note()), (ticks_key(path), notes.ticks.note())] {
            let _ = note(journal, &key, &Written { digest, job: self.job.cloned() });
        }
    }

    pub fn note_written(&self, path: &Path, digest: [u8; 32]) {
        if let Some(journal) = self.journal {
            let _ = journal.note_written(&key(path), digest);
        }
    }
}

/// Whether a file is, unchanged, one of those that were written there for such a job.
fn is_one_of(path: &Path, mut written: Vec<Written>, may: impl Fn(Option<&JobId>) -> bool) -> bool {
    written.retain(|one| may(one.job.as_ref()));
    !written.is_empty()
        && digest::of_file(path).is_ok_and(|found| written.iter().any(|one| one.digest == found))
}

pub fn key(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// Where the journal keeps what stood in a workbook's cells: no path begins so.
pub fn cells_key(path: &Path) -> String {
    format!("cells\t{}", key(path))
}

/// Where it keeps which pages the workbook shows as confirmed.
pub fn ticks_key(path: &Path) -> String {
    format!("ticks\t{}", key(path))
}

/// Notes this and nothing else under a key.
pub fn note(journal: &Journal, key: &str, written: &Written) -> Result<(), JournalError> {
    journal.note_writing(key, written)?;
    journal.note_written(key, written.digest)
}

/// LibreOffice, Excel and WPS each leave a file beside one that they have open.
fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    [format!(".~lock.{name}#"), format!("~${name}"), format!(".~{name}")]
        .iter()
        .any(|lock| path.with_file_name(lock).exists())
}
