//! Every input in turn: a job is begun or taken up again, worked on, reported.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use crate::domain::answer::{joined, joined_with_all_sheets, leave_some_open};
use crate::domain::file::FileFault;
use crate::domain::job::{Again, JobId};
use crate::domain::problem::{Problem, Rule, Severity};
use crate::intake::plan::{Plan, Refusal};
use crate::journal::{Contents, JobRecord, Journal, JournalError, JournalFault};
use crate::platform::access::Access;
use crate::report::{clear_check, clear_problem, write_problem};
use crate::runner::Scope;
use crate::settings::SettingsError;
use crate::text::Lang;

use super::answered::{meant_before, met_before, note_answers, note_met, sent_with_answers};
use super::begin::{Begun, NewInput, begin, find, no_free_id};
use super::check::MOST_TOLD;
use super::earlier_round::{EarlierRounds, note_file};
use super::follow::{Linked, links_of_run};
use super::foreign_reports::look_beside;
use super::inputs::{Input, at_its_turn, input_hash, inputs, unset_request};
use super::job_origin::{JobOrigin, Place, lock, title};
use super::known::{is_known, without_own_work};
use super::prepare::chunk_limits;
use super::rest;
use super::start::approve_rest;
use super::still_copied::until_copied;
use super::templates::still_fit;
use super::work::{finish_others, report, report_if_needed, work};
use super::{Ended, Failure, Outcome, Ran, Request, Workspace};

/// Runs every input in turn. An early stop stops the inputs after it as well.
pub async fn run(request: &Request, workspace: &Workspace) -> Result<Vec<Outcome>, Failure> {
    make_out_folder(request)?;
    let (request, left_out) = without_own_work(request, Some(&workspace.journal));
    let (request, several) = (&request, request.several);
    let mut outcomes: Vec<Outcome> = Vec::new();
    for path in left_out {
        outcomes.push(Outcome { path, job: None, result: Err(Failure::LeftOut), known: true });
    }
    for path in &request.files {
        until_copied(path, workspace).await;
    }
    let mut first = true;
    let mut has_stopped = false;
    for input in inputs(request, &workspace.settings)? {
        if has_stopped {
            outcomes.push(Outcome {
                path: input.path,
                job: None,
                result: Err(Failure::NotBegun),
                known: false,
            });
            continue;
        }
        if !std::mem::take(&mut first) {
            for path in &input.files {
                until_copied(path, workspace).await;
            }
        }
        let path = input.path.clone();
        let access = Access::of_all(input.files.iter().map(|path| path.as_path()));
        let Input { plan, dir, stem, hashes, .. } = match at_its_turn(input, request, &workspace.settings) {
            Ok(input) => input,
            Err(failure) => {
                outcomes.push(Outcome { path, job: None, result: Err(failure), known: false });
                continue;
            }
        };
        let contents = hashes.unwrap_or_default();
        let given = Given { path, place: Place { dir: &dir, stem: &stem }, contents, access };
        match plan {
            Ok(plan) => {
                let mut job = None;
                let ran = run_one(&plan, &given, request, workspace, &mut job).await;
                outcomes.push(conclude(&given, job, ran, request, workspace));
            }
            Err(refusal) => {
                let is_left = several && is_bycatch(&refusal);
                let failure = if is_left { Failure::LeftOut } else { Failure::Refused(refusal) };
                outcomes.push(conclude(&given, None, Err(failure), request, workspace));
            }
        }
        let stops = |result: &Result<Ran, Failure>| {
            matches!(result, Ok(Ran { ended: Ended::Stopped(_), .. }) | Err(Failure::Stopped))
        };
        has_stopped = outcomes.last().is_some_and(|outcome| stops(&outcome.result));
    }
    look_again(&mut outcomes, workspace)?;
    Ok(outcomes)
}

/// An input as it was found, and where its reports go.
struct Given<'a> {
    path: PathBuf,
    place: Place<'a>,
    /// What each of its files held; empty: they could not be read.
    contents: Vec<[u8; 32]>,
    access: Option<Access>,
}

