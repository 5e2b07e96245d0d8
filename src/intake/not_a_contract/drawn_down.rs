//! Rows of zeros, examples, and numbers of columns.

use crate::contract::columns::{Target, plain_header};
use crate::contract::left_over::left_over;
use crate::contract::notes::is_a_note;
use crate::contract::refusals::is_noted_behind;
use crate::contract::source_row::SourceRow;
use crate::contract::texts::ends_void;
use crate::contract::vocabulary::{
    ABOUT_THE_ROW, COMPANY_ENDS, EXAMPLE_CELLS, EXAMPLES, HOW_TO_FILL_IN, KINDS_OF_CELLS, MUST_AGREE,
    TELL_TO_FILL_IN,
};
use crate::domain::cell::{Cell, Value};
use crate::domain::field::FieldId;

use super::super::remarks::says_no;
use super::somebody::known_cells;
use super::words::{Odd, bare, plain_of, shortened};

/// Formulas and lists to choose from that were drawn down too far: zeros and 请选择 where a
/// contract would have values.
pub fn is_drawn_down(row: &SourceRow) -> bool {
    let mut zeros = 0;
    for (column, _) in known_cells(row) {
        let cell = row.row.cell(column);
        if !is_zero(cell) && !is_filler(cell) {
            return false;
        }
        zeros += 1;
    }
    let says_something = |cell: &&Cell| !cell.is_blank() && !is_zero(cell) && !is_filler(cell);
    zeros > 0 && row.row.cells.iter().filter(says_something).count() <= 2
}

/// 无 and N/A in all cells say that the list ends.
fn is_filler(cell: &Cell) -> bool {
    matches!(cell.seen_ref().trim().to_lowercase().as_str(), "无" | "n/a" | "空" | "略")
}

pub fn is_zero(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => return *number == 0.0,
        Value::Bool(value) => return !value,
        _ => {}
    }
    let seen = cell.seen_ref();
    let text = plain_of(&seen);
    let is_day_zero = text.starts_with("1900") && left_over(seen.trim()).is_some();
    // ￥0.00, 0元, 0%.
    let amount = text.trim_start_matches(['¥', '￥', '$', '€']).trim_end_matches(['元', '%', '％']).trim();
    matches!(text.as_str(), "-" | "—" | "/" | "00:00:00" | "0:00:00" | "00:00" | "0:00" | "false")
        || is_day_zero
        || matches!(bare(&text).as_str(), "请选择" | "pleaseselect" | "select")
        || amount.parse::<f64>().is_ok_and(|number| number == 0.0)
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

/// `示例，请删除此行`, 示例姓名, `13800138000（示例）`: a cell that says that its row shows how it is done, or 作废
/// where a contract's number or name would stand.
pub fn says_example(row: &SourceRow) -> Option<Odd> {
    const LONGEST: usize = 20;
    /// Bytes of the longest of them, with spaces around it.
    const LONGEST_EXAMPLE_CELL: usize = 16;
    let compiled = row.mapping.compiled();
    let number = compiled.column_of(FieldId::ContractId);
    let name = compiled.column_of(FieldId::FlowName);
    row.row.cells.iter().enumerate().find_map(|(at, cell)| {
        let Value::Text(text) = &cell.value else { return None };
        // Nearly every cell of a million rows ends here.
        let is_named = number == Some(at) || name == Some(at);
        let is_short = text.len() <= LONGEST_EXAMPLE_CELL;
        if text.is_ascii() || !(is_named || is_short || text.contains('例')) {
            return None;
        }
        let trimmed = text.trim();
        let is_cell = is_short && EXAMPLE_CELLS.contains(&trimmed);
        if !(is_named || is_cell || text.contains('例')) || trimmed.chars().count() > LONGEST {
            return None;
        }
        let of_row = || ABOUT_THE_ROW.iter().any(|word| trimmed.contains(word));
        let has_example = || EXAMPLES.iter().any(|own| trimmed.contains(*own));
        let bare = trimmed.trim_end_matches([')', '）', '】', ']']);
        // 示例科技有限公司 is a company, 示例合同 the name of a contract, and 样例展示柜 a product.
        let says = match row.mapping.targets.get(at) {
            Some(Target::Field { field, .. }) if may_name_a_signer(field.id) => {
                let around = |own: &&str| bare.starts_with(*own) || bare.ends_with(*own);
                is_cell || EXAMPLES.iter().any(around)
            }
            Some(Target::Field { .. }) => false,
            Some(Target::FormField(_)) => has_example() && of_row(),
            _ => is_cell || (has_example() && of_row()) || EXAMPLES.contains(&bare),
        };
        let is_example = || says && !COMPANY_ENDS.iter().any(|end| bare.ends_with(end));
        // 作废; of numbers also A2(作废) and A2-作废: 员工协议-离职 is the name of a contract.
        let is_void = || {
            let is_number = number == Some(at) && row.mapping.has_numbers && is_noted_behind(trimmed);
            is_number || (is_named && (says_no(trimmed, false) || ends_void(trimmed)))
        };
        (is_example() || is_void()).then(|| Odd { word: shortened(text), at, is_whole: true })
    })
}

