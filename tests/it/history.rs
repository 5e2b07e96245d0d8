//! What was sent is known, whatever is around it: held against the stand-in's ledger.

use std::collections::BTreeSet;
use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::sheets::{Sheet, contracts, contracts_from};
use crate::support::{Session, count, links, unhurried};

/// The same without numbers.
fn keyless(mut sheet: Sheet) -> Sheet {
    sheet.headers.remove(0);
    sheet.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    sheet
}

/// The same without the column of that name.
fn without(mut sheet: Sheet, header: &str) -> Sheet {
    let column = sheet.headers.iter().position(|own| own == header).unwrap();
    sheet.headers.remove(column);
    sheet.rows.iter_mut().for_each(|row| drop(row.remove(column)));
    sheet
}

/// Contracts that the stand-in was ever sent.
fn sent(session: &Session) -> usize {
    session.entries().iter().map(|entry| entry.count).sum()
}

#[test]
fn another_time_zone_or_default_makes_no_contract_another_one() {
    let session = Session::new().file("m.csv", keyless(contracts(30)).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("30 accepted");
    for (name, value) in [
        ("FLOWBATCH_TIME_ZONE", "America/New_York"),
        ("FLOWBATCH_DEFAULTS__FLOW_TYPE", "劳动合同"),
        ("FLOWBATCH_DEFAULTS__FLOW_DESCRIPTION", "入职"),
    ] {
        let session = session_with(&session, name, value);
        session.run(["run", "m.csv"]).exit(0).says("30 duplicate");
    }
    assert_eq!(sent(&session), 30);
}

/// One more variable for one command.
struct With<'s>(&'s Session, String, String);

fn session_with<'s>(session: &'s Session, name: &str, value: &str) -> With<'s> {
    With(session, name.to_owned(), value.to_owned())
}

impl With<'_> {
    fn run<const N: usize>(&self, arguments: [&str; N]) -> crate::support::Ran {
        self.0.run_with(&[(&self.1, &self.2)], arguments)
    }
}

#[test]
fn a_column_added_to_contracts_without_numbers_is_a_question() {
    let plain = keyless(contracts(30));
    let session = Session::new().file("m.csv", plain.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let session = session.file("m.csv", plain.clone().with("flow_description", |_| "新".into()).csv());
    session.run(["check", "m.csv"]).exit(3).says("--allow-duplicates");
    session.run(["run", "m.csv"]).exit(3).says("--allow-duplicates").says("the same in 30 places");
    assert_eq!(sent(&session), 30);
    // In a file of another name nothing points to it.
    let other = session.file("n.csv", plain.clone().with("flow_description", |_| "新".into()).csv());
    other.run(["run", "n.csv"]).exit(0).says("30 accepted");
    assert_eq!(sent(&other), 60);
    other.run(["run", "m.csv"]).exit(0).says("finished before");
}

#[test]
fn another_default_template_is_a_question_with_and_without_numbers() {
    for sheet in [contracts(30), keyless(contracts(30))] {
        let session = Session::new()
            .file("m.csv", without(sheet, "template_id").csv())
            .env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDtest00000000000000000000000001")
            .sandbox(unhurried());
        session.run(["run", "m.csv"]).exit(0).says("30 accepted");
        let session = session.env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDtest00000000000000000000000002");
        session.run(["run", "m.csv"]).exit(3).says("another template").says("--allow-duplicates");
        session.run(["run", "m.csv", "--again"]).exit(3);
        assert_eq!(sent(&session), 30);
        session.run(["run", "m.csv", "--allow-duplicates"]).exit(0).says("30 accepted");
        assert_eq!(sent(&session), 60);
    }
}

#[test]
fn what_went_out_for_another_organization_is_told_with_its_number() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let session = session.env("FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID", "other-organization");
    session.run(["run", "m.csv"]).exit(0).says("30 accepted").says("30 of these").says("test-organization");
    session.run(["check", "m.csv"]).exit(0).says("30 of them were sent before");
}

