//! Who signs, as the first rows show it: a company whose type is said, and whoever answers for the signer in each row.

use crate::domain::cell::{Cell, Row};
use crate::domain::field::{FieldId, by_name};
use crate::domain::problem::Rule;

use super::super::columns::Target;
use super::super::layout::Mapping;
use super::super::signers::offer_who_answers_for_him;
use super::super::values;
use super::super::vocabulary::{
    COMPANY_PARTIES, COMPANY_WORDS, NAMES_OF_COMPANIES, NUMBERED_WORDS, OF_THE_OTHER_SIDE,
    SOMEBODYS_COMPANIES,
};
use super::{all_are, gives, is_of};

/// `客户公司名称 | 签署人姓名 | 签署人手机号 | 签署方类型` with 企业 in each row: companies sign, so the only column that may be the
/// company is it.
pub(super) fn take_the_only_company(mapping: &mut Mapping, below: &[&Row]) {
    let is_types = |column: &usize| is_of(mapping, *column, FieldId::ApproverType);
    let Some(types) = (0..mapping.targets.len()).find(is_types) else { return };
    let is_company =
        |cell: &Cell| values::chosen(FieldId::ApproverType, cell).as_deref() == Some("ORGANIZATION");
    if gives(mapping, FieldId::ApproverOrganizationName) || !all_are(below, types, is_company) {
        return;
    }
    let company = FieldId::ApproverOrganizationName.name();
    let [(column, Rule::SignerUnclear { map, .. })] = mapping.asked.as_slice() else { return };
    let column = *column;
    // 开票公司 and 推荐公司 have to do with something else.
    let plain = mapping.plain(column);
    let bare = NAMES_OF_COMPANIES.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
    let is_his = COMPANY_WORDS.contains(&bare)
        || COMPANY_PARTIES.contains(&bare)
        || SOMEBODYS_COMPANIES.contains(&bare)
        || NUMBERED_WORDS.contains(&bare)
        || COMPANY_WORDS
            .iter()
            .filter_map(|word| bare.strip_suffix(word))
            .any(|whose| OF_THE_OTHER_SIDE.contains(&whose));
    let is_it = is_his
        && matches!(map.as_slice(), [(header, gives)] if gives == company && **header == *mapping.headers[column]);
    if is_it
        && below.iter().all(|row| !row.cell(column).is_blank())
        && let Some(field) = by_name(company)
    {
        mapping.targets[column] = Target::Field { field, index: None };
        mapping.asked.clear();
    }
}

/// Whoever answers for the signer in each of the first rows is offered as the next one, where a row is a contract.
pub(super) fn offer_second_signers(mapping: &mut Mapping, below: &[&Row]) {
    if mapping.key_column().is_some() {
        return;
    }
    let headers = mapping.headers.clone();
    let is_filled = |header: &str| {
        headers
            .iter()
            .position(|own| **own == *header)
            .is_some_and(|column| below.iter().all(|row| !row.cell(column).is_blank()))
    };
    offer_who_answers_for_him(&mut mapping.asked, is_filled);
}
