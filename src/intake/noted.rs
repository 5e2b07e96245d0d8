//! Rows that a question names, and what is kept of a cell to find it again.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::domain::cell::{Cell, Value};

/// Rows that are named in a question.
pub const MOST_ROWS: usize = 8;
/// While rows of several sheets are compared, the number of one holds its sheet, too: in the bits above these, counted
/// from 1. See `survey/across_sheets.rs`.
pub const BITS_OF_ROW: u32 = 24;

/// How many rows are kept together with this one: of several sheets so many that each can tell its own.
pub fn most_rows(row: u32) -> usize {
    const MOST_OF_SHEETS: usize = 1 << 12;
    if row >> BITS_OF_ROW == 0 { MOST_ROWS } else { MOST_OF_SHEETS }
}

/// Rows of which a question tells: the first few of them, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedRows {
    pub rows: Vec<u32>,
    pub count: u64,
}

impl NotedRows {
    pub fn note(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < most_rows(row) {
            self.rows.push(row);
        }
    }
}

/// Texts of which a verdict was no: most columns have the same few in many rows, and lists of words are long.
#[derive(Default)]
pub struct Harmless {
    texts: HashSet<String>,
}

impl Harmless {
    /// Whether the text is found guilty.
    pub fn or(&mut self, text: &str, is_guilty: impl Fn(&str) -> bool) -> bool {
        const MOST: usize = 1 << 10;
        if self.texts.contains(text) {
            return false;
        }
        let guilty = is_guilty(text);
        if !guilty && self.texts.len() < MOST {
            self.texts.insert(text.to_owned());
        }
        guilty
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
