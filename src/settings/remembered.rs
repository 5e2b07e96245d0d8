//! What someone has said once of how a file is to be read (`--map ... --key ...
//! --remember`), by the set of headers it was said of: next month's export of the same
//! system works unchanged.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::contract::columns::plain_header;
use crate::domain::said::Said;
use crate::platform::atomic;

const FILE: &str = "columns.json";

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Remembered {
    /// Hash of the headers -> what was said.
    maps: BTreeMap<String, Said>,
}

impl Remembered {
    /// What was remembered in a state folder; nothing, where that cannot be read.
    pub fn load(state: &Path) -> Self {
        std::fs::read(path(state))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    pub fn find(&self, headers: &[String]) -> Option<&Said> {
        self.maps.get(&key(headers))
    }

    pub fn is_empty(&self) -> bool {
        self.maps.is_empty()
    }

    /// Puts what was said in the place of what was known of these headers, and writes all of them,
    /// whole or not at all.
    pub fn remember(&mut self, state: &Path, headers: &[String], said: &Said) -> std::io::Result<()> {
        self.maps.insert(key(headers), said.clone());
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
        let map = vec![("员工姓名".to_owned(), "approver.name".to_owned())];
        let said = Said { map, key: Some("房号".to_owned()), ..Said::default() };
        Remembered::default().remember(dir.path(), &headers(&["员工姓名", "手机号"]), &said).unwrap();
        let again = Remembered::load(dir.path());
        assert_eq!(again.find(&headers(&["手机号", "", "员工 姓名"])), Some(&said));
        assert_eq!(again.find(&headers(&["手机号"])), None);
    }
}
