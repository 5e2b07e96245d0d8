//! 甲方, 乙方: columns that are those of a party.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::super::columns::{Reading, Target, Whose, is_company, is_counterparty, party_of, plain_header};
use super::super::names::{is_of_company, represented};
use super::super::vocabulary::{
    BEFORE_CONTACTS, COLUMNS_OF_PARTIES, COMPANY_NAMES, COMPANY_WORDS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES,
    ENDS_OF_NAMES, LEGAL_PERSON, NAMES_OF_PARTIES, OFFICES_OF_COMPANIES, PARTIES, PARTY_CONTACTS,
    PARTY_SIGNER, PLACES_OF_WORK, ROLES_OF_COMPANIES,
};
use super::Asked;
use super::groups::Group;

/// Which party's a column is, as its header says it, or another one of the same word, where that is
/// what it gives.
fn party_of_column(at: usize, headers: &[Arc<str>], readings: &[Reading], target: &Target) -> Option<usize> {
    let Target::Field { field, index: Some(index) } = target else { return None };
    let plain = headers.get(at).map(|header| plain_header(header))?;
    let of_header = PARTIES.iter().any(|(word, own)| own == index && plain.starts_with(word));
    // `--map 乙方配偶姓名=approver2.name` is somebody else.
    let is_said = readings.get(at).is_some_and(|reading| reading.said);
    let is_anothers = || {
        let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
        let bare = ends.iter().filter_map(|end| plain.strip_suffix(end)).min_by_key(|rest| rest.len());
        is_said && bare.is_some_and(|bare| party_of(bare).is_none())
    };
    let is_its = (of_header && !is_anothers()) || readings.get(at).is_some_and(|reading| reading.of_party);
    (is_its && field.level == Level::Approver).then_some(*index)
}

