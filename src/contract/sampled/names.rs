//! Which of the columns that may hold names gives the signer's.

use std::collections::HashSet;

use crate::domain::answer::IGNORE;
use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::super::columns::{Target, Whose, plain_header};
use super::super::layout::{Layout, Mapping};
use super::super::names::{is_staff, represented};
use super::super::values;
use super::super::vocabulary::{
    COMPANY_ENDS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, FAMILY, GUARDIANS, HIMSELF,
    NOBODY_ELSE_SIGNS, PARTY_CONTACTS, PARTY_SIGNER, RELATIVES, SAY_WHO_SIGNS, SURNAMES,
};
use super::{NO_NAMES_HERE, all_are, ask, gives, is_as_long_as_a_name, is_of};

/// `由谁签` with 家长 in some rows, `代签人` with a name: what is not used says that somebody else signs.
pub(super) fn ask_who_signs(mapping: &mut Mapping, below: &[&Row]) {
    let says_so = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        let is_asked = mapping.asked.iter().any(|(own, _)| own == column);
        let somebody_else = |row: &&Row| {
            let seen = row.cell(*column).seen();
            !seen.trim().is_empty() && !NOBODY_ELSE_SIGNS.contains(&seen.trim().to_lowercase().as_str())
        };
        is_free && !is_asked && SAY_WHO_SIGNS.contains(&plain.as_str()) && below.iter().any(somebody_else)
    };
    let Some(column) = (0..mapping.targets.len()).find(says_so) else { return };
    mapping.asked.push((column, Rule::ColumnNearlySigner { of_party: false }));
}

/// `姓名 | 签署人` with 本人 and 父亲: of two columns for the name the one that says who somebody is to the
/// other gives no names. Where it is not 本人 the survey of all rows asks.
pub(super) fn ask_about_relations(mapping: &mut Mapping, below: &[&Row]) {
    let own = (0..mapping.targets.len()).filter(|column| is_of(mapping, *column, FieldId::ApproverName));
    let [one, other] = own.collect::<Vec<_>>()[..] else { return };
    let says = |column: usize, words: &[&[&str]]| {
        below.iter().any(|row| {
            let seen = row.cell(column).seen();
            words.iter().any(|own| own.contains(&seen.trim()))
        })
    };
    let is_relation = |column: &usize| says(*column, &[HIMSELF, FAMILY, GUARDIANS, RELATIVES]);
    let Some(column) = [one, other].into_iter().find(is_relation) else { return };
    mapping.targets[column] = Target::Unknown;
}

/// `姓名 | 联系电话 | 签约人` with one name in all rows of the last: whoever of the own people looks after them.
pub(super) fn ask_about_one_for_all(mapping: &mut Mapping, below: &[&Row]) {
    let own = (0..mapping.targets.len()).filter(|column| is_of(mapping, *column, FieldId::ApproverName));
    let [one, other] = own.collect::<Vec<_>>()[..] else { return };
    let different = |column: usize| {
        let seen = below.iter().map(|row| row.cell(column).seen().trim().to_owned());
        seen.filter(|text| !text.is_empty()).collect::<HashSet<String>>().len()
    };
    let (same, kept) = match (different(one), different(other)) {
        (1, names) if names > 1 => (one, other),
        (names, 1) if names > 1 => (other, one),
        _ => return,
    };
    mapping.targets[same] = Target::Unknown;
    let (field, name) = (FieldId::ApproverName.name().to_owned(), mapping.headers[kept].to_string());
    mapping.asked.push((same, Rule::ColumnBeside { field, first: kept, name, open: false }));
}

/// `车牌号 | 养殖户 | 手机号`: where no column gives a name, one that holds nothing else may be it, the
/// one nearest before the mobile first.
pub(super) fn ask_for_names(mapping: &mut Mapping, below: &[&Row]) {
    let column_of = |name: &str| mapping.column_of(name);
    let Some(mobile) = column_of("approver.mobile").or_else(|| column_of("approver.id_card_number")) else {
        return;
    };
    if !matches!(mapping.layout, Layout::Long | Layout::Approvers)
        || gives(mapping, FieldId::ApproverName)
        || gives(mapping, FieldId::ApproverOpenId)
        || !mapping.asked.is_empty()
    {
        return;
    }
    let holds_any_names = |column: &usize| {
        let plain = mapping.plain(*column);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !NO_NAMES_HERE.iter().any(|words| words.contains(&plain.as_str()))
            && holds_peoples_names(below, *column)
    };
    let holds_names = |column: &usize| !is_staff(&mapping.plain(*column)) && holds_any_names(column);
    // 姓名/名称, with people and companies.
    let is_called_so = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_free && plain.split('/').any(|part| ENDS_OF_NAMES.contains(&part))
    };
    let before = (0..mobile).rev().find(holds_names);
    let behind = || (mobile..mapping.targets.len()).find(holds_names);
    let called = || (0..mapping.targets.len()).find(is_called_so);
    // 经办人 with names is no OpenId of ours.
    let acts = |column: &usize| {
        is_of(mapping, *column, FieldId::OperatorOpenId) && holds_peoples_names(below, *column)
    };
    let acts = || (0..mapping.targets.len()).find(acts);
    // 企业名称 | 联系人 | 联系电话 with a company in each row.
    let is_contact = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && PARTY_CONTACTS.contains(&mapping.plain(*column).as_str())
            && all_are(below, *column, is_as_long_as_a_name)
    };
    let has_company = gives(mapping, FieldId::ApproverOrganizationName);
    let contact = || (0..mapping.targets.len()).filter(|_| has_company).find(is_contact);
    // 承运司机, 家属: nobody else has a name.
    let only = || {
        let mut named = (0..mapping.targets.len()).filter(holds_any_names);
        named.next().filter(|_| named.next().is_none())
    };
    let found = before.or_else(behind).or_else(called).or_else(acts).or_else(contact).or_else(only);
    let Some(column) = found else { return };
    mapping.targets[column] = Target::Unknown;
    ask(mapping, column, FieldId::ApproverName);
}

