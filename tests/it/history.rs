//! What was sent is known, whatever is around it: held against the stand-in's ledger.

use std::collections::BTreeSet;
use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::sheets::{Sheet, contracts, contracts_from};
use crate::support::{Session, count, links, unhurried};

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
    let session = Session::new().file("m.csv", contracts(30).keyless().csv()).sandbox(unhurried());
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
    let plain = contracts(30).keyless();
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
    other.run(["run", "m.csv", "--json"]).exit(0).says("finished_before");
}

#[test]
fn another_default_template_is_a_question_with_and_without_numbers() {
    for sheet in [contracts(30), contracts(30).keyless()] {
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
    session.run(["check", "m.csv"]).exit(0).says("30 more were sent before");
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
        let reason = session.report("old")[7]["flowbatch.reason"].clone();
        assert_eq!(
            what == "a row",
            reason.contains("in its stead") && what != "a column",
            "{what}: {reason}"
        );
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
    session.run(["retry", &first]).exit(0).says("3 duplicate").says("nothing to try again");
    session.run(["run", "m.csv", "--skip-invalid", "--json"]).exit(0).says("\"duplicate\": 3");
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

/// After a kill the last that was sent stands in the log only.
#[test]
fn a_ledger_without_its_log_sends_nothing() {
    let options = Options { latency: Duration::from_millis(300), ..unhurried() };
    let session = Session::new().file("m.csv", contracts(200).csv()).sandbox(options);
    let mut run = session.start(["run", "m.csv"]);
    run.until("some are sent", || session.entries().len() >= 5);
    run.kill();
    // What is on the wire still arrives.
    std::thread::sleep(Duration::from_millis(800));
    let log = session.state("ledger.db-wal");
    let kept = std::fs::read(&log).unwrap();
    std::fs::remove_file(&log).unwrap();
    let before = session.entries().len();
    for command in [["run", "m.csv"], ["purge", "--older-than=0"]] {
        session.run(command).exit(1).says("ledger.db-wal").says("--report believe");
    }
    assert_eq!(session.entries().len(), before);
    std::fs::write(&log, kept).unwrap();
    session.run(["run", "m.csv"]).exit(0).says("200 accepted");
    // After that the folder may be copied without it.
    std::fs::remove_file(&log).unwrap();
    session.run(["run", "m.csv", "--json"]).exit(0).says("finished_before");
}

/// What stands beside the file when someone else runs it, or the journal was lost.
#[test]
fn a_report_that_nobody_knows_here_is_a_question() {
    type Change = fn(&Session);
    type Variables = &'static [(&'static str, &'static str)];
    let ways: [(&str, Variables, Change); 4] = [
        ("another home", &[("HOME", "other-home"), ("FLOWBATCH_STATE_DIR", "")], |_| {}),
        ("another state folder", &[("FLOWBATCH_STATE_DIR", "/tmp/other")], |_| {}),
        ("a container without its volume", &[], |session| {
            std::fs::remove_dir_all(session.state("")).unwrap();
        }),
        ("only the workbook is left", &[], |session| {
            std::fs::remove_dir_all(session.state("")).unwrap();
            std::fs::remove_file(session.path("m.report.csv")).unwrap();
        }),
    ];
    for (what, environment, change) in ways {
        for sheet in [contracts(60), contracts(60).keyless()] {
            let session = Session::new().file("m.csv", sheet.csv()).sandbox(unhurried());
            session.run(["run", "m.csv"]).exit(0).says("60 accepted");
            let shown = links_in(&session);
            let other = session.path("other");
            std::fs::create_dir(&other).unwrap();
            let environment: Vec<(&str, &str)> = environment
                .iter()
                .map(|(name, value)| match *value {
                    "other-home" | "/tmp/other" => (*name, other.to_str().unwrap()),
                    value => (*name, value),
                })
                .collect();
            change(&session);
            let run = |words: &[&str]| session.run_with(&environment, ["run", "m.csv"].iter().chain(words));
            run(&[]).exit(3).says("60 rows").says("--report believe");
            run(&["--again"]).exit(3);
            session.run_with(&environment, ["check", "m.csv"]).exit(3).says("--report believe");
            assert_eq!(sent(&session), 60, "{what}");
            run(&["--report", "believe"]).exit(0).says("60 duplicate").says("3 pages");
            assert_eq!(sent(&session), 60, "{what}");
            assert!(links_in(&session).is_superset(&shown), "{what}");
            run(&["--json"]).exit(0).says("\"duplicate\": 60");
            run(&["--again"]).exit(0).says("60 accepted");
            assert_eq!(sent(&session), 120, "{what}: that was said plainly");
        }
    }
}

#[test]
fn a_report_that_counts_for_nothing_is_kept() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let first = session.report("m");
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "ignore"]).exit(0).says("30 accepted").says("(2)");
    assert_eq!(session.report("m"), first);
    every_link_is_reported(&session);
    // A rehearsal's report is no question, and a rehearsal asks none.
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--sandbox"]).exit(0);
    session.run(["run", "m.csv"]).exit(0).says("30 accepted");
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--sandbox"]).exit(0).says("30 accepted");
}