/// Parties sign from the first that the header has: a sheet of 乙方 and 丙方 has two signers, and 甲方 is
/// the sender. A gap between them is told elsewhere. Returns the parties; None: the header numbers other
/// signers as well, or somebody has said who is which.
pub fn close_gaps(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Option<BTreeSet<usize>> {
    let (mut parties, mut said) = (BTreeSet::new(), BTreeSet::new());
    for (at, target) in targets.iter().enumerate() {
        let Target::Field { field, index: Some(index) } = target else { continue };
        if field.level != Level::Approver {
            continue;
        }
        let plain = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        match party_of_column(at, headers, readings, target) {
            Some(party) => drop(parties.insert(party)),
            // `--map 乙方=approver1.organization_name`: somebody has said which signer's it is.
            None if PARTIES.iter().any(|(word, _)| plain.starts_with(word)) => {}
            None if readings.get(at).is_some_and(|reading| reading.said) => drop(said.insert(*index)),
            None => return None,
        }
    }
    if said.iter().any(|index| *index < parties.len()) {
        return None;
    }
    let Some(first) = parties.first().copied() else { return Some(parties) };
    let is_said = |at: usize| readings.get(at).is_some_and(|reading| reading.said);
    // Where all of a party's columns are said to be a signer's, they stay his.
    let parties_said = |party: usize| {
        let mut own = (0..targets.len())
            .filter(|at| party_of_column(*at, headers, readings, &targets[*at]) == Some(party));
        own.all(is_said)
    };
    let stays: Vec<usize> = parties.iter().copied().filter(|party| parties_said(*party)).collect();
    for (at, target) in targets.iter_mut().enumerate() {
        let own = party_of_column(at, headers, readings, target).filter(|party| !stays.contains(party));
        if let (Target::Field { index, .. }, Some(party)) = (target, own) {
            *index = Some(party - first);
        }
    }
    Some(parties)
}

/// `乙方姓名 | 联系电话`: where a header names one party only, the list is one of that
/// party's people, and what says nothing else is theirs. 员工姓名 says something else, and 甲方公司名称
/// alone is no person's: whoever stands beside it is not of that company, most likely.
pub(super) fn settle_party(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) {
    let Some(parties) = close_gaps(headers, readings, targets) else { return };
    if parties.len() != 1 {
        return;
    }
    let is_sender = parties.contains(&0);
    let has = |targets: &[Target], name: &str, at: Option<usize>| {
        targets.iter().any(
            |target| matches!(target, Target::Field { field, index } if field.name == name && *index == at),
        )
    };
    // 公司名称 | 公司经办人 | 乙方姓名: the company has people of its own.
    let has_people = |at: usize| {
        let plain = plain_header(&headers[at]);
        let word =
            COMPANY_NAMES.iter().find_map(|end| plain.strip_suffix(end)).filter(|word| !word.is_empty());
        let word = word.unwrap_or(&plain).to_owned();
        let is_its = |other: &Arc<str>| {
            let other = plain_header(other);
            other.strip_prefix(&word).is_some_and(|rest| !rest.is_empty() && signs_for_it(rest))
        };
        headers.iter().any(is_its)
    };
    let own_company = |at: &usize| {
        let is_company = matches!(&targets[*at], Target::Field { field, index: None } if field.name == "approver.organization_name");
        is_company && !readings[*at].said && has_people(*at)
    };
    if let Some(at) = (0..targets.len()).find(own_company) {
        targets[at] = Target::Unknown;
    }
    let is_plain = |target: &Target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver);
    let plain: Vec<usize> = (0..targets.len()).filter(|at| is_plain(&targets[*at])).collect();
    let is_free = |at: &usize| match &targets[*at] {
        Target::Field { field, .. } => !has(targets, field.name, Some(0)),
        _ => false,
    };
    let is_another = |at: &usize| matches!(&readings[*at].whose, Whose::Signer(word) if !word.is_empty());
    let is_whole =
        |of: Option<usize>| has(targets, "approver.name", of) && has(targets, "approver.mobile", of);
    let is_nobody = !has(targets, "approver.name", Some(0)) && !has(targets, "approver.mobile", Some(0));
    let has_type = has(targets, "approver.type", None) || has(targets, "approver.type", Some(0));
    let is_beside = is_sender && is_nobody && is_whole(None) && !has_type;
    if is_beside || !plain.iter().all(is_free) || plain.iter().any(is_another) {
        return;
    }
    for target in targets.iter_mut().filter(|target| is_plain(target)) {
        if let Target::Field { index, .. } = target {
            *index = Some(0);
        }
    }
}

