//! Who may replace a file that stands where one of ours is to go. A report belongs to its
//! job: it gives way only to one that shows every page that it shows. What someone has
//! open, or has edited, stays.

use std::io::ErrorKind;
use std::path::Path;

use crate::domain::job::JobId;
use crate::journal::{Journal, Written};
use crate::platform::digest;

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
        match self.stands(path) {
            Stands::Ours(job) if job.as_ref() == self.job => true,
            Stands::Ours(Some(job)) => covers(&job),
            Stands::Ours(None) => true,
            // Nothing of a check is lost; of a rehearsal neither.
            Stands::Edited => false,
            Stands::Unknown => match kind {
                Kind::Csv => self.sandbox && ours::is_rehearsal_csv(path),
                Kind::Check => [false, true]
                    .iter()
                    .any(|made_up| ours::is_unedited_workbook(path, kind.property(), *made_up)),
                _ => self.sandbox && ours::is_unedited_workbook(path, kind.property(), true),
            },
        }
    }

    /// Whether it is this job's, as we have written it.
    pub fn is_ours(&self, path: &Path) -> bool {
        matches!(self.stands(path), Stands::Ours(Some(job)) if Some(&job) == self.job)
    }

    /// Whether this journal has written it, and nobody has changed it.
    pub fn is_known(&self, path: &Path) -> bool {
        matches!(self.stands(path), Stands::Ours(_))
    }

    fn stands(&self, path: &Path) -> Stands {
        let known = self.journal.and_then(|journal| journal.written(&key(path)).ok()).unwrap_or_default();
        if known.is_empty() {
            return Stands::Unknown;
        }
        let Ok(found) = digest::of_file(path) else { return Stands::Edited };
        match known.into_iter().find(|written| written.digest == found) {
            Some(written) => Stands::Ours(written.job),
            None => Stands::Edited,
        }
    }

    /// Without the note the worst that follows is a `(2)`.
    pub fn note_writing(&self, path: &Path, digest: [u8; 32]) {
        if let Some(journal) = self.journal {
            let _ = journal.note_writing(&key(path), &Written { digest, job: self.job.cloned() });
        }
    }

    pub fn note_written(&self, path: &Path, digest: [u8; 32]) {
        if let Some(journal) = self.journal {
            let _ = journal.note_written(&key(path), digest);
        }
    }
}

/// What stands under a name.
enum Stands {
    /// As we have written it, for that job.
    Ours(Option<JobId>),
    Edited,
    /// This journal has written nothing there.
    Unknown,
}

fn key(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

/// LibreOffice, Excel and WPS each leave a file beside one that they have open.
fn is_open_elsewhere(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    [format!(".~lock.{name}#"), format!("~${name}"), format!(".~{name}")]
        .iter()
        .any(|lock| path.with_file_name(lock).exists())
}
