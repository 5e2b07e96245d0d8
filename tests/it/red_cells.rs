//! What a workbook to correct cannot show of the input: a red cell that nobody has changed is refused as it was before.

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{Color, Format, Formula, Workbook, Worksheet};

use crate::sheets::Sheet;
use crate::support::{Session, count, unhurried};

const RED: &str = "flowbatch.red";
const HEADERS: [&str; 6] = ["合同名称", "模板ID", "签署截止时间", "姓名", "手机号", "填写:月薪"];

/// A sound contract, and nine in which one cell is wrong in a way that a text does not show.
fn input() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let plain = Format::new();
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, name) in (1..).zip("张李王赵孙周吴郑冯陈".chars()) {
        let mobile = format!("1380013800{}", row - 1);
        let cells = ["劳动合同", "yDRS4UUgygqdcj2tUuO4zjEEFuP35Swc", "+30d", &format!("{name}三"), &mobile];
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
        sheet.write_number_with_format(row, 5, 8000 + row, &plain).unwrap();
    }
    let struck = Format::new().set_font_strikethrough();
    sheet.write_rich_string(2, 5, &[(&struck, "8000"), (&plain, "9000")]).unwrap();
    sheet.write_string_with_format(3, 4, "13800138002", &struck).unwrap();
    let number = |sheet: &mut Worksheet, row, format: &Format| {
        sheet.write_number_with_format(row, 5, 8000 + row, format).unwrap();
    };
    number(sheet, 4, &Format::new().set_num_format(";;;"));
    number(sheet, 5, &Format::new().set_font_color(Color::White));
    sheet.write_formula(6, 5, Formula::new("=5000*1.2").set_result("")).unwrap();
    sheet.write_number_with_format(7, 5, 0, &Format::new().set_num_format("0;-0;;@")).unwrap();
    // It takes in the cell below it.
    sheet.merge_range(8, 5, 9, 5, "8008", &plain).unwrap();
    sheet.write_number(9, 5, 12345).unwrap();
    sheet.write_formula(10, 4, Formula::new("=A1").set_result("#N/A")).unwrap();
    workbook.save_to_buffer().unwrap()
}

fn opened(session: &Session, name: &str) -> Sheet {
    let mut workbook: Xlsx<_> = open_workbook(session.path(name)).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<String>>());
    Sheet { headers: rows.next().unwrap(), rows: rows.collect() }
}

fn codes(session: &Session, name: &str) -> Vec<String> {
    let json = session.run(["check", name, "--key", "row", "--json"]).json();
    let told = json["files"][0]["problems"].as_array().unwrap();
    let errors = told.iter().filter(|problem| problem["severity"] == "error");
    errors.map(|problem| format!("{} {}", problem["code"].as_str().unwrap(), problem["row"])).collect()
}

#[test]
fn a_red_cell_that_nobody_has_changed_does_not_go() {
    let session = Session::new().file("m.xlsx", input()).sandbox(unhurried());
    session
        .run(["run", "m.xlsx", "--key", "row", "--skip-invalid"])
        .exit(4)
        .says("2 accepted")
        .says("8 invalid");
    let fix = opened(&session, "m.fix.xlsx");
    assert!(fix.headers.iter().any(|header| header == RED), "{:?}", fix.headers);
    // Untouched, whatever it is saved as.
    session.run(["run", "m.fix.xlsx", "--skip-invalid"]).exit(3).says("nothing of this file was sent");
    let session = session.file("n.csv", fix.csv());
    let told = codes(&session, "n.csv");
    assert_eq!(told.len(), 8, "{told:?}");
    assert_eq!(told.iter().filter(|told| told.starts_with("cell.not_corrected")).count(), 7, "{told:?}");
    // One is corrected, one is meant as it stands, and the rows stand otherwise.
    let mut edited = fix;
    let salary = edited.headers.iter().position(|header| header == "填写:月薪").unwrap();
    edited.rows[0][salary] = "9000".to_owned();
    edited.rows[1][0] = String::new();
    edited.rows.reverse();
    let session = session.file("n.csv", edited.csv());
    session.run(["run", "n.csv", "--skip-invalid"]).exit(4).says("2 accepted").says("6 invalid");
    assert_eq!(count(&session.report("n"), "accepted"), 2);
}

#[test]
fn nor_in_the_workbook_that_a_check_has_written_or_one_made_of_that() {
    let session = Session::new().file("m.xlsx", input());
    session.run(["check", "m.xlsx", "--key", "row"]).exit(3);
    for name in ["m.check.xlsx", "m.check (2).xlsx"] {
        let told = codes(&session, name);
        assert_eq!(told.len(), 8, "{name}: {told:?}");
        assert!(told.iter().all(|told| told.starts_with("cell.")), "{told:?}");
    }
}

#[test]
fn nor_where_its_column_is_called_otherwise_or_what_says_so_was_changed() {
    let session = Session::new().file("m.xlsx", input());
    session.run(["check", "m.xlsx", "--key", "row"]).exit(3);
    let check = opened(&session, "m.check.xlsx");
    let column = |header: &str| check.headers.iter().position(|own| own == header).unwrap();
    let (salary, red) = (column("填写:月薪"), column(RED));
    let told = |session: &Session, sheet: &Sheet| {
        std::fs::write(session.path("n.csv"), sheet.csv()).unwrap();
        let told = codes(session, "n.csv");
        told.iter().filter(|told| told.starts_with("cell.not_corrected")).count()
    };
    assert_eq!(told(&session, &check), 7);
    for header in ["填写:月薪(数字)", "填写：月薪", "填写:工资"] {
        let mut renamed = check.clone();
        renamed.headers[salary] = header.to_owned();
        assert_eq!(told(&session, &renamed), 7, "{header}");
    }
    let mut changed = check.clone();
    let was_red = changed.rows.iter_mut().filter(|row| !row[red].is_empty());
    was_red.for_each(|row| row[red] = "changed".to_owned());
    assert!(told(&session, &changed) >= 7);
    // What is cleared in the first column settles it all the same.
    changed.rows.iter_mut().for_each(|row| row[0] = String::new());
    assert_eq!(told(&session, &changed), 0);
}
