//! The sheets of a workbook: which are looked at, their first rows, what is hidden.

use std::ops::ControlFlow;
use std::path::Path;

use crate::contract::columns::half_width;
use crate::contract::search::HEADER_ROWS;
use crate::domain::cell::{Row, is_space_like};
use crate::domain::file::{FileError, FileFault};
use crate::table::{Sheet, Workbook};

use super::plan::{Refusal, SheetChoice};

/// Indexes of the sheets that a person means, or of all that are not hidden.
pub fn choose_by_name(path: &Path, workbook: &Workbook, choice: &SheetChoice) -> Result<Vec<usize>, Refusal> {
    let visible = |index: &usize| workbook.sheets().get(*index).is_some_and(|sheet| !sheet.hidden);
    let all = 0..workbook.sheets().len();
    let SheetChoice::Named(asked) = choice else { return Ok(all.filter(visible).collect()) };
    let mut named = Vec::new();
    for asked in asked {
        let name = |index: &usize| workbook.sheets().get(*index).and_then(|sheet| sheet.name.as_deref());
        // `名单` is not `名单(备份)`, and what is called exactly so is meant.
        let exactly = all.clone().find(|index| name(index) == Some(asked.as_str()));
        let alike = || all.clone().filter(|index| name(index).is_some_and(|own| is_same_sheet(own, asked)));
        let before = named.len();
        match exactly {
            Some(index) => named.push(index),
            None => named.extend(alike()),
        }
        if named.len() == before {
            let sheets = workbook.sheets().iter().filter_map(|sheet| sheet.name.clone()).collect();
            let fault = FileFault::NoSuchSheet { asked: asked.clone(), sheets };
            return Err(Refusal::File(FileError { path: path.to_owned(), sheet: None, fault }));
        }
    }
    named.sort_unstable();
    named.dedup();
    Ok(named)
}

/// Whether two names of sheets differ in nothing but width, case or spaces.
pub fn is_same_sheet(one: &str, other: &str) -> bool {
    let plain = |name: &str| -> String {
        name.chars().map(half_width).filter(|c| !is_space_like(*c)).flat_map(char::to_lowercase).collect()
    };
    plain(one) == plain(other)
}

/// Those in which a header may stand; `named`: the row that somebody says it stands in.
pub fn first_rows(workbook: &Workbook, sheet: usize, named: Option<u32>) -> Result<Vec<Row>, FileError> {
    let mut rows = Vec::new();
    let last = HEADER_ROWS.max(named.map_or(0, |row| row.saturating_add(2)));
    workbook.scan(sheet, &mut |row| {
        // One row more: a header of two rows may begin in the last.
        let past = row.number > last + 1;
        if !past && !row.is_blank() {
            rows.push(row);
        }
        if past { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(rows)
}

/// Columns that nobody sees, 0-based.
pub fn hidden_columns(sheet: &Sheet) -> impl Iterator<Item = usize> {
    const MOST: u32 = 16_384;
    sheet.hidden_columns.iter().flat_map(|(first, end)| first as usize..end.min(MOST) as usize)
}
