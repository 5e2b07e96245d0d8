//! What `status.html` says, as facts. Pure: `text/folder.rs` has the words.

use super::book::{Book, Past, Stage};
use crate::domain::watched::Rest;
use crate::text::Words;
use crate::text::folder::{Page, Row};

/// What is known of a file besides the book.
pub struct Beside<'a> {
    /// Somebody is at it now.
    pub at_work: &'a dyn Fn(&str) -> bool,
    pub stopped: &'a dyn Fn(&str) -> Option<Words>,
    /// Why it could not be moved.
    pub stuck: &'a dyn Fn(&str) -> Option<Words>,
    /// Pages of a job that nobody has noted as confirmed.
    pub unconfirmed: &'a dyn Fn(&Past) -> usize,
}

pub fn page(
    folder: String,
    approve: bool,
    trouble: Option<Words>,
    book: &Book,
    seen: &[(String, Rest)],
    beside: &Beside<'_>,
) -> Page {
    let mut rows: Vec<Row> = trouble.into_iter().map(|words| Row::Trouble { words }).collect();
    for entry in &book.files {
        let name = entry.name.clone();
        let to = match &entry.stage {
            Stage::Claimed => "working",
            Stage::Ending { to, .. } => to.name(),
            Stage::Working | Stage::Waiting => "",
        };
        let stuck = (beside.stuck)(&name).filter(|_| !to.is_empty());
        rows.push(match (&entry.stage, stuck, (beside.stopped)(&name)) {
            (_, Some(words), _) => Row::Stuck { name, to, words },
            (Stage::Claimed, ..) => Row::Queued { name },
            (Stage::Working, _, Some(words)) => Row::Stopped { name, words },
            (Stage::Working, ..) if (beside.at_work)(&name) => Row::AtWork { name },
            (Stage::Working, ..) => Row::Queued { name },
            (Stage::Ending { .. }, ..) => Row::Ending { name, to },
            (Stage::Waiting, ..) => Row::ToApprove { name, sendable: entry.sendable },
        });
    }
    rows.extend(seen.iter().map(|(name, rest)| match rest {
        Rest::Next => Row::Queued { name: name.clone() },
        rest => Row::Seen { name: name.clone(), rest: rest.clone() },
    }));
    rows.sort_by_key(Row::rank);
    let past = book.past.iter().map(|past| (past.clone(), (beside.unconfirmed)(past))).collect();
    Page { folder, approve, rows, past }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::watch::book::{Shelf, Why};

    #[test]
    fn what_waits_for_somebody_comes_first() {
        let mut book = Book::default();
        for name in ["a", "b", "c", "d"] {
            book.claim(name.into(), Shelf::Inbox, name.into());
        }
        book.arrived("b");
        book.arrived("c");
        book.ends("d", Shelf::Waiting, Why::Checked { sendable: 7 }, Vec::new());
        book.ended("d", 0);
        let words = Words::new("what", "todo");
        let beside = Beside {
            at_work: &|name| name == "b",
            stopped: &|name| (name == "c").then(|| words.clone()),
            stuck: &|name| (name == "a").then(|| words.clone()),
            unconfirmed: &|_| 0,
        };
        let seen = [("e".to_owned(), Rest::Changing)];
        let page = page("f".into(), true, Some(words.clone()), &book, &seen, &beside);
        let expected = [
            Row::Trouble { words: words.clone() },
            Row::Stopped { name: "c".into(), words: words.clone() },
            Row::Stuck { name: "a".into(), to: "working", words: words.clone() },
            Row::ToApprove { name: "d".into(), sendable: 7 },
            Row::AtWork { name: "b".into() },
            Row::Seen { name: "e".into(), rest: Rest::Changing },
        ];
        assert_eq!(page.rows, expected);
    }
}
