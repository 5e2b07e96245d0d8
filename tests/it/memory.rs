//! What was remembered has left rows out of a file; later they are meant. The file is the same, byte for byte.

use crate::sheets::{Sheet, contracts, contracts_from, workbook};
use crate::support::{Ran, Session, count, unhurried};

/// Six contracts of two lots, those with an even number in the second.
fn lots() -> Sheet {
    contracts(6).with("批次", |n| if n % 2 == 0 { "二" } else { "一" }.to_owned())
}

/// A file of the first lot was sent, with that remembered; then one with the same headers, of which the first lot went.
fn first_lot_sent(more: &[&str]) -> Session {
    let other = contracts_from(11, 12).with("批次", |_| "一".to_owned());
    let session = Session::new().file("a.csv", other.csv()).file("b.csv", lots().csv()).sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0).says("2 accepted");
    session.run(["run", "b.csv"].iter().chain(more)).exit(0);
    session
}

/// Nothing more is sent of it, by however many passes.
#[track_caller]
fn is_over(session: &Session, file: &str) -> Ran {
    let sent = session.entries().len();
    session.run(["run", file]).exit(0);
    let ran = session.run(["run", file]).exit(0);
    assert_eq!((ran.stdout.as_str(), session.entries().len()), ("", sent));
    ran
}

#[track_caller]
fn each_went_once(session: &Session, contracts: usize) {
    let accepted = session.accepted();
    assert_eq!((accepted.len(), accepted.values().all(|times| *times == 1)), (contracts, true));
}

#[test]
fn rows_that_a_remembered_answer_left_out_go_when_it_is_forgotten() {
    let session = first_lot_sent(&[]);
    each_went_once(&session, 5);
    session.run(["run", "b.csv", "--forget"]).exit(0).says("3 accepted");
    each_went_once(&session, 8);
    is_over(&session, "b.csv");
    // The report tells of all of them, with their links.
    let report = session.report("b");
    assert_eq!(report.len(), 6);
    session.check_links(&report);
}

#[test]
fn rows_of_another_lot_go_when_that_lot_is_remembered_instead() {
    let session = first_lot_sent(&[]);
    let third = contracts_from(21, 22).with("批次", |_| "二".to_owned());
    let session = session.file("c.csv", third.csv());
    session.run(["run", "c.csv", "--where", "批次=二", "--remember"]).exit(0).says("2 accepted");
    session.run(["run", "b.csv"]).exit(0).says("3 accepted");
    each_went_once(&session, 10);
    is_over(&session, "b.csv");
    // The first lot once more: all of it has gone.
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    is_over(&session, "b.csv");
    each_went_once(&session, 10);
}

/// The trial of the first lot is carried on as it was begun, and then the others go.
#[test]
fn a_trial_that_was_begun_with_fewer_rows_is_followed_by_the_others() {
    let session = first_lot_sent(&["--first", "1"]);
    each_went_once(&session, 3);
    session.run(["run", "b.csv", "--forget"]).exit(0).says("3 accepted");
    each_went_once(&session, 8);
    is_over(&session, "b.csv");
}

/// What is remembered later makes no finished file run once more: neither another name of a column, nor fewer rows.
#[test]
fn what_is_remembered_later_leaves_finished_files_alone() {
    let (first, second) = (lots().with("说明", |_| "甲".to_owned()), contracts_from(11, 13));
    let second = second.with("批次", |_| "一".to_owned()).with("说明", |_| "甲".to_owned());
    let session = Session::new().file("a.csv", first.csv()).file("b.csv", second.csv()).sandbox(unhurried());
    session.run(["run", "a.csv"]).exit(0).says("6 accepted");
    let sent = session.entries().len();
    session
        .run(["run", "b.csv", "--where", "批次=一", "--map", "说明=flow_description", "--remember"])
        .exit(0);
    assert_eq!(session.entries().len(), sent + 1);
    let ran = session.run(["run", "a.csv"]).exit(0);
    assert_eq!((ran.stdout.as_str(), session.entries().len()), ("", sent + 1));
    assert_eq!(count(&session.report("a"), "accepted"), 6);
}

/// A line that looks like a total was left out by what was said of an earlier file: once that is forgotten it is asked
/// about. Who has said it of the very same file is asked as long as he takes it back.
#[test]
fn a_line_that_was_left_out_once_is_asked_again_when_that_is_forgotten() {
    let with_total = |first: usize| {
        let mut input = contracts_from(first, first + 3).keyless();
        let mut note = vec![String::new(); input.headers.len()];
        let at = |header: &str| input.headers.iter().position(|own| own == header).unwrap();
        "合计：王五".clone_into(&mut note[at("approver.name")]);
        "13800000977".clone_into(&mut note[at("approver.mobile")]);
        input.rows.push(note);
        input.csv()
    };
    let session =
        Session::new().file("a.csv", with_total(1)).file("b.csv", with_total(11)).sandbox(unhurried());
    session.run(["run", "a.csv", "--odd-rows", "skip", "--remember"]).exit(0).says("4 accepted");
    session.run(["run", "b.csv"]).exit(0).says("4 accepted");
    is_over(&session, "b.csv");
    session.run(["run", "b.csv", "--forget"]).exit(3).says("--odd-rows");
    session.run(["run", "b.csv"]).exit(3);
    session.run(["run", "a.csv", "--forget"]).exit(3).says("--odd-rows");
    session.run(["run", "a.csv"]).exit(0);
    assert_eq!(session.entries().len(), 2);
    session.run(["run", "b.csv", "--odd-rows", "skip"]).exit(0);
    session.run(["run", "b.csv"]).exit(0);
    assert_eq!(session.entries().len(), 2);
}

#[test]
fn another_sheet_goes_when_that_is_remembered_instead() {
    let months = |first: usize| {
        workbook(&[
            ("九月", &contracts_from(first, first + 1)),
            ("十月", &contracts_from(first + 5, first + 6)),
        ])
    };
    let session = Session::new()
        .file("a.xlsx", months(1))
        .file("b.xlsx", months(11))
        .file("c.xlsx", months(21))
        .sandbox(unhurried());
    session.run(["run", "a.xlsx", "--sheet", "九月", "--remember"]).exit(0);
    session.run(["run", "b.xlsx"]).exit(0).says("2 accepted");
    session.run(["run", "c.xlsx", "--sheet", "十月", "--remember"]).exit(0);
    session.run(["run", "b.xlsx"]).exit(0).says("2 accepted");
    is_over(&session, "b.xlsx");
    each_went_once(&session, 8);
}
