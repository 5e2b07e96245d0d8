//! Rows of people who are to get a copy, in a list of signers.

use crate::contract::columns::{half_width, simplified};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{GET_A_COPY, SIGN_NOT};
use crate::domain::problem::Rule;

use crate::intake::noted::MOST_ROWS;

#[derive(Default)]
pub struct Copies {
    /// Columns that may say it: roles, and those that nothing is sent of.
    columns: Vec<usize>,
    /// Those that say who somebody is.
    roles: Vec<usize>,
    found: Option<Found>,
}

struct Found {
    column: usize,
    value: String,
    /// They get a copy; else they have nothing to do with it.
    copy: bool,
    rows: Vec<u32>,
    count: u64,
}

impl Copies {
    pub fn new(columns: Vec<usize>, roles: Vec<usize>) -> Self {
        Self { columns, roles, found: None }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        for column in &self.columns {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let copy = is_word(text, GET_A_COPY);
            let signs_not = self.roles.contains(column) && is_word(text, SIGN_NOT);
            if !copy && !signs_not {
                continue;
            }
            let found = self.found.get_or_insert_with(|| Found {
                column: *column,
                value: text.to_owned(),
                copy,
                rows: Vec::new(),
                count: 0,
            });
            if found.column == *column {
                found.count += 1;
                if found.rows.len() < MOST_ROWS {
                    found.rows.push(row.row.number);
                }
            }
            return;
        }
    }

    pub fn finish(self) -> Option<(usize, Rule)> {
        self.found.map(|Found { column, value, copy, rows, count }| {
            (column, Rule::CopiesSign { value, copy, rows, count })
        })
    }
}

fn is_word(text: &str, words: &[&str]) -> bool {
    const LONGEST: usize = 20;
    if text.is_empty() || text.len() > LONGEST || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // Nearly every text is none, and its first letter says so.
    let Some(first) = text.chars().next().map(|c| simplified(half_width(c)).to_ascii_lowercase()) else {
        return false;
    };
    words.iter().any(|word| word.starts_with(first)) && {
        let plain: String =
            text.chars().map(half_width).map(simplified).flat_map(char::to_lowercase).collect();
        words.contains(&plain.as_str())
    }
}
