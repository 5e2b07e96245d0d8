//! `CreateSignUrls`: links to sign one flow.

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::asked::{Answer, World};
use super::fields::{Field, INVALID, Shape, WRONG, check, ensure, may, need, text, texts};
use super::started::{Flow, owner};
use super::stories;

const REQUEST: &[Field] = &[
    may("Agent", Shape::Object),
    need("FlowIds", Shape::Texts(100, INVALID)),
    may("GenerateType", Shape::OneOf(&["ALL"], WRONG)),
    may("Endpoint", Shape::OneOf(&["WEIXINAPP", "CHANNEL", "APP", "LONGURL2WEIXINAPP"], WRONG)),
    may("Operator", Shape::Closed),
];

/// Links for all signers; the sandbox plays no other GenerateType.
pub(super) fn create(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("CreateSignUrls", request, REQUEST)?;
    let ids = texts(request, "FlowIds");
    ensure(ids.len() == 1, WRONG, "GenerateType ALL takes one FlowId only.")?;
    let kind = text(request, "GenerateType");
    ensure(kind.is_empty() || kind == "ALL", WRONG, "The sandbox knows GenerateType ALL only.")?;
    world.time_passes(now);
    let owner = owner(&Value::Object(request.clone()));
    let flow = ids.first().and_then(|id| world.flows.of_mut(&owner, id));
    let flow =
        flow.ok_or_else(|| Refusal::new("ResourceNotFound.Flow", "A flow of FlowIds does not exist."))?;
    flow.links_asked += 1;
    if stories::asks(&flow.info, "early-links", 1).is_some_and(|times| flow.links_asked <= times) {
        let message = "The document is not composed yet.";
        return Err(Refusal::new("OperationDenied.DocumentNoAvailable", message));
    }
    let (links, message) = match () {
        () if !flow.is_open() => (Vec::new(), "The flow is over."),
        () if stories::has(&flow.info, "link-error") => (Vec::new(), "There is no link for this flow."),
        () => (links(flow), ""),
    };
    Ok([("SignUrlInfos".to_owned(), Value::Array(links)), ("ErrorMessages".to_owned(), json!([message]))]
        .into_iter()
        .collect())
}

/// The last signer's comes first: the documentation says nothing of the order.
fn links(flow: &Flow) -> Vec<Value> {
    let approvers = flow.info["FlowApprovers"].as_array().into_iter().flatten();
    let space = if stories::has(&flow.info, "space-link") { " " } else { "" };
    let mut all: Vec<Value> = approvers
        .zip(&flow.signers)
        .enumerate()
        .map(|(place, (approver, signer))| {
            let organization = !approver["OrganizationName"].as_str().unwrap_or_default().is_empty();
            json!({
                "SignUrl": format!("https://sandbox.invalid/sign?flow={}&signer={place}", flow.id),
                "Deadline": flow.info["Deadline"],
                "SignOrder": place,
                "SignId": signer.sign_id,
                "Name": approver["Name"],
                "Mobile": approver["Mobile"],
                "OrganizationName": approver["OrganizationName"],
                "ApproverType": if organization { "ORGANIZATION" } else { "PERSON" },
                "IdCardNumber": "",
                "FlowId": format!("{}{space}", flow.id),
                "OpenId": approver["OpenId"],
                "CustomUserId": null,
                "FlowGroupId": "",
                "SignQrcodeUrl": "",
            })
        })
        .collect();
    if stories::has(&flow.info, "missing-link") {
        all.pop();
    }
    all.reverse();
    all
}
