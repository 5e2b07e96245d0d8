//! A list that stands in several sheets under the same headers: what is compared between the rows of one sheet is
//! compared between those of all of them. Each sheet is told what was found of its own rows, in place of what it has found
//! by itself.

use std::sync::Arc;

use jiff::civil::Date;

use crate::contract::layout::Mapping;
use crate::contract::vocabulary::{NEWER_SHEETS, OLDER_SHEETS};
use crate::domain::problem::{Place, Problem, RowPairs, Rule};
use crate::intake::chosen::is_called;
use crate::intake::noted::{BITS_OF_ROW, MOST_ROWS};
use crate::intake::plan::{Plan, Source};
use crate::intake::rows::NumberedRow;

use super::list::ListSurvey;

/// Sheets of one list, and rows of each, that such a number can tell apart; others are compared in their own sheet only.
const MOST_SHEETS: usize = (1 << (u32::BITS - BITS_OF_ROW)) - 1;
const ROWS_OF_SHEET: u32 = 1 << BITS_OF_ROW;

/// In the names of sheets that take something of another one back; a second copy is called 一部 (2).
const CHANGES: &[&str] = &["调薪", "换号", "变更", "更新", "改", "补录", "补正", "(2)", "（2）", "(3)"];

/// Of the sheets of a plan, those that are one list.
#[derive(Default)]
pub struct AcrossSheets {
    lists: Vec<List>,
}

struct List {
    /// Their places among the sources of the plan.
    sheets: Vec<usize>,
    survey: ListSurvey,
}

impl AcrossSheets {
    pub fn new(plan: &Plan, today: Date) -> Self {
        let mut lists: Vec<Vec<usize>> = Vec::new();
        for (at, source) in plan.sources.iter().enumerate().filter(|_| !plan.joined) {
            let is_of_it = |sheets: &&mut Vec<usize>| {
                let first = sheets.first().and_then(|first| plan.sources.get(*first));
                first.is_some_and(|first| are_one_list(&first.mapping, &source.mapping))
            };
            match lists.iter_mut().find(is_of_it) {
                Some(sheets) => sheets.push(at),
                None => lists.push(vec![at]),
            }
        }
        let list = |sheets: Vec<usize>| {
            let first = sheets.first().and_then(|first| plan.sources.get(*first))?;
            let is_several = (2..=MOST_SHEETS).contains(&sheets.len());
            let is_version = |at: &usize| {
                let name = plan.sources.get(*at).and_then(|source| source.name.as_deref());
                name.is_some_and(|name| {
                    is_called(&name.to_lowercase(), &[NEWER_SHEETS, OLDER_SHEETS, CHANGES])
                })
            };
            let survey = match sheets.iter().any(is_version) {
                true => ListSurvey::of_versions(first, today),
                false => ListSurvey::new(first, today),
            };
            is_several.then_some(List { survey, sheets })
        };
        Self { lists: lists.into_iter().filter_map(list).collect() }
    }

    /// A row of a contract that is sent. `begins`: it is the first of its contract.
    pub fn row(&mut self, numbered: &mut NumberedRow, begins: bool) {
        let own = numbered.row.row.number;
        let list = self.lists.iter_mut().find_map(|list| {
            let sheet = list.sheets.iter().position(|own| *own == numbered.source)?;
            Some((list, sheet))
        });
        let Some((list, sheet)) = list.filter(|_| own < ROWS_OF_SHEET) else { return };
        let Ok(sheet) = u32::try_from(sheet + 1) else { return };
        numbered.row.row.number = sheet << BITS_OF_ROW | own;
        list.survey.row(&numbered.row, None, begins);
        numbered.row.row.number = own;
    }

    /// `told`: what is asked already.
    pub fn finish(self, plan: &Plan, told: &mut Vec<Problem>) {
        for List { sheets, survey } in self.lists {
            let sources: Vec<_> = sheets.iter().filter_map(|own| plan.sources.get(*own)).collect();
            let Some(mapping) = sources.first().map(|source| &source.mapping) else { continue };
            let mut found = Vec::new();
            survey.finish(mapping, None, true, &mut |column, rule| found.push((column, rule)));
            let name = |sheet: usize| sources.get(sheet)?.name.clone();
            for (column, rule) in found {
                let (code, severity) = (rule.code(), rule.severity());
                let header = column.map(|column| mapping.header(column));
                let is_of = |problem: &Problem, source: &Source| {
                    problem.rule.code() == code
                        && problem.place.column.as_ref().map(|own| own.header.to_string()) == header
                        && source.file == problem.place.file
                        && source.name == problem.place.sheet
                };
                let is_of_list = |own: &Problem| sources.iter().any(|source| is_of(own, source));
                let is_said = told.iter().any(|own| is_of_list(own) && own.rule.severity() >= severity);
                for (sheet, rule) in of_sheets(rule, sources.len(), &name, is_said) {
                    let Some(source) = sources.get(sheet) else { continue };
                    // 待定 in each row of a sheet is only worth a look until another sheet has values there.
                    told.retain(|own| !is_of(own, source));
                    let place = Place {
                        file: source.file.clone(),
                        sheet: source.name.clone(),
                        row: column.map(|_| source.mapping.header_row),
                        column: column.map(|column| source.mapping.place(column)),
                    };
                    told.push(Problem { place, value: None, rule });
                }
            }
        }
    }
}

