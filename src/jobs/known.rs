//! What was told before, and what a pattern brings along: a pass over a folder that finds
//! nothing new sends nothing, writes nothing and says nothing.

use std::path::PathBuf;

use crate::domain::problem::Problem;
use crate::intake::plan::Refusal;
use crate::journal::{Journal, Written};
use crate::report::is_own_work;
use crate::text::{Lang, console, files, problems};

use super::job_origin::Place;
use super::{Failure, Request};

/// The order without files of ours that nobody has worked on, where several were given;
/// and those files. What is named alone is meant.
pub fn without_own_work(request: &Request, journal: Option<&Journal>) -> (Request, Vec<PathBuf>) {
    let mut request = request.clone();
    if !request.several {
        return (request, Vec::new());
    }
    let all = std::mem::take(&mut request.files);
    let (own, given) = all.into_iter().partition(|path| is_own_work(path, journal));
    request.files = given;
    (request, own)
}

/// That something was told of an input; it counts as long as the input holds the same.
pub struct Note {
    /// Like the path of a file that was written: no path begins so.
    key: String,
    told: Vec<u8>,
}

impl Note {
    fn new(place: Place<'_>, contents: &[[u8; 32]], told: &str) -> Self {
        let (dir, stem) = place.absolute();
        let told = [contents.concat().as_slice(), told.as_bytes()].concat();
        Self { key: format!("told\t{}\t{stem}", dir.display()), told }
    }

    /// Of rows that break a rule.
    pub fn of_invalid(
        place: Place<'_>,
        contents: &[[u8; 32]],
        problems: &[(Problem, Vec<String>)],
        sendable: u64,
        lang: Lang,
    ) -> Self {
        let told: Vec<&Problem> = problems.iter().map(|(problem, _)| problem).collect();
        let told = serde_json::to_string(&told).unwrap_or_default();
        Self::new(place, contents, &format!("{} {sendable} {told}", lang.pick("zh", "en")))
    }

    /// That a finished file has rows which it was not to send.
    pub fn of_rest(place: Place<'_>, contents: &[[u8; 32]], rest: &str) -> Self {
        Self::new(place, contents, &format!("rest {rest}"))
    }

    /// Keyed: what was told may quote personal data.
    fn digest(&self, journal: &Journal) -> [u8; 32] {
        journal.keyed_hash(&[b"told", &self.told])
    }

    pub fn was_made(&self, journal: &Journal) -> bool {
        let digest = self.digest(journal);
        journal.written(&self.key).is_ok_and(|all| all.iter().any(|one| one.digest == digest))
    }

    /// Without the note the worst that follows is that it is told once more.
    pub fn make(&self, journal: &Journal) {
        let digest = self.digest(journal);
        let noted = journal
            .note_writing(&self.key, &Written { digest, job: None })
            .and_then(|()| journal.note_written(&self.key, digest));
        if let Err(error) = noted {
            tracing::warn!(%error, "not noted what was told");
        }
    }
}

/// Whether the same was told of the same contents before; it counts as told from now on.
pub fn is_known(
    journal: &Journal,
    place: Place<'_>,
    contents: &[[u8; 32]],
    failure: &Failure,
    lang: Lang,
) -> bool {
    if matches!(failure, Failure::Erased { lost: false, .. }) {
        // It was told when it was finished.
        return true;
    }
    let Some(told) = told(failure, lang).filter(|_| !contents.is_empty()) else { return false };
    let note = Note::new(place, contents, &told);
    let known = note.was_made(journal);
    if !known {
        note.make(journal);
    }
    known
}

/// What is told of a file as it is; `None`: it has other causes, and may be over by itself.
fn told(failure: &Failure, lang: Lang) -> Option<String> {
    let lines = |found: &mut dyn Iterator<Item = &Problem>| -> String {
        let line = |problem: &Problem| {
            let words = problems::explain(lang, problem).line(lang);
            format!("{}: {words}", problems::place(lang, problem))
        };
        found.map(line).collect::<Vec<_>>().join("\n")
    };
    Some(match failure {
        Failure::Refused(Refusal::File(error)) if error.fault.is_of_the_moment() => return None,
        Failure::Refused(Refusal::File(error)) => {
            format!("{}: {}", files::place(error), files::explain(lang, error).line(lang))
        }
        Failure::Refused(Refusal::Sheets { problems, .. }) => lines(&mut problems.iter()),
        Failure::Questions { problems, .. } => lines(&mut problems.iter().map(|(problem, _)| problem)),
        Failure::Erased { title, lost: true, .. } => console::failure::contents_lost(lang, title).line(lang),
        Failure::NoContracts => console::failure::no_contracts(lang).line(lang),
        Failure::UnknownReport(report) => console::failure::unknown_report(lang, report).line(lang),
        Failure::ReportUnreadable { path, rows } => {
            console::failure::report_unreadable(lang, path, *rows).line(lang)
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::file::{FileError, FileFault};

    /// A share that is away, or a file that is open somewhere, says nothing of what it holds:
    /// the next time it is told again.
    #[test]
    fn what_may_be_over_by_itself_is_never_known() {
        let told = |fault| {
            let error = FileError { path: PathBuf::from("a.xlsx"), sheet: None, fault };
            told(&Failure::Refused(Refusal::File(error)), Lang::En)
        };
        for fault in
            [FileFault::NotFound, FileFault::Locked, FileFault::NoPermission, FileFault::Io("x".to_owned())]
        {
            assert_eq!(told(fault), None);
        }
        assert!(told(FileFault::Empty).is_some());
    }
}
