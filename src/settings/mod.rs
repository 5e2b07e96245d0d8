//! config.toml < environment (`FLOWBATCH_*`) < flags -> one validated `Settings`.
//!
//! Only doors load it; everybody else is handed the part that is his.

pub mod credentials;
mod error;
mod examine;
mod file;
mod notify;
mod read;
mod remembered;
mod report;
mod signers;
mod watch;

pub use file::{language, usual_file};
pub use notify::{Happening, NotifySettings, Receiver};
pub use read::{BUILT_IN, parse_duration};
pub use remembered::{MemoryError, Remembered};
pub use watch::WatchSettings;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::contract::build::{Context, Defaults};
use crate::contract::columns::{Aliases, field_named};
use crate::contract::dates::Clock;
use crate::contract::fixed::FixedSigners;
use crate::contract::values;
use crate::domain::cell::Cell;
use crate::domain::field::{Field, Level};
use crate::domain::identity;
use crate::domain::said::{Said, SkipOrSend};
use crate::domain::template::Templates;
use crate::domain::wishes::Wishes;
use crate::essbasic::action::Action;
use crate::essbasic::names::DEFAULT_ENDPOINT;
use crate::essbasic::proxy::Variables;
use crate::runner::RetrySettings;

pub use crate::platform::trust::Hands;
pub use error::{SettingsError, SettingsWarning};
pub use examine::{Examined, SetValue};
use read::{Faults, Values};
use signers::SettingsSigner;

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
    /// Of an action that starts contracts: `[start] flows_per_request`.
    pub flows_per_request: usize,
    /// `[start] sign_links`: a run asks for links to sign what it has started.
    pub sign_links: bool,
    /// `[start] links_after`: not sooner than that after a contract was started.
    pub links_after: Duration,
    /// The same: whether the templates are asked before anything starts.
    pub check_templates: bool,
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
    /// The same without what the command line gave in their stead, where it did.
    defaults_of_settings: Option<BTreeMap<&'static str, String>>,
    /// Header -> field name.
    pub columns: BTreeMap<String, String>,
    /// `[[signers]]`: signers that every contract gets.
    pub signers: Vec<SettingsSigner>,
    /// `[sheet]`: how a file is read, where the command line says nothing.
    pub said: Said,
    pub hidden_rows: Option<SkipOrSend>,
    pub retention: Duration,
    /// Where the log goes besides stderr.
    pub log: Option<LogFile>,
    /// A text file for Prometheus.
    pub metrics: Option<PathBuf>,
    pub watch: WatchSettings,
    pub report: Wishes,
    /// Who is told that a job has ended or needs a person.
    pub notify: Option<NotifySettings>,
    /// From an owner-only settings file.
    pub credentials: Option<credentials::Found>,
    /// What may name a proxy.
    pub proxies: Variables,
    /// What is to be told of them and stops nothing.
    pub warnings: Vec<SettingsWarning>,
    /// Where the settings came from, for messages.
    pub origin: String,
    /// The same for single values that came from elsewhere.
    origins: BTreeMap<String, String>,
}

