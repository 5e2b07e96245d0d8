//! 企业OpenId, 供应商OpenId: whoever has the OpenId of a company beside him signs for that company, so nothing is to be
//! asked of it.

use crate::domain::answer::IGNORE;
use crate::domain::cell::{Cell, Row};
use crate::domain::field::{FieldId, Level, by_name};
use crate::domain::problem::Rule;

use super::columns::{Target, without_name_end};
use super::companies::ends_like_a_company;
use super::layout::Mapping;
use super::sampled::all_are;
use super::values;
use super::vocabulary::{
    COLUMNS_OF_TYPES, COMPANIES_OF_ELSE, COMPANIES_OF_PEOPLE, COMPANY_ENDS, COMPANY_NAMES, COMPANY_WORDS,
    ENDS_OF_IDS_OF_COMPANIES, NAMES_OF_ANYBODY, NO_COMPANIES, OF_PEOPLE, OF_WORKING_PEOPLE, OWN_COMPANIES,
    PARTY_CONTACTS, PARTY_SIGNER, SIGN_FOR_SOMEBODY, WHERE_PEOPLE_WORK,
};

/// A column of such ids.
struct Ids {
    column: usize,
    /// Of a signer whom the header numbers.
    index: Option<usize>,
    /// 供应商 of 供应商OpenId; empty for 企业OpenId.
    word: String,
}

/// Takes each of them, with the column of the company that it is of. And asks where no company is named.
pub(super) fn take(mapping: &mut Mapping, below: &[&Row]) {
    let all: Vec<Ids> = (0..mapping.targets.len()).filter_map(|column| ids(mapping, below, column)).collect();
    let is_bare = |own: &&Ids| own.index.is_none();
    let several = all.iter().filter(is_bare).count() > 1;
    for own in all {
        // Of two companies the one whose own name the signer has.
        let is_meant = !several || own.index.is_some() || signs_for_that(mapping, &own);
        if is_meant {
            take_one(mapping, below, &own);
        }
    }
}

