//! What follows for a file from what `run` or `check` has said of it. Nothing is judged here
//! that they have not judged; it is only said which folder that means. Pure.

use crate::domain::file::FileFault;
use crate::domain::job::JobId;
use crate::domain::problem::{Problem, Rule};
use crate::intake::plan::Refusal;
use crate::jobs::{Checked, Ended, Failure, Ran};
use crate::journal::JournalFault;
use crate::runner::Reason;
use crate::settings::Happening;

use super::book::{Shelf, Why};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follow {
    End {
        to: Shelf,
        why: Why,
    },
    /// It stays in `working` and is tried again: at once, more or less, or with patience.
    Again {
        soon: bool,
    },
    /// Somebody wanted to stop.
    Stopped,
    /// The file is not there any more.
    Gone,
}

/// What people are to be told of it, if anything.
pub fn happening(follow: &Follow) -> Option<Happening> {
    match follow {
        Follow::End { why, .. } => match why {
            Why::Sent => Some(Happening::Finished),
            // Nothing has happened now.
            Why::Before { .. } | Why::Erased { .. } | Why::LeftOut { .. } => None,
            Why::Rows { .. } | Why::Invalid { .. } => Some(Happening::Rows),
            Why::Questions
            | Why::Doubts { .. }
            | Why::UnknownReport
            | Why::NotApproved
            | Why::AllRefused
            | Why::NotAnInput
            | Why::Half
            | Why::OurReport
            | Why::Broken
            | Why::Checked { .. } => Some(Happening::Question),
        },
        Follow::Again { soon: false } => Some(Happening::Stopped),
        Follow::Again { soon: true } | Follow::Stopped | Follow::Gone => None,
    }
}

fn failed(why: Why) -> Follow {
    Follow::End { to: Shelf::Failed, why }
}

/// `other`: the job began with another file of the same content, and nothing was sent for
/// this one. (A crash may have cut off a job that began with this very file.)
pub fn after_run(result: &Result<Ran, Failure>, other: Option<&JobId>) -> Follow {
    let ran = match result {
        Ok(ran) => ran,
        Err(failure) => return after_failure(failure),
    };
    let to_fix = ran.written.tally.to_fix();
    let to = if to_fix > 0 { Shelf::Failed } else { Shelf::Done };
    match (&ran.ended, other) {
        (Ended::Stopped(reason), _) => after_stop(reason),
        (_, Some(job)) => Follow::End { to, why: Why::Before { job: job.clone() } },
        _ if to_fix > 0 => failed(Why::Rows { to_fix }),
        _ if ran.written.tally.pending > 0 => Follow::Again { soon: false },
        _ => Follow::End { to, why: Why::Sent },
    }
}

/// Contracts that may have been started: each try of a folder's own would only add to them.
/// `job`: that of the file. `starts`: what is sent starts contracts at once.
pub fn with_doubts(
    follow: Follow,
    result: &Result<Ran, Failure>,
    job: Option<&JobId>,
    starts: bool,
) -> Follow {
    match (&follow, result) {
        (Follow::Again { .. } | Follow::End { .. }, Ok(ran)) if starts && ran.written.tally.in_doubt > 0 => {
            failed(Why::Doubts { count: ran.written.tally.in_doubt, job: job.cloned() })
        }
        _ => follow,
    }
}

/// That rows of a finished file were left out, if that is told of it.
pub fn rest_of(result: &Result<Ran, Failure>) -> Option<&Problem> {
    match result {
        Ok(ran) => ran.told.iter().map(|(problem, _)| problem).find(|problem| left_out(problem).is_some()),
        Err(Failure::Erased { rest, .. }) => rest.as_deref(),
        Err(_) => None,
    }
}

fn left_out(problem: &Problem) -> Option<u64> {
    match problem.rule {
        Rule::RestLeftOut { count, .. } => Some(count),
        _ => None,
    }
}

/// A file of which nothing else is to be told. `job`: its own.
pub fn with_rest(follow: Follow, result: &Result<Ran, Failure>, job: Option<&JobId>) -> Follow {
    match (&follow, rest_of(result).and_then(left_out)) {
        // What failed is more than what was left out.
        (
            Follow::End { to: to @ Shelf::Done, why: Why::Sent | Why::Before { .. } | Why::Erased { .. } },
            Some(count),
        ) => Follow::End { to: *to, why: Why::LeftOut { job: job.cloned(), count } },
        _ => follow,
    }
}

/// A file that was written to meanwhile is not at its end: what was sent of it is known, and the rest is new.
pub fn or_again(follow: Follow, has_changed: bool) -> Follow {
    match follow {
        // Each try would only add to what is in doubt.
        Follow::End { why: Why::Doubts { .. }, .. } => follow,
        Follow::End { .. } if has_changed => Follow::Again { soon: false },
        follow => follow,
    }
}

