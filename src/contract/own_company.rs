//! Columns for the sender's own company where the settings have it sign every contract.

use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::vocabulary::{OWN_COMPANIES, PARTIES};

/// `甲方` with the own company in all of the first rows: it signs already. What would make it sign once more,
/// or somebody for it, is no part of an answer.
pub fn heed(mapping: &mut Mapping, rows: &[Row], companies: &[String]) {
    mapping.company_signs = true;
    let asked = std::mem::take(&mut mapping.asked);
    let shown: &Mapping = mapping;
    let has_somebody = |row: &&Row| {
        let cells = row.cells.iter().zip(&shown.targets).filter(|(cell, _)| !cell.is_blank());
        cells.into_iter().any(|(_, target)| is_of_a_signer(target))
    };
    let below = rows.iter().filter(|row| row.number > shown.header_row).filter(has_somebody);
    let below: Vec<&Row> = below.collect();
    let companies: Vec<String> = companies.iter().map(|name| plain_name(name)).collect();
    let is_own = |column: usize| {
        OWN_COMPANIES.contains(&shown.plain(column).as_str())
            && one_company(&below, column).is_some_and(|name| companies.contains(&name))
    };
    let unnamed = companies.is_empty();
    let is_one = |column: usize| {
        OWN_COMPANIES.contains(&shown.plain(column).as_str()) && one_company(&below, column).is_some()
    };
    let others_sign = |column: usize| others_sign(shown, &asked, column);
    let settled = asked.iter().filter_map(|(column, rule)| match rule {
        Rule::ColumnNearlySigner { .. } if is_own(*column) => None,
        Rule::SignerUnclear { map, .. } if is_left_out(map) && is_own(*column) => None,
        Rule::SignerUnclear { who, map, also, .. }
            if gives_company(map) && is_own(*column) && others_sign(*column) =>
        {
            let others = of_same_party(shown, *column);
            let map: Vec<(String, String)> = others
                .into_iter()
                .filter_map(|at| Some((shown.headers.get(at)?.to_string(), IGNORE.to_owned())))
                .collect();
            let rule = Rule::SignerUnclear { who: who.clone(), map, alone: false, also: also.clone() };
            (of_same_party(shown, *column).len() > 1).then_some((*column, rule))
        }
        // Nobody knows whether the company of the settings, of which they have the OpenId alone, is this one: it
        // would sign twice, or somebody would not sign.
        Rule::SignerUnclear { map, .. } if gives_company(map) && unnamed && is_one(*column) => {
            Some((*column, Rule::ColumnNearlySigner { of_party: true }))
        }
        rule => Some((*column, rule.clone())),
    });
    let mut settled: Vec<(usize, Rule)> = settled.collect();
    let gives_first = |(_, rule): &(usize, Rule)| matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| gives.starts_with("approver1.")));
    let is_first_left = asked.iter().any(gives_first) && !settled.iter().any(gives_first);
    let has_numbers = shown.targets.iter().enumerate().any(|(at, target)| {
        matches!(target, Target::Field { index: Some(_), .. })
            && !settled.iter().any(|(_, rule)| takes_out(rule, shown, at))
    });
    // Who was the second beside 甲方 is the first without it.
    if is_first_left && !has_numbers {
        for (_, rule) in &mut settled {
            let Rule::SignerUnclear { map, .. } = rule else { continue };
            map.iter_mut().for_each(|(_, gives)| *gives = gives.replace("approver2.", "approver1."));
        }
    }
    mapping.asked = settled;
}

/// Whether an answer leaves that column out.
fn takes_out(rule: &Rule, mapping: &Mapping, column: usize) -> bool {
    let header = mapping.headers.get(column);
    matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(own, gives)| {
        gives == IGNORE && header.is_some_and(|header| **header == **own)
    }))
}

fn plain_name(text: &str) -> String {
    text.trim().to_lowercase().replace('（', "(").replace('）', ")")
}

/// The company that stands in those rows, and no other; a blank cell is of the one above, or says nothing of a
/// company that signs all the same.
fn one_company(below: &[&Row], column: usize) -> Option<String> {
    let seen = below.iter().map(|row| plain_name(&row.cell(column).seen())).filter(|text| !text.is_empty());
    let seen: Vec<String> = seen.collect();
    let first = seen.first()?;
    seen.iter().all(|text| text == first).then(|| first.clone())
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

/// Whether somebody of the rows signs, or may, who is not of that party.
fn others_sign(mapping: &Mapping, asked: &[(usize, Rule)], column: usize) -> bool {
    let own = of_same_party(mapping, column);
    let is_named = |gives: &str| gives.ends_with(".name") || gives.ends_with(".open_id");
    let may_sign = asked.iter().any(|(at, rule)| {
        !own.contains(at)
            && matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| is_named(gives)))
    });
    may_sign
        || mapping.targets.iter().enumerate().any(|(at, target)| {
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
