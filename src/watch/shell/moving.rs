//! Files change their folders here, each step of it written down before it is taken: claimed
//! ones go to `working`, those that have come to an end to where they end.

use std::io::ErrorKind;

use crate::jobs::{self, Move};
use crate::platform::clock::now_us;
use crate::text::folder as words;
use crate::watch::book::{Entry, Shelf, Stage, Why};
use crate::watch::names;

use super::Watcher;

impl Watcher {
    /// Moves what is claimed to `working`.
    pub(super) fn fetch(&mut self) {
        let now = self.now();
        let is_due = |entry: &&Entry| entry.stage == Stage::Claimed && self.moves.may(&entry.name, now);
        let claimed: Vec<Entry> = self.book.files.iter().filter(is_due).cloned().collect();
        for entry in claimed {
            let to = (Shelf::Working, entry.name.as_str());
            match self.disk.rename((entry.from, &entry.dropped), to) {
                Ok(()) => {}
                // A crash came after the move.
                Err(_) if !self.disk.is_there(entry.from, &entry.dropped) => {
                    if !self.disk.is_there(Shelf::Working, &entry.name) {
                        self.book.forget(&entry.name);
                        self.moves.moved(&entry.name);
                        self.save();
                        continue;
                    }
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    self.book.rename(&entry.name, &names::free_name(&entry.dropped, &self.taken_names()));
                    self.save();
                    continue;
                }
                Err(error) => {
                    self.refused(&entry.name, Shelf::Working, &error);
                    continue;
                }
            }
            if entry.from == Shelf::Approved {
                self.bring_along((Shelf::Approved, &entry.dropped), to, &[]);
                self.bring_along((Shelf::Waiting, &entry.dropped), to, &[]);
            }
            if self.moves.moved(&entry.name) {
                self.tell(&words::moved_after_all(self.ports.lang, &entry.name));
            }
            if let Some(looks) = self.looks.get_mut(&entry.from) {
                looks.forget(&entry.dropped);
            }
            self.book.arrived(&entry.name);
            self.save();
            self.tell(&words::taken(self.ports.lang, &entry.dropped, &entry.name));
        }
    }

    fn refused(&mut self, name: &str, to: Shelf, error: &std::io::Error) {
        let words = words::not_moved(self.ports.lang, name, to, error.kind());
        if self.moves.refuse(name, self.now(), words.clone()) {
            self.tell(&words.line(self.ports.lang));
        }
    }

    /// Our own files beside a file go where it goes: those with its name, and those that a
    /// run has written. What cannot be moved stays.
    fn bring_along(&self, (from, name): (Shelf, &str), to: (Shelf, &str), along: &[String]) {
        let (stem, new) = (names::stem(name), names::stem(to.1));
        let Ok(found) = self.disk.list(from) else { return };
        // A workbook that somebody has corrected is an input of its own.
        let is_input = |name: &str| from == Shelf::Working && self.book.entry(name).is_some();
        let goes = |name: &str| names::belongs_to(name, stem) || along.iter().any(|own| own == name);
        for own in found.iter().filter(|one| goes(&one.name) && !is_input(&one.name)) {
            let rest = own.name.strip_prefix(stem).filter(|_| names::belongs_to(&own.name, stem));
            let (new, end) = rest.map_or(("", own.name.as_str()), |rest| (new, rest));
            let (plain, extension) = end.rsplit_once('.').unwrap_or((end, ""));
            let mut number = 1;
            loop {
                let wanted = match number {
                    1 => format!("{new}{end}"),
                    _ => format!("{new}{plain} ({number}).{extension}"),
                };
                let way = Move { from: &self.disk.path(from, &own.name), to: &self.disk.path(to.0, &wanted) };
                match jobs::carry(&self.ports.journal, way) {
                    Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 99 => number += 1,
                    Err(error) => {
                        tracing::warn!(kind = %error.kind(), "a file of ours stays in {}", from.name());
                        break;
                    }
                    Ok(()) => break,
                }
            }
        }
    }

    /// The workbook of a check that had found something goes once its file, corrected, has come
    /// through; one that somebody has edited stays, and so does one whose file is still there.
    fn clear_check(&self, dropped: &str) {
        let stem = names::stem(dropped);
        let Ok(found) = self.disk.list(Shelf::Failed) else { return };
        if found.iter().any(|one| names::stem(&one.name) == stem) {
            return;
        }
        let dir = self.disk.path(Shelf::Failed, "");
        if let Some(kept) = crate::report::clear_check(&dir, stem, Some(&self.ports.journal), false) {
            let name = kept.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.tell(&words::kept_check(self.ports.lang, &name));
        }
    }

    /// Moves what has come to its end.
    pub(super) fn end_files(&mut self) {
        let now = self.now();
        let ending: Vec<Entry> =
            self.book.files.iter().filter(|entry| self.moves.may(&entry.name, now)).cloned().collect();
        for entry in ending {
            if let Stage::Ending { to, name, why, along } = &entry.stage {
                self.end_file(&entry, (*to, name), why, along);
            }
        }
    }

    fn end_file(&mut self, entry: &Entry, (to, wanted): (Shelf, &str), why: &Why, along: &[String]) {
        let is_here = self.disk.is_there(Shelf::Working, &entry.name);
        let is_taken = self.disk.is_there(to, wanted);
        if is_here && is_taken {
            self.book.rename(&entry.name, &names::free_name(wanted, &self.taken_names()));
            self.save();
            return;
        }
        if !is_here && !is_taken {
            self.tell(&words::gone(self.ports.lang, &entry.name));
            self.let_go(&entry.name);
            self.book.forget(&entry.name);
            self.save();
            return;
        }
        if is_here {
            self.bring_along((Shelf::Working, &entry.name), (to, wanted), along);
            if let Err(error) = self.disk.rename((Shelf::Working, &entry.name), (to, wanted)) {
                return self.refused(&entry.name, to, &error);
            }
        }
        if self.moves.moved(&entry.name) {
            self.tell(&words::moved_after_all(self.ports.lang, &entry.name));
        }
        if let Some(job) = &entry.job {
            let (from, to) = (self.disk.path(Shelf::Working, &entry.name), self.disk.path(to, wanted));
            let settled = jobs::settle(&self.ports.journal, job, Move { from: &from, to: &to });
            let settled = settled.and_then(|has_report| match has_report {
                true => Ok(()),
                false => (self.ports.workspace)(&self.ports.settings)
                    .and_then(|workspace| jobs::report_beside(&workspace, self.ports.lang, job, &to)),
            });
            if let Err(failure) = settled {
                // The report that came along is whole; only a later one may go elsewhere.
                let words = (self.ports.explain)(self.ports.lang, &failure);
                self.tell(&words::stays(self.ports.lang, wanted, &words));
            }
        }
        if matches!(why, Why::Sent | Why::Checked { .. }) {
            self.clear_check(&entry.dropped);
        }
        self.let_go(&entry.name);
        self.book.ended(&entry.name, now_us());
        self.save();
        self.tell(&words::ended_file(self.ports.lang, wanted, to, why));
    }
}
