//! What can be asked of a job later: how it stands, its report once more, its
//! failed contracts again, its data erased.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::chunks::ChunkLimits;
use crate::domain::job::{JobId, Tally};
use crate::domain::signing;
use crate::essbasic::action::Action;
use crate::intake::HiddenRows;
use crate::journal::{JobRecord, Journal, JournalError, JournalFault, StartedRecord};
use crate::platform::clock::now_us;
use crate::runner::Scope;
use crate::settings::Settings;
use crate::text::Lang;

use super::begin::{remove_job_file, remove_unready};
use super::foreign_reports::look_beside;
use super::job_origin::{JobOrigin, Place, lock, title, title_of};
use super::prepare::limits_of;
use super::start::{action_of, approve_rest};
use super::templates::still_fit;
use super::work::{MISPLACED, report, work};
use super::{Ended, Failure, Ran, Request, Workspace};

/// How a job stands.
pub struct Standing {
    pub job: JobId,
    pub files: Vec<PathBuf>,
    pub created_us: i64,
    pub finished: bool,
    /// Some process works on it now.
    pub live: bool,
    pub tally: Tally,
    pub pages: PageCount,
    /// Its action starts contracts at once.
    pub starts: bool,
    pub requests: u64,
    /// Requests a second in the last seconds, of a job that is being worked on.
    pub rate: Option<f64>,
    /// For what is left, at that rate, or else at the quota.
    pub left: Duration,
    /// Its rows were erased after the retention time.
    pub erased: bool,
    /// Of contracts that were started: who has still to sign.
    pub signing: Option<Signing>,
}

/// How the contracts of a job stand that were started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signing {
    /// Somebody has asked how they stand.
    pub tracked: bool,
    /// Contracts that are not over, as far as that is known.
    pub waiting: u64,
}

fn signing(journal: &Journal, job: &JobId) -> Result<Option<Signing>, Failure> {
    let started = journal.started_flows(job)?;
    let is_over = |status: Option<&str>| status.is_some_and(crate::domain::signing::is_over);
    let waiting = started.iter().filter(|one| !is_over(one.flow_status.as_deref())).count() as u64;
    let tracked = started.iter().any(|one| one.flow_status.is_some());
    Ok((!started.is_empty()).then_some(Signing { tracked, waiting }))
}

/// Pages of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageCount {
    pub all: usize,
    /// Of them: not noted as confirmed.
    pub unconfirmed: usize,
}

impl Standing {
    /// Nothing is left to send, but of some contracts nobody knows whether they were started.
    pub fn needs_reconciling(&self) -> bool {
        self.starts && !self.erased && self.tally.pending == 0 && self.tally.in_doubt > 0
    }
}

/// What counts as lately for the rate of a job.
const LATELY_US: i64 = 5_000_000;

/// Every job, the newest first, or only one.
pub fn status(journal: &Journal, settings: &Settings, job: Option<&JobId>) -> Result<Vec<Standing>, Failure> {
    let mut standings = Vec::new();
    for record in journal.jobs()?.into_iter().filter(|record| record.ready) {
        if job.is_some_and(|job| *job != record.id) {
            continue;
        }
        let about = JobOrigin::of(&record);
        let erased = record.finished && !journal.job_path(&record.id).is_file();
        // A file that cannot be read is said where somebody wants to work with it.
        let whole = match about.left_out {
            Some((0, skipped)) => journal.valid_tally(&record.id, skipped),
            _ => journal
                .job_file(&record.id)
                .and_then(|file| journal.whole_tally(&record.id, &file))
                .map(|(tally, _)| tally),
        };
        let tally = whole.or_else(|_| journal.tally(&record.id))?;
        let action = Action::from_name(&record.action).unwrap_or(settings.action);
        let chunk = limits_of(action, about.per_page, settings).flows as f64;
        let live = journal.is_live(&record.id);
        let rate = match live {
            true => Some(
                journal.requests_since(&record.id, now_us() - LATELY_US)? as f64 * 1e6 / LATELY_US as f64,
            ),
            false => None,
        };
        let quota =
            if settings.requests_per_second > 0.0 { settings.requests_per_second } else { f64::INFINITY };
        let pace = rate.filter(|rate| *rate > 0.0).unwrap_or(quota);
        standings.push(Standing {
            files: about.files,
            created_us: record.created_us,
            finished: record.finished,
            live,
            pages: PageCount {
                all: journal.count_pages(&record.id)?,
                unconfirmed: journal.count_unconfirmed(&record.id)?,
            },
            starts: about.starts,
            requests: journal.requests(&record.id)?,
            left: Duration::from_secs_f64((tally.pending as f64 / chunk).ceil() / pace),
            rate,
            tally,
            signing: signing(journal, &record.id)?,
            erased,
            job: record.id,
        });
    }
    match (job, standings.is_empty()) {
        (Some(job), true) => Err(no_such_job(journal, job)),
        _ => Ok(standings),
    }
}

