//! One signed request, sent once. Nothing here repeats, follows or hides a
//! send: what happened to a request is for the caller to judge by.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant, SystemTime};

use bytes::{Bytes, BytesMut};
use hyper::Uri;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use secrecy::ExposeSecret as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::domain::network::{Fault, Trouble};
use crate::domain::verdict::{Outcome, Verdict};

use super::action::{Action, UNREADABLE};
use super::call::{self, Call};
use super::faults::{Circumstances, classify, told};
use super::names;
use super::page::{is_page, title};
use super::proxy::{self, BadProxy, Proxy, Question, Variables};
use super::tc3::{Credentials, ToSign, sign};
use super::transport;
use super::wire::{NotedBody, OnWire, WireNote};

#[derive(Clone)]
pub struct ClientSettings {
    /// `https://host[:port]`, or http on loopback.
    pub endpoint: String,
    pub region: Option<String>,
    /// `zh-CN` or `en-US`: the language of the API's messages.
    pub language: &'static str,
    pub connect_timeout: Duration,
    /// For the whole request, answer included.
    pub timeout: Duration,
    /// What may name a proxy.
    pub proxies: Variables,
}

pub struct Client {
    http: reqwest::Client,
    settings: ClientSettings,
    /// As it is signed: with the port where it is not the scheme's own.
    host: String,
    url: reqwest::Url,
    proxy: Option<Proxy>,
    /// They may be renewed while requests are under way.
    credentials: RwLock<Arc<Credentials>>,
}

/// What came of one send.
pub struct Sent {
    pub outcome: Outcome,
    /// When the body left; `None`: it never did.
    pub wire: Option<Instant>,
    /// From there to the end of the answer.
    pub round_trip: Option<Duration>,
}

/// What an answer with status 200 came to.
type Read<T> = (Outcome, Option<T>);

/// How an answer is read, with status 200 and with another one.
struct Reading<'a, T> {
    success: &'a (dyn Fn(&[u8]) -> Read<T> + Sync),
    other: &'a (dyn Fn(u16, &[u8]) -> Outcome + Sync),
}

/// What an endpoint said to somebody who asked for nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// How far the server's clock is before ours, in seconds; it tells whole ones only.
    pub clock_ahead: Option<i64>,
    pub took: Duration,
}

#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("the endpoint is not a URL with https, or with http on loopback: {0}")]
    Endpoint(String),
    #[error(transparent)]
    Proxy(#[from] BadProxy),
    #[error("this machine has no CA certificates: {0}")]
    NoRoots(String),
    #[error("the HTTP client cannot be made: {0}")]
    Build(String),
}

/// An answer is a few hundred bytes; this is for what a proxy may send instead.
const ANSWER_LIMIT: usize = 4 * 1024 * 1024;
/// The server closes idle connections; one that is older is not trusted.
const POOL_IDLE: Duration = Duration::from_secs(20);
/// The beginning of a proxy's answer tells its status.
const STATUS_LINE: usize = 64;

impl Client {
    pub fn new(settings: ClientSettings, credentials: Credentials) -> Result<Self, ClientError> {
        let url = endpoint_url(&settings.endpoint)?;
        let host = match (url.host_str(), url.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => return Err(ClientError::Endpoint(settings.endpoint)),
        };
        let proxy = proxy_to(&settings.endpoint, &settings.proxies)?;
        let http = transport::build(&url, proxy.as_ref(), |builder| {
            builder
                .connect_timeout(settings.connect_timeout)
                .timeout(settings.timeout)
                .pool_idle_timeout(POOL_IDLE)
        })?;
        Ok(Self { http, settings, host, url, proxy, credentials: RwLock::new(Arc::new(credentials)) })
    }

    /// Signs with others from now on. Returns whether they differ.
    pub fn renew(&self, credentials: Credentials) -> bool {
        let mut own = self.credentials.write().unwrap_or_else(PoisonError::into_inner);
        let differ = !own.are(&credentials);
        *own = Arc::new(credentials);
        differ
    }

    /// Signs the body with the time as it is now, and sends it once.
    pub async fn send(&self, action: Action, body: Bytes, on_wire: OnWire) -> Sent {
        let reading = Reading::<()> {
            success: &|answer| (action.read_answer(&body, answer), None),
            other: &|status, answer| action.read_other(status, answer),
        };
        self.send_once(action.wire_name(), body.clone(), on_wire, reading).await.0
    }

