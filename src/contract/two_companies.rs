//! `供应商名称 | 供应商联系人 | 供应商联系人手机 | 客户名称 | 客户联系人 | 客户联系人手机`: where one company with whoever
//! signs for it is offered as the signer, the other that has all of that is offered as well.

use std::collections::HashSet;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::{Target, without_name_end};
use super::companies::ends_like_a_company;
use super::layout::Mapping;
use super::sampled::{all_are, is_mobile};
use super::vocabulary::{
    COMPANY_ENDS, COMPANY_NAMES, COMPANY_WORDS, ENDS_OF_MOBILES, NO_COMPANIES, OF_PEOPLE, PARTY_CONTACTS,
    PARTY_SIGNER,
};

/// Columns of a company, and of whoever signs for it.
struct Company {
    company: usize,
    name: usize,
    mobile: usize,
}

/// Offers the other company, and behind both of them the OpenIds and mobiles that are called after them.
pub(super) fn offer(mapping: &mut Mapping, below: &[&Row]) {
    offer_the_other(mapping, below);
    add_what_is_theirs(mapping, below);
}

fn offer_the_other(mapping: &mut Mapping, below: &[&Row]) {
    let signers = mapping.asked.iter().enumerate().filter_map(|(at, (_, rule))| match rule {
        Rule::SignerUnclear { map, alone: true, also, .. } if also.is_empty() => Some((at, map)),
        _ => None,
    });
    let signers: Vec<(usize, &Vec<(String, String)>)> = signers.collect();
    let [(at, map)] = signers.as_slice() else { return };
    let gives = |id: FieldId| map.iter().any(|(_, gives)| *gives == id.name());
    let named = map.iter().find(|(_, gives)| *gives == FieldId::ApproverName.name());
    let Some(name) = named.and_then(|(header, _)| mapping.headers.iter().position(|own| **own == **header))
    else {
        return;
    };
    // 上家 | 上家编码 | 上家经办人: his company does not stand right beside him.
    let has_company = gives(FieldId::ApproverOrganizationName);
    let company = if has_company { None } else { company_before(mapping, below, name) };
    let others: Vec<Company> = others(mapping, below, map);
    let ([other], true) = (others.as_slice(), has_company || company.is_some()) else { return };
    let is_behind = other.company > name;
    let numbered = |gives: &str, number: usize| gives.replacen("approver.", &format!("approver{number}."), 1);
    let (own, others) = if is_behind { (1, 2) } else { (2, 1) };
    let company = company.map(|at| (mapping.header(at), FieldId::ApproverOrganizationName.name().to_owned()));
    let of_first: Vec<(String, String)> = company
        .iter()
        .chain(map.iter())
        .map(|(header, gives)| (header.clone(), numbered(gives, own)))
        .collect();
    let fields = [
        (other.company, FieldId::ApproverOrganizationName),
        (other.name, FieldId::ApproverName),
        (other.mobile, FieldId::ApproverMobile),
    ];
    let of_other = fields.iter().map(|(at, id)| (mapping.header(*at), numbered(id.name(), others))).collect();
    let (at, name) = (*at, other.name);
    let who = mapping.header(name);
    if let Rule::SignerUnclear { map, alone, .. } = &mut mapping.asked[at].1 {
        *map = of_first;
        *alone = false;
    }
    let columns = [other.company, other.name, other.mobile];
    mapping.asked.retain(|(column, rule)| {
        !(columns.contains(column) && matches!(rule, Rule::ColumnNearlySigner { .. }))
    });
    let rule = Rule::SignerUnclear { who, map: of_other, alone: false, also: Vec::new(), open: false };
    mapping.asked.push((columns[0], rule));
}

/// The company that a signer is called after.
fn company_before(mapping: &Mapping, below: &[&Row], name: usize) -> Option<usize> {
    let person = mapping.plain(name);
    let is_his = |column: &usize| {
        let own = mapping.plain(*column);
        let word = stem(&own);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !word.is_empty()
            && person.strip_prefix(word).is_some_and(acts)
            && all_are(below, *column, names_a_company)
    };
    (0..name).find(is_his)
}

/// 经办人, 联系人姓名: behind the word for a company.
fn acts(rest: &str) -> bool {
    let rest = without_name_end(rest);
    [PARTY_SIGNER, PARTY_CONTACTS].iter().any(|words| words.contains(&rest))
}

