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

/// What an answer says of one flow, where the action answers flow by flow.
#[derive(Clone, PartialEq)]
pub enum FlowAnswer {
    /// It is started, under this id.
    Started(String),
    /// It is refused, and this is the API's sentence.
    Refused(String),
    /// The answer says both of it, or neither.
    Unclear,
}

/// The answer of an action that starts flows.
#[derive(Clone, Default, PartialEq)]
pub struct Started {
    /// What became of each flow of the request, in its order; empty: it cannot be told.
    pub flows: Vec<FlowAnswer>,
    /// Ids that came, of which it cannot be told whose they are.
    pub loose: Vec<String>,
}

impl Started {
    /// Every id that came.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        let of_flows = self.flows.iter().filter_map(|flow| match flow {
            FlowAnswer::Started(id) => Some(id.as_str()),
            FlowAnswer::Refused(_) | FlowAnswer::Unclear => None,
        });
        of_flows.chain(self.loose.iter().map(String::as_str))
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
    /// What was started, where the action starts flows.
    pub started: Box<Started>,
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
            started: Box::default(),
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
