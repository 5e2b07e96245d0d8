//! Workbooks to correct: why each row failed comes first, nothing bad is out of sight, and what
//! nobody needs any more goes.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::sheets::{Sheet, contracts, contracts_from};
use crate::support::{Session, unhurried};

fn opened(path: &Path) -> Sheet {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let mut rows = range.rows().map(|row| row.iter().map(Data::to_string).collect::<Vec<String>>());
    Sheet { headers: rows.next().unwrap(), rows: rows.collect() }
}

/// Custom properties of a workbook, as a spreadsheet program keeps them when it saves.
fn properties(path: &Path) -> DocProperties {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("docProps/custom.xml").unwrap(), &mut text).unwrap();
    text.split("<property ").skip(1).fold(DocProperties::new(), |all, property| {
        let between = |start: &str, end: &str| {
            let from = property.split_once(start).unwrap().1;
            from.split_once(end).unwrap().0.to_owned()
        };
        all.set_custom_property(between("name=\"", "\""), between("<vt:lpwstr>", "</vt:lpwstr>"))
    })
}

/// The workbook as a person saves it after a correction; no row is hidden.
fn saved(path: &Path, edit: impl FnOnce(&mut Sheet)) -> Vec<u8> {
    let mut sheet = opened(path);
    edit(&mut sheet);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(path));
    let worksheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&sheet.headers).chain(&sheet.rows)) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn at(sheet: &Sheet, header: &str) -> usize {
    sheet.headers.iter().position(|own| own == header).unwrap()
}

/// The input as a workbook in which those rows (from 0, the header) are hidden.
fn hiding(sheet: &Sheet, hidden: &[u32]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&sheet.headers).chain(&sheet.rows)) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    for row in hidden {
        worksheet.set_row_hidden(*row).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

/// Saves a workbook anew, with other texts in its cells.
pub fn replace_texts(path: &Path, edit: impl Fn(String) -> String) {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut saved = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        let has_cells = name.starts_with("xl/worksheets/") || name == "xl/sharedStrings.xml";
        let text = if has_cells { edit(text) } else { text };
        saved.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut saved, text.as_bytes()).unwrap();
    }
    std::fs::write(path, saved.finish().unwrap().into_inner()).unwrap();
}

fn has_hidden_rows(path: &Path) -> bool {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    let mut sheet = archive.by_name("xl/worksheets/sheet1.xml").unwrap();
    std::io::Read::read_to_string(&mut sheet, &mut text).unwrap();
    text.split("<row ").skip(1).any(|row| row.split('>').next().unwrap().contains("hidden=\"1\""))
}

