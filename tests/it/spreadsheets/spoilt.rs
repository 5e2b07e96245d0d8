//! Spoilt inputs, each with its stable code and cell; the snapshot beside this
//! file is the record of what a person is told, in both languages.

use std::fmt::Write as _;
use std::io::Write as _;

use flowbatch::domain::cell::column_letters;
use flowbatch::domain::problem::{Problem, Rule};
use flowbatch::intake::plan::Refusal;
use flowbatch::text::{Lang, files, problems};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

use super::{Input, TEMPLATE};
use crate::sheets::{Sheet, sheet};

const HEADERS: [&str; 8] =
    ["合同编号", "合同名称", "模板ID", "截止日期", "签署方姓名", "签署方手机号", "身份证号", "填写:岗位"];

fn good(n: usize) -> [String; 8] {
    let (key, mobile) = (format!("HT-{n:03}"), format!("1380013800{n}"));
    [&key, "劳动合同", TEMPLATE, "2099-12-31", "张三", &mobile, "110101199002020012", "司机"]
        .map(str::to_owned)
}

fn contracts() -> Sheet {
    sheet(&HEADERS, [good(1), good(2)])
}

/// Two contracts; the first has another value in one column.
fn cell(column: usize, value: &str) -> Input {
    let mut contracts = contracts();
    value.clone_into(&mut contracts.rows[0][column]);
    csv(&contracts)
}

fn csv(sheet: &Sheet) -> Input {
    Input::new(&[("contracts.csv", &sheet.csv())])
}

fn text(lines: &[&str]) -> Input {
    Input::new(&[("contracts.csv", lines.join("\r\n").as_bytes())])
}

fn bytes(name: &str, bytes: &[u8]) -> Input {
    Input::new(&[(name, bytes)])
}

fn rows(headers: &[&str], rows: &[&[&str]]) -> Input {
    csv(&sheet(headers, rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()))))
}

/// The two contracts as a workbook, spoilt by hand.
fn workbook(spoil: impl Fn(&mut Worksheet)) -> Input {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet().set_name("合同").unwrap();
    for (row, cells) in (0..).zip([HEADERS.map(str::to_owned), good(1), good(2)]) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    spoil(worksheet);
    Input::new(&[("contracts.xlsx", &workbook.save_to_buffer().unwrap())])
}

