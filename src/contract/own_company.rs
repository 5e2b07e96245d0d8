//! Columns for the sender's own company where the settings have it sign every contract.

use std::collections::BTreeSet;

use crate::domain::answer::IGNORE;
use crate::domain::cell::{Cell, Row};
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;

use super::columns::{Aliases, Target, plain_header};
use super::companies;
use super::companies_beside::ask_whether_companies_sign;
use super::header::MergedHeader;
use super::layout::{Layout, Mapping};
use super::search::{Search, find_header};
use super::signers::close_gaps;
use super::vocabulary::{BEHIND_NAMES_OF_COMPANIES, COMPANY_ENDS, NO_OWN, OWN_COMPANIES, PARTIES};

/// The header, where `companies` of the settings sign every contract; None: no company does.
///
/// `甲方名称 | 乙方姓名 | 手机号` with the own company in all of the first rows is read without that column where it
/// could not be read with it, or only with a question.
pub fn search(
    rows: &[Row],
    merged: &[MergedHeader],
    aliases: &Aliases,
    chosen: Option<u32>,
    companies: Option<&[String]>,
) -> Search {
    let find = |aliases: &Aliases| {
        let mut found = find_header(rows, merged, aliases, chosen);
        if let (Search::Found(mapping), Some(companies)) = (&mut found, companies) {
            heed(mapping, rows, companies, chosen.is_some());
        }
        found
    };
    let found = find(aliases);
    let companies = companies.unwrap_or_default();
    if is_settled(&found) || companies.is_empty() {
        return found;
    }
    let own = own_headers(rows, companies);
    let ignored = Aliases::new(own.iter().map(|header| (header.as_str(), IGNORE)));
    match ignored.map(|ignored| find(&aliases.clone().with(ignored))) {
        Ok(Search::Found(mut other)) if !own.is_empty() => {
            // Nobody has said so of all its rows.
            for column in 0..other.targets.len() {
                let is_own = own.iter().any(|header| plain_header(header) == other.plain(column));
                if is_own && other.targets[column] == Target::Ignored {
                    other.targets[column] = Target::Unknown;
                    other.readings[column].said = false;
                    other.names_own.push(column);
                }
            }
            let other = Search::Found(other);
            if is_settled(&other) { other } else { found }
        }
        _ => found,
    }
}

/// Whether nothing is to be asked of who signs.
fn is_settled(found: &Search) -> bool {
    let Search::Found(mapping) = found else { return false };
    let is_plain =
        |target: &Target| matches!(target, Target::Field { index: None, .. }) && is_of_a_signer(target);
    let is_mixed = mapping.layout == Layout::Wide && mapping.targets.iter().any(is_plain);
    mapping.asked.is_empty() && !is_mixed
}

/// Headers like 甲方（出租方） with nothing but the own company below, where no other column is that party's.
fn own_headers(rows: &[Row], companies: &[String]) -> Vec<String> {
    let companies: Vec<String> = companies.iter().map(|name| plain_name(name)).collect();
    let mut found = Vec::new();
    for row in rows {
        let below: Vec<&Row> = rows.iter().filter(|own| own.number > row.number).collect();
        for (column, cell) in row.cells.iter().enumerate() {
            let header = cell.seen();
            if !calls_own(&header) {
                continue;
            }
            let plain = plain_header(&header);
            let party = PARTIES.iter().map(|(word, _)| *word).find(|word| plain.starts_with(word));
            let is_its =
                |other: &Cell| party.is_some_and(|party| plain_header(&other.seen()).starts_with(party));
            let is_alone = row.cells.iter().filter(|other| is_its(other)).count() < 2;
            let is_own = one_company(&below, column).is_some_and(|name| is_called(&companies, &name));
            if is_alone && is_own {
                found.push(header);
            }
        }
    }
    found
}

/// 甲方, 甲方（出租方）, 用人单位（甲方）: what the sender's own company is called.
fn calls_own(header: &str) -> bool {
    let (before, inner) = header.split_once(['(', '（']).unwrap_or((header, ""));
    let inner = inner.trim_end_matches([')', '）']);
    [header, before, inner].into_iter().any(|word| OWN_COMPANIES.contains(&plain_header(word).as_str()))
}

