//! A contract as the API knows it. The field names and their order are those
//! of the wire (`PascalCase`), so that a flow stored in the journal is byte for
//! byte what will be sent.
//!
//! Nothing here has `Debug`: these are names, mobiles and ID numbers.

use serde::{Deserialize, Serialize};

/// Who sends, through which application, and where the person who confirms
/// goes afterwards. It is given per request, so flows with different senders
/// never share one.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sender {
    pub app_id: String,
    pub organization_open_id: String,
    pub operator_open_id: String,
    pub jump_url: String,
}

/// Who sends: the part of a sender that the API may find fault with.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Agent {
    pub app_id: String,
    pub organization_open_id: String,
    pub operator_open_id: String,
}

impl Sender {
    pub fn agent(&self) -> Agent {
        Agent {
            app_id: self.app_id.clone(),
            organization_open_id: self.organization_open_id.clone(),
            operator_open_id: self.operator_open_id.clone(),
        }
    }
}

/// One contract: `FlowInfo` of the API.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Flow {
    pub flow_name: String,
    /// Unix seconds.
    pub deadline: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
    /// In the order of the template's signers.
    pub flow_approvers: Vec<Approver>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub form_fields: Vec<FormField>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_description: Option<String>,
    /// Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_data: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_show_map: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cc_infos: Vec<Cc>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need_sign_review: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc_notify_type: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_sign_scene: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_display_type: Option<i64>,
    /// Of `CreateFlowsByTemplates` only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_operate_limit: Option<FlowOperateLimit>,
}

/// What nobody may do with a contract: `FlowOperateLimit`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FlowOperateLimit {
    /// Agree to end it once it is signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_release: Option<bool>,
}

/// A signer: `FlowApproverInfo`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Approver {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_card_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_card_number: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_channel_organization: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_open_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipient_id: Option<String>,
    /// Unix seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_components: Vec<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub component_limit_type: Vec<String>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pre_read_time: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jump_url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_option: Option<ApproverOption>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_need_sign_review: Option<bool>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approver_verify_types: Vec<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approver_sign_types: Vec<i64>,
    #[serde(rename = "SignId", default, skip_serializing_if = "Option::is_none")]
    pub sign_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notify_type: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub add_sign_components_limits: Vec<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_role_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_type_selector: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sign_endpoints: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub components: Vec<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intention: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin_code: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_email: Option<String>,
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ApproverOption {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_refuse: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_transfer: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hide_one_key_sign: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fill_type: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flow_read_limit: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forbid_add_sign_date: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver_mobile_mode: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub add_sign_component_use_seal_size: Option<i64>,
    /// What the API adds to this object and has no column yet (`approver.json`).
    #[serde(flatten)]
    pub more: serde_json::Map<String, serde_json::Value>,
}

/// The value of a fill-in component that belongs to the initiator.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct FormField {
    pub component_value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_component_value: Option<bool>,
}

/// A person who is told of the contract but does not sign: `CcInfo`.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Cc {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc_type: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc_permission: Option<i64>,
}

/// Characters as the API counts them.
pub fn characters(text: &str) -> usize {
    text.chars().count()
}
