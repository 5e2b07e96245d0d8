//! One list in several sheets: what would be asked were they one sheet is asked of all of them.

use crate::meaning::{Of, Sheets, books, codes, data, session};
use crate::support::Session;

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

/// Sheets of people, each with further columns as `header|value of each row`.
fn lists(header: &str, sheets: &[(&str, &[&str])]) -> Session {
    let mut number = 13800138000_u64;
    let mut rows_of = |values: &[&str]| {
        let people = values.iter().map(|value| {
            number += 1;
            let name = format!("测试{}", char::from_u32(0x4E00 + (number % 97) as u32).unwrap_or('甲'));
            let mut row = vec![name, number.to_string()];
            row.extend(value.split('|').map(str::to_owned));
            row
        });
        let headers = ["姓名", "手机号"].into_iter().chain(header.split('|'));
        let mut rows = vec![headers.map(str::to_owned).collect::<Vec<String>>()];
        rows.extend(people);
        rows
    };
    let sheets: Vec<(&str, Vec<Vec<String>>)> =
        sheets.iter().map(|(name, values)| (*name, rows_of(values))).collect();
    let texts: Vec<(&str, Vec<Vec<&str>>)> = sheets
        .iter()
        .map(|(name, rows)| {
            (*name, rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect())
        })
        .collect();
    let rows: Vec<(&str, Vec<&[&str]>)> =
        texts.iter().map(|(name, rows)| (*name, rows.iter().map(Vec::as_slice).collect())).collect();
    let sheets: Vec<(&str, &[&[&str]])> = rows.iter().map(|(name, rows)| (*name, rows.as_slice())).collect();
    Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("sheet.xlsx", books(&sheets))
}

