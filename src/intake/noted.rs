//! Rows that a question names, and what is kept of a cell to find it again.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::domain::cell::{Cell, Value};

/// Rows that are named in a question.
pub const MOST_ROWS: usize = 8;

/// Rows of which a question tells: the first few of them, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedRows {
    pub rows: Vec<u32>,
    pub count: u64,
}

impl NotedRows {
    pub fn note(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }
}

/// Of what is seen in a cell; 0: it is blank.
pub fn hash_of(cell: &Cell) -> u64 {
    if cell.is_blank() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    match &cell.value {
        Value::Text(text) => text.trim().hash(&mut hasher),
        _ => cell.seen().trim().hash(&mut hasher),
    }
    hasher.finish().max(1)
}