/// The job that a person names: in any case, or by the end of its number alone.
///
/// # Errors
/// There is none, or several.
pub fn named_job(journal: &Journal, zone: &TimeZone, name: &str) -> Result<JobId, Failure> {
    let wanted = JobId(name.trim().to_lowercase());
    if wanted.0.is_empty() || journal.job(&wanted)?.is_some() {
        return Ok(wanted);
    }
    let all = journal.jobs()?;
    let found: Vec<&JobRecord> =
        all.iter().filter(|record| record.ready && record.id.0.ends_with(&wanted.0)).collect();
    match found.as_slice() {
        [] => Err(no_such_job(journal, &JobId(name.to_owned()))),
        [one] => Ok(one.id.clone()),
        several => {
            Err(Failure::JobOfSeveral { jobs: several.iter().map(|record| title(record, zone)).collect() })
        }
    }
}

pub fn no_such_job(journal: &Journal, job: &JobId) -> Failure {
    JournalError::new(journal.dir(), JournalFault::NoSuchJob(job.0.clone())).into()
}

/// Where the reports of a job go; `None`: where they went before.
pub type Out<'o> = Option<&'o Path>;

/// The report once more, from the journal alone.
pub fn report_again(workspace: &Workspace, lang: Lang, job: &JobId, out: Out<'_>) -> Result<Ran, Failure> {
    let record = workspace.journal.job(job)?.ok_or_else(|| no_such_job(&workspace.journal, job))?;
    let ended = if record.finished { Ended::Finished } else { Ended::Partly };
    report_to(workspace, lang, job, out, ended)
}

pub fn report_to(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    out: Out<'_>,
    ended: Ended,
) -> Result<Ran, Failure> {
    if let Some(out) = out {
        std::fs::create_dir_all(out).map_err(|error| crate::report::write_fault(out, &error))?;
    }
    let places = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record).places).unwrap_or_default();
    if let Some(dir) = out {
        let stem = places.first().map_or(job.0.as_str(), |(_, stem)| stem);
        let named = Place { dir, stem }.absolute();
        // Whoever names the folder has a word of his own; where nothing can be noted, it hides
        // what it hid before.
        if !workspace.journal.is_read_only() {
            JobOrigin::change(&workspace.journal, job, move |about| about.forget_kept(&named))?;
        }
    }
    let stem = places.first().map_or(job.0.as_str(), |(_, stem)| stem);
    report(workspace, lang, job, out.map(|dir| Place { dir, stem }), ended)
}

/// Before anything is sent: whether its report can be written.
pub fn check_place(journal: &Journal, job: &JobId, out: Out<'_>) -> Result<(), Failure> {
    if let Some(out) = out {
        std::fs::create_dir_all(out).map_err(|error| crate::report::write_fault(out, &error))?;
        return Ok(crate::report::check_folder(out)?);
    }
    let places = journal.job(job)?.map(|record| JobOrigin::of(&record).places).unwrap_or_default();
    match places.first() {
        Some((dir, _)) => Ok(crate::report::check_folder(dir)?),
        None => Ok(()),
    }
}

