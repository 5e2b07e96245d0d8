//! What a sheet says beside its contracts, and what used to be passed over: sheets, rows and columns
//! that nothing was read of, numbers that are none, dates that end something else.

use serde_json::Value;

use crate::meaning::Of::{self, Csv, Merged, Sheets};
use crate::meaning::{case, codes, data, hold, session};
use crate::support::Session;

const ONE: &[&str] = &["林小雨"];
const NOBODY: &[&str] = &[];

const FULL: &[&[&str]] =
    &[&["合同编号", "姓名", "手机号", "填写:月薪"], &["A1", "林小雨", "13800138000", "5"]];
const BARE: &[&[&str]] = &[&["合同编号", "姓名", "手机号"], &["A2", "周大海", "13800138001"]];

#[test]
fn no_sheet_is_dropped_without_a_word() {
    const BOTH: &[(&str, &[&[&str]])] = &[("九月", FULL), ("十月", BARE)];
    const STRANGE: &[(&str, &[&[&str]])] =
        &[("九月", FULL), ("十月", &[&["人员", "号码"], &["周大海", "13800138001"]])];
    hold(&[
        case(Sheets(BOTH), &[], 3, &["sheet.choose"], NOBODY, &[]),
        case(Sheets(BOTH), &["--sheet", "九月"], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(BOTH), &["--all-sheets"], 3, &["sheet.lacks_fields"], ONE, &[(1, 2)]),
        case(Sheets(BOTH), &["--all-sheets", "--missing-fields", "send"], 0, &[], ONE, &[(1, 2)]),
        case(
            Sheets(&[("十月", BARE), ("九月", FULL)]),
            &["--sheet", "九月", "--sheet", "十月"],
            3,
            &["sheet.lacks_fields"],
            &["周大海"],
            &[(1, 2)],
        ),
        case(Sheets(STRANGE), &[], 3, &["sheet.people_elsewhere"], ONE, &[(1, 1)]),
        case(Sheets(STRANGE), &["--sheet", "九月"], 0, &[], ONE, &[(1, 1)]),
        // The settings do not say the rest of it: it is a list of something else.
        case(Sheets(&[("九月", FULL), ("说明", &[&["说明"]])]), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
    let (session, name) = session(&Sheets(STRANGE));
    let words = ["check", name, "--config", "config.toml"];
    session.run(words).exit(3).says("sheets not used: 十月");
    session.run(words.iter().chain(&["--lang", "zh"])).exit(3).says("没有用的工作表：十月");
    let unused = &session.run(words.iter().chain(&["--json"])).json()["files"][0]["understood"];
    assert_eq!(unused["unused_sheets"], serde_json::json!([{"sheet": "十月", "hidden": false}]));
}

#[test]
fn what_says_that_there_is_no_number_is_none() {
    for word in ["-", "无", "待定", "/", "暂无", "N/A", "——", "TBD"] {
        let of = format!("合同编号,姓名,手机号\n{word},林小雨,13800138000\n{word},周大海,13800138001\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", of.replace("合同编号", "房号"))
            .file("b.csv", of);
        for (file, options) in [("a.csv", &["--key", "房号"][..]), ("b.csv", &[])] {
            let words = ["check", file, "--config", "config.toml", "--json"];
            let checked = session.run(words.iter().chain(options)).exit(3).json();
            let file = &checked["files"][0];
            assert_eq!(codes(file), ["cell.placeholder"], "{word} {options:?}");
            assert_eq!(file["understood"]["signers"], serde_json::json!([]), "{word} {options:?}");
        }
    }
}

#[test]
fn a_bare_deadline_beside_a_beginning_or_far_ahead_is_no_deadline() {
    for beginning in [
        "入职日期", "到岗日期", "签订日期", "签约日", "交房日期", "放款日", "起租日", "合同期自", "合同年限",
        "起", "自", "从", "Hire Date", "填写:起始日期",
    ] {
        let sheet =
            format!("姓名,手机号,{beginning},截止日期\n林小雨,13800138000,2027年01月01日,2029-12-31\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(0).json();
        assert_eq!(codes(&checked["files"][0]), ["column.term"], "{beginning}");
    }
    // What goes into the contract says nothing of the column beside it.
    let beside = "姓名,手机号,填写:入职日期,截止日期\n林小雨,13800138000,2027年01月01日,2029-12-31\n";
    hold(&[
        case(Csv(beside), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv("姓名,手机号,截止日期\n林小雨,13800138000,2099-12-31\n"), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn a_condition_that_no_row_meets_is_a_question_with_what_stands_there() {
    const SHEET: &str = "姓名,手机号,状态\n林小雨,13800138000,在职\n周大海,13800138001,离职\n";
    hold(&[
        case(Csv(SHEET), &["--where", "状态=在岗"], 3, &["rows.none_meant"], NOBODY, &[]),
        case(Csv(SHEET), &["--where", "状态=在岗|在职"], 0, &[], ONE, &[(1, 1)]),
        // A date without a time is the day, however a program has written it.
        case(
            Csv(
                "姓名,手机号,入职日期\n林小雨,13800138000,2026-09-01 0:00:00\n周大海,13800138001,2026-10-01 0:00:00\n",
            ),
            &["--where", "入职日期=2026-09-01"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        // A sheet without the column would be sent whole.
        case(
            Sheets(&[
                ("九月", &[&["姓名", "手机号", "状态"], &["林小雨", "13800138000", "在职"]]),
                ("十月", &[&["姓名", "手机号"], &["周大海", "13800138001"]]),
            ]),
            &["--all-sheets", "--where", "状态=在职"],
            3,
            &["column.not_there"],
            NOBODY,
            &[],
        ),
    ]);
    let (session, name) = session(&Csv(SHEET));
    let words = ["check", name, "--config", "config.toml"];
    let none = session.run(words.iter().chain(&["--where", "状态=在岗"])).exit(3);
    none.says("It holds: 在职, 离职").never_says("the first contract");
    let one = session.run(words.iter().chain(&["--where", "状态=在职", "--remember"])).exit(0);
    one.says("only rows whose 状态 is \"在职\"");
    session.run(words).exit(0).says("only rows whose 状态 is \"在职\"");
    // Names are nobody's business.
    let names = session.run(words.iter().chain(&["--where", "姓名=何静"])).exit(3);
    names.never_says("林小雨");
}

#[test]
fn what_is_remembered_of_hidden_columns_holds_for_those_only() {
    let book = |hidden: u16| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let worksheet = workbook.add_worksheet();
        let rows = [["姓名", "手机号", "填写:月薪", "填写:奖金"], ["林小雨", "13800138000", "5", "6"]];
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(cells) {
                worksheet.write_string(row, column, cell).unwrap();
            }
        }
        worksheet.set_column_hidden(hidden).unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("a.xlsx", book(3))
        .file("b.xlsx", book(3))
        .file("c.xlsx", book(2));
    let check = |file: &'static str| ["check", file, "--config", "config.toml", "--lang", "zh"];
    session.run(check("a.xlsx").iter().chain(&["--hidden-columns", "skip", "--remember"])).exit(0);
    session.run(check("b.xlsx")).exit(0).says("填写:奖金（隐藏，不发送）");
    session.run(check("c.xlsx")).exit(3).says("填写:月薪");
}

/// The components of the first contract with their values.
fn components(text: &str) -> Vec<(String, String)> {
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("a.csv", text);
    let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(0).json();
    let values = checked["files"][0]["understood"]["first"]["values"].as_array().unwrap().clone();
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let values = values.iter().map(|value| (text(value, "field"), text(value, "value")));
    values.filter(|(field, _)| field.starts_with("field:")).collect()
}

#[test]
fn a_components_name_has_no_line_break_and_no_star() {
    let found = components(
        "姓名,手机号,\"填写:基本\n工资\",填写:岗位*,\"填写:base\nsalary\"\n林小雨,13800138000,5,工人,6\n",
    );
    let found: Vec<(&str, &str)> = found.iter().map(|(field, value)| (&**field, &**value)).collect();
    assert_eq!(found, [("field:基本工资", "5"), ("field:岗位", "工人"), ("field:base salary", "6")]);
    hold(&[case(
        Csv("姓名,手机号,填写:岗位*\n林小雨,13800138000,工人\n周大海,13800138001,\n"),
        &[],
        3,
        &["cell.required"],
        ONE,
        &[(1, 1)],
    )]);
    let (session, name) = session(&Csv("姓名,手机号,填写:岗位*\n林小雨,13800138000,工人\n"));
    session.run(["check", name, "--config", "config.toml", "--lang", "zh"]).exit(0).says("不能空着");
}

#[test]
fn brackets_around_the_word_make_a_component_as_well() {
    let found = components("姓名,手机号,【填写】岗位,填写（月薪）\n林小雨,13800138000,工人,5\n");
    let found: Vec<(&str, &str)> = found.iter().map(|(field, value)| (&**field, &**value)).collect();
    assert_eq!(found, [("field:岗位", "工人"), ("field:月薪", "5")]);
}

#[test]
fn a_name_with_a_remark_is_an_error_and_one_of_two_people_is_told() {
    for (name, exit, code) in [
        ("张伟-已签", 3, "cell.says_state"),
        ("张伟和王芳", 0, "approver.name_like_two"),
        ("John　Smith", 0, "corrected"),
    ] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", format!("姓名,手机号\n{name},13800138000\n"));
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(exit).json();
        let told = checked["files"][0]["problems"].to_string();
        assert!(told.contains(&format!("\"{code}\"")), "{name}: {told}");
    }
    hold(&[case(Csv("姓名,手机号\n李和平,13800138000\n"), &[], 0, &[], &["李和平"], &[(1, 1)])]);
}

#[test]
fn what_programs_and_web_pages_leave_in_a_cell_is_no_value() {
    for (word, code) in [
        ("<NA>", "cell.left_over"),
        ("<nil>", "cell.left_over"),
        ("\\N", "cell.left_over"),
        ("Infinity", "cell.left_over"),
        ("Error: 42", "cell.left_over"),
        ("${salary}", "cell.left_over"),
        ("{{月薪}}", "cell.left_over"),
        ("{月薪}", "cell.left_over"),
        ("1899/12/30 0:00:00", "cell.left_over"),
        ("锟斤拷", "cell.characters_lost"),
        ("工资锟斤拷锟斤拷", "cell.characters_lost"),
        ("_x000D_8000", "cell.left_over"),
        ("一级工程师_x000D_", "cell.left_over"),
        ("&nbsp;", "cell.left_over"),
        ("8000&amp;", "cell.left_over"),
        ("<br>", "cell.left_over"),
        ("8000<br/>", "cell.left_over"),
        ("请选择", "cell.left_over"),
        ("--请选择--", "cell.left_over"),
        ("Please select…", "cell.left_over"),
    ] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", format!("姓名,手机号,填写:月薪\n林小雨,13800138000,{word}\n"));
        let words = ["check", "a.csv", "--config", "config.toml", "--json"];
        let checked = session.run(words).exit(3).json();
        assert_eq!(codes(&checked["files"][0]), [code], "{word}");
        if code == "cell.left_over" {
            session.run(words.iter().chain(&["--as-text", "填写:月薪"])).exit(0);
        }
    }
    // What only looks like it.
    for word in ["A&B;C", "a<b", "x_xy", "5斤", "R&D", "P<0.05"] {
        let found = components(&format!("姓名,手机号,填写:月薪\n林小雨,13800138000,{word}\n"));
        assert_eq!(found, [("field:月薪".to_owned(), word.to_owned())]);
    }
    hold(&[
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,待定\n周大海,13800138001,TBD\n"),
            &[],
            0,
            &["column.undecided"],
            ONE,
            &[(1, 2)],
        ),
        // An error of its cell is not told once more as something that goes.
        case(
            Csv("姓名,手机号,填写:月薪(数字)\n林小雨,13800138000,8000\n周大海,13800138001,待定\n"),
            &[],
            3,
            &["cell.number"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,待定\n"),
            &["--as-text", "填写:月薪"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_column_that_may_say_whether_a_row_is_sent_asks() {
    const SIGN: &str = "姓名,手机号,是否签约\n林小雨,13800138000,是\n周大海,13800138001,否\n";
    const DONE: &str = "姓名,手机号,发起状态\n林小雨,13800138000,未发起\n周大海,13800138001,已发起\n";
    hold(&[
        case(Csv(SIGN), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(SIGN), &["--map", "是否签约=send"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(SIGN), &["--map", "是否签约=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(DONE), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(DONE), &["--where", "发起状态=未发起"], 0, &[], ONE, &[(1, 1)]),
        case(Csv("姓名,手机号,是否签约\n林小雨,13800138000,\n"), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
    // What stands of people counts as well, where it says that they are gone.
    const GONE: &str = "姓名,手机号,在职状态\n林小雨,13800138000,在职\n周大海,13800138001,已离职\n";
    const VOID: &str = "姓名,手机号,状态\n林小雨,13800138000,有效\n周大海,13800138001,作废\n";
    hold(&[
        case(Csv(GONE), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(GONE), &["--where", "在职状态=在职"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(VOID), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(VOID), &["--map", "状态=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(
            Csv("姓名,手机号,状态\n林小雨,13800138000,在职\n周大海,13800138001,试用\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
    ]);
    const SAID: &str = "姓名,手机号,备注\n林小雨,13800138000,\n周大海,13800138001,已离职，不用签\n";
    const PAPERS: &str = "姓名,手机号,劳动合同,保密协议\n林小雨,13800138000,√,\n周大海,13800138001,,√\n";
    hold(&[
        case(Csv(SAID), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(SAID), &["--where", "备注="], 0, &[], ONE, &[(1, 1)]),
        case(Csv(PAPERS), &[], 3, &["column.papers"], ONE, &[(1, 2)]),
        case(Csv(PAPERS), &["--where", "保密协议=√"], 0, &[], &["周大海"], &[(1, 1)]),
        case(Csv(PAPERS), &["--where", "劳动合同=√"], 0, &[], ONE, &[(1, 1)]),
    ]);
    // 是否已签署 says the opposite, so no command is made ready.
    let (session, name) = session(&Csv("姓名,手机号,是否已签署\n林小雨,13800138000,是\n"));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(checked["files"][0]["answer"].as_array().is_none_or(Vec::is_empty));
}

#[test]
fn whoever_stands_below_a_title_that_leaves_him_out_asks() {
    const BELOW: &str = "姓名,手机号,填写:月薪\n林小雨,13800138000,5\n二、离职人员名单：,,\n周大海,13800138001,6\n一、在职,,\n何静,13800138002,7\n";
    hold(&[
        case(Csv(BELOW), &[], 3, &["rows.below_title", "rows.left_out"], ONE, &[(1, 3)]),
        case(Csv(BELOW), &["--odd-rows", "skip"], 0, &["rows.left_out"], ONE, &[(1, 2)]),
        case(Csv(BELOW), &["--odd-rows", "send"], 0, &["rows.left_out"], ONE, &[(1, 3)]),
    ]);
}

#[test]
fn a_second_header_in_another_order_asks() {
    hold(&[case(
        Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5\n填写:月薪,手机号,姓名\n周大海,13800138001,6\n"),
        &[],
        3,
        &["rows.other_table"],
        ONE,
        &[(1, 2)],
    )]);
}

#[test]
fn titles_between_the_rows_are_no_contracts() {
    const ROWS: &[&[&str]] = &[
        &["姓名", "手机号", "填写:月薪"],
        &["正式员工", "", ""],
        &["林小雨", "13800138000", "5"],
        &["作废", "", ""],
        &["周大海", "13800138001", "6"],
    ];
    hold(&[
        case(
            Merged(ROWS, &[[1, 0, 1, 2], [3, 0, 3, 2]]),
            &[],
            3,
            &["rows.below_title", "rows.left_out"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Merged(ROWS, &[[1, 0, 1, 2], [3, 0, 3, 2]]),
            &["--odd-rows", "skip"],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        // Not merged, it may be somebody whose mobile was forgotten; but nobody is called 第一批.
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5\n第一批,,\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n第一批,,\n林小雨,13800138000,5\n,,10\n"),
            &["--odd-rows", "skip"],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "姓名,手机号,填写:月薪\n林小雨,13800138000,5\n平均,,5\n2026年11月26日,,\nEND,,\n（填写说明）请勿删除,,\n",
            ),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_key_that_says_too_little_is_offered_nowhere() {
    const ROOMS: &str = "楼栋,房号,姓名,手机号\n1栋,101,林小雨,13800138000\n1栋,101,周大海,13800138001\n2栋,101,何静,13800138002\n";
    hold(&[
        case(Csv(ROOMS), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(
            Csv(ROOMS),
            &["--key", "房号"],
            3,
            &["rows.key_across"],
            &["林小雨", "周大海", "何静"],
            &[(3, 1)],
        ),
        case(Csv(ROOMS), &["--key", "row"], 0, &[], ONE, &[(1, 3)]),
    ]);
    let merged = Merged(
        &[&["姓名", "手机号", "填写:月薪"], &["林小雨", "13800138000", "5"], &["周大海", "13800138001", ""]],
        &[[1, 2, 2, 2]],
    );
    for (of, expected) in [(Csv(ROOMS), None), (merged, Some("row"))] {
        let (session, name) = session(&of);
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
        let answer = checked["files"][0]["answer"].as_array().cloned().unwrap_or_default();
        let key = answer.iter().position(|word| word == "--key").map(|at| answer[at + 1].clone());
        assert_eq!(key.as_ref().and_then(Value::as_str), expected);
    }
}

#[test]
fn roles_without_a_key_ask_and_more_columns_are_keys() {
    const ROLES: &str = "姓名,手机号,角色\n林小雨,13800138000,甲方\n周大海,13800138001,乙方\n";
    hold(&[
        case(Csv(ROLES), &[], 3, &["rows.roles"], ONE, &[(1, 2)]),
        case(Csv(ROLES), &["--key", "row"], 0, &[], ONE, &[(1, 2)]),
        case(
            Csv("姓名,手机号,身份\n林小雨,13800138000,学生\n周大海,13800138001,教师\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
    ]);
    for key in ["借据号", "档案号", "车牌号", "保单号", "房屋坐落", "坐落"] {
        let sheet = format!("{key},姓名,手机号\nX1,林小雨,13800138000\nX1,周大海,13800138001\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(3).json();
        assert_eq!(codes(&checked["files"][0]), ["column.key"], "{key}");
    }
}

#[test]
fn nobody_meets_himself_where_the_rows_of_his_contract_stand_apart() {
    let (session, name) = session(&Csv(
        "合同编号,姓名,手机号\nA1,林小雨,13800138000\nA2,周大海,13800138001\nA1,何静,13800138002\nA2,吴一,13800138003\n",
    ));
    session.run(["check", name, "--config", "config.toml"]).exit(0).never_says("in more than one contract");
}

#[test]
fn a_resident_card_by_any_of_its_names_is_one() {
    for card in ["二代身份证", "大陆身份证", "身份证号", "01-居民身份证"] {
        let sheet = format!("姓名,手机号,证件类型,证件号码\n林小雨,13800138000,{card},11010519491231002X\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        session.run(["check", "a.csv", "--config", "config.toml"]).exit(0);
    }
}

#[test]
fn an_option_that_can_stand_once_stands_once_in_the_command_that_answers() {
    let (session, name) = session(&Csv("名单,\n会员名,电话号\n林小雨,13800138000\n"));
    for typed in [&["--header-row", "2"][..], &["--header-row=2"]] {
        let words = ["check", name, "--config", "config.toml", "--json"];
        let checked = session.run(words.iter().chain(typed)).exit(3).json();
        let answer = checked["files"][0]["answer"].as_array().unwrap();
        let answer: Vec<&str> = answer.iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(answer.iter().filter(|word| word.starts_with("--header-row")).count(), 1, "{answer:?}");
        session.run(&answer[1..]).exit(0);
    }
}

#[test]
fn whoever_may_sign_beside_the_signer_or_for_him_is_asked_about() {
    const SPOUSE: &str = "姓名,手机号,配偶姓名,配偶手机号\n林小雨,13800138000,周大海,13800138001\n";
    const CALLED: &str =
        "姓名,手机号,紧急联系人姓名,紧急联系人手机号\n林小雨,13800138000,周大海,13800138001\n";
    const CHILD: &str = "学生姓名,家长姓名,家长手机号\n林小雨,周大海,13800138001\n";
    const COMPANY: &str = "甲方,甲方经办人,甲方经办人手机\n某某公司,林小雨,13800138000\n";
    hold(&[
        case(Csv(SPOUSE), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
        case(
            Csv(SPOUSE),
            &["--map", "配偶姓名=ignore", "--map", "配偶手机号=ignore"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        // The one to call in need signs nothing.
        case(Csv(CALLED), &[], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv(CHILD),
            &[
                "--map", "学生姓名=ignore", "--map", "家长姓名=approver.name", "--map",
                "家长手机号=approver.mobile",
            ],
            0,
            &[],
            &["周大海"],
            &[(1, 1)],
        ),
        case(Csv(COMPANY), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
    ]);
    for (sheet, answer) in [
        (CHILD, "家长手机号=approver.mobile"),
        (COMPANY, "甲方=approver1.organization_name"),
        ("合同号,供应商联系人,供应商联系电话\nA1,林小雨,13800138000\n", "供应商联系人=approver.name"),
    ] {
        let (session, name) = session(&Csv(sheet));
        session.run(["check", name, "--config", "config.toml"]).exit(3).says(answer);
    }
}

#[test]
fn no_answer_is_made_ready_of_one_persons_name_and_anothers_mobile() {
    let (session, name) = session(&Csv(
        "供货单位联系人,联系电话,我方经办人,经办人电话\n林小雨,13800138000,周大海,13800138001\n",
    ));
    let said = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert_eq!(said["files"][0]["answer"], serde_json::json!([]), "{said:#}");
}

#[test]
fn what_is_said_of_the_whole_sheet_is_no_part_of_its_header() {
    const SHEET: &[&[&str]] = &[
        &["2026年续签名单", "", "", ""],
        &["制表：人事部", "", "2026-11-20", ""],
        &["序号", "姓名", "部门", "手机号"],
        &["1", "林小雨", "研发", "13800138000"],
    ];
    hold(&[case(Sheets(&[("九月", SHEET)]), &[], 0, &[], ONE, &[(1, 1)])]);
}

#[test]
fn what_is_the_same_for_all_contracts_is_asked_where_a_column_says_otherwise() {
    const COMPANIES: &str =
        "签约主体,姓名,手机号\n北京公司,林小雨,13800138000\n上海公司,周大海,13800138001\n";
    const TEMPLATES: &str = "姓名,手机号,合同模板\n林小雨,13800138000,标准版\n周大海,13800138001,高管版\n";
    const SAME: &str =
        "签约主体,姓名,手机号,模板\n北京公司,林小雨,13800138000,标准版\n北京公司,周大海,13800138001,标准版\n";
    const EMPTY: &str =
        "姓名,手机号,模板ID\n林小雨,13800138000,yDRS4UUgygqdcj2tUuO4zjEEFuP35Swd\n周大海,13800138001,\n";
    hold(&[
        case(Csv(COMPANIES), &[], 3, &["column.parties_differ"], ONE, &[(1, 2)]),
        case(Csv(COMPANIES), &["--where", "签约主体=北京公司"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(COMPANIES), &["--map", "签约主体=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(TEMPLATES), &[], 3, &["column.templates_differ"], ONE, &[(1, 2)]),
        case(Csv(TEMPLATES), &["--where", "合同模板=标准版"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(SAME), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(EMPTY), &[], 3, &["column.defaulted_cells"], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn a_bare_number_is_no_date_because_its_column_is_called_one() {
    const DAY: &str = "姓名,手机号,填写:入职日期\n林小雨,13800138000,46000\n";
    const PERCENT: &str =
        "姓名,手机号,填写:比例\n林小雨,13800138000,30%\n周大海,13800138001,0.3\n王芳,13800138002,25%\n";
    const PARTS: &str = "姓名,手机号,填写:比例\n林小雨,13800138000,0.3\n周大海,13800138001,0.25\n";
    hold(&[
        case(Csv(DAY), &[], 3, &["column.serials"], ONE, &[(1, 1)]),
        case(Csv(PERCENT), &[], 3, &["column.serials"], ONE, &[(1, 3)]),
        case(Csv(PERCENT), &["--as-text", "填写:比例"], 0, &[], ONE, &[(1, 3)]),
        case(Csv(PARTS), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(DAY), &["--as-text", "填写:入职日期"], 0, &[], ONE, &[(1, 1)]),
        case(Csv("姓名,手机号,填写:入职日期(日期)\n林小雨,13800138000,46000\n"), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,46000\n"), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn a_footnote_is_no_digit_of_a_value() {
    for (header, value) in [
        ("填写:数(数字)", "8①"),
        ("填写:日(日期)", "2026年3月1①日"),
        ("签署截止时间", "2099年6月3①日"),
        ("签署截止时间", "+3①d"),
    ] {
        let sheet = format!("姓名,手机号,{header}\n林小雨,13800138000,{value}\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        session.run(["check", "a.csv", "--config", "config.toml"]).exit(3).says(value);
    }
    hold(&[
        case(Csv("姓名,手机号\n林小雨,1380013800①\n"), &[], 3, &["mobile.form"], &[], &[]),
        // In a header ① counts.
        case(Csv("①姓名,②手机号\n林小雨,13800138000\n"), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn a_word_that_stands_for_a_value_is_nobodys_name() {
    for word in ["同上", "如上", "未定", "暂缺", "待完善"] {
        let sheet = format!("姓名,手机号\n林小雨,13800138000\n{word},13800138001\n");
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(3).json();
        let codes = codes(&checked["files"][0]);
        assert!(matches!(codes.as_slice(), [one] if one.starts_with("cell.")), "{word} {codes:?}");
    }
    hold(&[
        case(
            Csv("姓名,手机号,填写:X\n林小雨,13800138000,1900年1月0日\n"),
            &[],
            3,
            &["cell.left_over"],
            NOBODY,
            &[],
        ),
        case(
            Csv("姓名,手机号,填写:金额(数字)\n林小雨,13800138000,\"8.000,50\"\n"),
            &[],
            3,
            &["cell.number"],
            NOBODY,
            &[],
        ),
    ]);
}

#[test]
fn of_two_columns_for_one_field_the_second_can_be_left_out() {
    const TWICE: &str = "姓名,手机,手机号码\n林小雨,13800138000,13800138001\n";
    let (session, name) = session(&Csv(TWICE));
    session.run(["check", name, "--config", "config.toml"]).exit(3).says("--map 手机号码=ignore");
    hold(&[case(Csv(TWICE), &["--map", "手机号码=ignore"], 0, &[], ONE, &[(1, 1)])]);
}

#[test]
fn a_line_above_the_header_that_says_when_to_sign_is_no_ornament() {
    const ABOVE: &str = "签署截止：2031-12-10,\n姓名,手机号\n林小雨,13800138000\n";
    const PLEASE: &str = "请于12月10日前完成签署,\n姓名,手机号\n林小雨,13800138000\n";
    const OTHERS: &str = "报名截止日期 2031-12-10,\n姓名,手机号\n林小雨,13800138000\n";
    const COLUMN: &str = "签署截止：2031-12-10,,\n姓名,手机号,签署截止时间\n林小雨,13800138000,2031-12-10\n";
    const TITLE: &str = "签署名单,\n姓名,手机号\n林小雨,13800138000\n";
    hold(&[
        case(Csv(ABOVE), &[], 3, &["sheet.deadline_above"], ONE, &[(1, 1)]),
        case(Csv(ABOVE), &["--header-row", "2"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(PLEASE), &[], 3, &["sheet.deadline_above"], ONE, &[(1, 1)]),
        case(Csv(OTHERS), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(COLUMN), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(TITLE), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn rows_whose_contracts_are_called_alike_are_asked_about() {
    const BOTH: &str = "合同名称,姓名,手机号\n\
        林小雨周大海租赁合同,林小雨,13800138000\n林小雨周大海租赁合同,周大海,13800138001\n";
    const ROOMS: &str = "合同名称,姓名,手机号\n\
        1号楼101租赁合同,林小雨,13800138000\n1号楼101租赁合同,周大海,13800138001\n\
        1号楼102租赁合同,王芳,13800138002\n";
    const KINDS: &str = "合同名称,姓名,手机号\n劳动合同,林小雨,13800138000\n劳动合同,周大海,13800138001\n\
        保密协议,王芳,13800138002\n保密协议,李雷,13800138003\n";
    const HOMES: &str = "合同名称,姓名,手机号\n张家租赁合同,林小雨,13800138000\n张家租赁合同,周大海,13800138001\n\
        李家租赁合同,王芳,13800138002\n李家租赁合同,李雷,13800138003\n";
    const MIXED: &str = "合同名称,姓名,手机号\n张家租赁合同,林小雨,13800138000\n张家租赁合同,周大海,13800138001\n\
        李家租赁合同,王芳,13800138002\n";
    const YEAR: &str =
        "合同名称,姓名,手机号\n2026年劳动合同,林小雨,13800138000\n2026年劳动合同,周大海,13800138001\n";
    const HOUSE: &str =
        "家庭户号,姓名,手机号\nA-1,林小雨,13800138000\nA-1,周大海,13800138001\nA-2,王芳,13800138002\n";
    hold(&[
        case(Csv(BOTH), &[], 3, &["column.key"], ONE, &[(1, 2)]),
        case(Csv(BOTH), &["--key", "合同名称"], 0, &[], &["林小雨", "周大海"], &[(2, 1)]),
        case(Csv(BOTH), &["--key", "row"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(ROOMS), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(KINDS), &[], 0, &[], ONE, &[(1, 4)]),
        case(Csv(HOMES), &[], 3, &["column.key"], ONE, &[(1, 4)]),
        case(Csv(MIXED), &[], 0, &[], ONE, &[(1, 3)]),
        case(Csv(YEAR), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(HOUSE), &[], 3, &["column.key"], ONE, &[(1, 3)]),
    ]);
}

#[test]
fn a_company_beside_the_one_who_signs_for_it_is_not_left_out_in_silence() {
    const SUPPLIER: &str = "供应商,签署人姓名,手机号\n深圳某某有限公司,林小雨,13800138000\n";
    const OVER_ALL: Of = Merged(
        &[
            &["委托方（甲方）", "", ""],
            &["单位", "对接人", "电话"],
            &["深圳某某有限公司", "林小雨", "13800138000"],
        ],
        &[[0, 0, 0, 2]],
    );
    const DEPARTMENT: &str = "部门,签署人姓名,手机号\n财务部,林小雨,13800138000\n";
    hold(&[
        case(Csv(SUPPLIER), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
        case(Csv(SUPPLIER), &["--map", "供应商=approver.organization_name"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(SUPPLIER), &["--map", "供应商=ignore"], 0, &[], ONE, &[(1, 1)]),
        case(OVER_ALL, &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(DEPARTMENT), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn whoever_the_sheet_says_is_gone_is_asked_about_in_whatever_column() {
    let of = |header: &str, value: &str| {
        format!("姓名,手机号,{header}\n林小雨,13800138000,\n周大海,13800138001,{value}\n")
    };
    let codes_of = |sheet: String| {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).json();
        codes(&checked["files"][0])
    };
    for (header, value) in [
        ("离职日期", "2026-11-01"),
        ("最后工作日", "2026/11/1"),
        ("当前状态", "离职"),
        ("合同签订情况", "已签"),
        ("签署进度", "已完成"),
        ("审批状态", "已驳回"),
        ("续签意向", "不续签"),
        ("是否同意续签", "否"),
        ("合同已发", "√"),
        ("狀態", "離職"),
        ("Status", "Terminated"),
        ("Signed", "Y"),
        ("备注", "已签纸质合同"),
        ("备注", "勿发"),
        ("", "已离职"),
    ] {
        assert!(codes_of(of(header, value)).contains(&"column.send".to_owned()), "{header} {value}");
    }
    for (header, value) in [
        ("备注", "原单位已离职"),
        ("备注", "离职补偿已结清"),
        ("备注", "不发工资条"),
        ("备注", "已签保密协议"),
        ("体检", "已完成"),
        ("审批状态", "已通过"),
        ("是否党员", "否"),
        ("原单位状态", "离职"),
        ("入职日期", "2026-11-01"),
    ] {
        assert!(!codes_of(of(header, value)).contains(&"column.send".to_owned()), "{header} {value}");
    }
    // Where nothing was done with any of them, all are meant.
    let pending = "姓名,手机号,签署状态\n林小雨,13800138000,待签\n周大海,13800138001,未签署\n";
    assert!(codes_of(pending.to_owned()).is_empty());
    let half = "姓名,手机号,是否签约\n林小雨,13800138000,是\n周大海,13800138001,\n";
    assert_eq!(codes_of(half.to_owned()), ["column.send"]);
}

#[test]
fn titles_and_labels_in_the_column_of_numbers_are_heeded() {
    const GONE: &str = "序号,姓名,手机号\n1,林小雨,13800138000\n离职人员,,\n1,周大海,13800138001\n";
    const CONTACT: &str = "序号,姓名,手机号\n1,林小雨,13800138000\n联系人：,周大海,13800138001\n";
    const CROSSED: &str = "序号,姓名,手机号\n1,林小雨,13800138000\n×,周大海,13800138001\n";
    const DEPARTMENTS: &str =
        "序号,姓名,手机号\n销售部,,\n1,林小雨,13800138000\n财务部,,\n1,周大海,13800138001\n";
    const CHINESE: &str = "序号,姓名,手机号\n一,林小雨,13800138000\n二,周大海,13800138001\n";
    const OUT: &str = "合同编号,姓名,手机号\nHT-1,林小雨,13800138000\n#HT-2,周大海,13800138001\n";
    hold(&[
        case(Csv(GONE), &[], 3, &["rows.below_title", "rows.left_out"], ONE, &[(1, 2)]),
        case(Csv(GONE), &["--odd-rows", "skip"], 0, &["rows.left_out"], ONE, &[(1, 1)]),
        case(Csv(CONTACT), &[], 3, &["rows.doubtful"], ONE, &[(1, 1)]),
        case(Csv(CROSSED), &[], 3, &["rows.doubtful"], ONE, &[(1, 1)]),
        case(Csv(DEPARTMENTS), &[], 0, &["rows.left_out"], ONE, &[(1, 2)]),
        case(Csv(CHINESE), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(OUT), &[], 3, &["rows.doubtful"], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn lines_below_the_table_are_no_contracts() {
    const HEAD: &str = "序号,姓名,手机号,身份证号,部门\n1,林小雨,13800138000,,研发部\n";
    for line in [
        "人事部（盖章）,,2026年11月20日,,",
        "单位（公章）：,,年 月 日,,",
        ",,2026年11月20日,,",
        "制单：,李娜,复核：,王芳,2026-11-20",
        "制表人：,李娜,,审核人：,王芳",
        "审批意见：,同意,,,",
        "页码：,1/1,,,",
    ] {
        let (session, name) = session(&Csv("a\n"));
        let session = session.file(name, format!("{HEAD}{line}\n"));
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
        assert_eq!(codes(&checked["files"][0]), ["rows.left_out"], "{line}");
    }
    // A mobile that was forgotten, or lost its digits, is no footer.
    for line in ["2,周大海,,,", "2,周大海,2026年11月20日,,", ",周大海,1380013800,,"] {
        let (session, name) = session(&Csv("a\n"));
        let session = session.file(name, format!("{HEAD}{line}\n"));
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).json();
        assert!(!codes(&checked["files"][0]).contains(&"rows.left_out".to_owned()), "{line}");
    }
}

#[test]
fn who_is_who_by_the_values_of_a_column_needs_a_key() {
    const KINDS: &str = "类别,姓名,手机号\n借款人,林小雨,13800138000\n担保人,周大海,13800138001\n";
    const UNNAMED: &str = ",姓名,手机号\n甲方,林小雨,13800138000\n乙方,周大海,13800138001\n";
    const SAME: &str = "类别,姓名,手机号\n借款人,林小雨,13800138000\n借款人,周大海,13800138001\n";
    const OTHER: &str = "类别,姓名,手机号\n本人,林小雨,13800138000\n全职,周大海,13800138001\n";
    const ORDER: &str = "签署顺序,姓名,手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n\
        1,王芳,13800138002\n2,李雷,13800138003\n";
    const COUNT: &str = "签署顺序,姓名,手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n";
    const FIRST_ONLY: &str = "合同编号,甲方姓名,甲方手机,乙方姓名,乙方手机\n\
        HT-1,林小雨,13800138000,王芳,13800138002\nHT-2,,,周大海,13800138001\n";
    const ABOVE: &str =
        "甲方：王五 13800138007,,\n序号,乙方姓名,乙方手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n";
    hold(&[
        case(Csv(KINDS), &[], 3, &["rows.roles"], ONE, &[(1, 2)]),
        case(Csv(UNNAMED), &[], 3, &["column.unnamed", "rows.roles"], ONE, &[(1, 2)]),
        case(Csv(SAME), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(OTHER), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(ORDER), &[], 3, &["rows.roles"], ONE, &[(1, 4)]),
        case(Csv(COUNT), &[], 3, &["rows.roles"], ONE, &[(1, 2)]),
        case(Csv(COUNT), &["--key", "row"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(FIRST_ONLY), &[], 3, &["approver.gap"], &["林小雨", "王芳"], &[(2, 1)]),
        case(Csv(ABOVE), &[], 3, &["sheet.party_above"], ONE, &[(1, 2)]),
        case(Csv(ABOVE), &["--header-row", "2"], 0, &[], ONE, &[(1, 2)]),
    ]);
}

/// One project in all rows says what the list is of; one room in two rows may be one contract.
#[test]
fn a_column_with_one_value_in_a_long_list_is_no_key() {
    const PEOPLE: [&str; 7] = ["林小雨", "周大海", "王芳", "李雷", "韩梅", "赵强", "孙丽"];
    let people = |column: &str, values: &[&str]| {
        let rows = values.iter().enumerate();
        let rows = rows.map(|(at, value)| format!("{value},{},1380013800{at}\n", PEOPLE[at]));
        format!("{column},姓名,手机号\n{}", rows.collect::<String>())
    };
    for (column, values, code) in [
        ("项目编号", &["P-1"; 6][..], None),
        ("协议", &["保密协议"; 7], None),
        ("房屋地址", &["人民路1号"; 6], None),
        ("项目编号", &["P-1"; 5], Some("column.key")),
        ("项目编号", &["P-1", "P-1", "P-1", "P-1", "P-1", "P-1", "P-2"], Some("column.key")),
        // It is called the number of a contract.
        ("协议编号", &["X-1"; 7], Some("column.key")),
        ("楼栋,房号", &["1栋,101", "2栋,101", "2栋,102"], None),
        ("楼栋,房号", &["1栋,101", "1栋,101", "2栋,101"], Some("column.key")),
    ] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", people(column, values));
        let words = ["check", "a.csv", "--config", "config.toml", "--json"];
        let checked = session.run(words).exit(if code.is_some() { 3 } else { 0 }).json();
        let asked: Vec<String> =
            codes(&checked["files"][0]).into_iter().filter(|own| own == "column.key").collect();
        assert_eq!(asked.first().map(String::as_str), code, "{column} {values:?}");
    }
}

#[test]
fn who_is_ticked_and_who_gets_a_copy_is_no_guess() {
    const TICKED: &str = "姓名,手机号,发送\n林小雨,13800138000,√\n周大海,13800138001,\n";
    const NO: &str = "姓名,手机号,发送\n林小雨,13800138000,\n周大海,13800138001,否\n";
    const FIRST: &str = "合同编号,姓名,手机号,发送\nA2,王芳,13800138002,是\nA2,李雷,13800138003,\n\
        A1,林小雨,13800138000,否\nA1,周大海,13800138001,\n";
    const COPY: &str = "合同编号,角色,姓名,手机号\nA1,签署,林小雨,13800138000\nA1,抄送,周大海,13800138001\n";
    const KIND: &str =
        "合同编号,参与人类型,姓名,手机号\nA1,签署,林小雨,13800138000\nA1,CC,周大海,13800138001\n";
    const WORD: &str = "姓名,手机号,部门\n林小雨,13800138000,抄送组\n";
    hold(&[
        case(Csv(TICKED), &[], 3, &["send.blank"], ONE, &[(1, 2)]),
        case(Csv(TICKED), &["--where", "发送=√"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(TICKED), &["--map", "发送=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(NO), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(FIRST), &[], 0, &[], &["王芳", "李雷"], &[(2, 1)]),
        case(Csv(COPY), &[], 3, &["rows.copies"], &["林小雨", "周大海"], &[(2, 1)]),
        case(Csv(KIND), &[], 3, &["rows.copies"], &["林小雨", "周大海"], &[(2, 1)]),
        case(Csv(WORD), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

/// A contract never goes without one of its rows, whatever somebody has said of rows.
#[test]
fn what_is_left_out_leaves_no_contract_without_a_signer() {
    const LEFT: &str = "状态,合同编号,姓名,手机号\n在职,A1,林小雨,13800138000\n离职,A1,周大海,13800138001\n\
        在职,A2,王芳,13800138002\n离职,A3,李雷,13800138003\n";
    const FIRST_ROW: &str = "部门,合同编号,姓名,手机号\n产品部,A1,林小雨,13800138000\n,A1,周大海,13800138001\n\
        财务部,A2,王芳,13800138002\n,A2,李雷,13800138003\n";
    const SEALED: &str = "说明列,合同编号,姓名,手机号\n甲方,A1,林小雨,13800138000\n乙方（签字）,A1,周大海,\n";
    hold(&[
        case(Csv(LEFT), &["--where", "状态=在职"], 3, &["left_out.differs"], ONE, &[(1, 1)]),
        case(Csv(FIRST_ROW), &["--where", "部门=产品部"], 0, &[], &["林小雨", "周大海"], &[(2, 1)]),
        case(Csv(FIRST_ROW), &["--where", "部门=财务部"], 0, &[], &["王芳", "李雷"], &[(2, 1)]),
        case(Csv(SEALED), &[], 3, &["rows.doubtful"], ONE, &[(1, 1)]),
    ]);
}

/// A header may number a signer with more digits than any contract has signers.
#[test]
fn a_number_that_no_contract_has_is_no_signer() {
    for header in ["签署方9999999999姓名", "签署方18446744073709551615姓名", "签署方1001姓名"]
    {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", format!("姓名,手机号,{header}\n林小雨,13800138000,王芳\n"));
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(3).json();
        assert_eq!(codes(&checked["files"][0]), ["signer.unclear"], "{header}");
    }
}

/// What was said of a column of one sheet is not said of another sheet's column of that name.
#[test]
fn a_workbook_to_correct_knows_of_which_sheet_a_column_was_left_out() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, signer, mobile) in [("9月", "林小雨", "13800138000"), ("10月", "周大海", "1380013")] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip([["姓名", "手机号", "填写:岗位"], [signer, mobile, "文员"]])
        {
            sheet.write_row(row, 0, cells).unwrap();
        }
        if name == "9月" {
            sheet.set_column_hidden(2).unwrap();
        }
    }
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("a.xlsx", workbook.save_to_buffer().unwrap());
    let words = ["--config", "config.toml", "--json"];
    let said = ["check", "a.xlsx", "--all-sheets", "--hidden-columns", "skip"];
    session.run(said.iter().chain(&words)).exit(3);
    crate::books::replace_texts(&session.path("a.check.xlsx"), |text| {
        text.replace(">1380013<", ">13800138001<")
    });
    let checked = session.run(["check", "a.check.xlsx"].iter().chain(&words)).exit(0).json();
    let columns = checked["files"][0]["understood"].to_string();
    assert!(columns.contains("field:岗位"), "{columns}");
    assert_eq!(columns.matches("\"gives\":null").count(), 1, "{columns}");
}

#[test]
fn one_more_answer_that_is_remembered_takes_none_back() {
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("a.csv", "姓名,手机号,部门,编号二\n林小雨,13800138000,人事,1\n周大海,13800138001,财务,2\n");
    let check = ["check", "a.csv", "--config", "config.toml", "--json"];
    session.run(check.iter().chain(&["--where", "部门=人事", "--remember"])).exit(0);
    session.run(check.iter().chain(&["--map", "编号二=ignore", "--remember"])).exit(0);
    let file = &session.run(check).exit(0).json()["files"][0];
    assert_eq!(file["understood"]["signers"], serde_json::json!([[1, 1]]));
}

#[test]
fn what_a_sheet_says_of_all_its_rows_is_asked_about() {
    const ABOVE: &str = "已签署人员名单（存档，勿发）,,\n序号,姓名,手机号\n1,林小雨,13800138000\n";
    const GOOD: &str = "2026年新员工名单,,\n序号,姓名,手机号\n1,林小雨,13800138000\n";
    const TAB: &[(&str, &[&[&str]])] = &[("离职人员", &[&["姓名", "手机号"], &["林小雨", "13800138000"]])];
    const EMPTY: &[(&str, &[&[&str]])] = &[
        ("待签", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
        ("下月", &[&["姓名", "手机号"]]),
        ("填写示例", &[&["姓名", "手机号"], &["张三", "13800138002"]]),
    ];
    const ZERO: &str = "姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n周大海,13800138001,出纳\n";
    hold(&[
        case(Csv(ABOVE), &[], 3, &["rows.below_title"], ONE, &[(1, 1)]),
        case(Csv(ABOVE), &["--odd-rows", "send"], 0, &[], ONE, &[(1, 1)]),
        case(Csv(GOOD), &[], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(TAB), &[], 3, &["rows.below_title"], ONE, &[(1, 1)]),
        case(Sheets(EMPTY), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(ZERO), &[], 0, &[], ONE, &[(1, 2)]),
        case(
            Csv("合同编号,姓名,手机号\n系统生成,林小雨,13800138000\n系统生成,周大海,13800138001\n"),
            &[],
            3,
            &["cell.placeholder"],
            NOBODY,
            &[],
        ),
    ]);
}

/// What the first rows say of a column does not hold for those below.
#[test]
fn a_number_or_a_name_far_down_is_asked_about_as_well() {
    const ROWS: usize = 30;
    let sheet = |header: &str, last: &str| {
        let rows = (0..ROWS).map(|at| format!("林小雨,138001380{at:02},,\n"));
        format!("{header}\n{}周大海,13900139000,{last}\n", rows.collect::<String>())
    };
    for (header, last, code) in [
        ("姓名,手机号,新手机,", "13900139001,", Some("column.beside")),
        ("姓名,手机号,联系电话,", "13900139001,", Some("column.beside")),
        ("姓名,手机号,联系电话,", "0755-26781234,", None),
        ("姓名,手机号,新手机,", "13900139000,", None),
    ] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.csv", sheet(header, last));
        let words = ["check", "a.csv", "--config", "config.toml", "--json"];
        let checked = session.run(words).exit(if code.is_some() { 3 } else { 0 }).json();
        let asked = codes(&checked["files"][0]).into_iter().find(|own| own == "column.beside");
        assert_eq!(asked.as_deref(), code, "{header} {last}");
    }
    let rows = (0..ROWS).map(|at| format!("林小雨,,138001380{at:02}\n")).collect::<String>();
    let behind = format!("姓名,紧急联系人,联系电话\n{rows}周大海,王芳,13900139000\n");
    let (session, name) = session(&Csv("a\n"));
    let session = session.file(name, behind);
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(codes(&checked["files"][0]).contains(&"column.mobile_behind".to_owned()));
}
