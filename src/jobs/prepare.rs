//! What check and run have in common: an input becomes a job's file.

use std::collections::HashSet;
use std::path::Path;

use crate::contract::build::Context;
use crate::domain::chunks::{ChunkLimits, Cutter, Piece};
use crate::domain::job::FlowNo;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::template::Templates;
use crate::domain::understood::Understood;
use crate::domain::workbook_marks::FLOW;
use crate::essbasic::action::Action;
use crate::essbasic::client::realm;
use crate::essbasic::names::BODY_LIMIT;
use crate::intake::plan::{Plan, Refusal, Source};
use crate::intake::understood::understood;
use crate::intake::{Counted, ImportOptions, KeepRows, Surveyed, import, keep_all_rows};
use crate::journal::{Fingerprint, JobFile, Journal, JournalError, KeyedHash, NewFlow};
use crate::settings::Settings;

use super::conflicts::{Compared, Conflicts, may_resemble, settle_conflicts};
use super::corrected_copies::{FlowPeople, sent_copies};
use super::earlier_round::EarlierRounds;
use super::{Failure, Request};

/// Room for what stands around the flows in a body.
const BODY_ROOM: u64 = 64 * 1024;

pub fn flow_bytes() -> u64 {
    BODY_LIMIT - BODY_ROOM
}

pub fn chunk_limits(request: &Request, settings: &Settings) -> ChunkLimits {
    limits_of(settings.action, request.per_page, settings)
}

/// `per_page`: contracts that somebody wants on a page to confirm. Where there are no pages
/// the settings say how many go in a request.
pub fn limits_of(action: Action, per_page: Option<usize>, settings: &Settings) -> ChunkLimits {
    let most = action.most_flows();
    let flows = match action.preparing() {
        Some(_) => per_page.unwrap_or(most),
        None => settings.flows_per_request,
    };
    ChunkLimits { flows: flows.clamp(1, most), bytes: flow_bytes() }
}

/// What reading an input needs besides what was asked for.
pub struct Means<'a> {
    /// Keyed: contents are personal data.
    pub hash: &'a (dyn Fn(&[&[u8]]) -> [u8; 32] + Sync),
    /// Someone wants to stop.
    pub is_over: &'a dyn Fn() -> bool,
    /// Deadlines before that have passed.
    pub now: jiff::Timestamp,
    pub keep_rows: KeepRows,
    /// What the API says of the templates.
    pub templates: Templates,
    /// Whether it is asked what contracts resemble others by.
    pub likenesses: bool,
    /// Whether it is asked who signs each contract.
    pub people: bool,
}

/// A plan that was read.
pub struct Imported {
    pub file: JobFile,
    surveyed: Surveyed,
    /// What the file has.
    kept_rows: KeepRows,
}

/// Reads a plan into a new file.
pub fn import_into(
    path: &Path,
    plan: &Plan,
    request: &Request,
    settings: &Settings,
    means: &Means<'_>,
) -> Result<Imported, Failure> {
    let context = settings.context(means.now, request.group_by.clone())?;
    let options = ImportOptions {
        context: Context { templates: means.templates.clone(), ..context },
        hidden_rows: request.hidden_rows,
        keep_rows: means.keep_rows,
        likenesses: means.likenesses,
        people: means.people,
        limits: chunk_limits(request, settings),
        hash: means.hash,
        is_over: means.is_over,
        starts: settings.action.preparing().is_none(),
        realm: &|sender| realm(&settings.endpoint, &sender.app_id, &sender.organization_open_id),
    };
    let bytes = plan.files.iter().filter_map(|file| file.metadata().ok()).map(|found| found.len()).sum();
    let import_to = |path: &Path, options: &ImportOptions<'_>| -> Result<_, Failure> {
        let mut file = match options.keep_rows {
            KeepRows::All => JobFile::create(path, bytes)?,
            KeepRows::Bad | KeepRows::Told => JobFile::create_scratch(path)?,
        };
        let surveyed = import(plan, options, &mut file)?;
        Ok(Imported { file, surveyed, kept_rows: options.keep_rows })
    };
    let imported = import_to(path, &options)?;
    if options.keep_rows == KeepRows::Told && imported.surveyed.counted.is_none() {
        // Beside what was begun, which is thrown away with its folder.
        let whole = ImportOptions { keep_rows: KeepRows::Bad, ..options };
        return import_to(&path.with_extension("whole.db"), &whole);
    }
    Ok(imported)
}

