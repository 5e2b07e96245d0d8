//! The order of the checks, and what one request changes for the next.

use serde_json::json;

use super::*;

fn arrivals(faults: &str) -> Arrivals {
    Arrivals::new(2, faults.parse().unwrap(), Ledger::default())
}

fn refused(code: &'static str) -> Refusal {
    Refusal::new(code, "")
}

/// A rightly signed request with these wishes and one flow named A.
fn fine(wishes: Vec<Wish>) -> Examined {
    Examined {
        action: Some("PrepareFlows".to_owned()),
        flows: vec![FlowMark { name: Some("A".to_owned()), customer_data: None }],
        quota: Ok("quota".to_owned()),
        is_preview: false,
        body: serde_json::Value::Null,
        wishes: Ok(wishes),
    }
}

/// Judges requests one after the other, at once, and tells their verdicts.
fn verdicts(faults: &str, requests: Vec<Examined>) -> Vec<String> {
    let mut arrivals = arrivals(faults);
    for (number, request) in (1..).zip(requests) {
        let strike = arrivals.faults.strike(number, 0);
        arrivals.judge(request, &strike);
    }
    arrivals.entries().into_iter().map(|entry| entry.verdict).collect()
}

#[test]
fn the_signature_comes_before_the_quota_and_the_quota_before_the_rules() {
    let unsigned = || Examined { quota: Err(refused("AuthFailure.SignatureFailure")), ..fine(vec![]) };
    let wrong = || Examined { wishes: Err(refused("MissingParameter")), ..fine(vec![]) };
    assert_eq!(
        verdicts("", vec![unsigned(), unsigned(), unsigned(), wrong(), wrong(), wrong(), fine(vec![])]),
        [
            "AuthFailure.SignatureFailure", "AuthFailure.SignatureFailure", "AuthFailure.SignatureFailure",
            "MissingParameter", "MissingParameter", "RequestLimitExceeded", "RequestLimitExceeded"
        ]
    );
}

#[test]
fn quotas_of_different_accounts_are_apart() {
    let other = || Examined { quota: Ok("other".to_owned()), ..fine(vec![]) };
    let requests = vec![fine(vec![]), fine(vec![]), other(), other(), other()];
    assert_eq!(verdicts("", requests).last().unwrap(), "RequestLimitExceeded");
    assert_eq!(verdicts("", vec![fine(vec![]), fine(vec![]), other()]), ["accepted"; 3]);
}

#[test]
fn injected_refusals_take_no_place_in_the_quota() {
    let requests = || (0..4).map(|_| fine(vec![])).collect();
    assert_eq!(
        verdicts("rate-limit=2x", requests()),
        ["RequestLimitExceeded", "RequestLimitExceeded", "accepted", "accepted"]
    );
    assert_eq!(verdicts("503=2x", requests()), ["503", "503", "accepted", "accepted"]);
    assert_eq!(
        verdicts("code:OperationDenied=2x", requests()),
        ["OperationDenied", "OperationDenied", "RequestLimitExceeded", "RequestLimitExceeded"]
    );
}

#[test]
fn mistakes_are_named_before_codes_on_demand() {
    let wrong = Examined { wishes: Err(refused("InvalidParameter.Mobile")), ..fine(vec![]) };
    assert_eq!(
        verdicts("code:OperationDenied=1", vec![wrong, fine(vec![])]),
        ["InvalidParameter.Mobile", "OperationDenied"]
    );
}

#[test]
fn credentials_are_revoked_by_count() {
    let unsigned = Examined { quota: Err(refused("AuthFailure.SignatureFailure")), ..fine(vec![]) };
    assert_eq!(
        verdicts("revoke-after=1", vec![unsigned, fine(vec![]), fine(vec![])]),
        ["AuthFailure.SignatureFailure", "accepted", "AuthFailure.SecretIdNotFound"]
    );
}

fn mark(name: &str, times: Option<u32>) -> Wish {
    Wish::Mark { flow: 0, fault: Fault::parse(name).unwrap(), times }
}

