//! Where more work comes from when the queue is empty: survivors of split
//! chunks, flows that were not cut yet, contracts that another job let go of.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::domain::chunks::{ChunkLimits, Cut, Piece, cut};
use crate::domain::job::{ChunkId, JobId};
use crate::journal::{ChunkKind, ChunkRecord, NewChunk};

use super::{Event, Reason, Runner, Scope, Work};

/// Chunks that are queued ahead of their turn.
pub const AHEAD: usize = 40;
/// How often a job that holds our contracts is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

impl Runner {
    /// Returns whether there is something to do again.
    pub(super) async fn refill(&mut self) -> Result<bool, Reason> {
        Ok(self.queue_ahead().await?
            || self.cut_more().await?
            || self.gather().await?
            || self.claim().await?
            || self.judge_suspended()?)
    }

    /// Fewest pages: the survivors of all split chunks go into full chunks and
    /// are prepared once more; nobody sees the links of the fragments.
    async fn gather(&mut self) -> Result<bool, Reason> {
        let mut by_group: BTreeMap<u32, (BTreeSet<ChunkId>, Vec<Piece>)> = BTreeMap::new();
        let waiting = self.journal.waiting(&self.job)?.into_iter();
        for (chunk, piece) in waiting.filter(|(_, piece)| self.settings.scope.includes(piece.flow)) {
            let (fragments, pieces) = by_group.entry(piece.group).or_default();
            fragments.insert(chunk);
            pieces.push(piece);
        }
        if by_group.is_empty() {
            return Ok(false);
        }
        let (mut keep, mut void, mut gathered): (Vec<ChunkId>, Vec<ChunkId>, Vec<NewChunk>) =
            Default::default();
        for (fragments, pieces) in by_group.into_values() {
            let full = cut(pieces, self.limits());
            if full.len() >= fragments.len() {
                // No page would be saved: these links are as good as any.
                keep.extend(fragments);
                continue;
            }
            void.extend(fragments);
            for Cut { group, flows } in full {
                gathered.push(NewChunk { id: self.new_chunk_id(), group, kind: ChunkKind::Gathered, flows });
            }
        }
        self.journal.gather(&self.job, keep, void, gathered.clone()).await?;
        for chunk in &gathered {
            self.tally.accepted = self.tally.accepted.saturating_sub(chunk.flows.len() as u64);
            self.tally.pending += chunk.flows.len() as u64;
        }
        self.enqueue(gathered);
        Ok(true)
    }

    /// Flows that are in no chunk yet are cut in the order of the input.
    async fn cut_more(&mut self) -> Result<bool, Reason> {
        if matches!(self.settings.scope, Scope::First(_)) && self.cut_in_this_run {
            return Ok(false);
        }
        let uncut = self.journal.uncut(&self.job)?;
        let most = match self.settings.scope {
            Scope::First(most) => most,
            Scope::All | Scope::Only(_) => usize::MAX,
        };
        let wanted = uncut.into_iter().filter(|piece| self.settings.scope.includes(piece.flow)).take(most);
        let wanted: Vec<Piece> = wanted.collect();
        let chunks: Vec<NewChunk> = cut(wanted, self.limits())
            .into_iter()
            .map(|cut| NewChunk {
                id: self.new_chunk_id(),
                group: cut.group,
                kind: ChunkKind::Cut,
                flows: cut.flows,
            })
            .collect();
        self.cut_in_this_run = true;
        tracing::debug!(chunks = chunks.len(), "cut");
        self.ahead = chunks.into();
        self.queue_ahead().await
    }

    /// Chunks are written down and queued some at a time, so that the first can
    /// leave while a million contracts wait.
    pub(super) async fn queue_ahead(&mut self) -> Result<bool, Reason> {
        let some: Vec<NewChunk> = self.ahead.drain(..self.ahead.len().min(AHEAD)).collect();
        if some.is_empty() {
            return Ok(false);
        }
        self.journal.add_chunks(&self.job, some.clone()).await?;
        self.enqueue(some);
        Ok(true)
    }

    fn limits(&self) -> ChunkLimits {
        ChunkLimits { flows: self.settings.flows_per_chunk, bytes: self.settings.bytes_per_chunk }
    }

    fn enqueue(&mut self, chunks: Vec<NewChunk>) {
        for NewChunk { id, group, kind, flows } in chunks {
            let work = Work::from(ChunkRecord { id, group, kind, tries: 0, flows });
            match self.is_suspended(&work) {
                true => self.parked.push(work),
                false => self.queue.push_back(work),
            }
        }
    }

    /// Takes over what dead jobs never sent; returns the live ones that hold
    /// contracts of this job.
    pub(super) async fn take_over(&mut self) -> Result<Vec<JobId>, Reason> {
        let holders: Vec<JobId> =
            self.journal.waits_for(&self.job)?.into_iter().filter(|holder| *holder != self.job).collect();
        // A dead job is kept from waking up while its contracts change hands.
        let (mut live, mut dead, mut locks) = (Vec::new(), Vec::new(), Vec::new());
        for holder in holders {
            let lock = if self.journal.is_live(&holder) { None } else { self.journal.lock_job(&holder).ok() };
            match lock {
                Some(lock) => {
                    locks.push(lock);
                    dead.push(holder);
                }
                None => live.push(holder),
            }
        }
        if !self.journal.unclaimed(&self.job)?.is_empty() {
            self.journal.settle_claims(&self.job, dead).await?;
        }
        Ok(live)
    }

    /// Contracts that another job holds: wait while it is being worked on, take
    /// over what a dead one never sent.
    async fn claim(&mut self) -> Result<bool, Reason> {
        // A trial has what it was to have; the others are for the next run.
        if matches!(self.settings.scope, Scope::First(_)) && self.cut_in_this_run {
            return Ok(false);
        }
        let unclaimed = self.journal.unclaimed(&self.job)?;
        if !unclaimed.into_iter().any(|flow| self.settings.scope.includes(flow)) {
            return Ok(false);
        }
        let live = self.take_over().await?;
        self.tally = self.journal.tally(&self.job)?;
        self.cut_in_this_run = false;
        if self.cut_more().await? {
            return Ok(true);
        }
        let still = self.journal.waits_for(&self.job)?.into_iter().find(|holder| *holder != self.job);
        match (live.into_iter().next(), still) {
            (Some(job), Some(_)) => {
                if self.waits_told.as_ref() != Some(&job) {
                    self.waits_told = Some(job.clone());
                    (self.tell)(Event::WaitingFor { job });
                }
                self.wait(Some(Instant::now() + LOOK_AGAIN)).await?;
                if *self.stop.borrow() != super::Stop::No {
                    return Err(Reason::Signal);
                }
                Ok(true)
            }
            (None, Some(job)) => Err(Reason::WaitsFor(job)),
            (_, None) => Ok(false),
        }
    }
}
