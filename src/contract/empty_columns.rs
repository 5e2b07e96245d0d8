//! Columns of a template that nobody has filled in: 担保人 | 担保人电话 beside 姓名 | 手机号, with nothing below. Nobody stands
//! there, so nobody is asked about, unless a row farther down has somebody.

use std::collections::HashSet;

use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::problem::Rule;

use super::columns::{Aliases, Target, plain_header};
use super::header::MergedHeader;
use super::layout::Mapping;
use super::own_company;
use super::search::Search;
use super::vocabulary::PARTIES;

/// The header, read without such columns where only they make it a question who signs.
pub fn search(
    rows: &[Row],
    merged: &[MergedHeader],
    aliases: &Aliases,
    chosen: Option<u32>,
    companies: Option<&[String]>,
) -> Search {
    let found = own_company::search(rows, merged, aliases, chosen, companies);
    let Search::Found(mapping) = &found else { return found };
    let empty = empty_people(mapping, rows);
    if empty.is_empty() || !mapping.asked.iter().any(|(_, rule)| asks_who_signs(rule)) {
        return found;
    }
    let headers: Vec<String> = empty.iter().map(|column| mapping.headers[*column].to_string()).collect();
    let Ok(ignored) = Aliases::new(headers.iter().map(|header| (header.as_str(), IGNORE))) else {
        return found;
    };
    match own_company::search(rows, merged, &aliases.clone().with(ignored), chosen, companies) {
        Search::Found(mut other) if is_better(&other, mapping) => {
            for column in empty {
                if other.targets.get(column) == Some(&Target::Ignored) {
                    other.targets[column] = Target::Unknown;
                    other.readings[column].said = false;
                    other.empty.push(column);
                }
            }
            Search::Found(other)
        }
        _ => found,
    }
}

fn asks_who_signs(rule: &Rule) -> bool {
    matches!(rule, Rule::SignerUnclear { .. } | Rule::ColumnBeside { .. } | Rule::SignerMayBeCompany { .. })
}

/// The same header, and fewer questions; what is asked still is asked as before.
fn is_better(other: &Mapping, mapping: &Mapping) -> bool {
    let asked = |own: &Mapping| own.asked.iter().filter(|(_, rule)| asks_who_signs(rule)).count();
    other.header_row == mapping.header_row
        && other.headers.len() == mapping.headers.len()
        && other.asked.len() < mapping.asked.len()
        && asked(other) == 0
}

/// Columns without a value in the first rows, of headers that say who somebody is or what somebody has. A party of the
/// contract, 乙方, is missed where it is blank.
fn empty_people(mapping: &Mapping, rows: &[Row]) -> Vec<usize> {
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    let plain: Vec<String> = (0..mapping.headers.len()).map(|column| mapping.plain(column)).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let twice: HashSet<&str> = plain.iter().map(String::as_str).filter(|own| !seen.insert(own)).collect();
    let is_of_party = |column: usize| {
        let header = plain_header(&mapping.headers[column]);
        PARTIES.iter().any(|(word, party)| *party > 0 && header.starts_with(word))
    };
    let offered = |column: usize| {
        mapping.asked.iter().any(|(own, rule)| {
            *own == column
                || matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(header, _)| **header == *mapping.headers[column]))
        })
    };
    let is_signers = |column: usize| match &mapping.targets[column] {
        Target::Field { index, .. } => index.is_some(),
        Target::Unknown => offered(column),
        _ => false,
    };
    (0..mapping.headers.len())
        .filter(|column| {
            !plain[*column].is_empty()
                && !twice.contains(plain[*column].as_str())
                && !mapping.readings[*column].said
                && is_signers(*column)
                && !is_of_party(*column)
                && !below.is_empty()
                && below.iter().all(|row| row.cell(*column).is_blank())
        })
        .collect()
}
