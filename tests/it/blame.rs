//! Whose fault is it? Against a listener that answers as a test scripts it:
//! what several senders are told, and what passes apart but not together.

use serde_json::Value;

use crate::sheets::{contracts, id};
use crate::support::{Line, Session, count, links, mark};
use crate::wire::{Listener, Says};

fn asked(say: impl Fn(&Value, usize) -> Says + Send + Sync + 'static) -> (Listener, Session) {
    let listener = Listener::saying(say);
    let session = Session::new().env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    (listener, session)
}

fn holds(body: &Value, number: usize) -> bool {
    let flows = body["FlowInfos"].as_array().unwrap();
    flows.iter().any(|flow| flow["CustomerData"].as_str() == Some(&mark(&id(number))))
}

fn organization(body: &Value) -> &str {
    body["Agent"]["ProxyOrganizationOpenId"].as_str().unwrap()
}

fn odd_or_even(number: usize) -> String {
    if number.is_multiple_of(2) { "even".to_owned() } else { "odd".to_owned() }
}

/// Each page has just the contracts of one request that was accepted.
#[track_caller]
fn pages_are_true(report: &[Line], listener: &Listener) {
    let sent: Vec<Value> = listener.captured().iter().map(crate::wire::Captured::json).collect();
    for url in links(report) {
        let number: usize = url.rsplit('/').next().unwrap().parse().unwrap();
        let own = report.iter().filter(|line| line.url() == url);
        let marks: Vec<String> = own.map(|line| mark(line.key())).collect();
        let flows = sent[number - 1]["FlowInfos"].as_array().unwrap();
        let carried: Vec<&str> = flows.iter().map(|flow| flow["CustomerData"].as_str().unwrap()).collect();
        assert_eq!(carried, marks, "{url}");
    }
}

#[test]
fn what_passes_apart_but_not_together_stays_apart() {
    let (listener, session) = asked(|body, _| match holds(body, 3) && holds(body, 4) {
        true => Says::Refused("InvalidParameter.BizApproverAlreadyExists"),
        false => Says::Accepted,
    });
    // One request after the other, so that the listener's numbers are the order of the captured.
    let session =
        session.file("contracts.csv", contracts(20).csv()).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    session.run(["run", "contracts.csv"]).exit(0).says("20 accepted");
    let report = session.report("contracts");
    pages_are_true(&report, &listener);
    assert!(links(&report).len() <= 6, "{} pages", links(&report).len());
}

#[test]
fn a_question_is_put_to_a_chunk_that_was_waiting() {
    let (_listener, session) = asked(|body, number| match (holds(body, 1), number) {
        (true, 1) => Says::Status(503, "Retry-After: 1\r\n"),
        (false, _) if !(1..=20).any(|own| holds(body, own)) => Says::Refused("MissingParameter"),
        _ => Says::Accepted,
    });
    let session =
        session.file("contracts.csv", contracts(24).csv()).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    session.run(["run", "contracts.csv"]).exit(4).says("20 accepted").says("4 rejected");
    assert_eq!(session.report("contracts")[23].code(), "MissingParameter");
}

#[test]
fn a_time_that_never_comes_ends_the_run_and_not_the_program() {
    let (_listener, session) = asked(|_, _| Says::Status(503, "Retry-After: 18446744073709551615\r\n"));
    let session = session.file("contracts.csv", contracts(5).csv()).env("FLOWBATCH_RETRY__GIVE_UP", "600ms");
    session.run(["run", "contracts.csv"]).exit(5).says("http.503");
    assert_eq!(count(&session.report("contracts"), "pending"), 5);
}

#[test]
fn refusals_for_the_quota_name_a_time_too() {
    let (listener, session) = asked(|_, number| match number {
        1 => Says::Status(429, "Retry-After: 1\r\n"),
        _ => Says::Accepted,
    });
    let session = session.file("contracts.csv", contracts(5).csv());
    let begun = std::time::Instant::now();
    session.run(["run", "contracts.csv"]).exit(0).says("5 accepted");
    assert!(begun.elapsed().as_millis() >= 1000);
    assert_eq!(listener.captured().len(), 2);
}

#[test]
fn an_application_that_all_share_is_the_callers_whatever_else_varies() {
    let (_listener, session) = asked(|_, _| Says::Refused("ResourceNotFound.Application"));
    let input = contracts(45).with("organization_open_id", odd_or_even);
    let session = session.file("contracts.csv", input.csv());
    session.run(["run", "contracts.csv"]).exit(5).says("ResourceNotFound.Application");
    assert_eq!(count(&session.report("contracts"), "pending"), 45);
}

