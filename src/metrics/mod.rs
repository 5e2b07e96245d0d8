//! Numbers for whoever looks after an installation: a text file of Prometheus' format, which
//! node_exporter's textfile collector reads. It is replaced as a whole at the beginning, every
//! [`EVERY`] and at the end. No job fails for it, and no name, link or file stands in it.
//!
//! `counts.rs` has what this process has seen of its requests, `page.rs` puts them together with
//! what the journal says of its jobs; this one has the file and the thread that writes it.

mod counts;
mod page;

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::jobs::totals;
use crate::journal::Journal;
use crate::platform::lock::{self, LockError};
use crate::platform::private;
use crate::runner::{Event, Tell};

use counts::Counts;
use page::{Stand, last_success};

/// The journal is asked no oftener.
pub const EVERY: Duration = Duration::from_secs(15);

/// Says once that the file cannot be written.
pub type Warn = Box<dyn Fn(&Path, io::ErrorKind) + Send>;

/// The file is kept up for as long as this lives.
pub struct Metrics {
    counts: Arc<Counts>,
    /// Whether all has ended well.
    end: Sender<bool>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Writer {
    path: PathBuf,
    journal: Arc<Journal>,
    counts: Arc<Counts>,
    warn: Warn,
    has_warned: bool,
    /// Unix seconds; of earlier commands the file itself knows.
    last_success: Option<f64>,
    _alone: Option<File>,
}

/// One command at a time writes a file: two of them would each take the other's counts away.
/// `None`: there are no locks here.
///
/// # Errors
/// `Held`: another one writes it.
fn alone(path: &Path, journal: &Journal) -> Result<Option<File>, LockError> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let name = hex::encode(&journal.keyed_hash(&[b"metrics", path.to_string_lossy().as_bytes()])[..8]);
    let lock = journal.dir().join(format!("metrics-{name}.lock"));
    let Ok(file) = private::options().create(true).truncate(false).write(true).open(lock) else {
        return Ok(None);
    };
    match lock::exclusive(&file, Duration::ZERO, Duration::ZERO) {
        Err(LockError::Held) => Err(LockError::Held),
        held => Ok(held.is_ok().then_some(file)),
    }
}

impl Metrics {
    /// `None`: there can be none, and that was said, or another command keeps the file up.
    pub fn begin(path: &Path, journal: &Arc<Journal>, warn: Warn) -> Option<Self> {
        Self::every(EVERY, path, journal, warn)
    }

    fn every(pause: Duration, path: &Path, journal: &Arc<Journal>, warn: Warn) -> Option<Self> {
        let Ok(alone) = alone(path, journal) else {
            tracing::info!("another command writes the metrics");
            return None;
        };
        let counts = match Counts::new() {
            Ok(counts) => Arc::new(counts),
            Err(error) => {
                tracing::warn!(%error, "no metrics");
                return None;
            }
        };
        let mut writer = Writer {
            path: path.to_owned(),
            journal: Arc::clone(journal),
            counts: Arc::clone(&counts),
            warn,
            has_warned: false,
            last_success: std::fs::read_to_string(path).ok().and_then(|text| last_success(&text)),
            _alone: alone,
        };
        let (end, ends) = mpsc::channel();
        let keep_up = move || {
            loop {
                writer.write(None);
                match ends.recv_timeout(pause) {
                    Err(RecvTimeoutError::Timeout) => {}
                    Ok(good) => return writer.write(Some(good)),
                    Err(RecvTimeoutError::Disconnected) => return writer.write(Some(false)),
                }
            }
        };
        let thread = std::thread::Builder::new().name("metrics".to_owned()).spawn(keep_up);
        thread.ok().map(|thread| Self { counts, end, thread: Mutex::new(Some(thread)) })
    }

    /// A listener of a job that is counted, too.
    pub fn counting(&self, tell: Tell) -> Tell {
        let counts = Arc::clone(&self.counts);
        Box::new(move |event| {
            counts.hear(&event);
            tell(event);
        })
    }

