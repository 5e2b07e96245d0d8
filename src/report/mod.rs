//! What came of a job, for people and for programs.
//!
//! Made from the journal alone, at any time, in one pass over the rows:
//! `NAME.report.xlsx` (what to do now, a line for every input row, the pages to
//! confirm), `NAME.report.html` (the same to look at in a browser, its pages with QR
//! codes), `NAME.report.csv` (the rows for machines) and, where contracts failed,
//! `NAME.fix.xlsx`: the input with only those, to correct and run. An
//! input that was refused gets `NAME.check.xlsx` instead.
//!
//! Every file appears whole or not at all, and a file that someone has open or
//! has edited is left alone: the new one is called `... (2)`.

mod api_code_columns;
mod beside;
mod carry;
mod cells;
mod columns;
mod csv;
mod doubts;
mod excel;
mod first;
mod fix_workbook;
mod grid;
mod html;
mod json;
mod model;
mod objects;
mod ours;
mod ownership;
mod pages;
mod parts;
mod publish;
mod rows;
mod signing;
mod ticks;
mod workbook;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use crate::domain::job::{JobId, Tally};
use crate::domain::understood::Understood;
use crate::domain::wishes::{Format, Wishes};
use crate::journal::{JobFile, Journal, JournalError};
use crate::platform::access::Access;
use crate::text::Lang;

use beside::Beside;
pub use carry::carry;
use csv::CsvReport;
pub use doubts::{doubts, said_unsent};
use fix_workbook::FixWorkbook;
use html::HtmlReport;
use json::JsonReport;
use model::{Line, Model};
pub use objects::{JobObject, PageObject, SCHEMA, next, page_objects, refused_objects, time};
use ownership::Owner;
pub use pages::{
    PageLine, Unconfirmed, cards_without_rows, full_name, own_page_lines, page_lines, shown_links,
    unconfirmed,
};
use parts::write_parts;
pub use parts::{MOST_PARTS, Part, Parts};
pub use publish::write_fault;
use publish::{Folder, Kind};
use rows::RowsSheet;
pub use signing::what_next;
pub use ticks::Ticks;

/// A job's rows, and what became of them.
pub struct ReportInput<'a> {
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
    /// More that a workbook to correct says of itself, as (name, value).
    pub marks: &'a [(String, String)],
    /// Remembers what was written, so that edits are noticed.
    pub journal: Option<&'a Journal>,
    /// Made-up links: they never take the place of real ones.
    pub sandbox: bool,
    /// The job starts contracts: each has an id of its own, and none a page.
    pub starts: bool,
    /// Which files are written, and how much they tell.
    pub wishes: Cow<'a, Wishes>,
    /// A web page for every value of that column is wanted.
    pub group_by: Option<&'a str>,
    /// Who may look into the input.
    pub access: Option<Access>,
}

pub struct Written {
    /// The one to open first comes first.
    pub files: Vec<PathBuf>,
    /// Contracts.
    pub tally: Tally,
    pub pages: usize,
    pub to_fix: u64,
    /// The workbook that failed contracts are to be corrected in.
    pub fix: Option<PathBuf>,
    /// The first contracts that failed.
    pub refused: Vec<RefusedContract>,
    /// Web pages of single values of a column.
    pub parts: Parts,
    /// A file of that name is open or edited, so a `(2)` was written.
    pub moved_aside: bool,
}

/// A contract that failed, for whoever ran it.
pub struct RefusedContract {
    pub row: u32,
    /// Its number, if it has one.
    pub label: Option<String>,
    pub reason: String,
}

/// So many of them are told; the rest is in the report.
pub const MOST_REFUSED: usize = 10;

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

