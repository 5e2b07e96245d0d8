//! When the next request may go.
//!
//! In comes a wish to send; out goes a [`Slot`]. The platform counts 20 requests
//! a second for action, region and account, in any sliding second as far as is
//! known, so all processes of a machine that use one account share their stamps
//! through a small locked file. Four parts:
//! - `controller`: the rule and what it learns, pure;
//! - `folder`: which folder holds the file, pure;
//! - `slots`: the file;
//! - this one: clocks, sleeping, and the [`Pace`] that others see.
//!
//! How a request goes:
//! ```text
//! let mut slot = pace.reserve()?;     // the earliest, at least one lead ahead; the first sooner
//! pace.approach(&slot).await;         // until one lead ahead of it; now reserve
//!                                     // the next one, in a task of its own:
//! ... commit the intent ...
//! pace.turn(&mut slot).await?;        // until the slot, or a later one if need be
//! ... send ...
//! pace.sent(&slot, wire);             // when the body left; or pace.release(slot)
//! pace.answered(round_trip);          // or pace.refused()
//! ```
//! Whoever reserves the next slot only after this one was sent gets each request's
//! lateness added to the next: 2% of the quota gone.
//!
//! Promises: no method sleeps with the file locked; a slot that nobody uses (a
//! crash) costs its place in the window once; a file that is damaged, deleted or
//! replaced costs a quiet second, never a hang and never a burst. Time is that of
//! the machine since its start: no step of the wall clock moves a request.

mod controller;
mod folder;
mod round_trips;
#[cfg(test)]
mod simulation;
mod slots;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use sha2::{Digest, Sha256};

use crate::platform::clock;

use controller::{Controller, Micros, Terms};
pub use folder::Folder;
use round_trips::RoundTrips;
use slots::SlotFile;

/// A slot that was neither sent nor released for this long was forgotten.
const FORGOTTEN: Duration = Duration::from_secs(30);
/// The last stretch is slept by a thread: the runtime's timer counts in whole
/// milliseconds (in 15.6 of them on Windows), a sleeping thread does not.
const LAST_STRETCH: Duration = Duration::from_millis(20);
/// Slower than this would not be a pace but a mistake in the settings.
const SLOWEST: f64 = 0.001;
const FASTEST: f64 = 100_000.0;
/// Between an intent that is durable and its slot, at least. Microseconds.
const LEAD_ROOM: Micros = 10_000;
/// The lead of the first slot of a process: nothing else is on its way meanwhile, and should the
/// intent take longer, the request is late once, which costs no place.
const FIRST_LEAD: Micros = 12_000;
/// Times the lead of the settings.
const LEAD_MOST: i64 = 6;
/// The clock is read as if it had started so long before the machine: 0 is then
/// long ago for the controller even right after a start.
const HEAD_START: Micros = 3_600_000_000;

#[derive(Clone, Debug, PartialEq)]
pub struct PaceSettings {
    /// The quota; 0 switches pacing off.
    pub requests_per_second: f64,
    /// Requests that the platform counts together (N): the window is
    /// N / `requests_per_second` seconds long. `None` for a window of a second.
    pub window_requests: Option<u32>,
    /// How far ahead a slot is reserved, so that the intent can be committed
    /// meanwhile. Not to be much longer: an intent cut off by a crash is a doubt.
    pub lead: Duration,
}

impl Default for PaceSettings {
    /// The documented quota of 20 requests a second.
    fn default() -> PaceSettings {
        PaceSettings { requests_per_second: 20.0, window_requests: None, lead: Duration::from_millis(50) }
    }
}

impl PaceSettings {
    /// `None` if pacing is off.
    fn terms(&self) -> Result<Option<Terms>, PaceError> {
        let rate = self.requests_per_second;
        if rate == 0.0 {
            return Ok(None);
        }
        if !(SLOWEST..=FASTEST).contains(&rate) || self.window_requests == Some(0) {
            return Err(PaceError::Settings {
                requests_per_second: rate,
                window_requests: self.window_requests,
            });
        }
        let window = self.window_requests.unwrap_or(rate.round() as u32).max(1);
        Ok(Some(Terms { window: window as usize, rate, lead: micros(self.lead) }))
    }
}

