//! Whose fault is it? An Agent who may be at fault is suspended, not blamed:
//! the others go on, and whether they pass decides what becomes of his contracts.

use std::collections::BTreeMap;

use crate::domain::flow::Agent;
use crate::domain::job::{AttemptId, ChunkId, FlowNo};
use crate::domain::verdict::Outcome;
use crate::journal::{After, ChunkKind, ChunkRecord, NewChunk};

use super::agents::{Part, is_of_an_agent};
use super::bisect::{Bisect, Finding};
use super::{Reason, Runner, Work};

impl Runner {
    /// A code that may be either's fault.
    pub(super) async fn suspect(
        &mut self,
        work: Work,
        agent: &Agent,
        attempt: AttemptId,
        outcome: Outcome,
    ) -> Result<(), Reason> {
        let chunk = work.chunk.id;
        if self.suspended.contains_key(agent) {
            // It left before that was known.
            return self.park_work(work, attempt, &outcome).await;
        }
        let bisect = self.bisect.get_or_insert_with(|| {
            let mut bisect = Bisect::new(agent.clone());
            bisect.ask(chunk, work.chunk.flows.len());
            bisect
        });
        if !bisect.is_member(chunk) {
            // Sent before the question came up: it waits for the answer.
            self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
            self.put_back(work);
            return Ok(());
        }
        if work.chunk.flows.len() > 1 {
            return self.split(work, attempt, &outcome).await;
        }
        if let Some(bisect) = &mut self.bisect {
            bisect.suspect(chunk, outcome.clone());
        }
        self.park_work(work, attempt, &outcome).await
    }

    /// It waits for what is found out of its Agent.
    async fn park_work(&mut self, work: Work, attempt: AttemptId, outcome: &Outcome) -> Result<(), Reason> {
        self.settle(&work, attempt, outcome, After::Again { counts: false }).await?;
        let chunk = work.chunk.id;
        self.parked.push(work);
        self.free_sibling(chunk);
        Ok(())
    }

    pub(super) fn leave_bisect(&mut self, chunk: ChunkId) {
        if let Some(bisect) = &mut self.bisect {
            bisect.leave(chunk);
        }
    }

    /// This agent had an acceptance: the code is the data's fault.
    pub(super) async fn acquit(&mut self, agent: &Agent) -> Result<(), Reason> {
        if self.bisect.as_ref().is_some_and(|bisect| bisect.agent == *agent) {
            self.condemn_suspects().await?;
        }
        if self.suspended.remove(agent).is_some() {
            let (his, others) = self.parted(agent);
            self.parked = others;
            self.queue.extend(his);
        }
        Ok(())
    }

    /// Single flows that failed are at fault themselves.
    async fn condemn_suspects(&mut self) -> Result<(), Reason> {
        let Some(bisect) = self.bisect.take() else { return Ok(()) };
        for (chunk, outcome) in bisect.into_suspects() {
            self.parked.retain(|work| work.chunk.id != chunk);
            self.journal.reject_unsent(&self.job, chunk, outcome.code, outcome.message).await?;
            self.count_rejected(1);
        }
        Ok(())
    }

    /// To be asked whenever a chunk may have become free or fallen away.
    pub(super) async fn draw_conclusion(&mut self) -> Result<(), Reason> {
        let Some(bisect) = &self.bisect else { return Ok(()) };
        let agent = bisect.agent.clone();
        let his = |work: &&Work| self.agents.get(&work.chunk.group) == Some(&agent);
        let next = self.queue.iter().find(his).map(|work| (work.chunk.id, work.chunk.flows.len()));
        let elsewhere = self.delayed.iter().map(|(_, work)| work);
        let others = next.is_some()
            || elsewhere.chain(self.aloft.values()).chain(self.behind.values()).any(|work| his(&work))
            || self.ahead.iter().any(|chunk| self.agents.get(&chunk.group) == Some(&agent));
        match bisect.finding(others) {
            Finding::Open => Ok(()),
            Finding::AskNext => {
                // One that is on its way, or waits, is asked when it is back.
                if let (Some((chunk, flows)), Some(bisect)) = (next, &mut self.bisect) {
                    bisect.ask(chunk, flows);
                }
                Ok(())
            }
            // While nobody has passed, one that is not alone proves nothing.
            Finding::Single if !self.proven.is_empty() || self.tally.total() <= 1 => {
                self.condemn_suspects().await
            }
            Finding::Single => self.suspend(agent).await,
            Finding::Caller => self.suspend(agent).await,
        }
    }

