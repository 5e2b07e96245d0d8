//! Everything but sending.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::domain::job::{Again, JobId};
use crate::domain::problem::{Place as SheetPlace, Problem, Rule, Severity};
use crate::domain::template::Templates;
use crate::domain::understood::Understood;
use crate::intake::open_marks::marks_of;
use crate::intake::plan::{Plan, Refusal};
use crate::intake::{KeepRows, keep_all_rows};
use crate::journal::{JobRecord, Journal, JournalError, JournalFault};
use crate::report::{ReportInput, ReportOptions, Written, clear_check, write_check};
use crate::settings::{Settings, SettingsError};

use super::answered::met_before;
use super::earlier_round::EarlierRounds;
use super::foreign_reports::{first_unknown, plan_of};
use super::inputs::{Input, file_hashes, input_hash, inputs_to_check, unset_request};
use super::job_origin::{JobOrigin, Place, title};
use super::known::without_own_work;
use super::prepare::{How, Prepared, chunk_limits, count_chunks, prepare, settings_realm, stay};
use super::rest::may_leave_some;
use super::run::{is_bycatch, make_out_folder};
use super::worth_telling::worth_telling;
use super::{Failure, Request, Workspace, templates};

/// More than this nobody counts; the rest is in the check workbook.
pub const MOST_TOLD: u64 = 200_000;

pub struct Checked {
    pub path: PathBuf,
    /// That would go now.
    pub sendable: u64,
    pub invalid: u64,
    pub skipped: u64,
    /// The very same as others of the file, which are sent once.
    pub twins: u64,
    /// Contracts that were sent before: they would not go again.
    pub duplicates: u64,
    /// Of these, as many have ended since without everybody's signature.
    pub ended: u64,
    /// Contracts of which nobody knows whether a job has started them: they would not go.
    pub in_doubt: Vec<(JobId, u64)>,
    /// Each with the cells of its row.
    pub problems: Vec<(Problem, Vec<String>)>,
    /// What the sheet leaves open; they are among the problems.
    pub questions: usize,
    pub understood: Understood,
    pub requests: usize,
    /// Its requests start contracts: there is no page to confirm.
    pub starts: bool,
    /// From the first request to the last, at the quota.
    pub duration: Duration,
    pub notes: Vec<String>,
    /// Values of the request that neither settings nor columns give yet.
    pub unset: Vec<&'static str>,
    /// Those that still have the value that config.toml ships with, so that a run refuses them.
    pub made_up: Vec<&'static str>,
    pub written: Option<Written>,
    /// The workbook of an earlier check that stays, although nothing is wrong any more.
    pub kept: Option<PathBuf>,
    pub templates: TemplatesSeen,
    /// They were left out when the file was sent, and a plain run sends no more of it.
    pub rest: Option<Problem>,
}

/// An input with what was found.
pub type FileCheck = (PathBuf, Result<Checked, Failure>);

/// What a check may ask.
pub struct Sources<'a> {
    pub settings: &'a Settings,
    /// What was sent before, if there is a journal.
    pub journal: Option<&'a Journal>,
    /// The API, of the templates.
    pub online: Option<&'a Workspace>,
}

/// Whether a contract's template is known to fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplatesSeen {
    /// The API was asked for so many.
    Asked(usize),
    /// A run asks, this check has not.
    ByRun,
    /// Nobody asks.
    Never,
}

/// Checks every file.
///
/// # Errors
/// Those of the settings and the folders; a file has its own.
pub async fn check(request: &Request, sources: &Sources<'_>) -> Result<Vec<FileCheck>, Failure> {
    let Sources { settings, journal, .. } = *sources;
    make_out_folder(request)?;
    let (request, left_out) = without_own_work(request, journal);
    let (request, several) = (&request, request.several);
    let mut checked: Vec<FileCheck> =
        left_out.into_iter().map(|path| (path, Err(Failure::LeftOut))).collect();
    for Input { plan, path, dir, stem, .. } in inputs_to_check(request, settings)? {
        let place = Place { dir: &dir, stem: &stem };
        let result = match plan {
            Ok(plan) => check_one(&path, &plan, request, sources, place).await,
            Err(refusal) if several && is_bycatch(&refusal) => Err(Failure::LeftOut),
            Err(refusal) => Err(Failure::Refused(refusal)),
        };
        checked.push((path, result));
    }
    Ok(checked)
}

