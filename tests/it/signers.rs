//! Signers as the API takes them: the official examples, retyped as sheets; what is an error
//! of a type and what is told once; whose automatic seal it is; and signers that the settings
//! give every contract.

use std::path::Path;

use serde_json::{Value, json};

use crate::sheets::{Sheet, contracts, mobile, name};
use crate::support::{Session, unhurried};
use crate::wire::Listener;

fn official(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/official");
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Codes of that severity, in the order of their letters, each once.
fn codes(checked: &Value, severity: &str) -> Vec<String> {
    let told = checked["files"][0]["problems"].as_array().unwrap().iter();
    let own = told.filter(|problem| problem["severity"] == severity);
    let mut codes: Vec<String> = own.map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// What is told of a sheet that can be sent: warnings.
#[track_caller]
fn warned(text: &str) -> Vec<String> {
    let session = Session::new().file("sheet.csv", text).env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
    let ran = session.run(["check", "sheet.csv", "--json"]).exit(0);
    codes(&ran.json(), "warning")
}

/// What keeps it from being sent.
#[track_caller]
fn refused(text: &str) -> Vec<String> {
    let session = Session::new().file("sheet.csv", text).env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
    let ran = session.run(["check", "sheet.csv", "--json"]).exit(3);
    codes(&ran.json(), "error")
}

/// The approvers of every contract of a file, by its key, as they go over the wire.
fn sent(session: Session, name: &str) -> Vec<Value> {
    let listener = Listener::start();
    let session = session.env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    session.run(["run", name]).exit(0);
    let bodies: Vec<Value> = listener.captured().iter().map(crate::wire::Captured::json).collect();
    let flows = bodies.iter().flat_map(|body| body["FlowInfos"].as_array().unwrap().clone());
    let mut flows: Vec<Value> = flows.collect();
    flows.sort_by_key(|flow| flow["CustomerData"].as_str().unwrap_or_default().to_owned());
    flows.into_iter().map(|flow| flow["FlowApprovers"].clone()).collect()
}

#[test]
fn every_official_example_passes_check_and_the_stand_in() {
    for (file, contracts, told) in [
        (
            "create-flows-by-templates.csv",
            5,
            &[
                "column.empty_cells", "column.mobiles_rounded", "shape.other_company",
                "shape.several_companies", "signer.twice",
            ][..],
        ),
        (
            "prepare-flows.csv",
            2,
            // What is filled in as its name is none of its signers.
            &[
                "approver.other_in_component", "approver.own_company", "column.mobiles_rounded",
                "template_id.length",
            ],
        ),
        ("auto-seal.csv", 2, &["approver.nobody_named", "shape.several_persons", "signer.twice"]),
    ] {
        let session = Session::new().file(file, official(file)).sandbox(unhurried());
        let checked = session.run(["check", file, "--json"]).exit(0).json();
        assert_eq!(codes(&checked, "warning"), told, "{file}");
        session.run(["run", file]).exit(0).says(&format!("{contracts} accepted"));
    }
}

#[test]
fn shapes_of_prepare_flows_are_no_concern_of_the_other_action() {
    let file = "create-flows-by-templates.csv";
    let session = Session::new().file(file, official(file)).sandbox(unhurried());
    let session = session.env("FLOWBATCH_ACTION", "CreateFlowsByTemplates");
    let checked = session.run(["check", file, "--json"]).exit(0).json();
    assert_eq!(codes(&checked, "warning"), ["column.empty_cells", "column.mobiles_rounded", "signer.twice"]);
}

#[test]
fn the_official_examples_arrive_as_they_are_documented() {
    let file = "create-flows-by-templates.csv";
    let found = sent(Session::new().file(file, official(file)), file);
    assert_eq!(
        found[0],
        json!([
            {"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_dianziqian",
             "OrganizationName": "典子谦示例企业", "OpenId": "n9527", "Name": "典子谦",
             "Mobile": "13200000000", "Deadline": 1_989_688_460,
             "RecipientId": "yDRSOUUgygqno04sUuO4zjEugoGg49nT"},
            {"ApproverType": "ORGANIZATION", "NotChannelOrganization": true,
             "OrganizationName": "张三示例企业", "Name": "张三", "Mobile": "18888888888",
             "Deadline": 1_989_688_460, "RecipientId": "yDRSOUUgygqno04jUuO4zjE8SXYVwrjH"},
            {"ApproverType": "PERSON", "Name": "李四", "Mobile": "15100000000",
             "Deadline": 1_989_688_460, "RecipientId": "yDRSOUUgygqno043UuO4zjE8NnYYihhQ"},
        ])
    );
    assert_eq!(
        found[4],
        json!([
            {"ApproverType": "ORGANIZATION", "ApproverRoleName": "企业签署方",
             "RecipientId": "yDxjbUUzjEuCkSaxt8n", "ApproverOption": {"FillType": 1}},
            {"ApproverType": "PERSON", "ApproverRoleName": "个人签署方",
             "RecipientId": "yDxjbUUChJBkK7qS", "ApproverOption": {"FillType": 1}},
        ])
    );
    let file = "auto-seal.csv";
    let found = sent(Session::new().file(file, official(file)), file);
    let company = json!({"ApproverType": "ORGANIZATION", "OrganizationName": "测试示例企业",
        "OrganizationOpenId": "test-organization", "RecipientId": "yDcompany"});
    assert_eq!((&found[0][2], &found[1][2]), (&company, &company));
    assert_eq!(found[0][1]["ApproverType"], "PERSON_AUTO_SIGN");
}

const HEAD: &str = "合同名称,模板ID,签署方1姓名,签署方1手机号,签署方2类型";
const ROW: &str = "合同,yDtest00000000000000000000000001,张三,13800138000";

fn company(more: &str, kind: &str, values: &str) -> String {
    format!("{HEAD}{more}\n{ROW},{kind}{values}\n")
}

#[test]
fn a_company_needs_little_and_what_follows_is_told() {
    for (more, values, told) in [
        ("", "", &["approver.nobody_named", "approver.own_company"][..]),
        (",签署方2OpenId", ",a_b", &["approver.own_company", "cell.open_id"]),
        (
            ",签署方2姓名,签署方2手机号",
            ",李四,13900139000",
            &["approver.own_company", "approver.to_be_claimed"],
        ),
        (",签署方2企业OpenId,签署方2企业名称,签署方2OpenId", ",other,某某公司,abc", &["shape.other_company"]),
        (",签署方2企业OpenId,签署方2OpenId", ",test-organization,abc", &[]),
        (
            ",签署方2企业OpenId,签署方2OpenId,回调地址,签署方2签署方式",
            ",test-organization,abc,https://a.example.com/,1",
            &["approver.sign_types_ignored", "callback_url.ignored"],
        ),
    ] {
        assert_eq!(warned(&company(more, "企业", values)), told, "{more}");
    }
}

#[test]
fn what_a_type_cannot_do_without_is_an_error() {
    for (more, kind, values, told) in [
        (",签署方2姓名", "企业", ",李四", &["approver.needs"][..]),
        (",签署方2是否SaaS企业,签署方2企业名称", "企业", ",是,某某公司", &["approver.needs"]),
        (",签署方2企业OpenId,签署方2动态补充", "ENTERPRISESERVER", ",other,1", &["approver.forbids"]),
        (",签署方2企业名称", "企业授权签", ",某某公司", &["approver.auto_sign_unclear"]),
        (",签署方2姓名,签署方2手机号", "自动签", ",李四,13900139000", &["approver.auto_sign_unclear"]),
    ] {
        assert_eq!(refused(&company(more, kind, values)), told, "{more} {kind}");
    }
    // A person whose mobile nobody knows has a card.
    let text = format!(
        "合同名称,模板ID,姓名,手机号,身份证号\n{},,11010519491231002X\n",
        ROW.replace(",13800138000", "")
    );
    assert_eq!(warned(&text), ["approver.no_mobile"]);
}

#[test]
fn a_spoilt_type_or_card_gives_one_problem() {
    for text in [
        company(",签署方2企业名称", "公章", ",某某公司"),
        format!("合同名称,模板ID,姓名,手机号,证件类型,证件号码\n{ROW},护照,E12345678\n"),
    ] {
        let session = Session::new().file("sheet.csv", text).env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
        let checked = session.run(["check", "sheet.csv", "--json"]).exit(3).json();
        let told = checked["files"][0]["problems"].as_array().unwrap();
        assert_eq!(told.len(), 1, "{told:?}");
    }
}

#[test]
fn whose_automatic_seal_it_is_decides_its_type() {
    let sheet = |kind: &str, organization: &str, name: &str| {
        company(",合同编号,签署方2企业OpenId,签署方2企业名称", kind, &format!(",HT-1,{organization},{name}"))
    };
    for (kind, organization, name, expected) in [
        ("企业自动签", "test-organization", "本公司", "ORGANIZATION"),
        ("企业授权签", "", "", "ORGANIZATION"),
        ("静默签", "", "", "ORGANIZATION"),
        ("授权签署", "other-organization", "某某公司", "ENTERPRISESERVER"),
        ("其他企业授权签", "other-organization", "某某公司", "ENTERPRISESERVER"),
    ] {
        let session = Session::new()
            .file("sheet.csv", sheet(kind, organization, name))
            .env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
        let checked = session.run(["check", "sheet.csv", "--json"]).exit(0).json();
        let listed = codes(&checked, "correction");
        let is_word = kind != "其他企业授权签";
        assert_eq!(listed.iter().any(|code| code.starts_with("approver.auto_sign_")), is_word, "{kind}");
        assert_eq!(sent(session, "sheet.csv")[0][1]["ApproverType"], expected, "{kind}");
    }
}

#[test]
fn a_long_number_of_a_contract_is_told_by_its_own_column() {
    let text = |number: &str| format!("合同编号,合同名称,模板ID,姓名,手机号\n{number},{ROW}\n");
    assert!(warned(&text(&"号".repeat(250))).is_empty());
    let session =
        Session::new().file("sheet.csv", text(&"号".repeat(251))).env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
    let checked = session.run(["check", "sheet.csv", "--json"]).exit(3).says("753 bytes").json();
    let told = &checked["files"][0]["problems"][0];
    assert_eq!((&told["code"], &told["column"]), (&json!("cell.too_long"), &json!("合同编号")));
    // With CustomerData of its own the number goes nowhere.
    let own =
        format!("合同编号,合同名称,模板ID,姓名,手机号,customer_data\n{},{ROW},工号7\n", "号".repeat(251));
    assert!(warned(&own).is_empty());
    // Nor does it where raw JSON brings it; but that has the same limit, encoded.
    for (length, fits) in [(1000, true), (1004, false)] {
        let mut sheet = contracts(1);
        sheet.headers.push("flow.json".to_owned());
        sheet.rows[0].push(json!({"CustomerData": "A".repeat(length)}).to_string());
        let session = Session::new().file("m.csv", sheet.csv());
        session.run(["check", "m.csv"]).exit(if fits { 0 } else { 3 });
    }
}

#[test]
fn long_names_and_left_over_marks_are_no_errors() {
    let long = "长".repeat(51);
    let text =
        format!("合同名称,模板ID,姓名,手机号\n合同,yDtest00000000000000000000000001,{long},13800138000\n");
    assert_eq!(warned(&text), ["cell.very_long"]);
    let text = "合同名称,模板ID,姓名,手机号\n合同,yDtest00000000000000000000000001,李四。,13800138000\n\
                合同二,yDtest00000000000000000000000001,买买提 · 艾力,13800138001\n";
    let session = Session::new().file("sheet.csv", text).env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
    session.run(["check", "sheet.csv"]).exit(0).says("punctuation around the name removed");
    let names: Vec<Value> = sent(session, "sheet.csv").iter().map(|own| own[0]["Name"].clone()).collect();
    assert_eq!(names, ["李四", "买买提·艾力"]);
}

const SIGNERS: &str = "[[signers]]\nposition = \"last\"\ntype = \"企业\"\norganization_name = \"测试(甲)公司\"\n\
    organization_open_id = \"test-organization\"\nopen_id = \"seal_1\"\n";

fn keyless(mut sheet: Sheet) -> Sheet {
    sheet.headers.remove(0);
    sheet.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    sheet
}

#[test]
fn a_signer_of_the_settings_signs_every_contract() {
    let wide = "contract_id,flow_name,template_id,deadline,approver1.name,approver1.mobile,approver2.name,approver2.mobile\n\
        HT-1,合同,yDtest00000000000000000000000001,2099-12-31,张三,13800138000,李四,13900139000\n";
    let own = json!({"ApproverType": "ORGANIZATION", "OrganizationName": "测试（甲）公司",
        "OrganizationOpenId": "test-organization", "OpenId": "seal_1"});
    for (position, input, place) in [
        ("last", contracts(2).csv(), 1),
        ("first", contracts(2).csv(), 0),
        ("last", wide.as_bytes().to_vec(), 2),
        ("first", wide.as_bytes().to_vec(), 0),
    ] {
        let settings = SIGNERS.replace("last", position);
        let session = Session::new().file("config.toml", settings).file("m.csv", input);
        let ran = session.run(["check", "m.csv", "--config", "config.toml", "--json"]).exit(0).json();
        let understood = &ran["files"][0]["understood"];
        assert_eq!(understood["fixed"][0]["organization"], "测试（甲）公司");
        let signers = understood["first"]["signers"].as_array().unwrap();
        let of = |signer: &Value, field: &str| {
            let values = signer.as_array().unwrap().iter();
            values.filter(|own| own["field"] == field).map(|own| own["column"].clone()).next()
        };
        for (number, signer) in signers.iter().enumerate() {
            // What came from the settings has no column, and the others keep theirs.
            let name =
                of(signer, if number == place { "approver.organization_name" } else { "approver.name" });
            assert_eq!(name.unwrap().is_null(), number == place, "{position} {number}");
        }
        session
            .run(["check", "m.csv", "--config", "config.toml"])
            .exit(0)
            .says("signer of the settings")
            .never_says("the same person");
        let session = session.env("FLOWBATCH_CONFIG", "config.toml");
        for approvers in sent(session, "m.csv") {
            assert_eq!(approvers[place], own, "{position}");
        }
    }
}

#[test]
fn other_signers_of_the_settings_make_another_contract() {
    for sheet in [contracts(20), keyless(contracts(20))] {
        let session = Session::new().file("m.csv", sheet.csv()).sandbox(unhurried());
        session.run(["run", "m.csv"]).exit(0).says("20 accepted");
        let session = session.file("config.toml", SIGNERS).env("FLOWBATCH_CONFIG", "config.toml");
        session.run(["run", "m.csv"]).exit(3).says("[[signers]]").says("--allow-duplicates");
        let session = session.env("FLOWBATCH_DEFAULTS__FLOW_TYPE", "劳动");
        session.run(["run", "m.csv", "--allow-duplicates"]).exit(0).says("20 accepted");
        session.run(["run", "m.csv"]).exit(0);
        let other = SIGNERS.replace("seal_1", "seal_2");
        let session = session.file("config.toml", other);
        session.run(["run", "m.csv"]).exit(3).says("[[signers]]");
        let accepted: usize =
            session.entries().iter().filter(|own| own.is_accepted()).map(|own| own.flows.len()).sum();
        assert_eq!(accepted, 40);
    }
}

#[test]
fn a_contract_is_never_sent_to_the_signers_of_the_settings_alone() {
    let sheet = contracts(3).set(2, "approver.name", "").set(2, "approver.mobile", "");
    let session = Session::new().file("config.toml", SIGNERS).file("m.csv", sheet.csv());
    session.run(["check", "m.csv", "--config", "config.toml"]).exit(3).says("no approver");
}

#[test]
fn whoever_signs_by_the_settings_is_not_told_as_standing_in_many_contracts() {
    let settings = "[[signers]]\nposition = \"first\"\nname = \"测试甲\"\nmobile = \"13800000099\"\n";
    let session = Session::new().file("config.toml", settings).file("m.csv", contracts(3).csv());
    session.run(["check", "m.csv", "--config", "config.toml"]).exit(0).never_says("more than one contract");
    // But nobody signs twice.
    let twice = contracts(3).set(2, "approver.name", "测试甲").set(2, "approver.mobile", "13800000099");
    let session = session.file("m.csv", twice.csv());
    session.run(["check", "m.csv", "--config", "config.toml"]).exit(3).says("the same person");
}

#[test]
fn what_is_wrong_with_a_signer_of_the_settings_is_said_at_once() {
    for (settings, words) in [
        ("[[signers]]\nname = \"张三\"\n", &["signers[1].position", "first"][..]),
        ("[[signers]]\nposition = \"middle\"\n", &["signers[1].position", "first"]),
        ("[[signers]]\nposition = \"last\"\nname = \"张三\"\n", &["signers[1].mobile"]),
        ("[[signers]]\nposition = \"last\"\nmobil = \"1\"\n", &["signers[1].mobil", "signers[1].mobile"]),
        ("[[signers]]\nposition = \"last\"\nname = \"张三\"\nmobile = \"1380\"\n", &["signers[1].mobile"]),
        ("[[signers]]\nposition = \"last\"\norganization_name = \"甲\"\n", &["signers[1].type"]),
        ("[[signers]]\nposition = \"last\"\n", &["signers[1]"]),
        ("signers = \"张三\"\n", &["signers"]),
        (
            "[[signers]]\nposition = \"last\"\ntype = \"授权签\"\norganization_name = \"甲\"\n",
            &["signers[1].type"],
        ),
    ] {
        let session = Session::new().file("config.toml", settings).file("m.csv", contracts(1).csv());
        let mut ran = session.run(["check", "m.csv", "--config", "config.toml"]).exit(2);
        for word in words {
            ran = ran.says(word);
        }
    }
}

/// A person is blamed in the cell that was refused, whatever its column is called.
#[test]
fn a_column_called_otherwise_is_marked_in_the_fix_workbook() {
    let head = "合同编号,合同名称,模板ID,签署截止时间,合同描述,员工,员工联络,手机号\n";
    let rows: String = (1..=20)
        .map(|n| {
            let wish = if n == 3 { "sandbox:InvalidParameter.Mobile" } else { "" };
            let (name, own) = (name(n), mobile(n));
            format!("HT-{n},合同{n},yDtest00000000000000000000000001,2099-12-31,{wish},{name},{own},\n")
        })
        .collect();
    for said in ["map", "columns", "remembered"] {
        let session = Session::new().file("m.csv", format!("{head}{rows}")).sandbox(unhurried());
        let map =
            ["--map", "员工联络=approver.mobile", "--map", "员工=approver.name", "--map", "手机号=ignore"];
        let columns = "[columns]\n\"员工联络\" = \"approver.mobile\"\n\"员工\" = \"approver.name\"\n\"手机号\" = \"ignore\"\n";
        let session = match said {
            "columns" => session.file("config.toml", columns).env("FLOWBATCH_CONFIG", "config.toml"),
            _ => session,
        };
        if said == "remembered" {
            session.run(["check", "m.csv", "--remember"].iter().chain(&map)).exit(0);
        }
        let words: &[&str] = if said == "map" { &map } else { &[] };
        session.run(["run", "m.csv"].iter().chain(words)).exit(4).says("1 rejected");
        let notes = notes_of(&session.path("m.fix.xlsx"));
        assert_eq!(notes, ["H2"], "{said}");
    }
}

/// The cells with a note.
fn notes_of(path: &Path) -> Vec<String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let text = std::io::read_to_string(archive.by_name("xl/comments1.xml").unwrap()).unwrap();
    text.split("<comment ref=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[test]
fn every_deadline_is_shown() {
    let days = |count: usize| {
        let mut sheet = contracts(20);
        for (at, row) in sheet.rows.iter_mut().enumerate() {
            row[3] = format!("2099-12-{:02}", 1 + at % count);
        }
        Session::new().file("m.csv", sheet.csv())
    };
    days(1).run(["check", "m.csv"]).exit(0).says("deadline of all: 2099-12-01 23:59:59");
    days(2)
        .run(["check", "m.csv"])
        .exit(0)
        .says("deadlines: 2099-12-01 23:59:59 (10 contracts), 2099-12-02 23:59:59 (10 contracts)");
    days(5)
        .run(["check", "m.csv", "--lang", "zh"])
        .exit(0)
        .says("签署截止时间：有 5 个不同的，最早 2099-12-01 23:59:59，最晚 2099-12-05 23:59:59");
    let json = days(5).run(["check", "m.csv", "--json"]).exit(0).json();
    assert_eq!(json["files"][0]["understood"]["deadlines"]["count"], 5);
}

#[test]
fn a_component_that_looks_like_dates_or_amounts_is_told_and_so_is_what_was_stripped() {
    let text = |field: &str, one: &str, other: &str| {
        format!(
            "合同名称,模板ID,姓名,手机号,{field}\n{ROW},{one}\n{},{other}\n",
            ROW.replace("13800138000", "13800138001").replace("张三", "李四")
        )
    };
    for (field, one, other, told) in [
        ("填写:入职", "2026-01-02", "2026/1/3", &["column.looks_like_dates"][..]),
        ("填写:入职", "2026年01月02日", "2026年01月03日", &[]),
        ("填写:入职", "2026-01-02", "待通知", &[]),
        ("填写:月薪", "￥8000", "9000元", &["column.looks_like_numbers"]),
        ("填写:月薪", "8000", "9000.50", &[]),
        ("填写:入职(日期)", "2026-01-02", "2026/1/3", &[]),
        ("填写:月薪(数字)", "￥8000", "9000元", &[]),
    ] {
        assert_eq!(warned(&text(field, one, other)), told, "{field} {one}");
    }
    let session = Session::new()
        .file("sheet.csv", text("填写:入职(日期)(必填)", "2026-01-02", "2026/1/3"))
        .env("FLOWBATCH_DEFAULTS__DEADLINE", "+30d");
    session
        .run(["check", "sheet.csv"])
        .exit(0)
        .says("(日期): sent as a date")
        .says("(必填): must not be empty");
}

#[test]
fn check_tells_the_shipped_values_as_run_does() {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let session = Session::bare()
        .file("config.toml", std::fs::read(shipped).unwrap())
        .file("contracts.csv", contracts(3).csv());
    let words = "still has the made-up value that ships";
    session.run(["check", "contracts.csv"]).exit(0).says(words).says("app_id");
    let json = session.run(["check", "contracts.csv", "--json"]).exit(0).json();
    let all = json!(["app_id", "organization_open_id", "operator_open_id", "jump_url"]);
    assert_eq!(json["files"][0]["made_up"], all);
    let session = session.env("TENCENTCLOUD_SECRET_ID", "AKIDx").env("TENCENTCLOUD_SECRET_KEY", "y");
    session.run(["run", "contracts.csv"]).exit(2).says(words);
}