/// `supplieropenid`: letters and digits alone.
fn bare(plain: &str) -> String {
    plain.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn ids(mapping: &Mapping, below: &[&Row], column: usize) -> Option<Ids> {
    let plain = bare(&mapping.plain(column));
    let is_id = |cell: &Cell| {
        let seen = cell.seen_ref();
        seen.trim().is_ascii() && !seen.trim().contains(' ')
    };
    if mapping.readings[column].said || !all_are(below, column, is_id) {
        return None;
    }
    let index = match &mapping.targets[column] {
        Target::Field { field, index } if field.id == FieldId::ApproverOrganizationOpenId => *index,
        // The sender's own has the same name on the wire.
        Target::Field { field, .. } if field.id == FieldId::OrganizationOpenId => {
            (plain == ENDS_OF_IDS_OF_COMPANIES[0] && !says_who_sends(mapping)).then_some(None)?
        }
        Target::Unknown => None,
        _ => return None,
    };
    let word = ENDS_OF_IDS_OF_COMPANIES.iter().find_map(|end| plain.strip_suffix(end))?;
    (plain != "openid").then(|| Ids { column, index, word: word.to_owned() })
}

/// app_id and operator_open_id stand beside: all three are of the sender.
fn says_who_sends(mapping: &Mapping) -> bool {
    mapping.targets.iter().any(|target| {
        matches!(target, Target::Field { field, .. }
            if field.level == Level::Request && matches!(field.id, FieldId::AppId | FieldId::OperatorOpenId))
    })
}

fn take_one(mapping: &mut Mapping, below: &[&Row], ids: &Ids) {
    let of = |mapping: &Mapping, id: FieldId| {
        mapping.targets.iter().position(
            |target| matches!(target, Target::Field { field, index } if field.id == id && *index == ids.index),
        )
    };
    let has_employers = (0..mapping.targets.len())
        .any(|at| mapping.targets[at] == Target::Unknown && is_of_people(&mapping.plain(at), ""));
    let company = of(mapping, FieldId::ApproverOrganizationName).or_else(|| company_of(mapping, below, ids));
    let name = of(mapping, FieldId::ApproverName);
    let is_typed = of(mapping, FieldId::ApproverType).is_some();
    let Some(company) = company else {
        // Nothing else says whose it is.
        let is_signers = matches!(&mapping.targets[ids.column], Target::Field { field, .. }
            if field.id == FieldId::ApproverOrganizationOpenId);
        match name.filter(|name| !mapping.readings[*name].said) {
            _ if is_typed => give(mapping, ids.column, FieldId::ApproverOrganizationOpenId, ids.index),
            Some(name) if is_signers => {
                let signs = !has_employers && signs_for_companies(mapping, name, ids.column);
                ask(mapping, ids, name, signs);
            }
            // 供应商OpenId | 签约人 | 签约人手机.
            Some(name)
                if !has_employers
                    && !ids.word.is_empty()
                    && signs_for_companies(mapping, name, ids.column) =>
            {
                give(mapping, ids.column, FieldId::ApproverOrganizationOpenId, ids.index);
                ask(mapping, ids, name, true);
            }
            _ => {}
        }
        return;
    };
    if name.is_some_and(|name| mapping.readings[name].said) {
        return;
    }
    if name.is_some() && ids.index.is_none() && add_to_agent(mapping, company, ids.column) {
        return;
    }
    let is_native = mapping.targets[ids.column] != Target::Unknown;
    if let Some(name) = name.filter(|_| ids.index.is_none() && !is_typed) {
        let acts = signs_for_companies(mapping, name, company);
        if !acts || is_one_for_all(below, ids.column) {
            // 学校OpenId beside 学生姓名 is the school's, and says nothing of who signs.
            if is_native || acts {
                give(mapping, ids.column, FieldId::ApproverOrganizationOpenId, None);
                ask(mapping, ids, name, false);
            }
            return;
        }
    }
    if name.is_none() && ids.index.is_none() && !take_offered(mapping, company) {
        return;
    }
    if name.is_none() && ids.index.is_none() && add_to_agent(mapping, company, ids.column) {
        return;
    }
    take_types(mapping, below, ids.index);
    give(mapping, ids.column, FieldId::ApproverOrganizationOpenId, ids.index);
    give(mapping, company, FieldId::ApproverOrganizationName, ids.index);
    mapping.ids_of_companies.push(ids.column);
    let headers = [company, ids.column].map(|column| mapping.headers[column].clone());
    mapping.asked.retain(|(_, rule)| match rule {
        Rule::SignerUnclear { map, .. } => {
            !map.iter().all(|(own, _)| headers.iter().any(|one| **one == **own))
        }
        Rule::SignerMayBeCompany { company: Some((own, _)), .. } => !headers.iter().any(|one| **one == **own),
        _ => true,
    });
}

fn give(mapping: &mut Mapping, column: usize, id: FieldId, index: Option<usize>) {
    mapping.targets[column] = Target::Field { field: id.field(), index };
}

/// 上家经办人 of 上家OpenId.
fn signs_for_that(mapping: &Mapping, ids: &Ids) -> bool {
    let name = mapping.targets.iter().position(
        |target| matches!(target, Target::Field { field, index: None } if field.id == FieldId::ApproverName),
    );
    name.is_some_and(|name| !ids.word.is_empty() && bare(&mapping.plain(name)).starts_with(&ids.word))
}

/// 签约人, 经办人, 供应商联系人 beside 供应商; and 姓名 in a list that tells nothing of people who work or learn there.
fn signs_for_companies(mapping: &Mapping, name: usize, company: usize) -> bool {
    let (person, own) = (mapping.plain(name), mapping.plain(company));
    let bare = without_name_end(&person);
    let acts = SIGN_FOR_SOMEBODY.contains(&person.as_str())
        || [PARTY_SIGNER, PARTY_CONTACTS].iter().any(|words| words.iter().any(|end| bare.ends_with(end)));
    let shared = person.chars().zip(own.chars()).take_while(|(one, other)| one == other).count();
    let works =
        || mapping.headers.iter().any(|header| OF_WORKING_PEOPLE.iter().any(|word| header.contains(word)));
    acts || shared > 1 || (NAMES_OF_ANYBODY.contains(&person.as_str()) && !works())
}

/// 用人单位, 工作单位, 推荐公司: where people work, or who sent them, with an OpenId or without.
fn is_of_people(plain: &str, word: &str) -> bool {
    if OF_PEOPLE.iter().any(|own| plain.contains(own)) {
        return true;
    }
    // 学校OpenId says of 学校 that it signs.
    let lists = [OWN_COMPANIES, WHERE_PEOPLE_WORK, COMPANIES_OF_PEOPLE];
    word.is_empty()
        && (lists.iter().any(|words| words.contains(&plain))
            || NO_COMPANIES.iter().chain(COMPANIES_OF_ELSE).any(|own| plain.contains(own)))
}

/// One and the same company in each of several rows may be the sender's own.
fn is_one_for_all(below: &[&Row], column: usize) -> bool {
    let seen = below.iter().map(|row| row.cell(column).seen().trim().to_owned());
    let seen: Vec<String> = seen.filter(|text| !text.is_empty()).collect();
    seen.len() > 1 && seen.iter().all(|text| *text == seen[0])
}

/// 供应商名称 of 供应商OpenId, 租户（公司） of 企业OpenId.
fn company_of(mapping: &Mapping, below: &[&Row], ids: &Ids) -> Option<usize> {
    let is_company = |cell: &Cell| {
        let seen = cell.seen_ref();
        COMPANY_ENDS.iter().any(|end| seen.trim().ends_with(end)) || ends_like_a_company(&seen)
    };
    let is_free = |column: &usize| {
        let is_free = match &mapping.targets[*column] {
            Target::Unknown => true,
            // 客户 beside 客户OpenId is no person.
            Target::Field { field, index } => field.id == FieldId::ApproverName && *index == ids.index,
            _ => false,
        };
        is_free
            && !mapping.readings[*column].said
            && !mapping.names_own.contains(column)
            && (ids.index.is_some() || !is_of_people(&mapping.plain(*column), &ids.word))
            && all_are(below, *column, is_company)
    };
    let is_its = |column: &usize| {
        let plain = bare(&mapping.plain(*column));
        let ends =
            || COMPANY_NAMES.iter().chain(COMPANY_WORDS).any(|end| plain == format!("{}{end}", ids.word));
        plain == ids.word || ends() || plain.ends_with(&ids.word) || plain == format!("{}name", ids.word)
    };
    let mut free = (0..mapping.targets.len()).filter(is_free);
    match ids.word.as_str() {
        "" => free.next().filter(|_| free.next().is_none()),
        _ => free.find(is_its),
    }
}

/// `机构 | 机构OpenId | 机构经办人 | 机构经办人手机 | 主播 | 主播手机`: whoever is asked about right behind the company
/// signs for it, beside the other. Whether somebody is asked about at all.
fn add_to_agent(mapping: &mut Mapping, company: usize, ids: usize) -> bool {
    let headers = &mapping.headers;
    let column_of = |header: &String| headers.iter().position(|own| **own == **header);
    let is_of_both = |map: &[(String, String)]| {
        let own = [company, ids].map(|at| &*headers[at]);
        map.iter().all(|(header, _)| own.contains(&header.as_str()))
    };
    let mut is_somebody_asked = false;
    let targets = &mapping.targets;
    let is_signers = |at: usize| matches!(&targets[at], Target::Field { field, index: None } if field.id == FieldId::ApproverName);
    for (_, rule) in &mut mapping.asked {
        let Rule::SignerUnclear { map, also, .. } = rule else { continue };
        if is_of_both(map) {
            continue;
        }
        is_somebody_asked = true;
        let first = map.first().and_then(|(header, _)| column_of(header));
        let is_behind = first.is_some_and(|first| first > company && !(company..first).any(is_signers));
        let prefix =
            also.last().and_then(|(_, gives)| gives.split_once('.')).map(|(prefix, _)| prefix.to_owned());
        if let Some(prefix) = prefix.filter(|_| is_behind) {
            let own = [(company, "organization_name"), (ids, "organization_open_id")];
            *map = std::mem::take(also);
            map.extend(own.map(|(at, field)| (headers[at].to_string(), format!("{prefix}.{field}"))));
        }
    }
    if is_somebody_asked {
        // It is nobody's until that is answered.
        let own = [company, ids];
        for at in own {
            mapping.targets[at] = Target::Unknown;
        }
    }
    is_somebody_asked
}

/// 类型 with 企业 in each row says it, too.
fn take_types(mapping: &mut Mapping, below: &[&Row], index: Option<usize>) {
    let kind = FieldId::ApproverType.field().kind;
    let is_one = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && COLUMNS_OF_TYPES.contains(&mapping.plain(*column).as_str())
            && all_are(below, *column, |cell| values::reads(kind, cell))
    };
    if let Some(column) = (0..mapping.targets.len()).find(is_one) {
        give(mapping, column, FieldId::ApproverType, index);
    }
}

