//! The one thread that writes the ledger. It drains its queue into one
//! transaction and answers only after COMMIT, so a hundred requests in flight
//! cost a few fsyncs, and whoever has an answer has it on disk.

use std::path::{Path, PathBuf};
use std::sync::mpsc;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::journal::error::{JournalError, JournalFault};

use super::open::wait_a_little;
use super::upkeep::{LogLength, Upkeep};
use super::{StepError, StepResult};

type Answer = Box<dyn FnOnce(Result<(), JournalError>) + Send>;
/// What is handed to the thread.
enum Job {
    Step(Step),
    /// Outside any transaction.
    Between(Box<dyn FnOnce(&Connection) + Send>),
}

/// Gets no connection where no transaction could be begun: then it only answers.
type Step = Box<dyn FnOnce(Result<&Connection, JournalError>) -> Answer + Send>;

/// More than this in one transaction only makes the first wait.
const MOST_STEPS: usize = 256;

pub struct Writer {
    path: PathBuf,
    queue: Option<mpsc::Sender<Job>>,
    thread: Option<std::thread::JoinHandle<()>>,
    upkeep: Option<Upkeep>,
}

impl Writer {
    pub fn start(path: &Path, db: Connection) -> Result<Self, JournalError> {
        let (queue, steps) = mpsc::channel::<Job>();
        let own = path.to_owned();
        let log = LogLength::default();
        let noted = log.clone();
        LogLength::follow(&db);
        let thread = std::thread::Builder::new()
            .name("journal".into())
            .spawn(move || write_all(&own, &db, &noted, &steps))
            .map_err(|error| JournalError::io(path, &error))?;
        let to_writer = queue.clone();
        let begin_anew = move || {
            let _ = to_writer.send(Job::Between(Box::new(begin_log_anew)));
        };
        let upkeep = Upkeep::start(path, log, begin_anew).map_err(|error| JournalError::io(path, &error))?;
        Ok(Self { path: path.to_owned(), queue: Some(queue), thread: Some(thread), upkeep: Some(upkeep) })
    }

    /// Runs one transition. It is durable, or an error, when the answer comes.
    pub async fn write<T: Send + 'static>(
        &self,
        transition: impl FnOnce(&Connection) -> StepResult<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        let (answer, answered) = oneshot::channel();
        // Nobody may be waiting any more: the work is done all the same.
        self.submit(transition, |result| drop(answer.send(result)))?;
        answered.await.map_err(|_| self.closed())?
    }

    /// The same without waiting: it is done after everything that was handed over
    /// before, and the answer comes through the receiver.
    pub fn write_in_turn<T: Send + 'static>(
        &self,
        transition: impl FnOnce(&Connection) -> StepResult<T> + Send + 'static,
    ) -> Result<oneshot::Receiver<Result<T, JournalError>>, JournalError> {
        let (answer, answered) = oneshot::channel();
        self.submit(transition, |result| drop(answer.send(result)))?;
        Ok(answered)
    }

    /// The same for callers that are not async: holds up their thread meanwhile.
    pub fn write_and_wait<T: Send + 'static>(
        &self,
        transition: impl FnOnce(&Connection) -> StepResult<T> + Send + 'static,
    ) -> Result<T, JournalError> {
        self.hand_over(transition)?.wait()
    }

    /// The same for whoever has something else to do before he waits.
    pub fn hand_over<T: Send + 'static>(
        &self,
        transition: impl FnOnce(&Connection) -> StepResult<T> + Send + 'static,
    ) -> Result<Promise<T>, JournalError> {
        let (answer, answered) = mpsc::channel();
        self.submit(transition, move |result| drop(answer.send(result)))?;
        Ok(Promise { answered, path: self.path.clone() })
    }

    /// What was erased is erased from the log of changes as well.
    pub async fn empty_log(&self) -> Result<(), JournalError> {
        let (answer, answered) = oneshot::channel();
        let path = self.path.clone();
        let job = Job::Between(Box::new(move |db| {
            // Another process may be reading: then the log goes with a later purge.
            let emptied = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
            drop(answer.send(emptied.map_err(|error| JournalError::sqlite(&path, &error))));
        }));
        self.queue.as_ref().ok_or_else(|| self.closed())?.send(job).map_err(|_| self.closed())?;
        answered.await.map_err(|_| self.closed())?
    }

    fn submit<T: Send + 'static>(
        &self,
        transition: impl FnOnce(&Connection) -> StepResult<T> + Send + 'static,
        answer: impl FnOnce(Result<T, JournalError>) + Send + 'static,
    ) -> Result<(), JournalError> {
        let path = self.path.clone();
        let step: Step = Box::new(move |db| {
            let result = db.and_then(|db| {
                within_savepoint(db, transition).map_err(|error| match error {
                    StepError::Sqlite(error) => JournalError::sqlite(&path, &error),
                    StepError::Fault(fault) => JournalError::new(&path, fault),
                })
            });
            Box::new(move |committed: Result<(), JournalError>| answer(committed.and(result)))
        });
        self.queue.as_ref().ok_or_else(|| self.closed())?.send(Job::Step(step)).map_err(|_| self.closed())
    }

    fn closed(&self) -> JournalError {
        JournalError::new(&self.path, JournalFault::Closed)
    }
}

