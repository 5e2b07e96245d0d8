//! Reports that stand beside an input and show contracts as sent of which this journal
//! knows nothing: another user's, another machine's, or of a time after the last backup.
//! They are a question; believed, they become a job of their own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::domain::file::FileError;
use crate::domain::job::{FlowNo, JobId, Status};
use crate::domain::link::is_link;
use crate::domain::shelf::{self, Shelf};
use crate::domain::template::Templates;
use crate::domain::unknown::Unknown;
use crate::domain::workbook_marks;
use crate::essbasic::action::Action;
use crate::intake::HiddenRows;
use crate::intake::KeepRows;
use crate::intake::plan::{Plan, SheetChoice};
use crate::intake::rows::each_row;
use crate::journal::{Believed, ConflictKind, DeadJob, JobFile, JobLock, Journal, NewJob, Permission};
use crate::platform::clock::now_us;
use crate::platform::digest;
use crate::report::{is_report_of_ours, unknown_reports};
use crate::settings::Settings;
use crate::text::book::status_named;

use super::begin::{find, new_id, remove_job_file};
use super::inputs::plans;
use super::job_origin::{JobOrigin, Place, absolute};
use super::prepare::{Means, import_into};
use super::{Failure, Request, Workspace};

/// What someone says of a report that nobody knows here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReportWord {
    #[default]
    Ask,
    /// What it shows as accepted was sent.
    Believe,
    /// It counts for nothing.
    Ignore,
}

/// A row that a report shows as accepted.
struct Accepted {
    ord: i64,
    url: String,
    request_id: String,
    /// It was started under that.
    flow_id: String,
    /// It is not accepted: it may have been started, and nobody knows.
    in_doubt: bool,
}

/// Looks at the reports beside an input before anything of it is sent: those that are
/// not known are a question, or are believed.
///
/// # Errors
/// `UnknownReport`: someone has to say what it is worth. Those of believing.
pub async fn look_beside(
    request: &Request,
    workspace: &Workspace,
    place: Place<'_>,
    inputs: &[PathBuf],
) -> Result<(), Failure> {
    if workspace.sandbox || request.report == ReportWord::Ignore {
        return Ok(());
    }
    // What is known is asked before anything is believed: two files may show one page.
    let mut unknown_ones = Vec::new();
    for path in around(request, place, inputs, Some(&workspace.journal)) {
        let Some((plan, mut accepted)) = read(&path, request, workspace)? else { continue };
        let mut known: HashMap<String, bool> = HashMap::new();
        for row in accepted.iter().filter(|row| !row.in_doubt) {
            if !known.contains_key(&row.request_id) {
                let is_known = workspace.journal.knows_requests(std::iter::once(row.request_id.as_str()))?;
                known.insert(row.request_id.clone(), is_known);
            }
        }
        accepted.retain(|row| row.in_doubt || !known.get(&row.request_id).copied().unwrap_or(false));
        if accepted.iter().any(|row| !row.in_doubt) {
            unknown_ones.push((path, plan, accepted));
        }
    }
    // Where one has an answer that another one lacks, nothing is in doubt any more; and of two
    // that show the same the one that shows more has most of what there is.
    unknown_ones.sort_by_key(|(_, _, accepted)| {
        let in_doubt = accepted.iter().filter(|row| row.in_doubt).count();
        (in_doubt, Reverse(accepted.len()))
    });
    let mut told = Vec::new();
    for (path, plan, accepted) in unknown_ones {
        match request.report {
            ReportWord::Believe => {
                told.extend(believe(&path, &plan, &accepted, &told, request, workspace).await?)
            }
            _ => return Err(Failure::UnknownReport(unknown(&path, &accepted, &workspace.settings))),
        }
    }
    Ok(())
}

/// The same for a check, which has no journal where none was ever made.
pub fn first_unknown(
    request: &Request,
    journal: Option<&Journal>,
    place: Place<'_>,
    inputs: &[PathBuf],
    settings: &Settings,
    plan: impl Fn(&Path) -> Result<Option<Plan>, Failure>,
) -> Result<Option<Unknown>, Failure> {
    if request.report != ReportWord::Ask {
        return Ok(None);
    }
    for path in around(request, place, inputs, journal) {
        let Some(plan) = plan(&path)? else { continue };
        let mut accepted = accepted_rows(&plan)?;
        // A doubt alone has nothing that it could be known by.
        accepted.retain(|row| !row.in_doubt);
        let ids = accepted.iter().map(|row| row.request_id.as_str());
        let known = match journal {
            Some(journal) => journal.knows_requests(ids)?,
            None => accepted.is_empty(),
        };
        if !known {
            return Ok(Some(unknown(&path, &accepted, settings)));
        }
    }
    Ok(None)
}