#[test]
fn markers_hold_as_often_as_they_say() {
    let mut arrivals = Arrivals::new(0, Faults::default(), Ledger::default());
    let mut verdict = |wishes| {
        arrivals.judge(fine(wishes), &Strike::default());
        arrivals.entries().pop().unwrap().verdict
    };
    let twice = || vec![mark("InvalidParameter.FlowName", Some(2))];
    assert_eq!([verdict(twice()), verdict(twice())], ["InvalidParameter.FlowName"; 2]);
    assert_eq!([verdict(twice()), verdict(vec![])], ["accepted"; 2]);
    let always = || vec![mark("500", None), mark("OperationDenied", None)];
    assert_eq!([verdict(always()), verdict(always())], ["500"; 2]);
    let unknown = vec![Wish::Refuse(refused("ResourceNotFound.Template")), mark("500", None)];
    assert_eq!(verdict(unknown), "ResourceNotFound.Template");
}

#[test]
fn lost_answers_are_accepted_but_not_delivered() {
    for name in ["reset-after", "half", "garbage", "empty", "hang", "504"] {
        let mut arrivals = arrivals("");
        let ruling = arrivals.judge(fine(vec![mark(name, None)]), &Strike::default());
        let entry = arrivals.entries().pop().unwrap();
        assert!(entry.is_accepted() && !entry.delivered && entry.url.is_some(), "{name}");
        assert_eq!(entry.fault.as_deref(), Some(name));
        assert_eq!(ruling.fault, Fault::parse(name));
        assert_eq!(arrivals.accepted()["A"], 1);
    }
    for name in ["500", "307", "reset-before"] {
        let mut arrivals = arrivals("");
        arrivals.judge(fine(vec![mark(name, None)]), &Strike::default());
        let entry = arrivals.entries().pop().unwrap();
        assert!(!entry.is_accepted() && entry.url.is_none(), "{name}");
        assert!(arrivals.accepted().is_empty());
    }
}

#[test]
fn a_success_has_its_own_url_and_ids() {
    let mut arrivals = arrivals("deprecated=1");
    let mut answers = Vec::new();
    for _ in 0..2 {
        let strike = arrivals.faults.strike(1, 0);
        let ruling = arrivals.judge(fine(vec![]), &strike);
        answers.push(serde_json::from_slice::<Value>(&ruling.envelope).unwrap()["Response"].clone());
    }
    assert!(answers[0]["DeprecatedWarning"].is_string());
    assert!(answers[0]["ConfirmUrl"].as_str().unwrap().starts_with("https://sandbox.invalid/"));
    for name in ["ConfirmUrl", "RequestId"] {
        assert_ne!(answers[0][name], answers[1][name]);
    }
    let entries = arrivals.entries();
    assert_eq!(json!(entries[0].request_id), answers[0]["RequestId"]);
    assert_eq!(json!(entries[0].url), answers[0]["ConfirmUrl"]);
    assert!(entries[0].arrival_us <= entries[1].arrival_us);
}

#[test]
fn nothing_is_recorded_once_closed() {
    let mut arrivals = arrivals("");
    arrivals.cut(None);
    arrivals.close().unwrap();
    arrivals.cut(None);
    assert_eq!(arrivals.entries().len(), 1);
}

#[test]
fn calls_are_checked_before_their_bodies() {
    let received = |method: Method, target: &str, changes: &[(&'static str, &'static str)]| {
        let mut headers = HeaderMap::new();
        let usual = [
            ("x-tc-action", "PrepareFlows"),
            ("x-tc-version", "2021-05-26"),
            ("content-type", "application/json; charset=utf-8"),
        ];
        for (name, value) in usual.iter().chain(changes) {
            headers.insert(*name, value.parse().unwrap());
        }
        Received { method, target: target.to_owned(), headers, body: Some(b"{}".to_vec()) }
    };
    let call = |changes: &[_]| check_call(&received(Method::POST, "/", changes)).err().map(|r| r.code);
    assert_eq!(call(&[]), None);
    assert_eq!(call(&[("x-tc-action", "CreateFlows")]).unwrap(), "InvalidAction");
    assert_eq!(call(&[("x-tc-version", "2020-12-22")]).unwrap(), "NoSuchVersion");
    assert_eq!(call(&[("content-type", "text/plain")]).unwrap(), "InvalidRequest");

    let quota = |received: &Received| find_quota(received, &[], 0).unwrap_err().code;
    assert_eq!(quota(&received(Method::GET, "/", &[])), "UnsupportedProtocol");
    assert_eq!(quota(&received(Method::POST, "/v2", &[])), "InvalidRequest");
    assert_eq!(quota(&received(Method::POST, "/?a=b", &[])), "InvalidRequest");
    let large = Received { body: None, ..received(Method::POST, "/", &[]) };
    assert_eq!(quota(&large), "RequestSizeLimitExceeded");
}
