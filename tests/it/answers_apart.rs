//! What answers one question settles no other: not one that a person has to answer, not that of another sheet, and not
//! that of a line in a later file.

use crate::meaning::{Csv, Of, Sheets, codes, session};
use crate::support::Session;

const CONFIG: [&str; 2] = ["--config", "config.toml"];

fn checked(of: &Of, options: &[&str]) -> (Session, Option<i32>, Vec<String>, Vec<String>) {
    let (session, name) = session(of);
    let words = ["check", name, "--json"];
    let ran = session.run(words.iter().chain(&CONFIG).chain(options));
    let file = &ran.json()["files"][0];
    let answer = file["answer"].as_array().map(|words| {
        words.iter().filter_map(|word| word.as_str()).map(str::to_owned).collect::<Vec<String>>()
    });
    let (code, codes) = (ran.code, codes(file));
    (session, code, codes, answer.unwrap_or_default())
}

#[test]
fn a_ready_answer_settles_nothing_that_a_person_has_to_answer() {
    // What the first line says could be given by an option, and that option would send 李四 as well.
    const ABOVE: &str = "合同名称：保密协议,,\n李四作废,,\n姓名,手机号,填写:月薪\n张三,13800138000,8000\n李四,13800138001,8000\n";
    let (.., code, codes, answer) = checked(&Csv(ABOVE), &[]);
    assert!(code == Some(3) && codes.iter().any(|own| own == "sheet.said_above"), "{codes:?}");
    assert!(!answer.iter().any(|word| word == "--header-row"), "{answer:?}");
    let (.., code, codes, _) = checked(&Csv(ABOVE), &["--default", "flow_name=保密协议"]);
    assert_eq!(code, Some(3), "{codes:?}");
    // A total that was counted otherwise, beside a row that looks like a remark with a mobile.
    const DOUBTS: &str =
        "姓名,手机号\n张三,13800138000\n李四,13800138001\n备注：联系王五,13800138009\n合计：5份合同,\n";
    let (.., codes, answer) = checked(&Csv(DOUBTS), &[]);
    assert!(codes.iter().any(|own| own == "sheet.count_stated"), "{codes:?}");
    assert!(!answer.iter().any(|word| word == "--odd-rows"), "{answer:?}");
}

#[test]
fn what_a_line_of_one_sheet_says_is_given_to_no_other() {
    const SHEETS: Of = Sheets(&[
        ("一部", &[&["签署截止时间：2099-12-10"], &["姓名", "手机号"], &["张三", "13800138000"]]),
        ("二部", &[&["姓名", "手机号"], &["李四", "13800138001"]]),
    ]);
    let (session, code, _, answer) = checked(&SHEETS, &["--all-sheets"]);
    assert_eq!((code, answer.len()), (Some(3), 0), "{answer:?}");
    // The header of the one is in another row than that of the other, and both are read.
    let words = ["check", "sheet.xlsx", "--all-sheets", "--header-row", "2", "--json"];
    let ran = session.run(words.iter().chain(&CONFIG)).exit(0);
    assert_eq!(ran.json()["files"][0]["sendable"], 2, "{}", ran.stdout);
}

#[test]
fn each_sheet_has_the_number_that_stands_below_it() {
    const WRONG: Of = Sheets(&[
        ("一部", &[&["姓名", "手机号"], &["张三", "13800138000"], &["合计：3份合同"]]),
        ("二部", &[&["姓名", "手机号"], &["李四", "13800138001"], &["王五", "13800138002"]]),
    ]);
    const RIGHT: Of = Sheets(&[
        ("一部", &[&["姓名", "手机号"], &["张三", "13800138000"], &["合计：1份合同"]]),
        (
            "二部",
            &[&["姓名", "手机号"], &["李四", "13800138001"], &["王五", "13800138002"], &["合计：2份合同"]],
        ),
    ]);
    const OTHER: Of = Sheets(&[
        ("一部", &[&["姓名", "手机号"], &["张三", "13800138000"], &["合计：5份合同"]]),
        ("二部", &[&["姓名", "手机号"], &["李四", "13800138001"], &["王五", "13800138002"]]),
    ]);
    // Three are those of both.
    assert_eq!(checked(&WRONG, &["--all-sheets"]).1, Some(0));
    assert_eq!(checked(&RIGHT, &["--all-sheets"]).1, Some(0));
    let (_, code, codes, _) = checked(&OTHER, &["--all-sheets"]);
    assert!(code == Some(3) && codes == ["rows.left_out", "sheet.count_stated"], "{code:?} {codes:?}");
}

#[test]
fn that_odd_rows_are_left_out_says_nothing_of_another_line_in_a_later_file() {
    let list = |last: &str| format!("姓名,手机号\n张三,13800138000\n李四,13800138001\n{last}\n");
    let (session, name) =
        session(&Csv("姓名,手机号\n张三,13800138000\n李四,13800138001\n合计：王五,13800138009\n"));
    session.run(["check", name, "--odd-rows", "skip", "--remember"].iter().chain(&CONFIG)).exit(0);
    let session = session.file("b.csv", list("以上李四作废,")).file("c.csv", list("合计：王五,13800138009"));
    session.run(["check", "b.csv"].iter().chain(&CONFIG)).exit(3).says("以上李四作废");
    session.run(["check", "c.csv"].iter().chain(&CONFIG)).exit(0);
}

#[test]
fn a_comment_that_leaves_somebody_out_has_no_ready_answer() {
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("sheet.xlsx", crate::unseen::with_comment("已离职，不要发"));
    let ran = session.run(["check", "sheet.xlsx", "--json"]);
    assert_eq!(ran.code, Some(3), "{}", ran.stdout);
    assert!(!ran.json()["files"][0]["answer"].to_string().contains("--comments"), "{}", ran.stdout);
}