    /// Nothing of his leaves until it is known whether others pass.
    async fn suspend(&mut self, agent: Agent) -> Result<(), Reason> {
        let suspects = self.bisect.take().map(Bisect::into_suspects).unwrap_or_default();
        let Some((_, outcome)) = suspects.last().cloned() else { return Ok(()) };
        self.join_suspects(suspects.iter().map(|(chunk, _)| *chunk).collect()).await?;
        self.park(agent, outcome).await
    }

    async fn park(&mut self, agent: Agent, outcome: Outcome) -> Result<(), Reason> {
        // A question that was open about him need not be answered any more.
        if let Some(bisect) = self.bisect.take_if(|bisect| bisect.agent == agent) {
            let suspects = bisect.into_suspects();
            self.join_suspects(suspects.iter().map(|(chunk, _)| *chunk).collect()).await?;
        }
        let agents = &self.agents;
        let his = self.behind.extract_if(|_, work| agents.get(&work.chunk.group) == Some(&agent));
        let his: Vec<Work> = his.map(|(_, work)| work).collect();
        self.parked.extend(his);
        self.suspended.insert(agent, outcome);
        for work in std::mem::take(&mut self.queue).into_iter().rev() {
            self.put_back(work);
        }
        Ok(())
    }

    /// What was taken apart to ask is one chunk again, so that the next run need
    /// not send it flow by flow.
    async fn join_suspects(&mut self, chunks: Vec<ChunkId>) -> Result<(), Reason> {
        let mut by_group: BTreeMap<u32, Vec<FlowNo>> = BTreeMap::new();
        let (suspects, others): (Vec<Work>, Vec<Work>) =
            std::mem::take(&mut self.parked).into_iter().partition(|work| chunks.contains(&work.chunk.id));
        self.parked = others;
        for work in &suspects {
            by_group.entry(work.chunk.group).or_default().extend(&work.chunk.flows);
        }
        let most = self.settings.flows_per_chunk.max(1);
        let mut joined = Vec::new();
        for (group, mut flows) in by_group {
            flows.sort_unstable();
            for flows in flows.chunks(most) {
                let id = self.new_chunk_id();
                joined.push(NewChunk { id, group, kind: ChunkKind::Cut, flows: flows.to_vec() });
            }
        }
        let void = suspects.iter().map(|work| work.chunk.id).collect();
        self.journal.gather(&self.job, Vec::new(), void, joined.clone()).await?;
        self.parked.extend(joined.into_iter().map(|NewChunk { id, group, kind, flows }| {
            Work::from(ChunkRecord { id, group, kind, tries: 0, flows })
        }));
        Ok(())
    }

    /// Everything else is done, and somebody was suspended: the caller is at fault
    /// there, and nobody is blamed whom the API has not refused by itself.
    pub(super) fn judge_suspended(&mut self) -> Result<bool, Reason> {
        match self.suspended.values().next() {
            Some(outcome) if !self.parked.is_empty() => Err(Reason::Caller(outcome.clone())),
            _ => Ok(false),
        }
    }

    fn parted(&mut self, agent: &Agent) -> (Vec<Work>, Vec<Work>) {
        let agents = &self.agents;
        std::mem::take(&mut self.parked)
            .into_iter()
            .partition(|work| agents.get(&work.chunk.group) == Some(agent))
    }

    pub(super) async fn blame_caller(
        &mut self,
        work: Work,
        agent: &Agent,
        attempt: AttemptId,
        outcome: Outcome,
    ) -> Result<(), Reason> {
        let code = outcome.code.as_deref().unwrap_or_default();
        let several = self.agents.values().any(|other| other != agent);
        if several && is_of_an_agent(code) {
            self.leave_bisect(work.chunk.id);
            self.park_work(work, attempt, &outcome).await?;
            return self.park(agent.clone(), outcome).await;
        }
        let part = Part::named_by(code);
        // A value that all contracts share is the caller's; one of several came from a column.
        let part = part.filter(|part| self.agents.values().any(|other| part.of(other) != part.of(agent)));
        let Some(part) = part else {
            self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
            return Err(Reason::Caller(outcome));
        };
        self.refused.add(part, part.of(agent), outcome.clone());
        self.settle(&work, attempt, &outcome, After::Reject).await?;
        self.count_rejected(work.chunk.flows.len());
        self.leave_bisect(work.chunk.id);
        self.free_sibling(work.chunk.id);
        Ok(())
    }

    /// A chunk that is known to be refused need not be sent.
    pub(super) async fn reject_unsent(&mut self, work: Work, outcome: Outcome) -> Result<(), Reason> {
        self.journal.reject_unsent(&self.job, work.chunk.id, outcome.code, outcome.message).await?;
        self.count_rejected(work.chunk.flows.len());
        self.leave_bisect(work.chunk.id);
        self.free_sibling(work.chunk.id);
        self.show_progress();
        self.draw_conclusion().await
    }
}
