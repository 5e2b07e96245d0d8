//! Columns for the sender's own company where the settings have it sign every contract.

use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::vocabulary::{COMPANY_ENDS, OWN_COMPANIES, PARTIES};

/// A company of `[[signers]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnCompany {
    /// As it stands there; None: only its OpenId does.
    pub name: Option<String>,
    /// It signs before the signers of the rows, as a 甲方 does.
    pub is_first: bool,
}

/// What the settings know of the company that a column names in all of its first rows.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    /// It is the one that signs already.
    Same,
    /// It may be that one.
    Perhaps,
    Another,
}

/// `甲方` with the own company in all of the first rows: it signs already. What would make it sign once more,
/// or somebody for it, is no part of an answer.
pub fn heed(mapping: &mut Mapping, rows: &[Row], companies: &[OwnCompany]) {
    mapping.company_signs = true;
    let asked = std::mem::take(&mut mapping.asked);
    let shown: &Mapping = mapping;
    let has_somebody = |row: &&Row| {
        let cells = row.cells.iter().zip(&shown.targets).filter(|(cell, _)| !cell.is_blank());
        cells.into_iter().any(|(_, target)| is_of_a_signer(target))
    };
    let below = rows.iter().filter(|row| row.number > shown.header_row).filter(has_somebody);
    let below: Vec<&Row> = below.collect();
    let known = |column: usize| match one_company(&below, column) {
        Some(name) if OWN_COMPANIES.contains(&shown.plain(column).as_str()) => is_known(&name, companies),
        _ => Known::Another,
    };
    let settled = asked.into_iter().filter_map(|(column, rule)| match (rule, known(column)) {
        (Rule::ColumnNearlySigner { .. }, Known::Same) => None,
        (Rule::SignerUnclear { map, .. }, Known::Same) if is_left_out(&map) => None,
        (Rule::SignerUnclear { who, map, also, .. }, Known::Same | Known::Perhaps)
            if gives_company(&map) && others_sign(shown, column) =>
        {
            let others = of_same_party(shown, column);
            let map: Vec<(String, String)> = others
                .into_iter()
                .filter_map(|at| Some((shown.headers.get(at)?.to_string(), IGNORE.to_owned())))
                .collect();
            (map.len() > 1).then_some((column, Rule::SignerUnclear { who, map, alone: false, also }))
        }
        (rule, _) => Some((column, rule)),
    });
    let settled: Vec<(usize, Rule)> = settled.collect();
    mapping.asked = settled;
}

fn is_known(name: &str, companies: &[OwnCompany]) -> Known {
    let is_same = |own: &OwnCompany| own.name.as_deref().is_some_and(|own| plain_name(own) == name);
    let may_be = |own: &OwnCompany| own.name.is_none() && own.is_first;
    match () {
        () if companies.iter().any(is_same) => Known::Same,
        () if companies.iter().any(may_be) => Known::Perhaps,
        () => Known::Another,
    }
}

fn plain_name(text: &str) -> String {
    text.trim().to_lowercase().replace('（', "(").replace('）', ")")
}

/// The company that stands in every one of those rows.
fn one_company(below: &[&Row], column: usize) -> Option<String> {
    let mut seen = below.iter().map(|row| plain_name(&row.cell(column).seen()));
    let first = seen.next()?;
    let is_company = COMPANY_ENDS.iter().any(|end| first.ends_with(end));
    (is_company && seen.all(|text| text == first)).then_some(first)
}

fn is_of_a_signer(target: &Target) -> bool {
    matches!(target, Target::Field { field, .. } if field.level == Level::Approver)
}

fn gives_company(map: &[(String, String)]) -> bool {
    map.iter().any(|(_, gives)| gives.ends_with(".organization_name"))
}

/// Nothing but a column that would be no signer.
fn is_left_out(map: &[(String, String)]) -> bool {
    matches!(map, [(_, gives)] if gives == IGNORE)
}

/// Whether somebody of the rows signs who is not of that party.
fn others_sign(mapping: &Mapping, column: usize) -> bool {
    let own = of_same_party(mapping, column);
    mapping.targets.iter().enumerate().any(|(at, target)| {
        !own.contains(&at)
            && matches!(target, Target::Field { field, .. }
                if matches!(field.id, FieldId::ApproverName | FieldId::ApproverOpenId))
    })
}

/// 甲方, 甲方代表 and 甲方电话 beside 甲方.
fn of_same_party(mapping: &Mapping, column: usize) -> Vec<usize> {
    let plain = mapping.plain(column);
    let party = PARTIES.iter().map(|(word, _)| *word).find(|word| plain.starts_with(word));
    let is_its = |at: &usize| {
        let target = &mapping.targets[*at];
        let is_signers = is_of_a_signer(target) || *target == Target::Unknown;
        is_signers && party.is_some_and(|party| mapping.plain(*at).starts_with(party))
    };
    (0..mapping.targets.len()).filter(|at| *at == column || is_its(at)).collect()
}