/// A run that was killed while its requests were on the wire, and then something else
/// was changed: nothing is left for ever.
#[test]
fn what_a_killed_run_got_no_answer_for_is_taken_over() {
    type Change = fn(Sheet) -> Sheet;
    type Variables = [(&'static str, &'static str)];
    let changed: [(&str, Change, &Variables); 4] = [
        ("a row", |sheet| sheet.set(8, "flow_name", "改过的合同"), &[]),
        (
            "the order",
            |mut sheet| {
                sheet.rows.reverse();
                sheet
            },
            &[],
        ),
        ("a setting", |sheet| sheet, &[("FLOWBATCH_TIME_ZONE", "Asia/Tokyo")]),
        ("a column", |sheet| sheet.with("flow_description", |_| "新".into()), &[]),
    ];
    for (what, change, environment) in changed {
        let options = Options { latency: Duration::from_millis(400), ..unhurried() };
        let session = Session::new().file("m.csv", contracts(60).csv()).sandbox(options);
        let mut run = session.start(["run", "m.csv"]);
        run.until("all are sent", || session.entries().len() == 3);
        run.kill();
        let first = std::fs::read(session.path("m.csv")).unwrap();
        let session = session.file("m.csv", change(contracts(60)).csv());
        session.run_with(environment, ["run", "m.csv"]).exit(0).says("60 accepted");
        session.check_links(&session.report("m"));
        // The first job knows who has finished it, and never sends them again.
        let status = session.run(["status", "--json"]).exit(0).json();
        assert!(status["jobs"].as_array().unwrap().iter().all(|job| job["finished"] == true), "{what}");
        let before = session.entries().len();
        let session = session.file("old.csv", first);
        session.run(["run", "old.csv"]).exit(0).says("60 duplicate");
        assert_eq!(session.entries().len(), before, "{what}");
        assert_eq!(count(&session.report("old"), "duplicate"), 60, "{what}");
    }
}

/// Every link that the stand-in gave for a page that counts.
fn given(session: &Session) -> BTreeSet<String> {
    session
        .entries()
        .iter()
        .filter(|entry| entry.is_accepted())
        .filter_map(|entry| entry.url.clone())
        .collect()
}

/// Every text of every report in the folder.
fn reported(session: &Session) -> String {
    let names = session.names().into_iter().filter(|name| name.contains(".report") && name.ends_with(".csv"));
    names.map(|name| std::fs::read_to_string(session.path(&name)).unwrap()).collect()
}

fn every_link_is_reported(session: &Session) {
    let text = reported(session);
    for link in given(session) {
        assert!(text.contains(&link), "{link} stands in no report: {:?}", session.names());
    }
}

#[test]
fn a_file_corrected_in_place_keeps_every_link() {
    let refused = |n: usize| if [3, 30].contains(&n) { "sandbox:InvalidParameter.Mobile" } else { "" };
    let input = contracts(45).with("flow_description", |n| refused(n).to_owned());
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(4).says("43 accepted");
    assert!(session.has("m.fix.xlsx"));
    let shown = links(&session.report("m"));
    let corrected = contracts(45).with("flow_description", |_| String::new());
    let session = session.file("m.csv", corrected.csv());
    // Their pages are listed: nobody looks for them in a report that is gone.
    session.run(["run", "m.csv"]).exit(0).says("2 accepted").says("43 duplicate").says("sent before");
    // Pages that were never shown, as bad contracts were looked for, are none.
    let text = reported(&session);
    assert!(shown.iter().all(|link| text.contains(link)));
    assert!(!session.has("m.fix.xlsx"), "nothing is left to fix");
    assert!(!session.has("m.report (2).csv"), "the second report shows all that the first did");
}

