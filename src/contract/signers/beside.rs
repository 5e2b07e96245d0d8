//! What makes somebody sign as well of whom the ready answer says that he does not.

use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::super::columns::{self, Target, is_company, plain_header};
use super::super::vocabulary::{
    ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, PARTY_CONTACTS, PARTY_SIGNER, SIGN_ALONG,
    WHERE_PEOPLE_WORK,
};
use super::Asked;
use super::choice::highest_number;

pub(super) const NAME: &str = "name";
const COMPANY: &str = "organization_name";
pub(super) const MOBILE: &str = "mobile";
const ID_NUMBER: &str = "id_card_number";

/// `姓名 | 手机号 | 配偶 | 配偶手机`: the numbers that each of them would sign with, one after the other, and
/// the first for the signer whom the header does not number.
pub(super) fn sign_as_well(headers: &[Arc<str>], targets: &[Target], asked: &mut [Asked]) {
    let header = |at: usize| headers.get(at).map(ToString::to_string).unwrap_or_default();
    let plain: Vec<(String, String)> = targets
        .iter()
        .enumerate()
        .filter_map(|(at, target)| match target {
            Target::Field { field, index: None } if field.level == Level::Approver => {
                Some((header(at), format!("approver1.{}", field.name.trim_start_matches("approver."))))
            }
            _ => None,
        })
        .collect();
    let has_name = plain.iter().any(|(_, gives)| gives.ends_with(".name"));
    let mut last = highest_number(targets).max(usize::from(has_name));
    let is_one = last == 1 && has_name;
    let offered = |(_, rule): &Asked| match rule {
        Rule::SignerUnclear { map, .. } => map.iter().filter_map(|(_, gives)| number_of(gives)).max(),
        _ => None,
    };
    // 出租人 | 承租人 | 配偶: she is the third beside those who are offered.
    last = last.max(asked.iter().filter_map(offered).max().unwrap_or(0));
    if last == 0 || (has_name && !is_one) {
        return;
    }
    let is_left_out = |rule: &Rule| matches!(rule, Rule::SignerUnclear { map, alone: false, .. } if map.iter().all(|(_, gives)| gives == IGNORE));
    // Whoever answers for the signer comes before those who may only live with him.
    let mut left_out: Vec<&mut Rule> =
        asked.iter_mut().map(|(_, rule)| rule).filter(|rule| is_left_out(rule)).collect();
    left_out.sort_by_key(|rule| !answers_for_him(rule));
    for rule in left_out {
        let Rule::SignerUnclear { map, also, .. } = rule else { continue };
        let mut his: Vec<(String, &str)> = Vec::new();
        for (header, _) in map.iter() {
            let what = what_of(header);
            if !his.iter().any(|(_, own)| *own == what) {
                his.push((header.clone(), what));
            }
        }
        // 用工单位 | 用工单位联系人: he would sign for it.
        let first = his.first().and_then(|(header, _)| headers.iter().position(|own| **own == **header));
        let is_agent = his.iter().any(|(header, what)| {
            let plain = plain_header(header);
            *what == NAME
                && [PARTY_CONTACTS, PARTY_SIGNER]
                    .iter()
                    .any(|words| words.iter().any(|end| plain.ends_with(end)))
        });
        let before = first.and_then(|first| first.checked_sub(1)).filter(|at| {
            let plain = plain_header(&headers[*at]);
            let is_anothers = WHERE_PEOPLE_WORK.iter().any(|word| plain.ends_with(word));
            targets[*at] == Target::Unknown && is_company(&plain) && !is_anothers && is_agent
        });
        if let Some(at) = before.filter(|_| !his.iter().any(|(_, own)| *own == COMPANY)) {
            his.insert(0, (header(at), COMPANY));
        }
        let has = |what: &str| his.iter().any(|(_, own)| *own == what);
        if has(NAME) && has(MOBILE) {
            last += 1;
            let his = his.into_iter().map(|(header, what)| (header, format!("approver{last}.{what}")));
            *also = if is_one { plain.clone() } else { Vec::new() };
            also.extend(his);
        }
    }
}

/// Whoever answers for the signer: 担保人, 共有人, 监护人.
fn answers_for_him(rule: &Rule) -> bool {
    let Rule::SignerUnclear { who, .. } = rule else { return false };
    let plain = plain_header(who);
    SIGN_ALONG.iter().any(|word| plain.contains(word)) && !columns::is_a_stranger(&plain)
}

/// `姓名 | 手机号 | 担保人 | 担保人电话`: whoever answers for the signer in each row is offered as the next one, and not left out.
/// `is_filled`: whether the columns that are called so have a value in each row.
pub fn offer_who_answers_for_him(asked: &mut [Asked], is_filled: impl Fn(&str) -> bool) {
    let number = |rule: &Rule| match rule {
        Rule::SignerUnclear { also, .. } => also.iter().filter_map(|(_, gives)| number_of(gives)).max(),
        _ => None,
    };
    let mut numbered: Vec<(usize, &mut Rule)> =
        asked.iter_mut().filter_map(|(_, rule)| Some((number(rule)?, rule))).collect();
    numbered.sort_by_key(|(number, _)| *number);
    for (_, rule) in numbered {
        let is_his = answers_for_him(rule);
        let Rule::SignerUnclear { map, also, .. } = rule else { return };
        // Numbers have no gaps, so the first who is not offered is the last who is looked at.
        if !is_his || !map.iter().all(|(header, gives)| gives == IGNORE && is_filled(header)) {
            return;
        }
        // A second mobile of his is nobody's.
        let offered = std::mem::replace(map, std::mem::take(also));
        let is_new = |(header, _): &(String, String)| !map.iter().any(|(own, _)| own == header);
        let rest: Vec<(String, String)> = offered.into_iter().filter(is_new).collect();
        map.extend(rest);
    }
}

fn number_of(gives: &str) -> Option<usize> {
    gives.strip_prefix("approver")?.split('.').next()?.parse().ok()
}

pub(super) fn what_of(header: &str) -> &'static str {
    let plain = plain_header(header);
    let ends = |words: &[&str]| words.iter().any(|end| plain.ends_with(end));
    match () {
        () if is_company(&plain) => COMPANY,
        () if ends(ENDS_OF_NAMES) => NAME,
        () if ends(ENDS_OF_MOBILES) => MOBILE,
        () if ends(ENDS_OF_ID_NUMBERS) => ID_NUMBER,
        () => NAME,
    }
}
