//! Sending once more what was taken back, refused or ran out of time, and nothing else; and
//! contracts that were started twice since somebody has said that they were not started.

use std::collections::BTreeSet;
use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::action::{started as of_ledger, starting};
use crate::follow::{calls, job, started};
use crate::reconcile::the_doubt;
use crate::sheets::{contracts, id};
use crate::support::{Line, Session, count, faulty, mark, read_report, unhurried};

const CREATE: &str = "CreateFlowsByTemplates";

/// How often each contract was started.
fn times(session: &Session, number: usize) -> usize {
    of_ledger(&session.entries()).get(&mark(&id(number))).map_or(0, Vec::len)
}

fn all_times(session: &Session, count: usize) -> Vec<usize> {
    (1..=count).map(|number| times(session, number)).collect()
}

fn statuses(report: &[Line]) -> Vec<&str> {
    report.iter().map(Line::status).collect()
}

#[test]
fn only_what_was_taken_back_goes_again() {
    let (session, first) = started(&contracts(5), unhurried());
    // Two after one flag.
    let undo = ["undo", &first, "--yes", "--contract", "HT-0002", "HT-0004"];
    session.run(undo).exit(0).says("2 contracts taken back").says("contracts.csv --again=ended");
    session
        .run(["check", "contracts.csv"])
        .exit(0)
        .says("2 of them were taken back")
        .says("flowbatch run contracts.csv --again=ended");
    // Before anything goes: what all of them would be, and what these are.
    session
        .run(["run", "contracts.csv", "--again"])
        .exit(3)
        .says("5 contracts start now")
        .says("5 of them were sent before: 3 are still being signed and 0 signed by everybody")
        .says("--again=ended in place of --again");
    session
        .run(["run", "contracts.csv", "--again=ended"])
        .exit(3)
        .says("2 contracts start now")
        .says("only the 2 go again")
        .says("--again=ended --yes");
    assert_eq!(all_times(&session, 5), [1; 5]);
    let again = ["run", "contracts.csv", "--again=ended", "--yes"];
    session.run(again).exit(0);
    assert_eq!(all_times(&session, 5), [1, 2, 1, 2, 1], "exactly the two");
    // The first job's report stays: it shows what was sent then.
    let report = session.report("contracts");
    assert_eq!(count(&report, "accepted"), 5);
    let report = read_report(&session.path("contracts.report (2).csv"));
    assert_eq!(statuses(&report), ["duplicate", "accepted", "duplicate", "accepted", "duplicate"]);
    // They are there again, so nothing goes once more, neither of this file nor of another.
    let sent = calls(&session, CREATE);
    session.run(again).exit(0).says("nothing was sent now").says("flowbatch track");
    assert_eq!(
        session.run(["run", "contracts.csv", "--again=ended", "--yes", "--json"]).exit(0).json()["files"][0]
            ["result"],
        "none_ended"
    );
    assert_eq!(read_report(&session.path("contracts.report (2).csv")), report);
    std::fs::write(session.path("more.csv"), contracts(6).csv()).unwrap();
    session.run(["run", "more.csv", "--again=ended", "--yes"]).exit(0);
    assert_eq!(all_times(&session, 6), [1, 2, 1, 2, 1, 1]);
    assert_eq!(calls(&session, CREATE), sent + 1);
    // A report shows the one that stands, not the one that was taken back.
    let ids = |report: &[Line]| -> Vec<String> {
        report.iter().map(|line| line["flowbatch.flow_id"].clone()).collect()
    };
    let more = session.report("more");
    assert_eq!(ids(&more)[..5], ids(&report)[..], "{more:?}");
    let ledger = of_ledger(&session.entries());
    assert_eq!(ids(&report)[1], ledger[&mark("HT-0002")][1]);
    // What went again can be taken back and go again.
    let second = session.run(["status", "--json"]).json()["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["job"].as_str().unwrap().to_owned())
        .find(|own| *own != first && session.run(["track", own, "--json"]).json()["states"]["INIT"] == 2)
        .unwrap();
    session.run(["undo", &second, "--yes", "--contract", "HT-0004"]).exit(0).says("1 contract taken back");
    session.run(again).exit(0);
    assert_eq!(all_times(&session, 6), [1, 2, 1, 3, 1, 1]);
}

#[test]
fn what_was_taken_back_may_be_corrected_and_what_was_not_may_not() {
    let (session, job) = started(&contracts(3), unhurried());
    session.run(["undo", &job, "--yes", "--contract", "HT-0002"]).exit(0);
    let corrected = contracts(3).set(2, "flow_name", "新合同");
    std::fs::write(session.path("contracts.csv"), corrected.csv()).unwrap();
    session.run(["run", "contracts.csv", "--yes"]).exit(3).says("HT-0002");
    session.run(["run", "contracts.csv", "--yes", "--again=ended"]).exit(0);
    assert_eq!(all_times(&session, 3), [1, 2, 1]);
    // The old one would stand beside the corrected one: it goes no more.
    std::fs::write(session.path("old.csv"), contracts(4).csv()).unwrap();
    session.run(["run", "old.csv", "--yes", "--again=ended"]).exit(0);
    assert_eq!(all_times(&session, 4), [1, 2, 1, 1]);
    // One that is still being signed is asked about, whatever was said.
    let both = corrected.set(3, "flow_name", "新合同");
    std::fs::write(session.path("contracts.csv"), both.csv()).unwrap();
    session.run(["run", "contracts.csv", "--yes", "--again=ended"]).exit(3).says("HT-0003");
    assert_eq!(all_times(&session, 3), [1, 2, 1]);
}

#[test]
fn what_went_again_and_is_in_doubt_goes_no_third_time() {
    let (mut session, job) = started(&contracts(2), unhurried());
    session.run(["undo", &job, "--yes", "--contract", "HT-0001"]).exit(0);
    let port = session.port();
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..faulty("reset-after=1") });
    session.run(["run", "contracts.csv", "--yes", "--again=ended"]).exit(4).says("1 in doubt");
    assert_eq!(all_times(&session, 2), [1, 0]);
    std::fs::write(session.path("more.csv"), contracts(3).csv()).unwrap();
    for name in ["contracts.csv", "more.csv"] {
        session.run(["run", name, "--yes", "--again=ended"]);
        assert_eq!(all_times(&session, 2), [1, 0], "{name}");
    }
    session.run(["check", "more.csv"]).says("in doubt");
}

