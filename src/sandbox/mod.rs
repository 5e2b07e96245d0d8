//! The sandbox: a stand-in on loopback for Tencent's `essbasic` API, version 2021-05-26.
//!
//! It answers `PrepareFlows` and `CreateFlowsByTemplates`, and what is asked of started flows
//! afterwards, as the documentation says the service does: it checks the signature
//! and the clock, the documented limits of every field, the number of flows, and that no sliding
//! second holds more requests than the quota. It keeps a [ledger](Entry) of what it received, and
//! spoils exchanges on demand. It knows nothing of the client but the names of the API, so that
//! it can find the client's mistakes.
//!
//! A request passes through these rooms:
//!
//! | file | what happens there |
//! |---|---|
//! | `server.rs`, `wire.rs` | sockets: reading, delaying, answering whole or spoilt |
//! | `arrivals.rs` | a request is examined alone, then judged in order of arrival, under one lock |
//! | `signature.rs`, `calendar.rs` | the canonical request is rebuilt and the signature compared |
//! | `window.rs` | the quota |
//! | `rules.rs`, `approver.rs`, `fields.rs` | the documented rules of every field |
//! | `faults.rs`, `magic.rs` | faults asked for by settings and by data |
//! | `answer.rs`, `created.rs`, `ledger.rs` | what is sent back, and what is written down |
//! | `started.rs`, `asked.rs` | flows that were started, and the table of what may be asked besides |
//! | `details.rs`, `links.rs`, `cancel.rs`, `reminds.rs`, `resources.rs` | how started flows stand, and what is asked for them |
//! | `bills.rs`, `callbacks.rs` | what was charged for them, what the API posts, written to a file |
//! | `stories.rs` | what becomes of a flow later, as its own text asks |
//! | `templates.rs` | which templates there are, and flows held against them |
//!
//! # Order of the checks
//! Faults that stop a request; method, path and body size; signature; revoked credentials; quota;
//! action, version, content type; JSON; rules of the fields, in the order of the tables; error
//! codes asked for by settings; magic values; success.
//!
//! # Faults by settings
//! [`Options::faults`] is read from text such as `reset-after=0.05,503:2=0.1`. `NAME=WHEN`, parted
//! by commas or spaces; of those that fit a request the first one strikes. WHEN is a share (`0.05`,
//! `1` for every request), `3x` (the first three), `@5` or `@5-8` (by number), `/10` (every tenth).
//! Requests are numbered from 1 as their heads come in. Shares are drawn with [`Options::seed`].
//!
//! | name | what the client sees | is the request carried out? |
//! |---|---|---|
//! | `reset-before` | a reset; the body was not read | no |
//! | `500`, `502`, `503`; `503:2` | that status and a page; with `Retry-After: 2` | no |
//! | `504`; `504:2` | the same | yes, the answer is lost |
//! | `307` | a redirect to the sandbox itself: who follows it sends twice | no |
//! | `reset-after`, `reset` | a reset after the body was read | yes, the answer is lost |
//! | `half` | half of the answer under the length of the whole, then the end | yes, the answer is lost |
//! | `garbage` | 200 with a body that is neither JSON nor UTF-8 | yes, the answer is lost |
//! | `empty` | 200 with no body | yes, the answer is lost |
//! | `hang` | nothing, for ever | yes, the answer is lost |
//! | `slow`; `slow:9` | the answer, over 3 or 9 seconds | yes |
//! | `rate-limit` | `RequestLimitExceeded`, besides what the quota refuses | no |
//! | `internal-error` | `InternalError` | no |
//! | `code:CODE` or `CODE` | that error code, for a request without mistakes of its own | no |
//! | `deprecated` | `DeprecatedWarning` in a success | yes |
//! | `refuse`; `refuse:WORD` | `CreateFlowsByTemplates` only, like the next ones: each flow is refused alone in ErrorMessages, with a sentence that ends with WORD | the others are |
//! | `start-error`; `start-error:CODE` | `InternalError`, or that code, although the flows were started | yes |
//! | `one-message` | ErrorMessages has one entry whatever the number of flows | yes |
//! | `no-data`, `blank-data` | CustomerData is `[]`, is `[""]` | yes |
//! | `short-ids` | FlowIds has nothing for what was refused (else an empty text) | yes |
//! | `space-id` | each FlowId ends in a space | yes |
//! | `no-ids` | FlowIds and ErrorMessages are empty although the flows were started | yes |
//! | `revoke-after=30` | after 30 rightly signed requests, `AuthFailure.SecretIdNotFound` | no |
//!
//! # Faults by magic values
//! They spoil each request that contains one contract, and so find out whether a client can part
//! it from the others.
//!
//! | value | what happens |
//! |---|---|
//! | FlowDescription or FlowName contains `sandbox:NAME` | NAME is any of the table above but `revoke-after`, most often an error code: `sandbox:InvalidParameter.FlowName`, `sandbox:reset`, `sandbox:503:2` |
//! | `sandbox:NAME@2` | the same, but only the first 2 times that this flow is seen |
//! | TemplateId begins with `sandbox-unknown` | `ResourceNotFound.Template` |
//! | Agent.AppId is `sandbox-unknown-app` | `ResourceNotFound.Application` |
//! | Agent.ProxyOrganizationOpenId is `sandbox-unknown-org` | `ResourceNotFound.Organization` |
//!
//! A flow is known again by its CustomerData, or else its FlowName. A marker that is misspelt
//! is refused with `InvalidParameter.ParamError`.
//!
//! # What comes later, by magic values
//! These spoil no request: they tell what becomes of one started flow. Several may stand in a text.
//!
//! | value in FlowDescription or FlowName | what happens |
//! |---|---|
//! | `sandbox:signed`, `sandbox:part-signed` | all have signed at once; the first one has |
//! | `sandbox:refused-by-signer`, `sandbox:expired` | the first one has refused; the time is over |
//! | `sandbox:early-links@2` | links are refused twice: the document is not composed yet |
//! | `sandbox:link-error`, `sandbox:missing-link`, `sandbox:space-link` | a sentence in place of links; the last signer's is missing; the FlowId ends in a space |
//! | `sandbox:keep` | it cannot be taken back |
//! | `sandbox:slow-cancel@3`, `sandbox:timeout-cancel` | the task is asked 3 times before it ends; it ends in TIMEOUT, with nothing done for this flow |
//! | `sandbox:no-remind` | nobody can be reminded |
//! | `sandbox:no-resource`, `sandbox:gone-resource`, `sandbox:page-resource`, `sandbox:two-resources` | no link; one whose time is over; one to a web page; two documents |
//!
//! [`Options::signing`] lets all signers sign by themselves.
//!
//! # Assumptions
//! The documentation leaves these open; the sandbox decides:
//!
//! - A request arrives when its last byte was read, plus the delay of the settings. The quota holds
//!   for half-open seconds: a request exactly one second after another is in the next one.
//! - The quota is counted after the signature, since it belongs to an account, per SecretId, action
//!   and region; refused requests take no place in it. Limits of the main account and the IP are
//!   not played.
//! - `Authorization`, `X-TC-Timestamp` or a signed header that is absent, doubled or unreadable is
//!   `AuthFailure.InvalidAuthorization`; a scope with another date than the timestamp's is
//!   `AuthFailure.SignatureFailure`; a token where none is due is `AuthFailure.TokenFailure`.
//! - Methods other than POST are `UnsupportedProtocol` (the service also takes GET); another path,
//!   a query, or a content type other than JSON is `InvalidRequest`; an absent `X-TC-Action` or
//!   `X-TC-Version` is `MissingParameter`. 10 MB are 10 x 1024 x 1024 bytes.
//! - null, an empty text and an empty list count as not given. A wrong JSON type is
//!   `InvalidParameter`; a broken limit that has no code of its own is
//!   `InvalidParameter.ParamError`, or `InvalidParameter.FlowApproverInfos` in an approver.
//! - A flow of `CreateFlowsByTemplates` that is refused has an empty text in FlowIds; where no flow
//!   has CustomerData the array is `[""]`. NeedPreview starts nothing, so there is no FlowId.
//! - Parameters that are documented as not open (Operator, Agent.ProxyAppId, FlowOperateLimit for
//!   `PrepareFlows`, ...) are refused with `InvalidParameter` when given.
//! - Deadline, TemplateId and, for `PrepareFlows`, JumpUrl are required. A deadline after the year 9999 is not in seconds.
//! - The characters of FlowName are not checked, since the pages differ; those of FlowType,
//!   ApproverRoleName and OpenId are. The length of TemplateId and the presence of RecipientId
//!   are not checked.
//! - CustomerData has the standard alphabet of base64; padding may be absent.
//! - A company inside the application always needs its OrganizationOpenId, and a well-formed OpenId
//!   counts as verified. A Name may be anything but blank, control characters or U+FFFD.
//! - A CcInfo needs its Mobile and is the same person as a signer with that mobile. A ComponentValue
//!   may be empty, and has no emoji whatever its component.
//! - Without [`Options::templates`] every TemplateId that does not begin with `sandbox-unknown` is
//!   that of a template with no Recipients and no Components, which takes any flow. With them there
//!   are no others, and each flow is held against its own: another number of signers, or a
//!   RecipientId in another place, is `ResourceNotFound.FlowApprovers`; another type
//!   `InvalidParameter.FlowApprovers`; a component that is not the initiator's
//!   `InvalidParameter.DataNotFound`, an empty required one
//!   `OperationDenied.RequiredComponentNotFill`, a value of another form
//!   `InvalidParameter.ComponentValue`; a template with Available 2 `OperationDenied`. A RecipientId
//!   may be absent where order and types fit. Options are `Values` of ComponentExtra.
//! - Sensitive words and repeated signers are not checked, nor is what is inside SignComponents,
//!   Components of approvers, AddSignComponentsLimits and Intention.
//! - Started flows are remembered as long as the sandbox runs. `DescribeFlowDetailInfo` answers in
//!   another order than asked, and one unknown FlowId spoils the whole call.
//! - Charges are listed by the day in Beijing on which the flow was started. Every third flow is
//!   charged for twice and every fifth has its charge given back; [`Options::bill_delay`] lets them
//!   come late. A Limit above 100 is `InvalidParameter`, and so are days of two months.
//! - A callback has CustomerData or UserData, by turns, as it was sent (base64); one comes as soon
//!   as a flow is started. With a key its body is encrypted as the documentation says.
//! - `CreateSignUrls` answers with a message for each FlowId, and knows no flow that is over.
//! - `ChannelBatchCancelFlows` begins a task also where nothing can be taken back; an unknown FlowId
//!   spoils the call. What is over fails in the task; what ran out of time is in neither of its lists.
//! - `ChannelCreateFlowReminds` reminds once for a flow: its signers sign in order. An unknown FlowId
//!   spoils the call; `DescribeResourceUrlsByFlows` tells of it in ErrorMessages.
//! - A document is a small PDF at a path of its own; after five minutes its status is 403.
//! - Messages are English whatever `X-TC-Language` says, and never tell which flow is at fault.

