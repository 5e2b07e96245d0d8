//! What stands beside the one who signs: relations, staff, states that are noted in a cell, companies of the settings,
//! and what says how or whether a contract is signed.

use crate::meaning::{Csv, Sheets, case, hold, session};

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "钱多多"];

/// The codes that `check` tells of, and its ready answer.
fn told(sheet: &'static str) -> (String, String) {
    let (session, name) = session(&Csv(sheet));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).json();
    let file = &checked["files"][0];
    (file["problems"].to_string(), file["answer"].to_string())
}

#[test]
fn who_somebody_is_to_the_signer_is_no_name() {
    const RELATED: &str = "姓名,签署人,手机号\n林小雨,本人,13800138000\n钱多多,父亲,13800138003\n";
    const ALL_HIMSELF: &str = "姓名,签署人,手机号\n林小雨,本人,13800138000\n钱多多,本人,13800138003\n";
    hold(&[
        case(Csv(RELATED), &[], 3, &["column.of_signers"], ONE, &[(1, 2)]),
        case(Csv(RELATED), &["--map", "签署人=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(ALL_HIMSELF), &[], 0, &[], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn a_mobile_behind_names_of_people_may_be_theirs_whatever_they_are_called() {
    const SUPERVISOR: &str =
        "姓名,督导,手机号\n林小雨,赵一鸣,13800138000\n钱多多,周大海,13800138003\n何静,赵一鸣,13800138001\n";
    const PLACES: &str = "姓名,来源,手机号\n林小雨,石家庄,13800138000\n钱多多,安阳市,13800138003\n";
    const TRADES: &str = "姓名,工种,手机号\n林小雨,管家,13800138000\n钱多多,司机,13800138003\n";
    hold(&[
        case(Csv(SUPERVISOR), &[], 3, &["column.mobile_behind"], NOBODY, &[]),
        case(Csv(SUPERVISOR), &["--map", "手机号=approver.mobile"], 0, &[], ONE, &[(1, 3)]),
        case(Csv(PLACES), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(TRADES), &[], 0, &[], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn a_state_that_is_noted_behind_a_value_is_told_as_one() {
    for (name, mobile, found) in [
        ("何静（离职）", "13800138000", "离职"),
        ("何静 已离职", "13800138000", "已离职"),
        ("何静已离职", "13800138000", "已离职"),
        ("何静-不签", "13800138000", "不签"),
        ("何静【纸质】", "13800138000", "纸质"),
        ("离职", "13800138000", "离职"),
        ("何静", "13800138000（空号）", "空号"),
        ("何静", "13800138000 停机", "停机"),
    ] {
        let (problems, _) = told(format!("姓名,手机号\n{name},{mobile}\n林小雨,13800138001\n").leak());
        assert!(problems.contains("\"cell.says_state\""), "{name} {mobile}: {problems}");
        assert!(problems.contains(&format!("\\\"{found}\\\"")), "{name} {mobile}: {problems}");
    }
    for name in ["何静（女）", "何静 王强", "何静（本人）"] {
        let (problems, _) = told(format!("姓名,手机号\n{name},13800138000\n").leak());
        assert!(
            !problems.contains("cell.says_state") && problems.contains("\"error\""),
            "{name}: {problems}"
        );
    }
}

#[test]
fn a_minor_is_told_by_his_number() {
    let sheet = |number: &str| -> &'static str {
        format!("姓名,身份证号,手机号\n林小雨,{number},13800138000\n").leak()
    };
    // Born in 2020 and in 2001.
    let (minor, _) = told(sheet("110101202001011231"));
    let (of_age, _) = told(sheet("11010120010101123X"));
    assert!(minor.contains("approver.under_age"), "{minor}");
    assert!(!of_age.contains("approver.under_age") && !of_age.contains("\"error\""), "{of_age}");
}

#[test]
fn two_people_in_one_row_are_no_two_tables() {
    const COUPLE: &str = "新郎姓名,新郎手机号,新娘姓名,新娘手机号\n林小雨,13800138000,钱多多,13800138003\n";
    const PARTNERS: &str =
        "股东1姓名,股东1手机号,股东2姓名,股东2手机号\n林小雨,13800138000,钱多多,13800138003\n";
    const LISTS: &str =
        "销售部姓名,销售部手机号,财务部姓名,财务部手机号\n林小雨,13800138000,钱多多,13800138003\n";
    for sheet in [COUPLE, PARTNERS] {
        let (problems, answer) = told(sheet);
        assert!(problems.contains("signer.unclear") && !problems.contains("tables_beside"), "{problems}");
        assert!(answer.contains("approver2.mobile"), "{answer}");
    }
    assert!(told(LISTS).0.contains("sheet.tables_beside"));
}

#[test]
fn the_company_of_a_party_is_offered_with_whoever_is_there_for_it() {
    const MIXED: &str = "签署方类型,签署方名称,联系人,手机号\n企业,安和置业有限公司,林小雨,13800138000\n个人,钱多多,钱多多,13800138003\n";
    const SHOPS: &str = "商户名称,商户负责人,联系电话\n安和置业有限公司,林小雨,13800138000\n明月餐饮有限公司,钱多多,13800138003\n";
    assert!(told(MIXED).1.contains("签署方名称=approver.organization_name"), "{}", told(MIXED).1);
    assert!(told(SHOPS).1.contains("商户名称=approver.organization_name"), "{}", told(SHOPS).1);
}

#[test]
fn another_company_than_that_of_the_settings_asks_under_a_word_for_where_people_belong() {
    let signs = "\n[[signers]]\nposition = \"first\"\ntype = \"企业\"\nopen_id = \"yOwn1\"\norganization_name = \"安和置业有限公司\"\n";
    for (companies, exit) in [
        (["安和置业有限公司", "明月餐饮有限公司"], 3),
        (["明月餐饮有限公司", "明月餐饮有限公司"], 3),
        (["安和置业有限公司", "安和置业有限公司"], 0),
        (["安和置业", "安和置业"], 0),
    ] {
        let [one, other] = companies;
        let sheet = format!("姓名,手机号,所属公司\n林小雨,13800138000,{one}\n钱多多,13800138003,{other}\n");
        let (session, name) = session(&Csv(sheet.leak()));
        let config = std::fs::read_to_string(session.path("config.toml")).unwrap();
        let session = session.file("config.toml", format!("{config}{signs}"));
        session.run(["check", name, "--config", "config.toml", "--json"]).exit(exit);
    }
}

#[test]
fn what_is_finished_is_no_ready_answer_where_it_may_be_the_signing() {
    let sheet = |header: &str| -> &'static str {
        format!("姓名,手机号,{header}\n林小雨,13800138000,审批中\n钱多多,13800138003,已完成\n").leak()
    };
    assert!(!told(sheet("流程状态")).1.contains("--where"));
    assert!(told(sheet("审批状态")).1.contains("审批状态=已完成"));
}

#[test]
fn what_says_that_somebody_does_not_want_to_sign_asks() {
    for (header, yes, no) in [
        ("业主意见", "同意", "反对"),
        ("签约意向", "确定", "仅意向"),
        ("是否授权", "是", "否"),
        ("签署方式", "电子签", "纸质"),
    ] {
        let sheet = format!("姓名,手机号,{header}\n林小雨,13800138000,{yes}\n钱多多,13800138003,{no}\n");
        let (problems, _) = told(sheet.leak());
        assert!(problems.contains("column.send"), "{header}: {problems}");
    }
    // A remark that says what the contract should say asks; one that says that it was done does not.
    for (remark, exit) in [("月薪改为8000", 3), ("姓名应为林晓雨", 3), ("月薪已改", 0), ("喜欢喝茶", 0)]
    {
        let sheet = format!("姓名,手机号,备注\n林小雨,13800138000,{remark}\n钱多多,13800138003,\n");
        let (session, name) = session(&Csv(sheet.leak()));
        session.run(["check", name, "--config", "config.toml"]).exit(exit);
    }
}

#[test]
fn a_row_that_says_what_to_write_and_a_post_without_anybody_are_no_contracts() {
    const FORMS: &str = "姓名,手机号\n文本,11位数字\n林小雨,13800138000\n钱多多,13800138003\n";
    const VACANT: &str = "姓名,手机号,岗位\n林小雨,13800138000,店员\n空编,,保安\n钱多多,13800138003,店员\n";
    hold(&[
        case(Csv(FORMS), &[], 0, &["rows.left_out"], ONE, &[(1, 2)]),
        case(Csv(VACANT), &[], 0, &["rows.left_out"], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn a_deadline_in_the_first_of_several_contracts_alone_asks() {
    const FIRST: &str =
        "姓名,手机号,签署截止时间\n林小雨,13800138000,2099-12-31\n钱多多,13800138003,\n何静,13800138001,\n";
    assert!(told(FIRST).0.contains("column.defaulted_cells"), "{}", told(FIRST).0);
}

#[test]
fn an_order_by_another_word_than_order_asks_where_the_rows_stand_otherwise() {
    for header in ["顺位", "sequence", "节点"] {
        let sheet = format!(
            "合同编号,姓名,手机号,{header}\nH1,林小雨,13800138000,2\nH1,钱多多,13800138003,1\nH2,何静,13800138001,2\n\
             H2,周大海,13800138002,1\n"
        );
        let (problems, _) = told(sheet.leak());
        assert!(problems.contains("rows.order"), "{header}: {problems}");
    }
    hold(&[case(
        Csv("合同编号,姓名,手机号,顺位\nH1,林小雨,13800138000,1\nH1,钱多多,13800138003,2\n"),
        &[],
        0,
        &[],
        TWO,
        &[(2, 1)],
    )]);
}

#[test]
fn what_stands_in_another_sheet_under_the_same_number_is_put_together_by_it() {
    const ROOMS: &[(&str, &[&[&str]])] = &[
        ("合同", &[&["房号", "填写:租金"], &["101", "3000"], &["102", "3500"]]),
        (
            "签署人",
            &[
                &["房号", "姓名", "手机号"],
                &["101", "林小雨", "13800138000"],
                &["101", "钱多多", "13800138003"],
                &["102", "何静", "13800138001"],
                &["102", "周大海", "13800138002"],
            ],
        ),
    ];
    let (session, name) = session(&Sheets(ROOMS));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let answer = checked["files"][0]["answer"].to_string();
    assert!(answer.contains("房号=contract_id") && !answer.contains("--sheet"), "{answer}");
    hold(&[case(Sheets(ROOMS), &["--map", "房号=contract_id", "--key", "房号"], 0, &[], TWO, &[(2, 2)])]);
    // Other numbers say nothing of these contracts.
    const OTHERS: &[(&str, &[&[&str]])] = &[
        ("合同", &[&["房号", "填写:租金"], &["901", "3000"]]),
        ("签署人", &[&["房号", "姓名", "手机号"], &["101", "林小雨", "13800138000"]]),
    ];
    let (session, name) = crate::meaning::session(&Sheets(OTHERS));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(checked["files"][0]["answer"].to_string().contains("--sheet"));
}
