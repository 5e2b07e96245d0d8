//! Signatures made by official SDKs and by an independent implementation, with made-up keys.

use hyper::header::{HeaderName, HeaderValue};

use super::*;

const ID: &str = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const HOST: &str = "essbasic.tencentcloudapi.com";
const JSON: &str = "application/json";

/// A request as received, and the hand that holds it.
struct Call {
    headers: HeaderMap,
    body: &'static str,
    now: i64,
    token: Option<&'static str>,
}

impl Call {
    fn signed(timestamp: i64, date: &str, service: &str, body: &'static str, signature: &str) -> Self {
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={ID}/{date}/{service}/tc3_request, \
             SignedHeaders=content-type;host, Signature={signature}"
        );
        let call = Self { headers: HeaderMap::new(), body, now: timestamp, token: None };
        call.with("authorization", &authorization)
            .with("x-tc-timestamp", &timestamp.to_string())
            .with("host", HOST)
            .with("content-type", JSON)
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }

    fn replacing(self, old: &str, new: &str) -> Self {
        let text = self.headers["authorization"].to_str().unwrap().to_owned();
        assert!(text.contains(old));
        self.with("authorization", &text.replace(old, new))
    }

    fn verdict(&self) -> Result<(), String> {
        let known = [Credential {
            secret_id: ID.to_owned(),
            secret_key: KEY.to_owned().into(),
            token: self.token.map(|token| token.to_owned().into()),
        }];
        let signer = verify(&self.headers, &digest(self.body.as_bytes()), &known, self.now);
        signer.map(|signer| assert_eq!(signer, ID)).map_err(|refusal| refusal.code.into_owned())
    }

    fn assert_refused(&self, code: &str) {
        assert_eq!(self.verdict(), Err(format!("AuthFailure.{code}")));
    }
}

fn good() -> Call {
    let signature = "dba21fc799efead19c07b122f3ed6f609e2e18189ea451c9300a8c2a9f774a49";
    Call::signed(1_551_113_065, "2019-02-25", "essbasic", "{}", signature)
}

#[test]
fn what_the_python_sdk_signs_is_accepted() {
    let filter = r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
    let charset = "application/json; charset=utf-8";
    let of = Call::signed;
    let calls = [
        good(),
        of(
            1_551_113_065,
            "2019-02-25",
            "essbasic",
            "",
            "d5d799ed13d66f68e3be040bd96da281616d2e5f0de79c61e82705bace1c6451",
        ),
        of(
            1_551_113_065,
            "2019-02-25",
            "essbasic",
            filter,
            "c76dfa8913d89b6848b7120129943b2d553b3d6f4686781687dad1980da83707",
        )
        .with("content-type", charset),
        of(
            1_551_113_065,
            "2019-02-25",
            "cvm",
            filter,
            "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168",
        )
        .with("content-type", charset)
        .with("host", "cvm.tencentcloudapi.com"),
        of(
            1_709_251_199,
            "2024-02-29",
            "essbasic",
            "{}",
            "682ddc71fcc83c684d99573552920df46717d382cb97e15c10db156af56ccb6f",
        ),
        of(
            1_709_251_200,
            "2024-03-01",
            "essbasic",
            "{}",
            "baf733ee871fa5429206a837485a9ff6b5a9c3fc0622f7904413e193af343b68",
        ),
        of(
            1_800_000_000,
            "2027-01-15",
            "essbasic",
            "{\"FlowName\": \"a\\\"b\\\\c\\n\\t😀\u{2028}\"}",
            "8226d6010746df34ab0a29c44edfd64a0cd7f60065650de0d64e37c5ed347742",
        ),
    ];
    for (place, call) in calls.iter().enumerate() {
        assert_eq!(call.verdict(), Ok(()), "call {place}");
    }
}