/// What has come of an input is told: beside it, to the log, and to whoever has called.
fn conclude(
    given: &Given<'_>,
    mut job: Option<JobId>,
    result: Result<Ran, Failure>,
    request: &Request,
    workspace: &Workspace,
) -> Outcome {
    let Given { path, place, contents, access } = given;
    let result = match result {
        Err(failure) => as_answered_before(failure, contents, request, workspace, *place, &mut job),
        result => result,
    };
    match &result {
        Err(Failure::Questions { problems, .. }) => {
            leave_questions(problems, request.lang, *place, *access);
        }
        Err(Failure::Refused(refusal)) => leave_problem(refusal, request.lang, *place, *access),
        _ => {}
    }
    let result = match result {
        Err(Failure::Journal(error)) if request.skip_busy && is_busy(&error) => Err(Failure::Busy),
        result => result,
    };
    let result = result.map(|mut ran| {
        clear_problem(place.dir, place.stem);
        if ran.written.tally.invalid == 0 {
            ran.kept = clear_check(place.dir, place.stem, Some(&workspace.journal), workspace.sandbox);
        }
        ran
    });
    let known = match &result {
        // Somebody has asked for more than that.
        Ok(ran) => ran.idle && !matches!(ran.ended, Ended::NoneEnded | Ended::NoneLeft),
        Err(Failure::LeftOut | Failure::Busy) => true,
        Err(Failure::Invalid { known, .. }) => *known,
        Err(failure) => is_known(&workspace.journal, *place, contents, failure, request.lang),
    };
    note(path, job.as_ref(), &result, known);
    Outcome { path: path.clone(), job, result, known }
}

/// A file whose questions were answered when it was sent has ended as it did then.
fn as_answered_before(
    failure: Failure,
    contents: &[[u8; 32]],
    request: &Request,
    workspace: &Workspace,
    place: Place<'_>,
    made: &mut Option<JobId>,
) -> Result<Ran, Failure> {
    let (journal, settings) = (&workspace.journal, &workspace.settings);
    let asked = (request, settings);
    let Some(job) = sent_with_answers(journal, &workspace.realm(), contents, asked, &failure)? else {
        return Err(failure);
    };
    *made = Some(job.id.clone());
    if !journal.job_path(&job.id).is_file() {
        return Err(erased(journal, &settings.zone, &job, None));
    }
    report_if_needed(workspace, request.lang, &job.id, place, Ended::Before)
}

/// The target of events that name a file: not every log takes them.
pub const NAMES_FILES: &str = "flowbatch::file";

/// What came of an input, for the log; of a pass without news nothing.
fn note(path: &Path, job: Option<&JobId>, result: &Result<Ran, Failure>, known: bool) {
    let file = path.display();
    let job = job.map(|job| job.0.as_str()).unwrap_or_default();
    match result {
        _ if known => tracing::debug!(job, "nothing new"),
        Ok(Ran { written, sent, ended, .. }) => tracing::info!(
            job,
            requests = sent,
            accepted = written.tally.accepted,
            failed = written.tally.to_fix(),
            pending = written.tally.pending,
            pages = written.pages,
            stopped = matches!(ended, Ended::Stopped(_)),
            "an input has ended"
        ),
        Err(_) => tracing::info!(job, "an input went no further; nothing of it was sent"),
    }
    if !known {
        tracing::info!(target: NAMES_FILES, job, %file, "the file of that input");
    }
}

/// A file that came too early for what others have sent in its contracts' stead.
fn look_again(outcomes: &mut [Outcome], workspace: &Workspace) -> Result<(), Failure> {
    let sent = outcomes.iter().any(|outcome| matches!(&outcome.result, Ok(ran) if ran.sent > 0));
    for outcome in outcomes.iter_mut().filter(|_| sent) {
        if let (Some(job), Ok(ran)) = (&outcome.job, &mut outcome.result)
            && ran.idle
        {
            ran.written.tally = workspace.journal.whole_tally(job, &workspace.journal.job_file(job)?)?.0;
        }
    }
    Ok(())
}

/// Another process has the job, or begins it just now.
fn is_busy(error: &JournalError) -> bool {
    matches!(error.fault, JournalFault::JobTaken { .. } | JournalFault::SameInput)
}

/// The folder that someone named for the reports.
pub fn make_out_folder(request: &Request) -> Result<(), Failure> {
    let Some(out) = &request.out else { return Ok(()) };
    std::fs::create_dir_all(out).map_err(|error| crate::report::write_fault(out, &error).into())
}