fn after_stop(reason: &Reason) -> Follow {
    match reason {
        Reason::Signal | Reason::SignalTwice => Follow::Stopped,
        Reason::Question(_) => failed(Why::AllRefused),
        Reason::Unreadable => failed(Why::Broken),
        Reason::WaitsFor(_) => Follow::Again { soon: true },
        Reason::Caller(_)
        | Reason::SameLink(_)
        | Reason::Unreachable(_)
        | Reason::Held(_)
        | Reason::Journal(_)
        | Reason::Pace(_) => Follow::Again { soon: false },
    }
}

pub fn after_check(result: &Result<Checked, Failure>) -> Follow {
    match result {
        Err(failure) => after_failure(failure),
        Ok(checked) if checked.questions > 0 => failed(Why::Questions),
        Ok(checked) if checked.invalid > 0 => {
            let problems = checked.problems.iter().map(|(problem, _)| problem);
            failed(rows_or_half(problems, checked.invalid))
        }
        // Approved, it would be found finished.
        Ok(checked) if checked.rest.is_some() => {
            Follow::End { to: Shelf::Done, why: Why::LeftOut { job: None, count: checked.sendable } }
        }
        Ok(checked) => Follow::End { to: Shelf::Waiting, why: Why::Checked { sendable: checked.sendable } },
    }
}

fn after_failure(failure: &Failure) -> Follow {
    match failure {
        Failure::Refused(Refusal::File(error)) => match error.fault {
            FileFault::NotFound => Follow::Gone,
            FileFault::Io(_) | FileFault::Locked | FileFault::NoPermission => Follow::Again { soon: true },
            _ => failed(Why::NotAnInput),
        },
        Failure::Refused(Refusal::Sheets { problems, .. }) => {
            let has = |wanted: &Rule| problems.iter().any(|problem| problem.rule == *wanted);
            failed(match () {
                () if has(&Rule::ReportGiven) => Why::OurReport,
                () if has(&Rule::ApproversMissing) => Why::Half,
                () if problems.iter().any(|problem| problem.answer().is_some()) => Why::Questions,
                () => Why::NotAnInput,
            })
        }
        Failure::Questions { .. } | Failure::TemplatesUnasked { .. } | Failure::TemplatesMoved { .. } => {
            failed(Why::Questions)
        }
        Failure::UnknownReport(_) => failed(Why::UnknownReport),
        Failure::NotApproved { .. } => failed(Why::NotApproved),
        Failure::Invalid { problems, count, .. } => {
            failed(rows_or_half(problems.iter().map(|(problem, _)| problem), *count))
        }
        Failure::LeftOut => failed(Why::OurReport),
        Failure::Erased { job, .. } => Follow::End { to: Shelf::Done, why: Why::Erased { job: job.clone() } },
        Failure::Unanswered(reason) => after_stop(reason),
        Failure::Stopped | Failure::NotBegun => Follow::Stopped,
        Failure::Busy | Failure::Changed { .. } | Failure::BeingCorrected { .. } => {
            Follow::Again { soon: true }
        }
        Failure::Journal(error) => match error.fault {
            JournalFault::JobTaken { .. } | JournalFault::SameInput => Follow::Again { soon: true },
            JournalFault::Stopped => Follow::Stopped,
            _ => Follow::Again { soon: false },
        },
        // The last two come of words on doubts, which no folder has.
        Failure::Settings(_)
        | Failure::Pace(_)
        | Failure::Client(_)
        | Failure::Report(_)
        | Failure::Doubt(_)
        | Failure::Callbacks { .. } => Follow::Again { soon: false },
        Failure::NoContracts
        | Failure::ReportUnreadable { .. }
        | Failure::NoSuchPage { .. }
        | Failure::PageUnknown
        | Failure::PageOfSeveral { .. }
        | Failure::JobOfSeveral { .. }
        | Failure::PageConfirmed { .. }
        | Failure::NothingToRenew
        | Failure::NothingToPreview
        | Failure::NothingToFollow
        | Failure::NothingStarted { .. }
        | Failure::NoSuchContract { .. }
        | Failure::PageReplaced { .. }
        | Failure::OtherRealm { .. } => failed(Why::NotAnInput),
    }
}

