//! An input becomes a job, the job is worked on, and its report is written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::domain::chunks::ChunkLimits;
use crate::domain::file::FileFault;
use crate::domain::job::JobId;
use crate::domain::problem::{Problem, Rule, Severity};
use crate::essbasic::client::{Client, ClientSettings};
use crate::intake::plan::{Plan, Refusal};
use crate::journal::{
    JobFile, JobLock, JobRecord, Journal, JournalError, JournalFault, NewFlow, NewJob, Permission,
};
use crate::pace::{Pace, PaceSettings, SlotKey};
use crate::report::{ReportOptions, Source, Written, write_problem, write_refusal, write_report};
use crate::runner::{self, End, RunSettings, Scope, now_us};
use crate::settings::{Settings, SettingsError};
use crate::text::Lang;

use super::check::MOST_TOLD;
use super::names::report_names;
use super::prepare::{chunk_limits, count_chunks, import_into, input_hash, new_flows, plans, unset_request};
use super::{Ended, Failure, Ground, Order, Outcome, Ran};

/// Flows written into the ledger in one transaction: other processes commit in between.
const BATCH: usize = 5_000;

/// Runs every input in turn. An early stop stops the inputs after it as well.
pub async fn run(order: &Order, ground: &Ground) -> Result<Vec<Outcome>, Failure> {
    make_out_folder(order)?;
    let plans = plans(order, &ground.settings)?;
    let paths: Vec<PathBuf> = plans
        .iter()
        .map(|plan| match plan {
            Ok(plan) => plan.files.first().cloned().unwrap_or_default(),
            Err(refusal) => refusal.path().to_owned(),
        })
        .collect();
    let names = report_names(&paths, order.out.as_deref());
    let several = order.files.len() > 1;
    let mut outcomes: Vec<Outcome> = Vec::new();
    for ((plan, path), (dir, stem)) in plans.into_iter().zip(paths).zip(names) {
        let mut job = None;
        let result = match plan {
            Ok(plan) => run_one(&plan, order, ground, Place { dir: &dir, stem: &stem }, &mut job).await,
            Err(refusal) if several && is_bycatch(&refusal) => Err(Failure::LeftOut),
            Err(refusal) => {
                leave_problem(&refusal, order.lang, Place { dir: &dir, stem: &stem });
                Err(Failure::Refused(refusal))
            }
        };
        let stopped = matches!(&result, Ok(Ran { ended: Ended::Stopped(_), .. }));
        outcomes.push(Outcome { path, job, result });
        if stopped {
            break;
        }
    }
    Ok(outcomes)
}

/// The folder that someone named for the reports.
pub fn make_out_folder(order: &Order) -> Result<(), Failure> {
    let Some(out) = &order.out else { return Ok(()) };
    std::fs::create_dir_all(out).map_err(|error| crate::report::write_fault(out, &error).into())
}

/// A file that cannot be read leaves a sentence beside it: in a folder nobody
/// sees the terminal.
fn leave_problem(refusal: &Refusal, lang: Lang, place: Place<'_>) {
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
    if is_bycatch(refusal) || sentences.is_empty() {
        return;
    }
    if let Err(error) = write_problem(place.dir, place.stem, &sentences.join("\r\n")) {
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

/// Folder and stem of a report.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub dir: &'a Path,
    pub stem: &'a str,
}

/// What the ledger keeps of a job's origin, so that its report can be made again.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    pub files: Vec<PathBuf>,
    /// Folder and stem of its reports; several where the input was run under
    /// several names.
    pub places: Vec<(PathBuf, String)>,
    /// Values of the request that the settings gave, not a column.
    pub sent_by: BTreeMap<String, String>,
    pub notes: Vec<String>,
    /// Headers that are called otherwise, each with the name of what it gives.
    pub renamed: Vec<(String, String)>,
    /// Several sheets of contracts.
    pub all_sheets: bool,
    /// Requests it would take if no contract were bad.
    pub requests: u64,
    pub per_page: Option<usize>,
}

impl About {
    pub fn of(record: &JobRecord) -> Self {
        serde_json::from_str(&record.about).unwrap_or_default()
    }

    /// What the files themselves say.
    pub fn of_plan(plan: &Plan) -> Self {
        let mut renamed: Vec<(String, String)> = plan
            .sources
            .iter()
            .flat_map(|source| {
                crate::contract::columns::renamed(&source.mapping.headers, &source.mapping.targets)
            })
            .collect();
        renamed.dedup();
        let all_sheets = plan.sources.len() > 1 && !plan.joined;
        Self { notes: plan.notes.clone(), renamed, all_sheets, ..Self::default() }
    }

    fn adds(&mut self, place: (PathBuf, String)) -> bool {
        let new = !self.places.contains(&place);
        if new {
            self.places.push(place);
        }
        new
    }

    fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl<'a> Place<'a> {
    fn absolute(self) -> (PathBuf, String) {
        let dir = if self.dir.as_os_str().is_empty() { Path::new(".") } else { self.dir };
        (absolute(dir), self.stem.to_owned())
    }

    fn options(self, lang: Lang, ground: &'a Ground, about: &'a About) -> ReportOptions<'a> {
        ReportOptions {
            dir: self.dir,
            stem: self.stem,
            lang,
            zone: ground.settings.zone.clone(),
            notes: &about.notes,
            renamed: &about.renamed,
            all_sheets: about.all_sheets,
            journal: Some(&ground.journal),
            sandbox: ground.sandbox,
        }
    }
}

async fn run_one(
    plan: &Plan,
    order: &Order,
    ground: &Ground,
    place: Place<'_>,
    made: &mut Option<JobId>,
) -> Result<Ran, Failure> {
    let journal = &ground.journal;
    let settings = &ground.settings;
    if let Some(key) = unset_request(plan, settings).first() {
        return Err(SettingsError::Missing { key, origin: settings.origin.clone() }.into());
    }
    let raw = input_hash(&plan.files, order, settings)?;
    let identity = journal.keyed_hash(&[b"input", &raw]);
    let realm = ground.realm();
    let found = find(journal, &realm, &identity).await?;
    let round = match &found {
        Some(job) if job.finished && !order.again && !answers_its_questions(order, journal, job) => {
            *made = Some(job.id.clone());
            if !journal.job_path(&job.id).is_file() {
                return Err(Failure::Erased { job: job.id.clone() });
            }
            return report(ground, order.lang, &job.id, Some(place), Ended::Before);
        }
        Some(job) if job.finished => job.round + 1,
        _ => 0,
    };
    let (job, lock) = match found.filter(|job| !job.finished) {
        Some(unfinished) => {
            let lock = journal.lock_job(&unfinished.id)?;
            if !journal.job_path(&unfinished.id).is_file() {
                let path = journal.job_path(&unfinished.id);
                return Err(JournalError::new(&path, JournalFault::Gone).into());
            }
            (unfinished.id, lock)
        }
        None => {
            let new = NewInput { realm: realm.clone(), identity, round };
            match begin(plan, order, ground, place, new).await {
                Err(Failure::Journal(JournalError { fault: JournalFault::SameInput, .. })) => {
                    // Another process was quicker: it has the job, or has had it.
                    match journal.find_job(&realm, &identity)? {
                        Some(other) => (other.id.clone(), journal.lock_job(&other.id)?),
                        None => return Err(no_free_id(journal).into()),
                    }
                }
                begun => begun?,
            }
        }
    };
    *made = Some(job.clone());
    let limits = chunk_limits(order, settings);
    let scope = order.first.map_or(Scope::All, Scope::First);
    let ended = work(ground, order.lang, &job, lock, limits, scope).await?;
    report(ground, order.lang, &job, Some(place), ended)
}

/// The newest job of that input. One whose import was cut off never counted for
/// anything, so it is taken away.
async fn find(journal: &Journal, realm: &str, identity: &[u8; 32]) -> Result<Option<JobRecord>, Failure> {
    loop {
        match journal.find_job(realm, identity)? {
            Some(job) if !job.ready => remove_unready(journal, &job.id).await?,
            found => return Ok(found),
        }
    }
}

pub async fn remove_unready(journal: &Journal, job: &JobId) -> Result<(), Failure> {
    let _lock = journal.lock_job(job)?;
    journal.drop_unready_job(job).await?;
    remove_job_file(&journal.job_path(job));
    Ok(())
}

/// Whether `--allow-duplicates` answers what kept contracts of a finished job back.
fn answers_its_questions(order: &Order, journal: &Journal, job: &JobRecord) -> bool {
    order.allow_duplicates
        && journal.job_file(&job.id).and_then(|file| file.problems(Severity::Question, u64::MAX)).is_ok_and(
            |problems| problems.iter().any(|problem| matches!(problem.rule, Rule::KeyReused { .. })),
        )
}

struct NewInput {
    realm: String,
    identity: [u8; 32],
    round: i64,
}

