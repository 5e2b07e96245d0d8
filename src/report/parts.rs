//! `NAME.report.VALUE.html`: a web page for every value of a column, each with the pages and
//! rows that are its own.
//!
//! The rows are read once to see who has what, and then as often as it takes to write the
//! pages with no more rows in memory than one page has at most, times some.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use crate::domain::job::{FlowNo, JobId, Status, Tally};
use crate::text::html_report::{number_ending, without_value};

use super::html::{HtmlReport, MOST_ROWS};
use super::model::{Line, Model};
use super::pages::Card;
use super::publish::Folder;
use super::rows::is_like;
use super::{ReportError, ReportOptions};

/// More files than this nobody hands out.
pub const MOST_PARTS: usize = 500;
/// Rows in memory at a time, over all pages that are being written.
const MOST_KEPT: usize = 5 * MOST_ROWS;
/// Of a value within a file's name, in bytes.
const LONGEST_VALUE: usize = 90;
/// Nothing is known yet of a contract.
const NONE: u16 = u16::MAX;

/// What came of it.
#[derive(Default)]
pub struct Parts {
    /// The column that they are made by.
    pub column: String,
    pub files: Vec<Part>,
    /// There are too many values, so nothing was written.
    pub too_many: Option<usize>,
    /// No sheet has such a column.
    pub lacks_column: bool,
}

/// A web page of one value.
pub struct Part {
    /// What stands in its name for the value, and after it.
    pub name: String,
    pub path: PathBuf,
}

/// What belongs to one value.
#[derive(Default)]
pub struct Share {
    /// As the column has it; empty: the column is.
    pub value: String,
    pub tally: Tally,
    rows: usize,
    /// Contracts on a page: of this job by its name, of another one by its link.
    pages: HashMap<String, u64>,
}

impl Share {
    /// How many of its contracts stand on a page.
    pub fn on(&self, card: &Card) -> u64 {
        let name = if card.own { card.short_name() } else { card.url.as_str() };
        self.pages.get(name).copied().unwrap_or(0)
    }
}

/// Which value each contract has.
struct Values<'m> {
    model: &'m Model<'m>,
    /// The column, sheet by sheet.
    columns: Vec<Option<usize>>,
    numbers: HashMap<String, u16>,
    /// By the number of its first row.
    of_flow: Vec<u16>,
}

impl<'m> Values<'m> {
    /// `None`: no sheet has that column. An error in it: so many values are too many.
    fn read(model: &'m Model<'m>, column: &str) -> Result<Option<Result<Self, usize>>, ReportError> {
        let of_sheet = |headers: &[String]| {
            let exact = headers.iter().position(|own| own.trim() == column.trim());
            exact.or_else(|| headers.iter().position(|own| is_like(own, column)))
        };
        let columns: Vec<Option<usize>> =
            model.columns.sheets.iter().map(|sheet| of_sheet(&sheet.headers)).collect();
        if columns.iter().all(Option::is_none) {
            return Ok(None);
        }
        let mut values = Self { model, columns, numbers: HashMap::new(), of_flow: Vec::new() };
        let mut more: BTreeSet<String> = BTreeSet::new();
        model.file.each_row(|row| {
            let sheet = model.columns.sheet_index(row.sheet);
            // The other half of a pair may have it.
            let Some(value) = values.value(sheet, &row.cells) else { return Ok(()) };
            let number = match values.numbers.get(value) {
                Some(number) => *number,
                None if values.numbers.len() < MOST_PARTS => {
                    let number = u16::try_from(values.numbers.len()).unwrap_or(NONE);
                    values.numbers.insert(value.to_owned(), number);
                    number
                }
                None => {
                    if more.len() < MOST_PARTS {
                        more.insert(value.to_owned());
                    }
                    return Ok(());
                }
            };
            if let Some(at) = row.flow.and_then(|flow| usize::try_from(flow.0).ok()) {
                if values.of_flow.len() <= at {
                    values.of_flow.resize(at + 1, NONE);
                }
                // The first row of a contract that has the column.
                if let Some(own) = values.of_flow.get_mut(at).filter(|own| **own == NONE) {
                    *own = number;
                }
            }
            Ok::<_, ReportError>(())
        })?;
        Ok(Some(if more.is_empty() { Ok(values) } else { Err(MOST_PARTS + more.len()) }))
    }