/// `姓名 | 甲方电话`: the number may be the sending company's own, and the name that of somebody of the other side.
pub(super) fn number_of_sender(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Option<Asked> {
    let of = |name: &'static str, own: Option<usize>| move |target: &Target| matches!(target, Target::Field { field, index } if field.name == name && *index == own);
    let mobile = targets.iter().position(of("approver.mobile", Some(0)))?;
    let name = targets.iter().position(of("approver.name", None))?;
    let is_numbered = |target: &Target| matches!(target, Target::Field { index: Some(_), field } if field.level == Level::Approver);
    let is_only = targets.iter().filter(|target| is_numbered(target)).count() == 1;
    let is_senders =
        PARTIES.iter().any(|(word, party)| *party == 0 && plain_header(&headers[mobile]).starts_with(word));
    let has_mobile = targets.iter().any(of("approver.mobile", None));
    let is_said = readings[mobile].said || readings[name].said || readings[name].whose != Whose::Unsaid;
    if !is_only || !is_senders || has_mobile || is_said {
        return None;
    }
    targets[mobile] = Target::Unknown;
    let map = [(name, "approver.name"), (mobile, "approver.mobile")]
        .map(|(at, gives)| (headers[at].to_string(), gives.to_owned()));
    let who = headers[mobile].to_string();
    Some((mobile, Rule::SignerUnclear { who, map: map.into(), alone: true, also: Vec::new(), open: false }))
}

/// `乙方名称 | 经办人姓名 | 经办人手机号`: the only party of a list is a company, and whoever is there for it
/// signs, most likely.
pub(super) fn agent_of_only_party(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
    groups: &mut Vec<Group>,
) -> Option<(Vec<usize>, Asked)> {
    let of_party = |target: &Target| match target {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => {
            Some((field.name, *index))
        }
        _ => None,
    };
    let fields: Vec<(&str, usize)> = targets.iter().filter_map(of_party).collect();
    let has = |name: &str| fields.iter().any(|(field, _)| *field == name);
    let is_only = fields.iter().all(|(_, index)| *index == 0);
    if !is_only || !has("approver.organization_name") || has("approver.name") {
        return None;
    }
    let header = |at: usize| headers[at].to_string();
    // All that is the party's: what somebody says of one column leaves the others where they are.
    let own: Vec<(usize, &str)> =
        (0..targets.len()).filter_map(|at| of_party(&targets[at]).map(|(field, _)| (at, field))).collect();
    let gives = |name: &str| format!("approver1.{}", name.trim_start_matches("approver."));
    let people: Vec<usize> =
        (0..groups.len()).filter(|at| groups[*at].is_unclear && groups[*at].is_whole()).collect();
    if let [one] = people.as_slice()
        && signs_for_it(&plain_header(&groups[*one].word))
        && groups[*one].columns.iter().all(|(_, field)| !has(field.name))
    {
        let group = groups.remove(*one);
        let columns: Vec<usize> = group.columns.iter().map(|(at, _)| *at).collect();
        let his = group.columns.iter().map(|(at, field)| (header(*at), gives(field.name)));
        let map = own.iter().map(|(at, field)| (header(*at), gives(field))).chain(his).collect();
        columns.iter().for_each(|at| targets[*at] = Target::Unknown);
        let first = columns.first().copied()?;
        return Some((
            columns,
            (first, Rule::SignerUnclear { who: group.word, map, alone: true, also: Vec::new(), open: false }),
        ));
    }
    // `乙方名称 | 联系人 | 联系电话`: the bare mobile is the party's already.
    let mobile = targets.iter().position(|target| of_party(target) == Some(("approver.mobile", 0)))?;
    let before = mobile.checked_sub(1)?;
    let plain = plain_header(&headers[before]);
    let is_agent =
        matches!(&targets[before], Target::Field { field, .. } if field.name == "operator_open_id");
    let is_free = targets[before] == Target::Unknown || is_agent;
    if !is_free || readings[before].said || !signs_for_it(&plain) {
        return None;
    }
    let map = own
        .iter()
        .map(|(at, field)| (header(*at), gives(field)))
        .chain([(header(before), gives("approver.name"))])
        .collect();
    targets[before] = Target::Unknown;
    Some((
        vec![before],
        (before, Rule::SignerUnclear { who: plain, map, alone: true, also: Vec::new(), open: false }),
    ))
}

/// What a party has that is said of it and sends it nothing.
const SAID_OF_A_PARTY: [&str; 5] = [
    "approver.organization_name", "approver.email", "approver.id_card_number", "approver.id_card_type",
    "approver.role_name",
];

/// `甲方公司名称 | 员工姓名 | 员工手机号`: a party to which nothing can be sent, beside others to whom it can.
/// Its columns are nobody's until somebody says whose they are; returned with the question.
/// `people`: the header has signers whom it does not number.
pub(super) fn parties_that_cannot_sign(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
    people: bool,
) -> Vec<(Vec<usize>, Asked)> {
    let numbered = |at: usize| match &targets[at] {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => {
            Some((field.name, *index))
        }
        _ => None,
    };
    let mut parties: BTreeMap<usize, Vec<(usize, &str)>> = BTreeMap::new();
    for at in 0..targets.len() {
        if let Some((field, index)) = numbered(at) {
            parties.entry(index).or_default().push((at, field));
        }
    }
    let is_weak = |columns: &[(usize, &str)]| {
        let has = |name: &str| columns.iter().any(|(_, field)| *field == name);
        let is_half = people && has("approver.name") != has("approver.mobile");
        columns.iter().all(|(at, field)| {
            let of_half = is_half && matches!(*field, "approver.name" | "approver.mobile");
            let is_partys = PARTIES.iter().any(|(word, _)| plain_header(&headers[*at]).starts_with(word));
            is_partys && !readings[*at].said && (of_half || SAID_OF_A_PARTY.contains(field))
        })
    };
    let weak: Vec<Vec<usize>> = parties
        .values()
        .filter(|columns| is_weak(columns))
        .map(|columns| columns.iter().map(|(at, _)| *at).collect())
        .collect();
    let signs = parties.len() > weak.len();
    // Beside people the header numbers somebody else who signs: these are more of his.
    if signs == people {
        return Vec::new();
    }
    let mut asked = Vec::new();
    for columns in weak {
        let Some(first) = columns.first().copied() else { continue };
        let plain = plain_header(&headers[first]);
        let word = PARTIES.iter().find(|(word, _)| plain.starts_with(word)).map(|(word, _)| *word);
        let who = word.unwrap_or(&plain).to_owned();
        let map = columns.iter().map(|at| (headers[*at].to_string(), IGNORE.to_owned())).collect();
        columns.iter().for_each(|at| targets[*at] = Target::Unknown);
        asked.push((
            columns,
            (first, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false }),
        ));
    }
    asked
}

