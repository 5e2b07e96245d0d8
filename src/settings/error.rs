//! What can be wrong with settings, as facts.

use std::path::PathBuf;

use crate::domain::problem::Rule;
use crate::platform::trust::Hands;

#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error("settings file not found: {}", path.display())]
    NotFound { path: PathBuf },
    #[error("settings file unreadable: {}", path.display())]
    Unreadable { path: PathBuf, detail: String },
    #[error("settings file is not TOML: {}", path.display())]
    NotToml { path: PathBuf, detail: String },
    #[error("unknown setting {key}")]
    UnknownKey { key: String, origin: String, suggestion: Option<String> },
    #[error("setting {key} has a wrong value")]
    BadValue { key: String, origin: String, expected: String },
    #[error("setting {key} breaks a rule")]
    BadField { key: String, origin: String, rule: Option<Rule> },
    #[error("{name} has characters that no key has")]
    BadCredentials { name: String },
    #[error("credentials in a settings file that others can read: {}", path.display())]
    OpenCredentials { path: PathBuf },
    #[error("credentials file unreadable: {}", path.display())]
    UnreadableCredentials { path: PathBuf, detail: String },
    #[error("what was remembered is unreadable: {}", path.display())]
    UnreadableMemory { path: PathBuf, detail: String },
    #[error("no credentials")]
    NoCredentials,
    #[error("{missing} is not set")]
    HalfCredentials { missing: &'static str },
    #[error("credentials file without {names}: {}", path.display())]
    BadProfile { path: PathBuf, names: &'static str },
    #[error("the settings still hold the made-up value of {key}")]
    MadeUp { key: &'static str },
    #[error("setting {key} is missing")]
    Missing { key: &'static str, origin: String },
    /// A file in the working folder that somebody else may have put there.
    #[error("settings file in other hands: {}", path.display())]
    Untrusted { path: PathBuf, hands: Hands },
    /// A watched folder's own settings, in a folder that others may write.
    #[error("settings of a folder in other hands: {}", path.display())]
    UntrustedFolder { path: PathBuf, hands: Hands },
    #[error("{key} is not a watched folder's to say")]
    NotOfFolder { key: String, origin: String },
    #[error("{} things are wrong with the settings", .0.len())]
    Several(Vec<SettingsError>),
    #[error("no folder for the state")]
    NoStateFolder,
}

/// What is to be told of settings and stops nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsWarning {
    /// A variable with our prefix that is no setting.
    UnknownVariable(String),
    /// The settings file in use is not the user's own one.
    InUse(PathBuf),
    /// It may have been put there by somebody else.
    Hands(PathBuf, Hands),
}
