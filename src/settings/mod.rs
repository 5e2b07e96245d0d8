//! config.toml < environment (`FLOWBATCH_*`) < flags -> one validated `Settings`.
//!
//! Only doors load it; everybody else is handed the part that is his.

pub mod credentials;
mod error;
mod read;
mod remembered;

pub use read::parse_duration;
pub use remembered::Remembered;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::contract::build::{Context, Defaults};
use crate::contract::columns::{Aliases, field_named};
use crate::contract::dates::Clock;
use crate::contract::values;
use crate::domain::cell::Cell;
use crate::domain::field::Level;
use crate::domain::identity;
use crate::essbasic::action::Action;
use crate::essbasic::names::DEFAULT_ENDPOINT;
use crate::essbasic::proxy::Variables;
use crate::runner::RetrySettings;

pub use error::SettingsError;
use read::Values;

/// Environment variables, handed in so that tests have their own.
#[derive(Clone, Default)]
pub struct Environment(HashMap<String, String>);

impl Environment {
    pub fn of_process() -> Self {
        let text = |name: &str, value: OsString| match value.into_string() {
            Ok(value) => Some(value),
            // It is to be told that it cannot be read.
            Err(value) if name.to_lowercase().ends_with("_proxy") => {
                Some(value.to_string_lossy().into_owned())
            }
            // A variable that is no text cannot be one of ours.
            Err(_) => None,
        };
        let named = std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
        Self(named.filter_map(|(name, value)| Some((name.clone(), text(&name, value)?))).collect())
    }

    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self(pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect())
    }

    /// An empty variable counts as not set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// The same for those whose being set counts, even to nothing.
    fn as_set(&self, name: &str) -> Option<String> {
        self.0.get(name).cloned()
    }

    fn with_prefix<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

/// Everything that can be set, checked.
#[derive(Clone)]
pub struct Settings {
    pub endpoint: String,
    pub region: Option<String>,
    pub state_dir: Option<PathBuf>,
    pub zone: TimeZone,
    pub zone_name: String,
    pub action: Action,
    pub lang: Option<String>,
    /// Of the request: `app_id`, `organization_open_id`, `operator_open_id`, `jump_url`.
    pub request: BTreeMap<&'static str, String>,
    pub requests_per_second: f64,
    pub window_requests: Option<u32>,
    pub account: Option<String>,
    /// For the slots of several users; `None`: the user's own.
    pub pace_folder: Option<PathBuf>,
    pub timeout: Duration,
    pub connect_timeout: Duration,
    pub retry: RetrySettings,
    /// Field name -> text as a cell would hold it.
    pub defaults: BTreeMap<&'static str, String>,
    /// Header -> field name.
    pub columns: BTreeMap<String, String>,
    pub retention: Duration,
    /// From an owner-only settings file.
    pub credentials: Option<credentials::Found>,
    /// What may name a proxy.
    pub proxies: Variables,
    /// Where the settings came from, for messages.
    pub origin: String,
    /// The same for single values that came from elsewhere.
    origins: BTreeMap<String, String>,
}

/// The values that config.toml ships with: good for the stand-in only.
const MADE_UP: &[(&str, &str)] = &[
    ("app_id", "sandbox-app"),
    ("organization_open_id", "sandbox-organization"),
    ("operator_open_id", "sandbox-operator"),
    ("jump_url", "https://www.example.com/"),
];

