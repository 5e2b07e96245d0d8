//! Sockets: taking requests in, delaying them, and sending answers whole or spoilt.

use std::convert::Infallible;
use std::future::pending;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use super::Credential;
use super::arrivals::{Arrivals, LARGEST_BODY, Received, Rules, Ruling, examine};
use super::faults::{Fault, Faults, uniform};
use super::resources;
use super::templates::Templates;
use super::wire::{Cut, Reply, Wire};

/// How long open connections have to finish when the sandbox stops.
const GRACE: Duration = Duration::from_secs(1);
/// With the usual 128, a client that opens hundreds of connections at once would lose a second
/// to lost handshakes.
const BACKLOG: u32 = 1024;
/// A pause after a failed accept, for want of sockets say.
const ACCEPT_PAUSE: Duration = Duration::from_millis(10);
const DRIP: Duration = Duration::from_millis(100);
const GARBAGE: &[u8] = b"<!DOCTYPE html><title>Login</title>\xff\xfe{\"Response\":";
/// Keeps the draws of the jitter apart from those of the faults, which count from 1.
const JITTER_SALT: u64 = 0;

/// What all connections share.
pub(super) struct Shared {
    pub(super) endpoint: String,
    pub(super) credentials: Vec<Credential>,
    pub(super) max_flows: usize,
    pub(super) latency: Duration,
    pub(super) jitter: Duration,
    pub(super) faults: Faults,
    pub(super) seed: u64,
    pub(super) templates: Option<Arc<Templates>>,
    pub(super) arrivals: Mutex<Arrivals>,
    /// Heads of requests read so far.
    pub(super) heads: AtomicU64,
}

impl Shared {
    pub(super) fn arrivals(&self) -> MutexGuard<'_, Arrivals> {
        self.arrivals.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Half the latency, and up to twice the jitter.
    fn delay_before_arrival(&self, number: u64) -> Duration {
        let moved = self.jitter.as_secs_f64() * 2.0 * uniform(self.seed, number, JITTER_SALT);
        (self.latency / 2).saturating_add(Duration::try_from_secs_f64(moved).unwrap_or(Duration::MAX))
    }
}

/// Listens on 127.0.0.1; must be called within a tokio runtime.
pub(super) fn listen(port: u16) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows the option would let two sandboxes share a port; elsewhere it lets a port be
    // taken again at once.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind((Ipv4Addr::LOCALHOST, port).into())?;
    socket.listen(BACKLOG)
}

/// Takes connections until told to stop, then gives the open ones a moment.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => {
                    connections.spawn(converse(accepted, Arc::clone(&shared), stop.clone()));
                }
                Err(_) => sleep(ACCEPT_PAUSE).await,
            },
            Some(_) = connections.join_next() => {}
            _ = stop.changed() => break,
        }
    }
    drop(listener);
    // Whoever still hangs after the grace is cut off when the set is dropped.
    let _ = timeout(GRACE, async { while connections.join_next().await.is_some() {} }).await;
}

