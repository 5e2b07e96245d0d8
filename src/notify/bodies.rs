//! What is sent to whom, and how it is signed. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Url;
use secrecy::ExposeSecret as _;
use serde_json::{Value as Json, json};
use sha2::Sha256;

use crate::messages::notice as words;
use crate::settings::{NotifySettings, Receiver};
use crate::text::Lang;

use super::Notice;

/// A request that is ready to be sent.
#[derive(Debug, PartialEq)]
pub struct Message {
    pub url: Url,
    pub body: Vec<u8>,
    pub headers: Vec<(&'static str, String)>,
}

/// `now_ms`: the wall clock's, which robots hold against their own.
pub fn message(notice: &Notice, to: &NotifySettings, lang: Lang, now_ms: i64) -> Message {
    let file = Some(notice.file.as_str()).filter(|_| to.file_names);
    let job = notice.job.as_ref();
    let text = words::line(lang, notice.happening, file, job, notice.tally.as_ref(), notice.pages);
    let secret = to.secret.as_ref().map(|secret| secret.expose_secret());
    let mut url = to.url.clone();
    let mut headers = vec![("Content-Type", "application/json; charset=utf-8".to_owned())];
    let body = match to.receiver {
        Receiver::WeCom => json!({"msgtype": "text", "text": {"content": text}}),
        Receiver::DingTalk => {
            if let Some(secret) = secret {
                let now = now_ms.to_string();
                let sign = STANDARD.encode(hmac(secret, format!("{now}\n{secret}")));
                url.query_pairs_mut().append_pair("timestamp", &now).append_pair("sign", &sign);
            }
            json!({"msgtype": "text", "text": {"content": text}})
        }
        Receiver::Feishu => {
            let mut body = json!({"msg_type": "text", "content": {"text": text}});
            if let Some(secret) = secret {
                let now = (now_ms / 1000).to_string();
                // The text to be signed is the key here, and nothing is signed with it.
                body["sign"] = STANDARD.encode(hmac(&format!("{now}\n{secret}"), "")).into();
                body["timestamp"] = now.into();
            }
            body
        }
        Receiver::Json => document(notice, file, &text, now_ms),
    };
    let body = body.to_string().into_bytes();
    if let (Receiver::Json, Some(secret)) = (to.receiver, secret) {
        let now = (now_ms / 1000).to_string();
        let signed = [now.as_bytes(), b".", &body].concat();
        headers.push(("X-Flowbatch-Signature", format!("sha256={}", hex::encode(hmac(secret, &signed)))));
        headers.push(("X-Flowbatch-Timestamp", now));
    }
    Message { url, body, headers }
}

fn document(notice: &Notice, file: Option<&str>, text: &str, now_ms: i64) -> Json {
    json!({
        "schema": 1, "kind": "notice", "event": notice.happening.name(), "file": file, "job": notice.job,
        "contracts": notice.tally, "unconfirmed": notice.pages, "text": text,
        "time": jiff::Timestamp::from_millisecond(now_ms).map(|at| at.to_string()).ok(),
    })
}

fn hmac(key: &str, text: impl AsRef<[u8]>) -> Vec<u8> {
    // It takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(text.as_ref());
    mac.finalize().into_bytes().to_vec()
}

/// Whether a robot has taken it: it says so in the body, with status 200 in either case.
pub fn refusal(receiver: Receiver, answer: &[u8]) -> Option<i64> {
    let answer: Json = serde_json::from_slice(answer).ok()?;
    let name = match receiver {
        Receiver::WeCom | Receiver::DingTalk => "errcode",
        Receiver::Feishu => "code",
        Receiver::Json => return None,
    };
    answer.get(name)?.as_i64().filter(|code| *code != 0)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use secrecy::SecretString;

    use super::*;
    use crate::domain::job::{JobId, Tally};
    use crate::settings::Happening;

    fn of(receiver: Receiver, secret: Option<&str>, file_names: bool, now_ms: i64) -> (Message, Json) {
        let to = NotifySettings {
            url: "https://robot.test/send?key=k".parse().unwrap(),
            receiver,
            secret: secret.map(SecretString::from),
            on: Happening::ALL.into(),
            file_names,
            timeout: Duration::from_secs(1),
            attempts: 1,
        };
        let notice = Notice {
            happening: Happening::Rows,
            file: "九月.xlsx".into(),
            job: Some(JobId("20261126-0a1b".into())),
            tally: Some(Tally { accepted: 8, rejected: 2, ..Tally::default() }),
            pages: 1,
        };
        let message = message(&notice, &to, Lang::Zh, now_ms);
        let body = serde_json::from_slice(&message.body).unwrap();
        (message, body)
    }

    /// As the sample code of DingTalk's documentation signs, with its secret.
    #[test]
    fn dingtalk_is_signed_as_its_documentation_does() {
        let (message, body) = of(Receiver::DingTalk, Some("this is secret"), true, 1_700_000_000_000);
        let query = "key=k&timestamp=1700000000000&sign=sSFWELbV2YwjdDQhWZwTcWlX5BWUx5J6TPpsZmuPii0%3D";
        assert_eq!(message.url.query(), Some(query));
        assert!(body["text"]["content"].as_str().unwrap().contains("九月.xlsx"));
        assert_eq!(of(Receiver::DingTalk, None, true, 0).0.url.query(), Some("key=k"));
    }

    /// As the sample code of Feishu's documentation signs.
    #[test]
    fn feishu_is_signed_as_its_documentation_does() {
        let (_, body) = of(Receiver::Feishu, Some("demo"), true, 1_599_360_473_999);
        assert_eq!(body["timestamp"], "1599360473");
        assert_eq!(body["sign"], "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
        assert_eq!(body["msg_type"], "text");
    }

    #[test]
    fn a_document_is_signed_with_its_time() {
        assert_eq!(
            hex::encode(hmac("k", b"1700000000.{\"a\":1}")),
            "1b6ad1bc9bf48c52ce01939866d5877c6cc4e87ddad27e16673cb8c4964394a3"
        );
        let (message, body) = of(Receiver::Json, Some("k"), true, 1_700_000_000_123);
        let header = |name| message.headers.iter().find(|(own, _)| *own == name).map(|(_, value)| value);
        let signed = [b"1700000000.".as_slice(), &message.body].concat();
        assert_eq!(header("X-Flowbatch-Timestamp").unwrap(), "1700000000");
        let expected = format!("sha256={}", hex::encode(hmac("k", signed)));
        assert_eq!(header("X-Flowbatch-Signature").unwrap(), &expected);
        assert_eq!((&body["event"], &body["contracts"]["rejected"]), (&"rows".into(), &2.into()));
    }

    #[test]
    fn a_files_name_is_left_out_where_it_is_to_be() {
        for receiver in [Receiver::WeCom, Receiver::DingTalk, Receiver::Feishu, Receiver::Json] {
            let (message, _) = of(receiver, None, false, 0);
            let text = String::from_utf8(message.body).unwrap();
            assert!(!text.contains("九月") && text.contains("20261126-0a1b"), "{text}");
        }
    }

    #[test]
    fn a_robots_refusal_is_seen_in_its_answer() {
        assert_eq!(refusal(Receiver::WeCom, br#"{"errcode":0,"errmsg":"ok"}"#), None);
        assert_eq!(refusal(Receiver::DingTalk, br#"{"errcode":310000}"#), Some(310_000));
        assert_eq!(refusal(Receiver::Feishu, br#"{"code":19021,"msg":"sign"}"#), Some(19021));
        assert_eq!(refusal(Receiver::Json, b"thanks"), None);
    }
}
