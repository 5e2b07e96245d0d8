//! Columns for the sender's own company where the settings have it sign every contract.

use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::vocabulary::{COMPANY_ENDS, OWN_COMPANIES, PARTIES};

/// `甲方` with one company in all of the first rows: it signs already. What would make it sign once more,
/// or somebody for it, is no part of an answer.
pub fn heed(mapping: &mut Mapping, rows: &[Row]) {
    mapping.company_signs = true;
    let asked = std::mem::take(&mut mapping.asked);
    let shown: &Mapping = mapping;
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    let is_own = |column: usize| {
        OWN_COMPANIES.contains(&shown.plain(column).as_str()) && names_one_company(&below, column)
    };
    let settled = asked.into_iter().filter_map(|(column, rule)| match rule {
        Rule::ColumnNearlySigner { .. } if is_own(column) => None,
        Rule::SignerUnclear { map, .. } if is_own(column) && is_left_out(&map) => None,
        Rule::SignerUnclear { who, map, also, .. } if is_own(column) && gives_company(&map) => {
            let others = of_same_party(shown, column);
            let map: Vec<(String, String)> =
                others.into_iter().map(|header| (header, IGNORE.to_owned())).collect();
            (map.len() > 1).then_some((column, Rule::SignerUnclear { who, map, alone: false, also }))
        }
        rule => Some((column, rule)),
    });
    let settled: Vec<(usize, Rule)> = settled.collect();
    mapping.asked = settled;
}

fn names_one_company(below: &[&Row], column: usize) -> bool {
    let mut seen = below.iter().map(|row| row.cell(column).seen()).filter(|text| !text.trim().is_empty());
    let Some(first) = seen.next() else { return false };
    let first = first.trim().to_lowercase();
    COMPANY_ENDS.iter().any(|end| first.ends_with(end))
        && seen.all(|text| text.trim().to_lowercase() == first)
}

fn gives_company(map: &[(String, String)]) -> bool {
    map.iter().any(|(_, gives)| gives.ends_with(".organization_name"))
}

/// Nothing but a column that would be no signer.
fn is_left_out(map: &[(String, String)]) -> bool {
    matches!(map, [(_, gives)] if gives == IGNORE)
}

/// 甲方, 甲方代表 and 甲方电话 beside 甲方.
fn of_same_party(mapping: &Mapping, column: usize) -> Vec<String> {
    let plain = mapping.plain(column);
    let party = PARTIES.iter().map(|(word, _)| *word).find(|word| plain.starts_with(word));
    let is_its = |at: &usize| {
        let is_signers = match &mapping.targets[*at] {
            Target::Field { field, .. } => field.level == Level::Approver,
            target => *target == Target::Unknown,
        };
        is_signers && party.is_some_and(|party| mapping.plain(*at).starts_with(party))
    };
    let columns = (0..mapping.targets.len()).filter(|at| *at == column || is_its(at));
    columns.filter_map(|at| mapping.headers.get(at)).map(ToString::to_string).collect()
}
