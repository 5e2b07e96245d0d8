//! Formats that need nothing but the rows, each written by a thread of its own while the rows
//! are still being read.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use super::ReportError;
use super::model::Line;
use super::publish::{Folder, Kind, write_fault};

/// Rows that are handed over together.
const TOGETHER: usize = 256;
/// Such lots that may wait for a writer: what is in memory does not grow with the job.
const WAITING: usize = 4;

type Lot<'l> = Arc<Vec<Line<'l>>>;
type Done = Result<(), ReportError>;

struct Writer<'scope, 'l> {
    rows: SyncSender<Lot<'l>>,
    thread: ScopedJoinHandle<'scope, Done>,
}

impl Writer<'_, '_> {
    /// What came of it, once it has written all it was given.
    fn end(self) -> Done {
        drop(self.rows);
        match self.thread.join() {
            Ok(done) => done,
            // It was told where it happened.
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
}

/// The writers that run beside whoever reads the rows.
#[derive(Default)]
pub struct Beside<'scope, 'l> {
    gathered: Vec<Line<'l>>,
    /// What the writers may still have. Whoever has made the rows frees them: the writers have
    /// more to do, and memory of another thread is given back at a price.
    lent: VecDeque<Lot<'l>>,
    writers: Vec<Writer<'scope, 'l>>,
}

impl<'scope, 'l: 'scope> Beside<'scope, 'l> {
    /// Begins a writer that calls `write` with every row.
    ///
    /// # Errors
    /// The system has no more threads.
    pub fn begin(
        &mut self,
        scope: &'scope Scope<'scope, '_>,
        (kind, folder): (Kind, &Folder<'_>),
        mut write: impl FnMut(&Line<'l>) -> Done + Send + 'scope,
    ) -> Done {
        let (rows, lots): (SyncSender<Lot<'l>>, Receiver<Lot<'l>>) = sync_channel(WAITING);
        let work = move || lots.iter().try_for_each(|lot| lot.iter().try_for_each(&mut write));
        let thread = Builder::new().name(kind.property().to_owned()).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| write_fault(&folder.path(kind), &error))?;
        self.writers.push(Writer { rows, thread });
        Ok(())
    }

    /// Hands a row to all of them.
    ///
    /// # Errors
    /// That of a writer that has given up.
    pub fn give(&mut self, line: Line<'l>) -> Done {
        self.gathered.push(line);
        if self.gathered.len() < TOGETHER { Ok(()) } else { self.hand_over() }
    }

    fn hand_over(&mut self) -> Done {
        let fresh = Vec::with_capacity(TOGETHER);
        let lot = Arc::new(std::mem::replace(&mut self.gathered, fresh));
        self.lent.push_back(Arc::clone(&lot));
        // A writer has one in hand, besides those that wait for it.
        if self.lent.len() > WAITING + 2 {
            self.lent.pop_front();
        }
        let gone = self.writers.iter().position(|writer| writer.rows.send(Arc::clone(&lot)).is_err());
        gone.map_or(Ok(()), |at| self.writers.swap_remove(at).end())
    }

    /// Waits until all of them have written every row.
    ///
    /// # Errors
    /// That of a writer.
    pub fn end(mut self) -> Done {
        self.hand_over()?;
        self.writers.into_iter().try_for_each(Writer::end)
    }
}

/// Does both at the same time, the first on a thread of its own.
///
/// # Errors
/// The system has no more threads.
pub fn both<A: Send, B>(
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B,
) -> std::io::Result<(A, B)> {
    std::thread::scope(|scope| {
        let first = Builder::new().spawn_scoped(scope, first)?;
        let second = second();
        match first.join() {
            Ok(first) => Ok((first, second)),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}
