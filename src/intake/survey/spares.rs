//! A second column for the signer's mobile or his name, in which a row below the first ones has another one.

use crate::contract::layout::Mapping;
use crate::contract::sampled::{has_another, names_another};
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::observer::Observer;

#[derive(Default)]
pub struct Spares {
    found: Option<(usize, Rule)>,
}

impl Observer for Spares {
    fn row(&mut self, row: &SourceRow) {
        let Mapping { spare_mobile, spare_name, .. } = &*row.mapping;
        if (spare_mobile.is_none() && spare_name.is_none()) || self.found.is_some() {
            return;
        }
        let mobile = spare_mobile.filter(|spare| has_another(&row.row, *spare));
        let name = spare_name.filter(|spare| names_another(&row.row, *spare));
        let found = mobile
            .map(|spare| (spare, FieldId::ApproverMobile))
            .or_else(|| name.map(|spare| (spare, FieldId::ApproverName)));
        self.found = found.map(|(spare, id)| {
            let (field, first) = (id.name().to_owned(), spare.kept);
            let name = row.mapping.header(first);
            (spare.column, Rule::ColumnBeside { field, first, name, open: spare.open })
        });
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found.into_iter().collect()
    }
}
