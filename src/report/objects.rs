//! What programs are told of a job, its pages and its failed contracts: the same objects in
//! `NAME.report.json` and in every document of `--json`. `docs/schema.json` describes them.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::domain::job::{JobId, Tally};
use crate::journal::JournalError;
use crate::text::Lang;

use super::model::{Line, Model};
use super::pages::{Card, Labels};
use super::{ReportError, ReportInput, ReportOptions};

/// The version of these objects' shape: it changes where a program that reads them would
/// have to.
pub const SCHEMA: u32 = 1;

/// So many failed contracts are told one by one; the rest is in the report.
pub const MOST_FAILED: usize = 100;

/// A page that a person opens and confirms.
#[derive(Serialize)]
pub struct PageObject {
    /// `20261126-0a1b/P07`: what `confirm` and `renew` take.
    pub page: String,
    pub number: Option<u32>,
    /// As people are told of it.
    pub label: String,
    pub url: String,
    pub contracts: u64,
    /// `None`: it is another job's, whose rows are not this file's, or the rows have gone.
    pub rows: Option<RowsObject>,
    /// Another job's, which has sent the same before.
    pub before: bool,
    pub confirmed: bool,
    pub prepared: Option<String>,
}

/// From the first row to the last, each with its sheet where there are several.
#[derive(Clone, Serialize)]
pub struct RowsObject {
    pub first: u32,
    pub first_sheet: Option<String>,
    pub last: u32,
    pub last_sheet: Option<String>,
}

/// A contract that the API has refused, or that was never sent because it breaks a rule.
#[derive(Serialize)]
pub struct RefusedObject {
    pub row: u32,
    /// Its number, if it has one.
    pub contract: Option<String>,
    pub status: &'static str,
    pub code: String,
    pub reason: String,
}

/// What a person does next, as a whole command.
#[derive(Serialize)]
pub struct NextObject {
    /// `resume`, `correct` or `confirm`.
    pub what: &'static str,
    pub command: Vec<String>,
}

/// A job, wherever it is told of.
#[derive(Serialize)]
pub struct JobObject {
    pub job: Option<JobId>,
    /// The first of its files.
    pub file: PathBuf,
    pub files: Vec<PathBuf>,
    /// `sending`, `open` or `finished`.
    pub state: &'static str,
    pub created: Option<String>,
    pub ended: Option<String>,
    pub contracts: Tally,
    pub requests: u64,
    pub page_count: usize,
    /// Pages of its own that nobody has noted as confirmed.
    pub unconfirmed: usize,
    pub pages: Vec<PageObject>,
    pub refused: Vec<RefusedObject>,
    pub next: Vec<NextObject>,
}

impl PageObject {
    pub fn of(card: Card, zone: &TimeZone) -> Self {
        Self {
            page: card.name,
            number: card.number,
            label: card.label,
            url: card.url,
            contracts: card.contracts,
            rows: card.rows,
            before: !card.own,
            confirmed: card.confirmed,
            prepared: card.prepared_us.and_then(|at| time(zone, at)),
        }
    }
}

impl RefusedObject {
    /// `None`: its contract has not failed, or it is not the first row of it.
    pub fn of(line: &Line<'_>, source: &ReportInput<'_>) -> Option<Self> {
        (line.failed() && line.begins).then(|| Self {
            row: line.number,
            contract: line.flow.and_then(|flow| source.file.label(flow).ok()?.0),
            status: line.status.name(),
            code: line.code.clone(),
            reason: line.reason.clone(),
        })
    }
}

/// RFC 3339 with the offset of the zone.
pub fn time(zone: &TimeZone, at_us: i64) -> Option<String> {
    let at = jiff::Timestamp::from_microsecond(at_us).ok()?;
    Some(at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

/// What is left to do, the most urgent first. `fix`: the workbook with what failed.
pub fn next(
    job: Option<&JobId>,
    files: &[PathBuf],
    fix: Option<&Path>,
    tally: &Tally,
    unconfirmed: usize,
) -> Vec<NextObject> {
    let command = |words: Vec<String>| ["flowbatch".to_owned()].into_iter().chain(words).collect();
    let path = |path: &Path| path.to_string_lossy().into_owned();
    let run = |files: &mut dyn Iterator<Item = &Path>| -> Vec<String> {
        command(["run".to_owned()].into_iter().chain(files.map(path)).collect())
    };
    let mut next = Vec::new();
    if tally.pending > 0 && !files.is_empty() {
        next.push(NextObject { what: "resume", command: run(&mut files.iter().map(PathBuf::as_path)) });
    }
    if let Some(fix) = fix.filter(|_| tally.to_correct() > 0) {
        next.push(NextObject { what: "correct", command: run(&mut [fix].into_iter()) });
    }
    if let Some(job) = job.filter(|_| unconfirmed > 0) {
        next.push(NextObject {
            what: "confirm",
            command: command(vec!["pages".to_owned(), job.to_string()]),
        });
    }
    next
}

/// All pages that are to be opened, those of other jobs last.
pub fn page_objects(
    source: &ReportInput<'_>,
    lang: Lang,
    zone: &TimeZone,
) -> Result<Vec<PageObject>, ReportError> {
    let Some((journal, job)) = source.ledger else { return Ok(Vec::new()) };
    let pages = super::pages::Pages::read(journal, job, journal.elsewhere(job)?)?;
    let cards = pages.cards(source.file, job, &Labels { lang, name: &|_, name| name.to_owned() })?;
    Ok(cards.into_iter().map(|card| PageObject::of(card, zone)).collect())
}

/// All have been found, or something went wrong.
enum Halt {
    Enough,
    Failed(ReportError),
}

impl From<JournalError> for Halt {
    fn from(error: JournalError) -> Self {
        Self::Failed(error.into())
    }
}

/// The first contracts that failed, as the report tells of them: its rows are read until
/// there are enough, or all of `tally` were found.
pub fn refused_objects(
    source: &ReportInput<'_>,
    options: &ReportOptions<'_>,
    tally: &Tally,
) -> Result<Vec<RefusedObject>, ReportError> {
    let wanted = usize::try_from(tally.to_correct()).unwrap_or(usize::MAX).min(MOST_FAILED);
    let mut found = Vec::new();
    if wanted == 0 {
        return Ok(found);
    }
    let model = Model::read(source, options)?;
    let read = model.each_row_until(|line| {
        found.extend(RefusedObject::of(line, source));
        found.len() < wanted
    });
    read.map(|()| found)
}

impl Model<'_> {
    /// Rows in the order of the input, for as long as `visit` wants more.
    fn each_row_until(&self, mut visit: impl FnMut(&Line<'_>) -> bool) -> Result<(), ReportError> {
        let mut before = super::model::RowBefore::default();
        let end = self.file.each_row(|row| {
            let line = self.line(row, &mut before).map_err(Halt::Failed)?;
            if visit(&line) { Ok(()) } else { Err(Halt::Enough) }
        });
        match end {
            Ok(()) | Err(Halt::Enough) => Ok(()),
            Err(Halt::Failed(error)) => Err(error),
        }
    }
}
