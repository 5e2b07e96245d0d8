//! Writes the log of changes back into the database beside the work, so that no
//! commit waits for it: a pass without locks takes the bulk; the little that came
//! meanwhile is left to the writer, between two of its transactions.

use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::{AtomicI32, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// How often somebody looks how long the log has become.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Pages of 4 KiB: below that it is not worth a pass.
const WORTH_A_PASS: i32 = 1_000;
/// With so many the log is to begin anew, else it would grow for ever.
const TOO_LONG: i32 = 8_000;

thread_local! {
    /// What SQLite said at this thread's last commit.
    static PAGES: Cell<i32> = const { Cell::new(0) };
}

/// How many pages stand in the log. The file's length does not say it: the file stays
/// as long as it ever was, and is written from its start again.
#[derive(Clone, Default)]
pub struct LogLength(Arc<AtomicI32>);

impl LogLength {
    /// Every commit of this connection shall be noted.
    pub fn follow(db: &Connection) {
        db.wal_hook(Some(|_, pages| {
            PAGES.set(pages);
            Ok(())
        }));
    }

    /// To be called by the thread that has committed.
    pub fn note(&self) {
        self.0.store(PAGES.get(), Ordering::Relaxed);
    }

    fn pages(&self) -> i32 {
        self.0.load(Ordering::Relaxed)
    }
}

pub struct Upkeep {
    end: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Upkeep {
    /// `begin_anew` asks the writer to do the rest and to begin the log anew.
    pub fn start(
        path: &Path,
        log: LogLength,
        begin_anew: impl Fn() + Send + 'static,
    ) -> std::io::Result<Self> {
        let (end, ended) = mpsc::channel();
        let path = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("journal upkeep".into())
            .spawn(move || keep_up(&path, &log, &ended, &begin_anew))?;
        Ok(Self { end: Some(end), thread: Some(thread) })
    }
}

impl Drop for Upkeep {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn keep_up(path: &Path, log: &LogLength, ended: &mpsc::Receiver<()>, begin_anew: &dyn Fn()) {
    let mut db: Option<Connection> = None;
    let mut done = 0;
    while matches!(ended.recv_timeout(LOOK_AGAIN), Err(mpsc::RecvTimeoutError::Timeout)) {
        let pages = log.pages();
        // Fewer than before: the log has begun anew.
        let new = if pages < done { pages } else { pages - done };
        if new < WORTH_A_PASS {
            continue;
        }
        // Where this fails the log only becomes longer; the writer meets the same disk.
        if db.is_none() {
            db = Connection::open(path)
                .ok()
                .filter(|db| db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).is_ok());
        }
        let Some(db) = &db else { continue };
        let passed = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            Ok((row.get::<_, i32>(1)?, row.get::<_, i32>(2)?))
        });
        if let Ok((pages, written_back)) = passed {
            done = written_back;
            if pages > TOO_LONG {
                begin_anew();
            }
        }
    }
}