#[test]
fn a_journal_restored_from_a_backup_is_told_what_it_has_forgotten() {
    let options = Options { latency: Duration::from_millis(50), ..unhurried() };
    let session = Session::new().file("m.csv", contracts(60).csv()).sandbox(options);
    session.run(["run", "m.csv", "--first", "20"]).exit(0);
    let backup = session.path("backup");
    copy_folder(&session.state(""), &backup);
    session.run(["run", "m.csv"]).exit(0).says("60 accepted");
    std::fs::remove_dir_all(session.state("")).unwrap();
    copy_folder(&backup, &session.state(""));
    session.run(["run", "m.csv"]).exit(3).says("--report believe");
    session.run(["run", "m.csv", "--report", "believe"]).exit(0);
    assert!(session.accepted().values().all(|times| *times == 1));
    every_link_is_reported(&session);
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let path = entry.path();
        match path.is_dir() {
            true => copy_folder(&path, &to.join(entry.file_name())),
            false => drop(std::fs::copy(&path, to.join(entry.file_name())).unwrap()),
        }
    }
}

/// Links in the reports of the folder.
fn links_in(session: &Session) -> BTreeSet<String> {
    given(session).into_iter().filter(|link| reported_anywhere(session, link)).collect()
}

fn reported_anywhere(session: &Session, link: &str) -> bool {
    session.names().iter().filter(|name| name.contains(".report")).any(|name| {
        let path = session.path(name);
        match name.ends_with(".csv") {
            true => std::fs::read_to_string(path).unwrap().contains(link),
            false => workbook_says(&path, link),
        }
    })
}

fn workbook_says(path: &std::path::Path, text: &str) -> bool {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    (0..archive.len()).any(|index| {
        let mut part = String::new();
        let read = std::io::Read::read_to_string(&mut archive.by_index(index).unwrap(), &mut part);
        read.is_ok() && part.contains(text)
    })
}

#[test]
fn trials_of_a_file_together_try_as_many_as_was_said() {
    let session = Session::new().file("m.csv", contracts(60).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--first", "3"]).exit(0).says("3 accepted");
    session.run(["run", "m.csv", "--first", "3"]).exit(0).never_says("3 accepted");
    assert_eq!(sent(&session), 3);
    session.run(["run", "m.csv", "--first", "5"]).exit(0).says("5 accepted");
    assert_eq!(sent(&session), 5);
    session.run(["run", "m.csv"]).exit(0).says("60 accepted");
    // One whose answer was cut off is tried again, and no other.
    let options = Options { latency: Duration::from_millis(300), ..unhurried() };
    let session = Session::new().file("m.csv", contracts(60).csv()).sandbox(options);
    let mut run = session.start(["run", "m.csv", "--first", "1"]);
    run.until("it is sent", || session.entries().len() == 1);
    run.kill();
    session.run(["run", "m.csv", "--first", "1"]).exit(0).says("1 accepted");
    assert_eq!(session.accepted().len(), 1);
}

#[test]
fn again_that_was_cut_off_is_taken_up_and_not_begun_once_more() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    // Killed between the last answer and the report: nothing may stand in its way there.
    session.run(["run", "m.csv", "--again"]).exit(0).says("30 accepted");
    unreport(&session);
    session.run(["run", "m.csv", "--again", "--json"]).exit(0).says("finished_before");
    assert_eq!(sent(&session), 60);
    // Said once more after that, it is meant.
    session.run(["run", "m.csv", "--again"]).exit(0).says("30 accepted");
    assert_eq!(sent(&session), 90);
}

