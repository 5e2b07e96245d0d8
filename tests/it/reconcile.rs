//! Contracts in doubt: settled by what the API lists, by callbacks, by somebody's word, and by
//! nothing else. The stand-in's ledger tells which were really started.

use std::collections::BTreeSet;

use flowbatch::sandbox::{Entry, Options};
use serde_json::Value;

use crate::action::{check_started, job, started, starting, with_flows_per_request};
use crate::sheets::{contracts, id, mobile, name};
use crate::support::{Line, Session, count, faulty, mark, unhurried};

/// Answers that are lost in every way: three times the contracts were started, twice not.
const LOST: &str = "reset-after=@3,no-ids=@5,500=@7,start-error=@9,503=@11";

/// What is in doubt, and of it what was started.
pub fn in_doubt(report: &[Line], entries: &[Entry]) -> (BTreeSet<String>, BTreeSet<String>) {
    let ledger = started(entries);
    let keys = report.iter().filter(|line| line.status() == "in_doubt").map(|line| line.key().to_owned());
    let all: BTreeSet<String> = keys.collect();
    let of_ledger = all.iter().filter(|key| ledger.contains_key(&mark(key))).cloned().collect();
    (all, of_ledger)
}

/// The number of the only contract in doubt: which request comes in second is the machine's to say.
pub fn the_doubt(session: &Session) -> usize {
    let report = session.report("contracts");
    let doubts: Vec<usize> = (0..report.len()).filter(|row| report[*row].status() == "in_doubt").collect();
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    doubts[0] + 1
}

