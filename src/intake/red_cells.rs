//! Cells of a workbook to correct that nobody has changed, and whose fault only the input showed.

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::cell::{Cell, Row};
use crate::domain::problem::{Problem, Rule};
use crate::domain::red_cell::RedCell;
use crate::domain::workbook_marks::RED;

use super::judge::problem;

/// The column that says which they are.
pub fn column(mapping: &Mapping) -> Option<usize> {
    mapping.headers.iter().position(|header| header.trim() == RED)
}

/// Takes the reason out of the first cell of a row, which says nothing of the row as it is now. Where somebody has
/// cleared it, he has looked at the row: what is red in it is meant as it stands.
pub fn pass_over_reason(row: &mut Row, red: Option<usize>) {
    let is_settled = row.cell(0).is_blank();
    for column in [Some(0), red.filter(|_| is_settled)].into_iter().flatten() {
        if let Some(cell) = row.cells.get_mut(column) {
            *cell = Cell::default();
        }
    }
}

/// `known`: what is told of the contract anyway.
pub fn unchanged(row: &SourceRow, column: usize, known: &[Problem]) -> Vec<Problem> {
    let told = |at: usize| {
        let here = |own: &&Problem| own.place.row == Some(row.row.number) && own.stops();
        known.iter().filter(here).any(|own| own.place.column.as_ref().is_some_and(|own| own.index == at))
    };
    let headers = || row.mapping.headers.iter().map(|header| &**header);
    let cells = RedCell::read_all(&row.row.cell(column).seen_ref());
    let unchanged = cells.iter().filter_map(|cell| {
        let at = cell.column(headers())?;
        let seen = row.row.cell(at).seen();
        let is_as_before = seen.trim() == cell.text.trim() && !told(at);
        is_as_before.then(|| problem(row, Some(at), Some(seen), Rule::NotCorrected))
    });
    unchanged.collect()
}
