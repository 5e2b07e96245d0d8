//! The action that starts contracts at once, through the binary. The stand-in's ledger
//! tells which contracts were really started.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use flowbatch::sandbox::{Entry, Options};
use serde_json::{Value, json};

use crate::sheets::{Sheet, contracts, id};
use crate::support::{Line, Session, count, faulty, mark, read_report, unhurried};
use crate::wire::{Listener, Says};

const CREATE: &str = "CreateFlowsByTemplates";

/// What is asked before anything starts is left out: it has a file of its own (`templates`),
/// and here requests are counted.
pub fn unasked() -> Session {
    Session::new().env("FLOWBATCH_START__CHECK_TEMPLATES", "false")
}

/// One workbook, the second action by the environment.
pub fn starting(input: &Sheet, options: Options) -> Session {
    unasked()
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ACTION", CREATE)
        .file("contracts.csv", input.csv())
        .sandbox(options)
}

pub fn with_flows_per_request(session: Session, flows: usize) -> Session {
    session.env("FLOWBATCH_START__FLOWS_PER_REQUEST", &flows.to_string())
}

/// The FlowIds of each contract that was started, by contract_id.
pub fn started(entries: &[Entry]) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.action.as_deref() == Some(CREATE)) {
        for (flow, id) in entry.flows.iter().zip(&entry.started) {
            if let Some(id) = id {
                found.entry(flow.key().to_owned()).or_default().push(id.clone());
            }
        }
    }
    found
}

/// Whether a report tells the truth: no contract was started twice; an accepted one was
/// started under the FlowId that it has; and what was started is accepted or in doubt.
pub fn check_started(lines: &[Line], entries: &[Entry]) {
    let ledger = started(entries);
    for (key, ids) in &ledger {
        assert_eq!(ids.len(), 1, "{key} was started {} times", ids.len());
    }
    for line in lines {
        let ids = ledger.get(&mark(line.key()));
        let flow_id = &line["flowbatch.flow_id"];
        assert!(line.url().is_empty(), "there is no page");
        match line.status() {
            // A duplicate names the contract that was started in its stead.
            "accepted" | "duplicate" => assert_eq!(ids.map(|ids| &ids[0]), Some(flow_id), "{}", line.key()),
            "in_doubt" => assert!(flow_id.is_empty() && !line.code().is_empty(), "{line:?}"),
            status => assert!(ids.is_none() && flow_id.is_empty(), "{} is {status}", line.key()),
        }
    }
    for key in ledger.keys() {
        assert!(lines.iter().any(|line| mark(line.key()) == *key), "{key} is not in the report");
    }
}

#[test]
fn one_workbook_goes_through_both_actions_and_counts_once() {
    let session = unasked().file("contracts.xlsx", contracts(45).xlsx()).sandbox(unhurried());
    let create = ["run", "contracts.xlsx", "--action", CREATE, "--yes"];
    session.run(["run", "contracts.xlsx", "--first", "5"]).exit(0);
    assert_eq!(session.entries().len(), 1);
    // What one action has sent, the other does not send again.
    session.run(create).exit(0).says("40 contracts start now");
    let moved = session.has("contracts.report (2).csv");
    let name = if moved { "contracts.report (2).csv" } else { "contracts.report.csv" };
    let report = read_report(&session.path(name));
    assert_eq!((count(&report, "accepted"), count(&report, "duplicate")), (40, 5));
    assert_eq!(started(&session.entries()).len(), 40);
    assert!(session.accepted().values().all(|times| *times == 1));
    let sent = session.entries().len();
    assert_eq!(sent, 41, "one flow a request");
    // Nor the other way round, and the report still has every FlowId.
    session.run(["run", "contracts.xlsx"]).exit(0);
    assert_eq!(session.entries().len(), sent);
    let ids = |report: &[Line]| -> BTreeSet<String> {
        report.iter().filter_map(|line| line.0.get("flowbatch.flow_id").cloned()).collect()
    };
    let mut shown = BTreeSet::new();
    for name in session.names().iter().filter(|name| name.ends_with(".csv")) {
        shown.extend(ids(&read_report(&session.path(name))));
    }
    assert!(started(&session.entries()).values().all(|ids| shown.contains(&ids[0])));
}

