//! Columns that would say who sends a contract: 经办人 in a list of people is most often
//! somebody's name, not the OpenId that the API wants.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::observer::Observer;

#[derive(Default)]
pub struct OwnIds {
    columns: Vec<(usize, &'static str)>,
    /// The first value that is none.
    found: Option<(usize, Rule)>,
}

impl OwnIds {
    pub fn new(mapping: &Mapping) -> Self {
        let own = |(column, target): (usize, &Target)| match target {
            Target::Field { field, .. }
                if field.level == Level::Request
                    && field.id != FieldId::JumpUrl
                    && !mapping.readings.get(column).is_some_and(|reading| reading.said) =>
            {
                Some((column, field.name))
            }
            _ => None,
        };
        Self { columns: mapping.targets.iter().enumerate().filter_map(own).collect(), found: None }
    }
}

impl Observer for OwnIds {
    fn row(&mut self, row: &SourceRow) {
        if self.found.is_some() {
            return;
        }
        for (column, field) in &self.columns {
            let seen = row.row.cell(*column).seen_ref();
            if seen.chars().any(|c| matches!(c, '\u{4E00}'..='\u{9FFF}')) {
                let value: String = seen.trim().chars().take(20).collect();
                self.found = Some((*column, Rule::ColumnNoOpenId { field: (*field).to_owned(), value }));
                return;
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found.into_iter().collect()
    }
}