/// `企业名称 | 联系人 | 联系人电话 | 员工姓名 | 员工手机号`: a company with whoever is there for it stands before
/// the signer, and is not the signer's own, most likely. Its columns are nobody's until somebody says
/// whose they are.
pub(super) fn company_with_contact(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Option<(Vec<usize>, Asked)> {
    let gives = |target: &Target, name: &str| matches!(target, Target::Field { field, index: None } if field.name == name);
    let is_called_so = |at: &usize| {
        targets[*at] == Target::Unknown
            && !readings[*at].said
            && ENGLISH_COMPANIES.contains(&plain_header(&headers[*at]).as_str())
    };
    let company = targets.iter().position(|target| gives(target, "approver.organization_name"));
    let company = company.or_else(|| (0..targets.len()).find(is_called_so))?;
    let name = targets.iter().position(|target| gives(target, "approver.name"))?;
    let begins = |at: usize, words: &[&str]| {
        let plain = plain_header(&headers[at]);
        let bare = BEFORE_CONTACTS.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
        words.iter().any(|word| bare.starts_with(word))
    };
    // Behind the signer a 联系人 is one to be called.
    let contact: Vec<usize> = match name > company {
        true => (company + 1..name)
            .filter(|at| begins(*at, PARTY_SIGNER) || begins(*at, PARTY_CONTACTS))
            .collect(),
        false => (company + 1..targets.len()).filter(|at| begins(*at, PARTY_SIGNER)).collect(),
    };
    let is_named = contact.iter().any(|at| !gives(&targets[*at], "approver.mobile"));
    // 企业名称 | 法定代表人 | 姓名 | 手机号: of him only the name is noted.
    let is_reached = match name > company {
        true => (company + 1..name).any(|at| is_mobile(&plain_header(&headers[at]))),
        false => contact.iter().any(|at| is_mobile(&plain_header(&headers[*at]))),
    };
    let is_typed = targets.iter().any(|target| gives(target, "approver.type"));
    if !is_reached || is_typed {
        return None;
    }
    // 企业名称 | 法定代表人 | 签署人姓名: he signs for it.
    let is_its = begins(name, PARTY_SIGNER);
    if is_its || readings[company].said || contact.iter().any(|at| readings[*at].said) || !is_named {
        return None;
    }
    // 企业经办人 | 手机: right behind him, his.
    let behind = contact.last().map(|at| at + 1).filter(|at| {
        let is_his = *at < name && is_mobile(&plain_header(&headers[*at])) && !readings[*at].said;
        is_his && (targets[*at] == Target::Unknown || gives(&targets[*at], "approver.mobile"))
    });
    behind.into_iter().for_each(|at| targets[at] = Target::Unknown);
    let columns: Vec<usize> = [company].into_iter().chain(contact.iter().copied()).chain(behind).collect();
    let map = columns.iter().map(|at| (headers[*at].to_string(), IGNORE.to_owned())).collect();
    targets[company] = Target::Unknown;
    let who = headers[company].to_string();
    Some((columns, (company, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false })))
}

