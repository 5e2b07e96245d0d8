//! Where a file of ours goes: it appears whole under its name, or under the next one
//! that is free. Who may replace what is `ownership`'s.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use crate::domain::job::JobId;
use crate::domain::wishes::Format;
use crate::platform::access::{Access, PRIVATE};
use crate::platform::{atomic, digest};

use super::cells::Notes;
use super::ours;
use super::ownership::Owner;
use super::parts::Part;
use super::{ReportError, WriteFault};

/// `NAME.report (2).xlsx`, one for each day that a file of this name is used.
const MOST_NAMES: usize = 9_999;

/// Windows: another program has the file open.
const SHARING_VIOLATION: i32 = 32;
const LOCK_VIOLATION: i32 = 33;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Report,
    Csv,
    Html,
    Json,
    Fix,
    Check,
    /// One sentence, where a file cannot be read at all.
    Problem,
}

/// What a job's report may be written as.
const REPORTS: [Kind; 4] = [Kind::Report, Kind::Csv, Kind::Html, Kind::Json];

/// Of a file's name in bytes, on the systems that people have; with room for the mark
/// that a program leaves beside a file that it has open.
const LONGEST_NAME: usize = 255 - 12;

/// The beginning of a name that is too long.
fn shortened(stem: &str, most: usize) -> &str {
    let mut end = stem.len().min(most);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.get(..end).unwrap_or(stem)
}

impl Kind {
    /// The report in that format.
    pub fn of(format: Format) -> Self {
        match format {
            Format::Xlsx => Self::Report,
            Format::Csv => Self::Csv,
            Format::Html => Self::Html,
            Format::Json => Self::Json,
        }
    }

    /// What a workbook of ours says of itself.
    pub fn property(self) -> &'static str {
        match self {
            Self::Report | Self::Csv | Self::Html | Self::Json => "report",
            Self::Fix => "fix",
            Self::Check => "check",
            Self::Problem => "problem",
        }
    }

    /// `part`: the value of a column that it is of.
    fn file_name(self, stem: &str, part: Option<&str>, number: usize) -> String {
        let extension = match self {
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Json => "json",
            Self::Problem => "txt",
            Self::Report | Self::Fix | Self::Check => "xlsx",
        };
        let kind = part.map_or(self.property().to_owned(), |part| format!("{}.{part}", self.property()));
        let end = match number {
            1 => format!(".{kind}.{extension}"),
            _ => format!(".{kind} ({number}).{extension}"),
        };
        format!("{}{end}", shortened(stem, LONGEST_NAME - end.len()))
    }
}

/// The beginning and the number of `m.fix (2)`, where an input is a workbook of ours of that
/// kind: what is still wrong with it goes to the next number, never to `m.fix.fix`.
fn corrected(stem: &str, kind: Kind) -> Option<(&str, usize)> {
    if !matches!(kind, Kind::Fix | Kind::Check) {
        return None;
    }
    let end = format!(".{}", kind.property());
    if let Some(base) = stem.strip_suffix(&end) {
        return Some((base, 1));
    }
    let (bare, number) = stem.strip_suffix(')')?.rsplit_once(" (")?;
    Some((bare.strip_suffix(&end)?, number.parse().ok()?))
}

/// What stands in the names of a rehearsal.
const REHEARSAL: &str = ".sandbox";

/// The folder that reports of one input go to.
pub struct Folder<'a> {
    dir: &'a Path,
    stem: String,
    owner: Owner<'a>,
    /// Of the names that its files get: `NAME.report (2).xlsx`.
    number: usize,
    /// Who may look into its files; nothing known: their owner alone.
    access: Option<Access>,
    /// Its web page is of one value of a column: what that is called.
    part: Option<String>,
    pub moved_aside: bool,
}

/// Drafts of a run that was killed; one that is being written is younger.
const STALE: Duration = Duration::from_secs(600);
const DRAFT: &str = ".flowbatch-";

impl<'a> Folder<'a> {
    pub fn of(options: &super::ReportOptions<'a>, job: Option<&'a JobId>) -> Self {
        let owner = Owner { journal: options.journal, job, sandbox: options.sandbox };
        let folder = Self::bare(options.dir, options.stem, owner).for_whom(options.access);
        folder.remove_stale_drafts();
        folder
    }

