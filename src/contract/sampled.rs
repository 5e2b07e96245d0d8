//! What the first rows below a header say of its columns, where two of them would give the same or
//! one would give something that its values are not.

use crate::domain::cell::{Cell, Row};
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::columns::{Target, Whose, plain_header};
use super::layout::Mapping;
use super::normalize::to_half_width;
use super::values;
use super::vocabulary::MOBILES_BY_NAME;

/// Leaves out what the values show to be something else.
pub fn heed(mapping: &mut Mapping, rows: &[Row]) {
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    if below.is_empty() {
        return;
    }
    leave_out_landlines(mapping, &below);
    ask_for_mobiles(mapping, &below);
    leave_out_staff(mapping, &below);
}

fn is_of(mapping: &Mapping, column: usize, id: FieldId) -> bool {
    let said = mapping.readings.get(column).is_some_and(|reading| reading.said);
    !said && matches!(&mapping.targets[column], Target::Field { field, index: None } if field.id == id)
}

/// `手机 | 电话`: of two columns for the mobile the one that holds landlines, nothing, or the same once
/// more is none.
fn leave_out_landlines(mapping: &mut Mapping, below: &[&Row]) {
    let own: Vec<usize> = (0..mapping.targets.len())
        .filter(|column| is_of(mapping, *column, FieldId::ApproverMobile))
        .collect();
    let [one, other] = own.as_slice() else { return };
    let is_mobile = |cell: &Cell| values::reads(FieldId::ApproverMobile.field().kind, cell);
    let has_mobiles = |column: usize| {
        let mut filled = below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).peekable();
        filled.peek().is_some() && filled.all(is_mobile)
    };
    let digits = |cell: &Cell| -> String {
        to_half_width(&cell.seen()).chars().filter(char::is_ascii_digit).collect()
    };
    let adds_nothing = |column: usize, to: usize| {
        below.iter().all(|row| {
            let (cell, first) = (row.cell(column), row.cell(to));
            cell.is_blank() || (!first.is_blank() && (!is_mobile(cell) || digits(cell) == digits(first)))
        })
    };
    let is_named_mobile = |column: usize| {
        let plain = mapping.headers.get(column).map(|header| plain_header(header)).unwrap_or_default();
        MOBILES_BY_NAME.iter().any(|word| plain.contains(word))
    };
    let mut pairs = [(*one, *other), (*other, *one)];
    if is_named_mobile(*other) {
        pairs.reverse();
    }
    let spare = pairs.iter().find(|(kept, spare)| has_mobiles(*kept) && adds_nothing(*spare, *kept));
    if let Some((_, spare)) = spare {
        mapping.targets[*spare] = Target::Unknown;
    }
}

/// `姓名 | 身份证号 | 联系方法`: where no column gives a mobile, one that holds nothing else may be it.
fn ask_for_mobiles(mapping: &mut Mapping, below: &[&Row]) {
    let gives = |id: FieldId| {
        mapping.targets.iter().any(|target| matches!(target, Target::Field { field, .. } if field.id == id))
    };
    if gives(FieldId::ApproverMobile) || !gives(FieldId::ApproverName) || !mapping.asked.is_empty() {
        return;
    }
    let is_mobile = |cell: &Cell| values::reads(FieldId::ApproverMobile.field().kind, cell);
    let holds_mobiles = |column: &usize| {
        let is_free = mapping.targets[*column] == Target::Unknown
            && mapping.readings.get(*column).is_some_and(|own| own.whose == Whose::Unsaid && !own.said);
        let mut filled = below.iter().map(|row| row.cell(*column)).filter(|cell| !cell.is_blank()).peekable();
        is_free && filled.peek().is_some() && filled.all(is_mobile)
    };
    let Some(column) = (0..mapping.targets.len()).find(holds_mobiles) else { return };
    let header = mapping.headers.get(column).map(ToString::to_string).unwrap_or_default();
    let map = vec![(header.clone(), FieldId::ApproverMobile.name().to_owned())];
    mapping.asked.push((column, Rule::SignerUnclear { who: header, map, alone: true }));
}

/// `姓名 | 手机号 | 经办人`: names are no OpenIds. Where somebody else signs, whoever is named there only
/// does the work.
fn leave_out_staff(mapping: &mut Mapping, below: &[&Row]) {
    let has_signer = [FieldId::ApproverName, FieldId::ApproverMobile].iter().all(|id| {
        mapping.targets.iter().any(|target| matches!(target, Target::Field { field, .. } if field.id == *id))
    });
    let has_company = mapping.targets.iter().any(|target| {
        matches!(target, Target::Field { field, .. }
            if field.level == Level::Approver && field.id == FieldId::ApproverOrganizationName)
    });
    let is_name = |cell: &Cell| {
        let seen = cell.seen_ref();
        let letters = seen.trim().chars().count();
        (2..=4).contains(&letters) && seen.trim().chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
    };
    let has_names = |column: usize| {
        let mut filled = below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).peekable();
        filled.peek().is_some() && filled.all(is_name)
    };
    for column in 0..mapping.targets.len() {
        let is_operator = is_of(mapping, column, FieldId::OperatorOpenId);
        if has_signer && !has_company && is_operator && has_names(column) {
            mapping.targets[column] = Target::Unknown;
        }
    }
}