/// What is asked: the exit code, and `code sheet: words` of each problem that stops.
fn asked(session: &Session, options: &[&str]) -> (Option<i32>, Vec<String>) {
    let words = ["check", "sheet.xlsx", "--json", "--config", "config.toml"];
    let ran = session.run(words.iter().chain(options));
    let problems = ran.json()["files"][0]["problems"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let told = problems.iter().filter(|own| own["severity"] == "question");
    let told =
        told.map(|own| format!("{} {}: {}", text(&own["code"]), text(&own["sheet"]), text(&own["what"])));
    (ran.code, told.collect())
}

#[track_caller]
fn asks_in(header: &str, sheets: &[(&str, &[&str])], code: &str, found: &[&str]) {
    let session = lists(header, sheets);
    let (exit, told) = asked(&session, &["--all-sheets"]);
    let of_code: Vec<&String> = told.iter().filter(|own| own.starts_with(&format!("{code} "))).collect();
    assert_eq!(exit, Some(3), "{told:?}");
    assert_eq!(of_code.len(), found.len(), "{told:?}");
    for (own, found) in of_code.iter().zip(found) {
        assert!(own.contains(found), "{found} is not in {own}");
    }
    // Each sheet by itself asks nothing of it.
    for (name, _) in sheets {
        let (_, alone) = asked(&session, &["--sheet", name]);
        assert!(!alone.iter().any(|own| own.starts_with(&format!("{code} "))), "{name} {alone:?}");
    }
}

#[test]
fn what_a_whole_sheet_says_is_asked_where_another_one_says_otherwise() {
    let parties: [(&str, &[&str]); 2] = [("一部", &["甲有限公司"]), ("二部", &["乙有限公司"])];
    asks_in("签约主体", &parties, "column.parties_differ", &["一部: ", "二部: "]);
    asks_in("填写:月薪", &[("一部", &["8000"]), ("二部", &["待定"])], "column.undecided", &["二部: "]);
    asks_in("发送", &[("一部", &["是"]), ("二部", &[""])], "send.blank", &["二部: "]);
    let posts: [(&str, &[&str]); 2] = [("一部", &["会计", "出纳", "文员"]), ("二部", &["0"])];
    asks_in("填写:岗位", &posts, "column.zeros", &["二部: "]);
    let terms: [(&str, &[&str]); 2] =
        [("一部", &["三年|2026-12-01|2029-11-30"]), ("二部", &["三年|2026-12-01|2028-11-30"])];
    asks_in("填写:期限|填写:开始日期|填写:结束日期", &terms, "column.disagrees", &["二部: "]);
    // The word that only the other sheet has answers it.
    let session = lists("签约状态", &[("一部", &["未签"]), ("二部", &["已签"])]);
    let ran = session.run(["check", "sheet.xlsx", "--all-sheets", "--config", "config.toml"]).exit(3);
    ran.says("--where 签约状态=未签");
}

#[test]
fn each_sheet_is_told_its_own_rows_however_many_they_are() {
    let (yes, none): (&[&str], [&str; 12]) = (&["是", "是", "是"], [""; 12]);
    let sheets = [("一部", yes), ("二部", none.as_slice()), ("三部", none.get(..5).unwrap())];
    let session = lists("发送", &sheets);
    let (_, told) = asked(&session, &["--all-sheets"]);
    let of = |sheet: &str| {
        told.iter().find(|own| own.starts_with(&format!("send.blank {sheet}"))).cloned().unwrap_or_default()
    };
    assert!(of("二部").contains("12 have nothing (2, 3, 4, 5, 6, 7, 8, 9, ...)"), "{told:?}");
    assert!(of("三部").contains("5 have nothing (2, 3, 4, 5, 6)"), "{told:?}");
}

#[test]
fn what_one_sheet_asks_hides_nothing_that_the_others_show() {
    const ROWS: &[&str] = &["A1", "张经办", "13900000001", "企业"];
    let sheets = Sheets(&[
        (
            "一部",
            &[
                KEYED,
                ROWS,
                &["A1", "李四海", "13800138001", "个人"],
                &["A2", "张经办", "13900000001", "企业"],
                &["A2", "王五岳", "13800138002", "个人"],
                &["A3", "赵六合", "13800138003", "个人"],
                &["A4", "张经办", "13900000001", "企业"],
                &["A4", "周九龄", "13800138005", "个人"],
            ],
        ),
        ("二部", &[KEYED, &["B1", "孙八方", "13800138004", "个人"]]),
    ]);
    let (_, _, told) = checked(&sheets);
    let of = |sheet: &str, words: &str| told.iter().any(|(own, what)| own == sheet && what.contains(words));
    assert!(of("一部", "1 contract(s) (from row 6)") && of("二部", "1 contract(s) (from row 2)"), "{told:?}");
}

#[test]
fn sheets_that_differ_in_nothing_of_that_or_have_other_headers_are_not_compared() {
    let session =
        lists("部门|填写:月薪", &[("一部", &["一部|8000", "一部|9000"]), ("二部", &["二部|12000"])]);
    assert_eq!(asked(&session, &["--all-sheets"]), (Some(0), Vec::new()));
    // Of two lists with other columns each stands for itself.
    let (exit, codes, _) = checked(&Sheets(&[
        ("一部", &[&["姓名", "手机号", "填写:月薪"], &["李四海", "13800138001", "8000"]]),
        ("二部", &[&["手机号", "姓名", "填写:月薪"], &["13800138002", "王五岳", "待定"]]),
    ]));
    assert!(exit == Some(0) && codes == ["column.undecided"], "{exit:?} {codes:?}");
}

/// Of a workbook with these sheets: the exit code of `--all-sheets` and the codes.
fn told(sheets: &[(&str, &[&[&str]])], options: &[&str]) -> (Option<i32>, Vec<String>) {
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("sheet.xlsx", books(sheets));
    let words = ["check", "sheet.xlsx", "--json", "--config", "config.toml"];
    let ran = session.run(words.iter().chain(options));
    (ran.code, codes(&ran.json()["files"][0]))
}

const LIST: &[&[&str]] = &[&["姓名", "手机号"], &["李四海", "13800138001"]];
const MORE: &[&[&str]] = &[&["姓名", "手机号"], &["王五岳", "13800138002"]];

#[test]
fn sheets_of_the_two_sides_of_a_contract_ask() {
    for (one, other) in [("房东", "租客"), ("甲方信息", "乙方信息"), ("借款人", "担保人名单")]
    {
        let sheets = [(one, LIST), (other, MORE)];
        let (code, codes) = told(&sheets, &["--all-sheets"]);
        assert!(code == Some(3) && codes == ["sheet.parties_apart"], "{codes:?}");
        assert_eq!(told(&sheets, &["--all-sheets", "--key", "row"]).0, Some(0));
    }
    assert_eq!(told(&[("业主", LIST), ("新业主", MORE)], &["--all-sheets"]).0, Some(0));
}

#[test]
fn a_sheet_beside_others_whose_name_says_no_asks() {
    for name in ["取消", "11月离职", "1月(已签)", "二部-作废", "审批中", "退租"] {
        let (code, codes) = told(&[("名单", LIST), (name, MORE)], &["--all-sheets"]);
        assert!(code == Some(3) && codes == ["rows.below_title"], "{name} {codes:?}");
    }
    for name in ["二部", "11月", "续签", "待签", "转正", "退役军人"] {
        assert_eq!(told(&[("名单", LIST), (name, MORE)], &["--all-sheets"]).0, Some(0), "{name}");
    }
    // Of one sheet alone it may be what its contracts are about.
    assert_eq!(told(&[("解约", LIST)], &[]).0, Some(0));
}

#[test]
fn what_sheets_that_are_not_read_say_is_asked_whichever_are_read() {
    let named: &[&[&str]] = &[&["姓名"], &["李四海"]];
    let more: &[&[&str]] = &[&["赵六合", "13800138003"], &["孙八方", "13800138004"]];
    let says: &[&[&str]] = &[&["李四海本次不签"]];
    let later: &[&[&str]] = &[&["二部暂不发送"]];
    for (name, rows, code) in [
        ("不签名单", named, "sheet.left_out_elsewhere"),
        ("三部", more, "sheet.people_elsewhere"),
        ("说明", says, "sheet.said_elsewhere"),
        ("说明", later, "sheet.said_elsewhere"),
    ] {
        let sheets = [("一部", LIST), ("二部", MORE), (name, rows)];
        let (exit, codes) = told(&sheets, &["--all-sheets"]);
        assert!(exit == Some(3) && codes == [code], "{name} {exit:?} {codes:?}");
        // Whoever names the sheets has said so.
        assert_eq!(told(&sheets, &["--sheet", "一部", "--sheet", "二部"]).0, Some(0), "{name}");
    }
    // No printed command settles by the way that somebody is not to be sent.
    let deadline: &[&[&str]] = &[&["请于2099年12月10日前签完"], &["二部暂不发送"], &["李四海先不发"]];
    let sheets = [("一部", LIST), ("二部", MORE), ("说明", deadline), ("三部", more)];
    for options in [&["--all-sheets"][..], &[]] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("sheet.xlsx", books(&sheets));
        let words = ["check", "sheet.xlsx", "--json", "--config", "config.toml"];
        let ran = session.run(words.iter().chain(options)).exit(3);
        let file = &ran.json()["files"][0];
        assert!(codes(file).iter().any(|own| own == "sheet.said_elsewhere"), "{}", ran.stdout);
        assert!(!file["answer"].to_string().contains("\"--sheet\""), "{}", file["answer"]);
        assert!(ran.stdout.contains("二部暂不发送"), "{}", ran.stdout);
    }
    // What says how such a list is filled in, or only names somebody, asks nothing.
    let names: &[&[&str]] = &[
        &["李四海是组长"],
        &["审批：李四海 已同意"],
        &["例：姓名填李四海"],
        &["手机号中间不用加空格"],
        &["一部在三楼，二部在四楼"],
        &["二部员工已签到"],
    ];
    assert_eq!(told(&[("备注", names), ("一部", LIST), ("二部", MORE)], &["--all-sheets"]).0, Some(0));
    let help: &[&[&str]] = &[
        &["填写说明"],
        &["1. 请勿修改表头"],
        &["2. 手机号必须为11位"],
        &["制表人：李四海"],
        &["不用的列可以删除"],
    ];
    assert_eq!(told(&[("填写说明", help), ("一部", LIST), ("二部", MORE)], &["--all-sheets"]).0, Some(0));
}

