//! Where a file of ours goes: it appears whole under its name, and a file that
//! someone has open or has edited is left alone.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use crate::journal::Journal;
use crate::platform::{atomic, digest};

use super::ours;
use super::{ReportError, WriteFault};

/// `NAME.report (99).xlsx`: after that nobody is reading them any more.
const MOST_NAMES: usize = 99;

/// Windows: another program has the file open.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Report,
    Csv,
    Fix,
    Check,
    /// One sentence, where a file cannot be read at all.
    Problem,
}

impl Kind {
    /// What a workbook of ours says of itself.
    pub fn property(self) -> &'static str {
        match self {
            Self::Report | Self::Csv => "report",
            Self::Fix => "fix",
            Self::Check => "check",
            Self::Problem => "problem",
        }
    }

    fn file_name(self, stem: &str, number: usize) -> String {
        let extension = match self {
            Self::Csv => "csv",
            Self::Problem => "txt",
            Self::Report | Self::Fix | Self::Check => "xlsx",
        };
        match number {
            1 => format!("{stem}.{}.{extension}", self.property()),
            _ => format!("{stem}.{} ({number}).{extension}", self.property()),
        }
    }
}

/// The folder that reports of one input go to.
pub struct Folder<'a> {
    dir: &'a Path,
    stem: &'a str,
    /// Remembers what was written, so that edits are noticed.
    journal: Option<&'a Journal>,
    pub sandbox: bool,
    /// The CSVs that stand there and were written by runs in the sandbox.
    rehearsed: Vec<PathBuf>,
    /// The CSV that stands there was written with the workbook beside it, and
    /// not since.
    csv_untouched: bool,
    pub moved_aside: bool,
}

/// Drafts of a run that was killed; one that is being written is younger.
const STALE: Duration = Duration::from_secs(600);
/// A CSV is written just after its workbook.
const APART: Duration = Duration::from_secs(10);
const DRAFT: &str = ".flowbatch-";

impl<'a> Folder<'a> {
    pub fn of(options: &super::ReportOptions<'a>) -> Self {
        let bare = Self::bare(options.dir, options.stem);
        bare.remove_stale_drafts();
        let rehearsed = bare.rehearsed_csvs();
        let csv_untouched = written_together(&bare.path(Kind::Report), &bare.path(Kind::Csv));
        Self { journal: options.journal, sandbox: options.sandbox, rehearsed, csv_untouched, ..bare }
    }

    pub fn bare(dir: &'a Path, stem: &'a str) -> Self {
        let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        Self {
            dir,
            stem,
            journal: None,
            sandbox: false,
            rehearsed: Vec::new(),
            csv_untouched: false,
            moved_aside: false,
        }
    }

    /// Where drafts, and the temporary files of a workbook, are written.
    pub fn dir(&self) -> &Path {
        self.dir
    }

