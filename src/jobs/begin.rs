//! An input becomes a job: imported, compared with what was sent before, and
//! written down.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use jiff::tz::TimeZone;

use crate::domain::job::{Again, FlowNo, JobId};
use crate::domain::problem::{Problem, Severity};
use crate::intake::plan::Plan;
use crate::intake::{Counted, KeepRows};
use crate::journal::{
    JobFile, JobLock, JobRecord, Journal, JournalError, JournalFault, LeftAlone, NewJob, Permission,
};
use crate::platform::clock::now_us;
use crate::report::{ReportInput, refusal_there, write_refusal};

use super::check::MOST_TOLD;
use super::earlier_round::EarlierRounds;
use super::inputs::file_hashes;
use super::job_origin::{JobOrigin, Place, absolute, sent_by};
use super::kept::Kept;
use super::known::Note;
use super::prepare::{How, Prepared, chunk_limits, count_chunks, prepare, stay};
use super::rows_meant::RowsMeant;
use super::start::{Wanted, approve};
use super::worth_telling::worth_telling;
use super::{Failure, Request, Workspace, templates};

/// The newest job of that input. One whose import was cut off never counted for
/// anything, so it is taken away.
pub async fn find(journal: &Journal, realm: &str, identity: &[u8; 32]) -> Result<Option<JobRecord>, Failure> {
    loop {
        match journal.find_job(realm, identity)? {
            Some(job) if !job.ready => remove_unready(journal, &job.id).await?,
            found => return Ok(found),
        }
    }
}

pub async fn remove_unready(journal: &Journal, job: &JobId) -> Result<(), Failure> {
    let _lock = journal.lock_job(job)?;
    // It may have become ready meanwhile: then its file is needed.
    if journal.drop_unready_job(job).await? {
        remove_job_file(&journal.job_path(job));
    }
    Ok(())
}

pub struct NewInput {
    pub realm: String,
    pub identity: [u8; 32],
    /// What each of its files held when it was planned.
    pub hashes: Vec<[u8; 32]>,
    pub round: i64,
    /// The one that this is a further round of; `None` also where all of the input goes once more.
    pub after: Option<EarlierRounds>,
}

/// What comes of an input.
pub enum Begun {
    Job(JobId, JobLock),
    /// Only what has ended of earlier rounds was to go again, or what was left out of them, and there is nothing of it.
    /// `waits`: the round that has contracts of it to correct.
    Nothing {
        waits: Option<JobId>,
    },
}

/// Imports an input and writes the job down, ready to be worked on.
pub async fn begin(
    plan: &Plan,
    request: &Request,
    workspace: &Workspace,
    place: Place<'_>,
    new: NewInput,
) -> Result<Begun, Failure> {
    let (journal, settings) = (&workspace.journal, &workspace.settings);
    let job = new_id(journal, &settings.zone)?;
    let lock = journal.lock_job(&job)?;
    let path = journal.job_path(&job);
    let templates = templates::before(plan, workspace, request.lang).await?;
    let is_over = || workspace.is_over();
    let how = How { keep_rows: KeepRows::All, is_over: &is_over, templates, round: new.after.as_ref() };
    let prepared = prepare_to_send(&path, plan, request, workspace, place, (&new, how));
    let Ready { mut file, invalid, skipped, counted, left_alone } = match prepared {
        Ok(Ok(ready)) => ready,
        Ok(Err(waits)) => {
            remove_job_file(&path);
            return Ok(Begun::Nothing { waits });
        }
        Err(failure) => {
            remove_job_file(&path);
            return Err(failure);
        }
    };
    let requests = match counted {
        Some(counted) => counted.requests,
        None => count_chunks(&file, chunk_limits(request, settings), &HashSet::new())?,
    };
    let meant = match &new.after {
        // What was left out stays so.
        Some(EarlierRounds { jobs, only_ended: true }) => {
            jobs.first().and_then(|job| JobOrigin::of(job).meant)
        }
        _ => Some(RowsMeant::of(plan, journal)),
    };
    let about = JobOrigin {
        // All that break a rule, also those that went corrected.
        left_out: Some((if left_alone.is_empty() { invalid } else { file.counts()?.1 }, skipped)),
        files: plan.files.iter().map(|file| absolute(file)).collect(),
        places: vec![place.absolute()],
        sent_by: sent_by(settings),
        requests: requests as u64,
        per_page: request.per_page,
        group_by: request.group_by.clone(),
        kept: vec![Kept::wished(place, request, settings)],
        meant,
        ..JobOrigin::of_plan(plan)
    };
    let record = NewJob {
        id: job.clone(),
        realm: new.realm,
        identity: new.identity,
        round: new.round,
        action: settings.action.wire_name().to_owned(),
        about: about.to_json(),
        now_us: now_us(),
    };
    let permission = Permission {
        reused_keys: request.allow_duplicates || request.reused_keys,
        corrected: request.allow_duplicates,
        again: request.again,
    };
    let written = async {
        journal.begin_job(record).await?;
        journal.import_flows(&job, &file, permission, &|| workspace.is_over())?;
        journal.import_corrections(&job, &file, request.allow_duplicates || request.again == Again::All)?;
        journal.leave_alone(&job, &file, left_alone)?;
        journal.job_ready(&job, &mut file).await
    };
    if let Err(error) = written.await {
        remove_job_file(&path);
        return Err(error.into());
    }
    tracing::debug!("written down");
    Ok(Begun::Job(job, lock))
}

