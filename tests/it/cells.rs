//! What single cells mean: what a program has left, what is struck out, what a component
//! takes, and people who share what only one can have.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

use crate::support::Session;

fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn session() -> Session {
    Session::new().without("FLOWBATCH_JUMP_URL").file("config.toml", data("config.toml"))
}

/// Exit code, and the code, row and rows of each problem that is more than a correction.
fn check(session: &Session, name: &str, options: &[&str]) -> (Option<i32>, Vec<String>) {
    let words = ["check", name, "--config", "config.toml", "--json"];
    let ran = session.run(words.iter().chain(options));
    let json: Value = ran.json();
    let told = json["files"][0]["problems"].as_array().unwrap().iter();
    let line = |problem: &Value| {
        let place = &problem["row"];
        let code = problem["code"].as_str().unwrap();
        if place.is_null() { code.to_owned() } else { format!("{code} {place}") }
    };
    let mut lines: Vec<String> = told
        .filter(|problem| problem["severity"] != "correction" && problem["code"] != "column.unknown")
        .map(line)
        .collect();
    lines.sort();
    (ran.code, lines)
}

fn csv(text: &str, options: &[&str]) -> (Option<i32>, Vec<String>) {
    check(&session().file("sheet.csv", text.as_bytes()), "sheet.csv", options)
}

#[test]
fn what_programs_leave_behind_is_no_value() {
    for word in [
        "nan", "None", "NULL", "NaT", "undefined", "[object Object]", "Invalid date", "########", "1900/1/0",
        "0000-00-00", "同上", "〃",
    ] {
        let text = format!("姓名,手机号,填写:入职\n张三,13800138000,2026年1月1日\n李四,13800138001,{word}\n");
        let (code, told) = csv(&text, &[]);
        assert_eq!(code, Some(3), "{word}");
        let expected = if matches!(word, "同上" | "〃") { "cell.ditto 3" } else { "cell.left_over 3" };
        assert_eq!(told, [expected], "{word}");
        let (code, told) = csv(&text, &["--as-text", "填写:入职"]);
        assert_eq!((code, told), (Some(0), vec![]), "{word}");
    }
}

#[test]
fn a_bare_number_among_dates_is_a_question() {
    let text = "姓名,手机号,填写:入职\n张三,13800138000,2026/1/1\n李四,13800138001,46023\n王五,13800138002,2026/1/3\n";
    assert_eq!(csv(text, &[]), (Some(3), vec!["column.serials 1".to_owned()]));
    assert_eq!(csv(text, &["--as-text", "填写:入职"]), (Some(0), vec![]));
    let whole = "姓名,手机号,填写:编号\n张三,13800138000,46021\n李四,13800138001,46023\n";
    assert_eq!(csv(whole, &[]), (Some(0), vec![]));
}

#[test]
fn an_empty_component_among_filled_ones_is_told_and_required_ones_are_needed() {
    let rows = "张三,13800138000,8000\n李四,13800138001,\n";
    let told = csv(&format!("姓名,手机号,填写:月薪\n{rows}"), &[]);
    assert_eq!(told, (Some(0), vec!["column.empty_cells 1".to_owned()]));
    let told = csv(&format!("姓名,手机号,填写:月薪(必填)\n{rows}"), &[]);
    assert_eq!(told, (Some(3), vec!["cell.required 3".to_owned()]));
}

#[test]
fn a_component_is_sent_in_the_form_that_its_header_names() {
    let session = session().file(
        "sheet.csv",
        "合同编号,姓名,手机号,填写:入职日期(日期),填写：月薪（数字）,填写:备注(内部)\nA-1,张三,13800138000,2026/1/2,\"￥8,000.50\",无\n"
            .as_bytes(),
    );
    let words = ["check", "sheet.csv", "--config", "config.toml", "--json"];
    let json = session.run(words).json();
    let first = json["files"][0]["understood"]["first"]["values"].to_string();
    assert!(first.contains("field:入职日期\"") && first.contains("2026年01月02日"), "{first}");
    assert!(first.contains("field:月薪\"") && first.contains("\"8000.50\""), "{first}");
    assert!(first.contains("field:备注(内部)\""), "{first}");
    let bad = "合同编号,姓名,手机号,填写:入职日期(日期),填写:月薪(数字)\nA-1,张三,13800138000,下月,八千\n";
    let (code, told) = csv(bad, &[]);
    assert_eq!((code, told), (Some(3), vec!["cell.number 2".to_owned(), "date.form 2".to_owned()]));
}