    /// What a kill has left behind does no harm, so neither does failing here.
    fn remove_stale_drafts(&self) {
        let Ok(entries) = std::fs::read_dir(self.dir) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.starts_with(DRAFT) && name.ends_with(".tmp");
            let age = entry.metadata().and_then(|found| found.modified()).map(|at| at.elapsed());
            if ours && matches!(age, Ok(Ok(age)) if age > STALE) {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// A CSV cannot say of itself that its links are made up; the workbook
    /// written with it can.
    fn rehearsed_csvs(&self) -> Vec<PathBuf> {
        (1..=MOST_NAMES)
            .filter_map(|number| {
                let name = |kind: Kind| self.dir.join(kind.file_name(self.stem, number));
                let csv = name(Kind::Csv);
                // A refused run leaves its CSV beside what is to be corrected.
                let made_up = [Kind::Report, Kind::Check].into_iter().any(|kind| {
                    let workbook = name(kind);
                    written_just_after(&csv, &workbook)
                        && ours::is_unedited_workbook(&workbook, kind.property(), true)
                });
                made_up.then_some(csv)
            })
            .collect()
    }

    /// The name that a file gets if nothing stands in its way.
    pub fn path(&self, kind: Kind) -> PathBuf {
        self.dir.join(kind.file_name(self.stem, 1))
    }

    /// A file to write to, in the folder where it will stay.
    pub fn draft(&self) -> Result<NamedTempFile, ReportError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(DRAFT).suffix(".tmp");
        // Like any file that a person saves there: what the umask leaves.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(self.dir).map_err(|error| write_fault(self.dir, &error))
    }

    /// Gives a draft its name, or the next one that is free.
    pub fn land(&mut self, kind: Kind, mut draft: NamedTempFile) -> Result<PathBuf, ReportError> {
        let first = self.path(kind);
        draft.as_file().sync_all().map_err(|error| write_fault(&first, &error))?;
        let digest = digest::of_file(draft.path()).map_err(|error| write_fault(&first, &error))?;
        for number in 1..=MOST_NAMES {
            let path = self.dir.join(kind.file_name(self.stem, number));
            if !self.may_replace(&path, kind) {
                continue;
            }
            match draft.persist(&path) {
                Ok(_) => {
                    atomic::sync_folder(self.dir);
                    self.note(&path, digest);
                    self.moved_aside |= number > 1;
                    return Ok(path);
                }
                Err(refused) if is_in_use(&refused.error) => draft = refused.file,
                Err(refused) => return Err(write_fault(&path, &refused.error)),
            }
        }
        Err(ReportError::Write { path: first, fault: WriteFault::NoFreeName })
    }

    /// Removes a file of ours that has nothing to say any more, if nobody has
    /// worked on it.
    pub fn remove_stale(&self, kind: Kind) {
        let path = self.path(kind);
        if path.is_file() && self.may_replace(&path, kind) {
            // It does no harm where it cannot be removed.
            let _ = std::fs::remove_file(&path);
        }
    }

    /// Nothing stands there, or only what we have written ourselves.
    fn may_replace(&self, path: &Path, kind: Kind) -> bool {
        if is_open_elsewhere(path) {
            return false;
        }
        match std::fs::symlink_metadata(path) {
            Err(error) => return error.kind() == ErrorKind::NotFound,
            Ok(found) if !found.is_file() => return false,
            Ok(_) => {}
        }
        let recorded = self.journal.and_then(|journal| journal.written_digest(&key(path)).ok().flatten());
        if recorded.is_some_and(|recorded| digest::of_file(path).is_ok_and(|found| found == recorded)) {
            return true;
        }
        let made_up = match kind {
            Kind::Problem => return ours::is_problem_text(path),
            Kind::Csv => self.rehearsed.iter().any(|csv| csv == path) && ours::is_report_csv(path),
            Kind::Report | Kind::Fix | Kind::Check => ours::is_unedited_workbook(path, kind.property(), true),
        };
        // A rehearsal gives way to anything, and takes only the place of another.
        made_up || (!self.sandbox && recorded.is_none() && self.is_unedited(path, kind))
    }

    fn is_unedited(&self, path: &Path, kind: Kind) -> bool {
        match kind {
            Kind::Csv => self.csv_untouched && ours::is_report_csv(path),
            _ => ours::is_unedited_workbook(path, kind.property(), false),
        }
    }

    /// Without the note the worst that follows is a `(2)`.
    fn note(&self, path: &Path, digest: [u8; 32]) {
        if let Some(journal) = self.journal {
            let _ = journal.note_written(&key(path), digest);
        }
    }
}

/// A CSV cannot say of itself that someone has saved it; its age can.
fn written_together(workbook: &Path, csv: &Path) -> bool {
    match (modified(workbook), modified(csv)) {
        (Some(workbook), Some(csv)) => csv.duration_since(workbook).map_or(true, |later| later <= APART),
        // Alone it is what a refused run has left.
        (None, _) => true,
        (_, None) => false,
    }
}

/// An older CSV is of another run: one whose workbook was taken away.
fn written_just_after(csv: &Path, workbook: &Path) -> bool {
    let later = modified(csv).zip(modified(workbook)).and_then(|(csv, book)| csv.duration_since(book).ok());
    later.is_some_and(|later| later <= APART)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|found| found.modified()).ok()
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

/// The name cannot be taken because someone holds it.
fn is_in_use(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied
            | ErrorKind::ResourceBusy
            | ErrorKind::ExecutableFileBusy
            | ErrorKind::IsADirectory
    ) || (cfg!(windows) && matches!(error.raw_os_error(), Some(SHARING_VIOLATION | LOCK_VIOLATION)))
}

pub fn write_fault(path: &Path, error: &std::io::Error) -> ReportError {
    let fault = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => WriteFault::DiskFull,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => WriteFault::NotWritable,
        ErrorKind::NotFound => WriteFault::NoFolder,
        kind => WriteFault::Io(kind.to_string()),
    };
    ReportError::Write { path: path.to_owned(), fault }
}
