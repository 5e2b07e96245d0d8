//! `甲方姓名 | … | 乙方姓名`: whoever stands on one side in all contracts but one, and on the other side there.

use std::collections::HashSet;

use crate::contract::columns::Target;
use crate::contract::forgotten_types::is_company;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::intake::noted::hash_of;

use super::observer::Observer;

/// Of one signer, the columns by which he is known.
struct Signer {
    names: Vec<usize>,
    types: Option<usize>,
}

/// Somebody who has stood in each row so far.
struct Constant {
    name: u64,
    place: usize,
    /// The first row in which it is another place.
    elsewhere: Option<u32>,
    /// Rows in which it was this one.
    rows: u64,
}

#[derive(Default)]
pub struct WideTurns {
    signers: Vec<Signer>,
    first_row: u32,
    rows: u64,
    constants: Vec<Constant>,
    /// A company or a person of each signer in the first row, and the first one in which they have changed places.
    kinds: Vec<Option<bool>>,
    turned: Option<u32>,
}

impl WideTurns {
    pub fn new(mapping: &Mapping) -> Self {
        // With a RecipientId the template says who is who.
        let asks = mapping.layout == Layout::Wide
            && !mapping.rows_in_order
            && !mapping.is_report()
            && mapping.column_of("approver.recipient_id").is_none();
        let places = if asks { mapping.compiled().approvers } else { 0 };
        let columns_of = |place: usize, id: FieldId| -> Vec<usize> {
            let gives = |target: &Target| matches!(target, Target::Field { field, index: Some(index) } if field.id == id && *index == place);
            (0..mapping.targets.len()).filter(|column| gives(&mapping.targets[*column])).collect()
        };
        let signer = |place: usize| {
            let mut names = columns_of(place, FieldId::ApproverOrganizationName);
            names.extend(columns_of(place, FieldId::ApproverName));
            Signer { names, types: columns_of(place, FieldId::ApproverType).first().copied() }
        };
        let signers: Vec<Signer> = (0..places).map(signer).collect();
        let signers = if signers.len() > 1 { signers } else { Vec::new() };
        Self { signers, ..Self::default() }
    }
}

impl Observer for WideTurns {
    fn row(&mut self, row: &SourceRow) {
        if self.signers.is_empty() {
            return;
        }
        let names: Vec<HashSet<u64>> = self
            .signers
            .iter()
            .map(|signer| signer.names.iter().map(|at| hash_of(row.row.cell(*at))).filter(|name| *name != 0))
            .map(Iterator::collect)
            .collect();
        let kind = |signer: &Signer| {
            let seen = row.row.cell(signer.types?).seen_ref();
            (!seen.trim().is_empty()).then(|| is_company(seen.trim()))
        };
        let kinds: Vec<Option<bool>> = self.signers.iter().map(kind).collect();
        self.rows += 1;
        if self.rows == 1 {
            self.first_row = row.row.number;
            let all =
                names.iter().enumerate().flat_map(|(place, own)| own.iter().map(move |name| (place, *name)));
            self.constants =
                all.map(|(place, name)| Constant { name, place, elsewhere: None, rows: 1 }).collect();
            self.kinds = kinds;
            return;
        }
        self.constants.retain_mut(|own| {
            if names[own.place].contains(&own.name) {
                own.rows += 1;
                return true;
            }
            own.elsewhere = own.elsewhere.or(Some(row.row.number));
            names.iter().any(|names| names.contains(&own.name))
        });
        let is_turned = || {
            let (Some(before), Some(now)) = (said(&self.kinds), said(&kinds)) else { return false };
            let companies = |all: &[bool]| all.iter().filter(|own| **own).count();
            before != now && companies(&before) == companies(&now)
        };
        if self.turned.is_none() && is_turned() {
            self.turned = Some(row.row.number);
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let Self { signers, first_row, constants, turned, .. } = *self;
        // As often on the one side as on the other is how some lists are: who rents, and lets what he has rented.
        let is_odd = |own: &&Constant| own.elsewhere.is_some() && own.rows > 1;
        let moved = constants.iter().find(is_odd);
        let by_name = moved.and_then(|own| Some((*signers.get(own.place)?.names.first()?, own.elsewhere?)));
        let by_kind = || Some((signers.first()?.types?, turned?));
        let found = by_name.or_else(by_kind);
        let rule = |row| Rule::SignersChangePlaces { first_row, row, first_in: None, wide: true };
        found.map(|(column, row)| (column, rule(row))).into_iter().collect()
    }
}

/// Of all signers, whether each is a company; None: of some it is not said.
fn said(kinds: &[Option<bool>]) -> Option<Vec<bool>> {
    kinds.iter().copied().collect()
}
