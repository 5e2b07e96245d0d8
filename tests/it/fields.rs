//! Every field of the API's request, from a column to the wire.

use flowbatch::domain::field::{FIELDS, Level};
use flowbatch::essbasic::action::Action;
use serde_json::{Value, json};

use crate::sheets::{Sheet, contracts, sheet};
use crate::support::{Session, mark};
use crate::wire::{Captured, Listener};

/// Runs a file against a listener; returns the only request.
fn request_for(session: Session, name: &str) -> Captured {
    let listener = Listener::start();
    let session = session.env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    session.run(["run", name]).exit(0);
    let mut captured = listener.captured();
    assert_eq!(captured.len(), 1);
    captured.remove(0)
}

fn request_of(input: &Sheet) -> Value {
    request_for(Session::new().file("contracts.csv", input.csv()), "contracts.csv").json()
}

/// One row: column, what stands in it, and where it must arrive.
type Cell = (&'static str, &'static str, &'static str, Value);

/// 2099-12-31 23:59:59 in Shanghai, and 18:30 of that day.
const END_OF_CENTURY: i64 = 4_102_415_999;

#[rustfmt::skip]
fn of_a_request() -> Vec<Cell> {
    vec![
        ("app_id", "app-1", "/Agent/AppId", json!("app-1")),
        ("发起企业", "org-1", "/Agent/ProxyOrganizationOpenId", json!("org-1")),
        ("经办人", "operator-1", "/Agent/ProxyOperator/OpenId", json!("operator-1")),
        ("JumpUrl", "https://example.com/done", "/JumpUrl", json!("https://example.com/done")),
    ]
}

#[rustfmt::skip]
fn of_a_flow() -> Vec<Cell> {
    vec![
        ("合同名称", "劳动合同", "/FlowName", json!("劳动合同")),
        ("模板ID", "yDtest00000000000000000000000001", "/TemplateId", json!("yDtest00000000000000000000000001")),
        ("签署截止日期", "2099年12月31日", "/Deadline", json!(END_OF_CENTURY)),
        ("合同类型", "劳动", "/FlowType", json!("劳动")),
        ("合同描述", "入职当天签署", "/FlowDescription", json!("入职当天签署")),
        ("customer_data", "工号42", "/CustomerData", json!(mark("工号42"))),
        ("callback_url", "https://example.com/back", "/CallbackUrl", json!("https://example.com/back")),
        ("custom_show_map", "{合同名称} {签署方1姓名}", "/CustomShowMap", json!("{合同名称} {签署方1姓名}")),
        ("need_sign_review", "是", "/NeedSignReview", json!(true)),
        ("cc_notify_type", "1", "/CcNotifyType", json!(1)),
        ("auto_sign_scene", "OTHER", "/AutoSignScene", json!("OTHER")),
        ("flow_display_type", "2", "/FlowDisplayType", json!(2)),
        ("填写:岗位", "产品经理", "/FormFields/1", json!({"ComponentName": "岗位", "ComponentValue": "产品经理"})),
        ("field:月薪", "8000.50", "/FormFields/2", json!({"ComponentName": "月薪", "ComponentValue": "8000.50"})),
        ("flow.json", r#"{"FormFields":[{"ComponentId":"ID_7","ComponentValue":"是","LockComponentValue":true}]}"#,
            "/FormFields/0", json!({"ComponentId": "ID_7", "ComponentValue": "是", "LockComponentValue": true})),
    ]
}

/// Of the first signer, who is a person.
#[rustfmt::skip]
fn of_a_person() -> Vec<Cell> {
    vec![
        ("签署方姓名", "测试一", "/Name", json!("测试一")),
        ("签署方手机号", "13800000001", "/Mobile", json!("13800000001")),
        ("签署方类型", "个人", "/ApproverType", json!("PERSON")),
        ("证件类型", "身份证", "/IdCardType", json!("ID_CARD")),
        ("身份证号", "11010519491231002X", "/IdCardNumber", json!("11010519491231002X")),
        ("approver.open_id", "person1", "/OpenId", json!("person1")),
        ("approver.recipient_id", "yDrecipient1", "/RecipientId", json!("yDrecipient1")),
        ("approver.role_name", "员工", "/ApproverRoleName", json!("员工")),
        ("approver.deadline", "2099-12-31 18:30", "/Deadline", json!(END_OF_CENTURY - 19_799)),
        ("approver.callback_url", "https://example.com/a", "/CallbackUrl", json!("https://example.com/a")),
        ("approver.jump_url", "https://example.com/b", "/JumpUrl", json!("https://example.com/b")),
        ("approver.component_limit_type", "手写签名;ESIGN", "/ComponentLimitType", json!(["HANDWRITE", "ESIGN"])),
        ("approver.pre_read_time", "30", "/PreReadTime", json!(30)),
        ("approver.need_sign_review", "否", "/ApproverNeedSignReview", json!(false)),
        ("approver.verify_types", "1;2", "/ApproverVerifyTypes", json!([1, 2])),
        ("approver.sign_types", "人脸;3", "/ApproverSignTypes", json!([1, 3])),
        ("approver.sign_type_selector", "1", "/SignTypeSelector", json!(1)),
        ("approver.sign_endpoints", "link", "/SignEndpoints", json!(["link"])),
        ("approver.email", "a@example.com", "/ApproverEmail", json!("a@example.com")),
        ("approver.sign_id", "sign-1", "/SignId", json!("sign-1")),
        ("approver.pin_code", "1234", "/PinCode", json!("1234")),
        ("approver.approver_option.no_refuse", "是", "/ApproverOption/NoRefuse", json!(true)),
        ("approver.approver_option.no_transfer", "否", "/ApproverOption/NoTransfer", json!(false)),
        ("approver.approver_option.hide_one_key_sign", "是", "/ApproverOption/HideOneKeySign", json!(true)),
        ("approver.approver_option.fill_type", "1", "/ApproverOption/FillType", json!(1)),
        ("approver.approver_option.flow_read_limit", "LimitBottom", "/ApproverOption/FlowReadLimit", json!("LimitBottom")),
        ("approver.approver_option.forbid_add_sign_date", "是", "/ApproverOption/ForbidAddSignDate", json!(true)),
        ("approver.approver_option.approver_mobile_mode", "VALIDATE", "/ApproverOption/ApproverMobileMode", json!("VALIDATE")),
        ("approver.approver_option.add_sign_component_use_seal_size", "1", "/ApproverOption/AddSignComponentUseSealSize", json!(1)),
        ("approver.json", r#"{"Intention":{"IntentionType":1}}"#, "/Intention", json!({"IntentionType": 1})),
    ]
}

/// Of the second, a company of the SaaS platform, and of the third, one inside the application.
#[rustfmt::skip]
fn of_companies() -> [Vec<Cell>; 2] {
    [
        vec![
            ("签署方姓名", "测试二", "/Name", json!("测试二")),
            ("签署方手机号", "13800000002", "/Mobile", json!("13800000002")),
            ("签署方类型", "企业", "/ApproverType", json!("ORGANIZATION")),
            ("approver.organization_name", "测试(深圳)有限公司", "/OrganizationName", json!("测试（深圳）有限公司")),
            ("approver.not_channel_organization", "是", "/NotChannelOrganization", json!(true)),
            ("approver.notify_type", "短信", "/NotifyType", json!("SMS")),
        ],
        vec![
            ("签署方类型", "企业", "/ApproverType", json!("ORGANIZATION")),
            ("approver.organization_name", "测试乙公司", "/OrganizationName", json!("测试乙公司")),
            ("approver.organization_open_id", "org-2", "/OrganizationOpenId", json!("org-2")),
            ("approver.open_id", "person3", "/OpenId", json!("person3")),
        ],
    ]
}

#[rustfmt::skip]
fn of_ccs() -> [Vec<Cell>; 2] {
    [
        vec![
            ("抄送人姓名", "测试三", "/Name", json!("测试三")),
            ("抄送人手机号", "13800000003", "/Mobile", json!("13800000003")),
            ("cc.type", "0", "/CcType", json!(0)),
            ("cc.permission", "1", "/CcPermission", json!(1)),
        ],
        vec![
            ("抄送人姓名", "测试四", "/Name", json!("测试四")),
            ("抄送人手机号", "13800000004", "/Mobile", json!("13800000004")),
            ("cc.type", "员工", "/CcType", json!(1)),
            ("cc.permission", "可查看", "/CcPermission", json!(0)),
        ],
    ]
}

#[test]
fn every_field_arrives_from_a_column() {
    let [first_company, second_company] = of_companies();
    let [first_cc, second_cc] = of_ccs();
    let rows: Vec<Vec<Cell>> = vec![
        [of_a_request(), of_a_flow(), of_a_person(), first_cc.clone()].concat(),
        [first_company.clone(), second_cc.clone()].concat(),
        second_company.clone(),
    ];
    let mut headers = vec!["合同编号"];
    for (header, ..) in rows.iter().flatten() {
        if !headers.contains(header) {
            headers.push(header);
        }
    }
    let input = sheet(
        &headers,
        rows.iter().map(|cells| {
            let value = |header: &&str| match *header {
                "合同编号" => "HT-1".to_owned(),
                _ => cells.iter().find(|cell| cell.0 == *header).map_or(String::new(), |c| c.1.to_owned()),
            };
            headers.iter().map(value).collect::<Vec<_>>()
        }),
    );
    // Nothing from the settings: all of it must come from the columns.
    let session = Session::new()
        .without("FLOWBATCH_AGENT__APP_ID")
        .without("FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID")
        .without("FLOWBATCH_AGENT__OPERATOR_OPEN_ID")
        .without("FLOWBATCH_JUMP_URL")
        .file("contracts.csv", input.csv());
    let request = request_for(session, "contracts.csv");
    let body = request.json();

    let flow = "/FlowInfos/0";
    let expected = [
        (String::new(), of_a_request()),
        (flow.to_owned(), of_a_flow()),
        (format!("{flow}/FlowApprovers/0"), of_a_person()),
        (format!("{flow}/FlowApprovers/1"), first_company),
        (format!("{flow}/FlowApprovers/2"), second_company),
        (format!("{flow}/CcInfos/0"), first_cc),
        (format!("{flow}/CcInfos/1"), second_cc),
    ];
    for (prefix, cells) in &expected {
        for (header, written, pointer, value) in cells {
            let arrived = body.pointer(&format!("{prefix}{pointer}"));
            assert_eq!(arrived, Some(value), "{header} = {written} at {prefix}{pointer}");
        }
        // And nothing besides.
        let named = cells.iter().map(|(_, _, pointer, _)| pointer.split('/').nth(1).unwrap());
        let named: std::collections::BTreeSet<&str> = named
            .chain(match prefix.as_str() {
                "" => vec!["FlowInfos"],
                "/FlowInfos/0" => vec!["FlowApprovers", "CcInfos"],
                _ => vec![],
            })
            .collect();
        let present = body.pointer(prefix).unwrap().as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(named, present, "at {prefix}");
    }
    // What the other action alone takes has a test of its own there.
    let closed = Action::PrepareFlows.closed_fields();
    for field in FIELDS.iter().filter(|field| field.level != Level::Own && !closed.contains(&field.id)) {
        let tried = expected.iter().any(|(prefix, cells)| {
            let of_level = match field.level {
                Level::Approver => prefix.contains("FlowApprovers"),
                Level::Cc => prefix.contains("CcInfos"),
                Level::Flow => prefix == flow,
                Level::Request | Level::Own => prefix.is_empty(),
            };
            let path = match field.level {
                Level::Request => String::new(),
                _ => format!("/{}", field.path.join("/")),
            };
            of_level && (path.len() < 2 || cells.iter().any(|(_, _, pointer, _)| *pointer == path))
        });
        assert!(tried, "{} is not in this test", field.name);
    }

    let header = |name: &str| request.header(name);
    assert_eq!(request.start, "POST / HTTP/1.1");
    assert_eq!(header("x-tc-action"), Some("PrepareFlows"));
    assert_eq!(header("x-tc-version"), Some("2021-05-26"));
    assert_eq!(header("content-type"), Some("application/json"));
    assert_eq!(header("x-tc-region"), None, "left out when empty");
}

#[test]
fn settings_fill_what_columns_leave_open() {
    let input = sheet(
        &["合同编号", "合同名称", "签署方姓名", "签署方手机号", "合同类型"],
        [
            ["HT-1", "合同一", "测试一", "13800000001", ""].map(str::to_owned),
            ["HT-2", "合同二", "测试二", "13800000002", "采购"].map(str::to_owned),
        ],
    );
    let session = Session::new()
        .env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDdefault")
        .env("FLOWBATCH_REGION", "ap-guangzhou")
        .file(
            "config.toml",
            "[defaults]\nflow_type = \"劳动\"\ndeadline = \"2099-12-31\"\n\"approver.notify_type\" = \"NONE\"\n",
        )
        .file("contracts.csv", input.csv());
    let request = request_for(session, "contracts.csv");
    let body = request.json();
    for (flow, kind) in [(0, "劳动"), (1, "采购")] {
        let flow = &body["FlowInfos"][flow];
        assert_eq!(flow["TemplateId"], "yDdefault");
        assert_eq!(flow["Deadline"], END_OF_CENTURY);
        assert_eq!(flow["FlowType"], kind);
        assert_eq!(flow["FlowApprovers"][0]["NotifyType"], "NONE");
    }
    assert_eq!(body["Agent"]["AppId"], "test-app");
    assert_eq!(body["JumpUrl"], "https://jump.example.com/");
    assert_eq!(request.header("x-tc-region"), Some("ap-guangzhou"));
}

#[test]
fn the_contract_id_goes_into_customer_data_and_the_key_never_leaves() {
    let body = request_of(&contracts(3));
    let carried: Vec<&str> =
        (0..3).map(|flow| body["FlowInfos"][flow]["CustomerData"].as_str().unwrap()).collect();
    assert_eq!(carried, ["HT-0001", "HT-0002", "HT-0003"].map(mark));
    assert!(!body.to_string().contains(crate::support::SECRET_KEY));
}