/// Companies of which nothing is read or offered yet, with whoever signs for them and his mobile.
fn others(mapping: &Mapping, below: &[&Row], map: &[(String, String)]) -> Vec<Company> {
    let is_free = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !map.iter().any(|(header, _)| **header == *mapping.headers[*column])
    };
    let free: Vec<usize> = (0..mapping.targets.len()).filter(is_free).collect();
    let plain = |column: usize| mapping.plain(column);
    let company = |company: usize| {
        let own = plain(company);
        let stem = stem(&own);
        let is_of_else =
            [NO_COMPANIES, OF_PEOPLE].iter().any(|words| words.iter().any(|word| own.contains(word)));
        if stem.is_empty() || is_of_else || !all_are(below, company, names_a_company) {
            return None;
        }
        let acts_for_it = |column: &usize| plain(*column).strip_prefix(stem).is_some_and(acts);
        let name = free.iter().copied().find(acts_for_it)?;
        // Whoever is there for all of them is only to be called.
        let seen: HashSet<String> = below.iter().map(|row| row.cell(name).seen().trim().to_owned()).collect();
        let is_his = |column: &usize| {
            let header = plain(*column);
            (header.starts_with(stem) || *column == name + 1)
                && ENDS_OF_MOBILES.iter().any(|end| header.ends_with(end))
                && all_are(below, *column, is_mobile)
        };
        let mobile = free.iter().copied().find(is_his)?;
        (below.len() == 1 || seen.len() > 1).then_some(Company { company, name, mobile })
    };
    free.iter().filter_map(|column| company(*column)).collect()
}

/// 供应商OpenId of 供应商名称, and 客户联系人手机 of 客户联系人, where both are offered and these were not.
fn add_what_is_theirs(mapping: &mut Mapping, below: &[&Row]) {
    let mut more: Vec<(usize, (String, String))> = Vec::new();
    for (at, (_, rule)) in mapping.asked.iter().enumerate() {
        let Rule::SignerUnclear { map, also, .. } = rule else { continue };
        let header_of = |field: &str| {
            map.iter().find(|(_, gives)| gives.ends_with(field)).and_then(|(header, gives)| {
                Some((mapping.headers.iter().position(|own| **own == **header)?, gives.split_once('.')?.0))
            })
        };
        let is_free = |column: usize| {
            let is_named = |own: &&(String, String)| *own.0 == *mapping.headers[column];
            mapping.targets[column] == Target::Unknown
                && !mapping.readings[column].said
                && !map.iter().chain(also).any(|own| is_named(&own))
        };
        let has = |field: &str| map.iter().any(|(_, gives)| gives.ends_with(field));
        let Some((company, prefix)) = header_of(".organization_name") else { continue };
        let own = mapping.plain(company);
        let word = stem(&own);
        let is_id = |column: &usize| {
            let seen_as_one = |cell: &Cell| cell.seen_ref().trim().is_ascii();
            mapping.plain(*column) == format!("{word}openid") && all_are(below, *column, seen_as_one)
        };
        let columns = || (0..mapping.targets.len()).filter(|column| is_free(*column));
        if !has("open_id")
            && !word.is_empty()
            && let Some(column) = columns().find(is_id)
        {
            more.push((at, (mapping.header(column), format!("{prefix}.organization_open_id"))));
        }
        let Some((name, prefix)) = header_of(".name") else { continue };
        let person = mapping.plain(name);
        let is_his = |column: &usize| {
            let header = mapping.plain(*column);
            let end = header.strip_prefix(without_name_end(&person));
            end.is_some_and(|end| ENDS_OF_MOBILES.contains(&end)) && all_are(below, *column, is_mobile)
        };
        if !has(".mobile")
            && let Some(column) = columns().find(is_his)
        {
            more.push((at, (mapping.header(column), format!("{prefix}.mobile"))));
        }
    }
    for (at, own) in more {
        if let Some((_, Rule::SignerUnclear { map, .. })) = mapping.asked.get_mut(at) {
            map.push(own);
        }
    }
}

fn names_a_company(cell: &Cell) -> bool {
    let seen = cell.seen_ref();
    COMPANY_ENDS.iter().any(|end| seen.trim().ends_with(end)) || ends_like_a_company(&seen)
}

/// 供应商 of 供应商名称.
fn stem(plain: &str) -> &str {
    let ends = COMPANY_NAMES.iter().chain(COMPANY_WORDS);
    let rest = ends.filter_map(|end| plain.strip_suffix(end)).min_by_key(|rest| rest.len());
    rest.unwrap_or(plain)
}