mod answer;
mod approver;
mod arrivals;
mod asked;
mod bills;
mod calendar;
mod callbacks;
mod cancel;
mod created;
mod details;
mod faults;
mod fields;
mod ledger;
mod links;
mod magic;
mod reminds;
mod resources;
mod rules;
mod server;
mod signature;
mod started;
mod stories;
mod templates;
mod window;
mod wire;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use faults::{FaultError, Faults};
pub use ledger::{Entry, FlowMark};
pub use started::StartedFlow;
pub use templates::{Templates, TemplatesError};

/// A key pair that the sandbox accepts.
#[derive(Clone)]
pub struct Credential {
    pub secret_id: String,
    pub secret_key: SecretString,
    /// What `X-TC-Token` must be; None: there must be none.
    pub token: Option<SecretString>,
}

/// How the sandbox is to behave.
#[derive(Clone)]
pub struct Options {
    /// 0: any free port.
    pub port: u16,
    pub credentials: Vec<Credential>,
    /// At most so many requests in any second; 0: no limit.
    pub requests_per_second: u32,
    /// At most so many flows in a request.
    pub max_flows: usize,
    /// Added to each round trip: half before the arrival, half after.
    pub latency: Duration,
    /// Each arrival is moved by a random amount: 0 to twice this, evenly.
    pub jitter: Duration,
    /// Where each request is written as a line of JSON.
    pub ledger: Option<PathBuf>,
    pub faults: Faults,
    /// Charges are listed only so long after a flow was started.
    pub bill_delay: Duration,
    /// Where what the API would post to the callback address is written, a body a line.
    pub callbacks: Option<PathBuf>,
    /// The application's key for callbacks: they are encrypted with it.
    pub callback_key: Option<SecretString>,
    /// The templates that there are, which flows are held against; None: every id is a
    /// template of which nothing is told, and that takes everything.
    pub templates: Option<Templates>,
    /// Decides what faults by share and jitter will be, request by request.
    pub seed: u64,
    /// Whether signers sign by themselves.
    pub signing: Signing,
}