/// The one who is offered as the only signer is one.
fn take_offered(mapping: &mut Mapping, company: usize) -> bool {
    let offered = mapping.asked.iter().position(|(_, rule)| {
        matches!(rule, Rule::SignerUnclear { map, alone: true, .. } if map.iter().any(|(_, gives)| gives == FieldId::ApproverName.name()))
    });
    let Some(at) = offered else { return false };
    let Rule::SignerUnclear { map, .. } = &mapping.asked[at].1 else { return false };
    let given = map.iter().filter(|(_, gives)| gives != IGNORE);
    let given: Vec<(usize, FieldId)> = given
        .filter_map(|(header, gives)| {
            let column = mapping.headers.iter().position(|own| **own == **header)?;
            Some((column, by_name(gives)?.id))
        })
        .filter(|(column, _)| *column != company)
        .collect();
    mapping.asked.remove(at);
    for (column, id) in given {
        give(mapping, column, id, None);
    }
    true
}

/// `企业OpenId | 姓名 | 手机号`: the company that is to sign, or whose list it is?
fn ask(mapping: &mut Mapping, ids: &Ids, name: usize, signs: bool) {
    let gives = |id: FieldId| match ids.index {
        Some(index) => id.name().replacen("approver.", &format!("approver{}.", index + 1), 1),
        None => id.name().to_owned(),
    };
    let header = |at: usize| mapping.header(at);
    let company = Some((header(ids.column), gives(FieldId::ApproverOrganizationOpenId)));
    let map = vec![(header(name), gives(FieldId::ApproverName))];
    mapping.asked.push((name, Rule::SignerMayBeCompany { who: header(name), company, signs, map }));
}