#[test]
fn a_request_has_no_jump_url_and_nothing_asks_for_one() {
    let listener = Listener::start();
    let session = unasked()
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        .env("FLOWBATCH_RETRY__FIRST_CONTACT", "1ms")
        .file("contracts.csv", contracts(1).csv());
    session.run(["check", "contracts.csv"]).exit(0).says("jump");
    session.run(["check", "contracts.csv", "--action", CREATE]).exit(0).never_says("jump");
    session.run(["run", "contracts.csv"]).exit(2);
    session.run(["run", "contracts.csv", "--action", CREATE, "--yes"]);
    let request = listener.captured().remove(0);
    let body: Value = request.json();
    let names: BTreeSet<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, BTreeSet::from(["Agent", "FlowInfos"]));
    assert_eq!(request.header("x-tc-action"), Some(CREATE));
    session.run(["check", "contracts.csv", "--action", "CreateFlows"]).exit(2).says(CREATE);
}

#[test]
fn nothing_is_started_before_somebody_agrees() {
    let session = starting(&contracts(9), unhurried());
    let ran = session.run(["run", "contracts.csv"]).exit(3);
    assert!(session.entries().is_empty());
    ran.says("9 contracts start now and use 9 of the quota")
        .says("9 people")
        .says("--first 3")
        .says("flowbatch run contracts.csv --yes");
    // Nothing is left behind: it is as if it had not been run.
    assert!(session.run(["status", "--json"]).json()["jobs"].as_array().unwrap().is_empty());
    let told = session.run(["run", "contracts.csv", "--json"]).exit(3).json();
    assert_eq!(told["files"][0]["result"], "not_approved");
    session.run(["run", "contracts.csv", "--first", "3", "--yes"]).exit(0).says("3 contracts start now");
    assert_eq!(started(&session.entries()).len(), 3);
    // The rest is asked about as well.
    session.run(["run", "contracts.csv"]).exit(3).says("6 contracts start now");
    assert_eq!(session.entries().len(), 3);
    session.run(["run", "contracts.csv", "--yes"]).exit(0).says("9 accepted");
    assert_eq!(started(&session.entries()).len(), 9);
    session.run(["run", "contracts.csv"]).exit(0);
    assert_eq!(session.entries().len(), 9, "a finished file asks nobody and sends nothing");
    // A rehearsal starts nothing, so it asks nobody.
    session.run(["run", "contracts.csv", "--sandbox"]).exit(0);
    // Pages need no such word.
    unasked()
        .file("contracts.csv", contracts(2).csv())
        .sandbox(unhurried())
        .run(["run", "contracts.csv"])
        .exit(0);
}

#[test]
fn a_partial_failure_gives_each_row_its_own_result_and_flow_id() {
    for flows in [1, 20] {
        let input = contracts(45).with("flow_description", |number| match number % 10 {
            4 => format!("sandbox:refuse:signer-{number}"),
            _ => String::new(),
        });
        let session = with_flows_per_request(starting(&input, unhurried()), flows);
        session.run(["run", "contracts.csv", "--yes"]).exit(4).says("40 accepted");
        let report = session.report("contracts");
        assert_eq!((count(&report, "accepted"), count(&report, "rejected")), (40, 5));
        check_started(&report, &session.entries());
        for line in report.iter().filter(|line| line.status() == "rejected") {
            assert_eq!(line.code(), "answer.refused");
            assert!(line["flowbatch.reason"].contains("The contract was refused: signer-"), "{line:?}");
        }
        assert_eq!(session.entries().len(), 45_usize.div_ceil(flows), "each is asked once");
        assert!(session.has("contracts.fix.xlsx"));
        // Corrected, only those five go.
        let retried = session.run(["retry", &job(&session)]).exit(3);
        retried.says("5 contracts start now");
        session.run(["retry", &job(&session), "--yes"]).exit(4);
        assert_eq!(started(&session.entries()).len(), 40);
    }
}

pub fn job(session: &Session) -> String {
    session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned()
}