/// What the signers of started flows do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signing {
    /// Nothing, but what their flow's own text says.
    #[default]
    Never,
    /// One of each flow signs every second.
    Fast,
}

impl Default for Options {
    /// The documented quota, no credentials, no delay, no faults.
    fn default() -> Self {
        Self {
            port: 0,
            credentials: Vec::new(),
            requests_per_second: 20,
            max_flows: 20,
            latency: Duration::ZERO,
            jitter: Duration::ZERO,
            ledger: None,
            faults: Faults::default(),
            bill_delay: Duration::ZERO,
            callbacks: None,
            callback_key: None,
            templates: None,
            seed: 0,
            signing: Signing::Never,
        }
    }
}

/// Why the sandbox could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the sandbox cannot listen on 127.0.0.1:{port}: {source}")]
    Listen { port: u16, source: io::Error },
    #[error("the sandbox cannot write its ledger {}: {source}", path.display())]
    Ledger { path: PathBuf, source: io::Error },
    #[error("the sandbox cannot write callbacks to {}: {source}", path.display())]
    Callbacks { path: PathBuf, source: io::Error },
}

/// A running sandbox. Dropping it cuts all connections; [`Sandbox::stop`] lets them finish.
pub struct Sandbox {
    address: SocketAddr,
    shared: Arc<server::Shared>,
    stopping: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Sandbox {
    /// Listens on 127.0.0.1 and serves in the background, within the current tokio runtime.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let port = options.port;
        let listen = |source| StartError::Listen { port, source };
        let listener = server::listen(port).map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let path = options.ledger.as_deref();
        let ledger = ledger::Ledger::open(path).map_err(|source| StartError::Ledger {
            path: path.map(PathBuf::from).unwrap_or_default(),
            source,
        })?;
        let templates = options.templates.map(Arc::new);
        let path = options.callbacks.as_deref();
        let callbacks =
            path.map(|path| callbacks::Callbacks::open(path, options.callback_key)).transpose().map_err(
                |source| StartError::Callbacks { path: path.map(PathBuf::from).unwrap_or_default(), source },
            )?;
        let mut arrivals =
            arrivals::Arrivals::new(options.requests_per_second, options.faults.clone(), ledger)
                .behaving(options.bill_delay, callbacks)
                .with_templates(templates.clone());
        arrivals.world().signing = options.signing;
        arrivals.world().endpoint = format!("http://{address}");
        let shared = Arc::new(server::Shared {
            endpoint: format!("http://{address}"),
            credentials: options.credentials,
            max_flows: options.max_flows,
            latency: options.latency,
            jitter: options.jitter,
            faults: options.faults,
            seed: options.seed,
            templates,
            arrivals: Mutex::new(arrivals),
            heads: AtomicU64::new(0),
        });
        let (stopping, stop) = watch::channel(false);
        let serving = tokio::spawn(server::serve(listener, Arc::clone(&shared), stop));
        Ok(Self { address, shared, stopping, serving })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT`.
    pub fn endpoint(&self) -> String {
        self.shared.endpoint.clone()
    }

    /// What was received so far, in order of arrival.
    pub fn entries(&self) -> Vec<Entry> {
        self.shared.arrivals().entries()
    }

    /// How often each flow was prepared or started, by its CustomerData or else its FlowName.
    pub fn accepted(&self) -> BTreeMap<String, u32> {
        self.shared.arrivals().accepted()
    }

    /// The flows that were started, in their order, as they stand.
    pub fn flows(&self) -> Vec<StartedFlow> {
        let mut arrivals = self.shared.arrivals();
        arrivals.world().flows.all().map(started::Flow::seen).collect()
    }

    /// Serves until `told` ends, then stops. Errors as [`Sandbox::stop`].
    pub async fn serve_until(self, told: impl Future<Output = ()>) -> io::Result<()> {
        told.await;
        self.stop().await
    }

    /// Takes no more requests, gives open ones a second, closes the ledger. The error is the
    /// first one met in writing the ledger.
    pub async fn stop(mut self) -> io::Result<()> {
        self.stopping.send_replace(true);
        // It ends by itself within the grace; that it was cancelled would be no worse.
        let _ = (&mut self.serving).await;
        self.shared.arrivals().close()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

#[cfg(test)]
mod tests;
