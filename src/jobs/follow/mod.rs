//! Contracts after they were started: how they stand, links to sign them, reminders, taking
//! them back, their documents. Only jobs of an action that starts contracts have any of it.
//!
//! Whatever is asked, the job's lock is held meanwhile, what came is written down answer by
//! answer, and the reports are written again where they stand.

mod asking;
mod download;
mod file_names;
mod links;
mod remind;
mod track;
mod undo;

use std::collections::HashMap;

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::signing;
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::journal::{JobFile, JobLock};
use crate::report::ReportError;
use crate::runner::{Asker, Reason};
use crate::text::{Lang, console};

use super::online::asker;
use super::resume::resume_limits;
use super::status::no_such_job;
use super::work::report_where_it_is;
use super::{Failure, Workspace};

pub use download::{Downloaded, Downloads, download};
pub use links::{Linked, links, links_of_run};
pub use remind::{Reminding, remind};
pub use track::{Tracked, Waiting, track};
pub use undo::{Undoing, Undone, plan_undo};

/// So many are named one by one; the report has all.
pub const MOST_NAMED: usize = 10;
/// Contracts read at a time.
const BLOCK: u32 = 1_000;

/// A contract that was started.
struct Contract {
    flow: FlowNo,
    flow_id: String,
    /// As the API has called it when somebody last asked.
    status: Option<String>,
    /// Who has sent it.
    group: u32,
}

impl Contract {
    fn is_over(&self) -> bool {
        self.status.as_deref().is_some_and(signing::is_over)
    }
}

/// A contract that something could not be done for.
pub struct Left {
    /// Its number, or else its name.
    pub contract: String,
    /// In the API's words, or a code of ours.
    pub code: String,
    pub message: String,
}

/// What came of it as a whole.
#[derive(Default)]
pub struct Conclusion {
    /// It ended early; what was done until then is written down.
    pub stopped: Option<Reason>,
    /// The reports could not be written again.
    pub unreported: Option<ReportError>,
}

/// A job whose contracts are followed. While it lives nobody else works on the job.
struct Following<'g> {
    workspace: &'g Workspace,
    lang: Lang,
    job: JobId,
    file: JobFile,
    _lock: JobLock,
    contracts: Vec<Contract>,
    senders: HashMap<u32, Sender>,
    asker: Asker,
}

impl<'g> Following<'g> {
    fn open(workspace: &'g Workspace, lang: Lang, job: &JobId) -> Result<Self, Failure> {
        let journal = &workspace.journal;
        let record = journal.job(job)?.ok_or_else(|| no_such_job(journal, job))?;
        if Action::from_name(&record.action).is_some_and(|action| action.preparing().is_some()) {
            return Err(Failure::NothingToFollow);
        }
        resume_limits(workspace, job)?;
        let lock = journal.lock_job(job)?;
        journal.keep_room()?;
        let file = journal.job_file(job)?;
        let started = journal.started_flows(job)?;
        if started.is_empty() {
            return Err(Failure::NothingStarted { job: job.clone() });
        }
        let groups = groups(&file)?;
        let contracts = started.into_iter().filter_map(|one| {
            let group = *groups.get(&one.flow)?;
            Some(Contract { flow: one.flow, flow_id: one.flow_id, status: one.flow_status, group })
        });
        Ok(Self {
            workspace,
            lang,
            job: job.clone(),
            contracts: contracts.collect(),
            senders: file.senders()?,
            file,
            _lock: lock,
            asker: asker(workspace, lang)?,
        })
    }

    fn get(&self, place: usize) -> Option<&Contract> {
        self.contracts.get(place)
    }

    /// Places of the contracts that are meant.
    fn places(&self, is_meant: impl Fn(&Contract) -> bool) -> Vec<usize> {
        let all = self.contracts.iter().enumerate();
        all.filter(|(_, contract)| is_meant(contract)).map(|(place, _)| place).collect()
    }

    fn ids(&self, places: &[usize]) -> Vec<String> {
        places.iter().filter_map(|place| Some(self.get(*place)?.flow_id.clone())).collect()
    }

    /// The place of each FlowId among these.
    fn by_id(&self, places: &[usize]) -> HashMap<&str, usize> {
        places.iter().filter_map(|place| Some((self.get(*place)?.flow_id.as_str(), *place))).collect()
    }

    /// Number of a contract, or else its name.
    fn label(&self, place: usize) -> Result<String, Failure> {
        let Some(contract) = self.get(place) else { return Ok(String::new()) };
        let (key, name) = self.file.label(contract.flow)?;
        let label = key.unwrap_or(name);
        if !label.is_empty() {
            return Ok(label);
        }
        // Neither number nor name: the settings name them all.
        let rows = self.file.rows_of(contract.flow)?;
        Ok(rows.first().map(|(_, row)| console::row(self.lang, *row)).unwrap_or_default())
    }

    fn left(&self, place: usize, why: &Why) -> Result<Left, Failure> {
        let (code, message) = (why.code.clone(), why.message.clone());
        Ok(Left { contract: self.label(place)?, code, message })
    }

    /// The first of them, named.
    fn first_left(&self, all: &[(usize, Why)]) -> Result<Vec<Left>, Failure> {
        all.iter().take(MOST_NAMED).map(|(place, why)| self.left(*place, why)).collect()
    }

    /// Writes the reports again where they stand.
    fn conclude(&self, stopped: Option<Reason>) -> Conclusion {
        let unreported = report_where_it_is(self.workspace, self.lang, &self.job).err();
        Conclusion { stopped, unreported }
    }
}

/// Why something was not done.
#[derive(Clone, Default)]
struct Why {
    code: String,
    message: String,
}

impl Why {
    fn of(outcome: &Outcome) -> Self {
        Self {
            code: outcome.code.clone().unwrap_or_default(),
            message: outcome.message.clone().unwrap_or_default(),
        }
    }

    fn said(message: &str) -> Self {
        Self { message: message.to_owned(), ..Self::default() }
    }

    fn code(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    /// As it is kept.
    fn text(&self) -> String {
        match (self.code.is_empty(), self.message.is_empty()) {
            (true, _) => self.message.clone(),
            (false, true) => self.code.clone(),
            (false, false) => format!("{}: {}", self.code, self.message),
        }
    }
}

/// Our code for a contract of which an answer says nothing.
const NOT_ANSWERED: &str = "follow.not_answered";
/// Our code for a task that has ended before it was done with a contract.
const TASK_TIMEOUT: &str = "follow.task_timeout";
/// Our code for a task that is still at work.
const TASK_AT_WORK: &str = "follow.task_at_work";

fn groups(file: &JobFile) -> Result<HashMap<FlowNo, u32>, Failure> {
    let mut groups = HashMap::new();
    let mut next = FlowNo(0);
    loop {
        let block = file.sendables(next, BLOCK)?;
        let Some(last) = block.last() else { return Ok(groups) };
        next = FlowNo(last.flow.0 + 1);
        groups.extend(block.iter().map(|sendable| (sendable.flow, sendable.group)));
    }
}
