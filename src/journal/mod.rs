//! What was intended, and what came of it.
//!
//! `ledger.db` holds jobs, chunks, attempts and claims of every job of this
//! installation: what must agree is one transaction, and the schema forbids
//! what must not be. `jobs/<id>.db` holds one job's rows and contracts.
//!
//! The words are in `model`: every change of a job that is being sent is a
//! [`Transition`], recorded in order and durable when its answer comes. SQL stands
//! in `sqlite` only. `docs/states.md` draws how chunks, attempts, flows and jobs stand.

mod error;
mod job_lock;
pub mod model;
mod reserve;
mod sqlite;
mod whole;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit, Mac as _};
use rusqlite::Connection;
use tokio::sync::oneshot;

pub use error::{JournalError, JournalFault};
pub use job_lock::JobLock;
pub use model::*;
pub use sqlite::claims::DeadJob;
pub use sqlite::followed::{FlowStanding, FollowNote, NoteState, SignLink, SignerStanding};
pub use sqlite::inserts::TOGETHER;
pub use sqlite::instead::Instead;
pub use sqlite::job_file::{ContractRecord, InputRow, JobFile, Sendable, Sending, SheetRecord};
pub use sqlite::job_rows::Outline;
pub use sqlite::job_writer::{JobWriter, RowRecord};
pub use sqlite::results::{Elsewhere, FlowResult, Results, StartedFlow};
pub use sqlite::started::StartedRecord;
pub use sqlite::transitions::AnswerHashes;
pub use sqlite::written::Written;

use crate::domain::flow::Agent;
use crate::domain::job::JobId;
use crate::domain::verdict::Outcome;
use crate::platform::trust::{self, Hands};
use crate::platform::{atomic, private};
use sqlite::transitions::{Step, apply};
use sqlite::writer::Writer;
use sqlite::{open, queries};
use whole::Presence;

pub struct Journal {
    dir: PathBuf,
    notes: Vec<JournalNote>,
    writer: Writer,
    // Goes after the writer: then all is written.
    reader: Reader,
    key: KeyedHash,
    /// The ledger's own numbers of jobs.
    numbers: Mutex<HashMap<JobId, i64>>,
    /// Nothing more may be begun: what room is left is for outcomes.
    full: AtomicBool,
}

struct Reader {
    db: Mutex<Connection>,
    /// None: nothing can be written.
    presence: Option<Presence>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(presence) = &self.presence {
            presence.leave(&db);
        }
    }
}

/// What was handed to the journal and is not known to be durable yet.
pub type Recorded = oneshot::Receiver<Result<(), JournalError>>;

