//! Files -> what is to be read of each: which sheets, under which header, and
//! which two belong together.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use super::odd_rows::usual_width;
use crate::contract::build::SourceRow;
use crate::contract::columns::{Aliases, normalise, renamed};
use crate::contract::layout::{HEADER_ROWS, Layout, Mapping, MergedHeader, examine, find_header};
use crate::domain::cell::Row;
use crate::domain::file::{FileError, FileFault};
use crate::domain::job::JobId;
use crate::domain::own::{ALL_SHEETS, COLUMN, GIVES, JOB};
use crate::domain::problem::{Place, Problem, Rule};
use crate::table::{Kind, Merge, ReadOptions, Workbook};

/// Which sheets a person has named.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SheetChoice {
    /// The one that fits; if several do, ask.
    #[default]
    Fitting,
    Named(String),
    All,
}

/// Names of columns for a row of headers, if there are any for just these.
pub type NamesFor = Box<dyn Fn(&[String]) -> Option<Aliases>>;

pub struct PlanOptions {
    pub read: ReadOptions,
    pub aliases: Aliases,
    /// Names that were remembered for a row of headers like this one.
    pub remembered: NamesFor,
    pub sheets: SheetChoice,
    pub group_by: Option<String>,
    /// Headers that someone has named for this run: they should be there.
    pub mapped: Vec<String>,
    /// Fields that the settings have a value for.
    pub defaulted: Vec<&'static str>,
    /// Reports of ours are read, too: for what they show as sent.
    pub reports: bool,
}

/// One sheet under its header.
#[derive(Clone)]
pub struct Source {
    pub workbook: Rc<Workbook>,
    pub sheet: usize,
    pub mapping: Arc<Mapping>,
    pub file: Arc<str>,
    pub name: Option<Arc<str>>,
    pub merged: Vec<Merge>,
    /// Rows above the header: their numbers and what is seen in them.
    pub above: Vec<(u32, Vec<String>)>,
    /// Of a CSV: how many fields its lines have.
    pub width: Option<usize>,
}

/// What becomes one job.
pub struct Plan {
    pub files: Vec<PathBuf>,
    pub sources: Vec<Source>,
    /// Contracts first, then their approvers, joined by the key.
    pub joined: bool,
    /// Things to tell that stop nothing.
    pub told: Vec<Problem>,
    /// Encoding and separator of a CSV, for the report.
    pub notes: Vec<String>,
    /// The job whose failed contracts it brings, corrected.
    pub fixes: Option<JobId>,
}

impl Plan {
    fn job_of_ours(sources: &[Source]) -> Option<JobId> {
        let workbook = &sources.first()?.workbook;
        let job = workbook.own_properties().iter().find(|(name, _)| name == JOB);
        job.filter(|_| workbook.kind_of_ours() == Some("fix")).map(|(_, job)| JobId(job.clone()))
    }

    /// The name of its first file, without its end.
    pub fn stem(&self) -> String {
        let stem = self.files.first().and_then(|path| path.file_stem());
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        without_our_ends(&stem).to_owned()
    }

    /// The sheet that a row came from.
    pub fn source_of(&self, row: &SourceRow) -> Option<&Source> {
        self.sources.iter().find(|source| Arc::ptr_eq(&source.mapping, &row.mapping))
    }
}

/// `m` of `m.report (2)`, `m.fix`, `m.check`: what a file of ours is named after.
fn without_our_ends(stem: &str) -> &str {
    let bare = match stem.rsplit_once(" (") {
        Some((bare, number)) if number.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit()) => bare,
        _ => stem,
    };
    let ours = [".report", ".fix", ".check"].into_iter().find_map(|end| bare.strip_suffix(end));
    ours.unwrap_or(stem)
}

/// Why a file cannot become a job.
pub enum Refusal {
    File(FileError),
    /// Of its headers and sheets; at least one of them stops it.
    Sheets {
        path: PathBuf,
        problems: Vec<Problem>,
    },
}

