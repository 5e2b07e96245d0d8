//! A watched folder on its disk: all that is read, written and moved there. What is to be
//! done is decided elsewhere.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use crate::domain::shelf::MARK;
use crate::platform::clock::{Machine, now_us};
use crate::platform::lock::{self, LockError};
use crate::platform::{atomic, private};

use super::WatchError;
use super::book::{Book, Shelf};
use super::looks::{Found, Kind, Opened};
use super::names;

const LOCK: &str = ".flowbatch.lock";
pub const PAGE: &str = "status.html";
const DRAFT: &str = ".flowbatch-";
const DRAFT_END: &str = ".tmp";

pub struct Disk {
    dir: PathBuf,
    book: PathBuf,
    own_lock: Option<File>,
    lock: Option<File>,
    /// What the page holds that was written last.
    page: String,
}

/// Whether the folder is there, and is the one that it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    Here,
    /// Its mark is gone: most likely it is not mounted.
    Away,
    /// Another folder stands at its path.
    Other,
}

impl Disk {
    /// `state`: the state folder. Nothing is made or touched in the folder itself.
    ///
    /// # Errors
    /// `Taken`, where another process of this machine watches it; those of the state folder.
    pub fn new(dir: &Path, state: &Path) -> Result<(Self, Book), WatchError> {
        let (dir, real) = (std::path::absolute(dir).map_err(at(dir))?, real(dir).map_err(at(dir))?);
        // Windows names real paths as nobody types them.
        let dir = if cfg!(windows) { dir } else { real.clone() };
        let books = state.join("watch");
        private::make_folder(&books).map_err(at(&books))?;
        let hash = hex::encode(Sha256::digest(real.to_string_lossy().as_bytes()));
        let base = books.join(hash.get(..16).unwrap_or_default());
        let mut disk =
            Self { dir, book: base.with_extension("json"), own_lock: None, lock: None, page: String::new() };
        let lock = base.with_extension("lock");
        private::make_file(&lock).map_err(at(&lock))?;
        disk.own_lock = take(&lock)?;
        let book = match std::fs::read(&disk.book) {
            Err(error) if error.kind() == ErrorKind::NotFound => Book::default(),
            read => serde_json::from_slice(&read.map_err(at(&disk.book))?)
                .map_err(|error| at(&disk.book)(io::Error::other(error.to_string())))?,
        };
        Ok((disk, book))
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    pub fn path(&self, shelf: Shelf, name: &str) -> PathBuf {
        self.dir.join(shelf.name()).join(name)
    }

    /// Makes the folder what it is to be, for someone who has just named it: its mark may be
    /// new. Returns whether it is there.
    ///
    /// # Errors
    /// `NoFolder`; `Taken`, where somebody else watches it; those of the disk.
    pub fn settle(&mut self, book: &mut Book) -> Result<bool, WatchError> {
        let is_known = !book.mark.is_empty();
        if !self.dir.is_dir() {
            if is_known {
                return Ok(false);
            }
            match std::fs::create_dir(&self.dir) {
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    return Err(WatchError::NoFolder { path: self.dir.clone() });
                }
                made => made.map_err(at(&self.dir))?,
            }
        }
        match self.mark() {
            Some(mark) if mark == book.mark => {}
            // Another folder at the same path: what was known of the old one is past.
            Some(mark) => *book = Book { mark, ..Book::default() },
            None if is_known && !self.is_furnished() => return Ok(false),
            None => {
                let mark = match is_known {
                    true => book.mark.clone(),
                    false => format!("{:032x}", fastrand::u128(..)),
                };
                let path = self.dir.join(MARK);
                std::fs::write(&path, &mark).map_err(at(&path))?;
                book.mark = mark;
            }
        }
        self.lock = take(&self.dir.join(LOCK))?;
        self.remove_drafts();
        self.save(book)?;
        Ok(true)
    }

