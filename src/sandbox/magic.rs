//! Magic values: what is written into the data of one contract to spoil it.

use serde_json::Value;

use super::answer::Refusal;
use super::faults::Fault;
use super::stories;

const MARK: &str = "sandbox:";

/// What a request asks of the sandbox by its own data.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// An identifier that stands for something that does not exist.
    Refuse(Refusal),
    /// A marker in a text of the flow at this position.
    Mark { flow: usize, fault: Fault, times: Option<u32> },
}

/// The wishes of a request that keeps all rules, in the order they count:
/// those of the Agent, then flow by flow.
pub(super) fn wishes(request: &Value) -> Vec<Wish> {
    let mut found = Vec::new();
    if request["Agent"]["AppId"] == "sandbox-unknown-app" {
        found.push(refuse("ResourceNotFound.Application", "The application does not exist."));
    }
    if request["Agent"]["ProxyOrganizationOpenId"] == "sandbox-unknown-org" {
        found.push(refuse("ResourceNotFound.Organization", "The organization does not exist."));
    }
    for (position, flow) in request["FlowInfos"].as_array().into_iter().flatten().enumerate() {
        if flow["TemplateId"].as_str().is_some_and(|id| id.starts_with("sandbox-unknown")) {
            found.push(refuse("ResourceNotFound.Template", "The template does not exist."));
        }
        for text in ["FlowDescription", "FlowName"] {
            found.extend(flow[text].as_str().and_then(|text| wish(position, text)));
        }
    }
    found
}

/// The first marker in a text that spoils something: `sandbox:FAULT` or `sandbox:FAULT@TIMES`.
fn wish(flow: usize, text: &str) -> Option<Wish> {
    let words = text.split(MARK).skip(1).filter_map(|rest| {
        let other = |c: char| !c.is_ascii_alphanumeric() && !".-:@".contains(c);
        let end = rest.find(other).unwrap_or(rest.len());
        Some(rest.get(..end)?.trim_end_matches(['.', '-', ':', '@']))
    });
    let word = words.filter(|word| !stories::is_story(word)).find(|word| !word.is_empty())?;
    let (name, times) = match word.split_once('@') {
        Some((name, times)) => (name, times.parse().ok().filter(|times| *times > 0).map(Some)),
        None => (word, Some(None)),
    };
    match (Fault::parse(name), times) {
        (Some(fault), Some(times)) => Some(Wish::Mark { flow, fault, times }),
        // A misspelt marker that did nothing would pass for a client that copes.
        _ => Some(refuse("InvalidParameter.ParamError", "A text has a sandbox: marker that is not known.")),
    }
}

fn refuse(code: &'static str, message: &str) -> Wish {
    Wish::Refuse(Refusal::new(code, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn mark(name: &str, times: Option<u32>) -> Option<Wish> {
        Some(Wish::Mark { flow: 0, fault: Fault::parse(name).unwrap(), times })
    }

    #[test]
    fn markers_are_found_within_text() {
        assert_eq!(
            wish(0, "合同 sandbox:InvalidParameter.FlowName。"),
            mark("InvalidParameter.FlowName", None)
        );
        assert_eq!(wish(0, "[sandbox:OperationDenied@2]"), mark("OperationDenied", Some(2)));
        assert_eq!(wish(0, "ends a sentence with sandbox:500."), mark("500", None));
        assert_eq!(wish(0, "sandbox:503:2@1"), mark("503:2", Some(1)));
        assert_eq!(wish(0, "sandbox:reset"), mark("reset-after", None));
        assert_eq!(wish(0, "played in a sandbox: sand"), None);
        assert_eq!(wish(0, "nothing"), None);
        assert_eq!(wish(0, "sandbox:signed"), None, "it tells what comes later");
        assert_eq!(wish(0, "sandbox:signed sandbox:500"), mark("500", None));
    }

    #[test]
    fn misspelt_markers_are_refused() {
        for text in ["sandbox:resett", "sandbox:500@0", "sandbox:500@two", "sandbox:500@99999999999"] {
            assert!(matches!(wish(0, text), Some(Wish::Refuse(_))), "{text}");
        }
    }

    #[test]
    fn wishes_come_in_order() {
        let request = json!({
            "Agent": {"AppId": "sandbox-unknown-app", "ProxyOrganizationOpenId": "sandbox-unknown-org"},
            "FlowInfos": [
                {"TemplateId": "ok"},
                {"TemplateId": "sandbox-unknown-template", "FlowDescription": "sandbox:hang", "FlowName": "sandbox:500"},
            ]
        });
        let codes: Vec<String> = wishes(&request)
            .into_iter()
            .map(|wish| match wish {
                Wish::Refuse(refusal) => refusal.code.into_owned(),
                Wish::Mark { flow, fault, .. } => format!("{flow}:{}", fault.name()),
            })
            .collect();
        let expected = [
            "ResourceNotFound.Application", "ResourceNotFound.Organization", "ResourceNotFound.Template",
            "1:hang", "1:500",
        ];
        assert_eq!(codes, expected);
    }
}
