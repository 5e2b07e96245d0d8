//! What the ledger keeps of a job's origin: its files, where its reports go, and
//! who sends, as far as the settings say it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::domain::job::{JobId, Tally};
use crate::domain::problem::{Place as SheetPlace, Problem, Rule};
use crate::domain::workbook_marks::GIVES;
use crate::essbasic::action::Action;
use crate::intake::open_marks::marks_of_given;
use crate::intake::plan::{Plan, Source};
use crate::journal::{JobFile, JobLock, JobRecord, Journal, JournalError, JournalFault};
use crate::platform::access::Access;
use crate::platform::clock::now_us;
use crate::report::{ReportError, shown_links};
use crate::settings::Settings;

use super::kept::Kept;
use super::rows_meant::RowsMeant;
use super::{Failure, Workspace};

/// Folder and stem of a report.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub dir: &'a Path,
    pub stem: &'a str,
}

/// What the ledger keeps of a job's origin, so that its report can be made again.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct JobOrigin {
    pub files: Vec<PathBuf>,
    /// Folder and stem of its reports; several where the input was run under
    /// several names.
    pub places: Vec<(PathBuf, String)>,
    /// Values of the request that the settings gave where no column did.
    pub sent_by: BTreeMap<String, String>,
    /// When the operator was last corrected.
    pub corrected_us: i64,
    pub notes: Vec<String>,
    /// Headers that are called otherwise, each with the name of what it gives.
    pub renamed: Vec<(String, String)>,
    /// Values that the command line gave where no cell does, by field.
    pub given: Vec<(String, String)>,
    /// The same, as a workbook to correct says it.
    #[serde(skip)]
    pub given_marks: Vec<(String, String)>,
    /// Several sheets of contracts.
    pub all_sheets: bool,
    /// Requests it would take if no contract were bad.
    pub requests: u64,
    pub per_page: Option<usize>,
    /// The job whose failed contracts it brings, corrected.
    pub fixes: Option<JobId>,
    /// Contracts that were invalid, and skipped, when it was imported.
    pub left_out: Option<(u64, u64)>,
    /// Its report was written once.
    pub reported: bool,
    /// Its action starts contracts at once: of what the ledger says of the job itself.
    #[serde(skip)]
    pub starts: bool,
    /// The column whose values never share a page to confirm, and get a web page each.
    pub group_by: Option<String>,
    /// Who may look into its files.
    pub access: Option<Access>,
    /// What each of its reports was written with.
    pub kept: Vec<Kept>,
    /// How it stood when its report was written last; it outlives its data.
    pub stands: Option<Stands>,
    /// Which rows of its files it was to send. None: a job of an earlier version.
    pub meant: Option<RowsMeant>,
}

/// What a report tells of its job: as long as none of it changes, the report stays as it is.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stands {
    pub tally: Tally,
    pub requests: u64,
    pub pages: usize,
    /// Of the links that it shows, and whether they are confirmed: a keyed hash.
    pub links: String,
}

impl Stands {
    pub fn read(journal: &Journal, job: &JobId, file: &JobFile) -> Result<Self, ReportError> {
        let links = shown_links(journal, job)?.into_iter();
        let links: Vec<String> =
            links.map(|(url, before, confirmed)| format!("{url} {before} {confirmed}")).collect();
        let followed = file.followed_mark()?;
        let links: Vec<String> =
            links.into_iter().chain(Some(followed).filter(|mark| !mark.is_empty())).collect();
        let links: Vec<&[u8]> = links.iter().map(|link| link.as_bytes()).collect();
        Ok(Self {
            tally: journal.whole_tally(job, file)?.0,
            requests: journal.requests(job)?,
            pages: journal.count_pages(job)?,
            links: hex::encode(journal.keyed_hash(&links)),
        })
    }
}

impl JobOrigin {
    pub fn of(record: &JobRecord) -> Self {
        let about: Self = serde_json::from_str(&record.about).unwrap_or_default();
        let starts = Action::from_name(&record.action).is_some_and(|action| action.preparing().is_none());
        let given_marks = marks_of_given(&about.given);
        Self { starts, given_marks, ..about }
    }

    /// Changes what the ledger keeps of a job, as it stands there at that moment.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn change(
        journal: &Journal,
        job: &JobId,
        change: impl FnOnce(&mut Self) + Send + 'static,
    ) -> Result<(), JournalError> {
        journal.change_about(job, |about| {
            let mut about: Self = serde_json::from_str(about).unwrap_or_default();
            change(&mut about);
            about.to_json()
        })
    }

    /// What the files themselves say.
    pub fn of_plan(plan: &Plan) -> Self {
        let mut renamed: Vec<(String, String)> =
            plan.sources.iter().flat_map(|own| renamed_in(own, plan)).collect();
        renamed.sort();
        renamed.dedup();
        let all_sheets = plan.sources.len() > 1 && !plan.joined;
        let fixes = plan.fixes.clone();
        let access = Access::of_all(plan.files.iter().map(PathBuf::as_path));
        let given = plan.sources.first().map_or_else(Vec::new, |source| source.said.defaults.clone());
        let given_marks = marks_of_given(&given);
        let notes = plan.notes.clone();
        Self { access, notes, renamed, given, given_marks, all_sheets, fixes, ..Self::default() }
    }

    pub fn adds(&mut self, place: (PathBuf, String)) -> bool {
        let new = !self.places.contains(&place);
        if new {
            self.places.push(place);
        }
        new
    }

    /// Who might look into its files when it was begun, and still may. Of a job of an earlier
    /// version only the latter is known.
    pub fn access_now(&self) -> Option<Access> {
        let now = Access::of_all(self.files.iter().map(PathBuf::as_path));
        [self.access, now].into_iter().flatten().reduce(Access::and)
    }

    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A job as a person knows it again: its number, its files and when it was begun, in the zone of
