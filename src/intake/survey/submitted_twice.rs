//! A list that a form has collected, with the time at which each row was handed in, and somebody who stands in it twice:
//! he has corrected himself, most likely, and the first row holds no more.

use std::collections::HashMap;

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::HANDED_IN_AT;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::intake::noted::{NotedRows, hash_of};

use super::observer::Observer;

/// People of whom is known where they stood; beyond that nobody is noticed.
const MOST: usize = 1 << 16;
/// Rows of a list in which two of one name are one person, where nothing but a mobile tells them apart.
const FEW: u64 = 200;

struct Columns {
    handed_in: usize,
    name: usize,
    mobile: Option<usize>,
    id_number: Option<usize>,
}

/// Where somebody of a name stood first.
struct Known {
    row: u32,
    mobile: u64,
    id_number: u64,
}

#[derive(Default)]
pub struct SubmittedTwice {
    columns: Option<Columns>,
    known: HashMap<u64, Known>,
    rows: u64,
    /// Rows of the same name, each after the row in which it stood first, that have a mobile or an ID number in common.
    same: NotedRows,
    /// The same of those that have another mobile.
    other_mobile: NotedRows,
}

impl SubmittedTwice {
    pub fn new(mapping: &Mapping) -> Self {
        let column_of = |id: FieldId| {
            let gives =
                |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == id);
            mapping.targets.iter().position(gives)
        };
        let is_open = |column: &usize| {
            mapping.targets[*column] == Target::Unknown
                && !mapping.readings[*column].said
                && HANDED_IN_AT.contains(&mapping.plain(*column).as_str())
        };
        let has_key = mapping.key_column().is_some() || mapping.layout == Layout::Wide;
        let handed_in = (0..mapping.targets.len()).filter(|_| !has_key).find(is_open);
        let columns = handed_in.and_then(|handed_in| {
            let (mobile, id_number) =
                (column_of(FieldId::ApproverMobile), column_of(FieldId::ApproverIdCardNumber));
            Some(Columns { handed_in, name: column_of(FieldId::ApproverName)?, mobile, id_number })
        });
        Self { columns, ..Self::default() }
    }
}

impl Observer for SubmittedTwice {
    fn row(&mut self, row: &SourceRow) {
        let Some(Columns { name, mobile, id_number, .. }) = &self.columns else { return };
        let hash = |column: Option<usize>| column.map_or(0, |column| hash_of(row.row.cell(column)));
        let (name, mobile, id_number) = (hash(Some(*name)), hash(*mobile), hash(*id_number));
        self.rows += 1;
        if name == 0 {
            return;
        }
        let number = row.row.number;
        match self.known.get(&name) {
            Some(first) => {
                let is_another = id_number != 0 && first.id_number != 0 && id_number != first.id_number;
                let is_same = (mobile != 0 && mobile == first.mobile)
                    || (id_number != 0 && id_number == first.id_number);
                match () {
                    () if is_same => [first.row, number].iter().for_each(|row| self.same.note(*row)),
                    () if is_another => {}
                    () => [first.row, number].iter().for_each(|row| self.other_mobile.note(*row)),
                }
            }
            None if self.known.len() < MOST => {
                self.known.insert(name, Known { row: number, mobile, id_number });
            }
            None => {}
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let Some(Columns { handed_in, .. }) = self.columns else { return Vec::new() };
        let of_few = Some(self.other_mobile).filter(|rows| rows.count > 0 && self.rows <= FEW);
        let found = Some(self.same).filter(|rows| rows.count > 0).or(of_few);
        found
            .map(|NotedRows { rows, count }| (handed_in, Rule::SubmittedTwice { rows, count }))
            .into_iter()
            .collect()
    }
}
