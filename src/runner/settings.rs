//! How hard to try, what to send, and why the work ended.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use crate::domain::job::{FlowNo, JobId};
use crate::domain::network::Trouble;
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::journal::JournalError;
use crate::pace::PaceError;

use super::core::Question;
use super::loader::Redate;

/// How hard to try.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrySettings {
    /// Tries of one chunk in one run; refusals for the quota do not count.
    pub attempts: u32,
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// How long everything may fail before the job stops.
    pub give_up: Duration,
    /// The same while no answer has come at all.
    pub first_contact: Duration,
}

#[derive(Clone)]
pub struct RunSettings {
    pub action: Action,
    pub retry: RetrySettings,
    pub flows_per_chunk: usize,
    pub bytes_per_chunk: u64,
    pub scope: Scope,
    /// Acceptances before this moment prove nothing: the operator was another one.
    pub proven_since_us: i64,
    /// Someone says that what all contracts are refused for is their own fault.
    pub keep_going: bool,
    /// The template that the settings give.
    pub default_template: Option<String>,
    /// Counts a relative deadline from now.
    pub redate: Redate,
}

/// Which contracts a run may send.
#[derive(Clone, Debug)]
pub enum Scope {
    All,
    /// As a trial, so many that were not tried yet.
    First(usize),
    /// Someone named them; the others wait for another run.
    Only(HashSet<FlowNo>),
}

impl Scope {
    pub fn includes(&self, flow: FlowNo) -> bool {
        match self {
            Self::All | Self::First(_) => true,
            Self::Only(flows) => flows.contains(&flow),
        }
    }
}

/// Someone wants the work to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    #[default]
    No,
    /// Finish what is in flight.
    Gently,
    /// At once.
    Now,
}

pub enum End {
    /// Nothing is left to send.
    Finished,
    /// What this run was to send is sent; the rest waits for the next one.
    Partly,
    /// Nothing may be sent any more: of what is left nobody knows whether it was started.
    InDoubt,
    Stopped(Reason),
}

/// The last failure that was seen.
#[derive(Clone, Default)]
pub struct LastSeen {
    pub code: Option<String>,
    /// Where it was met on the way.
    pub trouble: Option<Arc<Trouble>>,
}

impl LastSeen {
    pub fn of(outcome: &Outcome) -> Self {
        Self { code: outcome.code.clone(), trouble: outcome.trouble.clone() }
    }
}

/// Why the work ended early. All of it can be resumed.
pub enum Reason {
    /// The API says that the caller is at fault.
    Caller(Outcome),
    /// All contracts are refused alike: someone has to say whose fault that is.
    Question(Box<Question>),
    /// A gateway gives the same link for different contracts.
    SameLink(Outcome),
    /// Nobody answers.
    Unreachable(LastSeen),
    /// Some chunks used up their tries.
    Held(LastSeen),
    Signal,
    /// The same, and what was in flight was dropped.
    SignalTwice,
    /// Another job that is not running has sent, or tried to send, the same contracts.
    WaitsFor(JobId),
    Journal(JournalError),
    Pace(PaceError),
    /// A flow in the journal cannot be read back.
    Unreadable,
}

impl From<JournalError> for Reason {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<PaceError> for Reason {
    fn from(error: PaceError) -> Self {
        Self::Pace(error)
    }
}
