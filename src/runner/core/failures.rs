//! Nobody said anything of a contract: their side failed, a gateway refused, or no
//! answer came. A chunk that this happens to again and again while others pass is
//! taken apart, so that one contract that the other side chokes on keeps no
//! neighbour back.

use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::After;

use super::answers::ANSWER_REPEATED;
use super::work::{Phase, Work};
use super::{Schedule, Turn};

/// Parts of such a chunk are tried no more often.
const TRIES_OF_A_PART: u32 = 2;
/// Nor is a chunk as a whole, once nothing but what has failed is left.
const TRIES_AT_THE_END: u32 = 3;

impl Schedule {
    pub(super) fn failed(&mut self, mut work: Work, sent_at: u64, outcome: Outcome, turn: &mut Turn) {
        let counts = self.counts(outcome.verdict);
        let now = self.tick();
        let failed = *work.first_failed.get_or_insert(now);
        work.tries += u32::from(counts);
        let never_left = outcome.verdict == Verdict::NotSent;
        let attempts = self.limits.retry.attempts;
        // An answer that another request had says nothing of its contracts.
        let is_repeated = outcome.code.as_deref() == Some(ANSWER_REPEATED);
        let most = match work.failing {
            Some(_) if !never_left => TRIES_OF_A_PART,
            // While chunks fail by turns nothing else passes, and the waits grow long.
            None if !never_left && !is_repeated && !self.is_anything_left() => TRIES_AT_THE_END.min(attempts),
            _ => attempts,
        };
        let safe = self.limits.action.preparing().is_some();
        if (never_left || safe) && work.tries < most {
            self.settle(&work, &outcome, After::Again { counts }, turn);
            self.delay(work, &outcome, turn);
            return;
        }
        let place = self.agent_of(work.group);
        let passed = self.agents.get(place).and_then(|agent| agent.accepted_at.zip(agent.accepted_sent_at));
        match work.len() {
            _ if never_left || !safe => self.hold_back(work, &outcome, turn),
            // Something passed that was sent after it had failed, and it has failed once more since: an
            // outage would have been over.
            1 if passed.is_some_and(|(at, sent)| sent > failed && (at < sent_at || work.confirmed)) => {
                self.reject(work, &outcome, turn);
            }
            1 => self.suspect(work, place, outcome, turn),
            _ if self.others_pass(&work) || (self.is_last(&work) && !is_repeated) => {
                work.failing.get_or_insert(work.id);
                self.split(work, &outcome, false, turn);
            }
            _ => self.hold_back(work, &outcome, turn),
        }
    }

    /// No more tries in this run.
    fn hold_back(&mut self, work: Work, outcome: &Outcome, turn: &mut Turn) {
        self.settle(&work, outcome, After::Hold, turn);
        self.progress.held = true;
        self.replace_member(&work, &[]);
        self.free_sibling(work.id);
    }

    /// Whether an attempt counts against the chunk's tries. While everything fails
    /// it does not, unless nothing but what has failed is left, where an outage and chunks
    /// that the server chokes on look the same.
    fn counts(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::NotSent => !self.breaker.is_open(),
            _ => !self.breaker.is_open() || !self.is_anything_left(),
        }
    }

    /// Whether other chunks are on their way or to be sent that have not failed yet.
    fn is_anything_left(&self) -> bool {
        self.work.values().any(|(other, phase)| *phase != Phase::Suspected && other.first_failed.is_none())
    }

    /// Another request of the Agent was accepted since the chunk's first try, or
    /// another part of what it is a part of: enough to take it apart, not to blame it.
    fn others_pass(&self, work: &Work) -> bool {
        let accepted = self.agents.get(self.agent_of(work.group)).and_then(|agent| agent.accepted_at);
        let since = accepted.zip(work.first_sent).is_some_and(|(accepted, sent)| accepted > sent);
        since || work.failing.is_some_and(|root| self.passed_in_part.contains(&root))
    }

    /// Nothing of its Agent that has not failed as well could pass and so tell whether it is the chunk.
    fn is_last(&self, work: &Work) -> bool {
        let place = self.agent_of(work.group);
        self.progress.exhausted
            && !self.work.values().any(|(other, phase)| {
                self.agent_of(other.group) == place
                    && *phase != Phase::Suspected
                    && other.first_failed.is_none()
            })
    }
}