    pub fn bare(dir: &'a Path, stem: &str, owner: Owner<'a>) -> Self {
        let dir = if dir.as_os_str().is_empty() { Path::new(".") } else { dir };
        Self { dir, stem: stem.to_owned(), owner, number: 1, access: None, part: None, moved_aside: false }
    }

    /// Its files are seen by nobody who may not see that.
    pub fn for_whom(mut self, access: Option<Access>) -> Self {
        self.access = access;
        self
    }

    pub fn job(&self) -> Option<&JobId> {
        self.owner.job
    }

    pub fn is_rehearsal(&self) -> bool {
        self.owner.sandbox
    }

    /// Chooses the first number under which files of all these kinds may be written.
    /// `covers`: whether every page that a job's report shows stands in this one, too.
    pub fn choose(&mut self, kinds: &[Kind], covers: &dyn Fn(&JobId) -> bool) {
        let free = (1..=MOST_NAMES).find(|number| {
            kinds.iter().all(|kind| self.owner.may_replace(&self.path_of(*kind, *number), *kind, covers))
        });
        self.number = free.unwrap_or(MOST_NAMES);
        self.moved_aside |= self.number > 1;
    }

    fn path_of(&self, kind: Kind, number: usize) -> PathBuf {
        let stem = match corrected(&self.stem, kind) {
            // It may be that of a rehearsal.
            Some((base, _)) if base.ends_with(REHEARSAL) => base.to_owned(),
            Some((base, _)) => self.marked(base),
            None => self.marked(&self.stem),
        };
        let part = self.part.as_deref().filter(|_| kind == Kind::Html);
        self.dir.join(kind.file_name(&stem, part, number))
    }

    /// The folder for the web page of one value of a column.
    pub fn for_part(&self, value: &str) -> Self {
        let part = Some(value.to_owned());
        let Self { dir, stem, owner, access, .. } = self;
        Self { dir, stem: stem.clone(), owner: *owner, number: 1, access: *access, part, moved_aside: false }
    }

    /// Gives such a page its name; one that gives way to nothing is kept, and this one gets a number.
    pub fn land_part(
        &mut self,
        draft: NamedTempFile,
        covers: &dyn Fn(&JobId) -> bool,
    ) -> Result<PathBuf, ReportError> {
        self.land(Kind::Html, draft, covers)
    }

    /// Removes web pages of single values that this job does not have any more.
    pub fn remove_stale_parts(&self, kept: &[Part]) {
        for part in self.parts() {
            let is_kept = kept.iter().any(|own| own.path == part.path);
            if !is_kept && self.owner.may_take_back(&part.path) {
                // It does no harm where it cannot be removed.
                let _ = std::fs::remove_file(part.path);
            }
        }
    }

    /// Such pages that were written for this job; somebody may have edited them since.
    pub fn own_parts(&self) -> Vec<Part> {
        let mut own = self.parts();
        own.retain(|part| self.owner.has_written(&part.path));
        own
    }

    /// What stands there under the name of such a page, in the order of their names.
    fn parts(&self) -> Vec<Part> {
        let Ok(entries) = std::fs::read_dir(self.dir) else { return Vec::new() };
        let paths = entries.flatten().map(|entry| self.dir.join(entry.file_name()));
        let mut parts: Vec<Part> =
            paths.filter_map(|path| Some(Part { name: self.part_name(&path)?, path })).collect();
        parts.sort_by(|one, other| one.name.cmp(&other.name));
        parts
    }

    /// What of its name such a page has for itself; `None`: it is none of them.
    pub fn part_name(&self, path: &Path) -> Option<String> {
        let begin = format!("{}.{}.", self.marked(&self.stem), Kind::Html.property());
        // `NAME.report.html` itself is none: nothing stands between.
        let rest = path.file_name()?.to_str()?.strip_prefix(&begin)?;
        rest.ends_with(".html").then(|| rest.to_owned())
    }

    fn marked(&self, stem: &str) -> String {
        if self.owner.sandbox { format!("{stem}{REHEARSAL}") } else { stem.to_owned() }
    }

    /// The first number that a file of that kind may have.
    fn first_number(&self, kind: Kind) -> usize {
        corrected(&self.stem, kind).map_or(self.number, |(_, number)| number.saturating_add(1))
    }

