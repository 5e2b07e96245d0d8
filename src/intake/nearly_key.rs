//! A column that is not called 合同编号 but whose values hold rows together: are
//! they one contract, or one each? Never a contract minus a signer.

use std::ops::ControlFlow;

use crate::contract::columns::{Target, resembles_key};
use crate::contract::layout::Layout;
use crate::domain::file::FileError;
use crate::domain::problem::{Problem, Rule};

use super::plan::Plan;
use super::rows::each_row;

/// Looks through the rows only where there is such a column and no key.
pub fn question(plan: &Plan) -> Result<Option<Problem>, FileError> {
    let columns: Vec<Vec<usize>> = plan
        .sources
        .iter()
        .map(|source| {
            let mapping = &source.mapping;
            if mapping.layout != Layout::Long || mapping.column_of("contract_id").is_some() {
                return Vec::new();
            }
            let unknown =
                mapping.targets.iter().enumerate().filter(|(_, target)| **target == Target::Unknown);
            let headers = unknown.filter_map(|(column, _)| Some((column, mapping.headers.get(column)?)));
            headers.filter(|(_, header)| resembles_key(header)).map(|(column, _)| column).collect()
        })
        .collect();
    if columns.iter().all(Vec::is_empty) {
        return Ok(None);
    }
    let mut last: Vec<(usize, u32, String)> = Vec::new();
    let mut found = None;
    each_row(plan, |numbered| {
        let row = numbered.row;
        let values: Vec<(usize, u32, String)> = columns
            .get(numbered.source)
            .into_iter()
            .flatten()
            .map(|column| (*column, row.row.number, row.row.cell(*column).seen().trim().to_owned()))
            .collect();
        let alike = |(column, _, value): &&(usize, u32, String)| {
            !value.is_empty() && last.iter().any(|(own, _, before)| own == column && before == value)
        };
        if let Some((column, _, value)) = values.iter().find(alike) {
            let first_row = last.first().map_or(0, |(_, number, _)| *number);
            let rule = Rule::ColumnNearlyKey { first_row, value: value.chars().take(40).collect() };
            found = Some(Problem { place: row.place(Some(*column)), value: Some(value.clone()), rule });
            return Ok::<_, FileError>(ControlFlow::Break(()));
        }
        last = values;
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(found)
}
