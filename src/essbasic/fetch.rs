//! Documents that the API gives a link to. They are somebody else's bytes: bounded, over
//! https (or from this very machine), and nothing of ours goes along with the request.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, Url};

use super::client::{ClientError, is_loopback};
use super::faults::told;
use super::proxy::Variables;
use super::transport;
use crate::domain::link::is_link;

/// No document is fetched that is larger.
pub const MOST_BYTES: u64 = 200 * 1024 * 1024;
/// For one document in all, however slowly it comes.
const LONGEST: Duration = Duration::from_secs(280);
/// How a PDF begins.
const PDF: &[u8] = b"%PDF-";

/// Fetches documents. Hosts are few: each has a client that is made once.
pub struct Fetcher {
    proxies: Variables,
    connect_timeout: Duration,
    /// Between two pieces of a document.
    timeout: Duration,
    clients: Mutex<HashMap<String, Client>>,
}

/// Why a document was not fetched. No link is in it: whoever has the link has the document.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// Not https.
    #[error("the link is none that may be opened")]
    Link,
    /// The time of the link is over, say.
    #[error("status {0}")]
    Status(u16),
    #[error("more than {MOST_BYTES} bytes")]
    TooLarge,
    #[error("not a PDF")]
    NotPdf,
    /// The connection broke, or never came about.
    #[error("{0}")]
    Network(String),
    #[error(transparent)]
    Client(#[from] ClientError),
    /// What was fetched could not be kept.
    #[error("{0}")]
    Disk(std::io::Error),
}

impl Fetcher {
    pub fn new(proxies: Variables, connect_timeout: Duration, timeout: Duration) -> Self {
        Self { proxies, connect_timeout, timeout, clients: Mutex::default() }
    }

    /// Fetches one PDF, piece by piece.
    ///
    /// # Errors
    /// As [`FetchError`]; then what was taken is no document.
    pub async fn pdf(
        &self,
        link: &str,
        mut take: impl FnMut(&[u8]) -> std::io::Result<()>,
    ) -> Result<(), FetchError> {
        let url: Url = link.parse().map_err(|_| FetchError::Link)?;
        let may_be_plain = url.scheme() == "https" || is_loopback(&url);
        if !is_link(link) || !may_be_plain {
            return Err(FetchError::Link);
        }
        let client = self.client_to(&url)?;
        let failed = |error: reqwest::Error| FetchError::Network(told(&error.without_url()));
        let mut response = client.get(url).send().await.map_err(failed)?;
        match response.status().as_u16() {
            200 => {}
            status => return Err(FetchError::Status(status)),
        }
        if response.content_length().is_some_and(|length| length > MOST_BYTES) {
            return Err(FetchError::TooLarge);
        }
        let (mut size, mut head) = (0_u64, Vec::new());
        while let Some(part) = response.chunk().await.map_err(failed)? {
            size += part.len() as u64;
            if size > MOST_BYTES {
                return Err(FetchError::TooLarge);
            }
            if head.len() < PDF.len() {
                head.extend(part.iter().take(PDF.len() - head.len()));
                if !PDF.starts_with(&head) {
                    return Err(FetchError::NotPdf);
                }
            }
            take(&part).map_err(FetchError::Disk)?;
        }
        if head.len() < PDF.len() { Err(FetchError::NotPdf) } else { Ok(()) }
    }

    fn client_to(&self, url: &Url) -> Result<Client, ClientError> {
        let host = format!("{}://{}", url.scheme(), url.host_str().unwrap_or_default());
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = clients.get(&host) {
            return Ok(client.clone());
        }
        let proxy = transport::proxy_to(url, &self.proxies)?;
        let client = transport::build(url, proxy.as_ref(), |builder| {
            builder.connect_timeout(self.connect_timeout).read_timeout(self.timeout).timeout(LONGEST)
        })?;
        clients.insert(host, client.clone());
        Ok(client)
    }
}
