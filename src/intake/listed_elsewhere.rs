//! 作废名单, 离职人员 beside the sheet with the contracts: a sheet that is not read, and whose name says no of
//! people or numbers that are to be sent.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::rc::Rc;

use crate::contract::texts::is_persons_number;
use crate::contract::vocabulary::{LEFT_OUT, LISTS_LEFT_OUT};
use crate::domain::cell::Row;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::understood::UnusedSheet;
use crate::table::Workbook;

use super::chosen::is_called;
use super::plan::{PlanOptions, Source};
use super::unread_sheets::{is_open, names_of};

/// Rows of a list, and of a sheet with contracts, that are looked at.
const MOST_ROWS: usize = 20_000;
/// Rows that are named.
const MOST_TOLD: usize = 8;
/// Columns by which a row is found again.
const BY_NUMBER: [&str; 3] = ["contract_id", "approver.mobile", "approver.id_card_number"];
const BY_NAME: &str = "approver.name";

/// Rows to be sent that such a list has; of the first sheet of contracts.
pub fn left_out_elsewhere(
    workbooks: &[Rc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    let first = sources.first().filter(|_| is_open(sources, options))?;
    let lists = unused.iter().filter(|own| !own.hidden && is_called(&own.sheet, &[LEFT_OUT, LISTS_LEFT_OUT]));
    lists.filter_map(|own| held_by(workbooks, first, &own.sheet, sources)).next()
}

fn held_by(workbooks: &[Rc<Workbook>], first: &Source, sheet: &str, sources: &[Source]) -> Option<Problem> {
    let (workbook, at) = workbooks.iter().find_map(|workbook| {
        let at = workbook.sheets().iter().position(|own| own.name.as_deref() == Some(sheet))?;
        Some((workbook, at))
    })?;
    let mut listed: HashSet<String> = HashSet::new();
    each_row(workbook, at, |row| {
        listed
            .extend(row.cells.iter().map(|cell| cell.seen().trim().to_owned()).filter(|text| text.len() > 1));
    });
    // 张伟 in a list of numbers may be another one.
    let has_numbers = listed.iter().any(|text| is_number(text));
    let names = if has_numbers { &[][..] } else { &[BY_NAME][..] };
    let columns: Vec<usize> =
        BY_NUMBER.iter().chain(names).filter_map(|name| first.mapping.column_of(name)).collect();
    let (mut rows, mut count) = (Vec::new(), 0);
    each_row(&first.workbook, first.sheet, |row| {
        let holds = |column: &usize| listed.contains(row.cell(*column).seen_ref().trim());
        if row.number > first.mapping.header_row && columns.iter().any(holds) {
            count += 1;
            if rows.len() < MOST_TOLD {
                rows.push(row.number);
            }
        }
    });
    let place = Place { file: first.file.clone(), sheet: first.name.clone(), ..Place::default() };
    let rule = Rule::SheetLeavesOut { sheet: sheet.to_owned(), rows, count, used: names_of(sources) };
    (count > 0).then_some(Problem { place, value: None, rule })
}

/// A contract's number, a mobile or an ID number.
fn is_number(text: &str) -> bool {
    is_persons_number(text) || (text.len() >= 4 && text.bytes().any(|byte| byte.is_ascii_digit()))
}

/// What cannot be read is told where the sheet is read.
fn each_row(workbook: &Workbook, sheet: usize, mut visit: impl FnMut(&Row)) {
    let mut left = MOST_ROWS;
    let _ = workbook.scan(sheet, &mut |row| {
        visit(&row);
        left -= 1;
        if left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}
