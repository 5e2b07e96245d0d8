//! The journal's vocabulary: what is written down, in the words of the field.
//!
//! Every change after the import is a [`Transition`]. It is whole or not at all,
//! and its ids are made by the caller, so that nothing has to be read back.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::domain::doubt::How;
use crate::domain::flow::Agent;
use crate::domain::job::{Again, AttemptId, ChunkId, FlowNo, JobId};
use crate::domain::verdict::Outcome;

/// The first half of a keyed hash: enough to tell contracts apart for ever, and
/// small, since two of them stay in the ledger for every contract.
pub type Fingerprint = [u8; 16];

/// The first half of a hash.
pub fn fingerprint(hash: &[u8; 32]) -> Fingerprint {
    std::array::from_fn(|at| hash[at])
}

/// Names a contract within its realm. Those of one number, or of one text, begin
/// alike whatever the realm and the template, so that they are found together.
pub fn claim(own: &[u8; 32], within: &[u8; 32]) -> Fingerprint {
    std::array::from_fn(|at| if at < CLAIM_OWN { own[at] } else { within[at] })
}

/// What is hashed with a contract's number, so that no other text has the same hash.
pub const NUMBER: &[u8] = b"key";

/// Bytes of a claim that say which contract it is, in any realm.
pub const CLAIM_OWN: usize = 8;

/// A job on its way into the ledger.
pub struct NewJob {
    pub id: JobId,
    pub realm: String,
    pub identity: [u8; 32],
    /// 0, and one more for each `--again`.
    pub round: i64,
    /// The action's name on the wire.
    pub action: String,
    /// JSON, for the report.
    pub about: String,
    pub now_us: i64,
}

/// A contract on its way into the ledger.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NewFlow {
    pub flow: FlowNo,
    /// Names the contract within its realm: only one flow holds it at a time.
    pub claim: Fingerprint,
    /// What the contract says.
    pub content: Fingerprint,
    /// Its template, name and signers, and the name of its file: those of contracts
    /// without a number are kept.
    pub likeness: Option<Fingerprint>,
}

/// Contracts that a report shows on a page of which the journal knows nothing.
pub struct Believed {
    pub group: u32,
    pub url: Option<String>,
    pub request_id: String,
    pub flows: Vec<FlowNo>,
    /// Of contracts that were started.
    pub flow_ids: Vec<(FlowNo, String)>,
    /// They may have been started, and nobody knows.
    pub in_doubt: bool,
}

/// What someone has said of contracts that were sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// The same key with other contents may go.
    pub reused_keys: bool,
    /// One that was corrected since may go as it was.
    pub corrected: bool,
    /// The very same contract may go once more.
    pub again: Again,
}

/// A contract as an earlier round of a file had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Then {
    pub job: JobId,
    pub flow: FlowNo,
}

/// What earlier rounds of a file did with the rows of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftAlone {
    /// They went: it does not go.
    Sent(Then),
    /// That job has sent what they were corrected to: it does not go.
    Corrected {
        /// None: it is no contract of an earlier round.
        then: Option<Then>,
        by: JobId,
    },
    /// The API has refused them, and they are to be corrected: it does not go.
    Refused(Then),
    /// They broke a rule: it may go, but of it and of their correction one does.
    Invalid(Then),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    /// Cut from the input.
    Cut,
    /// Part of a chunk that was split: its link would be a fragment's.
    Half,
    /// Part of a gathered chunk that was split: its flows do not go together, so
    /// its link counts.
    Piece,
    /// Survivors of split chunks.
    Gathered,
}

impl ChunkKind {
    pub const ALL: [Self; 4] = [Self::Cut, Self::Half, Self::Piece, Self::Gathered];

    pub fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Half => "half",
            Self::Piece => "piece",
            Self::Gathered => "gathered",
        }
    }

    pub fn from_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(Self::Cut)
    }

    /// Of the parts that a chunk of this kind is split into.
    pub fn of_parts(self) -> Self {
        match self {
            Self::Cut | Self::Half => Self::Half,
            Self::Gathered | Self::Piece => Self::Piece,
        }
    }
}

