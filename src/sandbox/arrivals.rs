//! What becomes of a request: examined alone, then judged in order of arrival.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use hyper::{HeaderMap, Method};
use serde_json::Value;

use super::answer::{self, Refusal};
use super::asked::World;
use super::callbacks::Callbacks;
use super::created::{Action, Created, Refused};
use super::faults::{Fault, Faults, Strike};
use super::ledger::{ACCEPTED, Entry, FlowMark, Ledger};
use super::magic::{Wish, wishes};
use super::templates::{self, Templates};
use super::window::Window;
use super::{Credential, rules, signature};

/// The platform's limit of a body, in bytes.
pub(super) const LARGEST_BODY: usize = 10 * 1024 * 1024;

const VERSION: &str = "2021-05-26";

/// A request as it came off the wire.
pub(super) struct Received {
    pub(super) method: Method,
    /// Path and query.
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    /// None if it is larger than `LARGEST_BODY`.
    pub(super) body: Option<Vec<u8>>,
}

/// All that can be said of a request without knowing of others.
pub(super) struct Examined {
    action: Option<String>,
    flows: Vec<FlowMark>,
    /// Whose quota the request uses, or why it gets no further.
    quota: Result<String, Refusal>,
    /// Nothing is to be started: only shown.
    is_preview: bool,
    /// The whole request, where more of it is wanted later than its marks.
    body: Value,
    /// What its data asks for, or which rule it breaks.
    wishes: Result<Vec<Wish>, Refusal>,
}

/// What requests are held against.
pub(super) struct Rules<'r> {
    pub(super) max_flows: usize,
    pub(super) templates: Option<&'r Templates>,
}

/// Examines a request; `now` is Unix time in seconds.
pub(super) fn examine(
    received: &Received,
    credentials: &[Credential],
    rules: &Rules<'_>,
    now: i64,
) -> Examined {
    let bytes = received.body.as_deref().unwrap_or_default();
    let body: Result<Value, _> = serde_json::from_slice(bytes);
    let action = header(received, "x-tc-action");
    let is_wanted = !matches!(action.and_then(Action::named), None | Some(Action::Prepare));
    Examined {
        action: action.map(str::to_owned),
        body: body.as_ref().ok().filter(|_| is_wanted).cloned().unwrap_or_default(),
        flows: body.as_ref().map(flow_marks).unwrap_or_default(),
        quota: find_quota(received, credentials, now),
        is_preview: body.as_ref().is_ok_and(|body| body["NeedPreview"] == true),
        wishes: check_call(received).and_then(|action| {
            let body = body.map_err(|_| Refusal::new("InvalidParameter", "The body is not JSON."))?;
            rules::check_request(&body, action, rules.max_flows, now)?;
            let held = rules.templates.filter(|_| matches!(action, Action::Prepare | Action::Create));
            held.map_or(Ok(()), |templates| templates::hold_body(&body, templates))?;
            Ok(wishes(&body))
        }),
    }
}

/// The quota is counted for action, region and account.
fn find_quota(received: &Received, credentials: &[Credential], now: i64) -> Result<String, Refusal> {
    if received.method != Method::POST {
        return Err(Refusal::new("UnsupportedProtocol", "The sandbox takes POST only."));
    }
    if received.target != "/" {
        return Err(Refusal::new("InvalidRequest", "The API's only path is /."));
    }
    let Some(body) = &received.body else {
        return Err(Refusal::new("RequestSizeLimitExceeded", "The body is larger than 10 MB."));
    };
    let signer = signature::verify(&received.headers, &signature::digest(body), credentials, now)?;
    let action = header(received, "x-tc-action").unwrap_or_default();
    let region = header(received, "x-tc-region").unwrap_or_default();
    Ok(format!("{signer}\n{action}\n{region}"))
}

/// Action, version and content type.
fn check_call(received: &Received) -> Result<Action, Refusal> {
    let name = header(received, "x-tc-action")
        .ok_or_else(|| Refusal::new("MissingParameter", "X-TC-Action is missing."))?;
    let action =
        Action::named(name).ok_or_else(|| Refusal::new("InvalidAction", "The action is not known."))?;
    match header(received, "x-tc-version") {
        None => return Err(Refusal::new("MissingParameter", "X-TC-Version is missing.")),
        Some(VERSION) => {}
        Some(_) => return Err(Refusal::new("NoSuchVersion", "The version is not known.")),
    }
    let media = header(received, "content-type").and_then(|value| value.split(';').next());
    if media.is_some_and(|media| media.trim().eq_ignore_ascii_case("application/json")) {
        Ok(action)
    } else {
        Err(Refusal::new("InvalidRequest", "Content-Type is not application/json."))
    }
}

fn header<'r>(received: &'r Received, name: &str) -> Option<&'r str> {
    received.headers.get(name).and_then(|value| value.to_str().ok())
}

