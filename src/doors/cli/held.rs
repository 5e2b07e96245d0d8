//! Remarks that are worth a line only where there is another one: a pass of cron that finds
//! nothing new is silent, whatever there is to be said of its settings.

use std::io::IsTerminal as _;
use std::sync::{Mutex, PoisonError};

static HELD: Mutex<Option<Vec<String>>> = Mutex::new(None);

/// From here on remarks wait, where nobody looks.
pub fn hold() {
    if !std::io::stdout().is_terminal() {
        *HELD.lock().unwrap_or_else(PoisonError::into_inner) = Some(Vec::new());
    }
}

/// A line on stderr, now or as soon as there is news.
pub fn remark(line: String) {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    match held.as_mut() {
        Some(held) => held.push(line),
        None => err!("{line}"),
    }
}

/// There is news: what has waited is said, and nothing waits any more.
pub fn news() {
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner).take();
    for line in held.into_iter().flatten() {
        err!("{line}");
    }
}
