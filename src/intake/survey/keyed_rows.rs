//! Which rows are one contract where somebody has said by which column they are.

use std::collections::HashMap;

use crate::contract::left_over::is_ditto;
use crate::contract::source_row::SourceRow;
use crate::contract::texts::is_placeholder;
use crate::domain::field::Kind;
use crate::domain::problem::{Problem, Rule};

use crate::intake::noted::hash_of;

#[derive(Default)]
pub struct KeyedRows {
    /// The column of `--key`.
    key: Option<usize>,
    /// Hash of a value -> the row where it stood first.
    groups: HashMap<u64, u32>,
    group: Option<(u64, u32)>,
    continued: bool,
    apart: Option<Problem>,
}

impl KeyedRows {
    pub fn new(key: Option<usize>) -> Self {
        Self { key, ..Self::default() }
    }

    pub fn is_keyed(&self) -> bool {
        self.key.is_some()
    }

    /// What the row itself has there, as a hash.
    pub fn own_value(&self, row: &SourceRow) -> Option<u64> {
        let key = self.key.filter(|key| !row.merged.contains(key));
        key.map(|key| hash_of(row.row.cell(key))).filter(|hash| *hash != 0)
    }

    /// A row of a contract: the same value again, with others or an own block of cells between, asks.
    pub fn row(&mut self, row: &SourceRow) {
        let Some(key) = self.key else { return };
        let cell = row.row.cell(key);
        let goes_on = |text: &str| is_placeholder(Kind::Key, text) || is_ditto(text);
        if cell.is_blank() || row.merged.contains(&key) || goes_on(cell.seen().trim()) {
            self.continued = true;
            return;
        }
        let hash = hash_of(cell);
        let continued = std::mem::take(&mut self.continued);
        let before = match self.group {
            Some((own, first)) if own == hash => continued.then_some(first),
            _ => self.groups.get(&hash).copied(),
        };
        if !matches!(self.group, Some((own, _)) if own == hash) {
            self.group = Some((hash, row.row.number));
            self.groups.entry(hash).or_insert(row.row.number);
        }
        if let (Some(first_row), None) = (before, &self.apart) {
            let place = row.place(Some(key));
            let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
            let value: String = cell.seen().trim().chars().take(40).collect();
            let rule = Rule::RowsApart { header, value: value.clone(), first_row };
            self.apart = Some(Problem { place, value: Some(value), rule });
        }
    }

    pub fn finish(self) -> Option<Problem> {
        self.apart
    }
}
