//! What the file holds and the sheet does not show: under a merged cell, in white, behind a number
//! format. Nobody meant to send what he cannot see.

use rust_xlsxwriter::{Color, Format, Note, Workbook, Worksheet};
use serde_json::Value;

use crate::meaning::{codes, data};
use crate::support::Session;

const NAMES: [(&str, &str); 4] =
    [("林小雨", "13800138000"), ("周大海", "13800138001"), ("王芳", "13800138002"), ("李雷", "13800138003")];

/// Four contracts with a salary each, and whatever `paint` makes of them.
fn checked(paint: &dyn Fn(&mut Worksheet)) -> Value {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(["合同编号", "姓名", "手机号", "填写:月薪"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, (name, mobile)) in (1..).zip(NAMES) {
        sheet.write_string(row, 0, format!("HT-{row}")).unwrap();
        sheet.write_string(row, 1, name).unwrap();
        sheet.write_string(row, 2, mobile).unwrap();
        sheet.write_string(row, 3, format!("{row}000")).unwrap();
    }
    paint(sheet);
    let session = Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("config.toml", data("config.toml"))
        .file("a.xlsx", workbook.save_to_buffer().unwrap());
    let checked = session.run(["check", "a.xlsx", "--config", "config.toml", "--json"]).json();
    checked["files"][0].clone()
}

/// The rows that something with this code is said of.
fn rows(checked: &Value, code: &str) -> Vec<u64> {
    let told = checked["problems"].as_array().unwrap().iter();
    let mut rows: Vec<u64> =
        told.filter(|told| told["code"] == code).filter_map(|told| told["row"].as_u64()).collect();
    rows.sort_unstable();
    rows
}

/// Merged as by a brush for formats: what the other cells hold stays in them.
fn brushed(sheet: &mut Worksheet, column: u16, values: [&str; 4]) {
    sheet.merge_range(1, column, 4, column, values[0], &Format::new()).unwrap();
    for (row, value) in (2..).zip(&values[1..]).filter(|(_, value)| !value.is_empty()) {
        sheet.write_string(row, column, *value).unwrap();
    }
}

#[test]
fn what_lies_under_a_merged_cell_is_not_sent() {
    let salary = checked(&|sheet| brushed(sheet, 3, ["8000", "9000", "", "8000"]));
    // The row that holds nothing, and the one that holds the same, have what is seen.
    assert_eq!(rows(&salary, "cell.covered"), [3]);
    assert_eq!(rows(&salary, "corrected"), [4]);
    let mobile = checked(&|sheet| {
        sheet.merge_range(1, 1, 1, 2, "林小雨", &Format::new()).unwrap();
        sheet.write_string(1, 2, "13900139000").unwrap();
    });
    assert_eq!(rows(&mobile, "cell.covered"), [2]);
    // Which rows are one contract, nobody can say: nothing goes.
    let keys = checked(&|sheet| brushed(sheet, 0, ["HT-1", "HT-2", "HT-3", "HT-4"]));
    assert_eq!(rows(&keys, "cell.covered"), [3]);
    assert_eq!(keys["result"], "question");
    let alike = checked(&|sheet| {
        brushed(sheet, 0, ["HT-1", "HT-1", "", "HT-1"]);
        brushed(sheet, 3, ["8000", "", "8000", "8000"]);
    });
    assert_eq!(rows(&alike, "cell.covered"), [0; 0]);
    assert_eq!(alike["understood"]["signers"], serde_json::json!([[4, 1]]));
}

#[test]
fn white_text_is_asked_about_where_it_would_be_sent() {
    let white = Format::new().set_font_color(Color::White);
    let column = |column: u16, format: &Format| {
        let format = format.clone();
        checked(&move |sheet| {
            let text = ["HT-2", "周大海", "13800138001", "2000"][usize::from(column)];
            sheet.write_string_with_format(2, column, text, &format).unwrap();
        })
    };
    for at in [1, 2, 3] {
        assert_eq!(rows(&column(at, &white), "cell.white"), [3], "{at}");
    }
    // The contract's number decides nothing that could be spoilt unseen.
    assert_eq!(rows(&column(0, &white), "cell.white"), [0; 0]);
    let painted = white.clone().set_background_color(Color::Blue);
    assert_eq!(rows(&column(1, &painted), "cell.white"), [0; 0]);
    let white_on_white = white.set_background_color(Color::White);
    assert_eq!(rows(&column(1, &white_on_white), "cell.white"), [3]);
    assert_eq!(rows(&column(1, &Format::new().set_font_color(Color::Red)), "cell.white"), [0; 0]);
}

#[test]
fn a_format_that_shows_something_else_than_the_number_is_asked_about() {
    for (format, expected) in [
        ("\"无\"", &[3][..]),
        (";;;", &[3]),
        ("0,", &[3]),
        ("0", &[]),
        ("000-0000-0000", &[]),
        ("\"+86 \"0", &[]),
        ("0.00E+00", &[]),
    ] {
        let mobile = checked(&|sheet| {
            let format = Format::new().set_num_format(format);
            sheet.write_number_with_format(2, 2, 13_800_138_001.0, &format).unwrap();
        });
        assert_eq!(rows(&mobile, "cell.format_hides"), expected, "{format}");
        assert_eq!(codes(&mobile).is_empty(), expected.is_empty(), "{format}");
    }
}

#[test]
fn a_deadline_that_is_shown_as_a_date_ends_with_that_day() {
    for (format, serial, expected) in [
        ("yyyy-mm-dd", 48_000.75, "2031-06-01 23:59:59"),
        ("yyyy-mm-dd hh:mm", 48_000.75, "2031-06-01 18:00:00"),
        ("yyyy\"年\"m\"月\"d\"日\" 上午/下午h\"时\"", 48_000.75, "2031-06-01 18:00:00"),
        ("General", 48_000.75, "2031-06-01 18:00:00"),
        ("yyyy-mm-dd", 48_000.0, "2031-06-01 23:59:59"),
    ] {
        let dated = checked(&|sheet| {
            sheet.write_string(0, 4, "签署截止时间").unwrap();
            for row in 1..5 {
                let format = Format::new().set_num_format(format);
                sheet.write_number_with_format(row, 4, serial, &format).unwrap();
            }
        });
        let ends = dated["understood"]["first"]["deadline"].as_str().unwrap_or_default().to_owned();
        assert!(ends.contains(expected) || ends.replace('T', " ").contains(expected), "{format}: {ends}");
        let told = !rows(&dated, "corrected").is_empty();
        let has_time = f64::fract(serial) != 0.0;
        assert_eq!(told, has_time && (format == "yyyy-mm-dd" || format == "General"), "{format}");
    }
}

/// A workbook with a comment on the name of its third row.
pub fn with_comment(text: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [
        ["contract_id", "approver.name", "approver.mobile", "flow_name", "template_id", "deadline"],
        ["HT-1", "林小雨", "13800138000", "a", "yDtest", "2099-12-31"],
        ["HT-2", "周大海", "13800138001", "b", "yDtest", "2099-12-31"],
    ]
    .into_iter()
    .enumerate()
    {
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    sheet.insert_note(2, 1, &Note::new(text).set_author("王敏")).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_comment_that_speaks_of_the_signing_is_asked_about() {
    let of = |text: &'static str, row: u32, words: &[&str]| {
        let with = |sheet: &mut Worksheet| {
            sheet.insert_note(row, 1, &Note::new(text).set_author("王敏")).unwrap();
        };
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, header) in (0..).zip(["合同编号", "姓名", "手机号"]) {
            sheet.write_string(0, column, header).unwrap();
        }
        for (row, (name, mobile)) in (1..).zip(NAMES) {
            sheet.write_string(row, 0, format!("HT-{row}")).unwrap();
            sheet.write_string(row, 1, name).unwrap();
            sheet.write_string(row, 2, mobile).unwrap();
        }
        with(sheet);
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.xlsx", workbook.save_to_buffer().unwrap());
        let command = ["check", "a.xlsx", "--config", "config.toml", "--json"];
        let checked = session.run(command.iter().chain(words)).json();
        let told = checked["files"][0]["problems"].as_array().unwrap().iter();
        let codes: Vec<String> = told.map(|told| told["code"].as_str().unwrap().to_owned()).collect();
        (checked["exit_code"].as_i64().unwrap(), codes)
    };
    for text in [
        "已离职，不要发", "由其妻子代签", "改用13900139000", "技术部的先不签", "签2份", "下周三前签",
        "请于12月10日前签完",
    ] {
        let (code, told) = of(text, 2, &[]);
        assert!(code == 3 && told.contains(&"cell.comment_says".to_owned()), "{text}: {code} {told:?}");
        let (code, told) = of(text, 2, &["--comments", "ignore"]);
        assert!(code == 0 && told.contains(&"cell.comment".to_owned()), "{text}: {code} {told:?}");
    }
    // What holds for all rows is pinned to a header.
    assert_eq!(of("只发技术部", 0, &[]).0, 3);
    for text in ["手机号必填，11位", "与身份证一致"] {
        let (code, told) = of(text, 0, &[]);
        assert!(code == 0 && !told.iter().any(|code| code.contains("comment")), "{text}: {told:?}");
    }
    let (code, told) = of("新来的，在三楼", 2, &[]);
    assert!(code == 0 && told.contains(&"cell.comment".to_owned()), "{told:?}");
}

#[test]
fn a_comment_is_asked_about_in_the_workbook_to_correct_as_well() {
    let session = Session::new().without("FLOWBATCH_JUMP_URL").file("config.toml", data("config.toml"));
    let session = session.file("a.xlsx", with_comment("已离职，不要发"));
    session.run(["check", "a.xlsx", "--config", "config.toml"]).exit(3);
    let again = session.run(["check", "a.check.xlsx", "--config", "config.toml", "--json"]).exit(3).json();
    assert!(again["files"][0]["problems"].to_string().contains("cell.comment_says"));
    let answered = ["check", "a.check.xlsx", "--config", "config.toml", "--comments", "ignore"];
    session.run(answered).exit(0);
}

#[test]
fn comments_that_say_how_to_fill_in_ask_nothing() {
    // The template explains its columns in comments.
    for options in [&["--lang", "zh"][..], &["--lang", "zh", "--wide", "2"], &["--lang", "en"]] {
        let session = Session::new();
        session.run(["template", "t.xlsx"].iter().chain(options)).exit(0);
        let checked = session.run(["check", "t.xlsx", "--json"]).json();
        assert!(!checked.to_string().contains("cell.comment_says"), "{options:?}");
    }
    let asked = |row: u32, text: &str, words: &[&str], hidden: bool| {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (row, cells) in
            [["姓名", "手机号"], ["林小雨", "13800138000"], ["", ""], ["周大海", "13800138001"]]
                .iter()
                .enumerate()
        {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, *cell).unwrap();
            }
        }
        if hidden {
            sheet.set_row_hidden(3).unwrap();
        }
        sheet.insert_note(row, 0, &Note::new(text)).unwrap();
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .file("config.toml", data("config.toml"))
            .file("a.xlsx", workbook.save_to_buffer().unwrap());
        let command = ["check", "a.xlsx", "--config", "config.toml", "--json"];
        let checked = session.run(command.iter().chain(words)).json();
        checked.to_string().contains("cell.comment_says")
    };
    for text in
        ["请填写签署截止时间，如 2026-01-31", "填“否”的不发送", "由员工本人签署", "手机号有误的不要发"]
    {
        assert!(!asked(0, text, &[], false), "{text}");
    }
    // On a blank row it is about those below.
    assert!(asked(2, "以下先不发", &[], false));
    // Who answers for hidden rows says nothing of what is pinned to the others.
    for (row, hidden, asks) in [(1, false, true), (1, true, true), (3, true, false)] {
        for answer in ["skip", "send"] {
            assert_eq!(
                asked(row, "已离职，不要发", &["--hidden-rows", answer], hidden),
                asks,
                "{row} {answer}"
            );
        }
    }
}
