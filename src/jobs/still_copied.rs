//! A file that comes into a folder may be there in part only when it is met.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::runner::Stop;

use super::Workspace;

/// A file that was changed as lately as that may still be on its way here.
const STILL_COPIED: Duration = Duration::from_secs(10);

/// A CSV whose last line has no end may be half a file: it is left alone until it has
/// not changed for some seconds. What has an end of its own is not waited for.
pub async fn until_copied(path: &Path, workspace: &Workspace) {
    let mut told = false;
    let mut stop = workspace.stop.clone();
    // A file's time may be that of another clock: what counts is that nothing changes.
    let mut seen: Option<(Unfinished, Instant)> = None;
    while !workspace.is_over()
        && let Some(now) = unfinished(path)
    {
        let since = match &seen {
            Some((before, since)) if *before == now => *since,
            _ => Instant::now(),
        };
        let age = now.age.unwrap_or_default().max(since.elapsed());
        let left = STILL_COPIED.saturating_sub(age);
        if left.is_zero() {
            return;
        }
        seen = Some((now, since));
        if !std::mem::replace(&mut told, true) {
            (workspace.wait)(path, left);
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop != Stop::No) => {}
            () = tokio::time::sleep(left.min(LOOK_AGAIN)) => {}
        }
    }
}

/// How often a file that may still be on its way is looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// A text whose last line has no end.
struct Unfinished {
    size: u64,
    changed: std::time::SystemTime,
    /// None: it was changed in the future.
    age: Option<Duration>,
}

impl PartialEq for Unfinished {
    fn eq(&self, other: &Self) -> bool {
        (self.size, self.changed) == (other.size, other.changed)
    }
}

fn unfinished(path: &Path) -> Option<Unfinished> {
    let mut file = std::fs::File::open(path).ok()?;
    let found = file.metadata().ok()?;
    let (size, changed) = (found.len(), found.modified().ok()?);
    let age = changed.elapsed().ok();
    if age.is_some_and(|age| age >= STILL_COPIED) {
        return None;
    }
    let mut head = [0_u8; 2];
    let read = std::io::Read::read(&mut file, &mut head).ok()?;
    // A workbook that is not whole cannot be opened at all.
    let is_text = read == 2 && !matches!(&head, b"PK" | [0xD0, 0xCF]);
    let tail = i64::try_from(size.min(2)).unwrap_or(0);
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(-tail)).ok()?;
    let mut end = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut end).ok()?;
    // A web page, or XML, ends with a tag.
    let is_markup = matches!(&head, [b'<', _] | [0xEF, 0xBB] | [0xFF, 0xFE] | [b'\r' | b'\n' | b' ', _]);
    let is_ended = matches!(end.as_slice(), [.., b'\n' | b'\r'] | [b'\n' | b'\r', 0])
        || is_markup && matches!(end.as_slice(), [.., b'>'] | [b'>', 0]);
    (is_text && !is_ended).then_some(Unfinished { size, changed, age })
}
