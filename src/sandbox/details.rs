//! `DescribeFlowDetailInfo`: how started flows stand.

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::asked::{Answer, World};
use super::fields::{Field, INVALID, Shape, check, may, need, texts};
use super::started::{Flow, owner};

const REQUEST: &[Field] = &[
    may("Agent", Shape::Object),
    need("FlowIds", Shape::Texts(MOST_FLOWS, INVALID)),
    may("FlowGroupId", Shape::Closed),
    may("Operator", Shape::Closed),
];

/// The documented limit.
const MOST_FLOWS: usize = 100;

/// One id that is not the owner's spoils the whole call: the documentation leaves it open,
/// and this is the harder case. The order is the reverse of what was asked for.
pub(super) fn describe(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("DescribeFlowDetailInfo", request, REQUEST)?;
    let owner = owner(&Value::Object(request.clone()));
    world.time_passes(now);
    let mut found = Vec::new();
    for id in texts(request, "FlowIds").into_iter().rev() {
        let flow = world.flows.of(&owner, id);
        let flow =
            flow.ok_or_else(|| Refusal::new("ResourceNotFound.Flow", "A flow of FlowIds does not exist."))?;
        found.push(detail(flow));
    }
    Ok([
        ("ApplicationId".to_owned(), json!(owner.0)),
        ("ProxyOrganizationOpenId".to_owned(), json!(owner.1)),
        ("FlowInfo".to_owned(), Value::Array(found)),
    ]
    .into_iter()
    .collect())
}

fn detail(flow: &Flow) -> Value {
    let info = &flow.info;
    let approvers = info["FlowApprovers"].as_array().into_iter().flatten();
    let signers: Vec<Value> = approvers
        .zip(&flow.signers)
        .enumerate()
        .map(|(order, (approver, signer))| {
            let kind = match approver["ApproverType"].as_str() {
                None | Some("" | "PERSON" | "PERSON_AUTO_SIGN" | "PERSON_PIN_CODE_SIGN") => "PERSON",
                Some(_) => "ORGANIZATION",
            };
            json!({
                "RecipientId": approver["RecipientId"],
                "ReceiptId": approver["RecipientId"],
                "SignId": signer.sign_id,
                "ApproveName": approver["Name"],
                "Mobile": approver["Mobile"],
                "ProxyOrganizationName": approver["OrganizationName"],
                "ProxyOrganizationOpenId": approver["OrganizationOpenId"],
                "ProxyOperatorOpenId": approver["OpenId"],
                "ApproverRoleName": approver["ApproverRoleName"],
                "SignOrder": order,
                "ApproveType": kind,
                "ApproveStatus": signer.status,
                "ApproveMessage": if signer.status == "REJECT" { flow.message.as_str() } else { "" },
                "ApproveTime": signer.at,
            })
        })
        .collect();
    json!({
        "FlowId": flow.id,
        "FlowName": info["FlowName"],
        "FlowType": info["FlowType"],
        "FlowStatus": flow.status,
        "FlowMessage": flow.message,
        "CreateOn": flow.created,
        "DeadLine": info["Deadline"],
        "CustomData": info["CustomerData"].as_str().unwrap_or_default(),
        "TemplateId": info["TemplateId"],
        "FlowApproverInfos": signers,
        "CcInfos": [],
    })
}
