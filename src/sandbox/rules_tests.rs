//! Each rule, by one change to a request that keeps them all.

use serde_json::json;

use super::*;

const NOW: i64 = 1_800_000_000;

fn request() -> Value {
    json!({
        "Agent": {"AppId": "app", "ProxyOrganizationOpenId": "org", "ProxyOperator": {"OpenId": "op"}},
        "JumpUrl": "http://www.test.com",
        "FlowInfos": [{
            "FlowName": "测试签署流程一",
            "TemplateId": "test",
            "FlowDescription": "描述",
            "FlowType": "合同",
            "Deadline": NOW + 1,
            "CallbackUrl": "",
            "FormFields": [{"ComponentName": "姓名", "ComponentValue": "李四"}],
            "FlowApprovers": [{"Name": "李四", "Mobile": "13888888888", "Deadline": NOW + 2}]
        }]
    })
}

fn verdict(request: &Value) -> String {
    match check_request(request, Action::Prepare, 20, NOW) {
        Ok(()) => "ok".to_owned(),
        Err(refusal) => refusal.code.into_owned(),
    }
}

/// Sets the value at each pointer (null takes it away) and tells the verdict.
fn with(changes: Value) -> String {
    let mut request = request();
    for (pointer, value) in changes.as_object().unwrap() {
        let (holder, name) = pointer.rsplit_once('/').unwrap();
        let holder = request.pointer_mut(holder).unwrap_or_else(|| panic!("{pointer}"));
        holder.as_object_mut().unwrap().insert(name.to_owned(), value.clone());
    }
    verdict(&request)
}

fn flow(changes: Value) -> String {
    with(prefixed("/FlowInfos/0/", &changes))
}

fn approver(changes: Value) -> String {
    with(prefixed("/FlowInfos/0/FlowApprovers/0/", &changes))
}

fn prefixed(prefix: &str, changes: &Value) -> Value {
    let renamed =
        changes.as_object().unwrap().iter().map(|(name, value)| (format!("{prefix}{name}"), value.clone()));
    Value::Object(renamed.collect())
}

fn chars(count: usize) -> String {
    "合".repeat(count)
}

#[test]
fn a_request_that_keeps_all_rules_passes() {
    assert_eq!(verdict(&request()), "ok");
    assert_eq!(verdict(&json!([])), "InvalidParameter");
}

#[test]
fn what_is_required_must_be_there() {
    let required = [
        "/Agent",
        "/FlowInfos",
        "/JumpUrl",
        "/Agent/AppId",
        "/Agent/ProxyOrganizationOpenId",
        "/Agent/ProxyOperator",
        "/Agent/ProxyOperator/OpenId",
        "/FlowInfos/0/FlowName",
        "/FlowInfos/0/Deadline",
        "/FlowInfos/0/TemplateId",
        "/FlowInfos/0/FlowApprovers",
        "/FlowInfos/0/FlowApprovers/0/Name",
        "/FlowInfos/0/FlowApprovers/0/Mobile",
        "/FlowInfos/0/FormFields/0/ComponentName",
        "/FlowInfos/0/FormFields/0/ComponentValue",
    ];
    for pointer in required {
        assert_eq!(with(json!({pointer: null})), "MissingParameter", "{pointer}");
    }
    assert_eq!(with(json!({"/FlowInfos": []})), "MissingParameter");
    assert_eq!(flow(json!({"FlowName": ""})), "MissingParameter");
}

#[test]
fn unknown_parameters_are_refused_wherever_they_are() {
    for holder in [
        "", "/Agent", "/Agent/ProxyOperator", "/FlowInfos/0", "/FlowInfos/0/FlowApprovers/0",
        "/FlowInfos/0/FormFields/0",
    ] {
        assert_eq!(with(json!({format!("{holder}/Flowname"): "x"})), "UnknownParameter", "{holder}");
    }
    assert_eq!(flow(json!({"CcInfos": [{"Mobile": "13900000000", "Phone": "x"}]})), "UnknownParameter");
    assert_eq!(approver(json!({"ApproverOption": {"CanRefuse": true}})), "UnknownParameter");
    assert_eq!(with(json!({"/Operator": {"OpenId": "x"}})), "InvalidParameter");
    assert_eq!(with(json!({"/Agent/ProxyAppId": "x"})), "InvalidParameter");
    assert_eq!(with(json!({"/Agent/ProxyAppId": ""})), "ok");
}

