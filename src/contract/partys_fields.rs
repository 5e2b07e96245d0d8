//! What else stands under the word for a signer: 承租方类型 and 承租方企业名称 beside 承租方姓名 are his, as they would be under
//! 乙方. Whether such a column has companies and types at all, only its values say.

use std::sync::Arc;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::{Field, FieldId, Level};
use crate::domain::problem::Rule;

use super::columns::{Target, is_company, partys_field, plain_header, without_name_end};
use super::companies::ends_like_a_company;
use super::layout::Mapping;
use super::sampled::all_are;
use super::values;
use super::vocabulary::{COMPANY_NAMES, NUMBERS_OF_COMPANIES, WHERE_PEOPLE_WORK, WORKING_PEOPLE};

/// A signer whose name has a column.
struct Signer {
    index: Option<usize>,
    name: usize,
    /// 承租方 of 承租方姓名; empty for 姓名.
    word: String,
}

/// Takes the columns of each signer's company, and asks where only the number of one is there.
pub(super) fn take(mapping: &mut Mapping, below: &[&Row]) {
    for signer in signers(mapping) {
        if !signer.word.is_empty() && !WORKING_PEOPLE.contains(&signer.word.as_str()) {
            take_company(mapping, below, &signer);
        }
        ask_about_numbers(mapping, below, &signer);
    }
}

fn signers(mapping: &Mapping) -> Vec<Signer> {
    let of_name = |(name, target): (usize, &Target)| match target {
        Target::Field { field, index } if field.id == FieldId::ApproverName => {
            let plain = mapping.plain(name);
            let word = without_name_end(&plain).trim_end_matches(['.', ':', '的']).to_owned();
            Some(Signer { index: *index, name, word })
        }
        _ => None,
    };
    mapping.targets.iter().enumerate().filter_map(of_name).collect()
}

fn has(mapping: &Mapping, signer: &Signer, id: FieldId) -> bool {
    mapping.targets.iter().any(
        |target| matches!(target, Target::Field { field, index } if field.id == id && *index == signer.index),
    )
}

fn is_free(mapping: &Mapping, column: usize) -> bool {
    let is_told = |rule: &Rule| {
        matches!(rule, Rule::SignerUnclear { map, .. }
            if map.iter().any(|(header, _)| **header == *mapping.headers[column]))
    };
    mapping.targets[column] == Target::Unknown
        && !mapping.readings[column].said
        && !mapping.asked.iter().any(|(own, rule)| *own == column || is_told(rule))
}

fn take_company(mapping: &mut Mapping, below: &[&Row], signer: &Signer) {
    let is_name = |cell: &Cell| ends_like_a_company(&cell.seen_ref());
    let kind = FieldId::ApproverType.field().kind;
    for column in 0..mapping.targets.len() {
        let plain = mapping.plain(column);
        let Some(rest) = plain.strip_prefix(&signer.word).filter(|_| is_free(mapping, column)) else {
            continue;
        };
        let rest = rest.trim_start_matches(['.', ':', '的']);
        let rest = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
        let named = || COMPANY_NAMES.contains(&rest) || is_company(rest);
        let field: Option<&'static Field> =
            partys_field(rest).or_else(|| named().then(|| FieldId::ApproverOrganizationName.field()));
        let Some(field) = field.filter(|field| !has(mapping, signer, field.id)) else { continue };
        let is_it = match field.id {
            // 承租方 itself is told apart by whoever asks about parties.
            _ if rest.is_empty() => false,
            // 借款人工作单位 signs nothing.
            _ if WHERE_PEOPLE_WORK.contains(&rest) => false,
            FieldId::ApproverOrganizationName => below.iter().any(|row| is_name(row.cell(column))),
            FieldId::ApproverType => all_are(below, column, |cell| values::reads(kind, cell)),
            FieldId::ApproverOrganizationOpenId | FieldId::ApproverOpenId => {
                all_are(below, column, |cell| cell.seen_ref().is_ascii())
            }
            _ => false,
        };
        if is_it {
            mapping.targets[column] = Target::Field { field, index: signer.index };
        }
    }
}

/// 统一社会信用代码 beside a name, with another one in each row: a company signs, most likely.
fn ask_about_numbers(mapping: &mut Mapping, below: &[&Row], signer: &Signer) {
    let is_said = mapping.readings[signer.name].said
        || [FieldId::ApproverType, FieldId::ApproverOrganizationName, FieldId::ApproverOrganizationOpenId]
            .into_iter()
            .any(|id| has(mapping, signer, id));
    let is_asked = mapping.asked.iter().any(|(own, rule)| {
        *own == signer.name || matches!(rule, Rule::SignerUnclear { .. } | Rule::SignerMayBeCompany { .. })
    });
    if is_said || is_asked {
        return;
    }
    let is_number = |column: &usize| {
        let plain = mapping.plain(*column);
        let rest = plain.strip_prefix(&signer.word).unwrap_or_default();
        let mut seen: Vec<String> =
            below.iter().map(|row| row.cell(*column).seen().trim().to_owned()).collect();
        let rows = seen.len();
        seen.retain(|text| !text.is_empty());
        seen.sort();
        seen.dedup();
        is_free(mapping, *column)
            && NUMBERS_OF_COMPANIES.contains(&rest)
            && (seen.len() > 1 || (rows == 1 && !seen.is_empty()))
    };
    if !(0..mapping.targets.len()).any(|column| is_number(&column)) {
        return;
    }
    let own = |(header, target): (&Arc<str>, &Target)| match target {
        Target::Field { field, index } if *index == signer.index && field.level == Level::Approver => {
            let name = field.name.strip_prefix("approver.")?;
            let number = index.map(|index| (index + 1).to_string()).unwrap_or_default();
            Some((header.to_string(), format!("approver{number}.{name}")))
        }
        _ => None,
    };
    let map = mapping.headers.iter().zip(&mapping.targets).filter_map(own).collect();
    let who = plain_header(&mapping.headers[signer.name]);
    mapping.asked.push((signer.name, Rule::SignerMayBeCompany { who, company: None, signs: false, map }));
}
