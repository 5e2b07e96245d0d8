//! `[notify]`: whom to tell that a job has ended or needs a person.

use std::collections::BTreeSet;
use std::time::Duration;

use reqwest::Url;
use secrecy::SecretString;

use super::read::{Faults, Values};

/// What receives a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    WeCom,
    DingTalk,
    Feishu,
    /// Whatever takes a JSON document of ours.
    Json,
}

/// What a notice is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// Nothing is left to do but to confirm pages.
    Finished,
    /// Some contracts are to be corrected.
    Rows,
    /// Somebody has to say what is meant, or to approve.
    Question,
    /// The account, the network or the machine has stopped it.
    Stopped,
}

impl Happening {
    pub const ALL: [Self; 4] = [Self::Finished, Self::Rows, Self::Question, Self::Stopped];

    pub fn name(self) -> &'static str {
        match self {
            Self::Finished => "finished",
            Self::Rows => "rows",
            Self::Question => "question",
            Self::Stopped => "stopped",
        }
    }
}

#[derive(Clone)]
pub struct NotifySettings {
    /// It holds the robot's key, so it is never shown.
    pub url: Url,
    pub receiver: Receiver,
    pub secret: Option<SecretString>,
    pub on: BTreeSet<Happening>,
    /// Otherwise the job's number stands for the file's name.
    pub file_names: bool,
    /// For one try.
    pub timeout: Duration,
    pub attempts: u32,
}

const KINDS: &str = "wecom, dingtalk, feishu, json";

impl NotifySettings {
    /// `None`: nobody is told.
    pub(super) fn read(values: &Values, faults: &mut Faults) -> Option<Self> {
        let url = faults.or(values.text("notify.url"), None);
        let url = url.map(|url| address(&url).ok_or_else(|| values.bad("notify.url", "https://...")));
        let url = faults.or(url.transpose(), None);
        let receiver = match faults.or(values.text("notify.kind"), None).as_deref() {
            None if url.is_some() => Err(values.bad("notify.kind", KINDS)),
            None | Some("json") => Ok(Receiver::Json),
            Some("wecom") => Ok(Receiver::WeCom),
            Some("dingtalk") => Ok(Receiver::DingTalk),
            Some("feishu") => Ok(Receiver::Feishu),
            Some(_) => Err(values.bad("notify.kind", KINDS)),
        };
        let receiver = faults.or(receiver, Receiver::Json);
        let secret = faults.or(values.text("notify.secret"), None).map(SecretString::from);
        if receiver == Receiver::WeCom && secret.is_some() {
            // Its key stands in the URL; a secret would protect nothing.
            faults.add(values.bad("notify.secret", "kind = dingtalk, feishu, json"));
        }
        let file_names = faults.or(values.flag("notify.file_names").map(|set| set.unwrap_or(true)), false);
        let timeout = Duration::from_secs(5);
        let timeout = faults.or(values.some_time("notify.timeout", timeout), timeout);
        let attempts = faults.or(values.whole("notify.attempts", 1, 10), None).unwrap_or(3);
        let on = faults.or(on(values), BTreeSet::new());
        Some(Self { url: url?, receiver, secret, on, file_names, timeout, attempts })
    }
}

/// All of them, if nothing is said.
fn on(values: &Values) -> Result<BTreeSet<Happening>, super::SettingsError> {
    let named = values.texts("notify.on")?;
    if named.is_empty() {
        return Ok(Happening::ALL.into());
    }
    let find = |name: &String| Happening::ALL.into_iter().find(|own| own.name() == name);
    let found = named.iter().map(find).collect::<Option<_>>();
    found.ok_or_else(|| values.bad("notify.on", "[\"finished\", \"rows\", \"question\", \"stopped\"]"))
}

/// https anywhere, http only to this machine itself.
fn address(text: &str) -> Option<Url> {
    let url: Url = text.parse().ok()?;
    let host = url.host_str()?;
    let is_here = host == "localhost" || host == "127.0.0.1" || host == "[::1]";
    (url.scheme() == "https" || url.scheme() == "http" && is_here).then_some(url)
}