/// `甲方` with the own company in all of the first rows: it signs already. What would make it sign once more,
/// or somebody for it, is no part of an answer.
///
/// `said`: somebody has said where the header is, so that what stands above it is not meant.
fn heed(mapping: &mut Mapping, rows: &[Row], companies: &[String], said: bool) {
    mapping.company_signs = true;
    mapping.own_companies = companies.to_vec();
    mapping.above.extend(other_above(mapping, rows, said));
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
            && one_company(&below, column).is_some_and(|name| is_called(&companies, &name))
    };
    let unnamed = companies.is_empty();
    let is_one = |column: usize| {
        OWN_COMPANIES.contains(&shown.plain(column).as_str()) && one_company(&below, column).is_some()
    };
    let others_sign = |column: usize| others_sign(shown, &asked, column);
    // That it names another company is asked of all its rows.
    let is_another = |column: usize| {
        shown.headers.get(column).is_some_and(|header| calls_own(header))
            && one_company(&below, column).is_some_and(|name| other_company(shown, &name).is_some())
    };
    let are_several = |column: usize| {
        let seen =
            below.iter().map(|row| plain_name(&row.cell(column).seen())).filter(|text| !text.is_empty());
        let seen: BTreeSet<String> = seen.collect();
        let is_known = |name: &String| is_company(name) || is_called(&companies, name);
        shown.headers.get(column).is_some_and(|header| calls_own(header))
            && !companies.is_empty()
            && seen.len() > 1
            && seen.iter().all(is_known)
            // Another one in each row, and never the own: these are the other side of the contracts.
            && (seen.len() < below.len() || seen.iter().any(|name| is_called(&companies, name)))
    };
    let is_settled = |column: usize| is_own(column) || is_another(column) || are_several(column);
    let settled = asked.iter().filter_map(|(column, rule)| match rule {
        Rule::ColumnNearlySigner { .. } if is_settled(*column) => None,
        Rule::SignerUnclear { map, .. } if is_left_out(map) && is_own(*column) => None,
        Rule::SignerUnclear { who, map, also, .. }
            if gives_company(map) && is_own(*column) && others_sign(*column) =>
        {
            let others = of_same_party(shown, *column);
            let map: Vec<(String, String)> = others
                .into_iter()
                .filter_map(|at| Some((shown.headers.get(at)?.to_string(), IGNORE.to_owned())))
                .collect();
            let rule =
                Rule::SignerUnclear { who: who.clone(), map, alone: false, also: also.clone(), open: false };
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
    settled.retain(|(_, rule)| own_that_may_sign(shown, &below, &companies, rule).is_none());
    let is_watched = |column: &usize| {
        // A company that signs of its own accord is no other name for the sender.
        let signs = matches!(&shown.targets[*column], Target::Field { field, .. }
                if field.id == FieldId::ApproverOrganizationName);
        (is_another(*column) || are_several(*column)) && !signs && !shown.readings[*column].said
    };
    let another: Vec<usize> = (0..shown.targets.len()).filter(is_watched).collect();
    mapping.asked = settled;
    mapping.names_own.extend(another);
    leave_out_own(mapping, &below, &companies);
    if companies.is_empty() {
        return;
    }
    ask_whether_companies_sign(mapping, &below, true);
    let asked = std::mem::take(&mut mapping.asked);
    for mut asked in asked {
        offer_persons(mapping, &below, &companies, &mut asked.1);
        match own_that_may_sign(mapping, &below, &companies, &asked.1) {
            Some(column) => mapping.asked_later.push((column, asked)),
            None => mapping.asked.push(asked),
        }
    }
}

/// Where the own company stands in some row, it would sign that contract twice if companies signed.
fn offer_persons(mapping: &Mapping, below: &[&Row], companies: &[String], rule: &mut Rule) {
    let Rule::SignerMayBeCompany { company: Some((header, _)), signs, .. } = rule else { return };
    let column = mapping.headers.iter().position(|own| **own == **header);
    let is_own =
        |column: usize| below.iter().any(|row| is_called(companies, &plain_name(&row.cell(column).seen())));
    *signs &= !column.is_some_and(is_own);
}

/// The column of the own company, of which `rule` asks whether it signs: that is no question.
fn own_that_may_sign(mapping: &Mapping, below: &[&Row], companies: &[String], rule: &Rule) -> Option<usize> {
    let Rule::SignerMayBeCompany { company: Some((header, _)), .. } = rule else { return None };
    let column = mapping.headers.iter().position(|own| **own == **header)?;
    one_company(below, column).filter(|name| is_called(companies, name)).map(|_| column)
}

/// Columns that give the own company as a signer: `公司名称 | 姓名 | 手机号` names the employer, and 甲方企业名称 |
/// 甲方经办人 | 甲方手机号 would have it sign twice.
fn leave_out_own(mapping: &mut Mapping, below: &[&Row], companies: &[String]) {
    let own = |column: &usize| {
        let Target::Field { field, .. } = &mapping.targets[*column] else { return false };
        let is_open = field.id == FieldId::ApproverOrganizationName && !mapping.readings[*column].said;
        is_open && one_company(below, *column).is_some_and(|name| is_called(companies, &name))
    };
    let index_of = |column: usize| match &mapping.targets[column] {
        Target::Field { field, index } if field.level == Level::Approver => Some(*index),
        _ => None,
    };
    let Some(column) = (0..mapping.targets.len()).find(own) else { return };
    let index = index_of(column).flatten();
    let his: Vec<usize> = (0..mapping.targets.len()).filter(|at| index_of(*at) == Some(index)).collect();
    let is_said = his.iter().any(|at| mapping.readings[*at].said);
    let is_name = |at: &&usize| matches!(&mapping.targets[**at], Target::Field { field, .. } if field.id == FieldId::ApproverName);
    let agent = his.iter().find(is_name).copied();
    let is_type = |at: &usize| matches!(&mapping.targets[*at], Target::Field { field, .. } if field.id == FieldId::ApproverType);
    let is_typed = his.iter().any(is_type);
    if is_said || mapping.asked.iter().any(|(at, _)| his.contains(at)) {
        return;
    }
    match (index, agent) {
        (None, Some(name))
            if !is_typed && !companies::signs_for(&mapping.plain(name), &mapping.plain(column)) =>
        {
            mapping.targets[column] = Target::Unknown;
            mapping.names_own.push(column);
        }
        (Some(_), Some(name)) if others_sign(mapping, &[], column) => {
            let header = |at: usize| mapping.headers[at].to_string();
            let map = his.iter().map(|at| (header(*at), IGNORE.to_owned())).collect();
            let rule =
                Rule::SignerUnclear { who: header(name), map, alone: false, also: Vec::new(), open: false };
            // Those whom the header numbers keep their numbers.
            let of_party = PARTIES.iter().any(|(word, _)| mapping.plain(column).starts_with(word));
            let left = if of_party { Target::Unknown } else { Target::Ignored };
            his.iter().for_each(|at| mapping.targets[*at] = left.clone());
            // Where the question is told.
            mapping.targets[name] = Target::Unknown;
            close_gaps(&mapping.headers, &mapping.readings, &mut mapping.targets);
            mapping.asked.push((name, rule));
        }
        _ => {}
    }
}

/// `甲方：某某有限公司` above the header, where another company of the settings signs.
fn other_above(mapping: &Mapping, rows: &[Row], said: bool) -> Option<Rule> {
    let header = mapping.header_row;
    let above = rows.iter().filter(|row| row.number < header);
    let found = above.filter_map(|row| {
        let cells = row.cells.iter().filter(|cell| !cell.is_blank());
        let texts: Vec<String> = cells.map(|cell| cell.seen().trim().to_owned()).collect();
        Some((row.number, names_another(mapping, &texts)?))
    });
    let (row, companies) = found.into_iter().next()?;
    Some(Rule::PartyAbove { row, header, said, companies: Some(companies) })
}

/// Of a line `甲方（盖章）：某某有限公司`, in one cell or several: that company, and the one of the settings that signs
/// instead.
pub fn names_another(mapping: &Mapping, texts: &[String]) -> Option<(String, String)> {
    if mapping.own_companies.is_empty() {
        return None;
    }
    let pieces: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split(['，', ',', '；', ';', '\n']))
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    pieces.iter().enumerate().find_map(|(at, piece)| {
        let (label, behind) = piece.split_once([':', '：']).unwrap_or((piece, ""));
        if !calls_own(label) || NO_OWN.contains(&plain_header(label).as_str()) {
            return None;
        }
        let next = || pieces.get(at + 1).copied().filter(|next| !next.contains([':', '：']));
        let name = if behind.trim().is_empty() { next()? } else { behind.trim() };
        // （盖章） behind a name is no part of it.
        let says_so =
            |(_, inner): &(&str, &str)| BEHIND_NAMES_OF_COMPANIES.iter().any(|word| inner.contains(word));
        let bare =
            name.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（'])).filter(says_so);
        let name = bare.map_or(name, |(name, _)| name);
        let first = name.split_whitespace().next().filter(|first| !first.is_ascii()).unwrap_or(name);
        Some((first.to_owned(), other_company(mapping, first)?))
    })
}

/// 安和置业 is short for 安和置业有限公司, and no company of its own; both as plain names.
fn is_called(companies: &[String], name: &str) -> bool {
    const SHORTEST: usize = 3;
    let is_short = name.chars().count() >= SHORTEST && !is_company(name);
    companies.iter().any(|own| own == name || (is_short && own.starts_with(name)))
}

/// In lower case; `co. ltd.` as well.
fn is_company(name: &str) -> bool {
    let bare = name.trim_end_matches(['.', ' ', ')']);
    COMPANY_ENDS.iter().any(|end| bare.ends_with(end))
        || ["ltd", "inc", "gmbh"].iter().any(|end| bare.ends_with(end))
}

/// The company of the settings, where another one is named.
pub fn other_company(mapping: &Mapping, name: &str) -> Option<String> {
    let plain = plain_name(name);
    let companies: Vec<String> = mapping.own_companies.iter().map(|own| plain_name(own)).collect();
    mapping.own_companies.first().filter(|_| is_company(&plain) && !is_called(&companies, &plain)).cloned()
}

/// Whether a text names a company of the settings.
pub(super) fn names_own(mapping: &Mapping, text: &str) -> bool {
    own_name(mapping, text).is_some()
}

/// The name of the settings' company that a text is short for.
pub fn own_name(mapping: &Mapping, text: &str) -> Option<String> {
    let plain = plain_name(text);
    let is_it = |own: &&String| is_called(&[plain_name(own)], &plain);
    mapping.own_companies.iter().find(is_it).cloned()
}

/// Whether a column may name the own company; 用工单位 is where a dispatched person works.
pub fn may_name_own(plain: &str) -> bool {
    !NO_OWN.contains(&plain)
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
