//! A further round of a file that was sent: what is known of its rows from before counts, whatever is remembered now. What
//! went goes no more, and what the API has refused waits in the workbook to correct.

use crate::action::started as of_ledger;
use crate::corrected::{accepted, column, job_of, opened, saved};
use crate::sheets::{Sheet, contracts, contracts_from, id, mobile, workbook};
use crate::support::{Line, Session, count, mark, unhurried};

const REFUSED: &str = "sandbox:InvalidParameter.Mobile";

fn lot(n: usize) -> String {
    if n.is_multiple_of(2) { "二" } else { "一" }.to_owned()
}

/// Six contracts without numbers, of two lots: the third is refused, the fifth breaks a rule where that is wanted.
fn lots(has_invalid: bool) -> Sheet {
    let refused = |n: usize| if n == 3 { REFUSED } else { "" }.to_owned();
    let sheet = contracts(6).with("批次", lot).with("flow_description", refused).keyless();
    if has_invalid { sheet.set(5, "approver.mobile", "1") } else { sheet }
}

/// The first lot of it was sent by what was remembered of another file, and then that was forgotten.
fn first_lot_sent(input: &Sheet, more: &[&str]) -> Session {
    let other =
        contracts_from(11, 12).with("批次", |_| "一".to_owned()).with("flow_description", |_| String::new());
    let session =
        Session::new().file("a.csv", other.keyless().csv()).file("b.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    // One a page: no survivor of a split chunk is prepared twice.
    session.run(["run", "b.csv", "--per-page", "1"].iter().chain(more)).exit(4).says("1 rejected");
    session.run(["check", "a.csv", "--forget"]).exit(0);
    session
}

/// A workbook to correct, with the mobile of everybody corrected and nothing that is refused.
fn fixed(session: &Session, name: &str, job: &str) -> Vec<u8> {
    let mut sheet = opened(&session.path(name));
    let (mobiles, descriptions) = (column(&sheet, "approver.mobile"), column(&sheet, "flow_description"));
    for (number, row) in (1..).zip(&mut sheet.rows) {
        row[mobiles] = mobile(900 + number);
        row[descriptions] = String::new();
    }
    saved(&sheet, job)
}

/// How often requests carried a contract of that name.
fn tries(session: &Session, name: &str) -> usize {
    let flows = session.entries().into_iter().flat_map(|entry| entry.flows);
    flows.filter(|flow| flow.name.as_deref() == Some(name)).count()
}

#[track_caller]
fn each_went_once(session: &Session) {
    let names = accepted(session);
    for number in 1..=6 {
        let name = format!("劳动合同_{number}");
        assert_eq!(names.iter().filter(|own| **own == name).count(), 1, "{name} in {names:?}");
    }
}

/// Whoever reads the report can open the page of each contract that went.
#[track_caller]
fn has_links(report: &[Line]) {
    let told = |line: &Line| match line.status() {
        "accepted" => line.url().starts_with("http"),
        "duplicate" => {
            ["https://", "corrected, and sent by"].iter().any(|own| line["flowbatch.reason"].contains(own))
        }
        _ => true,
    };
    assert!(report.iter().all(told), "{report:?}");
}

#[test]
fn what_was_refused_waits_in_its_workbook_while_the_rest_goes() {
    let session = first_lot_sent(&lots(false), &[]);
    let tried = tries(&session, "劳动合同_3");
    session.run(["run", "b.csv"]).exit(4).says("left out 3 of its contracts").says("--again=rest");
    let ran = session.run(["run", "b.csv", "--again=rest"]).exit(4);
    ran.says("3 accepted").says("1 rejected").says("2 duplicate");
    assert_eq!(tries(&session, "劳动合同_3"), tried, "it does not go as it stands");
    // The report says why, and its workbook has it.
    let report = session.report("b");
    let statuses: Vec<&str> = report.iter().map(|line| line.status()).collect();
    assert_eq!(statuses, ["duplicate", "accepted", "rejected", "accepted", "duplicate", "accepted"]);
    assert_eq!(report[2].code(), "InvalidParameter.Mobile");
    has_links(&report);
    assert_eq!(opened(&session.path("b.fix.xlsx")).rows.len(), 1);
    // Nothing is left but that.
    let sent = session.entries().len();
    session.run(["run", "b.csv", "--again=rest"]).exit(4).says("nothing was sent now").never_says("left out");
    session.run(["run", "b.csv"]).exit(4);
    assert_eq!(session.entries().len(), sent);
    let fix = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
    let session = session.file("b.fix.xlsx", fix);
    session.run(["run", "b.fix.xlsx"]).exit(0).says("1 accepted");
    each_went_once(&session);
    // Both rounds have ended well.
    session.run(["run", "b.csv"]).exit(0);
    for place in [1, 2] {
        session.run(["report", &job_of(&session, place)]).exit(0).never_says("rejected");
    }
}

/// The workbook of the first round was in somebody's hands already: of that and the newer one only one goes.
#[test]
fn either_workbook_of_what_was_refused_settles_it() {
    for newer_first in [false, true] {
        let session = first_lot_sent(&lots(false), &[]);
        let old = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
        session.run(["run", "b.csv", "--again=rest"]).exit(4).says("3 accepted");
        let new = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
        let session = session.file("old.xlsx", old).file("new.xlsx", new);
        let (first, second) = if newer_first { ("new.xlsx", "old.xlsx") } else { ("old.xlsx", "new.xlsx") };
        session.run(["run", first]).exit(0).says("1 accepted");
        session.run(["run", "b.csv"]).exit(0);
        // The second one is the very same, or is asked about where it is not.
        let mut other = opened(&session.path(second));
        let mobiles = column(&other, "approver.mobile");
        other.rows[0][mobiles] = mobile(950);
        let job = job_of(&session, if newer_first { 2 } else { 1 });
        let session = session.file(second, saved(&other, &job));
        session.run(["run", second]).exit(3);
        each_went_once(&session);
        session.run(["run", "b.csv"]).exit(0);
    }
}

#[test]
fn what_was_corrected_before_the_rest_goes_is_no_part_of_it() {
    let session = first_lot_sent(&lots(true), &["--skip-invalid"]);
    let fix = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
    assert_eq!(opened(&session.path("b.fix.xlsx")).rows.len(), 2, "one was refused, one breaks a rule");
    let session = session.file("b.fix.xlsx", fix);
    session.run(["run", "b.fix.xlsx"]).exit(0).says("2 accepted");
    session.run(["run", "b.csv"]).exit(0).says("left out 3 of its contracts");
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("3 accepted").says("3 duplicate");
    let report = session.report("b");
    has_links(&report);
    each_went_once(&session);
    let sent = session.entries().len();
    session.run(["run", "b.csv"]).exit(0).never_says("--again=rest");
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("nothing was sent now");
    assert_eq!(session.entries().len(), sent);
}

/// What is read otherwise by now went all the same.
#[test]
fn rows_that_went_are_no_rest_whatever_they_say_now() {
    for (keyless, more) in
        [(false, None), (true, None), (false, Some("--allow-duplicates")), (true, Some("--allow-duplicates"))]
    {
        let mut input = contracts(6).with("批次", lot).with("说明", |n| format!("甲{n}"));
        let mut other =
            contracts_from(11, 12).with("批次", |_| "一".to_owned()).with("说明", |_| "乙".to_owned());
        if keyless {
            (input, other) = (input.keyless(), other.keyless());
        }
        let session =
            Session::new().file("a.csv", other.csv()).file("b.csv", input.csv()).sandbox(unhurried());
        let answers = ["--where", "批次=一", "--map", "说明=flow_description", "--remember"];
        session.run(["run", "a.csv"].iter().chain(&answers)).exit(0);
        session.run(["run", "b.csv"]).exit(0).says("3 accepted");
        session.run(["check", "a.csv", "--forget"]).exit(0);
        session.run(["run", "b.csv"]).exit(0).says("left out 3 of its contracts");
        session.run(["run", "b.csv", "--again=rest"].into_iter().chain(more)).exit(0).says("3 accepted");
        let report = session.report("b");
        assert_eq!((count(&report, "accepted"), count(&report, "duplicate")), (3, 3));
        has_links(&report);
        each_went_once(&session);
        let sent = session.entries().len();
        session.run(["run", "b.csv"]).exit(0).never_says("--again=rest");
        session.run(["run", "b.csv", "--again=rest"]).exit(0);
        assert_eq!(session.entries().len(), sent);
    }
}

/// A row of the rest breaks a rule, and went from a corrected copy of the file.
#[test]
fn a_row_that_went_from_a_corrected_copy_is_asked_about_no_more() {
    let other = contracts_from(11, 12).with("批次", |_| "一".to_owned());
    let good = contracts(6).with("批次", lot);
    let session = Session::new()
        .file("a.csv", other.csv())
        .file("b.csv", good.clone().set(4, "approver.mobile", "1").csv())
        .file("copy.csv", good.csv())
        .sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    session.run(["run", "b.csv"]).exit(0).says("3 accepted");
    session.run(["check", "a.csv", "--forget"]).exit(0);
    session.run(["run", "b.csv"]).exit(0).says("left out 2 of its contracts");
    session.run(["run", "b.csv", "--again=rest"]).exit(3).says("approver.mobile");
    session.run(["run", "copy.csv"]).exit(0).says("3 accepted");
    let sent = session.entries().len();
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("nothing was sent now");
    session.run(["run", "b.csv"]).exit(0).never_says("--again=rest");
    assert_eq!(session.entries().len(), sent);
    each_went_once(&session);
}

/// Programs are told in numbers, also where the data of the file was erased.
#[test]
fn programs_are_told_of_the_rest() {
    let input = contracts(6).with("批次", lot);
    let other = contracts_from(11, 12).with("批次", |_| "一".to_owned());
    let session = Session::new().file("a.csv", other.csv()).file("b.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    session.run(["run", "b.csv"]).exit(0).says("3 accepted");
    let checked = session.run(["check", "b.csv", "--json"]).exit(0).json();
    assert_eq!(checked["files"][0]["rest"], false);
    session.run(["check", "a.csv", "--forget"]).exit(0);
    let checked = session.run(["check", "b.csv", "--json"]).exit(0).json();
    assert_eq!((&checked["files"][0]["rest"], &checked["files"][0]["sendable"]), (&true.into(), &3.into()));
    let left = |session: &Session| -> Vec<u64> {
        let told = session.run(["run", "b.csv", "--json"]).exit(0).json();
        let problems = told["files"][0]["problems"].as_array().unwrap().clone();
        let rest = problems.iter().filter(|problem| problem["code"] == "file.rest_left_out");
        rest.map(|problem| problem["contracts"].as_u64().unwrap()).collect()
    };
    assert_eq!(left(&session), [3]);
    session.run(["purge", "--yes", "--older-than", "0s"]).exit(0);
    assert_eq!(left(&session), [3]);
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("3 accepted");
    assert_eq!(left(&session), [0_u64; 0]);
}

/// `--again=ended` is for what was sent, whatever else is meant by now.
#[test]
fn what_was_left_out_does_not_go_with_what_has_ended() {
    let other = contracts_from(11, 12).with("批次", |_| "一".to_owned());
    let session = Session::new()
        .env("FLOWBATCH_ACTION", "CreateFlowsByTemplates")
        .env("FLOWBATCH_START__CHECK_TEMPLATES", "false")
        .file("a.csv", other.csv())
        .file("b.csv", contracts(6).with("批次", lot).csv())
        .sandbox(unhurried());
    let times = |session: &Session| -> Vec<usize> {
        let ledger = of_ledger(&session.entries());
        (1..=6).map(|n| ledger.get(&mark(&id(n))).map_or(0, Vec::len)).collect()
    };
    session.run(["run", "a.csv", "--yes", "--where", "批次=一", "--remember"]).exit(0);
    session.run(["run", "b.csv", "--yes"]).exit(0).says("3 accepted");
    let job = job_of(&session, 0);
    session.run(["undo", &job, "--yes", "--contract", "HT-0003"]).exit(0);
    session.run(["check", "a.csv", "--forget"]).exit(0);
    session.run(["run", "b.csv", "--again=ended"]).exit(3).says("only the 1 go again");
    session.run(["run", "b.csv", "--again=ended", "--yes"]).exit(0).says("left out 3 of its contracts");
    assert_eq!(times(&session), [1, 0, 2, 0, 1, 0]);
    session.run(["run", "b.csv"]).exit(0).says("left out 3 of its contracts");
    session.run(["run", "b.csv", "--again=rest", "--yes"]).exit(0).says("3 accepted");
    assert_eq!(times(&session), [1, 1, 2, 1, 1, 1]);
    session.run(["run", "b.csv", "--yes"]).exit(0).never_says("--again=rest");
    session.run(["run", "b.csv", "--again=ended", "--yes"]).exit(0).says("nothing was sent now");
    assert_eq!(times(&session), [1, 1, 2, 1, 1, 1]);
}

/// Rows of the first round that the second one leaves out: what was refused of them waits in the first one's workbook.
#[test]
fn a_round_that_leaves_out_what_was_refused_keeps_its_workbook() {
    let session = first_lot_sent(&lots(false), &[]);
    let job = job_of(&session, 0);
    let other =
        contracts_from(21, 22).with("批次", |_| "二".to_owned()).with("flow_description", |_| String::new());
    let session = session.file("c.csv", other.keyless().csv());
    session.run(["run", "c.csv", "--where", "批次=二", "--remember"]).exit(0);
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("3 accepted").says("3 skipped");
    assert_eq!(opened(&session.path("b.fix.xlsx")).rows.len(), 1, "it was not replaced by an empty one");
    // All of it is meant now, and what was refused still waits.
    session.run(["check", "c.csv", "--forget"]).exit(0);
    let tried = tries(&session, "劳动合同_3");
    session
        .run(["run", "b.csv", "--again=rest"])
        .exit(4)
        .says("1 rejected")
        .says("except what has to be corrected");
    assert_eq!(tries(&session, "劳动合同_3"), tried);
    let fix = fixed(&session, "b.fix.xlsx", &job);
    let session = session.file("b.fix.xlsx", fix);
    session.run(["run", "b.fix.xlsx"]).exit(0).says("1 accepted");
    session.run(["run", "b.csv", "--again=rest"]).exit(0);
    each_went_once(&session);
}

/// Further options make another input of the file; its rows are the same.
#[test]
fn further_options_hide_no_earlier_round() {
    for more in [
        &["--where", "批次=一|二"][..],
        &["--comments", "ignore"],
        &["--as-text", "批次", "--allow-duplicates"],
    ] {
        let session = first_lot_sent(&lots(false), &[]);
        let tried = tries(&session, "劳动合同_3");
        session
            .run(["run", "b.csv", "--again=rest"].iter().chain(more))
            .exit(4)
            .says("3 accepted")
            .says("1 rejected");
        assert_eq!(tries(&session, "劳动合同_3"), tried, "{more:?}");
        let fix = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
        let session = session.file("b.fix.xlsx", fix);
        session.run(["run", "b.fix.xlsx"]).exit(0).says("1 accepted");
        each_went_once(&session);
    }
}

/// The first sheet, then the second one, then both: the newest round had no row of the first.
#[test]
fn a_round_before_the_last_one_counts_as_well() {
    for keyless in [false, true] {
        let refused = |n: usize| if n == 2 { REFUSED } else { "" }.to_owned();
        let sheet = |first: usize, last: usize| {
            let own = contracts_from(first, last)
                .with("说明", |n| format!("甲{n}"))
                .with("flow_description", |_| String::new());
            if keyless { own.keyless() } else { own }
        };
        let own = contracts(3).with("说明", |n| format!("甲{n}")).with("flow_description", refused);
        let own = if keyless { own.keyless() } else { own };
        let like =
            |first: usize| workbook(&[("甲", &sheet(first, first)), ("乙", &sheet(first + 1, first + 1))]);
        let session = Session::new()
            .file("a.xlsx", like(11))
            .file("c.xlsx", like(21))
            .file("d.xlsx", like(31))
            .file("b.xlsx", workbook(&[("甲", &own), ("乙", &sheet(4, 6))]))
            .sandbox(unhurried());
        let map = ["--map", "说明=field:说明"];
        session.run(["run", "a.xlsx", "--sheet", "甲", "--remember"].iter().chain(&map)).exit(0);
        session.run(["run", "b.xlsx", "--per-page", "1"]).exit(4).says("2 accepted").says("1 rejected");
        session.run(["run", "c.xlsx", "--sheet", "乙", "--remember"]).exit(0);
        session.run(["run", "b.xlsx", "--again=rest"]).exit(0).says("3 accepted");
        session.run(["run", "d.xlsx", "--sheet", "甲", "--sheet", "乙", "--remember"]).exit(0);
        let sent = session.entries().len();
        session.run(["run", "b.xlsx", "--again=rest", "--allow-duplicates"]).exit(4).says("1 rejected");
        assert_eq!(session.entries().len(), sent, "keyless: {keyless}");
    }
}

/// Both rounds have the row that breaks a rule in a workbook of their own.
#[test]
fn a_row_that_breaks_a_rule_in_two_rounds_goes_once() {
    for newer_first in [false, true] {
        let input = lots(true).set(3, "flow_description", "");
        let other = contracts_from(11, 12)
            .with("批次", |_| "一".to_owned())
            .with("flow_description", |_| String::new());
        let session = Session::new()
            .file("a.csv", other.keyless().csv())
            .file("b.csv", input.csv())
            .sandbox(unhurried());
        session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
        session.run(["run", "b.csv", "--skip-invalid"]).exit(4).says("1 invalid");
        session.run(["check", "a.csv", "--forget"]).exit(0);
        let old = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
        session
            .run(["run", "b.csv", "--again=rest", "--skip-invalid"])
            .exit(4)
            .says("3 accepted")
            .says("1 invalid");
        let new = fixed(&session, "b.fix.xlsx", &job_of(&session, 0));
        let session = session.file("old.xlsx", old).file("new.xlsx", new);
        let (first, second) = if newer_first { ("new.xlsx", "old.xlsx") } else { ("old.xlsx", "new.xlsx") };
        session.run(["run", first]).exit(0).says("1 accepted");
        session.run(["run", "b.csv"]).exit(0);
        let mut edited = opened(&session.path(second));
        let mobiles = column(&edited, "approver.mobile");
        edited.rows[0][mobiles] = mobile(950);
        let job = job_of(&session, if newer_first { 2 } else { 1 });
        let session = session.file(second, saved(&edited, &job));
        session.run(["run", second]).exit(3);
        each_went_once(&session);
        let jobs = session.run(["status", "--json"]).exit(0).json()["jobs"].as_array().unwrap().len();
        session.run(["run", "b.csv", "--again=rest", "--skip-invalid"]).exit(0);
        assert_eq!(session.run(["status", "--json"]).exit(0).json()["jobs"].as_array().unwrap().len(), jobs);
    }
}

/// What the API had refused was tried again by itself after all; and a trial tries contracts that nobody has tried.
#[test]
fn what_was_refused_is_no_part_of_a_trial_and_may_be_tried_again() {
    let once = |n: usize| if n == 3 { format!("{REFUSED}@1") } else { String::new() };
    let input =
        contracts(6).with("批次", lot).with("说明", |n| format!("甲{n}")).with("flow_description", once);
    let other = contracts_from(11, 12)
        .with("批次", |_| "一".to_owned())
        .with("说明", |_| "乙".to_owned())
        .with("flow_description", |_| String::new());
    let session = Session::new()
        .file("a.csv", other.keyless().csv())
        .file("b.csv", input.keyless().csv())
        .sandbox(unhurried());
    let answers = ["--where", "批次=一", "--map", "说明=field:说明", "--remember"];
    session.run(["run", "a.csv"].iter().chain(&answers)).exit(0);
    session.run(["run", "b.csv", "--per-page", "1"]).exit(4).says("1 rejected");
    let first = job_of(&session, 0);
    session.run(["check", "a.csv", "--forget"]).exit(0);
    session.run(["run", "b.csv", "--again=rest", "--first", "1"]).exit(4).says("1 accepted");
    session.run(["run", "b.csv"]).exit(4).says("3 accepted");
    session.run(["retry", &first]).exit(0);
    session.run(["run", "b.csv"]).exit(0);
    each_went_once(&session);
    session.run(["report", &job_of(&session, 0)]).exit(0).never_says("rejected");
}

/// What a job has still to send goes with whoever comes by.
#[test]
fn what_a_trial_has_left_is_no_part_of_what_went() {
    let input = contracts(6).with("批次", lot);
    let session = Session::new().file("b.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "b.csv", "--where", "批次=一", "--first", "1"]).exit(0).says("1 accepted");
    session.run(["run", "b.csv", "--again=rest"]).exit(0).says("5 accepted").says("1 duplicate");
    each_went_once(&session);
    session.run(["run", "b.csv", "--where", "批次=一"]).exit(0);
    each_went_once(&session);
}
