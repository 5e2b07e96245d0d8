//! Columns of people that were empty in the first rows, and in which a row has somebody after all.

use crate::contract::source_row::SourceRow;
use crate::domain::answer::IGNORE;
use crate::domain::problem::Rule;

use super::observer::Observer;

#[derive(Default)]
pub struct EmptyColumns {
    found: Vec<(usize, Rule)>,
}

impl Observer for EmptyColumns {
    fn row(&mut self, row: &SourceRow) {
        let empty = &row.mapping.empty;
        if empty.len() == self.found.len() {
            return;
        }
        for column in empty {
            if !row.row.cell(*column).is_blank() && !self.found.iter().any(|(own, _)| own == column) {
                let who = row.mapping.headers[*column].to_string();
                let map = vec![(who.clone(), IGNORE.to_owned())];
                self.found.push((
                    *column,
                    Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false },
                ));
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found
    }
}
