//! A chunk on its way, and where it is: in exactly one phase.

use std::time::Instant;

use crate::domain::job::{AttemptId, ChunkId, FlowNo};
use crate::journal::{ChunkKind, NewChunk};

/// A flow as far as sending it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    pub flow: FlowNo,
    /// A number of the job's table of templates.
    pub template: Option<u32>,
    /// Bytes on the wire.
    pub size: u32,
    /// Unix seconds.
    pub deadline: i64,
    /// The deadline counts from the day of the import: it is counted anew where it
    /// has passed.
    pub relative: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Work {
    pub id: ChunkId,
    pub group: u32,
    pub kind: ChunkKind,
    pub members: Vec<Member>,
    /// Attempts that count against the limit.
    pub tries: u32,
    /// All attempts.
    pub attempts: u32,
    /// When it was first sent in this run, by the schedule's own count.
    pub first_sent: Option<u64>,
    /// When nobody answered for the first time, by the same count.
    pub first_failed: Option<u64>,
    /// Its flows may have arrived somewhere: their deadlines stay as they are.
    pub travelled: bool,
    /// It was tried again for an unclear code already, itself or whole.
    pub asked_twice: bool,
    /// It came out of an inquiry that has found contracts at fault, not the caller.
    pub cleared: bool,
    /// A chunk that the other side fails on, of which this is a part.
    pub failing: Option<ChunkId>,
    /// A contract refused alone for an unclear code was asked once more.
    pub confirmed: bool,
    /// It was refused, and waits for an inquiry's end.
    pub refused: bool,
    /// Its answer had a link that another one had: it was asked once more for that.
    pub link_repeated: bool,
}

impl Work {
    pub fn new(id: ChunkId, group: u32, kind: ChunkKind, members: Vec<Member>) -> Self {
        Self {
            id,
            group,
            kind,
            members,
            tries: 0,
            attempts: 0,
            first_sent: None,
            first_failed: None,
            travelled: false,
            asked_twice: false,
            cleared: false,
            failing: None,
            confirmed: false,
            refused: false,
            link_repeated: false,
        }
    }

    pub fn len(&self) -> usize {
        self.members.len()
    }

    pub fn flows(&self) -> Vec<FlowNo> {
        self.members.iter().map(|member| member.flow).collect()
    }

    /// Its next attempt, or the one that it is in.
    pub fn attempt(&self) -> AttemptId {
        AttemptId { chunk: self.id, number: self.attempts }
    }

    /// Part of a chunk that was split: its link would be a fragment's.
    pub fn is_fragment(&self) -> bool {
        self.kind == ChunkKind::Half
    }

    /// Not part of another one.
    pub fn is_whole(&self) -> bool {
        matches!(self.kind, ChunkKind::Cut | ChunkKind::Gathered)
    }

    /// A part of it, with what is known of the whole.
    pub fn part(&self, id: ChunkId, members: Vec<Member>) -> Self {
        Self {
            travelled: self.travelled,
            asked_twice: self.asked_twice,
            cleared: self.cleared,
            failing: self.failing,
            ..Self::new(id, self.group, self.kind.of_parts(), members)
        }
    }

    pub fn as_new(&self) -> NewChunk {
        NewChunk { id: self.id, group: self.group, kind: self.kind, flows: self.flows() }
    }
}

/// Where a chunk is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Phase {
    /// In the queue.
    Ready,
    /// To be tried again after a while.
    Delayed { until: Instant },
    /// On the wire, or on its way there.
    Sent { at: u64 },
    /// What becomes of its left half says something of it.
    WaitsFor(ChunkId),
    /// Its Agent's inquiry is to end first.
    Held,
    /// Refused alone: whose fault that is shows in what passes later.
    Suspected,
    /// Accepted, but only a fragment: its link is shown to nobody yet.
    Withheld,
}
