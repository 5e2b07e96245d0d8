//! What an attempt came to, and what that means for the chunk.

use std::sync::Arc;
use std::time::Duration;

use super::network::Trouble;

/// What is to be done about an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Every flow of the chunk is prepared.
    Accepted,
    /// The data of some flow is at fault: find it.
    Data,
    /// Whoever sends is at fault: stop the job, blame no row.
    Caller,
    /// May be either: one bisection at a time decides.
    Either,
    /// It does not say: once more, and then it counts as data.
    Unclear,
    /// Fewer flows a request.
    Smaller,
    /// The quota is used up for the moment: not the chunk's failure.
    Throttled,
    /// The body never left: send again.
    NotSent,
    /// Their side failed and says so, or the gateway does.
    Server,
    /// A gateway refuses the request, perhaps for what stands in it: again, then in parts.
    Gateway,
    /// The body left and no answer came that can be read.
    InDoubt,
}

impl Verdict {
    pub const ALL: [Self; 11] = [
        Self::Accepted,
        Self::Data,
        Self::Caller,
        Self::Either,
        Self::Unclear,
        Self::Smaller,
        Self::Throttled,
        Self::NotSent,
        Self::Server,
        Self::Gateway,
        Self::InDoubt,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Data => "data",
            Self::Caller => "caller",
            Self::Either => "either",
            Self::Unclear => "unclear",
            Self::Smaller => "smaller",
            Self::Throttled => "throttled",
            Self::NotSent => "not_sent",
            Self::Server => "server",
            Self::Gateway => "gateway",
            Self::InDoubt => "in_doubt",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// How an attempt ended. The message is the API's own sentence: it may quote
/// data, so it goes to the report and never to a log.
#[derive(Clone, PartialEq)]
pub struct Outcome {
    pub verdict: Verdict,
    /// The API's error code, or one of ours (`network.timeout`, ...).
    pub code: Option<String>,
    pub message: Option<String>,
    pub request_id: Option<String>,
    pub http_status: Option<u16>,
    /// The page to confirm, when accepted.
    pub url: Option<String>,
    pub retry_after: Option<Duration>,
    /// The code is in no document that we know of.
    pub unknown_code: bool,
    /// What the API says of its own end.
    pub deprecated: Option<String>,
    /// What stood between us and the API.
    pub trouble: Option<Arc<Trouble>>,
}

impl Outcome {
    pub fn new(verdict: Verdict) -> Self {
        Self {
            verdict,
            code: None,
            message: None,
            request_id: None,
            http_status: None,
            url: None,
            retry_after: None,
            unknown_code: false,
            deprecated: None,
            trouble: None,
        }
    }

    pub fn with_code(verdict: Verdict, code: impl Into<String>) -> Self {
        Self { code: Some(code.into()), ..Self::new(verdict) }
    }
}
