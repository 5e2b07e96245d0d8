//! Who may look into a file: what is made of an input is as private as that input.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// A file's permissions, and the group that they speak of. Where systems have none, it says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    mode: u32,
    group: u32,
}

/// Whoever writes a file has to read it and to replace it.
const OWNERS: u32 = 0o600;
const ALL: u32 = 0o666;
const GROUPS: u32 = 0o060;

impl Access {
    /// Of a file that is there.
    pub fn of(path: &Path) -> Option<Self> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt as _;
            let found = std::fs::metadata(path).ok()?;
            Some(Self { mode: found.mode() & ALL, group: found.gid() })
        }
        #[cfg(not(unix))]
        {
            let _ = path;
            None
        }
    }

    /// Only those who may look into every one of the files. `None`: none of them is there.
    pub fn of_all<'p>(paths: impl IntoIterator<Item = &'p Path>) -> Option<Self> {
        paths.into_iter().filter_map(Self::of).reduce(Self::and)
    }

    /// Only those whom both let in.
    pub fn and(self, other: Self) -> Self {
        let (own, theirs) = (self.for_group(other.group), other.for_group(self.group));
        Self { mode: own & theirs, group: self.group }
    }

    /// With whatever the group of another file may do: as much as anybody, where it is not this one.
    fn for_group(self, group: u32) -> u32 {
        if self.group == group { self.mode } else { self.mode & !GROUPS | (self.mode & 0o006) << 3 }
    }

    /// The mode of a file that is made in that folder; the umask still takes from it.
    pub fn mode_in(self, dir: &Path) -> u32 {
        self.for_group(group_in(dir)) & ALL | OWNERS
    }
}

/// The mode of a file of whose input nothing is known.
pub const PRIVATE: u32 = OWNERS;

/// The group that a new file in that folder gets.
fn group_in(dir: &Path) -> u32 {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        const SETGID: u32 = 0o2000;
        let own = rustix::process::getegid().as_raw();
        match std::fs::metadata(dir) {
            Ok(found) if cfg!(target_os = "macos") || found.mode() & SETGID != 0 => found.gid(),
            _ => own,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = dir;
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_several_is_as_private_as_each() {
        let of = |mode, group| Access { mode, group };
        assert_eq!(of(0o664, 7).and(of(0o640, 7)).mode, 0o640);
        assert_eq!(of(0o660, 7).and(of(0o660, 8)).mode, 0o600, "neither group sees the other's");
        assert_eq!(of(0o664, 7).and(of(0o660, 8)).mode & 0o007, 0);
        assert_eq!(of(0o664, 7).and(of(0o644, 8)).mode, 0o644);
    }

    #[cfg(unix)]
    #[test]
    fn another_group_gets_what_anybody_gets() {
        let dir = tempfile::tempdir().unwrap();
        let own = group_in(dir.path());
        assert_eq!(Access { mode: 0o640, group: own }.mode_in(dir.path()), 0o640);
        assert_eq!(Access { mode: 0o640, group: own + 1 }.mode_in(dir.path()), 0o600);
        assert_eq!(Access { mode: 0o664, group: own + 1 }.mode_in(dir.path()), 0o644);
        assert_eq!(Access { mode: 0o400, group: own }.mode_in(dir.path()), 0o600, "it is written to");
    }
}
