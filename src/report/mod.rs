//! What came of a job, for people and for programs.
//!
//! Made from the journal alone, at any time, in one pass over the rows:
//! `NAME.report.xlsx` (what to do now, a line for every input row, the pages to
//! confirm), `NAME.report.csv` (the same rows for machines) and, where contracts
//! failed, `NAME.fix.xlsx`: the input with only those, to correct and run. An
//! input that was refused gets `NAME.check.xlsx` instead.
//!
//! Every file appears whole or not at all, and a file that someone has open or
//! has edited is left alone: the new one is called `... (2)`.

mod blame;
mod columns;
mod csv;
mod grid;
mod marked;
mod model;
mod ours;
mod ownership;
mod pages;
mod publish;
mod workbook;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::domain::job::{JobId, Tally};
use crate::domain::understood::Understood;
use crate::journal::{JobFile, Journal, JournalError};
use crate::text::Lang;

use csv::CsvReport;
use marked::Marked;
use model::Model;
use ownership::Owner;
pub use pages::{PageLine, full_name, own_page_lines, page_lines};
pub use publish::write_fault;
use publish::{Folder, Kind};
use workbook::RowsSheet;

/// A job's rows, and what became of them.
pub struct Source<'a> {
    pub file: &'a JobFile,
    /// `None`: nothing was sent (a refused run, a check).
    pub ledger: Option<(&'a Journal, &'a JobId)>,
}

pub struct ReportOptions<'a> {
    pub dir: &'a Path,
    /// The name before `.report.xlsx`: `contracts`, `a.csv`.
    pub stem: &'a str,
    pub lang: Lang,
    /// Times are given in it.
    pub zone: jiff::tz::TimeZone,
    /// Encoding and separator of the input: `UTF-8, ;`.
    pub notes: &'a [String],
    /// Headers that are called otherwise, each with the name of what it gives.
    pub renamed: &'a [(String, String)],
    /// The sheets are contracts each, not halves of a pair.
    pub all_sheets: bool,
    /// Remembers what was written, so that edits are noticed.
    pub journal: Option<&'a Journal>,
    /// Made-up links: they never take the place of real ones.
    pub sandbox: bool,
    /// The job starts contracts: each has an id of its own, and none a page.
    pub starts: bool,
}

pub struct Written {
    /// The one to open first comes first.
    pub files: Vec<PathBuf>,
    /// Contracts.
    pub tally: Tally,
    pub pages: usize,
    pub to_fix: u64,
    /// A file of that name is open or edited, so a `(2)` was written.
    pub moved_aside: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("{}: {fault}", path.display())]
    Write { path: PathBuf, fault: WriteFault },
    #[error(transparent)]
    Journal(#[from] JournalError),
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WriteFault {
    #[error("the disk is full")]
    DiskFull,
    #[error("not writable")]
    NotWritable,
    #[error("no such folder")]
    NoFolder,
    #[error("every numbered name is taken")]
    NoFreeName,
    #[error("more columns than a sheet takes")]
    TooWide,
    #[error("{0}")]
    Io(String),
}

/// Asks once of each job, however many of its files stand in the way.
fn once_each(covers: impl Fn(&JobId) -> bool) -> impl Fn(&JobId) -> bool {
    let known: RefCell<HashMap<JobId, bool>> = RefCell::default();
    move |job| {
        let answer = known.borrow().get(job).copied();
        answer.unwrap_or_else(|| {
            let answer = covers(job);
            known.borrow_mut().insert(job.clone(), answer);
            answer
        })
    }
}

/// Whether a report of that job stands there, as it was written.
pub fn is_there(source: &Source<'_>, options: &ReportOptions<'_>) -> bool {
    folder_of(source, options).own_number().is_some()
}

fn folder_of<'a>(source: &Source<'a>, options: &ReportOptions<'a>) -> Folder<'a> {
    Folder::of(options, source.ledger.map(|(_, job)| job))
}

/// Writes `NAME.report.xlsx`, `NAME.report.csv` and, if contracts failed,
/// `NAME.fix.xlsx`. If none did, a `NAME.fix.xlsx` of an earlier report is
/// removed, unless someone has worked on it.
pub fn write_report(source: &Source<'_>, options: &ReportOptions<'_>) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let model = Model::read(source, options)?;
    let covers = once_each(|other| model.covers(other));
    let has_fix = model.tally.to_correct() > 0;
    let fix = has_fix.then_some(Kind::Fix);
    let kinds: Vec<Kind> = [Kind::Report, Kind::Csv].into_iter().chain(fix).collect();
    folder.choose(&kinds, &covers);
    let mut rows = RowsSheet::begin(&model, &folder)?;
    let mut csv = CsvReport::begin(&model, &folder)?;
    let mut fix = if has_fix { Some(Marked::begin(Kind::Fix, &model, &folder)?) } else { None };
    model.each_row(|line| {
        rows.write(line)?;
        csv.write(line)?;
        match &mut fix {
            Some(fix) if line.failed() => fix.write(line),
            _ => Ok(()),
        }
    })?;
    // The report names the workbook to correct, so that one goes first.
    let fix = match fix {
        Some(fix) => Some(folder.land(Kind::Fix, fix.finish()?, &covers)?),
        None => {
            folder.remove_stale(Kind::Fix, &covers);
            None
        }
    };
    let report = folder.land(Kind::Report, rows.finish(&model, fix.as_deref())?, &covers)?;
    let csv = folder.land(Kind::Csv, csv.finish()?, &covers)?;
    let files = [Some(report), fix, Some(csv)].into_iter().flatten().collect();
    Ok(written(files, &model, &folder))
}

