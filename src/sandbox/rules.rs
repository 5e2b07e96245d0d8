//! The rules of a `PrepareFlows` request and of a FlowInfo.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::Value;

use super::answer::Refusal;
use super::approver;
use super::created::Action;
use super::fields::{
    Field, INVALID, Object, Shape, WRONG, check, ensure, is_wordlike, may, missing, need, number, object,
    objects, text,
};

const REQUEST: &[Field] = &[
    need("Agent", Shape::Object),
    need("FlowInfos", Shape::Objects(usize::MAX, INVALID)),
    need("JumpUrl", Shape::TextUpTo(200, WRONG)),
    may("Operator", Shape::Closed),
];

const CREATE: &[Field] = &[
    need("Agent", Shape::Object),
    need("FlowInfos", Shape::Objects(usize::MAX, INVALID)),
    may("NeedPreview", Shape::Flag),
    may("PreviewType", Shape::NumberIn(0..=1, WRONG)),
    may("Operator", Shape::Closed),
];

const OPERATE_LIMIT: &[Field] = &[may("NoRelease", Shape::Flag)];

const AGENT: &[Field] = &[
    need("AppId", Shape::Text),
    need("ProxyOrganizationOpenId", Shape::TextUpTo(64, WRONG)),
    need("ProxyOperator", Shape::Object),
    may("ProxyAppId", Shape::Closed),
    may("ProxyOrganizationId", Shape::Closed),
];

const OPERATOR: &[Field] = &[
    need("OpenId", Shape::TextUpTo(64, "InvalidParameter.OperatorId")),
    may("Channel", Shape::Closed),
    may("CustomUserId", Shape::Closed),
    may("ClientIp", Shape::Closed),
    may("ProxyIp", Shape::Closed),
];

const FLOW: &[Field] = &[
    need("FlowName", Shape::TextUpTo(200, "InvalidParameter.FlowName")),
    need("Deadline", Shape::Number),
    need("TemplateId", Shape::Text),
    need("FlowApprovers", Shape::Objects(50, "InvalidParameter.FlowApprovers")),
    may("FormFields", Shape::Objects(usize::MAX, WRONG)),
    may("CallbackUrl", Shape::Text),
    may("FlowType", Shape::TextUpTo(200, "InvalidParameter.FlowType")),
    may("FlowDescription", Shape::TextUpTo(1000, "InvalidParameter.FlowDescription")),
    may("CustomerData", Shape::TextUpTo(1000, "InvalidParameter.CustomerData")),
    may("CustomShowMap", Shape::Text),
    may("CcInfos", Shape::Objects(50, WRONG)),
    may("NeedSignReview", Shape::Flag),
    may("CcNotifyType", Shape::NumberIn(0..=1, WRONG)),
    may("AutoSignScene", Shape::OneOf(&["E_PRESCRIPTION_AUTO_SIGN", "OTHER"], WRONG)),
    may("FlowDisplayType", Shape::NumberIn(0..=3, WRONG)),
    // Open to one of the actions only.
    may("FlowOperateLimit", Shape::Object),
];

const FORM_FIELD: &[Field] = &[
    may("ComponentId", Shape::Text),
    may("ComponentName", Shape::TextUpTo(20, WRONG)),
    may("ComponentValue", Shape::Text),
    may("LockComponentValue", Shape::Flag),
];

const CC: &[Field] = &[
    need("Mobile", Shape::Text),
    may("Name", Shape::Text),
    may("CcType", Shape::NumberIn(0..=1, WRONG)),
    may("CcPermission", Shape::NumberIn(0..=1, WRONG)),
];

/// The last second of the year 9999: a deadline beyond it is not in seconds.
const LAST_SECOND: i64 = 253_402_300_799;

/// Checks the body of a request; `now` is Unix time in seconds.
pub(super) fn check_request(body: &Value, action: Action, max_flows: usize, now: i64) -> Result<(), Refusal> {
    let request = body.as_object().ok_or_else(|| Refusal::new(INVALID, "The body is not a JSON object."))?;
    match action {
        Action::Prepare => check(action.name(), request, REQUEST)?,
        Action::Create => check(action.name(), request, CREATE)?,
        Action::Ask(_) => {}
    }
    let agent = object(request, "Agent").ok_or_else(|| missing("Agent"))?;
    check("Agent", agent, AGENT)?;
    let operator = object(agent, "ProxyOperator").ok_or_else(|| missing("Agent.ProxyOperator"))?;
    check("ProxyOperator", operator, OPERATOR)?;
    let count = objects(request, "FlowInfos").count();
    ensure(count <= max_flows, "LimitExceeded.FlowInfos", "There are more FlowInfos than allowed.")?;
    objects(request, "FlowInfos").try_for_each(|flow| {
        check_flow(flow, now)?;
        check_operate_limit(flow, action)
    })
}

