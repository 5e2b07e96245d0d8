//! Nobody said anything of a contract: their side failed, a gateway refused, or no
//! answer came. A chunk that this happens to again and again while others pass is
//! taken apart, so that one contract that the other side chokes on keeps no
//! neighbour back.

use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::After;

use super::work::{Phase, Work};
use super::{Schedule, Turn};

/// Parts of such a chunk are tried no more often.
const TRIES_OF_A_PART: u32 = 2;

impl Schedule {
    pub(super) fn failed(&mut self, mut work: Work, outcome: Outcome, turn: &mut Turn) {
        let counts = self.counts(outcome.verdict);
        work.tries += u32::from(counts);
        let most = match work.failing {
            Some(_) => TRIES_OF_A_PART,
            None => self.limits.retry.attempts,
        };
        let safe = self.limits.action.preparing().is_some();
        let may_repeat = outcome.verdict == Verdict::NotSent || safe;
        if may_repeat && work.tries < most {
            self.settle(&work, &outcome, After::Again { counts }, turn);
            self.delay(work, &outcome, turn);
            return;
        }
        let others_pass = safe && outcome.verdict != Verdict::NotSent && self.others_pass(&work);
        let last =
            safe && outcome.verdict != Verdict::NotSent && work.failing.is_none() && self.is_last(&work);
        match work.len() {
            1 if others_pass => self.reject(work, &outcome, turn),
            flows if flows > 1 && (others_pass || last) => {
                work.failing.get_or_insert(work.id);
                self.split(work, &outcome, false, turn);
            }
            _ => {
                self.settle(&work, &outcome, After::Hold, turn);
                self.progress.held = true;
                self.replace_member(&work, &[]);
                self.free_sibling(work.id);
            }
        }
    }

    /// Whether an attempt counts against the chunk's tries. While everything fails
    /// it does not, unless this is the last chunk, where an outage and a chunk that
    /// the server chokes on look the same.
    fn counts(&self, verdict: Verdict) -> bool {
        match verdict {
            Verdict::NotSent => !self.breaker.is_open(),
            _ => !self.breaker.is_open() || !self.is_anything_left(),
        }
    }

    /// Whether other chunks are on their way or to be sent.
    fn is_anything_left(&self) -> bool {
        let open = |phase: &Phase| {
            matches!(phase, Phase::Ready | Phase::Delayed { .. } | Phase::Sent { .. } | Phase::WaitsFor(_))
        };
        !self.ready.is_empty()
            || !self.delayed.is_empty()
            || self.progress.in_flight > 0
            || self.work.values().any(|(_, phase)| open(phase))
    }

    /// Another request of the Agent was accepted since the chunk's first try, or
    /// another part of what it is a part of.
    fn others_pass(&self, work: &Work) -> bool {
        let accepted = self.agents.get(self.agent_of(work.group)).and_then(|agent| agent.accepted_at);
        let since = accepted.zip(work.first_sent).is_some_and(|(accepted, sent)| accepted > sent);
        since || work.failing.is_some_and(|root| self.passed_in_part.contains(&root))
    }

    /// Nothing else of its Agent could pass and so tell whether it is the chunk.
    fn is_last(&self, work: &Work) -> bool {
        let place = self.agent_of(work.group);
        self.progress.exhausted
            && !self.work.values().any(|(other, phase)| {
                self.agent_of(other.group) == place && !matches!(phase, Phase::Withheld | Phase::Suspected)
            })
    }
}
