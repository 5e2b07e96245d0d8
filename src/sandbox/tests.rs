//! Through the socket, with requests written by hand.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::*;

const KEY: &str = "sandbox-test-key";

fn options(faults: &str) -> Options {
    let known =
        |id: &str| Credential { secret_id: id.to_owned(), secret_key: KEY.to_owned().into(), token: None };
    let credentials = vec![known("AKIDtest"), known("AKIDother")];
    Options { credentials, faults: faults.parse().unwrap(), ..Options::default() }
}

fn unix_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn flow(name: &str, description: &str) -> Value {
    json!({
        "FlowName": name, "FlowDescription": description, "TemplateId": "t", "Deadline": unix_now() + 3600,
        "FlowApprovers": [{"Name": "李四", "Mobile": "13888888888"}]
    })
}

/// A signed request for these flows, as bytes.
fn request(flows: &[Value]) -> Vec<u8> {
    request_of("AKIDtest", "", flows)
}

/// The same of an account and with more lines of headers.
fn request_of(account: &str, more: &str, flows: &[Value]) -> Vec<u8> {
    let agent = json!({"AppId": "a", "ProxyOrganizationOpenId": "o", "ProxyOperator": {"OpenId": "p"}});
    let body = json!({"Agent": agent, "JumpUrl": "https://x", "FlowInfos": flows}).to_string();
    let now = unix_now();
    let date = calendar::utc_date(i64::try_from(now).unwrap());
    let hash = |bytes: &[u8]| hex::encode(Sha256::digest(bytes));
    let mac = |key: &[u8], text: &str| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
        mac.update(text.as_bytes());
        mac.finalize().into_bytes().to_vec()
    };
    let canonical = format!(
        "POST\n/\n\ncontent-type:application/json\nhost:sandbox\n\ncontent-type;host\n{}",
        hash(body.as_bytes())
    );
    let scope = format!("{date}/essbasic/tc3_request");
    let to_sign = format!("TC3-HMAC-SHA256\n{now}\n{scope}\n{}", hash(canonical.as_bytes()));
    let key = mac(&mac(&mac(format!("TC3{KEY}").as_bytes(), &date), "essbasic"), "tc3_request");
    let signature = hex::encode(mac(&key, &to_sign));
    let length = body.len();
    format!(
        "POST / HTTP/1.1\r\nHost: sandbox\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         X-TC-Action: PrepareFlows\r\nX-TC-Version: 2021-05-26\r\nX-TC-Timestamp: {now}\r\nAuthorization: \
         TC3-HMAC-SHA256 Credential={account}/{scope}, SignedHeaders=content-type;host, \
         Signature={signature}\r\n{more}\r\n{body}"
    )
    .into_bytes()
}

/// What came back: all bytes up to the end of one answer or of the connection, and whether
/// the connection was reset.
async fn exchange(stream: &mut TcpStream, request: &[u8]) -> (String, bool) {
    // A reset may already be felt while writing.
    let mut reset = stream.write_all(request).await.is_err();
    let mut answer = Vec::new();
    let mut buffer = [0; 4096];
    while !reset && !is_whole(&answer) {
        match stream.read(&mut buffer).await {
            Ok(0) => break,
            Ok(count) => answer.extend_from_slice(&buffer[..count]),
            Err(_) => reset = true,
        }
    }
    (String::from_utf8_lossy(&answer).into_owned(), reset)
}

fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer);
    let Some(end) = text.find("\r\n\r\n") else { return false };
    let head = text[..end].to_lowercase();
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    length.is_some_and(|length| answer.len() >= end + 4 + length.parse::<usize>().unwrap())
}

async fn once(sandbox: &Sandbox, request: &[u8]) -> (String, bool) {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    exchange(&mut stream, request).await
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap()).unwrap()
}

