//! What can be asked of the API, and how its answer is read. Nothing outside
//! assumes that there is only one action.

use serde::Serialize;
use serde_json::Value as Json;

use crate::domain::field::FieldId;
use crate::domain::flow::Sender;
use crate::domain::link::is_link;
use crate::domain::network::shown;
use crate::domain::verdict::{Outcome, Verdict};

use super::started;
use crate::domain::codes::{judge_code, judge_status};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Makes a page on which a person confirms; only then are contracts started.
    PrepareFlows,
    /// Starts contracts at once.
    CreateFlowsByTemplates,
}

/// Proof that an action starts nothing. Only [`Action::preparing`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Preparing(());

/// Proof that an action can show contracts without starting them. Only
/// [`Action::previewing`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Previewing(());

impl Previewing {
    /// What stands around the flow of a request that only shows it.
    ///
    /// # Errors
    /// As [`Action::frame`].
    pub fn frame(self, action: Action, sender: &Sender) -> serde_json::Result<Frame> {
        let head = action.frame(sender)?.head;
        Ok(Frame { head, tail: started::PREVIEW_TAIL.as_bytes().to_vec() })
    }
}

/// What stands before and after the flows of a request's body; between the flows,
/// which are `FlowInfo`s as JSON, stand commas.
#[derive(Clone, Debug)]
pub struct Frame {
    pub head: Vec<u8>,
    pub tail: Vec<u8>,
}

/// Who asks, as every request says it.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Agent<'a> {
    app_id: &'a str,
    proxy_organization_open_id: &'a str,
    proxy_operator: Operator<'a>,
}

