//! Headers among the rows: the same once more, or that of another table, whose values
//! would be read as what they are not.

use crate::contract::columns::{Target, is_a_stranger, is_somebody, plain_header, read, without_name_end};
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::contract::vocabulary::{GUARDIANS, STRANGER_PEOPLE};
use crate::domain::field::{FieldId, Kind};

/// What a header among the rows says of its columns.
#[derive(Debug, PartialEq)]
pub enum Header {
    /// What the header above says.
    Same,
    /// Something else: header of a column -> what stands there instead.
    Other(Vec<(String, String)>),
}

/// The header that a row is, if it is one. `row` has nobody's number.
pub fn header(row: &SourceRow) -> Option<Header> {
    let mapping = &row.mapping;
    let filled = || (0..row.row.cells.len()).filter(move |column| !row.row.cell(*column).is_blank());
    if filled().nth(1).is_none()
        || !filled().any(|column| may_head(mapping, column, &row.row.cell(column).seen_ref()))
    {
        return None;
    }
    let filled: Vec<(usize, String)> = filled().map(|column| (column, row.row.cell(column).seen())).collect();
    let plain: Vec<(usize, String)> =
        filled.iter().map(|(column, text)| (*column, plain_header(text))).collect();
    let is_row = |head: &Vec<String>| {
        plain.iter().all(|(column, text)| !text.is_empty() && head.get(*column) == Some(text))
    };
    if let Some(head) = mapping.head.iter().find(|head| is_row(head)) {
        // 姓名 | 手机号 above people of whom the first table would have more.
        let lacks = |column: &usize| {
            !head[*column].is_empty()
                && mapping.targets.get(*column).is_some_and(Mapping::means_something)
                && !plain.iter().any(|(own, _)| own == column)
        };
        let lacking: Vec<usize> = (0..head.len()).filter(lacks).collect();
        let missing = lacking.iter().filter_map(|column| mapping.headers.get(*column));
        let missing: Vec<(String, String)> = missing.map(|header| (in_line(header), String::new())).collect();
        return Some(if missing.is_empty() { Header::Same } else { Header::Other(missing) });
    }
    let mut known = 0;
    let mut differs = Vec::new();
    for ((column, text), (_, plain)) in filled.iter().zip(&plain) {
        let target = read(text).target;
        // 监护人 above other people is a header as well.
        let is_known = (Mapping::means_something(&target) || may_be_somebodys(text))
            && !is_a_choice(mapping, *column, row);
        known += usize::from(is_known);
        // 技术支持 | 电话: where a mobile would stand, 电话 can only be a header.
        let is_label = |target: &Target| {
            matches!(target, Target::Field { field, .. }
            if matches!(field.id, FieldId::ApproverMobile | FieldId::ApproverIdCardNumber))
        };
        known += usize::from(is_label(&target) && mapping.targets.get(*column).is_some_and(is_label));
        let header = mapping.headers.get(*column).map(|header| &**header).unwrap_or_default();
        let own = mapping.targets.get(*column);
        let agrees = (!header.is_empty() && plain_header(header) == *plain)
            || mapping.head.iter().any(|head| !plain.is_empty() && head.get(*column) == Some(plain))
            || (is_known && own == Some(&target));
        if !agrees {
            differs.push((in_line(header), in_line(text)));
        }
    }
    // `No | Party A | Mobile` right below a Chinese header says the same in English.
    let is_english = |text: &str| {
        text.chars().any(|c| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphabetic() || " ._-/()#'".contains(c))
    };
    let is_next = row.row.number == mapping.header_row + 1;
    let is_translated = is_next && filled.iter().all(|(_, text)| is_english(text));
    match known {
        0 | 1 => None,
        _ if differs.is_empty() || is_translated => Some(Header::Same),
        _ => Some(Header::Other(differs)),
    }
}

/// Whether what stands there can only be a header's: a word for a field where somebody's
/// name or number would be, or where the table has no column.
fn may_head(mapping: &Mapping, column: usize, text: &str) -> bool {
    const LONGEST: usize = 60;
    let is_somebodys = match mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => matches!(
            field.id,
            FieldId::ApproverName
                | FieldId::ApproverMobile
                | FieldId::ApproverIdCardNumber
                | FieldId::ApproverOrganizationName
                | FieldId::ApproverOpenId
        ),
        Some(_) => mapping.headers.get(column).is_none_or(|header| header.is_empty()),
        None => true,
    };
    if !is_somebodys || text.len() > LONGEST {
        return false;
    }
    let reading = read(text);
    Mapping::means_something(&reading.target)
        || reading.could_be.is_some()
        || may_be_somebodys(text)
        || mapping.head.iter().any(|head| head.get(column) == Some(&plain_header(text)))
}

/// 监护人, 紧急联系人, 部门负责人, 家长姓名: a column of somebody's name.
fn may_be_somebodys(text: &str) -> bool {
    // `审核人：` is a line to be signed.
    if text.trim_end().ends_with([':', '：']) {
        return false;
    }
    let plain = plain_header(text);
    let bare = without_name_end(&plain);
    STRANGER_PEOPLE.contains(&bare) || GUARDIANS.contains(&bare) || is_a_stranger(bare) || is_somebody(bare)
}

/// `企业` in a column of types, `签署人` in one of roles.
fn is_a_choice(mapping: &Mapping, column: usize, row: &SourceRow) -> bool {
    let Some(Target::Field { field, .. }) = mapping.targets.get(column) else { return false };
    match field.kind {
        Kind::Word { .. } => true,
        Kind::Choice(_) | Kind::Choices(_) | Kind::IntChoice(_) | Kind::IntChoices(_) | Kind::YesNo => {
            values::reads(field.kind, row.row.cell(column))
        }
        _ => false,
    }
}

fn in_line(text: &str) -> String {
    const MOST: usize = 30;
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MOST).collect()
}