async fn check_one(
    path: &Path,
    plan: &Plan,
    request: &Request,
    sources: &Sources<'_>,
    place: Place<'_>,
) -> Result<Checked, Failure> {
    let Sources { settings, journal, online } = *sources;
    let scratch = tempfile::tempdir().map_err(|error| {
        JournalError::new(&std::env::temp_dir(), JournalFault::NotWritable(error.to_string()))
    })?;
    // What the settings do not say yet is no fault of the file.
    let unset = unset_request(plan, settings);
    let made_up = settings.made_up();
    let mut filled = settings.clone();
    filled.for_sandbox();
    let settings = &filled;
    let of_report = |path: &Path| plan_of(path, request, settings);
    if let Some(unknown) = first_unknown(request, journal, place, &plan.files, settings, of_report)? {
        return Err(Failure::UnknownReport(unknown));
    }
    let path_of_job = scratch.path().join("check.db");
    let online = match journal.filter(|_| online.is_some()) {
        // Nothing goes, so nothing of it need be asked.
        Some(journal) if all_sent(&scratch.path().join("before.db"), plan, request, settings, journal)? => {
            None
        }
        _ => online,
    };
    let (templates, seen) = ask_templates(plan, request, settings, online, &unset).await?;
    let sent = journal.map(|journal| sent_before(plan, request, settings, journal)).transpose()?.flatten();
    let round = match journal.zip(sent.as_ref()) {
        Some((journal, job)) if request.again != Again::All => {
            let hashes = file_hashes(&plan.files).unwrap_or_default();
            EarlierRounds::of(journal, (&job.realm, &hashes), Some(job), request.again == Again::Ended)?
        }
        _ => None,
    };
    let how = How { keep_rows: KeepRows::Bad, is_over: &|| false, templates, round: round.as_ref() };
    let prepared = prepare(&path_of_job, plan, request, settings, journal, how)?;
    let Prepared { file, conflicts, sendable, invalid, skipped, counted, questions, understood, kept_rows } =
        prepared;
    let duplicates = conflicts.duplicates.len() as u64;
    let in_doubt = conflicts.in_doubt.iter().map(|(job, flows)| (job.clone(), flows.len() as u64)).collect();
    let doubtful: u64 = conflicts.in_doubt.values().map(|flows| flows.len() as u64).sum();
    let ended = conflicts.before.ended;
    let (stay, requests) = match counted {
        Some(counted) => (0, counted.requests),
        None => {
            let mut stay = stay(&file, conflicts.duplicates)?;
            stay.extend(conflicts.in_doubt.into_values().flatten());
            let requests = count_chunks(&file, chunk_limits(request, settings), &stay)?;
            (stay.len() as u64, requests)
        }
    };
    let seconds = match settings.requests_per_second {
        rate if rate > 0.0 => requests.saturating_sub(1) as f64 / rate,
        _ => 0.0,
    };
    let written = if invalid > 0 || !questions.is_empty() || request.keep_check {
        keep_all_rows(plan, &file, kept_rows)?;
        let source = ReportInput { file: &file, ledger: None };
        let about = JobOrigin::of_plan(plan);
        let options = ReportOptions {
            dir: place.dir,
            stem: place.stem,
            lang: request.lang,
            zone: settings.zone.clone(),
            notes: &plan.notes,
            renamed: &about.renamed,
            all_sheets: about.all_sheets,
            marks: &[marks_of(plan, &questions), about.given_marks.clone()].concat(),
            journal,
            sandbox: false,
            starts: false,
            wishes: Cow::Borrowed(&settings.report),
            group_by: None,
            access: about.access,
        };
        Some(write_check(&source, &options, Some(&understood))?)
    } else {
        None
    };
    let is_good = invalid == 0 && questions.is_empty();
    let kept = if is_good { clear_check(place.dir, place.stem, journal, false) } else { None };
    let sendable = sendable.saturating_sub(stay);
    let rest = journal.zip(sent).filter(|(journal, job)| may_leave_some(journal, job, plan));
    let rest = rest.map(|(_, job)| {
        let file = plan.sources.first().map(|source| source.file.clone()).unwrap_or_default();
        let place = SheetPlace { file, ..SheetPlace::default() };
        let rule = Rule::RestLeftOut { job: title(&job, &settings.zone), count: sendable };
        Problem { place, value: None, rule }
    });
    Ok(Checked {
        path: path.to_owned(),
        sendable,
        invalid,
        skipped,
        twins: stay.saturating_sub(duplicates + doubtful),
        duplicates,
        ended,
        in_doubt,
        problems: worth_telling(file.problems_in_rows(Severity::Correction, MOST_TOLD)?, &questions),
        questions: questions.len(),
        understood,
        requests,
        starts: settings.action.preparing().is_none(),
        duration: Duration::from_secs_f64(seconds),
        notes: plan.notes.clone(),
        unset,
        made_up,
        written,
        kept,
        templates: seen,
        rest,
    })
}