/// Before anything of a job is sent once more: whether reports beside its files show
/// something that this journal does not know, as one that was restored does not.
pub async fn look_beside_job(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<(), Failure> {
    let about = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    let request =
        Request { hidden_rows: HiddenRows::Send, reports: true, ..Request::of(about.files.clone(), lang) };
    for (dir, stem) in &about.places {
        look_beside(&request, workspace, Place { dir, stem }, &about.files).await?;
    }
    Ok(())
}

/// Sends the failed contracts of a job again, as they are.
pub async fn retry(workspace: &Workspace, lang: Lang, job: &JobId, out: Out<'_>) -> Result<Ran, Failure> {
    let limits = resume_limits(workspace, job)?;
    check_place(&workspace.journal, job, out)?;
    look_beside_job(workspace, lang, job).await?;
    let zone = &workspace.settings.zone;
    let lock = lock(&workspace.journal, zone, job)?;
    let (_, instead) = workspace.journal.whole_tally(job, &workspace.journal.job_file(job)?)?;
    workspace.journal.settle_instead(job, &instead).await?;
    if let Some(by) = workspace.journal.being_corrected(job)? {
        let (job, by) = (title_of(&workspace.journal, zone, job), title_of(&workspace.journal, zone, &by));
        return Err(Failure::BeingCorrected { job, by });
    }
    let action = action_of(&workspace.journal, &workspace.settings, job)?;
    let path = files_of(&workspace.journal, job).into_iter().next().unwrap_or_default();
    still_fit(workspace, lang, action, job, true).await?;
    approve_rest(workspace, action, job, &path, None, true)?;
    let failed = workspace.journal.retry_failed(job, action.preparing().is_some()).await?;
    if failed.is_empty() {
        return report_to(workspace, lang, job, out, Ended::NothingFailed);
    }
    let scope = Scope::Only(failed.into_iter().collect());
    let ended = work(workspace, lang, job, lock, limits, scope, false).await?;
    report_to(workspace, lang, job, out, ended)
}

/// A job goes on only against the endpoint and for the organisation it began with.
pub fn resume_limits(workspace: &Workspace, job: &JobId) -> Result<ChunkLimits, Failure> {
    let journal = &workspace.journal;
    let record = journal.job(job)?.ok_or_else(|| no_such_job(journal, job))?;
    if record.realm != workspace.realm() {
        return Err(Failure::OtherRealm { job: title(&record, &workspace.settings.zone) });
    }
    if !journal.job_path(job).is_file() {
        return Err(no_such_job(journal, job));
    }
    let action = action_of(journal, &workspace.settings, job)?;
    Ok(limits_of(action, JobOrigin::of(&record).per_page, &workspace.settings))
}

/// What a purge would erase that may still be wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PurgeRisk {
    /// Pages that nobody has noted as confirmed.
    pub unconfirmed: usize,
    /// Contracts that were started and that somebody has still to sign, as far as is known:
    /// they could not be followed any more.
    pub unsigned: usize,
    /// Jobs whose time is not over.
    pub young: usize,
    /// Old jobs that are not finished: of some contracts nobody knows whether they were started.
    pub in_doubt: usize,
}

impl PurgeRisk {
    /// What is in doubt is kept, unless somebody has said to erase all of it.
    pub fn needs_a_word(&self) -> bool {
        self.unconfirmed > 0 || self.unsigned > 0 || self.young > 0
    }
}