#[test]
fn no_report_takes_the_place_of_another_jobs_links() {
    let session = Session::new()
        .file("a.csv", contracts_from(1, 30).csv())
        .file("a.xlsx", contracts_from(31, 50).xlsx())
        .sandbox(unhurried());
    std::fs::create_dir(session.path("x")).unwrap();
    std::fs::create_dir(session.path("y")).unwrap();
    let session = session
        .file("x/b.csv", contracts_from(101, 130).csv())
        .file("y/b.csv", contracts_from(131, 160).csv());
    session.run(["run", "a.csv"]).exit(0);
    session.run(["run", "a.xlsx"]).exit(0).says("(2)");
    session.run(["run", "x/b.csv", "--out", "."]).exit(0);
    session.run(["run", "y/b.csv", "--out", "."]).exit(0).says("(2)");
    // The same name with other contents tomorrow.
    let session = session.file("a.csv", contracts_from(201, 220).csv());
    session.run(["run", "a.csv"]).exit(0).says("(3)");
    every_link_is_reported(&session);
    // Each finds its own again.
    session.run(["run", "a.xlsx"]).exit(0).never_says("(3)");
    every_link_is_reported(&session);
}

#[test]
fn a_corrected_fix_workbook_ends_the_first_job() {
    let refused = |n: usize| if [3, 30].contains(&n) { "sandbox:InvalidParameter.Mobile" } else { "" };
    let input =
        contracts(45).with("flow_description", |n| refused(n).to_owned()).set(7, "approver.mobile", "1");
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--skip-invalid"]).exit(4).says("42 accepted").says("2 rejected");
    assert!(session.has("m.fix.xlsx"));
    // What a person makes of it, under a name of its own.
    let corrected: Vec<usize> = vec![3, 7, 30];
    let mut fixed = contracts(45).with("flow_description", |_| String::new());
    fixed.rows = corrected.iter().map(|n| fixed.rows[n - 1].clone()).collect();
    let session = session.file("corrected.csv", fixed.csv());
    session.run(["run", "corrected.csv"]).exit(0).says("3 accepted");
    let first = first_job(&session);
    session.run(["report", &first]).exit(0).says("3 duplicate");
    assert!(!session.has("m.fix.xlsx"), "nothing is left to fix");
    session.run(["retry", &first]).exit(0).says("3 duplicate");
    session.run(["run", "m.csv", "--skip-invalid"]).exit(0).says("3 duplicate");
    assert_eq!(session.accepted().len(), 45);
}

#[test]
fn the_fix_workbook_itself_finds_its_first_job() {
    let input = contracts(5).set(2, "approver.mobile", "1");
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--skip-invalid"]).exit(4).says("4 accepted");
    // As a spreadsheet program saves it: with all properties, another value.
    let path = session.path("m.fix.xlsx");
    replace_in_workbook(&path, "<t>1</t>", "<t>13800000002</t>");
    session.run(["run", "m.fix.xlsx"]).exit(0).says("1 accepted");
    let report = session.report("m");
    assert_eq!(count(&report, "duplicate"), 1, "the first report says who has sent it");
    assert!(report[1]["flowbatch.reason"].contains("corrected, and sent by job"));
}

/// A workbook with another text in its cells.
fn replace_in_workbook(path: &std::path::Path, old: &str, new: &str) {
    use std::io::{Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut saved = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut replaced = 0;
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        if let Ok(text) = std::str::from_utf8(&bytes) {
            replaced += text.matches(old).count();
            bytes = text.replace(old, new).into_bytes();
        }
        saved.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        saved.write_all(&bytes).unwrap();
    }
    assert_eq!(replaced, 1, "one cell holds {old}");
    std::fs::write(path, saved.finish().unwrap().into_inner()).unwrap();
}

fn first_job(session: &Session) -> String {
    let status = session.run(["status", "--json"]).exit(0).json();
    let jobs = status["jobs"].as_array().unwrap();
    jobs.last().unwrap()["job"].as_str().unwrap().to_owned()
}
