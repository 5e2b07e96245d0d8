//! `联系人A | 手机A | 联系人B | 手机B`, `联系人 | 手机 | 联系人2 | 手机2`, `公司1 | 经办人1 | 电话1 | 公司2 | …`: people whom
//! nothing but a letter or a number tells from each other, in a header that names no other signer.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::super::columns::{Reading, Target, is_a_stranger, is_somebody, plain_letters};
use super::super::vocabulary::{
    CHINESE_NUMBERS, COMPANY_NAMES, CONTACTS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES,
    GROUPS_OF_PEOPLE, PARTY_CONTACTS, PARTY_SIGNER,
};
use super::Asked;

/// The columns of one of them.
type Person = Vec<(usize, FieldId)>;

/// Those people in the order of their columns; empty: the header has none such.
pub(super) fn marked_people(headers: &[Arc<str>], readings: &[Reading], targets: &[Target]) -> Vec<Person> {
    let parts: Vec<(usize, Part)> = headers
        .iter()
        .zip(readings)
        .enumerate()
        .filter(|(_, (_, reading))| !reading.said)
        .filter_map(|(at, (header, _))| Some((at, part_of(header)?)))
        .collect();
    let Some(first) = parts.iter().filter_map(|(_, part)| part.mark).min() else { return Vec::new() };
    // 联系人 beside 联系人2 is the first; 姓名 beside 联系人2 is somebody else.
    let has_mark = |stem: &str| parts.iter().any(|(_, part)| part.mark.is_some() && part.stem == stem);
    let unmarked = |part: &Part| Some(first - 1).filter(|mark| *mark > 0 && has_mark(&part.stem));
    let mut people: BTreeMap<u32, Person> = BTreeMap::new();
    for (at, part) in &parts {
        if let Some(mark) = part.mark.or_else(|| unmarked(part)) {
            people.entry(mark).or_default().push((*at, part.field));
        }
    }
    let has_one = |person: &Person, id: FieldId| person.iter().filter(|(_, own)| *own == id).count() == 1;
    let are_alike = |one: &Person, other: &Person| {
        one.len() == other.len() && one.iter().all(|(_, field)| has_one(other, *field))
    };
    let people: Vec<Person> = people.into_values().collect();
    let is_whole =
        |person: &Person| has_one(person, FieldId::ApproverName) && has_one(person, FieldId::ApproverMobile);
    let are_several = people.len() > 1
        && people.iter().all(is_whole)
        && people.windows(2).all(|pair| are_alike(&pair[0], &pair[1]));
    let is_theirs = |at: usize| people.iter().flatten().any(|(own, _)| *own == at);
    let is_numbered = |at: usize| matches!(&targets[at], Target::Field { index: Some(_), .. });
    let are_read = people.iter().flatten().all(|(at, _)| is_numbered(*at));
    // Whoever has a mobile of his own: beside 学生 and 公司名称 those who are reached sign.
    let is_signers = |reading: &Reading| {
        let is_reached = |id: FieldId| matches!(id, FieldId::ApproverMobile | FieldId::ApproverOpenId);
        matches!(&reading.target, Target::Field { field, .. } if is_reached(field.id))
            || reading.could_be.is_some_and(|field| is_reached(field.id))
    };
    let has_another = readings.iter().enumerate().any(|(at, own)| !is_theirs(at) && is_signers(own));
    if are_several && !are_read && !has_another { people } else { Vec::new() }
}

/// What a header gives, and of whom.
struct Part {
    /// The letter or the number in it.
    mark: Option<u32>,
    /// The header without it.
    stem: String,
    field: FieldId,
}

fn part_of(header: &str) -> Option<Part> {
    let letters: Vec<char> = plain_letters(header).chars().collect();
    let number_of = |at: usize| -> Option<u32> {
        let c = *letters.get(at)?;
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| letters.get(at));
        let is_alone = |is_like: fn(&char) -> bool| !beside.clone().any(is_like);
        match c {
            '1'..='9' => c.to_digit(10).filter(|_| is_alone(char::is_ascii_digit)),
            'a'..='d' => {
                Some(u32::from(c) - u32::from('a') + 1).filter(|_| is_alone(char::is_ascii_alphanumeric))
            }
            _ => CHINESE_NUMBERS.iter().zip(1..).find(|(own, _)| **own == c).map(|(_, number)| number),
        }
    };
    let mut marks = (0..letters.len()).filter_map(|at| Some((at, number_of(at)?)));
    let mark = marks.next();
    if marks.next().is_some() {
        return None;
    }
    let is_mark = |at: usize| mark.is_some_and(|(own, _)| own == at);
    let stem = letters
        .iter()
        .enumerate()
        .filter(|(at, c)| !is_mark(*at) && !matches!(c, '(' | ')' | '.' | ':' | '#'));
    let stem: String = stem.map(|(_, c)| *c).collect();
    let stem = stem.strip_prefix('第').filter(|_| mark.is_some()).unwrap_or(&stem);
    Some(Part { mark: mark.map(|(_, number)| number), stem: stem.to_owned(), field: field_of(stem)? })
}

fn field_of(stem: &str) -> Option<FieldId> {
    let ends = |words: &[&str]| words.iter().find_map(|end| stem.strip_suffix(end));
    let is_contact = |who: &str| CONTACTS.iter().any(|word| who.starts_with(word));
    let is_nobody = |who: &str| {
        (!is_contact(who) && is_a_stranger(who))
            || (GROUPS_OF_PEOPLE.contains(&who) && !COMPANY_NAMES.contains(&who))
    };
    for (words, field) in [
        (ENDS_OF_MOBILES, FieldId::ApproverMobile),
        (ENDS_OF_ID_NUMBERS, FieldId::ApproverIdCardNumber),
        (ENDS_OF_NAMES, FieldId::ApproverName),
    ] {
        if let Some(who) = ends(words) {
            return (!is_nobody(who)).then_some(field);
        }
    }
    if COMPANY_NAMES.contains(&stem) || matches!(stem, "company" | "companyname") {
        return Some(FieldId::ApproverOrganizationName);
    }
    let is_person = PARTY_CONTACTS.contains(&stem)
        || PARTY_SIGNER.contains(&stem)
        || matches!(stem, "人员" | "成员" | "人")
        || is_somebody(stem);
    (is_person && !is_nobody(stem)).then_some(FieldId::ApproverName)
}

/// A question for each of them, with the place that he would have.
pub(super) fn ask(headers: &[Arc<str>], people: &[Person]) -> Vec<Asked> {
    let header = |at: usize| headers.get(at).map(ToString::to_string).unwrap_or_default();
    let question = |(number, person): (usize, &Person)| {
        let gives = |field: FieldId| field.name().replacen("approver.", &format!("approver{number}."), 1);
        let map = person.iter().map(|(at, field)| (header(*at), gives(*field))).collect();
        let name = person.iter().find(|(_, field)| *field == FieldId::ApproverName).map(|(at, _)| *at);
        let first = person.first().map_or(0, |(at, _)| *at);
        let who = header(name.unwrap_or(first));
        (first, Rule::SignerUnclear { who, map, alone: false, also: Vec::new(), open: false })
    };
    (1..).zip(people).map(question).collect()
}
