//! The template is asked before anything starts: signers get its places, values the form of
//! its components, and what does not fit is named with its cell.

use std::collections::BTreeMap;

use calamine::{Reader as _, open_workbook_auto};
use flowbatch::sandbox::{Options, Templates};
use serde_json::{Value, json};

use crate::sheets::{Sheet, contracts, mobile, name, sheet};
use crate::support::{Session, faulty, read_report, unhurried};
use crate::wire::{Listener, Says};

pub const CREATE: &str = "CreateFlowsByTemplates";
pub const ASK: &str = "DescribeTemplates";
const T: &str = "yDtemplate0000000000000000000001";
const OFF: &str = "yDtemplate0000000000000000000off";
const SEALS: &str = "yDtemplate000000000000000000seal";

/// Three signers, and eight components of different types.
fn template() -> Value {
    let component = |name: &str, kind: &str, required: bool, extra: Value| {
        json!({"ComponentName": name, "ComponentType": kind, "ComponentRequired": required,
               "ComponentExtra": extra.to_string()})
    };
    json!({
        "TemplateId": T, "TemplateName": "劳动合同", "TemplateType": 3, "Available": 1,
        "Recipients": [
            {"RecipientId": "r0", "RecipientType": "PROMOTER", "RoleName": "发起方", "RoutingOrder": -1},
            {"RecipientId": "r1", "RecipientType": "ENTERPRISE", "RoleName": "甲方"},
            {"RecipientId": "r2", "RecipientType": "INDIVIDUAL", "RoleName": "乙方"},
            {"RecipientId": "r3", "RecipientType": "INDIVIDUAL", "RoleName": "担保人"}
        ],
        "Components": [
            component("岗位", "TEXT", true, json!({"SubType": "TEXT", "MaxLength": 6})),
            component("入职日期", "DATE", true, json!({})),
            component("月薪", "TEXT", false, json!({"SubType": "DIGIT"})),
            component("福利", "SELECTOR", false, json!({"Values": ["五险一金", "商业保险"]})),
            component("试用期", "CHECK_BOX", false, json!({})),
            component("户籍", "DISTRICT", false, json!({})),
            component("紧急联系人", "TEXT", false, json!({"SubType": "PERSONAL-MOBILE"})),
            component("补充", "MULTI_LINE_TEXT", false, json!({})),
            {"ComponentName": "乙方意见", "ComponentType": "TEXT", "ComponentRecipientId": "r2"}
        ]
    })
}

pub fn all() -> Value {
    let mut off = template();
    off["TemplateId"] = json!(OFF);
    off["Available"] = json!(2);
    let seals = json!({
        "TemplateId": SEALS, "TemplateName": "自动盖章", "TemplateType": 1,
        "Recipients": [
            {"RecipientId": "s1", "RecipientType": "ENTERPRISE", "RoleName": "甲方"},
            {"RecipientId": "s2", "RecipientType": "INDIVIDUAL", "RoleName": "乙方"}
        ]
    });
    json!([template(), off, seals])
}

pub fn with(templates: &Value) -> Options {
    Options { templates: Templates::of(templates), ..unhurried() }
}

/// The guarantor first, then the company, then the employee: not the template's order.
const HEADERS: [&str; 20] = [
    "contract_id", "flow_name", "template_id", "deadline", "approver1.role_name", "approver1.name",
    "approver1.mobile", "approver1.recipient_id", "approver2.role_name", "approver2.type",
    "approver3.role_name", "approver3.name", "approver3.mobile", "field:岗位", "field:入职日期",
    "field:月薪", "field:福利", "field:试用期", "field:户籍", "field:紧急联系人",
];

