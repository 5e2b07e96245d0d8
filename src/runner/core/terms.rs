//! What the core is told, and what it answers.

use std::collections::BTreeSet;
use std::time::Instant;

use crate::domain::chunks::{ChunkLimits, Cut};
use crate::domain::flow::Agent;
use crate::domain::job::{ChunkId, FlowNo};
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::journal::{Seen, StopRecord, Transition};
use crate::runner::{Event, LastSeen, Reason, RetrySettings};

use super::work::{Member, Phase, Work};

/// The time as both clocks have it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: Instant,
    /// Microseconds since 1970.
    pub unix_us: i64,
}

/// How a job is to be sent.
pub struct Limits {
    pub action: Action,
    pub retry: RetrySettings,
    pub chunk: ChunkLimits,
    pub most_in_flight: usize,
    /// Codes that someone has said are the contracts' own fault.
    pub keep_going: BTreeSet<String>,
    /// The same for whatever code comes up.
    pub keep_going_for_all: bool,
    /// Of the settings, by its number in the job.
    pub default_template: Option<u32>,
    /// Contracts of the job.
    pub contracts: u64,
}

/// What the journal knows of an Agent.
pub struct KnownAgent {
    pub agent: Agent,
    pub groups: Vec<u32>,
    pub accepted_before: bool,
    pub stopped_before: Option<StopRecord>,
}

pub enum Input {
    /// Chunks that the journal has: to be sent, or withheld.
    Loaded(Vec<(Work, Phase)>),
    /// More of the input, cut but not written down.
    Cut(Vec<(Cut, Vec<Member>)>),
    /// There is no more of the input.
    Exhausted,
    /// Nothing can be sent now: whatever is still open is to be concluded.
    Idle,
    /// A slot draws near.
    Slot,
    Answered {
        chunk: ChunkId,
        outcome: Outcome,
        seen: Seen,
    },
    /// It was not sent after all.
    Withdrawn {
        chunk: ChunkId,
    },
    /// The credentials were read anew from where they came.
    KeysRead {
        differ: bool,
    },
    Woke,
}

pub enum Effect {
    Record(Transition),
    /// The chunk is to be loaded, its intent recorded, and then sent.
    Send(ChunkId),
    /// The credentials are to be read anew: `KeysRead` says what came of it.
    ReadKeys,
    Tell(Event),
}

/// What the schedule needs next.
pub enum Next {
    /// A slot: something can be sent.
    Slot,
    /// More of the input.
    Load,
    /// An answer, or that time.
    Wait(Option<Instant>),
    /// Nothing is left that could be sent now.
    Drained,
    End(Reason),
}

/// Why nothing of an Agent leaves any more.
#[derive(Clone)]
pub enum Blame {
    /// The API says that the caller is at fault.
    Caller(Outcome),
    /// All contracts are refused alike: someone has to say whose fault that is.
    Question(Box<Question>),
}

/// Why the work of all Agents ends.
#[derive(Clone)]
pub(super) enum Ending {
    Blame(Blame),
    SameLink(Outcome),
    /// Something stands between us and the API that another try would not change.
    NoContact(Outcome),
}

impl From<Ending> for Reason {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Blame(blame) => blame.into(),
            Ending::SameLink(outcome) => Self::SameLink(outcome),
            Ending::NoContact(outcome) => Self::Unreachable(LastSeen::of(&outcome)),
        }
    }
}

/// What all the contracts of a series were told.
#[derive(Clone)]
pub struct Question {
    pub outcome: Outcome,
    /// The code may as well be the caller's.
    pub general: bool,
    /// The series, by number.
    pub flows: Vec<FlowNo>,
    /// What they have in common, as far as somebody has looked.
    pub shared: Vec<Shared>,
}

/// Something that contracts have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Shared {
    Template(String),
    /// A field that the settings give where no column does.
    Default(String),
    /// The header of a column whose value is the same for all of them.
    Column(String),
}

/// What happens within one call.
pub(super) struct Turn {
    pub now: Moment,
    pub chance: f64,
    pub effects: Vec<Effect>,
}

impl Turn {
    pub fn record(&mut self, transition: Transition) {
        self.effects.push(Effect::Record(transition));
    }

    pub fn tell(&mut self, event: Event) {
        self.effects.push(Effect::Tell(event));
    }
}

impl From<Blame> for Reason {
    fn from(blame: Blame) -> Self {
        match blame {
            Blame::Caller(outcome) => Self::Caller(outcome),
            Blame::Question(question) => Self::Question(question),
        }
    }
}
