//! Files -> what is to be read of each: which sheets, under which header, and
//! which two belong together.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use super::chosen;
use super::listed_elsewhere::{left_out_elsewhere, listed_in_part, noted_elsewhere};
use super::look::{Looked, look};
use super::open_marks::still_open;
use super::sheets::first_rows;
pub use super::source::Source;
use super::unread_sheets;
use crate::contract::columns::{Aliases, Target, field_named};
use crate::contract::examine::examine;
use crate::contract::file_names::stem_of;
use crate::contract::layout::Layout;
use crate::contract::source_row::SourceRow;
use crate::domain::file::FileError;
use crate::domain::job::JobId;
use crate::domain::problem::{Place, Problem, Rule, Severity};
use crate::domain::said::Said;
use crate::domain::understood::UnusedSheet;
use crate::domain::workbook_marks::{COLUMN, GIVES, JOB};
use crate::table::{ReadOptions, Workbook};

/// Which sheets a person has named.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SheetChoice {
    /// The one that fits; if several do, ask.
    #[default]
    Fitting,
    Named(Vec<String>),
    All,
}

/// What was remembered for a row of headers, if anything was for just these.
pub type Recall = Box<dyn Fn(&[String]) -> Option<Recalled>>;

/// What somebody has said once of files with such headers.
pub struct Recalled {
    /// Names of columns, those of the settings among them; `None`: only other things were said.
    pub aliases: Option<Aliases>,
    pub said: Said,
}

/// What was said of files with nearly those headers.
pub type Resemble = Box<dyn Fn(&[String]) -> Option<Said>>;

pub struct PlanOptions {
    pub read: ReadOptions,
    pub aliases: Aliases,
    /// What was remembered for a row of headers like this one.
    pub remembered: Recall,
    pub nearly: Resemble,
    /// What the settings give where no cell does: field -> text as a cell would hold it.
    pub values: Vec<(&'static str, String)>,
    /// What is said for this run, and what the settings say.
    pub said: Said,
    pub of_settings: Said,
    pub sheets: SheetChoice,
    pub group_by: Option<String>,
    /// Headers that someone has named for this run: they should be there.
    pub mapped: Vec<String>,
    /// Fields that the settings have a value for.
    pub defaulted: Vec<&'static str>,
    /// Every contract is signed by a company of the settings.
    pub company_signs: bool,
    /// The names of those companies, as far as they are given.
    pub own_companies: Vec<String>,
    /// Reports of ours are read, too: for what they show as sent.
    pub reports: bool,
    /// A line such as 请于12月10日前签完 may name a day without its year.
    pub today: Date,
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
    /// Sheets that nothing is read of.
    pub unused: Vec<UnusedSheet>,
}

impl Plan {
    /// Sheets beside those that are read, with rows of their own.
    pub fn left_sheets(&self) -> Vec<String> {
        let has_rows = |name: &str| {
            self.sources.iter().map(|source| &source.workbook).any(|workbook| {
                let at = workbook.sheets().iter().position(|sheet| sheet.name.as_deref() == Some(name));
                at.is_some_and(|at| first_rows(workbook, at, None).is_ok_and(|rows| rows.len() > 1))
            })
        };
        let left = self.unused.iter().map(|own| own.sheet.clone());
        left.filter(|name| has_rows(name)).collect()
    }

    fn job_of_ours(sources: &[Source]) -> Option<JobId> {
        let workbook = &sources.first()?.workbook;
        let job = workbook.own_properties().iter().find(|(name, _)| name == JOB);
        job.filter(|_| workbook.kind_of_ours() == Some("fix")).map(|(_, job)| JobId(job.clone()))
    }

    /// The name of its first file, without its end.
    pub fn stem(&self) -> String {
        self.files.first().map(|path| stem_of(path)).unwrap_or_default()
    }