fn row(number: usize) -> Vec<String> {
    [
        &format!("HT-{number:04}"),
        &format!("劳动合同_{number}"),
        T,
        "2099-12-31",
        "担保人",
        &name(1000 + number),
        &mobile(1000 + number),
        "",
        " 甲方 ",
        "ORGANIZATION",
        "乙方",
        &name(number),
        &mobile(number),
        "工程师",
        "2026/1/2",
        "8,000元",
        "商业保险;五险一金",
        "是",
        "广东省 深圳市 福田区",
        "138 0013 8000",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub fn people(count: usize) -> Sheet {
    sheet(&HEADERS, (1..=count).map(row))
}

pub fn starting(input: &Sheet, options: Options) -> Session {
    Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ACTION", CREATE)
        .file("contracts.csv", input.csv())
        .sandbox(options)
}

/// How many requests of an action there were.
pub fn requests(session: &Session, action: &str) -> usize {
    session.entries().iter().filter(|entry| entry.action.as_deref() == Some(action)).count()
}

const RUN: [&str; 3] = ["run", "contracts.csv", "--yes"];

#[test]
fn signers_are_sent_in_the_templates_order_and_values_in_their_components_form() {
    let listener = Listener::saying(|body, _| match body["FlowInfos"].is_array() {
        false => Says::Fields(json!({"Templates": [template()]})),
        true => Says::Fields(json!({
            "FlowIds": ["yDflow00000000000000000000000001"], "ErrorMessages": [""],
            "CustomerData": [body["FlowInfos"][0]["CustomerData"]]
        })),
    });
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ACTION", CREATE)
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        .file(
            "contracts.csv",
            people(1).with("custom_show_map", |_| "{签署方1姓名}{签署方2企业}{签署方3姓名}".to_owned()).csv(),
        );
    session.run(RUN).exit(0);
    let captured = listener.captured();
    assert_eq!(captured.len(), 2);
    let asked = captured[0].json();
    assert_eq!((captured[0].header("x-tc-action"), &asked["TemplateIds"]), (Some(ASK), &json!([T])));
    assert_eq!(asked["QueryAllComponents"], false);
    let flow = &captured[1].json()["FlowInfos"][0];
    let signers: Vec<(&str, &str)> = flow["FlowApprovers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|own| (own["RecipientId"].as_str().unwrap(), own["Name"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(signers, [("r1", ""), ("r2", name(1).as_str()), ("r3", name(1001).as_str())]);
    // Each token means whom it meant in the sheet.
    assert_eq!(flow["CustomShowMap"], "{签署方3姓名}{签署方1企业}{签署方2姓名}");
    let values: BTreeMap<&str, &str> = flow["FormFields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| (field["ComponentName"].as_str().unwrap(), field["ComponentValue"].as_str().unwrap()))
        .collect();
    let expected = [
        ("岗位", "工程师"),
        ("入职日期", "2026年01月02日"),
        ("月薪", "8000"),
        ("福利", "商业保险、五险一金"),
        ("试用期", "true"),
        ("户籍", "广东省深圳市福田区"),
        ("紧急联系人", "13800138000"),
    ];
    assert_eq!(values, BTreeMap::from(expected));
}

#[test]
fn a_job_is_asked_for_once_and_the_stand_in_takes_every_contract_of_it() {
    let session = starting(&people(25), with(&all()));
    session.run(["run", "contracts.csv", "--yes", "--first", "3"]).exit(0);
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 3));
    session.run(RUN).exit(0).says("25 accepted").never_says("looks like").never_says("component takes");
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (2, 25));
    // A finished one asks nobody.
    session.run(RUN).exit(0);
    assert_eq!(session.entries().len(), 27);
}

/// A row, the headers that are wrong in it with their values, and what is told of it.
type Wrong<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

const WRONG: &[Wrong] = &[
    (&[], "", ""),
    (&[("approver1.role_name", "保证人")], "template.role_unknown", "approver1.role_name"),
    (&[("approver3.role_name", "担保人")], "template.role_twice", "approver3.role_name"),
    (
        &[("approver2.type", "PERSON"), ("approver1.role_name", "")],
        "template.role_type",
        "approver2.role_name",
    ),
    (
        &[("approver3.role_name", ""), ("approver3.name", ""), ("approver3.mobile", "")],
        "template.signers",
        "",
    ),
    (&[("approver1.recipient_id", "rX")], "template.recipient_unknown", "approver1.recipient_id"),
    (&[("approver1.recipient_id", "r2")], "template.role_and_recipient", "approver1.role_name"),
    (&[("field:岗位", "")], "template.field_missing", "field:岗位"),
    (&[("field:岗位", "高级软件工程师")], "cell.too_long", "field:岗位"),
    (&[("field:入职日期", "明年")], "date.form", "field:入职日期"),
    (&[("field:月薪", "八千")], "cell.number", "field:月薪"),
    (&[("field:福利", "年金")], "template.field_option", "field:福利"),
    (&[("field:试用期", "也许")], "cell.yes_no", "field:试用期"),
    (&[("field:户籍", "福田")], "template.field_form", "field:户籍"),
    (&[("field:紧急联系人", "12800138000")], "mobile.form", "field:紧急联系人"),
    (&[("template_id", "yDtemplate000000000000000unknown")], "template.unknown", "template_id"),
    (&[("template_id", OFF)], "template.not_available", "template_id"),
    (&[("field:岗位名", "班长")], "template.field_unknown", "field:岗位名"),
    (&[("field:乙方意见", "同意")], "template.field_unknown", "field:乙方意见"),
];

#[test]
fn each_kind_of_wrong_field_is_named_before_anything_starts() {
    let mut input = people(WRONG.len())
        .with("field:岗位名", |_| String::new())
        .with("field:乙方意见", |_| String::new());
    for (number, (changes, _, _)) in (1..).zip(WRONG) {
        for (header, value) in *changes {
            input = input.set(number, header, value);
        }
    }
    let session = starting(&input, with(&all()));
    let told = session.run(["run", "contracts.csv", "--yes", "--json"]).exit(3).json();
    let problems = told["files"][0]["problems"].as_array().unwrap().clone();
    for (at, (_, code, column)) in WRONG.iter().enumerate() {
        let of_row: Vec<&Value> =
            problems.iter().filter(|own| own["row"] == at + 2 && own["severity"] == "error").collect();
        if code.is_empty() {
            assert!(of_row.is_empty(), "{of_row:?}");
            continue;
        }
        let own = of_row.iter().find(|own| own["code"] == *code);
        let own = own.unwrap_or_else(|| panic!("{code} is not in {of_row:#?}"));
        assert_eq!(own["column"].as_str().unwrap_or_default(), *column, "{own}");
        assert!(!own["todo"].as_str().unwrap().is_empty());
        if !column.is_empty() && *code != "template.field_missing" {
            assert!(!own["value"].as_str().unwrap().is_empty(), "{own}");
        }
    }
    let near = problems
        .iter()
        .find(|own| own["column"] == "field:岗位名" && own["code"] == "template.field_unknown");
    assert!(near.unwrap()["what"].as_str().unwrap().contains("did you mean \"岗位\""));
    // All of them at once, then one after the other; and nothing was started.
    assert_eq!((requests(&session, CREATE), requests(&session, ASK)), (0, 4));
    session.run(["check", "contracts.csv", "--online"]).exit(3);
    session.run(["run", "contracts.csv", "--yes", "--skip-invalid"]).exit(4);
    assert_eq!(requests(&session, CREATE), 1);
}

#[test]
fn without_roles_the_order_counts_within_a_type_and_check_shows_who_takes_which() {
    let mut input = people(1);
    for number in [1, 2, 3] {
        input = input.set(1, &format!("approver{number}.role_name"), "");
    }
    let session = starting(&input, with(&all()));
    let told = session.run(["check", "contracts.csv", "--online", "--json"]).exit(0).json();
    let first = &told["files"][0]["understood"]["first"];
    assert_eq!(first["roles"], json!(["甲方", "乙方", "担保人"]));
    let named = |at: usize| {
        let own = first["signers"][at].as_array().unwrap();
        own.iter().find(|value| value["field"] == "approver.name").map(|value| value["column"][1].clone())
    };
    // The first person in the sheet takes the first place of a person.
    assert_eq!(
        (named(0), named(1), named(2)),
        (None, Some(json!("approver1.name")), Some(json!("approver3.name")))
    );
    assert_eq!(told["files"][0]["templates"], 1);
    session.run(["check", "contracts.csv", "--online"]).exit(0).says("signer 3 (the template's 担保人)");
    assert_eq!((requests(&session, CREATE), session.entries().len()), (0, 2));
}

#[test]
fn a_check_stays_offline_and_says_so() {
    let session = starting(&people(2), with(&all()));
    session.run(["check", "contracts.csv"]).exit(0).says("the templates were not asked").says("--online");
    assert!(session.entries().is_empty());
    // Where a page is confirmed nobody is asked by himself.
    let create = ["check", "contracts.csv", "--action", "PrepareFlows"];
    session.run(create).exit(0).never_says("were not asked");
}

#[test]
fn what_goes_as_the_sheet_has_it_is_compared_only() {
    let session = Session::new().file("contracts.csv", people(1).csv()).sandbox(with(&all()));
    let told = session.run(["check", "contracts.csv", "--online", "--json"]).exit(3).json();
    let problems = told["files"][0]["problems"].as_array().unwrap().clone();
    let codes: Vec<&str> = problems
        .iter()
        .filter(|own| own["severity"] == "error")
        .map(|own| own["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"template.order") && codes.contains(&"template.field_exactly"), "{codes:?}");
    assert!(session.entries().iter().all(|entry| entry.action.as_deref() == Some(ASK)));
    // As the template has it, it goes; and a run with pages asks for no template.
    let right = sheet(
        &[
            "contract_id", "flow_name", "template_id", "deadline", "approver1.type", "approver2.name",
            "approver2.mobile",
        ],
        [["HT-1", "合同_1", SEALS, "2099-12-31", "ORGANIZATION", "张三", "13800000001"].map(str::to_owned)],
    );
    let session = session.file("right.csv", right.csv());
    session.run(["check", "right.csv", "--online"]).exit(0).says("held against the templates");
    let asked = requests(&session, ASK);
    session.run(["run", "right.csv"]).exit(0);
    assert_eq!(requests(&session, ASK), asked);
}

#[test]
fn what_the_template_says_makes_no_other_contract() {
    let session = starting(&people(1), unhurried());
    session.run(["run", "contracts.csv", "--yes", "--without-template-check"]).exit(0);
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (0, 1));
    let port = session.port();
    let mut session = session.file("more.csv", people(2).csv());
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..with(&all()) });
    session.run(["run", "more.csv", "--yes"]).exit(0);
    let report = read_report(&session.path("more.report.csv"));
    assert_eq!([report[0].status(), report[1].status()], ["duplicate", "accepted"]);
}