/// As a kill just before its report leaves the newest job.
fn unreport(session: &Session) {
    let db = rusqlite::Connection::open(session.state("ledger.db")).unwrap();
    let changed = db
        .execute(
            "UPDATE jobs SET about = replace(about, '\"reported\":true', '\"reported\":false') WHERE round > 0",
            [],
        )
        .unwrap();
    assert_eq!(changed, 1);
}

#[test]
fn half_a_csv_is_waited_for() {
    let whole = contracts(30).csv();
    let half = &whole[..whole.len() - 6];
    let session = Session::new().file("m.csv", half).sandbox(unhurried());
    let started = std::time::Instant::now();
    let run = session.start(["run", "m.csv"]);
    std::thread::sleep(Duration::from_millis(1500));
    assert!(session.entries().is_empty(), "it waits");
    std::fs::write(session.path("m.csv"), &whole).unwrap();
    run.wait().exit(0).says("may still be on its way").says("30 accepted");
    assert!(started.elapsed() < Duration::from_secs(15));
    // One that has not changed for a while is what it is.
    let session = session.file("n.csv", contracts_from(31, 40).csv().trim_ascii_end());
    let old = std::time::SystemTime::now() - Duration::from_secs(60);
    std::fs::File::options().write(true).open(session.path("n.csv")).unwrap().set_modified(old).unwrap();
    session.run(["run", "n.csv"]).exit(0).never_says("on its way");
}

#[test]
fn a_file_that_is_saved_anew_while_others_are_sent_is_read_at_its_turn() {
    let options = Options { latency: Duration::from_millis(200), ..unhurried() };
    let mut swapped = contracts_from(101, 120);
    swapped.headers.swap(4, 5);
    swapped.rows.iter_mut().for_each(|row| row.swap(4, 5));
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("a.csv", contracts(400).csv())
        .file("b.csv", contracts_from(101, 120).set(1, "flow_name", "旧").csv())
        .sandbox(options);
    let mut run = session.start(["run", "a.csv", "b.csv"]);
    run.until("it sends", || !session.entries().is_empty());
    std::fs::write(session.path("b.csv"), swapped.csv()).unwrap();
    run.wait().exit(0).says("400 accepted").says("20 duplicate");
    assert!(!String::from_utf8(std::fs::read(session.path("b.report.csv")).unwrap()).unwrap().contains("旧"));
}

#[test]
fn a_report_that_cannot_be_written_hides_nothing() {
    let session = Session::new().file("m.csv", contracts(45).csv()).sandbox(unhurried());
    let out = session.path("out");
    std::fs::create_dir(&out).unwrap();
    let options = Options { latency: Duration::from_millis(300), ..unhurried() };
    let session = session.sandbox(options);
    let mut run = session.start(["run", "m.csv", "--out", "out"]);
    run.until("it sends", || session.entries().len() == 3);
    std::fs::remove_dir_all(&out).unwrap();
    let ran = run.wait().exit(1).says("45 accepted").says("3 pages").says("state folder");
    let job = first_job(&session);
    assert!(ran.stdout.contains(&job));
    let report = crate::support::read_report(&session.state(&format!("reports/{job}.report.csv")));
    session.check_links(&report);
    assert_eq!(count(&report, "accepted"), 45);
}