#[test]
fn node_signs_the_host_without_its_port_and_its_first_label_as_service() {
    let signature = "9e0cb2dc7ff9a29f3425df898191853793fe0039856d3ddaf3000dce91884d14";
    let call = Call::signed(1_709_251_199, "2024-02-29", "127", r#"{"Limit":1}"#, signature);
    assert_eq!(call.with("host", "127.0.0.1:8787").verdict(), Ok(()));
}

#[test]
fn other_headers_may_be_signed_too() {
    let signature = "7a4379afb13fe6d96851e8140afa0582780796dbdf06607160f03825134411c9";
    let call = Call::signed(1_700_000_000, "2023-11-14", "essbasic", "{}", signature)
        .replacing("content-type;host", "content-type;host;x-tc-action")
        .with("content-type", "application/json; charset=utf-8");
    call.assert_refused("InvalidAuthorization");
    let call = call.with("x-tc-action", "PrepareFlows");
    assert_eq!(call.verdict(), Ok(()));
    call.with("x-tc-action", "PrepareFlow").assert_refused("SignatureFailure");
}

#[test]
fn an_unsigned_payload_is_taken_at_its_word() {
    let signature = "cef6ffc91922e637df31801c563fde52e35bf0a9d29242239bf6522ec1f61700";
    let call = Call::signed(1_700_000_000, "2023-11-14", "essbasic", "any body", signature);
    call.assert_refused("SignatureFailure");
    assert_eq!(call.with("x-tc-content-sha256", "UNSIGNED-PAYLOAD").verdict(), Ok(()));
}

#[test]
fn whatever_was_changed_after_signing_is_noticed() {
    good().with("content-type", "application/json; charset=utf-8").assert_refused("SignatureFailure");
    good().with("host", "other.tencentcloudapi.com").assert_refused("SignatureFailure");
    good().with("x-tc-timestamp", "1551113066").assert_refused("SignatureFailure");
    good().replacing("/essbasic/", "/cvm/").assert_refused("SignatureFailure");
    good().replacing("Signature=d", "Signature=e").assert_refused("SignatureFailure");
    good().replacing("774a49", "774a").assert_refused("SignatureFailure");
    Call { body: "{ }", ..good() }.assert_refused("SignatureFailure");
}

#[test]
fn the_scope_has_the_utc_date_of_the_timestamp() {
    good().replacing("2019-02-25", "2019-02-26").assert_refused("SignatureFailure");
    good().replacing("2019-02-25", "2019-2-25").assert_refused("SignatureFailure");
    let signature = "682ddc71fcc83c684d99573552920df46717d382cb97e15c10db156af56ccb6f";
    let eve = Call::signed(1_709_251_199, "2024-02-29", "essbasic", "{}", signature);
    assert_eq!(Call { now: 1_709_251_200, ..eve }.verdict(), Ok(()));
}

#[test]
fn the_clock_may_be_five_minutes_off() {
    let at = |offset: i64| Call { now: 1_551_113_065 + offset, ..good() };
    assert_eq!((at(300).verdict(), at(-300).verdict()), (Ok(()), Ok(())));
    at(301).assert_refused("SignatureExpire");
    at(-301).assert_refused("SignatureExpire");
}

#[test]
fn tokens_must_be_the_one_due() {
    good().with("x-tc-token", "surplus").assert_refused("TokenFailure");
    let due = || Call { token: Some("token"), ..good() };
    due().assert_refused("TokenFailure");
    due().with("x-tc-token", "tokem").assert_refused("TokenFailure");
    due().with("x-tc-token", "tok").assert_refused("TokenFailure");
    assert_eq!(due().with("x-tc-token", "token").verdict(), Ok(()));
}

#[test]
fn unknown_and_malformed_authorizations_have_their_codes() {
    good().replacing(ID, "AKIDnobody").assert_refused("SecretIdNotFound");
    let malformed = [
        ("TC3-HMAC-SHA256", "TC3-HMAC-SHA1"),
        ("tc3_request", "tc3"),
        ("content-type;host", "host"),
        ("content-type;host", "content-type"),
        ("SignedHeaders=content-type;host, ", ""),
        ("Signature=dba", "Signature=DBA"),
        ("Signature=dba", "Signature=xyz"),
        ("SignedHeaders", "Headers"),
        (", Signature", ", Signature=aa, Signature"),
        ("/essbasic/", "//"),
    ];
    for (old, new) in malformed {
        good().replacing(old, new).assert_refused("InvalidAuthorization");
    }
    good().with("x-tc-timestamp", "2019").assert_refused("SignatureExpire");
    good().with("x-tc-timestamp", "+1551113065").assert_refused("InvalidAuthorization");
    let mut unsigned = good();
    unsigned.headers.remove("authorization");
    unsigned.assert_refused("InvalidAuthorization");
}
