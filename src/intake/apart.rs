//! Contracts whose rows stand apart, with others between: where that is rare, a number was
//! perhaps given twice, and two strangers would sign one contract.

use std::collections::{HashMap, HashSet};

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::{Meant, SourceRow};
use crate::contract::vocabulary::{
    AROUND_KEYS, BRANCHES, COMPANIES_OF_PEOPLE, GROUPS_OF_PEOPLE, KINDS_OF_PEOPLE, PLACES, SIGNING_ORDERS,
};
use crate::domain::problem::{Place, Problem, Rule};

use super::noted::hash_of;
use super::survey::orders::is_role_column;

/// Where so many in a hundred contracts stand apart, the sheet is sorted by something else.
const SORTED: u64 = 66;

#[derive(Default)]
pub struct Apart {
    first: Option<Problem>,
    count: u64,
    /// Whether a title stands between the rows of one.
    parted: bool,
    /// The list is sorted by one of these, and the rows of one number are of different places.
    places_differ: bool,
    sorted: Vec<Sorted>,
    begun: bool,
    /// A column says who somebody is in his contract.
    tells_roles: bool,
    /// Those that stand apart are bare small numbers, such as each list begins anew.
    are_serials: bool,
    /// Places in the input of titles between the rows: the first few.
    titles: Vec<i64>,
    /// Some row has no number.
    blanks: bool,
    /// The same, while none has had one: the column.
    unfilled: Option<Problem>,
    numbers: bool,
}

/// A column like 门店 or 楼栋, by which a list may be sorted: each may count its contracts from one.
struct Sorted {
    column: usize,
    last: u64,
    /// What stood there, each in rows that stand together, as long as that is so.
    places: HashSet<u64>,
    rows: usize,
    together: bool,
}

impl Sorted {
    /// More are no stores.
    const MOST: usize = 1_000;

    fn of(mapping: &Mapping) -> Vec<Self> {
        let is_one = |column: &usize| {
            let plain = mapping.plain(*column);
            let is_of = |words: &[&str]| words.contains(&plain.as_str());
            let is_place = [BRANCHES, PLACES, AROUND_KEYS, GROUPS_OF_PEOPLE].into_iter().any(is_of);
            // 公司 may be that of a signer; 分公司 is none.
            let is_employer = is_of(COMPANIES_OF_PEOPLE) && !is_of(BRANCHES);
            mapping.targets[*column] == Target::Unknown && is_place && !is_employer
        };
        let columns = (0..mapping.targets.len()).filter(is_one);
        let own = |column| Self { column, last: 0, places: HashSet::new(), rows: 0, together: true };
        columns.map(own).collect()
    }

    fn row(&mut self, row: &SourceRow) {
        let place = hash_of(row.row.cell(self.column));
        if place == 0 || !self.together {
            return;
        }
        self.rows += 1;
        if place != self.last {
            self.together = self.places.insert(place) && self.places.len() <= Self::MOST;
            self.last = place;
        }
    }

    /// Tenants of one city each, and owners of another below them, are not sorted by city.
    fn is_sorted(&self) -> bool {
        self.together && self.places.len() > 1 && self.rows >= 2 * self.places.len()
    }

    /// Whether somebody of one party stands in two places: 甲方 and 乙方 may well do so.
    fn parts(&self, rows: &[&SourceRow]) -> bool {
        let role = |row: &SourceRow| {
            let columns = (0..row.mapping.targets.len()).filter(|at| tells_roles(&row.mapping, *at));
            columns.fold(0_u64, |all, column| all.rotate_left(7) ^ hash_of(row.row.cell(column)))
        };
        let mut seen: HashMap<u64, u64> = HashMap::new();
        rows.iter().any(|row| {
            let place = hash_of(row.row.cell(self.column));
            place != 0 && *seen.entry(role(row)).or_insert(place) != place
        })
    }
}

/// A column that says who somebody is in his contract.
fn tells_roles(mapping: &Mapping, column: usize) -> bool {
    let plain = mapping.plain(column);
    is_role_column(&plain)
        || KINDS_OF_PEOPLE.contains(&plain.as_str())
        || plain.ends_with("类型")
        || plain == "关系"
        || SIGNING_ORDERS.contains(&plain.as_str())
}

impl Apart {
    pub fn row(&mut self, row: &SourceRow) {
        let Some(column) = row.key_column() else { return };
        if !std::mem::replace(&mut self.begun, true) && row.mapping.key.is_none() {
            self.tells_roles = (0..row.mapping.targets.len()).any(|at| tells_roles(&row.mapping, at));
            self.sorted = Sorted::of(&row.mapping);
        }
        self.sorted.iter_mut().for_each(|own| own.row(row));
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
        let meant: Vec<&SourceRow> = rows.iter().filter(|row| row.meant == Meant::Yes).collect();
        let [first, .., other] = meant.as_slice() else { return };
        // Somebody has said that this column holds rows together.
        let Some(column) = first.key_column().filter(|_| first.mapping.key.is_none()) else { return };
        self.count += 1;
        let (above, below) = (first.ord, other.ord);
        self.parted |= self.titles.iter().any(|title| (above..below).contains(title));
        for sorted in self.sorted.iter().filter(|own| own.together) {
            self.places_differ |= sorted.parts(&meant) && sorted.is_sorted();
        }
        let number = first.row.cell(column).seen_ref();
        let is_serial =
            (1..=4).contains(&number.trim().len()) && number.trim().bytes().all(|byte| byte.is_ascii_digit());
        self.are_serials = is_serial && (self.are_serials || self.count == 1);
        if self.first.is_some() {
            return;
        }
        let place = other.place(Some(column));
        let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
        let value: String = first.row.cell(column).seen().trim().chars().take(40).collect();
        let first_row = first.row.number;
        let rule = Rule::NumberApart { header, value: value.clone(), first_row, count: 1, key_answers: true };
        self.first = Some(Problem { place, value: Some(value), rule });
    }

    /// A column of numbers in which nothing stands at all.
    pub fn unfilled(&mut self) -> Option<Problem> {
        self.unfilled.take()
    }

    /// `contracts`: all that can be sent. `answers`: naming the column answers nothing else.
    pub fn finish(self, contracts: u64, answers: bool) -> Option<Problem> {
        // Below another title, or of another branch, H1 is another one.
        let is_sorted = self.count * 100 >= contracts * SORTED
            && !self.parted
            && !self.places_differ
            // 1, 2, 3, 1, 2, 3, and no column says that the second three are others than the first.
            && (self.tells_roles || !self.are_serials);
        let mut problem = self.first.filter(|_| !is_sorted)?;
        if let Rule::NumberApart { count, key_answers, .. } = &mut problem.rule {
            // Somebody's own number would put strangers of two places together.
            let is_open = answers && !self.blanks && !self.places_differ && !self.are_serials;
            (*count, *key_answers) = (self.count, is_open);
        }
        Some(problem)
    }
}
