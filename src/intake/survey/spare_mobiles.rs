//! A second column for the mobile, in which a row below the first ones has another number.

use crate::contract::sampled::has_another;
use crate::contract::source_row::SourceRow;
use crate::domain::problem::Rule;

use super::observer::Observer;

#[derive(Default)]
pub struct SpareMobiles {
    found: Option<(usize, Rule)>,
}

impl Observer for SpareMobiles {
    fn row(&mut self, row: &SourceRow) {
        let Some(spare) = row.mapping.spare_mobile.filter(|_| self.found.is_none()) else { return };
        if has_another(&row.row, spare) {
            let (field, first) = ("approver.mobile".to_owned(), spare.kept);
            let name = row.mapping.header(first);
            self.found = Some((spare.column, Rule::ColumnBeside { field, first, name, open: spare.open }));
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found.into_iter().collect()
    }
}
