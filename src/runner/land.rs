//! What follows from a request that has ended: the outcome is committed, then
//! the next decision is taken.

use std::time::Instant;

use tokio::task::JoinError;

use crate::domain::job::{AttemptId, ChunkId};
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::client::Sent;
use crate::journal::{After, ChunkKind, ChunkRecord};

use super::bisect::{Bisect, Finding};
use super::decide::{Decision, Facts, backoff, decide, middle};
use super::launch::{Flight, Landed};
use super::templates::UNKNOWN_TEMPLATE;
use super::{Event, Reason, Runner, Work, now_us};

/// Codes that name the Agent: where it came from a column, only the contracts
/// with it are at fault.
const AGENT_CODES: &[&str] = &[
    "ResourceNotFound.Application",
    "ResourceNotFound.NotExistApplication",
    "ResourceNotFound.Organization",
    "InvalidParameter.Application",
    "InvalidParameter.OperatorId",
    "OperationDenied.OperatorHasNoPermission",
    "OperationDenied.OrganizationClosing",
    "OperationDenied.UserNotInOrganization",
];

fn is_unknown_template(outcome: &Outcome) -> bool {
    outcome.code.as_deref() == Some(UNKNOWN_TEMPLATE)
}

impl Runner {
    pub(super) async fn land(&mut self, landed: Result<Landed, JoinError>) -> Result<(), Reason> {
        // A task that was aborted left its intent open: the next run treats it as a doubt.
        let Ok(Landed { chunk, attempt, result }) = landed else { return Ok(()) };
        let Some(work) = self.aloft.remove(&chunk) else { return Ok(()) };
        match (result, attempt) {
            (Flight::Sent(sent), Some(attempt)) => self.judge(work, attempt, sent).await,
            (Flight::Withdrawn, Some(attempt)) => self.withdraw(work, attempt).await,
            (Flight::Pace(error), Some(attempt)) => {
                self.withdraw(work, attempt).await?;
                Err(error.into())
            }
            (Flight::Journal(error), _) => Err(error.into()),
            (_, None) => Ok(()),
        }
    }

    async fn withdraw(&mut self, work: Work, attempt: AttemptId) -> Result<(), Reason> {
        self.requests = self.requests.saturating_sub(1);
        let outcome = Outcome::with_code(Verdict::NotSent, "withdrawn");
        self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
        self.queue.push_front(work);
        Ok(())
    }

    async fn settle(
        &self,
        work: &Work,
        attempt: AttemptId,
        outcome: &Outcome,
        after: After,
    ) -> Result<(), Reason> {
        Ok(self.journal.settle(&self.job, work.chunk.id, attempt, outcome, after, now_us()).await?)
    }

    async fn judge(&mut self, mut work: Work, attempt: AttemptId, sent: Sent) -> Result<(), Reason> {
        self.learn(&sent);
        let outcome = sent.outcome;
        let counts = self.counts(outcome.verdict);
        work.chunk.tries += u32::from(counts);
        let sender = self.sender(work.chunk.group)?.ok_or(Reason::Unreadable)?;
        let facts = Facts {
            flows: work.chunk.flows.len(),
            fragment: work.chunk.kind == ChunkKind::Half,
            tries: work.chunk.tries,
            proven: self.proven.contains(&sender),
            safe_to_repeat: self.settings.action.is_safe_to_repeat(),
            most_tries: self.settings.retry.attempts,
        };
        match decide(&outcome, facts) {
            decision @ (Decision::Accept | Decision::Withhold) => {
                let after = if decision == Decision::Accept { After::Accept } else { After::Withhold };
                self.settle(&work, attempt, &outcome, after).await?;
                self.count_accepted(work.chunk.flows.len());
                self.templates.passed(&sender, &work.templates);
                self.proven.insert(sender);
                self.acquit().await?;
                self.condemn_sibling(work.chunk.id).await?;
            }
            Decision::AgainFirst => {
                self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
                self.queue.push_front(work);
            }
            Decision::AgainLater => {
                self.settle(&work, attempt, &outcome, After::Again { counts }).await?;
                self.delay(work, &outcome);
            }
            Decision::Split => self.split(work, attempt, &outcome).await?,
            Decision::Reject => {
                self.settle(&work, attempt, &outcome, After::Reject).await?;
                self.count_rejected(1);
                if let Some(template) = work.templates.first().filter(|_| is_unknown_template(&outcome)) {
                    self.templates.refused(&sender, template, &outcome);
                }
                self.leave_bisect(work.chunk.id);
                self.free_sibling(work.chunk.id);
            }
            Decision::Suspect => self.suspect(work, attempt, outcome).await?,
            Decision::Hold => {
                self.settle(&work, attempt, &outcome, After::Hold).await?;
                self.held = true;
                self.leave_bisect(work.chunk.id);
                self.free_sibling(work.chunk.id);
            }
            Decision::Stop => self.blame_caller(work, attempt, outcome).await?,
        }
        self.show_progress();
        self.draw_conclusion().await
    }

