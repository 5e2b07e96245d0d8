//! 不签 or 作废 among other values of a column that is sent as the contract's type, its name or its description: such a
//! row is not to be sent, most likely.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::intake::noted::{Harmless, NotedRows};
use crate::intake::remarks::{says_no, says_no_anywhere};

use super::observer::Observer;

const TEXTS_OF_CONTRACTS: [FieldId; 3] = [FieldId::FlowName, FieldId::FlowType, FieldId::FlowDescription];

struct Column {
    at: usize,
    value: String,
    refused: NotedRows,
    others: u64,
    harmless: Harmless,
}

/// 不签, 停薪留职，不用签.
fn refuses(text: &str) -> bool {
    const BETWEEN: [char; 5] = ['，', ',', '；', ';', '。'];
    let clause_says = || text.contains(BETWEEN) && text.split(BETWEEN).any(says_no_anywhere);
    (says_no(text, true) || clause_says()) && !is_a_paper_of_its_own(text)
}

/// 解除劳动合同, 终止协议, 停薪留职: 合同作废 and a bare 解除 say no.
fn is_a_paper_of_its_own(text: &str) -> bool {
    let begins = ["解除", "终止", "停薪"].iter().any(|word| text.starts_with(word));
    begins && ["合同", "协议", "协议书", "留职"].iter().any(|end| text.ends_with(end))
}

#[derive(Default)]
pub struct RefusedInFields {
    columns: Vec<Column>,
}

impl RefusedInFields {
    pub fn new(mapping: &Mapping) -> Self {
        let is_text = |at: &usize| {
            let target = &mapping.targets[*at];
            let is_it =
                matches!(target, Target::Field { field, .. } if TEXTS_OF_CONTRACTS.contains(&field.id));
            is_it && !mapping.as_text.contains(at)
        };
        let column = |at| Column {
            at,
            value: String::new(),
            refused: NotedRows::default(),
            others: 0,
            harmless: Harmless::default(),
        };
        Self { columns: (0..mapping.targets.len()).filter(is_text).map(column).collect() }
    }
}

impl Observer for RefusedInFields {
    fn row(&mut self, row: &SourceRow) {
        for Column { at, value, refused, others, harmless } in &mut self.columns {
            let seen = row.row.cell(*at).seen_ref();
            let text = seen.trim();
            if !harmless.or(text, refuses) {
                *others += u64::from(!text.is_empty());
                continue;
            }
            if value.is_empty() {
                text.clone_into(value);
            }
            refused.note(row.row.number);
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let found = self.columns.into_iter().filter(|own| own.refused.count > 0 && own.others > 0);
        found
            .map(|Column { at, value, refused: NotedRows { rows, count }, .. }| {
                (at, Rule::FormFieldSaysNo { value, rows, count })
            })
            .collect()
    }
}
