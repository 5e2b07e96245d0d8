//! Whose a mobile or an ID number is, where the columns around it leave that open.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::super::columns::{self, Reading, Target, Whose, plain_header, without_name_end};
use super::super::vocabulary::{
    BOSSES, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, GUARDIANS, NEWER, NEWER_NAMES, OF_A_PERSON,
    PARTIES, PARTY_SIGNER, PERSONAL, STAND_INS, STRANGER_PEOPLE, TO_SIGN_WITH, WARDS,
};
use super::Asked;

/// `手机号1 | 手机号2`, `主手机 | 备用手机`: of two mobiles of one person nobody knows which is the one.
pub(super) fn several_mobiles(headers: &[Arc<str>], targets: &[Target]) -> Option<Asked> {
    let gives_a_mobile =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "approver.mobile");
    if targets.iter().any(gives_a_mobile) {
        return None;
    }
    let marked = |(column, header): (usize, &Arc<str>)| {
        let is_first = columns::is_first_mobile(&plain_header(header))?;
        let gives = if is_first { "approver.mobile" } else { IGNORE };
        Some((column, (header.to_string(), gives.to_owned())))
    };
    let (columns, map): (Vec<usize>, Vec<(String, String)>) =
        headers.iter().enumerate().filter_map(marked).unzip();
    let first = *columns.first()?;
    let unread = matches!(targets.get(first), Some(Target::Unknown));
    let signing = map.iter().filter(|(_, gives)| gives != IGNORE).count();
    let who = headers.get(first)?.to_string();
    (unread && signing == 1)
        .then_some((first, Rule::SignerUnclear { who, map, alone: true, also: Vec::new(), open: false }))
}

/// `手机号 | 签署手机号`: of two mobiles of one person the one that is called so is meant, most likely.
pub(super) fn prefer_those_to_sign(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Option<Asked> {
    let is_called_so = |at: usize| {
        let plain = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        TO_SIGN_WITH.iter().any(|word| plain.starts_with(word))
    };
    let is_plain = |at: usize| {
        matches!(&targets[at], Target::Field { field, index: None } if field.level == Level::Approver)
            && !readings[at].said
            && readings[at].whose == Whose::Unsaid
    };
    let mut same: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, target) in targets.iter().enumerate() {
        if let Target::Field { field, index: None } = target {
            same.entry(field.name).or_default().push(at);
        }
    }
    // Where there are two names as well, they are two people.
    if same.get("approver.name").is_some_and(|names| names.len() > 1) {
        return None;
    }
    let other = match same.get("approver.mobile").map(Vec::as_slice) {
        Some([one, two]) if is_plain(*one) && is_called_so(*two) && !is_called_so(*one) => *one,
        Some([one, two]) if is_plain(*two) && is_called_so(*one) && !is_called_so(*two) => *two,
        _ => return None,
    };
    targets[other] = Target::Unknown;
    let who = headers.get(other)?.to_string();
    Some((
        other,
        Rule::SignerUnclear {
            map: vec![(who.clone(), IGNORE.to_owned())],
            who,
            alone: false,
            also: Vec::new(),
            open: false,
        },
    ))
}

/// `手机号 | 新手机`, `姓名 | 正确姓名`: where a newer value is known, it may be the one, at least in some rows.
pub(super) fn newer_values(headers: &[Arc<str>], targets: &[Target]) -> Vec<Asked> {
    let of = |field: &str, is_called: &dyn Fn(&str) -> bool| {
        let gives = |target: &Target| matches!(target, Target::Field { field: own, .. } if own.name == field);
        let first = targets.iter().position(gives)?;
        let is_newer = |at: &usize| {
            let plain = headers.get(*at).map(|header| plain_header(header)).unwrap_or_default();
            targets.get(*at) == Some(&Target::Unknown) && !columns::is_a_stranger(&plain) && is_called(&plain)
        };
        let newer = (0..headers.len()).find(is_newer)?;
        let (field, name) = (field.to_owned(), String::new());
        Some((newer, Rule::ColumnBeside { field, first, name, open: true }))
    };
    let is_newer = |plain: &str| NEWER.iter().any(|word| plain.contains(word));
    let mobile = |plain: &str| {
        let is_number = ENDS_OF_MOBILES.iter().any(|word| plain.contains(word))
            || plain.ends_with('号')
            || plain.ends_with("号码") && !plain.contains('证');
        let named = plain.strip_suffix("号码").or_else(|| plain.strip_suffix('号')).unwrap_or_default();
        let is_bare = NEWER.contains(&plain) || NEWER.contains(&named);
        is_newer(plain) && (is_bare || is_number && ENDS_OF_MOBILES.iter().any(|word| plain.contains(word)))
    };
    // 新客户姓名 is somebody else's.
    let of_signer = |plain: &str, ends: &[&str]| {
        let bare = ends.iter().find_map(|end| plain.strip_prefix(end).or_else(|| plain.strip_suffix(end)));
        bare.is_some_and(|mark| NEWER.contains(&mark.trim_matches(['(', ')', '后', '的'])))
    };
    let name = |plain: &str| of_signer(plain, ENDS_OF_NAMES) || NEWER_NAMES.contains(&plain);
    let number = |plain: &str| of_signer(plain, ENDS_OF_ID_NUMBERS);
    let found: [Option<Asked>; 3] =
        [of("approver.mobile", &mobile), of("approver.name", &name), of("approver.id_card_number", &number)];
    found.into_iter().flatten().collect()
}

