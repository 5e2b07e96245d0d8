//! Before contracts are started: how many, what that uses up, whom it reaches; and
//! whether somebody has agreed to that.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

use serde::Deserialize;

use crate::domain::job::{Again, FlowNo, JobId, SentBefore, Start, Status};
use crate::essbasic::action::Action;
use crate::journal::{JobFile, Journal, JournalError, JournalFault};
use crate::settings::Settings;

use super::{Failure, Workspace};

/// What somebody says to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Approval {
    Yes,
    No,
    /// There is nobody to ask, and nobody has said it beforehand.
    Nobody,
}

/// Asks whoever has called, of the contracts of a file.
pub type Approve = Box<dyn Fn(&Path, &Start) -> Approval + Send + Sync>;

/// Contracts read at a time.
const BLOCK: u32 = 1_000;

/// The action of a job: it goes on with the one that it began with.
pub fn action_of(journal: &Journal, settings: &Settings, job: &JobId) -> Result<Action, Failure> {
    let Some(record) = journal.job(job)? else { return Ok(settings.action) };
    // What another program's action does, and what may be repeated of it, is not known here.
    Action::from_name(&record.action).ok_or_else(|| {
        JournalError::new(journal.dir(), JournalFault::Other(format!("action {}", record.action))).into()
    })
}

/// Contracts that are about to be sent: which of a file's, and of them at most so many.
pub struct Wanted<'w> {
    pub includes: &'w dyn Fn(FlowNo) -> bool,
    pub most: Option<usize>,
    /// What somebody has said of those that were sent before, and how these stand.
    pub again: (Again, SentBefore),
}

/// Lets contracts be started only if somebody has agreed. What starts nothing needs no word.
///
/// # Errors
/// `NotApproved`.
pub fn approve(
    workspace: &Workspace,
    action: Action,
    path: &Path,
    file: &JobFile,
    wanted: &Wanted<'_>,
) -> Result<(), Failure> {
    if action.preparing().is_some() {
        return Ok(());
    }
    let start = count(file, wanted)?;
    if start.contracts == 0 {
        return Ok(());
    }
    match (workspace.approve)(path, &start) {
        Approval::Yes => Ok(()),
        approval => Err(Failure::NotApproved { start, asked: approval == Approval::No }),
    }
}

/// The same for what a job has still to send; `again`: also what was rejected.
///
/// # Errors
/// As [`approve`].
pub fn approve_rest(
    workspace: &Workspace,
    action: Action,
    job: &JobId,
    path: &Path,
    first: Option<usize>,
    again: bool,
) -> Result<(), Failure> {
    if action.preparing().is_some() {
        return Ok(());
    }
    let journal = &workspace.journal;
    let (file, results) = (journal.job_file(job)?, journal.results(job)?);
    let includes = |flow| match results.of(flow).map(|result| result.status) {
        None | Some(Status::Pending) => !again || results.of(flow).is_some(),
        Some(Status::Rejected) => again,
        Some(_) => false,
    };
    // Trials of a job together try at most so many.
    let most = match first {
        Some(first) => Some(first.saturating_sub(journal.count_tried(job)?)),
        None => None,
    };
    approve(workspace, action, path, &file, &Wanted { includes: &includes, most, again: <_>::default() })
}

fn count(file: &JobFile, wanted: &Wanted<'_>) -> Result<Start, Failure> {
    let (again, before) = wanted.again;
    let mut start = Start { contracts: 0, people: 0, trial: wanted.most.is_some(), again, before };
    let most = wanted.most.map_or(u64::MAX, |most| most as u64);
    let mut people = HashSet::new();
    let mut next = FlowNo(0);
    loop {
        let block = file.sendables(next, BLOCK)?;
        let Some(last) = block.last().map(|last| last.flow) else { break };
        next = FlowNo(last.0 + 1);
        let flows: Vec<FlowNo> = block
            .iter()
            .map(|sendable| sendable.flow)
            .filter(|flow| (wanted.includes)(*flow))
            .take(usize::try_from(most.saturating_sub(start.contracts)).unwrap_or(usize::MAX))
            .collect();
        start.contracts += flows.len() as u64;
        file.each_body(&flows, |flow, body| add_people(flow, body, &mut people))?;
        if start.contracts >= most {
            break;
        }
    }
    start.people = people.len() as u64;
    Ok(start)
}

/// Whom a contract names, as far as one person is told from another.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Reached {
    flow_approvers: Vec<Person>,
    cc_infos: Vec<Person>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Person {
    mobile: String,
    open_id: String,
    name: String,
    organization_name: String,
}

fn add_people(flow: FlowNo, body: &[u8], people: &mut HashSet<u64>) {
    let reached: Reached = serde_json::from_slice(body).unwrap_or_default();
    for (at, person) in reached.flow_approvers.iter().chain(&reached.cc_infos).enumerate() {
        let mut hasher = DefaultHasher::new();
        match person {
            Person { mobile, .. } if !mobile.is_empty() => ("mobile", mobile).hash(&mut hasher),
            Person { open_id, .. } if !open_id.is_empty() => ("open_id", open_id).hash(&mut hasher),
            Person { name, organization_name, .. } if !(name.is_empty() && organization_name.is_empty()) => {
                ("name", name, organization_name).hash(&mut hasher);
            }
            // Somebody else is found out by the API.
            _ => ("somebody", flow, at).hash(&mut hasher),
        }
        people.insert(hasher.finish());
    }
}