/// What the platform counts by; it names the file.
#[derive(Clone, Debug)]
pub struct SlotKey {
    pub endpoint: String,
    pub action: String,
    /// A setting, or a hash of the SecretId; never the SecretId itself.
    pub account: String,
}

impl SlotKey {
    fn file_name(&self) -> String {
        let named = ["slots 2", &self.endpoint, &self.action, &self.account].join("\0");
        let mut hash = hex::encode(Sha256::digest(named));
        hash.truncate(16);
        format!("pace-{hash}.slots")
    }
}

/// A place in the line.
#[derive(Debug)]
pub struct Slot {
    pub id: u64,
    /// When to send, by the wall clock: for records only.
    pub at: SystemTime,
    /// The same by the clock that nobody sets.
    due: Instant,
}

/// The clocks of this machine; tests have their own.
#[derive(Clone, Copy)]
struct Clocks {
    /// The same for all processes, set by nobody.
    shared: fn() -> Micros,
    wall: fn() -> SystemTime,
}

impl Clocks {
    const OF_MACHINE: Clocks =
        Clocks { shared: || clock::since_boot_us() + HEAD_START, wall: SystemTime::now };

    fn now(&self) -> Micros {
        (self.shared)()
    }

    fn slot(&self, id: u64, slot: Micros, now: Micros) -> Slot {
        let wait = Duration::from_micros((slot - now).max(0) as u64);
        Slot { id, at: (self.wall)() + wait, due: Instant::now() + wait }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PaceError {
    #[error(
        "a pace of {requests_per_second} requests a second, {window_requests:?} a window, \
         is not possible"
    )]
    Settings { requests_per_second: f64, window_requests: Option<u32> },
    #[error("cannot {doing} {}", path.display())]
    File { path: PathBuf, doing: &'static str, source: io::Error },
    #[error("{} cannot be locked; its folder must be on a local disk", path.display())]
    Lock { path: PathBuf, source: io::Error },
    #[error("{} is written by another machine too; its folder must be on a local disk", path.display())]
    OtherMachine { path: PathBuf },
    #[error("{} is kept locked by another process that does not go on", path.display())]
    Held { path: PathBuf },
}

/// A handle on the pace; clones share it.
#[derive(Clone)]
pub struct Pace {
    shared: Arc<Shared>,
}

struct Shared {
    /// `None` if pacing is off.
    terms: Option<Terms>,
    /// How far ahead slots are reserved: longer where the disk is slow. Microseconds.
    lead: AtomicI64,
    /// No slot was taken yet.
    is_first: AtomicBool,
    /// Should all else fail, requests of this process stay half a mean gap apart.
    floor: Option<DefaultDirectRateLimiter>,
    clocks: Clocks,
    desk: Mutex<Desk>,
}

/// What this process knows.
struct Desk {
    stamps: Stamps,
    /// Slots whose turn has come and whose body has not left, since when.
    leaving: Vec<(u64, Instant)>,
    round_trips: RoundTrips,
    /// As of the last look at the stamps.
    rate: f64,
}

/// The folder for the slots of this user: as it is named, or the user's own where
/// that can be written, or else the journal's.
pub fn find_folder(named: Option<PathBuf>, own: Option<PathBuf>, journal: &Path) -> Folder {
    Folder::choose(named, own, journal, slots::is_writable)
}

enum Stamps {
    Own(Controller),
    OnFile(SlotFile),
}

impl Pace {
    /// A pace shared with every process that opens the same key in the same
    /// folder. A folder that is missing is made, for its owner alone.
    ///
    /// # Errors
    /// Settings that make no sense; a file that can't be made, read or locked
    /// (folders on a network, mostly).
    pub fn open(folder: Folder, key: &SlotKey, settings: PaceSettings) -> Result<Pace, PaceError> {
        Pace::open_by(Clocks::OF_MACHINE, &clock::boot_id(), folder, key, settings)
    }

