//! `甲方（公司）姓名 | 甲方（公司）手机`, `甲方代表 | 甲方代表手机`: a header that calls a signer a company, or somebody who acts for
//! one, where no column says its type: it would sign as a person.

use std::sync::Arc;

use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::super::columns::{Reading, Target, plain_header, plain_letters, without_name_end};
use super::super::vocabulary::{ACT_FOR_COMPANIES, COMPANY_NAMES, KINDS_OF_COMPANIES, PARTIES};
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
        let is_named = gives(FieldId::ApproverOrganizationName, *number);
        let who = company_in_brackets(&plain_letters(header));
        let is_reached = gives(FieldId::ApproverMobile, *number);
        let who =
            who.or_else(|| acts_for_a_party(header, headers, targets).filter(|_| !is_named && is_reached));
        let who = who.filter(|_| is_open && !is_said)?;
        // Said of one column alone, the others would be nobody's, or the same signer's.
        let all = targets.iter().zip(headers).filter_map(|(target, header)| match target {
            Target::Field { field, index: Some(own) } if field.level == Level::Approver => {
                let field = field.name.strip_prefix("approver.")?;
                Some((header.to_string(), format!("approver{}.{field}", own + 1)))
            }
            _ => None,
        });
        let map = all.collect();
        Some((column, Rule::SignerMayBeCompany { who, company: None, signs: false, map }))
    };
    targets.iter().enumerate().filter_map(of_name).collect()
}

/// 甲方代表 of `甲方代表姓名`: whoever has somebody to act for him is a company, most likely. Beside 甲方, or 甲方名称, that is
/// asked about there.
fn acts_for_a_party(header: &str, headers: &[Arc<str>], targets: &[Target]) -> Option<String> {
    let plain = plain_header(header);
    let who = without_name_end(&plain);
    let (party, role) = PARTIES.iter().find_map(|(party, _)| Some((*party, who.strip_prefix(party)?)))?;
    let names_it = |(other, target): (&Arc<str>, &Target)| {
        let plain = plain_header(other);
        let is_unread = *target == Target::Unknown && other.contains(party);
        is_unread
            || plain.strip_prefix(party).is_some_and(|rest| rest.is_empty() || COMPANY_NAMES.contains(&rest))
    };
    (ACT_FOR_COMPANIES.contains(&role) && !headers.iter().zip(targets).any(names_it)).then(|| who.to_owned())
}

/// 甲方(公司) of `甲方(公司)姓名`.
fn company_in_brackets(letters: &str) -> Option<String> {
    let (before, rest) = letters.split_once('(')?;
    let (note, _) = rest.split_once(')')?;
    let is_one = KINDS_OF_COMPANIES.contains(&note);
    (is_one && !before.is_empty()).then(|| format!("{before}({note})"))
}
