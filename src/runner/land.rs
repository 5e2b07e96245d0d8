//! What follows from a request that has ended: the outcome is committed, then
//! the next decision is taken.

use std::time::{Duration, Instant};

use tokio::task::JoinError;

use crate::domain::job::AttemptId;
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::client::Sent;
use crate::journal::{After, ChunkKind, JournalError, JournalFault};

use super::decide::{Decision, Facts, backoff, decide};
use super::launch::{Flight, Landed};
use super::templates::UNKNOWN_TEMPLATE;
use super::{Event, Reason, Runner, Work, now_us};

/// Whoever watches is told of a wait that is longer.
const LONG_WAIT: Duration = Duration::from_secs(3);

fn is_unknown_template(outcome: &Outcome) -> bool {
    outcome.code.as_deref() == Some(UNKNOWN_TEMPLATE)
}

impl Runner {
    pub(super) async fn land(&mut self, landed: Result<Landed, JoinError>) -> Result<(), Reason> {
        // A task that was aborted left its intent open: the next run treats it as a doubt.
        let Landed { chunk, attempt, result } = match landed {
            Ok(landed) => landed,
            Err(error) if error.is_cancelled() => return Ok(()),
            // Its intent stays open as well, and nothing is known of it.
            Err(_) => return Err(JournalError::new(self.journal.dir(), JournalFault::Closed).into()),
        };
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
        self.put_back(work);
        Ok(())
    }

    /// To the head of the queue, unless its sender is suspended.
    pub(super) fn put_back(&mut self, work: Work) {
        match self.is_suspended(&work) {
            true => self.parked.push(work),
            false => self.queue.push_front(work),
        }
    }

    pub(super) fn is_suspended(&self, work: &Work) -> bool {
        self.agents.get(&work.chunk.group).is_some_and(|agent| self.suspended.contains_key(agent))
    }

    pub(super) async fn settle(
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
        let agent = self.agent(work.chunk.group)?;
        let facts = Facts {
            flows: work.chunk.flows.len(),
            fragment: work.chunk.kind == ChunkKind::Half,
            tries: work.chunk.tries,
            asked_twice: work.asked_twice,
            proven: self.proven.contains(&agent),
            safe_to_repeat: self.settings.action.is_safe_to_repeat(),
            most_tries: self.settings.retry.attempts,
        };
        match decide(&outcome, facts) {
            decision @ (Decision::Accept | Decision::Withhold) => {
                let after = if decision == Decision::Accept { After::Accept } else { After::Withhold };
                self.settle(&work, attempt, &outcome, after).await?;
                self.count_accepted(work.chunk.flows.len());
                self.learn_size(work.chunk.flows.len());
                self.templates.passed(&agent, &work.templates);
                self.proven.insert(agent.clone());
                self.acquit(&agent).await?;
                self.condemn_sibling(work.chunk.id).await?;
            }
            Decision::AgainFirst => {
                self.settle(&work, attempt, &outcome, After::Again { counts: false }).await?;
                self.put_back(work);
            }
            Decision::AgainLater => {
                work.asked_twice |= outcome.verdict == Verdict::Unclear;
                self.settle(&work, attempt, &outcome, After::Again { counts }).await?;
                self.delay(work, &outcome);
            }
            Decision::Split => self.split(work, attempt, &outcome).await?,
            Decision::Reject => {
                self.settle(&work, attempt, &outcome, After::Reject).await?;
                self.count_rejected(1);
                if let Some(template) = work.templates.first().filter(|_| is_unknown_template(&outcome)) {
                    self.templates.refused(&agent, template, &outcome);
                }
                self.leave_bisect(work.chunk.id);
                self.free_sibling(work.chunk.id);
            }
            Decision::Suspect => self.suspect(work, &agent, attempt, outcome).await?,
            Decision::Hold => {
                self.settle(&work, attempt, &outcome, After::Hold).await?;
                self.held = true;
                self.leave_bisect(work.chunk.id);
                self.free_sibling(work.chunk.id);
            }
            Decision::Stop => self.blame_caller(work, &agent, attempt, outcome).await?,
        }
        self.show_progress();
        self.draw_conclusion().await
    }

    /// Whether an attempt counts against the chunk's tries. While everything
    /// fails it does not, unless this is the last chunk, where an outage and a
    /// chunk that the server chokes on look the same.
    fn counts(&self, verdict: Verdict) -> bool {
        let others = !(self.queue.is_empty()
            && self.ahead.is_empty()
            && self.delayed.is_empty()
            && self.aloft.is_empty());
        match verdict {
            Verdict::Throttled => false,
            Verdict::NotSent => !self.breaker.is_open(),
            Verdict::Server | Verdict::Gateway | Verdict::InDoubt => !self.breaker.is_open() || !others,
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
        if outcome.verdict == Verdict::Throttled {
            self.last_code = outcome.code.clone();
            if self.breaker.refused(Instant::now()) {
                (self.tell)(Event::Crowded);
            }
            if let Some(wait) = outcome.retry_after {
                self.keep_quiet(wait, outcome);
            }
        } else if matches!(
            outcome.verdict,
            Verdict::Server | Verdict::Gateway | Verdict::NotSent | Verdict::InDoubt
        ) {
            self.last_code = outcome.code.clone();
            if outcome.http_status.is_some() {
                self.breaker.reached();
            }
            if let Some(pause) = self.breaker.failed(Instant::now()) {
                let code = outcome.code.clone().unwrap_or_default();
                tracing::info!(code, pause_ms = pause.as_millis(), "everything fails: pausing");
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
        if let Some(code) = outcome.code.clone().filter(|_| outcome.unknown_code)
            && self.unknown_codes.insert(code.clone())
        {
            (self.tell)(Event::UnknownCode { code });
        }
        if let Some(warning) = outcome.deprecated.clone().filter(|_| !self.warned) {
            self.warned = true;
            (self.tell)(Event::Deprecated { warning });
        }
    }

    /// Nothing leaves before the time that the API has named.
    fn keep_quiet(&mut self, wait: Duration, outcome: &Outcome) {
        let wait = wait.min(self.settings.retry.give_up);
        let until = Instant::now() + wait;
        if self.quiet_until.is_none_or(|now| now < until) {
            self.quiet_until = Some(until);
            self.tell_wait(wait, outcome);
        }
    }

    fn tell_wait(&self, wait: Duration, outcome: &Outcome) {
        (self.tell)(Event::AskedToWait { wait, code: outcome.code.clone().unwrap_or_default() });
    }

    fn delay(&mut self, work: Work, outcome: &Outcome) {
        let retry = &self.settings.retry;
        let wait = backoff(
            work.chunk.tries,
            retry.first_wait,
            retry.longest_wait,
            outcome.retry_after,
            retry.give_up,
            fastrand::f64(),
        );
        let at = Instant::now() + wait;
        let told = self.delayed.iter().any(|(other, _)| *other + LONG_WAIT > at);
        if outcome.retry_after.is_some() && wait >= LONG_WAIT && !told {
            self.tell_wait(wait, outcome);
        }
        self.delayed.push((at, work));
    }

    pub(super) fn count_accepted(&mut self, flows: usize) {
        self.tally.pending = self.tally.pending.saturating_sub(flows as u64);
        self.tally.accepted += flows as u64;
    }

    pub(super) fn count_rejected(&mut self, flows: usize) {
        self.tally.pending = self.tally.pending.saturating_sub(flows as u64);
        self.tally.rejected += flows as u64;
    }
}