#[test]
fn every_form_of_the_arrays_is_read_rightly_or_is_a_doubt() {
    // Form, and what becomes of 20 contracts in a request of which two are refused:
    // accepted, rejected, in doubt.
    for (form, expected) in [
        ("space-id=1", (18, 2, 0)),
        ("no-data=1", (18, 2, 0)),
        ("blank-data=1", (18, 2, 0)),
        ("short-ids=1", (0, 2, 18)),
        ("one-message=1", (0, 0, 20)),
        ("no-ids=1", (0, 0, 20)),
        ("start-error=1", (0, 0, 20)),
        ("start-error:FailedOperation=1", (0, 0, 20)),
    ] {
        let input = contracts(21).with("flow_description", |number| match number {
            3 | 9 => "sandbox:refuse".to_owned(),
            _ => String::new(),
        });
        // The last one passes, so that the refused ones are known to be at fault.
        let session = with_flows_per_request(starting(&input, faulty(&form.replace("=1", "=@1"))), 20);
        session.run(["run", "contracts.csv", "--yes"]);
        let report = session.report("contracts");
        check_started(&report, &session.entries());
        let (accepted, rejected, doubt) = expected;
        assert_eq!(
            (count(&report, "accepted"), count(&report, "rejected"), count(&report, "in_doubt")),
            (accepted + 1, rejected, doubt),
            "{form}"
        );
        let sent = session.entries().len();
        session.run(["run", "contracts.csv", "--yes"]);
        assert_eq!(session.entries().len(), sent, "{form}: no doubt is sent again");
        assert!(session.report("contracts").iter().all(|line| !line["flowbatch.flow_id"].ends_with(' ')));
    }
}

#[test]
fn a_report_that_this_journal_does_not_know_keeps_its_contracts_from_starting_again() {
    let session = starting(&contracts(12), faulty("reset-after=@3,500=@7"));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let before = session.report("contracts");
    assert_eq!(count(&before, "in_doubt"), 2);
    // Another machine, say.
    std::fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "contracts.csv", "--yes"]).exit(3).says("--report believe");
    session.run(["run", "contracts.csv", "--yes", "--report", "believe"]).exit(5);
    assert_eq!(session.entries().len(), 12, "neither those that were started nor the doubts");
    session.run(["run", "contracts.csv", "--yes"]).exit(5);
    assert_eq!(session.entries().len(), 12);
    assert_eq!(session.report("contracts"), before, "a report that is not ours stays");
    let ids: BTreeSet<String> = before.iter().map(|line| line["flowbatch.flow_id"].clone()).collect();
    let new = read_report(&session.path("contracts.report (2).csv"));
    assert_eq!((count(&new, "duplicate"), count(&new, "pending")), (10, 2));
    assert_eq!(new.iter().map(|line| line["flowbatch.flow_id"].clone()).collect::<BTreeSet<_>>(), ids);
}

#[test]
fn a_preview_starts_nothing_and_claims_nothing() {
    let input = contracts(5).with("flow_description", |number| match number {
        2 => "sandbox:refuse:template".to_owned(),
        _ => String::new(),
    });
    let session = starting(&input, unhurried());
    let ran = session.run(["run", "contracts.csv", "--preview"]).exit(4);
    ran.says("2 previews").says("https://sandbox.invalid/preview").says("refused: template");
    let told = session.run(["run", "contracts.csv", "--preview", "1", "--json"]).exit(0).json();
    assert_eq!(told["files"][0]["previews"][0]["contract"], "HT-0001");
    assert_eq!(session.entries().len(), 4);
    assert!(started(&session.entries()).is_empty() && session.accepted().is_empty());
    assert_eq!(session.names(), BTreeSet::from(["contracts.csv".to_owned()]), "no report");
    session.run(["run", "contracts.csv", "--yes"]).exit(4).says("4 accepted");
    let pages = ["run", "contracts.csv", "--preview", "--action", "PrepareFlows"];
    session.run(pages).exit(2).says("no preview");
}

