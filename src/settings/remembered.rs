//! Names of columns that someone has mapped once (`--map ... --remember`), by
//! the set of headers they were used for: next month's export of the same
//! system works unchanged.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::contract::columns::plain_header;
use crate::platform::atomic;

const FILE: &str = "columns.json";

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remembered {
    /// Hash of the headers -> (header, field) pairs.
    maps: BTreeMap<String, Vec<(String, String)>>,
}

impl Remembered {
    /// What was remembered in a state folder; nothing, where that cannot be read.
    pub fn load(state: &Path) -> Self {
        std::fs::read(path(state))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    pub fn find(&self, headers: &[String]) -> Option<&[(String, String)]> {
        self.maps.get(&key(headers)).map(Vec::as_slice)
    }

    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// Adds a map and writes all of them, whole or not at all.
    pub fn remember(
        &mut self,
        state: &Path,
        headers: &[String],
        mapped: &[(String, String)],
    ) -> std::io::Result<()> {
        self.maps.insert(key(headers), mapped.to_vec());
        let text = serde_json::to_vec_pretty(self).map_err(std::io::Error::other)?;
        atomic::write_private(&path(state), &text)
    }
}

fn path(state: &Path) -> PathBuf {
    state.join(FILE)
}

/// The order of columns makes no difference, nor do blank headers.
fn key(headers: &[String]) -> String {
    let mut names: Vec<String> =
        headers.iter().map(|header| plain_header(header)).filter(|name| !name.is_empty()).collect();
    names.sort();
    hex::encode(Sha256::digest(names.join("\u{1F}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_found_by_its_headers_in_any_order() {
        let dir = tempfile::tempdir().unwrap();
        let headers = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mapped = vec![("员工姓名".to_owned(), "approver.name".to_owned())];
        Remembered::default().remember(dir.path(), &headers(&["员工姓名", "手机号"]), &mapped).unwrap();
        let again = Remembered::load(dir.path());
        assert_eq!(again.find(&headers(&["手机号", "", "员工 姓名"])), Some(mapped.as_slice()));
        assert_eq!(again.find(&headers(&["手机号"])), None);
    }
}
