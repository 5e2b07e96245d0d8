//! `甲方（公司）姓名 | 甲方（公司）手机`: a header that calls a signer a company, where no column says its type: it
//! would sign as a person.

use std::sync::Arc;

use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::super::columns::{Reading, Target, plain_letters};
use super::super::vocabulary::KINDS_OF_COMPANIES;
use super::Asked;

/// A question for each such signer, at his name.
pub(super) fn companies_without_a_type(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Vec<Asked> {
    let gives = |wanted: FieldId, number: usize| {
        let is_it = |target: &Target| {
            matches!(target, Target::Field { field, index: Some(own) }
                if field.id == wanted && *own == number)
        };
        targets.iter().any(is_it)
    };
    let of_name = |(column, target): (usize, &Target)| {
        let Target::Field { field, index: Some(number) } = target else { return None };
        let is_open = field.id == FieldId::ApproverName && !readings.get(column)?.said;
        let is_said =
            gives(FieldId::ApproverType, *number) || gives(FieldId::ApproverOrganizationOpenId, *number);
        let header = headers.get(column)?;
        let who = company_in_brackets(&plain_letters(header)).filter(|_| is_open && !is_said)?;
        let map = vec![(header.to_string(), format!("approver{}.name", number + 1))];
        Some((column, Rule::SignerMayBeCompany { who, company: None, signs: false, map }))
    };
    targets.iter().enumerate().filter_map(of_name).collect()
}

/// 甲方(公司) of `甲方(公司)姓名`.
fn company_in_brackets(letters: &str) -> Option<String> {
    let (before, rest) = letters.split_once('(')?;
    let (note, _) = rest.split_once(')')?;
    let is_one = KINDS_OF_COMPANIES.contains(&note);
    (is_one && !before.is_empty()).then(|| format!("{before}({note})"))
}