/// An input that was read, judged, and compared with what was sent before.
pub struct Prepared {
    pub file: JobFile,
    pub conflicts: Conflicts,
    /// Contracts: to be sent, not to be sent as they are, left out as asked.
    pub sendable: u64,
    pub invalid: u64,
    pub skipped: u64,
    /// What was counted on the way, where all that can be sent goes; None: the file has to
    /// be asked.
    pub counted: Option<Counted>,
    /// What the sheet leaves open: as long as there is one, nothing is sent.
    pub questions: Vec<Problem>,
    pub understood: Understood,
    /// What the file has.
    pub kept_rows: KeepRows,
}

/// How an input is prepared.
pub struct How<'a> {
    pub keep_rows: KeepRows,
    /// Someone wants to stop.
    pub is_over: &'a dyn Fn() -> bool,
    /// What the API says of the templates, where it was asked.
    pub templates: Templates,
    /// The one that this is a further round of.
    pub round: Option<&'a EarlierRounds>,
}

/// What a check does, and a run before it sends: reads the input into a new file and
/// compares it with the journal, if there is one.
///
/// # Errors
/// `NoContracts`, `Stopped`; those of the files and of the journal.
pub fn prepare(
    path: &Path,
    plan: &Plan,
    request: &Request,
    settings: &Settings,
    journal: Option<&Journal>,
    how: How<'_>,
) -> Result<Prepared, Failure> {
    let How { keep_rows, is_over, templates, round } = how;
    let compares = round.is_some() || journal.map_or(Ok(false), Journal::has_claims)?;
    let keep_rows = if keep_rows == KeepRows::Bad && !compares { KeepRows::Told } else { keep_rows };
    let no_key = KeyedHash::new(&[0; 32]);
    let hash = |parts: &[&[u8]]| match journal {
        Some(journal) => journal.keyed_hash(parts),
        None => no_key.hash(parts),
    };
    refuse_without_origins(plan, journal)?;
    // What is sent is compared with later inputs; a check is compared with what was sent.
    let likenesses = match (keep_rows, journal) {
        (KeepRows::Bad, Some(journal)) => may_resemble(journal, &settings_realm(settings), &plan.stem())?,
        (KeepRows::Bad | KeepRows::Told, _) => false,
        (KeepRows::All, _) => true,
    };
    let people = match journal.filter(|_| compares) {
        Some(journal) => !sent_copies(journal, &settings_realm(settings), &plan.stem())?.is_empty(),
        None => false,
    };
    let now = jiff::Timestamp::now();
    let means = Means { hash: &hash, is_over, now, keep_rows, templates, likenesses, people };
    let Imported { file, mut surveyed, kept_rows } = import_into(path, plan, request, settings, &means)?;
    tracing::debug!("imported");
    let conflicts = match journal {
        Some(journal) if compares || keep_rows == KeepRows::All => {
            let find_rows = || match kept_rows {
                KeepRows::All => Ok(()),
                _ => keep_all_rows(plan, &file, kept_rows).map_err(Failure::from),
            };
            let (realm, stem) = (settings_realm(settings), plan.stem());
            let people: Vec<FlowPeople> = std::mem::take(&mut surveyed.people)
                .into_iter()
                .map(|(flow, people)| FlowPeople { flow: FlowNo(flow), people })
                .collect();
            let zone = &settings.zone;
            let compared = Compared { realm: &realm, stem: &stem, people: &people, zone, round };
            settle_conflicts(journal, &file, request, compared, find_rows)?
        }
        // Somebody may have sent something meanwhile: then that is for the next check.
        _ => Conflicts::default(),
    };
    tracing::debug!("compared with what was sent before");
    let counted = surveyed.counted.filter(|_| conflicts.is_empty());
    let (sendable, invalid, skipped) = match counted {
        Some(Counted { sendable, invalid, skipped, .. }) => (sendable, invalid, skipped),
        None => file.counts()?,
    };
    if sendable + invalid + skipped == 0 {
        return Err(Failure::NoContracts);
    }
    let invalid = invalid.saturating_sub(invalid_among(&file, &conflicts.gone())?);
    let asked: Vec<&Problem> =
        plan.told.iter().chain(&surveyed.problems).filter(|problem| problem.stops()).collect();
    // Until it is said who signs, no row has anybody in it.
    let is_open = asked.iter().any(|problem| matches!(problem.rule, Rule::SignerUnclear { alone: true, .. }));
    let is_asked = |problem: &&Problem| !(is_open && problem.rule == Rule::NoContracts);
    let questions = asked.into_iter().filter(is_asked).cloned().collect();
    let context = settings.context(means.now, request.group_by.clone())?;
    let context = Context { templates: means.templates, ..context };
    let understood = understood(plan, &surveyed, sendable, &context);
    Ok(Prepared { file, conflicts, sendable, invalid, skipped, counted, questions, understood, kept_rows })
}

