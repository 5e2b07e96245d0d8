//! Cuts what the job's file still has to send into chunks, some at a time, so that
//! the first leave while a million contracts wait. It holds a bit for each row of
//! the input, and the flows of chunks that are not full yet.

use std::collections::{HashMap, HashSet};

use crate::domain::chunks::{ChunkLimits, Cut, Cutter, Piece};
use crate::domain::job::{FlowNo, JobId};
use crate::journal::{JobFile, Journal, JournalError, Sendable};

use super::Scope;
use super::core::Member;

/// Contracts read at a time.
const BLOCK: u32 = 1_000;

pub struct Planner {
    cutter: Cutter,
    /// Of the flows in the cutter.
    members: HashMap<FlowNo, Member>,
    /// Flows up to here have been looked at.
    next: FlowNo,
    placed: Bits,
    /// Someone else's contract has to be decided first.
    waiting: HashSet<FlowNo>,
    scope: Scope,
    /// Of a trial, what may still be cut.
    left: usize,
    is_done: bool,
}

impl Planner {
    pub fn new(journal: &Journal, job: &JobId, scope: Scope) -> Result<Self, JournalError> {
        let mut placed = Bits::default();
        journal.each_placed(job, |flow| placed.set(flow))?;
        let left = match scope {
            // Trials of a job together try at most so many.
            Scope::First(most) => most.saturating_sub(journal.count_tried(job)?),
            Scope::All | Scope::Only(_) => usize::MAX,
        };
        Ok(Self {
            cutter: Cutter::default(),
            members: HashMap::new(),
            next: FlowNo(0),
            placed,
            waiting: journal.unclaimed(job)?.into_iter().collect(),
            scope,
            left,
            is_done: false,
        })
    }

    /// The next chunks; none: there are no more.
    pub fn next_chunks(
        &mut self,
        file: &JobFile,
        limits: ChunkLimits,
        most: usize,
        is_stopped: impl Fn(u32) -> bool,
    ) -> Result<Vec<(Cut, Vec<Member>)>, JournalError> {
        let mut cuts: Vec<Cut> = Vec::new();
        while cuts.len() < most && !self.is_done {
            let block = file.sendables(self.next, BLOCK)?;
            let last = block.len() < BLOCK as usize;
            for sendable in block {
                self.next = FlowNo(sendable.flow.0 + 1);
                if !self.wants(&sendable) || is_stopped(sendable.group) {
                    continue;
                }
                if self.left == 0 {
                    break;
                }
                self.left -= 1;
                self.placed.set(sendable.flow);
                let piece = Piece { flow: sendable.flow, group: sendable.group, size: sendable.size };
                self.members.insert(sendable.flow, member_of(&sendable));
                cuts.extend(self.cutter.add(piece, limits));
                if cuts.len() >= most {
                    break;
                }
            }
            if self.left == 0 || (last && cuts.len() < most) {
                self.is_done = true;
                cuts.extend(std::mem::take(&mut self.cutter).rest());
            }
        }
        Ok(cuts
            .into_iter()
            .map(|cut| {
                let members = cut.flows.iter().filter_map(|flow| self.members.remove(flow)).collect();
                (cut, members)
            })
            .collect())
    }

    fn wants(&self, sendable: &Sendable) -> bool {
        self.scope.includes(sendable.flow)
            && !self.placed.has(sendable.flow)
            && !self.waiting.contains(&sendable.flow)
    }
}

pub fn member_of(sendable: &Sendable) -> Member {
    Member {
        flow: sendable.flow,
        template: sendable.template,
        size: u32::try_from(sendable.size).unwrap_or(u32::MAX),
        deadline: sendable.deadline,
        relative: sendable.relative,
    }
}

/// A set of small numbers.
#[derive(Default)]
struct Bits {
    words: Vec<u64>,
}

impl Bits {
    fn place(flow: FlowNo) -> Option<(usize, u64)> {
        let number = usize::try_from(flow.0).ok()?;
        Some((number / 64, 1 << (number % 64)))
    }

    fn set(&mut self, flow: FlowNo) {
        let Some((word, bit)) = Self::place(flow) else { return };
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(own) = self.words.get_mut(word) {
            *own |= bit;
        }
    }

    fn has(&self, flow: FlowNo) -> bool {
        Self::place(flow).is_some_and(|(word, bit)| self.words.get(word).is_some_and(|own| own & bit != 0))
    }
}
