//! Which folder holds the slot files: the quota is shared by those who agree on it.

use std::path::{Path, PathBuf};

/// Where slot files stand.
#[derive(Clone, Debug, PartialEq)]
pub enum Folder {
    /// As it was set: shared by all who may write into it.
    Named(PathBuf),
    /// The user's own: shared by all of this user, wherever their journals are.
    Own(PathBuf),
    /// The journal's, where the user's own is missing or can't be written: who
    /// has another journal does not share the quota.
    Journal { path: PathBuf, instead_of: Option<PathBuf> },
}

impl Folder {
    pub fn choose(
        named: Option<PathBuf>,
        own: Option<PathBuf>,
        journal: &Path,
        is_writable: impl FnOnce(&Path) -> bool,
    ) -> Folder {
        match (named, own) {
            (Some(named), _) => Folder::Named(named),
            (None, Some(own)) if is_writable(&own) => Folder::Own(own),
            (None, own) => Folder::Journal { path: journal.to_owned(), instead_of: own },
        }
    }

    pub fn path(&self) -> &Path {
        match self {
            Folder::Named(path) | Folder::Own(path) | Folder::Journal { path, .. } => path,
        }
    }

    /// Whether others than its owner may be meant to write there.
    pub fn is_shared(&self) -> bool {
        matches!(self, Folder::Named(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_named_folder_comes_first_and_the_journals_last() {
        let path = |name: &str| Some(PathBuf::from(name));
        let choose = |named, own, writable| Folder::choose(named, own, Path::new("journal"), |_| writable);
        assert_eq!(choose(path("named"), path("own"), false), Folder::Named("named".into()));
        assert_eq!(choose(None, path("own"), true), Folder::Own("own".into()));
        for own in [path("own"), None] {
            let fallen_back = Folder::Journal { path: "journal".into(), instead_of: own.clone() };
            assert_eq!(choose(None, own, false), fallen_back);
        }
    }
}
