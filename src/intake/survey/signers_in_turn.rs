//! Contracts in several rows without a column that says who is who: the same signer, or the company, stands first in
//! some and later in others, or a few contracts have fewer signers than nearly all.

use std::collections::{BTreeMap, HashSet};

use crate::contract::columns::Target;
use crate::contract::forgotten_types::is_company;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::domain::said::SkipOrSend;
use crate::intake::noted::{NotedRows, hash_of, most_rows};

use super::observer::Observer;
use super::orders::is_role_column;

/// Signers of a contract that are told apart; of a sheet with more in one contract nothing is said.
const MOST_SIGNERS: usize = 6;
/// Different sequences of signers that are told apart.
const MOST_SHAPES: usize = 8;
/// Contracts with a whole set of signers for each that has fewer, where nothing says what the signers are.
const WHOLE_FOR_EACH_SHORT: u64 = 3;

/// A company or a person of each signer, in the order of the rows.
type Shape = Vec<bool>;

struct Columns {
    key: usize,
    name: usize,
    types: Option<usize>,
    company: Option<usize>,
    mobile: Option<usize>,
}

#[derive(Default)]
pub struct SignersInTurn {
    columns: Option<Columns>,
    /// Nobody has said that a contract may go with fewer signers.
    asks_for_more: bool,
    /// Nobody has said that the order of the rows is meant.
    asks_for_order: bool,
    /// The contract that goes on, with its first row.
    contract: u64,
    first_row: u32,
    here: Shape,
    /// Who signs it, of a company the company; 0: nobody knows who.
    names: Vec<u64>,
    shapes: BTreeMap<Shape, NotedRows>,
    too_many: bool,
    contracts: u64,
    /// Who has signed every contract so far, the place in the first of them, and a first row in which it is another.
    everywhere: Vec<(u64, usize, Option<u32>)>,
    first_contract: u32,
    beside_others: BesideOthers,
}

/// Somebody who signs with each of the others, the landlord or whoever acts for the company: who signs alone lacks him.
#[derive(Default)]
struct BesideOthers {
    /// Who signs every contract of several signers; None: there was none yet.
    common: Option<Vec<u64>>,
    contracts: u64,
    /// Who signs alone.
    alone: HashSet<u64>,
    rows: NotedRows,
}

impl BesideOthers {
    /// Of so many who sign alone it is known who they are.
    const MOST_ALONE: usize = 4096;

    fn add(&mut self, names: &[u64], row: u32) {
        match names {
            [] => {}
            [alone] => {
                self.rows.note(row);
                if self.alone.len() < Self::MOST_ALONE {
                    self.alone.insert(*alone);
                }
            }
            several => {
                self.contracts += 1;
                let known = || several.iter().copied().filter(|name| *name != 0).collect();
                self.common.get_or_insert_with(known).retain(|name| several.contains(name));
            }
        }
    }

    /// Contracts of one signer that lack him.
    fn lacking(self) -> Option<NotedRows> {
        let common = self.common.filter(|_| self.contracts > 1)?;
        let is_clear = self.alone.len() < Self::MOST_ALONE && self.rows.count > 0;
        let lacks = !common.is_empty() && !common.iter().any(|name| self.alone.contains(name));
        (is_clear && lacks).then_some(self.rows)
    }
}