/// Ids that came and that nobody could tell whose they are.
pub fn loose_ids(session: &Session) -> BTreeSet<String> {
    let db = rusqlite::Connection::open(session.state("ledger.db")).unwrap();
    let mut ids = db.prepare("SELECT flow_id FROM loose_flow_ids").unwrap();
    ids.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn ids_that_belong_to_nobody_in_particular_are_kept() {
    let input = contracts(20).with("flow_description", |number| match number {
        3 => "sandbox:refuse".to_owned(),
        _ => String::new(),
    });
    let session = with_flows_per_request(starting(&input, faulty("short-ids=1")), 20);
    session.run(["run", "contracts.csv", "--yes"]).says("19 in doubt");
    let ledger: BTreeSet<String> = started(&session.entries()).into_values().flatten().collect();
    assert_eq!((ledger.len(), loose_ids(&session)), (19, ledger));
}

#[test]
fn a_doubt_stays_one_and_says_what_to_do() {
    let faults = "reset-after=@3,no-ids=@5,500=@7,start-error=@9";
    let session = starting(&contracts(12), faulty(faults));
    let ran = session.run(["run", "contracts.csv", "--yes"]).exit(4).says("4 in doubt");
    ran.says("look up 4 contracts in the e-sign console")
        .says("flowbatch reconcile ")
        .never_says("run again to settle");
    let report = session.report("contracts");
    check_started(&report, &session.entries());
    let codes: BTreeSet<&str> =
        report.iter().filter(|line| line.status() == "in_doubt").map(Line::code).collect();
    assert_eq!(codes, BTreeSet::from(["network.broken", "answer.no_flow_id", "http.500", "InternalError"]));
    for again in [vec!["run", "contracts.csv", "--yes"], vec!["retry", &job(&session), "--yes"]] {
        session.run(again).says("4 in doubt");
        assert_eq!(session.entries().len(), 12);
    }
    // Another file with contracts in doubt must not start them, nor must the other action.
    std::fs::write(session.path("others.csv"), contracts(13).csv()).unwrap();
    session.run(["run", "others.csv", "--yes"]).exit(5).says("flowbatch reconcile");
    let others = session.report("others");
    assert_eq!(
        (count(&others, "duplicate"), count(&others, "pending"), count(&others, "accepted")),
        (8, 4, 1)
    );
    assert!(session.accepted().values().all(|times| *times == 1));
    let sent = session.entries().len();
    assert_eq!(sent, 13, "only the one that is new");
    std::fs::write(session.path("pages.csv"), contracts(14).csv()).unwrap();
    let jump = [("FLOWBATCH_JUMP_URL", "https://jump.example.com/")];
    session.run_with(&jump, ["run", "pages.csv", "--action", "PrepareFlows"]).exit(5);
    let pages = session.entries().split_off(sent);
    assert_eq!(pages.iter().map(|entry| entry.count).collect::<Vec<_>>(), [1]);
}

#[test]
fn the_same_sentence_again_and_again_is_a_question_and_keep_going_answers_it() {
    let session = starting(&contracts(60), faulty("refuse:no-quota=@6-9999"));
    // Whoever was refused before the last acceptance was answered is in the count as well.
    let stopped = session.run(["run", "contracts.csv", "--yes"]).exit(5);
    let stopped = stopped.says("the API refused this contract: its own sentence says why").says("no-quota");
    let told = stopped.stderr.split("stopped: ").nth(1).and_then(|words| words.split(' ').next());
    let told: usize = told.and_then(|number| number.parse().ok()).expect("a count");
    assert!((20..=25).contains(&told), "{told} contracts");
    let report = session.report("contracts");
    assert_eq!((count(&report, "accepted"), count(&report, "rejected")), (5, 0), "nobody is blamed");
    check_started(&report, &session.entries());
    // What was refused was not started: it goes again, one alone first.
    session.run(["run", "contracts.csv", "--yes"]).exit(5);
    session.run(["run", "contracts.csv", "--yes", "--keep-going"]).exit(4);
    let report = session.report("contracts");
    check_started(&report, &session.entries());
    assert_eq!((count(&report, "accepted"), count(&report, "rejected")), (5, 55));
}

#[test]
fn an_outage_stops_after_a_few_doubts() {
    for (faults, most) in [("500=1", 3), ("500=@40-9999", 60)] {
        let options = Options { latency: Duration::from_millis(10), ..faulty(faults) };
        let session = starting(&contracts(300), options);
        session.run(["run", "contracts.csv", "--yes"]).exit(5);
        let doubts = count(&session.report("contracts"), "in_doubt");
        assert!((1..=most).contains(&doubts), "{doubts} doubts");
    }
}

#[test]
fn an_answer_that_another_request_had_is_a_doubt() {
    let answer = json!({
        "FlowIds": ["yD000000000000000000000000000001"], "ErrorMessages": [""], "CustomerData": [mark(&id(1))],
        "RequestId": "r-1"
    });
    let listener = Listener::saying(move |_, _| Says::Fields(answer.clone()));
    let session = unasked()
        .env("FLOWBATCH_ACTION", CREATE)
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        .file("contracts.csv", contracts(4).csv());
    session.run(["run", "contracts.csv", "--yes"]).says("1 accepted").says("3 in doubt");
    let report = session.report("contracts");
    assert_eq!(report[1].code(), "answer.repeated");
}

#[test]
fn what_only_this_action_takes_is_sent_by_it_and_refused_of_the_other() {
    let sheet = "合同名称,模板ID,截止日期,姓名,手机号,禁止解除\n\
                 劳动合同,yDtest00000000000000000000000001,2099-12-31,林小雨,13800138000,是\n";
    let listener = Listener::start();
    let session = unasked().file("a.csv", sheet).env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    let refused = session.run(["check", "a.csv", "--json"]).exit(3).json();
    assert_eq!(refused["files"][0]["problems"][0]["code"], "cell.action_forbids");
    session.run(["run", "a.csv"]).exit(3);
    assert!(listener.captured().is_empty());
    session.run(["run", "a.csv", "--action", "CreateFlowsByTemplates", "--yes"]);
    let body = listener.captured()[0].json();
    assert_eq!(body["FlowInfos"][0]["FlowOperateLimit"], json!({"NoRelease": true}));
}

/// The arrays of the official examples of this action, retyped.
#[test]
fn the_official_examples_are_read() {
    let ids = ["yDwivUUckpor2wtoUyjr8EdCeqfTPIDq", "yDwivUUckpor2wobUyjr8EdCeqfTPIDr"];
    for (flows, response, accepted) in [
        // One contract, two previews and messages.
        (
            1,
            json!({"FlowIds": [ids[0]], "CustomerData": ["", ""], "ErrorMessages": ["", ""], "PreviewUrls": ["", ""]}),
            1,
        ),
        // Two contracts, one entry of the others: nothing says which id is whose.
        (2, json!({"FlowIds": ids, "CustomerData": [""], "ErrorMessages": [""], "PreviewUrls": ["", ""]}), 0),
        // No CustomerData at all.
        (1, json!({"FlowIds": [ids[0]], "CustomerData": [], "ErrorMessages": [""], "PreviewUrls": null}), 1),
    ] {
        let listener = Listener::saying(move |_, _| Says::Fields(response.clone()));
        let session = with_flows_per_request(
            unasked()
                .env("FLOWBATCH_ACTION", CREATE)
                .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
                .file("contracts.csv", contracts(flows).csv()),
            20,
        );
        session.run(["run", "contracts.csv", "--yes"]);
        let report = session.report("contracts");
        assert_eq!((count(&report, "accepted"), count(&report, "in_doubt")), (accepted, flows - accepted));
        if accepted == 1 {
            assert_eq!(report[0]["flowbatch.flow_id"], ids[0]);
        }
    }
}

#[test]
fn whoever_asks_for_an_action_that_is_gone_is_told_how_to_switch() {
    let session = unasked().file("contracts.csv", contracts(3).csv()).sandbox(faulty("code:ActionOffline=1"));
    session.run(["run", "contracts.csv"]).exit(5).says("action = \"CreateFlowsByTemplates\"");
    let session = unasked().file("contracts.csv", contracts(3).csv()).sandbox(faulty("deprecated=1"));
    session.run(["run", "contracts.csv"]).exit(0).says("action = \"CreateFlowsByTemplates\"");
    // It says so once, and nowhere else: nobody looks at this stderr.
    let session = unasked().file("contracts.csv", contracts(3).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0).never_says("2025-09-18");
}

#[test]
fn the_json_of_contracts_that_were_started_has_their_ids() {
    let session = starting(&contracts(2), unhurried()).env("FLOWBATCH_REPORT__FORMATS", "csv,json");
    session.run(["run", "contracts.csv", "--yes"]).exit(0);
    let text = std::fs::read_to_string(session.path("contracts.report.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let at =
        report["headers"].as_array().unwrap().iter().position(|name| name == "flowbatch.flow_id").unwrap();
    let ids = started(&session.entries());
    for row in report["rows"].as_array().unwrap() {
        assert_eq!(row.as_array().unwrap().len(), report["headers"].as_array().unwrap().len());
        assert!(ids.values().any(|own| row[at] == own[0].as_str()), "{row}");
    }
}