fn check_operate_limit(flow: &Object, action: Action) -> Result<(), Refusal> {
    let Some(limit) = object(flow, "FlowOperateLimit") else { return Ok(()) };
    ensure(action == Action::Create, INVALID, "FlowInfo.FlowOperateLimit is not open to callers.")?;
    check("FlowOperateLimit", limit, OPERATE_LIMIT)
}

fn check_flow(flow: &Object, now: i64) -> Result<(), Refusal> {
    check("FlowInfo", flow, FLOW)?;
    check_deadline(flow, now)?;
    ensure(
        is_wordlike(text(flow, "FlowType")),
        "InvalidParameter.FlowType",
        "FlowType has other characters than letters, digits and underscore.",
    )?;
    ensure(
        is_base64(text(flow, "CustomerData")),
        "InvalidParameter.CustomerData",
        "CustomerData is not base64.",
    )?;
    ensure(
        is_show_map(text(flow, "CustomShowMap"), objects(flow, "FlowApprovers").count()),
        "InvalidParameter.CustomShowMap",
        "CustomShowMap has a variable that is not known.",
    )?;
    let scene = !text(flow, "AutoSignScene").is_empty();
    for approver in objects(flow, "FlowApprovers") {
        approver::check_approver(approver, scene)?;
        check_deadline(approver, now)?;
    }
    objects(flow, "FormFields").try_for_each(check_form_field)?;
    objects(flow, "CcInfos").try_for_each(|cc| check_cc(cc, flow))
}

fn check_deadline(holder: &Object, now: i64) -> Result<(), Refusal> {
    let Some(deadline) = number(holder, "Deadline") else { return Ok(()) };
    let code = "InvalidParameter.FlowDeadLine";
    ensure(deadline > now, code, "Deadline is not in the future.")?;
    ensure(deadline <= LAST_SECOND, code, "Deadline is not in seconds.")
}

fn check_form_field(field: &Object) -> Result<(), Refusal> {
    check("FormField", field, FORM_FIELD)?;
    if text(field, "ComponentName").is_empty() && text(field, "ComponentId").is_empty() {
        return Err(missing("FormField.ComponentName"));
    }
    // An empty value empties the component, so it counts as given here.
    if !field.get("ComponentValue").is_some_and(Value::is_string) {
        return Err(missing("FormField.ComponentValue"));
    }
    let plain = !text(field, "ComponentValue").chars().any(is_emoji);
    ensure(plain, "InvalidParameter.ComponentValue", "ComponentValue has an emoji.")
}

fn check_cc(cc: &Object, flow: &Object) -> Result<(), Refusal> {
    check("CcInfo", cc, CC)?;
    let mobile = text(cc, "Mobile");
    ensure(
        approver::is_mobile(mobile),
        "InvalidParameter.Mobile",
        "CcInfo.Mobile is not a mainland mobile.",
    )?;
    let signs = objects(flow, "FlowApprovers").any(|approver| text(approver, "Mobile") == mobile);
    ensure(!signs, "OperationDenied.CcUserRepeat", "Someone in CcInfos is also a signer.")
}

/// Standard alphabet; padding may be left out.
fn is_base64(text: &str) -> bool {
    let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&alphabet::STANDARD, config).decode(text).is_ok()
}

/// Whether every `{variable}` is one of the documented ones, for this many approvers.
fn is_show_map(text: &str, approvers: usize) -> bool {
    text.split('{').skip(1).all(|rest| {
        let Some((variable, _)) = rest.split_once('}') else { return false };
        matches!(variable, "合同名称" | "发起方企业" | "发起方姓名")
            || is_signer_variable(variable, approvers)
    })
}

fn is_signer_variable(variable: &str, approvers: usize) -> bool {
    let Some(rest) = variable.strip_prefix("签署方") else { return false };
    let place = rest.strip_suffix("企业").or_else(|| rest.strip_suffix("姓名"));
    place.and_then(|place| place.parse().ok()).is_some_and(|place| (1..=approvers).contains(&place))
}

fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{20E3}')
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
