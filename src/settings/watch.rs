//! `[watch]`: how folders are watched; and the settings of one folder, in a `config.toml` of
//! its own.

use std::path::Path;
use std::time::Duration;

use super::read::{Faults, Values};
use super::{Environment, Settings, SettingsError};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchSettings {
    /// A file is taken once it has not changed for so long.
    pub quiet: Duration,
    /// A person says of each file that was checked whether it is sent.
    pub approve: bool,
    /// A contract_id that was used before may be another contract.
    pub sends_reused_keys: bool,
    /// How long a move may be refused before that is told.
    pub keep_trying: Duration,
    /// When a file that was stopped is tried again for the first time.
    pub try_again: Duration,
}

/// What a folder's own settings may say: whom its contracts come from and how they are read.
/// What is the installation's (its keys, its journal, its quota, the network) is not theirs.
const OF_FOLDERS: &[&str] =
    &["jump_url", "time_zone", "agent.", "defaults.", "columns.", "sheet.", "report.", "watch."];

impl WatchSettings {
    pub(super) fn read(values: &Values, faults: &mut Faults) -> Self {
        let time = |faults: &mut Faults, key: &str, default: u64| {
            let default = Duration::from_secs(default);
            faults.or(values.duration(key, default), default)
        };
        let sends_reused_keys = match faults.or(values.text("watch.reused_keys"), None).as_deref() {
            None | Some("ask") => Ok(false),
            Some("send") => Ok(true),
            Some(_) => Err(values.bad("watch.reused_keys", "ask, send")),
        };
        let approve = values.flag("watch.approve").map(|set| set.unwrap_or(false));
        Self {
            quiet: time(faults, "watch.quiet", 10),
            approve: faults.or(approve, true),
            sends_reused_keys: faults.or(sends_reused_keys, false),
            keep_trying: time(faults, "watch.keep_trying", 30),
            try_again: time(faults, "watch.try_again", 60),
        }
    }
}

impl Settings {
    /// The settings of one watched folder: its `config.toml`, if it has one, over all others.
    ///
    /// # Errors
    /// As [`Settings::load`]; `NotOfFolder`; `UntrustedFolder`.
    pub fn load_for_folder(
        file: Option<&Path>,
        environment: &Environment,
        folder: &Path,
    ) -> Result<Self, SettingsError> {
        let mut values = Values::load(file, environment, false)?;
        let own = folder.join("config.toml");
        if own.is_file() {
            values.overlay(&own, |key| {
                OF_FOLDERS.iter().any(|own| key == *own || own.ends_with('.') && key.starts_with(own))
            })?;
        }
        Self::read(&values, environment)
    }
}
