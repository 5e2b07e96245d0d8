//! What check and run have in common: an input becomes a job's file.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::contract::build::Context;
use crate::domain::chunks::{ChunkLimits, Cutter, Piece};
use crate::domain::file::{FileError, FileFault};
use crate::domain::identity;
use crate::domain::job::FlowNo;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::said::Said;
use crate::domain::template::Templates;
use crate::domain::understood::Understood;
use crate::domain::workbook_marks::FLOW;
use crate::essbasic::action::Action;
use crate::essbasic::client::realm;
use crate::essbasic::names::BODY_LIMIT;
use crate::intake::plan::{Plan, PlanOptions, Recalled, Refusal, SheetChoice, Source, plan};
use crate::intake::understood::understood;
use crate::intake::{Counted, HiddenRows, ImportOptions, KeepRows, Surveyed, import, keep_all_rows};
use crate::journal::{Fingerprint, JobFile, Journal, JournalError, KeyedHash, NewFlow};
use crate::platform::digest;
use crate::settings::Settings;

use super::conflicts::{Compared, Conflicts, may_resemble, settle_conflicts};
use super::corrected_copies::{FlowPeople, sent_copies};
use super::earlier_round::EarlierRound;
use super::names::report_names;
use super::{Failure, Request};

/// Room for what stands around the flows in a body.
const BODY_ROOM: u64 = 64 * 1024;

pub fn plans(request: &Request, settings: &Settings) -> Result<Vec<Result<Plan, Refusal>>, Failure> {
    request.remembered.readable()?;
    let aliases = settings.aliases(&request.said.map)?;
    let remembered = request.remembered.clone();
    let own = settings.clone();
    let maps_itself = !request.said.map.is_empty();
    let options = PlanOptions {
        read: request.read.clone(),
        aliases,
        // What is said now counts, not what was said once.
        remembered: Box::new(move |headers| {
            let said = remembered.find(headers)?.clone();
            let maps = !maps_itself && !said.map.is_empty();
            Some(Recalled { aliases: if maps { own.aliases(&said.map).ok() } else { None }, said })
        }),
        values: settings.defaults.iter().map(|(field, text)| (*field, text.clone())).collect(),
        nearly: {
            let remembered = request.remembered.clone();
            Box::new(move |headers| remembered.nearly(headers).cloned())
        },
        said: of_reports(&request.said, request.reports),
        of_settings: of_reports(&settings.said, request.reports),
        sheets: request.sheets.clone(),
        group_by: request.group_by.clone(),
        reports: request.reports,
        defaulted: settings.defaults.keys().chain(settings.request.keys()).copied().collect(),
        company_signs: settings.company_signs(),
        own_companies: settings.own_companies(),
        today: settings.zone.to_datetime(jiff::Timestamp::now()).date(),
        mapped: request.said.map.iter().map(|(header, _)| header.clone()).collect(),
    };
    Ok(plan(&request.files, &options))
}

/// A report of ours has its header where it has always been, whatever lines stand above that of its input.
fn of_reports(said: &Said, reports: bool) -> Said {
    match reports {
        true => Said { header_row: None, ..said.clone() },
        false => said.clone(),
    }
}

/// One input: what is to be read of it, or why nothing can, and where its
/// reports go.
pub struct Input {
    pub plan: Result<Plan, Refusal>,
    /// Its first file.
    pub path: PathBuf,
    pub dir: PathBuf,
    pub stem: String,
    pub files: Vec<PathBuf>,
    /// What the files held just before they were looked at; None: they could not be read.
    pub hashes: Option<Vec<[u8; 32]>>,
}

/// What is to be sent: the files are hashed before they are looked at.
pub fn inputs(request: &Request, settings: &Settings) -> Result<Vec<Input>, Failure> {
    let before = request.files.iter().map(|file| (file.clone(), file_hash(file).ok())).collect();
    inputs_with(request, settings, &before)
}

/// What is only looked at: whether a file changes meanwhile is nobody's concern.
pub fn inputs_to_check(request: &Request, settings: &Settings) -> Result<Vec<Input>, Failure> {
    inputs_with(request, settings, &HashMap::new())
}