    /// What a column of ours is called in a workbook of ours; elsewhere it has its own name.
    pub fn own_header<'p>(&'p self, name: &'p str) -> &'p str {
        let properties = self.sources.first().map(|source| source.workbook.own_properties());
        let marks = properties.unwrap_or_default().iter().filter(|(own, _)| own.starts_with(COLUMN));
        let mut pairs = marks.filter_map(|(_, pair)| pair.split_once(GIVES));
        pairs.find(|(_, own)| *own == name).map_or(name, |(header, _)| header)
    }

    /// The sheet that a row came from.
    pub fn source_of(&self, row: &SourceRow) -> Option<&Source> {
        self.sources.iter().find(|source| Arc::ptr_eq(&source.mapping, &row.mapping))
    }
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

/// Decides which of the sheets are meant, and examines their headers.
fn finish(
    path: PathBuf,
    files: Vec<PathBuf>,
    looked: Looked,
    options: &PlanOptions,
) -> Result<Plan, Refusal> {
    let Looked { mut sources, notes, all_sheets, lacking, told, .. } = looked;
    let mut workbooks: Vec<Arc<Workbook>> =
        sources.iter().map(|source| Arc::clone(&source.workbook)).collect();
    workbooks.dedup_by(|one, other| Arc::ptr_eq(one, other));
    let with_header: Vec<Arc<str>> = sources.iter().filter_map(|source| source.name.clone()).collect();
    let joined = pair_up(&mut sources);
    let mut problems = told;
    if !joined {
        problems.extend(chosen::choose(&mut sources, options, all_sheets));
        for source in sources.iter().filter(|source| source.mapping.layout == Layout::Contracts) {
            problems.push(header_problem(source, None, Rule::ApproversMissing));
        }
    }
    for source in &sources {
        for found in examine(&source.mapping, options.group_by.as_deref(), &options.defaulted) {
            problems.push(header_problem(source, found.column, found.rule));
        }
    }
    let is_open = problems.iter().any(|own| matches!(own.rule, Rule::SheetsToChoose { .. }));
    if sources.len() > 1 && !is_open {
        let given: Vec<Option<(String, String)>> =
            problems.iter().map(|own| own.rule.given_by_a_line()).collect();
        for (problem, own) in problems.iter_mut().zip(&given) {
            // Where each sheet says the same it holds for all.
            let alike = given.iter().filter(|other| own.is_some() && *other == own).count();
            if alike < sources.len() {
                problem.rule.of_one_sheet();
            }
        }
    }
    problems.extend(sources.iter().filter_map(|source| answered_nearly(source, options)));
    for header in &options.mapped {
        if !sources.iter().any(|source| source.mapping.header_named(header).is_some())
            && let Some(source) = sources.first()
        {
            problems.push(header_problem(source, None, Rule::ColumnNotThere { header: header.clone() }));
        }
    }
    if let Some(source) = sources.first() {
        let rule = |header: String| Rule::ColumnNotThere { header };
        problems.extend(lacking.into_iter().map(|header| header_problem(source, None, rule(header))));
    }
    if let Some(header) = &options.group_by
        && !sources.iter().any(|source| source.mapping.header_named(header).is_some())
        && let Some(source) = sources.first()
    {
        problems.push(header_problem(source, None, Rule::ColumnNotThere { header: header.clone() }));
    }
    // A question does not keep its rows from being read: they may ask more. What is
    // wrong with a header does.
    if problems
        .iter()
        .any(|problem| problem.rule.severity() == Severity::Error || is_about_sheets(&problem.rule))
    {
        // Whoever chooses one of the sheets is to know what another one says.
        let offered = problems.iter().find_map(|problem| match &problem.rule {
            Rule::SheetsToChoose { sheets, .. } => sheets.first().cloned(),
            _ => None,
        });
        if let Some(offered) = offered {
            let unused = unread_sheets::unused(&workbooks, &sources);
            let says = unread_sheets::with_settings(&workbooks, &sources, &unused, options);
            problems.extend(unread_sheets::with_people(&workbooks, &sources, &with_header, &unused, options));
            problems.extend(said_of_rows(&workbooks, &sources, &unused, options));
            problems.extend(says.map(|mut problem| {
                if let Rule::SheetSaysMore { used, .. } = &mut problem.rule {
                    *used = vec![offered];
                }
                problem
            }));
        }
        return Err(Refusal::Sheets { path, problems });
    }
    let fixes = Plan::job_of_ours(&sources);
    let unused = unread_sheets::unused(&workbooks, &sources);
    if fixes.is_none() && !all_sheets {
        problems.extend(unread_sheets::with_people(&workbooks, &sources, &with_header, &unused, options));
        problems.extend(unread_sheets::with_settings(&workbooks, &sources, &unused, options));
        problems.extend(said_of_rows(&workbooks, &sources, &unused, options));
        problems.extend(listed_in_part(&workbooks, &sources, &unused, options));
    }
    problems.extend(still_open(&sources, options));
    Ok(Plan { files, sources, joined, told: problems, notes, fixes, unused })
}

/// Columns of which something was said in last month's file, which had one more or one less.
fn answered_nearly(source: &Source, options: &PlanOptions) -> Option<Problem> {
    let is_open = |header: &str| {
        let column = source.mapping.header_named(header)?;
        let is_free = source.mapping.targets.get(column) == Some(&Target::Unknown);
        let is_asked = source.mapping.asked.iter().any(|(own, rule)| *own == column || rule.names(header));
        (is_free && !is_asked && !source.mapping.readings[column].said).then_some(column)
    };
    // Whatever another column gives here is no question any more.
    let is_given = |gives: &str| {
        source.mapping.targets.iter().any(|target| match target {
            Target::Field { field, .. } => field_named(gives).is_some_and(|own| own.id == field.id),
            Target::FormField(name) => gives.split_once(':').is_some_and(|(_, own)| own == name),
            _ => false,
        })
    };
    // That a column is ignored it is here as well.
    let gives_something = |gives: &str| field_named(gives).is_some() || gives.contains(':');
    let said = (options.nearly)(&source.head)?;
    let map: Vec<(String, String)> = said
        .map
        .into_iter()
        .filter(|(header, gives)| gives_something(gives) && !is_given(gives) && is_open(header).is_some())
        .collect();
    // Which rows are sent, and which of them are one contract, is said now, or by the settings, or by nobody.
    let is_said_now = |header: &str| {
        let own = [&options.said, &options.of_settings];
        own.iter().any(|said| said.only.iter().any(|(known, _)| known == header))
    };
    let only: Vec<(String, Vec<String>)> = said
        .only
        .into_iter()
        .filter(|(header, _)| !is_said_now(header) && is_open(header).is_some())
        .collect();
    let has_key = options.said.key.is_some() || options.of_settings.key.is_some();
    let key = said.key.filter(|key| !has_key && is_open(key).is_some());
    let first = map.first().map(|own| &own.0).or_else(|| only.first().map(|own| &own.0)).or(key.as_ref())?;
    let place = source.mapping.place(is_open(first)?);
    Some(header_problem(source, Some(place), Rule::AnsweredNearly { map, only, key }))
}

/// What sheets that are not read say of rows to be sent, and one of the others of all contracts.
fn said_of_rows(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Vec<Problem> {
    let told = left_out_elsewhere(workbooks, sources, unused, options)
        .or_else(|| noted_elsewhere(workbooks, sources, unused, options));
    let sheet = told.as_ref().and_then(|told| match &told.rule {
        Rule::SheetLeavesOut { sheet, .. } => Some(sheet.as_str()),
        _ => None,
    });
    let of_all = unread_sheets::of_all_contracts(sources, unused, options, sheet);
    told.into_iter().chain(of_all).collect()
}

/// Until it is known which sheets are meant, none is read.
fn is_about_sheets(rule: &Rule) -> bool {
    matches!(rule, Rule::SheetsToChoose { .. })
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