    fn value<'c>(&self, sheet: usize, cells: &'c [String]) -> Option<&'c str> {
        let column = (*self.columns.get(sheet)?)?;
        Some(cells.get(column).map(|cell| cell.trim()).unwrap_or_default())
    }

    /// Of a row: its contract's, and its own where it belongs to none.
    fn of(&self, line: &Line<'_>) -> Option<usize> {
        let of_flow = |flow: FlowNo| self.of_flow.get(usize::try_from(flow.0).ok()?).copied();
        let number = match line.flow {
            Some(flow) => of_flow(flow).filter(|number| *number != NONE),
            None => None,
        };
        let own = || self.numbers.get(self.value(line.sheet, &line.cells)?).copied();
        number.or_else(own).map(usize::from)
    }

    /// What each value has.
    fn parts(&self, whole: &mut HtmlReport<'_>) -> Result<Vec<Share>, ReportError> {
        let mut parts: Vec<Share> = Vec::new();
        parts.resize_with(self.numbers.len(), Share::default);
        for (value, number) in &self.numbers {
            if let Some(part) = parts.get_mut(usize::from(*number)) {
                part.value.clone_from(value);
            }
        }
        self.model.each_row(|line| {
            whole.note_ends(line);
            let Some(part) = self.of(line).and_then(|number| parts.get_mut(number)) else { return Ok(()) };
            part.rows += 1;
            if !line.begins {
                return Ok(());
            }
            part.tally.add(line.status, 1);
            let page = match line.status {
                Status::Accepted => line.page.as_str(),
                Status::Duplicate => line.page_before,
                _ => "",
            };
            if !page.is_empty() {
                *part.pages.entry(page.to_owned()).or_default() += 1;
            }
            Ok(())
        })?;
        Ok(parts)
    }
}

/// Writes them, and removes those of earlier reports of this job that are none any more.
pub fn write_parts(
    model: &Model<'_>,
    options: &ReportOptions<'_>,
    folder: &Folder<'_>,
    covers: &dyn Fn(&JobId) -> bool,
) -> Result<Parts, ReportError> {
    let Some(column) = options.group_by else {
        folder.remove_stale_parts(&[]);
        return Ok(Parts::default());
    };
    let mut parts = Parts { column: column.to_owned(), ..Parts::default() };
    match Values::read(model, column)? {
        None => parts.lacks_column = true,
        Some(Err(count)) => parts.too_many = Some(count),
        Some(Ok(values)) => parts.files = write_each(&values, options, folder, covers)?,
    }
    folder.remove_stale_parts(&parts.files);
    Ok(parts)
}

fn write_each(
    values: &Values<'_>,
    options: &ReportOptions<'_>,
    folder: &Folder<'_>,
    covers: &dyn Fn(&JobId) -> bool,
) -> Result<Vec<Part>, ReportError> {
    let model = values.model;
    let mut whole = HtmlReport::begin(model, options);
    let all = values.parts(&mut whole)?;
    let mut order: Vec<usize> = (0..all.len()).collect();
    let value_of = |number: &usize| all.get(*number).map_or("", |part| part.value.as_str());
    order.sort_by_key(value_of);
    let names = names(order.iter().map(value_of), without_value(model.lang), number_ending(model.lang));
    let mut files = Vec::new();
    let mut left: &[usize] = &order;
    while !left.is_empty() {
        let mut kept = 0;
        let fits = |number: &&usize| {
            kept += all.get(**number).map_or(0, |part| part.rows.min(MOST_ROWS));
            kept <= MOST_KEPT
        };
        let count = left.iter().take_while(fits).count().max(1);
        let (batch, rest) = left.split_at(count.min(left.len()));
        left = rest;
        let mut pages: HashMap<usize, HtmlReport<'_>> =
            batch.iter().map(|number| (*number, HtmlReport::begin(model, options))).collect();
        model.each_row(|line| match values.of(line).and_then(|number| pages.get_mut(&number)) {
            Some(page) => page.add_row(line),
            None => Ok(()),
        })?;
        for number in batch {
            let (Some(page), Some(part)) = (pages.remove(number), all.get(*number)) else { continue };
            let mut own = folder.for_part(names.get(value_of(number)).map_or("", String::as_str));
            let draft = page.finish_part(&own, part, whole.ends())?;
            let path = own.land_part(draft, covers)?;
            files.push(Part { name: folder.part_name(&path).unwrap_or_default(), path });
        }
    }
    Ok(files)
}

