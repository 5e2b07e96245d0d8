//! One guard for every refusal: nobody is blamed for what is not theirs.
//!
//! A contract that was refused alone is a suspect until something of its Agent
//! passes that was sent afterwards. Where everything is refused alike, the work of
//! that Agent stops with a question instead.

use std::collections::BTreeMap;

use crate::domain::flow::Agent;
use crate::domain::job::{ChunkId, FlowNo};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::{After, ChunkKind, StopRecord, Transition, Unsent};

use super::agents::{Part, is_of_an_agent};
use super::inquiry::{FEWEST, Finding, IN_A_ROW, Surroundings, Suspect};
use super::work::{Member, Phase, Work};
use super::{Blame, Ending, Question, Schedule, Turn};

impl Schedule {
    /// Something of the Agent has passed.
    pub(super) fn clear(&mut self, place: usize, chunk: ChunkId, sent_at: u64, turn: &mut Turn) {
        let at = self.tick();
        let Some(agent) = self.agents.get_mut(place) else { return };
        agent.accepted_at = Some(at);
        agent.accepted_sent_at = agent.accepted_sent_at.max(Some(sent_at));
        agent.refused_whole = 0;
        self.progress.accepted = true;
        self.reject_values_that_others_pass_without(place, sent_at);
        let Some(agent) = self.agents.get_mut(place) else { return };
        let asked = agent.inquiry.as_ref().is_some_and(|inquiry| inquiry.members.contains(&chunk));
        let (guilty, open): (Vec<Suspect>, Vec<Suspect>) =
            std::mem::take(&mut agent.suspects).into_iter().partition(|suspect| suspect.at < sent_at);
        agent.suspects = open;
        self.forget_stop(place, turn);
        for suspect in guilty {
            self.blame_or_ask_again(suspect, turn);
        }
        if asked {
            self.close_inquiry(place, true, turn);
        } else {
            self.take_next_apart(place, turn);
        }
        self.conclude_undecided(turn);
    }

    /// What says nothing of a contract may have passed by now: one that was refused for a code that may be
    /// the caller's, or that the other side has failed on, is asked once more before it is blamed.
    fn blame_or_ask_again(&mut self, suspect: Suspect, turn: &mut Turn) {
        let confirmed = self.work.get(&suspect.chunk).is_none_or(|(work, _)| work.confirmed);
        if suspect.outcome.verdict == Verdict::Data || confirmed {
            return self.blame(suspect, turn);
        }
        if let Some((work, _)) = self.take(suspect.chunk) {
            self.first(Work { confirmed: true, cleared: true, tries: 0, ..work });
        }
    }

    /// Another value of what an Agent was stopped for has passed since: it is the
    /// value, and the contracts with it are rejected.
    fn reject_values_that_others_pass_without(&mut self, passed: usize, sent_at: u64) {
        let Some(own) = self.agents.get(passed).map(|state| state.agent.clone()) else { return };
        self.reject_values(|part, agent, at| sent_at > at && part.of(agent) != part.of(&own));
    }

    /// There is no more to send that could tell. The value it is where those with
    /// another one have all passed; where they were refused in the end as well, it
    /// may be the caller.
    pub(super) fn reject_values_at_the_end(&mut self) {
        if self.agents.iter().all(|state| state.refused_part.is_none()) {
            return;
        }
        let others: Vec<(Agent, bool)> = self
            .agents
            .iter()
            .map(|state| (state.agent.clone(), state.accepted_at.is_some() && state.stopped.is_none()))
            .collect();
        self.reject_values(|part, agent, _| {
            others.iter().any(|(other, passed)| *passed && part.of(other) != part.of(agent))
        });
    }

    fn reject_values(&mut self, is_the_value: impl Fn(&Part, &Agent, u64) -> bool) {
        for place in 0..self.agents.len() {
            // Whoever has had something accepted is known, whatever one answer says; and what is on its way
            // may tell yet.
            let is_on_its_way = self.work.values().any(|(work, phase)| {
                self.agent_of(work.group) == place && matches!(phase, Phase::Sent { .. })
            });
            let Some(state) = self.agents.get_mut(place).filter(|_| !is_on_its_way) else { continue };
            if state.accepted_at.is_some() || state.accepted_before {
                state.refused_part = None;
                continue;
            }
            let resolved = state.refused_part.take_if(|(part, _, at)| is_the_value(part, &state.agent, *at));
            if let Some((part, outcome, _)) = resolved {
                self.known.refused.add(part, part.of(&state.agent), outcome);
                state.stopped = None;
                self.progress.replan = true;
            }
        }
    }

    /// The contract itself is at fault.
    fn blame(&mut self, suspect: Suspect, turn: &mut Turn) {
        let Some((work, _)) = self.take(suspect.chunk) else { return };
        turn.record(Transition::Drop {
            chunk: suspect.chunk,
            why: Unsent::Rejected,
            code: suspect.outcome.code,
            message: suspect.outcome.message,
        });
        self.count_rejected(work.len());
    }

