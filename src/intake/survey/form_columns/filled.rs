//! Which cells of a column are empty among filled ones.

use crate::domain::cell::Cell;

use super::NotedRows;

/// Of the rows that begin a contract.
#[derive(Default)]
pub struct Filled {
    any: bool,
    /// The first contract has a value, and no other so far.
    pub only_first: bool,
    empty: NotedRows,
}

impl Filled {
    /// Whether the cell holds something.
    pub fn look(&mut self, row: u32, cell: &Cell) -> bool {
        if cell.is_blank() {
            self.empty.note(row);
            return false;
        }
        self.only_first = !std::mem::replace(&mut self.any, true) && self.empty.count == 0;
        true
    }

    /// Those that are empty, where others are filled.
    pub fn gaps(&self) -> Option<&NotedRows> {
        (self.any && self.empty.count > 0).then_some(&self.empty)
    }

    pub fn empty_count(&self) -> u64 {
        self.empty.count
    }
}
