//! Which proxy stands between us and an endpoint, and whether what names it can be
//! read. Pure: the variables come in.

use hyper::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// The variables that the HTTP client goes by, each as the first of its spellings
/// that is set.
#[derive(Clone, Default)]
pub struct Variables {
    https: Option<Variable>,
    all: Option<Variable>,
    none_for: String,
    /// A web server has started us: what looks like a variable may be a header of its.
    ignored: bool,
}

#[derive(Clone)]
struct Variable {
    name: &'static str,
    value: String,
}

/// A variable that names no proxy. The value is without user and password.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{variable} names no proxy: {value}")]
pub struct BadProxy {
    pub variable: &'static str,
    pub value: String,
}

/// How an endpoint is reached.
pub enum Way {
    Direct,
    Through(Proxy),
    /// No variable says anything: the system's own settings count, where it has some.
    AsTheSystemSays,
}

#[derive(Clone)]
pub struct Proxy {
    intercept: Intercept,
    variable: Option<&'static str>,
}

impl Variables {
    /// `get` gives the value of a variable that is set.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: [&'static str; 2]| {
            let found = names.into_iter().find_map(|name| Some(Variable { name, value: get(name)? }));
            found.filter(|variable| !variable.value.is_empty())
        };
        Self {
            https: first(["HTTPS_PROXY", "https_proxy"]),
            all: first(["ALL_PROXY", "all_proxy"]),
            none_for: get("NO_PROXY").or_else(|| get("no_proxy")).unwrap_or_default(),
            ignored: get("REQUEST_METHOD").is_some(),
        }
    }

    /// The way to an endpoint that is not on this machine.
    ///
    /// # Errors
    /// The variable that counts names no proxy.
    pub fn way_to(&self, endpoint: &Uri) -> Result<Way, BadProxy> {
        if self.ignored {
            return Ok(Way::Direct);
        }
        let Some(variable) = self.https.as_ref().or(self.all.as_ref()) else {
            return Ok(Way::AsTheSystemSays);
        };
        if through(ANY, &self.none_for, endpoint).is_none() {
            return Ok(Way::Direct);
        }
        let proxy = through(&variable.value, "", endpoint)
            .map(|intercept| Proxy { intercept, variable: Some(variable.name) })
            // The matcher takes any port, and the client then another one.
            .filter(|proxy| proxy.rule().is_ok());
        match proxy {
            Some(proxy) => Ok(Way::Through(proxy)),
            None => Err(BadProxy { variable: variable.name, value: without_password(&variable.value) }),
        }
    }
}

/// Some proxy, to ask whether any would be used.
const ANY: &str = "http://proxy.invalid";
/// More of a value than that is not shown.
const MOST_SHOWN: usize = 200;

fn through(proxy: &str, none_for: &str, endpoint: &Uri) -> Option<Intercept> {
    Matcher::builder().all(proxy).no(none_for).build().intercept(endpoint)
}

/// A value that cannot be read, without what may be a password in it.
fn without_password(value: &str) -> String {
    let shown = match value.rsplit_once('@') {
        None => value.to_owned(),
        Some((before, host)) => {
            let scheme =
                before.split_once("://").map(|(scheme, _)| format!("{scheme}://")).unwrap_or_default();
            format!("{scheme}***@{host}")
        }
    };
    crate::domain::network::shown(&shown, MOST_SHOWN)
}

impl Proxy {
    /// Of the system's settings.
    pub fn of_system(intercept: Intercept) -> Self {
        Self { intercept, variable: None }
    }

    /// Without user and password, and with the variable that names it.
    pub fn shown(&self) -> String {
        let url = self.intercept.uri().to_string();
        let url = url.trim_end_matches('/');
        self.variable.map_or_else(|| url.to_owned(), |variable| format!("{url} ({variable})"))
    }

    /// The same for the HTTP client. A SOCKS proxy listens on 1080 if nothing else is said.
    pub fn rule(&self) -> reqwest::Result<reqwest::Proxy> {
        let url = self.intercept.uri().to_string();
        let Some((user, password)) = self.intercept.raw_auth() else {
            let proxy = reqwest::Proxy::all(url)?;
            return Ok(match self.intercept.basic_auth() {
                Some(header) => proxy.custom_http_auth(header.clone()),
                None => proxy,
            });
        };
        Ok(reqwest::Proxy::all(url)?.basic_auth(user, password))
    }

