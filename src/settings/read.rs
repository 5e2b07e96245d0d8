//! config.toml and the environment -> values by key, each with its origin.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::{Table, Value};

use crate::domain::said::{Said, SkipOrSend, condition};
use crate::essbasic::tc3::Credentials;
use crate::platform::trust::{Hands, hands_on};

use super::error::{SettingsError, SettingsWarning};
use super::file::{FoundFile, find_file, is_open_to_others, judge, read_file};
use super::signers::{self, SettingsSigner};
use super::{Environment, credentials, may_default};

/// Where a setting is from that nobody has set.
pub const BUILT_IN: &str = "(built-in)";
const PREFIX: &str = "FLOWBATCH_";
/// Variables with our prefix that are no settings.
const NOT_SETTINGS: &[&str] = &["CONFIG", "LOG", "SANDBOX", "CALLBACK_KEY"];

/// Every key but those of the free sections `[defaults]` and `[columns]`.
const KEYS: &[&str] = &[
    "endpoint", "region", "jump_url", "state_dir", "time_zone", "action", "lang", "retention",
    "start.flows_per_request", "start.sign_links", "start.links_after", "start.check_templates", "log.file",
    "log.keep", "log.size_mb", "metrics.file", "agent.app_id", "agent.organization_open_id",
    "agent.operator_open_id", "pace.requests_per_second", "pace.window_requests", "pace.account",
    "pace.folder", "http.timeout", "http.connect_timeout", "retry.attempts", "retry.first_wait",
    "retry.longest_wait", "retry.give_up", "retry.first_contact", "credentials.secret_id",
    "credentials.secret_key", "credentials.token", "sheet.key", "sheet.header_row", "sheet.sheets",
    "sheet.hidden_columns", "sheet.hidden_rows", "sheet.odd_rows", "sheet.missing_party",
    "sheet.missing_fields", "sheet.signer_order", "sheet.submitted_twice", "sheet.comments", "sheet.where",
    "sheet.as_text", "signers", "report.formats", "report.mask", "report.group_by", "watch.quiet",
    "watch.approve", "watch.reused_keys", "watch.keep_trying", "watch.try_again", "notify.url",
    "notify.kind", "notify.secret", "notify.on", "notify.file_names", "notify.timeout", "notify.attempts",
];

pub struct Values {
    values: BTreeMap<String, (Value, String)>,
    pub origin: String,
    file: Option<PathBuf>,
    /// What is to be told and stops nothing.
    pub warnings: Vec<SettingsWarning>,
}

/// Takes what can be taken and keeps what is wrong, so that all of it is told at once.
#[derive(Default)]
pub struct Faults(Vec<SettingsError>);

impl Faults {
    pub fn or<T>(&mut self, read: Result<T, SettingsError>, fallback: T) -> T {
        read.unwrap_or_else(|error| {
            self.add(error);
            fallback
        })
    }

    pub fn add(&mut self, error: SettingsError) {
        match error {
            SettingsError::Several(all) => self.0.extend(all),
            one => self.0.push(one),
        }
    }

    pub fn all(self) -> Vec<SettingsError> {
        self.0
    }

    pub fn check(self) -> Result<(), SettingsError> {
        let mut faults = self.0;
        match faults.len() {
            0 => Ok(()),
            1 => faults.pop().map_or(Ok(()), Err),
            _ => Err(SettingsError::Several(faults)),
        }
    }
}

impl Values {
    /// `sandbox`: nothing can come of it, so a file that is not to be trusted is only told.
    pub fn load(
        file: Option<&Path>,
        environment: &Environment,
        sandbox: bool,
    ) -> Result<Self, SettingsError> {
        let values = Self::collect(find_file(file, environment)?, environment, sandbox)?;
        values.refuse_unknown()?;
        Ok(values)
    }

