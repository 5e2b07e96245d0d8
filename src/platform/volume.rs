//! What a folder lies on: whether it is on the network, which file system it is, what room
//! there is, and whether it can be written.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Volume {
    Local,
    /// The kind of share.
    Network(&'static str),
    /// The system does not tell.
    Unknown,
}

/// The folder itself, or the nearest one above it that is there.
pub fn nearest(folder: &Path) -> PathBuf {
    let found = folder.ancestors().find(|above| above.is_dir());
    found.filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

/// Makes a file in a folder that is there, and removes it.
///
/// # Errors
/// Those of making a file.
pub fn try_writing(folder: &Path) -> io::Result<()> {
    use std::io::Write as _;
    tempfile::tempfile_in(folder)?.write_all(b"flowbatch")
}

/// What a folder that is there lies on.
#[cfg(target_os = "linux")]
#[allow(clippy::unnecessary_cast, reason = "its type is another one on other processors")]
pub fn kind(folder: &Path) -> Volume {
    /// From Linux' magic.h.
    const SHARES: [(i64, &str); 11] = [
        (0x6969, "NFS"),
        (0x517B, "SMB"),
        (0xFF53_4D42, "CIFS"),
        (0xFE53_4D42, "SMB"),
        (0x0102_1997, "9P"),
        (0x5346_414F, "AFS"),
        (0x7375_7245, "Coda"),
        (0x00C3_6400, "Ceph"),
        (0x0BD0_0BD0, "Lustre"),
        (0x786F_4256, "vboxsf"),
        (0xBACB_ACBC, "vmhgfs"),
    ];
    /// FUSE may be anything.
    const UNTOLD: i64 = 0x6573_5546;
    let Ok(found) = rustix::fs::statfs(folder) else { return Volume::Unknown };
    let number = found.f_type as i64 & 0xFFFF_FFFF;
    match SHARES.iter().find(|(own, _)| *own == number) {
        Some((_, name)) => Volume::Network(name),
        None if number == UNTOLD => Volume::Unknown,
        None => Volume::Local,
    }
}

/// Windows names a share that has no letter so; of others the system does not tell us.
#[cfg(not(target_os = "linux"))]
pub fn kind(folder: &Path) -> Volume {
    match folder.to_string_lossy().starts_with(r"\\") {
        true => Volume::Network("SMB"),
        false => Volume::Unknown,
    }
}

/// A number that two folders of one file system have in common.
#[cfg(unix)]
pub fn device(folder: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).ok().map(|data| data.dev())
}

#[cfg(not(unix))]
pub fn device(_: &Path) -> Option<u64> {
    None
}

/// Bytes that this user may still write.
#[cfg(unix)]
pub fn room(folder: &Path) -> Option<u64> {
    rustix::fs::statvfs(folder).ok().map(|found| found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(not(unix))]
pub fn room(_: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_looked_at_where_it_is_or_will_be() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(nearest(&dir.path().join("a/b")), dir.path());
        assert_eq!(nearest(Path::new("no-such-folder-here/b")), Path::new("."));
        assert!(try_writing(dir.path()).is_ok() && try_writing(&dir.path().join("a")).is_err());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        assert!(!matches!(kind(dir.path()), Volume::Network(_)));
        if cfg!(unix) {
            assert!(room(dir.path()).is_some_and(|bytes| bytes > 0) && device(dir.path()).is_some());
        }
    }
}
