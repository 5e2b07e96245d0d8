//! What can be asked of the API, and how its answer is read. Nothing outside
//! assumes that there is only one action.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::domain::flow::Sender;
use crate::domain::verdict::{Outcome, Verdict};

use super::verdict::judge_code;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Makes a page on which a person confirms; only then are contracts started.
    PrepareFlows,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Request<'a> {
    agent: Agent<'a>,
    flow_infos: Vec<&'a RawValue>,
    jump_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Agent<'a> {
    app_id: &'a str,
    proxy_organization_open_id: &'a str,
    proxy_operator: Operator<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Operator<'a> {
    open_id: &'a str,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: Response,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Response {
    request_id: Option<String>,
    error: Option<ApiError>,
    confirm_url: Option<String>,
    deprecated_warning: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ApiError {
    code: String,
    #[serde(default)]
    message: String,
}

impl Action {
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::PrepareFlows].into_iter().find(|action| action.wire_name() == name)
    }

    pub fn wire_name(self) -> &'static str {
        match self {
            Self::PrepareFlows => "PrepareFlows",
        }
    }

    /// Flows a request may hold.
    pub fn most_flows(self) -> usize {
        match self {
            Self::PrepareFlows => 20,
        }
    }

    /// Whether a request whose answer was lost may be sent again without
    /// doubling anything: a page that nobody has the link of does no harm.
    pub fn is_safe_to_repeat(self) -> bool {
        match self {
            Self::PrepareFlows => true,
        }
    }

    /// The request's body. `flows` are `FlowInfo`s as JSON, in order.
    pub fn body(self, sender: &Sender, flows: &[Box<RawValue>]) -> serde_json::Result<Vec<u8>> {
        match self {
            Self::PrepareFlows => serde_json::to_vec(&Request {
                agent: Agent {
                    app_id: &sender.app_id,
                    proxy_organization_open_id: &sender.organization_open_id,
                    proxy_operator: Operator { open_id: &sender.operator_open_id },
                },
                flow_infos: flows.iter().map(|flow| &**flow).collect(),
                jump_url: &sender.jump_url,
            }),
        }
    }

    /// Reads an answer with status 200.
    pub fn read_answer(self, answer: &[u8]) -> Outcome {
        let Ok(Envelope { response }) = serde_json::from_slice::<Envelope>(answer) else {
            return Outcome::with_code(Verdict::InDoubt, "answer.unreadable");
        };
        let mut outcome = match (response.error, response.confirm_url) {
            (Some(error), _) => {
                let (verdict, known) = judge_code(&error.code);
                Outcome {
                    message: Some(error.message).filter(|message| !message.is_empty()),
                    unknown_code: !known,
                    ..Outcome::with_code(verdict, error.code)
                }
            }
            (None, Some(url)) if !url.is_empty() => {
                Outcome { url: Some(url), ..Outcome::new(Verdict::Accepted) }
            }
            (None, _) => Outcome::with_code(Verdict::InDoubt, "answer.no_url"),
        };
        outcome.request_id = response.request_id;
        outcome.deprecated = response.deprecated_warning;
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(answer: &str) -> (Verdict, Option<String>) {
        let outcome = Action::PrepareFlows.read_answer(answer.as_bytes());
        (outcome.verdict, outcome.code)
    }

    #[test]
    fn answers_are_read() {
        let ok = Action::PrepareFlows
            .read_answer(br#"{"Response":{"ConfirmUrl":"https://x.test/1","RequestId":"r"}}"#);
        assert_eq!(
            (ok.verdict, ok.url.as_deref(), ok.request_id.as_deref()),
            (Verdict::Accepted, Some("https://x.test/1"), Some("r"))
        );
        for (answer, expected, code) in [
            (
                r#"{"Response":{"Error":{"Code":"MissingParameter","Message":"m"},"RequestId":"r"}}"#,
                Verdict::Either,
                "MissingParameter",
            ),
            (r#"{"Response":{"RequestId":"r"}}"#, Verdict::InDoubt, "answer.no_url"),
            (r#"{"Response":{"ConfirmUrl":"","RequestId":"r"}}"#, Verdict::InDoubt, "answer.no_url"),
            ("<html>", Verdict::InDoubt, "answer.unreadable"),
            (r#"{"Response":{"Conf"#, Verdict::InDoubt, "answer.unreadable"),
            ("", Verdict::InDoubt, "answer.unreadable"),
        ] {
            assert_eq!(verdict(answer), (expected, Some(code.to_owned())), "{answer}");
        }
    }
}
