//! Whose fault is a code that may be either's? While that is open, only the
//! parts of one chunk are sent, one at a time, and all that is asked is of one
//! Agent: what another is told says nothing of this one. Pure.

use std::collections::HashSet;

use crate::domain::flow::Agent;
use crate::domain::job::ChunkId;
use crate::domain::verdict::Outcome;

/// So many flows failing alike, and none that passes, is the caller.
const ENOUGH: usize = 20;

pub struct Bisect {
    pub agent: Agent,
    members: HashSet<ChunkId>,
    /// Single flows that failed alike: not blamed yet.
    suspects: Vec<(ChunkId, Outcome)>,
    flows: usize,
}

/// What is to be done when nobody of the bisection is left to ask.
pub enum Finding {
    /// It goes on.
    Open,
    /// Ask another chunk of the same agent.
    AskNext,
    /// It was the only one that could be asked: the flow is at fault, or the caller.
    Single,
    Caller,
}

impl Bisect {
    pub fn new(agent: Agent) -> Self {
        Self { agent, members: HashSet::new(), suspects: Vec::new(), flows: 0 }
    }

    /// Takes in a whole chunk.
    pub fn ask(&mut self, chunk: ChunkId, flows: usize) {
        self.members.insert(chunk);
        self.flows += flows;
    }

    pub fn is_member(&self, chunk: ChunkId) -> bool {
        self.members.contains(&chunk)
    }

    pub fn split(&mut self, chunk: ChunkId, halves: [ChunkId; 2]) {
        if self.members.remove(&chunk) {
            self.members.extend(halves);
        }
    }

    pub fn leave(&mut self, chunk: ChunkId) {
        self.members.remove(&chunk);
    }

    pub fn suspect(&mut self, chunk: ChunkId, outcome: Outcome) {
        self.members.remove(&chunk);
        self.suspects.push((chunk, outcome));
    }

    /// Single flows that failed, each with what was said of it.
    pub fn into_suspects(self) -> Vec<(ChunkId, Outcome)> {
        self.suspects
    }

    pub fn finding(&self, others_left: bool) -> Finding {
        if !self.members.is_empty() {
            Finding::Open
        } else if self.flows >= ENOUGH {
            Finding::Caller
        } else if others_left {
            Finding::AskNext
        } else if self.flows == 1 {
            Finding::Single
        } else {
            Finding::Caller
        }
    }
}