/// Flows that travel in one request. Who belongs to a chunk never changes: where
/// a flow leaves it, others take its place.
#[derive(Clone, Debug, PartialEq)]
pub struct NewChunk {
    pub id: ChunkId,
    /// Flows of different groups never share a request.
    pub group: u32,
    pub kind: ChunkKind,
    pub flows: Vec<FlowNo>,
}

/// What is to become of a chunk after an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// Accepted: its flows have the page.
    Accept,
    /// Accepted, but only a fragment: its link is withheld. Only an action that
    /// starts nothing may be withheld.
    Withhold,
    /// Back to the queue; `counts`: against the number of tries.
    Again { counts: bool },
    /// Two chunks instead; the left one takes that many flows.
    Split { left: ChunkId, right: ChunkId, at: usize },
    /// Its flows were answered one by one: these chunks instead.
    Apart { parts: Vec<Part> },
    /// All its flows are refused for good.
    Reject,
    /// No more tries for now.
    Hold,
}

/// Flows of a chunk that met with the same, where each has an answer of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub id: ChunkId,
    pub state: PartState,
    pub flows: Vec<FlowNo>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartState {
    Accepted,
    InDoubt,
    /// Refused, and it is not known yet whose fault that is.
    Pending,
}

impl PartState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::InDoubt => "in_doubt",
            Self::Pending => "pending",
        }
    }
}

/// A contract of which nobody knows whether it was started.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubtRecord {
    pub flow: FlowNo,
    pub group: u32,
    /// When its last request was intended; `None`: another journal has sent it.
    pub begun_us: Option<i64>,
    /// When it ended, or else when somebody has found that it was cut off.
    pub ended_us: Option<i64>,
    pub code: Option<String>,
}

/// What is known now of a contract that was in doubt.
#[derive(Clone, PartialEq)]
pub struct Settled {
    pub flow: FlowNo,
    pub what: SettledAs,
    pub how: How,
    /// Who has said it, as was said.
    pub said_by: Option<String>,
}

#[derive(Clone, PartialEq)]
pub enum SettledAs {
    /// `status`: as the API calls how it stands, where it was asked.
    Started { flow_id: String, status: Option<String> },
    /// It may be sent again.
    NotSent,
}

/// Why a flow was taken out of its chunk without being sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// It is known what the API would say.
    Rejected,
    /// It breaks a rule by now: its deadline has passed.
    Invalid,
}

/// One change of a job. All of them are durable in the order in which they are
/// recorded.
#[derive(Clone, PartialEq)]
pub enum Transition {
    /// Flows are put into new chunks, in that order.
    AddChunks(Vec<NewChunk>),
    /// A chunk is about to be sent. From here on a crash is a doubt. Refused
    /// where the chunk is not waiting to be sent, or the lease is not ours.
    Intend { attempt: AttemptId, slot_us: i64, now_us: i64 },
    /// The attempt's outcome, and what follows from it.
    Settle { attempt: AttemptId, outcome: Outcome, after: After, now_us: i64 },
    /// A chunk that need not be sent is split: it is known that the fault is in it.
    Split { chunk: ChunkId, left: ChunkId, right: ChunkId, at: usize },
    /// Some flows of a chunk are taken out before it is sent; `kept` has the others.
    Sift {
        chunk: ChunkId,
        kept: ChunkId,
        out: Vec<FlowNo>,
        why: Unsent,
        code: Option<String>,
        message: Option<String>,
    },
    /// All flows of a chunk are taken out before it is sent.
    Drop { chunk: ChunkId, why: Unsent, code: Option<String>, message: Option<String> },
    /// The end of fragments: the links of `keep` are good after all; those of
    /// `void` are never shown, and their flows go into `chunks`.
    Gather { keep: Vec<ChunkId>, void: Vec<ChunkId>, chunks: Vec<NewChunk> },
    /// An Agent's work has stopped with a question.
    Stop { agent: Agent, stop: StopRecord },
    /// What an Agent's work had stopped for does not hold any more.
    Resume { agent: Agent },
    /// Someone has said that refusals with this code are the contracts' own.
    KeepGoing { code: String },
}

