//! A job is worked on, and its report written.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::contract::dates::{Clock, Moment};
use crate::domain::chunks::ChunkLimits;
use crate::domain::job::JobId;
use crate::domain::problem::Severity;
use crate::journal::{JobFile, JobLock};
use crate::report::{
    ReportError, ReportInput, ReportOptions, Written, read_ticks, refresh_report, reports_there, write_report,
};
use crate::runner::{self, End, Question, Reason, RunSettings, Scope, Shared};
use crate::settings::Settings;
use crate::text::Lang;

use super::check::MOST_TOLD;
use super::job_origin::{JobOrigin, Place, Stands, correct_senders};
use super::kept::Kept;
use super::online::Online;
use super::start::action_of;
use super::{Ended, Failure, Ran, Workspace};

/// Sends what is pending of a job and in the scope.
pub async fn work(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    lock: JobLock,
    limits: ChunkLimits,
    scope: Scope,
    keep_going: bool,
) -> Result<Ended, Failure> {
    let (journal, settings) = (&workspace.journal, &workspace.settings);
    let trial = matches!(scope, Scope::First(_));
    let action = action_of(journal, settings, job)?;
    journal.keep_room()?;
    let file = journal.job_file(job)?;
    let proven_since_us = correct_senders(workspace, job, &file)?;
    let Online { client, pace } = Online::new(workspace, lang, action)?;
    let source = workspace.credentials.source.clone();
    let zone = settings.zone.clone();
    let end = runner::run(runner::RunContext {
        journal: journal.clone(),
        job: job.clone(),
        lock,
        file,
        client,
        // What cannot be read changes nothing: the API's own words are told then.
        read_keys: Box::new(move || source.read().ok().flatten()),
        pace,
        settings: RunSettings {
            action,
            retry: settings.retry.clone(),
            flows_per_chunk: limits.flows,
            bytes_per_chunk: limits.bytes,
            scope,
            proven_since_us,
            keep_going,
            default_template: settings.defaults.get("template_id").cloned(),
            redate: Arc::new(move |text| {
                let clock = Clock { now: jiff::Timestamp::now(), zone: zone.clone() };
                clock
                    .read(text)
                    .map(|(Moment::At(at) | Moment::FromSerial(at) | Moment::FromMidnight(at))| at)
            }),
        },
        stop: workspace.stop.clone(),
        tell: (workspace.listen)(job),
    })
    .await;
    // What becomes of other jobs changes nothing about this one.
    if let Err(failure) = finish_others(workspace, lang, job).await {
        let words = matches!(failure, Failure::Journal(_));
        tracing::warn!(journal = words, "jobs that this one has finished are not marked as such");
    }
    let end = match end {
        End::Stopped(Reason::Question(mut question)) => {
            question.shared = shared(settings, &journal.job_file(job)?, &question)?;
            End::Stopped(Reason::Question(question))
        }
        end => end,
    };
    Ok(match end {
        End::Finished => Ended::Finished,
        End::Partly if trial => Ended::Trial,
        End::Partly => Ended::Partly,
        End::InDoubt => Ended::InDoubt,
        End::Stopped(reason) => Ended::Stopped(reason),
    })
}

