//! The envelopes of the API: one for success, one for errors, HTTP 200 for both.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::created::Created;

/// Why a request is refused: a code of the API and a sentence. The sentence names
/// fields, never values and never which flow.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: Cow<'static, str>,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into() }
    }

    /// A code that settings or data asked for.
    pub(super) fn on_demand(code: &str) -> Self {
        Self {
            code: Cow::Owned(code.to_owned()),
            message: "This answer was asked of the sandbox.".to_owned(),
        }
    }
}

pub(super) fn success(confirm_url: &str, request_id: &str, deprecated: bool) -> Vec<u8> {
    let mut response = Map::new();
    response.insert("ConfirmUrl".to_owned(), json!(confirm_url));
    if deprecated {
        let notice = "This action is no longer recommended (a notice asked of the sandbox).";
        response.insert("DeprecatedWarning".to_owned(), json!(notice));
    }
    envelope(response, request_id)
}

/// What was started, and what was not, in the arrays of `CreateFlowsByTemplates`.
pub(super) fn created(created: &Created, request_id: &str, deprecated: bool) -> Vec<u8> {
    let mut response = created.arrays();
    if deprecated {
        response.insert("DeprecatedWarning".to_owned(), json!("A notice asked of the sandbox."));
    }
    envelope(response, request_id)
}

/// A success of any other action.
pub(super) fn whole(response: Map<String, Value>, request_id: &str) -> Vec<u8> {
    envelope(response, request_id)
}

pub(super) fn error(refusal: &Refusal, request_id: &str) -> Vec<u8> {
    let mut response = Map::new();
    response.insert("Error".to_owned(), json!({"Code": refusal.code, "Message": refusal.message}));
    envelope(response, request_id)
}

fn envelope(mut response: Map<String, Value>, request_id: &str) -> Vec<u8> {
    response.insert("RequestId".to_owned(), json!(request_id));
    json!({ "Response": response }).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_and_error_have_the_documented_shape() {
        let read = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
        assert_eq!(
            read(success("https://x", "id", false)),
            json!({"Response": {"ConfirmUrl": "https://x", "RequestId": "id"}})
        );
        assert!(read(success("https://x", "id", true))["Response"]["DeprecatedWarning"].is_string());
        assert_eq!(
            read(error(&Refusal::new("InvalidAction", "no"), "id")),
            json!({"Response": {"Error": {"Code": "InvalidAction", "Message": "no"}, "RequestId": "id"}})
        );
    }
}