fn flow_marks(body: &Value) -> Vec<FlowMark> {
    let text = |flow: &Value, name: &str| flow[name].as_str().map(str::to_owned);
    let mark = |flow| FlowMark { name: text(flow, "FlowName"), customer_data: text(flow, "CustomerData") };
    body["FlowInfos"].as_array().into_iter().flatten().map(mark).collect()
}

/// Everything that one request changes for the next. Behind one lock: whoever holds it
/// arrives now.
pub(super) struct Arrivals {
    clock: Clock,
    requests_per_second: u32,
    faults: Faults,
    windows: HashMap<String, Window>,
    authenticated: u64,
    /// How often a flow was seen with a marker, by the flow's key and the fault's name.
    seen: HashMap<(String, String), u32>,
    world: World,
    ledger: Ledger,
    closed: bool,
}

/// How a request is answered: the API's envelope and the fault that spoils it.
pub(super) struct Ruling {
    pub(super) envelope: Vec<u8>,
    pub(super) fault: Option<Fault>,
}

enum Outcome {
    Accepted,
    Refused(Refusal),
    /// It never reached the API.
    Stopped,
}

impl Arrivals {
    pub(super) fn new(requests_per_second: u32, faults: Faults, ledger: Ledger) -> Self {
        Self {
            clock: Clock::start(),
            requests_per_second,
            faults,
            windows: HashMap::new(),
            authenticated: 0,
            seen: HashMap::new(),
            world: World::default(),
            ledger,
            closed: false,
        }
    }

    /// The same, where charges come late and callbacks are written down.
    pub(super) fn behaving(mut self, bill_delay: Duration, callbacks: Option<Callbacks>) -> Self {
        (self.world.bill_delay, self.world.callbacks) = (bill_delay, callbacks);
        self
    }

    /// The templates that there are.
    pub(super) fn with_templates(mut self, templates: Option<Arc<Templates>>) -> Self {
        self.world.templates = templates;
        self
    }

    /// A request that is cut before its body was read.
    pub(super) fn cut(&mut self, action: Option<String>) {
        let mut entry = Entry::at(self.clock.now(), action, request_id());
        entry.verdict = Fault::ResetBefore.name();
        entry.fault = Some(Fault::ResetBefore.name());
        entry.delivered = false;
        self.record(entry);
    }

    /// Lets a request arrive, decides on it and writes it down.
    pub(super) fn judge(&mut self, examined: Examined, strike: &Strike) -> Ruling {
        let at = self.clock.now();
        let mut entry = Entry::at(at, examined.action.clone(), request_id());
        let (outcome, fault, refused) = self.decide(&examined, strike, at);
        let notice = strike.deprecated || fault == Some(Fault::Deprecated);
        let action = examined.action.as_deref().and_then(Action::named);
        let seconds = i64::try_from(at / 1_000_000).unwrap_or(i64::MAX);
        let envelope = match (&outcome, action) {
            (Outcome::Accepted, Some(Action::Create)) => {
                let created = Created::of(&examined.flows, &refused, fault.as_ref(), examined.is_preview);
                ACCEPTED.clone_into(&mut entry.verdict);
                entry.started = created.ledger();
                self.world.flows.start(&examined.body, &entry.started, seconds);
                if let Some(callbacks) = &mut self.world.callbacks {
                    callbacks.tell(&examined.body, &entry.started, seconds);
                }
                match &fault {
                    Some(Fault::AfterStart(code)) => {
                        answer::error(&Refusal::on_demand(code), &entry.request_id)
                    }
                    _ => answer::created(&created, &entry.request_id, notice),
                }
            }
            (Outcome::Accepted, Some(Action::Ask(question))) => {
                let request = examined.body.as_object().cloned().unwrap_or_default();
                match (question.answer)(&request, &mut self.world, seconds) {
                    Ok(response) => {
                        ACCEPTED.clone_into(&mut entry.verdict);
                        answer::whole(response, &entry.request_id)
                    }
                    Err(refusal) => {
                        entry.verdict = refusal.code.to_string();
                        answer::error(&refusal, &entry.request_id)
                    }
                }
            }
            (Outcome::Accepted, _) => {
                let url = confirm_url();
                let envelope = answer::success(&url, &entry.request_id, notice);
                entry.url = Some(url);
                ACCEPTED.clone_into(&mut entry.verdict);
                envelope
            }
            (Outcome::Refused(refusal), _) => {
                entry.verdict = refusal.code.to_string();
                answer::error(refusal, &entry.request_id)
            }
            (Outcome::Stopped, _) => {
                entry.verdict = fault.as_ref().map(Fault::name).unwrap_or_default();
                Vec::new()
            }
        };
        entry.fault = fault.as_ref().map(Fault::name);
        entry.delivered =
            !fault.as_ref().is_some_and(|fault| fault.loses_the_answer() || *fault == Fault::ResetBefore);
        entry.count = examined.flows.len();
        entry.flows = examined.flows;
        self.record(entry);
        Ruling { envelope, fault }
    }