    /// Files of that kind that stand there, from the first number on. One may have been taken away
    /// before the last.
    fn standing(&self, kind: Kind) -> impl Iterator<Item = PathBuf> {
        let first = self.first_number(kind);
        let last = self.last_number(kind).max(first);
        (first..=last).map(move |number| self.path_of(kind, number)).filter(|path| path.is_file())
    }

    /// The highest number of a file of that kind that stands there; 0: none.
    fn last_number(&self, kind: Kind) -> usize {
        let first = self.path_of(kind, 1);
        let (Some(stem), Some(end)) = (first.file_stem(), first.extension()) else { return 0 };
        let (begin, end) = (format!("{} (", stem.to_string_lossy()), format!(").{}", end.to_string_lossy()));
        let Ok(entries) = std::fs::read_dir(self.dir) else { return 0 };
        let number = |name: &str| name.strip_prefix(&begin)?.strip_suffix(&end)?.parse().ok();
        let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter_map(|name| number(&name)).max().unwrap_or(0).min(MOST_NAMES)
    }

    /// Workbooks of results that stand there.
    pub fn reports(&self) -> impl Iterator<Item = PathBuf> {
        self.standing(Kind::Report)
    }

    /// Without the note a workbook with ticks only counts as edited.
    pub fn note_contents(&self, path: &Path, notes: Notes) {
        self.owner.note_contents(path, notes);
    }

    /// The file of that kind that was written for this job, and whether somebody has
    /// edited it since.
    pub fn own(&self, kind: Kind) -> Option<(PathBuf, bool)> {
        let path = self.standing(kind).find(|path| self.owner.has_written(path))?;
        let edited = !self.owner.is_known(&path);
        Some((path, edited))
    }