fn inputs_with(
    request: &Request,
    settings: &Settings,
    before: &HashMap<PathBuf, Option<[u8; 32]>>,
) -> Result<Vec<Input>, Failure> {
    let plans = plans(request, settings)?;
    let files = |plan: &Result<Plan, Refusal>| match plan {
        Ok(plan) => plan.files.clone(),
        Err(refusal) => vec![refusal.path().to_owned()],
    };
    let path = |plan: &Result<Plan, Refusal>| match plan {
        Ok(plan) => plan.files.first().cloned().unwrap_or_default(),
        Err(refusal) => refusal.path().to_owned(),
    };
    let paths: Vec<PathBuf> = plans.iter().map(path).collect();
    let names = report_names(&paths, request.out.as_deref());
    let inputs = plans.into_iter().zip(paths).zip(names);
    Ok(inputs
        .map(|((plan, path), (dir, stem))| {
            let files = files(&plan);
            let hashes = files.iter().map(|file| before.get(file).copied().flatten()).collect();
            Input { plan, path, dir, stem, files, hashes }
        })
        .collect())
}

/// The input as it is now: its turn may come hours after the first look.
pub fn at_its_turn(input: Input, request: &Request, settings: &Settings) -> Result<Input, Failure> {
    let hashes = file_hashes(&input.files).ok();
    if hashes == input.hashes {
        return Ok(input);
    }
    let own = Request { files: input.files.clone(), ..request.clone() };
    let mut plans = plans(&own, settings)?.into_iter();
    match (plans.next(), plans.next()) {
        (Some(plan), None) => Ok(Input { plan, hashes, ..input }),
        // It was a pair and is none any more.
        _ => Err(Failure::Changed { path: input.path }),
    }
}

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
    pub round: Option<&'a EarlierRound>,
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
    let invalid = invalid.saturating_sub(invalid_among(&file, &conflicts.corrected())?);
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

/// What is told of a file: without what would not be there, were its questions answered, and without
/// that a column is not used where a question is about that column.
pub fn worth_telling(
    found: Vec<(Problem, Vec<String>)>,
    questions: &[Problem],
) -> Vec<(Problem, Vec<String>)> {
    let follows = |problem: &Problem| {
        (problem.place.row.is_some() || matches!(problem.rule, Rule::RowsLeftOut { .. } | Rule::NoContracts))
            && questions.iter().any(|question| follows_from(&question.rule, &problem.rule))
    };
    let is_said = |problem: &Problem| {
        // The same column of another sheet is asked about with it.
        let is_same = |question: &Problem| {
            question.place.column == problem.place.column && question.place.file == problem.place.file
        };
        matches!(problem.rule, Rule::ColumnNotUsed { .. } | Rule::ColumnUnknown { .. })
            && problem.place.column.as_ref().is_some_and(|column| {
                questions.iter().any(|question| is_same(question) || offers(&question.rule, &column.header))
            })
    };
    let is_kept = |problem: &Problem| questions.contains(problem) || !(follows(problem) || is_said(problem));
    found.into_iter().filter(|(problem, _)| is_kept(problem)).collect()
}

/// `姓名` asks whether `商户名称` beside it signs.
fn offers(question: &Rule, header: &str) -> bool {
    match question {
        Rule::SignerMayBeCompany { company: Some((company, _)), .. } => company == header,
        Rule::SignerUnclear { map, .. } => map.iter().any(|(own, _)| own == header),
        _ => false,
    }
}