impl Journal {
    /// Opens the journal of a state folder, and makes it if there is none.
    ///
    /// # Errors
    /// `Gone`, `LogGone`, `Older`, `Newer`, `Damaged`: nothing was touched. Those of the disk.
    pub fn open(dir: &Path) -> Result<Self, JournalError> {
        let path = dir.join("ledger.db");
        let key = dir.join("key");
        // The key is made after the ledger, and jobs after the key.
        if is_empty(&path) && (key.exists() || holds_jobs(dir)) {
            return Err(JournalError::new(&path, JournalFault::Gone));
        }
        open::look(&path)?;
        // Before there was a key nothing was sent.
        if !is_empty(&path) && key.exists() && !whole::is_whole(dir) {
            return Err(JournalError::new(&path, JournalFault::LogGone));
        }
        let make =
            |folder: &Path| private::make_folder(folder).map_err(|error| JournalError::io(folder, &error));
        let notes = mend_folder(dir)?;
        make(dir)?;
        for name in ["ledger.db", "ledger.db-wal", "key", "reserve"] {
            let path = dir.join(name);
            if std::fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink()) {
                return Err(JournalError::new(&path, JournalFault::Link));
            }
        }
        let fail = |error: std::io::Error| JournalError::io(dir, &error);
        let presence = Presence::enter(dir).map_err(fail)?;
        let db = open::ledger(&path)?;
        presence.needs_log().map_err(fail)?;
        make(&dir.join("jobs"))?;
        let reader = open::ledger(&path)?;
        if !key.exists() && (holds_jobs(dir) || holds_flows(&reader)) {
            return Err(JournalError::new(&key, JournalFault::Gone));
        }
        let writer = Writer::start(&path, db)?;
        let key = installation_key(&key)?;
        Ok(Self {
            dir: dir.to_owned(),
            notes,
            writer,
            reader: Reader { db: Mutex::new(reader), presence: Some(presence) },
            key: KeyedHash::new(&key),
            numbers: Mutex::default(),
            full: AtomicBool::new(false),
        })
    }

    /// Opens a journal for looking at it: where its folder cannot be written, nothing is.
    ///
    /// # Errors
    /// As [`Journal::open`]; `NotWritable` where its log cannot be read without writing.
    pub fn open_to_look(dir: &Path) -> Result<Self, JournalError> {
        let error = match Self::open(dir) {
            Err(error @ JournalError { fault: JournalFault::NotWritable(_), .. }) => error,
            opened => return opened,
        };
        let (path, key) = (dir.join("ledger.db"), dir.join("key"));
        let Ok(Ok(key)) = std::fs::read(&key).map(|bytes| <[u8; 32]>::try_from(bytes.as_slice())) else {
            return Err(error);
        };
        let writer = Writer::start(&path, open::read_only(&path, true)?)?;
        Ok(Self {
            dir: dir.to_owned(),
            notes: vec![JournalNote::ReadOnly],
            writer,
            reader: Reader { db: Mutex::new(open::read_only(&path, true)?), presence: None },
            key: KeyedHash::new(&key),
            numbers: Mutex::default(),
            full: AtomicBool::new(true),
        })
    }

    /// Nothing can be written into its folder.
    pub fn is_read_only(&self) -> bool {
        self.reader.presence.is_none()
    }

    /// Whether some process has the journal of that folder open; `None`: it cannot be told.
    pub fn is_in_use(dir: &Path) -> Option<bool> {
        whole::is_in_use(dir)
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// What is to be told of the folder.
    pub fn notes(&self) -> &[JournalNote] {
        &self.notes
    }

    /// Hands over one change. All of them become durable in the order in which they
    /// were handed over, or fail one by one.
    ///
    /// # Errors
    /// `DiskFull` for an intent where outcomes need what room there is.
    pub fn record(
        &self,
        job: &JobId,
        lease: Lease,
        transition: Transition,
    ) -> Result<Recorded, JournalError> {
        if matches!(transition, Transition::Intend { .. }) {
            self.refuse_if_full()?;
        }
        let job = self.number_of(job)?;
        let hashes = match &transition {
            Transition::Settle { outcome, .. } => self.answer_hashes(outcome),
            _ => AnswerHashes::default(),
        };
        let agent = match &transition {
            Transition::Stop { agent, .. } | Transition::Resume { agent } => Some(self.agent_hash(agent)),
            _ => None,
        };
        self.writer()
            .write_in_turn(move |db| apply(db, &Step { job, lease, transition: &transition, hashes, agent }))
    }

    /// Waits until a change is durable. An outcome is written on a full disk, too.
    ///
    /// # Errors
    /// Those of the disk; `LeaseLost` and `NotToBeSent` for an intent.
    pub async fn durable(&self, recorded: Recorded) -> Result<(), JournalError> {
        recorded.await.map_err(|_| JournalError::new(&self.dir, JournalFault::Closed))?
    }

    /// Hands over one change and waits for it; where the disk is full, what was
    /// kept for outcomes is given up first.
    ///
    /// # Errors
    /// As [`Journal::durable`].
    pub async fn record_on_full_disk(
        &self,
        job: &JobId,
        lease: Lease,
        transition: Transition,
    ) -> Result<(), JournalError> {
        self.make_room();
        self.durable(self.record(job, lease, transition)?).await
    }

    /// Takes room on the disk for the outcomes of what will be in flight. To be
    /// called before anything is sent.
    pub fn keep_room(&self) -> Result<(), JournalError> {
        reserve::keep(&self.dir)?;
        self.full.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// The disk is full: from here on outcomes only.
    fn make_room(&self) {
        self.full.store(true, Ordering::Relaxed);
        reserve::let_go(&self.dir);
    }

    fn refuse_if_full(&self) -> Result<(), JournalError> {
        match self.full.load(Ordering::Relaxed) {
            true => Err(JournalError::new(&self.dir, JournalFault::DiskFull)),
            false => Ok(()),
        }
    }

    pub fn job_path(&self, job: &JobId) -> PathBuf {
        self.dir.join("jobs").join(format!("{job}.db"))
    }

    pub fn contents(&self, record: &JobRecord) -> Contents {
        match (self.job_path(&record.id).is_file(), record.is_forgotten()) {
            (true, _) => Contents::Kept,
            (false, true) => Contents::Erased,
            (false, false) => Contents::Lost,
        }
    }

    pub fn job_file(&self, job: &JobId) -> Result<JobFile, JournalError> {
        let path = self.job_path(job);
        let is_lost = |record: JobRecord| self.contents(&record) == Contents::Lost;
        if !path.exists() && self.job(job)?.is_some_and(is_lost) {
            return Err(self.contents_gone(job));
        }
        JobFile::open(&path)
    }

    pub fn contents_gone(&self, job: &JobId) -> JournalError {
        JournalError::new(&self.job_path(job), JournalFault::ContentsGone)
    }

    /// A hash that cannot be found by guessing mobiles: keyed by the installation.
    pub fn keyed_hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.key.hash(parts)
    }

    /// What an answer is known again by, long after its link was erased.
    pub fn answer_hashes(&self, outcome: &Outcome) -> AnswerHashes {
        let hash = |kind: &str, text: &Option<String>| {
            let hash = self.keyed_hash(&[kind.as_bytes(), text.as_ref()?.as_bytes()]);
            let short = i64::from_le_bytes(std::array::from_fn(|at| hash[at]));
            Some(short)
        };
        // The ids of contracts that were started are to them what the link is to a page.
        let ids: Vec<&str> = outcome.started.ids().collect();
        let ids = (!ids.is_empty()).then(|| ids.join(" "));
        let url = hash("url", &outcome.url).or_else(|| hash("flows", &ids));
        AnswerHashes { url, request_id: hash("request", &outcome.request_id) }
    }

    fn agent_hash(&self, agent: &Agent) -> [u8; 32] {
        let Agent { app_id, organization_open_id, operator_open_id } = agent;
        self.keyed_hash(&[
            b"agent",
            app_id.as_bytes(),
            organization_open_id.as_bytes(),
            operator_open_id.as_bytes(),
        ])
    }

    fn writer(&self) -> &Writer {
        &self.writer
    }

    /// The ledger's number of a job.
    fn number_of(&self, job: &JobId) -> Result<i64, JournalError> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = numbers.get(job) {
            return Ok(*number);
        }
        let number = self
            .read(|db| queries::number_of(db, job))?
            .ok_or_else(|| JournalError::new(&self.dir, JournalFault::NoSuchJob(job.0.clone())))?;
        numbers.insert(job.clone(), number);
        Ok(number)
    }

    fn forget_number(&self, job: &JobId) {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner).remove(job);
    }

    fn read<T>(&self, look: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, JournalError> {
        let db = self.reader.db.lock().unwrap_or_else(PoisonError::into_inner);
        look(&db).map_err(|error| JournalError::sqlite(&self.dir.join("ledger.db"), &error))
    }
}

