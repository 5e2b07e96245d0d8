//! What of a finished file was not sent: rows that answers had left out which do not hold any more. A plain pass tells of
//! them; `--again=rest` sends them.

use crate::domain::job::{Again, JobId};
use crate::domain::problem::{Place as SheetPlace, Problem, Rule};
use crate::domain::template::Templates;
use crate::intake::KeepRows;
use crate::intake::plan::Plan;
use crate::journal::{JobRecord, Journal, JournalError, JournalFault, LeftAlone};
use crate::settings::Settings;

use super::earlier_round::EarlierRounds;
use super::job_origin::{JobOrigin, Place, title};
use super::known::Note;
use super::prepare::{How, Prepared, prepare, stay};
use super::rows_meant::RowsMeant;
use super::{Failure, Ran, Request, Workspace};

/// Whether a job, once it is finished, may have left out rows that are meant now. Of a job of an earlier version nobody
/// knows why it has left out some.
pub fn may_leave_some(journal: &Journal, job: &JobRecord, plan: &Plan) -> bool {
    let JobOrigin { meant, left_out, .. } = JobOrigin::of(job);
    match meant {
        Some(before) => before.left_out_of(&RowsMeant::of(plan, journal)),
        None => left_out.is_none_or(|(_, skipped)| skipped > 0),
    }
}

/// Whether the rest of a finished file is to be sent.
pub fn is_wanted(request: &Request, journal: &Journal, job: &JobRecord, plan: &Plan) -> bool {
    let is_said = || request.again == Again::Rest || (request.forgets && may_leave_some(journal, job, plan));
    job.finished && is_said()
}

/// All that is meant of a job's file has gone.
pub fn note_whole(journal: &Journal, job: &JobId, plan: &Plan) -> Result<(), JournalError> {
    let meant = RowsMeant::of(plan, journal);
    JobOrigin::change(journal, job, |about| about.meant = Some(meant))
}

/// Tells how many contracts of a finished file were left out which are meant now: of a file that somebody has named each
/// time, in a folder once.
///
/// # Errors
/// Those of reading the file, and of the journal.
pub fn tell(
    job: &JobRecord,
    plan: &Plan,
    (place, contents): (Place<'_>, &[[u8; 32]]),
    request: &Request,
    workspace: &Workspace,
) -> Result<Option<Problem>, Failure> {
    let (journal, settings) = (&workspace.journal, &workspace.settings);
    if !may_leave_some(journal, job, plan) {
        return Ok(None);
    }
    let meant = serde_json::to_string(&RowsMeant::of(plan, journal)).unwrap_or_default();
    let note = Note::of_rest(place, contents, &format!("{} {meant}", job.id));
    let is_told = note.was_made(journal);
    if is_told && request.several {
        return Ok(None);
    }
    let Left { sendable, others, waiting } = left(plan, contents, request, settings, journal, job)?;
    if sendable == 0 && !others {
        note_whole(journal, &job.id, plan)?;
    }
    // Rows that are to be corrected, or asked about, may have gone from another file since.
    if sendable == 0 && (!others || waiting > 0 || is_told) {
        return Ok(None);
    }
    note.make(journal);
    let file = plan.sources.first().map(|source| source.file.clone()).unwrap_or_default();
    let place = SheetPlace { file, ..SheetPlace::default() };
    let rule = Rule::RestLeftOut { job: title(job, &settings.zone), count: sendable };
    let problem = Problem { place, value: None, rule };
    (workspace.tell_first)(&problem);
    Ok(Some(problem))
}

/// The same, with what a run has come to.
pub fn told_with(
    mut ran: Ran,
    job: &JobRecord,
    plan: &Plan,
    of: (Place<'_>, &[[u8; 32]]),
    request: &Request,
    workspace: &Workspace,
) -> Ran {
    match tell(job, plan, of, request, workspace) {
        Ok(told) => ran.told.extend(told.map(|problem| (problem, Vec::new()))),
        // What was sent was sent; the next pass tells it.
        Err(_) => tracing::warn!("nobody knows what of a finished file is left"),
    }
    ran
}

/// What no job has sent yet.
struct Left {
    sendable: u64,
    /// Rows that cannot go as they are, were refused, or of which something is asked.
    others: bool,
    /// Of these, the ones that the API has refused.
    waiting: u64,
}

fn left(
    plan: &Plan,
    contents: &[[u8; 32]],
    request: &Request,
    settings: &Settings,
    journal: &Journal,
    job: &JobRecord,
) -> Result<Left, Failure> {
    let scratch = tempfile::tempdir().map_err(|error| {
        JournalError::new(&std::env::temp_dir(), JournalFault::NotWritable(error.to_string()))
    })?;
    let of = (job.realm.as_str(), contents);
    let round = EarlierRounds::of(journal, of, Some(job), false)?;
    let templates = Templates::default();
    let how = How { keep_rows: KeepRows::Bad, is_over: &|| false, templates, round: round.as_ref() };
    let path = scratch.path().join("rest.db");
    // What may go once more is no rest.
    let request = Request { again: Again::Rest, ..request.clone() };
    let prepared = match prepare(&path, plan, &request, settings, Some(journal), how) {
        Err(Failure::NoContracts) => return Ok(Left { sendable: 0, others: false, waiting: 0 }),
        prepared => prepared?,
    };
    let Prepared { file, conflicts, sendable, invalid, questions, .. } = prepared;
    let is_waiting = |why: &&LeftAlone| matches!(why, LeftAlone::Refused(_));
    let waiting = conflicts.left_alone.values().filter(is_waiting).count() as u64;
    let mut stay = stay(&file, conflicts.duplicates)?;
    stay.extend(conflicts.in_doubt.into_values().flatten());
    let sendable = sendable.saturating_sub(stay.len() as u64);
    Ok(Left { sendable, others: invalid > 0 || waiting > 0 || !questions.is_empty(), waiting })
}
