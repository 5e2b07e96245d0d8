//! Contracts in several rows in which somebody is missing whom nearly all others have: 甲方 without 乙方, or 甲方
//! twice.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::columns::{Target, names_a_counterparty};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{BESIDE_A_PARTY, ROLE_VALUES, ROLES_IN_TURN};
use crate::domain::problem::Rule;

use super::observer::Observer;
use crate::domain::said::SkipOrSend;

use super::orders::is_role_column;
use crate::intake::noted::{hash_of, most_rows};

/// Different sets of roles that are told apart: of a sheet with more nothing is said.
const MOST_SETS: usize = 8;

#[derive(Default)]
pub struct LackingRoles {
    column: Option<usize>,
    /// The contract that goes on, with its first row.
    contract: u64,
    first_row: u32,
    here: BTreeSet<String>,
    /// Roles of a contract -> how many have them, and the first rows of some.
    sets: BTreeMap<BTreeSet<String>, (u64, Vec<u32>)>,
    too_many: bool,
}

impl LackingRoles {
    pub fn new(mapping: &Mapping) -> Self {
        let is_role = |column: &usize| {
            let plain = mapping.plain(*column);
            let is_free = match &mapping.targets[*column] {
                Target::Unknown => true,
                Target::Field { field, .. } => field.name == "approver.role_name",
                _ => false,
            };
            is_free && is_role_column(&plain) && !mapping.readings[*column].said
        };
        let is_long = mapping.layout != Layout::Wide && mapping.key_column().is_some();
        let asks = is_long && mapping.missing_party != Some(SkipOrSend::Send);
        let column = (0..mapping.targets.len()).filter(|_| asks).find(is_role);
        Self { column, ..Self::default() }
    }

    fn end(&mut self) {
        if self.contract == 0 {
            return;
        }
        let here = std::mem::take(&mut self.here);
        if self.sets.len() >= MOST_SETS && !self.sets.contains_key(&here) {
            self.too_many = true;
            return;
        }
        let (count, rows) = self.sets.entry(here).or_default();
        *count += 1;
        if rows.len() < most_rows(self.first_row) {
            rows.push(self.first_row);
        }
    }

    fn found(mut self) -> Option<(usize, Rule)> {
        let column = self.column?;
        self.end();
        let is_whole = |(roles, _): &(&BTreeSet<String>, _)| roles.iter().all(|role| signs_always(role));
        let sets = self.sets.iter().filter(is_whole);
        let (whole, (most, _)) = sets.max_by_key(|(roles, (count, _))| (*count, roles.len()))?;
        if self.too_many || whole.len() < 2 {
            return None;
        }
        // 己方 for 乙方: a word that stands in no contract that is whole. 乙方代表 is there for 乙方, and 卖方 with 买方 is
        // another kind of contract.
        let has =
            |roles: &BTreeSet<String>, own: &String| roles.iter().any(|role| role.starts_with(own.as_str()));
        let lacks = |roles: &&BTreeSet<String>| {
            let there = whole.iter().filter(|own| has(roles, own)).count();
            roles.len() <= whole.len() && there < whole.len() && (there > 0 || roles.len() < 2)
        };
        let (mut rows, mut count, mut words) = (Vec::new(), 0, BTreeSet::new());
        for (roles, (own, first)) in self.sets.iter().filter(|(roles, _)| lacks(roles) && !roles.is_empty()) {
            count += own;
            rows.extend(first.iter().copied());
            words.extend(whole.difference(roles).cloned());
        }
        rows.sort_unstable();
        rows.truncate(most_rows(self.first_row));
        // Where as many have nobody else, both are meant; of two contracts one is an accident, and so it is where
        // one lacks the tenant and one the landlord.
        let kinds = self.sets.iter().filter(|(roles, _)| lacks(roles) && !roles.is_empty()).count();
        let is_accident = are_two_sides(whole) && ((count, *most) == (1, 1) || kinds > 1);
        let is_rare = count > 0 && (count < *most || is_accident);
        let rule = Rule::ContractsLackParty { rows, count, words: words.into_iter().collect() };
        is_rare.then_some((column, rule))
    }
}

impl Observer for LackingRoles {
    fn row(&mut self, row: &SourceRow) {
        let Some(column) = self.column.filter(|_| !self.too_many) else { return };
        let contract = row.key_column().map_or(0, |key| hash_of(row.row.cell(key)));
        if contract != 0 && contract != self.contract {
            self.end();
            (self.contract, self.first_row) = (contract, row.row.number);
        }
        let seen = row.row.cell(column).seen_ref();
        match seen.trim() {
            "" => {}
            role if self.here.contains(role) => {}
            role => drop(self.here.insert(role.to_owned())),
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found().into_iter().collect()
    }
}

/// 甲方 and 乙方, 房东 and 租客: one of them alone signs nothing, but 主租 without 合租 does.
fn are_two_sides(roles: &BTreeSet<String>) -> bool {
    const SIDES: [(&str, &str); 10] = [
        ("甲", "乙"),
        ("出租", "承租"),
        ("出借", "借款"),
        ("房东", "租"),
        ("业主", "租"),
        ("卖", "买"),
        ("发包", "承包"),
        ("委托", "受托"),
        ("转让", "受让"),
        ("雇主", "保姆"),
    ];
    let has = |word: &str| roles.iter().any(|role| role.starts_with(word));
    roles.len() == 2 && SIDES.iter().any(|(one, other)| has(one) && has(other))
}

/// Somebody who signs each contract of a list: 甲方, 出租方, 学员, and not 担保人.
fn signs_always(role: &str) -> bool {
    let is_party = ROLE_VALUES.contains(&role) || ROLES_IN_TURN.contains(&role) || names_a_counterparty(role);
    is_party && !BESIDE_A_PARTY.iter().any(|word| role.contains(word))
}