/// HMAC-SHA256 under a key, which was taken in already.
pub struct KeyedHash(Hmac<sha2::Sha256>);

impl KeyedHash {
    pub fn new(key: &[u8; 32]) -> Self {
        // HMAC fills a short key up to its block with zeros.
        let mut block = [0_u8; 64];
        block[..32].copy_from_slice(key);
        Self(<Hmac<sha2::Sha256> as KeyInit>::new(&block.into()))
    }

    pub fn hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = self.0.clone();
        // In one piece where they are short: the hash takes whole blocks as they stand there.
        let (mut block, mut filled) = ([0_u8; 256], 0);
        for part in parts {
            // Lengths keep ("ab", "c") and ("a", "bc") apart.
            for bytes in [&(part.len() as u64).to_le_bytes()[..], part] {
                match block.get_mut(filled..filled + bytes.len()) {
                    Some(room) => {
                        room.copy_from_slice(bytes);
                        filled += bytes.len();
                    }
                    None => {
                        mac.update(block.get(..filled).unwrap_or_default());
                        mac.update(bytes);
                        filled = 0;
                    }
                }
            }
        }
        mac.update(block.get(..filled).unwrap_or_default());
        mac.finalize().into_bytes().into()
    }
}

/// What is to be told of a state folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalNote {
    /// It was open to others, and was closed.
    Closed,
    /// A group of users may write it.
    Group,
    /// Nobody can write it, so it is only looked at.
    ReadOnly,
}