/// The names of values within names of files, each another one on every system.
/// `ending`: what stands before the end of a number that is somebody's.
fn names<'v>(values: impl Iterator<Item = &'v str>, empty: &str, ending: &str) -> HashMap<&'v str, String> {
    let mut taken = BTreeSet::new();
    let mut names = HashMap::new();
    for value in values {
        let plain = match personal_end(value) {
            Some(end) => format!("{ending}{end}"),
            None if value.is_empty() => empty.to_owned(),
            None => safe(value),
        };
        let mut name = plain.clone();
        let mut number = 1;
        // Other systems see no case.
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            name = format!("{plain}-{number}");
        }
        names.insert(value, name);
    }
    names
}

/// The last four of a mobile's or an ID's number: folders are seen by more people than pages.
fn personal_end(value: &str) -> Option<String> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '-' | '+' | '(' | ')');
    // Digits and letters may be full-width.
    let plain = |c: char| match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    let bare: String = value.chars().map(plain).filter(|c| !is_between(*c) && !is_invisible(*c)).collect();
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let own = bare.strip_prefix("86").filter(|own| own.len() == 11).unwrap_or(&bare);
    let is_mobile = own.len() == 11 && own.starts_with('1') && are_digits(own);
    let is_resident = matches!(bare.len(), 15 | 18)
        && bare.strip_suffix(['X', 'x']).map_or_else(|| are_digits(&bare), are_digits);
    let is_permit = bare.len() == 11 && bare.strip_prefix(['H', 'M', 'h', 'm']).is_some_and(are_digits);
    (is_mobile || is_resident || is_permit).then(|| bare.get(bare.len() - 4..).map(str::to_owned))?
}

/// Without what some system does not take in a name, or reads as something else.
fn safe(value: &str) -> String {
    let is_odd = |c: char| {
        c.is_control()
            || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '#' | '%' | '\u{FFFD}')
    };
    let plain: String = value
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| {
            if is_odd(c) {
                '_'
            } else if c.is_whitespace() {
                ' '
            } else {
                c
            }
        })
        .collect();
    let mut end = plain.len().min(LONGEST_VALUE);
    while !plain.is_char_boundary(end) {
        end -= 1;
    }
    let name = plain.get(..end).unwrap_or_default().trim_matches(['.', ' ']);
    if name.is_empty() { "_".to_owned() } else { name.to_owned() }
}

/// Marks that turn a name around, or that nobody sees.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe_and_apart() {
        let values = ["", "A/B", "A:B", "a_b", "CON", "..", "\u{202E}gnp", "销售 部", &"部".repeat(80)];
        let names = names(values.into_iter(), "blank", "ending ");
        assert_eq!(names[""], "blank");
        assert_eq!(
            (names["A/B"].as_str(), names["A:B"].as_str(), names["a_b"].as_str()),
            ("A_B", "A_B-2", "a_b-3")
        );
        assert_eq!((names[".."].as_str(), names["\u{202E}gnp"].as_str()), ("_", "gnp"));
        assert_eq!(names["销售 部"], "销售 部");
        let numbers = [
            "13800138000", "138 0013 8000", "+86 13900138000", "11010519491231002X", "H1234567890",
            "2026-01-02", "202601020001",
        ];
        let masked = super::names(numbers.into_iter(), "blank", "ending ");
        assert_eq!(
            (masked[numbers[0]].as_str(), masked[numbers[1]].as_str()),
            ("ending 8000", "ending 8000-2")
        );
        assert_eq!(
            (masked[numbers[2]].as_str(), masked[numbers[3]].as_str()),
            ("ending 8000-3", "ending 002X")
        );
        assert_eq!((masked[numbers[4]].as_str(), masked[numbers[5]].as_str()), ("ending 7890", numbers[5]));
        assert_eq!(masked[numbers[6]], numbers[6]);
        assert!(names.values().all(|name| name.len() <= LONGEST_VALUE));
        let lower: BTreeSet<String> = names.values().map(|name| name.to_lowercase()).collect();
        assert_eq!(lower.len(), names.len());
    }
}