/// What was handed to the thread, and will be answered.
pub struct Promise<T> {
    answered: mpsc::Receiver<Result<T, JournalError>>,
    path: PathBuf,
}

impl<T> Promise<T> {
    /// Holds up the caller's thread.
    pub fn wait(self) -> Result<T, JournalError> {
        self.answered.recv().map_err(|_| JournalError::new(&self.path, JournalFault::Closed))?
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.upkeep.take());
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One transition that fails takes no other with it.
fn within_savepoint<T>(
    db: &Connection,
    transition: impl FnOnce(&Connection) -> StepResult<T>,
) -> StepResult<T> {
    let run = |sql: &str| db.prepare_cached(sql)?.execute([]);
    run("SAVEPOINT step")?;
    let result = transition(db);
    if result.is_err() {
        run("ROLLBACK TO step")?;
    }
    run("RELEASE step")?;
    result
}

/// Another process may be reading or writing: nobody waits for it, it is tried again
/// later.
fn begin_log_anew(db: &Connection) {
    if db.busy_handler(None).is_ok() {
        let _ = db.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(()));
    }
    let _ = db.busy_handler(Some(wait_a_little));
}

fn write_all(path: &Path, db: &Connection, log: &LogLength, jobs: &mpsc::Receiver<Job>) {
    while let Ok(job) = jobs.recv() {
        let mut between = None;
        let first = match job {
            Job::Step(step) => step,
            Job::Between(work) => {
                work(db);
                continue;
            }
        };
        let fail = |error: &rusqlite::Error| JournalError::sqlite(path, error);
        let mut answers = Vec::new();
        if let Err(error) = db.execute_batch("BEGIN IMMEDIATE") {
            first(Err(fail(&error)))(Ok(()));
            continue;
        }
        answers.push(first(Ok(db)));
        // SQLite ends a transaction by itself where the disk is full.
        let mut lost = db.is_autocommit();
        while answers.len() < MOST_STEPS
            && between.is_none()
            && !lost
            && let Ok(job) = jobs.try_recv()
        {
            match job {
                Job::Step(step) => {
                    answers.push(step(Ok(db)));
                    lost = db.is_autocommit();
                }
                Job::Between(work) => between = Some(work),
            }
        }
        let committed = match lost {
            true => Err(JournalFault::DiskFull),
            false => db.execute_batch("COMMIT").map_err(|error| fail(&error).fault),
        };
        log.note();
        if committed.is_err() && !db.is_autocommit() {
            let _ = db.execute_batch("ROLLBACK");
        }
        for answer in answers {
            answer(committed.clone().map_err(|fault| JournalError::new(path, fault)));
        }
        if let Some(work) = between {
            work(db);
        }
    }
}