/// How the names of what stands in a state folder begin.
const OWN_NAMES: [&str; 10] = [
    "ledger.db", "key", "jobs", "reserve", "open", "checkpointed", "reports", "columns.json", "pace-",
    "watch",
];

/// A folder of ours that is open to others is closed, if nothing else is in it; one of
/// another user's that anybody may write is refused.
fn mend_folder(dir: &Path) -> Result<Vec<JournalNote>, JournalError> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let is_ours = || {
        let own = |name: &str| OWN_NAMES.iter().any(|own| name.starts_with(own));
        let entries = std::fs::read_dir(dir);
        entries.is_ok_and(|mut all| {
            all.all(|entry| entry.is_ok_and(|entry| own(&entry.file_name().to_string_lossy())))
        })
    };
    if trust::is_mine(dir) && trust::is_open(dir) && is_ours() && trust::close(dir) {
        return Ok(vec![JournalNote::Closed]);
    }
    if trust::is_for_everybody(dir) {
        return Err(JournalError::new(dir, JournalFault::Others(dir.join("flowbatch"))));
    }
    Ok(match trust::hands_on(dir, true) {
        Hands::Group => vec![JournalNote::Group],
        _ => Vec::new(),
    })
}

fn is_empty(path: &Path) -> bool {
    path.metadata().map_or(true, |found| found.is_file() && found.len() == 0)
}

/// Whether anything was ever sent: without the key no claim is known again.
fn holds_flows(db: &Connection) -> bool {
    db.query_row("SELECT 1 FROM flows LIMIT 1", [], |_| Ok(())).is_ok()
}

/// Whether some job left its data there.
fn holds_jobs(dir: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(dir.join("jobs")) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "db")))
}

/// Random, made once for a state folder.
fn installation_key(path: &Path) -> Result<[u8; 32], JournalError> {
    let fail = |error: std::io::Error| JournalError::io(path, &error);
    for _ in 0..50 {
        if let Ok(bytes) = std::fs::read(path)
            && let Ok(key) = <[u8; 32]>::try_from(bytes.as_slice())
        {
            return Ok(key);
        }
        let mut key = [0_u8; 32];
        getrandom::fill(&mut key).map_err(|error| fail(std::io::Error::other(error.to_string())))?;
        atomic::write_private_once(path, &key).map_err(fail)?;
    }
    Err(JournalError::new(path, JournalFault::Damaged("the installation key has the wrong length".into())))
}
