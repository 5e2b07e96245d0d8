//! The use cases: check, run, and what can be asked of a job later. A door parses, calls one of them, and prints.

mod answered;
mod begin;
mod check;
mod conflicts;
mod corrected_copies;
mod earlier_round;
mod follow;
mod foreign_reports;
mod inputs;
mod job_origin;
mod kept;
mod known;
mod names;
mod object;
mod online;
mod pages;
mod prepare;
mod preview;
mod purge;
mod reconcile;
mod rest;
mod resume;
mod rows_meant;
mod run;
mod shelve;
mod start;
mod status;
mod still_copied;
mod templates;
mod totals;
mod work;
mod worth_telling;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use crate::domain::doubt::DoubtFault;
use crate::domain::file::FileError;
use crate::domain::job::{Again, JobId, Start};
use crate::domain::problem::Problem;
use crate::domain::said::Said;
use crate::domain::understood::Understood;
use crate::essbasic::client::ClientError;
use crate::intake::first_texts;
use crate::intake::plan::{Refusal, SheetChoice};
use crate::intake::{HiddenRows, ImportError};
use crate::journal::{Journal, JournalError, JournalFault};
use crate::pace::PaceError;
use crate::platform::private;
use crate::report::{ReportError, Ticks, Written};
use crate::runner::{Event, Reason, Stop, Tell};
use crate::settings::credentials::Found;
use crate::settings::{MemoryError, Remembered, Settings, SettingsError};
use crate::table::ReadOptions;
use crate::text::Lang;

use crate::domain::unknown::Unknown;
pub use check::{Checked, FileCheck, Sources, TemplatesSeen, check, problems_of};
pub use follow::{
    Conclusion, Downloaded, Downloads, Left, Linked, Reminding, Tracked, Undoing, Undone, Waiting, download,
    links, plan_undo, remind, track,
};
pub use foreign_reports::ReportWord;
pub use job_origin::title_of;
pub use object::job_object;
pub use online::pace_folder;
pub use pages::{PageName, Renewed, ToConfirm, confirm, find as find_page, renew, to_confirm};
pub use preview::{Previewed, Shown, preview};
pub use purge::{Erased, PurgeRisk, PurgeWord, purge, purge_risk};
pub use reconcile::{
    Callbacks, Heard, Line as SettledLine, Reconciled, Twice, Word, Words as DoubtWords, reconcile,
};
pub use resume::{report_again, retry};
pub use run::{NAMES_FILES, run};
pub use shelve::{Move, began_with, carry, report_beside, settle};
pub use start::{Approval, Approve};
pub use status::{PageCount, Standing, files_of, named_job, status};
pub use templates::{Asked as AskedTemplates, Moved, ask_template};
pub use totals::{Totals, totals};

/// What someone asks for.
#[derive(Clone)]
pub struct Request {
    pub files: Vec<PathBuf>,
    /// What another process works on is left to it.
    pub skip_busy: bool,
    /// More than one was named, or a pattern: what nobody has worked on is left out.
    pub several: bool,
    pub sheets: SheetChoice,
    pub hidden_rows: HiddenRows,
    pub group_by: Option<String>,
    /// Contracts on a page; `None`: as many as the API takes.
    pub per_page: Option<usize>,
    pub first: Option<usize>,
    pub skip_invalid: bool,
    pub again: Again,
    pub allow_duplicates: bool,
    /// A number that was used before may be another contract; nothing else is answered by it.
    pub reused_keys: bool,
    /// What all contracts were refused for is their own fault.
    pub keep_going: bool,
    /// A check leaves its workbook also where nothing is wrong.
    pub keep_check: bool,
    /// What a report beside the input is worth that the journal does not know.
    pub report: ReportWord,
    /// The files are reports of ours, read for what they show as sent.
    pub reports: bool,
    /// Where reports go; `None`: beside the input.
    pub out: Option<PathBuf>,
    /// What this run says of how its files are read.
    pub said: Said,
    /// What was said of earlier files; it counts where this run says nothing.
    pub remembered: Remembered,
    /// What was said of earlier files is taken back with this run: its files ask once more.
    pub forgets: bool,
    /// What is said of its files is remembered with this run.
    pub remembers: bool,
    pub lang: Lang,
    pub read: ReadOptions,
}

