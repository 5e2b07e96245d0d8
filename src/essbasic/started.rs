//! What an answer means to an action that starts contracts at once: what may have
//! arrived is never sent again by itself, so all that is not plainly a refusal is a
//! doubt. Pure.

use serde::Deserialize;
use serde_json::Value as Json;

use crate::domain::network::shown;
use crate::domain::verdict::{FlowAnswer, Outcome, Started, Verdict};

use crate::domain::link::is_link;

use super::action::{MOST_CODE, MOST_MESSAGE};
use crate::domain::codes::{self, REFUSED};

/// Our code for an answer that says of a contract neither that it was started nor why not.
pub const NO_FLOW_ID: &str = "answer.no_flow_id";
/// Our code for an answer without a link to the preview.
pub const NO_PREVIEW: &str = "answer.no_preview";
/// The same where it says both.
pub const CONTRADICTS: &str = "answer.contradicts";
/// Our code for an answer of which it cannot be told what it says of which contract.
pub const AMBIGUOUS: &str = "answer.ambiguous";

/// The end of a request that only shows its contracts, as a web page.
pub const PREVIEW_TAIL: &str = r#"],"NeedPreview":true,"PreviewType":1}"#;

/// Families of codes after which nothing of the request was started. An ASSUMPTION, from
/// their names alone: the first ones judge what stands in the request, the others are the
/// platform's own and come before the service is asked. No document says it.
const NOTHING_STARTED: &[&str] = &[
    "InvalidParameter", "InvalidParameterValue", "MissingParameter", "ResourceNotFound", "OperationDenied",
    "LimitExceeded", "UnauthorizedOperation", // The platform's.
    "AuthFailure", "RequestLimitExceeded", "RequestSizeLimitExceeded", "InvalidAction", "ActionOffline",
    "UnsupportedOperation", "UnsupportedProtocol", "UnsupportedRegion", "NoSuchVersion", "NoSuchProduct",
    "InvalidRequest", "UnknownParameter", "IpInBlacklist", "IpNotInWhitelist",
];

/// What an error code means here, and whether it is documented.
pub fn judge(code: &str) -> (Verdict, bool) {
    let (verdict, known) = codes::judge_code(code);
    match changed_nothing(code) {
        true => (verdict, known),
        false => (Verdict::InDoubt, known),
    }
}

/// Whether nothing can have come of a request that was answered with that code. The same
/// assumption for whatever else changes something.
pub fn changed_nothing(code: &str) -> bool {
    NOTHING_STARTED.contains(&code.split('.').next().unwrap_or_default())
}

/// Of a status that is none of the API's own answers. Only what a gateway says before it
/// passes a request on is plain; whatever else it says, it may say of the API's answer.
pub fn judge_status(status: u16) -> Verdict {
    match codes::judge_status(status) {
        plain @ (Verdict::Throttled | Verdict::Smaller) => plain,
        _ => Verdict::InDoubt,
    }
}

/// Whether a doubt with that code would come of every other request as well: whoever sends
/// is at fault, or, as long as nothing `has_passed`, a gateway lets nothing through.
pub fn ends_the_work(code: &str, has_passed: bool) -> bool {
    let status = code.strip_prefix("http.").and_then(|status| status.parse().ok());
    match status.map_or_else(|| codes::judge_code(code).0, codes::judge_status) {
        Verdict::Caller => true,
        Verdict::Gateway => !has_passed,
        _ => false,
    }
}

/// What a request asked for, as far as its answer is compared with it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked {
    flow_infos: Vec<AskedFlow>,
    #[serde(default)]
    need_preview: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AskedFlow {
    customer_data: Option<String>,
}

/// The arrays of an answer. Their lengths may differ.
struct Arrays {
    ids: Vec<String>,
    messages: Vec<String>,
    marks: Vec<String>,
}

impl Arrays {
    fn read(response: &Json) -> Self {
        let texts = |name: &str, most: usize| -> Vec<String> {
            let items = response.get(name).and_then(Json::as_array).into_iter().flatten();
            items.map(|item| shown(item.as_str().unwrap_or_default().trim(), most)).collect()
        };
        Self {
            ids: texts("FlowIds", MOST_CODE),
            messages: texts("ErrorMessages", MOST_MESSAGE),
            marks: texts("CustomerData", usize::MAX),
        }
    }

    fn given_ids(&self) -> Vec<String> {
        self.ids.iter().filter(|id| !id.is_empty()).cloned().collect()
    }
}

