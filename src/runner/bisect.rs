//! Whose fault is a code that may be either's? While that is open, only the
//! parts of one chunk are sent, one at a time. Pure.

use std::collections::HashSet;

use crate::domain::job::ChunkId;
use crate::domain::verdict::Outcome;

/// So many flows failing alike, and none that passes, is the caller.
const ENOUGH: usize = 20;

pub struct Bisect {
    pub code: String,
    members: HashSet<ChunkId>,
    /// Single flows that failed alike: not blamed yet.
    suspects: Vec<(ChunkId, Outcome)>,
    flows: usize,
}

/// What is to be done when nobody of the bisection is left to ask.
pub enum Finding {
    /// It goes on.
    Open,
    /// Ask another chunk.
    AskNext,
    /// It was the only flow of all: the flow is at fault, as far as can be told.
    Flow,
    Caller,
}

impl Bisect {
    pub fn new(code: String) -> Self {
        Self { code, members: HashSet::new(), suspects: Vec::new(), flows: 0 }
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

    /// Someone passed: the code is the data's fault, and so are these.
    pub fn into_guilty(self) -> Vec<(ChunkId, Outcome)> {
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
            Finding::Flow
        } else {
            Finding::Caller
        }
    }
}
