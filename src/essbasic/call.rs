//! Actions besides those that send contracts: what they ask, and how an answer is read.
//! Which codes and statuses mean what is the same table for all of them.

use serde::Serialize;
use serde_json::Value as Json;

use crate::domain::flow::Sender;
use crate::domain::verdict::{Outcome, Verdict};

use super::action::{self, Agent, Answer, UNREADABLE};
use crate::domain::codes::{judge_code, judge_status};

/// One question or order to the API. Its fields, as JSON, are the request's parameters
/// besides the Agent.
pub trait Call: Serialize + Sync {
    /// Its name on the wire.
    const ACTION: &'static str;
    /// It changes nothing: where no answer came it may be asked again.
    const ONLY_READS: bool;
    /// What an answer says.
    type Answer: Send;

    /// Reads `Response` of a success; `None`: it says nothing of what was asked.
    fn read(&self, response: &Json) -> Option<Self::Answer>;

    /// The request's body.
    ///
    /// # Errors
    /// Plain texts always have a JSON form.
    fn body(&self, sender: &Sender) -> serde_json::Result<Vec<u8>>
    where
        Self: Sized,
    {
        serde_json::to_vec(&Body { agent: Agent::of(sender), call: self })
    }
}

#[derive(Serialize)]
struct Body<'a, C> {
    #[serde(rename = "Agent")]
    agent: Agent<'a>,
    #[serde(flatten)]
    call: &'a C,
}

/// Reads an answer with status 200. The answer is there where the outcome is `Accepted`.
pub(super) fn read_answer<C: Call>(call: &C, answer: &[u8]) -> (Outcome, Option<C::Answer>) {
    let Some(answer) = Answer::read(answer) else {
        return (Outcome::with_code(Verdict::InDoubt, UNREADABLE), None);
    };
    let (outcome, read) = match answer.code {
        Some(code) if code.is_empty() => (Outcome::with_code(Verdict::InDoubt, UNREADABLE), None),
        Some(code) => {
            let (verdict, known) = judge_code(&code);
            let outcome = Outcome::with_code(verdict, code);
            (Outcome { message: answer.message, unknown_code: !known, ..outcome }, None)
        }
        None => match call.read(&answer.response) {
            Some(read) => (Outcome::new(Verdict::Accepted), Some(read)),
            None => (Outcome::with_code(Verdict::InDoubt, UNREADABLE), None),
        },
    };
    (Outcome { request_id: answer.request_id, deprecated: answer.deprecated, ..outcome }, read)
}

/// Reads an answer with another status.
pub(super) fn read_other(status: u16, answer: &[u8]) -> Outcome {
    action::read_other(judge_status(status), judge_code, status, answer)
}