#[tokio::test]
async fn a_connection_carries_one_request_after_the_other() {
    let sandbox = Sandbox::start(options("")).await.unwrap();
    assert_eq!(sandbox.endpoint(), format!("http://127.0.0.1:{}", sandbox.address().port()));
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    for _ in 0..3 {
        let (answer, _) = exchange(&mut stream, &request(&[flow("合同", "")])).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
        assert!(answer.to_lowercase().contains("\r\ncontent-type: application/json\r\n"), "{answer}");
        assert!(body(&answer)["Response"]["ConfirmUrl"].is_string(), "{answer}");
    }
    assert_eq!(sandbox.accepted()["合同"], 3);
    sandbox.stop().await.unwrap();
}

#[tokio::test]
async fn the_quota_holds_under_a_crowd() {
    let sandbox = Arc::new(Sandbox::start(options("")).await.unwrap());
    let crowd: Vec<_> = (0..60)
        .map(|_| {
            let sandbox = Arc::clone(&sandbox);
            tokio::spawn(async move { once(&sandbox, &request(&[flow("n", "")])).await })
        })
        .collect();
    for one in crowd {
        assert!(one.await.unwrap().0.starts_with("HTTP/1.1 200"));
    }
    let entries = sandbox.entries();
    assert_eq!(entries.len(), 60);
    assert!(entries.is_sorted_by_key(|entry| entry.arrival_us));
    let passed: Vec<u64> =
        entries.iter().filter(|entry| entry.is_accepted()).map(|entry| entry.arrival_us).collect();
    assert!(passed.len() >= 20);
    assert!(passed.windows(21).all(|window| window[20] - window[0] >= 1_000_000));
    assert!(entries.iter().filter(|entry| !entry.is_accepted()).all(|e| e.verdict == "RequestLimitExceeded"));
}

#[tokio::test]
async fn each_account_and_region_has_its_own_quota() {
    let sandbox = Sandbox::start(Options { requests_per_second: 1, ..options("") }).await.unwrap();
    let region = "X-TC-Region: ap-guangzhou\r\n";
    for (account, more) in [("AKIDtest", ""), ("AKIDother", ""), ("AKIDtest", region), ("AKIDother", "")] {
        once(&sandbox, &request_of(account, more, &[flow("n", "")])).await;
    }
    let verdicts: Vec<String> = sandbox.entries().into_iter().map(|entry| entry.verdict).collect();
    assert_eq!(verdicts, ["accepted", "accepted", "accepted", "RequestLimitExceeded"]);
}

#[tokio::test]
async fn each_fault_looks_on_the_wire_as_its_name_says() {
    let faults = "reset-before=@1,reset-after=@2,503:7=@3,half=@4,garbage=@5,empty=@6,307=@7,504=@8,500=@9";
    let sandbox = Sandbox::start(options(faults)).await.unwrap();
    let mut answers = Vec::new();
    for _ in 0..9 {
        answers.push(once(&sandbox, &request(&[flow("n", "")])).await);
    }
    let [before, after, unavailable, half, garbage, empty, redirect, late, broken] = &answers[..] else {
        panic!()
    };
    for (answer, reset) in [before, after] {
        assert!(*reset && answer.is_empty(), "{answer}");
    }
    assert!(unavailable.0.starts_with("HTTP/1.1 503") && unavailable.0.contains("retry-after: 7"));
    let (head, begun) = half.0.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && begun.starts_with("{\"Response\":") && !half.1, "{half:?}");
    assert!(serde_json::from_str::<Value>(begun).is_err() && !is_whole(half.0.as_bytes()));
    assert!(garbage.0.starts_with("HTTP/1.1 200") && garbage.0.contains("<!DOCTYPE"));
    assert!(empty.0.contains("content-length: 0"), "{empty:?}");
    assert!(redirect.0.starts_with("HTTP/1.1 307") && redirect.0.contains(&sandbox.endpoint()));
    assert!(late.0.starts_with("HTTP/1.1 504") && broken.0.starts_with("HTTP/1.1 500"));

    let verdicts: Vec<(String, bool)> =
        sandbox.entries().into_iter().map(|entry| (entry.verdict, entry.delivered)).collect();
    let told = |verdict: &str, delivered| (verdict.to_owned(), delivered);
    assert_eq!(
        verdicts,
        [
            told("reset-before", false),
            told("accepted", false),
            told("503", true),
            told("accepted", false),
            told("accepted", false),
            told("accepted", false),
            told("307", true),
            told("accepted", false),
            told("500", true),
        ]
    );
    assert_eq!(sandbox.accepted()["n"], 5);
}

