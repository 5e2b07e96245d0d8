//! What the first rows below a header say of the companies that questions about signers offer: which of them
//! are persons, which persons are companies, and what says so.

use std::collections::HashSet;

use crate::domain::answer::IGNORE;
use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::{self, Target, plain_header};
use super::companies;
use super::companies_beside::ask_whether_companies_sign;
use super::company_ids;
use super::forgotten_types;
use super::layout::Mapping;
use super::partys_fields;
use super::sampled::{all_are, is_mobile, is_of};
use super::two_companies;
use super::values;
use super::vocabulary::{
    COMPANY_ENDS, NAME_OF_ANYTHING, NAMES_OF_PARTIES, OWN_COMPANIES, PARTY_CONTACTS, PARTY_SIGNER, SURNAMES,
};

/// Puts right what is offered.
pub(super) fn heed(mapping: &mut Mapping, below: &[&Row]) {
    company_ids::take(mapping, below);
    ask_less_about_names_of_parties(mapping, below);
    take_only_types(mapping, below);
    take_no_persons(mapping, below);
    take_traders(mapping, below);
    partys_fields::take(mapping, below);
    offer_companies(mapping, below);
    offer_those_with_a_companys_name(mapping, below);
    name_their_companies(mapping, below);
    ask_whether_companies_sign(mapping, below, false);
    ask_about_other_companies(mapping, below);
    two_companies::offer(mapping, below);
}

/// `业主 | 业主电话 | 装修公司 | 装修公司负责人 | 负责人电话`: nobody of the three last columns signs yet, and all
/// that a signer needs stands in them.
fn ask_about_other_companies(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let plain: Vec<String> = (0..mapping.targets.len()).map(|column| mapping.plain(column)).collect();
    let is_free = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !mapping.asked.iter().any(|(own, _)| own == column)
    };
    let free: Vec<usize> = (0..mapping.targets.len()).filter(is_free).collect();
    let is_agent_of = |column: usize, company: usize| {
        let agent = plain[column].strip_prefix(&plain[company]);
        agent.is_some_and(|agent| PARTY_SIGNER.contains(&agent) || PARTY_CONTACTS.contains(&agent))
    };
    let agent_of = |company: &usize| {
        let is_named = !plain[*company].is_empty() && all_are(below, *company, is_company);
        let agent = free.iter().copied().find(|column| is_named && is_agent_of(*column, *company))?;
        let seen = |at: usize| below.iter().map(move |row| row.cell(at).seen().trim().to_owned());
        // Whoever is there for all of them is only to be called.
        let is_one = below.len() > 1 && seen(agent).collect::<HashSet<String>>().len() == 1;
        let has_mobile =
            !is_one && free.iter().any(|column| *column > agent && all_are(below, *column, is_mobile));
        has_mobile.then_some(agent)
    };
    if let Some(agent) = free.iter().find_map(agent_of) {
        mapping.asked.push((agent, Rule::ColumnNearlySigner { of_party: false }));
    }
}

/// `角色 | 名称 | 联系人 | 手机号` with companies in some rows of 名称: whoever is offered beside signs for those.
fn name_their_companies(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |row: &&Row, column: usize| {
        let seen = row.cell(column).seen_ref();
        COMPANY_ENDS.iter().any(|end| seen.trim().ends_with(end))
    };
    let is_read = |column: usize| {
        matches!(&mapping.targets[column], Target::Field { field, index: None }
            if field.id == FieldId::ApproverOrganizationName)
    };
    let is_it = |column: &usize| {
        let is_free = mapping.targets[*column] == Target::Unknown;
        !mapping.readings[*column].said
            && (is_read(*column) || (is_free && NAMES_OF_PARTIES.contains(&mapping.plain(*column).as_str())))
            && below.iter().any(|row| is_company(row, *column))
    };
    // 酒店名称 | 负责人 | 负责人电话: nothing but companies, right before whoever is offered.
    let stands_before = |column: &usize| {
        let names = |cell: &Cell| companies::ends_like_a_company(&cell.seen_ref());
        // 渠道商 | OpenId | 经办人.
        let is_id = |at: &usize| mapping.plain(*at).ends_with("openid");
        let next = (column + 1..mapping.targets.len()).find(|at| !is_id(at));
        let is_offered = |(_, rule): &(usize, Rule)| {
            matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(header, gives)| {
                gives.ends_with(".name") && next.is_some_and(|at| *mapping.headers[at] == **header)
            }))
        };
        let plain = mapping.plain(*column);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !OWN_COMPANIES.contains(&plain.as_str())
            && !plain.is_empty()
            && mapping.asked.iter().any(is_offered)
            && all_are(below, *column, names)
    };
    let all = || 0..mapping.targets.len();
    let Some(column) = all().find(is_it).or_else(|| all().find(stands_before)) else { return };
    let header = mapping.headers[column].to_string();
    let is_read = is_read(column);
    for (_, rule) in &mut mapping.asked {
        let Rule::SignerUnclear { map, .. } = rule else { continue };
        // 授权代表 signs for any company as it is.
        let signs_anyway =
            |own: &str| is_read && companies::signs_for(&plain_header(own), &plain_header(&header));
        let is_told = map.iter().any(|(own, gives)| *own == header || gives.ends_with("organization_name"));
        let agent = map.iter().find(|(own, gives)| {
            let plain = plain_header(own);
            let acts = [PARTY_SIGNER, PARTY_CONTACTS]
                .iter()
                .any(|words| words.iter().any(|end| plain.ends_with(end)));
            gives.ends_with(".name") && acts && !signs_anyway(own)
        });
        let Some(gives) = agent.map(|(_, gives)| gives.replace(".name", ".organization_name")) else {
            continue;
        };
        if !is_told {
            map.insert(0, (header.clone(), gives));
        }
    }
}