/// `姓名 | 紧急联系人 | 联系电话`: the only mobile, or ID number, stands right behind somebody else's
/// name who has none of his own, so nobody knows whose it is.
pub(super) fn behind_a_stranger(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Vec<Asked> {
    let of = |field: &str, ends: &[&str], targets: &mut [Target]| {
        let asked = only_one_behind(field, ends, headers, readings, targets)?;
        targets[asked.0] = Target::Unknown;
        Some(asked)
    };
    if let Some(asked) = guardian_behind(headers, readings, targets) {
        return vec![asked];
    }
    // Looked for before either of them is taken from the signer.
    let mut seen = targets.to_vec();
    let mobile = of("approver.mobile", ENDS_OF_MOBILES, targets);
    let number = of("approver.id_card_number", ENDS_OF_ID_NUMBERS, &mut seen);
    if let Some((column, _)) = &number {
        targets[*column] = Target::Unknown;
    }
    mobile.into_iter().chain(number).collect()
}

/// `乙方姓名 | 乙方监护人 | 乙方联系电话`: the same among the columns of one party of several.
pub(super) fn behind_a_partys_stranger(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &mut [Target],
) -> Vec<Asked> {
    let plain = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    let mut found = Vec::new();
    for own in 1..targets.len() {
        let Target::Field { field, index: Some(place) } = &targets[own] else { continue };
        let (mobile, before) = (plain(own), plain(own - 1));
        if field.name != "approver.mobile" || readings[own].said || targets[own - 1] != Target::Unknown {
            continue;
        }
        let Some((party, what)) =
            PARTIES.iter().find_map(|(word, _)| Some((*word, mobile.strip_prefix(word)?)))
        else {
            continue;
        };
        let Some(who) = before.strip_prefix(party) else { continue };
        let whose = without_name_end(who);
        let is_somebody = STRANGER_PEOPLE.iter().any(|end| whose.ends_with(end))
            || [GUARDIANS, STAND_INS].concat().contains(&whose)
            || columns::is_somebody(who);
        // 乙方手机号 says whose it is.
        let is_open = BARE_NUMBERS.contains(&what.trim_start_matches(['的', '-', '_']));
        let has_own = (0..headers.len()).any(|at| {
            let other = plain(at);
            at != own - 1
                && ENDS_OF_MOBILES.iter().any(|end| other.ends_with(end))
                && other.strip_prefix(party).is_some_and(|rest| rest.starts_with(whose))
        });
        let gives_a_name = |target: &Target| {
            matches!(target, Target::Field { field, index: Some(index) } if index == place
                && ["approver.name", "approver.organization_name"].contains(&field.name))
        };
        // Of a party that stands alone the header says whose it is.
        let is_of_another = |target: &Target| matches!(target, Target::Field { field, index: Some(index) } if index != place && field.level == Level::Approver);
        let has_other = targets.iter().any(is_of_another);
        if is_somebody && is_open && !has_own && has_other && targets.iter().take(own).any(gives_a_name) {
            let who = headers.get(own - 1).map(ToString::to_string).unwrap_or_default();
            found.push((own, Rule::MobileBehind { who, his: true, party: party.to_owned() }));
        }
    }
    found.iter().for_each(|(own, _)| targets[*own] = Target::Unknown);
    found
}

/// What a mobile is called that may be anybody's.
const BARE_NUMBERS: &[&str] = &["联系电话", "电话", "联系方式", "联系手机", "电话号码", "联系号码"];

/// `学生姓名 | 监护人 | 联系电话`: a child has no mobile of its own, and the one that stands behind the
/// guardian is the guardian's, most likely.
fn guardian_behind(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Option<Asked> {
    let (mobile, rule) = only_one_behind("approver.mobile", ENDS_OF_MOBILES, headers, readings, targets)?;
    let Rule::MobileBehind { who, .. } = rule else { return None };
    let bare = |header: &str| {
        let plain = plain_header(header);
        without_name_end(&plain).to_owned()
    };
    let signers =
        |at: &usize| matches!(&targets[*at], Target::Field { field, .. } if field.level == Level::Approver);
    let own: Vec<usize> = (0..targets.len()).filter(|at| signers(at) && *at != mobile).collect();
    let gives_a_name =
        |at: &usize| matches!(&targets[*at], Target::Field { field, .. } if field.name == "approver.name");
    let ward = own.iter().find(|at| gives_a_name(at))?;
    let is_ward = WARDS.contains(&bare(&headers[*ward]).as_str());
    let is_guardian = [GUARDIANS, STAND_INS].concat().contains(&bare(&who).as_str());
    if !is_ward || !is_guardian || own.iter().any(|at| readings[*at].said) {
        return None;
    }
    let his = [(who.clone(), "approver.name"), (headers[mobile].to_string(), "approver.mobile")];
    let map = his.into_iter().map(|(header, gives)| (header, gives.to_owned()));
    let others = own.iter().map(|at| (headers[*at].to_string(), IGNORE.to_owned()));
    let map = map.chain(others).collect();
    let first = headers.iter().position(|header| **header == *who)?;
    own.iter().chain([&mobile]).for_each(|at| targets[*at] = Target::Unknown);
    Some((first, Rule::SignerUnclear { who, map, alone: true, also: Vec::new(), open: false }))
}

fn only_one_behind(
    field: &str,
    ends: &[&str],
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Option<Asked> {
    let plain = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    let gives =
        |target: &Target, name: &str| matches!(target, Target::Field { field, .. } if field.name == name);
    let found: Vec<usize> = (0..targets.len()).filter(|at| gives(&targets[*at], field)).collect();
    let [own] = found.as_slice() else { return None };
    let reading = &readings[*own];
    let is_somebody = |at: usize| {
        let who = plain(at);
        STRANGER_PEOPLE.iter().any(|end| who.ends_with(end))
            || columns::names_a_counterparty(&who)
            || columns::is_somebody(&who)
    };
    // `紧急联系人 | 关系 | 手机`, `联系人 | 身份证号 | 电话`: what stands between tells of him, too.
    let tells_of_him = |at: usize| {
        let number = field == "approver.mobile"
            && gives(&targets[at], "approver.id_card_number")
            && readings[at].whose == Whose::Unsaid
            && at > 0
            && is_somebody(at - 1);
        let unread = targets[at] == Target::Unknown;
        let his_number = || ENDS_OF_ID_NUMBERS.iter().any(|end| plain(at).ends_with(end));
        let about_him = || OF_A_PERSON.iter().any(|word| plain(at).contains(word));
        let his_place = || PERSONAL.contains(&plain(at).as_str());
        number || (unread && (about_him() || his_number() || his_place()))
    };
    let before = (0..*own).rev().find(|at| !tells_of_him(*at))?;
    let who = plain(before);
    let whose = without_name_end(&who);
    let is_name = is_somebody(before)
        || (readings[before].whose == Whose::Stranger && ENDS_OF_NAMES.iter().any(|end| who.ends_with(end)))
        || STRANGER_PEOPLE.iter().any(|end| whose.ends_with(end))
        || (columns::names_a_counterparty(whose) && whose.len() < who.len());
    let has_own = (0..headers.len()).any(|at| {
        let other = plain(at);
        at != before && other.starts_with(whose) && ends.iter().any(|end| other.ends_with(end))
    });
    let is_name_of_signer = |target: &Target| gives(target, "approver.name");
    let named_before = targets.iter().take(before).any(is_name_of_signer);
    // `业务员 | 联系电话 | 客户`: the signer comes behind it.
    let named_behind = targets.iter().skip(own + 1).any(is_name_of_signer);
    // `直属上级 | 手机号 | 身份证号`: what follows is the signer's, so the mobile is, too.
    let goes_on = field == "approver.mobile"
        && named_before
        && BOSSES.iter().any(|word| who.contains(word))
        && targets.get(own + 1).is_some_and(|target| gives(target, "approver.id_card_number"));
    // Names in 经办人 are no OpenIds of ours.
    let is_agent = gives(&targets[before], "operator_open_id") && PARTY_SIGNER.contains(&who.as_str());
    let is_unread = targets[before] == Target::Unknown || is_agent;
    let bare = reading.whose == Whose::Unsaid && !reading.said && reading.plain_signer().is_some();
    if !(bare && is_name && is_unread && (named_before || named_behind) && !has_own && !goes_on) {
        return None;
    }
    let who = headers.get(before).map(ToString::to_string).unwrap_or_default();
    let rule = if field == "approver.mobile" {
        Rule::MobileBehind { his: is_his_own(&who), who, party: String::new() }
    } else {
        Rule::IdNumberBehind { who }
    };
    Some((*own, rule))
}

/// 监护人, 配偶, 联系人: whose number it is as likely as the signer's.
fn is_his_own(who: &str) -> bool {
    let plain = plain_header(who);
    GUARDIANS.iter().chain(STAND_INS).chain(&["联系人"]).any(|word| plain.contains(word))
        && !plain.contains("紧急")
}