#[test]
fn people_who_share_a_number_are_told_once_with_their_rows() {
    let text = "合同编号,姓名,手机号,身份证号\n\
        A-1,张三,13800138000,11010519491231002X\n\
        A-2,李四,13800138000,440524188001010014\n\
        A-3,王五,13800138002,440524188001010014\n\
        A-4,张三,13800138000,11010519491231002X\n";
    let told = csv(text, &[]);
    assert_eq!(told.0, Some(0));
    assert_eq!(told.1, ["id_number.shared", "mobile.shared", "signer.twice"]);
}

#[test]
fn a_struck_row_is_a_question_and_a_struck_cell_an_error() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let struck = Format::new().set_font_strikethrough();
    let rows =
        [["合同编号", "姓名", "手机号"], ["A-1", "张三", "13800138000"], ["A-2", "李四", "13800138001"]];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            if row == 2 {
                sheet.write_string_with_format(row, column, cell, &struck).unwrap();
            } else {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    sheet.write_string(3, 0, "A-3").unwrap();
    sheet.write_string(3, 1, "王五").unwrap();
    sheet.write_string_with_format(3, 2, "13800138002", &struck).unwrap();
    let session = session().file("sheet.xlsx", workbook.save_to_buffer().unwrap());
    let told = check(&session, "sheet.xlsx", &[]);
    assert_eq!(told, (Some(3), vec!["cell.struck 4".to_owned(), "row.struck 3".to_owned()]));
    for answer in ["skip", "send"] {
        let told = check(&session, "sheet.xlsx", &["--hidden-rows", answer]);
        assert_eq!(told, (Some(3), vec!["cell.struck 4".to_owned()]), "{answer}");
    }
}

#[test]
fn a_card_that_the_api_does_not_take_is_told_in_one_message() {
    let text = "合同编号,姓名,手机号,证件类型,证件号码\nA-1,张三,13800138000,护照,E12345678\n";
    assert_eq!(csv(text, &[]), (Some(3), vec!["id_card_type.unknown 2".to_owned()]));
    let text = "合同编号,姓名,手机号,签署方类型,企业名称\nA-1,张三,13800138000,私人,某某公司\n";
    assert_eq!(csv(text, &[]), (Some(3), vec!["cell.choice 2".to_owned()]));
}

#[test]
fn a_link_to_an_address_is_that_address() {
    let text = "合同编号,姓名,手机号,签署方邮箱\nA-1,张三,13800138000,mailto:a@example.com\n";
    let session = session().file("sheet.csv", text.as_bytes());
    let json = session.run(["check", "sheet.csv", "--config", "config.toml", "--json"]).json();
    let told = json["files"][0]["problems"].as_array().unwrap();
    assert!(told.iter().any(|problem| problem["code"] == "corrected"), "{told:?}");
    assert!(json["files"][0]["understood"]["first"].to_string().contains("\"a@example.com\""));
}

/// The cases of the issue, as they are.
#[test]
fn the_cases_that_were_collected() {
    for (name, exit, expected) in [
        (
            "04a-leftovers-of-programs.csv",
            3,
            &[("cell.left_over", 8), ("column.epoch", 1), ("column.serials", 1)][..],
        ),
        // A comment of its second row says 不要发.
        ("05a-struck-out-row.xlsx", 3, &[("cell.comment_says", 1), ("row.struck", 1)]),
        ("08-one-mobile-two-people.xlsx", 0, &[("id_number.shared", 1), ("mobile.shared", 1)]),
        ("11a-blank-component.xlsx", 0, &[("column.empty_cells", 1)]),
        ("21-card-types.xlsx", 3, &[("id_card_type.unknown", 3)]),
        ("29-mailto.xlsx", 0, &[]),
    ] {
        let (code, told) = check(&session().file(name, data(name)), name, &[]);
        let count = |code: &str| told.iter().filter(|line| line.split(' ').next() == Some(code)).count();
        let expected_lines: usize = expected.iter().map(|(_, count)| count).sum();
        assert_eq!(code, Some(exit), "{name}: {told:?}");
        assert!(expected.iter().all(|(code, number)| count(code) == *number), "{name}: {told:?}");
        assert_eq!(told.len(), expected_lines, "{name}: {told:?}");
    }
}