/// Signers without contracts: each of them lacks what a sheet of contracts would say.
fn rows_or_half<'p>(problems: impl Iterator<Item = &'p Problem>, count: u64) -> Why {
    let lacks =
        |problem: &&Problem| matches!(&problem.rule, Rule::Required { field } if field == "flow_name");
    let without_name = problems.filter(lacks).count() as u64;
    if without_name >= count { Why::Half } else { Why::Invalid { count } }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::domain::file::FileError;
    use crate::domain::job::Tally;
    use crate::domain::problem::Place;
    use crate::journal::JournalError;
    use crate::report::Written;
    use crate::settings::SettingsError;

    fn ran(ended: Ended, tally: Tally) -> Result<Ran, Failure> {
        let written = Written {
            files: Vec::new(),
            tally,
            pages: 0,
            to_fix: 0,
            fix: None,
            parts: crate::report::Parts::default(),
            refused: Vec::new(),
            moved_aside: false,
        };
        Ok(Ran {
            written,
            ended,
            told: Vec::new(),
            requests: 0,
            starts: false,
            sent: 0,
            idle: false,
            extra_requests: 0,
            misplaced: None,
            kept: None,
            links: None,
        })
    }

    fn file(fault: FileFault) -> Failure {
        Failure::Refused(Refusal::File(FileError { path: PathBuf::from("a"), sheet: None, fault }))
    }

    #[test]
    fn what_is_finished_goes_to_done_unless_somebody_has_to_act() {
        let good = Tally { accepted: 2, duplicate: 1, ..Tally::default() };
        let bad = Tally { rejected: 1, ..good };
        let job = JobId("j".into());
        let to = |ended, tally, here: bool| after_run(&ran(ended, tally), (!here).then_some(&job));
        let done = |why| Follow::End { to: Shelf::Done, why };
        assert_eq!(to(Ended::Finished, good, true), done(Why::Sent));
        assert_eq!(to(Ended::Finished, bad, true), failed(Why::Rows { to_fix: 1 }));
        assert_eq!(to(Ended::Before, good, true), done(Why::Sent), "a crash came before it was moved");
        assert_eq!(to(Ended::Before, good, false), done(Why::Before { job: job.clone() }));
        let pending = Tally { pending: 1, ..good };
        assert_eq!(to(Ended::Partly, pending, true), Follow::Again { soon: false });
        assert_eq!(to(Ended::Stopped(Reason::Signal), pending, true), Follow::Stopped);
        assert_eq!(to(Ended::Stopped(Reason::Unreadable), pending, true), failed(Why::Broken));
    }

    #[test]
    fn doubts_of_contracts_that_may_have_been_started_are_for_a_person() {
        let doubt = Tally { in_doubt: 3, pending: 7, ..Tally::default() };
        let unreachable =
            || ran(Ended::Stopped(Reason::Unreachable(crate::runner::LastSeen::default())), doubt);
        let job = Some(JobId("J".to_owned()));
        let follow =
            |starts| with_doubts(after_run(&unreachable(), None), &unreachable(), job.as_ref(), starts);
        assert_eq!(follow(true), failed(Why::Doubts { count: 3, job: job.clone() }));
        assert_eq!(follow(false), Follow::Again { soon: false });
    }

    #[test]
    fn what_a_person_has_to_decide_fails_and_what_is_the_callers_stays() {
        let after = |failure| after_run(&Err(failure), None);
        for (failure, follow) in [
            (Failure::Settings(SettingsError::NoCredentials), Follow::Again { soon: false }),
            (Failure::Changed { path: PathBuf::new() }, Follow::Again { soon: true }),
            (file(FileFault::NotFound), Follow::Gone),
            (file(FileFault::Locked), Follow::Again { soon: true }),
            (file(FileFault::Empty), failed(Why::NotAnInput)),
            (Failure::NoContracts, failed(Why::NotAnInput)),
            (Failure::Stopped, Follow::Stopped),
            (
                Failure::Journal(JournalError::new(&PathBuf::new(), JournalFault::DiskFull)),
                Follow::Again { soon: false },
            ),
            (
                Failure::Journal(JournalError::new(&PathBuf::new(), JournalFault::SameInput)),
                Follow::Again { soon: true },
            ),
        ] {
            assert_eq!(after(failure), follow);
        }
        let sheet = |rule| {
            let problems = vec![Problem { place: Place::default(), value: None, rule }];
            after(Failure::Refused(Refusal::Sheets { path: PathBuf::new(), problems }))
        };
        assert_eq!(sheet(Rule::ReportGiven), failed(Why::OurReport));
        assert_eq!(sheet(Rule::ApproversMissing), failed(Why::Half));
        assert_eq!(
            sheet(Rule::SheetsToChoose { sheets: vec!["a".into()], lists: 1 }),
            failed(Why::Questions)
        );
        assert_eq!(sheet(Rule::LayoutsMixed), failed(Why::NotAnInput));
    }
}
