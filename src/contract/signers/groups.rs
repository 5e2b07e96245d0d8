//! Columns of one person, put together.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::field::{Field, Level, by_name};
use crate::domain::problem::Rule;

use super::super::columns::{self, Reading, Target, Whose, party_of, plain_header, without_name_end};
use super::super::names::{is_of_company, is_staff, may_be_the_signer};
use super::super::vocabulary::{
    APPROVER_WORDS, BOSSES, CHINESE_NUMBERS, COMPANY_CONTACTS, COMPANY_NAMES, COMPANY_PARTIES, CONTACT,
    CUSTOMER, DO_NOT_SIGN_ALONE, ENDS_OF_MOBILES, GROUPS_OF_PEOPLE, GUARDIANS, INFANTS, LEGAL_PERSON,
    OF_A_PERSON, OWNERS_OF_THINGS, PARTIES, PARTY_CONTACTS, PARTY_SIGNER, PERSONAL, SIGNER_WORDS,
    TAKE_OR_SEND_GOODS, TO_SIGN_WITH, TRADERS, WARDS, WEAK_SIGNERS, WHERE_PEOPLE_WORK,
};
use super::choice::is_counterparty;
use super::{Asked, signs_not};

const ID_NUMBER: &str = "approver.id_card_number";

/// Columns of one person.
pub(super) struct Group {
    /// Empty: the header names nobody.
    pub(super) word: String,
    pub(super) is_unclear: bool,
    pub(super) columns: Vec<(usize, &'static Field)>,
}

impl Group {
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|(_, field)| field.name == name)
    }

    /// Somebody to whom a contract can be sent.
    pub(super) fn is_whole(&self) -> bool {
        self.has("approver.name") && (self.has("approver.mobile") || self.has("approver.open_id"))
    }

    pub(super) fn is_nobody(&self) -> bool {
        !self.has("approver.name") && !self.has("approver.mobile") && !self.has("approver.id_card_number")
    }
}

pub(super) fn groups(readings: &[Reading], targets: &[Target]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // A sheet may have thousands of them.
    let mut places: HashMap<(String, bool), usize> = HashMap::new();
    for (column, reading) in readings.iter().enumerate() {
        // A party has taken it.
        let is_taken = targets.get(column) == Some(&Target::Unknown) && reading.target != Target::Unknown;
        if is_taken || matches!(targets.get(column), Some(Target::Field { index: Some(_), .. })) {
            continue;
        }
        let (word, is_unclear, field) = match (&reading.whose, reading.plain_signer(), reading.could_be) {
            (Whose::Signer(word), Some(field), _) => (word.clone(), false, field),
            (Whose::Unsaid, Some(field), _) => (String::new(), false, field),
            (Whose::Unclear(word), _, Some(field)) => (word.clone(), true, field),
            _ => continue,
        };
        // 法人代表 | 法人身份证号: one person.
        let word = match LEGAL_PERSON.contains(&word.as_str()) {
            true => LEGAL_PERSON.first().map_or(word, |own| (*own).to_owned()),
            false => word,
        };
        let place = *places.entry((word.clone(), is_unclear)).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.columns.push((column, field)),
            None => groups.push(Group { word, is_unclear, columns: vec![(column, field)] }),
        }
    }
    groups
}