/// Whether a report of that job stands there, as it was written or with ticks.
/// (Read the ticks first.)
pub fn is_there(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> bool {
    folder_of(source, options).own_number().is_some()
}

/// Takes into the journal what people have ticked in the reports that stand there. It is done
/// once, before any of them is written again.
pub fn read_ticks(options: &ReportOptions<'_>) -> Result<Ticks, ReportError> {
    let mut ticks = Ticks::default();
    let Some(journal) = options.journal else { return Ok(ticks) };
    for path in Folder::of(options, None).reports() {
        ticks::read_back(journal, &path, &options.zone, &mut ticks)?;
    }
    Ok(ticks)
}

fn folder_of<'a>(source: &ReportInput<'a>, options: &ReportOptions<'a>) -> Folder<'a> {
    Folder::of(options, source.ledger.map(|(_, job)| job))
}

/// Writes `NAME.report.xlsx`, `NAME.report.csv` and, if contracts failed,
/// `NAME.fix.xlsx`. If none did, a `NAME.fix.xlsx` of an earlier report is
/// removed, unless someone has worked on it.
pub fn write_report(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Result<Written, ReportError> {
    write_all(source, options, false)
}

/// The same where only what became of its contracts elsewhere may have changed: those that
/// somebody has corrected in the workbook for that are no part of a second one.
pub fn refresh_report(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Result<Written, ReportError> {
    write_all(source, options, true)
}

fn write_all(
    source: &ReportInput<'_>,
    options: &ReportOptions<'_>,
    refreshes: bool,
) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let _snapshot = source.file.snapshot()?;
    let model = Model::read(source, options)?;
    let covers = once_each(|other| model.covers(other));
    let wanted = formats_to_write(options, &folder);
    folder.choose(&wanted.iter().copied().map(Kind::of).collect::<Vec<_>>(), &covers);
    let edited = folder.own(Kind::Fix).filter(|(_, edited)| *edited && refreshes).map(|(path, _)| path);
    // What somebody has corrected there is that workbook's own.
    let corrected = match (&edited, source.ledger) {
        (Some(_), Some((journal, job))) => journal.corrected(job)?,
        _ => HashSet::new(),
    };
    let is_left = |line: &Line<'_>| line.failed() && !line.flow.is_some_and(|flow| corrected.contains(&flow));
    let has_fix = model.tally.to_correct() > 0 && (edited.is_none() || model.any(is_left)?);
    let mut formats = Formats::begin(&model, &folder, options, &wanted)?;
    let mut fix = if has_fix { Some(FixWorkbook::begin(Kind::Fix, &model, &folder)?) } else { None };
    let mut refused = Vec::new();
    formats.write_rows(&folder, |line| {
        if line.failed() && line.begins && refused.len() < MOST_REFUSED {
            let label = line.flow.and_then(|flow| source.file.label(flow).ok()?.0);
            refused.push(RefusedContract { row: line.number, label, reason: line.reason.clone() });
        }
        match &mut fix {
            Some(fix) if is_left(line) => fix.write(line),
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
    let to_correct = fix.as_deref().or(edited.as_deref()).filter(|_| model.tally.to_correct() > 0);
    let mut files = formats.land(&mut folder, to_correct, &covers)?;
    let parts = match options.wishes.has(Format::Html) {
        true => write_parts(&model, options, &folder, &covers)?,
        false => Parts::default(),
    };
    // Behind the first of them, which leads to it.
    files.splice(files.len().min(1)..files.len().min(1), fix.clone());
    Ok(Written { refused, fix, parts, ..written(files, &model, &folder) })
}

/// The one to open first before others.
const FORMATS: [Format; 4] = [Format::Xlsx, Format::Csv, Format::Html, Format::Json];

/// The reports that are wanted.
fn kinds(options: &ReportOptions<'_>) -> Vec<Kind> {
    FORMATS.into_iter().filter(|format| options.wishes.has(*format)).map(Kind::of).collect()
}

/// Those, and what was written for this job when others were wanted: a link that counts no
/// more must stand in none of them.
fn formats_to_write(options: &ReportOptions<'_>, folder: &Folder<'_>) -> Vec<Format> {
    let stands = |format| folder.own(Kind::of(format)).is_some_and(|(_, edited)| !edited);
    FORMATS.into_iter().filter(|format| options.wishes.has(*format) || stands(*format)).collect()
}

/// The formats that are wanted, each on its way.
struct Formats<'m> {
    model: &'m Model<'m>,
    xlsx: Option<RowsSheet<'m>>,
    html: Option<HtmlReport<'m>>,
    csv: Option<CsvReport<'m>>,
    json: Option<JsonReport<'m>>,
}

impl<'m> Formats<'m> {
    fn begin(
        model: &'m Model<'m>,
        folder: &Folder<'_>,
        options: &'m ReportOptions<'m>,
        formats: &[Format],
    ) -> Result<Self, ReportError> {
        let wants = |format| formats.contains(&format);
        Ok(Self {
            model,
            xlsx: wants(Format::Xlsx).then(|| RowsSheet::begin(model, folder)).transpose()?,
            html: wants(Format::Html).then(|| HtmlReport::begin(model, options).drawing()),
            csv: wants(Format::Csv).then(|| CsvReport::begin(model, folder)).transpose()?,
            json: wants(Format::Json).then(|| JsonReport::begin(model, folder, options)).transpose()?,
        })
    }

    /// Writes every row to each of them, and lets `visit` see it. What asks the journal does so
    /// here, where its connection is; the others write beside.
    fn write_rows(
        &mut self,
        folder: &Folder<'_>,
        mut visit: impl FnMut(&Line<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let Self { model, xlsx, html, csv, json } = self;
        std::thread::scope(|scope| {
            let mut beside = Beside::default();
            if let Some(xlsx) = xlsx {
                beside.begin(scope, (Kind::Report, folder), |line| xlsx.write(line))?;
            }
            if let Some(csv) = csv {
                beside.begin(scope, (Kind::Csv, folder), |line| csv.write(line))?;
            }
            model.each_line(|line| {
                visit(&line)?;
                html.as_mut().map_or(Ok(()), |html| html.write(&line))?;
                json.as_mut().map_or(Ok(()), |json| json.write(&line))?;
                beside.give(line)
            })?;
            beside.end()
        })
    }

    /// `fix`: the workbook with what is to be corrected, which the others name.
    fn land(
        self,
        folder: &mut Folder<'_>,
        fix: Option<&Path>,
        covers: &dyn Fn(&JobId) -> bool,
    ) -> Result<Vec<PathBuf>, ReportError> {
        let Self { model, xlsx, html, csv, json } = self;
        let expected = xlsx.is_some().then(|| folder.path(Kind::Report));
        let shown: &Folder<'_> = folder;
        let csv = || csv.map(CsvReport::finish).transpose();
        let page = || -> Result<_, ReportError> {
            let Some(html) = html else { return Ok(None) };
            let mut page = html.document(fix)?;
            let draft = page.settled(shown, expected.as_deref())?;
            Ok(Some((page, draft)))
        };
        let others = || -> Result<_, ReportError> {
            let xlsx = xlsx.map(|xlsx| workbook::assemble(xlsx, model, fix)).transpose()?;
            let pack = || xlsx.map(workbook::Report::pack).transpose();
            beside::both(pack, page).map_err(|error| write_fault(shown.dir(), &error))
        };
        let (csv, others) = beside::both(csv, others).map_err(|error| write_fault(shown.dir(), &error))?;
        let (packed, page) = others?;
        // What could be written stands there, whatever became of the others.
        let mut failed = None;
        let mut files = Vec::new();
        if let Some((draft, notes)) = written_of(packed, &mut failed) {
            let report = folder.land_settled(Kind::Report, draft, covers)?;
            folder.note_contents(&report, notes);
            files.push(report);
        }
        let report = files.first().cloned();
        if let Some(csv) = written_of(csv, &mut failed) {
            files.push(folder.land_settled(Kind::Csv, csv, covers)?);
        }
        if let Some((mut page, draft)) = written_of(page, &mut failed) {
            // Somebody had the workbook open, so it got another name.
            let draft = if report == expected { draft } else { page.settled(folder, report.as_deref())? };
            files.push(folder.land_settled(Kind::Html, draft, covers)?);
        }
        if let Some(error) = failed {
            return Err(error);
        }
        if let Some(json) = json {
            files.push(folder.land(Kind::Json, json.finish(fix)?, covers)?);
        }
        Ok(files)
    }
}

/// What there is of a format, if it was wanted; the first error goes to `failed`.
fn written_of<T>(format: Result<Option<T>, ReportError>, failed: &mut Option<ReportError>) -> Option<T> {
    match format {
        Ok(format) => format,
        Err(error) => {
            failed.get_or_insert(error);
            None
        }
    }
}

/// Writes what a refused run leaves: `NAME.check.xlsx`, and `NAME.report.csv` of
/// invalid, skipped and pending rows.
pub fn write_refusal(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let model = Model::read(source, options)?;
    let covers = |other: &JobId| model.covers(other);
    let mut check = FixWorkbook::begin(Kind::Check, &model, &folder)?;
    let has_csv = options.wishes.has(Format::Csv);
    let mut csv = if has_csv { Some(CsvReport::begin(&model, &folder)?) } else { None };
    model.each_row(|line| {
        check.write(line)?;
        csv.as_mut().map_or(Ok(()), |csv| csv.write(line))
    })?;
    let mut files = vec![folder.land(Kind::Check, check.finish()?, &covers)?];
    if let Some(csv) = csv {
        files.push(folder.land_settled(Kind::Csv, csv.finish()?, &covers)?);
    }
    Ok(written(files, &model, &folder))
}

/// What a refused run has left there, if all of it is still there.
pub fn refusal_there(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Option<Written> {
    let folder = folder_of(source, options);
    let csv = options.wishes.has(Format::Csv).then_some(Kind::Csv);
    let files = [Kind::Check].into_iter().chain(csv).map(|kind| folder.own(kind).map(|(path, _)| path));
    let files = files.collect::<Option<Vec<_>>>()?;
    Some(written(files, &Model::read(source, options).ok()?, &folder))
}

/// The reports of a job, if all of them stand there, whether somebody has edited them or not.
pub fn reports_there(
    source: &ReportInput<'_>,
    options: &ReportOptions<'_>,
    tally: &Tally,
) -> Option<Vec<PathBuf>> {
    let folder = folder_of(source, options);
    let fix = (tally.to_correct() > 0).then_some(Kind::Fix);
    let mut kinds = kinds(options);
    kinds.splice(kinds.len().min(1)..kinds.len().min(1), fix);
    kinds.into_iter().map(|kind| folder.own(kind).map(|(path, _)| path)).collect()
}

/// Web pages of single values that stand there and were written for the job, whether somebody
/// has edited them or not.
pub fn parts_there(source: &ReportInput<'_>, options: &ReportOptions<'_>) -> Vec<Part> {
    folder_of(source, options).own_parts()
}

/// Whether there is nothing to send in a file: a report or a note of ours, or a workbook to
/// correct that nobody has corrected.
pub fn is_own_work(path: &Path, journal: Option<&Journal>) -> bool {
    let owner = Owner { journal, job: None, sandbox: false };
    is_report_of_ours(path)
        || ours::is_problem_text(path)
        || [Kind::Fix, Kind::Check].iter().any(|kind| owner.is_unedited(path, *kind))
}

/// Whether reports can be written there: asked before anything is sent.
pub fn check_folder(dir: &Path) -> Result<(), ReportError> {
    Folder::bare(dir, "", NOBODY).draft().map(drop)
}

/// Reports beside an input that this journal has not written, or that someone has edited.
/// `numbered`: also those of inputs that have a number behind that name.
pub fn unknown_reports(dir: &Path, stem: &str, numbered: bool, journal: Option<&Journal>) -> Vec<PathBuf> {
    Folder::bare(dir, stem, Owner { journal, job: None, sandbox: false }).not_ours(numbered)
}

/// Whether a file says of itself that it is a report of this program.
pub fn is_report_of_ours(path: &Path) -> bool {
    ours::is_report_csv(path)
        || ours::is_workbook(path, Kind::Report.property())
        || ours::is_report_page(path)
        || ours::is_report_json(path)
}

/// What nobody's report is: it replaces nothing but its own kind.
const NOBODY: Owner<'static> = Owner { journal: None, job: None, sandbox: false };

/// Removes the workbook of an earlier check that had found something, now that nothing is wrong
/// any more. Returns one that stays, since somebody has it open or has edited it.
pub fn clear_check(dir: &Path, stem: &str, journal: Option<&Journal>, sandbox: bool) -> Option<PathBuf> {
    Folder::bare(dir, stem, Owner { journal, job: None, sandbox }).clear_check()
}

/// Removes `NAME.problem.txt`, now that the file has been read and has gone.
pub fn clear_problem(dir: &Path, stem: &str) {
    Folder::bare(dir, stem, NOBODY).remove_stale(Kind::Problem, &|_| true);
}

/// Writes `NAME.problem.txt`: why a file could not even be read. `access`: who may look into it.
pub fn write_problem(
    dir: &Path,
    stem: &str,
    sentence: &str,
    access: Option<Access>,
) -> Result<PathBuf, ReportError> {
    let mut folder = Folder::bare(dir, stem, NOBODY).for_whom(access);
    // With a BOM, so that Windows shows Chinese.
    let text = format!("\u{FEFF}{}{sentence}\r\n", ours::PROBLEM_MARK);
    if let Some(there) = folder.holding(Kind::Problem, text.as_bytes()) {
        return Ok(there);
    }
    let mut draft = folder.draft()?;
    draft.write_all(text.as_bytes()).map_err(|error| publish::write_fault(dir, &error))?;
    folder.land(Kind::Problem, draft, &|_| false)
}

/// Writes what a check leaves: only `NAME.check.xlsx`. A report of contracts
/// that were sent stays as it is.
pub fn write_check(
    source: &ReportInput<'_>,
    options: &ReportOptions<'_>,
    understood: Option<&Understood>,
) -> Result<Written, ReportError> {
    let mut folder = folder_of(source, options);
    let model = Model::read(source, options)?;
    let mut check = FixWorkbook::begin(Kind::Check, &model, &folder)?;
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
        fix: None,
        parts: Parts::default(),
        refused: Vec::new(),
        moved_aside: folder.moved_aside,
    }
}
