//! Whom a file or a folder belongs to, and who else may write it.

use std::path::Path;

/// Who may have written a file, or may put one into a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// Only this user's, or the administrator's.
    Own,
    /// Members of a group may write it, too.
    Group,
    /// Everybody may.
    Everybody,
    /// It belongs to another user.
    Others,
    /// The file system does not tell.
    Unknown,
}

/// `group_of_user`: whether the user's own primary group counts as the user.
#[cfg(unix)]
pub fn hands_on(path: &Path, group_of_user: bool) -> Hands {
    use std::os::unix::fs::MetadataExt as _;
    let Ok(data) = std::fs::metadata(path) else { return Hands::Unknown };
    if has_no_modes(path) {
        return Hands::Unknown;
    }
    let user = rustix::process::geteuid().as_raw();
    let group = rustix::process::getegid().as_raw();
    let mode = data.mode();
    // In a folder such as /tmp nobody can replace what is another's.
    let sticky = mode & 0o1000 != 0 && data.is_dir();
    if mode & 0o002 != 0 && !sticky {
        Hands::Everybody
    } else if data.uid() != user && data.uid() != 0 {
        Hands::Others
    } else if mode & 0o020 != 0 && !(group_of_user && data.gid() == group) {
        Hands::Group
    } else {
        Hands::Own
    }
}

#[cfg(not(unix))]
pub fn hands_on(_: &Path, _: bool) -> Hands {
    Hands::Unknown
}

/// FAT, NTFS, network drives and what a virtual machine shares: the mode is made up.
#[cfg(target_os = "linux")]
#[allow(clippy::unnecessary_cast, reason = "its type is another one on other processors")]
fn has_no_modes(path: &Path) -> bool {
    /// From Linux' magic.h: MSDOS, exFAT, NTFS, NTFS3, FUSE, SMB, CIFS, SMB2, 9P.
    const WITHOUT: [i64; 9] = [
        0x4D44, 0x2011_BAB0, 0x5346_544E, 0x7366_746E, 0x6573_5546, 0x517B, 0xFF53_4D42, 0xFE53_4D42,
        0x0102_1997,
    ];
    rustix::fs::statfs(path).is_ok_and(|found| WITHOUT.contains(&(found.f_type as i64)))
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_no_modes(_: &Path) -> bool {
    false
}

/// Whether everybody may put files into a folder, also where nobody can take others' away.
#[cfg(unix)]
pub fn is_for_everybody(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    !has_no_modes(path) && std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o002 != 0)
}

#[cfg(not(unix))]
pub fn is_for_everybody(_: &Path) -> bool {
    false
}

/// Whether it is this user's own, whatever its mode.
#[cfg(unix)]
pub fn is_mine(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).is_ok_and(|data| data.uid() == rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
pub fn is_mine(_: &Path) -> bool {
    true
}

/// Whether anybody but the owner may look into a folder.
#[cfg(unix)]
pub fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    !has_no_modes(path) && std::fs::metadata(path).is_ok_and(|data| data.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub fn is_open(_: &Path) -> bool {
    false
}

/// Closes a folder to everybody but its owner. Returns whether it is closed now.
#[cfg(unix)]
pub fn close(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700)).is_ok() && !is_open(path)
}

#[cfg(not(unix))]
pub fn close(_: &Path) -> bool {
    false
}