/// What a report shows as sent, in whatever way it came to be.
#[test]
fn whatever_a_report_shows_as_sent_is_evidence() {
    let lose = |session: &Session| std::fs::remove_dir_all(session.state("")).unwrap();
    // Its rows are duplicates: of an order that was reversed.
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let mut reversed = contracts(30);
    reversed.rows.reverse();
    let session = session.file("m.csv", reversed.csv());
    session.run(["run", "m.csv"]).exit(0).says("30 duplicate").never_says("(2)");
    lose(&session);
    session.run(["run", "m.csv"]).exit(3).says("30 rows");
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("30 duplicate").says("2 pages");
    assert_eq!(sent(&session), 30);
    // Somebody has taken the request ids out.
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let report = std::fs::read_to_string(session.path("m.report.csv")).unwrap();
    let blank: String = report
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            let place = cells.len() - 4;
            if cells[place] != "flowbatch.request_id" {
                cells[place] = "";
            }
            cells.join(",") + "\r\n"
        })
        .collect();
    std::fs::write(session.path("m.report.csv"), blank).unwrap();
    lose(&session);
    session.run(["run", "m.csv"]).exit(3).says("30 rows");
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("30 duplicate");
    assert_eq!(sent(&session), 30);
    // It lies where the first run has put it, under the name that it had then.
    for (first, then) in [
        (vec!["run", "m.csv"], vec!["run", "m.csv", "--out", "out"]),
        (vec!["run", "m.csv", "--out", "out"], vec!["run", "m.csv", "--out", "out"]),
        (vec!["run", "m.csv"], vec!["run", "m.csv", "m.xlsx"]),
        (vec!["run", "m.csv", "m.xlsx"], vec!["run", "m.csv"]),
    ] {
        let session = Session::new()
            .file("m.csv", contracts(30).csv())
            .file("m.xlsx", contracts_from(31, 40).xlsx())
            .sandbox(unhurried());
        session.run(&first).exit(0);
        let before = session.accepted()["HT-0001"];
        lose(&session);
        session.run(&then).exit(3).says("--report believe");
        assert_eq!(session.accepted()["HT-0001"], before, "{first:?} {then:?}");
    }
    // It is damaged.
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let report = std::fs::read_to_string(session.path("m.report.csv")).unwrap();
    std::fs::write(session.path("m.report.csv"), report.replace("approver.mobile", "whatever")).unwrap();
    lose(&session);
    session.run(["run", "m.csv"]).exit(3).says("m.report.csv");
    assert_eq!(sent(&session), 30);
}

