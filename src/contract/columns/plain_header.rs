//! A header without what makes no difference.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::contract::names::is_staff;
use crate::contract::notes::is_a_note;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, ENDS_OF_NAMES, NUMBERED_WORDS, PARTIES, PARTY_CONTACTS, PARTY_SIGNER, SHORT_PARTIES,
    SIGNING_PEOPLE, WHO_SIGNS,
};

use super::letters::{plain_letters, without_notes};
use super::roles::{is_a_party, is_a_party_field, is_a_partys_word, is_a_role, party_of};

/// Case, spaces, `_`, `-`, full-width forms, a `*` for "required" and what stands
/// in brackets at either end make no difference.
pub fn normalise(text: &str) -> String {
    without_notes(plain_letters(text), |_| true)
}

/// The same for a header, but only for notes on how to fill it in: `手机号（必填）`
/// is the signer's mobile, `手机号（紧急联系人）` is not. `姓名（乙方）` is `乙方姓名`.
pub fn plain_header(header: &str) -> String {
    // Whoever signs is looked for in the same headers again and again, and a sheet may have thousands.
    const MOST: usize = 1 << 14;
    const LONGEST: usize = 64;
    if header.len() > LONGEST {
        return made_plain(header);
    }
    thread_local! {
        static KNOWN: RefCell<HashMap<Box<str>, Box<str>>> = RefCell::default();
    }
    let known = KNOWN.with_borrow(|known| known.get(header).map(ToString::to_string));
    known.unwrap_or_else(|| {
        let plain = made_plain(header);
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= MOST {
                known.clear();
            }
            known.insert(header.into(), plain.as_str().into());
        });
        plain
    })
}

/// 监护人 of 监护人姓名: who it is, without that it is a name.
pub fn without_name_end(plain: &str) -> &str {
    ENDS_OF_NAMES.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain)
}

fn made_plain(header: &str) -> String {
    // `乙方姓名(1)` is one of several.
    let mut letters = plain_letters(header);
    // `【姓名】`.
    if let Some(inner) = letters.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))
        && !inner.is_empty()
        && !inner.contains(['(', ')'])
    {
        letters = inner.to_owned();
    }
    // `第一签署人姓名` is `签署人1姓名`.
    if let Some(numbered) = by_number(&letters) {
        letters = numbered;
    }
    if let Some(numbered) = of_numbered(&letters) {
        letters = numbered;
    }
    // 合同签署人手机号 is 签署人手机号; 合同签署方式 is no signer's.
    if let Some(bare) = letters.strip_prefix("合同")
        && SIGNING_PEOPLE
            .iter()
            .filter_map(|word| bare.strip_prefix(word))
            .any(|field| field.is_empty() || is_a_party_field(field))
    {
        letters = bare.to_owned();
    }
    // 经办人/姓名 in a list of companies and people: whoever signs.
    if let Some((one, other)) = letters.split_once('/') {
        let is_agent = |word: &str| PARTY_SIGNER.contains(&word) || PARTY_CONTACTS.contains(&word);
        let is_name = |word: &str| matches!(word, "姓名" | "名字");
        if (is_name(one) && is_agent(other)) || (is_agent(one) && is_name(other)) {
            letters = "姓名".to_owned();
        }
    }
    // `甲-姓名`.
    if let Some(party) = of_short_party(&letters) {
        letters = party;
    }
    // `【甲方】经办人` is `甲方经办人`.
    let own = letters.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let own = own.or_else(|| letters.split_once(['/', '|', '·', '—', '–']));
    if let Some((party, rest)) = own.filter(|(party, rest)| party_of(party).is_some() && !rest.is_empty()) {
        letters = format!("{party}{rest}");
    }
    let of_party = PARTIES.iter().any(|(party, _)| letters.starts_with(party));
    let is_number = |note: &str| note.len() == 1 && note.bytes().all(|byte| byte.is_ascii_digit());
    let plain = without_notes(letters, |note| is_a_note(note) && !(of_party && is_number(note)));
    let plain = plain.trim_end_matches([':', '?']);
    // 手机-必填, 手机号 *必填.
    let bare =
        ["必填", "选填"].iter().find_map(|end| plain.strip_suffix(end)).filter(|bare| !bare.is_empty());
    let plain = bare.unwrap_or(plain).to_owned();
    match plain.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        // `出租方(甲方)` and `甲方(出租方)` are 甲方; what a company is called stays there.
        Some((role, party)) if is_a_partys_word(role) && party_of(party).is_some() => party.to_owned(),
        Some((party, role)) if is_a_partys_word(role) && party_of(party).is_some() => party.to_owned(),
        Some((name, party)) if is_a_party(party) => format!("{party}{name}"),
        // `甲方（姓名）`.
        Some((party, field)) if party_of(party).is_some() && is_a_party_field(field) => {
            format!("{party}{field}")
        }
        // `签署人(家长)`, `签署方姓名(监护人)`, `乙方姓名(家长)`: who he is to somebody else.
        Some((name, note))
            if (names_the_signer(name) || (of_party && is_a_partys_name(name))) && says_who(note) =>
        {
            name.to_owned()
        }
        // `甲方姓名(Landlord)` says it once more.
        Some((name, note)) if of_party && is_a_partys_field(name) && is_english(note) => name.to_owned(),
        // `乙方姓名(1)` is `乙方姓名1`.
        Some((name, number)) if of_party && is_number(number) => format!("{name}{number}"),
        _ => of_party_within(&plain).unwrap_or(plain),
    }
}