    /// Where to ask an HTTP proxy what it has against us, and how: the client tells
    /// only that it refused. `None` for other kinds.
    pub fn question(&self, endpoint: &Uri) -> Option<Question> {
        let uri = self.intercept.uri();
        if uri.scheme_str() != Some("http") {
            return None;
        }
        let host = endpoint.host()?;
        let port = endpoint.port_u16().unwrap_or(443);
        let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n").into_bytes();
        if let Some(header) = self.intercept.basic_auth() {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(header.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        let own = uri.host()?.trim_start_matches('[').trim_end_matches(']').to_owned();
        Some(Question { host: own, port: uri.port_u16().unwrap_or(80), request })
    }
}

/// What is said to a proxy once more, to hear its status.
pub struct Question {
    pub host: String,
    pub port: u16,
    pub request: Vec<u8>,
}

/// The status of an answer that begins so, if that is one.
pub fn status_of(answer: &[u8]) -> Option<u16> {
    let rest = answer.strip_prefix(b"HTTP/1.")?;
    std::str::from_utf8(rest.get(2..5)?).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(variables: &[(&str, &str)]) -> Result<Option<String>, BadProxy> {
        let get = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        let endpoint = Uri::from_static("https://essbasic.tencentcloudapi.com/");
        Ok(match Variables::read(get).way_to(&endpoint)? {
            Way::Through(proxy) => Some(proxy.shown()),
            Way::Direct => Some("direct".to_owned()),
            Way::AsTheSystemSays => None,
        })
    }

    #[test]
    fn the_first_variable_that_counts_names_the_proxy() {
        for (variables, expected) in [
            (&[][..], None),
            (&[("HTTPS_PROXY", "http://u:secret@p:3128")], Some("http://p:3128 (HTTPS_PROXY)")),
            (&[("https_proxy", "p:3128")], Some("http://p:3128 (https_proxy)")),
            (&[("ALL_PROXY", "socks5h://p")], Some("socks5h://p (ALL_PROXY)")),
            (&[("HTTPS_PROXY", ""), ("https_proxy", "http://p")], None),
            (&[("HTTPS_PROXY", "http://p"), ("ALL_PROXY", "socks://q")], Some("http://p (HTTPS_PROXY)")),
            (&[("HTTPS_PROXY", "http://p"), ("NO_PROXY", ".tencentcloudapi.com")], Some("direct")),
            (&[("HTTPS_PROXY", "nonsense://p"), ("no_proxy", "*")], Some("direct")),
            (&[("HTTPS_PROXY", "nonsense://p"), ("REQUEST_METHOD", "GET")], Some("direct")),
            (&[("HTTP_PROXY", "nonsense://p")], None),
        ] {
            assert_eq!(way(variables), Ok(expected.map(str::to_owned)), "{variables:?}");
        }
    }

    #[test]
    fn a_variable_that_cannot_be_read_is_told_without_its_password() {
        for (value, shown) in [
            ("socks://p:1080", "socks://p:1080"),
            ("ftp://user:secret@p", "ftp://***@p"),
            ("http://user:se@cret@p:80 ", "http://***@p:80"),
            ("user:secret@p:port", "***@p:port"),
            ("/proxy.pac", "/proxy.pac"),
        ] {
            let expected = BadProxy { variable: "ALL_PROXY", value: shown.to_owned() };
            assert_eq!(way(&[("ALL_PROXY", value)]), Err(expected), "{value}");
        }
    }

    #[test]
    fn a_proxys_status_is_read() {
        assert_eq!(status_of(b"HTTP/1.1 403 Forbidden\r\n"), Some(403));
        assert_eq!(status_of(b"HTTP/1.0 502 \r\n"), Some(502));
        assert_eq!(status_of(b"SSH-2.0"), None);
        assert_eq!(status_of(b""), None);
    }
}