    /// The same for what is asked besides. The answer is there where the outcome is `Accepted`.
    pub async fn ask<C: Call>(&self, call: &C, body: Bytes, on_wire: OnWire) -> (Sent, Option<C::Answer>) {
        let reading = Reading {
            success: &|answer| call::read_answer(call, answer),
            other: &|status, answer| call::read_other(status, answer),
        };
        self.send_once(C::ACTION, body, on_wire, reading).await
    }

    async fn send_once<T>(
        &self,
        action: &'static str,
        body: Bytes,
        on_wire: OnWire,
        reading: Reading<'_, T>,
    ) -> (Sent, Option<T>) {
        let note = WireNote::new(on_wire);
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let timestamp = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
        let Some(headers) = self.headers(action, timestamp, &body) else {
            let outcome = Outcome::with_code(Verdict::Caller, "request.headers");
            return (Sent { outcome, wire: None, round_trip: None }, None);
        };
        let request = self
            .http
            .post(format!("{}/", self.settings.endpoint.trim_end_matches('/')))
            .headers(headers)
            .body(reqwest::Body::wrap(NotedBody::new(body, note.clone())));
        let result = self.exchange(request, reading).await;
        let wire = note.left_at();
        let (outcome, answer) = match result {
            Ok(read) => read,
            Err(error) => (self.failed(&error, wire.is_some()).await, None),
        };
        let round_trip = wire.map(|left| left.elapsed());
        (Sent { outcome, wire, round_trip }, answer)
    }

    /// Knocks without a signature: the API does nothing and answers with an error of its own.
    ///
    /// # Errors
    /// What stands between us and the API, as the outcome of a request that was not sent.
    pub async fn reach(&self) -> Result<Reached, Outcome> {
        let asked = Instant::now();
        let request = self.http.post(self.url.clone()).header(CONTENT_TYPE, names::CONTENT_TYPE).body("{}");
        let answer = async {
            let mut response = request.send().await?;
            let took = asked.elapsed();
            let now = jiff::Timestamp::now().as_second();
            let body = response.chunk().await?.unwrap_or_default();
            Ok::<_, reqwest::Error>((response, body, took, now))
        };
        let (response, body, took, now) = match answer.await {
            Ok(answer) => answer,
            Err(error) => return Err(self.failed(&error, false).await),
        };
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header(CONTENT_TYPE).unwrap_or_default();
        let page = is_page(content_type, &body);
        let title = if page { title(content_type, &body) } else { None };
        let fault = match response.status().as_u16() {
            200 if page => Some(Fault::Page(title)),
            200 => None,
            status => {
                let to = header(LOCATION).and_then(|location| self.host_of(location));
                Some(Fault::Status { status, title, to })
            }
        };
        if let Some(fault) = fault {
            return Err(self.met(Verdict::NotSent, fault, String::new()));
        }
        let theirs = header(DATE).and_then(|text| jiff::fmt::rfc2822::parse(text).ok());
        let clock_ahead = theirs.map(|at| at.timestamp().as_second() - now);
        Ok(Reached { clock_ahead, took })
    }

    async fn exchange<T>(
        &self,
        request: reqwest::RequestBuilder,
        reading: Reading<'_, T>,
    ) -> Result<(Outcome, Option<T>), reqwest::Error> {
        let mut response = request.send().await?;
        let status = response.status().as_u16();
        let retry_after = retry_after(response.headers());
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        let content_type = header(CONTENT_TYPE).unwrap_or_default().to_owned();
        let to = header(LOCATION).and_then(|location| self.host_of(location));
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
        let (mut outcome, read) = match status {
            200 if readable => (reading.success)(&answer),
            200 => (Outcome::with_code(Verdict::InDoubt, UNREADABLE), None),
            _ => ((reading.other)(status, &answer), None),
        };
        let page = is_page(&content_type, &answer);
        let title = if page { title(&content_type, &answer) } else { None };
        if status == 200 && page && outcome.code.as_deref() == Some(UNREADABLE) {
            outcome = self.met(Verdict::InDoubt, Fault::Page(title), String::new());
        } else if status != 200 && outcome.code.as_deref() == Some(&format!("http.{status}")) {
            let fault = Fault::Status { status, title, to };
            outcome.trouble = self.met(outcome.verdict, fault, String::new()).trouble;
        }
        outcome.http_status = Some(status);
        outcome.retry_after = retry_after;
        Ok((outcome, read))
    }