    /// Drafts of the page that a kill has left; nobody else writes one.
    fn remove_drafts(&self) {
        let Ok(entries) = std::fs::read_dir(&self.dir) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(DRAFT) && name.ends_with(DRAFT_END) {
                // It does no harm where it is.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Takes the lock of a folder that is there again.
    ///
    /// # Errors
    /// `Taken`: somebody else watches it meanwhile.
    pub fn lock_again(&mut self) -> Result<(), WatchError> {
        self.lock = None;
        self.lock = take(&self.dir.join(LOCK))?;
        Ok(())
    }

    pub fn presence(&self, book: &Book) -> Presence {
        match self.mark() {
            None => Presence::Away,
            Some(mark) if mark == book.mark => Presence::Here,
            Some(_) => Presence::Other,
        }
    }

    fn mark(&self) -> Option<String> {
        std::fs::read_to_string(self.dir.join(MARK)).ok().map(|text| text.trim().to_owned())
    }

    fn is_furnished(&self) -> bool {
        Shelf::ALL.iter().any(|shelf| self.dir.join(shelf.name()).is_dir())
    }

    /// Makes the folders that are not there.
    ///
    /// # Errors
    /// Those of making a folder.
    pub fn furnish(&self, approve: bool) -> Result<(), (PathBuf, io::Error)> {
        for shelf in Shelf::ALL {
            let path = self.dir.join(shelf.name());
            let wanted = approve || !matches!(shelf, Shelf::Waiting | Shelf::Approved);
            if wanted && !path.is_dir() {
                std::fs::create_dir(&path).map_err(|error| (path, error))?;
            }
        }
        Ok(())
    }

    /// What stands in one of its folders; nothing, where that is not there.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn list(&self, shelf: Shelf) -> io::Result<Vec<Found>> {
        let entries = match std::fs::read_dir(self.dir.join(shelf.name())) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found = Vec::new();
        for entry in entries {
            let entry = entry?;
            // A name that is no text is nobody's who fills in a sheet; one that has gone is gone.
            let (Ok(name), Ok(data)) = (entry.file_name().into_string(), entry.metadata()) else { continue };
            let kind = match data.file_type() {
                own if own.is_file() => Kind::File,
                own if own.is_dir() => Kind::Folder,
                _ => Kind::Other,
            };
            let since = data.modified().ok().map(|at| match at.duration_since(UNIX_EPOCH) {
                Ok(after) => i64::try_from(after.as_micros()).unwrap_or(i64::MAX),
                Err(before) => -i64::try_from(before.duration().as_micros()).unwrap_or(i64::MAX),
            });
            found.push(Found {
                name,
                kind,
                size: data.len(),
                changed_us: since.unwrap_or_default(),
                hidden: is_hidden(&data),
            });
        }
        Ok(found)
    }

    /// Every name where a file goes that was taken.
    pub fn names(&self) -> BTreeSet<String> {
        let shelves = [Shelf::Working, Shelf::Waiting, Shelf::Done, Shelf::Failed];
        let entries = shelves.iter().filter_map(|shelf| std::fs::read_dir(self.dir.join(shelf.name())).ok());
        entries.flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// Takes away what was to be done about a file that somebody has taken out of `failed`: he has done it. What else
    /// stands there of it, its reports and workbooks to correct, stays. The name of what was taken away.
    pub fn forget_problem(&self, name: &str) -> Option<String> {
        let entries = std::fs::read_dir(self.dir.join(Shelf::Failed.name())).ok()?;
        let own = names::stem(name);
        let of_it = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut of_it =
            of_it.filter(|other| other.strip_prefix(own).is_some_and(|rest| rest.starts_with('.')));
        let only = of_it.next().filter(|only| *only == format!("{own}.problem.txt"))?;
        // Where it stays, the file gets another name.
        let is_gone = of_it.next().is_none() && std::fs::remove_file(self.path(Shelf::Failed, &only)).is_ok();
        is_gone.then_some(only)
    }

    pub fn is_there(&self, shelf: Shelf, name: &str) -> bool {
        std::fs::symlink_metadata(self.path(shelf, name)).is_ok()
    }

    /// Whether a file can be opened, and has an end.
    pub fn open(&self, shelf: Shelf, name: &str) -> Opened {
        let Ok(mut file) = File::open(self.path(shelf, name)) else { return Opened::Refused };
        match has_end(&mut file) {
            Ok(true) => Opened::Whole,
            Ok(false) => Opened::Half,
            Err(_) => Opened::Refused,
        }
    }

    /// Moves a file; nothing is ever replaced.
    ///
    /// # Errors
    /// `AlreadyExists`; those of renaming.
    pub fn rename(&self, from: (Shelf, &str), to: (Shelf, &str)) -> io::Result<()> {
        atomic::rename_new(&self.path(from.0, from.1), &self.path(to.0, to.1))?;
        atomic::sync_folder(&self.dir.join(to.0.name()));
        Ok(())
    }

    /// # Errors
    /// Those of writing.
    pub fn save(&self, book: &Book) -> Result<(), WatchError> {
        let text = serde_json::to_vec(book).map_err(io::Error::other).map_err(at(&self.book))?;
        atomic::write_private(&self.book, &text).map_err(at(&self.book))?;
        if let Some(folder) = self.book.parent() {
            atomic::sync_folder(folder);
        }
        Ok(())
    }

    /// Replaces the page where it says anything new.
    ///
    /// # Errors
    /// Those of writing.
    pub fn write_page(&mut self, html: String) -> io::Result<()> {
        let path = self.dir.join(PAGE);
        if html == self.page && path.is_file() {
            return Ok(());
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(DRAFT).suffix(DRAFT_END);
        // For everybody who may look into the folder.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut draft = builder.tempfile_in(&self.dir)?;
        draft.write_all(html.as_bytes())?;
        draft.persist(&path).map_err(|refused| refused.error)?;
        self.page = html;
        Ok(())
    }
}

/// The same path for the same folder, however it is spelt and whether it is there or not.
fn real(dir: &Path) -> io::Result<PathBuf> {
    let dir = std::path::absolute(dir)?;
    if let Ok(real) = std::fs::canonicalize(&dir) {
        return Ok(real);
    }
    match (dir.parent().map(std::fs::canonicalize), dir.file_name()) {
        (Some(Ok(above)), Some(name)) => Ok(above.join(name)),
        _ => Ok(dir),
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> WatchError {
    let path = path.to_owned();
    move |error| WatchError::Disk { path, kind: error.kind() }
}

/// How long whoever only looks may hold a lock.
const PATIENCE: Duration = Duration::from_millis(200);

/// Locks a file for the life of this process; `None`: the file system has no locks.
fn take(path: &Path) -> Result<Option<File>, WatchError> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = opened.map_err(at(path))?;
    match lock::exclusive(&file, PATIENCE, Duration::from_millis(10)) {
        Ok(()) => {
            // Only a courtesy to whoever comes second; the lock is what counts.
            let who = format!("{} {} {}", std::process::id(), now_us(), Machine::this().id);
            let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| write!(file, "{who}"));
            Ok(Some(file))
        }
        Err(LockError::Held) => {
            let mut who = String::new();
            let _ = file.read_to_string(&mut who);
            let mut words = who.splitn(3, ' ').map(str::to_owned);
            let pid = words.next().filter(|pid| !pid.is_empty()).unwrap_or_else(|| "?".to_owned());
            let since_us = words.next().and_then(|since| since.parse().ok());
            let here = words.next().is_none_or(|machine| machine == Machine::this().id);
            Err(WatchError::Taken { pid, since_us, here })
        }
        // The other lock, in the state folder, holds on this machine.
        Err(LockError::Io(_)) => Ok(None),
    }
}

/// From the end of a workbook: its list of parts begins here, behind at most a comment.
const MOST_TAIL: u64 = 65_557;

/// A workbook has its list of parts at its end; a file with nothing in it is none yet. Of
/// others nothing can be known.
fn has_end(file: &mut File) -> io::Result<bool> {
    let size = file.metadata()?.len();
    let mut head = Vec::new();
    io::Read::by_ref(file).take(2).read_to_end(&mut head)?;
    if head != b"PK" {
        return Ok(size > 0);
    }
    file.seek(SeekFrom::Start(size.saturating_sub(MOST_TAIL)))?;
    let mut tail = Vec::new();
    file.take(MOST_TAIL).read_to_end(&mut tail)?;
    Ok(tail.windows(4).any(|four| four == b"PK\x05\x06"))
}

#[cfg(windows)]
fn is_hidden(data: &std::fs::Metadata) -> bool {
    use std::os::windows::fs::MetadataExt as _;
    const HIDDEN_OR_SYSTEM: u32 = 0x2 | 0x4;
    data.file_attributes() & HIDDEN_OR_SYSTEM != 0
}

/// There the name says it.
#[cfg(not(windows))]
fn is_hidden(_: &std::fs::Metadata) -> bool {
    false
}