impl Request {
    /// These files as they are, with nothing said of them.
    pub fn of(files: Vec<PathBuf>, lang: Lang) -> Self {
        Self {
            files,
            skip_busy: false,
            several: false,
            sheets: SheetChoice::Fitting,
            hidden_rows: HiddenRows::Ask,
            group_by: None,
            per_page: None,
            first: None,
            skip_invalid: false,
            again: Again::No,
            allow_duplicates: false,
            reused_keys: false,
            keep_going: false,
            keep_check: false,
            report: ReportWord::Ask,
            reports: false,
            out: None,
            said: Said::default(),
            remembered: Remembered::default(),
            forgets: false,
            remembers: false,
            lang,
            read: ReadOptions::default(),
        }
    }

    /// Forgets what was said of files with the headers of these. Whether there was something.
    pub fn forget(&self, settings: &Settings) -> Result<bool, Failure> {
        let state = settings.state_folder()?;
        if !state.is_dir() {
            return Ok(false);
        }
        // Where it stands, and which sheets are meant, may be what was remembered.
        let all: Vec<Vec<String>> =
            self.files.iter().flat_map(|file| first_texts(file, &self.read)).collect();
        let forgotten = Remembered::change(&state, |remembered| {
            let mut has_some = false;
            for headers in &all {
                has_some |= remembered.forget(&state, headers)?;
            }
            Ok(has_some)
        });
        forgotten.map_err(|error| not_kept(&state, error))
    }

    /// Keeps what this run says, for files with the same headers. Whether there was such a file.
    pub fn remember(&self, settings: &Settings) -> Result<bool, Failure> {
        let state = settings.state_folder()?;
        let fail = |error: std::io::Error| Failure::Journal(JournalError::io(&state, &error));
        private::make_folder(&state).map_err(fail)?;
        let mut all = Vec::new();
        for plan in inputs::plans(self, settings)?.into_iter().flatten() {
            for source in &plan.sources {
                let said = Said {
                    hidden_headers: source.hidden_headers(),
                    left_sheets: Some(plan.left_sheets()),
                    lines_above: Some(source.lines()),
                    ..self.said.kept()
                };
                all.push((source.head.clone(), said));
            }
        }
        let is_kept = !all.is_empty();
        let kept = Remembered::change(&state, |remembered| {
            for (headers, said) in all {
                let before = remembered.find(&headers).cloned().unwrap_or_default();
                remembered.remember(&state, &headers, &said.beside(&before))?;
            }
            Ok(is_kept)
        });
        kept.map_err(|error| not_kept(&state, error))
    }
}

fn not_kept(state: &Path, error: MemoryError) -> Failure {
    match error {
        MemoryError::Settings(error) => error.into(),
        MemoryError::Io(error) => Failure::Journal(JournalError::io(state, &error)),
    }
}

/// Which file is waited for, and for how long.
pub type TellWait = Box<dyn Fn(&Path, Duration) + Send + Sync>;

/// What is to be known before anything is sent.
pub type TellFirst = Box<dyn Fn(&Problem) + Send + Sync>;
/// Ticks in a report that somebody has taken away.
pub type TellTicks = Box<dyn Fn(&Ticks) + Send + Sync>;
/// What a file was understood as.
pub type Show = Box<dyn Fn(&Path, &Understood) + Send + Sync>;

