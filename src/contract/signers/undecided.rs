//! Where a ready answer would make the wrong one sign: then there is none, or that of whoever can be reached.

use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::problem::Rule;

use super::super::columns::{Target, is_company, is_somebody, plain_header, without_name_end};
use super::super::names::is_staff;
use super::super::vocabulary::{
    ENDS_OF_MOBILES, ENDS_OF_NAMES, GUARDIANS, INFANTS, LOOKED_AFTER, STAND_INS, WARDS,
};
use super::Asked;
use super::beside::{MOBILE, NAME, what_of};

/// `宝宝姓名 | 联系电话`, `新郎 | 新娘 | 联系电话`, `老人姓名 | 家属姓名 | 家属手机号`.
pub(super) fn leave_open(headers: &[Arc<str>], targets: &[Target], asked: &mut Vec<Asked>) {
    offer_who_is_reached(headers, targets, asked);
    let is_open = asked.iter().any(|(_, rule)| match rule {
        Rule::SignerUnclear { map, .. } => offers_a_child(map) || is_of_either(headers, map),
        _ => false,
    });
    if is_open {
        for (_, rule) in asked {
            if let Rule::SignerUnclear { open, .. } = rule {
                *open = true;
            }
        }
    }
}

fn name_of(map: &[(String, String)]) -> Option<&str> {
    map.iter().find(|(_, gives)| gives.ends_with(".name")).map(|(header, _)| header.as_str())
}

/// 宝宝姓名: no infant signs.
fn offers_a_child(map: &[(String, String)]) -> bool {
    name_of(map).is_some_and(|header| {
        let plain = plain_header(header);
        INFANTS.contains(&without_name_end(&plain))
    })
}

/// `新郎 | 新娘 | 联系电话`: a bare telephone behind two people who may both sign is that of either. Of a pupil and his parent
/// it is the parent's.
fn is_of_either(headers: &[Arc<str>], map: &[(String, String)]) -> bool {
    let place = |header: &str| headers.iter().position(|own| **own == *header);
    let Some(name) = name_of(map).and_then(place) else { return false };
    let mobile =
        map.iter().find(|(_, gives)| gives.ends_with(".mobile")).and_then(|(header, _)| place(header));
    let is_bare = |at: usize| ENDS_OF_MOBILES.contains(&plain_header(&headers[at]).as_str());
    let Some(before) = name.checked_sub(1).filter(|_| mobile == Some(name + 1) && is_bare(name + 1)) else {
        return false;
    };
    let (who, other) = (plain_header(&headers[name]), plain_header(&headers[before]));
    let (who, other) = (without_name_end(&who), without_name_end(&other));
    let is_called_after = !ENDS_OF_MOBILES.iter().any(|end| other.ends_with(end));
    let is_person = is_called_after
        && (is_somebody(other)
            || ENDS_OF_NAMES.iter().any(|end| plain_header(&headers[before]).ends_with(end))
            || other.ends_with(['方', '者', '手', '主', '户', '郎', '娘', '亲', '员', '妇', '夫', '妻']));
    let is_kin = GUARDIANS.iter().chain(STAND_INS).any(|word| who.contains(word))
        && WARDS.iter().chain(LOOKED_AFTER).any(|word| other.contains(word));
    is_person && !is_kin && !is_staff(other) && !is_company(other) && who != other
}

/// Whoever is looked after has no mobile, and somebody of his family has: nobody else can be sent a contract.
fn offer_who_is_reached(headers: &[Arc<str>], targets: &[Target], asked: &mut Vec<Asked>) {
    let gives_mobile =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "approver.mobile");
    let offers = |end: &str| {
        asked.iter().any(|(_, rule)| {
            matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| gives.ends_with(end)))
        })
    };
    if targets.iter().any(gives_mobile) || offers(".mobile") || !offers(".name") {
        return;
    }
    if !asked.iter().any(|(_, rule)| matches!(rule, Rule::SignerUnclear { map, .. } if map.len() > 1 && map.iter().all(|(_, gives)| gives == IGNORE)))
        && let Some(kin) = family_with_a_mobile(headers, targets)
    {
        asked.push(kin);
    }
    let can_be_reached = |rule: &Rule| match rule {
        Rule::SignerUnclear { map, .. } => {
            let has = |what: &str| map.iter().any(|(header, _)| what_of(header) == what);
            has(NAME) && has(MOBILE) && map.iter().all(|(_, gives)| gives == IGNORE)
        }
        _ => false,
    };
    let mut reached =
        asked.iter().enumerate().filter(|(_, (_, rule))| can_be_reached(rule)).map(|(at, _)| at);
    let (Some(only), None) = (reached.next(), reached.next()) else { return };
    for (at, (_, rule)) in asked.iter_mut().enumerate() {
        let Rule::SignerUnclear { map, alone, also, .. } = rule else { continue };
        for (header, gives) in map.iter_mut() {
            *gives = if at == only { format!("approver.{}", what_of(header)) } else { IGNORE.to_owned() };
        }
        (*alone, *also) = (at == only, Vec::new());
    }
}

/// 家属姓名 with 家属手机号, of which nothing is read: as one who does not sign so far.
fn family_with_a_mobile(headers: &[Arc<str>], targets: &[Target]) -> Option<Asked> {
    let place = |word: &str, ends: &[&str]| {
        (0..headers.len()).find(|at| {
            let plain = plain_header(&headers[*at]);
            targets[*at] == Target::Unknown
                && plain
                    .strip_prefix(word)
                    .is_some_and(|end| ends.contains(&end) || (end.is_empty() && ends == ENDS_OF_NAMES))
        })
    };
    GUARDIANS.iter().chain(STAND_INS).find_map(|word| {
        let (name, mobile) = (place(word, ENDS_OF_NAMES)?, place(word, ENDS_OF_MOBILES)?);
        let map = [name, mobile].map(|at| (headers[at].to_string(), IGNORE.to_owned()));
        let (who, map) = ((*word).to_owned(), map.into());
        Some((name, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false }))
    })
}