    fn open_by(
        clocks: Clocks,
        boot: &str,
        folder: Folder,
        key: &SlotKey,
        settings: PaceSettings,
    ) -> Result<Pace, PaceError> {
        let Some(terms) = settings.terms()? else {
            return Pace::in_memory(settings);
        };
        let file = SlotFile::open(folder, &key.file_name(), boot, |new_folder| match new_folder {
            true => Controller::new(clocks.now()),
            false => Controller::after_loss(&terms, clocks.now()),
        })?;
        Ok(Pace::with(Some(terms), clocks, Stamps::OnFile(file)))
    }

    /// A pace of this process alone.
    ///
    /// # Errors
    /// Settings that make no sense.
    pub fn in_memory(settings: PaceSettings) -> Result<Pace, PaceError> {
        let (terms, clocks) = (settings.terms()?, Clocks::OF_MACHINE);
        Ok(Pace::with(terms, clocks, Stamps::Own(Controller::new(clocks.now()))))
    }

    fn with(terms: Option<Terms>, clocks: Clocks, stamps: Stamps) -> Pace {
        let lead = terms.map_or(0, |terms| terms.lead);
        let least_gap = |terms: Terms| Duration::from_secs_f64(0.5 / terms.rate);
        let quota = terms.map(least_gap).and_then(Quota::with_period);
        let desk = Desk {
            stamps,
            leaving: Vec::new(),
            round_trips: RoundTrips::default(),
            rate: terms.map_or(0.0, |terms| terms.rate),
        };
        Pace {
            shared: Arc::new(Shared {
                terms,
                lead: AtomicI64::new(lead),
                is_first: AtomicBool::new(true),
                floor: quota.map(RateLimiter::direct),
                clocks,
                desk: Mutex::new(desk),
            }),
        }
    }

    /// Takes the earliest slot that is at least one lead away, the first one sooner; right now
    /// if pacing is off.
    pub fn reserve(&self) -> Result<Slot, PaceError> {
        let (id, clocks) = (fastrand::u64(..), self.shared.clocks);
        let is_first = self.shared.is_first.swap(false, Ordering::Relaxed);
        let reserved = self.update(|controller, terms, now| {
            let lead = if is_first { terms.lead.min(FIRST_LEAD) } else { terms.lead };
            let slot = controller.reserve(&Terms { lead, ..*terms }, id, now);
            clocks.slot(id, slot, now)
        })?;
        Ok(reserved.unwrap_or_else(|| clocks.slot(id, 0, 0)))
    }

    /// Waits until one lead before the slot, when the intent may be committed
    /// and the next slot should be reserved.
    pub async fn approach(&self, slot: &Slot) {
        let lead = self.shared.lead.load(Ordering::Relaxed);
        let lead = Duration::from_micros(lead.unsigned_abs());
        if let Some(early) = slot.due.checked_sub(lead) {
            tokio::time::sleep_until(early.into()).await;
        }
    }

    /// Waits until the request may go: it should be on the wire at once when
    /// this returns. The slot moves if it no longer stands: another body left
    /// late, a refusal came in between, or the machine slept. Dropped before its
    /// end, it leaves the slot to be released.
    pub async fn turn(&self, slot: &mut Slot) -> Result<(), PaceError> {
        loop {
            wake_at(slot.due).await;
            if self.stands(slot)? {
                break;
            }
        }
        if let Some(floor) = &self.shared.floor {
            while let Err(too_soon) = floor.check() {
                let wait = too_soon.wait_time_from(floor.clock().now());
                wake_at(Instant::now() + wait).await;
            }
        }
        Ok(())
    }

    fn stands(&self, slot: &mut Slot) -> Result<bool, PaceError> {
        let (id, clocks) = (slot.id, self.shared.clocks);
        let moved = self.update(|controller, terms, now| {
            let asked = controller.ask_again(terms, id, now);
            (asked > now).then(|| clocks.slot(id, asked, now))
        })?;
        match moved {
            Some(Some(moved)) => {
                *slot = moved;
                return Ok(false);
            }
            Some(None) => self.desk().leaving.push((id, Instant::now())),
            None => {}
        }
        Ok(true)
    }

    /// Corrects the stamp to when the body left.
    pub fn sent(&self, slot: &Slot, wire: Instant) {
        self.leaves(slot);
        self.note(|controller, terms, now| {
            controller.sent(terms, slot.id, now - micros(wire.elapsed()));
        });
    }

