//! Fewest pages: the survivors of all split chunks go into full chunks and are
//! prepared once more; nobody sees the links of the fragments. Only for actions
//! that start nothing: the type says so.

use std::collections::BTreeMap;

use crate::domain::chunks::{Cut, Piece, cut};
use crate::domain::job::{ChunkId, FlowNo};
use crate::essbasic::action::Preparing;
use crate::journal::{ChunkKind, Transition};

use super::work::{Member, Phase, Work};
use super::{Schedule, Turn};

impl Schedule {
    /// Nothing can be sent now: what is still open is concluded. Once there is no
    /// more of the input either, the fragments are gathered.
    pub(super) fn idle(&mut self, turn: &mut Turn) {
        if self.progress.in_flight > 0 {
            return;
        }
        for agent in 0..self.agents.len() {
            self.ask_those_to_take_apart(agent);
            self.conclude(agent, turn);
            self.take_next_apart(agent, turn);
        }
        if !self.progress.exhausted {
            return;
        }
        self.conclude_undecided(turn);
        self.reject_values_at_the_end();
        if !self.work.values().any(|(_, phase)| *phase != Phase::Suspected)
            && let Some(preparing) = self.limits.action.preparing()
        {
            self.gather(preparing, turn);
        }
    }

    /// Whether somebody is still open to whom an acceptance now would be an answer.
    fn needs_control(&self, group: u32) -> bool {
        let agent = self.agents.get(self.agent_of(group));
        agent.is_some_and(|agent| agent.suspects.iter().any(|one| one.failing || one.is_general()))
    }

    fn gather(&mut self, _: Preparing, turn: &mut Turn) {
        let mut by_group: BTreeMap<u32, (Vec<ChunkId>, BTreeMap<FlowNo, Member>)> = BTreeMap::new();
        for (id, work) in &self.withheld {
            if !self.is_stopped(work.group) {
                let (fragments, members) = by_group.entry(work.group).or_default();
                fragments.push(*id);
                members.extend(work.members.iter().map(|member| (member.flow, *member)));
            }
        }
        let (mut keep, mut void, mut chunks) = (Vec::new(), Vec::new(), Vec::new());
        for (fragments, members) in by_group.into_values() {
            let group = fragments.first().and_then(|id| self.withheld.get(id)).map_or(0, |work| work.group);
            let pieces = members.values().map(|member| Piece {
                flow: member.flow,
                group,
                size: u64::from(member.size),
            });
            let full = cut(pieces, self.limits.chunk);
            // Where no page would be saved these links are as good as any, unless an
            // acceptance is needed to tell whose fault something was.
            let as_they_are = full.len() >= fragments.len() && !self.needs_control(group);
            for fragment in &fragments {
                let Some((work, _)) = self.take(*fragment) else { continue };
                if as_they_are {
                    self.count_accepted(work.len());
                }
            }
            if as_they_are {
                keep.extend(fragments);
                continue;
            }
            void.extend(fragments);
            for Cut { group, flows } in full {
                let members = flows.iter().filter_map(|flow| members.get(flow)).copied().collect();
                chunks.push(Work::new(self.new_id(), group, ChunkKind::Gathered, members));
            }
        }
        if keep.is_empty() && void.is_empty() {
            return;
        }
        let new = chunks.iter().map(Work::as_new).collect();
        turn.record(Transition::Gather { keep, void, chunks: new });
        for work in chunks {
            self.ready.push_back(work.id);
            self.put(work, Phase::Ready);
        }
        // Where an Agent's refusals are still open, they are what is asked next.
        for agent in 0..self.agents.len() {
            self.conclude(agent, turn);
        }
    }
}