#[test]
fn values_have_their_json_type() {
    let wrong = [
        json!({"Deadline": "1900000000"}),
        json!({"Deadline": 1.9e9}),
        json!({"FlowName": 7}),
        json!({"FlowApprovers": {}}),
        json!({"FlowApprovers": ["x"]}),
        json!({"NeedSignReview": "true"}),
        json!({"FormFields": [{"ComponentName": "n", "ComponentValue": "v", "LockComponentValue": 1}]}),
        json!({"CcNotifyType": "0"}),
    ];
    for change in wrong {
        assert_eq!(flow(change.clone()), "InvalidParameter", "{change}");
    }
    assert_eq!(
        flow(json!({"FormFields": [{"ComponentName": "n", "ComponentValue": 5}]})),
        "InvalidParameter"
    );
    assert_eq!(approver(json!({"Mobile": 13_888_888_888_i64})), "InvalidParameter");
    assert_eq!(approver(json!({"ApproverSignTypes": ["1"]})), "InvalidParameter");
}

#[test]
fn lengths_count_characters_and_end_where_documented() {
    let limits = [
        ("FlowName", 200, "InvalidParameter.FlowName"),
        ("FlowType", 200, "InvalidParameter.FlowType"),
        ("FlowDescription", 1000, "InvalidParameter.FlowDescription"),
    ];
    for (name, longest, code) in limits {
        assert_eq!(flow(json!({name: chars(longest)})), "ok", "{name}");
        assert_eq!(flow(json!({name: chars(longest + 1)})), code, "{name}");
    }
    let url = |length| with(json!({"/JumpUrl": "u".repeat(length)}));
    assert_eq!((url(200).as_str(), url(201).as_str()), ("ok", "InvalidParameter.ParamError"));
    let operator = |length| with(json!({"/Agent/ProxyOperator/OpenId": "u".repeat(length)}));
    assert_eq!((operator(64).as_str(), operator(65).as_str()), ("ok", "InvalidParameter.OperatorId"));
    let organization = |length| with(json!({"/Agent/ProxyOrganizationOpenId": "u".repeat(length)}));
    assert_eq!((organization(64).as_str(), organization(65).as_str()), ("ok", "InvalidParameter.ParamError"));
    let limits = [
        ("OpenId", 64, "InvalidParameter.OpenId"),
        ("OrganizationOpenId", 64, "InvalidParameter.FlowApproverInfos"),
        ("CallbackUrl", 1000, "InvalidParameter.FlowApproverInfos"),
        ("JumpUrl", 1000, "InvalidParameter.FlowApproverInfos"),
        ("ApproverRoleName", 20, "InvalidParameter.FlowApproverInfos"),
    ];
    for (name, longest, code) in limits {
        assert_eq!(approver(json!({name: "u".repeat(longest)})), "ok", "{name}");
        assert_eq!(approver(json!({name: "u".repeat(longest + 1)})), code, "{name}");
    }
    let field =
        |length| flow(json!({"FormFields": [{"ComponentName": chars(length), "ComponentValue": ""}]}));
    assert_eq!((field(20).as_str(), field(21).as_str()), ("ok", "InvalidParameter.ParamError"));
    let data = |text: String| flow(json!({"CustomerData": text}));
    assert_eq!(data("QUFB".repeat(250)), "ok");
    for wrong in ["QUFB".repeat(251), "合同".to_owned(), "HT-001".to_owned(), "QUF".to_owned() + "_"] {
        assert_eq!(data(wrong.clone()), "InvalidParameter.CustomerData", "{wrong}");
    }
}

#[test]
fn deadlines_lie_in_the_future_and_are_seconds() {
    for wrong in [NOW, NOW - 1, 0, -5, NOW * 1000] {
        assert_eq!(flow(json!({"Deadline": wrong})), "InvalidParameter.FlowDeadLine", "{wrong}");
        assert_eq!(approver(json!({"Deadline": wrong})), "InvalidParameter.FlowDeadLine", "{wrong}");
    }
    assert_eq!(approver(json!({"Deadline": null})), "ok");
}

#[test]
fn lists_have_their_sizes() {
    let people = |count: usize| -> Vec<Value> {
        (0..count).map(|i| json!({"Name": "某", "Mobile": format!("13{i:09}")})).collect()
    };
    assert_eq!(flow(json!({"FlowApprovers": people(50)})), "ok");
    assert_eq!(flow(json!({"FlowApprovers": people(51)})), "InvalidParameter.FlowApprovers");
    assert_eq!(flow(json!({"CcInfos": people(50)})), "ok");
    assert_eq!(flow(json!({"CcInfos": people(51)})), "InvalidParameter.ParamError");
    let flows = |count: usize| with(json!({"/FlowInfos": vec![request()["FlowInfos"][0].clone(); count]}));
    assert_eq!((flows(20).as_str(), flows(21).as_str()), ("ok", "LimitExceeded.FlowInfos"));
}