/// How many of some contracts break a rule.
fn invalid_among(file: &JobFile, flows: &HashSet<FlowNo>) -> Result<u64, JournalError> {
    if flows.is_empty() {
        return Ok(0);
    }
    Ok(file.invalid()?.iter().filter(|flow| flows.contains(flow)).count() as u64)
}

/// A workbook to correct whose rows do not say any more which contracts they are, nor have
/// numbers: what failed could go as it was as well. Where its job is gone, it cannot.
fn refuse_without_origins(plan: &Plan, journal: Option<&Journal>) -> Result<(), Failure> {
    let (Some(job), Some(journal)) = (&plan.fixes, journal) else { return Ok(()) };
    let says = |source: &Source| {
        source.mapping.headers.iter().any(|header| header.trim() == FLOW)
            || source.mapping.column_of("contract_id").is_some()
    };
    let Some(silent) = plan.sources.iter().find(|source| !says(source)) else { return Ok(()) };
    if journal.job(job)?.is_none() || !journal.job_path(job).is_file() {
        return Ok(());
    }
    let row = Some(silent.mapping.header_row);
    let place = Place { file: silent.file.clone(), sheet: silent.name.clone(), row, column: None };
    let problem = Problem { place, value: None, rule: Rule::OriginsGone { job: job.0.clone() } };
    let path = plan.files.first().cloned().unwrap_or_default();
    Err(Failure::Refused(Refusal::Sheets { path, problems: vec![problem] }))
}

/// The realm that the settings alone make.
pub fn settings_realm(settings: &Settings) -> String {
    let own = |name: &str| settings.request.get(name).map(String::as_str).unwrap_or_default();
    realm(&settings.endpoint, own("app_id"), own("organization_open_id"))
}

/// Requests that the contracts of a file take, without those that are the very
/// same as another of it.
pub fn count_chunks(file: &JobFile, limits: ChunkLimits, twins: &HashSet<FlowNo>) -> Result<usize, Failure> {
    let mut cutter = Cutter::default();
    let mut count = 0;
    file.each_size(|flow, group, size| {
        if !twins.contains(&flow) {
            count += usize::from(cutter.add(Piece { flow, group, size }, limits).is_some());
        }
    })?;
    Ok(count + cutter.rest().len())
}

/// Contracts that would not go: `duplicates`, and those that are the very same as another
/// one of the file.
pub fn stay(file: &JobFile, duplicates: HashSet<FlowNo>) -> Result<HashSet<FlowNo>, Failure> {
    let mut stay = duplicates;
    stay.extend(twins(file)?);
    Ok(stay)
}

/// Contracts that are the very same as another one of the file: each is sent once.
fn twins(file: &JobFile) -> Result<HashSet<FlowNo>, Failure> {
    let mut twins = HashSet::new();
    let mut known: Option<(Fingerprint, Vec<Fingerprint>)> = None;
    file.each_keyless_by_claim(|NewFlow { flow, claim, content, .. }| {
        match &mut known {
            Some((own, contents)) if *own == claim => {
                if contents.contains(&content) {
                    twins.insert(flow);
                } else {
                    contents.push(content);
                }
            }
            _ => known = Some((claim, vec![content])),
        }
        Ok(())
    })?;
    Ok(twins)
}
