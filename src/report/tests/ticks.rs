//! Ticks that somebody has taken away in a workbook.

use super::*;
use crate::journal::Confirmed;
use crate::report::Ticks;

/// Where the ticks of pages stand, by their sheets.
const SHEETS: [(&str, &str); 2] =
    [("摘要", "xl/worksheets/sheet1.xml"), ("确认页面", "xl/worksheets/sheet3.xml")];

/// What a person leaves in the cells for one page, on some sheets.
fn fill_in(path: &Path, label: &str, sheets: &[usize], texts: [&str; 3]) {
    for (name, part) in sheets.iter().map(|index| SHEETS[*index]) {
        let row = sheet(path, name).iter().position(|row| row[0].starts_with(label)).unwrap() + 1;
        save_anew(path, |file, mut text| {
            if file != part {
                return text;
            }
            for (column, value) in ["E", "F", "G"].iter().zip(texts) {
                let cell = format!("<c r=\"{column}{row}\"");
                let start = text.find(&cell).unwrap();
                let rest = &text[start..];
                let empty = rest.find("/>").map(|at| at + 2).unwrap_or(usize::MAX);
                let full = rest.find("</c>").map(|at| at + 4).unwrap_or(usize::MAX);
                let filled = format!("{cell} t=\"inlineStr\"><is><t>{value}</t></is></c>");
                text.replace_range(start..start + empty.min(full), &filled);
            }
            text
        });
    }
}

fn confirm(fixture: &Fixture, page: u32) {
    let by = Some("李四".to_owned());
    fixture.journal.confirm(&fixture.job, page, Some(Confirmed { at_us: NOON_US, by })).unwrap();
}

fn confirmed(fixture: &Fixture) -> Vec<u32> {
    let pages = fixture.journal.pages(&fixture.job).unwrap();
    pages.iter().filter(|page| page.confirmed.is_some()).map(|page| page.number).collect()
}

/// What is told, by the pages' own numbers.
fn take_in(fixture: &Fixture) -> (Vec<String>, Vec<String>) {
    let Ticks { taken_back, unclear } = read_ticks(&fixture.options(&[])).unwrap();
    let own =
        |names: Vec<String>| names.iter().map(|name| name.rsplit_once('/').unwrap().1.to_owned()).collect();
    (own(taken_back), own(unclear))
}

/// A report that shows these pages as confirmed.
fn shown(pages: &[u32]) -> (Fixture, PathBuf) {
    let fixture = Fixture::sent();
    fixture.report();
    pages.iter().for_each(|page| confirm(&fixture, *page));
    fixture.report();
    let path = fixture.path("contracts.report.xlsx");
    (fixture, path)
}

#[test]
fn a_tick_that_is_taken_away_unconfirms_its_page() {
    let p01 = || (vec!["P01".to_owned()], Vec::new());
    for (sheets, texts) in [
        ([0].as_slice(), ["", "", ""]),
        (&[1], ["", "", ""]),
        (&[0, 1], ["", "", ""]),
        (&[0], ["否", "李四", "2026-01-31 16:00:00"]),
        (&[1], ["", "李四", ""]),
    ] {
        let (fixture, path) = shown(&[1, 2]);
        fill_in(&path, "P01", sheets, texts);
        assert_eq!(take_in(&fixture), p01(), "{sheets:?} {texts:?}");
        assert_eq!(confirmed(&fixture), [2], "{sheets:?} {texts:?}");
        // Once is enough, also where the workbook was saved again before it was written again.
        assert_eq!(take_in(&fixture), Default::default());
        save_anew(&path, |_, text| text);
        assert_eq!(take_in(&fixture), Default::default());
        assert!(!fixture.report().moved_aside, "only ticks differ: {sheets:?} {texts:?}");
        for (name, _) in SHEETS {
            let rows = sheet(&path, name);
            let row = rows.iter().find(|row| row[0].starts_with("P01")).unwrap();
            assert_eq!(row[4..7], ["", "", ""], "{name}");
        }
    }
}

#[test]
fn a_tick_may_come_and_another_one_go() {
    let (fixture, path) = shown(&[1]);
    fill_in(&path, "P01", &[0], ["", "", ""]);
    fill_in(&path, "P02", &[0], ["是", "王芳", ""]);
    assert_eq!(take_in(&fixture), (vec!["P01".to_owned()], Vec::new()));
    assert_eq!(confirmed(&fixture), [2]);
}

#[test]
fn what_was_confirmed_elsewhere_since_lacks_no_tick() {
    let (fixture, path) = shown(&[]);
    confirm(&fixture, 1);
    fill_in(&path, "P02", &[0], ["是", "王芳", ""]);
    assert_eq!(take_in(&fixture), Default::default());
    assert_eq!(confirmed(&fixture), [1, 2]);
    // The workbook of before is saved once more.
    save_anew(&path, |_, text| text);
    assert_eq!(take_in(&fixture), Default::default());
    assert_eq!(confirmed(&fixture), [1, 2]);
}

#[test]
fn where_nobody_can_tell_nothing_changes_and_that_is_said_once() {
    let (fixture, path) = shown(&[1]);
    // It was never ticked here; the other one was.
    confirm(&fixture, 2);
    fill_in(&path, "P01", &[0, 1], ["", "", ""]);
    assert_eq!(take_in(&fixture), (Vec::new(), vec!["P01".to_owned(), "P02".to_owned()]));
    assert_eq!(confirmed(&fixture), [1, 2]);
    save_anew(&path, |_, text| text);
    assert_eq!(take_in(&fixture), Default::default());
}

#[test]
fn a_row_that_was_removed_and_a_note_that_is_no_tick_take_nothing_away() {
    let (fixture, path) = shown(&[1, 2]);
    fill_in(&path, "P01", &[0], ["明天再看", "", ""]);
    assert_eq!(take_in(&fixture), Default::default());
    assert_eq!(confirmed(&fixture), [1, 2]);
    let (fixture, path) = shown(&[1, 2]);
    let row = sheet(&path, "确认页面").iter().position(|row| row[0].starts_with("P01")).unwrap() + 1;
    save_anew(&path, |name, mut text| {
        if name == "xl/worksheets/sheet3.xml" {
            let start = text.find(&format!("<row r=\"{row}\"")).unwrap();
            let end = start + text[start..].find("</row>").unwrap() + 6;
            text.replace_range(start..end, "");
        }
        text
    });
    assert_eq!(take_in(&fixture), Default::default());
    assert_eq!(confirmed(&fixture), [1, 2]);
}
