//! People of whom a list tells beside the signer, and who may sign all the same.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::super::columns::{Reading, Target, Whose, plain_header, without_name_end};
use super::super::vocabulary::{
    APPRENTICES, BOSSES, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, FAMILY_MEMBER, GUARDIANS,
    LISTS_OF_STAFF, LOOKED_AFTER, MENTORS, OF_THE_OFFICE, ONLY_LOOK_ON, RELATIVES_OF_LISTS, SIGN_BESIDE,
    WARDS,
};
use super::Asked;

/// What is known of somebody by his word: 家属.
#[derive(Default)]
struct Stranger {
    columns: Vec<usize>,
    name: Option<usize>,
    mobile: Option<usize>,
    number: Option<usize>,
}

fn strangers(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
    told: &HashSet<usize>,
) -> BTreeMap<String, Stranger> {
    let mut found: BTreeMap<String, Stranger> = BTreeMap::new();
    // Names in 经办人 are no OpenIds of ours.
    let is_agent =
        |at: usize| matches!(&targets[at], Target::Field { field, .. } if field.name == "operator_open_id");
    let is_free = |at: usize| {
        (targets[at] == Target::Unknown || is_agent(at)) && !readings[at].said && !told.contains(&at)
    };
    let plain: Vec<String> = headers.iter().map(|header| plain_header(header)).collect();
    let word_of = |at: usize, ends: &[&str]| {
        let word = ends.iter().filter_map(|end| plain[at].strip_suffix(end)).min_by_key(|word| word.len())?;
        (!word.is_empty()).then(|| word.trim_end_matches(['.', ':', '的']).to_owned())
    };
    for at in (0..headers.len()).filter(|at| is_free(*at)) {
        if let Some(word) = word_of(at, ENDS_OF_NAMES) {
            let own = found.entry(word).or_default();
            own.name = own.name.or(Some(at));
            own.columns.push(at);
        } else if let Some(word) = word_of(at, ENDS_OF_MOBILES) {
            let own = found.entry(word).or_default();
            own.mobile = own.mobile.or(Some(at));
            own.columns.push(at);
        } else if let Some(word) = word_of(at, ENDS_OF_ID_NUMBERS) {
            let own = found.entry(word).or_default();
            own.number = own.number.or(Some(at));
            own.columns.push(at);
        }
    }
    // 家庭信息 | 配偶姓名, 手机号, 身份证号: the numbers are whose name stands below the same parent.
    let beside = |word: &String| SIGN_BESIDE.iter().any(|own| word.contains(own));
    let names: Vec<String> = found
        .iter()
        .filter(|(word, own)| own.mobile.is_none() && beside(word))
        .map(|(word, _)| word.clone())
        .collect();
    for name in names {
        let parent = found
            .iter()
            .find(|(word, own)| **word != name && name.starts_with(word.as_str()) && own.name.is_none())
            .map(|(word, _)| word.clone());
        if let Some(parent) = parent.and_then(|parent| found.remove(&parent))
            && let Some(own) = found.get_mut(&name)
        {
            (own.mobile, own.number) = (parent.mobile, parent.number);
            own.columns.extend(parent.columns);
        }
    }
    // `家属 | 家属电话`.
    for at in (0..headers.len()).filter(|at| is_free(*at)) {
        if let Some(own) = found.get_mut(&plain[at]).filter(|own| own.name.is_none()) {
            own.name = Some(at);
            own.columns.insert(0, at);
        }
    }
    found
}

/// `家长姓名 | 学生姓名 | 手机号`: of a guardian and somebody under age the list has one mobile, and either of
/// them may sign.
pub(super) fn guardian_without_mobile(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
    told: &HashSet<usize>,
) -> Option<Asked> {
    let only = |name: &str| {
        let gives = |at: &usize| matches!(&targets[*at], Target::Field { field, .. } if field.name == name);
        let mut found = (0..targets.len()).filter(gives);
        found.next().filter(|_| found.next().is_none())
    };
    let bare = |at: usize| {
        let plain = plain_header(headers.get(at).map(AsRef::as_ref).unwrap_or_default());
        without_name_end(&plain).to_owned()
    };
    let (name, mobile) = (only("approver.name")?, only("approver.mobile")?);
    let is_open = !readings[name].said && !readings[mobile].said && readings[mobile].whose == Whose::Unsaid;
    if !is_open || !WARDS.contains(&bare(name).as_str()) {
        return None;
    }
    let is_guardian = |at: &usize| {
        let word = bare(*at);
        let has_mobile = || {
            headers.iter().map(|header| plain_header(header)).any(|plain| {
                plain.starts_with(&word) && ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end))
            })
        };
        let is_free = targets[*at] == Target::Unknown && !readings[*at].said && !told.contains(at);
        is_free && (GUARDIANS.contains(&word.as_str()) || word == FAMILY_MEMBER) && !has_mobile()
    };
    // 学生姓名 | 手机号 | 家长姓名: whose mobile it is nobody says there either.
    let guardian = (0..headers.len()).find(is_guardian)?;
    let who = headers[guardian].to_string();
    let map = vec![(who.clone(), IGNORE.to_owned())];
    Some((guardian, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false }))
}

