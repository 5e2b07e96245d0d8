//! Contracts without numbers that failed, were corrected in the fix workbook, and are known
//! again as those they were: held against the stand-in's ledger.

use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{DocProperties, Workbook};

use crate::sheets::{Sheet, contracts, mobile};
use crate::support::{Session, count, unhurried};

const OWN: &str = "flowbatch.flow";
const REFUSED: &str = "sandbox:InvalidParameter.Mobile";

/// 45 contracts without a number: 3 and 30 are refused, 7 breaks a rule.
fn input() -> Sheet {
    let refused = |n: usize| if [3, 30].contains(&n) { REFUSED } else { "" };
    contracts(45).with("flow_description", |n| refused(n).to_owned()).set(7, "approver.mobile", "1").keyless()
}

/// The same contracts in another file.
fn reversed(mut sheet: Sheet) -> Sheet {
    sheet.rows.reverse();
    sheet
}

/// A workbook as a person sees it.
pub fn opened(path: &Path) -> Sheet {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<String>>());
    Sheet { headers: rows.next().unwrap(), rows: rows.collect() }
}

/// As a spreadsheet program saves it: with all its properties.
pub fn saved(sheet: &Sheet, job: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new();
    workbook.set_properties(
        &properties.set_custom_property("flowbatch", "fix").set_custom_property("flowbatch.job", job),
    );
    let worksheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(std::iter::once(&sheet.headers).chain(&sheet.rows)) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

pub fn column(sheet: &Sheet, header: &str) -> usize {
    sheet.headers.iter().position(|own| own == header).unwrap()
}

/// Another mobile for everybody, and nothing that is refused: nothing resembles what it was.
fn corrected(mut sheet: Sheet) -> Sheet {
    let (mobiles, descriptions) = (column(&sheet, "approver.mobile"), column(&sheet, "flow_description"));
    for (number, row) in (1..).zip(&mut sheet.rows) {
        row[mobiles] = mobile(900 + number);
        row[descriptions] = String::new();
    }
    sheet
}

/// The number of the only job.
fn first_run(session: &Session, name: &str) -> String {
    session.run(["run", name, "--skip-invalid"]).exit(4).says("42 accepted").says("2 rejected");
    job_of(session, 0)
}

/// The newest comes first.
pub fn job_of(session: &Session, place: usize) -> String {
    let status = session.run(["status", "--json"]).exit(0).json();
    status["jobs"][place]["job"].as_str().unwrap().to_owned()
}

/// Names of contracts that were accepted, each time.
pub fn accepted(session: &Session) -> Vec<String> {
    let accepted = session.entries().into_iter().filter(|entry| entry.is_accepted());
    let mut names: Vec<String> =
        accepted.flat_map(|entry| entry.flows).map(|flow| flow.name.unwrap_or_default()).collect();
    names.sort();
    names
}

/// Each of the 45 once, and none more.
fn each_once(session: &Session) {
    let mut wanted: Vec<String> = (1..=45).map(|n| format!("劳动合同_{n}")).collect();
    wanted.sort();
    let mut got = accepted(session);
    // Pages that were withheld while bad contracts were looked for are none.
    got.dedup();
    assert_eq!(got, wanted);
}

#[test]
fn corrected_contracts_without_numbers_end_the_first_job() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let fix = opened(&session.path("m.fix.xlsx"));
    assert_eq!(fix.headers.last().unwrap(), OWN);
    let mut fixed = corrected(fix);
    // Sorted otherwise: what says which is which goes with its row.
    fixed.rows.reverse();
    let session = session.file("m.fix.xlsx", saved(&fixed, &first));
    session.run(["check", "m.fix.xlsx"]).exit(0).says("3 contracts can be sent");
    session.run(["run", "m.fix.xlsx"]).exit(0).says("3 accepted");
    let second = job_of(&session, 0);
    let report = session.report("m");
    assert_eq!(count(&report, "duplicate"), 3, "the first report says who has sent it");
    for row in [2, 6, 29] {
        assert!(report[row]["flowbatch.reason"].contains(&second), "{:?}", report[row]);
    }
    let before = session.entries().len();
    session.run(["retry", &first]).exit(0).says("3 duplicate").says("nothing to try again");
    session.run(["report", &first]).exit(0).says("3 duplicate");
    assert!(session.report("m")[2]["flowbatch.reason"].contains("in its stead"));
    assert!(!session.has("m.fix (2).xlsx"), "nothing is left to fix");
    session.run(["run", "m.csv", "--skip-invalid", "--json"]).exit(0).says("\"duplicate\": 3");
    // The same contracts in another file: what was corrected does not go as it was.
    let session = session.file("n.csv", reversed(input()).csv());
    session.run(["check", "n.csv"]).exit(3).says("44 more were sent before");
    session.run(["run", "n.csv", "--skip-invalid"]).exit(4).says("44 duplicate").says("1 invalid");
    assert_eq!(session.entries().len(), before);
    each_once(&session);
}