/// `借款人 | 借款人经办人 | 借款人手机` with companies as 借款人: the company signs, with whoever is there for it.
fn offer_companies(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let headers: Vec<String> = mapping.headers.iter().map(ToString::to_string).collect();
    let is_agent = |header: &str| {
        let plain = plain_header(header);
        [PARTY_SIGNER, PARTY_CONTACTS].iter().any(|words| words.iter().any(|end| plain.ends_with(end)))
    };
    let free: Vec<String> = (0..headers.len())
        .filter(|column| mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said)
        .map(|column| headers[column].clone())
        .collect();
    for (_, rule) in &mut mapping.asked {
        let Rule::SignerUnclear { map, .. } = rule else { continue };
        let of_company = map.iter().position(|(header, gives)| {
            let column = headers.iter().position(|own| own == header);
            gives.ends_with(".name") && column.is_some_and(|column| all_are(below, column, is_company))
        });
        let Some(at) = of_company else { continue };
        let whose = map[at].1.trim_end_matches("name").to_owned();
        let company = format!("{whose}organization_name");
        if map.iter().any(|(_, gives)| *gives == company) {
            continue;
        }
        map[at].1 = company;
        let who = plain_header(&map[at].0);
        let is_his = |header: &&String| {
            let is_told = map.iter().any(|(own, _)| own == *header);
            !is_told && is_agent(header) && plain_header(header).starts_with(&who)
        };
        if let Some(header) = free.iter().find(is_his) {
            map.push((header.clone(), IGNORE.to_owned()));
        }
        let agent = map.iter().position(|(header, gives)| gives == IGNORE && is_agent(header));
        match agent {
            Some(agent) => map[agent].1 = format!("{whose}name"),
            // A company's telephone reaches nobody who is named.
            None => map.iter_mut().for_each(|(_, gives)| {
                if gives.starts_with(&whose) && !gives.ends_with("organization_name") {
                    IGNORE.clone_into(gives);
                }
            }),
        }
    }
}

/// `甲方（公司） | 甲方联系电话` with companies below it: what would be a person's name is the company's.
fn offer_those_with_a_companys_name(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let headers = &mapping.headers;
    for (column, rule) in &mut mapping.asked {
        let Rule::SignerMayBeCompany { company: company @ None, signs, map, .. } = rule else { continue };
        let own = &*headers[*column];
        let gives = map
            .iter()
            .find(|(header, _)| header == own)
            .map(|(_, gives)| gives.replace(".name", ".organization_name"));
        if let Some(gives) = gives.filter(|_| all_are(below, *column, is_company)) {
            *company = Some((own.to_owned(), gives));
            *signs = true;
        }
    }
}

/// 客户类型 with 老客户 says nothing of who signs; and 企业 in it nothing of which company, where none is named.
fn take_only_types(mapping: &mut Mapping, below: &[&Row]) {
    let kind = FieldId::ApproverType.field().kind;
    let is_type = |cell: &Cell| values::reads(kind, cell);
    let headers: Vec<String> = mapping.headers.iter().map(ToString::to_string).collect();
    let mut unnamed = Vec::new();
    for (_, rule) in &mut mapping.asked {
        let Rule::SignerUnclear { map, .. } = rule else { continue };
        let names_company = map.iter().any(|(_, gives)| gives.ends_with(".organization_name"));
        map.retain(|(header, gives)| {
            let Some(column) = headers.iter().position(|own| own == header) else { return true };
            let has_company =
                || below.iter().any(|row| forgotten_types::is_company(row.cell(column).seen_ref().trim()));
            if !gives.ends_with(".type") {
                return true;
            }
            let is_one = all_are(below, column, is_type);
            let is_unnamed = is_one && !names_company && has_company();
            unnamed.extend(is_unnamed.then_some(column));
            is_one && !is_unnamed
        });
    }
    mapping
        .asked
        .extend(unnamed.into_iter().map(|column| (column, Rule::ColumnNearlySigner { of_party: true })));
}

