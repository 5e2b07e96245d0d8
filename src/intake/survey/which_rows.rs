//! Which rows are one contract: what the rows of a sheet show of it, and what is asked where they
//! leave it open.

use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::domain::problem::{Place, Problem, Rule};
use crate::intake::noted::hash_of;

use super::bystanders::Bystanders;
use super::grouped::Grouped;
use super::held_rows::HeldRows;
use super::in_pairs::InPairs;
use super::keyed_rows::KeyedRows;
use super::named_together::NamedTogether;
use super::suspect_keys::SuspectKeys;

pub struct WhichRows {
    held: HeldRows,
    suspect_keys: SuspectKeys,
    in_pairs: InPairs,
    keyed: KeyedRows,
    named: NamedTogether,
    grouped: Grouped,
    /// The first number of a contract that lies under a merged cell with another one.
    covered_key: Option<Problem>,
    /// Of the contract that goes on.
    last_key: u64,
    is_long: bool,
    is_wide: bool,
}

/// What is asked, as far as it matters for other questions.
pub struct Asked {
    /// A column with values in some rows only.
    pub held: Option<(usize, Rule)>,
    /// A column that may be the key.
    pub suspect_key: Option<Problem>,
    has_held: bool,
    others: Others,
}

struct Others {
    keyed: KeyedRows,
    named: NamedTogether,
    grouped: Grouped,
    covered_key: Option<Problem>,
}

impl WhichRows {
    /// `key`: a column that somebody has named, other than the contract's number.
    pub fn new(mapping: &Mapping, key: Option<usize>) -> Self {
        let keyless = mapping.layout == Layout::Long && mapping.key_column().is_none() && !mapping.each_row;
        Self {
            held: HeldRows::new(mapping),
            suspect_keys: SuspectKeys::new(mapping, keyless),
            in_pairs: InPairs::new(mapping, keyless),
            keyed: KeyedRows::new(key),
            named: NamedTogether::of(mapping),
            grouped: Grouped::new(mapping, keyless),
            covered_key: None,
            last_key: 0,
            is_long: mapping.layout == Layout::Long && mapping.column_of("contract_id").is_none(),
            is_wide: HeldRows::is_wide(mapping),
        }
    }

    /// Any row of a contract, sent or not.
    pub fn any_row(&mut self, row: &SourceRow) {
        self.grouped.row(row);
    }

    /// A row that is no contract, or may be none.
    pub fn other_row(&mut self) {
        self.grouped.other_row();
    }

    pub fn begins_contract(&mut self, row: &SourceRow) -> bool {
        let Some(key) = row.key_column() else { return true };
        let hash = hash_of(row.row.cell(key));
        let begins = hash != 0 && self.last_key != hash;
        self.last_key = hash;
        begins
    }

    /// What the row itself has in the column that somebody has named, as a hash.
    pub fn own_key(&self, row: &SourceRow) -> Option<u64> {
        self.keyed.own_value(row)
    }

    /// A row of a contract that is sent.
    pub fn row(&mut self, row: &SourceRow) {
        self.look_under_merged(row);
        if self.keyed.is_keyed() {
            self.keyed.row(row);
        } else if self.is_long && !row.mapping.each_row {
            self.suspect_keys.row(row);
            self.in_pairs.row(row);
            self.held.row(row);
            self.named.row(row);
        } else if self.is_wide && !row.mapping.each_row {
            self.held.row(row);
        }
    }

    /// Nobody can say it where what is seen of their number is not what they hold.
    fn look_under_merged(&mut self, row: &SourceRow) {
        if row.row.marks.is_empty() || self.covered_key.is_some() {
            return;
        }
        if let Some(key) = row.key_column().filter(|key| row.row.mark(*key).covered) {
            let value = row.row.cell(key).text();
            let place = row.place(Some(key));
            self.covered_key = Some(Problem { place, value: Some(value), rule: Rule::CellCovered });
        }
    }

    /// `beside`: the header of a column that has something else in each row. `is_of_first`: a column
    /// gives a field that the first contract alone has.
    pub fn finish(
        self,
        mapping: &Mapping,
        bystanders: &Bystanders,
        beside: &str,
        is_of_first: impl Fn(usize) -> bool,
    ) -> Asked {
        let has_held = self.held.has_some();
        let mut held = self.held.finish(mapping, beside);
        // What only the first of all contracts is called is the name of each, or of the one that they are:
        // one question.
        if let Some((column, Rule::RowsHeldTogether { component, .. })) = &mut held
            && is_of_first(*column)
        {
            *component = true;
        }
        let mut suspect_key = self.suspect_keys.finish().or_else(|| self.in_pairs.finish());
        // 车牌号 with 出租人 and 承租人: where the rows are of several roles it holds two people together.
        if let Some(Problem { rule: Rule::ColumnNearlyKey { for_all, .. }, .. }) = &mut suspect_key {
            *for_all &= bystanders.roles(mapping).is_none();
        }
        let Self { keyed, named, grouped, covered_key, .. } = self;
        Asked { held, suspect_key, has_held, others: Others { keyed, named, grouped, covered_key } }
    }
}

impl Asked {
    pub fn has_some(&self) -> bool {
        self.has_held || self.suspect_key.is_some()
    }

    /// What is left to ask. `asked`: something that settles it is asked already; `beside`: the header of a
    /// column that has something else in each row.
    pub fn finish(
        self,
        mapping: &Mapping,
        asked: bool,
        beside: &str,
        place: impl Fn(Option<usize>) -> Place,
        problems: &mut Vec<Problem>,
    ) {
        let Others { keyed, named, grouped, covered_key } = self.others;
        if let Some((column, rule)) = grouped.finish().filter(|_| !asked) {
            problems.push(Problem { place: place(column), value: None, rule });
        }
        let named = named.finish().filter(|_| !asked);
        // Whoever answers that several of a row sign needs no key.
        let is_wide = mapping.asked.iter().any(|(_, rule)| {
            matches!(rule, Rule::SignerUnclear { map, .. }
                if map.iter().any(|(_, gives)| gives.starts_with("approver2.")))
        });
        let mut suspect_key = self.suspect_key.or(named).filter(|_| !is_wide);
        if let Some(Problem { rule: Rule::ColumnNearlyKey { beside: own, .. }, .. }) = &mut suspect_key {
            beside.clone_into(own);
        }
        problems.extend(suspect_key);
        problems.extend(keyed.finish());
        problems.extend(covered_key);
    }
}