impl<'a> Agent<'a> {
    pub(super) fn of(sender: &'a Sender) -> Self {
        Self {
            app_id: &sender.app_id,
            proxy_organization_open_id: &sender.organization_open_id,
            proxy_operator: Operator { open_id: &sender.operator_open_id },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Operator<'a> {
    open_id: &'a str,
}

/// Values of a request besides its flows that every action wants.
const AGENT: &[FieldId] = &[FieldId::AppId, FieldId::OrganizationOpenId, FieldId::OperatorOpenId];
const AGENT_AND_JUMP: &[FieldId] =
    &[FieldId::AppId, FieldId::OrganizationOpenId, FieldId::OperatorOpenId, FieldId::JumpUrl];

/// Longer ones are no codes, ids or sentences.
pub(super) const MOST_CODE: usize = 100;
pub(super) const MOST_MESSAGE: usize = 500;

/// What an answer says, as far as it can be read: a field of an unexpected type
/// spoils no other.
pub(super) struct Answer {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) deprecated: Option<String>,
    /// The rest is the action's to read.
    pub(super) response: Json,
}

impl Answer {
    pub(super) fn read(answer: &[u8]) -> Option<Self> {
        let answer = answer.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(answer);
        let mut envelope: Json = serde_json::from_slice(answer).ok()?;
        let response = envelope.get_mut("Response").filter(|response| response.is_object())?.take();
        let error = response.get("Error").filter(|error| !error.is_null());
        Some(Self {
            code: error.map(|error| text(error.get("Code"), MOST_CODE).unwrap_or_default()),
            message: error.and_then(|error| text(error.get("Message"), MOST_MESSAGE)),
            request_id: text(response.get("RequestId"), MOST_CODE),
            deprecated: text(response.get("DeprecatedWarning"), MOST_MESSAGE),
            response,
        })
    }
}

/// Of the API's own words only what can be shown: no control characters, and not
/// without end.
pub(super) fn text(value: Option<&Json>, most: usize) -> Option<String> {
    let text = match value? {
        Json::Null => return None,
        Json::String(text) => text.clone(),
        other => other.to_string(),
    };
    Some(shown(&text, most)).filter(|text| !text.is_empty())
}

/// Our code for an answer with status 200 that is none of the API's.
pub const UNREADABLE: &str = "answer.unreadable";

impl Action {
    pub const ALL: [Self; 2] = [Self::PrepareFlows, Self::CreateFlowsByTemplates];

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.wire_name() == name)
    }

    pub fn wire_name(self) -> &'static str {
        match self {
            Self::PrepareFlows => "PrepareFlows",
            Self::CreateFlowsByTemplates => "CreateFlowsByTemplates",
        }
    }

    /// Flows a request may hold.
    pub fn most_flows(self) -> usize {
        match self {
            Self::PrepareFlows | Self::CreateFlowsByTemplates => 20,
        }
    }

    /// Whether a request starts nothing: a page that nobody has the link of does no
    /// harm. Only then may a link be withheld, declared void, or asked for again.
    pub fn preparing(self) -> Option<Preparing> {
        match self {
            Self::PrepareFlows => Some(Preparing(())),
            Self::CreateFlowsByTemplates => None,
        }
    }

    /// Whether it can show contracts without starting them. What starts nothing shows them
    /// on its page.
    pub fn previewing(self) -> Option<Previewing> {
        match self {
            Self::PrepareFlows => None,
            Self::CreateFlowsByTemplates => Some(Previewing(())),
        }
    }

    /// Values of a request that it cannot do without, besides its flows.
    pub fn request_fields(self) -> &'static [FieldId] {
        match self {
            Self::PrepareFlows => AGENT_AND_JUMP,
            Self::CreateFlowsByTemplates => AGENT,
        }
    }

    /// Values of a contract that it does not take.
    pub fn closed_fields(self) -> &'static [FieldId] {
        match self {
            Self::PrepareFlows => &[FieldId::FlowOperateLimitNoRelease],
            Self::CreateFlowsByTemplates => &[],
        }
    }

    /// When the API's owner has announced to switch it off: RFC 3339.
    pub fn announced_end(self) -> Option<&'static str> {
        match self {
            Self::PrepareFlows => Some("2025-09-18T15:08:25+08:00"),
            Self::CreateFlowsByTemplates => None,
        }
    }

    /// What stands around the flows in a request's body.
    ///
    /// # Errors
    /// Plain texts always have a JSON form.
    pub fn frame(self, sender: &Sender) -> serde_json::Result<Frame> {
        let agent = serde_json::to_string(&Agent::of(sender))?;
        let tail = match self {
            Self::PrepareFlows => {
                let jump = serde_json::to_string(&sender.jump_url)?;
                format!(r#"],"JumpUrl":{jump}}}"#)
            }
            Self::CreateFlowsByTemplates => "]}".to_owned(),
        };
        let head = format!(r#"{{"Agent":{agent},"FlowInfos":["#);
        Ok(Frame { head: head.into_bytes(), tail: tail.into_bytes() })
    }

    /// What an error code of the API means for a request, and whether it is documented.
    fn judge(self, code: &str) -> (Verdict, bool) {
        match self {
            Self::PrepareFlows => judge_code(code),
            Self::CreateFlowsByTemplates => started::judge(code),
        }
    }

    /// The same of a status that is none of the API's own answers.
    fn judge_status(self, status: u16) -> Verdict {
        match self {
            Self::PrepareFlows => judge_status(status),
            Self::CreateFlowsByTemplates => started::judge_status(status),
        }
    }

    /// Reads an answer with another status than 200. A gateway may pass on the API's own
    /// answer: the status decides, but support asks for the RequestId; and a refusal that
    /// has the API's own envelope is the API's.
    pub fn read_other(self, status: u16, answer: &[u8]) -> Outcome {
        read_other(self.judge_status(status), |code| self.judge(code), status, answer)
    }

    /// Reads an answer with status 200 to the request with that body.
    pub fn read_answer(self, body: &[u8], answer: &[u8]) -> Outcome {
        let Some(answer) = Answer::read(answer) else {
            return Outcome::with_code(Verdict::InDoubt, UNREADABLE);
        };
        let outcome = match answer.code {
            Some(code) if code.is_empty() => Outcome::with_code(Verdict::InDoubt, UNREADABLE),
            Some(code) => {
                let (verdict, known) = self.judge(&code);
                Outcome { message: answer.message, unknown_code: !known, ..Outcome::with_code(verdict, code) }
            }
            None => match self {
                Self::PrepareFlows => read_page(&answer.response),
                Self::CreateFlowsByTemplates => started::read(body, &answer.response),
            },
        };
        Outcome { request_id: answer.request_id, deprecated: answer.deprecated, ..outcome }
    }
}

/// As [`Action::read_other`], with the action's own verdicts of that status and of a code.
pub(super) fn read_other(
    verdict: Verdict,
    judge: impl Fn(&str) -> (Verdict, bool),
    status: u16,
    answer: &[u8],
) -> Outcome {
    let own = Outcome::with_code(verdict, format!("http.{status}"));
    let Some(answer) = Answer::read(answer) else { return own };
    if judge_status(status) == Verdict::Gateway
        && let Some(code) = answer.code.clone().filter(|code| !code.is_empty())
    {
        let (verdict, known) = judge(&code);
        return Outcome {
            message: answer.message,
            request_id: answer.request_id,
            unknown_code: !known,
            ..Outcome::with_code(verdict, code)
        };
    }
    let message = match (answer.code, answer.message) {
        (Some(code), Some(message)) => Some(format!("{code}: {message}")),
        (code, message) => code.or(message),
    };
    Outcome { message, request_id: answer.request_id, ..own }
}

/// A success of `PrepareFlows`: the page for all its flows.
fn read_page(response: &Json) -> Outcome {
    match response.get("ConfirmUrl").and_then(Json::as_str) {
        Some(url) if is_link(url) => Outcome { url: Some(url.to_owned()), ..Outcome::new(Verdict::Accepted) },
        Some(url) if !url.is_empty() => Outcome::with_code(Verdict::InDoubt, "answer.link"),
        _ => Outcome::with_code(Verdict::InDoubt, "answer.no_url"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(answer: &str) -> (Verdict, Option<String>) {
        let outcome = Action::PrepareFlows.read_answer(b"", answer.as_bytes());
        (outcome.verdict, outcome.code)
    }

    #[test]
    fn answers_are_read() {
        let ok = Action::PrepareFlows
            .read_answer(b"", br#"{"Response":{"ConfirmUrl":"https://x.test/1","RequestId":"r"}}"#);
        assert_eq!(
            (ok.verdict, ok.url.as_deref(), ok.request_id.as_deref()),
            (Verdict::Accepted, Some("https://x.test/1"), Some("r"))
        );
        let odd = Action::PrepareFlows.read_answer(
            b"",
            b"\xEF\xBB\xBF{\"Response\":{\"ConfirmUrl\":\"https://x.test/1\",\"RequestId\":7,\"DeprecatedWarning\":{\"a\":1}}}",
        );
        assert_eq!((odd.verdict, odd.request_id.as_deref()), (Verdict::Accepted, Some("7")));
        for (answer, expected, code) in [
            (
                r#"{"Response":{"Error":{"Code":"MissingParameter","Message":"m"},"RequestId":"r"}}"#,
                Verdict::Either,
                "MissingParameter",
            ),
            (r#"{"Response":{"RequestId":"r"}}"#, Verdict::InDoubt, "answer.no_url"),
            (r#"{"Response":{"ConfirmUrl":"","RequestId":"r"}}"#, Verdict::InDoubt, "answer.no_url"),
            (r#"{"Response":{"ConfirmUrl":"javascript:alert(1)"}}"#, Verdict::InDoubt, "answer.link"),
            (r#"{"Response":{"Error":{"Code":7},"RequestId":7}}"#, Verdict::Either, "7"),
            (
                r#"{"Response":{"Error":{"Code":"OperationDenied","Message":null}}}"#,
                Verdict::Either,
                "OperationDenied",
            ),
            (r#"{"Response":{"Error":{"Code":"A\u001b[31mB"}}}"#, Verdict::Either, "A [31mB"),
            (r#"{"Response":{"Error":{}}}"#, Verdict::InDoubt, "answer.unreadable"),
            (r#"{"Response":[]}"#, Verdict::InDoubt, "answer.unreadable"),
            ("<html>", Verdict::InDoubt, "answer.unreadable"),
            (r#"{"Response":{"Conf"#, Verdict::InDoubt, "answer.unreadable"),
            ("", Verdict::InDoubt, "answer.unreadable"),
        ] {
            assert_eq!(verdict(answer), (expected, Some(code.to_owned())), "{answer}");
        }
    }
}
