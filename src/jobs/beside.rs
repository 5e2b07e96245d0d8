//! Reports that stand beside an input and show contracts as sent of which this journal
//! knows nothing: another user's, another machine's, or of a time after the last backup.
//! They are a question; believed, they become a job of their own.

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;
use std::path::Path;

use crate::domain::file::FileError;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::own;
use crate::domain::unknown::Unknown;
use crate::intake::HiddenRows;
use crate::intake::plan::{Plan, Refusal, SheetChoice};
use crate::intake::rows::each_row;
use crate::journal::{Believed, DeadJob, JobFile, Journal, NewJob, Permission};
use crate::platform::clock::now_us;
use crate::platform::digest;
use crate::report::unknown_reports;

use super::about::{About, Place, absolute};
use super::begin::{new_id, remove_job_file};
use super::prepare::{Means, import_into, plans};
use super::{Failure, Ground, Order};

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
}

/// Looks at the reports beside an input before anything of it is sent: those that are
/// not known are a question, or are believed.
///
/// # Errors
/// `UnknownReport`: someone has to say what it is worth. Those of believing.
pub async fn look_beside(order: &Order, ground: &Ground, place: Place<'_>) -> Result<(), Failure> {
    if ground.sandbox || order.report == ReportWord::Ignore {
        return Ok(());
    }
    for path in unknown_reports(place.dir, place.stem, Some(&ground.journal)) {
        let Some((plan, accepted)) = read(&path, order, ground)? else { continue };
        let ids = accepted.iter().map(|row| row.request_id.as_str());
        if ground.journal.knows_requests(ids)? {
            continue;
        }
        match order.report {
            ReportWord::Believe => believe(&path, &plan, &accepted, order, ground).await?,
            _ => return Err(Failure::UnknownReport(unknown(&path, &accepted))),
        }
    }
    Ok(())
}

/// The same for a check, which has no journal where none was ever made.
pub fn first_unknown(
    order: &Order,
    journal: Option<&Journal>,
    place: Place<'_>,
    plan: impl Fn(&Path) -> Option<Plan>,
) -> Result<Option<Unknown>, Failure> {
    if order.report != ReportWord::Ask {
        return Ok(None);
    }
    for path in unknown_reports(place.dir, place.stem, journal) {
        let Some(plan) = plan(&path) else { continue };
        let accepted = accepted_rows(&plan)?;
        let ids = accepted.iter().map(|row| row.request_id.as_str());
        let known = match journal {
            Some(journal) => journal.knows_requests(ids)?,
            None => accepted.is_empty(),
        };
        if !known {
            return Ok(Some(unknown(&path, &accepted)));
        }
    }
    Ok(None)
}

fn unknown(path: &Path, accepted: &[Accepted]) -> Unknown {
    let changed = path.metadata().and_then(|found| found.modified()).ok();
    let changed = changed.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let pages: std::collections::BTreeSet<&str> = accepted.iter().map(|row| row.url.as_str()).collect();
    Unknown {
        path: path.to_owned(),
        changed_us: changed.map_or(0, |at| i64::try_from(at.as_micros()).unwrap_or(0)),
        rows: accepted.len() as u64,
        pages: pages.len() as u64,
    }
}

/// The report as an input, if it is one of ours and shows anything as accepted.
fn read(path: &Path, order: &Order, ground: &Ground) -> Result<Option<(Plan, Vec<Accepted>)>, Failure> {
    let Some(plan) = plan_of(path, order, &ground.settings)? else { return Ok(None) };
    let accepted = accepted_rows(&plan)?;
    Ok(if accepted.is_empty() { None } else { Some((plan, accepted)) })
}

/// `None`: it cannot be read as contracts, so it is none of our reports.
pub fn plan_of(
    path: &Path,
    order: &Order,
    settings: &crate::settings::Settings,
) -> Result<Option<Plan>, Failure> {
    let own = Order {
        files: vec![path.to_owned()],
        reports: true,
        sheets: SheetChoice::Fitting,
        group_by: None,
        ..order.clone()
    };
    Ok(plans(&own, settings)?.into_iter().next().and_then(|plan: Result<Plan, Refusal>| plan.ok()))
}

fn accepted_rows(plan: &Plan) -> Result<Vec<Accepted>, FileError> {
    let mut accepted = Vec::new();
    each_row(plan, |numbered| {
        let row = numbered.row;
        let value = |name: &str| {
            let column = row.mapping.headers.iter().position(|header| header.trim() == name);
            column.map(|column| row.row.cell(column).seen()).unwrap_or_default()
        };
        if value(own::STATUS) == "accepted" && value(own::SANDBOX).is_empty() {
            let (url, request_id) = (value(own::CONFIRM_URL), value(own::REQUEST_ID));
            accepted.push(Accepted { ord: numbered.ord, url, request_id });
        }
        Ok::<_, FileError>(ControlFlow::Continue(()))
    })?;
    Ok(accepted)
}

/// Takes what a report shows as accepted into the journal, with its links.
async fn believe(
    path: &Path,
    plan: &Plan,
    accepted: &[Accepted],
    order: &Order,
    ground: &Ground,
) -> Result<(), Failure> {
    let journal = &ground.journal;
    let job = new_id(journal)?;
    let lock = journal.lock_job(&job)?;
    let file_path = journal.job_path(&job);
    let believed = async {
        let hash = |parts: &[&[u8]]| journal.keyed_hash(parts);
        // Its deadlines may have passed since.
        let means = Means { hash: &hash, is_over: &|| ground.is_over(), now: jiff::Timestamp::UNIX_EPOCH };
        let order = Order { hidden_rows: HiddenRows::Send, group_by: None, ..order.clone() };
        let file = import_into(&file_path, plan, &order, &ground.settings, &means)?;
        let pages = pages_of(&file, accepted, path)?;
        let contents = digest::of_file(path).map_err(|error| crate::report::write_fault(path, &error))?;
        journal
            .begin_job(NewJob {
                id: job.clone(),
                realm: ground.realm(),
                identity: journal.keyed_hash(&[b"believed", &contents]),
                round: 0,
                action: ground.settings.action.wire_name().to_owned(),
                about: About { files: vec![absolute(path)], ..About::of_plan(plan) }.to_json(),
                now_us: now_us(),
            })
            .await?;
        journal.import_flows(&job, &file, Permission::default(), &|| false)?;
        journal.job_ready(&job).await?;
        take_over(journal, &job).await?;
        journal.believe(&job, pages, now_us()).await?;
        journal.job_finished(&job, now_us()).await?;
        Ok::<_, Failure>(())
    };
    let result = believed.await;
    if result.is_err() {
        remove_job_file(&file_path);
    }
    drop(lock);
    result
}

/// A journal that was restored from a backup may have these contracts as unsent.
async fn take_over(journal: &Journal, job: &JobId) -> Result<(), Failure> {
    let (mut dead, mut locks) = (Vec::new(), Vec::new());
    for holder in journal.waits_for(job)?.into_iter().filter(|holder| holder != job) {
        locks.push(journal.lock_job(&holder)?);
        journal.hold_lease(&holder, now_us()).await?;
        dead.push(DeadJob { job: holder, only_prepared: true });
    }
    journal.settle_claims(job, dead).await?;
    Ok(())
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
    let mut pages: BTreeMap<(&str, u32), Believed> = BTreeMap::new();
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
        };
        pages.entry((row.url.as_str(), group)).or_insert_with(new).flows.push(flow);
    }
    Ok(pages.into_values().collect())
}