#[test]
fn a_row_that_nobody_saw_is_shown_and_goes_only_when_somebody_says_so() {
    let input = contracts(4).set(3, "approver.mobile", "1");
    let session = Session::new().file("m.xlsx", hiding(&input, &[2])).sandbox(unhurried());
    session.run(["check", "m.xlsx"]).exit(3).says("hidden");
    let path = session.path("m.check.xlsx");
    assert!(!has_hidden_rows(&path), "no bad row is out of sight");
    let check = opened(&path);
    assert_eq!(check.headers[0], "reason");
    let (send, reasons) = (at(&check, "send"), |row: usize| check.rows[row][0].clone());
    assert!(
        reasons(1).starts_with("(was a hidden row)") && reasons(1).contains("write yes"),
        "{}",
        reasons(1)
    );
    assert!(reasons(2).contains("mobile") && reasons(0).is_empty());
    let said: Vec<&str> = check.rows.iter().map(|row| row[send].as_str()).collect();
    assert_eq!(said, ["", "no", "", ""]);
    // Whoever corrects the other one has said nothing of it.
    let mobile = |sheet: &mut Sheet| {
        let column = at(sheet, "approver.mobile");
        sheet.rows[2][column] = "13800000003".to_owned();
    };
    let session = session.file("m.check.xlsx", saved(&path, mobile));
    session.run(["run", "m.check.xlsx"]).exit(0).says("3 accepted").says("1 skipped");
    assert!(!session.accepted().contains_key("HT-0002"));
    // And now he does.
    let yes = |sheet: &mut Sheet| {
        let column = at(sheet, "send");
        sheet.rows[1][column] = "yes".to_owned();
    };
    let session = session.file("m.check.xlsx", saved(&path, yes));
    session.run(["run", "m.check.xlsx"]).exit(0).says("1 accepted");
    assert_eq!(session.accepted().len(), 4);
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[test]
fn rows_that_are_left_out_stay_hidden() {
    let input = contracts(4).set(3, "approver.mobile", "1");
    let session = Session::new().file("m.xlsx", hiding(&input, &[2])).sandbox(unhurried());
    session.run(["check", "m.xlsx", "--hidden-rows", "skip"]).exit(3);
    assert!(has_hidden_rows(&session.path("m.check.xlsx")));
    assert!(!opened(&session.path("m.check.xlsx")).headers.contains(&"send".to_owned()));
}

#[test]
fn reasons_of_a_workbook_that_was_corrected_are_written_anew_and_never_read() {
    let input = contracts(5).set(2, "approver.mobile", "1").set(4, "approver.mobile", "2");
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--skip-invalid"]).exit(4).says("3 accepted");
    let path = session.path("m.fix.xlsx");
    let fix = opened(&path);
    assert_eq!(fix.headers[0], "reason");
    let reasons: Vec<&str> = fix.rows.iter().map(|row| row[0].as_str()).collect();
    assert!(
        reasons[0].starts_with("(row 3 of job ") && reasons[1].starts_with("(row 5 of job "),
        "{reasons:?}"
    );
    // Whatever stands there, words of totals too, is nothing that anybody reads.
    let first = |sheet: &mut Sheet| {
        let column = at(sheet, "approver.mobile");
        sheet.rows[0][column] = "13800000002".to_owned();
        sheet.rows[0][0] = "合计：13900000000".to_owned();
    };
    let session = session.file("m.fix.xlsx", saved(&path, first));
    session.run(["run", "m.fix.xlsx", "--skip-invalid"]).exit(4).says("1 accepted");
    // What is left of it stands in one workbook, not in one for either job.
    let last = "m.fix (2).xlsx".to_owned();
    assert!(session.has(&last) && !session.has("m.fix (3).xlsx"), "{:?}", session.names());
    let again = opened(&session.path(&last));
    assert_eq!(again.headers.iter().filter(|header| *header == "reason").count(), 1, "{:?}", again.headers);
    assert_eq!(again.headers, fix.headers);
    assert_eq!(again.rows.len(), 1);
    assert!(again.rows[0][0].contains("(row 3 of job ") && again.rows[0][0].contains("mobile"));
    let mobile = |sheet: &mut Sheet| {
        let column = at(sheet, "approver.mobile");
        sheet.rows[0][column] = "13800000004".to_owned();
    };
    let fixed = saved(&session.path(&last), mobile);
    let session = session.file(&last, fixed);
    session.run(["run", &last]).exit(0).says("1 accepted");
    assert_eq!(session.accepted().len(), 5);
}

#[test]
fn a_column_of_the_users_own_keeps_its_name() {
    let mut input = contracts(2).set(2, "approver.mobile", "1");
    input.headers.push("reason".to_owned());
    input.rows.iter_mut().for_each(|row| row.push("new hire".to_owned()));
    let session = Session::new().file("m.csv", input.csv());
    session.run(["check", "m.csv"]).exit(3);
    let check = opened(&session.path("m.check.xlsx"));
    assert_eq!(check.headers[0], "reason (flowbatch)");
    assert_eq!(check.rows[1][at(&check, "reason")], "new hire");
}

/// Saved as a CSV, as a spreadsheet program does it: all that says whose it is has gone.
#[test]
fn our_own_first_column_is_no_problem_in_a_csv() {
    for (lang, reason, theirs) in
        [("zh", "原因", "原因（flowbatch）"), ("en", "reason", "reason (flowbatch)")]
    {
        let input = contracts(5).set(2, "approver.mobile", "1").set(4, "approver.mobile", "2");
        let session = Session::new()
            .env("FLOWBATCH_LANG", lang)
            .file("m.csv", input.csv())
            .file("n.csv", contracts_from(11, 12).set(1, "flow_name", "").csv())
            .sandbox(unhurried());
        session.run(["run", "m.csv", "--skip-invalid"]).exit(4);
        let fixed = opened(&session.path("m.fix.xlsx"));
        assert_eq!(fixed.headers[0], reason);
        // What is left of which contract says that the first column is ours: nothing is said of it.
        let mut fixed =
            fixed.set(1, "approver.mobile", "13800000002").set(2, "approver.mobile", "13800000004");
        fixed.rows[1][0] = "合计：13900000000".to_owned();
        let session = session.file("fixed.csv", fixed.csv());
        let ran = session.run(["check", "fixed.csv", "--json"]).exit(0).json();
        let file = &ran["files"][0];
        assert_eq!(
            (&file["sendable"], file["problems"].as_array().unwrap().len()),
            (&2.into(), 0),
            "{file:#}"
        );
        let columns = file["understood"]["sheets"][0]["columns"].as_array().unwrap();
        let ours = |column: &serde_json::Value| {
            [reason, "flowbatch.flow"].contains(&column["header"].as_str().unwrap())
        };
        assert!(!columns.iter().any(ours) && columns[0]["column"] == 1, "{columns:#?}");
        session.run(["run", "fixed.csv"]).exit(0);
        assert_eq!(session.accepted().len(), 5);

        // A check has nothing of the kind: it is listed, and is no problem.
        session.run(["check", "n.csv"]).exit(3);
        let check = opened(&session.path("n.check.xlsx")).set(1, "flow_name", "劳动合同_11");
        for header in [reason, theirs] {
            let mut named = check.clone();
            named.headers[0] = header.to_owned();
            std::fs::write(session.path("n2.csv"), named.csv()).unwrap();
            let ran = session.run(["check", "n2.csv", "--json"]).exit(0).json();
            let file = &ran["files"][0];
            assert_eq!(file["problems"].as_array().unwrap().len(), 0, "{file:#}");
            assert_eq!(file["understood"]["sheets"][0]["columns"][0]["header"], header);
        }
        // Elsewhere it is a column as any other, and so it is where somebody says what it gives.
        let mut last = check.clone();
        last.headers.rotate_left(1);
        last.rows.iter_mut().for_each(|row| row.rotate_left(1));
        let session = session.file("n3.csv", last.csv());
        let ran = session.run(["check", "n3.csv", "--json"]).exit(0).json();
        assert_eq!(ran["files"][0]["problems"][0]["column"], reason);
        let session = session.file("n4.csv", check.csv());
        let map = format!("{reason}=flow_description");
        let ran = session.run(["check", "n4.csv", "--map", &map, "--json"]).exit(0).json();
        assert_eq!(ran["files"][0]["understood"]["sheets"][0]["columns"][0]["gives"], "flow_description");
    }
}

#[test]
fn what_was_put_right_is_listed_in_the_workbook_and_no_sheet_to_send() {
    let input = contracts(3).set(1, "flow_name", " 劳动合同_1 ").set(2, "flow_name", " 劳动合同_2 ");
    let input = input.set(2, "approver.mobile", "1");
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--skip-invalid"]).exit(4);
    let path = session.path("m.fix.xlsx");
    let mut workbook: Xlsx<_> = open_workbook(&path).unwrap();
    let range = workbook.worksheet_range("Corrections").unwrap();
    let told: Vec<String> = range.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(told.len(), 1, "of rows that stand there: {told:?}");
    assert!(told[0].contains("row 3"), "{told:?}");
    session.run(["check", "m.fix.xlsx", "--all-sheets"]).exit(3).says("mobile").never_says("Corrections");
}

#[test]
fn a_check_workbook_goes_once_its_file_is_in_order_unless_somebody_has_worked_on_it() {
    let bad = contracts(3).set(2, "approver.mobile", "1").csv();
    let good = contracts(3).csv();
    let mut session = Session::new().sandbox(unhurried());
    for command in ["check", "run"] {
        session = session.file("m.csv", &bad);
        session.run([command, "m.csv"]).exit(3);
        assert!(session.has("m.check.xlsx"));
        session = session.file("m.csv", &good);
        session.run([command, "m.csv"]).exit(0).never_says("m.check.xlsx");
        assert!(!session.has("m.check.xlsx"), "{command}");
    }
    session = session.file("n.csv", contracts_from(11, 13).set(3, "flow_name", "").csv());
    session.run(["check", "n.csv"]).exit(3);
    let edited = saved(&session.path("n.check.xlsx"), |sheet| sheet.rows[0][0] = "look at that".to_owned());
    session = session.file("n.check.xlsx", &edited).file("n.csv", contracts_from(11, 13).csv());
    session.run(["check", "n.csv"]).exit(0).says("n.check.xlsx is of an earlier check");
    assert_eq!(std::fs::read(session.path("n.check.xlsx")).unwrap(), edited);
    // One that says that all is well is not stale.
    session = session.file("o.check.xlsx", b"no workbook of ours".as_slice()).file("o.csv", &good);
    session.run(["check", "o.csv"]).exit(0).never_says("o.check.xlsx");
    assert!(session.has("o.check.xlsx"));
}

#[cfg(unix)]
#[test]
fn everything_beside_a_private_input_is_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let refused = |n: usize| if n == 2 { "sandbox:InvalidParameter.Mobile" } else { "" }.to_owned();
    let private =
        |path: &Path| std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let session = Session::new()
        .file("m.csv", contracts(25).with("flow_description", refused).csv())
        .file("bad.csv", contracts(2).set(1, "approver.mobile", "1").csv())
        .file("none.csv", "no,such\ncolumns,here\n")
        .env("FLOWBATCH_REPORT__FORMATS", "xlsx,csv,html,json")
        .sandbox(unhurried());
    let inputs = ["m.csv", "bad.csv", "none.csv"];
    inputs.iter().for_each(|name| private(&session.path(name)));
    session.run(["run", "m.csv", "bad.csv", "none.csv"]);
    let ours = [
        "m.report.xlsx", "m.report.csv", "m.report.html", "m.report.json", "m.fix.xlsx", "bad.check.xlsx",
        "none.problem.txt",
    ];
    for name in ours {
        let mode = session.path(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{name}: {mode:o}");
    }
}

#[test]
fn contracts_per_page_mean_nothing_where_there_are_no_pages() {
    let session = Session::new().file("m.csv", contracts(2).csv()).sandbox(unhurried());
    let start = ["m.csv", "--action", "CreateFlowsByTemplates", "--per-page", "5"];
    session.run(["check"].iter().chain(&start)).says("--per-page changes nothing");
    session.run(["run", "--yes"].iter().chain(&start)).exit(0).says("--per-page changes nothing");
    session.run(["check", "m.csv", "--per-page", "5"]).exit(0).never_says("--per-page changes");
}

/// The library writes a last row once more that has a height of its own: two rows of one number are
/// damage for Excel.
#[test]
fn no_sheet_of_ours_has_two_rows_of_one_number() {
    let long = |n: usize| if n == 25 { "sandbox:InvalidParameter.Mobile" } else { "" }.to_owned();
    let session = Session::new()
        .file("m.csv", contracts(25).with("flow_description", long).csv())
        .file("bad.csv", contracts(2).set(2, "approver.mobile", "1").csv())
        .sandbox(unhurried());
    session.run(["run", "m.csv", "--sandbox"]);
    session.run(["run", "m.csv", "bad.csv"]);
    let mut sheets = 0;
    for name in ["m.sandbox.report.xlsx", "m.report.xlsx", "m.fix.xlsx", "bad.check.xlsx"] {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(session.path(name)).unwrap()).unwrap();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            if !part.name().unwrap().starts_with("xl/worksheets/sheet") {
                continue;
            }
            let mut xml = String::new();
            std::io::Read::read_to_string(&mut part, &mut xml).unwrap();
            let rows = xml.split("<row r=\"").skip(1).map(|row| row.split('"').next().unwrap());
            let rows: Vec<&str> = rows.collect();
            let mut once = rows.clone();
            once.dedup();
            assert_eq!(rows, once, "{name}");
            sheets += 1;
        }
    }
    assert!(sheets >= 8, "{sheets}");
}
