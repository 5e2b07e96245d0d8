//! Who is asked about, and what the ready answer makes of each.

use std::collections::BTreeMap;

use crate::domain::field::Level;

use super::super::columns::{self, Target, party_of, plain_header, without_name_end};
use super::super::names::is_staff;
use super::super::vocabulary::{
    CHINESE_NUMBERS, GUARDIANS, PARTIES, PARTY_CONTACTS, PARTY_SIGNER, SIGN_BESIDE, SIGNER_WORDS,
    SIGNING_PEOPLE, STAND_INS, SUPERIORS, WEAK_SIGNERS,
};
use super::groups::Group;

/// Who is asked about, and what the ready answer makes of each.
pub(super) struct Choice {
    /// Those of whom the header says that they sign, and who can be sent a contract.
    pub(super) clear: Vec<usize>,
    pub(super) candidates: Vec<usize>,
    /// Of the candidates, those who sign with numbers of their own, and the number before
    /// the first.
    signing: Vec<usize>,
    before: usize,
    /// Where they are numbered together with those whom the header numbers.
    numbers: BTreeMap<usize, usize>,
    pub(super) has_signer: bool,
    /// Of several candidates one may be the only signer.
    only: Option<usize>,
}

/// What the ready answer makes of a candidate.
pub(super) enum Place {
    SignsNot,
    Alone,
    Numbered(usize),
}

