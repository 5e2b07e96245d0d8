//! `DescribeFlowDetailInfo`: how contracts stand that were started.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::call::Call;

/// The API takes no more ids in a call.
pub const MOST_FLOWS: usize = 100;

/// Asks how these contracts stand, at most [`MOST_FLOWS`]. It is not documented what one id
/// that the API does not know does to the others: whoever asks is ready to halve.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeFlowDetailInfo<'a> {
    pub flow_ids: &'a [String],
}

/// One contract. Each is known by its `flow_id`: the order of the answer says nothing.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
pub struct FlowDetail {
    pub flow_id: String,
    pub flow_name: String,
    /// INIT, PART, REJECT, ALL, DEADLINE, CANCEL, INVALID, RELIEVED.
    pub flow_status: String,
    /// Why it was refused or taken back.
    pub flow_message: String,
    /// Unix seconds.
    pub create_on: i64,
    /// CustomerData of the request, base64.
    pub custom_data: String,
    pub template_id: String,
    pub flow_approver_infos: Vec<ApproverDetail>,
}

/// One signer of a contract.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
pub struct ApproverDetail {
    pub recipient_id: String,
    pub sign_id: String,
    pub approve_name: String,
    pub proxy_organization_name: String,
    pub mobile: String,
    /// ORGANIZATION or PERSON.
    pub approve_type: String,
    /// PENDING, FILLPENDING, FILLACCEPT, FILLREJECT, WAITPICKUP, ACCEPT, REJECT, DEADLINE,
    /// CANCEL, FORWARD, STOP, RELIEVED.
    pub approve_status: String,
    /// Why somebody has refused.
    pub approve_message: String,
    /// Unix seconds; 0: not yet.
    pub approve_time: i64,
    pub sign_order: i64,
}

impl Call for DescribeFlowDetailInfo<'_> {
    const ACTION: &'static str = "DescribeFlowDetailInfo";
    const ONLY_READS: bool = true;
    type Answer = Vec<FlowDetail>;

    /// An entry that cannot be read, or has no id, is left out: it is as one that did not come.
    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let entries = response.get("FlowInfo")?;
        let entries = match entries {
            Json::Null => &Vec::new(),
            entries => entries.as_array()?,
        };
        let read = |entry: &Json| {
            let mut detail: FlowDetail = serde_json::from_value(without_nulls(entry)).ok()?;
            detail.flow_id = detail.flow_id.trim().to_owned();
            Some(detail).filter(|detail| !detail.flow_id.is_empty())
        };
        Some(entries.iter().filter_map(read).collect())
    }
}

/// Null stands for what is not given.
pub(super) fn without_nulls(value: &Json) -> Json {
    match value {
        Json::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| !value.is_null());
            Json::Object(given.map(|(name, value)| (name.clone(), without_nulls(value))).collect())
        }
        Json::Array(items) => Json::Array(items.iter().map(without_nulls).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::flow::Sender;

    fn sender() -> Sender {
        let [app_id, organization_open_id, operator_open_id] = ["app", "org", "op"].map(str::to_owned);
        Sender { app_id, organization_open_id, operator_open_id, jump_url: String::new() }
    }

    #[test]
    fn a_question_has_the_form_of_the_wire() {
        let ids = ["f1".to_owned()];
        let body = DescribeFlowDetailInfo { flow_ids: &ids }.body(&sender()).unwrap();
        assert_eq!(
            serde_json::from_slice::<Json>(&body).unwrap(),
            json!({
                "Agent": {"AppId": "app", "ProxyOrganizationOpenId": "org", "ProxyOperator": {"OpenId": "op"}},
                "FlowIds": ["f1"]
            })
        );
    }

    #[test]
    fn details_are_read_as_far_as_they_go() {
        let call = DescribeFlowDetailInfo { flow_ids: &[] };
        let details = call
            .read(&json!({"FlowInfo": [
                {"FlowId": "f1 ", "FlowStatus": "PART", "CustomData": null, "CreateOn": 7,
                 "FlowApproverInfos": [{"ApproveName": "a", "ApproveStatus": "ACCEPT", "Mobile": null}]},
                {"FlowId": ""},
                {"FlowId": 7}
            ]}))
            .unwrap();
        assert_eq!(details.len(), 1);
        assert_eq!((details[0].flow_id.as_str(), details[0].create_on), ("f1", 7));
        assert_eq!(details[0].flow_approver_infos[0].approve_status, "ACCEPT");
        assert!(call.read(&json!({"FlowInfo": null})).unwrap().is_empty());
        assert!(call.read(&json!({})).is_none());
    }
}