fn may_name_a_signer(field: FieldId) -> bool {
    matches!(
        field,
        FieldId::ContractId | FieldId::ApproverName | FieldId::ApproverMobile | FieldId::ApproverIdCardNumber
    )
}

/// `1 | 2 | 3 | 4`, `(1) | (2) | (3)`: a row below the header that numbers its columns.
pub fn numbers_columns(row: &SourceRow) -> bool {
    const FEWEST: usize = 3;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
    // A, B, C as in the row above the sheet.
    let number = |text: &str| match text.as_bytes() {
        [letter @ (b'A'..=b'Z' | b'a'..=b'z')] => Some(u32::from(letter.to_ascii_uppercase() - b'A') + 1),
        _ => text.parse().ok(),
    };
    let numbers: Option<Vec<u32>> = filled.map(|cell| number(&bare(&cell.seen_ref()))).collect();
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
    let bare = |text: String| match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => inner.to_owned(),
        None => text,
    };
    let filled: Vec<String> = filled.into_iter().map(bare).collect();
    let is_note = |text: &&String| is_a_note(text) && HOW_TO_FILL_IN.iter().any(|word| text.contains(word));
    let notes = filled.iter().filter(is_note).count();
    let how = filled.iter().filter(|text| text.contains('填') && is_a_note(text)).count();
    (how >= 2 && how * 2 > filled.len())
        || (notes >= 3 && notes * 2 >= filled.len())
        || (row.row.number == row.mapping.header_row + 1 && says_what_to_write(row, &filled))
}

/// Right below the header: 与身份证一致 | 11位数字 | 岗位名称, 文本 | 文本 | 日期, VARCHAR(20) | VARCHAR(11).
fn says_what_to_write(row: &SourceRow, filled: &[String]) -> bool {
    let says = |text: &str| {
        let kind = text.split_once('(').map_or(text, |(kind, _)| kind);
        is_a_note(text)
            || KINDS_OF_CELLS.contains(&kind)
            || TELL_TO_FILL_IN.iter().any(|word| text.starts_with(word))
            || MUST_AGREE.iter().any(|word| text.contains(word))
            || (text.contains('位') && text.starts_with(|c: char| c.is_ascii_digit()))
    };
    // Where somebody could be reached it says how to do that, and no name stands there.
    let of_signer =
        |id: FieldId| row.mapping.compiled().column_of(id).map(|at| plain_header(&row.row.cell(at).seen()));
    let mobile = of_signer(FieldId::ApproverMobile).is_some_and(|text| !text.is_empty() && says(&text));
    let name = of_signer(FieldId::ApproverName).is_none_or(|text| text.is_empty() || says(&text));
    mobile && name && filled.iter().filter(|text| says(text)).count() * 2 >= filled.len()
}