impl Settings {
    /// Reads the settings file (or the usual places for one) and the environment.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Self, SettingsError> {
        let values = Values::load(file, environment)?;
        let duration = |key: &str, default: u64| values.duration(key, Duration::from_millis(default));
        let zone_name = values.text("time_zone")?.unwrap_or_else(|| "Asia/Shanghai".into());
        let zone = TimeZone::get(&zone_name).map_err(|_| values.bad("time_zone", "Asia/Shanghai"))?;
        let action = match values.text("action")? {
            None => Action::PrepareFlows,
            Some(name) => Action::from_name(&name).ok_or_else(|| values.bad("action", "PrepareFlows"))?,
        };
        let endpoint = values.text("endpoint")?.unwrap_or_else(|| DEFAULT_ENDPOINT.into());
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        crate::essbasic::client::endpoint_url(&endpoint)
            .map_err(|_| values.bad("endpoint", "https://essbasic.tencentcloudapi.com"))?;
        let mut request = BTreeMap::new();
        for (name, key) in [
            ("app_id", "agent.app_id"),
            ("organization_open_id", "agent.organization_open_id"),
            ("operator_open_id", "agent.operator_open_id"),
            ("jump_url", "jump_url"),
        ] {
            if let Some(value) = values.text(key)? {
                request.insert(name, value);
            }
        }
        let (defaults, columns) = (values.defaults()?, values.columns()?);
        let settings = Self {
            endpoint,
            region: values.text("region")?,
            state_dir: folder("state_dir", "/var/lib/flowbatch, ~/flowbatch", &values, environment)?,
            zone,
            zone_name,
            action,
            lang: values.lang()?,
            request,
            requests_per_second: values.rate("pace.requests_per_second", 20.0)?,
            window_requests: values.whole("pace.window_requests", 1, 100_000)?,
            account: values.text("pace.account")?,
            pace_folder: folder("pace.folder", "/var/lib/flowbatch-pace", &values, environment)?,
            timeout: values.some_time("http.timeout", Duration::from_secs(30))?,
            connect_timeout: values.some_time("http.connect_timeout", Duration::from_secs(10))?,
            retry: RetrySettings {
                attempts: values.whole("retry.attempts", 1, 1000)?.unwrap_or(8),
                first_wait: duration("retry.first_wait", 500)?,
                longest_wait: duration("retry.longest_wait", 30_000)?,
                give_up: duration("retry.give_up", 600_000)?,
                first_contact: duration("retry.first_contact", 15_000)?,
            },
            defaults,
            columns,
            retention: duration("retention", 30 * 24 * 3_600_000)?,
            credentials: values.found_credentials()?,
            proxies: Variables::read(|name| environment.as_set(name)),
            origin: values.origin.clone(),
            origins: values.origins(),
        };
        settings.aliases(&[])?;
        settings.context_defaults(jiff::Timestamp::now())?;
        Ok(settings)
    }

    /// Fills what is not set with made-up values: for the stand-in inside `run --sandbox`.
    pub fn for_sandbox(&mut self) {
        for (name, value) in MADE_UP {
            self.request.entry(name).or_insert_with(|| (*value).to_owned());
        }
    }

    /// Made-up values must not reach the real service.
    pub fn refuse_made_up(&self) -> Result<(), SettingsError> {
        let loopback = self.endpoint.to_ascii_lowercase().starts_with("http://");
        let left =
            MADE_UP.iter().find(|(name, value)| self.request.get(name).is_some_and(|own| own == value));
        match left {
            Some((key, _)) if !loopback => Err(SettingsError::MadeUp { key }),
            _ => Ok(()),
        }
    }

    /// Headers as settings and `--map 'header=field'` rename them.
    pub fn aliases(&self, mapped: &[(String, String)]) -> Result<Aliases, SettingsError> {
        let own = self.columns.iter().map(|(header, name)| (header.as_str(), name.as_str()));
        let mapped = mapped.iter().map(|(header, name)| (header.as_str(), name.as_str()));
        Aliases::new(own.chain(mapped)).map_err(|fault| SettingsError::UnknownKey {
            key: format!("{} = {}", fault.header, fault.target),
            origin: "[columns] / --map".into(),
            suggestion: fault.suggestion,
        })
    }

    /// Values for absent and empty cells; `+30d` is counted from `now`.
    fn context_defaults(&self, now: jiff::Timestamp) -> Result<Defaults, SettingsError> {
        let clock = Clock { now, zone: self.zone.clone() };
        let mut defaults = Defaults::default();
        let given = self.defaults.iter().map(|(name, text)| (*name, text, "defaults"));
        let request = self.request.iter().map(|(name, text)| (*name, text, "agent"));
        for (name, text, section) in given.chain(request) {
            let Some(field) = field_named(name) else { continue };
            if field.name == "deadline" {
                defaults.relative_deadline = values::relative_deadline(text);
            }
            let parsed = values::parse(field.kind, &Cell::text_of(text.clone()), &clock);
            match parsed.value {
                Some(value) => {
                    defaults.values.insert(field.name, value);
                }
                None => {
                    let key = match field.name {
                        "jump_url" => name.to_owned(),
                        _ => format!("{section}.{name}"),
                    };
                    let origin = self.origins.get(&key).unwrap_or(&self.origin).clone();
                    return Err(SettingsError::BadField {
                        key,
                        origin,
                        rule: parsed.rules.into_iter().next(),
                    });
                }
            }
        }
        Ok(defaults)
    }

    pub fn context(&self, now: jiff::Timestamp, group_by: Option<String>) -> Result<Context, SettingsError> {
        let defaults = self.context_defaults(now)?;
        Ok(Context { clock: Clock { now, zone: self.zone.clone() }, defaults, group_by })
    }

    /// The folder of the journal: as set, or the platform's own place for state.
    pub fn state_folder(&self) -> Result<PathBuf, SettingsError> {
        self.state_dir.clone().or_else(own_folder).ok_or(SettingsError::NoStateFolder)
    }

    /// What besides the input changes the meaning of a job.
    pub fn say_meaning(&self, input: &mut identity::Input) {
        input.said("action", self.action.wire_name());
        input.said("time_zone", &self.zone_name);
        for (name, value) in &self.defaults {
            input.said("default", name);
            input.said("is", value);
        }
        for (header, name) in &self.columns {
            input.said("column", header);
            input.said("means", name);
        }
    }
}

/// The user's own folder for state, whatever the settings say.
pub fn own_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().ok()?;
    let state = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(state.join("flowbatch"))
}

/// A folder as it is meant, wherever the program is started: a relative one is
/// relative to its settings file; a variable has no such place.
fn folder(
    key: &str,
    expected: &str,
    values: &Values,
    environment: &Environment,
) -> Result<Option<PathBuf>, SettingsError> {
    let Some(dir) = values.text(key)? else { return Ok(None) };
    let bad = || values.bad(key, expected);
    let path = match dir.strip_prefix('~') {
        Some(rest) => {
            let rest = rest.strip_prefix(['/', '\\']).ok_or_else(bad)?;
            Path::new(environment.get("HOME").or_else(|| environment.get("USERPROFILE")).ok_or_else(bad)?)
                .join(rest)
        }
        None => PathBuf::from(&dir),
    };
    // A crontab expands nothing: each folder would get a journal of its own.
    if dir.contains('$') || dir.contains('%') {
        return Err(bad());
    }
    if path.is_absolute() {
        return Ok(Some(path));
    }
    match values.file_of(key).and_then(Path::parent) {
        Some(beside) => Ok(Some(std::path::absolute(beside.join(path)).map_err(|_| bad())?)),
        None => Err(bad()),
    }
}

/// Whether a default may be set for that name: fields of a flow, an approver
/// or a cc, and the request's.
fn may_default(name: &str) -> Option<&'static str> {
    field_named(name).filter(|field| field.level != Level::Own).map(|field| field.name)
}

#[cfg(test)]
mod tests;
