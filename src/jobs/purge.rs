//! The personal data of old jobs, erased: of those that are finished, and of those that wait for nothing but a word.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use jiff::tz::TimeZone;

use crate::domain::job::JobId;
use crate::domain::signing;
use crate::journal::{Contents, JobRecord, Journal, StartedRecord};
use crate::platform::clock::now_us;

use super::Failure;
use super::begin::{remove_job_file, remove_unready};
use super::job_origin::{JobOrigin, title};
use super::work::MISPLACED;

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
        if journal.contents(&record) != Contents::Erased {
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

/// On whose word data is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PurgeWord {
    /// Nobody's: its time is over. A page that nobody has noted as confirmed keeps its job several times as long,
    /// and a clock that is wrong for an hour erases nothing.
    Time,
    /// Somebody's. `doubts`: also jobs that wait for somebody to settle what is in doubt.
    Somebody { doubts: bool },
}

/// Times the retention that a job with pages to confirm is kept where nobody says to erase it.
const WITH_PAGES: u32 = 3;
/// Between the look that finds a job past its time and the one that erases it.
const SECOND_LOOK: Duration = Duration::from_secs(20 * 3_600);

/// Erases the personal data of finished jobs that are older than that. Claims
/// stay, so nothing is sent twice for it. Returns the jobs that were erased.
pub async fn purge(
    journal: &Journal,
    zone: &TimeZone,
    older_than: Duration,
    word: PurgeWord,
) -> Result<Vec<Erased>, Failure> {
    let before = |age: Duration| now_us() - i64::try_from(age.as_micros()).unwrap_or(i64::MAX);
    let (limit, with_pages) = (before(older_than), before(older_than * WITH_PAGES));
    let doubts = word == PurgeWord::Somebody { doubts: true };
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
        if !old {
            // A clock that was ahead has noted it.
            remove_marker(&journal.job_path(&record.id).with_extension("due"));
        }
        if !old || journal.contents(&record) == Contents::Erased {
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
        let is_young = now.finished_us.is_none_or(|finished| finished > with_pages);
        let marker = journal.job_path(&record.id).with_extension("due");
        if word == PurgeWord::Time && ((unconfirmed > 0 && is_young) || !was_due(&marker)) {
            continue;
        }
        let title = title(&record, zone);
        journal.forget(&record.id).await?;
        remove_job_file(&journal.job_path(&record.id));
        remove_reports(journal, &record.id);
        remove_marker(&marker);
        erased.push(Erased { title, unconfirmed });
    }
    Ok(erased)
}

/// Whether an earlier look has found the job past its time as well, long enough ago; else notes this one.
fn was_due(marker: &Path) -> bool {
    let noted = fs::metadata(marker).and_then(|found| found.modified());
    match noted.map(|at| SystemTime::now().duration_since(at)) {
        Ok(Ok(age)) => age >= SECOND_LOOK,
        // It was noted by a clock that is ahead of this one, or not yet.
        Ok(Err(_)) | Err(_) => {
            // Where nothing can be written nothing can be erased, either.
            let _ = fs::write(marker, "");
            false
        }
    }
}

fn remove_marker(marker: &Path) {
    // An empty file of no job harms nobody.
    let _ = fs::remove_file(marker);
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
