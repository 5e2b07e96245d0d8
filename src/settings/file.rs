//! The settings file: where it is looked for, whether it is to be trusted, and its text.

use std::path::{Path, PathBuf};

use toml::Table;

use crate::platform::trust::{Hands, hands_on};

use super::Environment;
use super::error::{SettingsError, SettingsWarning};

/// The language that the environment or the settings file names, wherever else the file is
/// wrong: what is wrong is told in that language.
pub fn language(file: Option<&Path>, environment: &Environment) -> Option<String> {
    let own = environment.get("FLOWBATCH_LANG").map(str::to_owned);
    own.or_else(|| {
        let FoundFile { path, place } = find_file(file, environment).ok()??;
        judge(&path, place, false).ok()?;
        read_file(&path).ok()?.get("lang")?.as_str().map(str::to_owned)
    })
}

/// Where a settings file was found.
pub struct FoundFile {
    pub path: PathBuf,
    pub place: FilePlace,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum FilePlace {
    /// Somebody has named it.
    Named,
    /// It lies in the working folder.
    Here,
    /// The user's own.
    Usual,
}

/// The user's own settings file, be it there or not.
pub fn usual_file() -> Option<PathBuf> {
    use etcetera::BaseStrategy as _;
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("flowbatch").join("config.toml"))
}

/// The file that was named, or one in the usual places.
pub fn find_file(file: Option<&Path>, environment: &Environment) -> Result<Option<FoundFile>, SettingsError> {
    let named = file.map(Path::to_owned).or_else(|| environment.get("FLOWBATCH_CONFIG").map(PathBuf::from));
    if let Some(path) = named {
        return match path.is_file() {
            true => Ok(Some(FoundFile { path, place: FilePlace::Named })),
            false => Err(SettingsError::NotFound { path }),
        };
    }
    let usual = usual_file().map(|path| FoundFile { path, place: FilePlace::Usual });
    let here = FoundFile { path: PathBuf::from("config.toml"), place: FilePlace::Here };
    Ok([Some(here), usual].into_iter().flatten().find(|found| found.path.is_file()))
}

/// A file that lies in the working folder may be anybody's who may write there: it could
/// send contracts to another server. One that was named is meant.
pub fn judge(path: &Path, place: FilePlace, sandbox: bool) -> Result<Vec<SettingsWarning>, SettingsError> {
    let in_use = SettingsWarning::InUse(path.to_owned());
    match place {
        FilePlace::Usual => return Ok(Vec::new()),
        FilePlace::Named => return Ok(vec![in_use]),
        FilePlace::Here => {}
    }
    let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    let folder = folder.unwrap_or_else(|| PathBuf::from("."));
    let hands = [hands_on(path, true), hands_on(&folder, true)];
    let risky = hands.into_iter().find(|hands| !matches!(hands, Hands::Own | Hands::Unknown));
    match risky.or_else(|| hands.contains(&Hands::Unknown).then_some(Hands::Unknown)) {
        None => Ok(vec![in_use]),
        Some(hands) if sandbox || hands == Hands::Unknown => {
            Ok(vec![SettingsWarning::Hands(path.to_owned(), hands)])
        }
        Some(hands) => Err(SettingsError::Untrusted { path: path.to_owned(), hands }),
    }
}

pub fn read_file(path: &Path) -> Result<Table, SettingsError> {
    let bytes = std::fs::read(path).map_err(|error| SettingsError::Unreadable {
        path: path.to_owned(),
        detail: error.kind().to_string(),
    })?;
    let text = decoded(&bytes);
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].lines().count().max(1));
        // The parser's own message quotes the line, which may hold a secret.
        SettingsError::NotToml { path: path.to_owned(), detail: format!("{line}: {}", error.message()) }
    })
}

/// A text file as people's editors save it: UTF-8 with or without a mark, UTF-16,
/// or the GBK of Chinese Windows.
pub fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode_with_bom_removal(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

#[cfg(unix)]
pub fn is_open_to_others(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

/// Windows has no such bits: a settings file there must not hold secrets.
#[cfg(not(unix))]
pub fn is_open_to_others(_: &Path) -> bool {
    true
}