    /// No answer came. Whether the body left decides: before that nothing happened,
    /// after it anything may have.
    async fn failed(&self, error: &reqwest::Error, left: bool) -> Outcome {
        let circumstances =
            Circumstances { left, connecting: error.is_connect(), timed_out: error.is_timeout() };
        let fault = match classify(error, circumstances) {
            Fault::ProxyFailed(None) => self.why_the_proxy_refuses().await,
            fault => fault,
        };
        let verdict = if left { Verdict::InDoubt } else { Verdict::NotSent };
        self.met(verdict, fault, told(error))
    }

    /// An outcome that speaks of the way to the API.
    fn met(&self, verdict: Verdict, fault: Fault, cause: String) -> Outcome {
        let code = fault.code();
        let proxy = self.proxy.as_ref().map(Proxy::shown);
        let trouble = Trouble { fault, host: self.host.clone(), proxy, cause };
        Outcome { trouble: Some(Arc::new(trouble)), ..Outcome::with_code(verdict, code) }
    }

    /// Where a redirect leads, as scheme and host.
    fn host_of(&self, location: &str) -> Option<String> {
        let url = self.url.join(location).ok()?;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        Some(format!("{}://{}{port}", url.scheme(), url.host_str()?))
    }

    /// The HTTP client does not tell with which status a proxy refused the tunnel, so
    /// the proxy is asked once more. Nothing of ours goes through it.
    async fn why_the_proxy_refuses(&self) -> Fault {
        let endpoint = self.url.as_str().parse::<Uri>().ok();
        let question = self.proxy.as_ref().zip(endpoint).and_then(|(proxy, uri)| proxy.question(&uri));
        let Some(question) = question else { return Fault::ProxyFailed(None) };
        let answer = tokio::time::timeout(self.settings.connect_timeout, ask(&question)).await;
        match answer {
            Ok(Ok(answer)) => match proxy::status_of(&answer) {
                Some(403) => Fault::ProxyForbids,
                Some(407) => Fault::ProxyPassword,
                // It has changed its mind.
                Some(200) => Fault::ProxyFailed(None),
                Some(status) => Fault::ProxyFailed(Some(status)),
                None => Fault::NoProxyThere,
            },
            _ => Fault::ProxyFailed(None),
        }
    }

    fn headers(&self, action: &'static str, timestamp: i64, body: &[u8]) -> Option<HeaderMap> {
        let credentials = Arc::clone(&self.credentials.read().unwrap_or_else(PoisonError::into_inner));
        let to_sign = ToSign {
            service: names::SERVICE,
            host: &self.host,
            content_type: names::CONTENT_TYPE,
            timestamp,
            body,
        };
        let signature = sign(&to_sign, &credentials)?;
        let mut headers = HeaderMap::new();
        let mut authorization = HeaderValue::from_str(&signature.authorization).ok()?;
        authorization.set_sensitive(true);
        headers.insert(AUTHORIZATION, authorization);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(names::CONTENT_TYPE));
        headers.insert("X-TC-Action", HeaderValue::from_static(action));
        headers.insert("X-TC-Version", HeaderValue::from_static(names::VERSION));
        headers.insert("X-TC-Timestamp", HeaderValue::from(timestamp));
        headers.insert("X-TC-Language", HeaderValue::from_static(self.settings.language));
        headers.insert("X-TC-RequestClient", HeaderValue::from_static(names::REQUEST_CLIENT));
        if let Some(region) = self.settings.region.as_deref().filter(|region| !region.is_empty()) {
            headers.insert("X-TC-Region", HeaderValue::from_str(region).ok()?);
        }
        if let Some(token) = &credentials.token {
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

/// What ran against one endpoint, for one organisation, does not count for another.
pub fn realm(endpoint: &str, app: &str, organisation: &str) -> String {
    // The settings have checked it; one that is none is its own name.
    let endpoint = canonical_endpoint(endpoint).unwrap_or_else(|_| endpoint.to_lowercase());
    format!("{endpoint}|{app}|{organisation}")
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

pub(super) fn is_loopback(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// The proxy to an endpoint. This machine itself is reached without one.
///
/// # Errors
/// The endpoint cannot be used, or a variable that counts names no proxy.
pub fn proxy_to(endpoint: &str, variables: &Variables) -> Result<Option<Proxy>, ClientError> {
    transport::proxy_to(&endpoint_url(endpoint)?, variables)
}

async fn ask(question: &Question) -> std::io::Result<Vec<u8>> {
    let mut stream = tokio::net::TcpStream::connect((question.host.as_str(), question.port)).await?;
    stream.write_all(&question.request).await?;
    let mut answer = Vec::new();
    while answer.len() < STATUS_LINE && stream.read_buf(&mut answer).await? > 0 {}
    Ok(answer)
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