#[test]
fn a_correction_that_was_corrected_again_is_found_by_the_first_report() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    // Contract 30 is refused once more.
    let mut fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let description = column(&fixed, "flow_description");
    fixed.rows[2][description] = REFUSED.to_owned();
    let session = session.file("m.fix.xlsx", saved(&fixed, &first));
    session.run(["run", "m.fix.xlsx"]).exit(4).says("2 accepted").says("1 rejected");
    let second = job_of(&session, 0);
    let left = corrected(opened(&session.path("m.fix (2).xlsx")));
    assert_eq!(left.rows.len(), 1);
    let session = session.file("m.fix (2).xlsx", saved(&left, &second));
    session.run(["run", "m.fix (2).xlsx"]).exit(0).says("1 accepted");
    let third = job_of(&session, 0);
    let told = session.run(["report", &first]).exit(0);
    assert_eq!(count(&session.report("m"), "duplicate"), 3);
    // Each page of the corrections, with what is on it: the one that broke a rule is on one as well.
    told.says(&format!("{second}/P01 · 2 of this file"))
        .says(&format!("{third}/P01 · 1 of this file"))
        .says("if not confirmed yet: 2 pages");
}

#[test]
fn an_older_job_leaves_the_workbook_to_correct_of_a_newer_one() {
    let session = Session::new().file("m.csv", contracts(4).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--first", "2"]).exit(0);
    let first = job_of(&session, 0);
    let edited = contracts(4).set(4, "approver.mobile", "1").set(2, "flow_name", "改过的合同");
    let session = session.file("m.csv", edited.csv());
    session.run(["run", "m.csv", "--skip-invalid", "--allow-duplicates"]).exit(4).says("1 invalid");
    let workbook = std::fs::read(session.path("m.fix.xlsx")).unwrap();
    let report = std::fs::read(session.path("m.report.csv")).unwrap();
    for command in ["report", "retry"] {
        session.run([command, &first]);
        assert_eq!(std::fs::read(session.path("m.fix.xlsx")).unwrap(), workbook, "{command}");
        assert_eq!(std::fs::read(session.path("m.report.csv")).unwrap(), report, "{command}");
    }
}

#[test]
fn a_fix_workbook_that_was_saved_as_a_csv_says_the_same() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let mut fixed = corrected(opened(&session.path("m.fix.xlsx")));
    // Only two of them, and one that nobody has sent before.
    let own = column(&fixed, OWN);
    let mut added = fixed.rows[2].clone();
    added[column(&fixed, "flow_name")] = "加的合同".to_owned();
    added[own] = String::new();
    fixed.rows[2] = added;
    let session = session.file("fixed.csv", fixed.csv());
    session.run(["run", "fixed.csv"]).exit(0).says("3 accepted");
    session.run(["report", &first]).exit(4).says("2 duplicate").says("1 rejected");
    let report = session.report("m");
    let rejected: Vec<usize> = (0..45).filter(|row| report[*row].status() == "rejected").collect();
    assert_eq!(rejected, [29]);
    assert_eq!(opened(&session.path("m.fix.xlsx")).rows.len(), 1, "the other one is left to fix");
    let before = session.entries().len();
    session.run(["retry", &first]).exit(4);
    let later = &session.entries()[before..];
    assert!(
        later.iter().flat_map(|entry| &entry.flows).all(|flow| flow.name.as_deref() == Some("劳动合同_30"))
    );
}

/// The column is deleted, or a cell of it filled down: nobody knows which is which then.
#[test]
fn a_fix_workbook_that_does_not_say_what_it_corrects_is_not_sent() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let own = column(&fixed, OWN);
    let mut without = fixed.clone();
    without.headers.remove(own);
    without.rows.iter_mut().for_each(|row| drop(row.remove(own)));
    let before = session.entries().len();
    let session = session.file("m.fix.xlsx", saved(&without, &first));
    for command in ["check", "run"] {
        session.run([command, "m.fix.xlsx"]).exit(3).says(OWN).says(&format!("flowbatch report {first}"));
    }
    let mut filled = fixed.clone();
    filled.rows[1][own] = filled.rows[1][own].replace('/', "/1");
    let session = session.file("m.fix.xlsx", saved(&filled, &first));
    session.run(["run", "m.fix.xlsx"]).exit(3).says("this cell was changed");
    assert_eq!(session.entries().len(), before);
    // Cleared, it is a contract of its own.
    filled.rows[1][own] = String::new();
    let session = session.file("m.fix.xlsx", saved(&filled, &first));
    session.run(["run", "m.fix.xlsx"]).exit(0).says("3 accepted");
    // The workbook that was worked on stays, so there is another one for what is left.
    let report = session.report("m");
    assert_eq!((count(&report, "duplicate"), count(&report, "rejected")), (2, 0));
    assert_eq!(opened(&session.path("m.fix (2).xlsx")).rows.len(), 1);
}

