//! What was remembered has left rows out of a file; later they are meant. The file is the same, byte for byte.

use crate::sheets::{Sheet, contracts, contracts_from, workbook};
use crate::support::{Session, count, unhurried};

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
fn is_over(session: &Session, file: &str) {
    let sent = session.entries().len();
    session.run(["run", file]).exit(0);
    let ran = session.run(["run", file]).exit(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), session.entries().len()), ("", "", sent));
}

#[track_caller]
fn each_went_once(session: &Session, contracts: usize) {
    let accepted = session.accepted();
    assert_eq!((accepted.len(), accepted.values().all(|times| *times == 1)), (contracts, true));
}

/// Nothing of it is sent, and whoever runs it is told that some of it has not gone.
#[track_caller]
fn tells_of_the_rest(session: &Session, words: &[&str]) {
    let sent = session.entries().len();
    let ran = session.run(words).exit(0).says("--again=rest");
    assert_eq!((ran.stdout.as_str(), session.entries().len()), ("", sent));
}

#[test]
fn rows_that_a_remembered_answer_left_out_go_when_it_is_forgotten() {
    let session = first_lot_sent(&[]);
    each_went_once(&session, 5);
    is_over(&session, "b.csv");
    session.run(["run", "b.csv", "--forget"]).exit(0).says("3 accepted").never_says("--again=rest");
    each_went_once(&session, 8);
    is_over(&session, "b.csv");
    is_over(&session, "a.csv");
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("nothing was sent now");
    // The report tells of all of them, with their links.
    let report = session.report("b");
    assert_eq!(report.len(), 6);
    session.check_links(&report);
}

/// What is remembered of another file, or was lost, sends nothing of one that is finished: it tells that there is more.
/// In a folder it does so once.
#[test]
fn a_finished_file_tells_what_other_answers_would_send_of_it_and_sends_nothing() {
    let session = first_lot_sent(&[]);
    let third = contracts_from(21, 22).with("批次", |_| "二".to_owned());
    let session = session.file("c.csv", third.csv());
    for words in [
        &["check", "c.csv", "--where", "批次=二", "--remember"][..],
        &["run", "c.csv", "--where", "批次=二", "--remember"],
        &["check", "c.csv", "--map", "批次=ignore", "--remember"],
        &["check", "c.csv", "--forget"],
    ] {
        session.run(words).exit(0);
        tells_of_the_rest(&session, &["run", "b.csv"]);
    }
    let json = session.run(["run", "b.csv", "--json"]).exit(0).json();
    assert!(json.to_string().contains("file.rest_left_out"), "{json}");
    // Whoever gives several files, as cron does, has been told.
    let session = session.file("d.csv", contracts_from(41, 42).csv());
    session.run(["run", "d.csv"]).exit(0);
    let sent = session.entries().len();
    let ran = session.run(["run", "b.csv", "d.csv"]).exit(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str(), session.entries().len()), ("", "", sent));
    each_went_once(&session, 9);
    session.run(["check", "b.csv"]).exit(0).says("--again=rest");
    // What is remembered besides stays so.
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("3 accepted");
    is_over(&session, "b.csv");
    each_went_once(&session, 12);
    // Both lots are remembered, in whichever order, or fewer of them: nothing of it is new.
    for lots in ["批次=一", "批次=二"] {
        session.run(["run", "a.csv", "--where", lots, "--remember"]);
        let ran = session.run(["run", "b.csv"]).exit(0);
        assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    }
}

/// The trial of the first lot is carried on as it was begun; then it is told that there is more.
#[test]
fn a_trial_that_was_begun_with_fewer_rows_tells_of_the_others() {
    let session = first_lot_sent(&["--first", "1"]);
    each_went_once(&session, 3);
    session.run(["run", "b.csv", "--forget", "--again"]).exit(0).says("3 accepted").says("--again=rest");
    each_went_once(&session, 5);
    tells_of_the_rest(&session, &["run", "b.csv"]);
    session.run(["run", "b.csv", "--again=rest", "--first", "2"]).exit(0).says("2 accepted");
    each_went_once(&session, 7);
    session.run(["run", "b.csv"]).exit(0).says("3 accepted");
    each_went_once(&session, 8);
    is_over(&session, "b.csv");
}

/// What cannot go of the rest is told, and not taken for done.
#[test]
fn rows_of_the_rest_that_cannot_go_are_told() {
    let other = contracts_from(11, 12).with("批次", |_| "一".to_owned());
    let bad =
        ["2", "4", "6"].iter().fold(lots(), |sheet, n| sheet.set(n.parse().unwrap(), "approver.mobile", "1"));
    let session = Session::new().file("a.csv", other.csv()).file("b.csv", bad.csv()).sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    session.run(["run", "b.csv"]).exit(0).says("3 accepted");
    session.run(["run", "b.csv", "--forget"]).exit(3);
    assert!(session.has("b.check.xlsx"));
    session.run(["run", "b.csv", "--forget", "--skip-invalid"]).exit(4);
    assert_eq!(count(&session.report("b"), "invalid"), 3);
    each_went_once(&session, 5);
}