/// A session with one contract in doubt that was started, and of which nobody has said so yet.
fn lost_and_said_unsent() -> (Session, String, usize) {
    let session = starting(&contracts(2), unhurried());
    let options = Options {
        callbacks: Some(session.path("callbacks.jsonl")),
        bill_delay: Duration::from_secs(86_400),
        ..faulty("504=@2")
    };
    let session = session.sandbox(options);
    session.run(["run", "contracts.csv", "--yes"]).exit(4).says("1 in doubt");
    let (job, number) = (job(&session), the_doubt(&session));
    session.run(["reconcile", &job, "--not-sent", &id(number), "--yes"]).exit(0).says("it may be sent again");
    (session, job, number)
}

#[test]
fn a_contract_that_was_started_twice_is_told_with_both_ids() {
    let (session, job, number) = lost_and_said_unsent();
    session.run(["run", "contracts.csv", "--yes"]).exit(0).says("2 accepted");
    let ids = of_ledger(&session.entries())[&mark(&id(number))].clone();
    assert_eq!(ids.len(), 2);
    // Nobody knows until somebody tells.
    session.run(["reconcile", &job]).exit(0).never_says("twice");
    let asked = ["reconcile", &job, "--callbacks", "callbacks.jsonl"];
    session
        .run(asked)
        .exit(4)
        .says(&format!("{} was started twice", id(number)))
        .says(&ids[0])
        .says(&format!("flowbatch undo {job} --contract {}", ids[1]));
    let told = session.run(asked.into_iter().chain(["--json"])).exit(4).json();
    assert_eq!(
        told["started_twice"],
        serde_json::json!([{"contract": id(number), "first": ids[0], "second": ids[1]}])
    );
    assert_eq!(session.report("contracts")[number - 1]["flowbatch.flow_id"], ids[1]);
    assert_eq!(of_ledger(&session.entries()).len(), 2);
}

#[test]
fn one_that_was_started_after_all_and_has_not_gone_again_counts_as_started() {
    let (session, job, number) = lost_and_said_unsent();
    let asked = ["reconcile", &job, "--callbacks", "callbacks.jsonl"];
    session.run(asked).exit(0).says(&format!("{}: other than was said it was started", id(number)));
    let report = session.report("contracts");
    assert_eq!(count(&report, "accepted"), 2);
    let ids: BTreeSet<String> = of_ledger(&session.entries()).into_values().flatten().collect();
    assert_eq!(report.iter().map(|line| line["flowbatch.flow_id"].clone()).collect::<BTreeSet<_>>(), ids);
    session.run(["run", "contracts.csv", "--yes"]).exit(0);
    assert_eq!(all_times(&session, 2), [1; 2], "it goes no second time");
    assert_eq!(read_report(&session.path("contracts.report.csv")), report);
}