#[test]
fn one_companys_trouble_is_no_other_ones_and_blames_no_row() {
    for code in ["MissingParameter", "OperationDenied.NoIdentityVerify", "InvalidParameter.DataNotFound"] {
        let (listener, session) = asked(move |body, _| match organization(body) {
            "odd" => Says::Refused(code),
            _ => Says::Accepted,
        });
        let input = contracts(120).with("organization_open_id", odd_or_even);
        let session = session.file("contracts.csv", input.csv());
        session.run(["run", "contracts.csv"]).exit(5).says("60 accepted").says("60 pending").says(code);
        for (number, line) in (1..).zip(session.report("contracts")) {
            let expected = if odd_or_even(number) == "odd" { "pending" } else { "accepted" };
            assert_eq!(line.status(), expected, "{number}");
        }
        assert!(listener.captured().len() <= 50);
    }
}

#[test]
fn one_stray_answer_that_a_company_is_unknown_rejects_nobody_of_one_that_is_known() {
    for stray in [1, 3] {
        let odd = std::sync::atomic::AtomicUsize::new(0);
        let (_listener, session) = asked(move |body, _| {
            let number = match organization(body) {
                "odd" => 1 + odd.fetch_add(1, std::sync::atomic::Ordering::SeqCst),
                _ => 0,
            };
            if number == stray { Says::Refused("ResourceNotFound.Organization") } else { Says::Accepted }
        });
        let input = contracts(120).with("organization_open_id", odd_or_even);
        let session = session.file("contracts.csv", input.csv());
        session.run(["run", "contracts.csv"]);
        assert_eq!(count(&session.report("contracts"), "rejected"), 0, "{stray}");
        session.run(["run", "contracts.csv"]).exit(0).says("120 accepted");
    }
}

#[test]
fn a_quota_used_up_in_the_middle_blames_nobody() {
    let (_listener, session) = asked(|_, number| match number {
        1..=4 => Says::Accepted,
        _ => Says::Refused("OperationDenied.NoQuota"),
    });
    let input = contracts(200).with("organization_open_id", odd_or_even);
    let session = session.file("contracts.csv", input.csv());
    session.run(["run", "contracts.csv"]).exit(5).says("80 accepted").says("120 pending");
}

#[test]
fn a_page_to_jump_to_or_an_operator_a_row_hides_no_callers_fault() {
    for column in ["jump_url", "operator_open_id"] {
        let (_listener, session) = asked(|_, _| Says::Refused("OperationDenied"));
        let value = |number: usize| match column {
            "jump_url" => format!("https://jump.example.com/?id={number}"),
            _ => format!("operator{number}"),
        };
        let session = session.file("contracts.csv", contracts(30).with(column, value).csv());
        session.run(["run", "contracts.csv"]).exit(5).says("30 pending");
        let (_listener, session) = asked(|_, _| Says::Refused("OperationDenied"));
        let session = session.file("contracts.csv", contracts(30).csv());
        session.run(["run", "contracts.csv", "--first", "1"]).exit(5).says("30 pending");
    }
}

#[test]
fn an_operator_mistyped_after_acceptances_blames_nobody() {
    let (_listener, session) = asked(|body, number| {
        let operator = body["Agent"]["ProxyOperator"]["OpenId"].as_str().unwrap();
        match (operator, number) {
            ("test-operator", 1) => Says::Accepted,
            ("test-operator", _) => Says::Refused("OperationDenied.OperatorHasNoPermission"),
            ("right", _) => Says::Accepted,
            _ => Says::Refused("InvalidParameter.DataNotFound"),
        }
    });
    let session =
        session.file("contracts.csv", contracts(100).csv()).env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    session.run(["run", "contracts.csv"]).exit(5).says("20 accepted").says("80 pending");
    let session = session.env("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "mistyped");
    session.run(["run", "contracts.csv"]).exit(5).says("20 accepted").says("80 pending");
    let session = session.env("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "right");
    session.run(["run", "contracts.csv"]).exit(0).says("100 accepted");
}

#[test]
fn a_size_that_passed_is_not_undercut() {
    let (listener, session) = asked(|body, _| match body["FlowInfos"].as_array().unwrap().len() {
        0..=10 => Says::Accepted,
        _ => Says::Refused("LimitExceeded.FlowInfos"),
    });
    let session = session.file("contracts.csv", contracts(211).csv());
    session.run(["run", "contracts.csv"]).exit(0).says("211 accepted");
    assert!(
        links(&session.report("contracts")).len() <= 23,
        "{:?}",
        links(&session.report("contracts")).len()
    );
    assert!(listener.captured().len() <= 60);
}

#[test]
fn where_no_sender_passes_nobody_is_blamed() {
    let (_listener, session) = asked(|_, _| Says::Refused("MissingParameter"));
    let input = contracts(80).with("organization_open_id", odd_or_even);
    let session = session.file("contracts.csv", input.csv());
    session.run(["run", "contracts.csv"]).exit(5).says("MissingParameter").says("organization_open_id");
    assert_eq!(count(&session.report("contracts"), "pending"), 80);
}
