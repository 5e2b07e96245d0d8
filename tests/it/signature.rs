//! The signature, and the stand-in as the judge of it: a client that is wrong
//! in one way is refused with the documented code.

use std::time::{SystemTime, UNIX_EPOCH};

use flowbatch::essbasic::tc3::{Credentials, ToSign, sign};
use flowbatch::sandbox::Options;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::sheets::{mobile, name};
use crate::support::{SECRET_ID, SECRET_KEY, Session, mark, unhurried};
use crate::wire::post;

#[test]
fn the_published_vectors_are_signed_as_the_official_sdk_does() {
    let text = include_str!("../data/tc3-vectors.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 11);
    for vector in vectors {
        let text = |key: &str| vector[key].as_str().unwrap();
        let to_sign = ToSign {
            service: text("service"),
            host: text("host"),
            content_type: text("content_type"),
            timestamp: vector["timestamp"].as_i64().unwrap(),
            body: text("body").as_bytes(),
        };
        let credentials = Credentials {
            secret_id: text("secret_id").to_owned(),
            secret_key: SecretString::from(text("secret_key")),
            token: None,
        };
        let signature = sign(&to_sign, &credentials).unwrap();
        let name = text("name");
        assert_eq!(signature.canonical_request, text("canonical_request"), "{name}");
        assert_eq!(signature.string_to_sign, text("string_to_sign"), "{name}");
        assert_eq!(signature.hex, text("signature"), "{name}");
        assert_eq!(signature.authorization, text("authorization"), "{name}");
    }
}

/// A request that a client would send, before something is wrong with it.
struct Request {
    /// Seconds that the client's clock is ahead.
    ahead: i64,
    key: &'static str,
    /// What is signed as the host; None: the one it is sent to.
    signed_host: Option<&'static str>,
    /// Changes the `Authorization` header.
    authorization: fn(String) -> String,
    action: &'static str,
    body: Value,
    /// What is sent, given what was signed.
    sent: fn(String) -> String,
}

fn flow(number: usize) -> Value {
    json!({
        "FlowName": format!("合同{number}"), "TemplateId": "yDtest", "Deadline": 4_102_416_000_i64,
        "CustomerData": mark(&format!("HT-{number}")),
        "FlowApprovers": [{"Name": name(number), "Mobile": mobile(number)}],
    })
}

fn right() -> Request {
    Request {
        ahead: 0,
        key: SECRET_KEY,
        signed_host: None,
        authorization: |text| text,
        action: "PrepareFlows",
        body: json!({
            "Agent": {
                "AppId": "a", "ProxyOrganizationOpenId": "o", "ProxyOperator": {"OpenId": "p"}
            },
            "JumpUrl": "https://jump.example.com/",
            "FlowInfos": (1..=20).map(flow).collect::<Vec<_>>(),
        }),
        sent: |body| body,
    }
}

/// Sends it; returns the code of the answer, or `accepted`.
fn verdict_on(session: &Session, request: &Request) -> String {
    let address = session.endpoint_address();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let timestamp = i64::try_from(now).unwrap() + request.ahead;
    let host = address.to_string();
    let body = request.body.to_string();
    let to_sign = ToSign {
        service: "essbasic",
        host: request.signed_host.unwrap_or(&host),
        content_type: "application/json",
        timestamp,
        body: body.as_bytes(),
    };
    let credentials = Credentials {
        secret_id: SECRET_ID.to_owned(),
        secret_key: SecretString::from(request.key),
        token: None,
    };
    let authorization = (request.authorization)(sign(&to_sign, &credentials).unwrap().authorization);
    let headers = [
        ("Host", host.clone()),
        ("Content-Type", "application/json".to_owned()),
        ("Authorization", authorization),
        ("X-TC-Action", request.action.to_owned()),
        ("X-TC-Version", "2021-05-26".to_owned()),
        ("X-TC-Timestamp", timestamp.to_string()),
    ];
    let answer = post(address, &headers, (request.sent)(body).as_bytes());
    let response = &answer["Response"];
    assert!(response["RequestId"].as_str().is_some_and(|id| !id.is_empty()), "{answer}");
    match response["Error"]["Code"].as_str() {
        Some(code) => code.to_owned(),
        None => {
            assert!(
                response["ConfirmUrl"].as_str().is_some_and(|url| url.starts_with("https://")),
                "{answer}"
            );
            "accepted".to_owned()
        }
    }
}

#[test]
fn a_client_that_is_wrong_in_one_way_is_refused_with_the_documented_code() {
    let session = Session::new().sandbox(unhurried());
    assert_eq!(verdict_on(&session, &right()), "accepted");

    let changed = |change: fn(&mut Value)| {
        let mut request = right();
        change(&mut request.body);
        request
    };
    let without = |change: fn(&mut serde_json::Map<String, Value>)| {
        let mut request = right();
        change(request.body.as_object_mut().unwrap());
        request
    };
    let mutants = [
        ("a clock ten minutes ahead", Request { ahead: 600, ..right() }, "AuthFailure.SignatureExpire"),
        ("a clock ten minutes behind", Request { ahead: -600, ..right() }, "AuthFailure.SignatureExpire"),
        ("another key", Request { key: "someone else's", ..right() }, "AuthFailure.SignatureFailure"),
        (
            "the date of another day in the scope",
            Request { authorization: |text| other_date(&text), ..right() },
            "AuthFailure.SignatureFailure",
        ),
        (
            "an unknown SecretId",
            Request { authorization: |text| text.replace(SECRET_ID, "AKIDnobody"), ..right() },
            "AuthFailure.SecretIdNotFound",
        ),
        (
            "another algorithm",
            Request { authorization: |text| text.replace("TC3-", "TC1-"), ..right() },
            "AuthFailure.InvalidAuthorization",
        ),
        (
            "the host of the service, not the one it is sent to",
            Request { signed_host: Some("essbasic.tencentcloudapi.com"), ..right() },
            "AuthFailure.SignatureFailure",
        ),
        (
            "a body that was changed after signing",
            Request {
                sent: |body| body.replacen("HT", "TH", 1).replacen("合同1", "合同2", 1), ..right()
            },
            "AuthFailure.SignatureFailure",
        ),
        ("an action that is not there", Request { action: "PrepareFlow", ..right() }, "InvalidAction"),
        (
            "21 flows",
            changed(|body| body["FlowInfos"].as_array_mut().unwrap().push(flow(21))),
            "LimitExceeded.FlowInfos",
        ),
        ("no flow", changed(|body| body["FlowInfos"] = json!([])), "MissingParameter"),
        ("no Agent", without(|body| drop(body.remove("Agent"))), "MissingParameter"),
        ("no JumpUrl", without(|body| drop(body.remove("JumpUrl"))), "MissingParameter"),
        (
            "no AppId",
            changed(|body| drop(body["Agent"].as_object_mut().unwrap().remove("AppId"))),
            "MissingParameter",
        ),
        (
            "no FlowName in one flow",
            changed(|body| drop(body["FlowInfos"][13].as_object_mut().unwrap().remove("FlowName"))),
            "MissingParameter",
        ),
        (
            "no approver in one flow",
            changed(|body| body["FlowInfos"][7]["FlowApprovers"] = json!([])),
            "MissingParameter",
        ),
        (
            "a deadline in milliseconds",
            changed(|body| body["FlowInfos"][0]["Deadline"] = json!(4_102_416_000_000_i64)),
            "InvalidParameter.FlowDeadLine",
        ),
        (
            "a deadline that has passed",
            changed(|body| body["FlowInfos"][0]["Deadline"] = json!(1_604_910_797)),
            "InvalidParameter.FlowDeadLine",
        ),
        (
            "CustomerData that is not base64",
            changed(|body| body["FlowInfos"][0]["CustomerData"] = json!("合同")),
            "InvalidParameter.CustomerData",
        ),
        (
            "a mobile with its country code",
            changed(|body| body["FlowInfos"][0]["FlowApprovers"][0]["Mobile"] = json!("+8613800000001")),
            "InvalidParameter.Mobile",
        ),
    ];
    for (what, mutant, code) in &mutants {
        assert_eq!(verdict_on(&session, mutant), *code, "{what}");
    }
    let accepted = session.entries().iter().filter(|entry| entry.is_accepted()).count();
    assert_eq!(accepted, 1, "the ledger agrees");
}

/// The date of the credential scope, a day off.
fn other_date(authorization: &str) -> String {
    let (before, rest) = authorization.split_once('/').unwrap();
    let (_, after) = rest.split_once('/').unwrap();
    format!("{before}/2020-11-09/{after}")
}

#[test]
fn a_client_that_is_too_fast_is_refused() {
    let session = Session::new().sandbox(Options { requests_per_second: 1, ..unhurried() });
    let verdicts = [verdict_on(&session, &right()), verdict_on(&session, &right())];
    assert_eq!(verdicts, ["accepted", "RequestLimitExceeded"]);
}
