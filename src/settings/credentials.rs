//! Where the keys of the account come from: the environment, then the files of the
//! official SDKs and of their command line; or an owner-only config.toml.

use std::path::{Path, PathBuf};

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value as Json;

use crate::essbasic::tc3::Credentials;

use super::Environment;
use super::error::SettingsError;
use super::file::decoded;
use super::read::Values;

/// Keys, and where they may be read anew.
#[derive(Clone)]
pub struct Found {
    pub keys: Credentials,
    pub source: Source,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// It stays as it is for as long as we run.
    Environment,
    /// INI, section `[default]`.
    Profile(PathBuf),
    /// JSON of the official command line.
    CommandLine(PathBuf),
    /// Our own config.toml.
    Settings(PathBuf),
}

/// Names of SecretId, SecretKey and token, as the SDKs and the command line have them,
/// and as the platform's functions find them set.
const SPELLINGS: &[(&str, &str, &[&str])] = &[
    (
        "TENCENTCLOUD_SECRET_ID",
        "TENCENTCLOUD_SECRET_KEY",
        &["TENCENTCLOUD_TOKEN", "TENCENTCLOUD_SESSION_TOKEN"],
    ),
    ("TENCENTCLOUD_SECRETID", "TENCENTCLOUD_SECRETKEY", &["TENCENTCLOUD_SESSIONTOKEN"]),
];

/// A profile file elsewhere, as the SDK for Go knows it.
const FILE_VARIABLE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";
/// Which of the command line's profiles is meant.
const PROFILE_VARIABLE: &str = "TCCLI_PROFILE";

const KEYS_OF_PROFILE: &str = "[default] secret_id, secret_key";
const KEYS_OF_COMMAND_LINE: &str = "secretId, secretKey";

/// Looks in the environment, then in the files.
pub fn find(environment: &Environment) -> Result<Found, SettingsError> {
    for (id, key, tokens) in SPELLINGS {
        let token = tokens.iter().find_map(|name| environment.get(name));
        match (environment.get(id), environment.get(key)) {
            (Some(own_id), Some(own_key)) => {
                let keys = make(own_id, own_key, token).checked(&format!("{id} / {key}"))?;
                return Ok(Found { keys, source: Source::Environment });
            }
            (Some(_), None) => return Err(SettingsError::HalfCredentials { missing: key }),
            (None, Some(_)) => return Err(SettingsError::HalfCredentials { missing: id }),
            (None, None) => {}
        }
    }
    if let Some(path) = environment.get(FILE_VARIABLE) {
        let source = Source::Profile(PathBuf::from(path));
        let absent = || SettingsError::UnreadableCredentials {
            path: PathBuf::from(path),
            detail: std::io::ErrorKind::NotFound.to_string(),
        };
        return Ok(Found { keys: source.read()?.ok_or_else(absent)?, source });
    }
    for source in files(environment) {
        if let Some(keys) = source.read()? {
            return Ok(Found { keys, source });
        }
    }
    Err(SettingsError::NoCredentials)
}

fn files(environment: &Environment) -> impl Iterator<Item = Source> {
    let home = environment.get("HOME").or_else(|| environment.get("USERPROFILE")).map(Path::new);
    let own = home.map(|home| Source::Profile(home.join(".tencentcloud").join("credentials")));
    let profile = environment.get(PROFILE_VARIABLE).unwrap_or("default");
    let of_command_line =
        home.map(|home| Source::CommandLine(home.join(".tccli").join(format!("{profile}.credential"))));
    let of_machine = Source::Profile(PathBuf::from("/etc/tencentcloud/credentials"));
    own.into_iter().chain([of_machine]).chain(of_command_line)
}

impl Source {
    /// What it holds now; `None`: nothing, or it is not there.
    ///
    /// # Errors
    /// A file that cannot be read is not the same as none.
    pub fn read(&self) -> Result<Option<Credentials>, SettingsError> {
        let (path, names) = match self {
            Self::Environment => return Ok(None),
            Self::Settings(path) => {
                return Values::load(Some(path), &Environment::default(), false)?.credentials();
            }
            Self::Profile(path) => (path, KEYS_OF_PROFILE),
            Self::CommandLine(path) => (path, KEYS_OF_COMMAND_LINE),
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => {
                let detail = error.kind().to_string();
                return Err(SettingsError::UnreadableCredentials { path: path.clone(), detail });
            }
        };
        let text = decoded(&bytes);
        let found = if names == KEYS_OF_PROFILE { from_profile(&text) } else { from_command_line(&text) };
        found
            .ok_or_else(|| SettingsError::BadProfile { path: path.clone(), names })?
            .checked(&path.display().to_string())
            .map(Some)
    }
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
    fn checked(self, name: &str) -> Result<Credentials, SettingsError>;
}