#[test]
fn a_sheet_that_lacks_what_decides_the_contracts_of_another_asks() {
    let one = |header: &'static str, value: &'static str| -> Vec<Vec<&'static str>> {
        vec![vec!["姓名", "手机号", header], vec!["李四海", "13800138001", value]]
    };
    for (header, value) in [
        ("合同名称", "劳务合同"),
        ("模板ID", "yDtest00000000000000000000000001"),
        ("签署截止时间", "2099-12-31"),
        ("发送", "是"),
    ] {
        let rows = one(header, value);
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let sheets = [("一部", rows.as_slice()), ("二部", MORE)];
        let (exit, codes) = told(&sheets, &["--all-sheets"]);
        assert!(exit == Some(3) && codes == ["sheet.lacks_fields"], "{header} {codes:?}");
        assert_eq!(told(&sheets, &["--all-sheets", "--missing-fields", "send"]).0, Some(0), "{header}");
    }
    let typed: &[&[&str]] =
        &[&["签署方类型", "企业名称", "姓名", "手机号"], &["企业", "甲有限公司", "赵六合", "13800138003"]];
    let untyped: &[&[&str]] = &[&["企业名称", "姓名", "手机号"], &["乙有限公司", "孙八方", "13800138004"]];
    let (exit, codes) = told(&[("一部", typed), ("二部", untyped)], &["--all-sheets"]);
    assert!(exit == Some(3) && codes.iter().any(|own| own == "sheet.lacks_fields"), "{exit:?} {codes:?}");
    assert_eq!(told(&[("一部", typed), ("二部", MORE)], &["--all-sheets"]).0, Some(0));
    let wide: &[&[&str]] = &[
        &["甲方姓名", "甲方手机号", "乙方姓名", "乙方手机号"],
        &["赵六合", "13800138003", "孙八方", "13800138004"],
    ];
    let (exit, codes) = told(&[("一部", wide), ("二部", MORE)], &["--all-sheets"]);
    assert!(exit == Some(3) && codes.iter().any(|own| own == "sheet.lacks_fields"), "{exit:?} {codes:?}");
}