    /// Whether an attempt counts against the chunk's tries. While everything
    /// fails it does not, unless this is the last chunk, where an outage and a
    /// chunk that the server chokes on look the same.
    fn counts(&self, verdict: Verdict) -> bool {
        let others = !(self.queue.is_empty() && self.delayed.is_empty() && self.aloft.is_empty());
        match verdict {
            Verdict::Throttled => false,
            Verdict::NotSent => !self.breaker.is_open(),
            Verdict::Server | Verdict::InDoubt => !self.breaker.is_open() || !others,
            _ => true,
        }
    }

    /// What pace, breaker and whoever watches learn from an answer.
    fn learn(&mut self, sent: &Sent) {
        let outcome = &sent.outcome;
        match (outcome.verdict, sent.round_trip) {
            (Verdict::Throttled, _) => self.pace.refused(),
            (_, Some(round_trip)) if outcome.http_status.is_some() => self.pace.answered(round_trip),
            _ => {}
        }
        if matches!(outcome.verdict, Verdict::Server | Verdict::NotSent | Verdict::InDoubt) {
            self.last_code = outcome.code.clone();
            if let Some(pause) = self.breaker.failed(Instant::now()) {
                let code = outcome.code.clone().unwrap_or_default();
                tracing::warn!(code, pause_ms = pause.as_millis(), "everything fails: pausing");
                (self.tell)(Event::Paused { pause, code });
            }
        } else {
            self.breaker.answered();
        }
        if outcome.verdict != Verdict::Accepted {
            let (code, request_id) = (outcome.code.as_deref(), outcome.request_id.as_deref());
            tracing::info!(
                code,
                request_id,
                http_status = outcome.http_status,
                verdict = outcome.verdict.name(),
                "not accepted"
            );
        }
        if outcome.unknown_code {
            (self.tell)(Event::UnknownCode { code: outcome.code.clone().unwrap_or_default() });
        }
        if let Some(warning) = outcome.deprecated.clone().filter(|_| !self.warned) {
            self.warned = true;
            (self.tell)(Event::Deprecated { warning });
        }
    }

    fn delay(&mut self, work: Work, outcome: &Outcome) {
        let retry = &self.settings.retry;
        let wait = backoff(
            work.chunk.tries,
            retry.first_wait,
            retry.longest_wait,
            outcome.retry_after,
            fastrand::f64(),
        );
        self.delayed.push((Instant::now() + wait, work));
    }

    async fn split(&mut self, work: Work, attempt: AttemptId, outcome: &Outcome) -> Result<(), Reason> {
        let smaller = outcome.verdict == Verdict::Smaller;
        let at = middle(work.chunk.flows.len());
        if smaller && at < self.settings.flows_per_chunk {
            self.settings.flows_per_chunk = at;
            (self.tell)(Event::SmallerChunks { flows: at });
        }
        let (left, right) = (self.new_chunk_id(), self.new_chunk_id());
        self.settle(&work, attempt, outcome, After::Split { left, right, at }).await?;
        self.free_sibling(work.chunk.id);
        // Where size is the fault, the left half says nothing of the right one.
        self.queue_halves(work, left, right, !smaller);
        Ok(())
    }

    /// The left half goes first; the right one waits for what it says.
    fn queue_halves(&mut self, work: Work, left: ChunkId, right: ChunkId, wait: bool) {
        if let Some(bisect) = &mut self.bisect {
            bisect.split(work.chunk.id, [left, right]);
        }
        let mut flows = work.chunk.flows;
        let rest = flows.split_off(middle(flows.len()));
        let group = work.chunk.group;
        let half = |id, flows| Work::from(ChunkRecord { id, group, kind: ChunkKind::Half, tries: 0, flows });
        let (first, second) = (half(left, flows), half(right, rest));
        if wait {
            self.behind.insert(left, second);
        } else {
            self.queue.push_front(second);
        }
        self.queue.push_front(first);
    }

