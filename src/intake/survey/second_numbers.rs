//! 合同编号 | 补充协议编号: a second number of contracts that differs within one of them.

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::SECOND_NUMBERS;
use crate::domain::problem::Rule;

use super::observer::Observer;

use super::orders::is_role_column;
use crate::intake::noted::hash_of;

#[derive(Default)]
pub struct SecondNumbers {
    /// The column, and what the row before had there.
    columns: Vec<(usize, u64)>,
    /// The contract of the row before, and that row.
    contract: u64,
    row: u32,
    found: Option<(usize, Rule)>,
}

impl SecondNumbers {
    pub fn new(mapping: &Mapping) -> Self {
        // People with roles of their own have one contract, whatever number each has.
        let has_roles = mapping.column_of("approver.role_name").is_some()
            || (0..mapping.targets.len()).any(|column| is_role_column(&mapping.plain(column)));
        if mapping.layout == Layout::Wide || mapping.key.is_some() || has_roles {
            return Self::default();
        }
        let is_one = |(column, target): (usize, &Target)| {
            let plain = mapping.plain(column);
            (*target == Target::Unknown && SECOND_NUMBERS.contains(&plain.as_str())).then_some((column, 0))
        };
        let columns = mapping.targets.iter().enumerate().filter_map(is_one).collect();
        Self { columns, ..Self::default() }
    }
}

impl Observer for SecondNumbers {
    fn row(&mut self, row: &SourceRow) {
        if self.columns.is_empty() || self.found.is_some() {
            return;
        }
        let contract = row.key_column().map_or(0, |column| hash_of(row.row.cell(column)));
        let goes_on = contract != 0 && contract == self.contract;
        for (column, last) in &mut self.columns {
            let own = hash_of(row.row.cell(*column));
            if goes_on && own != 0 && *last != 0 && own != *last {
                let header = row.mapping.header(*column);
                let rule = Rule::SecondNumber { header, first_row: self.row, row: row.row.number };
                self.found = Some((*column, rule));
            }
            *last = own;
        }
        (self.contract, self.row) = (contract, row.row.number);
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found.into_iter().collect()
    }
}