impl Choice {
    /// `numbered`: the lowest number of a signer that the header gives itself, less one, and the highest. `has_company`: a plain
    /// column has the signer's company.
    pub(super) fn of(groups: &[Group], (free, numbered): (usize, usize), has_company: bool) -> Self {
        let all = 0..groups.len();
        let is_clear = |at: &usize| !groups[*at].is_unclear && groups[*at].is_whole();
        let clear: Vec<usize> = all.clone().filter(is_clear).collect();
        let is_whole_unclear =
            |at: &usize| groups[*at].is_unclear && (groups[*at].is_whole() || may_sign_beside(&groups[*at]));
        let unclear: Vec<usize> = all.clone().filter(is_whole_unclear).collect();
        // Whoever stands on the other side of a contract signs it, most likely.
        let others: Vec<usize> =
            unclear.iter().copied().filter(|at| is_counterparty(&groups[*at].word)).collect();
        let has_signer = numbered > 0 || !clear.is_empty();
        let mut agents_only = None;
        let (mut candidates, mut signing) = match clear.as_slice() {
            [] if numbered > 0 => (unclear, others),
            // 员工 beside 甲方 and 乙方 signs behind them, most likely.
            people if numbered > 0 => {
                let with = |some: &[usize]| {
                    let mut all = [some, people].concat();
                    all.sort_by_key(|at| groups[*at].columns.first().map(|(column, _)| *column));
                    all
                };
                (with(&unclear), with(&others))
            }
            // Whom a header does not name, 姓名, has no other side.
            [one] if others.is_empty() || groups[*one].word.is_empty() => (unclear, Vec::new()),
            [one] => {
                let with_one = |mut some: Vec<usize>| {
                    some.push(*one);
                    some.sort_by_key(|at| groups[*at].columns.first().map(|(column, _)| *column));
                    some
                };
                (with_one(unclear), with_one(others))
            }
            [] => {
                let people = groups.iter().filter(|group| !group.is_unclear && !group.is_nobody()).count();
                let several =
                    people > 1 || (people == 1 && groups.iter().any(|g| g.is_unclear && !g.is_nobody()));
                let asks = |at: &usize| {
                    let group = &groups[*at];
                    !group.is_nobody() && (group.is_unclear || several)
                };
                let candidates: Vec<usize> = all.filter(asks).collect();
                let whole =
                    |at: &usize| groups[*at].is_whole() && !WEAK_SIGNERS.contains(&groups[*at].word.as_str());
                let mut signing: Vec<usize> = candidates.iter().copied().filter(whole).collect();
                if signing.iter().any(|at| !is_superior(&groups[*at])) {
                    signing.retain(|at| !is_superior(&groups[*at]));
                }
                // 法人 | 法人手机号 | 经办人 | 经办人手机号: one of them signs for the company.
                let is_of = |at: &usize, words: &[&str]| words.contains(&groups[*at].word.as_str());
                let agents: Vec<usize> =
                    signing.iter().copied().filter(|at| is_of(at, PARTY_SIGNER)).collect();
                let contacts = signing.iter().filter(|at| is_of(at, PARTY_CONTACTS)).count();
                if let [agent] = agents.as_slice()
                    && agents.len() + contacts == signing.len()
                {
                    agents_only = Some(*agent);
                    signing = Vec::new();
                }
                // 公司名称 | 法人 | 法人手机 | 财务 | 财务手机: one of them signs for the company.
                let signing = if signing.len() > 1 && !has_company { signing } else { Vec::new() };
                (candidates, signing)
            }
            several => (several.to_vec(), several.to_vec()),
        };
        let first_column = |at: &usize| groups[*at].columns.iter().map(|(column, _)| *column).min();
        candidates.sort_by_key(first_column);
        signing.sort_by_key(first_column);
        // Two halves of two people never make one, and nobody signs in the stead of the one
        // who is called the signer and has no mobile.
        let weak = |at: usize| WEAK_SIGNERS.contains(&groups[at].word.as_str());
        let guardian = |at: usize| {
            let word = plain_header(&groups[at].word);
            GUARDIANS.iter().chain(STAND_INS).any(|own| word.contains(own))
        };
        let has_guardian = candidates.iter().any(|at| groups[*at].is_whole() && guardian(*at));
        // A bare 身份证号 is nobody in particular.
        let is_someone = |at: usize| groups[at].has("approver.name") || !groups[at].word.is_empty();
        let half =
            candidates.iter().any(|at| !groups[*at].is_unclear && !groups[*at].is_whole() && is_someone(*at));
        let half = half && !has_guardian;
        let mut whole: Vec<usize> =
            candidates.iter().copied().filter(|at| groups[*at].is_whole() && !weak(*at)).collect();
        whole.sort_by_key(|at| is_superior(&groups[*at]));
        // 嘉宾 | 手机 | 对接人 | 对接人手机: somebody else has the mobile that nobody is named for.
        let bare_mobile = |group: &Group| {
            group.word.is_empty() && group.has("approver.mobile") && !group.has("approver.name")
        };
        let is_staff = |at: &usize| is_staff(&plain_header(&groups[*at].word));
        let stands_in = groups.iter().any(bare_mobile) && candidates.iter().all(is_staff);
        // 选手姓名 | 选手身份证 | 教练 | 教练电话 | 联系电话: whose the last one is nobody knows.
        let is_half_with_number = |at: &usize| {
            let group = &groups[*at];
            group.has("approver.name") && group.has("approver.id_card_number") && !group.is_whole()
        };
        let stands_in =
            stands_in || (groups.iter().any(bare_mobile) && candidates.iter().any(is_half_with_number));
        let only = match (has_signer || signing.len() > 1, candidates.as_slice()) {
            (false, _) if stands_in => None,
            (true, _) => None,
            (false, [one]) => Some(*one),
            (false, _) if half => None,
            (false, _) => agents_only.or_else(|| whole.first().copied()),
        };
        // `姓名 | 手机 | 第二签署人`: the first place is free.
        let before = if signing.len() <= free { 0 } else { numbered };
        Self { clear, candidates, signing, before, numbers: BTreeMap::new(), has_signer, only }
    }

