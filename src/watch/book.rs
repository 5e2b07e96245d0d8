//! What is written down of a watched folder: which file is where on its way, and what became
//! of the last ones. A file is in the book before it is moved, and out of it after, so that
//! a crash at any point leaves it in one place and one state. Pure: `disk.rs` keeps it.

use serde::{Deserialize, Serialize};

use crate::domain::job::JobId;
pub use crate::domain::shelf::Shelf;
pub use crate::domain::watched::{Past, Why};

/// Where a file is on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It is to be moved to `working`, or was just moved.
    Claimed,
    /// It is in `working` and to be worked on.
    Working,
    /// What becomes of it is known: it is to be moved there, or was just moved.
    Ending {
        to: Shelf,
        name: String,
        why: Why,
        /// Names in `working` of what goes along.
        along: Vec<String>,
    },
    /// It is in `waiting`, or in `approved` and not taken yet.
    Waiting,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name in `working`; in `waiting` once it is there.
    pub name: String,
    /// Where it was found, and its name there.
    pub from: Shelf,
    pub dropped: String,
    pub stage: Stage,
    #[serde(default)]
    pub job: Option<JobId>,
    #[serde(default)]
    pub sendable: u64,
    /// Of the content that was checked before it was put into `waiting`: a digest in hex.
    #[serde(default)]
    pub checked: Option<String>,
}

impl Entry {
    /// A person has said that it may go, and it is what was checked. One that was changed
    /// since, or never checked, is checked first.
    pub fn is_approved(&self, content: &str) -> bool {
        self.from == Shelf::Approved && self.checked.as_deref() == Some(content)
    }
}

/// So many of those that have come to their end are told of.
const MOST_PAST: usize = 100;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// What the folder's own mark says: another folder at the same path is not this one.
    pub mark: String,
    pub files: Vec<Entry>,
    /// The newest first.
    pub past: Vec<Past>,
}

impl Book {
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.files.iter().find(|entry| entry.name == name)
    }

    fn entry_mut(&mut self, name: &str) -> Option<&mut Entry> {
        self.files.iter_mut().find(|entry| entry.name == name)
    }

    /// A file is to be moved to `working` under that name.
    pub fn claim(&mut self, name: String, from: Shelf, dropped: String) {
        // What a person has approved is known from its check.
        let before = self.entry(&name).filter(|_| from == Shelf::Approved);
        let (sendable, checked) = before.map_or((0, None), |entry| (entry.sendable, entry.checked.clone()));
        self.forget(&name);
        self.files.push(Entry { name, from, dropped, stage: Stage::Claimed, job: None, sendable, checked });
    }

    /// It is in `working`.
    pub fn arrived(&mut self, name: &str) {
        self.set(name, Stage::Working);
    }

    pub fn has_job(&mut self, name: &str, job: Option<JobId>) {
        if let Some(entry) = self.entry_mut(name)
            && job.is_some()
        {
            entry.job = job;
        }
    }

    /// That content was checked.
    pub fn was_checked(&mut self, name: &str, content: Option<String>) {
        if let Some(entry) = self.entry_mut(name) {
            entry.checked = content;
        }
    }

    /// What becomes of it is known.
    pub fn ends(&mut self, name: &str, to: Shelf, why: Why, along: Vec<String>) {
        self.set(name, Stage::Ending { to, name: name.to_owned(), why, along });
    }

    /// Under another name than it was to have: something stands there.
    pub fn rename(&mut self, own: &str, new: &str) {
        let Some(entry) = self.entry_mut(own) else { return };
        match &mut entry.stage {
            Stage::Ending { name, .. } => new.clone_into(name),
            _ => new.clone_into(&mut entry.name),
        }
    }

    /// It was moved where it was to go.
    pub fn ended(&mut self, own: &str, at_us: i64) {
        let Some(entry) = self.entry(own).cloned() else { return };
        let Stage::Ending { to, name, why, .. } = entry.stage else { return };
        if let (Shelf::Waiting, Why::Checked { sendable }) = (to, &why) {
            if let Some(own) = self.entry_mut(own) {
                own.stage = Stage::Waiting;
                own.name = name;
                own.sendable = *sendable;
            }
            return;
        }
        self.forget(own);
        self.past.insert(0, Past { name, at_us, to, why, job: entry.job });
        self.past.truncate(MOST_PAST);
    }

    /// It is not there any more: somebody has taken it away.
    pub fn forget(&mut self, name: &str) {
        self.files.retain(|entry| entry.name != name);
    }

    fn set(&mut self, name: &str, stage: Stage) {
        if let Some(entry) = self.entry_mut(name) {
            entry.stage = stage;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_goes_its_way_and_is_told_of_at_its_end() {
        let mut book = Book::default();
        book.claim("a.xlsx".into(), Shelf::Inbox, "a.xlsx".into());
        assert_eq!(book.entry("a.xlsx").unwrap().stage, Stage::Claimed);
        book.arrived("a.xlsx");
        book.was_checked("a.xlsx", Some("c0".into()));
        book.ends("a.xlsx", Shelf::Waiting, Why::Checked { sendable: 3 }, Vec::new());
        book.ended("a.xlsx", 1);
        assert_eq!(book.entry("a.xlsx").unwrap().stage, Stage::Waiting);
        assert!(book.past.is_empty(), "it has not come to its end");
        book.claim("a.xlsx".into(), Shelf::Approved, "a.xlsx".into());
        let approved = book.entry("a.xlsx").unwrap();
        assert!(approved.is_approved("c0") && !approved.is_approved("c1"), "what was checked may go");
        assert_eq!((book.files.len(), book.files[0].sendable), (1, 3));
        book.arrived("a.xlsx");
        book.has_job("a.xlsx", Some(JobId("j".into())));
        book.ends("a.xlsx", Shelf::Done, Why::Sent, Vec::new());
        let written = serde_json::to_string(&book).unwrap();
        assert_eq!(serde_json::from_str::<Book>(&written).unwrap(), book);
        book.ended("a.xlsx", 2);
        assert!(book.files.is_empty());
        assert_eq!(book.past[0].job, Some(JobId("j".into())));
        book.ended("a.xlsx", 3);
        assert_eq!(book.past.len(), 1, "it ends once");
    }

    #[test]
    fn a_file_that_was_never_checked_is_not_approved_by_its_place() {
        let mut book = Book::default();
        book.claim("a.xlsx".into(), Shelf::Approved, "a.xlsx".into());
        assert!(!book.entry("a.xlsx").unwrap().is_approved("c0"));
        book.was_checked("a.xlsx", Some("c0".into()));
        book.claim("a.xlsx".into(), Shelf::Inbox, "a.xlsx".into());
        assert_eq!(book.entry("a.xlsx").unwrap().checked, None, "it is another one of that name");
    }

    #[test]
    fn the_past_does_not_grow_for_ever() {
        let mut book = Book::default();
        for number in 0..MOST_PAST + 5 {
            let name = format!("{number}.csv");
            book.claim(name.clone(), Shelf::Inbox, name.clone());
            book.ends(&name, Shelf::Done, Why::Sent, Vec::new());
            book.ended(&name, 0);
        }
        assert_eq!((book.past.len(), book.past[0].name.as_str()), (MOST_PAST, "104.csv"));
    }
}