/// `签约租客 | 租客手机号`, `医院名称 | 设备科经办人 | 经办人手机`: the name of whoever has the mobile ends like the word
/// before it.
pub(super) fn ask_for_names_by_their_ends(mapping: &mut Mapping, below: &[&Row]) {
    let own_end = |word: &str, ends: &[&str]| {
        ends.iter().filter_map(|end| word.strip_suffix(end)).min_by_key(|rest| rest.len()).map(str::to_owned)
    };
    let column_of = |header: &str| mapping.headers.iter().position(|own| **own == *header);
    let mobile_of = |rule: &Rule| -> Option<(usize, String)> {
        let Rule::SignerUnclear { map, alone: true, .. } = rule else { return None };
        let has_name = map.iter().any(|(_, gives)| gives.ends_with(".name"));
        map.iter().filter(|_| !has_name).find_map(|(header, _)| {
            let word =
                own_end(&plain_header(header), ENDS_OF_MOBILES).filter(|word| word.chars().count() > 1)?;
            Some((column_of(header)?, word))
        })
    };
    let is_alone = |column: usize, rule: &Rule| {
        matches!(rule, Rule::SignerUnclear { map, .. } if matches!(map.as_slice(), [(header, gives)]
            if **header == *mapping.headers[column] && gives == IGNORE))
    };
    let names = |column: &usize, word: &str| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        let is_told = mapping.asked.iter().any(|(_, rule)| {
            matches!(rule, Rule::SignerUnclear { map, .. }
                if map.iter().any(|(header, _)| **header == *mapping.headers[*column]))
                && !is_alone(*column, rule)
        });
        is_free && !is_told && plain != word && plain.ends_with(word) && holds_peoples_names(below, *column)
    };
    let found = mapping.asked.iter().enumerate().find_map(|(at, (_, rule))| {
        let (_, word) = mobile_of(rule)?;
        let name = (0..mapping.targets.len()).find(|column| names(column, &word))?;
        Some((at, name))
    });
    let Some((at, name)) = found else { return };
    let name_header = mapping.header(name);
    let Rule::SignerUnclear { who, map, alone: true, .. } = &mut mapping.asked[at].1 else { return };
    let prefix = map.iter().find(|(_, gives)| gives != IGNORE).and_then(|(_, gives)| gives.split_once('.'));
    let prefix = prefix.map_or("approver", |(prefix, _)| prefix).to_owned();
    for (header, gives) in map.iter_mut().filter(|(_, gives)| gives == IGNORE) {
        let plain = plain_header(header);
        if ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end)) {
            *gives = format!("{prefix}.mobile");
        } else if ENDS_OF_ID_NUMBERS.iter().any(|end| plain.ends_with(end)) {
            *gives = format!("{prefix}.id_card_number");
        }
    }
    map.push((name_header.clone(), format!("{prefix}.name")));
    name_header.clone_into(who);
    let mut number = 0;
    mapping.asked.retain(|(_, rule)| {
        number += 1;
        let is_its = matches!(rule, Rule::SignerUnclear { map, .. } if matches!(map.as_slice(), [(header, gives)]
            if *header == name_header && gives == IGNORE));
        number - 1 == at || !is_its
    });
    // Somebody signs now, so that the others may be left out.
    for (_, rule) in &mut mapping.asked {
        if let Rule::SignerUnclear { map, alone, .. } = rule
            && map.iter().all(|(_, gives)| gives == IGNORE)
        {
            *alone = false;
        }
    }
}

/// `企业名称 | 企业签署人 | 签署人手机号`: where nobody else is named, whoever signs is the signer.
pub(super) fn ask_for_the_only_signer(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverName) || gives(mapping, FieldId::ApproverOpenId) {
        return;
    }
    let is_one = |(column, rule): &&(usize, Rule)| {
        let plain = mapping.plain(*column);
        matches!(rule, Rule::ColumnNearlySigner { .. })
            && PARTY_SIGNER.iter().any(|end| plain.ends_with(end))
            && holds_peoples_names(below, *column)
    };
    let mut signers = mapping.asked.iter().filter(is_one).map(|(column, _)| *column);
    let (Some(column), None) = (signers.next(), signers.next()) else { return };
    mapping.asked.retain(|(own, _)| *own != column);
    ask(mapping, column, FieldId::ApproverName);
}