/// `第一签署人`, `第二签署方`: a word for a signer with its number before it.
fn by_number(letters: &str) -> Option<String> {
    let (number, rest) = CHINESE_NUMBERS.iter().zip(1..).find_map(|(own, number)| {
        let rest = letters.strip_prefix('第')?;
        let rest = rest.strip_prefix(*own).or_else(|| rest.strip_prefix(&number.to_string()))?;
        Some((number, rest))
    })?;
    let word = NUMBERED_WORDS.iter().find(|word| rest.starts_with(**word))?;
    Some(format!("{word}{number}{}", &rest[word.len()..]))
}

/// `签署方姓名1`, `签约人(2)手机`: a signer's number before or behind what is said of him, as `签署方1姓名`.
fn of_numbered(letters: &str) -> Option<String> {
    let rest = NUMBERED_WORDS.iter().find_map(|word| letters.strip_prefix(word))?;
    let marks = |c: char| matches!(c, '(' | ')' | '.' | ':');
    let number_of = |c: char| match CHINESE_NUMBERS.iter().zip(1..).find(|(own, _)| **own == c) {
        Some((_, place)) => Some(place),
        None => c.to_digit(10).filter(|number| *number > 0),
    };
    let bare = rest.trim_matches(marks);
    let (first, last) = (bare.chars().next()?, bare.chars().last()?);
    let (number, field) = match (number_of(first), number_of(last)) {
        (Some(number), None) => (number, bare.strip_prefix(first)?),
        (None, Some(number)) => (number, bare.strip_suffix(last)?),
        _ => return None,
    };
    let field = field.trim_matches(marks);
    is_a_party_field(field).then(|| format!("签署方{number}{field}"))
}

/// `甲姓名`, `乙手机号`: a party by the first letter of its word.
fn of_short_party(letters: &str) -> Option<String> {
    let party = SHORT_PARTIES.iter().find(|party| letters.starts_with(**party))?;
    is_a_party_field(&letters[party.len_utf8()..]).then(|| letters.replacen(*party, &format!("{party}方"), 1))
}

fn is_a_partys_field(name: &str) -> bool {
    PARTIES
        .iter()
        .filter_map(|(party, _)| name.strip_prefix(party))
        .any(|field| field.is_empty() || is_a_party_field(field))
}

/// 签署人, 签约人姓名, 合同签署人: whoever is called so signs.
fn names_the_signer(name: &str) -> bool {
    let own = without_name_end(name);
    let own = own.strip_prefix("合同").unwrap_or(own);
    SIGNING_PEOPLE.iter().chain(NUMBERED_WORDS).any(|word| *word == own)
}

/// 家长, 代签, 身份证姓名: a note that says who the signer is, or that his name is meant.
fn says_who(note: &str) -> bool {
    WHO_SIGNS.contains(&note)
}

/// 乙方, 乙方姓名.
fn is_a_partys_name(name: &str) -> bool {
    PARTIES
        .iter()
        .filter_map(|(party, _)| name.strip_prefix(party))
        .any(|field| field.is_empty() || ENDS_OF_NAMES.contains(&field))
}

fn is_english(note: &str) -> bool {
    !note.is_empty() && note.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// `供应商(乙方)联系人` is `乙方联系人`, and `甲方(出租方)姓名` is `甲方姓名`.
fn of_party_within(plain: &str) -> Option<String> {
    let (who, rest) = plain.split_once('(')?;
    let (within, what) = rest.split_once(')')?;
    if who.is_empty() || what.is_empty() {
        return None;
    }
    let is_role =
        |word: &str| is_a_role(word) || is_a_partys_word(word) || (!is_staff(word) && is_a_party_field(what));
    match (party_of(within), party_of(who)) {
        (Some(_), _) if is_role(who) => Some(format!("{within}{what}")),
        (None, Some(_)) if is_role(within) => Some(format!("{who}{what}")),
        // `签署人1(房东)姓名`.
        (None, None) if is_a_party(who) && is_role(within) => Some(format!("{who}{what}")),
        _ => None,
    }
}
