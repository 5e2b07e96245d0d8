//! Contracts whose rows stand apart, with others between: where that is rare, a number was
//! perhaps given twice, and two strangers would sign one contract.

use crate::contract::source_row::{Meant, SourceRow};
use crate::domain::problem::{Problem, Rule};

/// Where so many in a hundred contracts stand apart, the sheet is sorted by something else.
const SORTED: u64 = 66;

#[derive(Default)]
pub struct Apart {
    first: Option<Problem>,
    count: u64,
    /// Some row has no number.
    blanks: bool,
}

impl Apart {
    pub fn row(&mut self, row: &SourceRow) {
        self.blanks |= row.key_column().is_some_and(|column| row.row.cell(column).is_blank());
    }

    /// The rows of one contract, gathered from all over the input.
    pub fn add(&mut self, rows: &[SourceRow]) {
        let mut meant = rows.iter().filter(|row| row.meant == Meant::Yes);
        let (Some(first), Some(other)) = (meant.next(), meant.next_back()) else { return };
        // Somebody has said that this column holds rows together.
        let Some(column) = first.key_column().filter(|_| first.mapping.key.is_none()) else { return };
        self.count += 1;
        if self.first.is_some() {
            return;
        }
        let place = other.place(Some(column));
        let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
        let value: String = first.row.cell(column).seen().trim().chars().take(40).collect();
        let first_row = first.row.number;
        let rule = Rule::NumberApart { header, value: value.clone(), first_row, count: 1, blanks: false };
        self.first = Some(Problem { place, value: Some(value), rule });
    }

    /// `contracts`: all that can be sent. `answers`: naming the column answers nothing else.
    pub fn finish(self, contracts: u64, answers: bool) -> Option<Problem> {
        let mut problem = self.first.filter(|_| self.count * 100 < contracts * SORTED)?;
        if let Rule::NumberApart { count, blanks, .. } = &mut problem.rule {
            (*count, *blanks) = (self.count, self.blanks || !answers);
        }
        Some(problem)
    }
}