    /// For somebody who wants to hear of everything that is wrong: what can be read, and
    /// what kept the rest from it.
    pub fn collect_all(file: Option<&Path>, environment: &Environment) -> (Option<Self>, Faults) {
        let mut faults = Faults::default();
        let found = find_file(file, environment);
        let from_file = found.and_then(|found| Self::collect(found, environment, false));
        let values = faults.or(from_file.map(Some), None);
        let values = values.or_else(|| Self::collect(None, environment, false).ok());
        if let Some(values) = &values {
            faults.or(values.refuse_unknown(), ());
        }
        (values, faults)
    }

    fn collect(
        found: Option<FoundFile>,
        environment: &Environment,
        sandbox: bool,
    ) -> Result<Self, SettingsError> {
        let mut values = BTreeMap::new();
        let mut origin = BUILT_IN.to_owned();
        let mut warnings = Vec::new();
        if let Some(FoundFile { path, place }) = &found {
            warnings.extend(judge(path, *place, sandbox)?);
            origin = path.display().to_string();
            let table = read_file(path)?;
            flatten("", &table, &mut values, &origin);
            let secret = values.keys().any(|key| key.starts_with("credentials.") || key == "notify.secret");
            if secret && is_open_to_others(path) {
                return Err(SettingsError::OpenCredentials { path: path.clone() });
            }
        }
        for (name, value) in environment.with_prefix(PREFIX) {
            if NOT_SETTINGS.contains(&name) || value.trim().is_empty() {
                continue;
            }
            let key = name.to_lowercase().replace("__", ".");
            if is_somebody_elses(&key) {
                warnings.push(SettingsWarning::UnknownVariable(format!("{PREFIX}{name}")));
                continue;
            }
            values.insert(key, (Value::String(value.to_owned()), format!("{PREFIX}{name}")));
        }
        Ok(Self { values, origin, file: found.map(|found| found.path), warnings })
    }

    /// Every value that is set somewhere: its key, itself where it is one text, its origin.
    pub fn all_set(&self) -> impl Iterator<Item = (&str, Option<String>, &str)> {
        self.values.iter().map(|(key, (value, origin))| (key.as_str(), scalar(value), origin.as_str()))
    }

    /// The settings file in use.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// Adds what a watched folder's own file says; it counts more than all others, as far as
    /// it may say it.
    pub fn overlay(&mut self, path: &Path, may_say: impl Fn(&str) -> bool) -> Result<(), SettingsError> {
        let folder = path.parent().unwrap_or(Path::new("."));
        let hands = [hands_on(path, true), hands_on(folder, true)];
        if let Some(hands) = hands.into_iter().find(|hands| !matches!(hands, Hands::Own | Hands::Unknown)) {
            return Err(SettingsError::UntrustedFolder { path: path.to_owned(), hands });
        }
        let mut own = BTreeMap::new();
        let origin = path.display().to_string();
        flatten("", &read_file(path)?, &mut own, &origin);
        let mut faults = Faults::default();
        for key in own.keys().filter(|key| is_known(key) && !may_say(key)) {
            faults.add(SettingsError::NotOfFolder { key: key.clone(), origin: origin.clone() });
        }
        faults.check()?;
        // A field has several names: the folder's word counts under each of them.
        let field = |key: &str| key.strip_prefix("defaults.").and_then(may_default);
        let fields: Vec<&str> = own.keys().filter_map(|key| field(key)).collect();
        self.values.retain(|key, _| field(key).is_none_or(|name| !fields.contains(&name)));
        self.values.extend(own);
        self.refuse_unknown()
    }

    fn refuse_unknown(&self) -> Result<(), SettingsError> {
        let mut faults = Faults::default();
        for (key, (_, origin)) in self.values.iter().filter(|(key, _)| !is_known(key)) {
            let suggestion = nearest(key);
            faults.add(SettingsError::UnknownKey { key: key.clone(), origin: origin.clone(), suggestion });
        }
        faults.check()
    }

    /// The settings file, where the value came from it.
    pub fn file_of(&self, key: &str) -> Option<&Path> {
        self.values.get(key).filter(|(_, origin)| *origin == self.origin)?;
        self.file.as_deref()
    }