    /// What waited for its end goes on. `cleared`: contracts are at fault.
    fn close_inquiry(&mut self, place: usize, cleared: bool, turn: &mut Turn) {
        let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.take()) else { return };
        for member in inquiry.members {
            if let Some((work, _)) = self.work.get_mut(&member) {
                work.cleared |= cleared;
            }
        }
        let mut free: Vec<ChunkId> = Vec::new();
        if let Some(agent) = self.agents.get_mut(place) {
            if !cleared {
                free.extend(std::mem::take(&mut agent.to_take_apart));
            }
            for held in inquiry.held {
                let refused = self.work.get(&held).is_some_and(|(work, _)| work.refused && work.len() > 1);
                match cleared && refused {
                    true => agent.to_take_apart.push_back(held),
                    false => free.push(held),
                }
            }
        }
        for held in free.into_iter().rev() {
            if let Some((_, Phase::Held)) = self.work.get(&held)
                && let Some((work, _)) = self.take(held)
            {
                self.first(Work { refused: false, ..work });
            }
        }
        self.take_next_apart(place, turn);
    }

    /// One more of those that were refused while others were asked. It need not be sent as it is: it is
    /// known to be refused, and for no other reason.
    pub(super) fn take_next_apart(&mut self, place: usize, turn: &mut Turn) {
        // Many at once would be refused alike in a row before anything passes.
        const MOST_PARTS: usize = 8;
        let may = |agent: &super::AgentState| agent.inquiry.is_none() && !agent.to_take_apart.is_empty();
        if !self.agents.get(place).is_some_and(may) {
            return;
        }
        let is_under_way = |(work, phase): &&(Work, Phase)| {
            let moves = !matches!(phase, Phase::Suspected | Phase::Held);
            !work.is_whole() && moves && self.agent_of(work.group) == place
        };
        if self.work.values().filter(is_under_way).count() >= MOST_PARTS {
            return;
        }
        while let Some(held) = self.agents.get_mut(place).and_then(|agent| agent.to_take_apart.pop_front()) {
            if let Some((_, Phase::Held)) = self.work.get(&held)
                && let Some((work, _)) = self.take(held)
            {
                self.split_unsent(Work { refused: false, cleared: true, ..work }, true, turn);
                return;
            }
        }
    }

    /// Nothing can be sent now: while an inquiry goes on, it asks those, too.
    pub(super) fn ask_those_to_take_apart(&mut self, place: usize) {
        if let Some(agent) = self.agents.get_mut(place)
            && let Some(inquiry) = &mut agent.inquiry
        {
            inquiry.held.extend(std::mem::take(&mut agent.to_take_apart));
        }
    }

    /// To be asked whenever something of the Agent may have become free or fallen away.
    pub(super) fn conclude(&mut self, place: usize, turn: &mut Turn) {
        let Some(agent) = self.agents.get(place) else { return };
        if agent.stopped.is_some() {
            return;
        }
        if agent.suspects.is_empty() {
            if agent.inquiry.as_ref().is_some_and(|inquiry| inquiry.members.is_empty()) {
                self.close_inquiry(place, false, turn);
            }
            return;
        }
        let next = self.next_to_ask(place);
        let around = Surroundings {
            others_left: next.is_some() || self.is_more_to_come(place),
            control_left: self.has_control(place),
            few_contracts: self.limits.contracts < FEWEST as u64,
            anyone_accepted: self.anyone_accepted(),
        };
        let Some(agent) = self.agents.get_mut(place) else { return };
        match agent.finding(around) {
            Finding::Open => {}
            Finding::AskNext => {
                // One that is on its way, or waits, is asked when it is back.
                if let (Some(next), Some(inquiry)) = (next, &mut agent.inquiry) {
                    inquiry.members.insert(next);
                    inquiry.held.retain(|held| *held != next);
                    if let Some((_, Phase::Held)) = self.work.get(&next)
                        && let Some((work, _)) = self.take(next)
                    {
                        self.first(work);
                    }
                }
            }
            Finding::Reject => {
                let (left, suspects): (Vec<Suspect>, Vec<Suspect>) =
                    std::mem::take(&mut agent.suspects).into_iter().partition(|suspect| suspect.failing);
                agent.suspects = left;
                suspects.into_iter().for_each(|suspect| self.blame(suspect, turn));
                self.forget_stop(place, turn);
                self.close_inquiry(place, true, turn);
            }
            Finding::Stop => self.question(place, turn),
            Finding::Undecided => self.close_inquiry(place, false, turn),
            Finding::Leave => {
                // The journal has them: the next run may send them.
                let left = std::mem::take(&mut agent.suspects);
                self.progress.held = true;
                left.into_iter().for_each(|suspect| drop(self.take(suspect.chunk)));
            }
        }
    }

    /// Whether a withheld fragment of the Agent can show what passes now.
    fn has_control(&self, place: usize) -> bool {
        self.withheld.values().any(|work| self.agent_of(work.group) == place)
    }

    /// A whole chunk of the Agent that could be asked next.
    fn next_to_ask(&self, place: usize) -> Option<ChunkId> {
        let of_agent = |chunk: &ChunkId| {
            self.work.get(chunk).is_some_and(|(work, phase)| {
                self.agent_of(work.group) == place && matches!(phase, Phase::Ready | Phase::Held)
            })
        };
        let inquiry = self.agents.get(place).and_then(|agent| agent.inquiry.as_ref());
        let held = inquiry.into_iter().flat_map(|inquiry| inquiry.held.iter());
        held.chain(self.ready.iter()).copied().find(of_agent)
    }

    /// Whether chunks of the Agent are under way, or may still come.
    fn is_more_to_come(&self, place: usize) -> bool {
        !self.progress.exhausted
            || self
                .work
                .values()
                .any(|(work, phase)| self.agent_of(work.group) == place && *phase != Phase::Suspected)
    }

    /// The Agent's work stops: someone has to say whose fault it is.
    fn question(&mut self, place: usize, turn: &mut Turn) {
        let Some(agent) = self.agents.get_mut(place) else { return };
        let Some((most, ..)) = agent.most_alike() else { return };
        let most = most.clone();
        let code = most.alike.code.clone();
        if self.limits.keep_going_for_all {
            self.limits.keep_going.insert(code.clone());
            turn.record(Transition::KeepGoing { code });
            self.forget_stop(place, turn);
            let Some(agent) = self.agents.get_mut(place) else { return };
            let (left, refused): (Vec<Suspect>, Vec<Suspect>) =
                std::mem::take(&mut agent.suspects).into_iter().partition(|suspect| suspect.failing);
            agent.suspects = left;
            refused.into_iter().for_each(|suspect| self.blame(suspect, turn));
            self.close_inquiry(place, true, turn);
            return;
        }
        let record = StopRecord { code, alike: most.alike.message.clone() };
        turn.record(Transition::Stop { agent: agent.agent.clone(), stop: record.clone() });
        let general = most.is_general();
        let flows = self.join_suspects(place, &most.alike.code, turn);
        let question = Question { outcome: most.outcome, general, flows, shared: Vec::new() };
        self.stop(place, Blame::Question(Box::new(question)));
        // Others who are asked about the same need one contract to be told the same.
        for other in &mut self.agents {
            let same = other.inquiry.as_ref().is_some_and(|inquiry| inquiry.code == record.code);
            if same && other.accepted_at.is_none() && other.stopped.is_none() {
                other.stopped_before.get_or_insert_with(|| record.clone());
            }
        }
    }

    /// Nothing of the Agent leaves any more; the journal has all of it.
    pub(super) fn stop(&mut self, place: usize, blame: Blame) {
        let Some(agent) = self.agents.get_mut(place) else { return };
        agent.inquiry = None;
        agent.suspects.clear();
        agent.stopped = Some(blame);
        let of_agent: Vec<ChunkId> = self
            .work
            .iter()
            .filter(|(_, (work, phase))| {
                self.agent_of(work.group) == place && !matches!(phase, Phase::Sent { .. })
            })
            .map(|(id, _)| *id)
            .collect();
        for chunk in of_agent {
            self.take(chunk);
        }
        let work = &self.work;
        self.waiting.retain(|_, right| work.contains_key(right));
        self.ready.retain(|chunk| work.contains_key(chunk));
    }

    /// Many Agents, a few contracts each, all refused alike, and nobody passes: it is
    /// none of their contracts.
    pub(super) fn stop_where_nobody_passes(&mut self, turn: &mut Turn) {
        if self.anyone_accepted() || self.progress.suspects < IN_A_ROW {
            return;
        }
        let suspects = || self.agents.iter().flat_map(|agent| &agent.suspects).filter(|one| !one.failing);
        let Some(last) = suspects().next_back().map(|suspect| suspect.alike.clone()) else { return };
        if suspects().filter(|suspect| suspect.alike == last).count() < IN_A_ROW {
            return;
        }
        for place in 0..self.agents.len() {
            if self.agents.get(place).is_some_and(|agent| !agent.suspects.is_empty()) {
                self.question(place, turn);
            }
        }
        if let Some(blame) = self.agents.iter().find_map(|agent| agent.stopped.clone()) {
            self.progress.ending.get_or_insert(Ending::Blame(blame));
        }
    }

    /// Agents with so few contracts that none of them could pass: what others are
    /// told decides.
    pub(super) fn conclude_undecided(&mut self, turn: &mut Turn) {
        let open = |agent: &super::AgentState| agent.stopped.is_none() && !agent.suspects.is_empty();
        if self.progress.suspects == 0 {
            return;
        }
        // Where something withheld can still be prepared once more, that tells.
        let undecided: Vec<usize> = (0..self.agents.len())
            .filter(|place| {
                let agent = self.agents.get(*place);
                agent.is_some_and(|agent| open(agent) && agent.inquiry.is_none())
                    && !self.is_more_to_come(*place)
                    && !self.has_control(*place)
            })
            .collect();
        let suspects: Vec<Suspect> = undecided
            .iter()
            .filter_map(|place| self.agents.get(*place))
            .flat_map(|a| a.suspects.clone())
            .collect();
        let Some(last) = suspects.last().cloned() else { return };
        let alike = suspects.iter().all(|suspect| suspect.alike == last.alike);
        let nobody = !self.anyone_accepted();
        if nobody && alike && suspects.len() >= FEWEST && self.limits.contracts >= FEWEST as u64 {
            for place in undecided {
                self.question(place, turn);
            }
            return;
        }
        for place in undecided {
            let Some(agent) = self.agents.get_mut(place) else { continue };
            if agent.suspects.iter().any(Suspect::may_be_the_callers) {
                self.question(place, turn);
                continue;
            }
            if agent.suspects.iter().all(|suspect| !suspect.failing) {
                std::mem::take(&mut agent.suspects).into_iter().for_each(|suspect| self.blame(suspect, turn));
            }
        }
    }

    /// What was taken apart to ask is one chunk again, so that the next run need
    /// not send it flow by flow. Returns the flows.
    fn join_suspects(&mut self, place: usize, code: &str, turn: &mut Turn) -> Vec<FlowNo> {
        let suspects = self.agents.get(place).map(|agent| agent.suspects.clone()).unwrap_or_default();
        let mut by_group: BTreeMap<u32, BTreeMap<FlowNo, Member>> = BTreeMap::new();
        let mut void = Vec::new();
        let told = suspects.iter().filter(|suspect| suspect.alike.code == code);
        let flows = told
            .filter_map(|suspect| self.work.get(&suspect.chunk))
            .flat_map(|(work, _)| work.members.iter().map(|member| member.flow))
            .collect();
        let suspects: Vec<ChunkId> = suspects.iter().map(|suspect| suspect.chunk).collect();
        // Parts that were not asked yet are of the same chunks.
        let parts = self.open_parts(place).into_iter().filter(|chunk| {
            self.work.get(chunk).is_some_and(|(_, phase)| !matches!(phase, Phase::Sent { .. }))
        });
        let parts: Vec<ChunkId> = parts.collect();
        for chunk in suspects.into_iter().chain(parts) {
            let Some((work, _)) = self.take(chunk) else { continue };
            void.push(work.id);
            by_group.entry(work.group).or_default().extend(work.members.iter().map(|one| (one.flow, *one)));
        }
        let most = self.limits.chunk.flows.max(1);
        let mut joined = Vec::new();
        for (group, members) in by_group {
            let members: Vec<Member> = members.into_values().collect();
            for members in members.chunks(most) {
                let id = self.new_id();
                joined.push(Work::new(id, group, ChunkKind::Cut, members.to_vec()).as_new());
            }
        }
        turn.record(Transition::Gather { keep: Vec::new(), void, chunks: joined });
        flows
    }

    /// The API says that the caller is at fault: which part of it, and for whom.
    pub(super) fn callers_fault(&mut self, work: Work, outcome: Outcome, turn: &mut Turn) {
        let code = outcome.code.as_deref().unwrap_or_default();
        let place = self.agent_of(work.group);
        let Some(agent) = self.agents.get(place).map(|state| state.agent.clone()) else { return };
        let several = self.agents.iter().any(|other| other.agent != agent);
        if several && is_of_an_agent(code) {
            self.settle(&work, &outcome, After::Again { counts: false }, turn);
            self.stop(place, Blame::Caller(outcome));
            return;
        }
        let part = Part::named_by(code);
        // A value that all contracts share is the caller's; one of several came from a column.
        let differs = |part: &Part| self.agents.iter().any(|other| part.of(&other.agent) != part.of(&agent));
        let Some(part) = part.filter(differs) else {
            self.replace_member(&work, &[]);
            self.end_with_caller(work, outcome, turn);
            return;
        };
        // Whether it is the value or the caller shows in what passes with another one.
        self.settle(&work, &outcome, After::Again { counts: false }, turn);
        let at = self.tick();
        self.stop(place, Blame::Caller(outcome.clone()));
        if let Some(state) = self.agents.get_mut(place) {
            state.refused_part = Some((part, outcome, at));
        }
    }
}