/// What the column of a company's name is called in English.
const ENGLISH_COMPANIES: [&str; 3] = ["companyname", "company", "organizationname"];

fn is_mobile(plain: &str) -> bool {
    ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end))
}

/// Whoever signs for somebody else: 经办人, 联系人姓名, 供应商联系人.
fn signs_for_it(plain: &str) -> bool {
    let bare = plain.strip_suffix("姓名").unwrap_or(plain);
    let words = || [PARTY_SIGNER, PARTY_CONTACTS, OFFICES_OF_COMPANIES].into_iter().flatten();
    words().any(|word| {
        let of_whom = bare.strip_suffix(word).or_else(|| plain.strip_suffix(word));
        of_whom.is_some_and(|company| company.is_empty() || is_of_company(company))
    })
}

/// 采购方 or 采购方名称 beside 采购方经办人: the column of the company for which one of several signs.
pub(super) fn company_of_group(
    group: &Group,
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Option<usize> {
    let plain = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    let word = plain_header(&group.word);
    let name = group.columns.iter().find(|(_, field)| field.name == "approver.name")?.0;
    let called = plain(name);
    let is_free = |at: usize| targets[at] == Target::Unknown && !readings[at].said && at != name;
    // Whoever bears the word himself is the signer.
    let whose = represented(&called).or_else(|| (called.len() > word.len()).then_some(word.as_str()));
    let is_its = |at: &usize| {
        let header = plain(*at);
        whose.zip(whose.and_then(|whose| header.strip_prefix(whose))).is_some_and(|(whose, end)| match end {
            // 员工 beside 员工联系人 is no company; 披露方 beside 披露方代表 may be one.
            "" => is_company(whose) || is_counterparty(whose) || whose.ends_with('方'),
            end => COMPANY_NAMES.contains(&end),
        })
    };
    // 承租公司 | 公司代表: the nearest one before him.
    let is_before = |at: &usize| whose.is_some_and(|whose| is_company(whose) && plain(*at).ends_with(whose));
    // 借款单位 | 法定代表人 | 法定代表人手机.
    let first = group.columns.iter().map(|(at, _)| *at).min().unwrap_or(name);
    let signs_for_one = [PARTY_SIGNER, PARTY_CONTACTS, OFFICES_OF_COMPANIES, LEGAL_PERSON]
        .iter()
        .any(|words| words.iter().any(|end| called.ends_with(end) || word.ends_with(end)));
    let right_before = || first.checked_sub(1).filter(|at| is_free(*at) && is_partys_company(&plain(*at)));
    (0..headers.len())
        .find(|at| is_free(*at) && is_its(at))
        .or_else(|| (0..name).rev().find(|at| is_free(*at) && is_before(at)))
        .or_else(|| right_before().filter(|_| signs_for_one))
}

/// 借款企业, 投保单位, 承包人（单位）: a company that is a party, whoever is there for it.
pub(super) fn is_partys_company(plain: &str) -> bool {
    let bare = ["名称", "全称"].iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain);
    let bare = bare.trim_end_matches(')').replace('(', "");
    COMPANY_WORDS.iter().any(|end| {
        let role = bare.strip_suffix(end).map(|role| role.trim_end_matches(['人', '方']));
        role.is_some_and(|role| ROLES_OF_COMPANIES.contains(&role))
    })
}

