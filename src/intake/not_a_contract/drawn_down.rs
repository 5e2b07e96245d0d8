//! Rows of zeros, examples, and numbers of columns.

use crate::contract::columns::plain_header;
use crate::contract::notes::is_a_note;
use crate::contract::source_row::SourceRow;
use crate::contract::texts::left_over;
use crate::contract::vocabulary::{EXAMPLES, HOW_TO_FILL_IN};
use crate::domain::cell::{Cell, Value};
use crate::domain::field::FieldId;

use super::somebody::known_cells;
use super::words::{bare, plain_of};

/// Formulas and lists to choose from that were drawn down too far: zeros and 请选择 where a
/// contract would have values.
pub fn is_drawn_down(row: &SourceRow) -> bool {
    let mut zeros = 0;
    for (column, _) in known_cells(row) {
        if !is_zero(row.row.cell(column)) {
            return false;
        }
        zeros += 1;
    }
    zeros > 0 && row.row.cells.iter().filter(|cell| !cell.is_blank() && !is_zero(cell)).count() <= 2
}

pub fn is_zero(cell: &Cell) -> bool {
    if let Value::Number(number) = &cell.value {
        return *number == 0.0;
    }
    let seen = cell.seen_ref();
    let text = plain_of(&seen);
    let is_day_zero = text.starts_with("1900") && left_over(seen.trim()).is_some();
    matches!(text.as_str(), "-" | "—" | "/" | "00:00:00" | "0:00:00")
        || is_day_zero
        || matches!(bare(&text).as_str(), "请选择" | "pleaseselect" | "select")
        || text.parse::<f64>().is_ok_and(|number| number == 0.0)
}

/// `（示例）劳动合同`, or a signer called 示例.
pub fn is_an_example(row: &SourceRow) -> bool {
    let begins = |field: FieldId, whole: bool| {
        row.mapping.compiled().column_of(field).is_some_and(|column| {
            let text = row.row.cell(column).seen_ref();
            let text = text.trim().trim_start_matches(['（', '(', '【', '[', '〔']);
            EXAMPLES.iter().any(|example| if whole { text == *example } else { text.starts_with(example) })
        })
    };
    begins(FieldId::FlowName, false) || begins(FieldId::ApproverName, true)
}

/// `1 | 2 | 3 | 4`, `(1) | (2) | (3)`: a row below the header that numbers its columns.
pub fn numbers_columns(row: &SourceRow) -> bool {
    const FEWEST: usize = 3;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
    let numbers: Option<Vec<u32>> = filled.map(|cell| bare(&cell.seen_ref()).parse().ok()).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= FEWEST
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
    })
}

/// A row below the header that says how to fill it in: 必填 | 必填，11位 | 见附件 | 与身份证一致.
pub fn says_how(row: &SourceRow) -> bool {
    let filled: Vec<String> =
        row.row.cells.iter().map(|cell| plain_header(&cell.seen())).filter(|text| !text.is_empty()).collect();
    let is_note = |text: &&String| is_a_note(text) && HOW_TO_FILL_IN.iter().any(|word| text.contains(word));
    let notes = filled.iter().filter(is_note).count();
    let how = filled.iter().filter(|text| text.contains('填') && is_a_note(text)).count();
    (how >= 2 && how * 2 > filled.len()) || (notes >= 3 && notes * 2 >= filled.len())
}