/// A file that cannot be read leaves a sentence beside it: in a folder nobody
/// sees the terminal.
fn leave_problem(refusal: &Refusal, lang: Lang, place: Place<'_>, access: Option<Access>) {
    let sentences: Vec<String> = match refusal {
        Refusal::File(error) if !error.path.is_file() => return,
        Refusal::File(error) => {
            let words = crate::text::files::explain(lang, error);
            vec![format!("{}: {}", crate::text::files::place(error), words.line(lang))]
        }
        Refusal::Sheets { problems, .. } => problems
            .iter()
            // What the command line says wrongly is no fault of the file.
            .filter(|problem| problem.stops() && !matches!(problem.rule, Rule::ColumnNotThere { .. }))
            .map(|problem| {
                let words = crate::text::problems::explain(lang, problem).line(lang);
                format!("{}: {words}", crate::text::problems::place(lang, problem))
            })
            .collect(),
    };
    if !is_bycatch(refusal) {
        leave_sentences(&sentences, place, access);
    }
}

/// The same for what a sheet leaves open.
fn leave_questions(
    problems: &[(Problem, Vec<String>)],
    lang: Lang,
    place: Place<'_>,
    access: Option<Access>,
) {
    let of_sheet = problems.iter().filter(|(problem, cells)| problem.stops() && cells.is_empty());
    let sentence = |problem: &Problem| {
        let words = crate::text::problems::explain(lang, problem).line(lang);
        format!("{}: {words}", crate::text::problems::place(lang, problem))
    };
    let mut sentences: Vec<String> = of_sheet.map(|(problem, _)| sentence(problem)).collect();
    let words = joined(problems.iter().map(|(problem, _)| problem));
    if !words.is_empty() && !sentences.is_empty() {
        sentences.push(crate::text::console::failure::options(lang, &words));
        if leave_some_open(problems.iter().map(|(problem, _)| problem)) {
            sentences.push(crate::text::console::failure::answer_in_part(lang));
        }
        let all = joined_with_all_sheets(problems.iter().map(|(problem, _)| problem));
        if !all.is_empty() {
            sentences.push(crate::text::console::failure::options_for_all_sheets(lang, &all));
        }
    }
    leave_sentences(&sentences, place, access);
}

fn leave_sentences(sentences: &[String], place: Place<'_>, access: Option<Access>) {
    if sentences.is_empty() {
        return;
    }
    if let Err(error) = write_problem(place.dir, place.stem, &sentences.join("\r\n"), access) {
        tracing::warn!(%error, "no problem file written");
    }
}

/// What a glob brings along: our own reports, and marks of open files.
pub fn is_bycatch(refusal: &Refusal) -> bool {
    is_report_of_ours(refusal)
        || matches!(refusal, Refusal::File(error) if error.fault == FileFault::LockFile)
}

fn is_report_of_ours(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Sheets { problems, .. } if problems.iter().any(|p| p.rule == Rule::ReportGiven))
}

