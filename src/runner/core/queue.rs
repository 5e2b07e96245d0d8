//! Which chunk goes next, and where each of them is until then.

use std::time::Instant;

use crate::domain::job::ChunkId;
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::After;

use super::breaker::Gate;
use super::inquiry::Inquiry;
use super::work::{Phase, Work};
use super::{Effect, Schedule, Turn};

impl Schedule {
    pub(super) fn put(&mut self, work: Work, phase: Phase) {
        match phase {
            Phase::Sent { .. } => self.progress.in_flight += 1,
            Phase::Delayed { until } => drop(self.delayed.insert((until, work.id))),
            Phase::Held => self.progress.held_chunks += 1,
            Phase::Suspected => self.progress.suspects += 1,
            Phase::Withheld => {
                self.withheld.insert(work.id, work);
                return;
            }
            Phase::Ready | Phase::WaitsFor(_) => {}
        }
        self.work.insert(work.id, (work, phase));
    }

    /// Takes a chunk out; it is in no phase until it is put back.
    pub(super) fn take(&mut self, chunk: ChunkId) -> Option<(Work, Phase)> {
        let Some(taken) = self.work.remove(&chunk) else {
            return self.withheld.remove(&chunk).map(|work| (work, Phase::Withheld));
        };
        match taken.1 {
            Phase::Sent { .. } => self.progress.in_flight -= 1,
            Phase::Delayed { until } => drop(self.delayed.remove(&(until, chunk))),
            Phase::Held => self.progress.held_chunks -= 1,
            Phase::Suspected => self.progress.suspects -= 1,
            Phase::Ready | Phase::WaitsFor(_) | Phase::Withheld => {}
        }
        Some(taken)
    }

    pub(super) fn set(&mut self, chunk: ChunkId, phase: Phase) {
        if let Some((work, _)) = self.take(chunk) {
            self.put(work, phase);
        }
    }

    /// To the head of the queue.
    pub(super) fn first(&mut self, work: Work) {
        self.ready.push_front(work.id);
        self.put(work, Phase::Ready);
    }

    pub(super) fn soonest_delayed(&self) -> Option<Instant> {
        self.delayed.first().map(|(until, _)| *until)
    }

    pub(super) fn free_delayed(&mut self, now: Instant) {
        let due: Vec<ChunkId> =
            self.delayed.iter().take_while(|(until, _)| *until <= now).map(|(_, chunk)| *chunk).collect();
        for chunk in due {
            let Some((work, _)) = self.take(chunk) else { continue };
            let agent = self.agent_of(work.group);
            if let Some(inquiry) = self.agents.get_mut(agent).and_then(|agent| agent.inquiry.as_mut())
                && inquiry.busy == Some(chunk)
            {
                inquiry.busy = None;
            }
            // Behind the others: it may be the only one that fails.
            self.ready.push_back(chunk);
            self.put(work, Phase::Ready);
        }
    }

    pub(super) fn may_send(&self, now: Instant) -> bool {
        if self.reads_keys() || self.progress.quiet_until.is_some_and(|until| now < until) {
            return false;
        }
        match self.breaker.gate(now) {
            Gate::Open => true,
            Gate::Probe => !self.breaker.is_probing(),
            Gate::Paused { .. } | Gate::GiveUp => false,
        }
    }

    /// The first chunk of the queue that may be sent now. Those that wait for an
    /// inquiry, or whose Agent has stopped, leave the queue.
    pub(super) fn candidate(&mut self) -> Option<(usize, ChunkId)> {
        let mut index = 0;
        while let Some(chunk) = self.ready.get(index).copied() {
            let Some((work, Phase::Ready)) = self.work.get(&chunk) else {
                self.ready.remove(index);
                continue;
            };
            let place = self.agent_of(work.group);
            let turn = self.has_its_turn(place);
            let Some(agent) = self.agents.get_mut(place) else { return Some((index, chunk)) };
            if agent.stopped.is_some() {
                // The journal has it: the next run may send it.
                self.ready.remove(index);
                self.work.remove(&chunk);
                continue;
            }
            let Some(inquiry) = &mut agent.inquiry else { return Some((index, chunk)) };
            if inquiry.members.contains(&chunk) {
                if inquiry.busy.is_none() && turn {
                    return Some((index, chunk));
                }
                index += 1;
                continue;
            }
            inquiry.held.push(chunk);
            self.ready.remove(index);
            self.set(chunk, Phase::Held);
        }
        None
    }