#[test]
fn the_bad_flow_is_found_wherever_it_stands() {
    let mut request = request();
    let good = request["FlowInfos"][0].clone();
    let mut bad = good.clone();
    bad["FlowApprovers"][0]["Mobile"] = json!("1388888888");
    request["FlowInfos"] = json!([good, good, bad]);
    assert_eq!(verdict(&request), "InvalidParameter.Mobile");
}

#[test]
fn settings_of_a_flow_have_their_choices() {
    for good in [json!({"CcNotifyType": 1}), json!({"FlowDisplayType": 3}), json!({"AutoSignScene": "OTHER"})]
    {
        assert_eq!(flow(good.clone()), "ok", "{good}");
    }
    for wrong in [json!({"CcNotifyType": 2}), json!({"FlowDisplayType": 4}), json!({"AutoSignScene": "ANY"})]
    {
        assert_eq!(flow(wrong.clone()), "InvalidParameter.ParamError", "{wrong}");
    }
    assert_eq!(flow(json!({"FlowType": "劳动 合同"})), "InvalidParameter.FlowType");
    assert_eq!(flow(json!({"CustomShowMap": "合同名称:{合同名称};{签署方1姓名}"})), "ok");
    for wrong in ["{签署方2姓名}", "{签署方0姓名}", "{签署方姓名}", "{合同}", "{合同名称"]
    {
        assert_eq!(flow(json!({"CustomShowMap": wrong})), "InvalidParameter.CustomShowMap", "{wrong}");
    }
}

#[test]
fn people_are_checked() {
    let wrong = [
        (json!({"Name": " "}), "InvalidParameter.Name"),
        (json!({"Mobile": "+8613888888888"}), "InvalidParameter.Mobile"),
        (json!({"IdCardType": "PASSPORT"}), "InvalidParameter.CardType"),
        (json!({"IdCardNumber": "11010519491231002x"}), "InvalidParameter.CardNumber"),
        (
            json!({"IdCardType": "HONGKONG_AND_MACAO", "IdCardNumber": "11010519491231002X"}),
            "InvalidParameter.CardNumber",
        ),
        (json!({"OrganizationName": "某(北京)公司"}), "InvalidParameter.OrganizationName"),
        (json!({"ApproverType": "COMPANY"}), "InvalidParameter.ApproverType"),
        (json!({"PreReadTime": 2}), "InvalidParameter.FlowApproverInfos"),
        (json!({"PreReadTime": 301}), "InvalidParameter.FlowApproverInfos"),
        (json!({"ComponentLimitType": ["PEN"]}), "InvalidParameter.FlowApproverInfos"),
        (json!({"ApproverSignTypes": [5, 6]}), "InvalidParameter.FlowApproverInfos"),
        (json!({"ApproverRoleName": "收款 人"}), "InvalidParameter.FlowApproverInfos"),
        (json!({"ApproverOption": {"FillType": 2}}), "InvalidParameter.FlowApproverInfos"),
        (json!({"ApproverOption": {"AddSignComponentUseSealSize": 4}}), "InvalidParameter.FlowApproverInfos"),
        (json!({"Name": "", "IdCardNumber": "11010519491231002X"}), "MissingParameter"),
    ];
    for (change, code) in wrong {
        assert_eq!(approver(change.clone()), code, "{change}");
    }
    let fine = [
        json!({"OpenId": "a_b"}),
        json!({"Mobile": "", "IdCardNumber": "11010519491231002X"}),
        json!({"ApproverOption": {"AddSignComponentUseSealSize": 3}}),
        json!({"PreReadTime": 3}),
        json!({"PreReadTime": 300}),
        json!({"IdCardNumber": "11010519491231002X"}),
        json!({"IdCardType": "HONGKONG_AND_MACAO", "IdCardNumber": "H1234567890"}),
        json!({"ApproverSignTypes": [1, 5], "ApproverVerifyTypes": [1, 2], "SignEndpoints": ["link"]}),
        json!({"ApproverOption": {"FillType": 1}, "Name": null, "Mobile": null}),
    ];
    for change in fine {
        assert_eq!(approver(change.clone()), "ok", "{change}");
    }
}