/// Sheets whose columns are called alike and give the same.
fn are_one_list(one: &Mapping, other: &Mapping) -> bool {
    one.layout == other.layout
        && one.key == other.key
        && one.headers == other.headers
        && one.targets == other.targets
        && one.as_text == other.as_text
}

/// The sheet, by its place in the list, and the row that a number stands for.
fn split(number: u32) -> (usize, u32) {
    let sheet = usize::try_from(number >> BITS_OF_ROW).ok().and_then(|sheet| sheet.checked_sub(1));
    (sheet.unwrap_or(usize::MAX), number & (ROWS_OF_SHEET - 1))
}

/// What was found in several sheets, as each of them can say it of its own rows. `is_said`: one of them has said such a
/// thing of its rows alone.
fn of_sheets(
    mut rule: Rule,
    sheets: usize,
    name: &dyn Fn(usize) -> Option<Arc<str>>,
    is_said: bool,
) -> Vec<(usize, Rule)> {
    let named = |sheet: usize| name(sheet).map(|name| name.to_string());
    if let Some((rows, count)) = list_of_rows(&mut rule) {
        let (rows, count) = (std::mem::take(rows), *count);
        return in_each(&rule, &rows, count);
    }
    match &mut rule {
        // The columns say it, whichever row it is.
        Rule::ColumnNearlyType { .. } | Rule::PartiesDiffer { .. } | Rule::TemplatesDiffer { .. } => {
            (0..sheets).map(|sheet| (sheet, rule.clone())).collect()
        }
        Rule::SubmittedTwice(RowPairs { rows, sheets, .. }) => {
            let split: Vec<(usize, u32)> = rows.iter().map(|row| split(*row)).collect();
            *rows = split.iter().map(|(_, row)| *row).collect();
            *sheets = split.iter().filter_map(|(sheet, _)| named(*sheet)).collect();
            let last = split.last().map_or(0, |(sheet, _)| *sheet);
            vec![(last, rule)]
        }
        // One example is enough.
        _ if is_said => Vec::new(),
        Rule::RowsOutOfOrder { row, first_row, reversed, reversed_in, .. } => {
            let (sheet, own) = split(*row);
            let (of_first, first) = split(*first_row);
            (*row, *first_row) = (own, first);
            if let Some(reversed) = reversed {
                let (other, row) = split(*reversed);
                *reversed = row;
                *reversed_in = if other == sheet { None } else { named(other) };
            }
            if sheet == of_first { vec![(sheet, rule)] } else { Vec::new() }
        }
        Rule::SignersChangePlaces { first_row, row, first_in, .. } => {
            let (other, first) = split(*first_row);
            let (sheet, own) = split(*row);
            (*row, *first_row) = (own, first);
            *first_in = if other == sheet { None } else { named(other) };
            vec![(sheet, rule)]
        }
        // Of one row alone, or of rows one below the other, whatever stands in other sheets.
        _ => Vec::new(),
    }
}

/// The rows that a rule lists, and how many they are, where those of other sheets have a say in it.
fn list_of_rows(rule: &mut Rule) -> Option<(&mut Vec<u32>, &mut u64)> {
    match rule {
        Rule::CellsDefaulted { rows, count, .. }
        | Rule::ColumnNearlySend { rows, count, .. }
        | Rule::ColumnOfSigners { rows, count, .. }
        | Rule::CompanyBlank { rows, count, .. }
        | Rule::ComponentOfAnother { rows, count, .. }
        | Rule::ComponentsDisagree { rows, count, .. }
        | Rule::ContractsLackParty { rows, count, .. }
        | Rule::CopiesSign { rows, count, .. }
        | Rule::DatesAmongCodes { rows, count }
        | Rule::FormFieldEmpty { rows, count }
        | Rule::FormFieldSaysNo { rows, count, .. }
        | Rule::FormFieldUndecided { rows, count, .. }
        | Rule::SendBlank { rows, count, .. }
        | Rule::SerialsAmongDates { rows, count }
        | Rule::ZerosAmongTexts { rows, count } => Some((rows, count)),
        _ => None,
    }
}

/// The rule of a list of rows, once for each sheet that has some of them.
fn in_each(rule: &Rule, all: &[u32], count: u64) -> Vec<(usize, Rule)> {
    let mut sheets: Vec<usize> = all.iter().map(|row| split(*row).0).collect();
    sheets.sort_unstable();
    sheets.dedup();
    let last = sheets.last().copied();
    // Beyond some thousand rows nobody knows in which sheet the others stand: below those that are known.
    let unknown = count.saturating_sub(all.len() as u64);
    let of_sheet = |sheet: usize| {
        let own = all.iter().map(|row| split(*row)).filter(|(own, _)| *own == sheet);
        let mut own: Vec<u32> = own.map(|(_, row)| row).collect();
        let more = if last == Some(sheet) { unknown } else { 0 };
        let mut rule = rule.clone();
        if let Some((rows, count)) = list_of_rows(&mut rule) {
            *count = own.len() as u64 + more;
            own.truncate(MOST_ROWS);
            *rows = own;
        }
        (sheet, rule)
    };
    sheets.into_iter().map(of_sheet).collect()
}
