//! Words for people and parties.

use crate::contract::names::{is_staff, may_be_the_signer};
use crate::contract::vocabulary::{
    BESIDE_A_PARTY, CHINESE_NUMBERS, COMPANY_PARTIES, CONTACT, COUNTERPARTIES, ENDS_OF_COMPANIES,
    ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, ENDS_OF_PEOPLE, NAMES_OF_COMPANIES, NO_COMPANIES,
    NOBODY, NUMBERED_WORDS, PARTIES, SIGNER_WORDS, SOMEBODYS_COMPANIES, STRANGERS, WHETHER,
};

use super::plain_header::without_name_end;

/// Signers that a header may number by a word alone.
const MOST_APPROVERS: usize = 50;

pub fn is_a_stranger(plain: &str) -> bool {
    // 艺人 | 经理人: the manager of an artist is a party, and nobody's 经理.
    let bare = plain.replace("经理人", "");
    STRANGERS.iter().any(|word| bare.contains(word))
}

/// 收件人, 班组长, Parent: a word for somebody. Whether the column has his name, only its values say.
pub fn is_somebody(plain: &str) -> bool {
    ENDS_OF_PEOPLE.iter().any(|end| plain.ends_with(end))
        && !plain.starts_with(WHETHER)
        && !NOBODY.iter().any(|word| plain.ends_with(word))
}

/// `甲方(机构)姓名`: what stands behind the brackets is a person's field.
pub fn is_a_party_field(what: &str) -> bool {
    [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat().contains(&what)
}

/// What a party of a contract is besides: 出租方, 供应商, 员工.
pub fn is_a_role(word: &str) -> bool {
    let is_company = COMPANY_PARTIES.contains(&word) || ["公司", "单位", "企业"].contains(&word);
    is_company || is_somebodys_role(word)
}

/// The same of a person. Whoever signs beside a party, or answers for it, is not that party.
pub fn is_somebodys_role(word: &str) -> bool {
    let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
    let is_field = ends.iter().any(|end| word.ends_with(end)) || word.ends_with(CONTACT);
    let is_another = BESIDE_A_PARTY.iter().any(|own| word.contains(own));
    let is_role = SIGNER_WORDS.contains(&word) || ["个人", "劳动者"].contains(&word);
    !is_field && !is_another && (is_role || names_a_counterparty(word))
}

/// `甲方(雇主)`, `乙方(家政员)`: a word for somebody who is that party, whichever it is.
pub fn is_a_partys_word(word: &str) -> bool {
    let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
    let is_field = ends.iter().any(|end| word.ends_with(end));
    let is_another = BESIDE_A_PARTY.iter().any(|own| word.contains(own)) || is_staff(word);
    let is_one = is_somebody(word) || word.ends_with('方') || may_be_the_signer(word);
    is_somebodys_role(word) || (is_one && !is_field && !is_another)
}

/// A word for a person or a party that stands on the other side: 出租方, 担保人. 担保方式 is none.
pub fn names_a_counterparty(word: &str) -> bool {
    let name = without_name_end(word);
    let is_latin = name.is_ascii();
    is_counterparty(name) && (is_latin || name.ends_with(['人', '方', '者', '商', '东', '主']))
}

/// Whoever stands on the other side of a contract, or answers for one of them.
pub fn is_counterparty(word: &str) -> bool {
    COUNTERPARTIES.iter().any(|own| word.contains(own))
}

pub fn is_a_party(note: &str) -> bool {
    let numbered = ["签署方", "签署人"].iter().find_map(|word| note.strip_prefix(word));
    PARTIES.iter().any(|(party, _)| *party == note)
        || numbered.is_some_and(|number| number.parse::<u8>().is_ok())
}

/// The number of a party whose name a header is: 乙方.
pub fn party_of(plain: &str) -> Option<usize> {
    let named = PARTIES.iter().find(|(party, _)| *party == plain).map(|(_, index)| *index);
    named.or_else(|| numbered_party(plain))
}

/// 签署人1, 签约人二, signer2: the same by its number.
fn numbered_party(plain: &str) -> Option<usize> {
    let words = NUMBERED_WORDS.iter().chain(&["signer", "recipient", "approver"]);
    let number = words.filter_map(|word| plain.strip_prefix(word)).find(|number| !number.is_empty())?;
    let in_words = CHINESE_NUMBERS.iter().position(|own| number == own.to_string());
    in_words.or_else(|| number.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < MOST_APPROVERS))
}

/// 供应商, 供货单位名称, 企业全称: what companies are called.
pub fn is_company(word: &str) -> bool {
    let ends = NAMES_OF_COMPANIES.iter().filter_map(|end| word.strip_suffix(end));
    let bare = ends.min_by_key(|rest| rest.len()).unwrap_or(word);
    // 计量单位, 快递公司.
    if NO_COMPANIES.iter().any(|own| bare.starts_with(own)) {
        return false;
    }
    COMPANY_PARTIES.contains(&bare)
        || ENDS_OF_COMPANIES.iter().any(|end| bare.ends_with(end))
        || (bare != word && SOMEBODYS_COMPANIES.contains(&bare))
}