    /// Gives back the slot of a request that never left.
    pub fn release(&self, slot: Slot) {
        self.leaves(&slot);
        self.note(|controller, _, _| controller.release(slot.id));
    }

    /// An answer came that was not a refusal, so long after the body had left.
    pub fn answered(&self, round_trip: Duration) {
        let milliseconds = round_trip.as_secs_f64() * 1e3;
        let advice = self.desk().round_trips.note(milliseconds);
        if let Some(advice) = advice {
            self.note(|controller, _, now| controller.take_advice(advice, now));
        }
    }

    /// So long it took to write an intent down. Slots are reserved further ahead
    /// where that would not fit, so that none is late; never much further, since an
    /// intent cut off by a crash is a doubt.
    pub fn committed_in(&self, time: Duration) {
        let Some(terms) = &self.shared.terms else { return };
        let needed = (2 * micros(time) + LEAD_ROOM).clamp(terms.lead, terms.lead * LEAD_MOST);
        let lead = self.shared.lead.load(Ordering::Relaxed);
        // Up at once, down slowly: a disk is slow again soon.
        let lead = if needed > lead { needed } else { lead - (lead - needed) / 64 };
        self.shared.lead.store(lead, Ordering::Relaxed);
    }

    /// The platform answered `RequestLimitExceeded`.
    pub fn refused(&self) {
        self.note(|controller, _, now| controller.refused(now));
    }

    /// Requests a second at present, guard and cuts included, as of the last
    /// look at the stamps; 0 if pacing is off.
    pub fn rate(&self) -> f64 {
        self.desk().rate
    }

    /// Nothing is lost if this fails: the stamp keeps its planned time, and the
    /// next `reserve` meets the same disk and says so.
    fn note(&self, change: impl FnOnce(&mut Controller, &Terms, Micros)) {
        if let Err(error) = self.update(change) {
            tracing::warn!(%error, "the pace could not be noted");
        }
    }

    /// `None` if pacing is off.
    fn update<T>(
        &self,
        change: impl FnOnce(&mut Controller, &Terms, Micros) -> T,
    ) -> Result<Option<T>, PaceError> {
        let Some(terms) = self.shared.terms else {
            return Ok(None);
        };
        let terms = &Terms { lead: self.shared.lead.load(Ordering::Relaxed), ..terms };
        let clocks = self.shared.clocks;
        let mut desk = self.desk();
        desk.leaving.retain(|(_, since)| since.elapsed() < FORGOTTEN);
        let leaving: Vec<u64> = desk.leaving.iter().map(|&(id, _)| id).collect();
        let with_time = |controller: &mut Controller, now: Micros| {
            controller.keep_time(terms, now);
            controller.still_here(&leaving, now);
            let outcome = change(controller, terms, now);
            (outcome, controller.rate(terms))
        };
        let (outcome, rate) = match &mut desk.stamps {
            Stamps::Own(controller) => with_time(controller, clocks.now()),
            Stamps::OnFile(file) => file.update(|found| {
                let now = clocks.now();
                let mut controller = Controller::resume(terms, found.state, found.known, found.replaced, now);
                let outcome = with_time(&mut controller, now);
                (controller, outcome)
            })?,
        };
        desk.rate = rate;
        Ok(Some(outcome))
    }

    fn leaves(&self, slot: &Slot) {
        self.desk().leaving.retain(|&(id, _)| id != slot.id);
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        // Every change is whole before anything could panic.
        let desk = self.shared.desk.lock();
        desk.unwrap_or_else(PoisonError::into_inner)
    }
}

/// Within a tenth of a millisecond or so, without keeping a core busy.
async fn wake_at(due: Instant) {
    if let Some(early) = due.checked_sub(LAST_STRETCH)
        && early > Instant::now()
    {
        tokio::time::sleep_until(early.into()).await;
    }
    if due > Instant::now() {
        let sleep = move || thread::sleep(due.saturating_duration_since(Instant::now()));
        // An error means that the runtime is going away, and this with it.
        tokio::task::spawn_blocking(sleep).await.ok();
    }
}

fn micros(duration: Duration) -> Micros {
    Micros::try_from(duration.as_micros()).unwrap_or(Micros::MAX / 4)
}
