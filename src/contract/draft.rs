//! A contract while it is put together: what its rows gave, and what is wrong with it.

use std::borrow::Cow;

use serde_json::Value as Json;

use crate::domain::field::FieldId;
use crate::domain::problem::{Problem, Rule};
use crate::domain::remark::Remarks;

use super::source_row::SourceRow;

/// A value with where it came from.
#[derive(Clone)]
pub struct Given {
    pub value: Json,
    /// Index into the contract's rows.
    pub row: usize,
    /// None: from the settings.
    pub column: Option<usize>,
}

/// Values of one part of a contract. There are never many, so that looking through them
/// costs less than hashing.
#[derive(Clone, Default)]
pub struct Values {
    items: Vec<(FieldId, Given)>,
}

impl Values {
    pub fn get(&self, field: FieldId) -> Option<&Given> {
        self.items.iter().find(|(own, _)| *own == field).map(|(_, given)| given)
    }

    pub fn get_mut(&mut self, field: FieldId) -> Option<&mut Given> {
        self.items.iter_mut().find(|(own, _)| *own == field).map(|(_, given)| given)
    }

    pub fn has(&self, field: FieldId) -> bool {
        self.get(field).is_some()
    }

    /// Puts a value in the place of the one that is there, if one is.
    pub fn set(&mut self, field: FieldId, given: Given) {
        match self.get_mut(field) {
            Some(own) => *own = given,
            None => {
                if self.items.capacity() == 0 {
                    self.items.reserve_exact(8);
                }
                self.items.push((field, given));
            }
        }
    }

    pub fn remove(&mut self, field: FieldId) {
        self.items.retain(|(own, _)| *own != field);
    }

    pub fn text(&self, field: FieldId) -> Option<&str> {
        self.get(field)?.value.as_str()
    }

    pub fn flag(&self, field: FieldId) -> bool {
        self.get(field).and_then(|given| given.value.as_bool()).unwrap_or(false)
    }

    /// In the order of the fields, once [`Self::sort`] was called.
    pub fn iter(&self) -> impl Iterator<Item = (FieldId, &Given)> {
        self.items.iter().map(|(field, given)| (*field, given))
    }

    pub fn sort(&mut self) {
        self.items.sort_unstable_by_key(|(field, _)| *field);
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }
}

/// An approver or a cc.
pub struct Party {
    pub values: Values,
    /// Index into the contract's rows: the first that gave it.
    pub row: usize,
    /// Counted from 0 among those of the header, in the wide layout.
    pub number: usize,
}

impl Party {
    /// The number of a signer that no header has: `[[signers]]` of the settings gives him.
    pub const OF_SETTINGS: usize = usize::MAX;

    pub fn is_of_settings(&self) -> bool {
        self.number == Self::OF_SETTINGS
    }
}

/// What was gathered from the rows before it becomes a flow.
pub struct Draft<'a> {
    pub rows: &'a [SourceRow],
    pub flow: Values,
    pub request: Values,
    pub approvers: Vec<Party>,
    pub ccs: Vec<Party>,
    /// Form fields in the order in which they were given first.
    pub fields: Vec<(String, Given)>,
    pub problems: Vec<Problem>,
    pub remarks: Remarks,
    /// The template seals for the sender's company, so nobody need be named for it.
    pub seals_itself: bool,
}

impl Draft<'_> {
    pub fn tell(&mut self, row: usize, column: Option<usize>, value: Option<String>, rule: Rule) {
        if let Some(source) = self.rows.get(row) {
            self.problems.push(Problem { place: source.place(column), value, rule });
        }
    }

    /// What a person sees in the cell that a value came from.
    pub fn seen(&self, given: &Given) -> String {
        self.seen_ref(given).into_owned()
    }

    /// The same, borrowed where the cell has it.
    pub fn seen_ref(&self, given: &Given) -> Cow<'_, str> {
        let source = self.rows.get(given.row).zip(given.column);
        source.map(|(source, column)| source.row.cell(column).seen_ref()).unwrap_or_default()
    }

    pub fn number_of(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(0, |source| source.row.number)
    }
}
