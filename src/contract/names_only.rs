//! `出借人 | 借款人 | 借款人手机号`: a party of whom nothing stands in the sheet but the name.

use crate::domain::cell::{Cell, Row};
use crate::domain::problem::Rule;

use super::columns::{Target, names_a_counterparty};
use super::layout::Mapping;
use super::sampled::{all_are, is_as_long_as_a_name};
use super::vocabulary::{COMPANY_ENDS, NO_COUNTERPARTIES, SIGN_AS_WELL, SUPPLIERS, SURNAMES};

/// Without a mobile nobody can sign, so it is no signer yet, and the contract lacks one if it is meant to be.
pub(super) fn heed(mapping: &mut Mapping, below: &[&Row]) {
    let holds_names = |column: usize| {
        let filled: Vec<&Cell> =
            below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).collect();
        let begins = |cell: &&&Cell| cell.seen_ref().trim().starts_with(|c| SURNAMES.contains(c));
        all_are(below, column, is_as_long_as_a_name)
            && filled.iter().filter(begins).count() * 2 >= filled.len()
    };
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let is_told = |column: usize, rule: &Rule| match rule {
        Rule::SignerUnclear { map, .. } => map.iter().any(|(header, _)| **header == *mapping.headers[column]),
        Rule::SignerMayBeCompany { company, .. } => {
            company.as_ref().is_some_and(|(header, _)| **header == *mapping.headers[column])
        }
        _ => false,
    };
    // 监护人姓名 as well as 监护人.
    let is_one_of_them = |plain: &str| {
        let bare = plain.strip_suffix("姓名").or_else(|| plain.strip_suffix("name")).unwrap_or(plain);
        // 填写:监护人 says what the name is for.
        let is_filled_in = || {
            mapping
                .targets
                .iter()
                .any(|target| matches!(target, Target::FormField(name) if name.contains(bare)))
        };
        SIGN_AS_WELL.contains(&bare) && !is_filled_in()
    };
    let may_sign = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        let is_asked = mapping.asked.iter().any(|(own, rule)| own == column || is_told(*column, rule));
        // 承包商 | 姓名, of which somebody has said that the person signs himself.
        let is_answered = SUPPLIERS.contains(&plain.as_str())
            && mapping.column_of("approver.name").is_some_and(|name| mapping.readings[name].said);
        is_free
            && !is_asked
            && !is_answered
            && (names_a_counterparty(&plain) || is_one_of_them(&plain))
            && !NO_COUNTERPARTIES.iter().any(|word| plain.contains(word))
            && (holds_names(*column) || all_are(below, *column, is_company))
    };
    let found: Vec<usize> = (0..mapping.targets.len()).filter(may_sign).collect();
    let asked = found.into_iter().map(|column| (column, Rule::ColumnNearlySigner { of_party: false }));
    mapping.asked.extend(asked);
}