/// Imports an input and writes the job down, ready to be worked on.
async fn begin(
    plan: &Plan,
    order: &Order,
    ground: &Ground,
    place: Place<'_>,
    new: NewInput,
) -> Result<(JobId, JobLock), Failure> {
    let (journal, settings) = (&ground.journal, &ground.settings);
    let job = new_id(journal)?;
    let lock = journal.lock_job(&job)?;
    let path = journal.job_path(&job);
    let prepared = prepare(&path, plan, order, ground, place);
    let flows = match prepared {
        Ok(flows) => flows,
        Err(failure) => {
            remove_job_file(&path);
            return Err(failure);
        }
    };
    let about = About {
        files: plan.files.iter().map(|file| absolute(file)).collect(),
        places: vec![place.absolute()],
        sent_by: sent_by(plan, settings),
        requests: count_chunks(&flows, chunk_limits(order, settings)) as u64,
        per_page: order.per_page,
        ..About::of_plan(plan)
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
    let permission = Permission { reused_keys: order.allow_duplicates, again: order.again };
    let written = async {
        journal.begin_job(record).await?;
        for batch in flows.chunks(BATCH) {
            journal.add_flows(&job, batch.to_vec(), permission).await?;
        }
        journal.job_ready(&job).await
    };
    if let Err(error) = written.await {
        remove_job_file(&path);
        return Err(error.into());
    }
    tracing::debug!("written down");
    Ok((job, lock))
}

/// The import, and whether anything forbids to go on.
fn prepare(
    path: &Path,
    plan: &Plan,
    order: &Order,
    ground: &Ground,
    place: Place<'_>,
) -> Result<Vec<NewFlow>, Failure> {
    let (journal, settings) = (&ground.journal, &ground.settings);
    crate::report::check_folder(place.dir)?;
    let hash = |parts: &[&[u8]]| journal.keyed_hash(parts);
    let file = import_into(path, plan, order, settings, &hash)?;
    tracing::debug!("imported");
    let mut flows = new_flows(&file, settings)?;
    let conflicts = settle_conflicts(journal, &file, &flows, order)?;
    tracing::debug!(flows = flows.len(), "compared with what was sent before");
    if conflicts.refused > 0 {
        flows = new_flows(&file, settings)?;
    }
    let (sendable, invalid, skipped) = file.counts()?;
    if sendable + invalid + skipped == 0 {
        return Err(Failure::NoContracts);
    }
    if invalid > 0 && !(order.skip_invalid && sendable > 0) {
        let source = Source { file: &file, ledger: None };
        let written = write_refusal(&source, &place.options(order.lang, ground, &About::of_plan(plan)))?;
        let problems = file.problems_in_rows(Severity::Question, MOST_TOLD)?;
        return Err(Failure::Invalid { problems, count: invalid, written: Some(written), sendable });
    }
    Ok(flows)
}

/// Contracts whose keys were used before.
#[derive(Default)]
pub struct Conflicts {
    /// Sent before as they are: they would not go again.
    pub duplicates: u64,
    /// Refused until someone decides.
    pub refused: u64,
}

/// Keys that were used before with other contents are questions, unless
/// someone has answered.
pub fn settle_conflicts(
    journal: &Journal,
    file: &JobFile,
    flows: &[NewFlow],
    order: &Order,
) -> Result<Conflicts, Failure> {
    let mut conflicts = Conflicts::default();
    for conflict in journal.conflicts(flows)? {
        if conflict.same {
            conflicts.duplicates += u64::from(!order.again);
        } else if !order.allow_duplicates {
            conflicts.refused += 1;
            let rule = Rule::KeyReused { job: conflict.job.0 };
            let value = file.label(conflict.flow)?.0;
            let problem = Problem { place: file.place_of(conflict.flow)?, value, rule };
            file.refuse_contract(conflict.flow, &problem)?;
        }
    }
    Ok(conflicts)
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What may be corrected in the settings when a job is taken up again: the
/// others would make it another job.
const CORRECTABLE: [&str; 2] = ["operator_open_id", "jump_url"];

fn sent_by(plan: &Plan, settings: &Settings) -> BTreeMap<String, String> {
    let of_settings =
        |name: &&str| plan.sources.iter().all(|source| source.mapping.column_of(name).is_none());
    CORRECTABLE
        .iter()
        .filter(|name| of_settings(name))
        .filter_map(|name| {
            let value = settings.request.get(name).or_else(|| settings.defaults.get(name))?;
            Some(((*name).to_owned(), value.clone()))
        })
        .collect()
}

/// An operator or a page to jump to that was corrected in the settings counts
/// for what is not sent yet.
fn correct_senders(ground: &Ground, job: &JobId, file: &JobFile) -> Result<(), Failure> {
    let settings = &ground.settings;
    let mut about = ground.journal.job(job)?.map(|record| About::of(&record)).unwrap_or_default();
    let mut corrected = false;
    for (name, sent) in &mut about.sent_by {
        let now = settings.request.get(name.as_str()).or_else(|| settings.defaults.get(name.as_str()));
        let Some(now) = now.filter(|now| *now != sent) else { continue };
        file.correct_senders(|sender| match name.as_str() {
            "operator_open_id" => sender.operator_open_id.clone_from(now),
            _ => sender.jump_url.clone_from(now),
        })?;
        sent.clone_from(now);
        corrected = true;
    }
    if corrected {
        ground.journal.set_about(job, about.to_json())?;
    }
    Ok(())
}

/// Sends what is pending of a job and in the scope.
pub async fn work(
    ground: &Ground,
    lang: Lang,
    job: &JobId,
    lock: JobLock,
    limits: ChunkLimits,
    scope: Scope,
) -> Result<Ended, Failure> {
    let (journal, settings) = (&ground.journal, &ground.settings);
    let trial = matches!(scope, Scope::First(_));
    journal.keep_room()?;
    let file = journal.job_file(job)?;
    correct_senders(ground, job, &file)?;
    let client = Client::new(
        ClientSettings {
            endpoint: settings.endpoint.clone(),
            region: settings.region.clone(),
            language: lang.pick("zh-CN", "en-US"),
            connect_timeout: settings.connect_timeout,
            timeout: settings.timeout,
        },
        ground.credentials.clone(),
    )?;
    let pace = Pace::open(
        journal.dir(),
        &SlotKey {
            endpoint: settings.endpoint.clone(),
            action: settings.action.wire_name().to_owned(),
            account: account(settings, &ground.credentials.secret_id),
        },
        PaceSettings {
            requests_per_second: settings.requests_per_second,
            window_requests: settings.window_requests,
            ..PaceSettings::default()
        },
    )?;
    let end = runner::run(runner::Ground {
        journal: journal.clone(),
        job: job.clone(),
        lock,
        file,
        client,
        pace,
        settings: RunSettings {
            action: settings.action,
            retry: settings.retry.clone(),
            flows_per_chunk: limits.flows,
            bytes_per_chunk: limits.bytes,
            scope,
        },
        stop: ground.stop.clone(),
        tell: (ground.listen)(job),
    })
    .await;
    Ok(match end {
        End::Finished => Ended::Finished,
        End::Partly if trial => Ended::Trial,
        End::Partly => Ended::Partly,
        End::Stopped(reason) => Ended::Stopped(reason),
    })
}

/// The account whose quota is used; one account may have two key pairs.
fn account(settings: &Settings, secret_id: &str) -> String {
    use sha2::{Digest as _, Sha256};
    settings.account.clone().unwrap_or_else(|| hex::encode(Sha256::digest(secret_id))[..16].to_owned())
}

/// Writes the report of a job as it stands, where its first run put it.
pub fn report(
    ground: &Ground,
    lang: Lang,
    job: &JobId,
    place: Option<Place<'_>>,
    ended: Ended,
) -> Result<Ran, Failure> {
    let file = ground.journal.job_file(job)?;
    let mut about = ground.journal.job(job)?.map(|record| About::of(&record)).unwrap_or_default();
    if let Some(place) = place
        && about.adds(place.absolute())
    {
        ground.journal.set_about(job, about.to_json())?;
    }
    let source = Source { file: &file, ledger: Some((&ground.journal, job)) };
    let first = about.places.first();
    let own = place
        .or(first.map(|(dir, stem)| Place { dir, stem }))
        .unwrap_or(Place { dir: Path::new("."), stem: "job" });
    let written: Written = write_report(&source, &own.options(lang, ground, &about))?;
    tracing::debug!("reported");
    // Links that are void now must not stand in the other ones.
    for (dir, stem) in about.places.iter().filter(|other| **other != own.absolute()) {
        let other = Place { dir, stem };
        if crate::report::is_there(&other.options(lang, ground, &about))
            && let Err(error) = write_report(&source, &other.options(lang, ground, &about))
        {
            tracing::warn!(%error, "an older report of the same job stays as it is");
        }
    }
    let requests = ground.journal.requests(job)?;
    Ok(Ran {
        written,
        ended,
        told: file.problems_in_rows(Severity::Correction, MOST_TOLD)?,
        requests,
        extra_requests: requests.saturating_sub(ground.journal.needed_requests(job)?),
    })
}

fn new_id(journal: &Journal) -> Result<JobId, JournalError> {
    let day = jiff::ZonedDateTime::now().strftime("%Y%m%d");
    for _ in 0..100 {
        let id = JobId(format!("{day}-{:04x}", fastrand::u16(..)));
        if !journal.job_path(&id).exists() && journal.job(&id)?.is_none() {
            return Ok(id);
        }
    }
    Err(no_free_id(journal))
}

fn no_free_id(journal: &Journal) -> JournalError {
    JournalError::new(journal.dir(), JournalFault::Other("no free job id".into()))
}

/// The file and SQLite's own files beside it. What cannot be removed does no harm:
/// the ledger does not know it.
pub fn remove_job_file(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        let _ = std::fs::remove_file(name);
    }
}