    pub fn bad(&self, key: &str, expected: &str) -> SettingsError {
        let origin = self.values.get(key).map_or_else(|| self.origin.clone(), |(_, origin)| origin.clone());
        SettingsError::BadValue { key: key.to_owned(), origin, expected: expected.to_owned() }
    }

    /// A text, or a number taken as text; an empty one counts as not set.
    pub fn text(&self, key: &str) -> Result<Option<String>, SettingsError> {
        match self.values.get(key).map(|(value, _)| value) {
            None => Ok(None),
            Some(value) => Ok(scalar(value)
                .ok_or_else(|| self.bad(key, "\"...\""))
                .map(|text| Some(text.trim().to_owned()).filter(|text| !text.is_empty()))?),
        }
    }

    pub fn flag(&self, key: &str) -> Result<Option<bool>, SettingsError> {
        match self.text(key)?.as_deref() {
            None => Ok(None),
            Some("true") => Ok(Some(true)),
            Some("false") => Ok(Some(false)),
            Some(_) => Err(self.bad(key, "true, false")),
        }
    }

    /// Whether it is not set, or set to a text.
    pub fn is_text(&self, key: &str) -> bool {
        self.values.get(key).is_none_or(|(value, _)| value.is_str())
    }

    pub fn lang(&self) -> Result<Option<String>, SettingsError> {
        match self.text("lang")? {
            Some(lang) if !["zh", "en"].contains(&lang.as_str()) => Err(self.bad("lang", "zh / en")),
            lang => Ok(lang),
        }
    }

    pub fn number(&self, key: &str, default: f64, least: f64, most: f64) -> Result<f64, SettingsError> {
        match self.text(key)? {
            None => Ok(default),
            Some(text) => text
                .parse::<f64>()
                .ok()
                .filter(|number| (least..=most).contains(number))
                .ok_or_else(|| self.bad(key, &format!("{least} .. {most}"))),
        }
    }

    pub fn whole(&self, key: &str, least: u32, most: u32) -> Result<Option<u32>, SettingsError> {
        match self.text(key)? {
            None => Ok(None),
            Some(text) => text
                .parse::<u32>()
                .ok()
                .filter(|number| (least..=most).contains(number))
                .map(Some)
                .ok_or_else(|| self.bad(key, &format!("{least} .. {most}"))),
        }
    }

    /// `30s`, `500ms`, `2m`, `30d`.
    pub fn duration(&self, key: &str, default: Duration) -> Result<Duration, SettingsError> {
        match self.text(key)? {
            None => Ok(default),
            Some(text) => parse_duration(&text).ok_or_else(|| self.bad(key, "30s, 500ms, 2m, 12h, 30d")),
        }
    }

    /// Not zero: nothing could ever be done in it.
    pub fn some_time(&self, key: &str, default: Duration) -> Result<Duration, SettingsError> {
        match self.duration(key, default)? {
            Duration::ZERO => Err(self.bad(key, "30s, 500ms, 2m")),
            time => Ok(time),
        }
    }

    /// 0 for none, or one that sends something within a minute or two.
    pub fn rate(&self, key: &str, default: f64) -> Result<f64, SettingsError> {
        match self.number(key, default, 0.0, 100_000.0)? {
            rate if rate > 0.0 && rate < 0.01 => Err(self.bad(key, "0, 0.01 .. 100000")),
            rate => Ok(rate),
        }
    }

    /// Whether anything was said of it at all.
    pub fn is_set(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }

    /// Where each value came from that is not of the settings file.
    pub fn origins(&self) -> BTreeMap<String, String> {
        let elsewhere = self.values.iter().filter(|(_, (_, origin))| *origin != self.origin);
        elsewhere.map(|(key, (_, origin))| (key.clone(), origin.clone())).collect()
    }

