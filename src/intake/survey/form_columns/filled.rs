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
    /// Values so far.
    filled: u64,
    /// The row above has a value.
    above: bool,
    /// A value has stood below another one, or the first row has none.
    is_even: bool,
}

impl Filled {
    /// Whether the cell holds something.
    pub fn look(&mut self, row: u32, cell: &Cell) -> bool {
        if cell.is_blank() {
            self.empty.note(row);
            self.is_even |= !self.any;
            self.above = false;
            return false;
        }
        self.is_even |= self.above;
        self.above = true;
        self.filled += 1;
        self.only_first = !std::mem::replace(&mut self.any, true) && self.empty.count == 0;
        true
    }

    /// Those that are empty, where others are filled.
    pub fn gaps(&self) -> Option<&NotedRows> {
        (self.any && self.empty.count > 0).then_some(&self.empty)
    }

    /// Each of several values stands above rows that have none, from the first row on: as if it held for them.
    pub fn heads_groups(&self) -> bool {
        self.filled > 1 && !self.is_even && !self.above
    }

    /// How many are not.
    pub fn filled(&self) -> u64 {
        self.filled
    }

    pub fn empty_count(&self) -> u64 {
        self.empty.count
    }
}