impl Refusal {
    pub fn path(&self) -> &Path {
        match self {
            Self::File(error) => &error.path,
            Self::Sheets { path, .. } => path,
        }
    }
}

/// One plan a file, but for two files that are the halves of a pair.
pub fn plan(files: &[PathBuf], options: &PlanOptions) -> Vec<Result<Plan, Refusal>> {
    let mut looked: Vec<Result<Looked, Refusal>> = files.iter().map(|file| look(file, options)).collect();
    if let [Ok(first), Ok(second)] = looked.as_slice()
        && let (Some(a), Some(b)) = (first.only_layout(), second.only_layout())
    {
        let pair = match (a, b) {
            (Layout::Contracts, Layout::Approvers) => Some((0, 1)),
            (Layout::Approvers, Layout::Contracts) => Some((1, 0)),
            _ => None,
        };
        if let Some((contracts, _)) = pair {
            let second = looked.pop();
            let first = looked.pop();
            if let (Some(Ok(first)), Some(Ok(second))) = (first, second) {
                let (mut contracts, approvers) =
                    if contracts == 0 { (first, second) } else { (second, first) };
                contracts.sources.extend(approvers.sources);
                contracts.notes.extend(approvers.notes);
                return vec![finish(contracts.path.clone(), files.to_vec(), contracts, options)];
            }
            return Vec::new();
        }
    }
    looked
        .into_iter()
        .map(|looked| {
            looked.and_then(|looked| finish(looked.path.clone(), vec![looked.path.clone()], looked, options))
        })
        .collect()
}

/// A file with its sheets that have a header of ours.
struct Looked {
    path: PathBuf,
    sources: Vec<Source>,
    notes: Vec<String>,
    /// A workbook of ours whose input was sent sheet by sheet.
    all_sheets: bool,
}

impl Looked {
    fn only_layout(&self) -> Option<Layout> {
        match self.sources.as_slice() {
            [source] => Some(source.mapping.layout),
            _ => None,
        }
    }
}

fn look(path: &Path, options: &PlanOptions) -> Result<Looked, Refusal> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if ["~$", ".~", ".~lock."].iter().any(|lock| name.starts_with(lock)) {
        let fault = FileFault::LockFile;
        return Err(Refusal::File(FileError { path: path.to_owned(), sheet: None, fault }));
    }
    let workbook = Rc::new(Workbook::open(path, &options.read).map_err(Refusal::File)?);
    let file: Arc<str> = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into();
    let refuse = |rule: Rule| Refusal::Sheets {
        path: path.to_owned(),
        problems: vec![Problem {
            place: Place { file: file.clone(), ..Place::default() },
            value: None,
            rule,
        }],
    };
    if workbook.kind_of_ours() == Some("report") && !options.reports {
        return Err(refuse(Rule::ReportGiven));
    }
    // A workbook of ours to correct remembers what was said of the input.
    let own_names = own_names(&workbook);
    let aliases = options.aliases.clone().with(own_names);
    let chosen = choose_by_name(path, &workbook, &options.sheets)?;
    let mut sources = Vec::new();
    let (mut blank, mut recalled) = (true, false);
    for index in chosen {
        let Some(sheet) = workbook.sheets().get(index) else { continue };
        let rows = first_rows(&workbook, index).map_err(Refusal::File)?;
        blank &= rows.is_empty();
        let remembered = rows.iter().find_map(|row| {
            let texts: Vec<String> = row.cells.iter().map(|cell| cell.seen()).collect();
            (options.remembered)(&texts)
        });
        recalled |= remembered.is_some();
        let merged: Vec<MergedHeader> = sheet
            .merged
            .iter()
            .filter(|merge| merge.first_row == merge.last_row && merge.first_row <= HEADER_ROWS)
            .map(|merge| MergedHeader {
                row: merge.first_row,
                first_column: merge.first_column as usize,
                last_column: merge.last_column as usize,
            })
            .collect();
        if let Some(mapping) = find_header(&rows, &merged, remembered.as_ref().unwrap_or(&aliases)) {
            let above = rows.iter().filter(|row| row.number < mapping.header_row);
            let above = above.map(|row| (row.number, row.cells.iter().map(|cell| cell.seen()).collect()));
            let above = above.collect();
            let width = (workbook.kind() == Kind::Csv).then(|| usual_csv_width(&mapping, &rows));
            sources.push(Source {
                workbook: Rc::clone(&workbook),
                sheet: index,
                mapping: Arc::new(mapping),
                file: file.clone(),
                name: sheet.name.as_deref().map(Arc::from),
                merged: sheet.merged.clone(),
                above,
                width,
            });
        }
    }
    if !options.reports && sources.iter().any(|source| source.mapping.is_report()) {
        return Err(refuse(Rule::ReportGiven));
    }
    if sources.is_empty() {
        return Err(if blank {
            Refusal::File(FileError { path: path.to_owned(), sheet: None, fault: FileFault::NoRows })
        } else {
            refuse(Rule::HeaderNotFound)
        });
    }
    let mut notes: Vec<String> =
        workbook.encoding().map(|encoding| csv_note(encoding, workbook.delimiter())).into_iter().collect();
    if recalled {
        let renamed = sources.iter().flat_map(|own| renamed(&own.mapping.headers, &own.mapping.targets));
        let pairs: Vec<String> = renamed.map(|(header, name)| format!("{header} → {name}")).collect();
        notes.push(pairs.join(", "));
    }
    let all_sheets = workbook.own_properties().iter().any(|(name, _)| name == ALL_SHEETS);
    Ok(Looked { path: path.to_owned(), sources, notes, all_sheets })
}

