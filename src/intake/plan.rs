//! Files -> what is to be read of each: which sheets, under which header, and
//! which two belong together.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use jiff::civil::Date;

use super::chosen;
use super::listed_elsewhere::{left_out_elsewhere, listed_in_part, noted_elsewhere};
use super::not_a_contract::usual_width;
use super::open_marks::{hidden_in_the_input, still_open};
use super::sheet_survey::asks_when_hidden;
use super::sheets::{choose_by_name, first_rows, hidden_columns};
pub use super::source::Source;
use super::source::line_hash;
use super::unread_sheets;
use crate::contract::columns::{Aliases, plain_header};
use crate::contract::examine::examine;
use crate::contract::header::MergedHeader;
use crate::contract::last_day::counted_from;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::own_company;
use crate::contract::search::{HEADER_ROWS, Search};
use crate::contract::source_row::SourceRow;
use crate::contract::texts::is_persons_number;
use crate::contract::vocabulary::COPY_ENDS;
use crate::domain::cell::Row;
use crate::domain::file::{FileError, FileFault};
use crate::domain::job::JobId;
use crate::domain::problem::{Place, Problem, Rule, Severity};
use crate::domain::said::Said;
use crate::domain::understood::UnusedSheet;
use crate::domain::workbook_marks::{ALL_SHEETS, ASIDE, COLUMN, GIVES, JOB, KIND, without_our_ends};
use crate::table::{Kind, ReadOptions, Workbook};

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