/// The data was erased: what was meant is kept in hashes.
#[test]
fn the_rest_of_a_file_whose_data_was_erased_goes_when_the_answer_is_forgotten() {
    let session = first_lot_sent(&[]);
    session.run(["purge", "--yes", "--older-than", "0s"]).exit(0);
    session.run(["run", "b.csv"]).exit(0).never_says("--again=rest");
    session.run(["check", "a.csv", "--forget"]).exit(0);
    tells_of_the_rest(&session, &["run", "b.csv"]);
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("3 accepted");
    each_went_once(&session, 8);
    is_over(&session, "b.csv");
}

/// The file on which it was said is met as sent by the plain passes, too; whatever is remembered since.
#[test]
fn the_file_on_which_an_answer_was_said_stays_sent() {
    for (column, answer, other) in [
        ("批次", &["--where", "批次=一"][..], &["--where", "批次=二"][..]),
        ("是否签", &["--map", "是否签=send"], &["--map", "是否签=ignore"]),
    ] {
        for has_passed in [false, true] {
            let value = |n: usize| match (column, n.is_multiple_of(2)) {
                ("批次", even) => if even { "二" } else { "一" }.to_owned(),
                (_, even) => if even { "否" } else { "是" }.to_owned(),
            };
            let list = |first: usize| contracts_from(first, first + 3).with(column, value).csv();
            let session = Session::new().file("a.csv", list(1)).file("c.csv", list(11)).sandbox(unhurried());
            session.run(["run", "a.csv", "--remember"].iter().chain(answer)).exit(0).says("2 accepted");
            if has_passed {
                is_over(&session, "a.csv");
            }
            session.run(["check", "c.csv", "--remember"].iter().chain(other)).exit(0);
            tells_of_the_rest(&session, &["run", "a.csv"]);
            tells_of_the_rest(&session, &["run", "a.csv"]);
            session.run(["run", "a.csv", "--again=rest"]).exit(0).says("2 accepted");
            is_over(&session, "a.csv");
            each_went_once(&session, 4);
        }
    }
}

/// It is told as long as it is true: not where nothing was left out, and not once another run has sent it.
#[test]
fn nothing_is_told_of_a_rest_that_there_is_not() {
    let only_first = contracts_from(31, 33).with("批次", |_| "一".to_owned());
    let session = first_lot_sent(&[]).file("whole.csv", only_first.csv());
    session.run(["run", "whole.csv"]).exit(0).says("3 accepted");
    session.run(["check", "a.csv", "--forget"]).exit(0);
    is_over(&session, "whole.csv");
    tells_of_the_rest(&session, &["run", "b.csv"]);
    // By the words that it was told with.
    session.run(["run", "b.csv", "--where", "批次=二"]).exit(0).says("3 accepted");
    is_over(&session, "b.csv");
    each_went_once(&session, 11);
}

/// A memory that cannot be read has not forgotten: nothing is sent by what it might say.
#[test]
fn a_memory_that_cannot_be_read_stops() {
    let session = first_lot_sent(&[]);
    let kept = std::fs::read(session.state("columns.json")).unwrap();
    std::fs::write(session.state("columns.json"), &kept[..kept.len() / 2]).unwrap();
    let new = contracts_from(31, 32).with("批次", |n| if n == 1 { "一" } else { "二" }.to_owned());
    let session = session.file("n.csv", new.csv());
    for words in [["check", "n.csv"], ["run", "n.csv"], ["run", "b.csv"]] {
        session.run(words).exit(2).says("columns.json");
    }
    session.run(["run", "n.csv", "--map", "批次=ignore", "--remember"]).exit(2).says("columns.json");
    each_went_once(&session, 5);
    std::fs::write(session.state("columns.json"), &kept).unwrap();
    session.run(["run", "n.csv"]).exit(0).says("1 accepted");
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
    tells_of_the_rest(&session, &["run", "b.csv"]);
    session.run(["run", "a.csv", "--forget"]).exit(3).says("--odd-rows");
    session.run(["run", "a.csv"]).exit(0);
    assert_eq!(session.entries().len(), 2);
    session.run(["run", "b.csv", "--odd-rows", "skip"]).exit(0);
    session.run(["run", "b.csv"]).exit(0);
    assert_eq!(session.entries().len(), 2);
}

#[test]
fn another_sheet_is_asked_about_when_the_one_that_was_remembered_is_forgotten() {
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
    tells_of_the_rest(&session, &["run", "b.xlsx"]);
    session.run(["run", "b.xlsx", "--forget"]).exit(3).says("--sheet");
    session.run(["run", "b.xlsx", "--sheet", "十月"]).exit(0).says("2 accepted");
    each_went_once(&session, 8);
}

