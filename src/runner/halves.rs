//! A chunk that holds a bad flow is cut in two, again and again, and what one
//! half says of the other is not asked.

use crate::domain::job::{AttemptId, ChunkId, FlowNo};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::{After, ChunkRecord};

use super::decide::middle;
use super::{Event, Reason, Runner, Scope, Work};

const TOO_MANY_FLOWS: &str = "LimitExceeded.FlowInfos";

impl Runner {
    pub(super) async fn split(
        &mut self,
        work: Work,
        attempt: AttemptId,
        outcome: &Outcome,
    ) -> Result<(), Reason> {
        let smaller = outcome.verdict == Verdict::Smaller;
        let flows = work.chunk.flows.len();
        let at = middle(flows);
        // A body that is too large says nothing of other contracts.
        if outcome.code.as_deref() == Some(TOO_MANY_FLOWS) {
            self.learn_limit(flows);
        }
        let (left, right) = (self.new_chunk_id(), self.new_chunk_id());
        self.settle(&work, attempt, outcome, After::Split { left, right, at }).await?;
        self.free_sibling(work.chunk.id);
        // Where size is the fault, the left half says nothing of the right one.
        self.queue_halves(work, left, right, !smaller);
        Ok(())
    }

    /// So many flows are too many; what passed before is known to pass.
    fn learn_limit(&mut self, flows: usize) {
        if self.fails_at.is_some_and(|known| known <= flows) {
            return;
        }
        self.fails_at = Some(flows);
        let most = middle(flows).max(self.largest_passed.min(flows - 1));
        if most < self.settings.flows_per_chunk {
            self.settings.flows_per_chunk = most;
            (self.tell)(Event::SmallerChunks { flows: most });
        }
        let too_large = self.ahead.iter().any(|chunk| chunk.flows.len() >= flows);
        if too_large && matches!(self.settings.scope, Scope::All) {
            // What is not written down yet is cut anew, to that size.
            self.ahead.clear();
        }
    }

    /// That many flows were accepted together.
    pub(super) fn learn_size(&mut self, flows: usize) {
        self.largest_passed = self.largest_passed.max(flows);
        if self.fails_at.is_some() {
            self.settings.flows_per_chunk = self.settings.flows_per_chunk.max(flows);
        }
    }

    /// A chunk that is known to be too large, or to hold the fault, is halved
    /// without being sent. `wait`: the left half says something of the right one.
    pub(super) async fn split_unsent(&mut self, work: Work, wait: bool) -> Result<(), Reason> {
        self.free_sibling(work.chunk.id);
        let at = middle(work.chunk.flows.len());
        let (left, right) = (self.new_chunk_id(), self.new_chunk_id());
        self.journal.split_unsent(&self.job, work.chunk.id, left, right, at).await?;
        self.queue_halves(work, left, right, wait);
        Ok(())
    }

    /// Some flows of a chunk are known to be refused: the others go without them.
    pub(super) async fn sift(
        &mut self,
        work: Work,
        doomed: &[FlowNo],
        outcome: Outcome,
    ) -> Result<(), Reason> {
        let (id, refused) = (self.new_chunk_id(), self.new_chunk_id());
        let ChunkRecord { id: whole, group, kind, tries, flows } = work.chunk;
        let flows: Vec<FlowNo> = flows.into_iter().filter(|flow| !doomed.contains(flow)).collect();
        self.journal.sift(&self.job, whole, id, refused, doomed, outcome.code, outcome.message).await?;
        self.count_rejected(doomed.len());
        if let Some(bisect) = &mut self.bisect {
            bisect.split(whole, [id, refused]);
            bisect.leave(refused);
        }
        // They may have been the fault that the other half was suspected of.
        self.free_sibling(whole);
        self.queue.push_front(Work {
            asked_twice: work.asked_twice,
            ..Work::from(ChunkRecord { id, group, kind: kind.of_parts(), tries, flows })
        });
        self.show_progress();
        Ok(())
    }

    /// The left half goes first; the right one may wait for what it says.
    fn queue_halves(&mut self, work: Work, left: ChunkId, right: ChunkId, wait: bool) {
        if let Some(bisect) = &mut self.bisect {
            bisect.split(work.chunk.id, [left, right]);
        }
        let ChunkRecord { group, kind, mut flows, .. } = work.chunk;
        let rest = flows.split_off(middle(flows.len()));
        let half = |id, flows| Work {
            asked_twice: work.asked_twice,
            ..Work::from(ChunkRecord { id, group, kind: kind.of_parts(), tries: 0, flows })
        };
        let (first, second) = (half(left, flows), half(right, rest));
        if wait {
            self.behind.insert(left, second);
        } else {
            self.queue.push_front(second);
        }
        self.queue.push_front(first);
    }

    /// The left half failed too, so nothing is known of the right one: ask it.
    pub(super) fn free_sibling(&mut self, left: ChunkId) {
        if let Some(right) = self.behind.remove(&left) {
            self.put_back(right);
        }
    }

    /// The left half passed, so the fault is in the right one.
    pub(super) async fn condemn_sibling(&mut self, left: ChunkId) -> Result<(), Reason> {
        let Some(work) = self.behind.remove(&left) else { return Ok(()) };
        if work.chunk.flows.len() < 2 {
            self.queue.push_front(work);
            return Ok(());
        }
        self.split_unsent(work, true).await
    }
}
