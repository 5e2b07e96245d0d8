//! A column of any name in which every value stands in two rows, or every one in three, one below the other: what
//! two people have in common, pair after pair, may be their contract.

use std::collections::HashSet;

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    AROUND_KEYS, BRANCHES, COMPANIES_OF_PEOPLE, GROUPS_OF_PEOPLE, GROUPS_WITH_NUMBERS, HAD_BY_MANY,
    KINDS_OF_PEOPLE, NAMES_OF_ONE_THING, OF_ONE_PERSON, OF_STAFF, OF_TIME, OWN_COMPANIES, PERSONAL,
    PLACES_OF_WORK, REMARK_COLUMNS, SAYS_OF_SOMEBODY, SHARED_BY_CONTRACTS, TEMPLATE_NAMES, WHERE_PEOPLE_WORK,
    WORK_OF_PEOPLE,
};
use crate::domain::problem::Problem;

use super::suspect_keys::nearly_key;
use crate::intake::noted::hash_of;

/// Under a header that names nothing that one contract is of, four pairs are a coincidence.
const FEWEST: usize = 2;
const FEWEST_OF_ANYTHING: usize = 5;
/// Signers of one contract.
const MOST: u32 = 3;

#[derive(Default)]
pub struct InPairs {
    columns: Vec<Column>,
}

struct Column {
    at: usize,
    last: u64,
    /// Rows of the run that is open, and of each before.
    run: u32,
    each: Option<u32>,
    values: HashSet<u64>,
    first: Option<Problem>,
    first_row: u32,
    fewest: usize,
}

impl InPairs {
    /// `keyless`: nothing else says which rows are one contract.
    pub fn new(mapping: &Mapping, keyless: bool) -> Self {
        let may_hold = |column: &usize| {
            let plain = mapping.plain(*column);
            mapping.targets[*column] == Target::Unknown && !plain.is_empty() && !is_of_many(&plain)
        };
        let is_asked = keyless && mapping.layout != Layout::Wide && mapping.conditions.is_empty();
        let columns = (0..mapping.targets.len()).filter(|column| is_asked && may_hold(column));
        let names_one = |plain: &str| NAMES_OF_ONE_THING.iter().any(|end| plain.ends_with(end));
        let column = |at| Column {
            at,
            fewest: if names_one(&mapping.plain(at)) { FEWEST } else { FEWEST_OF_ANYTHING },
            last: 0,
            run: 0,
            each: None,
            values: HashSet::new(),
            first: None,
            first_row: 0,
        };
        Self { columns: columns.map(column).collect() }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        self.columns.retain_mut(|column| column.goes_on(row));
    }

    pub fn finish(self) -> Option<Problem> {
        let is_even = |column: &Column| {
            column.each == Some(column.run) && column.run > 1 && column.values.len() >= column.fewest
        };
        self.columns.into_iter().filter(is_even).find_map(|column| column.first)
    }
}

impl Column {
    /// Whether its values may still be those of pairs.
    fn goes_on(&mut self, row: &SourceRow) -> bool {
        let hash = hash_of(row.row.cell(self.at));
        if hash == 0 || row.merged.contains(&self.at) {
            return false;
        }
        if hash == self.last {
            self.run += 1;
            if self.first.is_none() {
                self.first = Some(nearly_key(row, self.at, self.first_row));
            }
            return self.run <= self.each.unwrap_or(MOST);
        }
        let is_even = match (self.values.is_empty(), self.each) {
            (true, _) => true,
            (false, None) => {
                self.each = Some(self.run);
                self.run > 1
            }
            (false, Some(each)) => each == self.run,
        };
        if self.values.is_empty() {
            self.first_row = row.row.number;
        }
        (self.last, self.run) = (hash, 1);
        is_even && self.values.insert(hash)
    }
}

/// 部门, 入职日期, 岗位: two people, and two more, have it in common by chance.
pub fn is_of_many(plain: &str) -> bool {
    let is_one = [
        AROUND_KEYS, BRANCHES, COMPANIES_OF_PEOPLE, GROUPS_OF_PEOPLE, KINDS_OF_PEOPLE, OWN_COMPANIES,
        PERSONAL, PLACES_OF_WORK, REMARK_COLUMNS, SHARED_BY_CONTRACTS, TEMPLATE_NAMES, WHERE_PEOPLE_WORK,
        WORK_OF_PEOPLE,
    ];
    let has_one = [HAD_BY_MANY, OF_ONE_PERSON, OF_STAFF, OF_TIME, SAYS_OF_SOMEBODY];
    // 部门编号, 班级号.
    let of_a_group = ["编号", "编码", "代码", "号"].iter().filter_map(|end| plain.strip_suffix(end));
    of_a_group
        .filter(|bare| !bare.is_empty())
        .any(|bare| GROUPS_OF_PEOPLE.contains(&bare) || GROUPS_WITH_NUMBERS.contains(&bare))
        || is_one.iter().any(|words| words.contains(&plain))
        || has_one.iter().any(|words| words.iter().any(|word| plain.contains(word)))
        || GROUPS_OF_PEOPLE.iter().any(|word| plain.ends_with(word))
}