impl SignersInTurn {
    pub fn new(mapping: &Mapping) -> Self {
        let column_of = |id: FieldId| {
            let gives =
                |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == id);
            mapping.targets.iter().position(gives)
        };
        // What a role or an order says is looked at by the column that says it; a RecipientId says it to the API.
        let says_who = (0..mapping.targets.len()).any(|column| is_role_column(&mapping.plain(column)))
            || mapping.column_of("approver.recipient_id").is_some()
            || mapping.column_of("approver.role_name").is_some();
        let is_long =
            mapping.layout != Layout::Wide && mapping.key.is_none() && !mapping.is_report() && !says_who;
        let columns = mapping.column_of("contract_id").filter(|_| is_long).and_then(|key| {
            let (types, company) =
                (column_of(FieldId::ApproverType), column_of(FieldId::ApproverOrganizationName));
            let mobile = column_of(FieldId::ApproverMobile);
            Some(Columns { key, name: column_of(FieldId::ApproverName)?, types, company, mobile })
        });
        let asks_for_more = mapping.missing_party != Some(SkipOrSend::Send);
        Self { columns, asks_for_more, asks_for_order: !mapping.rows_in_order, ..Self::default() }
    }

    fn end(&mut self) {
        let (shape, names) = (std::mem::take(&mut self.here), std::mem::take(&mut self.names));
        if self.contract == 0 || shape.is_empty() {
            return;
        }
        self.contracts += 1;
        self.beside_others.add(&names, self.first_row);
        // Who stands twice in a contract has two places.
        let place_of = |name: u64| {
            let mut places =
                names.iter().enumerate().filter(|(_, own)| **own == name).map(|(place, _)| place);
            places.next().filter(|_| name != 0 && places.next().is_none())
        };
        if self.contracts == 1 {
            self.first_contract = self.first_row;
            let placed = names.iter().filter_map(|name| Some((*name, place_of(*name)?, None)));
            self.everywhere = placed.collect();
        } else {
            let row = self.first_row;
            self.everywhere.retain_mut(|(name, place, elsewhere)| {
                let here = place_of(*name);
                if here.is_some_and(|here| here != *place) {
                    *elsewhere = elsewhere.or(Some(row));
                }
                here.is_some()
            });
        }
        if shape.len() > MOST_SIGNERS
            || (self.shapes.len() >= MOST_SHAPES && !self.shapes.contains_key(&shape))
        {
            self.too_many = true;
            return;
        }
        self.shapes.entry(shape).or_default().note(self.first_row);
    }

    /// Two sequences of the same companies and persons, the one otherwise than the other.
    fn reversed(&self) -> Option<(u32, u32)> {
        let counted = |shape: &Shape| (shape.len(), shape.iter().filter(|own| **own).count());
        let mut shapes = self.shapes.iter();
        while let Some((one, rows)) = shapes.next() {
            let other = shapes.clone().find(|(other, _)| counted(other) == counted(one));
            if let Some((_, others)) = other {
                let (first, second) = (*rows.rows.first()?, *others.rows.first()?);
                return Some((first.min(second), first.max(second)));
            }
        }
        None
    }

    fn change_places(&self, columns: &Columns) -> Option<(usize, Rule)> {
        let moved = self.everywhere.iter().find_map(|(.., elsewhere)| *elsewhere);
        let by_kind = self.reversed().and_then(|(first_row, row)| {
            columns.types.or(columns.company).map(|column| (column, first_row, row))
        });
        let by_name = || moved.map(|row| (columns.name, self.first_contract, row));
        let (column, first_row, row) = by_kind.or_else(by_name)?;
        Some((column, Rule::SignersChangePlaces { first_row, row, first_in: None, wide: false }))
    }

    fn fewer_than_others(&self, key: usize) -> Option<(usize, Rule)> {
        let (whole, most) = self.shapes.iter().max_by_key(|(shape, rows)| (rows.count, shape.len()))?;
        let companies = |shape: &Shape| shape.iter().filter(|own| **own).count();
        let persons = |shape: &Shape| shape.len() - companies(shape);
        let is_short = |shape: &Shape| {
            shape.len() < whole.len()
                && companies(shape) <= companies(whole)
                && persons(shape) <= persons(whole)
        };
        let (mut rows, mut count) = (Vec::new(), 0);
        let mut lacks_side = false;
        for (shape, short) in self.shapes.iter().filter(|(shape, _)| is_short(shape)) {
            lacks_side |= companies(shape) == 0 || persons(shape) == 0;
            rows.extend(short.rows.iter().copied());
            count += short.count;
        }
        rows.sort_unstable();
        rows.truncate(most_rows(self.first_row));
        // A company with a person is a contract of two sides; of several persons one may be alone. Of two contracts
        // one is an accident.
        let has_two_sides = companies(whole) > 0 && persons(whole) > 0;
        let is_rare = count > 0
            && match has_two_sides {
                true => count < most.count || ((count, most.count) == (1, 1) && lacks_side),
                false => most.count >= WHOLE_FOR_EACH_SHORT * count,
            };
        let words = Vec::new();
        (whole.len() > 1 && is_rare).then_some((key, Rule::ContractsLackParty { rows, count, words }))
    }
}

impl Observer for SignersInTurn {
    fn row(&mut self, row: &SourceRow) {
        let Some(columns) = self.columns.as_ref().filter(|_| !self.too_many) else { return };
        let cell = |column: usize| row.row.cell(column);
        let contract = hash_of(cell(columns.key));
        let company = columns.company.map_or(0, |company| hash_of(cell(company)));
        let (name, is_of_company) = match (hash_of(cell(columns.name)), columns.types) {
            (name, Some(types)) => (name, is_company(cell(types).seen_ref().trim())),
            (name, None) => (name, company != 0),
        };
        // Whose name was forgotten signs all the same.
        let has_mobile = columns.mobile.is_some_and(|own| !cell(own).is_blank());
        let is_somebody = name != 0 || is_of_company || has_mobile;
        if contract != 0 && contract != self.contract {
            self.end();
            (self.contract, self.first_row) = (contract, row.row.number);
        }
        if is_somebody && self.here.len() <= MOST_SIGNERS {
            self.here.push(is_of_company);
            self.names.push(if company == 0 || !is_of_company { name } else { company });
        }
    }

    fn finish(mut self: Box<Self>) -> Vec<(usize, Rule)> {
        let Some(columns) = self.columns.take() else { return Vec::new() };
        self.end();
        if self.too_many || self.contracts < 2 {
            return Vec::new();
        }
        let moved = if self.asks_for_order { self.change_places(&columns) } else { None };
        let lacking = std::mem::take(&mut self.beside_others);
        let fewer = if self.asks_for_more { self.fewer_than_others(columns.key) } else { None };
        let fewer = fewer.or_else(|| {
            let NotedRows { rows, count } = lacking.lacking().filter(|_| self.asks_for_more)?;
            let words = Vec::new();
            Some((columns.key, Rule::ContractsLackParty { rows, count, words }))
        });
        moved.into_iter().chain(fewer).collect()
    }
}