fn own_names(workbook: &Workbook) -> Aliases {
    let pairs = workbook.own_properties().iter().filter(|(name, _)| name.starts_with(COLUMN));
    // Someone has edited the properties: then they say nothing.
    Aliases::new(pairs.filter_map(|(_, pair)| pair.split_once(GIVES))).unwrap_or_default()
}

fn usual_csv_width(mapping: &Mapping, rows: &[Row]) -> usize {
    let header = rows.iter().find(|row| row.number == mapping.header_row);
    let header = header.map_or(0, |row| row.cells.len()).max(mapping.headers.len());
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    usual_width(header, &below)
}

fn csv_note(encoding: &str, delimiter: Option<u8>) -> String {
    match delimiter {
        Some(b'\t') => format!("{encoding}\tTAB"),
        Some(byte) => format!("{encoding}\t{}", char::from(byte)),
        None => encoding.to_owned(),
    }
}

fn choose_by_name(path: &Path, workbook: &Workbook, choice: &SheetChoice) -> Result<Vec<usize>, Refusal> {
    let visible = |index: &usize| workbook.sheets().get(*index).is_some_and(|sheet| !sheet.hidden);
    let all = 0..workbook.sheets().len();
    let SheetChoice::Named(asked) = choice else { return Ok(all.filter(visible).collect()) };
    let wanted = normalise(asked);
    let named: Vec<usize> = all
        .filter(|index| {
            workbook
                .sheets()
                .get(*index)
                .and_then(|sheet| sheet.name.as_deref())
                .is_some_and(|n| normalise(n) == wanted)
        })
        .collect();
    if named.is_empty() {
        let sheets = workbook.sheets().iter().filter_map(|sheet| sheet.name.clone()).collect();
        let fault = FileFault::NoSuchSheet { asked: asked.clone(), sheets };
        return Err(Refusal::File(FileError { path: path.to_owned(), sheet: None, fault }));
    }
    Ok(named)
}

