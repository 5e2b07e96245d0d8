//! Cells of a workbook to correct that nobody has changed, and whose fault only the input showed.

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::cell::{Cell, Row};
use crate::domain::problem::{Problem, Rule};
use crate::domain::red_cell::{RedCell, hash};
use crate::domain::workbook_marks::RED;

use super::judge::problem;
use super::understood::given_by;

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

/// `known`: what is told of the contract anyway. A cell whose column is gone, or is called otherwise and gives something
/// else, may stand anywhere: then its row is refused, as where somebody has changed what says so.
pub fn unchanged(row: &SourceRow, column: usize, known: &[Problem]) -> Vec<Problem> {
    let told = |at: usize| {
        let here = |own: &&Problem| own.place.row == Some(row.row.number) && own.stops();
        known.iter().filter(here).any(|own| own.place.column.as_ref().is_some_and(|own| own.index == at))
    };
    let columns = row.mapping.headers.iter().zip(&row.mapping.targets);
    let columns = columns.map(|(header, target)| (&**header, given_by(target)));
    let Some(cells) = RedCell::read_all(&row.row.cell(column).seen_ref()) else {
        return vec![problem(row, Some(column), None, Rule::NotCorrected)];
    };
    let unchanged = cells.iter().filter_map(|cell| {
        let Some(at) = cell.column(columns.clone()) else {
            return Some(problem(row, Some(column), None, Rule::NotCorrected));
        };
        let seen = row.row.cell(at).seen();
        let is_as_before = hash(&seen) == cell.held && !told(at);
        is_as_before.then(|| problem(row, Some(at), Some(seen), Rule::NotCorrected))
    });
    unchanged.collect()
}
