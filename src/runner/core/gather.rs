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
    /// There is no more of the input, and nothing is on its way.
    pub(super) fn exhausted(&mut self, turn: &mut Turn) {
        self.progress.exhausted = true;
        if self.progress.in_flight > 0 {
            return;
        }
        for agent in 0..self.agents.len() {
            self.conclude(agent, turn);
        }
        self.conclude_undecided(turn);
        let still = |phase: &Phase| !matches!(phase, Phase::Withheld | Phase::Suspected);
        if !self.work.values().any(|(_, phase)| still(phase))
            && let Some(preparing) = self.limits.action.preparing()
        {
            self.gather(preparing, turn);
        }
    }

    fn gather(&mut self, _: Preparing, turn: &mut Turn) {
        let mut by_group: BTreeMap<u32, (Vec<ChunkId>, BTreeMap<FlowNo, Member>)> = BTreeMap::new();
        for (id, (work, phase)) in &self.work {
            if *phase == Phase::Withheld && !self.is_stopped(work.group) {
                let (fragments, members) = by_group.entry(work.group).or_default();
                fragments.push(*id);
                members.extend(work.members.iter().map(|member| (member.flow, *member)));
            }
        }
        let (mut keep, mut void, mut chunks) = (Vec::new(), Vec::new(), Vec::new());
        for (fragments, members) in by_group.into_values() {
            let group = fragments.first().and_then(|id| self.work.get(id)).map_or(0, |(work, _)| work.group);
            let pieces = members.values().map(|member| Piece {
                flow: member.flow,
                group,
                size: u64::from(member.size),
            });
            let full = cut(pieces, self.limits.chunk);
            for fragment in &fragments {
                let Some((work, _)) = self.take(*fragment) else { continue };
                if full.len() >= fragments.len() {
                    // No page would be saved: these links are as good as any.
                    self.count_accepted(work.len());
                }
            }
            if full.len() >= fragments.len() {
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
    }
}