pub struct PlanOptions {
    pub read: ReadOptions,
    pub aliases: Aliases,
    /// What was remembered for a row of headers like this one.
    pub remembered: Recall,
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
        let stem = self.files.first().and_then(|path| path.file_stem());
        let stem = stem.map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        without_marks_of_copies(without_our_ends(&stem)).to_owned()
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

/// 名单 of `名单 - 副本`, `名单(1)`, `名单_v2` and `名单（最终版）`: what a corrected copy is called after.
fn without_marks_of_copies(stem: &str) -> &str {
    const SEPARATORS: [char; 8] = [' ', '-', '_', '—', '(', '（', '[', '【'];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut own = stem;
    loop {
        let bare = own.trim_end_matches([' ', ')', '）', ']', '】']);
        let in_brackets = bare.len() < own.trim_end().len();
        let word = COPY_ENDS.iter().find_map(|end| {
            let at = bare.len().checked_sub(end.len())?;
            let (rest, own) = (bare.get(..at)?, bare.get(at..)?);
            // A 新 or new that belongs to a word marks nothing.
            let is_apart = (end.chars().count() > 1 && !end.is_ascii()) || rest.ends_with(SEPARATORS);
            (own.eq_ignore_ascii_case(end) && is_apart).then_some(rest)
        });
        let number = || {
            bare.rsplit_once(['(', '（']).filter(|(_, own)| in_brackets && own.len() < 3 && is_number(own))
        };
        let version = || {
            let (rest, number) = bare.rsplit_once(['v', 'V'])?;
            let is_apart = !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
            (is_apart && number.split('.').all(is_number)).then_some((rest, number))
        };
        let rest = word.or_else(|| number().or_else(version).map(|(rest, _)| rest));
        match rest.map(|rest| rest.trim_end_matches(SEPARATORS)).filter(|rest| !rest.is_empty()) {
            Some(rest) => own = rest,
            None => return own,
        }
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

/// A file with its sheets that have a header of ours.
struct Looked {
    path: PathBuf,
    sources: Vec<Source>,
    notes: Vec<String>,
    /// A workbook of ours whose input was sent sheet by sheet.
    all_sheets: bool,
    /// Headers that somebody has named and that are not there.
    lacking: Vec<String>,
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
    let mut chosen = choose_by_name(path, &workbook, &options.sheets)?;
    if !matches!(options.sheets, SheetChoice::Named(_)) {
        chosen.retain(|index| !is_aside(&workbook, *index));
    }
    let mut sources = Vec::new();
    let (mut blank, mut recalled) = (true, false);
    let mut failed: Option<Problem> = None;
    let mut lacking = Vec::new();
    let texts = |row: &Row| -> Vec<String> { row.cells.iter().map(|cell| cell.seen()).collect() };
    for index in chosen {
        let Some(sheet) = workbook.sheets().get(index) else { continue };
        let named = options.said.header_row.or(options.of_settings.header_row);
        let rows = first_rows(&workbook, index, named).map_err(Refusal::File)?;
        blank &= rows.is_empty();
        let remembered = rows.iter().find_map(|row| Some((row.number, (options.remembered)(&texts(row))?)));
        recalled |= remembered.as_ref().is_some_and(|(_, recalled)| recalled.aliases.is_some());
        let (names, once) = match remembered {
            // The same header may stand in another row this time.
            Some((row, Recalled { aliases, said })) => {
                let header_row = said.header_row.and(Some(row));
                (aliases, Said { header_row, ..said })
            }
            None => (None, Said::default()),
        };
        let mut said = options.said.clone().or(&once).or(&options.of_settings);
        let merged: Vec<MergedHeader> = sheet
            .merged
            .iter()
            .filter(|merge| merge.first_row <= HEADER_ROWS.max(said.header_row.unwrap_or(0)))
            .map(|merge| MergedHeader {
                first_row: merge.first_row,
                last_row: merge.last_row,
                first_column: merge.first_column as usize,
                last_column: merge.last_column as usize,
            })
            .collect();
        let place =
            Place { file: file.clone(), sheet: sheet.name.as_deref().map(Arc::from), ..Place::default() };
        let aliases = options.aliases.clone().with(own_names(&workbook, sheet.name.as_deref()));
        let companies = options.company_signs.then_some(options.own_companies.as_slice());
        let names = names.as_ref().unwrap_or(&aliases);
        match own_company::search(&rows, &merged, names, said.header_row, companies) {
            Search::Nothing => {}
            Search::Failed(rule) => {
                let row = match &rule {
                    Rule::HeaderNotFound { row, .. } => *row,
                    _ => None,
                };
                let found = Problem { place: Place { row, ..place }, value: None, rule };
                if failed.as_ref().is_none_or(|failed| says_more(&found.rule, &failed.rule)) {
                    failed = Some(found);
                }
            }
            Search::Found(mut mapping) => {
                let was_hidden = hidden_in_the_input(&workbook, sheet.name.as_deref(), &mapping);
                let hidden: Vec<usize> = hidden_columns(sheet)
                    .filter(|column| mapping.headers.get(*column).is_some_and(|header| !header.is_empty()))
                    .filter(|column| !was_hidden.contains(column))
                    .chain(was_hidden.iter().copied())
                    .collect();
                let asks: Vec<usize> =
                    hidden.iter().copied().filter(|column| asks_when_hidden(&mapping, *column)).collect();
                // What was said once of hidden columns holds for those only.
                let header = |column: &usize| mapping.headers.get(*column).map(|header| plain_header(header));
                let known: Vec<String> = once.hidden_headers.iter().map(|own| plain_header(own)).collect();
                if asks.iter().filter_map(header).any(|own| !known.contains(&own)) {
                    said.hidden_columns = options.said.hidden_columns.or(options.of_settings.hidden_columns);
                }
                // What the settings say of columns of other files is no concern of this one.
                said.as_text
                    .retain(|own| options.said.as_text.contains(own) || mapping.header_named(own).is_some());
                let above: Vec<(u32, Vec<String>)> = rows
                    .iter()
                    .filter(|row| row.number < mapping.top_row)
                    .map(|row| (row.number, texts(row)))
                    .collect();
                mapping.above.iter_mut().for_each(|rule| counted_from(rule, options.today));
                mapping.above.retain(|rule| !said.defaults.iter().any(|(field, _)| rule.tells_unused(field)));
                // That a line above is not meant was said once, of that line.
                if let Some(known) = &said.lines_above {
                    let is_known = |row: u32| {
                        let line = above.iter().find(|(own, _)| *own == row);
                        line.is_some_and(|(_, texts)| known.contains(&line_hash(texts)))
                    };
                    mapping.above.iter_mut().for_each(|rule| rule.ask_again_unless(&is_known));
                }
                if let Some(header) = rows.iter().find(|row| row.number == mapping.header_row) {
                    mapping.ask_about_struck(header);
                }
                lacking.push(mapping.lacks(&said));
                mapping.heed(&said, &asks);
                let title = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_blank()).count() == 1;
                let titles = rows.iter().filter(|row| row.number < mapping.header_row).filter(title);
                mapping.titles = titles.map(|row| texts(row).concat().trim().to_owned()).collect();
                mapping.head = head_of(&rows, mapping.header_row);
                let has_rows = has_rows(&workbook, index, mapping.header_row).map_err(Refusal::File)?;
                let head = rows.iter().rfind(|row| row.number <= mapping.header_row).map(texts);
                let width = (workbook.kind() == Kind::Csv).then(|| usual_csv_width(&mapping, &rows));
                sources.push(Source {
                    workbook: Rc::clone(&workbook),
                    sheet: index,
                    mapping: Arc::new(*mapping),
                    file: file.clone(),
                    name: sheet.name.as_deref().map(Arc::from),
                    merged: sheet.merged.clone(),
                    above,
                    width,
                    head: head.unwrap_or_default(),
                    asks_for_hidden: said.hidden_columns.is_none(),
                    said,
                    hidden,
                    has_rows,
                });
            }
        }
    }
    if !options.reports && sources.iter().any(|source| source.mapping.is_report()) {
        return Err(refuse(Rule::ReportGiven));
    }
    // Somebody has named it: that nothing of it is read is no remark.
    if let (SheetChoice::Named(_), Some(problem)) = (&options.sheets, &failed)
        && !sources.is_empty()
    {
        return Err(Refusal::Sheets { path: path.to_owned(), problems: vec![problem.clone()] });
    }
    if sources.is_empty() {
        let nothing =
            Rule::HeaderNotFound { row: None, recognised: Vec::new(), missing: Vec::new(), map: Vec::new() };
        return Err(match failed {
            _ if blank => {
                Refusal::File(FileError { path: path.to_owned(), sheet: None, fault: FileFault::NoRows })
            }
            Some(failed) => Refusal::Sheets { path: path.to_owned(), problems: vec![failed] },
            None => refuse(nothing),
        });
    }
    let mut notes: Vec<String> =
        workbook.encoding().map(|encoding| csv_note(encoding, workbook.delimiter())).into_iter().collect();
    if recalled {
        let renamed = sources.iter().flat_map(|own| own.mapping.renamed());
        let pairs: Vec<String> = renamed.map(|(header, name)| format!("{header} → {name}")).collect();
        notes.push(pairs.join(", "));
    }
    let all_sheets = workbook.own_properties().iter().any(|(name, _)| name == ALL_SHEETS);
    // A header that no sheet has.
    let lacking = match lacking.split_first() {
        Some((first, rest)) => {
            first.iter().filter(|header| rest.iter().all(|own| own.contains(header))).cloned().collect()
        }
        None => Vec::new(),
    };
    Ok(Looked { path: path.to_owned(), sources, notes, all_sheets, lacking })
}

/// Whether anything stands below a header, however far.
fn has_rows(workbook: &Workbook, sheet: usize, header: u32) -> Result<bool, FileError> {
    let mut found = false;
    workbook.scan(sheet, &mut |row| {
        found = row.number > header && !row.is_blank();
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}

/// The header's rows, made plain: its last one, and those right above it that may be parents
/// or the same in another language.
fn head_of(rows: &[Row], header_row: u32) -> Vec<Vec<String>> {
    const MOST: u32 = 3;
    let mut head = Vec::new();
    for number in (header_row.saturating_sub(MOST - 1)..=header_row).rev() {
        let Some(row) = rows.iter().find(|row| row.number == number) else { break };
        if row.cells.iter().any(|cell| is_persons_number(&cell.seen_ref())) {
            break;
        }
        head.push(row.cells.iter().map(|cell| plain_header(&cell.seen_ref())).collect());
    }
    head
}

/// Of two sheets without a header, the one that comes nearer.
fn says_more(rule: &Rule, than: &Rule) -> bool {
    let worth = |rule: &Rule| match rule {
        Rule::HeaderNotFound { recognised, map, .. } => recognised.len() * 2 + map.len(),
        _ => usize::MAX,
    };
    worth(rule) > worth(than)
}

/// A workbook of ours to correct remembers what was said of the columns of the input.
fn own_names(workbook: &Workbook, sheet: Option<&str>) -> Aliases {
    let pairs = workbook.own_properties().iter().filter(|(name, _)| name.starts_with(COLUMN));
    let pairs = pairs.filter_map(|(_, pair)| pair.split_once(GIVES));
    // Of one sheet only, where another has a column of that name for something else.
    let pairs = pairs.filter_map(|(header, gives)| match gives.split_once(GIVES) {
        Some((gives, own)) => (Some(own) == sheet).then_some((header, gives)),
        None => Some((header, gives)),
    });
    // A column of ours says nothing of a contract.
    let pairs = pairs.map(|(header, name)| (header, if name.starts_with(KIND) { "ignore" } else { name }));
    // Someone has edited the properties: then they say nothing.
    Aliases::new(pairs).unwrap_or_default()
}

/// A sheet of a workbook of ours that is for a person only.
pub fn is_aside(workbook: &Workbook, index: usize) -> bool {
    let name = workbook.sheets().get(index).and_then(|sheet| sheet.name.as_deref());
    let mut aside = workbook.own_properties().iter().filter(|(name, _)| name.starts_with(ASIDE));
    aside.any(|(_, own)| Some(own.as_str()) == name)
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

/// Decides which of the sheets are meant, and examines their headers.
fn finish(
    path: PathBuf,
    files: Vec<PathBuf>,
    looked: Looked,
    options: &PlanOptions,
) -> Result<Plan, Refusal> {
    let Looked { mut sources, notes, all_sheets, lacking, .. } = looked;
    let mut workbooks: Vec<Rc<Workbook>> = sources.iter().map(|source| Rc::clone(&source.workbook)).collect();
    workbooks.dedup_by(|one, other| Rc::ptr_eq(one, other));
    let with_header: Vec<Arc<str>> = sources.iter().filter_map(|source| source.name.clone()).collect();
    let joined = pair_up(&mut sources);
    let mut problems = Vec::new();
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
        let left_out = left_out_elsewhere(&workbooks, &sources, &unused, options);
        let is_told = left_out.is_some();
        problems.extend(left_out);
        if !is_told {
            problems.extend(noted_elsewhere(&workbooks, &sources, &unused, options));
        }
        problems.extend(listed_in_part(&workbooks, &sources, &unused, options));
    }
    problems.extend(still_open(&sources, options));
    Ok(Plan { files, sources, joined, told: problems, notes, fixes, unused })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_after_what_it_is_a_copy_of() {
        for copy in [
            "名单", "名单 - 副本", "名单 - 副本 (2)", "名单(1)", "名单（2）", "名单-修改", "名单v2",
            "名单_V1.1", "名单最终版", "名单（修改后）", "名单 - Copy", "名单_新",
        ] {
            assert_eq!(without_marks_of_copies(copy), "名单", "{copy}");
        }
        for other in ["名单_20261128", "名单12月", "副本", "创新", "renew", "rev1", "2026", "名单(甲)"]
        {
            assert_eq!(without_marks_of_copies(other), other);
        }
    }
}
