//! 合同编号 that stands in several rows of a few contracts, where the others have one row each: a number that was
//! written twice puts strangers on one contract.

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{OF_STAFF, SAY_WHO_OF_SEVERAL, SIGNING_ORDERS, URGENT, WORK_OF_PEOPLE};
use crate::domain::problem::Rule;

use super::observer::Observer;

use super::held_rows::is_of_contracts;
use super::in_pairs::is_of_many;
use super::orders::is_role_column;
use crate::intake::noted::{NotedRows, hash_of};

/// Of few contracts, one with two signers and others with one are what such a column is for.
const FEWEST: u64 = 5;
/// Of all contracts, those with several rows are at most one in so many; of few contracts, one alone.
const ONE_IN: u64 = 10;
/// So many rows are one contract of many signers, or one number that was meant for nothing.
const MOST_SIGNERS: u64 = 6;

#[derive(Default)]
pub struct NumbersTwice {
    column: Option<usize>,
    header: String,
    last: u64,
    is_open: bool,
    contracts: u64,
    rows: u64,
    /// Contracts of several rows, and these rows.
    several: u64,
    of_several: NotedRows,
    first_row: u32,
    /// Columns that tell contracts apart, what the row before had there, and what the contract before it had.
    of_contract: Vec<(usize, u64, u64)>,
    /// A column says what people do: whoever has a post has a contract of his own.
    of_staff: bool,
}

impl NumbersTwice {
    pub fn new(mapping: &Mapping) -> Self {
        // Who has a role, a place or a share is one of several.
        let says_who = |plain: &str| {
            is_role_column(plain)
                || SIGNING_ORDERS.contains(&plain)
                || (SAY_WHO_OF_SEVERAL.iter().any(|end| plain.ends_with(end)) && !plain.contains(URGENT))
        };
        let has_roles = mapping.column_of("approver.role_name").is_some()
            || mapping.column_of("approver.type").is_some()
            || mapping.column_of("approver.recipient_id").is_some()
            || mapping.column_of("approver.organization_name").is_some()
            || (0..mapping.targets.len()).any(|column| says_who(&mapping.plain(column)));
        let column = mapping.column_of("contract_id");
        let is_asked = mapping.layout != Layout::Wide && mapping.key.is_none() && !has_roles;
        let of_contract = (0..mapping.targets.len()).filter(|at| match &mapping.targets[*at] {
            Target::Unknown => !is_of_many(&mapping.plain(*at)),
            Target::FormField(name) => is_of_contracts(name),
            _ => false,
        });
        let of_contract = of_contract.map(|at| (at, 0, 0)).collect();
        let of_staff = (0..mapping.targets.len()).any(|at| {
            let plain = mapping.plain(at);
            WORK_OF_PEOPLE.contains(&plain.as_str()) || OF_STAFF.iter().any(|word| plain.contains(word))
        });
        let header = column.map(|column| mapping.header(column)).unwrap_or_default();
        Self { column: column.filter(|_| is_asked), header, of_contract, of_staff, ..Self::default() }
    }

    fn found(self) -> Option<(usize, Rule)> {
        let column = self.column?;
        let is_rare =
            self.contracts >= FEWEST && (self.several == 1 || self.several * ONE_IN <= self.contracts);
        let is_all = self.contracts == 1 && (self.rows >= MOST_SIGNERS || (self.of_staff && self.rows > 1));
        let NotedRows { rows, count } = self.of_several;
        let others = self.contracts - self.several;
        let rule = || Rule::NumberTwice { header: self.header, rows, count, others };
        (self.several > 0 && (is_rare || is_all)).then(|| (column, rule()))
    }
}

impl Observer for NumbersTwice {
    /// A row of a contract; rows of one number stand together, or are asked about otherwise.
    fn row(&mut self, row: &SourceRow) {
        let Some(column) = self.column else { return };
        let number = hash_of(row.row.cell(column));
        // Below a number a blank cell goes on.
        if number == 0 {
            self.column = None;
            return;
        }
        self.rows += 1;
        // 房号 is that of the row above and no other, or the number is merged: they are one contract.
        let mut is_one = row.merged.contains(&column);
        for (at, last, before) in &mut self.of_contract {
            let own = hash_of(row.row.cell(*at));
            is_one |= own != 0 && own == *last && own != *before && number == self.last;
            (*before, *last) = (if number == self.last { *before } else { *last }, own);
        }
        if number != self.last || self.contracts == 0 {
            self.contracts += 1;
            self.is_open = false;
            self.first_row = row.row.number;
        } else {
            if is_one {
                self.last = number;
                return;
            }
            if !std::mem::replace(&mut self.is_open, true) {
                self.several += 1;
                self.of_several.note(self.first_row);
            }
            self.of_several.note(row.row.number);
        }
        self.last = number;
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found().into_iter().collect()
    }
}
