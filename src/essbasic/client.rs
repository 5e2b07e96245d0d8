//! One signed request, sent once. Nothing here repeats, follows or hides a
//! send: what happened to a request is for the caller to judge by.

use std::time::{Duration, Instant, SystemTime};

use bytes::{Bytes, BytesMut};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use secrecy::ExposeSecret as _;

use crate::domain::verdict::{Outcome, Verdict};

use super::action::Action;
use super::codes::judge_status;
use super::names;
use super::tc3::{Credentials, ToSign, sign};
use super::wire::{NotedBody, OnWire, WireNote};

#[derive(Clone, Debug)]
pub struct ClientSettings {
    /// `https://host[:port]`, or http on loopback.
    pub endpoint: String,
    pub region: Option<String>,
    /// `zh-CN` or `en-US`: the language of the API's messages.
    pub language: &'static str,
    pub connect_timeout: Duration,
    /// For the whole request, answer included.
    pub timeout: Duration,
}

pub struct Client {
    http: reqwest::Client,
    settings: ClientSettings,
    /// As it is signed: with the port where it is not the scheme's own.
    host: String,
    credentials: Credentials,
}

/// What came of one send.
pub struct Sent {
    pub outcome: Outcome,
    /// When the body left; `None`: it never did.
    pub wire: Option<Instant>,
    /// From there to the end of the answer.
    pub round_trip: Option<Duration>,
}

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("the endpoint is not a URL with https, or with http on loopback: {0}")]
    Endpoint(String),
    #[error("the HTTP client cannot be made: {0}")]
    Build(String),
}

/// An answer is a few hundred bytes; this is for what a proxy may send instead.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;
/// The server closes idle connections; one that is older is not trusted.
const POOL_IDLE: Duration = Duration::from_secs(20);

impl Client {
    pub fn new(settings: ClientSettings, credentials: Credentials) -> Result<Self, ClientError> {
        let url = endpoint_url(&settings.endpoint)?;
        let loopback = is_loopback(&url);
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(ClientError::Endpoint(settings.endpoint)),
        };
        // The same provider for the whole process; a second call finds it there.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder()
            .http1_only()
            .retry(reqwest::retry::never())
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(settings.connect_timeout)
            .timeout(settings.timeout)
            .pool_idle_timeout(POOL_IDLE)
            .tcp_nodelay(true)
            .user_agent(names::REQUEST_CLIENT);
        if loopback {
            builder = builder.no_proxy();
        }
        if url.scheme() == "http" {
            // Without this a machine that has no CA certificates could not even talk to itself.
            builder = builder.tls_certs_only([]);
        }
        let http = builder.build().map_err(|error| ClientError::Build(error.to_string()))?;
        Ok(Self { http, settings, host, credentials })
    }

    /// Signs the body with the time as it is now, and sends it once.
    pub async fn send(&self, action: Action, body: Bytes, on_wire: OnWire) -> Sent {
        let note = WireNote::new(on_wire);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let timestamp = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        let Some(headers) = self.headers(action, timestamp, &body) else {
            return Sent {
                outcome: Outcome::with_code(Verdict::Caller, "request.headers"),
                wire: None,
                round_trip: None,
            };
        };
        let request = self
            .http
            .post(format!("{}/", self.settings.endpoint.trim_end_matches('/')))
            .headers(headers)
            .body(reqwest::Body::wrap(NotedBody::new(body, note.clone())));
        let result = self.exchange(request, action).await;
        let wire = note.left_at();
        let outcome = result.unwrap_or_else(|error| network_outcome(&error, wire.is_some()));
        let round_trip = wire.map(|left| left.elapsed());
        Sent { outcome, wire, round_trip }
    }

    async fn exchange(
        &self,
        request: reqwest::RequestBuilder,
        action: Action,
    ) -> Result<Outcome, reqwest::Error> {
        let mut response = request.send().await?;
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers());
        let mut answer = BytesMut::new();
        let mut readable = true;
        loop {
            match response.chunk().await {
                Ok(Some(part)) if answer.len() + part.len() <= ANSWER_LIMIT => {
                    answer.extend_from_slice(&part)
                }
                Ok(Some(_)) => {
                    readable = false;
                    break;
                }
                Ok(None) => break,
                // The status of a gateway counts even where its page breaks off.
                Err(_) if status != 200 => break,
                Err(error) => return Err(error),
            }
        }
        let mut outcome = match status {
            200 if readable => action.read_answer(&answer),
            200 => Outcome::with_code(Verdict::InDoubt, "answer.unreadable"),
            _ => Outcome::with_code(judge_status(status), format!("http.{status}")),
        };
        if status != 200 {
            action.read_envelope(&answer, &mut outcome);
        }
        outcome.http_status = Some(status);
        outcome.retry_after = retry_after;
        Ok(outcome)
    }

    fn headers(&self, action: Action, timestamp: i64, body: &[u8]) -> Option<HeaderMap> {
        let to_sign = ToSign {
            service: names::SERVICE,
            host: &self.host,
            content_type: names::CONTENT_TYPE,
            timestamp,
            body,
        };
        let signature = sign(&to_sign, &self.credentials)?;
        let mut headers = HeaderMap::new();
        let mut authorization = HeaderValue::from_str(&signature.authorization).ok()?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(names::CONTENT_TYPE));
        headers.insert("X-TC-Action", HeaderValue::from_static(action.wire_name()));
        headers.insert("X-TC-Version", HeaderValue::from_static(names::VERSION));
        headers.insert("X-TC-Timestamp", HeaderValue::from(timestamp));
        headers.insert("X-TC-Language", HeaderValue::from_static(self.settings.language));
        headers.insert("X-TC-RequestClient", HeaderValue::from_static(names::REQUEST_CLIENT));
        if let Some(region) = self.settings.region.as_deref().filter(|region| !region.is_empty()) {
            headers.insert("X-TC-Region", HeaderValue::from_str(region).ok()?);
        }
        if let Some(token) = &self.credentials.token {
            let mut token = HeaderValue::from_str(token.expose_secret()).ok()?;
            token.set_sensitive(true);
            headers.insert("X-TC-Token", token);
        }
        Some(headers)
    }
}

