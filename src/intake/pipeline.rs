//! Judges beside whoever puts the rows together: contracts are handed on in blocks, and come back judged, in the
//! same order.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{Scope, ScopedJoinHandle};

use crate::domain::cell::Value;

use super::judge::{Court, Gathered, Judged};

/// A block is handed on with so many contracts, or with so many bytes of text.
const BLOCK: usize = 256;
const BLOCK_BYTES: usize = 256 * 1024;
/// Blocks that wait before each judge.
const WAITING: usize = 4;
/// More hardly ever help: one thread that puts rows together cannot feed them. It has a core for itself, and so has
/// the one that reads; a second judge on one of their cores made a check of a million rows take a fifth longer.
const MOST_JUDGES: usize = 4;

/// The judges at work.
pub struct Pipeline<'scope> {
    judges: Vec<Worker>,
    threads: Vec<ScopedJoinHandle<'scope, ()>>,
    block: Vec<Gathered>,
    bytes: usize,
    /// Whose turn it was, of each block that is under way.
    under_way: VecDeque<usize>,
    next: usize,
}

struct Worker {
    send: SyncSender<Vec<Gathered>>,
    /// With the block that they were made of: its rows are freed by the thread that has made them.
    receive: Receiver<(Vec<Judged>, Vec<Gathered>)>,
}

impl<'scope> Pipeline<'scope> {
    pub fn start<'env>(scope: &'scope Scope<'scope, 'env>, court: &'env Court<'env>) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let (mut judges, mut threads) = (Vec::new(), Vec::new());
        for _ in 0..cores.saturating_sub(2).clamp(1, MOST_JUDGES) {
            let (send, blocks) = sync_channel::<Vec<Gathered>>(WAITING);
            // Room for all that can be under way, so that a judge never waits for the store.
            let (answers, receive) = sync_channel(WAITING + 2);
            threads.push(scope.spawn(move || {
                let mut judge = court.judge();
                for mut block in blocks {
                    let judged = block.iter_mut().map(|gathered| judge.judge(gathered)).collect();
                    if answers.send((judged, block)).is_err() {
                        break;
                    }
                }
            }));
            judges.push(Worker { send, receive });
        }
        Self { judges, threads, block: Vec::new(), bytes: 0, under_way: VecDeque::new(), next: 0 }
    }

    /// Hands a contract on. What was judged meanwhile comes back, if it is time to store it.
    pub fn push(&mut self, gathered: Gathered) -> Vec<Judged> {
        self.bytes += gathered.rows.iter().map(|row| text_bytes(&row.row.cells)).sum::<usize>();
        self.block.push(gathered);
        if self.block.len() < BLOCK && self.bytes < BLOCK_BYTES {
            return Vec::new();
        }
        self.hand_on()
    }

    fn hand_on(&mut self) -> Vec<Judged> {
        let block = std::mem::take(&mut self.block);
        self.bytes = 0;
        if block.is_empty() {
            return Vec::new();
        }
        let mut back = Vec::new();
        if self.under_way.len() >= WAITING * self.judges.len() {
            back = self.take_back();
        }
        let turn = self.next;
        self.next = (turn + 1) % self.judges.len();
        let sent = self.judges.get(turn).map(|judge| judge.send.send(block).is_ok());
        if sent != Some(true) {
            self.pass_panic_on();
        }
        self.under_way.push_back(turn);
        back
    }

    /// The oldest block that is under way.
    fn take_back(&mut self) -> Vec<Judged> {
        let Some(turn) = self.under_way.pop_front() else { return Vec::new() };
        match self.judges.get(turn).map(|judge| judge.receive.recv()) {
            Some(Ok((judged, _))) => judged,
            _ => {
                self.pass_panic_on();
                Vec::new()
            }
        }
    }

    /// All that is under way.
    pub fn drain(&mut self) -> Vec<Judged> {
        let mut all = self.hand_on();
        while !self.under_way.is_empty() {
            all.extend(self.take_back());
        }
        all
    }

    /// A judge ends before its work only by a panic, which goes on here: half an import
    /// must not pass for a whole one.
    fn pass_panic_on(&mut self) {
        self.judges.clear();
        for thread in self.threads.drain(..) {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    }
}

impl Drop for Pipeline<'_> {
    fn drop(&mut self) {
        // Without these the judges would wait for ever, and the scope for them.
        self.judges.clear();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// What the values of a row take in memory, more or less.
pub fn text_bytes(cells: &[crate::domain::cell::Cell]) -> usize {
    let bytes = |value: &Value| match value {
        Value::Text(text) => text.len(),
        Value::Time(text) | Value::Error(text) => text.len(),
        _ => 0,
    };
    cells.iter().map(|cell| bytes(&cell.value) + std::mem::size_of_val(cell)).sum()
}