#[test]
fn where_the_templates_cannot_be_asked_a_person_says_how_to_go_on() {
    let session = starting(&people(2), faulty("UnauthorizedOperation.NoPermissionFeature=1x"));
    let ran = session.run(RUN).exit(3);
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 0));
    ran.says("UnauthorizedOperation.NoPermissionFeature")
        .says("flowbatch run contracts.csv --yes --without-template-check")
        .says("check_templates = false");
    assert!(session.run(["status", "--json"]).json()["jobs"].as_array().unwrap().is_empty());
    session.run(["run", "contracts.csv", "--yes", "--without-template-check"]).exit(0).says("2 accepted");
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 2));
    // The same for a command that nobody looks at.
    let session = starting(&people(2), unhurried()).env("FLOWBATCH_START__CHECK_TEMPLATES", "false");
    session.run(RUN).exit(0);
    assert_eq!(requests(&session, ASK), 0);
    session.run_with(&[("FLOWBATCH_START__CHECK_TEMPLATES", "perhaps")], RUN).exit(2);
    // Nobody answers: that may be over by itself.
    let session =
        starting(&people(2), faulty("internal-error=1")).env("FLOWBATCH_RETRY__FIRST_CONTACT", "50ms");
    session.run(RUN).exit(5);
    assert_eq!(requests(&session, CREATE), 0);
}