/// Checks an endpoint: https anywhere, http only to this machine itself.
pub fn endpoint_url(endpoint: &str) -> Result<reqwest::Url, ClientError> {
    let fault = || ClientError::Endpoint(endpoint.to_owned());
    let url: reqwest::Url = endpoint.parse().map_err(|_| fault())?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.path() == "/";
    let allowed = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    if plain && allowed && url.host_str().is_some() { Ok(url) } else { Err(fault()) }
}

/// One name for all spellings of an endpoint: for what counts by endpoint, the
/// quota and what was sent. The port is kept where it is not the scheme's own; a
/// regional host is the same service; the test host is another one.
///
/// # Errors
/// As [`endpoint_url`].
pub fn canonical_endpoint(endpoint: &str) -> Result<String, ClientError> {
    let url = endpoint_url(endpoint)?;
    let host = url.host_str().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let mut labels = host.split('.');
    let regional = labels.next() == Some("essbasic") && host.ends_with(".tencentcloudapi.com");
    let host = match () {
        () if is_loopback(&url) => "loopback".to_owned(),
        () if regional => "essbasic.tencentcloudapi.com".to_owned(),
        () => host,
    };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    Ok(format!("{}://{host}{port}", url.scheme()))
}

fn is_loopback(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether the body left decides: before that nothing happened, after it
/// anything may have.
fn network_outcome(error: &reqwest::Error, left: bool) -> Outcome {
    let code = if error.is_timeout() {
        "network.timeout"
    } else if error.is_connect() && speaks_of_a_certificate(error) {
        "network.certificate"
    } else if error.is_connect() {
        "network.connect"
    } else {
        "network.broken"
    };
    Outcome::with_code(if left { Verdict::InDoubt } else { Verdict::NotSent }, code)
}

/// The TLS library's own error stands somewhere below the client's.
fn speaks_of_a_certificate(error: &reqwest::Error) -> bool {
    let mut source = std::error::Error::source(error);
    while let Some(error) = source {
        if error.to_string().contains("certificate") {
            return true;
        }
        source = error.source();
    }
    false
}

/// Seconds, or an HTTP date.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
    let wait = at.as_second() - jiff::Timestamp::now().as_second();
    u64::try_from(wait).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_endpoint_has_one_name() {
        let same = |spellings: &[&str]| {
            let names: Vec<String> =
                spellings.iter().map(|spelling| canonical_endpoint(spelling).unwrap()).collect();
            assert!(names.windows(2).all(|pair| pair[0] == pair[1]), "{names:?}");
            names[0].clone()
        };
        let real = same(&[
            "https://essbasic.tencentcloudapi.com",
            "HTTPS://ESSBASIC.TencentCloudApi.com/",
            "https://essbasic.tencentcloudapi.com:443",
            "https://essbasic.ap-guangzhou.tencentcloudapi.com",
        ]);
        let here = same(&["http://localhost:8080", "http://127.0.0.1:8080/", "http://[::1]:8080"]);
        let test = same(&["https://essbasic.test.ess.tencent.cn"]);
        assert!(real != here && real != test && here != canonical_endpoint("http://localhost:8081").unwrap());
    }
}