#[test]
fn whoever_stands_in_two_versions_of_a_list_with_other_values_is_asked_about() {
    let list = |pay: &'static str| -> Vec<Vec<&'static str>> {
        vec![
            vec!["姓名", "手机号", "填写:月薪"],
            vec!["李四海", "13800138001", "8000"],
            vec!["王五岳", "13800138002", pay],
        ]
    };
    let (old, new) = (list("8000"), list("9500"));
    let [old, new]: [Vec<&[&str]>; 2] = [&old, &new].map(|rows| rows.iter().map(Vec::as_slice).collect());
    for (one, other) in [("原版", "更新版"), ("名单", "更正"), ("一部", "一部 (2)"), ("v1", "v2")]
    {
        let sheets = [(one, old.as_slice()), (other, new.as_slice())];
        let (exit, codes) = told(&sheets, &["--all-sheets"]);
        let asks = codes.iter().any(|own| own == "rows.submitted_twice");
        assert!(exit == Some(3) && asks, "{one} {other} {codes:?}");
    }
    // Two months of one person are two contracts.
    let months = [("11月", old.get(..2).unwrap()), ("12月", old.get(..2).unwrap())];
    let (_, codes) = told(&months, &["--all-sheets"]);
    assert!(!codes.iter().any(|own| own == "rows.submitted_twice"), "{codes:?}");
}

#[test]
fn sentences_of_a_sheet_that_is_not_read_are_those_above_a_table() {
    for line in ["只发标黄的", "共5份合同", "每两行为一份合同"] {
        let says: &[&[&str]] = &[&[line]];
        let pay: &[&[&str]] = &[&["姓名", "手机号", "填写:月薪"], &["李四海", "13800138001", "8000"]];
        let (exit, codes) = told(&[("说明", says), ("名单", pay)], &[]);
        assert_eq!(exit, Some(3), "{line} {codes:?}");
        // How a list is filled in says nothing of this one; a count is one wherever it stands.
        let (exit, codes) = told(&[("填写说明", says), ("名单", pay)], &[]);
        assert_eq!(exit, if line.starts_with('共') { Some(3) } else { Some(0) }, "{line} {codes:?}");
    }
}

/// HT001 in one sheet and HT-001 in the other: the same number would be refused, as it stands in two sheets.
#[test]
fn numbers_that_only_look_other_in_the_next_sheet_ask() {
    const NUMBERED: &[&str] = &["合同编号", "姓名", "手机号"];
    let of = |first: &'static str, second: &'static str| {
        let rows = |number: &'static str,
                    name: &'static str,
                    mobile: &'static str|
         -> &'static [&'static [&'static str]] {
            vec![NUMBERED, vec![number, name, mobile].leak()].leak()
        };
        Sheets(
            vec![
                ("一部", rows(first, "李四海", "13800138001")),
                ("二部", rows(second, "王五岳", "13800138002")),
            ]
            .leak(),
        )
    };
    for (first, second) in [
        ("HT001", "HT-001"),
        ("1", "01"),
        ("HT-7", "ht_007"),
        ("HT-2026-001", "HT2026001"),
        ("2026-001", "2026001"),
    ] {
        let words = asks(&of(first, second), "rows.numbers_alike", "二部");
        assert!(words.contains("一部"), "{words}");
    }
    for (first, second) in
        [("A-1", "B-1"), ("1-101", "1101"), ("HT001", "HT010"), ("3.1", "31"), ("2026-1", "20261")]
    {
        assert_eq!(checked(&of(first, second)).0, Some(0), "{first} {second}");
    }
}

