//! What is different where an action starts contracts: its answers speak of each flow
//! alone, and a doubt is never sent again by itself. Whoever is to settle doubts is a
//! person, so there must not be many of them.

use crate::domain::verdict::{FlowAnswer, Outcome, Started, Verdict};
use crate::essbasic::started::{AMBIGUOUS, ends_the_work};
use crate::journal::{After, Part, PartState, Transition, Unsent};

use super::terms::{Blame, Ending, Turn};
use super::work::{Member, Work};
use super::{Schedule, lasts};

/// So many requests may be on their way: if the network breaks now, all of them are doubts.
const MOST_AT_ONCE: usize = 40;
/// After so many failures in a row nothing more is risked; while the API has not answered
/// at all, after the smaller number.
const MOST_FAILURES: u32 = 8;
const MOST_BEFORE_CONTACT: u32 = 3;

impl Schedule {
    pub(super) fn starts_contracts(&self) -> bool {
        self.limits.action.preparing().is_none()
    }

    /// Requests that may be on their way together. Of an action that starts contracts the
    /// first one alone finds out whether the API answers.
    pub(super) fn most_in_flight(&self) -> usize {
        let most = self.limits.most_in_flight;
        match self.starts_contracts() {
            false => most,
            true if !self.breaker.in_contact() => 1,
            true => most.min(MOST_AT_ONCE),
        }
    }

    /// An answer that does not say as much as it should is a doubt.
    pub(super) fn as_far_as_it_speaks(&self, work: &Work, outcome: Outcome) -> Outcome {
        let said = outcome.started.flows.len();
        let silent = outcome.verdict == Verdict::Accepted && said == 0;
        if !self.starts_contracts() || (!silent && (said == 0 || said == work.len())) {
            return outcome;
        }
        let loose = outcome.started.ids().map(str::to_owned).collect();
        Outcome {
            request_id: outcome.request_id,
            http_status: outcome.http_status,
            started: Box::new(Started { flows: Vec::new(), loose }),
            ..Outcome::with_code(Verdict::InDoubt, AMBIGUOUS)
        }
    }

    /// Whether the flows of a chunk have met with different things, or each with a refusal
    /// of its own.
    pub(super) fn is_answered_apart(&self, work: &Work, outcome: &Outcome) -> bool {
        let flows = &outcome.started.flows;
        work.len() > 1 && flows.iter().any(|flow| !matches!(flow, FlowAnswer::Started(_)))
    }

    /// Nobody knows whether it arrived, and it starts contracts.
    pub(super) fn doubt(&mut self, work: Work, outcome: Outcome, turn: &mut Turn) {
        self.settle(&work, &outcome, After::Hold, turn);
        self.count_in_doubt(work.len());
        self.replace_member(&work, &[]);
        self.free_sibling(work.id);
        let code = outcome.code.as_deref().unwrap_or_default();
        let most = if self.breaker.in_contact() { MOST_FAILURES } else { MOST_BEFORE_CONTACT };
        if ends_the_work(code, self.progress.accepted) {
            self.progress.ending.get_or_insert(Ending::Blame(Blame::Caller(outcome)));
        } else if self.breaker.failures() >= most || (lasts(&outcome) && !self.breaker.in_contact()) {
            self.progress.ending.get_or_insert(Ending::NoContact(outcome));
        }
    }

    /// Each flow of the chunk goes its own way: what was started is, what is unclear stays
    /// so, and who was refused is a suspect as if it had been sent alone.
    pub(super) fn apart(&mut self, work: Work, sent_at: u64, outcome: Outcome, turn: &mut Turn) {
        let place = self.agent_of(work.group);
        let (mut started, mut unclear) = (Vec::new(), Vec::new());
        let mut refused: Vec<(Work, Outcome)> = Vec::new();
        for (member, answer) in work.members.iter().zip(&outcome.started.flows) {
            match answer {
                FlowAnswer::Started(_) => started.push(*member),
                FlowAnswer::Unclear => unclear.push(*member),
                FlowAnswer::Refused(message) => {
                    let own = refusal(message, &outcome);
                    refused.push((work.part(self.new_id(), vec![*member]), own));
                }
            }
        }
        let mut parts: Vec<Part> =
            refused.iter().map(|(part, _)| part_of(part, PartState::Pending)).collect();
        let passed = self.split_off(&work, started, PartState::Accepted, &mut parts);
        self.count_in_doubt(unclear.len());
        self.split_off(&work, unclear, PartState::InDoubt, &mut parts);
        self.settle(&work, &outcome, After::Apart { parts }, turn);
        match passed {
            Some(passed) => {
                self.learn_size(work.len());
                self.known.templates.passed(place, &passed);
                self.count_accepted(passed.len());
                self.clear(place, work.id, sent_at, turn);
            }
            None => self.replace_member(&work, &[]),
        }
        // The request as a whole was taken, so what was refused as a whole is in the other half.
        self.halve_sibling(work.id, turn);
        let stopped = self.agents.get(place).is_none_or(|agent| agent.stopped.is_some());
        for (part, outcome) in refused.into_iter().filter(|_| !stopped) {
            let code = outcome.code.clone().unwrap_or_default();
            if self.limits.keep_going.contains(&code) {
                turn.record(Transition::Drop {
                    chunk: part.id,
                    why: Unsent::Rejected,
                    code: outcome.code,
                    message: outcome.message,
                });
                self.count_rejected(part.len());
            } else {
                self.set_aside(part, place, outcome);
            }
        }
        self.stop_where_nobody_passes(turn);
    }

    fn split_off(
        &mut self,
        work: &Work,
        members: Vec<Member>,
        state: PartState,
        parts: &mut Vec<Part>,
    ) -> Option<Work> {
        if members.is_empty() {
            return None;
        }
        let part = work.part(self.new_id(), members);
        parts.push(part_of(&part, state));
        Some(part)
    }

    fn count_in_doubt(&mut self, flows: usize) {
        self.progress.tally.pending = self.progress.tally.pending.saturating_sub(flows as u64);
        self.progress.tally.in_doubt += flows as u64;
    }
}

fn part_of(work: &Work, state: PartState) -> Part {
    Part { id: work.id, state, flows: work.flows() }
}

/// What one contract of a request was told.
fn refusal(message: &str, of_all: &Outcome) -> Outcome {
    Outcome {
        message: Some(message.to_owned()),
        request_id: of_all.request_id.clone(),
        http_status: of_all.http_status,
        ..Outcome::with_code(Verdict::Data, crate::domain::codes::REFUSED)
    }
}
