//! Which of the columns for a mobile gives the signer's.

use std::collections::HashSet;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::super::columns::{Target, Whose, is_a_stranger, is_company, is_somebody};
use super::super::layout::{Mapping, Spare};
use super::super::names::is_staff;
use super::super::vocabulary::{
    ENDS_OF_MOBILES, HAD_BY_MANY, MOBILES_BY_NAME, MOBILES_OF_ELSE, OF_OTHER_NUMBERS, PAYEES, SURNAMES,
};
use super::{
    ENDS_OF_PLACES, NO_NAMES_HERE, all_are, ask, digits, gives, is_as_long_as_a_name, is_mobile, is_of,
};

/// `手机号 | 现在用的号`: a column that is called like nobody else's and holds other mobiles may be the newer one.
pub(super) fn ask_about_newer_mobiles(mapping: &mut Mapping, below: &[&Row]) {
    let own = |column: &usize| is_of(mapping, *column, FieldId::ApproverMobile);
    let mut owned = (0..mapping.targets.len()).filter(own);
    let (Some(first), None) = (owned.next(), owned.next()) else { return };
    let may_be_his = |column: &usize| {
        let plain = mapping.plain(*column);
        let bare = ENDS_OF_MOBILES.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
        let is_elsewhere = OF_OTHER_NUMBERS.iter().chain(MOBILES_OF_ELSE).any(|word| plain.contains(word));
        let is_free = mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && mapping.readings[*column].whose == Whose::Unsaid
            && !mapping.asked.iter().any(|(own, _)| own == column);
        let is_anothers = is_a_stranger(&plain) || is_somebody(bare) || is_staff(bare) || is_company(bare);
        let differs = |row: &&Row| {
            let cell = row.cell(*column);
            is_mobile(cell) && digits(cell) != digits(row.cell(first))
        };
        is_free
            && !plain.is_empty()
            && !is_elsewhere
            && !is_anothers
            && all_are(below, *column, is_mobile)
            && below.iter().any(differs)
    };
    let Some(column) = (0..mapping.targets.len()).find(may_be_his) else { return };
    let (field, name) = (FieldId::ApproverMobile.name().to_owned(), mapping.headers[first].to_string());
    mapping.asked.push((column, Rule::ColumnBeside { field, first, name, open: true }));
}

/// `0755-26781234`, `26781234`: nobody has mistyped a mobile so.
pub(super) fn is_landline(cell: &Cell) -> bool {
    let digits = digits(cell);
    let is_written_so =
        cell.seen_ref().chars().all(|c| !c.is_alphabetic() || matches!(c, '转' | '分' | '机'));
    is_written_so && (digits.starts_with('0') && digits.len() >= 10 || matches!(digits.len(), 7 | 8))
}

/// With fewer something is no telephone: wx_zhang88.
const FEWEST_DIGITS: usize = 5;

/// Whether a row has another mobile in the column that was left out.
pub fn has_another(row: &Row, spare: Spare) -> bool {
    let own = row.cell(spare.column);
    !own.is_blank() && is_mobile(own) && digits(own) != digits(row.cell(spare.kept))
}

/// Whether a row has somebody else in the column of names that was left out.
pub fn names_another(row: &Row, spare: Spare) -> bool {
    let own = row.cell(spare.column);
    !own.is_blank() && own.seen_ref().trim() != row.cell(spare.kept).seen_ref().trim()
}

/// `姓名 | 身份证姓名` with the same names: which of the two counts is no question.
pub(super) fn drop_beside_the_same_name(mapping: &mut Mapping, below: &[&Row]) {
    let is_same = |(column, rule): &(usize, Rule)| match rule {
        Rule::ColumnBeside { field, first, .. } if field == FieldId::ApproverName.name() => {
            let spare = Spare { column: *column, kept: *first, open: true };
            let is_there = |row: &&&Row| !row.cell(*first).is_blank();
            (below.iter().filter(is_there).count() == below.len()
                && !below.iter().any(|row| names_another(row, spare)))
            .then_some(spare)
        }
        _ => None,
    };
    if let Some(spare) = mapping.asked.iter().find_map(is_same) {
        mapping.asked.retain(|(own, _)| *own != spare.column);
        mapping.spare_name = Some(spare);
    }
}

/// `姓名 | 真实姓名`, `姓名 | 签署人`: of two columns for the signer's name the one that says the same once more, or
/// nothing, is none. 收款人姓名 is whom the money goes to.
pub(super) fn leave_out_same_names(mapping: &mut Mapping, below: &[&Row]) {
    let names: Vec<usize> = (0..mapping.targets.len())
        .filter(|column| is_of(mapping, *column, FieldId::ApproverName) && !mapping.readings[*column].said)
        .collect();
    let [one, other] = names.as_slice() else { return };
    let is_payee = |column: usize| {
        let plain = mapping.plain(column);
        PAYEES.iter().any(|word| plain.starts_with(word))
    };
    if let Some((payee, _)) =
        [(*one, *other), (*other, *one)].into_iter().find(|(own, other)| is_payee(*own) && !is_payee(*other))
    {
        mapping.targets[payee] = Target::Unknown;
        return;
    }
    let adds_nothing = |spare: usize, kept: usize| {
        !below.iter().any(|row| names_another(row, Spare { column: spare, kept, open: true }))
    };
    let is_filled = |column: usize| below.iter().all(|row| !row.cell(column).is_blank());
    let pairs = [(*one, *other), (*other, *one)];
    let found = pairs.into_iter().find(|(kept, spare)| is_filled(*kept) && adds_nothing(*spare, *kept));
    if let Some((kept, spare)) = found {
        mapping.targets[spare] = Target::Unknown;
        mapping.spare_name = Some(Spare { column: spare, kept, open: true });
    }
}

