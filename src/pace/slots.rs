//! The file in which the processes of one machine keep their stamps together:
//! lock, read, write in one go, let go. It takes microseconds, and nobody sleeps
//! with the lock in hand. A file that was deleted or replaced is noticed under
//! the lock, before anything is read: the one that stands at the path counts.
//!
//! Layout, little endian: `MAGIC`; a hash of the boot's id, whose clock gave the
//! times; the fields of [`Controller`] in their order, the stamps last with their
//! number before them; a checksum over all of it. What follows the checksum is
//! left over from a longer state and means nothing. There is no fsync: after a
//! power cut the times mean nothing any more.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::platform::lock::{self, LockError};
use crate::platform::private;

use super::controller::{Controller, GUARD_LEAST, GUARD_MOST, Micros, REFUSALS_KEPT, SHARE_LEAST, Stamp};
use super::{Folder, PaceError};

const MAGIC: &[u8; 8] = b"fbslots2";
/// Far more than any quota needs; keeps a foreign file out of memory.
const LONGEST: u64 = 1 << 22;
/// For the wire of a stamp that has none yet.
const NOT_SENT: Micros = -1;
/// A process may have been stopped (Ctrl-Z, a debugger) with the lock in hand;
/// the others must not hang for ever.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_RETRY: Duration = Duration::from_micros(200);

/// Nobody replaces a file so often while one tries to open it.
const MOST_REPLACED: usize = 100;

pub struct SlotFile {
    folder: Folder,
    path: PathBuf,
    file: File,
    boot: u64,
    /// As this process has last left it.
    known: Option<Controller>,
    /// Whether the file is another one since then.
    replaced: bool,
}

/// What stands in the file, and what is known besides.
pub struct Found<'k> {
    /// `None`: it is damaged, or from before the machine's start.
    pub state: Option<Controller>,
    pub known: Option<&'k Controller>,
    pub replaced: bool,
}

impl SlotFile {
    /// Opens the file or makes it, and its folder where it is missing. What a new
    /// one holds depends on whether the folder is new: else somebody may have
    /// deleted the file while it was in use.
    pub fn open(
        folder: Folder,
        name: &str,
        boot: &str,
        fresh: impl FnOnce(bool) -> Controller,
    ) -> Result<SlotFile, PaceError> {
        let dir = folder.path();
        let new_folder = private::make_new_folder(dir).map_err(|source| at(dir, "make", source))?;
        let path = dir.join(name);
        let file = open(&folder, &path)?;
        let boot = checksum(boot.as_bytes());
        let mut slots = SlotFile { folder, path, file, boot, known: None, replaced: false };
        slots.locked(|slots| match slots.read()?.is_empty() {
            true => slots.leave(fresh(new_folder)),
            false => Ok(()),
        })?;
        Ok(slots)
    }

    /// Changes the state under the lock.
    pub fn update<T>(&mut self, change: impl FnOnce(Found<'_>) -> (Controller, T)) -> Result<T, PaceError> {
        self.locked(|slots| {
            let state = match decode(&slots.read()?) {
                Some((boot, _)) if boot != slots.boot => {
                    // This machine was not started anew since this process was.
                    if slots.known.is_some() && !slots.replaced {
                        return Err(PaceError::OtherMachine { path: slots.path.clone() });
                    }
                    None
                }
                found => found.map(|(_, controller)| controller),
            };
            let known = slots.known.as_ref();
            let (controller, outcome) = change(Found { state, known, replaced: slots.replaced });
            slots.leave(controller)?;
            Ok(outcome)
        })
    }

    fn leave(&mut self, controller: Controller) -> Result<(), PaceError> {
        self.write(&encode(self.boot, &controller))?;
        self.known = Some(controller);
        self.replaced = false;
        Ok(())
    }

    fn locked<T>(
        &mut self,
        work: impl FnOnce(&mut SlotFile) -> Result<T, PaceError>,
    ) -> Result<T, PaceError> {
        self.lock()?;
        let outcome = work(self);
        let unlocked = self.file.unlock();
        let outcome = outcome?;
        unlocked.map_err(|source| at(&self.path, "unlock", source))?;
        Ok(outcome)
    }

    /// Locks the file that stands at the path.
    fn lock(&mut self) -> Result<(), PaceError> {
        for _ in 0..MOST_REPLACED {
            lock::exclusive(&self.file, LOCK_PATIENCE, LOCK_RETRY).map_err(|error| match error {
                LockError::Held => PaceError::Held { path: self.path.clone() },
                LockError::Io(source) => PaceError::Lock { path: self.path.clone(), source },
            })?;
            let stands = private::stands_at(&self.file, &self.path);
            if stands.map_err(|source| at(&self.path, "find", source))? {
                return Ok(());
            }
            self.replaced = true;
            // Whoever still waits for this lock finds out for himself.
            let _ = self.file.unlock();
            self.file = open(&self.folder, &self.path)?;
        }
        Err(at(&self.path, "keep open", io::Error::other("it is replaced again and again")))
    }

    fn read(&mut self) -> Result<Vec<u8>, PaceError> {
        let mut bytes = Vec::new();
        self.file
            .seek(SeekFrom::Start(0))
            .and_then(|_| (&self.file).take(LONGEST).read_to_end(&mut bytes))
            .map_err(|source| at(&self.path, "read", source))?;
        Ok(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), PaceError> {
        self.file
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.file.write_all(bytes))
            .map_err(|source| at(&self.path, "write", source))
    }
}

/// Opens what is there, or makes an empty file.
fn open(folder: &Folder, path: &Path) -> Result<File, PaceError> {
    let fail = |source| at(path, "open", source);
    for _ in 0..MOST_REPLACED {
        let file = match private::open_plain(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                private::make_folder(folder.path()).map_err(fail)?;
                match private::options().read(true).write(true).create_new(true).open(path) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    made => made,
                }
            }
            there => there,
        };
        let file = file.map_err(fail)?;
        if folder.is_shared() {
            private::share_with_folder(&file, folder.path());
        }
        return Ok(file);
    }
    Err(fail(io::Error::other("it comes and goes")))
}

