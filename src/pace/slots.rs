//! The file in which the processes of one machine keep their stamps together:
//! lock, read, write in one go, let go. It takes microseconds, and nobody sleeps
//! with the lock in hand.
//!
//! Layout, little endian: `MAGIC`; the fields of [`Controller`] in their order,
//! the stamps last with their number before them; a checksum over all of it.
//! What follows the checksum is left over from a longer state and means nothing.
//! There is no fsync: after a power cut more than a second has passed anyway.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::platform::lock::{self, LockError};
use crate::platform::private;

use super::PaceError;
use super::controller::{Controller, GUARD_LEAST, GUARD_MOST, Micros, REFUSALS_KEPT, SHARE_LEAST, Stamp};

const MAGIC: &[u8; 8] = b"fbslots1";
/// Far more than any quota needs; keeps a foreign file out of memory.
const LONGEST: u64 = 1 << 22;
/// For the wire of a stamp that has none yet.
const NOT_SENT: Micros = -1;
/// A process may have been stopped (Ctrl-Z, a debugger) with the lock in hand;
/// the others must not hang for ever.
const LOCK_PATIENCE: Duration = Duration::from_secs(2);
const LOCK_RETRY: Duration = Duration::from_micros(200);

pub struct SlotFile {
    path: PathBuf,
    file: File,
}

impl SlotFile {
    /// Opens the file, or makes it (owner-only) with `fresh` in it.
    pub fn open(path: PathBuf, fresh: &Controller) -> Result<SlotFile, PaceError> {
        let file = private::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|source| at(&path, "open", source))?;
        let mut slots = SlotFile { path, file };
        slots.locked(|slots| match slots.read()?.is_empty() {
            true => slots.write(&encode(fresh)),
            false => Ok(()),
        })?;
        Ok(slots)
    }

    /// Changes the state under the lock. `None` stands for a damaged file.
    pub fn update<T>(
        &mut self,
        change: impl FnOnce(Option<Controller>) -> (Controller, T),
    ) -> Result<T, PaceError> {
        self.locked(|slots| {
            let (controller, outcome) = change(decode(&slots.read()?));
            slots.write(&encode(&controller))?;
            Ok(outcome)
        })
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

    fn lock(&self) -> Result<(), PaceError> {
        lock::exclusive(&self.file, LOCK_PATIENCE, LOCK_RETRY).map_err(|error| match error {
            LockError::Held => PaceError::Held { path: self.path.clone() },
            LockError::Io(source) => PaceError::Lock { path: self.path.clone(), source },
        })
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

fn at(path: &Path, doing: &'static str, source: io::Error) -> PaceError {
    PaceError::File { path: path.to_owned(), doing, source }
}

fn encode(controller: &Controller) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
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

fn decode(bytes: &[u8]) -> Option<Controller> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
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
    intact.then_some(Controller {
        stamps,
        guard,
        learned: learned != 0,
        share,
        touched,
        refusals,
        cut,
        quiet_until,
    })
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

    #[test]
    fn a_state_comes_back_as_it_was() {
        assert_eq!(decode(&encode(&sample())), Some(sample()));
        let mut longer = encode(&sample());
        longer.extend([9; 100]);
        assert_eq!(decode(&longer), Some(sample()), "left-overs mean nothing");
    }

    #[test]
    fn no_byte_may_be_missing_or_changed() {
        let whole = encode(&sample());
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
            assert_eq!(decode(&encode(&bent)), None);
        }
    }

    #[test]
    fn a_lock_that_is_never_let_go_is_an_error_in_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("held.slots");
        let mut slots = SlotFile::open(path.clone(), &sample()).unwrap();
        let holder = File::open(&path).unwrap();
        holder.lock().unwrap();
        let outcome = slots.update(|found| (found.unwrap(), ()));
        assert!(matches!(outcome, Err(PaceError::Held { .. })));
        holder.unlock().unwrap();
        assert!(slots.update(|found| (found.unwrap(), ())).is_ok());
    }
}
