//! Rows of a workbook to correct say which failed contracts they are.

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::origin::Origin;
use crate::domain::problem::{Problem, Rule};
use crate::domain::workbook_marks::FLOW;

use super::judge::problem;

/// The column that says it.
pub fn column(mapping: &Mapping) -> Option<usize> {
    mapping.headers.iter().position(|header| header.trim() == FLOW)
}

/// What a row says of itself; one that a person has added says nothing.
pub fn read(row: &SourceRow, column: usize, told: &mut Vec<Problem>) -> Vec<Origin> {
    let cell = row.row.cell(column).seen();
    Origin::read_all(&cell).unwrap_or_else(|| {
        told.push(problem(row, Some(column), Some(cell), Rule::OriginChanged));
        Vec::new()
    })
}
