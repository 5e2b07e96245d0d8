//! Where the keys of the account come from: the environment, then the profile
//! file, as the official SDKs name them; or an owner-only config.toml.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};

use crate::essbasic::tc3::Credentials;

use super::Environment;
use super::error::SettingsError;
use super::read::decoded;

/// Looks in the environment, then in the profile files.
pub fn find(environment: &Environment) -> Result<Credentials, SettingsError> {
    let id = environment.get("TENCENTCLOUD_SECRET_ID");
    let key = environment.get("TENCENTCLOUD_SECRET_KEY");
    match (id, key) {
        (Some(id), Some(key)) => {
            let token = environment
                .get("TENCENTCLOUD_TOKEN")
                .or_else(|| environment.get("TENCENTCLOUD_SESSION_TOKEN"));
            return make(id, key, token).checked("TENCENTCLOUD_SECRET_ID / TENCENTCLOUD_SECRET_KEY");
        }
        (Some(_), None) => return Err(SettingsError::HalfCredentials { missing: "TENCENTCLOUD_SECRET_KEY" }),
        (None, Some(_)) => return Err(SettingsError::HalfCredentials { missing: "TENCENTCLOUD_SECRET_ID" }),
        (None, None) => {}
    }
    for path in profile_files(environment) {
        match std::fs::read(&path) {
            Ok(bytes) => {
                let found = from_profile(&decoded(&bytes));
                return found
                    .ok_or(SettingsError::BadProfile { path })?
                    .checked("~/.tencentcloud/credentials");
            }
            Err(error) if is_absent(&error) => {}
            // A file that cannot be read is not the same as none.
            Err(error) => {
                let detail = error.kind().to_string();
                return Err(SettingsError::UnreadableCredentials { path, detail });
            }
        }
    }
    Err(SettingsError::NoCredentials)
}

fn is_absent(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory)
}

pub fn make(id: &str, key: &str, token: Option<&str>) -> Credentials {
    Credentials {
        secret_id: id.trim().to_owned(),
        secret_key: SecretString::from(key.trim()),
        token: token.map(str::trim).filter(|token| !token.is_empty()).map(SecretString::from),
    }
}

trait Checked {
    fn checked(self, name: &'static str) -> Result<Credentials, SettingsError>;
}

impl Checked for Credentials {
    /// They travel in headers: anything but letters, digits and marks was pasted by accident.
    fn checked(self, name: &'static str) -> Result<Credentials, SettingsError> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        let token = self.token.as_ref().is_none_or(|token| plain(token.expose_secret()));
        match plain(&self.secret_id) && plain(self.secret_key.expose_secret()) && token {
            true => Ok(self),
            false => Err(SettingsError::BadCredentials { name }),
        }
    }
}

fn profile_files(environment: &Environment) -> Vec<PathBuf> {
    let home = environment.get("HOME").or_else(|| environment.get("USERPROFILE"));
    let own = home.map(|home| Path::new(home).join(".tencentcloud").join("credentials"));
    own.into_iter().chain([PathBuf::from("/etc/tencentcloud/credentials")]).collect()
}

/// INI, section `[default]`: `secret_id`, `secret_key`.
fn from_profile(text: &str) -> Option<Credentials> {
    let mut in_default = false;
    let (mut id, mut key, mut token) = (None, None, None);
    for line in text.lines().map(str::trim) {
        if line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(section) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            in_default = section.trim() == "default";
            continue;
        }
        let Some((name, value)) = line.split_once('=').filter(|_| in_default) else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim() {
            "secret_id" => id = Some(value),
            "secret_key" => key = Some(value),
            "token" => token = Some(value),
            _ => {}
        }
    }
    Some(make(id.filter(|id| !id.is_empty())?, key.filter(|key| !key.is_empty())?, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profile_files_are_read() {
        let text = "; comment\n[other]\nsecret_id = no\n[default]\nsecret_id = AKIDx\nsecret_key=\"k\"\n";
        let found = from_profile(text).unwrap();
        assert_eq!((found.secret_id.as_str(), found.secret_key.expose_secret()), ("AKIDx", "k"));
        assert!(from_profile("[default]\nsecret_id = x\n").is_none());
    }
}
