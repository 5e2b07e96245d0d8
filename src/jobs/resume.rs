//! A job once more: its report, its failed contracts, and what is asked before it goes on.

use std::path::Path;

use crate::domain::chunks::ChunkLimits;
use crate::domain::job::JobId;
use crate::intake::HiddenRows;
use crate::journal::{Contents, Journal};
use crate::runner::Scope;
use crate::text::Lang;

use super::foreign_reports::look_beside;
use super::job_origin::{JobOrigin, Place, lock, title, title_of};
use super::prepare::limits_of;
use super::start::{action_of, approve_rest};
use super::status::{files_of, no_such_job};
use super::templates::still_fit;
use super::work::{report, work};
use super::{Ended, Failure, Ran, Request, Workspace};

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
pub async fn retry(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    out: Out<'_>,
    keep_going: bool,
) -> Result<Ran, Failure> {
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
    let ended = work(workspace, lang, job, lock, limits, scope, keep_going).await?;
    report_to(workspace, lang, job, out, ended)
}

/// A job goes on only against the endpoint and for the organisation it began with.
pub fn resume_limits(workspace: &Workspace, job: &JobId) -> Result<ChunkLimits, Failure> {
    let journal = &workspace.journal;
    let record = journal.job(job)?.ok_or_else(|| no_such_job(journal, job))?;
    if record.realm != workspace.realm() {
        return Err(Failure::OtherRealm { job: title(&record, &workspace.settings.zone) });
    }
    match journal.contents(&record) {
        Contents::Kept => {}
        Contents::Erased => return Err(no_such_job(journal, job)),
        Contents::Lost => return Err(journal.contents_gone(job).into()),
    }
    let action = action_of(journal, &workspace.settings, job)?;
    Ok(limits_of(action, JobOrigin::of(&record).per_page, &workspace.settings))
}
