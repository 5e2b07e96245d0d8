//! What someone has said once of how a file is to be read (`--map ... --key ...
//! --remember`), by the set of headers it was said of: next month's export of the same
//! system works unchanged.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::contract::columns::plain_header;
use crate::domain::said::Said;
use crate::platform::lock::{self, LockError};
use crate::platform::{atomic, private};

use super::SettingsError;

const FILE: &str = "columns.json";
const LOCK: &str = "columns.lock";

/// Why what was said cannot be kept.
#[derive(Debug, thiserror::Error)]
pub enum MemoryError {
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

#[derive(Clone, Default)]
pub struct Remembered {
    /// Hash of the headers -> what was said.
    maps: BTreeMap<String, Kept>,
    /// The file, and why it cannot be read: nobody knows what was said.
    unread: Option<(PathBuf, String)>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Kept {
    /// The headers, made plain; none in a file of an earlier version.
    #[serde(default)]
    headers: Vec<String>,
    #[serde(flatten)]
    said: Said,
}

impl Remembered {
    /// What was remembered in a state folder.
    pub fn load(state: &Path) -> Self {
        let path = path(state);
        let unread = |detail: String| Self { unread: Some((path.clone(), detail)), ..Self::default() };
        match std::fs::read(&path) {
            Ok(text) => match serde_json::from_slice(&text) {
                Ok(maps) => Self { maps, unread: None },
                Err(error) => unread(error.to_string()),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Self::default(),
            Err(error) => unread(error.to_string()),
        }
    }

    /// That it cannot be read. It has not forgotten: a file of which some rows were left out would be sent whole.
    ///
    /// # Errors
    /// `UnreadableMemory`.
    pub fn readable(&self) -> Result<(), SettingsError> {
        match &self.unread {
            Some((path, detail)) => {
                Err(SettingsError::UnreadableMemory { path: path.clone(), detail: detail.clone() })
            }
            None => Ok(()),
        }
    }

    /// Changes it while no other process does.
    ///
    /// # Errors
    /// `UnreadableMemory`; those of the disk, as `Io`.
    pub fn change<T>(
        state: &Path,
        change: impl FnOnce(&mut Self) -> std::io::Result<T>,
    ) -> Result<T, MemoryError> {
        const PATIENCE: Duration = Duration::from_secs(10);
        const STEP: Duration = Duration::from_millis(20);
        let lock = private::options().create(true).truncate(false).write(true).open(state.join(LOCK))?;
        // Where a filesystem has no locks the worst is that one of two answers is asked for again.
        if let Err(LockError::Held) = lock::exclusive(&lock, PATIENCE, STEP) {
            return Err(std::io::Error::from(ErrorKind::WouldBlock).into());
        }
        let mut own = Self::load(state);
        own.readable()?;
        Ok(change(&mut own)?)
    }

    pub fn find(&self, headers: &[String]) -> Option<&Said> {
        self.maps.get(&key(headers)).map(|kept| &kept.said)
    }

    /// What was said of the file whose headers come nearest to these: with most of them the same, and of those that it
    /// was said of at least one.
    pub fn nearly(&self, headers: &[String]) -> Option<&Said> {
        if self.find(headers).is_some() {
            return None;
        }
        let own = plain(headers);
        let shared = |kept: &Kept| kept.headers.iter().filter(|header| own.contains(header)).count();
        let is_near = |kept: &&Kept| {
            let maps = kept.said.map.iter().map(|(header, _)| header);
            let mut named = maps.chain(kept.said.only.iter().map(|(header, _)| header)).chain(&kept.said.key);
            named.any(|header| own.contains(&plain_header(header))) && shared(kept) * 2 > kept.headers.len()
        };
        let nearest = self.maps.values().filter(|kept| !kept.headers.is_empty()).filter(is_near);
        nearest.max_by_key(|kept| shared(kept)).map(|kept| &kept.said)
    }

    /// Forgets what was said of these headers. Whether there was something.
    pub fn forget(&mut self, state: &Path, headers: &[String]) -> std::io::Result<bool> {
        let is_known = self.maps.remove(&key(headers)).is_some();
        if is_known {
            self.write(state)?;
        }
        Ok(is_known)
    }

    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// Puts what was said in the place of what was known of these headers, and writes all of them,
    /// whole or not at all.
    pub fn remember(&mut self, state: &Path, headers: &[String], said: &Said) -> std::io::Result<()> {
        self.maps.insert(key(headers), Kept { headers: plain(headers), said: said.clone() });
        self.write(state)
    }

    fn write(&self, state: &Path) -> std::io::Result<()> {
        let text = serde_json::to_vec_pretty(&self.maps).map_err(std::io::Error::other)?;
        atomic::write_private(&path(state), &text)
    }
}

fn path(state: &Path) -> PathBuf {
    state.join(FILE)
}

/// The order of columns makes no difference, nor do blank headers.
fn key(headers: &[String]) -> String {
    hex::encode(Sha256::digest(plain(headers).join("\u{1F}")))
}

fn plain(headers: &[String]) -> Vec<String> {
    let mut names: Vec<String> =
        headers.iter().map(|header| plain_header(header)).filter(|name| !name.is_empty()).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_found_by_its_headers_in_any_order() {
        let dir = tempfile::tempdir().unwrap();
        let headers = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let map = vec![("员工姓名".to_owned(), "approver.name".to_owned())];
        let said = Said { map, key: Some("房号".to_owned()), ..Said::default() };
        Remembered::default().remember(dir.path(), &headers(&["员工姓名", "手机号"]), &said).unwrap();
        let again = Remembered::load(dir.path());
        assert_eq!(again.find(&headers(&["手机号", "", "员工 姓名"])), Some(&said));
        assert_eq!(again.find(&headers(&["手机号"])), None);
        let nearly = |names: &[&str]| again.nearly(&headers(names));
        assert_eq!(nearly(&["手机号", "员工姓名", "部门"]), Some(&said));
        assert_eq!(nearly(&["手机号", "员工姓名"]), None, "it is known");
        assert_eq!(nearly(&["手机号", "姓名", "部门"]), None, "it was said of another column");
        let mut again = again;
        assert!(again.forget(dir.path(), &headers(&["手机号", "员工姓名"])).unwrap());
        assert!(Remembered::load(dir.path()).is_empty());
    }
}