/// A workbook whose first cell of data is given as XML.
fn raw_cell(xml: &str) -> Input {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut part = |name: &str, body: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(format!(r#"<?xml version="1.0" encoding="UTF-8"?>{body}"#).as_bytes()).unwrap();
    };
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    part(
        "_rels/.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="s" Type="{DOCUMENT}/worksheet" Target="sheet.xml"/></Relationships>"#
        ),
    );
    part(
        "xl/workbook.xml",
        &format!(
            r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="合同" sheetId="1" r:id="s"/></sheets></workbook>"#
        ),
    );
    let line = |number: usize, cells: &[String], first: Option<&str>| {
        let mut line = String::new();
        for (column, cell) in cells.iter().enumerate() {
            match first.filter(|_| column == 0) {
                Some(xml) => line.push_str(xml),
                None => write!(
                    line,
                    r#"<c r="{}{number}" t="inlineStr"><is><t>{cell}</t></is></c>"#,
                    column_letters(column)
                )
                .unwrap(),
            }
        }
        format!(r#"<row r="{number}">{line}</row>"#)
    };
    let lines =
        [line(1, &HEADERS.map(str::to_owned), None), line(2, &good(1), Some(xml)), line(3, &good(2), None)];
    part(
        "xl/sheet.xml",
        &format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{}</sheetData></worksheet>"#, lines.concat()),
    );
    Input::new(&[("contracts.xlsx", &zip.finish().unwrap().into_inner())])
}

const SIGNERS: [&str; 7] =
    ["合同编号", "合同名称", "模板ID", "截止日期", "签署方姓名", "签署方手机号", "签署人ID"];
const FIRST: [&str; 7] = ["A", "合同", TEMPLATE, "2099-12-31", "张三", "13800138001", "a"];
const SECOND: [&str; 7] = ["A", "", "", "", "李四", "13800138002", "b"];

fn two_signers(change: impl Fn(&mut [&str; 7])) -> Input {
    let mut second = SECOND;
    change(&mut second);
    rows(&SIGNERS, &[&FIRST, &second])
}

/// (what a person did, what came of it, code, cell).
#[rustfmt::skip]
fn spoilt() -> Vec<(&'static str, Input, &'static str, &'static str)> {
    let with_send = |first: &str, second: &str| {
        let headers = [&SIGNERS[..], &["发送"]].concat();
        rows(&headers, &[&[&FIRST[..], &[first]].concat(), &[&SECOND[..], &[second]].concat()])
    };
    vec![
        ("mobile masked", cell(5, "138****8000"), "cell.masked", "F2"),
        ("mobile in scientific notation", cell(5, "1.38E+10"), "cell.scientific", "F2"),
        ("two mobiles in a cell", cell(5, "13800138000/13900139000"), "cell.several_values", "F2"),
        ("mobile a digit short", cell(5, "1380013800"), "mobile.form", "F2"),
        ("landline", cell(5, "0755-88888888"), "mobile.form", "F2"),
        ("mobile of Hong Kong", cell(5, "+852 9123 4567"), "mobile.foreign", "F2"),
        ("no mobile", two_signers(|second| second[5] = ""), "approver.needs", "F3"),
        ("nothing but a dash for a name", cell(4, "-"), "cell.placeholder", "E2"),
        ("name masked", cell(4, "张*"), "cell.masked", "E2"),
        ("two names in a cell", cell(4, "张三、李四"), "cell.several_values", "E2"),
        ("two names with a space", cell(4, "张三 李四"), "cell.several_values", "E2"),
        ("name with a remark", cell(4, "张三（代）"), "cell.says_state", "E2"),
        ("name lost by a GBK save", cell(4, "张?"), "cell.characters_lost", "E2"),
        ("name with a private-use character", cell(4, "张\u{E863}"), "cell.characters_private", "E2"),
        ("ID number a digit short", cell(6, "11010119900202001"), "id_number.length", "G2"),
        ("ID number with a wrong digit", cell(6, "110101199002020013"), "id_number.checksum", "G2"),
        ("ID number with a month 13", cell(6, "110101199013020012"), "id_number.date", "G2"),
        ("ID number with Chinese in it", cell(6, "1101011990020200一二"), "id_number.characters", "G2"),
        ("ID number in scientific notation", cell(6, "1.10101E+17"), "id_number.rounded", "G2"),
        ("ID number as a number", workbook(|s| { s.write_number(1, 6, 110_101_199_002_020_012_f64).unwrap(); }), "id_number.rounded", "G2"),
        ("ID number: none", cell(6, "无"), "cell.placeholder", "G2"),
        ("deadline in the past", cell(3, "2020-01-01"), "date.past", "D2"),
        ("deadline in the American order", cell(3, "12/31/2099"), "date.form", "D2"),
        ("deadline in words", cell(3, "长期有效"), "date.form", "D2"),
        ("30 February", cell(3, "2099-02-30"), "date.form", "D2"),
        ("no deadline", cell(3, ""), "cell.required", "D2"),
        ("no name of the contract", cell(1, ""), "cell.required", "B2"),
        ("contract's name of 201 characters", cell(1, &"劳".repeat(201)), "cell.too_long", "B2"),
        ("emoji in a form field", cell(7, "司机😀"), "cell.emoji", "H2"),
        ("formula that failed", workbook(|s| { s.write_formula(1, 1, Formula::new("=NA()").set_result("#N/A")).unwrap(); }), "cell.formula_error", "B2"),
        ("#N/A as text in a CSV", cell(7, "#N/A"), "cell.formula_error", "H2"),
        ("formula without a stored result", raw_cell(r#"<c r="A2"><f>"HT-"&amp;1</f></c>"#), "cell.formula_uncached", "A2"),
        ("picture in a cell", workbook(|s| { s.write_string(1, 4, "=DISPIMG(\"ID_1\",1)").unwrap(); }), "cell.picture", "E2"),
        ("id that Excel turned into a date", workbook(|s| { s.write_number_with_format(1, 0, 46_027.0, &Format::new().set_num_format("yyyy-mm-dd")).unwrap(); }), "key.is_date", "A2"),
        ("number that its format hides", workbook(|s| { s.write_number_with_format(1, 7, 5.0, &Format::new().set_num_format(";;;")).unwrap(); }), "cell.format_hides", "H2"),
        ("account number as a number", workbook(|s| { s.write_number(1, 7, 6_222_021_234_567_890_123_f64).unwrap(); }), "cell.rounded", "H2"),
        ("account number in scientific notation", cell(7, "6.22202E+18"), "cell.scientific", "H2"),
        ("hidden row", workbook(|s| { s.set_row_hidden(2).unwrap(); }), "row.hidden", "3"),
        ("number drawn down too far", workbook(|s| { s.write_string(3, 0, "HT-003").unwrap(); }), "row.almost_empty", "4"),
        ("no contract_id among others", cell(0, ""), "key.missing", "A2"),
        ("signer without a contract_id", two_signers(|row| row[0] = ""), "key.missing", "A3"),
        ("two names for one contract", two_signers(|row| row[1] = "另一份"), "row.contradiction", "B3"),
        ("the same signer twice", two_signers(|row| row[5] = FIRST[5]), "approver.twice", "F3"),
        ("half a contract not to be sent", with_send("是", "否"), "send.differs", "H3"),
        ("neither yes nor no", with_send("待定", "待定"), "cell.yes_no", "H2"),
        ("the same contract_id twice, wide", rows(&["合同编号", "合同名称", "模板ID", "截止日期", "签署方1姓名", "签署方1手机号"], &[&FIRST[..6], &["A", "别的", TEMPLATE, "2099-12-31", "李四", "13800138002"]]), "key.twice", "A2"),
        ("approver's type unknown", rows(&[&SIGNERS[..], &["签署方类型"]].concat(), &[&[&FIRST[..], &["法人"]].concat()]), "cell.choice", "H2"),
        ("company without its name", rows(&[&SIGNERS[..], &["签署方类型", "是否SaaS企业", "企业名称"]].concat(), &[&[&FIRST[..], &["企业", "是", ""]].concat()]), "approver.needs", "J2"),
        ("comma in an unquoted name", text(&[&HEADERS.join(","), &good(1).join(",").replace("劳动合同", "劳动,合同")]), "row.uneven", "2"),
        ("field deleted with its comma", text(&[&HEADERS.join(","), &good(1).join(",").replace("张三,", "")]), "row.uneven", "2"),
        ("quote that never closes", text(&[&HEADERS.join(","), "HT-1,\"劳动合同"]), "file.unclosed_quote", ""),
        ("two columns for one field", rows(&["合同名称", "签署方姓名", "姓名", "签署方手机号"], &[&["a", "张三", "李四", "13800138000"]]), "column.twice", "C1"),
        ("numbered and plain signers", rows(&["合同名称", "签署方1姓名", "签署方手机号"], &[&["a", "张三", "13800138000"]]), "sheet.layouts_mixed", "C1"),
        ("no header that we know", rows(&["部门", "预算"], &[&["研发", "3"]]), "sheet.header_not_found", ""),
        ("contracts without approvers", rows(&["合同编号", "合同名称"], &[&["A", "a"]]), "sheet.approvers_missing", ""),
        ("a report of ours", rows(&["合同名称", "签署方姓名", "flowbatch.status"], &[&["a", "张三", "accepted"]]), "file.report_of_ours", ""),
        ("two sheets that fit", { let c = contracts(); bytes("contracts.xlsx", &crate::sheets::workbook(&[("一月", &c), ("二月", &c)])) }, "sheet.choose", ""),
        ("empty file", bytes("contracts.csv", b""), "file.empty", ""),
        ("web page called .xls", bytes("contracts.xls", b"<html><p>please log in</p></html>"), "file.html", ""),
        ("picture called .xlsx", bytes("contracts.xlsx", b"\x89PNG\r\n\x1a\n0000"), "file.wrong_kind", ""),
        ("ciphertext of a company's software", bytes("contracts.xlsx", &noise()), "file.ciphertext", ""),
        ("masked number in a form field", cell(7, "138****8000"), "cell.masked", "H2"),
        ("date in words of another language", workbook(|s| { s.write_number_with_format(1, 7, 46_027.0, &Format::new().set_num_format("[$-411]d-mmm-yy")).unwrap(); }), "cell.format_hides", "H2"),
        ("mobile of somebody else", rows(&["合同名称", "模板ID", "截止日期", "签署方姓名", "手机号（紧急联系人）"], &[&["a", TEMPLATE, "2099-12-31", "张三", "13800138001"]]), "approver.needs", "2"),
        ("form field without its colon", rows(&[&SIGNERS[..], &["填写岗位"]].concat(), &[&[&FIRST[..], &["司机"]].concat()]), "column.form_field", "H1"),
        ("JSON against its column", rows(&[&SIGNERS[..], &["approver.json"]].concat(), &[&[&FIRST[..], &[r#"{"Mobile":"13900139000"}"#]].concat()]), "cell.json_contradicts", "H2"),
        ("a signer in flow.json", rows(&[&SIGNERS[..], &["flow.json"]].concat(), &[&[&FIRST[..], &[r#"{"FlowApprovers":[]}"#]].concat()]), "cell.json_forbids", "H2"),
        ("e-mail without its end", rows(&[&SIGNERS[..], &["approver.email"]].concat(), &[&[&FIRST[..], &["a@b"]].concat()]), "cell.email", "H2"),
        ("lock of an open file", bytes("~$contracts.xlsx", b"somebody"), "file.lock_file", ""),
        ("half a workbook", { let whole = contracts().xlsx(); bytes("contracts.xlsx", &whole[..whole.len() / 2]) }, "file.damaged", ""),
    ]
}

/// Bytes without any pattern.
fn noise() -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(1);
    (0..8192).map(|_| random.u8(..)).collect()
}

fn cell_of(problem: &Problem) -> String {
    let column = problem.place.column.as_ref().map(|column| column_letters(column.index)).unwrap_or_default();
    let row = problem.place.row.map(|row| row.to_string()).unwrap_or_default();
    format!("{column}{row}")
}

/// Code, cell and the words of both languages of everything that stops the input.
fn told(input: &Input) -> Vec<(String, String, [String; 2])> {
    let stopping = |problems: &[Problem]| {
        let stopping = problems
            .iter()
            .filter(|problem| problem.stops() && !matches!(problem.rule, Rule::Corrected { .. }));
        let words = |lang, problem| problems::explain(lang, problem).line(lang);
        stopping
            .map(|problem| {
                (
                    problem.rule.code().to_owned(),
                    cell_of(problem),
                    [words(Lang::Zh, problem), words(Lang::En, problem)],
                )
            })
            .collect()
    };
    match input.read() {
        Ok(read) => stopping(&read.problems),
        Err(Refusal::Sheets { problems, .. }) => stopping(&problems),
        Err(Refusal::File(error)) => {
            let words = |lang| files::explain(lang, &error).line(lang);
            vec![(error.fault.code().to_owned(), String::new(), [words(Lang::Zh), words(Lang::En)])]
        }
    }
}

#[test]
fn spoilt_inputs_are_named_with_their_cells() {
    let mut record = String::new();
    let mut faults = Vec::new();
    for (what, input, code, cell) in spoilt() {
        let told = told(&input);
        let codes: Vec<_> = told.iter().map(|(code, cell, _)| (code.as_str(), cell.as_str())).collect();
        if codes.first() != Some(&(code, cell)) || codes.iter().any(|(other, _)| *other != code) {
            faults.push(format!("{what}: {codes:?}, not {code} {cell}"));
        }
        writeln!(record, "{what}").unwrap();
        for (code, cell, [zh, en]) in &told {
            let cell = if cell.is_empty() { "file" } else { cell };
            writeln!(record, "  {cell} {code}\n    {zh}\n    {}", en.replacen('。', ". ", 1)).unwrap();
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    insta::assert_snapshot!(record);
}