/// Reads a success: what was started, flow by flow.
pub fn read(body: &[u8], response: &Json) -> Outcome {
    let arrays = Arrays::read(response);
    let asked = match serde_json::from_slice::<Asked>(body) {
        Ok(asked) if asked.need_preview => return read_preview(&arrays, response),
        asked => asked.map(|asked| asked.flow_infos).unwrap_or_default(),
    };
    match asked.len() {
        // Our own body can be read; if not, no answer to it can be told apart.
        0 => doubtful(AMBIGUOUS, arrays.given_ids()),
        1 => read_one(&arrays),
        _ => read_several(&asked, &arrays),
    }
}

/// A contract that was only shown: the link to look at it.
fn read_preview(arrays: &Arrays, response: &Json) -> Outcome {
    let message = arrays.messages.iter().find(|message| !message.is_empty());
    let urls = response.get("PreviewUrls").and_then(Json::as_array).into_iter().flatten();
    let link = urls.filter_map(Json::as_str).map(str::trim).find(|url| is_link(url));
    match (link, message) {
        (_, Some(message)) => {
            Outcome { message: Some(message.clone()), ..Outcome::with_code(Verdict::Data, REFUSED) }
        }
        (Some(link), None) => Outcome { url: Some(link.to_owned()), ..Outcome::new(Verdict::Accepted) },
        (None, None) => Outcome::with_code(Verdict::InDoubt, NO_PREVIEW),
    }
}

/// One flow: the first entries are its own, as both public integrators read them.
fn read_one(arrays: &Arrays) -> Outcome {
    let given = arrays.given_ids();
    if given.len() > 1 {
        return doubtful(AMBIGUOUS, given);
    }
    let id = arrays.ids.first().map(String::as_str).unwrap_or_default();
    let message = arrays.messages.first().map(String::as_str).unwrap_or_default();
    match (id, message) {
        ("", "") => doubtful(NO_FLOW_ID, given),
        (_, "") => conclude(vec![FlowAnswer::Started(id.to_owned())], Vec::new()),
        ("", _) => conclude(vec![FlowAnswer::Refused(message.to_owned())], Vec::new()),
        (_, _) => doubtful(CONTRADICTS, given),
    }
}

/// Several flows. An array has the order of the request where the one that is documented
/// to have it does and it is as long, or where ids and messages are both as long.
fn read_several(asked: &[AskedFlow], arrays: &Arrays) -> Outcome {
    let count = asked.len();
    let sent: Vec<&str> =
        asked.iter().map(|flow| flow.customer_data.as_deref().unwrap_or_default()).collect();
    let marked = sent.iter().all(|mark| !mark.is_empty()) && arrays.marks == sent;
    let (ids, messages) = (arrays.ids.len() == count, arrays.messages.len() == count);
    let is_in_order = marked || (ids && messages);
    if !is_in_order {
        return doubtful(AMBIGUOUS, arrays.given_ids());
    }
    let silent = arrays.messages.iter().all(String::is_empty);
    let flow = |at: usize| {
        let id = arrays.ids.get(at).filter(|id| ids && !id.is_empty());
        let message = arrays.messages.get(at).filter(|message| messages && !message.is_empty());
        match (id, message) {
            (None, Some(message)) => FlowAnswer::Refused(message.clone()),
            // A message that belongs to nobody in particular may belong to this one.
            (Some(id), None) if messages || silent => FlowAnswer::Started(id.clone()),
            _ => FlowAnswer::Unclear,
        }
    };
    let flows: Vec<FlowAnswer> = (0..count).map(flow).collect();
    let started =
        |id: &String| flows.iter().any(|flow| matches!(flow, FlowAnswer::Started(own) if own == id));
    let given = arrays.given_ids();
    let loose: Vec<String> = given.iter().filter(|id| !started(id)).cloned().collect();
    // One id for two contracts is no contract's.
    let doubled = given.iter().enumerate().any(|(at, id)| given.iter().take(at).any(|other| other == id));
    if doubled || flows.iter().all(|flow| *flow == FlowAnswer::Unclear) {
        return doubtful(AMBIGUOUS, given);
    }
    conclude(flows, loose)
}

/// What the request as a whole came to.
fn conclude(flows: Vec<FlowAnswer>, loose: Vec<String>) -> Outcome {
    let refused = flows.iter().find_map(|flow| match flow {
        FlowAnswer::Refused(message) => Some(message.clone()),
        _ => None,
    });
    let is_any = |wanted: fn(&FlowAnswer) -> bool| flows.iter().any(wanted);
    let unclear = is_any(|flow| *flow == FlowAnswer::Unclear);
    let (verdict, code, message) = match is_any(|flow| matches!(flow, FlowAnswer::Started(_))) {
        true => (Verdict::Accepted, unclear.then_some(AMBIGUOUS), None),
        false if unclear => (Verdict::InDoubt, Some(AMBIGUOUS), None),
        false => (Verdict::Data, Some(REFUSED), refused),
    };
    Outcome {
        code: code.map(str::to_owned),
        message,
        started: Box::new(Started { flows, loose }),
        ..Outcome::new(verdict)
    }
}