/// Reconciles, and checks that exactly what was started is settled; returns what is left.
fn settle(session: &Session) -> BTreeSet<String> {
    let (all, of_ledger) = in_doubt(&session.report("contracts"), &session.entries());
    let creations = |session: &Session| started(&session.entries()).values().flatten().count();
    let before = creations(session);
    let left: BTreeSet<String> = all.difference(&of_ledger).cloned().collect();
    let done = session.run(["reconcile", &job(session), "--json"]);
    let rejected = count(&session.report("contracts"), "rejected");
    let done = done.exit(if left.is_empty() && rejected == 0 { 0 } else { 4 }).json();
    assert_eq!(done["settled"].as_array().unwrap().len(), of_ledger.len(), "{done:#}");
    let listed: BTreeSet<String> = done["in_doubt"]
        .as_array()
        .unwrap()
        .iter()
        .map(|doubt| doubt["contract"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(listed, left, "all doubts are listed");
    assert_eq!(creations(session), before, "nothing is created");
    let report = session.report("contracts");
    check_started(&report, &session.entries());
    assert_eq!(in_doubt(&report, &session.entries()), (left.clone(), BTreeSet::new()));
    left
}

#[test]
fn what_the_api_lists_is_settled_and_no_other() {
    for flows in [1, 20] {
        let input = contracts(14 * flows);
        let session = with_flows_per_request(starting(&input, faulty(LOST)), flows);
        session.run(["run", "contracts.csv", "--yes"]).exit(4).says("flowbatch reconcile 2");
        let (all, of_ledger) = in_doubt(&session.report("contracts"), &session.entries());
        assert_eq!((all.len(), of_ledger.len()), (5 * flows, 3 * flows));
        let left = settle(&session);
        assert_eq!(left.len(), 2 * flows);
        assert!(!is_finished(&session));
        // What is not found stays in doubt, however often somebody asks.
        assert_eq!(settle(&session), left);
        session.run(["run", "contracts.csv", "--yes"]);
        let creations = started(&session.entries()).len();
        // Somebody has looked: these go once more, and only then.
        let job = job(&session);
        let mut words = vec!["reconcile", &job, "--by", "小王", "--yes", "--not-sent"];
        words.extend(left.iter().map(String::as_str));
        session.run(words).exit(0).says("not started (as was said)");
        assert_eq!(started(&session.entries()).len(), creations);
        session.run(["run", "contracts.csv", "--yes"]).exit(0);
        let report = session.report("contracts");
        assert_eq!(count(&report, "accepted"), input.rows.len());
        check_started(&report, &session.entries());
        assert_eq!(started(&session.entries()).len(), creations + left.len(), "each once more");
        assert!(is_finished(&session));
        let db = rusqlite::Connection::open(session.state("ledger.db")).unwrap();
        let noted: i64 = db
            .query_row(
                "SELECT count(*) FROM settled_doubts WHERE how = 'not_sent' AND said_by = '小王'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(usize::try_from(noted).unwrap(), left.len());
    }
}

fn is_finished(session: &Session) -> bool {
    session.run(["status", "--json"]).json()["jobs"][0]["finished"].as_bool().unwrap()
}

#[test]
fn ids_that_belonged_to_nobody_are_asked_about_first() {
    let session = with_flows_per_request(starting(&contracts(20), faulty("short-ids=1,one-message=1")), 20);
    let input = contracts(20).with("flow_description", |number| match number {
        3 => "sandbox:refuse".to_owned(),
        _ => String::new(),
    });
    std::fs::write(session.path("contracts.csv"), input.csv()).unwrap();
    session.run(["run", "contracts.csv", "--yes"]);
    settle(&session);
    let asked: Vec<String> = session.entries().into_iter().filter_map(|entry| entry.action).collect();
    assert_eq!(asked.iter().filter(|action| *action == "DescribeFlowDetailInfo").count(), 1);
    let report = session.report("contracts");
    assert_eq!(count(&report, "accepted"), 19);
}

#[test]
fn contracts_without_a_number_carry_a_mark_of_their_own() {
    let mut input = contracts(6);
    input.headers.remove(0);
    input.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    let session = starting(&input, faulty("reset-after=@2-3,500=@5"));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    session.run(["reconcile", &job(&session)]).exit(4).says("still in doubt: 1 contract");
    let marks: BTreeSet<String> = started(&session.entries()).into_keys().collect();
    assert_eq!(marks.len(), 5, "no two alike");
    let report = session.report("contracts");
    let ids: BTreeSet<&str> = report
        .iter()
        .filter(|line| line.status() == "accepted")
        .map(|line| line["flowbatch.flow_id"].as_str())
        .collect();
    let ledger = started(&session.entries());
    assert_eq!(ids, ledger.values().flatten().map(String::as_str).collect());
}

#[test]
fn callbacks_settle_what_they_tell_of_and_lines_that_cannot_be_read_stop_nothing() {
    const KEY: &str = "0123456789abcdef0123456789abcdef";
    for key in [None, Some(KEY)] {
        let session = Session::new()
            .without("FLOWBATCH_JUMP_URL")
            .env("FLOWBATCH_ACTION", "CreateFlowsByTemplates")
            .file("contracts.csv", contracts(14).csv());
        let options = Options {
            callbacks: Some(session.path("callbacks.jsonl")),
            callback_key: key.map(Into::into),
            bill_delay: std::time::Duration::from_secs(3600),
            ..faulty(LOST)
        };
        let session = session.sandbox(options);
        session.run(["run", "contracts.csv", "--yes"]).exit(4);
        let (all, of_ledger) = in_doubt(&session.report("contracts"), &session.entries());
        assert_eq!((all.len(), of_ledger.len()), (5, 3));
        session.run(["reconcile", &job(&session)]).exit(4).says("still in doubt: 5 contracts");
        // Only some of the lines were kept.
        let told = std::fs::read_to_string(session.path("callbacks.jsonl")).unwrap();
        let kept: Vec<&str> = told.lines().skip(3).collect();
        let file = format!("nonsense\n{}\n{{\"MsgData\":{{}}}}\n{{\"encrypt\":\"AAAA\"}}\n", kept.join("\n"));
        std::fs::write(session.path("kept.jsonl"), file).unwrap();
        // Those of the first contracts were not.
        let entries = session.entries();
        let lost: BTreeSet<String> =
            entries.iter().flat_map(Entry::taken).map(|flow| flow.key().to_owned()).take(3).collect();
        let untold: BTreeSet<String> =
            of_ledger.iter().filter(|key| lost.contains(&mark(key))).cloned().collect();
        assert!(untold.len() < of_ledger.len());
        let asked = ["reconcile", &job(&session), "--callbacks", "kept.jsonl"];
        if key.is_some() {
            session.run(asked).exit(4).says("there is no key").says("still in doubt: 5 contracts");
            session.run_with(&[("FLOWBATCH_CALLBACK_KEY", "short")], asked).exit(2).says("32 characters");
        }
        let ran = session.run_with(&[("FLOWBATCH_CALLBACK_KEY", KEY)], asked).exit(4);
        ran.says("2 lines of callbacks cannot be read").says("line 1:");
        let report = session.report("contracts");
        check_started(&report, &session.entries());
        let (left, started_of_left) = in_doubt(&report, &session.entries());
        assert_eq!((left.len(), started_of_left), (2 + untold.len(), untold));
    }
}

/// It may come from another application, or another year.
#[test]
fn a_callback_of_a_contract_that_the_api_does_not_know_settles_nothing() {
    let session = starting(&contracts(14), faulty(LOST));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let (all, of_ledger) = in_doubt(&session.report("contracts"), &session.entries());
    let unsent = all.difference(&of_ledger).next().unwrap();
    let told = serde_json::json!({"MsgId": "1", "MsgType": "FlowStatusChange", "MsgVersion": "1", "MsgData": {
        "FlowId": "yDfake00000000000000000000000001", "UserData": mark(unsent)}});
    std::fs::write(session.path("old.jsonl"), format!("{told}\n")).unwrap();
    let ran = session.run(["reconcile", &job, "--callbacks", "old.jsonl"]).exit(4);
    ran.says("the API knows nothing of 1 FlowId");
    let report = session.report("contracts");
    assert!(report.iter().any(|line| line.key() == unsent && line.status() == "in_doubt"));
    check_started(&report, &session.entries());
}

#[test]
fn a_check_of_another_file_counts_no_doubt_as_to_be_sent() {
    let session = starting(&contracts(14), faulty(LOST)).file("more.csv", contracts(15).csv());
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let checked = session.run(["check", "more.csv", "--json"]).exit(0).json();
    let file = &checked["files"][0];
    let counted = ["duplicates", "in_doubt", "sendable"].map(|name| file[name].as_u64().unwrap());
    assert_eq!(counted, [9, 5, 1]);
    let settle = format!("flowbatch reconcile {}", job(&session));
    session.run(["check", "more.csv"]).exit(0).says("5 more are in doubt").says(&settle);
}

#[test]
fn a_number_goes_before_a_row_and_names_no_other_contract() {
    // Numbers 1, 2, 3, ... in rows 2, 3, 4, ...
    let input = (1..=14).fold(contracts(14), |sheet, at| sheet.set(at, "contract_id", &at.to_string()));
    let session = starting(&input, faulty(LOST));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let report = session.report("contracts");
    let doubtful: BTreeSet<u32> = report
        .iter()
        .filter(|line| line.status() == "in_doubt")
        .map(|line| line.key().parse().unwrap())
        .collect();
    let settled = (1..=14).find(|own| !doubtful.contains(own) && doubtful.contains(&(own - 1))).unwrap();
    let none = format!("no contract in doubt is called {settled}");
    session.run(["reconcile", &job, "--not-sent", &settled.to_string(), "--yes"]).exit(2).says(&none);
    let (_, of_ledger) = in_doubt(&report, &session.entries());
    let unsent = doubtful.iter().find(|own| !of_ledger.contains(&own.to_string())).unwrap();
    let row = format!("第{}行", unsent + 1);
    session.run(["reconcile", &job, "--not-sent", &row, "--yes"]).says(&format!("{unsent}: not started"));
}

#[test]
fn a_word_is_checked_before_it_counts() {
    let session = starting(&contracts(14), faulty(LOST));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let reconcile = |more: &[&str]| {
        let words = ["reconcile", &job].into_iter().chain(more.iter().copied());
        session.run(words.collect::<Vec<_>>())
    };
    let (all, started_of_them) = in_doubt(&session.report("contracts"), &session.entries());
    let unsent: Vec<&String> = all.difference(&started_of_them).collect();
    let (one, other) = (unsent[0], unsent[1]);
    let found = started_of_them.first().unwrap();
    let report = session.report("contracts");
    let good = report.iter().find(|line| line.status() == "accepted").unwrap().key().to_owned();
    let before = session.entries().len();
    reconcile(&["--not-sent", one]).exit(2).says("--yes");
    reconcile(&["--not-sent", &good, "--yes"])
        .exit(2)
        .says(&format!("no contract in doubt is called {good}"));
    assert_eq!(session.entries().len(), before, "no request for what is wrong anyway");
    let ledger = started(&session.entries());
    let said = |key: &str| format!("{one}={}", ledger[&mark(key)][0]);
    // That of another contract, in doubt or not; one that nobody knows.
    reconcile(&["--flow-id", &said(&good), "--yes"]).exit(2).says("another contract");
    reconcile(&["--flow-id", &said(found), "--yes"]).exit(2).says("its data");
    let nobody = format!("{one}=yD00000000000000000000000000000X");
    reconcile(&["--flow-id", &nobody, "--yes"]).exit(2).says("knows no");
    assert_eq!(count(&session.report("contracts"), "in_doubt"), 5, "nothing was settled meanwhile");
    // What was started counts, whatever somebody says; a row names a contract as well.
    let row = report.iter().position(|line| line.key() == one).unwrap() + 2;
    let ran = reconcile(&["--yes", "--not-sent", found, &row.to_string()]).exit(4);
    ran.says("other than was said").says(&format!("{one}: not started"));
    let report = session.report("contracts");
    check_started(&report, &session.entries());
    assert_eq!((count(&report, "in_doubt"), count(&report, "pending")), (1, 1));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let report = session.report("contracts");
    assert_eq!((count(&report, "accepted"), count(&report, "in_doubt")), (13, 1));
    assert!(report.iter().any(|line| line.key() == other && line.status() == "in_doubt"));
    check_started(&report, &session.entries());
}

#[cfg(unix)]
#[test]
fn on_a_terminal_a_word_is_asked_about() {
    let session = starting(&contracts(3), faulty("500=@2"));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let words = ["reconcile", &job(&session), "--not-sent", &id(the_doubt(&session))];
    session.on_terminal("n\n", words).exit(4).says("Have you looked");
    assert_eq!(count(&session.report("contracts"), "in_doubt"), 1);
    session.on_terminal("y\n", words).exit(0);
    assert_eq!(count(&session.report("contracts"), "pending"), 1);
}

#[test]
fn the_report_has_the_doubts_in_a_section_of_their_own() {
    let session = starting(&contracts(4), faulty("500=@2")).env("FLOWBATCH_REPORT__FORMATS", "xlsx,csv,html");
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    session.run(["status"]).exit(0).says(&format!("flowbatch reconcile {job}"));
    let page = std::fs::read_to_string(session.path("contracts.report.html")).unwrap();
    assert!(page.contains("In doubt, to be settled") && page.contains("If started, then between"));
    assert!(page.contains(&format!("flowbatch reconcile {job}")));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(session.path("contracts.report.xlsx")).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let text: Vec<String> = sheet.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    let number = the_doubt(&session);
    let contract = format!("{} · 劳动合同_{number}", id(number));
    let signer = format!("{} {}", name(number), mobile(number));
    for expected in ["In doubt, to be settled", &contract, &signer] {
        assert!(text.iter().any(|cell| cell == expected), "{expected} is not in {text:?}");
    }
    session.run(["reconcile", &job]).exit(4).says(&format!("{contract} · {signer}"));
}

#[test]
fn where_the_api_lists_nothing_callbacks_and_words_are_left() {
    let mut session = starting(&contracts(4), faulty("500=@2"));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let port = session.port();
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..faulty("code:UnauthorizedOperation.NoPermissionFeature=1") });
    session.run(["reconcile", &job]).exit(4).says("the list of charges is not to be had");
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..faulty("code:AuthFailure.SecretIdNotFound=1") });
    session.run(["reconcile", &job]).exit(5).says("nothing was settled");
}

#[test]
fn a_job_with_pages_has_nothing_to_settle() {
    let session = Session::new().file("contracts.csv", contracts(3).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    session.run(["reconcile", &job(&session)]).exit(2).says("used PrepareFlows");
    session.run(["reconcile", "nowhere"]).exit(2);
}

#[test]
fn a_job_in_doubt_is_erased_only_when_somebody_says_so() {
    let session = starting(&contracts(4), faulty("500=@2"));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let purge = ["purge", "--older-than", "0s"];
    session.run(purge).exit(0).says("have contracts in doubt and are kept");
    assert!(session.state(&format!("jobs/{job}.db")).exists());
    let said: Vec<&str> = purge.into_iter().chain(["--yes"]).collect();
    session.run(said).exit(0).says("in doubt and are erased as well");
    assert!(!session.state(&format!("jobs/{job}.db")).exists());
    // Nothing is sent twice for it.
    let sent = session.entries().len();
    session.run(["run", "contracts.csv", "--yes"]);
    assert_eq!(session.entries().len(), sent);
    let told: Value = session.run(["status", "--json"]).json();
    assert_eq!(told["jobs"][0]["erased"], true);
}