/// Jobs that wait for contracts which others have sent in their stead: where nothing is left
/// of them they are finished, and their reports say who has sent what.
pub async fn finish_others(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<(), Failure> {
    let journal = &workspace.journal;
    for other in journal.open_jobs()?.into_iter().filter(|other| other != job) {
        // Whoever works on it finds out by himself.
        let Ok(_lock) = journal.lock_job(&other) else { continue };
        if !journal.settle_and_finish(&other).await? {
            continue;
        }
        if let Err(failure) = report_where_it_is(workspace, lang, &other) {
            tracing::warn!(job = %other, %failure, "the report of a job that others have finished stays as it is");
        }
    }
    // Of a workbook with corrected contracts it is known where they came from.
    let mut corrected = journal.corrects(job)?;
    let fixes = journal.job(job)?.and_then(|record| JobOrigin::of(&record).fixes);
    corrected.extend(fixes.filter(|other| !corrected.contains(other)));
    for other in corrected {
        if let Err(failure) = report_where_it_is(workspace, lang, &other) {
            tracing::warn!(job = %other, %failure, "the report of the job that was corrected stays as it is");
        }
    }
    Ok(())
}

/// Writes a job's reports again where they stand.
pub fn report_where_it_is(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<(), ReportError> {
    let Some(record) = workspace.journal.job(job)? else { return Ok(()) };
    let about = JobOrigin::of(&record);
    let file = workspace.journal.job_file(job)?;
    let source = ReportInput { file: &file, ledger: Some((&workspace.journal, job)) };
    take_ticks(workspace, lang, job, &about, None)?;
    let stands = Stands::read(&workspace.journal, job, &file)?;
    if about.stands.as_ref() == Some(&stands) {
        return Ok(());
    }
    let mut kept = Vec::new();
    for (dir, stem) in &about.places {
        let options = Place { dir, stem }.options_again(lang, workspace, &about);
        if crate::report::is_there(&source, &options) {
            let written = refresh_report(&source, &options)?;
            kept.extend(Place::kept(&written, &source, &options));
        }
    }
    let note = |about: &mut JobOrigin| {
        about.stands = Some(stands);
        kept.into_iter().for_each(|kept| about.keep(kept));
    };
    Ok(JobOrigin::change(&workspace.journal, job, note)?)
}

/// Takes in what people have ticked in a job's reports: where they stand, in one more place, and
/// in the state folder, where those go that cannot be written anywhere else.
fn take_ticks(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    about: &JobOrigin,
    more: Option<Place<'_>>,
) -> Result<(), ReportError> {
    let aside = workspace.journal.dir().join(MISPLACED);
    let more = more.filter(|more| !about.places.contains(&more.absolute()));
    let places = about.places.iter().map(|(dir, stem)| Place { dir, stem }).chain(more);
    for place in places.chain([Place { dir: &aside, stem: &job.0 }]) {
        // Times that a person has typed are those of the zone that the others there are given in.
        let ticks = read_ticks(&place.options_again(lang, workspace, about))?;
        if !ticks.is_empty() {
            (workspace.tell_ticks)(&ticks);
        }
    }
    Ok(())
}

/// At most so many columns are named.
const MOST_COLUMNS: usize = 3;

/// What the contracts of a question have in common: where to look first.
fn shared(settings: &Settings, file: &JobFile, question: &Question) -> Result<Vec<Shared>, Failure> {
    let mut shared = Vec::new();
    if question.flows.len() < 2 {
        return Ok(shared);
    }
    let templates: BTreeSet<u32> = question
        .flows
        .iter()
        .filter_map(|flow| file.sendable(*flow).transpose())
        .map(|found| found.map(|sendable| sendable.template))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    if let [template] = templates.into_iter().collect::<Vec<_>>().as_slice()
        && let Some(id) = file.templates()?.remove(template)
    {
        shared.push(Shared::Template(id));
    }
    shared.extend(settings.defaults.keys().map(|name| Shared::Default((*name).to_owned())));
    shared
        .extend(file.columns_in_common(&question.flows)?.into_iter().take(MOST_COLUMNS).map(Shared::Column));
    Ok(shared)
}

/// Writes the report of a job as it stands, where its first run put it.
pub fn report(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    place: Option<Place<'_>>,
    ended: Ended,
) -> Result<Ran, Failure> {
    let about = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    take_ticks(workspace, lang, job, &about, place)?;
    write(workspace, lang, job, place, ended)
}

/// The same where its ticks were taken in.
fn write(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    place: Option<Place<'_>>,
    ended: Ended,
) -> Result<Ran, Failure> {
    let file = workspace.journal.job_file(job)?;
    let mut about = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    if let Some(place) = place {
        about.adds(place.absolute());
    }
    let source = ReportInput { file: &file, ledger: Some((&workspace.journal, job)) };
    let first = about.places.first();
    // One that was taken over from a report has no place of its own.
    let aside = workspace.journal.dir().join(MISPLACED);
    if place.is_none() && first.is_none() {
        let fault = |error: std::io::Error| crate::report::write_fault(&aside, &error);
        crate::platform::private::make_folder(&aside).map_err(fault)?;
    }
    let own =
        place.or(first.map(|(dir, stem)| Place { dir, stem })).unwrap_or(Place { dir: &aside, stem: &job.0 });
    let refreshes = matches!(ended, Ended::Before | Ended::TrialBefore);
    let options = own.options(lang, workspace, &about);
    // What changes while it is written stands in the next one.
    let stands = Stands::read(&workspace.journal, job, &file)?;
    let (written, misplaced) = write_somewhere(&source, &options, workspace, refreshes)?;
    tracing::debug!("reported");
    let stands = misplaced.is_none().then_some(stands);
    let mut kept: Vec<Kept> = match misplaced {
        None => Place::kept(&written, &source, &options).into_iter().collect(),
        Some(_) => Vec::new(),
    };
    // Links that are void now must not stand in the other ones.
    for (dir, stem) in about.places.iter().filter(|other| **other != own.absolute()) {
        let other = Place { dir, stem }.options_again(lang, workspace, &about);
        if !crate::report::is_there(&source, &other) {
            continue;
        }
        match refresh_report(&source, &other) {
            Ok(written) => kept.extend(Place::kept(&written, &source, &other)),
            Err(error) => tracing::warn!(%error, "an older report of the same job stays as it is"),
        }
    }
    let new_place = place.map(Place::absolute);
    let note = move |about: &mut JobOrigin| {
        if let Some(place) = new_place {
            about.adds(place);
        }
        about.reported = true;
        about.stands = stands;
        kept.into_iter().for_each(|kept| about.keep(kept));
    };
    // It is the note of where its reports are that may fail, not the work.
    if !workspace.journal.is_read_only()
        && let Err(error) = JobOrigin::change(&workspace.journal, job, note)
    {
        tracing::warn!(%error, "not noted that the report was written");
    }
    let requests = workspace.journal.requests(job)?;
    Ok(Ran {
        written,
        ended,
        told: file.problems_in_rows(Severity::Correction, MOST_TOLD)?,
        requests,
        starts: about.starts,
        sent: 0,
        idle: false,
        extra_requests: requests.saturating_sub(workspace.journal.needed_requests(job)?),
        misplaced,
        kept: None,
        links: None,
    })
}

/// The same where its reports may be there already and tell how it stands: then nothing is
/// written, not even where somebody has edited them.
pub fn report_if_needed(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    place: Place<'_>,
    ended: Ended,
) -> Result<Ran, Failure> {
    let file = workspace.journal.job_file(job)?;
    let about = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    let source = ReportInput { file: &file, ledger: Some((&workspace.journal, job)) };
    take_ticks(workspace, lang, job, &about, Some(place))?;
    let options = place.options(lang, workspace, &about);
    let stands = Stands::read(&workspace.journal, job, &file)?;
    let tells = about.reported && about.stands.as_ref() == Some(&stands);
    let there = match tells && about.places.contains(&place.absolute()) {
        true => reports_there(&source, &options, &stands.tally).zip(place.parts(&source, &options, &about)),
        false => None,
    };
    let Some((files, parts)) = there else { return write(workspace, lang, job, Some(place), ended) };
    Ok(Ran {
        written: Written {
            files,
            tally: stands.tally,
            pages: stands.pages,
            to_fix: stands.tally.to_correct(),
            fix: None,
            parts,
            refused: Vec::new(),
            moved_aside: false,
        },
        ended,
        told: file.problems_in_rows(Severity::Correction, MOST_TOLD)?,
        requests: stands.requests,
        starts: about.starts,
        sent: 0,
        idle: true,
        extra_requests: stands.requests.saturating_sub(workspace.journal.needed_requests(job)?),
        misplaced: None,
        kept: None,
        links: None,
    })
}

/// In the state folder: reports that could not be written where they belong.
pub const MISPLACED: &str = "reports";

/// A report that cannot be written where it belongs goes into the state folder: what
/// came of a run is never hidden by a folder.
fn write_somewhere(
    source: &ReportInput<'_>,
    own: &ReportOptions<'_>,
    workspace: &Workspace,
    refreshes: bool,
) -> Result<(Written, Option<ReportError>), Failure> {
    let write = if refreshes { refresh_report } else { write_report };
    let error = match write(source, own) {
        Ok(written) => return Ok((written, None)),
        Err(error @ ReportError::Write { .. }) => error,
        Err(error) => return Err(error.into()),
    };
    let dir = workspace.journal.dir().join(MISPLACED);
    crate::platform::private::make_folder(&dir).map_err(|fault| crate::report::write_fault(&dir, &fault))?;
    let name = source.ledger.map_or_else(String::new, |(_, job)| job.0.clone());
    // As much is hidden there as where it belongs.
    let aside =
        ReportOptions { dir: &dir, stem: &name, zone: own.zone.clone(), wishes: own.wishes.clone(), ..*own };
    Ok((write_report(source, &aside)?, Some(error)))
}