    /// `甲方1姓名 | 甲方2姓名 | 乙方姓名`: where somebody who signs stands before those whom the header numbers,
    /// all are numbered by their columns. Returns what becomes of the header's own numbers, from 1.
    pub(super) fn renumber(&mut self, groups: &[Group], targets: &[Target]) -> BTreeMap<usize, usize> {
        let first_of = |at: usize| groups[at].columns.iter().map(|(column, _)| *column).min();
        let mut places: Vec<(usize, Result<usize, usize>)> =
            self.signing.iter().filter_map(|at| Some((first_of(*at)?, Ok(*at)))).collect();
        let is_party = |at: &usize| {
            let word = plain_header(&groups[*at].word);
            PARTIES.iter().any(|(party, _)| word.starts_with(party))
        };
        if !self.signing.iter().all(is_party) {
            return BTreeMap::new();
        }
        let mut own: BTreeMap<usize, usize> = BTreeMap::new();
        for (column, target) in targets.iter().enumerate() {
            if let Target::Field { field, index: Some(index) } = target
                && field.level == Level::Approver
            {
                own.entry(*index).or_insert(column);
            }
        }
        let last = own.values().max().copied();
        let is_among = places.iter().any(|(column, _)| last.is_some_and(|last| *column < last));
        if !is_among || own.is_empty() {
            return BTreeMap::new();
        }
        places.extend(own.iter().map(|(index, column)| (*column, Err(*index))));
        places.sort_by_key(|(column, _)| *column);
        let mut moved = BTreeMap::new();
        for (number, (_, whose)) in (1..).zip(places) {
            match whose {
                Ok(candidate) => drop(self.numbers.insert(candidate, number)),
                Err(index) if index + 1 != number => drop(moved.insert(index, number)),
                Err(_) => {}
            }
        }
        moved
    }

    pub(super) fn place_of(&self, candidate: usize) -> Place {
        if let Some(number) = self.numbers.get(&candidate) {
            return Place::Numbered(*number);
        }
        match self.signing.iter().position(|own| *own == candidate) {
            Some(number) => Place::Numbered(self.before + number + 1),
            None if self.only == Some(candidate) => Place::Alone,
            None => Place::SignsNot,
        }
    }
}

/// 站长 beside 快递员.
fn is_superior(group: &Group) -> bool {
    SUPERIORS.contains(&without_name_end(&plain_header(&group.word)))
}

/// Also one of several people whom the header numbers: 乙方2, 租客2.
pub(super) fn is_counterparty(word: &str) -> bool {
    let plain = plain_header(word);
    // 公司签署人 beside 员工.
    let is_called_so = SIGNING_PEOPLE.iter().any(|own| plain.ends_with(own) && plain != **own);
    columns::is_counterparty(&plain) || is_one_of_several(&plain) || is_called_so
}

/// 乙方2, 租客2, 乙方二: a word for somebody who signs, and a number.
pub(super) fn is_one_of_several(plain: &str) -> bool {
    // 借款人a | 借款人b.
    let is_number = |c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c) || matches!(c, 'a'..='d');
    let bare = plain.trim_end_matches(is_number);
    bare.len() < plain.len() && (party_of(bare).is_some() || SIGNER_WORDS.contains(&bare))
}

/// `监护人电话`, `配偶姓名 | 配偶身份证号`, `客户2姓名`: half of somebody who may sign beside the signer.
fn may_sign_beside(group: &Group) -> bool {
    let word = plain_header(&group.word);
    let signs = SIGN_BESIDE.iter().any(|own| word.contains(own)) && !columns::is_a_stranger(&word);
    let has_number = group.has("approver.mobile") || group.has("approver.id_card_number");
    let is_numbered = word.ends_with(|c: char| c.is_ascii_digit()) && is_counterparty(&word);
    // 公司签署人 | 公司手机号.
    let is_called_so = SIGNING_PEOPLE.iter().any(|own| word.ends_with(own));
    (signs && has_number) || ((is_numbered || is_called_so) && group.has("approver.name"))
}

/// Places before the first signer whom the header numbers.
pub(super) fn places_before(targets: &[Target]) -> usize {
    let index = |target: &Target| match target {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => Some(*index),
        _ => None,
    };
    targets.iter().filter_map(index).min().unwrap_or(0)
}

/// The highest number of a signer that the header gives itself; 0: none.
pub(super) fn highest_number(targets: &[Target]) -> usize {
    let number = |target: &Target| match target {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => Some(index + 1),
        _ => None,
    };
    targets.iter().filter_map(number).max().unwrap_or(0)
}
