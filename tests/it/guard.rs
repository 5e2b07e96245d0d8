//! Nobody is blamed for what is not theirs: through the binary, against a listener
//! that follows a script.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::sheets::{contracts, id};
use crate::support::{Session, count, links, mark};
use crate::wire::{Listener, Says};

fn asked(say: impl Fn(&Value, usize) -> Says + Send + Sync + 'static) -> (Listener, Session) {
    let listener = Listener::saying(say);
    let session = Session::new()
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        // Slow enough that only a few are in flight.
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    (listener, session)
}

fn holds(body: &Value, number: usize) -> bool {
    let flows = body["FlowInfos"].as_array().unwrap();
    flows.iter().any(|flow| flow["CustomerData"].as_str() == Some(&mark(&id(number))))
}

/// Four hundred contracts, refused with the code from that request on.
fn refused_from(first: usize, code: &'static str) {
    let (listener, session) = asked(move |_, number| match number < first {
        true => Says::Accepted,
        false => Says::Refused(code),
    });
    let session = session.file("contracts.csv", contracts(400).csv());
    session
        .run(["run", "contracts.csv"])
        .exit(5)
        .says(code)
        .says("No contract is blamed")
        .says("--keep-going");
    let report = session.report("contracts");
    assert_eq!(count(&report, "rejected"), 0, "{code}");
    assert_eq!(count(&report, "pending"), 400 - 20 * (first - 1), "{code}");
    assert!(!session.has("contracts.fix.xlsx"));
    let requests = listener.captured().len();
    // Only a few are in flight when the first refusal comes, on a busy machine as well.
    assert!(requests <= first + 40 + 14, "{code}: {requests} requests");
}

#[test]
fn what_is_refused_for_all_is_a_question() {
    for code in [
        "FailedOperation", "InvalidParameter.OrganizationId", "InvalidParameter.NobodyKnowsThisOne",
        "InvalidParameter.FlowName",
    ] {
        refused_from(1, code);
    }
}

#[test]
fn what_is_refused_from_the_third_page_on_is_a_question_too() {
    for code in ["OperationDenied", "ResourceInsufficient", "FailedOperation"] {
        refused_from(3, code);
    }
}

#[test]
fn a_caller_without_rights_stops_the_job() {
    let (listener, session) = asked(|_, _| Says::Refused("FailedOperation.NoRoleAuth"));
    let session =
        session.file("contracts.csv", contracts(400).csv()).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    session.run(["run", "contracts.csv"]).exit(5).says("FailedOperation.NoRoleAuth").says("400 pending");
    let requests = listener.captured().len();
    assert!(requests <= 5, "{requests}");
}

#[test]
fn an_action_that_is_gone_is_said_alike_whatever_the_code() {
    for code in ["InvalidAction", "ActionOffline", "UnsupportedOperation"] {
        let (_listener, session) = asked(move |_, _| Says::Refused(code));
        let session = session.file("contracts.csv", contracts(45).csv());
        session.run(["run", "contracts.csv"]).exit(5).says("CreateFlowsByTemplates").says("45 pending");
    }
}

#[test]
fn one_contract_that_the_other_side_chokes_on_is_found_alone() {
    for how in 0..3 {
        for poisoned in [33, 40] {
            let (_listener, session) = asked(move |body, _| match (holds(body, poisoned), how) {
                (false, _) => Says::Accepted,
                (true, 0) => Says::Refused("InternalError.System"),
                (true, 1) => Says::Nothing,
                (true, _) => Says::Status(403, ""),
            });
            let session = session.file("contracts.csv", contracts(40).csv());
            session.run(["run", "contracts.csv"]).exit(4).says("39 accepted").says("1 rejected");
            let report = session.report("contracts");
            assert_eq!(report[poisoned - 1].status(), "rejected", "{how}");
            assert!(report[poisoned - 1]["flowbatch.reason"].contains("other contracts pass"), "{how}");
            assert_eq!(links(&report).len(), 2);
        }
    }
}

#[test]
fn a_single_contract_with_a_bad_mobile_is_rejected() {
    let (_listener, session) = asked(|_, _| Says::Refused("InvalidParameter.Mobile"));
    let session = session.file("contracts.csv", contracts(1).csv());
    session.run(["run", "contracts.csv"]).exit(4).says("1 rejected");
    assert!(session.has("contracts.fix.xlsx"));
}

#[test]
fn a_stop_is_remembered_and_one_contract_is_asked_first() {
    let (listener, session) = asked(|_, number| match number < 200 {
        true => Says::Refused("OperationDenied"),
        false => Says::Accepted,
    });
    let session = session.file("contracts.csv", contracts(100).csv());
    session.run(["run", "contracts.csv"]).exit(5).says("100 pending");
    let before = listener.captured().len();
    session.run(["run", "contracts.csv"]).exit(5).says("100 pending").says("1 contract");
    assert_eq!(listener.captured().len(), 1, "after {before}");
    // The administrator has mended it.
    for _ in before + 1..200 {
        session.run(["status"]).exit(0);
        let body = json!({"FlowInfos": []}).to_string();
        crate::wire::post(listener.address, &[], body.as_bytes());
    }
    session.run(["run", "contracts.csv"]).exit(0).says("100 accepted");
    assert_eq!(links(&session.report("contracts")).len(), 5, "as few pages as can be");
}