/// One connection, for as many requests as it brings.
async fn converse(
    (stream, _): (TcpStream, SocketAddr),
    shared: Arc<Shared>,
    mut stop: watch::Receiver<bool>,
) {
    let reset = Arc::new(AtomicBool::new(false));
    let wire = Wire::new(stream, Arc::clone(&reset));
    let service = service_fn(|request| respond(Arc::clone(&shared), Arc::clone(&reset), request));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(wire), service);
    tokio::pin!(connection);
    // An error here is a client that left, or a cut of our own: neither is news.
    tokio::select! {
        _ = connection.as_mut() => {}
        _ = stop.changed() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

async fn respond(
    shared: Arc<Shared>,
    reset: Arc<AtomicBool>,
    request: Request<Incoming>,
) -> Result<Response<Reply>, Cut> {
    if request.method() == hyper::Method::GET && request.uri().path().starts_with(resources::FOLDER) {
        return document(&shared, request.uri().path()).await;
    }
    let number = shared.heads.fetch_add(1, Ordering::Relaxed) + 1;
    let strike = shared.faults.strike(number, shared.seed);
    let delay = shared.delay_before_arrival(number);
    if strike.fault == Some(Fault::ResetBefore) {
        sleep(delay).await;
        let action = request.headers().get("x-tc-action");
        shared.arrivals().cut(action.and_then(|value| value.to_str().ok()).map(str::to_owned));
        reset.store(true, Ordering::Relaxed);
        return Err(Cut);
    }

    let (head, body) = request.into_parts();
    let received = Received {
        method: head.method,
        target: head.uri.path_and_query().map(ToString::to_string).unwrap_or_default(),
        headers: head.headers,
        body: receive(body).await.map_err(|_| Cut)?,
    };
    let read = Instant::now();
    // A task of its own: what was received whole counts, even if the sender hangs up meanwhile.
    let judging = tokio::spawn({
        let shared = Arc::clone(&shared);
        async move {
            let rules = Rules { max_flows: shared.max_flows, templates: shared.templates.as_deref() };
            let examined = examine(&received, &shared.credentials, &rules, unix_seconds());
            sleep(delay.saturating_sub(read.elapsed())).await;
            shared.arrivals().judge(examined, &strike)
        }
    });
    let ruling = judging.await.map_err(|_| Cut)?;
    sleep(shared.latency / 2).await;
    deliver(ruling, &shared.endpoint, &reset).await
}

/// A document that somebody fetches: no action of the API, so it needs no signature.
async fn document(shared: &Shared, path: &str) -> Result<Response<Reply>, Cut> {
    sleep(shared.latency).await;
    let found = shared.arrivals().document(path);
    Ok(match found {
        Ok(bytes) if bytes.starts_with(b"<") => answer(StatusCode::OK, "text/html", Reply::whole(bytes)),
        Ok(bytes) => answer(StatusCode::OK, "application/pdf", Reply::whole(bytes)),
        Err(status) => gateway(StatusCode::from_u16(status).map_err(|_| Cut)?),
    })
}

/// The whole body, or None if it is too large; it is read to its end in either case, so
/// that the client gets to read its answer.
async fn receive(mut body: Incoming) -> Result<Option<Vec<u8>>, hyper::Error> {
    let mut bytes = Vec::new();
    let mut fits = true;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        fits = fits && bytes.len() + data.len() <= LARGEST_BODY;
        if fits {
            bytes.extend_from_slice(&data);
        }
    }
    Ok(fits.then_some(bytes))
}

async fn deliver(ruling: Ruling, endpoint: &str, reset: &AtomicBool) -> Result<Response<Reply>, Cut> {
    let json = |reply| answer(StatusCode::OK, "application/json", reply);
    Ok(match ruling.fault {
        None
        | Some(
            Fault::Code(_) | Fault::Deprecated | Fault::RefuseFlow(_) | Fault::AfterStart(_) | Fault::Form(_),
        ) => json(Reply::whole(ruling.envelope)),
        Some(Fault::Half) => json(Reply::half(&ruling.envelope)),
        Some(Fault::Garbage) => json(Reply::whole(GARBAGE.to_vec())),
        Some(Fault::Empty) => json(Reply::whole(Vec::new())),
        Some(Fault::Slow { seconds }) => {
            json(Reply::drip(&ruling.envelope, DRIP, Duration::from_secs(seconds.into())))
        }
        Some(Fault::Hang) => match pending::<Infallible>().await {},
        Some(Fault::ResetBefore | Fault::ResetAfter) => {
            reset.store(true, Ordering::Relaxed);
            return Err(Cut);
        }
        Some(Fault::Redirect) => {
            let mut response = gateway(StatusCode::TEMPORARY_REDIRECT);
            let location = HeaderValue::from_str(&format!("{endpoint}/")).map_err(|_| Cut)?;
            response.headers_mut().insert(LOCATION, location);
            response
        }
        Some(Fault::Status { status, retry_after }) => {
            let mut response = gateway(StatusCode::from_u16(status).map_err(|_| Cut)?);
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(RETRY_AFTER, seconds.into());
            }
            response
        }
    })
}

/// A page such as a gateway sends in the API's place.
fn gateway(status: StatusCode) -> Response<Reply> {
    let page = format!("<html><body><h1>{status}</h1></body></html>");
    answer(status, "text/html", Reply::whole(page.into_bytes()))
}

fn answer(status: StatusCode, media: &'static str, reply: Reply) -> Response<Reply> {
    let mut response = Response::new(reply);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
    response
}

fn unix_seconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
