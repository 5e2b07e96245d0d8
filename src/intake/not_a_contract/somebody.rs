//! Whether a row has somebody in it.

use crate::contract::columns::Target;
use crate::contract::source_row::SourceRow;
use crate::contract::texts::is_persons_number;
use crate::contract::values;
use crate::contract::vocabulary::{LAST_LINES, SIGNATURE_LINES, STAMPS, TOTALS};
use crate::domain::cell::Value;
use crate::domain::field::{FieldId, Kind};

use super::words::{LONGEST_NAME, bare, ends_with_one_of, is_plain_chinese, is_row_word};

/// A mobile or an ID number where one may stand: what stands under 贷款金额 is an amount.
pub fn has_person(row: &SourceRow) -> bool {
    row.row.cells.iter().enumerate().any(|(column, cell)| match &cell.value {
        Value::Text(text) => {
            may_hold_numbers(row, column)
                && (is_persons_number(text) || (gives_numbers(row, column) && holds_mobiles(text)))
        }
        Value::Number(number) => {
            let is_mobile = (13_000_000_000.0..20_000_000_000.0).contains(number);
            let is_id = (1e16..1e18).contains(number);
            (is_mobile || is_id) && may_hold_numbers(row, column)
        }
        _ => false,
    })
}

pub fn gives_numbers(row: &SourceRow, column: usize) -> bool {
    matches!(row.mapping.targets.get(column), Some(Target::Field { field, .. })
        if matches!(field.kind, Kind::Mobile | Kind::IdNumber))
}

/// `13800138003/13800138004`: mobiles among other things.
pub fn holds_mobiles(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    let says_more = text.chars().any(char::is_alphabetic);
    text.len() > 11 && !says_more && runs.any(|run| run.len() == 11 && is_persons_number(run))
}

pub fn may_hold_numbers(row: &SourceRow, column: usize) -> bool {
    match row.mapping.targets.get(column) {
        // A mobile below 乙方姓名 is somebody's, wherever the line has come from.
        Some(Target::Field { field, .. }) => {
            matches!(field.kind, Kind::Mobile | Kind::IdNumber | Kind::PersonName | Kind::OrganizationName)
        }
        Some(Target::FormField(_) | Target::OfOurs) => false,
        Some(Target::Ignored | Target::Unknown) | None => true,
    }
}

/// Somebody's name or number in another cell than the one with the word.
pub fn names_somebody(row: &SourceRow, at: usize) -> bool {
    row.mapping.compiled().columns.iter().any(|column| {
        let is_somebodys = matches!(
            column.field,
            Some(
                FieldId::ApproverName
                    | FieldId::ApproverMobile
                    | FieldId::ApproverIdCardNumber
                    | FieldId::ApproverOrganizationName
                    | FieldId::ApproverOrganizationOpenId
                    | FieldId::ApproverOpenId
            )
        );
        let cell = row.row.cell(column.at);
        // 以上人员均已体检 is no name.
        let is_too_long = |text: &str| {
            column.field == Some(FieldId::ApproverName)
                && is_plain_chinese(text.trim())
                && text.trim().chars().count() > LONGEST_NAME
        };
        is_somebodys
            && column.at != at
            && !is_too_long(&cell.seen_ref())
            && !cell.is_blank()
            && values::reads(column.kind, cell)
            && !is_a_label(&cell.seen_ref())
    })
}

/// `审核：`, `日期`, `合计`, `1/1`: nobody is called so.
pub fn is_a_label(text: &str) -> bool {
    let bare = bare(text);
    text.contains([':', '：'])
        || !bare.chars().any(char::is_alphabetic)
        || bare.starts_with(|c: char| c.is_ascii_digit())
        || is_row_word(&bare)
        || LAST_LINES.contains(&bare.as_str())
        || ends_with_one_of(&bare, SIGNATURE_LINES)
        || ends_with_one_of(&bare, STAMPS)
        || ends_with_one_of(&bare, TOTALS)
}

pub fn known_cells(row: &SourceRow) -> impl Iterator<Item = (usize, &Target)> {
    let known = |target: &Target| matches!(target, Target::Field { .. } | Target::FormField(_));
    row.mapping
        .targets
        .iter()
        .enumerate()
        .filter(move |(column, target)| known(target) && !row.row.cell(*column).is_blank())
}
