//! Columns called 类型 of which a value is a company's.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::COLUMNS_OF_TYPES;
use crate::domain::field::{Kind, auto_sign_word, by_name};
use crate::domain::problem::Rule;

use super::observer::Observer;

pub struct CompanyTypes {
    columns: Vec<usize>,
    found: Option<(usize, String)>,
}

impl CompanyTypes {
    pub fn new(mapping: &Mapping) -> Self {
        let is_type = |column: &usize| {
            mapping.targets[*column] == Target::Unknown
                && COLUMNS_OF_TYPES.contains(&mapping.plain(*column).as_str())
        };
        Self { columns: (0..mapping.targets.len()).filter(is_type).collect(), found: None }
    }
}

impl Observer for CompanyTypes {
    fn row(&mut self, row: &SourceRow) {
        if self.found.is_some() || self.columns.is_empty() {
            return;
        }
        let Some(Kind::Choice(kinds)) = by_name("approver.type").map(|field| field.kind) else { return };
        for column in &self.columns {
            let seen = row.row.cell(*column).seen();
            let text = seen.trim();
            let found = kinds.iter().find(|(sent, words)| *sent == text || words.contains(&text));
            if found.is_some_and(|(sent, _)| *sent != "PERSON") || auto_sign_word(text).is_some() {
                self.found = Some((*column, text.to_owned()));
                return;
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let found = self.found.map(|(column, value)| (column, Rule::ColumnNearlyType { value }));
        found.into_iter().collect()
    }
}