/// The column of the company for which the only candidate signs.
pub(super) fn company_of_candidate(
    who: &str,
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Option<usize> {
    let has_company = targets.iter().any(
        |target| matches!(target, Target::Field { field, .. } if field.name == "approver.organization_name"),
    );
    let mut companies = (0..headers.len()).filter(|at| {
        let plain = plain_header(&headers[*at]);
        // 杭州中支 under 机构 is where he works.
        targets[*at] == Target::Unknown
            && !readings[*at].said
            && is_company(&plain)
            && !PLACES_OF_WORK.contains(&plain.as_str())
    });
    let (first, second) = (companies.next(), companies.next());
    // 供应商 | 供应商联系人 | 采购员: whoever is there for it is somebody else.
    let has_own = |at: usize| {
        let company = plain_header(&headers[at]);
        let bare = COMPANY_NAMES.iter().find_map(|end| company.strip_suffix(end)).unwrap_or(&company);
        headers
            .iter()
            .map(|header| plain_header(header))
            .any(|plain| plain != who && plain.starts_with(bare) && plain != company && signs_for_it(&plain))
    };
    let first = first.filter(|at| who.starts_with(&plain_header(&headers[*at])) || !has_own(*at));
    first.filter(|_| second.is_none() && !has_company && signs_for_it(who))
}

/// `甲方 | 甲方经办人 | 甲方经办人手机`: the party is most likely the company for which that person
/// signs.
pub(super) fn company_of_party(
    column: usize,
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Option<Rule> {
    let header = headers.get(column)?;
    let party = plain_header(header);
    if !matches!(targets.get(column), Some(Target::Unknown)) {
        return None;
    }
    // `供应商（乙方）` is called `乙方供应商` here.
    let number = if let Some((name, _)) = PARTIES.iter().find(|(name, _)| {
        let rest = party.strip_prefix(name).map(|rest| rest.trim_matches(['(', ')']));
        rest.is_some_and(|rest| rest.is_empty() || is_company(rest))
    }) {
        let of_party = |own: &str| plain_header(own).strip_prefix(name).is_some_and(signs_for_it);
        headers.iter().zip(targets).find_map(|(own, target)| match target {
            Target::Field { field, index } if field.name == "approver.name" && of_party(own) => Some(*index),
            _ => None,
        })?
    } else if is_company(&party) || NAMES_OF_PARTIES.contains(&party.as_str()) {
        // The only signer of the list is said to sign for somebody.
        let names: Vec<usize> = (0..targets.len())
            .filter(
                |at| matches!(&targets[*at], Target::Field { field, .. } if field.name == "approver.name"),
            )
            .collect();
        let [name] = names.as_slice() else { return None };
        let Target::Field { index, .. } = &targets[*name] else { return None };
        let is_said = readings.get(*name).is_some_and(|reading| reading.said);
        // 签署方类型 beside 客户名称: companies sign, and this one is whose.
        let is_typed = targets.iter().any(|target| {
            matches!(target, Target::Field { field, index: own } if field.name == "approver.type" && own == index)
        });
        // 签约方 | 单位名称 | 姓名: one of them is a company.
        let has_parties = headers.iter().any(|own| COLUMNS_OF_PARTIES.contains(&plain_header(own).as_str()));
        let is_typed = is_typed || (has_parties && is_company(&party));
        // 签署方名称 is a person's in a list of persons.
        let is_his = is_company(&party) && signs_for_it(&plain_header(headers.get(*name)?));
        (!is_said && (is_typed || is_his)).then_some(*index)?
    } else {
        return None;
    };
    let has_company = targets.iter().any(|target| {
        matches!(target, Target::Field { field, index }
            if *index == number && field.name == "approver.organization_name")
    });
    let signer = number.map(|number| (number + 1).to_string()).unwrap_or_default();
    let map = vec![(header.to_string(), format!("approver{signer}.organization_name"))];
    (!has_company).then(|| Rule::SignerUnclear {
        who: header.to_string(),
        map,
        alone: true,
        also: Vec::new(),
        open: false,
    })
}