/// `披露方 | 披露方代表` with persons as 披露方: no company is called so.
fn take_no_persons(mapping: &mut Mapping, below: &[&Row]) {
    let is_person = |cell: &Cell| {
        let seen = cell.seen_ref();
        let name = seen.trim();
        (2..=4).contains(&name.chars().count())
            && name.starts_with(|c| SURNAMES.contains(c))
            && !COMPANY_ENDS.iter().any(|end| name.ends_with(end))
    };
    let headers: Vec<String> = mapping.headers.iter().map(ToString::to_string).collect();
    for (_, rule) in &mut mapping.asked {
        let Rule::SignerUnclear { map, .. } = rule else { continue };
        let is_others = map.len() > 1;
        map.retain(|(header, gives)| {
            let column = headers.iter().position(|own| own == header);
            !is_others
                || !gives.ends_with(".organization_name")
                || !column.is_some_and(|column| all_are(below, column, is_person))
        });
    }
}

/// `门店名称 | 加盟商姓名 | 加盟商手机号` with nobody else: whoever has a name of his own beside such a word signs himself,
/// unless a company stands beside him.
fn take_traders(mapping: &mut Mapping, below: &[&Row]) {
    let is_company_cell = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let is_usual = |cell: &Cell| {
        let seen = cell.seen_ref();
        let name = seen.trim();
        (2..=4).contains(&name.chars().count()) && name.starts_with(|c| SURNAMES.contains(c))
    };
    // 卫晓燕, 阿卜杜拉·买买提: of so many people some have a rare name.
    let may_be_one = |cell: &Cell| {
        let seen = cell.seen_ref();
        let name = seen.trim();
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '·' | '•' | '.' | ' ');
        is_usual(cell)
            || ((2..=16).contains(&name.chars().count())
                && name.chars().all(is_letter)
                && !companies::ends_like_a_company(name))
    };
    let are_names = |column: usize| {
        let usual = below.iter().filter(|row| is_usual(row.cell(column))).count();
        let filled = below.iter().filter(|row| !row.cell(column).is_blank()).count();
        usual * 2 >= filled && all_are(below, column, may_be_one)
    };
    let [(_, Rule::SignerUnclear { map, alone: true, also, .. })] = mapping.asked.as_slice() else { return };
    let column_of = |header: &str| mapping.headers.iter().position(|own| **own == *header);
    let fields = [FieldId::ApproverName, FieldId::ApproverMobile, FieldId::ApproverIdCardNumber];
    let given: Option<Vec<(usize, FieldId)>> = map
        .iter()
        .map(|(header, gives)| {
            Some((column_of(header)?, fields.into_iter().find(|field| field.name() == gives)?))
        })
        .collect();
    let Some(given) = given.filter(|given| given.len() > 1 && also.is_empty()) else { return };
    let is_trader = |(column, field): &(usize, FieldId)| {
        let plain = mapping.plain(*column);
        let word = plain.strip_suffix("姓名");
        *field == FieldId::ApproverName && word.is_some_and(columns::is_company) && are_names(*column)
    };
    let has_company = (0..mapping.targets.len()).any(|at| all_are(below, at, is_company_cell));
    if given.iter().any(is_trader) && !has_company {
        for (column, field) in given {
            mapping.targets[column] = Target::Field { field: field.field(), index: None };
        }
        mapping.asked.clear();
    }
}

/// `名称` of goods beside 签署方类型 where all are persons: no company is called so.
fn ask_less_about_names_of_parties(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let types = (0..mapping.targets.len()).filter(|column| is_of(mapping, *column, FieldId::ApproverType));
    let types: Vec<usize> = types.collect();
    let is_person = |row: &&Row| {
        types.iter().all(|column| {
            let seen = row.cell(*column).seen_ref();
            !seen.trim().is_empty() && !forgotten_types::is_company(seen.trim())
        })
    };
    if types.is_empty() || !below.iter().all(is_person) {
        return;
    }
    let plain: Vec<String> = (0..mapping.targets.len()).map(|column| mapping.plain(column)).collect();
    mapping.asked.retain(|(column, rule)| {
        !matches!(rule, Rule::SignerUnclear { .. })
            || plain[*column] != NAME_OF_ANYTHING
            || below.iter().any(|row| is_company(row.cell(*column)))
    });
}