/// Reports beside the files of an input and where this one is to go, under every name that
/// one of this input may have: of a pair, either file may have been named first.
fn around(
    request: &Request,
    place: Place<'_>,
    inputs: &[PathBuf],
    journal: Option<&Journal>,
) -> Vec<PathBuf> {
    let name = |text: Option<&std::ffi::OsStr>| text.unwrap_or_default().to_string_lossy().into_owned();
    let mut stems = vec![place.stem.to_owned()];
    let mut dirs = vec![place.dir];
    dirs.extend(request.out.as_deref());
    for input in inputs {
        stems.extend([name(input.file_stem()), name(input.file_name())]);
        dirs.push(input.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    }
    let mut found: Vec<PathBuf> = Vec::new();
    let mut add = |reports: Vec<PathBuf>| {
        for path in reports.iter().map(|path| absolute(path)) {
            if !found.contains(&path) {
                found.push(path);
            }
        }
    };
    for stem in &stems {
        dirs.iter().for_each(|dir| add(unknown_reports(dir, stem, false, journal)));
    }
    for input in inputs {
        // There a file that came later was given a number, and its reports with it.
        let stem = name(input.file_stem());
        for dir in shelves_around(input) {
            add(unknown_reports(&dir, without_number(&stem), true, journal));
        }
    }
    found
}

/// In a watched folder the reports of an input stand where it was moved to: a file of that name
/// which comes later is to find them all the same.
fn shelves_around(input: &Path) -> Vec<PathBuf> {
    let input = absolute(input);
    let Some(dir) = input.parent() else { return Vec::new() };
    let Some(watched) = dir.parent().filter(|watched| watched.join(shelf::MARK).is_file()) else {
        return Vec::new();
    };
    let is_shelf = Shelf::ALL.iter().any(|shelf| dir.file_name().is_some_and(|name| name == shelf.name()));
    let all = Shelf::ALL.iter().filter(|_| is_shelf).map(|shelf| watched.join(shelf.name()));
    all.collect()
}

/// `m` of `m (2)`.
fn without_number(stem: &str) -> &str {
    let number = |rest: &str| rest.strip_suffix(')').is_some_and(|number| number.parse::<u64>().is_ok());
    match stem.rsplit_once(" (") {
        Some((own, rest)) if !own.is_empty() && number(rest) => own,
        _ => stem,
    }
}

fn unknown(path: &Path, accepted: &[Accepted], settings: &Settings) -> Unknown {
    let changed = path.metadata().and_then(|found| found.modified()).ok();
    let changed = changed.and_then(|at| jiff::Timestamp::try_from(at).ok());
    let changed =
        changed.map(|at| at.to_zoned_datetime(settings.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
    let pages = accepted.iter().map(|row| row.url.as_str()).filter(|url| !url.is_empty());
    let pages: std::collections::BTreeSet<&str> = pages.collect();
    Unknown {
        path: path.to_owned(),
        changed: changed.unwrap_or_default(),
        rows: accepted.len() as u64,
        pages: pages.len() as u64,
    }
}

/// The report as an input, if it is one of ours and shows anything as accepted.
fn read(
    path: &Path,
    request: &Request,
    workspace: &Workspace,
) -> Result<Option<(Plan, Vec<Accepted>)>, Failure> {
    let Some(plan) = plan_of(path, request, &workspace.settings)? else { return Ok(None) };
    let accepted = accepted_rows(&plan)?;
    let is_any = accepted.iter().any(|row| !row.in_doubt);
    Ok(is_any.then_some((plan, accepted)))
}

/// `None`: it cannot be read as contracts, so it is none of our reports.
pub fn plan_of(path: &Path, request: &Request, settings: &Settings) -> Result<Option<Plan>, Failure> {
    let own = Request {
        files: vec![path.to_owned()],
        reports: true,
        sheets: SheetChoice::Fitting,
        group_by: None,
        ..request.clone()
    };
    match plans(&own, settings)?.into_iter().next() {
        Some(Ok(plan)) => Ok(Some(plan)),
        // It may show what was sent, and nobody can say what.
        Some(Err(_)) if is_report_of_ours(path) => {
            Err(Failure::ReportUnreadable { path: path.to_owned(), rows: 0 })
        }
        _ => Ok(None),
    }
}

fn accepted_rows(plan: &Plan) -> Result<Vec<Accepted>, FileError> {
    let mut accepted = Vec::new();
    each_row(plan, |numbered| {
        let row = numbered.row;
        let value = |name: &str| {
            let name = plan.own_header(name);
            let column = row.mapping.headers.iter().position(|header| header.trim() == name);
            column.map(|column| row.row.cell(column).seen()).unwrap_or_default()
        };
        let status = status_named(value(workbook_marks::STATUS).trim());
        let request_id = value(workbook_marks::REQUEST_ID);
        // A duplicate was sent as well; where its request is not known another report has it.
        let is_sent =
            status == Some(Status::Accepted) || (status == Some(Status::Duplicate) && !request_id.is_empty());
        let starts = row.mapping.headers.iter().any(|header| header.trim() == workbook_marks::FLOW_ID);
        let in_doubt = status == Some(Status::InDoubt) && starts;
        if (is_sent || in_doubt) && value(workbook_marks::SANDBOX).is_empty() {
            let url = match value(workbook_marks::CONFIRM_URL) {
                url if !url.is_empty() => url,
                _ => link_in(&value(workbook_marks::REASON)),
            };
            // What is no link is not opened by anybody later.
            let url = if is_link(&url) { url } else { String::new() };
            let flow_id = value(workbook_marks::FLOW_ID);
            accepted.push(Accepted { ord: row.ord, url, request_id, flow_id, in_doubt });
        }
        Ok::<_, FileError>(ControlFlow::Continue(()))
    })?;
    Ok(accepted)
}

/// The link that the reason of a duplicate ends with.
fn link_in(reason: &str) -> String {
    reason
        .find("https://")
        .or_else(|| reason.find("http://"))
        .map_or_else(String::new, |at| reason[at..].to_owned())
}

/// Takes what a report shows as accepted into the journal, with its links. `told`: jobs of
/// other reports that were believed just now: of what they have nothing is taken again, and
/// one that has nothing else makes no job.
async fn believe(
    path: &Path,
    plan: &Plan,
    accepted: &[Accepted],
    told: &[JobId],
    request: &Request,
    workspace: &Workspace,
) -> Result<Option<JobId>, Failure> {
    let journal = &workspace.journal;
    let contents = digest::of_file(path).map_err(|error| crate::report::write_fault(path, &error))?;
    let identity = journal.keyed_hash(&[b"believed", &contents]);
    // One that was cut off is begun anew; one that was finished is known.
    if find(journal, &workspace.realm(), &identity).await?.is_some() {
        return Ok(None);
    }
    let job = new_id(journal, &workspace.settings.zone)?;
    let lock = journal.lock_job(&job)?;
    let file_path = journal.job_path(&job);
    let believed = async {
        let hash = |parts: &[&[u8]]| journal.keyed_hash(parts);
        // Its deadlines may have passed since.
        let now = jiff::Timestamp::UNIX_EPOCH;
        let is_over = &|| workspace.is_over();
        let (keep_rows, templates) = (KeepRows::All, Templates::default());
        let means =
            Means { hash: &hash, is_over, now, keep_rows, templates, likenesses: true, people: false };
        let request = Request { hidden_rows: HiddenRows::Send, group_by: None, ..request.clone() };
        let mut file = import_into(&file_path, plan, &request, &workspace.settings, &means)?.file;
        let mut pages = pages_of(&file, accepted, path)?;
        leave_out_told(journal, &file, &workspace.realm(), told, &mut pages)?;
        if pages.is_empty() {
            let mut ids: Vec<String> = accepted.iter().map(|row| row.request_id.clone()).collect();
            ids.dedup();
            journal.know_requests(ids)?;
            return Ok(false);
        }
        journal
            .begin_job(NewJob {
                id: job.clone(),
                realm: workspace.realm(),
                identity,
                round: 0,
                action: action_of_rows(accepted, workspace.settings.action).wire_name().to_owned(),
                about: JobOrigin { files: vec![absolute(path)], ..JobOrigin::of_plan(plan) }.to_json(),
                now_us: now_us(),
            })
            .await?;
        journal.import_flows(&job, &file, Permission::default(), &|| false)?;
        journal.import_corrections(&job, &file, true)?;
        let _locks = take_over(journal, &job).await?;
        journal.believe(&job, &mut file, pages, now_us()).await?;
        Ok::<_, Failure>(true)
    };
    let result = believed.await;
    if !matches!(result, Ok(true)) {
        remove_job_file(&file_path);
    }
    drop(lock);
    Ok(result?.then_some(job))
}

/// Leaves contracts out that those jobs have as sent, or as in doubt where this report knows no
/// more of them.
fn leave_out_told(
    journal: &Journal,
    file: &JobFile,
    realm: &str,
    told: &[JobId],
    pages: &mut Vec<Believed>,
) -> Result<(), Failure> {
    if told.is_empty() {
        return Ok(());
    }
    let mut sent: HashMap<FlowNo, bool> = HashMap::new();
    for found in journal.conflicts(file, realm, i64::MAX, "")? {
        let is_sent = match found.kind {
            ConflictKind::Same | ConflictKind::SameEnded => true,
            ConflictKind::InDoubt => false,
            _ => continue,
        };
        if told.contains(&found.job) {
            sent.insert(found.flow, is_sent);
        }
    }
    for page in pages.iter_mut() {
        let in_doubt = page.in_doubt;
        let is_known = |flow: &FlowNo| sent.get(flow).is_some_and(|is_sent| *is_sent || in_doubt);
        page.flows.iter().filter(|flow| is_known(flow)).try_for_each(|flow| file.skip_contract(*flow))?;
        page.flows.retain(|flow| !is_known(flow));
        page.flow_ids.retain(|(flow, _)| !is_known(flow));
    }
    pages.retain(|page| !page.flows.is_empty());
    Ok(())
}

/// A journal that was restored from a backup may have these contracts as unsent.
async fn take_over(journal: &Journal, job: &JobId) -> Result<Vec<JobLock>, Failure> {
    let (mut dead, mut locks) = (Vec::new(), Vec::new());
    for holder in journal.waits_for(job)?.into_iter().filter(|holder| holder != job) {
        locks.push(journal.lock_job(&holder)?);
        journal.hold_lease(&holder, now_us()).await?;
        dead.push(DeadJob { job: holder, only_prepared: true });
    }
    journal.settle_claims(job, dead).await?;
    Ok(locks)
}

/// The action that rows of a report speak of: one that starts contracts gives them ids.
fn action_of_rows(rows: &[Accepted], own: Action) -> Action {
    let starts = rows.iter().any(|row| row.in_doubt || !row.flow_id.is_empty());
    let fits = |action: &Action| action.preparing().is_none() == starts;
    [own].into_iter().chain(Action::ALL).find(fits).unwrap_or(own)
}

/// The contracts that stand on each page. Those that are not accepted are left out.
fn pages_of(file: &JobFile, accepted: &[Accepted], path: &Path) -> Result<Vec<Believed>, Failure> {
    let by_row: HashMap<i64, &Accepted> = accepted.iter().map(|row| (row.ord, row)).collect();
    let mut flows: BTreeMap<FlowNo, Option<&Accepted>> = BTreeMap::new();
    let mut unread = 0_u64;
    file.each_row(|row| {
        let found = by_row.get(&row.ord).copied();
        match (row.flow.filter(|_| row.status.is_none()), found) {
            (Some(flow), found) => {
                let known = flows.entry(flow).or_default();
                *known = known.or(found);
            }
            // Accepted, and yet no contract that could be sent: not to be believed.
            (None, Some(_)) => unread += 1,
            (None, None) => {}
        }
        Ok::<_, Failure>(())
    })?;
    if unread > 0 {
        return Err(Failure::ReportUnreadable { path: path.to_owned(), rows: unread });
    }
    let mut pages: HashMap<(&str, u32, bool), Believed> = HashMap::new();
    for (flow, row) in flows {
        let Some(row) = row else {
            file.skip_contract(flow)?;
            continue;
        };
        let group = file.sendable(flow)?.map_or(0, |sendable| sendable.group);
        let new = || Believed {
            group,
            url: Some(row.url.clone()).filter(|url| !url.is_empty()),
            request_id: row.request_id.clone(),
            flows: Vec::new(),
            flow_ids: Vec::new(),
            in_doubt: row.in_doubt,
        };
        // Contracts without a page went in a request of their own.
        let name = if row.url.is_empty() { &row.request_id } else { &row.url };
        let page = pages.entry((name, group, row.in_doubt)).or_insert_with(new);
        page.flows.push(flow);
        page.flow_ids.extend(Some((flow, row.flow_id.clone())).filter(|(_, id)| !id.is_empty()));
    }
    let mut pages: Vec<Believed> = pages.into_values().collect();
    pages.sort_by_key(|page| page.flows.first().copied());
    Ok(pages)
}