/// What two sheets say of themselves, in their names or above their headers, and no column does.
#[test]
fn sheets_that_name_other_papers_companies_or_days_ask() {
    const LIST: &[&str] = &["姓名", "手机号"];
    let of = |sheets: [(&'static str, &'static str); 2]| {
        let own =
            |(name, above): (&'static str, &'static str), person: &'static str, mobile: &'static str| {
                let mut rows: Vec<&'static [&'static str]> = vec![LIST, vec![person, mobile].leak()];
                if !above.is_empty() {
                    rows.insert(0, vec![above].leak());
                }
                let rows: &'static [&'static [&'static str]] = rows.leak();
                (name, rows)
            };
        let [first, second] = sheets;
        Sheets(vec![own(first, "李四海", "13800138001"), own(second, "王五岳", "13800138002")].leak())
    };
    for sheets in [
        [("劳动合同", ""), ("劳务协议", "")],
        [("一部", "劳动合同签署名单"), ("二部", "实习协议签署名单")],
        [("模板A", ""), ("模板B", "")],
        [("甲科技有限公司", ""), ("乙贸易有限公司", "")],
        [("一部", "用人单位：甲科技有限公司"), ("二部", "用人单位：乙贸易有限公司")],
        [("一部", "甲科技有限公司签署名单"), ("二部", "乙贸易有限公司签署名单")],
        [("劳动合同", ""), ("解除劳动合同协议", "")],
        [("名单", ""), ("劳务协议", "")],
        [("一部", "合同类型：劳动合同"), ("二部", "合同类型：劳务合同")],
        [("一部", "甲方（用人单位）：星河中学"), ("二部", "甲方（用人单位）：云海中学")],
        [
            ("一部", "用人单位：星河（深圳）餐饮科技有限公司"),
            ("二部", "用人单位：星河（广州）餐饮科技有限公司"),
        ],
    ] {
        let (exit, codes, told) = checked(&of(sheets));
        assert!(
            exit == Some(3) && codes.contains(&"sheet.says_another".to_owned()),
            "{exit:?} {codes:?} {sheets:?}"
        );
        assert!(told.iter().any(|(_, words)| words.contains(sheets[1].0)), "{told:?}");
        let (session, name) = session(&of(sheets));
        let named = ["--sheet", sheets[0].0, "--sheet", sheets[1].0, "--config", "config.toml"];
        session.run(["check", name].iter().chain(&named)).exit(0);
    }
    for sheets in [
        [("劳动合同", ""), ("固定期限劳动合同", "")],
        [("上海分公司", "甲科技有限公司上海分公司"), ("北京分公司", "甲科技有限公司北京分公司")],
        [("11月30日", ""), ("12月5日", "")],
        [
            ("11月", "2026年11月星河科技有限公司劳动合同名单"),
            ("12月", "2026年12月星河科技有限公司劳动合同名单"),
        ],
        [("研发部-星河科技有限公司", ""), ("销售部-星河科技有限公司", "")],
        [("派遣至华为技术有限公司", ""), ("派遣至顺丰速运有限公司", "")],
        [("一部", "劳动合同签署名单（含保密协议）"), ("二部", "劳动合同签署名单")],
        [("一部", "请各公司人事核对"), ("二部", "核对后发公司人事")],
        [("一部", "附件1星河餐饮有限公司签署名单"), ("二部", "附件2星河餐饮有限公司签署名单")],
        [
            ("一部", "公司名称：星河餐饮有限公司　制表日期：11.05"),
            ("二部", "公司名称：星河餐饮有限公司　制表日期：12.01"),
        ],
        [("一部", "单位名称：一车间"), ("二部", "单位名称：二车间")],
        [("年中续签", ""), ("年底续签", "")],
        [("出版", ""), ("排版", "")],
        [("一部", "用工单位：甲科技有限公司"), ("二部", "用工单位：乙贸易有限公司")],
    ] {
        let (exit, codes, _) = checked(&of(sheets));
        assert_eq!(exit, Some(0), "{codes:?} {sheets:?}");
    }
}

/// A day in a sheet's name is not that of the settings: it is said with a day.
#[test]
fn days_in_the_names_of_sheets_ask() {
    const FIRST: &[&[&str]] = &[&["姓名", "手机号"], &["李四海", "13800138001"]];
    const SECOND: &[&[&str]] = &[&["姓名", "手机号"], &["王五岳", "13800138002"]];
    for names in
        [["12月5日前签", "12月20日前签"], ["本周签", "下周签"], ["北京12月5日前签", "上海12月5日前签"]]
    {
        let book = Sheets(vec![(names[0], FIRST), (names[1], SECOND)].leak());
        asks_of_all(&book, "sheet.says_another");
        let (session, name) = session(&book);
        let options = ["--all-sheets", "--default", "签署截止时间=2099-12-31", "--config", "config.toml"];
        session.run(["check", name].iter().chain(&options)).exit(0);
    }
}

#[track_caller]
fn asks_of_all(of: &Of, code: &str) {
    let (exit, codes, told) = checked(of);
    assert!(exit == Some(3) && codes.iter().any(|own| own == code), "{exit:?} {codes:?} {told:?}");
}
