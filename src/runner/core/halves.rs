//! A chunk that holds a bad flow is cut in two, again and again, and what one half
//! says of the other is not asked.

use crate::domain::job::{ChunkId, FlowNo};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::{After, Transition, Unsent};
use crate::runner::Event;

use super::decide::middle;
use super::work::{Phase, Work};
use super::{Schedule, Turn};

const TOO_MANY_FLOWS: &str = "LimitExceeded.FlowInfos";
/// Our own code of a contract whose deadline has passed before it was sent.
pub const DEADLINE_PAST: &str = "deadline.past";

impl Schedule {
    /// After a refusal. `wait`: what becomes of the left half says something of the
    /// right one.
    pub(super) fn split(&mut self, work: Work, outcome: &Outcome, wait: bool, turn: &mut Turn) {
        if outcome.code.as_deref() == Some(TOO_MANY_FLOWS) {
            self.learn_limit(work.len(), turn);
        }
        let at = middle(work.len());
        let (left, right) = (self.new_id(), self.new_id());
        self.settle(&work, outcome, After::Split { left, right, at }, turn);
        self.free_sibling(work.id);
        self.queue_parts(work, [left, right], at, wait);
    }

    /// A body that is too large says nothing of other contracts; a number of flows does.
    fn learn_limit(&mut self, flows: usize, turn: &mut Turn) {
        if let Some(most) = self.known.sizes.failed(flows)
            && most < self.limits.chunk.flows
        {
            self.limits.chunk.flows = most;
            turn.tell(Event::SmallerChunks { flows: most });
        }
    }

    /// So many flows were accepted together.
    pub(super) fn learn_size(&mut self, flows: usize) {
        self.known.sizes.passed(flows);
        if self.known.sizes.fails_at.is_some() {
            self.limits.chunk.flows = self.limits.chunk.flows.max(flows);
        }
    }

    /// A chunk that is known to be too large, or to hold the fault, is halved
    /// without being sent.
    pub(super) fn split_unsent(&mut self, work: Work, wait: bool, turn: &mut Turn) {
        let at = middle(work.len());
        self.split_at(work, at, wait, turn);
    }

    pub(super) fn split_at(&mut self, work: Work, at: usize, wait: bool, turn: &mut Turn) {
        self.free_sibling(work.id);
        let (left, right) = (self.new_id(), self.new_id());
        turn.record(Transition::Split { chunk: work.id, left, right, at });
        self.queue_parts(work, [left, right], at, wait);
    }

    /// The left part goes first; the right one may wait for what it says.
    fn queue_parts(&mut self, work: Work, [left, right]: [ChunkId; 2], at: usize, wait: bool) {
        self.replace_member(&work, &[left, right]);
        let (first, second) = work.members.split_at(at.min(work.members.len()));
        let (first, second) = (work.part(left, first.to_vec()), work.part(right, second.to_vec()));
        if wait {
            self.waiting.insert(left, right);
            self.put(second, Phase::WaitsFor(left));
        } else {
            self.first(second);
        }
        self.first(first);
    }

    /// The left half failed too, so nothing is known of the right one: ask it.
    pub(super) fn free_sibling(&mut self, left: ChunkId) {
        if let Some(right) = self.waiting.remove(&left)
            && let Some((work, _)) = self.take(right)
        {
            self.first(work);
        }
    }

    /// The left half passed, so the fault is in the right one: it is halved at once.
    pub(super) fn halve_sibling(&mut self, left: ChunkId, turn: &mut Turn) {
        let Some(right) = self.waiting.remove(&left) else { return };
        let Some((work, _)) = self.take(right) else { return };
        if work.len() < 2 {
            self.first(work);
        } else {
            self.split_unsent(work, true, turn);
        }
    }

    /// In the inquiry of its Agent others take the chunk's place.
    pub(super) fn replace_member(&mut self, work: &Work, others: &[ChunkId]) {
        let place = self.agent_of(work.group);
        if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut()) {
            if inquiry.busy == Some(work.id) {
                inquiry.busy = None;
            }
            if inquiry.members.remove(&work.id) {
                inquiry.members.extend(others);
            }
        }
    }

    /// A chunk that is known to be refused need not be sent.
    pub(super) fn reject_unsent(&mut self, work: Work, outcome: &Outcome, turn: &mut Turn) {
        turn.record(Transition::Drop {
            chunk: work.id,
            why: Unsent::Rejected,
            code: outcome.code.clone(),
            message: outcome.message.clone(),
        });
        self.count_rejected(work.len());
        self.replace_member(&work, &[]);
        self.free_sibling(work.id);
        self.conclude(self.agent_of(work.group), turn);
    }

    /// Contracts whose absolute deadline has passed are not sent.
    pub(super) fn sift_expired(&mut self, work: Work, turn: &mut Turn) -> Option<Work> {
        let now = turn.now.unix_us / 1_000_000;
        let expired =
            |member: &super::Member| !member.relative && member.deadline > 0 && member.deadline <= now;
        let out: Vec<FlowNo> =
            work.members.iter().filter(|member| expired(member)).map(|member| member.flow).collect();
        if out.is_empty() {
            return Some(work);
        }
        self.count_invalid(out.len());
        let outcome = Outcome::with_code(Verdict::Data, DEADLINE_PAST);
        self.sift(work, &out, Unsent::Invalid, &outcome, turn);
        None
    }

    /// Contracts whose template is known to be gone are not sent.
    pub(super) fn sift_templates(&mut self, work: Work, agent: usize, turn: &mut Turn) -> Option<Work> {
        let mut why: Option<Outcome> = None;
        let mut out = Vec::new();
        for member in &work.members {
            if let Some(outcome) = self.known.templates.known_refusal(agent, member.template) {
                why.get_or_insert_with(|| outcome.clone());
                out.push(member.flow);
            }
        }
        let Some(outcome) = why else { return Some(work) };
        self.count_rejected(out.len());
        self.sift(work, &out, Unsent::Rejected, &outcome, turn);
        None
    }

    /// Some flows of a chunk are taken out: the others go without them.
    fn sift(&mut self, work: Work, out: &[FlowNo], why: Unsent, outcome: &Outcome, turn: &mut Turn) {
        let (code, message) = (outcome.code.clone(), outcome.message.clone());
        // They may have been the fault that the other half was suspected of.
        self.free_sibling(work.id);
        if out.len() == work.len() {
            turn.record(Transition::Drop { chunk: work.id, why, code, message });
            self.replace_member(&work, &[]);
            self.conclude(self.agent_of(work.group), turn);
            return;
        }
        let kept = self.new_id();
        turn.record(Transition::Sift { chunk: work.id, kept, out: out.to_vec(), why, code, message });
        self.replace_member(&work, &[kept]);
        let left = work.members.iter().filter(|member| !out.contains(&member.flow)).copied().collect();
        self.first(Work { tries: work.tries, ..work.part(kept, left) });
    }
}