/// A log that begins a file a day, and another one where that is full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// `flowbatch.log` stands for `flowbatch.2026-11-26.log`.
    pub path: PathBuf,
    /// So many of them stay.
    pub keep: u32,
    /// One of so many bytes is followed by the next one of its day.
    pub most: u64,
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
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn load(file: Option<&Path>, environment: &Environment) -> Result<Self, SettingsError> {
        Self::read(&Values::load(file, environment, false)?, environment)
    }

    /// The same for a rehearsal: a file that is not to be trusted is only told.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn load_for_sandbox(file: Option<&Path>, environment: &Environment) -> Result<Self, SettingsError> {
        Self::read(&Values::load(file, environment, true)?, environment)
    }

    fn read(values: &Values, environment: &Environment) -> Result<Self, SettingsError> {
        let mut faults = Faults::default();
        let settings = Self::read_all(values, environment, &mut faults);
        faults.check()?;
        Ok(settings)
    }

    /// What is wrong is left at its default and told.
    fn read_all(values: &Values, environment: &Environment, faults: &mut Faults) -> Self {
        let zone_name = faults.or(values.text("time_zone"), None).unwrap_or_else(|| "Asia/Shanghai".into());
        let zone = TimeZone::get(&zone_name).map_err(|_| values.bad("time_zone", "Asia/Shanghai"));
        let zone = faults.or(zone, TimeZone::UTC);
        // Only the door that speaks takes it, before anything else is read: see `language`.
        faults.or(values.lang().map(drop), ());
        let action = match faults.or(values.text("action"), None) {
            None => Ok(Action::PrepareFlows),
            Some(name) => Action::from_name(&name).ok_or_else(|| {
                let names = Action::ALL.map(Action::wire_name);
                values.bad("action", &names.join(", "))
            }),
        };
        let action = faults.or(action, Action::PrepareFlows);
        let endpoint = faults.or(values.text("endpoint"), None).unwrap_or_else(|| DEFAULT_ENDPOINT.into());
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        let valid = crate::essbasic::client::endpoint_url(&endpoint);
        faults.or(
            valid.map(drop).map_err(|_| values.bad("endpoint", "https://essbasic.tencentcloudapi.com")),
            (),
        );
        let mut request = BTreeMap::new();
        for (name, key) in [
            ("app_id", "agent.app_id"),
            ("organization_open_id", "agent.organization_open_id"),
            ("operator_open_id", "agent.operator_open_id"),
            ("jump_url", "jump_url"),
        ] {
            if let Some(value) = faults.or(values.text(key), None) {
                request.insert(name, value);
            }
        }
        let duration = |faults: &mut Faults, key: &str, default: u64| {
            let default = Duration::from_millis(default);
            faults.or(values.duration(key, default), default)
        };
        let retry = RetrySettings {
            attempts: faults.or(values.whole("retry.attempts", 1, 1000), None).unwrap_or(8),
            first_wait: duration(faults, "retry.first_wait", 500),
            longest_wait: duration(faults, "retry.longest_wait", 30_000),
            give_up: duration(faults, "retry.give_up", 600_000),
            first_contact: duration(faults, "retry.first_contact", 15_000),
        };
        let retention = duration(faults, "retention", 30 * 24 * 3_600_000);
        let (timeout, connect_timeout) = (Duration::from_secs(30), Duration::from_secs(10));
        let state_dir = folder("state_dir", "/var/lib/flowbatch, ~/flowbatch", values, environment);
        let pace_folder = folder("pace.folder", "/var/lib/flowbatch-pace", values, environment);
        let log_file =
            faults.or(folder("log.file", "/var/log/flowbatch/flowbatch.log", values, environment), None);
        let log_keep = faults.or(values.whole("log.keep", 1, 3650), None).unwrap_or(30);
        let log_size = faults.or(values.whole("log.size_mb", 1, 10_240), None).unwrap_or(100);
        let check_templates = values.flag("start.check_templates").map(|set| set.unwrap_or(true));
        let metrics = folder("metrics.file", "/var/lib/node_exporter/flowbatch.prom", values, environment);
        let settings = Self {
            endpoint,
            region: faults.or(values.text("region"), None),
            state_dir: faults.or(state_dir, None),
            zone,
            zone_name,
            action,
            sign_links: faults.or(values.flag("start.sign_links"), None).unwrap_or(false),
            links_after: duration(faults, "start.links_after", 2_000),
            flows_per_request: faults.or(values.whole("start.flows_per_request", 1, 20), None).unwrap_or(1)
                as usize,
            check_templates: faults.or(check_templates, true),
            request,
            requests_per_second: faults.or(values.rate("pace.requests_per_second", 20.0), 20.0),
            window_requests: faults.or(values.whole("pace.window_requests", 1, 100_000), None),
            account: faults.or(values.text("pace.account"), None),
            pace_folder: faults.or(pace_folder, None),
            timeout: faults.or(values.some_time("http.timeout", timeout), timeout),
            connect_timeout: faults
                .or(values.some_time("http.connect_timeout", connect_timeout), connect_timeout),
            retry,
            defaults: faults.or(values.defaults(), BTreeMap::new()),
            defaults_of_settings: None,
            columns: faults.or(values.columns(), BTreeMap::new()),
            signers: faults.or(values.signers(), Vec::new()),
            said: faults.or(values.said(), Said::default()),
            hidden_rows: faults.or(values.hidden_rows(), None),
            retention,
            log: log_file.map(|path| LogFile { path, keep: log_keep, most: u64::from(log_size) << 20 }),
            metrics: faults.or(metrics, None),
            watch: WatchSettings::read(values, faults),
            report: faults.or(report::wishes(values), Wishes::default()),
            notify: NotifySettings::read(values, faults),
            credentials: faults.or(values.found_credentials(), None),
            proxies: Variables::read(|name| environment.as_set(name)),
            warnings: values.warnings.clone(),
            origin: values.origin.clone(),
            origins: values.origins(),
        };
        faults.or(settings.aliases(&[]).map(drop), ());
        settings.check_defaults(faults);
        faults.or(settings.fixed(jiff::Timestamp::now()).map(drop), ());
        settings
    }

    /// Fills what is not set with made-up values: for the stand-in inside `run --sandbox`.
    pub fn for_sandbox(&mut self) {
        for (name, value) in MADE_UP {
            self.request.entry(name).or_insert_with(|| (*value).to_owned());
        }
    }

    /// Made-up values must not reach the real service.
    pub fn refuse_made_up(&self) -> Result<(), SettingsError> {
        self.made_up().first().map_or(Ok(()), |key| Err(SettingsError::MadeUp { key }))
    }

    /// What still has the value that config.toml ships with, where that matters.
    pub fn made_up(&self) -> Vec<&'static str> {
        if self.endpoint.to_ascii_lowercase().starts_with("http://") {
            return Vec::new();
        }
        let wanted = |name: &str| self.action.request_fields().iter().any(|field| field.name() == name);
        let left = MADE_UP
            .iter()
            .filter(|(name, value)| wanted(name) && self.request.get(name).is_some_and(|own| own == value));
        left.map(|(name, _)| *name).collect()
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
        let mut defaults = Defaults::default();
        for (field, text, parsed) in self.parsed_defaults(now) {
            if field.name == "deadline" {
                defaults.relative_deadline = values::relative_deadline(text);
            }
            defaults.values.push((field.id, parsed?));
        }
        defaults.fixed = self.fixed(now)?;
        Ok(defaults)
    }

    /// Values that the command line gives in place of those of `[defaults]`.
    ///
    /// # Errors
    /// Those that are none of their fields.
    pub fn take_defaults(&mut self, given: &[(String, String)]) -> Result<(), SettingsError> {
        self.defaults_of_settings.get_or_insert_with(|| self.defaults.clone());
        for (name, value) in given {
            if let Some(name) = may_default(name) {
                self.defaults.insert(name, value.clone());
                self.origins.insert(format!("defaults.{name}"), "--default".to_owned());
            }
        }
        let mut faults = Faults::default();
        self.check_defaults(&mut faults);
        faults.check()
    }

    /// As they are without values of the command line.
    pub fn without_given_defaults(&self) -> Self {
        let mut own = self.clone();
        if let Some(defaults) = own.defaults_of_settings.take() {
            own.defaults = defaults;
        }
        own
    }

    /// Whether one of `[[signers]]` is a company.
    pub fn company_signs(&self) -> bool {
        self.signers.iter().any(SettingsSigner::is_company)
    }

    /// Names of companies of `[[signers]]`.
    pub fn own_companies(&self) -> Vec<String> {
        self.signers.iter().filter_map(SettingsSigner::company_name).map(str::to_owned).collect()
    }

    fn fixed(&self, now: jiff::Timestamp) -> Result<FixedSigners, SettingsError> {
        let clock = Clock { now, zone: self.zone.clone() };
        signers::fixed(&self.signers, &clock, self.request.get("organization_open_id").map(String::as_str))
    }

    fn check_defaults(&self, faults: &mut Faults) {
        for (_, _, parsed) in self.parsed_defaults(jiff::Timestamp::now()) {
            if let Err(error) = parsed {
                faults.add(error);
            }
        }
    }

    /// Each value that the settings give for a field, as a cell's text would be read.
    fn parsed_defaults(
        &self,
        now: jiff::Timestamp,
    ) -> impl Iterator<Item = (&'static Field, &str, Result<serde_json::Value, SettingsError>)> {
        let clock = Clock { now, zone: self.zone.clone() };
        let given = self.defaults.iter().map(|(name, text)| (*name, text, "defaults"));
        let request = self.request.iter().map(|(name, text)| (*name, text, "agent"));
        given.chain(request).filter_map(move |(name, text, section)| {
            let field = field_named(name)?;
            let parsed = values::parse(field.kind, &Cell::text_of(text.clone()), &clock);
            let value = parsed.value.ok_or_else(|| {
                let key = match field.name {
                    "jump_url" => name.to_owned(),
                    _ => format!("{section}.{name}"),
                };
                let origin = self.origins.get(&key).unwrap_or(&self.origin).clone();
                SettingsError::BadField { key, origin, rule: parsed.rules.into_iter().next() }
            });
            Some((field, text.as_str(), value))
        })
    }

    pub fn context(&self, now: jiff::Timestamp, group_by: Option<String>) -> Result<Context, SettingsError> {
        let defaults = self.context_defaults(now)?;
        let (request, closed) = (self.action.request_fields(), self.action.closed_fields());
        let clock = Clock { now, zone: self.zone.clone() };
        Ok(Context { clock, defaults, group_by, request, closed, templates: Templates::default() })
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
        signers::say_meaning(&self.signers, input);
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
    let bad = || values.bad(key, expected);
    // A number would name a folder that nobody means.
    if !values.is_text(key) {
        return Err(bad());
    }
    let Some(dir) = values.text(key)? else { return Ok(None) };
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
pub fn may_default(name: &str) -> Option<&'static str> {
    field_named(name).filter(|field| field.level != Level::Own).map(|field| field.name)
}

#[cfg(test)]
mod tests;
