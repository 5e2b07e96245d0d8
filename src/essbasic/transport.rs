//! One HTTP client for one host, the same way for whatever is sent or fetched: no
//! redirects, no repeats, the proxy that the variables name, and none on this machine.

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;
use reqwest::{Client, ClientBuilder, Url};

use super::client::{ClientError, is_loopback};
use super::faults::told;
use super::names;
use super::proxy::{Proxy, Variables, Way};

/// What the TLS library says where it finds no CA certificate at all.
const NO_ROOTS: &str = "No CA certificates";

/// A client to the host of that URL. `more` sets its times.
///
/// # Errors
/// It cannot be made, for want of CA certificates say.
pub fn build(
    url: &Url,
    proxy: Option<&Proxy>,
    more: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> Result<Client, ClientError> {
    // The same provider for the whole process; a second call finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    // The proxy is not left to the HTTP client: it passes over what it cannot read.
    let builder = Client::builder()
        .http1_only()
        .retry(reqwest::retry::never())
        .redirect(reqwest::redirect::Policy::none())
        .tcp_nodelay(true)
        .user_agent(names::REQUEST_CLIENT)
        .no_proxy();
    let mut builder = more(builder);
    if let Some(proxy) = proxy {
        builder = builder.proxy(proxy.rule().map_err(|error| ClientError::Build(told(&error)))?);
    }
    if url.scheme() == "http" {
        // Without this a machine that has no CA certificates could not even talk to itself.
        builder = builder.tls_certs_only([]);
    }
    builder.build().map_err(|error| {
        let told = told(&error);
        tracing::info!(cause = told, "no HTTP client");
        if told.contains(NO_ROOTS) { ClientError::NoRoots(told) } else { ClientError::Build(told) }
    })
}

/// The proxy to the host of a URL. This machine itself is reached without one.
///
/// # Errors
/// A variable that counts names no proxy.
pub fn proxy_to(url: &Url, variables: &Variables) -> Result<Option<Proxy>, ClientError> {
    let uri: Uri = url
        .as_str()
        .parse()
        .map_err(|_| ClientError::Endpoint(url.host_str().unwrap_or_default().to_owned()))?;
    if is_loopback(url) {
        return Ok(None);
    }
    Ok(match variables.way_to(&uri)? {
        Way::Direct => None,
        Way::Through(proxy) => Some(proxy),
        Way::AsTheSystemSays => Matcher::from_system().intercept(&uri).map(Proxy::of_system),
    })
}