fn doubtful(code: &str, loose: Vec<String>) -> Outcome {
    let started = Box::new(Started { flows: Vec::new(), loose });
    Outcome { started, ..Outcome::with_code(Verdict::InDoubt, code) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(marks: &[Option<&str>]) -> Vec<u8> {
        let flow = |mark: &Option<&str>| match mark {
            Some(mark) => json!({"FlowName": "a", "CustomerData": mark, "FlowApprovers": [{"Name": "b"}]}),
            None => json!({"FlowName": "a"}),
        };
        json!({"Agent": {}, "FlowInfos": marks.iter().map(flow).collect::<Vec<_>>()}).to_string().into_bytes()
    }

    /// `+ID`, `-SENTENCE` or `?` of each flow; then the loose ids.
    fn told(outcome: &Outcome) -> (Verdict, String, String) {
        let of_flow = |flow: &FlowAnswer| match flow {
            FlowAnswer::Started(id) => format!("+{id}"),
            FlowAnswer::Refused(message) => format!("-{message}"),
            FlowAnswer::Unclear => "?".to_owned(),
        };
        let flows: Vec<String> = outcome.started.flows.iter().map(of_flow).collect();
        let told = format!("{} / {}", flows.join(" "), outcome.started.loose.join(" "));
        (outcome.verdict, outcome.code.clone().unwrap_or_default(), told)
    }

    #[test]
    fn of_one_flow_the_first_entries_count() {
        use Verdict::{Accepted, Data, InDoubt};
        for (ids, messages, expected) in [
            (json!(["f1"]), json!([""]), (Accepted, "", "+f1 / ")),
            (json!(["f1 "]), json!(null), (Accepted, "", "+f1 / ")),
            (json!(["f1"]), json!(["", "x"]), (Accepted, "", "+f1 / ")),
            (json!([""]), json!(["no"]), (Data, REFUSED, "-no / ")),
            (json!([]), json!(["no"]), (Data, REFUSED, "-no / ")),
            (json!([]), json!([]), (InDoubt, NO_FLOW_ID, " / ")),
            (json!([" "]), json!([" "]), (InDoubt, NO_FLOW_ID, " / ")),
            (json!(["f1"]), json!(["no"]), (InDoubt, CONTRADICTS, " / f1")),
            (json!(["f1", "f2"]), json!([""]), (InDoubt, AMBIGUOUS, " / f1 f2")),
            (json!(["", "f2"]), json!([""]), (InDoubt, NO_FLOW_ID, " / f2")),
            (json!("f1"), json!(7), (InDoubt, NO_FLOW_ID, " / ")),
        ] {
            let outcome = read(&body(&[Some("a")]), &json!({"FlowIds": ids, "ErrorMessages": messages}));
            let (verdict, code, told) = told(&outcome);
            assert_eq!((verdict, code.as_str(), told.as_str()), expected, "{ids} {messages}");
        }
    }

    #[test]
    fn a_preview_has_a_link_and_starts_nothing() {
        let body = format!(r#"{{"FlowInfos":[{{}}{PREVIEW_TAIL}"#);
        let read = |response| read(body.as_bytes(), &response);
        let shown =
            read(json!({"FlowIds": ["1"], "ErrorMessages": [""], "PreviewUrls": ["https://x.test/p"]}));
        assert_eq!((shown.verdict, shown.url.as_deref()), (Verdict::Accepted, Some("https://x.test/p")));
        assert!(shown.started.flows.is_empty() && shown.started.loose.is_empty());
        assert_eq!(read(json!({"ErrorMessages": ["no"], "PreviewUrls": [""]})).verdict, Verdict::Data);
        let none = read(json!({"FlowIds": ["1"], "PreviewUrls": ["javascript:x"]}));
        assert_eq!((none.code.as_deref(), none.url), (Some(NO_PREVIEW), None));
    }

    #[test]
    fn of_several_flows_an_array_counts_where_its_order_is_known() {
        use Verdict::{Accepted, Data, InDoubt};
        let (own, none) = (json!(["a", "b", "c"]), json!([""]));
        for (marks, ids, messages, expected) in [
            (&own, json!(["1", "2", "3"]), json!(["", "", ""]), (Accepted, "", "+1 +2 +3 / ")),
            (&own, json!(["1", "2", "3"]), json!([""]), (Accepted, "", "+1 +2 +3 / ")),
            (&own, json!(["1", "", "3"]), json!(["", "no", ""]), (Accepted, "", "+1 -no +3 / ")),
            (&none, json!(["1", "", "3"]), json!(["", "no", ""]), (Accepted, "", "+1 -no +3 / ")),
            (&none, json!(["", "", ""]), json!(["no", "no", "no"]), (Data, REFUSED, "-no -no -no / ")),
            // The refused one left no id: whose the others are is not known.
            (&own, json!(["1", "3"]), json!(["", "no", ""]), (InDoubt, AMBIGUOUS, "? -no ? / 1 3")),
            (&none, json!(["1", "3"]), json!(["", "no", ""]), (InDoubt, AMBIGUOUS, " / 1 3")),
            // Nor whose a message is.
            (&own, json!(["1", "", "3"]), json!(["no"]), (InDoubt, AMBIGUOUS, " / 1 3")),
            (&none, json!(["1", "2", "3"]), json!([""]), (InDoubt, AMBIGUOUS, " / 1 2 3")),
            (&own, json!(["1", "", "3"]), json!(["", "", ""]), (Accepted, AMBIGUOUS, "+1 ? +3 / ")),
            (&own, json!(["1", "2", "3"]), json!(["", "no", ""]), (Accepted, AMBIGUOUS, "+1 ? +3 / 2")),
            (&own, json!(["1", "1", "3"]), json!(["", "", ""]), (InDoubt, AMBIGUOUS, " / 1 1 3")),
            (&json!(["b", "a", "c"]), json!(["1", "2", "3"]), json!([]), (InDoubt, AMBIGUOUS, " / 1 2 3")),
            (&json!([]), json!([]), json!([]), (InDoubt, AMBIGUOUS, " / ")),
        ] {
            let response = json!({"FlowIds": ids, "ErrorMessages": messages, "CustomerData": marks});
            let (verdict, code, told) = told(&read(&body(&[Some("a"), Some("b"), Some("c")]), &response));
            assert_eq!((verdict, code.as_str(), told.as_str()), expected, "{response}");
        }
        // Without marks of our own their order proves nothing.
        let response = json!({"FlowIds": ["1", "2"], "ErrorMessages": [""], "CustomerData": ["", ""]});
        assert_eq!(told(&read(&body(&[None, None]), &response)).0, InDoubt);
    }

    #[test]
    fn only_what_is_plainly_a_refusal_is_none_of_a_doubt() {
        for (code, expected) in [
            ("InternalError", Verdict::InDoubt),
            ("InternalError.System", Verdict::InDoubt),
            ("ServiceUnavailable", Verdict::InDoubt),
            ("FailedOperation", Verdict::InDoubt),
            ("FailedOperation.NoRoleAuth", Verdict::InDoubt),
            ("FailedOperation.AgeNotAchieveNormalLegal", Verdict::InDoubt),
            ("ResourceUnavailable", Verdict::InDoubt),
            ("ResponseSizeLimitExceeded", Verdict::InDoubt),
            ("Nobody.KnowsThis", Verdict::InDoubt),
            ("RequestLimitExceeded.UinLimitExceeded", Verdict::Throttled),
            ("AuthFailure.SignatureFailure", Verdict::Caller),
            ("InvalidAction", Verdict::Caller),
            ("InvalidParameter.Mobile", Verdict::Data),
            ("LimitExceeded.FlowInfos", Verdict::Smaller),
            ("LimitExceeded.CreateFlowNum", Verdict::Caller),
            ("OperationDenied", Verdict::Either),
        ] {
            assert_eq!(judge(code).0, expected, "{code}");
        }
        for code in codes::CODES {
            let (verdict, known) = judge(code.name);
            let repeated = matches!(verdict, Verdict::Server | Verdict::Gateway | Verdict::Unclear);
            assert!(known && !repeated && verdict != Verdict::Accepted, "{}", code.name);
        }
        for (status, expected) in [
            (429, Verdict::Throttled),
            (413, Verdict::Smaller),
            (302, Verdict::InDoubt),
            (403, Verdict::InDoubt),
            (500, Verdict::InDoubt),
            (504, Verdict::InDoubt),
        ] {
            assert_eq!(judge_status(status), expected, "{status}");
        }
    }

    #[test]
    fn some_doubts_would_come_of_every_request() {
        assert!(ends_the_work("FailedOperation.OrganizationNameChanged", true));
        assert!(ends_the_work("http.302", true) && ends_the_work("http.403", false));
        assert!(!ends_the_work("http.403", true) && !ends_the_work("http.502", false));
        assert!(!ends_the_work("FailedOperation", false) && !ends_the_work("network.timeout", false));
    }
}