#[test]
fn keep_going_is_stored_with_the_job_for_that_code() {
    let (_listener, session) = asked(|body, _| match (1..=60).any(|number| holds(body, number)) {
        true => Says::Refused("OperationDenied"),
        false => Says::Accepted,
    });
    let session = session.file("contracts.csv", contracts(100).csv());
    session.run(["run", "contracts.csv"]).exit(5).says("No contract is blamed");
    session.run(["run", "contracts.csv", "--keep-going"]).exit(4).says("40 accepted").says("60 rejected");
    let report = session.report("contracts");
    let rejected: BTreeSet<&str> =
        report.iter().filter(|line| line.status() == "rejected").map(|line| line.key()).collect();
    let wanted: Vec<String> = (1..=60).map(id).collect();
    assert_eq!(rejected, wanted.iter().map(String::as_str).collect());
}

/// It may quote a name. A person reads it on the terminal.
#[test]
fn what_the_api_says_of_contracts_stays_out_of_the_json_log() {
    for code in ["InvalidParameter.FlowName", "ResourceNotFound.Organization"] {
        let (_listener, session) = asked(move |_, _| Says::Refused(code));
        let session = session.file("contracts.csv", contracts(45).csv());
        let log = session.run(["run", "contracts.csv", "--log-format", "json"]).exit(5).stderr;
        assert!(log.contains(code) && !log.contains("as scripted"), "{log}");
        let said = session.run(["run", "contracts.csv"]).exit(5).stderr;
        assert!(said.contains(code) && said.contains("as scripted"), "{said}");
    }
}

#[test]
fn a_question_about_one_company_stops_no_other() {
    let (_listener, session) = asked(|body, _| match body["Agent"]["ProxyOrganizationOpenId"].as_str() {
        Some("odd") => Says::Refused("OperationDenied"),
        _ => Says::Accepted,
    });
    let odd = |number: usize| if number.is_multiple_of(2) { "even".to_owned() } else { "odd".to_owned() };
    let session = session.file("contracts.csv", contracts(200).with("organization_open_id", odd).csv());
    session.run(["run", "contracts.csv"]).exit(5).says("100 accepted").says("100 pending");
}

#[test]
fn a_deadline_that_has_passed_is_invalid_and_asks_nobody() {
    let (listener, session) = asked(|_, _| Says::Accepted);
    let session = session.file("contracts.csv", contracts(45).csv());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    listener.captured();
    // As if the day had passed since.
    change_job(&session, "UPDATE contracts SET deadline = 1700000000 WHERE flow >= 40");
    session.run(["run", "contracts.csv"]).exit(4).says("40 accepted").says("5 invalid");
    let report = session.report("contracts");
    assert_eq!((count(&report, "invalid"), report[44].code()), (5, "deadline.past"));
    assert!(session.has("contracts.fix.xlsx"));
    let sent: usize =
        listener.captured().iter().map(|one| one.json()["FlowInfos"].as_array().unwrap().len()).sum();
    assert_eq!(sent, 37);
}

/// A clock may be wrong for a day: what it made of contracts does not outlast it.
#[test]
fn a_deadline_that_had_passed_by_a_wrong_clock_is_asked_again_by_retry() {
    let (_listener, session) = asked(|_, _| Says::Accepted);
    let session = session.file("contracts.csv", contracts(45).csv());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    // As if the clock stood behind them.
    change_job(&session, "UPDATE contracts SET deadline = deadline - 4000000000 WHERE flow >= 40");
    session.run(["run", "contracts.csv"]).exit(4).says("5 invalid");
    let job = crate::action::job(&session);
    session.run(["retry", &job]).exit(4).says("40 accepted").says("5 invalid");
    change_job(&session, "UPDATE contracts SET deadline = deadline + 4000000000 WHERE flow >= 40");
    session.run(["retry", &job]).exit(0).says("45 accepted").never_says("5 invalid");
    assert_eq!(count(&session.report("contracts"), "accepted"), 45);
}

#[test]
fn a_relative_deadline_counts_anew_where_nothing_has_travelled() {
    let (listener, session) = asked(|_, _| Says::Accepted);
    let input = (1..=45).fold(contracts(45), |input, number| input.set(number, "deadline", "+30d"));
    let session = session.file("contracts.csv", input.csv());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    let first = deadlines(&listener);
    // As if the import had been two months ago.
    change_job(
        &session,
        "UPDATE contracts SET deadline = deadline - 5184000;
         UPDATE bodies SET body = CAST(replace(CAST(body AS TEXT), (SELECT '\"Deadline\":' || (deadline + 5184000)
           FROM contracts WHERE contracts.flow = bodies.flow), (SELECT '\"Deadline\":' || deadline FROM contracts
           WHERE contracts.flow = bodies.flow)) AS BLOB)",
    );
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    assert_eq!((first.len(), deadlines(&listener)), (1, first));
}

fn deadlines(listener: &Listener) -> BTreeSet<i64> {
    let bodies = listener.captured();
    let flows = bodies.iter().flat_map(|one| one.json()["FlowInfos"].as_array().unwrap().clone());
    flows.map(|flow| flow["Deadline"].as_i64().unwrap()).collect()
}

/// Changes the file of the only job.
fn change_job(session: &Session, sql: &str) {
    let files = std::fs::read_dir(session.state("jobs")).unwrap();
    let file =
        files.map(|entry| entry.unwrap().path()).find(|path| path.extension().is_some_and(|e| e == "db"));
    rusqlite::Connection::open(file.unwrap()).unwrap().execute_batch(sql).unwrap();
}
