//! One list in several sheets: what would be asked were they one sheet is asked of all of them.

use crate::meaning::{Of, Sheets, codes, session};

/// Of `--all-sheets`: the exit code, the codes, and of each problem its sheet and its words.
fn checked(of: &Of) -> (Option<i32>, Vec<String>, Vec<(String, String)>) {
    let (session, name) = session(of);
    let ran = session.run(["check", name, "--all-sheets", "--json", "--config", "config.toml"]);
    let file = &ran.json()["files"][0];
    let problems = file["problems"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let told = problems.iter().map(|own| (text(&own["sheet"]), text(&own["what"])));
    (ran.code, codes(file), told.collect())
}

#[track_caller]
fn asks(of: &Of, code: &str, sheet: &str) -> String {
    let (exit, codes, told) = checked(of);
    assert!(exit == Some(3) && codes.iter().any(|own| own == code), "{exit:?} {codes:?} {told:?}");
    let (_, words) = told.into_iter().find(|(own, _)| own == sheet).expect(sheet);
    words
}

const KEYED: &[&str] = &["合同编号", "签署方姓名", "签署方手机号", "签署方类型"];

#[test]
fn who_stands_first_in_one_sheet_and_last_in_the_other_is_asked() {
    let words = asks(
        &Sheets(&[
            (
                "一部",
                &[KEYED, &["A1", "张经办", "13900000001", "企业"], &["A1", "李四海", "13800138001", "个人"]],
            ),
            (
                "二部",
                &[KEYED, &["B1", "王五岳", "13800138002", "个人"], &["B1", "张经办", "13900000001", "企业"]],
            ),
        ]),
        "rows.order",
        "二部",
    );
    assert!(words.contains("row 2 of 一部") && words.contains("row 2 of 二部"), "{words}");
    const ROLES: &[&str] = &["合同编号", "姓名", "手机号", "称谓"];
    let words = asks(
        &Sheets(&[
            (
                "一部",
                &[ROLES, &["A1", "张经办", "13900000001", "房东"], &["A1", "李四海", "13800138001", "租客"]],
            ),
            (
                "二部",
                &[ROLES, &["B1", "王五岳", "13800138002", "租客"], &["B1", "张经办", "13900000001", "房东"]],
            ),
        ]),
        "rows.order",
        "二部",
    );
    assert!(words.contains("row 3 of 一部"), "{words}");
}

#[test]
fn a_contract_of_one_sheet_that_lacks_a_signer_of_all_others_is_asked() {
    asks(
        &Sheets(&[
            (
                "一部",
                &[
                    KEYED,
                    &["A1", "张经办", "13900000001", "企业"],
                    &["A1", "李四海", "13800138001", "个人"],
                    &["A2", "张经办", "13900000001", "企业"],
                    &["A2", "王五岳", "13800138002", "个人"],
                ],
            ),
            ("二部", &[KEYED, &["B1", "赵六合", "13800138003", "个人"]]),
        ]),
        "rows.contract_lacks_party",
        "二部",
    );
}

#[test]
fn who_has_handed_in_a_form_in_two_sheets_is_asked() {
    const FORM: &[&str] = &["提交时间", "姓名", "手机号", "填写:月薪"];
    let words = asks(
        &Sheets(&[
            (
                "表1",
                &[
                    FORM,
                    &["2026-11-20 10:00:00", "李四海", "13800138001", "8000"],
                    &["2026-11-21 10:00:00", "王五岳", "13800138002", "8001"],
                ],
            ),
            (
                "表2",
                &[
                    FORM,
                    &["2026-11-20 10:00:00", "赵六合", "13800138003", "8002"],
                    &["2026-11-29 10:00:00", "王五岳", "13800138002", "9000"],
                ],
            ),
        ]),
        "rows.submitted_twice",
        "表2",
    );
    assert!(words.contains("row 3 of 表1 and row 3 of 表2"), "{words}");
}

#[test]
fn what_a_whole_sheet_says_is_asked_where_another_one_says_otherwise() {
    const PLAIN: [&str; 2] = ["姓名", "手机号"];
    // In each of these all rows of a sheet are alike, so that no sheet asks by itself.
    asks(
        &Sheets(&[
            ("一部", &[&[PLAIN[0], PLAIN[1], "签约状态"], &["李四海", "13800138001", "未签"]]),
            ("二部", &[&[PLAIN[0], PLAIN[1], "签约状态"], &["王五岳", "13800138002", "已签"]]),
        ]),
        "column.send",
        "二部",
    );
    asks(
        &Sheets(&[
            ("一部", &[&[PLAIN[0], PLAIN[1], "签约主体"], &["李四海", "13800138001", "甲有限公司"]]),
            ("二部", &[&[PLAIN[0], PLAIN[1], "签约主体"], &["王五岳", "13800138002", "乙有限公司"]]),
        ]),
        "column.parties_differ",
        "一部",
    );
    asks(
        &Sheets(&[
            ("一部", &[&[PLAIN[0], PLAIN[1], "填写:月薪"], &["李四海", "13800138001", "8000"]]),
            ("二部", &[&[PLAIN[0], PLAIN[1], "填写:月薪"], &["王五岳", "13800138002", "待定"]]),
        ]),
        "column.undecided",
        "二部",
    );
    asks(
        &Sheets(&[
            ("一部", &[&[PLAIN[0], PLAIN[1], "发送"], &["李四海", "13800138001", "是"]]),
            ("二部", &[&[PLAIN[0], PLAIN[1], "发送"], &["王五岳", "13800138002", ""]]),
        ]),
        "send.blank",
        "二部",
    );
}

#[test]
fn sheets_that_differ_in_nothing_of_that_or_have_other_headers_are_not_compared() {
    const PAY: &[&str] = &["姓名", "手机号", "部门", "填写:月薪"];
    let (exit, codes, _) = checked(&Sheets(&[
        (
            "一部",
            &[PAY, &["李四海", "13800138001", "一部", "8000"], &["王五岳", "13800138002", "一部", "9000"]],
        ),
        ("二部", &[PAY, &["赵六合", "13800138003", "二部", "12000"]]),
    ]));
    assert_eq!((exit, codes.as_slice()), (Some(0), [].as_slice()));
    let (exit, ..) = checked(&Sheets(&[
        ("一部", &[&["姓名", "手机号", "填写:月薪"], &["李四海", "13800138001", "8000"]]),
        ("二部", &[&["手机号", "姓名", "填写:月薪"], &["13800138002", "王五岳", "9000"]]),
    ]));
    assert_eq!(exit, Some(0));
}