/// `手机 | 电话`: of two columns for the mobile the one that holds landlines, nothing, or the same once
/// more is none.
pub(super) fn leave_out_landlines(mapping: &mut Mapping, below: &[&Row]) {
    let own: Vec<usize> = (0..mapping.targets.len())
        .filter(|column| is_of(mapping, *column, FieldId::ApproverMobile))
        .collect();
    let [one, other] = own.as_slice() else { return };
    let adds_nothing = |column: usize, to: usize| {
        below.iter().all(|row| {
            let (cell, first) = (row.cell(column), row.cell(to));
            let is_no_number = digits(cell).len() < FEWEST_DIGITS;
            let adds_none = is_no_number || is_landline(cell) || digits(cell) == digits(first);
            cell.is_blank() || (!first.is_blank() && adds_none)
        })
    };
    let is_named_mobile = |column: usize| {
        let plain = mapping.plain(column);
        MOBILES_BY_NAME.iter().any(|word| plain.contains(word))
    };
    let mut pairs = [(*one, *other), (*other, *one)];
    if is_named_mobile(*other) {
        pairs.reverse();
    }
    let fits = |(kept, spare): &&(usize, usize)| {
        all_are(below, *kept, is_mobile)
            && adds_nothing(*spare, *kept)
            && (is_named_mobile(*kept) || !is_named_mobile(*spare))
    };
    if let Some((kept, spare)) = pairs.iter().find(fits) {
        mapping.targets[*spare] = Target::Unknown;
        mapping.spare_mobile = Some(Spare { column: *spare, kept: *kept, open: false });
    }
}

/// `姓名 | 身份证号 | 联系方法`: where no column gives a mobile, one that holds nothing else may be it.
pub(super) fn ask_for_mobiles(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverMobile)
        || !gives(mapping, FieldId::ApproverName)
        || !mapping.asked.is_empty()
    {
        return;
    }
    let holds_mobiles = |column: &usize| {
        let is_free = mapping.targets[*column] == Target::Unknown
            && mapping.readings.get(*column).is_some_and(|own| own.whose == Whose::Unsaid && !own.said);
        is_free && all_are(below, *column, is_mobile)
    };
    let Some(column) = (0..mapping.targets.len()).find(holds_mobiles) else { return };
    ask(mapping, column, FieldId::ApproverMobile);
}

/// `姓名 | 督导 | 手机号`: the only mobile stands right behind names of people, whatever their column is called.
pub(super) fn ask_whose_mobile(mapping: &mut Mapping, below: &[&Row]) {
    let gives_a_mobile = |column: &usize| is_of(mapping, *column, FieldId::ApproverMobile);
    let mut mobiles = (0..mapping.targets.len()).filter(gives_a_mobile);
    let (Some(mobile), None) = (mobiles.next(), mobiles.next()) else { return };
    let Some(before) = mobile.checked_sub(1) else { return };
    let plain = mapping.plain(before);
    let is_bare =
        mapping.readings[mobile].whose == Whose::Unsaid && mapping.readings[before].whose == Whose::Unsaid;
    let is_free = mapping.targets[before] == Target::Unknown && !mapping.readings[before].said;
    let is_elsewhere = NO_NAMES_HERE.iter().any(|words| words.contains(&plain.as_str()))
        || plain.ends_with(ENDS_OF_PLACES)
        || HAD_BY_MANY.iter().any(|word| word.chars().count() > 1 && plain.ends_with(word));
    let is_named = (0..before).any(|column| is_of(mapping, column, FieldId::ApproverName));
    if is_bare
        && is_free
        && is_named
        && !is_elsewhere
        && mapping.asked.is_empty()
        && has_full_names(below, before)
    {
        mapping.targets[mobile] = Target::Unknown;
        let who = mapping.headers[before].to_string();
        mapping.asked.push((mobile, Rule::MobileBehind { who, his: false, party: String::new() }));
    }
}

/// Family names that begin few other words.
const MOST_USUAL: &str = "王李张刘陈杨赵吴徐孙朱胡郭何罗郑梁谢宋许韩冯邓曹彭曾肖董潘袁";

/// Whether all of it begins as a name, several are there, and half of them are as long as most names.
pub(super) fn has_full_names(below: &[&Row], column: usize) -> bool {
    const LONG: usize = 3;
    let seen = below.iter().map(|row| row.cell(column).seen().trim().to_owned());
    let different: HashSet<String> = seen.filter(|text| !text.is_empty()).collect();
    let begins = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        is_as_long_as_a_name(cell)
            && text.starts_with(|c| SURNAMES.contains(c))
            && !text.ends_with(ENDS_OF_PLACES)
    };
    let long = different.iter().filter(|text| text.chars().count() == LONG).count();
    // 王芳, 李强: two letters are a name where they begin as most names do, and not as 高级 and 周一 do.
    let is_usual = |cell: &Cell| cell.seen_ref().trim().starts_with(|c| MOST_USUAL.contains(c));
    let are_usual = || all_are(below, column, is_usual);
    different.len() > 1 && (long * 2 >= different.len() || are_usual()) && all_are(below, column, begins)
}
