//! A watched folder: what is dropped into its `inbox` is run as the command line runs it, and
//! ends in `done` or `failed` with its report.
//!
//! `looks.rs` says when a file is whole, `names.rs` what a name says, `book.rs` where each
//! file is on its way, `verdict.rs` what a result means for it; none of them sees a disk.
//! `disk.rs` has all effects on the folder, `shell.rs` is the loop around them, `worker.rs`
//! one file at work. A file is in the book before it is moved and its claim is the journal's,
//! so neither a crash nor a move that fails sends anything twice.

mod book;
mod disk;
mod looks;
mod moves;
mod names;
mod page;
mod shell;
mod verdict;
mod worker;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::watch;

use crate::jobs::{Failure, Request, Workspace};
use crate::journal::Journal;
use crate::runner::Stop;
use crate::settings::Settings;
use crate::text::{Lang, Words};

pub use crate::domain::watched::{Ended, WatchError};

pub type MakeWorkspace = Arc<dyn Fn(&Settings) -> Result<Workspace, Failure> + Send + Sync>;
pub type MakeOrder = Arc<dyn Fn(&Path, &Settings) -> Request + Send + Sync>;

/// Two files of one content are one job: they are dealt with one after the other, or their
/// reports would be written and moved at the same time.
pub type Contents = Arc<Mutex<HashSet<[u8; 32]>>>;

/// What the door lends to the watch of one folder.
#[derive(Clone)]
pub struct Ports {
    /// Those of this folder.
    pub settings: Settings,
    /// The settings file that was named, for commands that answer.
    pub config: Option<PathBuf>,
    pub journal: Arc<Journal>,
    pub lang: Lang,
    pub stop: watch::Receiver<Stop>,
    /// What a run needs; credentials are looked for anew each time.
    pub workspace: MakeWorkspace,
    pub request: MakeOrder,
    pub explain: fn(Lang, &Failure) -> Words,
    /// Contents that somebody is at, in whichever folder.
    pub contents: Contents,
    /// A line for whoever reads the log.
    pub tell: Arc<dyn Fn(&str) + Send + Sync>,
}

/// A folder that is about to be watched: it is locked for as long as this lives.
pub struct Watch {
    shell: shell::Watcher,
    results: UnboundedReceiver<worker::Came>,
}

impl Watch {
    /// Takes a folder, and makes it what it is to be.
    ///
    /// # Errors
    /// `Taken`; `NoFolder`; those of the disk.
    pub fn begin(dir: &Path, ports: Ports) -> Result<Self, WatchError> {
        let (shell, results) = shell::Watcher::begin(dir, ports)?;
        Ok(Self { shell, results })
    }

    /// Watches until somebody wants it to end.
    pub async fn run(self) -> Ended {
        self.shell.run(self.results).await
    }
}
