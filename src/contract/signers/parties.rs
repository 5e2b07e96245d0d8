//! 甲方, 乙方: columns that are those of a party.

use std::sync::Arc;

use crate::domain::field::{Field, Level};
use crate::domain::problem::Rule;

use super::super::columns::{Target, plain_header};
use super::super::vocabulary::{COMPANY_PARTIES, PARTIES, PARTY_CONTACTS, PARTY_SIGNER};

/// `乙方姓名 | 联系电话`: where a header names one party only, the list is one of that
/// party's people, and what says nothing else is theirs.
pub(super) fn settle_party(headers: &[Arc<str>], targets: &mut [Target]) {
    let mut party = None;
    for (header, target) in headers.iter().zip(targets.iter()) {
        let Target::Field { field, index: Some(index) } = target else { continue };
        if field.level != Level::Approver {
            continue;
        }
        let plain = plain_header(header);
        // `--map 乙方=approver1.organization_name`: somebody has said which signer's it is.
        if PARTIES.iter().any(|(word, own)| own != index && plain.starts_with(word)) {
            continue;
        }
        let of_party = PARTIES.iter().any(|(word, own)| own == index && plain.starts_with(word));
        if !of_party || party.is_some_and(|own| own != *index) {
            return;
        }
        party = Some(*index);
    }
    let Some(party) = party else { return };
    let has = |targets: &[Target], wanted: &Field, at: Option<usize>| {
        targets.iter().any(
            |target| matches!(target, Target::Field { field, index } if *field == wanted && *index == at),
        )
    };
    let is_plain = |target: &Target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver);
    let plain: Vec<usize> = (0..targets.len()).filter(|at| is_plain(&targets[*at])).collect();
    let fits = plain.iter().all(|at| match &targets[*at] {
        Target::Field { field, .. } => !has(targets, field, Some(party)),
        _ => false,
    });
    for target in targets.iter_mut() {
        let Target::Field { field, index } = target else { continue };
        if field.level == Level::Approver && (*index == Some(party) || (index.is_none() && fits)) {
            *index = Some(0);
        }
    }
}

/// `甲方 | 甲方经办人 | 甲方经办人手机`: the party is most likely the company for which that person
/// signs.
pub(super) fn company_of_party(column: usize, headers: &[Arc<str>], targets: &[Target]) -> Option<Rule> {
    let header = headers.get(column)?;
    let party = plain_header(header);
    if !matches!(targets.get(column), Some(Target::Unknown)) {
        return None;
    }
    let signs_for_it = |rest: &str| PARTY_SIGNER.contains(&rest) || PARTY_CONTACTS.contains(&rest);
    // `供应商（乙方）` is called `乙方供应商` here.
    let is_company = |word: &str| COMPANY_PARTIES.contains(&word.strip_suffix("名称").unwrap_or(word));
    let number = if let Some((name, _)) = PARTIES
        .iter()
        .find(|(name, _)| party.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_company(rest)))
    {
        let of_party = |own: &str| plain_header(own).strip_prefix(name).is_some_and(signs_for_it);
        headers.iter().zip(targets).find_map(|(own, target)| match target {
            Target::Field { field, index } if field.name == "approver.name" && of_party(own) => Some(*index),
            _ => None,
        })?
    } else if is_company(&party) {
        // The only signer of the list is said to sign for somebody.
        let names: Vec<usize> = (0..targets.len())
            .filter(
                |at| matches!(&targets[*at], Target::Field { field, .. } if field.name == "approver.name"),
            )
            .collect();
        let [name] = names.as_slice() else { return None };
        let Target::Field { index, .. } = &targets[*name] else { return None };
        signs_for_it(&plain_header(headers.get(*name)?)).then_some(*index)?
    } else {
        return None;
    };
    let has_company = targets.iter().any(|target| {
        matches!(target, Target::Field { field, index }
            if *index == number && field.name == "approver.organization_name")
    });
    let signer = number.map(|number| (number + 1).to_string()).unwrap_or_default();
    let map = vec![(header.to_string(), format!("approver{signer}.organization_name"))];
    (!has_company).then(|| Rule::SignerUnclear { who: header.to_string(), map, alone: true })
}
