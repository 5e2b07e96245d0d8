//! Contracts in rows of their own that are called alike, as if they were one.

use std::collections::HashSet;

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::problem::{Problem, Rule};

use crate::intake::noted::hash_of;

/// Names of contracts that are known to have stood in the sheet.
const MOST_NAMES: usize = 4096;

/// Rows one below the other whose contracts have the same name, where other rows have another.
#[derive(Default)]
pub struct NamedTogether {
    /// Columns of the contract's name and of the signer's.
    columns: Option<(usize, Option<usize>)>,
    /// Of the row above: the contract's name, and the signer's.
    last: u64,
    signer: String,
    row: u32,
    length: u32,
    runs: u64,
    longest: u32,
    /// A name has stood in one row only, or in several places of the sheet.
    single: bool,
    names: HashSet<u64>,
    /// How all names end: 张家租赁合同 and 李家租赁合同 are papers of one kind.
    ending: Option<String>,
    /// The first two rows of one name: both, what the name is, and whether it names both signers, or
    /// the first of them.
    pair: Option<Problem>,
    names_both: bool,
    names_one: bool,
    numbered: bool,
}

impl NamedTogether {
    pub fn of(mapping: &Mapping) -> Self {
        let name = mapping.column_of("flow_name");
        Self { columns: name.map(|own| (own, mapping.column_of("approver.name"))), ..Self::default() }
    }

    pub fn row(&mut self, row: &SourceRow) {
        let Some((name, signer)) = self.columns else { return };
        let cell = row.row.cell(name);
        let hash = hash_of(cell);
        let text = cell.seen_ref();
        let signer =
            signer.map(|signer| row.row.cell(signer).seen_ref().trim().to_owned()).unwrap_or_default();
        if hash == 0 || hash != self.last {
            self.end_run();
            (self.last, self.length) = (hash, 1);
            self.runs += u64::from(hash != 0);
            if !self.single && self.names.len() < MOST_NAMES {
                self.single |= hash == 0 || !self.names.insert(hash);
                let ending = self.ending.take();
                self.ending =
                    Some(ending.map_or_else(|| text.trim().to_owned(), |own| ends_alike(&own, &text)));
            }
        } else if signer != self.signer {
            self.length += 1;
            self.longest = self.longest.max(self.length);
            let is_named = |own: &str| own.chars().count() > 1 && text.contains(own);
            let both = is_named(&signer) && is_named(&self.signer);
            // 林某购房合同 in the row of 陈某 as well.
            let one = is_named(&self.signer) && !both;
            let numbered = has_a_number(&text);
            if (both && !self.names_both)
                || (one && !self.names_one)
                || (numbered && !self.numbered)
                || self.pair.is_none()
            {
                let value: String = text.trim().chars().take(40).collect();
                let first_row = self.row;
                let rule = Rule::ColumnNearlyKey {
                    first_row,
                    value: value.clone(),
                    beside: String::new(),
                    for_all: false,
                };
                let place = row.place(Some(name));
                self.pair = Some(Problem { place, value: Some(value), rule });
            }
            self.names_both |= both;
            self.names_one |= one;
            self.numbered |= numbered;
        }
        (self.signer, self.row) = (signer, row.row.number);
    }

    /// The rows of one name are over.
    fn end_run(&mut self) {
        self.single |= self.length == 1;
    }

    /// A name with a number that some few rows share, or one that names a signer of several rows, is that of one contract, and so is one of several that all have some few rows of
    /// their own. `劳动合同` for a whole list is not, nor is `保密协议` below it.
    pub fn finish(mut self) -> Option<Problem> {
        const MOST: u32 = 6;
        const PAPER: usize = 2;
        self.end_run();
        let few = self.runs > 1 && self.longest <= MOST;
        let of_one_kind = self.ending.is_some_and(|own| own.chars().count() >= PAPER);
        let have_rows = !self.single && of_one_kind;
        self.pair.filter(|_| self.names_both || (few && (self.names_one || self.numbered || have_rows)))
    }
}

/// What both texts end in.
fn ends_alike(one: &str, other: &str) -> String {
    let pairs = one.chars().rev().zip(other.trim().chars().rev());
    let same: Vec<char> = pairs.take_while(|(one, other)| one == other).map(|(own, _)| own).collect();
    same.into_iter().rev().collect()
}

/// `1号楼101租赁合同`. The year of 2026年劳动合同 is no number of one.
fn has_a_number(text: &str) -> bool {
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    groups.any(|group| !(group.len() == 4 && (group.starts_with("20") || group.starts_with("19"))))
}