/// What a run needs besides its order.
pub struct Workspace {
    pub settings: Settings,
    pub credentials: Found,
    pub journal: Arc<Journal>,
    pub stop: watch::Receiver<Stop>,
    /// The other side is the stand-in inside this process.
    pub sandbox: bool,
    /// Tells that a file is waited for which is still being copied, and for how long.
    pub wait: TellWait,
    /// Tells of contracts that were sent for somebody else, before these are.
    pub tell_first: TellFirst,
    /// Shows what a file was understood as, before anything of it is sent.
    pub show: Show,
    /// Asked before contracts are started.
    pub approve: Approve,
    /// What this command has asked of templates.
    pub templates: AskedTemplates,
    /// Makes the listener of a job that is about to be worked on.
    pub listen: Box<dyn Fn(&JobId) -> Tell + Send + Sync>,
    /// Told of ticks that somebody has taken away.
    pub tell_ticks: TellTicks,
    /// Hears of each request that has ended and sends nothing of a job.
    pub asked: Arc<dyn Fn(Event) + Send + Sync>,
}

impl Workspace {
    /// With these nobody is told or asked anything, and nothing is rehearsed; whoever wants it
    /// otherwise says so.
    pub fn new(
        settings: Settings,
        credentials: Found,
        journal: Arc<Journal>,
        stop: watch::Receiver<Stop>,
    ) -> Self {
        Self {
            settings,
            credentials,
            journal,
            stop,
            sandbox: false,
            wait: Box::new(|_, _| ()),
            tell_first: Box::new(|_| ()),
            show: Box::new(|_, _| ()),
            approve: Box::new(|_, _| Approval::Nobody),
            listen: Box::new(|_| Box::new(|_| ())),
            tell_ticks: Box::new(|_| ()),
            asked: Arc::new(|_| ()),
            templates: AskedTemplates::default(),
        }
    }

    /// Whether someone wants the work to end.
    pub fn is_over(&self) -> bool {
        *self.stop.borrow() != Stop::No
    }

    /// What was sent here does not count anywhere else.
    pub fn realm(&self) -> String {
        prepare::settings_realm(&self.settings)
    }
}

/// What came of one input.
pub struct Outcome {
    /// The first file of the input.
    pub path: PathBuf,
    pub job: Option<JobId>,
    pub result: Result<Ran, Failure>,
    /// Nothing was done, and all of it was told before.
    pub known: bool,
}

/// A job that was worked on, or had been.
pub struct Ran {
    pub written: Written,
    pub ended: Ended,
    /// Things to tell that stopped nothing: warnings, at most some hundred.
    pub told: Vec<(Problem, Vec<String>)>,
    pub requests: u64,
    /// The job starts contracts.
    pub starts: bool,
    /// Those of this call.
    pub sent: u64,
    /// There was nothing to do: neither was anything sent, nor a file written.
    pub idle: bool,
    /// Requests that a file without a bad contract would not have needed.
    pub extra_requests: u64,
    /// The report could not be written where it belongs, so it is in the state folder.
    pub misplaced: Option<ReportError>,
    /// The workbook of an earlier check that stays, although nothing is wrong any more.
    pub kept: Option<PathBuf>,
    /// Links to sign, where somebody has asked for them. What went wrong with them makes no
    /// contract fail.
    pub links: Option<Result<Linked, Box<Failure>>>,
}

pub enum Ended {
    Finished,
    /// It had been finished before: nothing was sent now.
    Before,
    Trial,
    /// As many as the trial was to have were tried before: nothing was sent now.
    TrialBefore,
    /// Of what was sent before nothing has ended, so nothing goes again.
    NoneEnded,
    /// All that is meant of what was left out has gone.
    NoneLeft,
    /// Nothing of the job has failed, or others have sent it since.
    NothingFailed,
    /// Others of its contracts wait for a run of its file.
    Partly,
    /// Of what is left nobody knows whether it was started: nothing more is sent of it.
    InDoubt,
    Stopped(Reason),
}

