//! Columns for the type of a signer in which a blank cell beside a company's name was forgotten.

use crate::domain::cell::Row;
use crate::domain::field::{FieldId, Kind, auto_sign_word};

use super::columns::Target;
use super::layout::Mapping;

/// By the first rows: some signer is a company there, or a person, and no person has a company's name beside.
pub fn columns(mapping: &Mapping, below: &[&Row]) -> Vec<usize> {
    let of = |id: FieldId| move |(_, target): &(usize, &Target)| matches!(target, Target::Field { field, .. } if field.id == id);
    let index = |target: &Target| match target {
        Target::Field { index, .. } => *index,
        _ => None,
    };
    let targets = || mapping.targets.iter().enumerate();
    let company_of = |types: &Target| {
        let mut own = targets().filter(of(FieldId::ApproverOrganizationName));
        own.find(|(_, target)| index(target) == index(types)).map(|(column, _)| column)
    };
    let columns = targets().filter(of(FieldId::ApproverType)).filter(|(column, target)| {
        let typed = below.iter().filter_map(|row| {
            let seen = row.cell(*column).seen();
            let has_company = company_of(target).is_some_and(|at| !row.cell(at).is_blank());
            (!seen.trim().is_empty()).then(|| (is_company(seen.trim()), has_company))
        });
        let typed: Vec<(bool, bool)> = typed.collect();
        let is_distinct = !typed.is_empty() && typed.iter().all(|(is_company, has)| is_company == has);
        is_distinct || typed.iter().any(|(is_company, _)| *is_company)
    });
    columns.map(|(column, _)| column).collect()
}

/// Whether a type says that a company signs.
pub fn is_company(text: &str) -> bool {
    let Kind::Choice(kinds) = FieldId::ApproverType.field().kind else { return false };
    let text = text.to_lowercase();
    let found = kinds.iter().find(|(sent, words)| {
        sent.eq_ignore_ascii_case(&text) || words.iter().any(|word| word.eq_ignore_ascii_case(&text))
    });
    found.is_some_and(|(sent, _)| !sent.starts_with("PERSON")) || auto_sign_word(&text).is_some()
}
