//! A file -> its sheets that have a header of ours, with what somebody has said of each.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::not_a_contract::usual_width;
use super::open_marks::hidden_in_the_input;
use super::plan::{PlanOptions, Recalled, Refusal, SheetChoice};
use super::sheets::{choose_by_name, first_rows, hidden_columns};
use super::source::{Source, line_hash};
use super::survey::hidden::asks_when_hidden;
use crate::contract::columns::{Aliases, plain_header};
use crate::contract::empty_columns;
use crate::contract::header::MergedHeader;
use crate::contract::last_day::counted_from;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::search::{HEADER_ROWS, Search};
use crate::contract::texts::is_persons_number;
use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::file::{FileError, FileFault};
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::said::Said;
use crate::domain::workbook_marks::{ALL_SHEETS, ASIDE, COLUMN, GIVES, KIND};
use crate::table::{Kind, ReadOptions, Sheet, Workbook};

/// A file with its sheets that have a header of ours.
pub struct Looked {
    pub path: PathBuf,
    pub sources: Vec<Source>,
    pub notes: Vec<String>,
    /// A workbook of ours whose input was sent sheet by sheet.
    pub all_sheets: bool,
    /// Headers that somebody has named and that are not there.
    pub lacking: Vec<String>,
    /// What counts of what was said of such files once.
    pub told: Vec<Problem>,
}

impl Looked {
    pub fn only_layout(&self) -> Option<Layout> {
        match self.sources.as_slice() {
            [source] => Some(source.mapping.layout),
            _ => None,
        }
    }
}