fn follows_from(question: &Rule, rule: &Rule) -> bool {
    match question {
        Rule::SignerUnclear { alone: true, .. }
            if matches!(rule, Rule::RowsLeftOut { .. } | Rule::NoContracts) =>
        {
            true
        }
        Rule::SignerUnclear { .. }
        | Rule::ColumnNearlySigner { .. }
        | Rule::ColumnBeside { .. }
        | Rule::MobileBehind { .. }
        | Rule::IdNumberBehind { .. }
        | Rule::NameInTwo { .. } => {
            matches!(rule, Rule::Required { field } | Rule::ApproverNeeds { field, .. } if field.starts_with("approver."))
                || matches!(
                    rule,
                    Rule::ApproverTwice { .. }
                        | Rule::RowTwice { .. }
                        | Rule::RowsDiffer { .. }
                        | Rule::RowAlmostEmpty { .. }
                )
                || matches!(rule, Rule::ApproversMissing)
        }
        Rule::TermOrDeadline { .. } => matches!(rule, Rule::Required { field } if field == "deadline"),
        Rule::RowsHeldTogether { .. }
        | Rule::ColumnNearlyKey { .. }
        | Rule::RowsApart { .. }
        | Rule::NumberApart { .. } => matches!(
            rule,
            Rule::RowTwice { .. }
                | Rule::RowsDiffer { .. }
                | Rule::KeyMissing
                | Rule::Required { .. }
                | Rule::SentAlike { .. }
                | Rule::SentResembling { .. }
                | Rule::NumberSentAlike { .. }
                | Rule::Contradiction { .. }
                | Rule::ApproverTwice { .. }
        ),
        Rule::ColumnNearlyType { .. } => {
            matches!(rule, Rule::ColumnNotUsed { field } if field == "approver.type")
        }
        Rule::RowsDoubtful { .. } => matches!(rule, Rule::RowNotAContract { .. }),
        _ => false,
    }
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

/// Hash of what the files hold and of what changes their meaning.
pub fn input_hash(hashes: &[[u8; 32]], request: &Request, settings: &Settings) -> [u8; 32] {
    let mut input = identity::Input::default();
    for hash in hashes {
        input.file(hash);
    }
    settings.say_meaning(&mut input);
    for (header, name) in &request.said.map {
        input.said("map", header);
        input.said("to", name);
    }
    let said = request.said.clone().or(&settings.said);
    if let Some(key) = &said.key {
        input.said("key", key);
    }
    if let Some(row) = said.header_row {
        input.said("header_row", &row.to_string());
    }
    if let Some(hidden) = said.hidden_columns {
        input.said("hidden_columns", hidden.name());
    }
    if let Some(odd) = said.odd_rows {
        input.said("odd_rows", odd.name());
    }
    if let Some(party) = said.missing_party {
        input.said("missing_party", party.name());
    }
    if said.missing_fields {
        input.said("missing_fields", "send");
    }
    if said.rows_in_order {
        input.said("signer_order", "rows");
    }
    if said.each_submission {
        input.said("submitted_twice", "send");
    }
    if said.ignore_comments {
        input.said("comments", "ignore");
    }
    said.as_text.iter().for_each(|header| input.said("as_text", header));
    for (header, values) in &said.only {
        input.said("where", header);
        values.iter().for_each(|value| input.said("is", value));
    }
    match &request.sheets {
        SheetChoice::Fitting => {}
        SheetChoice::Named(names) => names.iter().for_each(|name| input.said("sheet", name)),
        SheetChoice::All => input.said("sheets", "all"),
    }
    match request.hidden_rows {
        HiddenRows::Ask => {}
        HiddenRows::Skip => input.said("hidden_rows", "skip"),
        HiddenRows::Send => input.said("hidden_rows", "send"),
    }
    Sha256::digest(input.finish()).into()
}

/// What each of the files holds now.
pub fn file_hashes(files: &[PathBuf]) -> Result<Vec<[u8; 32]>, FileError> {
    files.iter().map(|path| file_hash(path)).collect()
}

fn file_hash(path: &Path) -> Result<[u8; 32], FileError> {
    digest::of_file(path).map_err(|error| FileError {
        path: path.to_owned(),
        sheet: None,
        fault: FileFault::Io(error.kind().to_string()),
    })
}

/// Values of the request that neither the settings nor a column gives.
pub fn unset_request(plan: &Plan, settings: &Settings) -> Vec<&'static str> {
    let wanted = settings.action.request_fields().iter().map(|field| field.name());
    wanted
        .filter(|name| !settings.request.contains_key(name) && !settings.defaults.contains_key(name))
        .filter(|name| !plan.sources.iter().any(|source| source.mapping.column_of(name).is_some()))
        .collect()
}
