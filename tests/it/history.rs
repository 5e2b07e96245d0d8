//! What was sent is known, whatever is around it: held against the stand-in's ledger.

use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::sheets::{Sheet, contracts};
use crate::support::{Session, count, unhurried};

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