fn first_rows(workbook: &Workbook, sheet: usize) -> Result<Vec<Row>, FileError> {
    let mut rows = Vec::new();
    workbook.scan(sheet, &mut |row| {
        // One row more: a header of two rows may begin in the last.
        let past = row.number > HEADER_ROWS + 1;
        if !past && !row.is_blank() {
            rows.push(row);
        }
        if past { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(rows)
}

/// Decides which of the sheets are meant, and examines their headers.
fn finish(
    path: PathBuf,
    files: Vec<PathBuf>,
    looked: Looked,
    options: &PlanOptions,
) -> Result<Plan, Refusal> {
    let Looked { mut sources, notes, all_sheets, .. } = looked;
    let fitting = options.sheets == SheetChoice::Fitting && !all_sheets;
    let joined = pair_up(&mut sources);
    let file = sources.first().map(|source| source.file.clone()).unwrap_or_default();
    let mut problems = Vec::new();
    if !joined {
        let whole = |source: &Source| matches!(source.mapping.layout, Layout::Long | Layout::Wide);
        if sources.len() > 1 && sources.iter().any(whole) && fitting {
            sources.retain(whole);
        }
        if sources.len() > 1 && fitting {
            let sheets =
                sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
            let place = Place { file, ..Place::default() };
            problems.push(Problem { place, value: None, rule: Rule::SheetsToChoose { sheets } });
        }
        for source in sources.iter().filter(|source| source.mapping.layout == Layout::Contracts) {
            problems.push(header_problem(source, None, Rule::ApproversMissing));
        }
    }
    for source in &sources {
        for found in examine(&source.mapping, options.group_by.as_deref(), &options.defaulted) {
            problems.push(header_problem(source, found.column, found.rule));
        }
    }
    for header in &options.mapped {
        if !sources.iter().any(|source| source.mapping.header_named(header).is_some())
            && let Some(source) = sources.first()
        {
            problems.push(header_problem(source, None, Rule::ColumnNotThere { header: header.clone() }));
        }
    }
    if let Some(header) = &options.group_by
        && !sources.iter().any(|source| source.mapping.header_named(header).is_some())
        && let Some(source) = sources.first()
    {
        problems.push(header_problem(source, None, Rule::ColumnNotThere { header: header.clone() }));
    }
    if problems.iter().any(Problem::stops) {
        return Err(Refusal::Sheets { path, problems });
    }
    let fixes = Plan::job_of_ours(&sources);
    let plan = Plan { files, sources, joined, told: problems, notes, fixes };
    match super::nearly_key::question(&plan).map_err(Refusal::File)? {
        Some(question) => Err(Refusal::Sheets { path, problems: vec![question] }),
        None => Ok(plan),
    }
}

/// Contracts and approvers in two sheets (or files) are read together.
fn pair_up(sources: &mut Vec<Source>) -> bool {
    let find = |layout| {
        let mut found = sources.iter().enumerate().filter(|(_, source)| source.mapping.layout == layout);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    };
    let (Some(contracts), Some(approvers)) = (find(Layout::Contracts), find(Layout::Approvers)) else {
        return false;
    };
    let keyed =
        |index: usize| sources.get(index).is_some_and(|s| s.mapping.column_of("contract_id").is_some());
    let whole = sources.iter().any(|source| matches!(source.mapping.layout, Layout::Long | Layout::Wide));
    if whole || !keyed(contracts) || !keyed(approvers) {
        return false;
    }
    let pair = [sources.get(contracts).cloned(), sources.get(approvers).cloned()];
    *sources = pair.into_iter().flatten().collect();
    true
}

fn header_problem(
    source: &Source,
    column: Option<crate::domain::problem::ColumnPlace>,
    rule: Rule,
) -> Problem {
    let of_header = matches!(rule, Rule::ColumnsUnknown { .. }) || column.is_some();
    let row = of_header.then_some(source.mapping.header_row);
    let place = Place { file: source.file.clone(), sheet: source.name.clone(), row, column };
    Problem { place, value: None, rule }
}