    /// What becomes of the request, the fault that spoils it, and the flows of it that are
    /// to be refused each alone.
    fn decide(&mut self, examined: &Examined, strike: &Strike, at: u64) -> (Outcome, Option<Fault>, Refused) {
        let struck = strike.fault.clone();
        let none = Refused::new();
        if struck.as_ref().is_some_and(Fault::stops_the_request) {
            return (Outcome::Stopped, struck, none);
        }
        match self.consider(examined, struck.as_ref(), at) {
            Err(refusal) => (Outcome::Refused(refusal), struck, none),
            Ok((wished, refused)) => match struck.or(wished) {
                Some(fault) if fault.stops_the_request() => (Outcome::Stopped, Some(fault), none),
                Some(Fault::Code(code)) => {
                    (Outcome::Refused(Refusal::on_demand(&code)), Some(Fault::Code(code)), none)
                }
                fault => (Outcome::Accepted, fault, refused),
            },
        }
    }

    /// The API's own checks, in their order. Answers the fault that the data asks for.
    fn consider(
        &mut self,
        examined: &Examined,
        struck: Option<&Fault>,
        at: u64,
    ) -> Result<(Option<Fault>, Refused), Refusal> {
        let quota = examined.quota.as_ref().map_err(Clone::clone)?;
        if self.faults.revoked_after(self.authenticated) {
            return Err(Refusal::new("AuthFailure.SecretIdNotFound", "The SecretId has been revoked."));
        }
        self.authenticated += 1;
        let struck_limit = struck.is_some_and(Fault::is_rate_limit);
        if !struck_limit
            && !self.windows.entry(quota.clone()).or_default().admit(at, self.requests_per_second)
        {
            let message = "There were too many requests within the last second.";
            return Err(Refusal::new("RequestLimitExceeded", message));
        }
        if let Some(Fault::Code(code)) = struck.filter(|_| struck_limit) {
            return Err(Refusal::on_demand(code));
        }
        let wishes = examined.wishes.as_ref().map_err(Clone::clone)?;
        self.grant(wishes, &examined.flows)
    }

    /// The first wish that still holds. Every marker of the request counts as seen.
    fn grant(&mut self, wishes: &[Wish], flows: &[FlowMark]) -> Result<(Option<Fault>, Refused), Refusal> {
        let mut granted = Ok(None);
        let mut refused = Refused::new();
        for wish in wishes {
            let holds = match wish {
                Wish::Refuse(refusal) => Some(Err(refusal.clone())),
                Wish::Mark { flow: place, fault, times } => {
                    let flow = flows.get(*place).map(FlowMark::key).unwrap_or_default();
                    let seen = self.seen.entry((flow.to_owned(), fault.name())).or_default();
                    *seen += 1;
                    let holds = times.is_none_or(|times| *seen <= times);
                    if let (true, Fault::RefuseFlow(why)) = (holds, fault) {
                        refused.insert(*place, why.clone());
                    }
                    (holds && !matches!(fault, Fault::RefuseFlow(_))).then(|| Ok(Some(fault.clone())))
                }
            };
            if let (Some(holds), Ok(None)) = (holds, &granted) {
                granted = holds;
            }
        }
        granted.map(|fault| (fault, refused))
    }

    fn record(&mut self, entry: Entry) {
        if !self.closed {
            self.ledger.record(entry);
        }
    }

    /// What the questions are answered from.
    pub(super) fn world(&mut self) -> &mut World {
        &mut self.world
    }

    /// A document under that path, or the status with which it is refused.
    pub(super) fn document(&mut self, path: &str) -> Result<Vec<u8>, u16> {
        let now = i64::try_from(self.clock.now() / 1_000_000).unwrap_or(i64::MAX);
        self.world.resources.fetch(path, now)
    }

    pub(super) fn entries(&self) -> Vec<Entry> {
        self.ledger.entries().to_vec()
    }

    pub(super) fn accepted(&self) -> BTreeMap<String, u32> {
        self.ledger.accepted()
    }

    /// Nothing is recorded from now on.
    pub(super) fn close(&mut self) -> io::Result<()> {
        self.closed = true;
        self.ledger.close()
    }
}

/// Unix time in microseconds that never goes back: the wall clock is read once, at the start.
struct Clock {
    started_us: u64,
    since: Instant,
}

impl Clock {
    fn start() -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { started_us: u64::try_from(wall.as_micros()).unwrap_or_default(), since: Instant::now() }
    }

    fn now(&self) -> u64 {
        self.started_us.saturating_add(u64::try_from(self.since.elapsed().as_micros()).unwrap_or(u64::MAX))
    }
}

/// Random, in the form of a version 4 UUID.
fn request_id() -> String {
    let (high, low) = (fastrand::u64(..), fastrand::u64(..));
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

fn confirm_url() -> String {
    format!("https://sandbox.invalid/confirm?token={:032x}", fastrand::u128(..))
}

#[cfg(test)]
#[path = "arrivals_tests.rs"]
mod tests;
