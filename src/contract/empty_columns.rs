//! Columns of a template that nobody has filled in: 担保人 | 担保人电话 beside 姓名 | 手机号, with nothing below. Nobody stands
//! there, so nobody is asked about, unless a row farther down has somebody.

use std::collections::HashSet;

use crate::domain::answer::IGNORE;
use crate::domain::cell::Row;
use crate::domain::problem::Rule;

use super::columns::{Aliases, Target};
use super::header::MergedHeader;
use super::layout::Mapping;
use super::own_company;
use super::search::Search;
use super::vocabulary::{ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, NUMBERED_WORDS, ONE_MORE};

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

/// 担保人 of 担保人电话.
fn word_of(plain: &str) -> &str {
    let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
    let bare = ends.iter().filter_map(|end| plain.strip_suffix(end)).min_by_key(|rest| rest.len());
    bare.unwrap_or(plain)
}

/// Columns without a value in the first rows, of whoever may sign beside the parties of a contract. A party itself is
/// missed where it is blank.
fn empty_people(mapping: &Mapping, rows: &[Row]) -> Vec<usize> {
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    let plain: Vec<String> = (0..mapping.headers.len()).map(|column| mapping.plain(column)).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let twice: HashSet<&str> = plain.iter().map(String::as_str).filter(|own| !seen.insert(own)).collect();
    let is_blank = |column: usize| below.iter().all(|row| row.cell(column).is_blank());
    // 承租人 is missed where he is blank, and so is 担保人 whose name stands there without a mobile.
    let is_one_more = |column: usize| {
        let own = word_of(&plain[column]);
        let is_extra = ONE_MORE.iter().any(|word| own.contains(word))
            || NUMBERED_WORDS
                .iter()
                .filter_map(|word| own.strip_prefix(word))
                .any(|number| number.parse::<usize>().is_ok_and(|number| number > 1));
        is_extra && (0..plain.len()).all(|other| word_of(&plain[other]) != own || is_blank(other))
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
                && !below.is_empty()
                && is_one_more(*column)
        })
        .collect()
}