/// What a purge of all that is older than that would erase too early.
pub fn purge_risk(
    journal: &Journal,
    older_than: Duration,
    retention: Duration,
) -> Result<PurgeRisk, Failure> {
    let before = |age: Duration| now_us() - i64::try_from(age.as_micros()).unwrap_or(i64::MAX);
    let (limit, due) = (before(older_than), before(retention));
    let mut risk = PurgeRisk::default();
    for record in journal.jobs()? {
        risk.in_doubt += usize::from(is_old_doubt(journal, &record, limit)?);
        let Some(finished) = record.finished_us.filter(|finished| *finished <= limit) else { continue };
        if journal.job_path(&record.id).exists() {
            risk.unconfirmed += journal.count_unconfirmed(&record.id)?;
            let started = journal.started_flows(&record.id)?;
            let is_open = |one: &&StartedRecord| !one.flow_status.as_deref().is_some_and(signing::is_over);
            risk.unsigned += started.iter().filter(is_open).count();
            risk.young += usize::from(finished > due);
        }
    }
    Ok(risk)
}

/// Whether a job waits for nothing but somebody who settles its doubts, and has done so long.
fn is_old_doubt(journal: &Journal, record: &JobRecord, limit: i64) -> Result<bool, Failure> {
    if !record.ready || record.finished || !JobOrigin::of(record).starts {
        return Ok(false);
    }
    let tally = journal.tally(&record.id)?;
    let waits = tally.pending == 0 && tally.in_doubt > 0 && journal.job_path(&record.id).exists();
    Ok(waits && journal.last_sent_us(&record.id)?.unwrap_or(record.created_us) <= limit)
}

/// A job whose data was erased.
pub struct Erased {
    /// Its number, its files and its date.
    pub title: String,
    /// Pages that nobody has noted as confirmed: their links are only in reports now.
    pub unconfirmed: usize,
}

/// Erases the personal data of finished jobs that are older than that. Claims
/// stay, so nothing is sent twice for it. Returns the jobs that were erased. `doubts`: also
/// those that wait for somebody to settle what is in doubt.
pub async fn purge(
    journal: &Journal,
    zone: &TimeZone,
    older_than: Duration,
    doubts: bool,
) -> Result<Vec<Erased>, Failure> {
    let limit = now_us() - i64::try_from(older_than.as_micros()).unwrap_or(i64::MAX);
    let mut erased = Vec::new();
    let records = journal.jobs()?;
    for record in records.iter().filter(|record| !record.ready) {
        // Unless it is just being made.
        let _ = remove_unready(journal, &record.id).await;
    }
    for orphan in journal.orphans(&records)? {
        let Ok(_lock) = journal.lock_job(&orphan) else { continue };
        if journal.job(&orphan)?.is_some() {
            // It was begun meanwhile.
            continue;
        }
        remove_job_file(&journal.job_path(&orphan));
    }
    for record in records {
        let is_doubt = doubts && is_old_doubt(journal, &record, limit)?;
        let old = is_doubt || record.finished_us.is_some_and(|finished| finished <= limit);
        if !old || !journal.job_path(&record.id).exists() {
            continue;
        }
        // Whoever makes its report just now may finish.
        let Ok(_lock) = journal.lock_job(&record.id) else { continue };
        let Some(now) = journal.job(&record.id)? else { continue };
        if is_doubt && is_old_doubt(journal, &now, limit)? {
            // Nothing of it can be settled any more, and nothing is ever sent of it.
            journal.job_finished(&record.id, now_us()).await?;
        } else if now.finished_us.is_none_or(|finished| finished > limit) {
            // It was taken up again meanwhile.
            continue;
        }
        let unconfirmed = journal.count_unconfirmed(&record.id)?;
        let title = title(&record, zone);
        journal.forget(&record.id).await?;
        remove_job_file(&journal.job_path(&record.id));
        remove_reports(journal, &record.id);
        erased.push(Erased { title, unconfirmed });
    }
    Ok(erased)
}

/// Reports that could not be written where they belonged.
fn remove_reports(journal: &Journal, job: &JobId) {
    let Ok(entries) = std::fs::read_dir(journal.dir().join(MISPLACED)) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(&job.0) {
            // What cannot be removed now is tried at the next purge.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The files that a job was made from; none if it is not known any more.
pub fn files_of(journal: &Journal, job: &JobId) -> Vec<PathBuf> {
    let record = journal.job(job).ok().flatten();
    record.map(|record| JobOrigin::of(&record).files).unwrap_or_default()
}
