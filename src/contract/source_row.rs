//! A row of the input with the header that explains it.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::domain::cell::Row;
use crate::domain::field::{Kind, Level};
use crate::domain::problem::Place;

use super::columns::Target;
use super::dates::Clock;
use super::layout::Mapping;
use super::values;

/// A row with the header that explains it.
#[derive(Clone)]
pub struct SourceRow {
    /// Its place in the input: from 0, over all sheets of the plan; the same at every reading.
    pub ord: i64,
    pub row: Row,
    pub mapping: Arc<Mapping>,
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// Columns whose value was taken from the merged cell above.
    pub merged: Vec<usize>,
    /// First and last column of the widest cell of it that is merged sideways.
    pub across: Option<(usize, usize)>,
    pub meant: Meant,
}

/// Whether a row is one of those that somebody wants sent. It stays with its contract all the same,
/// which never goes without one of its signers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meant {
    #[default]
    Yes,
    /// Its cells that would say so are blank: what the other rows of its contract say holds.
    Unsaid,
    No,
}

impl SourceRow {
    pub fn place(&self, column: Option<usize>) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: Some(self.row.number),
            column: column.map(|index| self.mapping.place(index)),
        }
    }

    pub fn is_of_the_sheet_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.mapping, &other.mapping)
    }

    /// The column that holds the rows of a contract together.
    pub fn key_column(&self) -> Option<usize> {
        self.mapping.compiled().key
    }

    /// What the column of `--key` calls the contract, where that is more than a count of
    /// lines: the next file counts its own lines anew, so a count never belongs to a
    /// contract, and 房号 does.
    pub fn name_by_key(&self) -> Option<String> {
        let column = self.mapping.compiled().name?;
        Some(values_text(&self.row.cell(column).seen())).filter(|text| !text.is_empty())
    }

    /// The contract key as it stands there.
    pub fn key(&self, clock: &Clock) -> Option<String> {
        let parsed = values::parse(Kind::Key, self.row.cell(self.key_column()?), clock);
        match parsed.value {
            Some(Json::String(key)) => Some(key),
            _ => None,
        }
    }

    /// Whether a row without a key may be one more signer of the contract that
    /// `first` begins: it brings someone, and contradicts nothing.
    pub fn may_continue(&self, first: &Self) -> bool {
        let mut brings = false;
        for (column, target) in self.mapping.targets.iter().enumerate() {
            let cell = self.row.cell(column);
            if cell.is_blank() {
                continue;
            }
            let of_contract = match target {
                Target::Field { field, .. } => match field.level {
                    Level::Approver | Level::Cc => {
                        brings = true;
                        false
                    }
                    Level::Flow | Level::Request => true,
                    Level::Own => false,
                },
                Target::FormField(_) => true,
                Target::OfOurs | Target::Unknown | Target::Ignored => false,
            };
            if of_contract && values_text(&cell.seen()) != values_text(&first.row.cell(column).seen()) {
                return false;
            }
        }
        brings
    }
}

pub fn values_text(seen: &str) -> String {
    super::normalize::clean(seen).text
}