async fn run_one(
    plan: &Plan,
    given: &Given<'_>,
    request: &Request,
    workspace: &Workspace,
    made: &mut Option<JobId>,
) -> Result<Ran, Failure> {
    let journal = &workspace.journal;
    let settings = &workspace.settings;
    let (hashes, place) = (given.contents.as_slice(), given.place);
    if let Some(key) = unset_request(plan, settings).first() {
        return Err(SettingsError::Missing { key, origin: settings.origin.clone() }.into());
    }
    let raw = input_hash(hashes, request, settings);
    let identity = journal.keyed_hash(&[b"input", &raw]);
    let realm = workspace.realm();
    let own = find(journal, &realm, &identity).await?;
    let round = own.as_ref().map_or(0, |job| job.round + 1);
    // The newest job of this input, or the one that it was met as before.
    let newest = match own {
        None => met_before(journal, &realm, &raw)?,
        own => own,
    };
    let is_rest = newest.as_ref().is_some_and(|job| rest::is_wanted(request, journal, job, plan));
    let found = match &newest {
        Some(job) if !is_rest => Some(job.clone()),
        _ => meant_before(journal, plan, &realm, hashes, (request, settings))?.or_else(|| newest.clone()),
    };
    let for_rest = is_rest && found.as_ref().map(|job| &job.id) == newest.as_ref().map(|job| &job.id);
    let only_ended = request.again == Again::Ended;
    let is_finished = found.as_ref().is_none_or(|job| job.finished);
    let is_further = for_rest
        || matches!(request.again, Again::Ended | Again::Rest)
        || found
            .as_ref()
            .is_some_and(|job| request.again == Again::No && answers_its_questions(request, journal, job));
    let after = match is_further && is_finished {
        true => EarlierRounds::of(journal, (&realm, hashes), found.as_ref(), only_ended)?,
        false => None,
    };
    if let Some(job) = &found {
        note_file(journal, (&realm, &job.id), hashes)?;
    }
    if let Some(job) = found.as_ref().filter(|_| newest.is_none()) {
        note_answers(journal, plan, (&realm, &job.id), (hashes, &raw), request, settings)?;
        note_met(journal, (&realm, &job.id), (hashes, &raw), request, settings)?;
    }
    // Also where this journal has finished it: it may be older than the report.
    look_beside(request, workspace, place, &plan.files).await?;
    match &found {
        Some(job) if job.finished && !for_rest && !is_meant_anew(request, journal, job) => {
            *made = Some(job.id.clone());
            let of = (place, hashes);
            if !journal.job_path(&job.id).is_file() {
                let rest = rest::tell(job, plan, of, request, workspace).unwrap_or_else(|_| {
                    tracing::warn!("nobody knows what of a finished file is left");
                    None
                });
                return Err(erased(journal, &settings.zone, job, rest));
            }
            // What a kill has left of others is put in order by whoever comes by.
            if finish_others(workspace, request.lang, &job.id).await.is_err() {
                tracing::warn!("jobs that others have finished are not marked as such");
            }
            let ended = if request.again == Again::Rest { Ended::NoneLeft } else { Ended::Before };
            let ran = report_if_needed(workspace, request.lang, &job.id, place, ended)?;
            return Ok(rest::told_with(ran, job, plan, of, request, workspace));
        }
        _ => {}
    }
    let (job, lock) = match found.as_ref().filter(|job| !job.finished) {
        Some(unfinished) => {
            let lock = lock(journal, &settings.zone, &unfinished.id)?;
            crate::report::check_folder(place.dir)?;
            if !journal.job_path(&unfinished.id).is_file() {
                return Err(journal.contents_gone(&unfinished.id).into());
            }
            let path = plan.files.first().map_or(Path::new(""), |path| path.as_path());
            still_fit(workspace, request.lang, settings.action, &unfinished.id, false).await?;
            approve_rest(workspace, settings.action, &unfinished.id, path, request.first, false)?;
            (unfinished.id.clone(), lock)
        }
        None => {
            let new = NewInput {
                realm: realm.clone(),
                identity,
                hashes: hashes.to_vec(),
                round,
                after: after.clone(),
            };
            match begin(plan, request, workspace, place, new).await {
                Err(Failure::Journal(JournalError { fault: JournalFault::SameInput, .. })) => {
                    // Another process was quicker: it has the job, or has had it.
                    let Some(other) = journal.find_job(&realm, &identity)? else {
                        return Err(no_free_id(journal).into());
                    };
                    let lock = lock(journal, &settings.zone, &other.id)?;
                    // Whoever began it may have been cut off while importing.
                    if !journal.job(&other.id)?.is_some_and(|record| record.ready) {
                        let path = journal.job_path(&other.id);
                        return Err(JournalError::new(&path, JournalFault::SameInput).into());
                    }
                    (other.id, lock)
                }
                Ok(Begun::Nothing { waits }) => {
                    let newest = || after.as_ref().and_then(|after| after.jobs.first().cloned());
                    let waits =
                        waits.filter(|_| !only_ended).map(|job| journal.job(&job)).transpose()?.flatten();
                    let before = waits.or(found).or_else(newest);
                    let Some(before) = before else { return Err(no_free_id(journal).into()) };
                    *made = Some(before.id.clone());
                    if for_rest {
                        rest::note_whole(journal, &before.id, plan)?;
                    }
                    if !journal.job_path(&before.id).is_file() {
                        return Err(erased(journal, &workspace.settings.zone, &before, None));
                    }
                    let ended = if only_ended { Ended::NoneEnded } else { Ended::NoneLeft };
                    return report_if_needed(workspace, request.lang, &before.id, place, ended);
                }
                Ok(Begun::Job(begun, lock)) => {
                    let bytes = (hashes, &raw);
                    note_answers(journal, plan, (&realm, &begun), bytes, request, settings)?;
                    note_met(journal, (&realm, &begun), bytes, request, settings)?;
                    note_file(journal, (&realm, &begun), hashes)?;
                    (begun, lock)
                }
                Err(failure) => return Err(failure),
            }
        }
    };
    *made = Some(job.clone());
    for problem in journal.job_file(&job)?.problems(Severity::Warning, MOST_TOLD)? {
        if matches!(problem.rule, Rule::SentElsewhere { .. }) {
            (workspace.tell_first)(&problem);
        }
    }
    let limits = chunk_limits(request, settings);
    let before = journal.requests(&job)?;
    let scope = request.first.map_or(Scope::All, Scope::First);
    let ended = work(workspace, request.lang, &job, lock, limits, scope, request.keep_going).await?;
    let ended = match ended {
        Ended::Trial if journal.requests(&job)? == before => Ended::TrialBefore,
        ended => ended,
    };
    let links = links_of(workspace, request.lang, &job, &ended).await;
    let mut ran = match ended {
        Ended::TrialBefore => report_if_needed(workspace, request.lang, &job, place, ended)?,
        ended => report(workspace, request.lang, &job, Some(place), ended)?,
    };
    ran.sent = ran.requests.saturating_sub(before);
    ran.links = links;
    let is_resumed = found.is_some_and(|job| !job.finished);
    let may_leave_some = is_resumed || after.is_some_and(|after| after.only_ended);
    match journal.job(&job)? {
        Some(record) if may_leave_some && matches!(ran.ended, Ended::Finished) => {
            Ok(rest::told_with(ran, &record, plan, (place, hashes), request, workspace))
        }
        _ => Ok(ran),
    }
}