/// the settings as everything else.
pub fn title(record: &JobRecord, zone: &TimeZone) -> String {
    let name = |file: &PathBuf| file.file_name().map(|name| name.to_string_lossy().into_owned());
    let files: Vec<String> = JobOrigin::of(record).files.iter().filter_map(name).collect();
    let begun = jiff::Timestamp::from_microsecond(record.created_us).ok();
    let begun = begun.map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
    let known: Vec<String> =
        Some(files.join(" + ")).filter(|all| !all.is_empty()).into_iter().chain(begun).collect();
    format!("{} ({})", record.id, known.join(", "))
}

/// The same of a job that may not be known any more.
pub fn title_of(journal: &Journal, zone: &TimeZone, job: &JobId) -> String {
    journal.job(job).ok().flatten().map_or_else(|| job.to_string(), |record| title(&record, zone))
}

/// Takes a job for work on it, or names it as a person knows it: who has it may be somebody
/// else's window.
pub fn lock(journal: &Journal, zone: &TimeZone, job: &JobId) -> Result<JobLock, JournalError> {
    journal.lock_job(job).map_err(|mut error| {
        if let JournalFault::JobTaken { job: named, .. } = &mut error.fault {
            *named = title_of(journal, zone, job);
        }
        error
    })
}

impl Place<'_> {
    pub fn absolute(self) -> (PathBuf, String) {
        let dir = if self.dir.as_os_str().is_empty() { Path::new(".") } else { self.dir };
        (absolute(dir), self.stem.to_owned())
    }
}

pub fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// What may be corrected in the settings when a job is taken up again: the
/// others would make it another job.
const CORRECTABLE: [&str; 2] = ["operator_open_id", "jump_url"];

pub fn sent_by(settings: &Settings) -> BTreeMap<String, String> {
    let value = |name: &str| settings.request.get(name).or_else(|| settings.defaults.get(name)).cloned();
    CORRECTABLE.iter().filter_map(|name| Some(((*name).to_owned(), value(name)?))).collect()
}

/// An operator or a page to jump to that was corrected in the settings counts
/// for what is not sent yet.
/// Returns since when acceptances speak for it.
pub fn correct_senders(workspace: &Workspace, job: &JobId, file: &JobFile) -> Result<i64, Failure> {
    let settings = &workspace.settings;
    let mut about = workspace.journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    let mut corrected = false;
    for (name, sent) in &mut about.sent_by {
        let now = settings.request.get(name.as_str()).or_else(|| settings.defaults.get(name.as_str()));
        let Some(now) = now.filter(|now| *now != sent) else { continue };
        file.correct_senders(|sender| {
            let own = match name.as_str() {
                "operator_open_id" => &mut sender.operator_open_id,
                _ => &mut sender.jump_url,
            };
            // Another one came from a column.
            if own == sent {
                own.clone_from(now);
            }
        })?;
        let file = about.files.first().map(|file| file.display().to_string()).unwrap_or_default();
        let place = SheetPlace { file: file.into(), ..SheetPlace::default() };
        let rule = Rule::SenderChanged { field: name.clone(), before: sent.clone() };
        (workspace.tell_first)(&Problem { place, value: Some(now.clone()), rule });
        sent.clone_from(now);
        corrected = true;
    }
    if corrected {
        about.corrected_us = now_us();
        let JobOrigin { sent_by, corrected_us, .. } = about;
        JobOrigin::change(&workspace.journal, job, move |about| {
            about.sent_by = sent_by;
            about.corrected_us = corrected_us;
        })?;
        return Ok(corrected_us);
    }
    Ok(about.corrected_us)
}

/// Columns of a sheet that were called otherwise. Where another sheet has one of that name that gives
/// something else, which sheet it is of is said, too.
fn renamed_in(source: &Source, plan: &Plan) -> Vec<(String, String)> {
    let differs = |header: &str| {
        let target =
            |own: &Source| own.mapping.header_named(header).map(|at| own.mapping.targets[at].clone());
        let own = target(source);
        plan.sources.iter().filter_map(target).any(|other| Some(other) != own)
    };
    let pairs = source.mapping.renamed();
    let of_sheet = |(header, gives): (String, String)| match &source.name {
        Some(sheet) if differs(&header) => (header, format!("{gives}{GIVES}{sheet}")),
        _ => (header, gives),
    };
    pairs.into_iter().map(of_sheet).collect()
}