/// One of them still breaks a rule and one was left as it was: what is left stands in one workbook.
#[test]
fn what_is_still_wrong_stands_in_one_workbook() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let mut fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let (mobiles, descriptions) = (column(&fixed, "approver.mobile"), column(&fixed, "flow_description"));
    fixed.rows[1][mobiles] = "2".to_owned();
    fixed.rows[2][descriptions] = REFUSED.to_owned();
    let session = session.file("m.fix.xlsx", saved(&fixed, &first));
    session.run(["run", "m.fix.xlsx", "--skip-invalid"]).exit(4).says("1 accepted").says("1 rejected");
    let names = session.names();
    let books: Vec<&String> =
        names.iter().filter(|name| name.contains(".fix") && !name.contains(".report.")).collect();
    assert_eq!(books, ["m.fix (2).xlsx", "m.fix.xlsx"]);
    let again = opened(&session.path("m.fix (2).xlsx"));
    assert_eq!(again.rows.len(), 2);
    // Both are the first job's, too: sent corrected, they end it.
    let fixed = saved(&corrected(again), &job_of(&session, 0));
    let session = session.file("m.fix (2).xlsx", fixed);
    session.run(["run", "m.fix (2).xlsx"]).exit(0).says("2 accepted");
    session.run(["retry", &first]).exit(0).says("3 duplicate").says("nothing to try again");
    each_once(&session);
    assert!(!session.has("m.fix (3).xlsx"));
}

/// What is refused again stands in another fix workbook, and is still the first one's.
#[test]
fn a_contract_that_is_corrected_twice_is_known_all_the_way() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let mut fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let descriptions = column(&fixed, "flow_description");
    fixed.rows[0][descriptions] = REFUSED.to_owned();
    let session = session.file("once.xlsx", saved(&fixed, &first));
    session.run(["run", "once.xlsx"]).exit(4).says("2 accepted").says("1 rejected");
    let second = job_of(&session, 0);
    assert_eq!(count(&session.report("m"), "rejected"), 1);
    let again = opened(&session.path("once.fix.xlsx"));
    assert_eq!(again.headers.iter().filter(|header| *header == OWN).count(), 1);
    assert_eq!(again.rows[0][column(&again, OWN)].split(' ').count(), 2);
    let session = session.file("twice.xlsx", saved(&corrected(again), &second));
    session.run(["run", "twice.xlsx"]).exit(0).says("1 accepted");
    for job in [&first, &second] {
        let before = session.entries().len();
        session.run(["retry", job]).exit(0).says("nothing to try again");
        assert_eq!(session.entries().len(), before);
    }
    each_once(&session);
}

/// Two corrections of one contract, or a correction of one that was sent after all, are a
/// question.
#[test]
fn a_contract_that_was_sent_meanwhile_is_a_question() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let session = session.file("a.xlsx", saved(&fixed, &first));
    session.run(["run", "a.xlsx"]).exit(0).says("3 accepted");
    let mut otherwise = fixed.clone();
    let mobiles = column(&otherwise, "approver.mobile");
    otherwise.rows[0][mobiles] = mobile(999);
    let session = session.file("b.xlsx", saved(&otherwise, &first));
    session.run(["check", "b.xlsx"]).exit(3).says("has sent this contract meanwhile");
    session.run(["run", "b.xlsx"]).exit(3).says("--allow-duplicates");
    each_once(&session);
    session.run(["run", "b.xlsx", "--allow-duplicates"]).exit(0).says("1 accepted").says("2 duplicate");
    // The first job sends one of its own after all.
    let refused_twice = |n: usize| if n == 3 { format!("{REFUSED}@6") } else { String::new() };
    let other = contracts(20).with("flow_description", refused_twice).keyless();
    let session = Session::new().file("o.csv", other.csv()).sandbox(unhurried());
    session.run(["run", "o.csv"]).exit(4).says("1 rejected");
    let job = job_of(&session, 0);
    let fixed = corrected(opened(&session.path("o.fix.xlsx")));
    while session.run(["retry", &job]).code == Some(4) {}
    assert_eq!(count(&session.report("o"), "accepted"), 20);
    let session = session.file("o.fix.xlsx", saved(&fixed, &job));
    session.run(["run", "o.fix.xlsx"]).exit(3).says(&job).says("meanwhile");
}