    /// For one code only one Agent is asked at a time: what comes of it may save the
    /// others the same requests.
    fn has_its_turn(&self, place: usize) -> bool {
        let open = |place: usize| self.agents.get(place).and_then(|agent| agent.inquiry.as_ref());
        let Some(own) = open(place) else { return true };
        let before = |other: usize| {
            open(other).is_some_and(|inquiry| inquiry.code == own.code && !inquiry.members.is_empty())
        };
        own.code.is_empty() || !(0..place).any(before)
    }

    /// Gives the slot to a chunk. On the way to it some chunks may turn out to need
    /// no request.
    pub(super) fn send_next(&mut self, turn: &mut Turn) {
        while self.progress.ending.is_none() && self.may_send(turn.now.at) {
            let Some((index, chunk)) = self.candidate() else { return };
            self.ready.remove(index);
            let Some((work, _)) = self.take(chunk) else { continue };
            let Some(mut work) = self.prepare(work, turn) else { continue };
            if matches!(self.breaker.gate(turn.now.at), Gate::Probe) {
                self.breaker.probe();
            }
            let place = self.agent_of(work.group);
            if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut()) {
                inquiry.busy = Some(chunk);
            }
            let at = self.tick();
            work.attempts += 1;
            work.first_sent.get_or_insert(at);
            self.progress.requests += 1;
            self.put(work, Phase::Sent { at });
            turn.effects.push(Effect::Send(chunk));
            return;
        }
    }

    /// What is known before a chunk is sent. `None`: something else was done with it.
    fn prepare(&mut self, work: Work, turn: &mut Turn) -> Option<Work> {
        let place = self.agent_of(work.group);
        if work.len() > 1 && self.known.sizes.is_too_many(work.len()) {
            // Cut before the API said that it takes fewer.
            self.split_unsent(work, false, turn);
            return None;
        }
        let known_refusal =
            self.agents.get(place).and_then(|state| self.known.of_agent(&state.agent)).cloned();
        if let Some(outcome) = known_refusal {
            self.reject_unsent(work, &outcome, turn);
            return None;
        }
        let work = self.sift_expired(work, turn)?;
        let work = self.sift_templates(work, place, turn)?;
        let state = self.agents.get_mut(place)?;
        if state.stopped_before.is_some() && state.inquiry.is_none() {
            let code = state.stopped_before.as_ref().map(|stop| stop.code.clone()).unwrap_or_default();
            state.inquiry = Some(Inquiry::of(work.id, &code));
            if work.len() > 1 {
                // An earlier run has stopped for this Agent: one contract is asked first.
                self.split_at(work, 1, false, turn);
                return None;
            }
        }
        Some(work)
    }

    pub(super) fn withdrawn(&mut self, chunk: ChunkId, turn: &mut Turn) {
        let Some((work, _)) = self.take(chunk) else { return };
        self.progress.requests = self.progress.requests.saturating_sub(1);
        self.no_longer_busy(&work);
        let outcome = Outcome::with_code(Verdict::NotSent, "withdrawn");
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        self.first(work);
    }

    pub(super) fn no_longer_busy(&mut self, work: &Work) {
        let place = self.agent_of(work.group);
        if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut())
            && inquiry.busy == Some(work.id)
        {
            inquiry.busy = None;
        }
    }
}