/// Links to sign what was started, where somebody wants them. Whoever wants to stop waits for
/// nothing more.
async fn links_of(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    ended: &Ended,
) -> Option<Result<Linked, Box<Failure>>> {
    if !workspace.settings.sign_links || matches!(ended, Ended::Stopped(_) | Ended::TrialBefore) {
        return None;
    }
    match links_of_run(workspace, lang, job).await {
        // Nothing was started, so there is nothing to sign.
        Err(Failure::NothingStarted { .. } | Failure::NothingToFollow) => None,
        linked => Some(linked.map_err(Box::new)),
    }
}

/// A finished job whose data has gone: what is kept of it tells how it ended.
fn erased(journal: &Journal, zone: &TimeZone, job: &JobRecord, rest: Option<Problem>) -> Failure {
    let tally = JobOrigin::of(job).stands.map(|stands| stands.tally);
    let tally = tally.or_else(|| journal.tally(&job.id).ok());
    let failed = tally.is_some_and(|tally| tally.to_fix() > 0);
    let lost = journal.contents(job) == Contents::Lost;
    let (id, title) = (job.id.clone(), title(job, zone));
    Failure::Erased { job: id, title, failed, lost, rest: rest.map(Box::new) }
}

/// Whether a finished file is to be sent once more. A round that was begun for that and
/// never reported is taken up: the same command again does not mean a third time.
fn is_meant_anew(request: &Request, journal: &Journal, job: &JobRecord) -> bool {
    // Once its data is erased nothing tells whether it was.
    let unreported = job.round > 0 && !JobOrigin::of(job).reported && journal.job_path(&job.id).is_file();
    (matches!(request.again, Again::Ended | Again::All) && !unreported)
        || answers_its_questions(request, journal, job)
}

/// Whether `--allow-duplicates` answers what kept contracts of a finished job back.
fn answers_its_questions(request: &Request, journal: &Journal, job: &JobRecord) -> bool {
    request.allow_duplicates
        && journal.job_file(&job.id).and_then(|file| file.problems(Severity::Question, u64::MAX)).is_ok_and(
            |problems| {
                problems.iter().any(|problem| {
                    matches!(
                        problem.rule,
                        Rule::KeyReused { .. }
                            | Rule::TemplateChanged { .. }
                            | Rule::SentAlike { .. }
                            | Rule::SentResembling { .. }
                            | Rule::NumberSentAlike { .. }
                            | Rule::SentMeanwhile { .. }
                            | Rule::WaitsThere { .. }
                    )
                })
            },
        )
}