/// A correction that failed as well, and then the old one was sent after all: neither
/// that correction nor any other is tried again.
#[test]
fn a_correction_is_not_tried_again_once_the_old_one_was_sent() {
    let at_first = |n: usize| if n == 3 { format!("{REFUSED}@6") } else { String::new() };
    let input = contracts(20).with("flow_description", at_first).keyless();
    let session = Session::new().file("o.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "o.csv"]).exit(4).says("1 rejected");
    let first = job_of(&session, 0);
    let mut fixed = corrected(opened(&session.path("o.fix.xlsx")));
    let descriptions = column(&fixed, "flow_description");
    fixed.rows[0][descriptions] = REFUSED.to_owned();
    let mut other = fixed.rows[0].clone();
    let (names, own) = (column(&fixed, "flow_name"), column(&fixed, OWN));
    (other[names], other[descriptions], other[own]) = ("另一份".to_owned(), String::new(), String::new());
    fixed.rows.push(other);
    let session = session.file("fixed.xlsx", saved(&fixed, &first));
    session.run(["run", "fixed.xlsx"]).exit(4).says("1 accepted").says("1 rejected");
    let second = job_of(&session, 0);
    session.run(["retry", &first]).exit(0).says("20 accepted");
    let before = session.entries().len();
    session.run(["retry", &second]).exit(4).says("nothing to try again");
    assert_eq!(session.entries().len(), before);
}

/// A first part was sent, and a row of the rest was edited: the rest goes, and nothing twice.
#[test]
fn a_workbook_to_correct_that_was_sent_in_part_goes_on_when_it_was_edited() {
    let input = contracts(5).set(2, "approver.mobile", "1").set(4, "approver.mobile", "2");
    let mut session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4).says("3 accepted");
    let job = job_of(&session, 0);
    let mut fix = opened(&session.path("contracts.fix.xlsx"));
    let (mobiles, names) = (column(&fix, "approver.mobile"), column(&fix, "approver.name"));
    for (number, row) in (1..).zip(&mut fix.rows) {
        row[mobiles] = mobile(900 + number);
    }
    session = session.file("contracts.fix.xlsx", saved(&fix, &job));
    session.run(["run", "contracts.fix.xlsx", "--first", "1"]).says("1 accepted");
    fix.rows[1][names] = "测试丁".to_owned();
    session = session.file("contracts.fix.xlsx", saved(&fix, &job));
    session.run(["check", "contracts.fix.xlsx"]).exit(0).says("1 contract can be sent");
    session.run(["run", "contracts.fix.xlsx"]).exit(0).says("1 accepted");
    assert_eq!(session.accepted().len(), 5);
    assert!(session.accepted().values().all(|times| *times == 1), "{:?}", session.accepted());
}

/// A correction that nobody has heard of yet: the old one waits for it.
#[test]
fn nothing_goes_as_it_was_while_its_correction_is_open() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let first = first_run(&session, "m.csv");
    let fixed = corrected(opened(&session.path("m.fix.xlsx")));
    let session = session.file("fixed.xlsx", saved(&fixed, &first));
    // One of three is sent; the others wait.
    session.run(["run", "fixed.xlsx", "--first", "1"]).exit(0).says("1 accepted");
    let second = job_of(&session, 0);
    let before = session.entries().len();
    session.run(["retry", &first]).exit(5).says(&second);
    let session = session.file("n.csv", reversed(input()).csv());
    session
        .run(["run", "n.csv", "--skip-invalid"])
        .exit(4)
        .says("43 duplicate")
        .says("still waits to be sent");
    assert_eq!(session.entries().len(), before);
    session.run(["run", "fixed.xlsx"]).exit(0).says("3 accepted");
    session.run(["retry", &first]).exit(0).says("3 duplicate");
    each_once(&session);
}

