//! How a job stands, and which job a name means.

use std::path::PathBuf;
use std::time::Duration;

use jiff::tz::TimeZone;

use crate::domain::job::{JobId, Tally};
use crate::essbasic::action::Action;
use crate::journal::{Contents, JobRecord, Journal, JournalError, JournalFault};
use crate::platform::clock::now_us;
use crate::settings::Settings;

use super::Failure;
use super::job_origin::{JobOrigin, title};
use super::prepare::limits_of;

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
    pub contents: Contents,
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
        self.starts && self.contents == Contents::Kept && self.tally.pending == 0 && self.tally.in_doubt > 0
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
            contents: journal.contents(&record),
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

/// The files that a job was made from; none if it is not known any more.
pub fn files_of(journal: &Journal, job: &JobId) -> Vec<PathBuf> {
    let record = journal.job(job).ok().flatten();
    record.map(|record| JobOrigin::of(&record).files).unwrap_or_default()
}
