//! Panics of other crates, held at the edge of ours. Their messages may quote
//! what is in a cell, so they are not printed.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

type Panic = Box<dyn Any + Send>;

/// Runs `work`; what it panicked with, if it did, and nothing of it printed.
pub fn silenced<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                others(info);
            }
        }));
    });
    caught(true, work)
}

/// Inside of [`silenced`]: work of our own, whose panics are printed.
pub fn audible<T>(work: impl FnOnce() -> T) -> Result<T, Panic> {
    caught(false, work)
}

fn caught<T>(silent: bool, work: impl FnOnce() -> T) -> Result<T, Panic> {
    let before = SILENT.replace(silent);
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    SILENT.set(before);
    outcome
}