/// `员工姓名` beside a bare `身份证号`: one person. A bare `联系电话` beside `员工手机` may be
/// anybody's.
pub(super) fn join_with_plain(
    headers: &[Arc<str>],
    groups: &mut Vec<Group>,
    targets: &mut [Target],
    asked: &mut Vec<Asked>,
) {
    let Some(plain) = groups.iter().position(|group| group.word.is_empty() && !group.is_unclear) else {
        return;
    };
    let named: Vec<usize> =
        (0..groups.len()).filter(|at| !groups[*at].word.is_empty() && !groups[*at].is_unclear).collect();
    let [named] = named.as_slice() else { return };
    if groups[plain].is_whole() && groups[*named].is_whole() {
        return;
    }
    // 姓名 | 手机号 | 户主身份证号: the house may be somebody else's.
    let is_owner = OWNERS_OF_THINGS.contains(&groups[*named].word.as_str());
    if is_owner && groups[plain].has("approver.name") && !groups[*named].has("approver.name") {
        let owner = groups.remove(*named);
        owner.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
        asked.push(signs_not(headers, &owner));
        return;
    }
    if groups[plain].is_whole() {
        beside_a_pair(headers, groups, (plain, *named), targets, asked);
        return;
    }
    // 姓名 | 身份证号 | 部门 | 顾问电话: the adviser may be somebody else.
    let word = groups[*named].word.as_str();
    if is_of_another(word) && groups[plain].has("approver.name") && !groups[*named].has("approver.name") {
        let header = |at: usize| headers.get(at).map(ToString::to_string).unwrap_or_default();
        let both = groups[plain].columns.iter().chain(&groups[*named].columns);
        let map = both.map(|(at, field)| (header(*at), field.name.to_owned())).collect();
        let first = groups[*named].columns.first().map_or(0, |(at, _)| *at);
        let rule =
            Rule::SignerUnclear { who: word.to_owned(), map, alone: true, also: Vec::new(), open: false };
        asked.push((first, rule));
        let elses = groups.remove(*named);
        elses.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    for (column, field) in bare {
        let first = groups[*named].columns.iter().find(|(_, own)| *own == field).map(|(first, _)| *first);
        match first {
            None => groups[*named].columns.push((column, field)),
            Some(first) => {
                targets[column] = Target::Unknown;
                asked.push((
                    column,
                    Rule::ColumnBeside {
                        field: field.name.to_owned(),
                        first,
                        name: String::new(),
                        open: false,
                    },
                ));
            }
        }
    }
    groups.remove(plain);
}

/// Whose number may well be that of somebody else than a bare 姓名.
fn is_of_another(word: &str) -> bool {
    word == CUSTOMER || WEAK_SIGNERS.contains(&word)
}

/// `姓名 | 手机号 | 顾问电话`, `签署方姓名 | 签署方手机号 | 学生姓名`: a bare name with a bare mobile is the signer, and
/// what is called after somebody is of him as far as the pair lacks it.
fn beside_a_pair(
    headers: &[Arc<str>],
    groups: &mut Vec<Group>,
    (pair, named): (usize, usize),
    targets: &mut [Target],
    asked: &mut Vec<Asked>,
) {
    let is_another = groups[named].has("approver.name") || is_of_another(&groups[named].word);
    let (his, others): (Vec<_>, Vec<_>) = std::mem::take(&mut groups[named].columns)
        .into_iter()
        .partition(|(_, field)| !is_another && !groups[pair].has(field.name));
    groups[pair].columns.extend(his);
    others.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
    groups[named].columns = others;
    let is_ours = |(column, _): &(usize, &Field)| {
        let plain = headers.get(*column).map(|header| plain_header(header)).unwrap_or_default();
        APPROVER_WORDS.iter().any(|word| plain.starts_with(word))
    };
    // Whoever has called a pair so has said who signs.
    if !groups[named].columns.is_empty() && !groups[pair].columns.iter().take(2).all(is_ours) {
        asked.push(signs_not(headers, &groups[named]));
    }
    groups.remove(named);
}

/// 供应商联系人 of 供应商联系人电话: whoever is there for a company.
fn contact_of_company(plain: &str) -> Option<String> {
    let (company, contact) =
        COMPANY_CONTACTS.iter().find_map(|contact| Some((plain.split_once(contact)?.0, contact)))?;
    is_of_company(company).then(|| format!("{company}{contact}"))
}

/// `客户名称 | 联系人 | 联系电话`: where nobody else is named, whoever stands before the mobile may
/// be the one who signs.
pub(super) fn contact_who_signs(
    headers: &[Arc<str>],
    readings: &[Reading],
    groups: &mut Vec<Group>,
    targets: &mut [Target],
) {
    let has_name = groups.iter().any(|group| !group.is_unclear && group.has("approver.name"))
        || targets.iter().any(|target| {
            matches!(target, Target::Field { field, index: Some(_) } if field.name == "approver.name")
        });
    if has_name {
        return;
    }
    // 经办人 beside a company is no operator of ours.
    let is_free = |at: usize| {
        let is_operator =
            matches!(&targets[at], Target::Field { field, .. } if field.name == "operator_open_id");
        (targets[at] == Target::Unknown || is_operator) && !readings[at].said
    };
    // `经办人 | 经办人手机`.
    let lacks_name = |group: &&mut Group| group.has("approver.mobile") && !group.has("approver.name");
    for group in groups.iter_mut().filter(|group| group.is_unclear).filter(lacks_name) {
        let is_his = |at: &usize| headers.get(*at).is_some_and(|header| plain_header(header) == group.word);
        let signs = PARTY_SIGNER.contains(&group.word.as_str());
        if let Some(own) = (0..targets.len()).filter(|_| signs).find(|at| is_his(at) && is_free(*at))
            && let Some(name) = by_name("approver.name")
        {
            group.columns.insert(0, (own, name));
            targets[own] = Target::Unknown;
            return;
        }
    }
    // `企业名称 | 法人姓名 | 联系人 | 联系人手机`, `供应商名称 | 供应商联系人 | 供应商联系人手机`: nobody else is reached.
    if !groups.iter().any(|group| group.has("approver.mobile") && !is_staff(&plain_header(&group.word))) {
        let called = |word: &str, ends: &[&str]| {
            let is_it = |at: &usize| {
                let plain = headers.get(*at).map(|header| plain_header(header)).unwrap_or_default();
                targets[*at] == Target::Unknown
                    && !readings[*at].said
                    && plain.strip_prefix(word).is_some_and(|end| ends.contains(&end))
            };
            (0..targets.len()).find(is_it)
        };
        let contacts = headers.iter().filter_map(|header| contact_of_company(&plain_header(header)));
        let mut words: Vec<String> = contacts.chain([CONTACT.to_owned()]).collect();
        // 客户名称 | 客户联系人 | 公司联系人: whose company has a column is the other side.
        words.sort_by_key(|word| {
            let company =
                COMPANY_CONTACTS.iter().find_map(|contact| word.strip_suffix(contact)).unwrap_or(word);
            let is_its = |header: &Arc<str>| {
                let plain = plain_header(header);
                plain.strip_prefix(company).is_some_and(|end| end.is_empty() || COMPANY_NAMES.contains(&end))
            };
            company.is_empty() || !headers.iter().any(is_its)
        });
        for word in words {
            let name = called(&word, &["", "姓名"]).zip(by_name("approver.name"));
            let mobile = called(&word, ENDS_OF_MOBILES).zip(by_name("approver.mobile"));
            if let (Some(name), Some(mobile)) = (name, mobile) {
                groups.push(Group { word, is_unclear: true, columns: vec![name, mobile] });
                return;
            }
        }
    }
    let is_bare = |group: &Group| group.word.is_empty() && !group.is_unclear;
    let Some(plain) = groups.iter().position(is_bare) else { return };
    let mobile = groups[plain].columns.iter().find(|(_, field)| field.name == "approver.mobile").copied();
    let Some((mobile, of_mobile)) = mobile.filter(|(at, _)| *at > 0) else { return };
    // `加盟商 | 身份证号 | 手机号`.
    let is_beside = |at: &usize| {
        let header = headers.get(*at).map(|header| plain_header(header)).unwrap_or_default();
        !groups[plain].columns.iter().any(|(own, _)| own == at) && !PERSONAL.contains(&header.as_str())
    };
    let Some(before) = (0..mobile).rev().find(is_beside) else { return };
    let who = headers.get(before).map(|header| plain_header(header)).unwrap_or_default();
    // `购车人 | 联系方式 | 业务员 | 业务员手机`.
    let is_trader = TRADERS.contains(&who.as_str());
    let is_person = (columns::is_somebody(&who) && !is_staff(&who)) || is_trader;
    let named = PARTY_CONTACTS.contains(&who.as_str())
        || PARTY_SIGNER.contains(&who.as_str())
        || contact_of_company(&who).is_some_and(|contact| contact == who)
        || is_person;
    let Some(name) = by_name("approver.name").filter(|_| named && is_free(before)) else { return };
    targets[before] = Target::Unknown;
    // What stands behind somebody else is not his.
    let is_somebodys = |at: usize| {
        let plain = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        let bare = without_name_end(&plain);
        columns::is_somebody(bare) || (bare.len() < plain.len() && !bare.is_empty())
    };
    let is_his = |at: usize| {
        (before < at && at <= mobile) || (is_person && at > before && !(before + 1..at).any(is_somebodys))
    };
    let mut columns = vec![(before, name), (mobile, of_mobile)];
    columns.extend(groups[plain].columns.iter().copied().filter(|(at, _)| *at != mobile && is_his(*at)));
    groups[plain].columns.retain(|(at, _)| !is_his(*at));
    groups.iter_mut().for_each(|group| group.columns.retain(|(at, _)| *at != before));
    groups.push(Group { word: who, is_unclear: true, columns });
    groups.retain(|group| !group.columns.is_empty());
}

/// `租客 | 手机号`: a word for the one who signs, over names, and his mobile: one person.
pub(super) fn join_bare_word(headers: &[Arc<str>], groups: &mut Vec<Group>, targets: &mut [Target]) {
    let is_plain = |group: &Group| group.word.is_empty() && !group.is_unclear && !group.has("approver.name");
    let Some(plain) = groups.iter().position(is_plain) else { return };
    let is_word = |group: &Group| {
        let bare = |column: usize| headers.get(column).map(|header| plain_header(header));
        matches!(group.columns.as_slice(), [(column, _)]
            if group.is_unclear && bare(*column).is_some_and(|header| SIGNER_WORDS.contains(&header.as_str())))
    };
    let words: Vec<usize> = (0..groups.len()).filter(|at| is_word(&groups[*at])).collect();
    let has_clear = groups.iter().any(|group| !group.is_unclear && !group.word.is_empty());
    let [word] = words.as_slice() else { return };
    if has_clear {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    let group = &mut groups[*word];
    group.is_unclear = false;
    if let Some((column, field)) = group.columns.first() {
        targets[*column] = Target::Field { field, index: None };
    }
    group.columns.extend(bare);
    groups.remove(plain);
}

/// `签约客户 | 客户手机 | 客户身份证`: one person under two words.
pub(super) fn join_who_signs(groups: &mut Vec<Group>, targets: &mut [Target]) {
    let bare = |group: &Group| {
        let plain = plain_header(&group.word);
        TO_SIGN_WITH.iter().find_map(|word| plain.strip_prefix(word).map(str::to_owned))
    };
    let pair = (0..groups.len()).find_map(|at| {
        let word = bare(&groups[at]).filter(|word| !word.is_empty())?;
        let other = groups.iter().position(|group| plain_header(&group.word) == word)?;
        let overlaps = groups[at].columns.iter().any(|(_, field)| groups[other].has(field.name));
        (!overlaps && at != other).then_some((at, other))
    });
    let Some((at, other)) = pair else { return };
    let columns = std::mem::take(&mut groups[at].columns);
    for (column, field) in columns.iter().filter(|_| !groups[other].is_unclear) {
        targets[*column] = Target::Field { field, index: None };
    }
    groups[other].columns.extend(columns);
    groups[other].columns.sort_by_key(|(column, _)| *column);
    groups.remove(at);
}

/// `班组长 | 联系电话 | 工人姓名 | 身份证号`: among several people a bare ID number is of the one before it.
pub(super) fn join_number_behind(groups: &mut Vec<Group>) {
    let is_bare = |group: &Group| {
        group.word.is_empty()
            && !group.is_unclear
            && group.columns.iter().all(|(_, field)| field.name == "approver.id_card_number")
    };
    let Some(bare) = groups.iter().position(is_bare).filter(|_| groups.len() > 2) else { return };
    let [(column, _)] = groups[bare].columns.as_slice() else { return };
    let before = |group: &Group| group.columns.iter().any(|(at, _)| at + 1 == *column);
    let whose = groups.iter().position(|group| before(group) && group.has("approver.name"));
    if let Some(whose) = whose.filter(|own| !groups[*own].has("approver.id_card_number")) {
        let columns = std::mem::take(&mut groups[bare].columns);
        groups[whose].columns.extend(columns);
        groups.remove(bare);
    }
}

/// `加盟商姓名 | 身份证号 | 手机号 | 配偶姓名 | 配偶手机号`: bare numbers right behind the name of somebody, before anybody
/// else is named, are his.
///
/// `代理人姓名 | 代理人手机号 | 身份证号`: so is a bare ID number where nobody else is named.
pub(super) fn join_bare_numbers(groups: &mut Vec<Group>) {
    let is_bare = |group: &Group| group.word.is_empty() && !group.is_unclear && !group.has("approver.name");
    let Some(bare) = groups.iter().position(is_bare) else { return };
    let is_number_alone = groups[bare].columns.iter().all(|(_, field)| field.name == ID_NUMBER);
    if let Some(only) = (0..groups.len()).find(|at| *at != bare)
        && groups.len() == 2
        && is_number_alone
        && groups[only].is_whole()
        && !groups[only].has(ID_NUMBER)
    {
        let columns = std::mem::take(&mut groups[bare].columns);
        groups[only].columns.extend(columns);
        groups.remove(bare);
        return;
    }
    let named = groups.iter().position(|group| {
        let [(name, field)] = group.columns.as_slice() else { return false };
        let is_name = group.is_unclear && field.name == "approver.name";
        let follows = |(place, at): (usize, &usize)| *at == name + 1 + place;
        let columns: Vec<usize> = groups[bare].columns.iter().map(|(at, _)| *at).collect();
        is_name && groups[bare].has("approver.mobile") && columns.iter().enumerate().all(follows)
    });
    let Some(named) = named.filter(|_| groups.len() > 2) else { return };
    let columns = std::mem::take(&mut groups[bare].columns);
    groups[named].columns.extend(columns);
    groups.remove(bare);
}

/// `申请人姓名 | 手机号`: where one name stands in a header and one mobile, they are most likely one
/// person's, whatever he is called.
pub(super) fn join_the_only_name(headers: &[Arc<str>], targets: &[Target], groups: &mut Vec<Group>) {
    let named = (0..groups.len()).filter(|at| groups[*at].has("approver.name")).collect::<Vec<_>>();
    let [named] = named.as_slice() else { return };
    let is_plain = |group: &Group| group.word.is_empty() && !group.is_unclear;
    let Some(plain) = groups.iter().position(is_plain) else { return };
    let others = groups.len() > 2;
    let is_half = groups[*named].is_unclear && !groups[*named].has("approver.mobile");
    if others || !is_half || plain == *named {
        return;
    }
    // Nothing of anybody else may stand between the two: 业务员姓名 | 客户名称 | 联系电话.
    let at_of = |group: &Group, name: &str| {
        group.columns.iter().find(|(_, field)| field.name == name).map(|(at, _)| *at)
    };
    let (Some(name), Some(mobile)) =
        (at_of(&groups[*named], "approver.name"), at_of(&groups[plain], "approver.mobile"))
    else {
        return;
    };
    let is_his = |at: usize| {
        let header = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        matches!(&targets[at], Target::Field { field, .. } if field.level == Level::Approver)
            || PERSONAL.contains(&header.as_str())
            || GROUPS_OF_PEOPLE.contains(&header.as_str())
            || WHERE_PEOPLE_WORK.contains(&header.as_str())
            || OF_A_PERSON.iter().any(|word| header.contains(word))
            || (targets[at] == Target::Unknown && names_nobody(&header))
            || groups[*named].columns.iter().any(|(own, _)| *own == at)
    };
    let is_another = |at: usize| {
        let header = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        let signs = SIGNER_WORDS.contains(&header.as_str()) || columns::names_a_counterparty(&header);
        let is_named = groups[*named].columns.iter().any(|(own, _)| *own == at);
        targets[at] == Target::Unknown && signs && !is_named
    };
    let is_weak = WEAK_SIGNERS.contains(&groups[*named].word.as_str());
    if is_weak || name > mobile || !(name..mobile).all(is_his) || (0..targets.len()).any(is_another) {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    let fits = bare.iter().all(|(_, field)| !groups[*named].has(field.name));
    if fits {
        groups[*named].columns.extend(bare);
        groups.remove(plain);
    } else {
        groups[plain].columns = bare;
    }
}

/// 任教学科 between 教师姓名 and 手机号: neither a person nor a company, and nothing that somebody is called.
fn names_nobody(plain: &str) -> bool {
    let bare = without_name_end(plain);
    !plain.ends_with("名称")
        && bare == plain
        && !columns::is_somebody(plain)
        && !may_be_the_signer(plain)
        && !is_staff(plain)
        && !columns::is_company(plain)
        && !columns::names_a_counterparty(plain)
        && party_of(plain).is_none()
        && !plain.contains(CONTACT)
}

/// `客户 | 顾问 | 顾问电话`: the one with the mobile may only look after the one who signs.
pub(super) fn doubt_weak_words(headers: &[Arc<str>], targets: &[Target], groups: &mut [Group]) {
    let is_unread = |at: &usize| matches!(targets.get(*at), Some(Target::Unknown));
    let bare = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    for group in groups.iter_mut().filter(|group| !group.is_unclear) {
        let weak = WEAK_SIGNERS.contains(&group.word.as_str());
        let has_other = || {
            let words = (0..headers.len()).filter(is_unread).map(bare);
            words.into_iter().any(|own| {
                own != group.word && (SIGNER_WORDS.contains(&own.as_str()) || is_counterparty(&own))
            })
        };
        group.is_unclear = weak && has_other();
    }
}

/// `监护人 | 孩子 | 手机号`: of a guardian and a child only one has a mobile, and it may be the guardian's.
pub(super) fn join_guardian(headers: &[Arc<str>], groups: &mut Vec<Group>) {
    let [one, other] = groups.as_slice() else { return };
    let is_bare = |group: &Group| group.word.is_empty() && !group.is_unclear && !group.has("approver.name");
    let (named, bare) = match (is_bare(one), is_bare(other)) {
        (false, true) => (0, 1),
        (true, false) => (1, 0),
        _ => return,
    };
    let word = plain_header(&groups[named].word);
    let is_guardian = GUARDIANS.iter().any(|own| word.contains(own));
    let has_ward = headers.iter().any(|header| {
        let plain = plain_header(header);
        let name = plain.strip_suffix("姓名").or_else(|| plain.strip_suffix("名字")).unwrap_or(&plain);
        WARDS.contains(&name)
    });
    let is_half = groups[named].has("approver.name") && !groups[named].has("approver.mobile");
    let fits = groups[bare].columns.iter().all(|(_, field)| !groups[named].has(field.name));
    if is_guardian && has_ward && is_half && fits && groups[bare].has("approver.mobile") {
        let columns = std::mem::take(&mut groups[bare].columns);
        groups[named].columns.extend(columns);
        groups[named].is_unclear = true;
        groups.remove(bare);
    }
}

/// `护工姓名 | 护工手机号 | 身份证号`: a bare ID number beside one person only is that person's.
fn with_bare_number(groups: &[Group]) -> Option<(usize, usize)> {
    let [one, other] = groups else { return None };
    let is_bare = |group: &Group| {
        group.word.is_empty()
            && !group.is_unclear
            && !group.has("approver.name")
            && !group.has("approver.mobile")
    };
    let (person, bare) = match (is_bare(one), is_bare(other)) {
        (false, true) => (0, 1),
        (true, false) => (1, 0),
        _ => return None,
    };
    let fits = groups[bare].columns.iter().all(|(_, field)| !groups[person].has(field.name));
    fits.then_some((person, bare))
}

/// `护工姓名 | 手机号 | 身份证号`: where a list has one person only, whatever he is called, he signs.
pub(super) fn the_only_person(headers: &[Arc<str>], groups: &mut Vec<Group>, targets: &mut [Target]) {
    let bare = with_bare_number(groups);
    let joined = bare.map(|(person, bare)| {
        let mut columns = groups[person].columns.clone();
        columns.extend(groups[bare].columns.iter().copied());
        Group { word: groups[person].word.clone(), is_unclear: groups[person].is_unclear, columns }
    });
    let Some(mut only) = joined.or_else(|| match groups.as_mut_slice() {
        [_] => groups.pop(),
        _ => None,
    }) else {
        return;
    };
    let settled = is_the_only_one(headers, &only, targets);
    if settled {
        only.is_unclear = false;
        for (column, field) in &only.columns {
            targets[*column] = Target::Field { field, index: None };
        }
    }
    // Two that were put together stay apart where that is not so.
    if settled || bare.is_none() {
        *groups = vec![only];
    }
}

/// Whether nobody else could be the one who signs.
fn is_the_only_one(headers: &[Arc<str>], only: &Group, targets: &[Target]) -> bool {
    let word = plain_header(&only.word);
    let first = only.columns.first().map_or(0, |(column, _)| *column);
    let is_numbered = |target: &Target| matches!(target, Target::Field { field, index: Some(_) } if field.level == Level::Approver);
    let of_company = |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "approver.organization_name");
    let is_another = |(at, header): (usize, &Arc<str>)| {
        let plain = plain_header(header);
        let bare = plain.strip_suffix("名称").unwrap_or(&plain);
        let is_party = SIGNER_WORDS.contains(&plain.as_str())
            || columns::names_a_counterparty(&plain)
            || COMPANY_PARTIES.contains(&bare)
            // Whoever stands before him may be the one: 申请人 | 见证人姓名 | 见证人手机.
            || (at < first && (columns::is_somebody(&plain) || may_be_the_signer(&plain)))
            || PARTIES.iter().any(|(party, _)| plain.starts_with(party));
        targets.get(at) == Some(&Target::Unknown)
            && is_party
            && !only.columns.iter().any(|(own, _)| *own == at)
    };
    // 收货 | 姓名, 会计 | 会计手机: whoever takes the goods, or keeps the books, signs for somebody else.
    let is_beside_somebody = || {
        headers.iter().enumerate().any(|(at, header)| {
            let plain = plain_header(header);
            let is_his = only.columns.iter().any(|(own, _)| *own == at);
            !is_his && (columns::is_somebody(&plain) || BOSSES.contains(&plain.as_str()))
        })
    };
    let is_for_another = TAKE_OR_SEND_GOODS.contains(&word.as_str())
        || (DO_NOT_SIGN_ALONE.iter().any(|own| word.contains(own)) && is_beside_somebody());
    let is_his_own =
        only.is_unclear && only.is_whole() && !word.is_empty() && !is_staff(&word) && !is_for_another;
    // 签署方类型 | 企业名称 | 经办人 | 经办人手机号: the type says that he signs for it.
    let is_typed = targets.iter().any(
        |target| matches!(target, Target::Field { field, index: None } if field.name == "approver.type"),
    );
    if is_typed && only.is_unclear && only.is_whole() && PARTY_SIGNER.contains(&word.as_str()) {
        return !targets.iter().any(is_numbered) && !headers.iter().enumerate().any(is_another);
    }
    // 供应商联系人 signs for a company.
    let of_a_company = COMPANY_PARTIES.contains(&word.as_str());
    let is_one_of_several = word.ends_with(|c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c));
    // 宝宝姓名 | 手机号: somebody else signs for it, most likely.
    let is_ward = |header: &Arc<str>| WARDS.contains(&plain_header(header).as_str());
    let is_guardian = GUARDIANS.iter().any(|own| word.contains(own)) && headers.iter().any(is_ward);
    let can_sign = !INFANTS.iter().any(|own| word.contains(own)) && !is_guardian;
    is_his_own
        && can_sign
        && !is_one_of_several
        && !of_a_company
        && !targets.iter().any(|target| is_numbered(target) || of_company(target))
        && !headers.iter().enumerate().any(is_another)
}
