//! Where on the way to the API something went wrong: what stands beside the sentence
//! of its code.

use crate::domain::network::{Clock, Fault, Trouble};

use super::{Lang, say};

/// The code and what is known beside it, for brackets behind a sentence.
pub fn code(lang: Lang, code: &str, trouble: Option<&Trouble>) -> String {
    let mut parts = vec![code.to_owned()];
    if let Some(trouble) = trouble {
        parts.extend(of_fault(lang, &trouble.fault));
        parts.push(say!(lang, "主机 {host}", "host {host}", host = trouble.host));
        parts.push(match &trouble.proxy {
            Some(proxy) => say!(lang, "代理 {proxy}", "proxy {proxy}"),
            None => say!(lang, "没有用代理", "no proxy"),
        });
    }
    parts.retain(|part| !part.is_empty());
    parts.join(lang.pick("，", ", "))
}

/// What a fault has to tell besides its sentence.
fn of_fault(lang: Lang, fault: &Fault) -> Vec<String> {
    match fault {
        Fault::Expired(Some(clock)) => vec![say!(
            lang,
            "有效期到 {limit}，本机时间是 {now}，晚了{apart}",
            "valid until {limit}, this machine's clock says {now}, {apart} later",
            limit = day(clock.limit),
            now = day(clock.now),
            apart = apart(lang, *clock)
        )],
        Fault::NotYetValid(Some(clock)) => vec![say!(
            lang,
            "{limit} 才生效，本机时间是 {now}，早了{apart}",
            "valid from {limit}, this machine's clock says {now}, {apart} earlier",
            limit = day(clock.limit),
            now = day(clock.now),
            apart = apart(lang, *clock)
        )],
        Fault::WrongName(names) if !names.is_empty() => vec![say!(
            lang,
            "证书属于 {names}",
            "the certificate is for {names}",
            names = names.join(lang.pick("、", ", "))
        )],
        Fault::ProxyFailed(Some(status)) => {
            vec![say!(lang, "代理返回 {status}", "the proxy says {status}")]
        }
        Fault::Page(title) => page(lang, title.as_deref()).into_iter().collect(),
        Fault::Status { title, to, .. } => {
            let to = to.as_ref().map(|to| say!(lang, "转到 {to}", "to {to}"));
            to.into_iter().chain(page(lang, title.as_deref())).collect()
        }
        Fault::NameNotFound
        | Fault::Refused
        | Fault::NoRoute
        | Fault::ConnectTimeout
        | Fault::AnswerTimeout
        | Fault::Connect
        | Fault::Broken
        | Fault::NotTls
        | Fault::Tls
        | Fault::Expired(None)
        | Fault::NotYetValid(None)
        | Fault::WrongName(_)
        | Fault::UnknownIssuer
        | Fault::Certificate
        | Fault::TooManyFiles
        | Fault::ProxyNotFound
        | Fault::ProxyUnreachable
        | Fault::ProxyPassword
        | Fault::ProxyForbids
        | Fault::ProxyFailed(None)
        | Fault::NoProxyThere => Vec::new(),
    }
}

fn page(lang: Lang, title: Option<&str>) -> Option<String> {
    title.map(|title| say!(lang, "网页标题“{title}”", "page “{title}”"))
}

/// A moment as a clock that is checked by hand would show it.
fn day(seconds: u64) -> String {
    let at = i64::try_from(seconds).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    at.map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string()).unwrap_or_default()
}

/// How far a clock is from a limit.
fn apart(lang: Lang, clock: Clock) -> String {
    let minutes = clock.limit.abs_diff(clock.now).div_ceil(60);
    match minutes {
        0..120 => say!(lang, "{minutes} 分钟", "{minutes} min"),
        120..2880 => say!(lang, "{hours} 小时", "{hours} hours", hours = minutes / 60),
        _ => say!(lang, "{days} 天", "{days} days", days = minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::codes;

    fn of_each_kind() -> Vec<Fault> {
        let clock = Some(Clock { limit: 86_400, now: 4 * 86_400 });
        let status = |status| Fault::Status { status, title: None, to: None };
        let mut faults = vec![
            Fault::NameNotFound,
            Fault::Refused,
            Fault::NoRoute,
            Fault::ConnectTimeout,
            Fault::AnswerTimeout,
            Fault::Connect,
            Fault::Broken,
            Fault::NotTls,
            Fault::Tls,
            Fault::Expired(clock),
            Fault::NotYetValid(clock),
            Fault::WrongName(Vec::new()),
            Fault::UnknownIssuer,
            Fault::Certificate,
            Fault::TooManyFiles,
            Fault::ProxyNotFound,
            Fault::ProxyUnreachable,
            Fault::ProxyPassword,
            Fault::ProxyForbids,
            Fault::ProxyFailed(None),
            Fault::NoProxyThere,
            Fault::Page(None),
        ];
        faults.extend([301, 307, 401, 403, 404, 407, 413, 500, 502, 503, 504].map(status));
        faults
    }

    #[test]
    fn each_fault_has_a_sentence_of_its_own_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut said: Vec<String> =
                of_each_kind().iter().map(|fault| codes::explain(lang, &fault.code()).what).collect();
            said.sort();
            let all = said.len();
            said.dedup();
            assert_eq!(said.len(), all);
            assert!(!said.contains(&codes::explain(lang, "Nonsense").what));
        }
    }

    #[test]
    fn what_is_known_stands_beside_the_code() {
        let trouble = Trouble {
            fault: Fault::Expired(Some(Clock { limit: 86_400, now: 4 * 86_400 })),
            host: "a.example".to_owned(),
            proxy: Some("http://p:3128 (HTTPS_PROXY)".to_owned()),
            cause: String::new(),
        };
        assert_eq!(
            code(Lang::En, "c", Some(&trouble)),
            "c, valid until 1970-01-02 00:00 UTC, this machine's clock says 1970-01-05 00:00 UTC, 3 days later, \
             host a.example, proxy http://p:3128 (HTTPS_PROXY)"
        );
        let redirected = Trouble {
            fault: Fault::Status {
                status: 307,
                title: Some("登录".to_owned()),
                to: Some("https://login.example".to_owned()),
            },
            proxy: None,
            ..trouble
        };
        assert_eq!(
            code(Lang::Zh, "http.307", Some(&redirected)),
            "http.307，转到 https://login.example，网页标题“登录”，主机 a.example，没有用代理"
        );
        assert_eq!(code(Lang::Zh, "x", None), "x");
    }

    #[test]
    fn clocks_differ_in_units_that_people_use() {
        for (seconds, expected) in [(30, "1 min"), (7200, "2 hours"), (10 * 86_400, "10 days")] {
            assert_eq!(apart(Lang::En, Clock { limit: 0, now: seconds }), expected);
        }
    }
}