/// An input that can go.
struct Ready {
    file: JobFile,
    invalid: u64,
    skipped: u64,
    counted: Option<Counted>,
    /// What an earlier round did with contracts that do not go now.
    left_alone: BTreeMap<FlowNo, LeftAlone>,
}

/// The import, and whether anything forbids to go on. Where nothing of it goes, the round that has some of it to correct.
fn prepare_to_send(
    path: &Path,
    plan: &Plan,
    request: &Request,
    workspace: &Workspace,
    place: Place<'_>,
    (new, how): (&NewInput, How<'_>),
) -> Result<Result<Ready, Option<JobId>>, Failure> {
    let hashes = new.hashes.as_slice();
    let journal = Some(workspace.journal.as_ref());
    let prepared = prepare(path, plan, request, &workspace.settings, journal, how)?;
    if file_hashes(&plan.files).ok().as_deref() != Some(hashes) {
        let path = plan.files.first().cloned().unwrap_or_default();
        return Err(Failure::Changed { path });
    }
    let Prepared { file, conflicts, sendable, invalid, skipped, counted, questions, understood, .. } =
        prepared;
    if !questions.is_empty() {
        let problems = worth_telling(file.problems_in_rows(Severity::Question, MOST_TOLD)?, &questions);
        return Err(Failure::Questions { problems, understood: Box::new(understood) });
    }
    if invalid > 0 && !(request.skip_invalid && sendable > 0) {
        let problems = without_gone(&file, &conflicts.gone())?;
        // What was sent before would not go again.
        let sendable = sendable.saturating_sub(stay(&file, conflicts.duplicates)?.len() as u64);
        let source = ReportInput { file: &file, ledger: None };
        let about = JobOrigin::of_plan(plan);
        let options = place.options(request.lang, workspace, &about);
        let note = Note::of_invalid(place, hashes, &problems, sendable, request.lang);
        let known = note.was_made(&workspace.journal);
        let there = known.then(|| refusal_there(&source, &options)).flatten();
        let (written, known) = match there {
            Some(written) => (written, true),
            None => (write_refusal(&source, &options)?, false),
        };
        if !known {
            note.make(&workspace.journal);
        }
        return Err(Failure::Invalid { problems, count: invalid, written: Some(written), sendable, known });
    }
    let (before, left_alone) = (conflicts.before, conflicts.left_alone);
    let stay = match counted {
        Some(_) => HashSet::new(),
        None => stay(&file, conflicts.duplicates)?,
    };
    // Rows that cannot go as they are belong to the rest, unless an earlier round has them to correct.
    let is_new = |flow: &FlowNo| !left_alone.contains_key(flow);
    let may_be_none = match &new.after {
        Some(after) => after.only_ended || invalid == 0 || !file.invalid()?.iter().any(is_new),
        None => false,
    };
    if may_be_none && stay.len() as u64 >= sendable {
        let waits = left_alone.values().find_map(|why| match why {
            LeftAlone::Refused(then) => Some(then.job.clone()),
            _ => None,
        });
        return Ok(Err(waits));
    }
    // Before anything is sent: whether its report can be written.
    crate::report::check_folder(place.dir)?;
    let first = plan.files.first().map_or(Path::new(""), |path| path.as_path());
    (workspace.show)(first, &understood);
    let again = (request.again, before);
    let wanted = Wanted { includes: &|flow| !stay.contains(&flow), most: request.first, again };
    approve(workspace, workspace.settings.action, first, &file, &wanted)?;
    Ok(Ok(Ready { file, invalid, skipped, counted, left_alone }))
}

/// Problems of rows, each with its cells, but of those contracts that went.
fn without_gone(file: &JobFile, gone: &HashSet<FlowNo>) -> Result<Vec<(Problem, Vec<String>)>, JournalError> {
    let mut problems = file.problems_in_rows(Severity::Question, MOST_TOLD)?;
    if !gone.is_empty() {
        let mut places = HashSet::new();
        for flow in gone {
            places.extend(file.rows_of(*flow)?.into_iter().map(|(_, number)| number));
        }
        problems.retain(|(problem, _)| !problem.place.row.is_some_and(|row| places.contains(&row)));
    }
    Ok(problems)
}

/// Its day is that of the zone of the settings, as all times that a person is told.
pub fn new_id(journal: &Journal, zone: &TimeZone) -> Result<JobId, JournalError> {
    let day = jiff::Timestamp::now().to_zoned_datetime(zone.clone()).strftime("%Y%m%d");
    for _ in 0..100 {
        let id = JobId(format!("{day}-{:04x}", fastrand::u16(..)));
        if !journal.job_path(&id).exists() && journal.job(&id)?.is_none() {
            return Ok(id);
        }
    }
    Err(no_free_id(journal))
}

pub fn no_free_id(journal: &Journal) -> JournalError {
    JournalError::new(journal.dir(), JournalFault::Other("no free job id".into()))
}

/// The file and SQLite's own files beside it. What cannot be removed does no harm:
/// the ledger does not know it.
pub fn remove_job_file(path: &Path) {
    for end in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(name);
    }
}