/// Writes what a refused run leaves: `NAME.check.xlsx`, and `NAME.report.csv` of
/// invalid, skipped and pending rows.
pub fn write_refusal(source: &Source<'_>, options: &ReportOptions<'_>) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let model = Model::read(source, options)?;
    let covers = |other: &JobId| model.covers(other);
    let mut check = Marked::begin(Kind::Check, &model, &folder)?;
    let mut csv = CsvReport::begin(&model, &folder)?;
    model.each_row(|line| {
        check.write(line)?;
        csv.write(line)
    })?;
    let files = vec![
        folder.land(Kind::Check, check.finish()?, &covers)?,
        folder.land(Kind::Csv, csv.finish()?, &covers)?,
    ];
    Ok(written(files, &model, &folder))
}

/// Whether reports can be written there: asked before anything is sent.
pub fn check_folder(dir: &Path) -> Result<(), ReportError> {
    Folder::bare(dir, "", NOBODY).draft().map(drop)
}

/// Reports beside an input that this journal has not written, or that someone has edited.
pub fn unknown_reports(dir: &Path, stem: &str, journal: Option<&Journal>) -> Vec<PathBuf> {
    Folder::bare(dir, stem, Owner { journal, job: None, sandbox: false }).not_ours()
}

/// Whether a file says of itself that it is a report of this program.
pub fn is_report_of_ours(path: &Path) -> bool {
    ours::is_report_csv(path) || ours::is_workbook(path, Kind::Report.property())
}

/// What nobody's report is: it replaces nothing but its own kind.
const NOBODY: Owner<'static> = Owner { journal: None, job: None, sandbox: false };

/// Writes `NAME.problem.txt`: why a file could not even be read.
pub fn write_problem(dir: &Path, stem: &str, sentence: &str) -> Result<PathBuf, ReportError> {
    let mut folder = Folder::bare(dir, stem, NOBODY);
    let mut draft = folder.draft()?;
    // With a BOM, so that Windows shows Chinese.
    write!(draft, "\u{FEFF}{}{sentence}\r\n", ours::PROBLEM_MARK)
        .map_err(|error| publish::write_fault(dir, &error))?;
    folder.land(Kind::Problem, draft, &|_| false)
}

/// Writes what a check leaves: only `NAME.check.xlsx`. A report of contracts
/// that were sent stays as it is.
pub fn write_check(
    source: &Source<'_>,
    options: &ReportOptions<'_>,
    understood: Option<&Understood>,
) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let model = Model::read(source, options)?;
    let mut check = Marked::begin(Kind::Check, &model, &folder)?;
    model.each_row(|line| check.write(line))?;
    if let Some(understood) = understood {
        check.add_understood(understood)?;
    }
    let files = vec![folder.land(Kind::Check, check.finish()?, &|_| false)?];
    Ok(written(files, &model, &folder))
}

fn written(files: Vec<PathBuf>, model: &Model<'_>, folder: &Folder<'_>) -> Written {
    Written {
        files,
        tally: model.tally,
        pages: model.pages.count(),
        to_fix: model.tally.to_correct(),
        moved_aside: folder.moved_aside,
    }
}