    /// Reports that stand there, under whatever number, and that this journal has not
    /// written, or that someone has edited since. `numbered`: the stem may have a number, too.
    pub fn not_ours(&self, numbered: bool) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.dir) else { return Vec::new() };
        let stem = self.marked(&self.stem);
        let stem = shortened(&stem, LONGEST_NAME - ".report.xlsx".len());
        let kind = format!(".{}", Kind::Report.property());
        let is_number = |text: &str| text.is_empty() || (text.starts_with(" (") && text.ends_with(')'));
        let is_one = |name: &str| {
            let rest = name.strip_prefix(stem).and_then(|rest| rest.split_once(&kind));
            let Some((own, rest)) = rest else { return false };
            let rest = rest.strip_suffix(".csv").or_else(|| rest.strip_suffix(".xlsx"));
            (own.is_empty() || (numbered && is_number(own))) && rest.is_some_and(is_number)
        };
        let names = entries.flatten().filter(|entry| is_one(&entry.file_name().to_string_lossy()));
        let mut found: Vec<PathBuf> = names
            .map(|entry| entry.path())
            .filter(|path| path.is_file() && !self.owner.is_known(path))
            .collect();
        found.sort();
        found
    }

    /// The file of that kind that holds just that.
    pub fn holding(&self, kind: Kind, contents: &[u8]) -> Option<PathBuf> {
        let length = contents.len() as u64;
        self.standing(kind).find(|path| {
            path.metadata().is_ok_and(|found| found.len() == length)
                && std::fs::read(path).is_ok_and(|found| found == contents)
        })
    }

    /// The number under which this job's own report stands.
    pub fn own_number(&self) -> Option<usize> {
        let last = REPORTS.iter().map(|kind| self.last_number(*kind)).max().unwrap_or(0);
        (1..=last.max(1))
            .find(|number| REPORTS.iter().any(|kind| self.owner.is_ours(&self.path_of(*kind, *number))))
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

    /// The name that a file gets if nothing stands in its way.
    pub fn path(&self, kind: Kind) -> PathBuf {
        self.path_of(kind, self.first_number(kind))
    }

    /// A file to write to, in the folder where it will stay.
    pub fn draft(&self) -> Result<NamedTempFile, ReportError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(DRAFT).suffix(".tmp");
        #[cfg(unix)]
        {
            let mode = self.access.map_or(PRIVATE, |access| access.mode_in(self.dir));
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
        }
        builder.tempfile_in(self.dir).map_err(|error| write_fault(self.dir, &error))
    }

    /// Gives a draft its name, or the next one that is free.
    pub fn land(
        &mut self,
        kind: Kind,
        draft: NamedTempFile,
        covers: &dyn Fn(&JobId) -> bool,
    ) -> Result<PathBuf, ReportError> {
        let settled = Settled::of(draft, &self.path(kind))?;
        self.land_settled(kind, settled, covers)
    }

    /// The same with a draft that is on the disk already.
    pub fn land_settled(
        &mut self,
        kind: Kind,
        settled: Settled,
        covers: &dyn Fn(&JobId) -> bool,
    ) -> Result<PathBuf, ReportError> {
        let first = self.path(kind);
        let Settled { mut draft, digest } = settled;
        let start = self.first_number(kind);
        // A workbook of the corrected one's own family may have what no other has.
        let covers = if corrected(&self.stem, kind).is_some() { &|_: &JobId| false } else { covers };
        for number in start..=MOST_NAMES {
            let path = self.path_of(kind, number);
            if !self.owner.may_replace(&path, kind, covers) {
                continue;
            }
            // Before it gets the name: a kill in between must not make it someone else's.
            self.owner.note_writing(&path, digest);
            // Another process may have taken a name that was free just now.
            let is_free = std::fs::symlink_metadata(&path).is_err();
            let named = if is_free { draft.persist_noclobber(&path) } else { draft.persist(&path) };
            match named {
                Ok(_) => {
                    atomic::sync_folder(self.dir);
                    self.owner.note_written(&path, digest);
                    if REPORTS.contains(&kind) && self.part.is_none() && !self.owner.sandbox {
                        self.remove_copies(kind, &path);
                    }
                    self.moved_aside |= number > 1 && (start == self.number || number > start);
                    return Ok(path);
                }
                Err(refused)
                    if is_in_use(&refused.error) || refused.error.kind() == ErrorKind::AlreadyExists =>
                {
                    draft = refused.file;
                }
                Err(refused) => return Err(write_fault(&path, &refused.error)),
            }
        }
        Err(ReportError::Write { path: first, fault: WriteFault::NoFreeName })
    }

    /// Removes the workbook of an earlier check that had found something, now that nothing is
    /// wrong any more. Returns one that stays, since somebody has it open or has edited it.
    pub fn clear_check(&self) -> Option<PathBuf> {
        for path in self.standing(Kind::Check).filter(|path| ours::found_something(path)) {
            if !self.owner.may_remove(&path, Kind::Check) {
                return Some(path);
            }
            // It does no harm where it cannot be removed.
            let _ = std::fs::remove_file(&path);
        }
        None
    }

    /// Removes what was written for the same job under other numbers, while somebody had this one open: a
    /// link that counts no more must not stand there.
    fn remove_copies(&self, kind: Kind, kept: &Path) {
        for path in self.standing(kind).filter(|path| path != kept) {
            if self.owner.may_take_back(&path) {
                // It does no harm where it cannot be removed.
                let _ = std::fs::remove_file(&path);
            }
        }
    }

    /// Removes a file of ours that has nothing to say any more, if nobody has
    /// worked on it.
    pub fn remove_stale(&self, kind: Kind, covers: &dyn Fn(&JobId) -> bool) {
        let first = self.path(kind);
        let covers = if corrected(&self.stem, kind).is_some() { &|_: &JobId| false } else { covers };
        for path in self.standing(kind) {
            let may = |covers: &dyn Fn(&JobId) -> bool| self.owner.may_replace(&path, kind, covers);
            if (path == first && may(covers)) || (self.owner.has_written(&path) && may(&|_| false)) {
                // It does no harm where it cannot be removed.
                let _ = std::fs::remove_file(&path);
            }
        }
    }
}

/// A draft that is on the disk, whole: it lacks nothing but its name.
pub struct Settled {
    draft: NamedTempFile,
    digest: [u8; 32],
}

impl Settled {
    /// Waits for the disk. `path`: where the draft is to go, for errors.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn of(draft: NamedTempFile, path: &Path) -> Result<Self, ReportError> {
        let settle = || -> std::io::Result<[u8; 32]> {
            draft.as_file().sync_all()?;
            digest::of_file(draft.path())
        };
        let digest = settle().map_err(|error| write_fault(path, &error))?;
        Ok(Self { draft, digest })
    }
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