    pub fn defaults(&self) -> Result<BTreeMap<&'static str, String>, SettingsError> {
        let mut defaults = BTreeMap::new();
        for (key, (value, _)) in self.section("defaults.") {
            if let Some(name) = may_default(key) {
                let text = scalar(value).ok_or_else(|| self.bad(&format!("defaults.{key}"), "\"...\""))?;
                if !text.trim().is_empty() {
                    defaults.insert(name, text);
                }
            }
        }
        Ok(defaults)
    }

    /// `[sheet]`: what the command line can say of how a file is read.
    pub fn said(&self) -> Result<Said, SettingsError> {
        let choice = |key: &str| match self.text(key)? {
            None => Ok(None),
            Some(text) => SkipOrSend::from_name(&text).map(Some).ok_or_else(|| self.bad(key, "skip, send")),
        };
        let only = self.texts("sheet.where")?.iter().map(|text| condition(text)).collect::<Option<Vec<_>>>();
        Ok(Said {
            map: Vec::new(),
            key: self.text("sheet.key")?,
            header_row: self.whole("sheet.header_row", 1, 1_048_576)?,
            sheets: self.texts("sheet.sheets")?,
            hidden_columns: choice("sheet.hidden_columns")?,
            left_sheets: None,
            lines_above: None,
            defaults: Vec::new(),
            hidden_headers: Vec::new(),
            odd_rows: choice("sheet.odd_rows")?,
            missing_party: choice("sheet.missing_party")?,
            missing_fields: match self.text("sheet.missing_fields")?.as_deref() {
                None => false,
                Some("send") => true,
                Some(_) => return Err(self.bad("sheet.missing_fields", "send")),
            },
            rows_in_order: match self.text("sheet.signer_order")?.as_deref() {
                None => false,
                Some("rows") => true,
                Some(_) => return Err(self.bad("sheet.signer_order", "rows")),
            },
            each_submission: match self.text("sheet.submitted_twice")?.as_deref() {
                None => false,
                Some("send") => true,
                Some(_) => return Err(self.bad("sheet.submitted_twice", "send")),
            },
            ignore_comments: match self.text("sheet.comments")?.as_deref() {
                None => false,
                Some("ignore") => true,
                Some(_) => return Err(self.bad("sheet.comments", "ignore")),
            },
            answers_hidden_rows: false,
            as_text: self.texts("sheet.as_text")?,
            only: only.ok_or_else(|| self.bad("sheet.where", "COLUMN=VALUE"))?,
        })
    }

    pub fn hidden_rows(&self) -> Result<Option<SkipOrSend>, SettingsError> {
        match self.text("sheet.hidden_rows")? {
            None => Ok(None),
            Some(text) => SkipOrSend::from_name(&text)
                .map(Some)
                .ok_or_else(|| self.bad("sheet.hidden_rows", "skip, send")),
        }
    }

    /// One text, or a list of them.
    pub fn texts(&self, key: &str) -> Result<Vec<String>, SettingsError> {
        let Some((Value::Array(list), _)) = self.values.get(key) else {
            return Ok(self.text(key)?.into_iter().collect());
        };
        let text = |value: &Value| scalar(value).map(|text| text.trim().to_owned());
        list.iter().map(|value| text(value).ok_or_else(|| self.bad(key, "[\"...\"]"))).collect()
    }

    pub fn columns(&self) -> Result<BTreeMap<String, String>, SettingsError> {
        self.section("columns.")
            .map(|(header, (value, _))| match value {
                Value::String(name) => Ok((header.to_owned(), name.clone())),
                _ => Err(self.bad(&format!("columns.{header}"), "approver.name")),
            })
            .collect()
    }

    /// `[[signers]]`, one table after the other.
    pub fn signers(&self) -> Result<Vec<SettingsSigner>, SettingsError> {
        let Some((value, origin)) = self.values.get("signers") else { return Ok(Vec::new()) };
        let tables =
            value.as_array().and_then(|own| own.iter().map(Value::as_table).collect::<Option<Vec<_>>>());
        let tables = tables.ok_or_else(|| self.bad("signers", "[[signers]]"))?;
        (1..).zip(tables).map(|(number, table)| signers::read(number, table, origin)).collect()
    }

    fn section<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a (Value, String))> {
        self.values.iter().filter_map(move |(key, value)| Some((key.strip_prefix(prefix)?, value)))
    }

    /// The credentials, and where they may be read anew.
    pub fn found_credentials(&self) -> Result<Option<credentials::Found>, SettingsError> {
        let source = match self.file_of("credentials.secret_key") {
            Some(path) => credentials::Source::Settings(path.to_owned()),
            None => credentials::Source::Environment,
        };
        Ok(self.credentials()?.map(|keys| credentials::Found { keys, source }))
    }

    pub fn credentials(&self) -> Result<Option<Credentials>, SettingsError> {
        let id = self.text("credentials.secret_id")?;
        let key = self.text("credentials.secret_key")?;
        let token = self.text("credentials.token")?;
        match (id, key) {
            (Some(id), Some(key)) => Ok(Some(credentials::make(&id, &key, token.as_deref()))),
            (None, None) => Ok(None),
            (Some(_), None) => Err(SettingsError::HalfCredentials { missing: "credentials.secret_key" }),
            (None, Some(_)) => Err(SettingsError::HalfCredentials { missing: "credentials.secret_id" }),
        }
    }
}

