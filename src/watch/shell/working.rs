//! Files in `working` are handed to workers here, and what comes of them is taken in.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use crate::notify::{self, Notice};
use crate::platform::digest;
use crate::settings::Happening;
use crate::text::{Words, folder as words};
use crate::watch::book::{Entry, Shelf, Stage};
use crate::watch::verdict::{Follow, happening};
use crate::watch::worker::{self, Came, Task};

use super::{AT_ONCE, Watcher, watch_approves};

/// A file that was stopped is tried again after twice the time, up to this.
const LONGEST_WAIT: Duration = Duration::from_secs(1800);
/// The same where nobody has to mend anything.
const SOON: Duration = Duration::from_secs(2);

/// A file that stays in `working` for a while.
pub struct Stopped {
    pub words: Option<Words>,
    wait: Duration,
    pub next: Instant,
}

impl Stopped {
    fn until_soon() -> Self {
        Self { words: None, wait: SOON, next: Instant::now() + SOON }
    }
}

impl Watcher {
    /// Hands to workers what is due.
    pub(super) fn begin_work(&mut self) {
        let now = Instant::now();
        let due: Vec<Entry> = self
            .book
            .files
            .iter()
            .filter(|entry| entry.stage == Stage::Working && !self.at_work.contains(&entry.name))
            .filter(|entry| self.stopped.get(&entry.name).is_none_or(|stopped| stopped.next <= now))
            .cloned()
            .collect();
        for entry in due {
            if self.at_work.len() >= AT_ONCE {
                break;
            }
            if !self.has_turn(&entry.name) {
                continue;
            }
            let approved = self.content(&entry.name).is_some_and(|content| entry.is_approved(&content));
            let check_only = watch_approves(&self.ports) && !approved;
            if check_only && entry.from == Shelf::Approved && !self.stopped.contains_key(&entry.name) {
                self.tell(&words::approved_otherwise(self.ports.lang, &entry.name));
            }
            let task = Task {
                path: self.disk.path(Shelf::Working, &entry.name),
                folder: self.disk.dir().to_owned(),
                check_only,
                name: entry.name.clone(),
            };
            match worker::start(task, &self.ports, &Handle::current(), self.sender.clone()) {
                Ok(()) => drop(self.at_work.insert(entry.name)),
                // The machine has no thread to give: a later look tries again.
                Err(error) => tracing::warn!(%error, "a file waits for a thread"),
            }
        }
    }

    /// Whether no other file of the same content is under way.
    fn has_turn(&mut self, name: &str) -> bool {
        let (content, turn) = match self.contents.get(name) {
            Some(known) => *known,
            // What cannot be read is told by whoever reads it.
            None => match digest::of_file(&self.disk.path(Shelf::Working, name)) {
                Ok(content) => (content, false),
                Err(_) => return true,
            },
        };
        let mut all = self.ports.contents.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = turn || all.insert(content);
        drop(all);
        self.contents.insert(name.to_owned(), (content, turn));
        turn
    }

    /// The digest of what a file in `working` holds, as the book writes it.
    fn content(&self, name: &str) -> Option<String> {
        self.contents.get(name).map(|(content, _)| hex::encode(content))
    }

    /// Another file of the same content may have its turn.
    pub(super) fn let_go(&mut self, name: &str) {
        if let Some((content, true)) = self.contents.remove(name) {
            self.ports.contents.lock().unwrap_or_else(PoisonError::into_inner).remove(&content);
        }
    }

    /// Tells those whom the settings name, beside everything else: nothing waits for it.
    fn notify(&self, name: &str, follow: &Follow, words: Option<&Words>) {
        let is_told = self.stopped.get(name).is_some_and(|before| before.words.as_ref() == words);
        let Some(happening) = happening(follow).filter(|of| *of != Happening::Stopped || !is_told) else {
            return;
        };
        let entry = self.book.files.iter().find(|entry| entry.name == name);
        let job = entry.and_then(|entry| entry.job.clone());
        let journal = &self.ports.journal;
        let notice = Notice {
            happening,
            file: entry.map_or(name, |entry| entry.dropped.as_str()).to_owned(),
            tally: job.as_ref().and_then(|job| journal.tally(job).ok()),
            pages: job.as_ref().and_then(|job| journal.count_unconfirmed(job).ok()).unwrap_or_default(),
            job,
        };
        let (settings, lang) = (self.ports.settings.clone(), self.ports.lang);
        tokio::spawn(async move { notify::send(&settings, &notice, lang).await });
    }

    /// What came of a file.
    pub(super) fn take_in(&mut self, came: Option<Came>) {
        let Some(Came { name, follow, job, words, files }) = came else { return };
        self.at_work.remove(&name);
        self.book.has_job(&name, job);
        self.notify(&name, &follow, words.as_ref());
        if matches!(follow, Follow::End { to: Shelf::Waiting, .. }) {
            let content = self.content(&name);
            self.book.was_checked(&name, content);
        }
        // One that ends has its turn until its reports are where they go.
        if !matches!(follow, Follow::End { .. }) {
            self.let_go(&name);
        }
        match follow {
            Follow::End { to, why } => {
                self.stopped.remove(&name);
                self.book.ends(&name, to, why, files);
            }
            // The next look says whether the file has gone, or the folder.
            Follow::Gone => drop(self.stopped.insert(name, Stopped::until_soon())),
            // The watch ends, too, and a later one goes on.
            Follow::Stopped => {}
            Follow::Again { soon } => {
                let first = self.ports.settings.watch.try_again;
                let before = self.stopped.get(&name);
                let wait = match before {
                    _ if soon => first.min(SOON),
                    Some(before) => (before.wait * 2).clamp(first, LONGEST_WAIT.max(first)),
                    None => first,
                };
                let is_told = soon || before.is_some_and(|before| before.words == words);
                if let Some(words) = words.as_ref().filter(|_| !is_told) {
                    self.tell(&words::stays(self.ports.lang, &name, words));
                }
                self.stopped.insert(name, Stopped { words, wait, next: Instant::now() + wait });
            }
        }
        self.save();
    }
}