    /// Counts a request that sends nothing of a job.
    pub fn hear(&self, event: &Event) {
        self.counts.hear(event);
    }

    /// The last writing. `good`: nothing is left to act on.
    pub fn end(&self, good: bool) {
        // Where the thread has ended there is nobody to write.
        let _ = self.end.send(good);
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let _ = thread.map(JoinHandle::join);
    }
}

/// A command that ends early is not under way any more, either.
impl Drop for Metrics {
    fn drop(&mut self) {
        self.end(false);
    }
}

impl Writer {
    /// `ended`: how, if it has.
    fn write(&mut self, ended: Option<bool>) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |now| now.as_secs_f64());
        if ended == Some(true) {
            self.last_success = Some(now);
        }
        let totals = match totals(&self.journal) {
            Ok(totals) => totals,
            Err(error) => {
                tracing::info!(%error, "the journal told nothing for the metrics");
                return;
            }
        };
        let good = totals.last_good_us.map(|at| at as f64 / 1e6);
        self.last_success = [self.last_success, good].into_iter().flatten().reduce(f64::max);
        let stand = Stand { now, running: ended.is_none(), last_success: self.last_success };
        let written = match page::text(&self.counts, &totals, &stand) {
            Ok(text) => replace(&self.path, &text),
            Err(error) => Err(io::Error::other(error)),
        };
        match written {
            Ok(()) => self.has_warned = false,
            Err(error) if !std::mem::replace(&mut self.has_warned, true) => {
                tracing::info!(kind = %error.kind(), "the metrics are not written");
                (self.warn)(&self.path, error.kind());
            }
            Err(_) => {}
        }
    }
}

/// Whole or not at all, under a name that no collector takes until it is whole. Another user
/// reads it: it holds nothing that would be anybody's.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".flowbatch-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o644));
    }
    let mut draft = builder.tempfile_in(folder)?;
    draft.write_all(text.as_bytes())?;
    draft.persist(path).map(drop).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn until(what: &str, mut holds: impl FnMut() -> bool) {
        for _ in 0..1000 {
            if holds() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("never: {what}");
    }

    #[test]
    fn the_file_is_kept_up_and_an_error_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        let journal = Arc::new(Journal::open(&dir.path().join("state")).unwrap());
        let path = dir.path().join("metrics/flowbatch.prom");
        let warned = Arc::new(Mutex::new(0));
        let told = Arc::clone(&warned);
        let warn: Warn = Box::new(move |_, _| *told.lock().unwrap() += 1);
        let metrics = Metrics::every(Duration::from_millis(5), &path, &journal, warn).unwrap();
        until("it is there", || path.is_file());
        std::fs::remove_file(&path).unwrap();
        until("it is written again", || path.is_file());
        // A folder of its name.
        std::fs::remove_file(&path).unwrap();
        until("a folder takes its name", || {
            let _ = std::fs::remove_file(&path);
            std::fs::create_dir(&path).is_ok() && std::fs::write(path.join("x"), "").is_ok()
        });
        until("that is said", || *warned.lock().unwrap() > 0);
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(*warned.lock().unwrap(), 1);
        std::fs::remove_dir_all(&path).unwrap();
        metrics.end(true);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(last_success(&text).unwrap() > 1.7e9 && text.contains("flowbatch_running 0"), "{text}");
        let left = std::fs::read_dir(dir.path().join("metrics")).unwrap().count();
        assert_eq!(left, 1, "no draft stays");
        // A later command that fails remembers when an earlier one went well.
        let before = last_success(&text);
        let warn: Warn = Box::new(|_, _| ());
        Metrics::every(Duration::from_secs(9), &path, &journal, warn).unwrap().end(false);
        assert_eq!(last_success(&std::fs::read_to_string(&path).unwrap()), before);
    }
}