#[test]
fn what_was_believed_is_known_as_well_as_what_was_sent() {
    let plain = contracts(30).keyless();
    let session = Session::new().file("m.csv", plain.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("30 duplicate");
    let session = session.file("m.csv", plain.with("flow_description", |_| "新".into()).csv());
    session.run(["run", "m.csv"]).exit(3).says("without a contract_id");
    assert_eq!(sent(&session), 30);
    // Cut off in the middle it is begun anew.
    let session = Session::new().file("m.csv", contracts(100).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    std::fs::remove_dir_all(session.state("")).unwrap();
    for wait in [5, 15, 30, 45, 60, 80, 100, 130, 160, 200] {
        let mut run = session.start(["run", "m.csv", "--report", "believe"]);
        std::thread::sleep(Duration::from_millis(wait));
        if run.is_over() {
            run.wait().exit(0);
            break;
        }
        run.kill();
    }
    // One of them may have come to its end: then there is nothing to say but to a program.
    let ran = session.run(["run", "m.csv", "--report", "believe", "--json"]).exit(0).json();
    assert_eq!(ran["files"][0]["contracts"]["duplicate"], 100);
    assert_eq!(ran["files"][0]["pages"].as_array().unwrap().len(), 5);
    let (pages, once): (Vec<String>, BTreeSet<String>) = {
        let json = session.run(["pages", "--json"]).exit(0).json();
        let jobs = json["jobs"].as_array().unwrap().iter();
        let urls = jobs.flat_map(|job| job["pages"].as_array().unwrap().clone());
        let urls: Vec<String> = urls.map(|page| page["url"].as_str().unwrap().to_owned()).collect();
        (urls.clone(), urls.into_iter().collect())
    };
    assert_eq!((pages.len(), once.len()), (5, 5), "each page once");
    assert_eq!(sent(&session), 100);
}

#[test]
fn what_waits_with_another_template_is_a_question_as_well() {
    let options = Options { latency: Duration::from_millis(300), ..unhurried() };
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "10")
        .file("m.csv", without(contracts(200), "template_id").csv())
        .env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDtest00000000000000000000000001")
        .sandbox(options);
    let mut run = session.start(["run", "m.csv"]);
    run.until("some are sent", || session.entries().len() >= 3);
    run.kill();
    let other = [("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDtest00000000000000000000000002")];
    session.run_with(&other, ["run", "m.csv", "--skip-invalid"]).exit(3).says("another template");
    session.run(["run", "m.csv"]).exit(0).says("200 accepted");
}

#[test]
fn a_check_counts_what_a_dead_job_never_sent_as_unsent() {
    let session = Session::new().file("m.csv", contracts(200).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--first", "120"]).exit(0);
    let session = session.file(
        "m.csv",
        {
            let mut sheet = contracts(200);
            sheet.rows.swap(7, 8);
            sheet
        }
        .csv(),
    );
    session.run(["check", "m.csv"]).exit(0).says("120 more were sent before");
    session.run(["run", "m.csv"]).exit(0).says("80 accepted").says("120 duplicate");
}

#[test]
fn again_goes_on_working_after_a_purge() {
    let session = Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    session.run(["run", "m.csv", "--again"]).exit(0);
    session.run(["purge", "--older-than", "0", "--yes"]).exit(0);
    session.run(["run", "m.csv", "--again"]).exit(0).says("5 accepted");
    assert_eq!(sent(&session), 15);
}

#[test]
fn a_file_of_the_future_is_not_waited_for_until_then() {
    let session = Session::new().file("m.csv", contracts(5).csv().trim_ascii_end()).sandbox(unhurried());
    let future = std::time::SystemTime::now() + Duration::from_secs(8 * 3600);
    std::fs::File::options().write(true).open(session.path("m.csv")).unwrap().set_modified(future).unwrap();
    let begun = std::time::Instant::now();
    session.run(["run", "m.csv"]).exit(0).says("5 accepted").says("on its way");
    assert!(begun.elapsed() < Duration::from_secs(20));
}

/// As many as may be of one person, told apart by form fields only.
#[test]
fn many_contracts_that_resemble_each_other_are_compared_in_time() {
    let alike = |extra: bool| {
        let mut sheet = contracts(3000).keyless();
        for row in &mut sheet.rows {
            row[0] = "协议".into();
            row[3] = "测试一".into();
            row[4] = "13800000001".into();
        }
        let sheet = sheet.with("field:编号", |n| format!("N{n}"));
        if extra { sheet.with("flow_description", |_| "新".into()) } else { sheet }
    };
    let session = Session::new().file("m.csv", alike(false).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("3000 accepted");
    let session = session.file("m.csv", alike(true).csv());
    let begun = std::time::Instant::now();
    session.run(["check", "m.csv"]).exit(3).says("the same in 3000 places");
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_relative_deadline_is_known_again_from_a_report() {
    for sheet in [contracts(20), contracts(20).keyless()] {
        let mut sheet = sheet;
        let column = sheet.headers.iter().position(|header| header == "deadline").unwrap();
        sheet.rows.iter_mut().for_each(|row| row[column] = "+30d".into());
        let session = Session::new().file("m.csv", sheet.csv()).sandbox(unhurried());
        session.run(["run", "m.csv"]).exit(0);
        std::fs::remove_dir_all(session.state("")).unwrap();
        std::fs::remove_file(session.path("m.report.xlsx")).unwrap();
        session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("20 duplicate");
        assert_eq!(sent(&session), 20);
    }
}

#[test]
fn every_report_is_looked_at_under_whatever_number() {
    // A file that grows in place: the report shows accepted rows and duplicates.
    let session = Session::new().file("m.csv", contracts(40).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let session = session.file("m.csv", contracts(45).csv());
    session.run(["run", "m.csv"]).exit(0);
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("45 duplicate");
    assert_eq!(sent(&session), 45);
    // The CSV was cut, the workbook shows all.
    let session = Session::new().file("m.csv", contracts(20).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let csv = std::fs::read_to_string(session.path("m.report.csv")).unwrap();
    let cut: String = csv.split_inclusive('\n').take(11).collect();
    std::fs::write(session.path("m.report.csv"), cut).unwrap();
    std::fs::rename(session.path("m.report.csv"), session.path("m.report (4).csv")).unwrap();
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("20 duplicate");
    assert_eq!(sent(&session), 20);
}

#[test]
fn a_restored_journal_that_has_finished_a_file_looks_beside_it_all_the_same() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let backup = session.path("backup");
    copy_folder(&session.state(""), &backup);
    let job = first_job(&session);
    session.run(["renew", &format!("{job}/P01"), "--yes"]).exit(0);
    // The old page was replaced: nobody confirms it by mistake.
    session.run(["confirm", &format!("{job}/P01")]).exit(2).says("was replaced");
    std::fs::remove_dir_all(session.state("")).unwrap();
    copy_folder(&backup, &session.state(""));
    session.run(["run", "m.csv"]).exit(3).says("--report believe");
}

/// A kill before anything was ever sent is no reason to send nothing for ever.
#[test]
fn a_first_run_that_was_killed_at_once_is_begun_anew() {
    let session = Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried());
    std::fs::create_dir(session.state("")).unwrap();
    rusqlite::Connection::open(session.state("ledger.db"))
        .unwrap()
        .execute_batch("PRAGMA journal_mode=DELETE; PRAGMA application_id=1717726308; VACUUM")
        .unwrap();
    session.run(["run", "m.csv"]).exit(0).says("5 accepted");
    for wait in 0..12 {
        let session = Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried());
        let run = session.start(["run", "m.csv"]);
        std::thread::sleep(Duration::from_millis(2 * wait));
        run.kill();
        let ran = session.run(["run", "m.csv"]);
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    }
}

#[test]
fn numbers_added_to_contracts_that_went_without_are_a_question() {
    let session = Session::new().file("m.csv", contracts(20).keyless().csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let session = session.file("m.csv", contracts(20).csv());
    session.run(["run", "m.csv"]).exit(3).says("without a contract_id").says("the same in 20 places");
    assert_eq!(sent(&session), 20);
}

#[test]
fn a_trial_after_a_run_that_never_got_there_is_a_trial() {
    let session = Session::new()
        .env("FLOWBATCH_RETRY__FIRST_CONTACT", "200ms")
        .file("m.csv", contracts(45).csv())
        .sandbox(unhurried());
    let nowhere = [("FLOWBATCH_ENDPOINT", "http://127.0.0.1:9")];
    session.run_with(&nowhere, ["run", "m.csv"]).exit(5);
    // Bad keys, against the same endpoint.
    session.run_with(&[("TENCENTCLOUD_SECRET_ID", "AKIDnobody")], ["run", "m.csv"]).exit(5);
    assert_eq!(session.accepted().len(), 0);
    session.run(["run", "m.csv", "--first", "3"]).exit(0).says("3 accepted");
    assert_eq!(session.accepted().len(), 3);
}

#[test]
fn a_restored_journal_retries_and_renews_nothing_behind_a_reports_back() {
    let refused = |n: usize| if n == 7 { "sandbox:InvalidParameter.FlowName@5" } else { "" };
    let input = contracts(45).with("flow_description", |n| refused(n).to_owned());
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(4).says("1 rejected");
    let backup = session.path("backup");
    copy_folder(&session.state(""), &backup);
    let job = first_job(&session);
    session.run(["retry", &job]).exit(0).says("45 accepted");
    std::fs::remove_dir_all(session.state("")).unwrap();
    copy_folder(&backup, &session.state(""));
    let before = session.entries().len();
    session.run(["retry", &job]).exit(3).says("--report believe");
    session.run(["renew", &format!("{job}/P01"), "--yes"]).exit(3).says("--report believe");
    assert_eq!(session.entries().len(), before);
    session.run(["run", "m.csv", "--report", "believe"]);
    session.run(["retry", &job]).exit(0).says("nothing to try again");
    assert_eq!(session.entries().len(), before);
}

#[test]
fn of_a_pair_either_file_may_have_been_named_first() {
    let mut whole = contracts(10);
    let approvers = Sheet {
        headers: [0, 4, 5].map(|column| whole.headers[column].clone()).into(),
        rows: whole.rows.iter().map(|row| [0, 4, 5].map(|column| row[column].clone()).into()).collect(),
    };
    whole.headers.truncate(4);
    whole.rows.iter_mut().for_each(|row| row.truncate(4));
    let session =
        Session::new().file("c.csv", whole.csv()).file("s.csv", approvers.csv()).sandbox(unhurried());
    session.run(["run", "c.csv", "s.csv"]).exit(0).says("10 accepted");
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "s.csv", "c.csv"]).exit(3).says("--report believe");
    assert_eq!(sent(&session), 10);
    session.run(["run", "s.csv", "c.csv", "--report", "believe"]).exit(0).says("10 duplicate");
    assert_eq!(sent(&session), 10);
}

/// A job of one report, which the other one shows as well, is one job.
#[test]
fn two_reports_of_one_run_are_believed_as_one() {
    let session = Session::new().file("m.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("45 duplicate").says("3 pages");
    let jobs = |session: &Session| -> Vec<(String, serde_json::Value)> {
        let status = session.run(["status", "--json"]).exit(0).json();
        let jobs = status["jobs"].as_array().unwrap().iter();
        jobs.map(|job| (job["file"].as_str().unwrap().to_owned(), job["contracts"].clone())).collect()
    };
    let known = jobs(&session);
    assert_eq!(known.len(), 2, "{known:?}");
    assert!(known[0].0.ends_with("m.csv") && known[1].0.ends_with("m.report.csv"));
    assert_eq!(known[1].1["accepted"], 45);
    // Nothing is asked of the other one any more.
    session.run(["run", "m.csv"]).exit(0);
    assert_eq!(jobs(&session).len(), 2);
    assert_eq!(sent(&session), 45);
}

/// The second one shows contracts that the first one has not, on a page that it has, and the
/// same contracts on a page that was renewed.
#[test]
fn what_only_a_second_report_shows_is_added() {
    let session = Session::new().file("m.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let csv = std::fs::read_to_string(session.path("m.report.csv")).unwrap();
    let lines: Vec<&str> = csv.split_inclusive('\n').collect();
    std::fs::write(session.path("m.report.csv"), lines[..31].concat()).unwrap();
    std::fs::write(session.path("m.report (4).csv"), [&lines[..1], &lines[21..]].concat().concat()).unwrap();
    std::fs::remove_file(session.path("m.report.xlsx")).unwrap();
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("45 duplicate");
    let status = session.run(["status", "--json"]).exit(0).json();
    let accepted: Vec<u64> = status["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["contracts"]["accepted"].as_u64().unwrap())
        .collect();
    assert_eq!(accepted, [0, 15, 30], "each contract is one job's: {status:#}");
    assert_eq!(sent(&session), 45);

    let session = Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    std::fs::copy(session.path("m.report.csv"), session.path("m.report (7).csv")).unwrap();
    session.run(["renew", &format!("{}/P01", first_job(&session)), "--yes"]).exit(0);
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("5 duplicate");
    // Both requests are known now.
    session.run(["run", "m.csv"]).exit(0);
    let status = session.run(["status", "--json"]).exit(0).json();
    assert_eq!(status["jobs"].as_array().unwrap().len(), 2, "{status:#}");
}

/// A day and an hour lie between the two: whatever the time is, they have not the same day.
#[test]
fn jobs_are_named_in_the_zone_of_the_settings() {
    let zone = "Pacific/Pago_Pago";
    let session = Session::new()
        .env("TZ", "Pacific/Kiritimati")
        .env("FLOWBATCH_TIME_ZONE", zone)
        .file("m.csv", contracts(5).csv())
        .sandbox(unhurried());
    let day = |form: &str| jiff::Timestamp::now().in_tz(zone).unwrap().strftime(form).to_string();
    let before = (day("%Y%m%d"), day("%Y-%m-%d"));
    session.run(["run", "m.csv"]).exit(0);
    let job = first_job(&session);
    let session = session.file("m.csv", contracts(5).set(2, "flow_name", "另一份").csv());
    let ran = session.run(["run", "m.csv", "--json"]).exit(3).json();
    let after = (day("%Y%m%d"), day("%Y-%m-%d"));
    assert!(job.starts_with(&before.0) || job.starts_with(&after.0), "{job}");
    let said = ran["files"][0]["problems"][0]["what"].as_str().unwrap();
    let named = |day: &str| said.contains(&format!("{job} (m.csv, {day} "));
    assert!(named(&before.1) || named(&after.1), "{said}");
}
