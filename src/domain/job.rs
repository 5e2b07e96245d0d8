//! Jobs, chunks and what became of a row.

use serde::{Deserialize, Serialize};

/// A run of one input file (or of a pair). Short enough to be read out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobId(pub String);

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A chunk's number within its job, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkId(pub i64);

/// An attempt of a chunk: its number is counted from 1 within the chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AttemptId {
    pub chunk: ChunkId,
    pub number: u32,
}

/// A flow's number within its job, from 0 in the order of the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FlowNo(pub i64);

/// What the report says of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Accepted,
    /// The API refused it.
    Rejected,
    /// Never sent: it breaks a rule.
    Invalid,
    Duplicate,
    Skipped,
    InDoubt,
    Pending,
}

impl Status {
    pub const ALL: [Self; 7] = [
        Self::Accepted,
        Self::Rejected,
        Self::Invalid,
        Self::Duplicate,
        Self::Skipped,
        Self::InDoubt,
        Self::Pending,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Invalid => "invalid",
            Self::Duplicate => "duplicate",
            Self::Skipped => "skipped",
            Self::InDoubt => "in_doubt",
            Self::Pending => "pending",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// Which of the contracts that were sent before go once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Again {
    #[default]
    No,
    /// Those that were taken back since, refused by a signer, or ran out of time.
    Ended,
    All,
    /// Those that were left out when the file was sent, and that no job has sent since.
    Rest,
}

/// How contracts stand that were sent before, as far as somebody has asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentBefore {
    /// Still being signed, or nobody knows.
    pub open: u64,
    /// Signed by everybody.
    pub signed: u64,
    /// Taken back, refused by a signer, or out of time.
    pub ended: u64,
}

impl SentBefore {
    pub fn all(&self) -> u64 {
        self.open + self.signed + self.ended
    }
}

/// Contracts that are about to be started, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    pub contracts: u64,
    /// Signers and those who get a copy, each once.
    pub people: u64,
    /// It is a trial already.
    pub trial: bool,
    /// What was sent before, where somebody wants some of it to go again.
    pub again: Again,
    pub before: SentBefore,
}

/// How many contracts stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tally {
    pub accepted: u64,
    pub rejected: u64,
    pub invalid: u64,
    pub duplicate: u64,
    pub skipped: u64,
    pub in_doubt: u64,
    pub pending: u64,
}

impl Tally {
    pub fn add(&mut self, status: Status, count: u64) {
        *match status {
            Status::Accepted => &mut self.accepted,
            Status::Rejected => &mut self.rejected,
            Status::Invalid => &mut self.invalid,
            Status::Duplicate => &mut self.duplicate,
            Status::Skipped => &mut self.skipped,
            Status::InDoubt => &mut self.in_doubt,
            Status::Pending => &mut self.pending,
        } += count;
    }

    pub fn of(&self, status: Status) -> u64 {
        match status {
            Status::Accepted => self.accepted,
            Status::Rejected => self.rejected,
            Status::Invalid => self.invalid,
            Status::Duplicate => self.duplicate,
            Status::Skipped => self.skipped,
            Status::InDoubt => self.in_doubt,
            Status::Pending => self.pending,
        }
    }

    pub fn total(&self) -> u64 {
        self.accepted
            + self.rejected
            + self.invalid
            + self.duplicate
            + self.skipped
            + self.in_doubt
            + self.pending
    }

    /// Contracts whose data has to be corrected.
    pub fn to_correct(&self) -> u64 {
        self.rejected + self.invalid
    }

    /// Contracts that a person has to look at.
    pub fn to_fix(&self) -> u64 {
        self.rejected + self.invalid + self.in_doubt
    }
}