/// Whether files can be made in a folder; one that is missing is made for the
/// question and not kept. A disk that is full for the moment does not count:
/// others would go on in that folder.
pub fn is_writable(folder: &Path) -> bool {
    use io::ErrorKind::{AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem};
    let tried = private::make_new_folder(folder).and_then(|made| {
        let file = tempfile::tempfile_in(folder).map(drop);
        if made {
            // It stays where somebody has put a file into it meanwhile.
            let _ = std::fs::remove_dir(folder);
        }
        file
    });
    !tried.is_err_and(|error| {
        [AlreadyExists, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem].contains(&error.kind())
    })
}

fn at(path: &Path, doing: &'static str, source: io::Error) -> PaceError {
    PaceError::File { path: path.to_owned(), doing, source }
}

fn encode(boot: u64, controller: &Controller) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend(boot.to_le_bytes());
    bytes.extend(controller.guard.to_le_bytes());
    bytes.push(u8::from(controller.learned));
    bytes.extend(controller.share.to_le_bytes());
    bytes.extend(controller.touched.to_le_bytes());
    for refusal in controller.refusals {
        bytes.extend(refusal.to_le_bytes());
    }
    bytes.extend(controller.cut.to_le_bytes());
    bytes.extend(controller.quiet_until.to_le_bytes());
    bytes.extend((controller.stamps.len() as u64).to_le_bytes());
    for stamp in &controller.stamps {
        bytes.extend(stamp.id.to_le_bytes());
        bytes.extend(stamp.slot.to_le_bytes());
        bytes.extend(stamp.wire.unwrap_or(NOT_SENT).to_le_bytes());
    }
    bytes.extend(checksum(&bytes).to_le_bytes());
    bytes
}

fn decode(bytes: &[u8]) -> Option<(u64, Controller)> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let boot = u64::from_le_bytes(take(&mut rest)?);
    let guard = f64::from_le_bytes(take(&mut rest)?);
    let [learned] = take(&mut rest)?;
    let share = f64::from_le_bytes(take(&mut rest)?);
    let touched = instant(&mut rest)?;
    let mut refusals = [0; REFUSALS_KEPT];
    for refusal in &mut refusals {
        *refusal = instant(&mut rest)?;
    }
    let cut = instant(&mut rest)?;
    let quiet_until = instant(&mut rest)?;
    let count = u64::from_le_bytes(take(&mut rest)?);
    let mut stamps = Vec::new();
    for _ in 0..count {
        stamps.push(Stamp {
            id: u64::from_le_bytes(take(&mut rest)?),
            slot: instant(&mut rest)?,
            wire: match Micros::from_le_bytes(take(&mut rest)?) {
                NOT_SENT => None,
                wire => Some(possible(wire)?),
            },
        });
    }
    let summed = bytes.get(..bytes.len() - rest.len())?;
    let intact = u64::from_le_bytes(take(&mut rest)?) == checksum(summed)
        && (GUARD_LEAST..=GUARD_MOST).contains(&guard)
        && (SHARE_LEAST..=1.0).contains(&share);
    let learned = learned != 0;
    let controller = Controller { stamps, guard, learned, share, touched, refusals, cut, quiet_until };
    intact.then_some((boot, controller))
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(*taken)
}

