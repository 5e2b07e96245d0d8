//! Files that were read otherwise than a person sees them, each with its right result:
//! `tests/data/values`. Others of their kinds are made on the spot, here and beside.

use super::*;
use crate::domain::cell::{Mark, Struck};

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/values").join(name)
}

fn book(name: &str) -> Workbook {
    Workbook::open(&path(name), &ReadOptions::default()).unwrap()
}

/// By its name as in a spreadsheet: `G2`.
fn cell(name: &str, place: &str) -> Cell {
    let (column, row) = place.split_at(1);
    let column = usize::from(column.as_bytes()[0] - b'A');
    let number: u32 = row.parse().unwrap();
    let rows = rows_of(&book(name), 0).unwrap();
    rows.iter().find(|row| row.number == number).unwrap().cell(column).clone()
}

#[test]
fn what_a_person_sees_is_what_is_read() {
    for (name, place, seen) in [
        ("02_xls_biff8_codepage1252.xls", "A1", "合同编号"),
        ("04_empty_formatCode.xlsx", "G2", "8000"),
        ("05_long_date_F800.xlsx", "G2", "2026年1月31日"),
        ("05_sysdate_dmmmyy.xlsx", "G2", "2026年1月31日"),
        ("05_sysdate_dmmmyy.xlsx", "H2", "31-Jan-26"),
        ("07_minus_lost.xlsx", "G2", "-8,000.50"),
        ("07_zero_in_text_section.xlsx", "G2", "0.00"),
        ("09_text_only_format.xlsx", "A2", "7"),
        ("10_literal_before_point.xlsx", "H2", "-.50"),
        ("15_builtin44_dollar.xlsx", "G2", "¥8,000.00"),
        ("16_unknown_error_refuses_sheet.xlsx", "A1", "合同编号"),
        ("19_default_password.xls", "A1", "date"),
        ("19_default_password_agile.xlsx", "A2", "7"),
    ] {
        assert_eq!(cell(name, place).seen(), seen, "{name} {place}");
    }
}

#[test]
fn what_has_no_value_says_so() {
    let is_error = |value: &Value| matches!(value, Value::Error(_));
    let rows = rows_of(&book("01_xlsb_formula_error.xlsb"), 0).unwrap();
    assert!(rows.iter().any(|row| row.cells.iter().any(|cell| is_error(&cell.value))));
    for place in ["B2", "G2"] {
        assert!(cell("03_xlsxwriter_formula_is_0.xlsx", place).value == Value::Uncached, "{place}");
    }
    let rows = rows_of(&book("06_error_as_text.xlsx"), 0).unwrap();
    assert!(rows[1].cells.iter().any(|cell| is_error(&cell.value)));
    assert!(cell("16_unknown_error_refuses_sheet.xlsx", "M6").value == Value::Error("#SPILL!".to_owned()));
    let format = Shown::Unknown { format: "\"¥\".00".to_owned() };
    assert!(cell("10_literal_before_point.xlsx", "G2").shown == format);
}

#[test]
fn what_nobody_sees_is_told() {
    assert!(!book("12_hidden_column_cc.xlsx").sheets()[0].hidden_columns.is_empty());
    let rows = rows_of(&book("12_strikethrough.xlsx"), 0).unwrap();
    assert!(rows.iter().any(|row| row.marks.iter().any(|(_, mark)| mark.struck == Struck::Whole)));
    let rows = rows_of(&book("18_1904_serial.xlsx"), 0).unwrap();
    assert_eq!(rows[1].mark(3), Mark { from_1904: true, ..Mark::default() });
    assert_eq!(rows[0].mark(3), Mark::default());
}

#[test]
fn a_short_list_in_big5_asks_for_its_encoding() {
    let open = |encoding| {
        let options = ReadOptions { encoding, ..ReadOptions::default() };
        Workbook::open(&path("17_big5_short.csv"), &options)
    };
    let fault = open(None).err().map(|error| error.fault);
    assert_eq!(fault, Some(FileFault::EncodingDoubtful { likely: "Big5", possible: "GB18030" }));
    let named = open(encoding_named("big5")).unwrap();
    assert!(lines(&rows_of(&named, 0).unwrap())[1].contains("陳大文"));
    // Names that GB2312 has, and rare ones that only GBK has, are no doubt.
    for text in ["姓名\n张三\n李四\n", "姓名\n陈喆\n张堃\n王珺\n", "姓名,公司\n欧阳娜娜,北京某某有限公司\n"]
    {
        let scratch = Scratch::new("a.csv", &encoding_rs::GB18030.encode(text).0);
        assert_eq!(scratch.open().unwrap().encoding(), Some("GB18030"), "{text}");
    }
    for text in ["姓名\n林志玲\n", "name\n黃國強\n陳美玲\n"] {
        let scratch = Scratch::new("a.csv", &encoding_rs::BIG5.encode(text).0);
        match scratch.open() {
            Ok(workbook) => assert_eq!(workbook.encoding(), Some("Big5"), "{text}"),
            Err(fault) => assert!(matches!(fault, FileFault::EncodingDoubtful { .. }), "{text}"),
        }
    }
}

#[test]
fn errors_are_errors_in_every_format() {
    for error in ["#N/A", "#REF!", "#SPILL!", "#BUSY!", "Err:502", "#NAME?"] {
        let csv = Scratch::new("a.csv", format!("a,b\n1,{error}\n")).rows().unwrap();
        assert!(csv[1].cells[1].value == Value::Error(error.to_owned()), "{error}");
        let html = Scratch::new("a.xls", format!("<table><tr><td>{error}</td></tr></table>")).rows().unwrap();
        assert!(html[0].cells[0].value == Value::Error(error.to_owned()), "{error}");
    }
}

/// Readers of two sorts agree on what is in the workbooks of other programs.
#[test]
fn another_reader_finds_the_same_values() {
    use calamine::{Data, Reader};
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/spreadsheets");
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_book =
            ["xlsx", "xls", "ods"].iter().any(|end| path.extension().is_some_and(|ext| ext == *end));
        if !is_book {
            continue;
        }
        let workbook = Workbook::open(&path, &ReadOptions::default()).unwrap();
        let mut other = calamine::open_workbook_auto(&path).unwrap();
        for (index, name) in other.sheet_names().iter().enumerate() {
            let range = other.worksheet_range(name).unwrap();
            let rows = rows_of(&workbook, index).unwrap();
            for (row, column, value) in range.used_cells() {
                let (top, left) = range.start().unwrap();
                let (row, column) = (row + top as usize, column + left as usize);
                let number = u32::try_from(row + 1).unwrap();
                let cell = rows.iter().find(|row| row.number == number).unwrap().cell(column);
                match (value, &cell.value) {
                    (Data::String(theirs), Value::Text(ours)) => {
                        assert_eq!(theirs, ours, "{path:?} {number}")
                    }
                    (Data::Float(theirs), Value::Number(ours)) => {
                        assert_eq!(theirs, ours, "{path:?} {number}")
                    }
                    _ => continue,
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 1000, "{compared}");
}
