//! Writes the log of changes back into the database beside the work, so that no
//! commit waits for it: a pass without locks takes the bulk; the little that came
//! meanwhile is left to the writer, between two of its transactions.

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use rusqlite::Connection;

/// How often somebody looks how long the log has become.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// Pages of 4 KiB: below that it is not worth a pass.
const WORTH_A_PASS: i64 = 1_000;
/// With so many the log is to begin anew, else it would grow for ever.
const TOO_LONG: i64 = 8_000;

pub struct Upkeep {
    end: Option<mpsc::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Upkeep {
    /// `begin_anew` asks the writer to do the rest and to begin the log anew.
    pub fn start(path: &Path, begin_anew: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (end, ended) = mpsc::channel();
        let path = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("journal upkeep".into())
            .spawn(move || keep_up(&path, &ended, &begin_anew))?;
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

fn keep_up(path: &Path, ended: &mpsc::Receiver<()>, begin_anew: &dyn Fn()) {
    let log = log_of(path);
    let mut db: Option<Connection> = None;
    while matches!(ended.recv_timeout(LOOK_AGAIN), Err(mpsc::RecvTimeoutError::Timeout)) {
        if log.metadata().map_or(0, |found| found.len()) < WORTH_A_PASS.unsigned_abs() * 4096 {
            continue;
        }
        // Where this fails the log only becomes longer; the writer meets the same disk.
        if db.is_none() {
            db = Connection::open(path).ok();
        }
        let Some(db) = &db else { continue };
        let pages = db.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get::<_, i64>(1));
        if pages.is_ok_and(|pages| pages > TOO_LONG) {
            begin_anew();
        }
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}