    /// The left half failed too, so nothing is known of the right one: ask it.
    fn free_sibling(&mut self, left: ChunkId) {
        if let Some(right) = self.behind.remove(&left) {
            self.queue.push_front(right);
        }
    }

    /// The left half passed, so the fault is in the right one: it is halved
    /// without being sent.
    async fn condemn_sibling(&mut self, left: ChunkId) -> Result<(), Reason> {
        let Some(work) = self.behind.remove(&left) else { return Ok(()) };
        if work.chunk.flows.len() < 2 {
            self.queue.push_front(work);
            return Ok(());
        }
        let at = middle(work.chunk.flows.len());
        let (left, right) = (self.new_chunk_id(), self.new_chunk_id());
        self.journal.split_unsent(&self.job, work.chunk.id, left, right, at).await?;
        self.queue_halves(work, left, right, true);
        Ok(())
    }

    /// A code that may be either's fault.
    async fn suspect(&mut self, work: Work, attempt: AttemptId, outcome: Outcome) -> Result<(), Reason> {
        let chunk = work.chunk.id;
        let code = outcome.code.clone().unwrap_or_default();
        let bisect = self.bisect.get_or_insert_with(|| {
            let mut bisect = Bisect::new(code);
            bisect.ask(chunk, work.chunk.flows.len());
            bisect
        });
        if !bisect.is_member(chunk) {
            // Sent before the question came up: it waits for the answer.
            self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
            self.queue.push_front(work);
            return Ok(());
        }
        if work.chunk.flows.len() > 1 {
            return self.split(work, attempt, &outcome).await;
        }
        self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
        if let Some(bisect) = &mut self.bisect {
            bisect.suspect(chunk, outcome);
        }
        self.free_sibling(chunk);
        Ok(())
    }

    fn leave_bisect(&mut self, chunk: ChunkId) {
        if let Some(bisect) = &mut self.bisect {
            bisect.leave(chunk);
        }
    }

    /// Somebody passed: the caller is not at fault, so the suspects are.
    async fn acquit(&mut self) -> Result<(), Reason> {
        let Some(bisect) = self.bisect.take() else { return Ok(()) };
        for (chunk, outcome) in bisect.into_guilty() {
            self.journal.reject_unsent(&self.job, chunk, outcome.code, outcome.message).await?;
            self.count_rejected(1);
        }
        Ok(())
    }

    async fn draw_conclusion(&mut self) -> Result<(), Reason> {
        let others = !(self.queue.is_empty()
            && self.delayed.is_empty()
            && self.aloft.is_empty()
            && self.behind.is_empty());
        let Some(bisect) = &mut self.bisect else { return Ok(()) };
        match bisect.finding(others) {
            Finding::Open => Ok(()),
            Finding::AskNext => {
                if let Some(next) = self.queue.front() {
                    bisect.ask(next.chunk.id, next.chunk.flows.len());
                }
                Ok(())
            }
            Finding::Flow => self.acquit().await,
            Finding::Caller => {
                let code = bisect.code.clone();
                let mut guilty = self.bisect.take().map(Bisect::into_guilty).unwrap_or_default();
                let outcome = guilty.pop().map(|(_, outcome)| outcome);
                Err(Reason::Caller(outcome.unwrap_or_else(|| Outcome::with_code(Verdict::Caller, code))))
            }
        }
    }

    async fn blame_caller(&mut self, work: Work, attempt: AttemptId, outcome: Outcome) -> Result<(), Reason> {
        let names_agent = outcome.code.as_deref().is_some_and(|code| AGENT_CODES.contains(&code));
        if names_agent && self.file.senders()? > 1 {
            if let Some(sender) = self.sender(work.chunk.group)? {
                self.dead.insert(sender, outcome.clone());
            }
            self.settle(&work, attempt, &outcome, After::Reject).await?;
            self.count_rejected(work.chunk.flows.len());
            self.leave_bisect(work.chunk.id);
            self.free_sibling(work.chunk.id);
            return Ok(());
        }
        self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
        Err(Reason::Caller(outcome))
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

    fn count_accepted(&mut self, flows: usize) {
        self.tally.pending = self.tally.pending.saturating_sub(flows as u64);
        self.tally.accepted += flows as u64;
    }

    fn count_rejected(&mut self, flows: usize) {
        self.tally.pending = self.tally.pending.saturating_sub(flows as u64);
        self.tally.rejected += flows as u64;
    }
}