/// One more answer on the command line hides not that memory had chosen the sheet.
#[test]
fn a_sheet_that_memory_has_chosen_is_asked_about_without_it() {
    let (mut september, october) = (contracts_from(1, 2).keyless(), contracts_from(6, 7).keyless());
    let mut note = vec![String::new(); september.headers.len()];
    let at = |header: &str| september.headers.iter().position(|own| own == header).unwrap();
    let (names, mobiles) = (at("approver.name"), at("approver.mobile"));
    "合计：王五".clone_into(&mut note[names]);
    "13800000977".clone_into(&mut note[mobiles]);
    september.rows.push(note);
    let plain = |first: usize| contracts_from(first, first + 1).keyless();
    let plain = workbook(&[("九月", &plain(21)), ("十月", &plain(26))]);
    let session = Session::new()
        .file("a.xlsx", plain)
        .file("b.xlsx", workbook(&[("九月", &september), ("十月", &october)]))
        .sandbox(unhurried());
    session.run(["run", "a.xlsx", "--sheet", "九月", "--remember"]).exit(0);
    session.run(["run", "b.xlsx", "--odd-rows", "skip"]).exit(0).says("2 accepted");
    session.run(["check", "a.xlsx", "--forget"]).exit(3);
    session.run(["run", "b.xlsx"]).exit(3).says("--sheet");
}

/// Several windows at once: no answer takes another one back.
#[test]
fn answers_that_are_remembered_at_the_same_time_are_all_kept() {
    const WINDOWS: usize = 6;
    let header = |at: usize| format!("批次{at}");
    let list =
        |at: usize| contracts_from(1, 3).with(&header(at), |n| if n == 1 { "一" } else { "二" }.to_owned());
    let session =
        (0..WINDOWS).fold(Session::new(), |session, at| session.file(&format!("{at}.csv"), list(at).csv()));
    let running: Vec<_> = (0..WINDOWS)
        .map(|at| {
            let (file, only) = (format!("{at}.csv"), format!("{}=一", header(at)));
            session.start(["check", &file, "--where", &only, "--remember"])
        })
        .collect();
    running.into_iter().for_each(|running| drop(running.wait().exit(0)));
    for at in 0..WINDOWS {
        let checked = session.run(["check", &format!("{at}.csv"), "--json"]).exit(0).json();
        assert!(checked.to_string().contains("sheet.answered_before"), "{at}: {checked}");
    }
}

const REFUSED: &str = "sandbox:InvalidParameter.Mobile";

/// What the API has refused waits in its workbook: it is none of what was left out, and hides none of it.
#[test]
fn contracts_that_were_refused_are_not_taken_for_the_rest() {
    let refused = |n: usize| if n == 1 { REFUSED.to_owned() } else { String::new() };
    let of = |first: usize| {
        contracts_from(first, first + 2).with("批次", |n| if n == 3 { "二" } else { "一" }.to_owned())
    };
    let session = Session::new()
        .file("a.csv", of(11).with("flow_description", |_| String::new()).csv())
        .file("b.csv", of(1).with("flow_description", refused).csv())
        .sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0).says("2 accepted");
    session.run(["run", "b.csv"]).exit(4).says("1 accepted").says("1 rejected");
    let sent = session.entries().len();
    session.run(["check", "a.csv", "--forget"]).exit(0);
    for _ in 0..2 {
        session.run(["run", "b.csv"]).exit(4).says("left out 1 of its contracts").says("--again=rest");
    }
    assert_eq!(session.entries().len(), sent);
    session.run(["check", "b.csv"]).exit(0).says("--again=rest");
    session.run(["run", "b.csv", "--where", "批次=二"]).exit(0).says("1 accepted");
    session.run(["run", "b.csv"]).exit(4).never_says("--again=rest");
    each_went_once(&session, 4);
}

/// A pass with the options that are not remembered is the same pass without the answer.
#[test]
fn a_pass_with_other_options_stays_sent_too() {
    let months = |first: usize| {
        let lot = |n: usize| if n == 1 { "一" } else { "二" }.to_owned();
        let list = |first: usize| contracts_from(first, first + 1).with("批次", lot);
        workbook(&[("九月", &list(first)), ("十月", &list(first + 5))])
    };
    let session = Session::new().file("s.xlsx", months(1)).file("c.xlsx", months(21)).sandbox(unhurried());
    let all = ["run", "s.xlsx", "--all-sheets"];
    session.run(all.iter().chain(&["--where", "批次=一", "--remember"])).exit(0).says("2 accepted");
    session.run(["check", "c.xlsx", "--all-sheets", "--forget"]).exit(0);
    tells_of_the_rest(&session, &all);
    session.run(all.iter().chain(&["--again=rest"])).exit(0).says("2 accepted");
    each_went_once(&session, 4);
    let ran = session.run(all).exit(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}
