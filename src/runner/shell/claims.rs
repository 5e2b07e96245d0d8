//! Contracts that another job holds: waited for while somebody works on it, taken
//! over where a dead one never sent them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Shell;
use crate::domain::job::{ChunkId, FlowNo, JobId};
use crate::essbasic::action::Action;
use crate::journal::DeadJob;
use crate::platform::clock::now_us;
use crate::runner::core::{AHEAD, Input};
use crate::runner::flight::Departure;
use crate::runner::planner::Planner;
use crate::runner::{Event, Reason, Scope};

/// How often a job that holds our contracts is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(300);
const LONGEST_LOOK: Duration = Duration::from_secs(3);

/// Another job that holds our contracts.
pub(super) struct Waits {
    job: JobId,
    /// Its last chunk, and since when that is the last one.
    last_chunk: ChunkId,
    since: Instant,
    pause: Duration,
}

impl Shell {
    /// Contracts that another job holds: wait while it is being worked on, take over
    /// what a dead one never sent.
    pub(super) async fn claim(&mut self) -> Result<bool, Reason> {
        // A trial has what it was to have; the others are for the next run.
        if matches!(self.settings.scope, Scope::First(_)) {
            return Ok(false);
        }
        self.records.flush().await?;
        let (journal, job) = (Arc::clone(&self.departure.journal), self.departure.job.clone());
        let in_scope = |flow: &FlowNo| self.settings.scope.includes(*flow);
        if !journal.unclaimed(&job)?.iter().any(in_scope) {
            return Ok(false);
        }
        let (live, settled) = self.take_over().await?;
        if !settled && let (Some(holder), true) = (live.first().cloned(), self.waits.is_some()) {
            return self.wait_for(holder).await;
        }
        self.plan_anew()?;
        let schedule = &self.schedule;
        let chunks = self
            .planner
            .next_chunks(&self.file, schedule.chunk_limits(), AHEAD, |group| schedule.is_stopped(group))?;
        if !chunks.is_empty() {
            self.on(Input::Cut(chunks)).await?;
            return Ok(true);
        }
        let still = journal.waits_for(&job)?.into_iter().find(|holder| *holder != job);
        match (live.into_iter().next(), still) {
            (Some(job), Some(_)) => self.wait_for(job).await,
            (None, Some(job)) => Err(Reason::WaitsFor(job)),
            (_, None) => Ok(false),
        }
    }

    /// A while, longer each time. A job that does nothing itself for very long may be
    /// waiting for this one.
    async fn wait_for(&mut self, job: JobId) -> Result<bool, Reason> {
        let last_chunk = self.departure.journal.last_chunk(&job)?;
        let known = self.waits.take().filter(|waits| waits.job == job);
        let told = known.is_some();
        let mut waits =
            known.unwrap_or(Waits { job: job.clone(), last_chunk, since: Instant::now(), pause: LOOK_AGAIN });
        if waits.last_chunk != last_chunk {
            (waits.last_chunk, waits.since) = (last_chunk, Instant::now());
        }
        if waits.since.elapsed() > self.settings.retry.give_up {
            return Err(Reason::WaitsFor(job));
        }
        let pause = waits.pause;
        waits.pause = (pause * 3 / 2).min(LONGEST_LOOK);
        self.waits = Some(waits);
        if !told {
            (self.tell)(Event::WaitingFor { job });
        }
        self.wait(Some(Instant::now() + pause)).await?;
        Ok(true)
    }

    pub(super) fn plan_anew(&mut self) -> Result<(), Reason> {
        let Departure { journal, job, .. } = &self.departure;
        self.planner = Planner::new(journal, job, self.settings.scope.clone())?;
        self.schedule.recount(journal.tally(job)?);
        Ok(())
    }

    /// Takes over what dead jobs never sent or got no answer for; returns the live ones that hold
    /// contracts of this job, and whether anything was settled.
    pub(super) async fn take_over(&mut self) -> Result<(Vec<JobId>, bool), Reason> {
        let Departure { journal, job, .. } = &self.departure;
        let holders: Vec<JobId> =
            journal.waits_for(job)?.into_iter().filter(|holder| holder != job).collect();
        // A dead job is kept from waking up while its contracts change hands.
        let (mut live, mut dead, mut locks) = (Vec::new(), Vec::new(), Vec::new());
        for holder in holders {
            let lock = if journal.is_live(&holder) { None } else { journal.lock_job(&holder).ok() };
            match lock {
                Some(lock) => {
                    // Whoever believes to have it cannot intend anything any more.
                    journal.hold_lease(&holder, now_us()).await?;
                    locks.push(lock);
                    let action = journal.job(&holder)?.map(|record| record.action);
                    let only_prepared = action
                        .as_deref()
                        .and_then(Action::from_name)
                        .is_some_and(|action| action.preparing().is_some());
                    dead.push(DeadJob { job: holder, only_prepared });
                }
                None => live.push(holder),
            }
        }
        let settled = journal.settle_claims(job, dead).await?;
        Ok((live, settled > 0))
    }
}