/// Why an input did not become a job, or could not be reported.
pub enum Failure {
    Refused(Refusal),
    /// Rows that break a rule, or a question; nothing was sent.
    Invalid {
        problems: Vec<(Problem, Vec<String>)>,
        count: u64,
        written: Option<Written>,
        sendable: u64,
        /// The same was told of the same contents before, and nothing was written now.
        known: bool,
    },
    /// What the sheet leaves open; nothing was sent.
    Questions {
        /// The questions, and what is wrong anyway.
        problems: Vec<(Problem, Vec<String>)>,
        understood: Box<Understood>,
    },
    /// Contracts would be started, and nobody has agreed to that; nothing was sent.
    NotApproved {
        start: Start,
        /// Somebody was asked, and said no.
        asked: bool,
    },
    /// The API does not tell what the templates are, so somebody has to say how to go on;
    /// nothing was sent.
    TemplatesUnasked {
        outcome: Box<crate::domain::verdict::Outcome>,
    },
    /// Contracts of a job do not fit their templates any more; nothing more was sent.
    TemplatesMoved {
        moved: Vec<Moved>,
    },
    /// What has to be known first could not be asked; nothing was sent.
    Unanswered(Box<Reason>),
    NoContracts,
    /// A report beside the input shows contracts as sent of which the journal knows
    /// nothing; nothing was sent.
    UnknownReport(Unknown),
    /// So many of its accepted rows cannot be read as contracts.
    ReportUnreadable {
        path: PathBuf,
        rows: u64,
    },
    /// The file was changed while it was being read; nothing was sent.
    Changed {
        path: PathBuf,
    },
    /// Someone wanted to stop; nothing was sent.
    Stopped,
    /// An earlier one of several files has stopped.
    NotBegun,
    /// One of our reports among several files: left out.
    LeftOut,
    /// Another process works on it, and somebody has said to leave it to that one.
    Busy,
    /// The input was finished before, and its data is no longer there.
    Erased {
        job: JobId,
        /// With its files and its date.
        title: String,
        /// Some of its contracts had failed.
        failed: bool,
        /// Nobody has erased it.
        lost: bool,
        /// That some of its rows were left out.
        rest: Option<Box<Problem>>,
    },
    NoSuchPage {
        page: usize,
        pages: usize,
    },
    /// No page has that link or that number.
    PageUnknown,
    /// Several jobs have a page of that number.
    PageOfSeveral {
        pages: Vec<(JobId, u32)>,
    },
    /// Several jobs' numbers end like that.
    JobOfSeveral {
        /// Each with its files and its date.
        jobs: Vec<String>,
    },
    /// Somebody has noted that it is confirmed.
    PageConfirmed {
        page: String,
        by: Option<String>,
    },
    /// What was sent has no page to confirm.
    NothingToRenew,
    /// What starts nothing has no preview but its page.
    NothingToPreview,
    /// What starts nothing has nobody who signs yet.
    NothingToFollow,
    /// The job has started no contract.
    NothingStarted {
        job: JobId,
    },
    /// None of the job's contracts has that number or FlowId.
    NoSuchContract {
        contract: String,
    },
    /// Another page has taken its place.
    PageReplaced {
        page: usize,
        by: Option<u32>,
    },
    /// The job began against another endpoint, or for another organisation.
    OtherRealm {
        /// With its files and its date.
        job: String,
    },
    /// Another job has failed contracts of it still to send, corrected; nothing was sent.
    BeingCorrected {
        /// Each with its files and its date.
        job: String,
        by: String,
    },
    /// What was said of contracts in doubt does not count.
    Doubt(DoubtFault),
    /// A file of callbacks cannot be read.
    Callbacks {
        path: PathBuf,
        detail: String,
    },
    Journal(JournalError),
    Settings(SettingsError),
    Pace(PaceError),
    Client(ClientError),
    Report(ReportError),
}

impl From<ImportError> for Failure {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::File(error) => Self::from(error),
            ImportError::Journal(error) => error.into(),
            ImportError::Stopped => Self::Stopped,
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::Refused(Refusal::File(error))
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        match error.fault {
            JournalFault::Stopped => Self::Stopped,
            _ => Self::Journal(error),
        }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::Settings(error)
    }
}

impl From<PaceError> for Failure {
    fn from(error: PaceError) -> Self {
        Self::Pace(error)
    }
}

impl From<ClientError> for Failure {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::Report(error)
    }
}