/// The job as which a run would find the file finished.
fn sent_before(
    plan: &Plan,
    request: &Request,
    settings: &Settings,
    journal: &Journal,
) -> Result<Option<JobRecord>, Failure> {
    let Ok(hashes) = file_hashes(&plan.files) else { return Ok(None) };
    let (realm, raw) = (settings_realm(settings), input_hash(&hashes, request, settings));
    let job = match journal.find_job(&realm, &journal.keyed_hash(&[b"input", &raw]))? {
        None => met_before(journal, &realm, &raw)?,
        own => own,
    };
    Ok(job.filter(|job| job.finished))
}

/// Whether all of a file was sent before, so that none of it would go now.
fn all_sent(
    path: &Path,
    plan: &Plan,
    request: &Request,
    settings: &Settings,
    journal: &Journal,
) -> Result<bool, Failure> {
    if !journal.has_claims()? {
        return Ok(false);
    }
    let templates = Templates::default();
    let how = How { keep_rows: KeepRows::Bad, is_over: &|| false, templates, round: None };
    let Prepared { file, conflicts, sendable, invalid, questions, .. } =
        prepare(path, plan, request, settings, Some(journal), how)?;
    let mut stay = stay(&file, conflicts.duplicates)?;
    stay.extend(conflicts.in_doubt.into_values().flatten());
    Ok(invalid == 0 && questions.is_empty() && stay.len() as u64 >= sendable)
}

/// What the API says of the templates, if it may be asked.
async fn ask_templates(
    plan: &Plan,
    request: &Request,
    settings: &Settings,
    online: Option<&Workspace>,
    unset: &[&'static str],
) -> Result<(Templates, TemplatesSeen), Failure> {
    let Some(workspace) = online else {
        let asks = settings.action.preparing().is_none() && settings.check_templates;
        let seen = if asks { TemplatesSeen::ByRun } else { TemplatesSeen::Never };
        return Ok((Templates::default(), seen));
    };
    // Without a sender there is nobody whose templates they could be.
    if let Some(key) = unset.iter().find(|key| **key != "jump_url") {
        return Err(SettingsError::Missing { key, origin: settings.origin.clone() }.into());
    }
    let templates = templates::of_plan(plan, workspace, request.lang).await?;
    let count = templates.count();
    Ok((templates, TemplatesSeen::Asked(count)))
}

/// Problems of the headers alone, where a file got no further.
pub fn problems_of(refusal: &Refusal) -> &[Problem] {
    match refusal {
        Refusal::Sheets { problems, .. } => problems,
        Refusal::File(_) => &[],
    }
}
