//! A column that is not called 合同编号 but whose values hold rows together: are
//! they one contract, or one each? Never a contract minus a signer.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::ops::ControlFlow;

use crate::contract::build::SourceRow;
use crate::contract::columns::{KeyLike, Target, resembles_key};
use crate::contract::layout::{Layout, Mapping};
use crate::domain::field::Level;
use crate::domain::file::FileError;
use crate::domain::problem::{Problem, Rule};

use super::plan::Plan;
use super::rows::{NumberedRow, each_row};

/// Looks through the rows only where there is such a column and no key.
pub fn question(plan: &Plan) -> Result<Option<Problem>, FileError> {
    let columns: Vec<Vec<(usize, KeyLike)>> =
        plan.sources.iter().map(|source| key_like(&source.mapping)).collect();
    if columns.iter().all(Vec::is_empty) {
        return Ok(None);
    }
    // Source, column and value -> where it was seen last, and in which contract.
    let mut seen: HashMap<(usize, usize, String), Seen> = HashMap::new();
    let mut found = None;
    each_row(plan, |numbered| {
        let NumberedRow { row, source, ord } = numbered;
        let contract = contract_of(&row);
        for (column, like) in columns.get(source).into_iter().flatten() {
            let value = row.row.cell(*column).seen().trim().to_owned();
            if value.is_empty() {
                continue;
            }
            let place = (source, *column, value.clone());
            let before = seen.insert(place, Seen { ord, row: row.row.number, contract });
            let Some(before) = before else { continue };
            let near = *like == KeyLike::Strongly || before.ord + 1 == ord;
            if near && (before.contract == contract || contract == NOTHING) {
                let rule =
                    Rule::ColumnNearlyKey { first_row: before.row, value: value.chars().take(40).collect() };
                found = Some(Problem { place: row.place(Some(*column)), value: Some(value), rule });
                return Ok::<_, FileError>(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}

#[derive(Clone, Copy)]
struct Seen {
    ord: i64,
    row: u32,
    contract: u64,
}

fn key_like(mapping: &Mapping) -> Vec<(usize, KeyLike)> {
    if mapping.layout != Layout::Long || mapping.column_of("contract_id").is_some() {
        return Vec::new();
    }
    let unknown = mapping.targets.iter().enumerate().filter(|(_, target)| **target == Target::Unknown);
    unknown.filter_map(|(column, _)| Some((column, resembles_key(mapping.headers.get(column)?)?))).collect()
}

/// A row that says nothing of its contract.
const NOTHING: u64 = 0;

/// A hash of what a row says of its contract as a whole: rows that differ there
/// cannot be one.
fn contract_of(row: &SourceRow) -> u64 {
    let of_contract = |target: &Target| matches!(target, Target::Field { field, .. } if matches!(field.level, Level::Flow | Level::Request));
    let mut hasher = DefaultHasher::new();
    let mut said = false;
    let columns = row.mapping.targets.iter().enumerate().filter(|(_, target)| of_contract(target));
    for (column, _) in columns {
        let text = row.row.cell(column).seen();
        said |= !text.trim().is_empty();
        (column, text.trim()).hash(&mut hasher);
    }
    if said { hasher.finish().max(1) } else { NOTHING }
}