#[test]
fn a_job_that_goes_on_is_compared_with_the_templates_as_they_are_then() {
    let mut session = starting(&people(3), with(&all()));
    session.run(["run", "contracts.csv", "--yes", "--first", "1"]).exit(0);
    let port = session.port();
    session.stop_sandbox();
    let mut changed = all();
    changed[0]["Recipients"].as_array_mut().unwrap().swap(2, 3);
    session.start_sandbox(Options { port, ..with(&changed) });
    session
        .run(RUN)
        .exit(3)
        .says("do not fit their templates")
        .says("HT-0002")
        .says("--without-template-check");
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 0));
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..with(&all()) });
    session.run(RUN).exit(0).says("3 accepted");
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 2));
}

#[test]
fn a_template_that_seals_by_itself_wants_nobody_named() {
    let headers = [
        "contract_id", "flow_name", "template_id", "deadline", "approver1.type", "approver1.name",
        "approver1.mobile", "approver2.name", "approver2.mobile",
    ];
    let row = |number: usize, own: [&str; 2]| {
        let (id, title) = (format!("HT-{number}"), format!("合同_{number}"));
        [&id, &title, SEALS, "2099-12-31", "ORGANIZATION", own[0], own[1], &name(number), &mobile(number)]
            .map(str::to_owned)
    };
    let session =
        starting(&sheet(&headers, [row(1, ["", ""]), row(2, ["钱经办", "13900000001"])]), with(&all()));
    let told = session.run(["check", "contracts.csv", "--online", "--json"]).exit(3).json();
    let problems = told["files"][0]["problems"].as_array().unwrap().clone();
    let errors: Vec<&Value> = problems.iter().filter(|own| own["severity"] == "error").collect();
    assert_eq!(
        (errors.len(), &errors[0]["code"], &errors[0]["row"]),
        (1, &json!("template.seals_itself"), &json!(3))
    );
    assert!(!problems.iter().any(|own| own["code"] == "approver.nobody_named"), "{problems:?}");
}