/// `家属姓名 | 家属手机号 | 家属身份证号`: of nobody who is only to be called the ID number is noted. And
/// `患者姓名 | 患者身份证号 | 家属姓名 | 家属电话`: where the signer has no mobile, somebody else's is the only one.
pub(super) fn who_may_sign(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
    told: &HashSet<usize>,
) -> Vec<Asked> {
    let gives = |name: &str| {
        targets.iter().any(|target| {
            matches!(target, Target::Field { field, .. } if field.level == Level::Approver && field.name == name)
        })
    };
    let lacks_mobile = gives("approver.name") && !gives("approver.mobile") && !gives("approver.open_id");
    // 患者姓名 | 患者电话 | 家属姓名 | 家属电话.
    let is_looked_after = targets.iter().zip(headers).any(|(target, header)| {
        matches!(target, Target::Field { field, .. } if field.name == "approver.name")
            && LOOKED_AFTER.contains(&without_name_end(&plain_header(header)))
    });
    let has_staff = headers.iter().any(|header| LISTS_OF_STAFF.iter().any(|word| header.contains(word)));
    let stands_in = |who: &str, own: &Stranger| {
        lacks_mobile && own.mobile.is_some() && SIGN_BESIDE.iter().any(|word| who.contains(word))
    };
    let of_signer = |at: usize| matches!(&targets[at], Target::Field { field, index: None } if field.level == Level::Approver);
    let own_columns: Vec<usize> = (0..targets.len()).filter(|at| of_signer(*at)).collect();
    let nobody_is_called_a_signer = !own_columns.is_empty()
        && own_columns
            .iter()
            .all(|at| !readings[*at].said && matches!(readings[*at].whose, Whose::Unclear(_)));
    // They stand beside each other, with the same columns.
    let is_equal = |own: &Stranger| {
        let (first, last) = (own.columns.iter().min().copied(), own.columns.iter().max().copied());
        let (begins, ends) = (own_columns.first().copied(), own_columns.last().copied());
        let is_beside = last.zip(begins).is_some_and(|(last, begins)| last + 1 == begins)
            || ends.zip(first).is_some_and(|(ends, first)| ends + 1 == first);
        is_beside && own.columns.len() == own_columns.len()
    };
    let may_sign = |who: &str, own: &Stranger| {
        // 师傅 beside 徒弟 has his part in their agreement.
        let is_mentor = MENTORS.iter().any(|word| who.contains(word))
            && headers.iter().any(|header| APPRENTICES.contains(&plain_header(header).as_str()));
        if is_mentor && own.name.is_some() && own.mobile.is_some() {
            return true;
        }
        let is_whole = own.name.is_some() && own.mobile.is_some();
        if is_whole && is_looked_after && SIGN_BESIDE.iter().any(|word| who.contains(word)) {
            return true;
        }
        // 上家 | 下家, 老板 | 店长, each with a name and a mobile: neither word says that one of them only looks on.
        if nobody_is_called_a_signer && is_whole && is_equal(own) {
            let only_looks_on = ONLY_LOOK_ON.iter().any(|word| who.contains(word));
            return !only_looks_on;
        }
        if BOSSES.iter().chain(OF_THE_OFFICE).any(|word| who.contains(word)) {
            return false;
        }
        // 家属 | 家属电话 beside anybody: of staff they are to be called in need.
        let is_family = RELATIVES_OF_LISTS.iter().any(|word| who.contains(word)) && !has_staff;
        is_whole && (own.number.is_some() || is_family || stands_in(who, own))
    };
    let header = |at: usize| headers.get(at).map(ToString::to_string).unwrap_or_default();
    // To whom nothing can be sent; 甲方姓名 has a number of its own, and stays.
    let signers = || {
        targets.iter().enumerate().filter_map(|(at, target)| match target {
            Target::Field { field, index } if field.level == Level::Approver => Some((at, index.is_none())),
            _ => None,
        })
    };
    let all_are_plain = signers().all(|(at, is_plain)| is_plain && !readings[at].said);
    let found = strangers(headers, readings, targets, told);
    let mut asked: Vec<Asked> = Vec::new();
    let mut reached = false;
    for (who, own) in found.into_iter().filter(|(who, own)| may_sign(who, own)) {
        let first = own.columns.first().copied().unwrap_or_default();
        // The one who is reached signs for him, most likely.
        if all_are_plain && !reached && stands_in(&who, &own) {
            reached = true;
            let gives = |at: usize| match at {
                _ if Some(at) == own.name => "approver.name",
                _ if Some(at) == own.mobile => "approver.mobile",
                _ if Some(at) == own.number => "approver.id_card_number",
                _ => IGNORE,
            };
            let his = own.columns.iter().map(|at| (header(*at), gives(*at).to_owned()));
            let others = signers().map(|(at, _)| (header(at), IGNORE.to_owned()));
            asked.push((
                first,
                Rule::SignerUnclear {
                    who,
                    map: his.chain(others).collect(),
                    alone: true,
                    also: Vec::new(),
                    open: false,
                },
            ));
            continue;
        }
        let map = own.columns.iter().map(|at| (header(*at), IGNORE.to_owned())).collect();
        asked.push((first, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false }));
    }
    asked
}
