//! What someone who watches a run wants to know.

use std::time::Duration;

use crate::domain::job::{JobId, Tally};
use crate::domain::verdict::Verdict;
use crate::essbasic::client::Sent;

use super::LastSeen;

pub enum Event {
    Progress {
        tally: Tally,
        requests: u64,
        /// Requests a second.
        rate: f64,
    },
    /// A request has ended.
    Answered {
        verdict: Verdict,
        code: Option<String>,
        /// From when it had left to the end of the answer.
        took: Option<Duration>,
        /// Its body has left.
        left: bool,
    },
    /// Everything fails; nothing is sent for that long.
    Paused {
        pause: Duration,
        last: LastSeen,
    },
    /// A request holds fewer flows from now on.
    SmallerChunks {
        flows: usize,
    },
    WaitingFor {
        job: JobId,
    },
    Deprecated {
        warning: String,
        /// The action's end is announced: there is another one to switch to.
        ends: bool,
    },
    /// The credentials have ended, and others were found where they came from.
    KeysRenewed,
    UnknownCode {
        code: String,
    },
    /// The other side has named a time.
    AskedToWait {
        wait: Duration,
        code: String,
    },
    /// Nothing but refusals for the quota for some time.
    Crowded,
    /// Two answers had the same request id, with links of their own.
    RepeatedRequestId,
    /// The links lead to another host than those before; `before`: none were shown yet.
    PageHost {
        host: String,
        before: Option<String>,
    },
}

impl Event {
    pub fn answered(sent: &Sent) -> Self {
        let Sent { outcome, wire, round_trip } = sent;
        Self::Answered {
            verdict: outcome.verdict,
            code: outcome.code.clone(),
            took: *round_trip,
            left: wire.is_some(),
        }
    }
}

pub type Tell = Box<dyn Fn(Event) + Send + Sync>;