#[tokio::test]
async fn slow_answers_arrive_and_hanging_ones_do_not() {
    let sandbox = Sandbox::start(options("")).await.unwrap();
    let begun = Instant::now();
    let (answer, _) = once(&sandbox, &request(&[flow("s", "sandbox:slow:1")])).await;
    assert!(body(&answer)["Response"]["ConfirmUrl"].is_string());
    assert!(begun.elapsed() >= Duration::from_millis(500), "{:?}", begun.elapsed());
    let bytes = request(&[flow("h", "sandbox:hang")]);
    let hanging = timeout(Duration::from_millis(200), once(&sandbox, &bytes)).await;
    assert!(hanging.is_err());
    assert_eq!(sandbox.accepted()["h"], 1);
}

#[tokio::test]
async fn latency_and_jitter_lie_around_the_arrival() {
    let latency = Duration::from_millis(200);
    let jitter = Duration::from_millis(200);
    let sandbox = Sandbox::start(Options { latency, jitter, ..options("") }).await.unwrap();
    let begun = Instant::now();
    let began_us = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    once(&sandbox, &request(&[flow("n", "")])).await;
    assert!(begun.elapsed() >= latency);
    let before_arrival = u128::from(sandbox.entries()[0].arrival_us) - began_us;
    let moved = jitter.mul_f64(2.0 * faults::uniform(0, 1, 0));
    let due = (latency / 2 + moved).as_micros();
    // The clocks of both sides round to microseconds; the machine may be late.
    assert!(moved > Duration::from_millis(30) && before_arrival + 1_000 >= due, "{before_arrival} {due}");
}

#[tokio::test]
async fn what_was_received_counts_even_if_the_sender_leaves() {
    let latency = Duration::from_millis(200);
    let sandbox = Sandbox::start(Options { latency, ..options("") }).await.unwrap();
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(&request(&[flow("gone", "")])).await.unwrap();
    tokio::time::sleep(Duration::from_millis(30)).await;
    drop(stream);
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(sandbox.accepted().get("gone"), Some(&1));
}

#[tokio::test]
async fn bodies_over_ten_megabytes_are_refused_in_words() {
    let sandbox = Sandbox::start(options("")).await.unwrap();
    let size = 10 * 1024 * 1024 + 1;
    let mut bytes = format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n").into_bytes();
    bytes.resize(bytes.len() + size, b' ');
    let (answer, _) = once(&sandbox, &bytes).await;
    assert_eq!(body(&answer)["Response"]["Error"]["Code"], "RequestSizeLimitExceeded");
}

#[tokio::test]
async fn stopping_ends_open_connections_and_tells_where_listening_fails() {
    let sandbox = Sandbox::start(options("hang=@2")).await.unwrap();
    let port = sandbox.address().port();
    let taken = Sandbox::start(Options { port, ..options("") }).await;
    assert!(matches!(taken, Err(StartError::Listen { .. })));
    let mut idle = TcpStream::connect(sandbox.address()).await.unwrap();
    exchange(&mut idle, &request(&[flow("n", "")])).await;
    let mut hanging = TcpStream::connect(sandbox.address()).await.unwrap();
    hanging.write_all(&request(&[flow("n", "")])).await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let address = sandbox.address();
    timeout(Duration::from_secs(5), sandbox.serve_until(async {})).await.unwrap().unwrap();
    assert_eq!(idle.read(&mut [0; 16]).await.unwrap(), 0);
    assert!(TcpStream::connect(address).await.is_err());
}
