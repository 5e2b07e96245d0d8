//! Settings for somebody who looks after them: what is set and where, and all that is wrong
//! with it, instead of the first thing that stops a run.

use std::path::{Path, PathBuf};

use super::read::Values;
use super::{Environment, Settings, SettingsError, SettingsWarning};

/// What there is of settings.
pub struct Examined {
    /// What is wrong stands at its default.
    pub settings: Settings,
    /// The settings file in use.
    pub file: Option<PathBuf>,
    /// Each value that is set somewhere.
    pub set: Vec<SetValue>,
    pub faults: Vec<SettingsError>,
    pub warnings: Vec<SettingsWarning>,
}

/// A setting, and where it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetValue {
    pub key: String,
    /// `None`: it is a secret or may name somebody, or it is a list.
    pub value: Option<String>,
    pub origin: String,
}

/// Sections whose values are nobody else's business: keys, people.
const UNSHOWN: &[&str] = &["credentials.", "notify.url", "notify.secret", "signers", "defaults.", "columns."];

impl Settings {
    /// Reads what can be read. `None`: not even the environment can be.
    pub fn examine(file: Option<&Path>, environment: &Environment) -> Option<Examined> {
        let (values, mut faults) = Values::collect_all(file, environment);
        let values = values?;
        let settings = Self::read_all(&values, environment, &mut faults);
        let set = values.all_set().map(|(key, value, origin)| SetValue {
            key: key.to_owned(),
            value: value.filter(|_| !UNSHOWN.iter().any(|own| key.starts_with(own))),
            origin: origin.to_owned(),
        });
        Some(Examined {
            set: set.collect(),
            file: values.file().map(Path::to_owned),
            faults: faults.all(),
            warnings: values.warnings.clone(),
            settings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_wrong_is_told_and_the_rest_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("config.toml");
        let text =
            "endpiont = \"x\"\ntime_zone = \"Mars\"\nregion = \"r\"\n[pace]\nrequests_per_second = -1\n";
        std::fs::write(&path, text).unwrap();
        let environment = Environment::from_pairs([("FLOWBATCH_AGENT__APP_ID", "a")]);
        let found = Settings::examine(Some(&path), &environment).unwrap();
        assert_eq!(found.faults.len(), 3, "{:?}", found.faults);
        assert_eq!(found.settings.region.as_deref(), Some("r"));
        assert_eq!(found.settings.requests_per_second, 20.0);
        let app = found.set.iter().find(|own| own.key == "agent.app_id").unwrap();
        assert_eq!((app.value.as_deref(), app.origin.as_str()), (Some("a"), "FLOWBATCH_AGENT__APP_ID"));
        // A file that is not TOML: what the environment says still counts.
        std::fs::write(&path, "=").unwrap();
        let found = Settings::examine(Some(&path), &environment).unwrap();
        assert!(matches!(found.faults.as_slice(), [SettingsError::NotToml { .. }]));
        assert_eq!(found.set.len(), 1);
    }

    #[test]
    fn secrets_and_people_are_not_shown() {
        let environment = Environment::from_pairs([
            ("FLOWBATCH_CREDENTIALS__SECRET_ID", "id"),
            ("FLOWBATCH_CREDENTIALS__SECRET_KEY", "hidden"),
            ("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "t"),
        ]);
        let found = Settings::examine(None, &environment).unwrap();
        let ours = found.set.iter().filter(|own| own.origin.starts_with("FLOWBATCH_"));
        assert!(ours.clone().count() == 3 && ours.into_iter().all(|own| own.value.is_none()));
    }
}