impl Checked for Credentials {
    /// They travel in headers: anything but letters, digits and marks was pasted by accident.
    fn checked(self, name: &str) -> Result<Credentials, SettingsError> {
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
        let token = self.token.as_ref().is_none_or(|token| plain(token.expose_secret()));
        match plain(&self.secret_id) && plain(self.secret_key.expose_secret()) && token {
            true => Ok(self),
            false => Err(SettingsError::BadCredentials { name: name.to_owned() }),
        }
    }
}

/// INI, section `[default]`: `secret_id`, `secret_key`; in capitals too, and with
/// either sign behind the name, as the SDK for Python takes them.
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
        let Some((name, value)) = line.split_once(['=', ':']).filter(|_| in_default) else { continue };
        let value = value.trim().trim_matches('"');
        match name.trim().to_lowercase().as_str() {
            "secret_id" => id = Some(value),
            "secret_key" => key = Some(value),
            "token" => token = Some(value),
            _ => {}
        }
    }
    Some(make(id.filter(|id| !id.is_empty())?, key.filter(|key| !key.is_empty())?, token))
}

/// JSON of `tccli configure`: `secretId`, `secretKey`, `token`.
fn from_command_line(text: &str) -> Option<Credentials> {
    let json: Json = serde_json::from_str(text).ok()?;
    let named = |name: &str| json.get(name).and_then(Json::as_str).filter(|text| !text.trim().is_empty());
    Some(make(named("secretId")?, named("secretKey")?, named("token")))
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
        let found = from_profile("[default]\nSECRET_ID: AKIDx\nSecret_Key = k=\n").unwrap();
        assert_eq!((found.secret_id.as_str(), found.secret_key.expose_secret()), ("AKIDx", "k="));
    }

    #[test]
    fn the_command_lines_files_are_read() {
        let text = r#"{"secretId":"AKIDx","secretKey":"k","token":"t","type":"oauth","expiresAt":1}"#;
        let found = from_command_line(text).unwrap();
        assert_eq!((found.secret_id.as_str(), found.token.unwrap().expose_secret()), ("AKIDx", "t"));
        assert!(from_command_line(r#"{"secretId":"AKIDx"}"#).is_none());
        assert!(from_command_line("[default]").is_none());
    }

    #[test]
    fn every_spelling_of_the_environment_counts_and_halves_are_told() {
        let of = |pairs: &[(&str, &str)]| {
            find(&Environment::from_pairs(pairs.iter().copied())).map(|found| {
                (found.keys.secret_id, found.keys.token.map(|token| token.expose_secret().to_owned()))
            })
        };
        let own = [("TENCENTCLOUD_SECRET_ID", "a"), ("TENCENTCLOUD_SECRET_KEY", "b")];
        let functions = [
            ("TENCENTCLOUD_SECRETID", "c"),
            ("TENCENTCLOUD_SECRETKEY", "d"),
            ("TENCENTCLOUD_SESSIONTOKEN", "t"),
        ];
        assert_eq!(of(&own).unwrap(), ("a".to_owned(), None));
        assert_eq!(of(&functions).unwrap(), ("c".to_owned(), Some("t".to_owned())));
        assert_eq!(of(&[&own[..], &functions[..]].concat()).unwrap(), ("a".to_owned(), None));
        assert!(matches!(
            of(&functions[..1]),
            Err(SettingsError::HalfCredentials { missing: "TENCENTCLOUD_SECRETKEY" })
        ));
    }

    #[test]
    fn files_are_looked_for_in_their_order() {
        let dir = tempfile::tempdir().unwrap();
        let home = dir.path().to_str().unwrap();
        let write = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let of = |more: &[(&str, &str)]| {
            let pairs = [&[("HOME", home)], more].concat();
            find(&Environment::from_pairs(pairs)).map(|found| (found.keys.secret_id, found.source))
        };
        assert!(matches!(of(&[]), Err(SettingsError::NoCredentials)));
        write(".tccli/work.credential", r#"{"secretId":"w","secretKey":"k"}"#);
        assert!(matches!(of(&[]), Err(SettingsError::NoCredentials)));
        let path = dir.path().join(".tccli/work.credential");
        assert_eq!(of(&[(PROFILE_VARIABLE, "work")]).unwrap(), ("w".to_owned(), Source::CommandLine(path)));
        write(".tencentcloud/credentials", "[default]\nsecret_id = p\nsecret_key = k\n");
        assert_eq!(of(&[(PROFILE_VARIABLE, "work")]).unwrap().0, "p");
        write("elsewhere", "[default]\nsecret_id = e\nsecret_key = k\n");
        let elsewhere = dir.path().join("elsewhere");
        assert_eq!(of(&[(FILE_VARIABLE, elsewhere.to_str().unwrap())]).unwrap().0, "e");
        let absent = of(&[(FILE_VARIABLE, "/nowhere/at-all")]);
        assert!(matches!(absent, Err(SettingsError::UnreadableCredentials { .. })));
    }
}
