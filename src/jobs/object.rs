//! A job as programs are told of it, whichever command tells.

use std::borrow::Cow;
use std::path::Path;

use crate::domain::job::JobId;
use crate::journal::{Contents, JobRecord, Journal};
use crate::report::{
    JobObject, PageObject, ReportInput, ReportOptions, cards_without_rows, next, page_objects,
    refused_objects, time,
};
use crate::settings::Settings;
use crate::text::Lang;

use super::Failure;
use super::job_origin::JobOrigin;
use super::status::no_such_job;

/// A job as it stands now. `fix`: the workbook with what failed, where it is known.
///
/// # Errors
/// No such job; those of the journal.
pub fn job_object(
    journal: &Journal,
    settings: &Settings,
    lang: Lang,
    job: &JobId,
    fix: Option<&Path>,
) -> Result<JobObject, Failure> {
    let record = journal.job(job)?.ok_or_else(|| no_such_job(journal, job))?;
    let about = JobOrigin::of(&record);
    let bare = bare(journal, settings, &record, &about)?;
    match journal.contents(&record) {
        Contents::Kept => {}
        Contents::Erased => return Ok(bare),
        Contents::Lost => {
            let cards = cards_without_rows(journal, job, lang)?.into_iter();
            let pages = cards.map(|card| PageObject::of(card, &settings.zone)).collect();
            return Ok(JobObject { pages, ..bare });
        }
    }
    let file = journal.job_file(job)?;
    let (tally, _) = journal.whole_tally(job, &file)?;
    let source = ReportInput { file: &file, ledger: Some((journal, job)) };
    let options = ReportOptions {
        dir: Path::new(""),
        stem: "",
        lang,
        zone: settings.zone.clone(),
        notes: &about.notes,
        renamed: &about.renamed,
        all_sheets: about.all_sheets,
        marks: &[],
        journal: None,
        sandbox: false,
        starts: about.starts,
        wishes: Cow::Borrowed(&settings.report),
        group_by: None,
        access: None,
    };
    let fix = fix.map(Path::to_owned).or_else(|| fix_beside(&about));
    Ok(JobObject {
        pages: page_objects(&source, lang, &settings.zone)?,
        refused: refused_objects(&source, &options, &tally)?,
        next: next(Some(job), &about.files, fix.as_deref(), &tally, bare.unconfirmed),
        contracts: tally,
        ..bare
    })
}

/// As much as the ledger alone knows: of a job whose data was erased there is no more.
fn bare(
    journal: &Journal,
    settings: &Settings,
    record: &JobRecord,
    about: &JobOrigin,
) -> Result<JobObject, Failure> {
    let job = &record.id;
    let stands = about.stands.as_ref().map(|stands| stands.tally);
    let is_live = journal.is_live(job);
    Ok(JobObject {
        job: Some(job.clone()),
        file: about.files.first().cloned().unwrap_or_default(),
        files: about.files.clone(),
        state: match (is_live, record.finished) {
            (true, _) => "sending",
            (false, true) => "finished",
            (false, false) => "open",
        },
        created: time(&settings.zone, record.created_us),
        ended: record.finished_us.and_then(|at| time(&settings.zone, at)),
        contracts: match stands.filter(|_| record.finished) {
            Some(tally) => tally,
            None => journal.tally(job)?,
        },
        requests: journal.requests(job)?,
        page_count: journal.count_pages(job)?,
        unconfirmed: journal.count_unconfirmed(job)?,
        pages: Vec::new(),
        refused: Vec::new(),
        next: Vec::new(),
    })
}

/// The workbook with what failed, where the job's report put it.
fn fix_beside(about: &JobOrigin) -> Option<std::path::PathBuf> {
    let mut places = about.places.iter().map(|(dir, stem)| dir.join(format!("{stem}.fix.xlsx")));
    places.find(|path| path.is_file())
}