/// Whether all of it is as long as a name, and most of it begins as one.
pub(super) fn holds_peoples_names(below: &[&Row], column: usize) -> bool {
    let filled: Vec<&Cell> =
        below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).collect();
    let begins = |cell: &&&Cell| cell.seen_ref().trim().starts_with(|c| SURNAMES.contains(c));
    let named = filled.iter().filter(begins).count();
    let different: HashSet<String> = filled.iter().map(|cell| cell.seen().trim().to_owned()).collect();
    all_are(below, column, is_as_long_as_a_name)
        && named * 4 >= filled.len() * 3
        && different.len() * 4 >= filled.len() * 3
}

/// `姓名 | 手机号 | 经办人`: names are no OpenIds. Where somebody else signs, whoever is named there only
/// does the work.
pub(super) fn leave_out_staff(mapping: &mut Mapping, below: &[&Row]) {
    let has_signer = gives(mapping, FieldId::ApproverName) && gives(mapping, FieldId::ApproverMobile);
    let has_company = gives(mapping, FieldId::ApproverOrganizationName);
    for column in 0..mapping.targets.len() {
        let is_operator = is_of(mapping, column, FieldId::OperatorOpenId);
        if has_signer && !has_company && is_operator && all_are(below, column, is_as_long_as_a_name) {
            mapping.targets[column] = Target::Unknown;
        }
    }
}

/// `农户` with 贫困户 and 一般户: the only column that is called like somebody has kinds, or yes and no.
pub(super) fn ask_where_no_names_stand(mapping: &mut Mapping, below: &[&Row]) {
    let is_taken = |column: &usize| {
        let unclear = mapping.readings.get(*column).is_some_and(|own| {
            !own.said && own.target == Target::Unknown && matches!(own.whose, Whose::Unclear(_))
        });
        unclear
            && matches!(&mapping.targets[*column], Target::Field { field, .. } if field.id == FieldId::ApproverName)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_taken) else { return };
    let seen: Vec<String> = below.iter().map(|row| row.cell(column).seen().trim().to_owned()).collect();
    let filled: Vec<&String> = seen.iter().filter(|text| !text.is_empty()).collect();
    let is_no_name = |text: &&&String| {
        values::yes_no(text).is_some()
            || text.contains('是')
            || text.ends_with(['户', '卡', '级', '类', '型'])
    };
    let different: HashSet<&&String> = filled.iter().collect();
    let repeats = filled.len() >= 4 && different.len() * 2 < filled.len();
    if !filled.iter().any(|text| is_no_name(&text)) && !repeats {
        return;
    }
    mapping.targets[column] = Target::Unknown;
    ask(mapping, column, FieldId::ApproverName);
}

/// `客户 | 联系人 | 电话` with companies as 客户: whoever is there for them signs, most likely.
pub(super) fn ask_where_companies_stand(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let is_name = |column: &usize| {
        is_of(mapping, *column, FieldId::ApproverName) && all_are(below, *column, is_company)
    };
    let Some(company) = (0..mapping.targets.len()).find(is_name) else { return };
    if gives(mapping, FieldId::ApproverOrganizationName) || gives(mapping, FieldId::ApproverType) {
        return;
    }
    let is_there_for_it = |column: &usize| {
        let plain = mapping.plain(*column);
        let bare = ["姓名", "名字"].iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && (PARTY_CONTACTS.contains(&bare)
                || PARTY_SIGNER.contains(&bare)
                || represented(bare).is_some_and(|whose| plain_header(&mapping.headers[company]) == whose))
    };
    let Some(agent) = (0..mapping.targets.len()).find(is_there_for_it) else { return };
    // Also one of which it was asked whose it is.
    let gives_a_mobile = |column: &usize| {
        mapping.readings[*column].plain_signer().is_some_and(|field| field.id == FieldId::ApproverMobile)
    };
    let behind = (agent..mapping.targets.len()).find(gives_a_mobile);
    let Some(mobile) = behind.or_else(|| (0..agent).find(gives_a_mobile)) else { return };
    let header = |column: usize| mapping.headers[column].to_string();
    let map = [
        (header(company), FieldId::ApproverOrganizationName.name().to_owned()),
        (header(agent), FieldId::ApproverName.name().to_owned()),
        (header(mobile), FieldId::ApproverMobile.name().to_owned()),
    ];
    let who = header(agent);
    mapping.asked.retain(|(column, _)| ![company, agent, mobile].contains(column));
    mapping.asked.push((
        company,
        Rule::SignerUnclear { who, map: map.to_vec(), alone: true, also: Vec::new(), open: false },
    ));
    for column in [company, agent, mobile] {
        mapping.targets[column] = Target::Unknown;
    }
}