#[test]
fn an_empty_answer_says_nothing_and_an_unknown_template_is_named() {
    // The stand-in knows no templates: nothing is told of signers and components.
    let session = starting(&contracts(4), unhurried());
    session.run(RUN).exit(0).says("4 accepted");
    assert_eq!(requests(&session, ASK), 1);
    let input = contracts(2).set(2, "template_id", "sandbox-unknown-template");
    let session = starting(&input, unhurried());
    let told = session.run(["run", "contracts.csv", "--yes", "--json"]).exit(3).json();
    assert!(told.to_string().contains("template.unknown"));
    assert_eq!(requests(&session, CREATE), 0);
}

#[test]
fn a_template_that_only_json_names_is_asked_for_as_well() {
    let json = |_| json!({"TemplateId": T}).to_string();
    let input = people(2).set(1, "template_id", "").with("flow.json", json).set(2, "flow.json", "");
    let session = starting(&input, with(&all()));
    session.run(RUN).exit(0).says("2 accepted");
    assert_eq!(requests(&session, ASK), 1);
    // What such a column fills has to have the component's form already.
    let json = |_| {
        json!({"FormFields": [{"ComponentName": "补充", "ComponentValue": "一"}, {"ComponentName": "工种", "ComponentValue": "焊工"}]}).to_string()
    };
    let session = starting(&people(1).with("flow.json", json), with(&all()));
    session.run(RUN).exit(3).says("no component \"工种\"").never_says("no component \"补充\"");
    assert_eq!(requests(&session, CREATE), 0);
}

#[test]
fn a_workbook_of_a_template_has_its_signers_and_components_and_is_sent() {
    let session = starting(&people(1), with(&all()));
    session.run(["template", "t.xlsx", "--from-template", T]).exit(0);
    session.run(["template", "u.xlsx", "--from-template", "yDnone"]).exit(3).says("no template yDnone");
    let mut book = open_workbook_auto(session.path("t.xlsx")).unwrap();
    let (_, range) = book.worksheets().into_iter().next().unwrap();
    let rows: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let header = &rows[0];
    for expected in [
        "approver1.role_name", "approver1.type", "approver2.name", "approver3.mobile",
        "field:岗位(required)", "field:入职日期(date,required)", "field:月薪(number)", "field:补充", "send",
    ] {
        assert!(header.iter().any(|own| own == expected), "{expected} is not in {header:?}");
    }
    assert!(!header.iter().any(|own| own.contains("approver4") || own.contains("乙方意见")));
    // The example is left out.
    assert_eq!(rows.len(), 2);
    let told = session.run(["check", "t.xlsx", "--json"]).json();
    assert_eq!(told["files"][0]["skipped"], 1, "{told}");
    let filled = header.iter().zip(&rows[1]).map(|(title, example)| match title.as_str() {
        "contract_id" => "HT-77".to_owned(),
        "send" => "yes".to_owned(),
        "deadline" => "2099-12-31".to_owned(),
        "approver1.name" | "approver1.mobile" => String::new(),
        "approver2.mobile" => mobile(2),
        "approver3.mobile" => mobile(3),
        "approver2.id_card_number" | "approver3.id_card_number" => String::new(),
        _ => example.clone(),
    });
    let row: Vec<String> = filled.collect();
    let titles: Vec<&str> = header.iter().map(String::as_str).collect();
    let session = session.file("filled.csv", sheet(&titles, [row]).csv());
    session.run(["run", "filled.csv", "--yes"]).exit(0).says("1 accepted");
}