#[test]
fn each_approver_type_has_its_needs() {
    let company =
        json!({"ApproverType": "ORGANIZATION", "OrganizationName": "某公司", "OrganizationOpenId": "o"});
    let platform =
        json!({"ApproverType": "ORGANIZATION", "OrganizationName": "某公司", "NotChannelOrganization": true});
    let and = |base: &Value, more: Value| {
        let mut change = base.clone();
        change.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        approver(change)
    };
    let nobody = json!({"Name": "", "Mobile": ""});
    assert_eq!(and(&company, json!({})), "ok");
    // The sender's own company needs neither its name nor its OpenId, and may seal by itself.
    for less in [json!({"OrganizationOpenId": ""}), json!({"OrganizationName": ""}), nobody.clone()] {
        assert_eq!(and(&company, less.clone()), "ok", "{less}");
    }
    let nothing = json!({"ApproverType": "ORGANIZATION", "Name": "", "Mobile": ""});
    assert_eq!(approver(nothing), "ok");
    assert_eq!(and(&platform, json!({})), "ok");
    assert_eq!(and(&platform, nobody), "MissingParameter");
    assert_eq!(and(&platform, json!({"OrganizationName": ""})), "MissingParameter");
    assert_eq!(and(&platform, json!({"OpenId": "e1"})), "InvalidParameter.OpenId");
    assert_eq!(and(&platform, json!({"OrganizationOpenId": "o"})), "InvalidParameter.FlowApproverInfos");
    assert_eq!(approver(json!({"ApproverType": "ENTERPRISESERVER"})), "ok");
    assert_eq!(approver(json!({"ApproverType": "ENTERPRISESERVER", "OrganizationOpenId": "o"})), "ok");
    let later = json!({"ApproverType": "ENTERPRISESERVER", "OrganizationOpenId": "o", "ApproverOption": {"FillType": 1}});
    assert_eq!(approver(later), "InvalidParameter.FlowApproverInfos");
    assert_eq!(approver(json!({"ApproverType": "PERSON_AUTO_SIGN"})), "MissingParameter");
    assert_eq!(approver(json!({"ApproverType": "PERSON_PIN_CODE_SIGN"})), "MissingParameter");
    assert_eq!(approver(json!({"ApproverType": "PERSON_PIN_CODE_SIGN", "PinCode": "p"})), "ok");
    let auto = json!({"/FlowInfos/0/AutoSignScene": "OTHER", "/FlowInfos/0/FlowApprovers/0/ApproverType": "PERSON_AUTO_SIGN"});
    assert_eq!(with(auto), "ok");
}

#[test]
fn form_fields_and_copies_are_checked() {
    let field = |value: &str| flow(json!({"FormFields": [{"ComponentId": "c", "ComponentValue": value}]}));
    assert_eq!(field("第一行\n第二行，100%"), "ok");
    assert_eq!(field("好😀"), "InvalidParameter.ComponentValue");
    let cc = |cc: Value| flow(json!({"CcInfos": [cc]}));
    assert_eq!(cc(json!({"Mobile": "13900000000", "CcType": 1, "CcPermission": 0})), "ok");
    assert_eq!(cc(json!({"Name": "某"})), "MissingParameter");
    assert_eq!(cc(json!({"Mobile": "139"})), "InvalidParameter.Mobile");
    assert_eq!(cc(json!({"Mobile": "13900000000", "CcType": 2})), "InvalidParameter.ParamError");
    assert_eq!(cc(json!({"Mobile": "13888888888"})), "OperationDenied.CcUserRepeat");
}

#[test]
fn messages_show_no_values() {
    let mut request = request();
    request["FlowInfos"][0]["FlowApprovers"][0]["Mobile"] = json!("555-secret");
    let refusal = check_request(&request, Action::Prepare, 20, NOW).unwrap_err();
    assert!(!refusal.message.contains("555"), "{}", refusal.message);
}

#[test]
fn the_action_that_starts_flows_has_no_jump_url_and_may_limit_what_is_done_with_them() {
    let verdict = |change: fn(&mut Value)| {
        let mut request = request();
        request.as_object_mut().unwrap().remove("JumpUrl");
        change(&mut request);
        match check_request(&request, Action::Create, 20, NOW) {
            Ok(()) => "ok".to_owned(),
            Err(refusal) => refusal.code.into_owned(),
        }
    };
    assert_eq!(verdict(|_| ()), "ok");
    assert_eq!(verdict(|own| own["JumpUrl"] = json!("http://www.test.com")), "UnknownParameter");
    assert_eq!(verdict(|own| own["NeedPreview"] = json!(true)), "ok");
    assert_eq!(verdict(|own| own["PreviewType"] = json!(2)), "InvalidParameter.ParamError");
    let limit = |own: &mut Value| own["FlowInfos"][0]["FlowOperateLimit"] = json!({"NoRelease": true});
    assert_eq!(verdict(limit), "ok");
    assert_eq!(flow(json!({"FlowOperateLimit": {"NoRelease": true}})), "InvalidParameter");
}