#[test]
fn a_retry_that_stops_because_all_are_refused_alike_goes_on() {
    let refused = |n: usize| if [3, 5, 9].contains(&n) { "sandbox:InvalidParameter.ParamError" } else { "" };
    let input = contracts(12).with("flow_description", |n| refused(n).to_owned()).keyless();
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(4).says("9 accepted").says("3 rejected");
    let job = job_of(&session, 0);
    let fix = opened(&session.path("m.fix.xlsx"));
    session.run(["retry", &job]).says("all refused alike").says("3 pending");
    // Whoever has corrected them meanwhile is not told to take them out.
    let session = session.file("m.fix.xlsx", saved(&corrected(fix), &job));
    session
        .run(["run", "m.fix.xlsx"])
        .exit(3)
        .says("still waits to be sent by job")
        .never_says("take the row out");
    session.run(["retry", &job]).says("3 pending").never_says("nothing to try again");
    session.run(["retry", &job, "--keep-going"]).exit(4).says("3 rejected");
    session.run(["run", "m.fix.xlsx"]).exit(0).says("3 accepted");
}

/// The same file was run with another answer, which made another job of it: the refused contract went as it was, and
/// its correction must not go as well.
#[test]
fn what_went_as_it_was_with_a_later_job_of_the_same_file_goes_in_no_correction() {
    let at_first = |n: usize| if n == 3 { format!("{REFUSED}@6") } else { String::new() };
    let input = contracts(20).with("flow_description", at_first).keyless();
    let session = Session::new().file("o.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "o.csv", "--odd-rows", "skip"]).exit(4).says("1 rejected");
    let fixed = corrected(opened(&session.path("o.fix.xlsx")));
    let first = job_of(&session, 0);
    while session.run(["run", "o.csv", "--odd-rows", "send"]).code == Some(4) {
        session.run(["retry", &job_of(&session, 0)]);
    }
    // Pages that were withheld while bad contracts were looked for are none.
    let mut names = accepted(&session);
    names.dedup();
    assert_eq!(names.len(), 20);
    let sent = session.entries().len();
    let session = session.file("o.fix.xlsx", saved(&fixed, &first));
    session.run(["check", "o.fix.xlsx"]).exit(3).says("meanwhile");
    session.run(["run", "o.fix.xlsx"]).exit(3).says("meanwhile");
    assert_eq!(session.entries().len(), sent);
}

/// An answer from memory makes the same job of a file as the option that was remembered: nothing that was refused goes
/// once more by the way, and nothing is told twice.
#[test]
fn a_file_whose_answer_was_remembered_is_the_same_job_without_the_option() {
    let refused = |n: usize| if n == 3 { REFUSED.to_owned() } else { String::new() };
    let mut input = contracts(20).with("flow_description", refused).keyless();
    let mut note = vec![String::new(); input.headers.len()];
    "合计：王五".clone_into(&mut note[column(&input, "approver.name")]);
    note[column(&input, "approver.mobile")] = mobile(777);
    input.rows.push(note);
    let session = Session::new().file("o.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "o.csv"]).exit(3).says("--odd-rows");
    session.run(["run", "o.csv", "--odd-rows", "skip", "--remember"]).exit(4).says("1 rejected");
    let (job, sent) = (job_of(&session, 0), session.entries().len());
    for options in [&[][..], &["--odd-rows", "skip"]] {
        let ran = session.run(["run", "o.csv"].iter().chain(options)).exit(4);
        assert_eq!((ran.stdout.as_str(), job_of(&session, 0)), ("", job.clone()));
    }
    assert_eq!(session.entries().len(), sent);
}

/// Two workbooks to correct of one refused contract, of two jobs of the same file: one of them goes.
#[test]
fn a_contract_that_was_refused_in_two_jobs_is_corrected_once() {
    let refused = |n: usize| if n == 3 { REFUSED.to_owned() } else { String::new() };
    let input = contracts(5).with("flow_description", refused).keyless();
    let session = Session::new().file("o.csv", input.csv()).sandbox(unhurried());
    let fix = |odd: &str| {
        session.run(["run", "o.csv", "--odd-rows", odd]).exit(4);
        (corrected(opened(&session.path("o.fix.xlsx"))), job_of(&session, 0))
    };
    let ((first, one), (mut second, other)) = (fix("skip"), fix("send"));
    let mobiles = column(&second, "approver.mobile");
    second.rows[0][mobiles] = mobile(555);
    let session = session.file("one.xlsx", saved(&first, &one)).file("other.xlsx", saved(&second, &other));
    session.run(["run", "one.xlsx"]).exit(0).says("1 accepted");
    let sent = session.entries().len();
    session.run(["check", "other.xlsx"]).exit(3).says("meanwhile");
    session.run(["run", "other.xlsx"]).exit(3);
    assert_eq!(session.entries().len(), sent);
}
