//! Contracts whose rows stand apart, with others between: where that is rare, a number was
//! perhaps given twice, and two strangers would sign one contract.

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::{Meant, SourceRow};
use crate::contract::vocabulary::{AROUND_KEYS, BRANCHES, COMPANIES_OF_PEOPLE, GROUPS_OF_PEOPLE, PLACES};
use crate::domain::problem::{Place, Problem, Rule};

use super::orders::is_role_column;
use super::sheet_survey::hash_of;

/// Where so many in a hundred contracts stand apart, the sheet is sorted by something else.
const SORTED: u64 = 66;

#[derive(Default)]
pub struct Apart {
    first: Option<Problem>,
    count: u64,
    /// Whether a title stands between the rows of one, or they are of different places.
    parted: bool,
    /// Places in the input of titles between the rows: the first few.
    titles: Vec<i64>,
    /// Some row has no number.
    blanks: bool,
    /// The same, while none has had one: the column.
    unfilled: Option<Problem>,
    numbers: bool,
}

/// Columns like 分公司, 门店 and 楼栋, each of which may count its contracts from one. 公司 may be that of a signer.
fn places(mapping: &Mapping) -> impl Iterator<Item = usize> {
    let is_one = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_of = |words: &[&str]| words.contains(&plain.as_str());
        let is_place = [PLACES, AROUND_KEYS, GROUPS_OF_PEOPLE].into_iter().any(is_of);
        mapping.targets[*column] == Target::Unknown
            && (is_of(BRANCHES) || (is_place && !is_of(COMPANIES_OF_PEOPLE)))
    };
    (0..mapping.targets.len()).filter(is_one)
}

/// Whether a column says of the two rows that they are of different parties: first all tenants, then all owners.
fn are_different_parties(first: &SourceRow, other: &SourceRow) -> bool {
    let mapping = &first.mapping;
    let is_role = |column: &usize| is_role_column(&mapping.plain(*column));
    (0..mapping.targets.len()).filter(is_role).any(|column| {
        let [one, two] = [first, other].map(|row| hash_of(row.row.cell(column)));
        one != 0 && two != 0 && one != two
    })
}

impl Apart {
    pub fn row(&mut self, row: &SourceRow) {
        let Some(column) = row.key_column() else { return };
        let is_blank = row.row.cell(column).is_blank();
        self.blanks |= is_blank;
        if !is_blank {
            (self.numbers, self.unfilled) = (true, None);
        } else if !self.numbers
            && self.unfilled.is_none()
            && row.mapping.key.is_none()
            && row.mapping.layout != Layout::Wide
        {
            let place = Place { row: Some(row.mapping.header_row), ..row.place(Some(column)) };
            self.unfilled = Some(Problem { place, value: None, rule: Rule::KeysBlank });
        }
    }

    /// A row between the others that is no contract.
    pub fn title(&mut self, row: i64) {
        const MOST: usize = 64;
        if self.titles.len() < MOST {
            self.titles.push(row);
        }
    }

    /// The rows of one contract, gathered from all over the input.
    pub fn add(&mut self, rows: &[SourceRow]) {
        let mut meant = rows.iter().filter(|row| row.meant == Meant::Yes);
        let (Some(first), Some(other)) = (meant.next(), meant.next_back()) else { return };
        // Somebody has said that this column holds rows together.
        let Some(column) = first.key_column().filter(|_| first.mapping.key.is_none()) else { return };
        self.count += 1;
        let (above, below) = (first.ord, other.ord);
        self.parted |= self.titles.iter().any(|title| (above..below).contains(title))
            || (!are_different_parties(first, other)
                && places(&first.mapping).any(|column| {
                    let [one, two] = [first, other].map(|row| hash_of(row.row.cell(column)));
                    one != 0 && two != 0 && one != two
                }));
        if self.first.is_some() {
            return;
        }
        let place = other.place(Some(column));
        let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
        let value: String = first.row.cell(column).seen().trim().chars().take(40).collect();
        let first_row = first.row.number;
        let rule = Rule::NumberApart { header, value: value.clone(), first_row, count: 1, blanks: false };
        self.first = Some(Problem { place, value: Some(value), rule });
    }

    /// A column of numbers in which nothing stands at all.
    pub fn unfilled(&mut self) -> Option<Problem> {
        self.unfilled.take()
    }

    /// `contracts`: all that can be sent. `answers`: naming the column answers nothing else.
    pub fn finish(self, contracts: u64, answers: bool) -> Option<Problem> {
        // Below another title, or of another branch, H1 is another one.
        let is_sorted = self.count * 100 >= contracts * SORTED && !self.parted;
        let mut problem = self.first.filter(|_| !is_sorted)?;
        if let Rule::NumberApart { count, blanks, .. } = &mut problem.rule {
            (*count, *blanks) = (self.count, self.blanks || !answers || self.parted);
        }
        Some(problem)
    }
}
