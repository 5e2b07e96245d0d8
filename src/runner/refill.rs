//! Where more work comes from when the queue is empty: survivors of split
//! chunks, flows that were not cut yet, contracts that another job let go of.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::domain::chunks::{ChunkLimits, cut};
use crate::domain::job::{ChunkId, FlowNo, JobId};
use crate::journal::{ChunkKind, ChunkRecord, NewChunk};

use super::{Event, Reason, Runner, Work};

/// How often a job that holds our contracts is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

impl Runner {
    /// Returns whether there is something to do again.
    pub(super) async fn refill(&mut self) -> Result<bool, Reason> {
        Ok(self.cut_more().await? || self.gather().await? || self.claim().await?)
    }

    /// Fewest pages: the survivors of all split chunks go into full chunks and
    /// are prepared once more; nobody sees the links of the fragments.
    async fn gather(&mut self) -> Result<bool, Reason> {
        let mut by_group: BTreeMap<u32, Vec<ChunkRecord>> = BTreeMap::new();
        for chunk in self.journal.waiting_chunks(&self.job)? {
            by_group.entry(chunk.group).or_default().push(chunk);
        }
        if by_group.is_empty() {
            return Ok(false);
        }
        let (mut keep, mut void, mut gathered): (Vec<ChunkId>, Vec<ChunkId>, Vec<NewChunk>) =
            Default::default();
        for (group, fragments) in by_group {
            let mut flows: Vec<FlowNo> =
                fragments.iter().flat_map(|chunk| chunk.flows.iter().copied()).collect();
            flows.sort_unstable();
            let ids = fragments.iter().map(|chunk| chunk.id);
            if flows.len().div_ceil(self.settings.flows_per_chunk) >= fragments.len() {
                // No page would be saved: these links are as good as any.
                keep.extend(ids);
                continue;
            }
            void.extend(ids);
            for full in flows.chunks(self.settings.flows_per_chunk) {
                let id = self.new_chunk_id();
                gathered.push(NewChunk { id, group, kind: ChunkKind::Gathered, flows: full.to_vec() });
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
        if self.settings.first.is_some() && self.cut_in_this_run {
            return Ok(false);
        }
        let limits =
            ChunkLimits { flows: self.settings.flows_per_chunk, bytes: self.settings.bytes_per_chunk };
        let uncut = self.journal.uncut(&self.job)?;
        let most = self.settings.first.unwrap_or(usize::MAX);
        let chunks: Vec<NewChunk> = cut(uncut.into_iter().take(most), limits)
            .into_iter()
            .map(|cut| NewChunk {
                id: self.new_chunk_id(),
                group: cut.group,
                kind: ChunkKind::Cut,
                flows: cut.flows,
            })
            .collect();
        self.cut_in_this_run = true;
        if chunks.is_empty() {
            return Ok(false);
        }
        self.journal.add_chunks(&self.job, chunks.clone()).await?;
        self.enqueue(chunks);
        Ok(true)
    }

    fn enqueue(&mut self, chunks: Vec<NewChunk>) {
        self.queue.extend(chunks.into_iter().map(|chunk| Work {
            chunk: ChunkRecord {
                id: chunk.id,
                group: chunk.group,
                kind: chunk.kind,
                tries: 0,
                flows: chunk.flows,
            },
        }));
    }

    /// Contracts that another job holds: wait while it is being worked on, take
    /// over what a dead one never sent.
    async fn claim(&mut self) -> Result<bool, Reason> {
        if self.journal.unclaimed(&self.job)? == 0 {
            return Ok(false);
        }
        let holders: Vec<JobId> =
            self.journal.waits_for(&self.job)?.into_iter().filter(|holder| *holder != self.job).collect();
        let (live, dead): (Vec<JobId>, Vec<JobId>) =
            holders.into_iter().partition(|holder| self.journal.is_live(holder));
        self.journal.settle_claims(&self.job, dead).await?;
        self.tally = self.journal.tally(&self.job)?;
        self.cut_in_this_run = false;
        if self.cut_more().await? {
            return Ok(true);
        }
        let still = self.journal.waits_for(&self.job)?.into_iter().find(|holder| *holder != self.job);
        match (live.into_iter().next(), still) {
            (Some(job), Some(_)) => {
                (self.tell)(Event::WaitingFor { job });
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