fn is_known(key: &str) -> bool {
    KEYS.contains(&key)
        || key.starts_with("columns.")
        || key.strip_prefix("defaults.").is_some_and(|name| may_default(name).is_some())
}

/// Letters by which a variable may differ from a key of ours and still be meant for it.
const NEARLY: usize = 2;

/// A variable with our prefix that others have set: a Kubernetes service of that name
/// makes a dozen. In a section of ours, or nearly a key of ours, it is a mistake.
fn is_somebody_elses(key: &str) -> bool {
    let sections = KEYS.iter().filter_map(|known| known.split_once('.')).map(|(section, _)| section);
    let mut sections = sections.chain(["defaults", "columns"]);
    let in_section = key.split_once('.').is_some_and(|(own, _)| sections.any(|section| section == own));
    let last = |known: &str| known.rsplit('.').next().unwrap_or_default().to_owned();
    let nearly = KEYS.iter().any(|known| {
        strsim::osa_distance(known, key) <= NEARLY || strsim::osa_distance(&last(known), key) <= NEARLY
    });
    !is_known(key) && !in_section && !nearly
}

fn flatten(prefix: &str, table: &Table, values: &mut BTreeMap<String, (Value, String)>, origin: &str) {
    for (key, value) in table {
        let full = format!("{prefix}{key}");
        match value {
            Value::Table(inner) if !full.starts_with("columns.") => {
                flatten(&format!("{full}."), inner, values, origin)
            }
            _ => {
                values.insert(full, (value.clone(), origin.to_owned()));
            }
        }
    }
}

pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Float(number) => Some(number.to_string()),
        Value::Boolean(flag) => Some(flag.to_string()),
        Value::Datetime(at) => Some(at.to_string()),
        Value::Array(_) | Value::Table(_) => None,
    }
}

pub fn parse_duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    // Days are 24 hours here: nobody keeps data to the minute.
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.trim().parse::<u64>().ok()) {
        return days.checked_mul(86_400).map(Duration::from_secs);
    }
    let span: jiff::SignedDuration = text.parse().ok()?;
    Duration::try_from(span).ok()
}

fn nearest(key: &str) -> Option<String> {
    let names = KEYS.iter().map(|known| (*known).to_owned());
    let fields = crate::domain::field::FIELDS.iter().map(|field| format!("defaults.{}", field.name));
    let last = |text: &str| text.rsplit('.').next().unwrap_or_default().to_owned();
    names
        .chain(fields)
        .map(|known| {
            (strsim::osa_distance(&known, key).min(strsim::osa_distance(&last(&known), key) + 1), known)
        })
        .filter(|(distance, known)| *distance <= 3 && *distance * 2 < known.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
