//! A name that is merged over two rows, each with a mobile of its own: one person with two mobiles, or
//! two of whom one has lost his name.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use crate::intake::noted::hash_of;

const WHO: [FieldId; 3] = [FieldId::ApproverName, FieldId::ApproverMobile, FieldId::ApproverIdCardNumber];

#[derive(Default)]
pub struct MergedPeople {
    signers: Vec<Signer>,
    found: Option<(usize, Rule)>,
}

/// Columns that say who one signer is, each with what stood there in the row that began it.
#[derive(Default)]
struct Signer {
    columns: Vec<(usize, u64)>,
    row: u32,
}

impl MergedPeople {
    /// `has_merges`: cells of the sheet are merged downwards.
    pub fn new(mapping: &Mapping, has_merges: bool) -> Self {
        if !has_merges {
            return Self::default();
        }
        let mut signers: Vec<Signer> = Vec::new();
        for (at, target) in mapping.targets.iter().enumerate() {
            if let Target::Field { field, index } = target
                && WHO.contains(&field.id)
            {
                let number = index.unwrap_or(0);
                if signers.len() <= number {
                    signers.resize_with(number + 1, Signer::default);
                }
                signers[number].columns.push((at, 0));
            }
        }
        signers.retain(|signer| signer.columns.len() > 1);
        Self { signers, found: None }
    }

    /// Any row, also of a contract that is left out: a cell may be merged over both.
    pub fn row(&mut self, row: &SourceRow, is_sent: bool) {
        if self.found.is_some() {
            return;
        }
        for signer in &mut self.signers {
            let merged = signer.columns.iter().find(|(at, _)| row.merged.contains(at));
            let Some((merged, _)) = merged.copied() else {
                signer.columns.iter_mut().for_each(|(at, own)| *own = hash_of(row.row.cell(*at)));
                signer.row = row.row.number;
                continue;
            };
            let differs = |(at, before): &&(usize, u64)| {
                let own = hash_of(row.row.cell(*at));
                !row.merged.contains(at) && own != 0 && *before != 0 && own != *before
            };
            if let Some((at, _)) = signer.columns.iter().find(differs).filter(|_| is_sent) {
                let header = |column: usize| row.mapping.headers[column].to_string();
                let rule = Rule::PersonMerged {
                    merged: header(merged),
                    differs: header(*at),
                    row: row.row.number,
                    first_row: signer.row,
                };
                self.found = Some((merged, rule));
                return;
            }
        }
    }

    pub fn finish(self) -> Option<(usize, Rule)> {
        self.found
    }
}