fn instant(rest: &mut &[u8]) -> Option<Micros> {
    possible(Micros::from_le_bytes(take(rest)?))
}

/// Keeps sums and differences of instants within their type.
fn possible(instant: Micros) -> Option<Micros> {
    (0..=Micros::MAX / 4).contains(&instant).then_some(instant)
}

/// FNV-1a: against torn and foreign bytes, not against anybody's intent.
fn checksum(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, &byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOOT: u64 = 0x1234_5678_9abc_def0;

    fn sample() -> Controller {
        Controller {
            stamps: vec![
                Stamp { id: u64::MAX, slot: 1_000, wire: None },
                Stamp { id: 7, slot: 2_000, wire: Some(2_345) },
            ],
            guard: 17.25,
            learned: true,
            share: 0.9,
            touched: 3,
            refusals: [5, 4, 0],
            cut: 6,
            quiet_until: 7,
        }
    }

    fn open_slots(folder: &Path) -> SlotFile {
        SlotFile::open(Folder::Own(folder.to_owned()), "some.slots", "boot", |_| sample()).unwrap()
    }

    /// One update; whether the file was found replaced.
    fn turn(slots: &mut SlotFile) -> Result<bool, PaceError> {
        slots.update(|found| (sample(), found.replaced))
    }

    #[test]
    fn a_file_that_was_deleted_or_replaced_is_noticed_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut slots = open_slots(folder.path());
        let replace: [fn(&Path); 3] = [
            |path| std::fs::remove_file(path).unwrap(),
            |path| {
                let copy = path.with_extension("copy");
                std::fs::copy(path, &copy).unwrap();
                std::fs::rename(copy, path).unwrap();
            },
            |path| std::fs::remove_dir_all(path.parent().unwrap()).unwrap(),
        ];
        for replace in replace {
            assert!(!turn(&mut slots).unwrap());
            replace(&slots.path);
            assert!(turn(&mut slots).unwrap());
            assert!(!turn(&mut slots).unwrap());
            assert!(private::stands_at(&slots.file, &slots.path).unwrap());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_file_is_an_error_and_its_target_stays() {
        let folder = tempfile::tempdir().unwrap();
        let mut slots = open_slots(folder.path());
        let target = folder.path().join("precious");
        std::fs::write(&target, "mine").unwrap();
        std::fs::remove_file(&slots.path).unwrap();
        std::os::unix::fs::symlink(&target, &slots.path).unwrap();
        assert!(matches!(turn(&mut slots), Err(PaceError::File { .. })));
        assert_eq!(std::fs::read_to_string(&target).unwrap(), "mine");
        std::fs::remove_file(&target).unwrap();
        assert!(turn(&mut slots).is_err(), "nor is a file made behind the link");
        assert!(!target.exists());
    }

    #[test]
    fn a_folder_in_whose_place_a_file_stands_is_not_writable() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert!(is_writable(&folder.path().join("new/er")));
        assert!(!folder.path().join("new/er").exists(), "whether a folder is new is asked later");
        assert!(!is_writable(&folder.path().join("file")));
        assert!(!is_writable(&folder.path().join("file/below")));
    }

    #[test]
    fn a_state_comes_back_as_it_was() {
        assert_eq!(decode(&encode(BOOT, &sample())), Some((BOOT, sample())));
        let mut longer = encode(BOOT, &sample());
        longer.extend([9; 100]);
        assert_eq!(decode(&longer), Some((BOOT, sample())), "left-overs mean nothing");
    }

    #[test]
    fn no_byte_may_be_missing_or_changed() {
        let whole = encode(BOOT, &sample());
        for length in 0..whole.len() {
            assert_eq!(decode(&whole[..length]), None, "cut to {length}");
            let mut bent = whole.clone();
            bent[length] ^= 0x10;
            assert_eq!(decode(&bent), None, "byte {length}");
        }
    }

    #[test]
    fn a_state_that_cannot_be_is_damage_too() {
        for bend in [
            |c: &mut Controller| c.guard = f64::NAN,
            |c: &mut Controller| c.share = 0.0,
            |c: &mut Controller| c.cut = -1,
            |c: &mut Controller| c.touched = Micros::MAX,
        ] {
            let mut bent = sample();
            bend(&mut bent);
            assert_eq!(decode(&encode(BOOT, &bent)), None);
        }
    }

    #[test]
    fn a_lock_that_is_never_let_go_is_an_error_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let mut slots = open_slots(folder.path());
        let holder = File::open(&slots.path).unwrap();
        holder.lock().unwrap();
        assert!(matches!(turn(&mut slots), Err(PaceError::Held { .. })));
        holder.unlock().unwrap();
        assert!(turn(&mut slots).is_ok());
    }
}