/// Why an Agent's work stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopRecord {
    pub code: String,
    /// The message without what differs from contract to contract.
    pub alike: String,
}

/// A job as the ledger knows it.
#[derive(Clone, Debug)]
pub struct JobRecord {
    pub id: JobId,
    pub realm: String,
    pub round: i64,
    /// The action's name on the wire.
    pub action: String,
    pub about: String,
    pub created_us: i64,
    pub finished_us: Option<i64>,
    pub finished: bool,
    pub ready: bool,
}

impl JobRecord {
    /// `forget` has taken the names of its files from what the ledger keeps.
    pub fn is_forgotten(&self) -> bool {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct About {
            files: Vec<IgnoredAny>,
        }
        serde_json::from_str::<About>(&self.about).is_ok_and(|about| about.files.is_empty())
    }
}

/// Where the rows of a job are, which stand in a file of its own beside the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contents {
    Kept,
    /// Somebody or time has erased them.
    Erased,
    /// The file has gone, and nobody has erased it: what the ledger has of the job is still there.
    Lost,
}

/// A chunk that is to be sent, or whose link is withheld.
#[derive(Clone, Debug, PartialEq)]
pub struct ChunkRecord {
    pub id: ChunkId,
    pub group: u32,
    pub kind: ChunkKind,
    /// Attempts that count against the limit.
    pub tries: u32,
    /// All attempts.
    pub attempts: u32,
    pub withheld: bool,
    pub flows: Vec<FlowNo>,
}

/// One link to open. It has its number for ever.
#[derive(Clone)]
pub struct Page {
    /// From 1, within the job.
    pub number: u32,
    pub attempt: AttemptId,
    pub url: String,
    pub request_id: Option<String>,
    pub group: u32,
    pub first: FlowNo,
    pub last: FlowNo,
    pub flows: u64,
    pub ended_us: i64,
    /// Another page has taken its place: its link must not be opened.
    pub replaced: bool,
    pub confirmed: Option<Confirmed>,
}

/// Somebody has said that a page is confirmed.
#[derive(Clone, PartialEq, Eq)]
pub struct Confirmed {
    /// Unix microseconds.
    pub at_us: i64,
    /// Who has confirmed it, as was said.
    pub by: Option<String>,
}

/// A contract that was sent before or is being sent, or might have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub flow: FlowNo,
    pub job: JobId,
    pub kind: ConflictKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// The very same contract: a duplicate.
    Same,
    /// The same, and everybody has signed it since.
    SameSigned,
    /// The same, and it has ended since without everybody's signature.
    SameEnded,
    /// The very same, and nobody knows what became of it.
    InDoubt,
    /// The same number, other contents.
    KeyReused,
    /// The same number, other contents, and all that had it have ended since.
    KeyEnded,
    /// The same contents, another template.
    OtherTemplate,
    /// The same contents, for another application, organisation or endpoint.
    OtherRealm,
    /// It failed before, and was sent since, corrected: a duplicate.
    Corrected,
    /// It was sent meanwhile, before or after another correction.
    Meanwhile,
    /// It waits to be sent there, before or after another correction, or its answer is not known.
    Waits,
    /// Its number was sent in another writing: 1 and 0001, ht-1 and HT-1.
    NumberAlike,
    /// No number, other contents, but the same template, name and signers in a file of
    /// the same name, lately.
    Alike,
    /// The same of one that had a number then.
    AlikeNumbered,
    /// Other contents, but the same people by their names or mobiles, in a file of the same name, or in the one of
    /// another day: somebody has corrected it.
    Resembles,
}

/// Whether parts of an answer were in an answer before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub url: bool,
    pub request_id: bool,
}

/// The right to send a job's contracts. Each process that takes a job up gets a
/// new number; intents under an older one are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease(pub(super) i64);
