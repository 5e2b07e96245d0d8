//! What was intended, and what came of it.
//!
//! `ledger.db` holds jobs, chunks, attempts and claims of every job of this
//! installation: what must agree is one transaction, and the schema forbids
//! what must not be. `jobs/<id>.db` holds one job's rows and flows.
//!
//! Every method is one whole transition in the words of the field. Nobody
//! outside sees SQL. A transition is on disk when its future is ready: SQLite
//! with WAL and `synchronous=FULL`, written by one thread (`writer`).

mod error;
mod job_file;
mod ledger;
mod lock;
mod look;
mod reserve;
mod results;
mod transitions;
mod writer;
mod written;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac as _};
use rusqlite::Connection;

pub use error::{JournalError, JournalFault};
pub use job_file::{ContractRecord, InputRow, JobFile, Sendable, Sending, SheetRecord};
pub use ledger::{After, ChunkKind, NewChunk, NewFlow, NewJob, Permission};
pub use lock::JobLock;
pub use look::{ChunkRecord, Conflict, JobRecord, Page};
pub use results::{FlowResult, Results};

use crate::domain::job::JobId;
use writer::Writer;

const SCHEMA: &str = include_str!("ledger.sql");
const VERSION: i64 = 1;
/// Another process commits in milliseconds; this is for a slow disk.
const BUSY: Duration = Duration::from_secs(30);

pub struct Journal {
    dir: PathBuf,
    writer: Writer,
    reader: Mutex<Connection>,
    key: [u8; 32],
    /// Nothing more may be begun: what room is left is for outcomes.
    full: AtomicBool,
}

impl Journal {
    /// Opens the journal of a state folder, and makes it if there is none.
    pub fn open(dir: &Path) -> Result<Self, JournalError> {
        make_private_folder(dir)?;
        make_private_folder(&dir.join("jobs"))?;
        let path = dir.join("ledger.db");
        let key = dir.join("key");
        // The key is made after the ledger, and jobs after the key.
        if is_empty(&path) && (key.exists() || holds_jobs(dir)) {
            return Err(JournalError::new(&path, JournalFault::Gone));
        }
        let db = open_database(&path, SCHEMA, VERSION)?;
        let reader = open_database(&path, SCHEMA, VERSION)?;
        let writer = Writer::start(&path, db)?;
        if !key.exists() && (holds_jobs(dir) || holds_claims(&reader)) {
            return Err(JournalError::new(&key, JournalFault::Gone));
        }
        let key = installation_key(&key)?;
        Ok(Self {
            dir: dir.to_owned(),
            writer,
            reader: Mutex::new(reader),
            key,
            full: AtomicBool::new(false),
        })
    }

    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Takes room on the disk for the outcomes of what will be in flight. To be
    /// called before anything is sent.
    pub fn keep_room(&self) -> Result<(), JournalError> {
        reserve::keep(&self.dir)
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

    pub fn job_file(&self, job: &JobId) -> Result<JobFile, JournalError> {
        JobFile::open(&self.job_path(job))
    }

    /// A hash that cannot be found by guessing mobiles: keyed by the installation.
    pub fn keyed_hash(&self, parts: &[&[u8]]) -> [u8; 32] {
        keyed_hash(&self.key, parts)
    }

    fn writer(&self) -> &Writer {
        &self.writer
    }

    fn read<T>(&self, look: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, JournalError> {
        let db = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        look(&db).map_err(|error| JournalError::sqlite(&self.dir.join("ledger.db"), &error))
    }
}

pub fn keyed_hash(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC fills a short key up to its block with zeros.
    let mut block = [0_u8; 64];
    block[..32].copy_from_slice(key);
    let mut mac = <Hmac<sha2::Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        // Lengths keep ("ab", "c") and ("a", "bc") apart.
        mac.update(&(part.len() as u64).to_le_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Opens a database of ours, lays down its schema if it is new, and refuses
/// one that a newer program wrote.
fn open_database(path: &Path, schema: &str, version: i64) -> Result<Connection, JournalError> {
    let fail = |error: rusqlite::Error| JournalError::sqlite(path, &error);
    make_private_file(path)?;
    let db = Connection::open(path).map_err(fail)?;
    db.busy_timeout(BUSY).map_err(fail)?;
    switch_to_wal(&db).map_err(fail)?;
    db.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000",
    )
    .map_err(fail)?;
    db.set_prepared_statement_cache_capacity(64);
    let read_version = |db: &Connection| db.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    if read_version(&db).map_err(fail)? == 0 {
        // Two processes may both find it new: the second looks again under the lock.
        db.execute_batch("BEGIN IMMEDIATE").map_err(fail)?;
        if read_version(&db).map_err(fail)? == 0 {
            db.execute_batch(schema).map_err(fail)?;
            db.pragma_update(None, "user_version", version).map_err(fail)?;
        }
        db.execute_batch("COMMIT").map_err(fail)?;
    }
    match read_version(&db).map_err(fail)? {
        found if found > version => {
            Err(JournalError::new(path, JournalFault::Newer { found, known: version }))
        }
        _ => Ok(db),
    }
}

/// SQLite does not wait for a lock when it changes the mode, so we do: another
/// process may be making the very same file.
fn switch_to_wal(db: &Connection) -> rusqlite::Result<()> {
    let started = std::time::Instant::now();
    loop {
        match db.execute_batch("PRAGMA journal_mode=WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
                    && started.elapsed() < BUSY =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

fn is_empty(path: &Path) -> bool {
    path.metadata().map_or(true, |found| found.is_file() && found.len() == 0)
}

/// Whether anything was ever sent: without the key no claim is known again.
fn holds_claims(db: &Connection) -> bool {
    db.query_row("SELECT 1 FROM flows LIMIT 1", [], |_| Ok(())).is_ok()
}

/// Whether some job left its data there.
fn holds_jobs(dir: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(dir.join("jobs")) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|end| end == "db")))
}

fn make_private_folder(path: &Path) -> Result<(), JournalError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| JournalError::io(path, &error))
}

/// SQLite gives its side files the mode of the main one.
fn make_private_file(path: &Path) -> Result<(), JournalError> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(|_| ()).map_err(|error| JournalError::io(path, &error))
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
        // Written whole under another name and linked: of two processes one wins.
        let draft = path.with_extension(format!("{}.tmp", std::process::id()));
        let _ = std::fs::remove_file(&draft);
        make_private_file(&draft)?;
        std::fs::write(&draft, key).map_err(fail)?;
        let linked = std::fs::hard_link(&draft, path).or_else(|error| {
            if path.exists() { Ok(()) } else { std::fs::rename(&draft, path).map_err(|_| error) }
        });
        let _ = std::fs::remove_file(&draft);
        linked.map_err(fail)?;
    }
    Err(JournalError::new(path, JournalFault::Damaged("the installation key has the wrong length".into())))
}