pub fn look(path: &Path, options: &PlanOptions) -> Result<Looked, Refusal> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    if ["~$", ".~", ".~lock."].iter().any(|lock| name.starts_with(lock)) {
        let fault = FileFault::LockFile;
        return Err(Refusal::File(FileError { path: path.to_owned(), sheet: None, fault }));
    }
    let workbook = Arc::new(Workbook::open(path, &options.read).map_err(Refusal::File)?);
    let file: Arc<str> = name.into();
    let refuse = |problem: Problem| Refusal::Sheets { path: path.to_owned(), problems: vec![problem] };
    let of_file = |rule: Rule| {
        let place = Place { file: file.clone(), ..Place::default() };
        refuse(Problem { place, value: None, rule })
    };
    if workbook.kind_of_ours() == Some("report") && !options.reports {
        return Err(of_file(Rule::ReportGiven));
    }
    let mut chosen = choose_by_name(path, &workbook, &options.sheets)?;
    if !matches!(options.sheets, SheetChoice::Named(_)) {
        chosen.retain(|index| !is_aside(&workbook, *index));
    }
    let (mut sources, mut lacking, mut told) = (Vec::new(), Vec::new(), Vec::new());
    let (mut blank, mut recalled) = (true, false);
    let mut otherwise: Vec<(usize, Problem)> = Vec::new();
    let mut failed: Option<Problem> = None;
    let named = options.said.header_row.or(options.of_settings.header_row);
    for index in chosen {
        let Some(sheet) = workbook.sheets().get(index) else { continue };
        let rows = first_rows(&workbook, index, named).map_err(Refusal::File)?;
        blank &= rows.is_empty();
        let own = Opened { workbook: &workbook, index, sheet, rows: &rows, options };
        let heard = own.heard();
        recalled |= heard.names.is_some();
        match own.search(&heard) {
            Search::Nothing => {}
            Search::Failed(rule) => {
                let row = match &rule {
                    Rule::HeaderNotFound { row, .. } => *row,
                    _ => None,
                };
                let name = sheet.name.as_deref().map(Arc::from);
                let place = Place { file: file.clone(), sheet: name, row, column: None };
                let found = Problem { place, value: None, rule };
                otherwise.push((index, found));
            }
            Search::Found(mapping) => {
                told.extend(own.answered(&file, &heard));
                let (source, own_lacking) = own.source(&file, heard, *mapping).map_err(Refusal::File)?;
                sources.push(source);
                lacking.push(own_lacking);
            }
        }
    }
    // --header-row may be meant for another sheet: what stands above the header of this one is another question.
    let is_another = named.is_some() && !sources.is_empty();
    for (index, found) in otherwise {
        let Some(sheet) = workbook.sheets().get(index).filter(|_| is_another) else {
            failed = more_telling(failed, found);
            continue;
        };
        let rows = first_rows(&workbook, index, None).map_err(Refusal::File)?;
        let own = Opened { workbook: &workbook, index, sheet, rows: &rows, options };
        let mut heard = own.heard();
        heard.said.header_row = None;
        match own.search(&heard) {
            Search::Found(mapping) => {
                let (source, own_lacking) = own.source(&file, heard, *mapping).map_err(Refusal::File)?;
                sources.push(source);
                lacking.push(own_lacking);
            }
            Search::Failed(_) | Search::Nothing => failed = more_telling(failed, found),
        }
    }
    sources.sort_by_key(|source| source.sheet);
    if !options.reports && sources.iter().any(|source| source.mapping.is_report()) {
        return Err(of_file(Rule::ReportGiven));
    }
    // Somebody has named it: that nothing of it is read is no remark.
    if let (SheetChoice::Named(_), Some(problem)) = (&options.sheets, &failed)
        && !sources.is_empty()
    {
        return Err(refuse(problem.clone()));
    }
    if sources.is_empty() {
        let nothing =
            Rule::HeaderNotFound { row: None, recognised: Vec::new(), missing: Vec::new(), map: Vec::new() };
        return Err(match failed {
            _ if blank => {
                Refusal::File(FileError { path: path.to_owned(), sheet: None, fault: FileFault::NoRows })
            }
            Some(failed) => refuse(failed),
            None => of_file(nothing),
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
    Ok(Looked { path: path.to_owned(), sources, notes, all_sheets, lacking, told })
}

/// A sheet with its first rows.
struct Opened<'w> {
    workbook: &'w Arc<Workbook>,
    index: usize,
    sheet: &'w Sheet,
    rows: &'w [Row],
    options: &'w PlanOptions,
}

/// What somebody has said of a sheet: now, of files with its header once, or in the settings.
struct Heard {
    /// Names of columns that were remembered for just these headers.
    names: Option<Aliases>,
    once: Said,
    said: Said,
}

impl Opened<'_> {
    fn heard(&self) -> Heard {
        let options = self.options;
        // A workbook to correct has columns of ours beside those of its input.
        let ours = headers_of_ours(self.workbook);
        let recall = |row: &Row| {
            let mut headers = texts(row);
            let found = (options.remembered)(&headers).or_else(|| {
                headers.retain(|header| !ours.contains(&header.trim().to_owned()));
                (options.remembered)(&headers).filter(|_| !ours.is_empty())
            });
            Some((row.number, found?))
        };
        let (names, once) = match self.rows.iter().find_map(recall) {
            // The same header may stand in another row this time.
            Some((row, Recalled { aliases, said })) => {
                let header_row = said.header_row.and(Some(row));
                (aliases, Said { header_row, ..said })
            }
            None => (None, Said::default()),
        };
        let said = options.said.clone().or(&once).or(&options.of_settings);
        Heard { names, once, said }
    }

    /// Whoever answered may have forgotten it by now.
    fn answered(&self, file: &Arc<str>, heard: &Heard) -> Option<Problem> {
        let (options, differs) = heard.once.counting(&self.options.said, &self.options.of_settings);
        let place = Place {
            file: file.clone(),
            sheet: self.sheet.name.as_deref().map(Arc::from),
            ..Place::default()
        };
        let rule = Rule::AnsweredBefore { options, differs };
        // What a column was said to give is seen where the columns are shown; that one is not meant is not.
        let gives = format!("={IGNORE}");
        let is_told = |option: &String| !option.starts_with("--map ") || option.ends_with(&gives);
        let counts = matches!(&rule, Rule::AnsweredBefore { options, .. } if options.iter().any(is_told));
        counts.then_some(Problem { place, value: None, rule })
    }

    fn search(&self, heard: &Heard) -> Search {
        let Self { workbook, sheet, options, .. } = self;
        let lowest = HEADER_ROWS.max(heard.said.header_row.unwrap_or(0));
        let merged = sheet.merged.iter().filter(|merge| merge.first_row <= lowest);
        let merged: Vec<MergedHeader> = merged
            .map(|merge| MergedHeader {
                first_row: merge.first_row,
                last_row: merge.last_row,
                first_column: merge.first_column as usize,
                last_column: merge.last_column as usize,
            })
            .collect();
        let aliases = options.aliases.clone().with(own_names(workbook, sheet.name.as_deref()));
        let companies = options.company_signs.then_some(options.own_companies.as_slice());
        let names = heard.names.as_ref().unwrap_or(&aliases);
        empty_columns::search(self.rows, &merged, names, heard.said.header_row, companies)
    }

    /// What is read of it, and the headers that somebody has named and that it lacks.
    fn source(
        &self,
        file: &Arc<str>,
        heard: Heard,
        mut mapping: Mapping,
    ) -> Result<(Source, Vec<String>), FileError> {
        let Self { workbook, index, sheet, rows, options } = *self;
        let Heard { once, mut said, .. } = heard;
        let was_hidden = hidden_in_the_input(workbook, sheet.name.as_deref(), &mapping);
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
        said.as_text.retain(|own| options.said.as_text.contains(own) || mapping.header_named(own).is_some());
        let above: Vec<(u32, Vec<String>)> = rows
            .iter()
            .filter(|row| row.number < mapping.top_row)
            .map(|row| (row.number, texts(row)))
            .collect();
        self.heed_lines_above(&mut mapping, &said, &above);
        if let Some(header) = rows.iter().find(|row| row.number == mapping.header_row) {
            mapping.ask_about_struck(header);
        }
        let lacking = mapping.lacks(&said);
        mapping.heed(&said, &asks);
        let is_said_now = options.said.odd_rows.or(options.of_settings.odd_rows).is_some();
        let known = || once.lines_above.clone().unwrap_or_default();
        mapping.known_lines = (!is_said_now && once.odd_rows.is_some()).then(known);
        let title = |row: &&Row| row.cells.iter().filter(|cell| !cell.is_blank()).count() == 1;
        let titles = rows.iter().filter(|row| row.number < mapping.header_row).filter(title);
        mapping.titles = titles.map(|row| texts(row).concat().trim().to_owned()).collect();
        mapping.head = head_of(rows, mapping.header_row);
        let has_rows = has_rows(workbook, index, mapping.header_row)?;
        let head = rows.iter().rfind(|row| row.number <= mapping.header_row).map(texts);
        let width = (workbook.kind() == Kind::Csv).then(|| usual_csv_width(&mapping, rows));
        let source = Source {
            workbook: Arc::clone(workbook),
            sheet: index,
            mapping: Arc::new(mapping),
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
        };
        Ok((source, lacking))
    }

    fn heed_lines_above(&self, mapping: &mut Mapping, said: &Said, above: &[(u32, Vec<String>)]) {
        mapping.above.iter_mut().for_each(|rule| counted_from(rule, self.options.today));
        mapping
            .above
            .retain(|rule| !said.defaults.iter().any(|(field, value)| rule.tells_unused(field, value)));
        // That a line above is not meant was said once, of that line.
        if let Some(known) = &said.lines_above {
            let is_known = |row: u32| {
                let line = above.iter().find(|(own, _)| *own == row);
                line.is_some_and(|(_, texts)| known.contains(&line_hash(texts)))
            };
            mapping.above.iter_mut().for_each(|rule| rule.ask_again_unless(&is_known));
        }
    }
}

fn texts(row: &Row) -> Vec<String> {
    row.cells.iter().map(|cell| cell.seen()).collect()
}

/// The texts of the first rows of all sheets of a file, in which its headers are; none where it cannot be read.
pub fn first_texts(path: &Path, read: &ReadOptions) -> Vec<Vec<String>> {
    let Ok(workbook) = Workbook::open(path, read) else { return Vec::new() };
    let rows = (0..workbook.sheets().len()).filter_map(|index| first_rows(&workbook, index, None).ok());
    rows.flatten().map(|row| texts(&row)).collect()
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

fn more_telling(failed: Option<Problem>, found: Problem) -> Option<Problem> {
    match failed {
        Some(failed) if !says_more(&found.rule, &failed.rule) => Some(failed),
        _ => Some(found),
    }
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

/// What the columns are called that we have added to an input.
fn headers_of_ours(workbook: &Workbook) -> Vec<String> {
    let pairs = workbook.own_properties().iter().filter(|(name, _)| name.starts_with(COLUMN));
    let pairs = pairs.filter_map(|(_, pair)| pair.split_once(GIVES));
    pairs.filter(|(_, gives)| gives.starts_with(KIND)).map(|(header, _)| header.trim().to_owned()).collect()
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
